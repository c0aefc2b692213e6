"""What a batch is measured by: figures with what is required of them, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import execution
import whole
from execution import EMBEDDED, OURS, OURS_POOL, STOCK, STOCK_POOL, Measured
from flat import Flat
from same import seen
from whole import Whole

_MIB = 1 << 20


@dataclass(frozen=True)
class Figure:
    """One figure.

    Parameters
    ----------
    name, unit
        What it is.
    value, low, high
        The figure, and the lowest and highest of its rounds where there are several.
    least, most
        What is required; `None` where nothing is.
    counts
        Whether outputs were equal; otherwise no figure meets anything.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    unit: str = "×"
    least: float | None = None
    most: float | None = None
    counts: bool = True

    @property
    def missed(self) -> bool:
        """Whether a requirement is not met."""
        low = self.least is not None and self.value < self.least
        return low or (self.most is not None and self.value > self.most) or not self.counts

    def cells(self) -> list[str]:
        """Give the line's cells."""
        required = f"≥ {self.least:g}" if self.least is not None else ""
        required = f"≤ {self.most:g}" if self.most is not None else required
        verdict = "outputs DIFFER" if not self.counts else "MISSED" if self.missed else "met"
        spread = f"{shortly(self.low)}–{shortly(self.high)}" if self.low is not None else ""
        last = f"{required}: {verdict}" if required or not self.counts else ""
        return [self.name, f"{shortly(self.value)} {self.unit}".rstrip(), spread, last]

    def to_json(self) -> dict[str, Any]:
        """Give everything."""
        return asdict(self) | {"met": not self.missed}


def shortly(value: float | None) -> str:
    """Write a number with the digits that say something."""
    if value is None:
        return ""
    hundred, ten = 100, 10
    if value == int(value) or abs(value) >= hundred:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= ten else f"{value:.2f}"


def execution_figures(measured: Sequence[Measured]) -> Iterator[Figure]:
    """Give what is required of executing notebooks."""
    for one in measured:
        name, floor = one.notebook, execution.FLOOR
        counts = not any(
            one.wrong.get(each) for each in (OURS, OURS_POOL, STOCK, STOCK_POOL, floor)
        )
        least, most, over = _REQUIRED.get(name, (None, None, None))
        yield Figure(
            f"{name}: faster than papermill",
            *one.times(STOCK, OURS),
            least=least,
            counts=counts,
        )
        pool = one.times(STOCK_POOL, OURS_POOL)
        yield Figure(f"{name}: likewise, both in a pool", *pool, counts=counts)
        yield Figure(
            f"{name}: of what the floor takes", *one.times(OURS, floor), most=most, counts=counts
        )
        yield Figure(
            f"{name}: above the floor, of papermill's time",
            *one.overhead(),
            "%",
            most=over,
            counts=counts,
        )


#: By notebook: how many times faster than papermill, how many times the floor, and what is added
#: to the floor in hundredths of papermill's time.
_REQUIRED = {"competency-map": (12, None, 3), "figures": (3.5, 1.25, None)}


def contestants(measured: Sequence[Measured]) -> Iterator[list[str]]:
    """Give a table: how many times faster than papermill each contestant is, by notebook."""
    yield ["times faster than papermill", *(one.notebook for one in measured), "outputs"]
    for name in execution.CONTESTANTS:
        wrong = {one.notebook: one.wrong[name] for one in measured if one.wrong.get(name)}
        cells = []
        for one in measured:
            value, low, high = one.times(STOCK, name)
            spread = "" if name == STOCK else f" ({shortly(low)}–{shortly(high)})"
            cells.append(f"{shortly(value)}{spread}")
        yield [name, *cells, "" if name == STOCK else _said(name, wrong)]


def _said(name: str, wrong: Mapping[str, Sequence[str]]) -> str:
    """Say whether a contestant's outputs are papermill's."""
    differ = [notebook for notebook, texts in wrong.items() if seen(texts)]
    if differ:
        return f"DIFFER in {', '.join(differ)}"
    if "floor" in name or "papermill" in name:
        return ""
    return "equal, but not the notebook's metadata" if wrong else "equal"


def whole_figures(found: Whole) -> Iterator[Figure]:
    """Give what is required of whole builds."""
    counts = not found.wrong
    name = f"build of {found.clusters} clusters: faster than"
    yield Figure(f"{name} {whole.POOL}", *found.times(whole.POOL), least=25, counts=counts)
    yield Figure(f"{name} {whole.LOOP}", *found.times(whole.LOOP), counts=counts)
    yield Figure("that pool's time, by the floor's", *found.times(whole.POOL, whole.FLOOR))
    pool, ours = found.memory[whole.POOL], found.memory[whole.OURS]
    yield Figure("memory of that build's processes", ours / _MIB, unit="MiB")
    yield Figure("memory of that pool's, by ours", pool / ours)


def flat_figures(found: Flat) -> Iterator[Figure]:
    """Give what is required of very many clusters."""
    count = f"{found.clusters:,} clusters"
    fine = not found.wrong
    yield Figure(
        f"{count}: the last hundred by the second", found.late / found.early, most=1.1, counts=fine
    )
    memory = found.memory / found.memory_fewer
    yield Figure(f"{count}: memory by that of {found.fewer}", memory, most=1.1)
    yield Figure(f"{count}: memory of all processes", found.memory / _MIB, unit="MiB")
    yield Figure(f"{count}, nothing changed", found.again, unit="s", most=5)
    yield Figure(f"{count}, nothing changed: processes forked", int(found.forked), unit="", most=0)
    own, others = found.rewritten
    yield Figure(f"{count}, one changed: its files rewritten", own, unit="", counts=fine)
    yield Figure(f"{count}, one changed: others' files rewritten", others, unit="", most=0)


def differing(measured: Sequence[Measured], wrong: Sequence[str]) -> Iterator[str]:
    """Say what differs where outputs are not equal."""
    for one in measured:
        for name, texts in one.wrong.items():
            # Of an engine that is only looked at, a few are enough.
            shown = texts[:4] if name == EMBEDDED else texts
            more = f" and {len(texts) - len(shown)} more" if len(texts) > len(shown) else ""
            yield f"{one.notebook}, {name}: {'; '.join(shown)}{more}"
    yield from wrong


def failed_before(measured: Sequence[Measured], built: Whole | None) -> Iterator[str]:
    """Say who failed and was measured once more."""
    parts = [(one.notebook, one.again) for one in measured]
    if built:
        parts.append(("whole build", built.again))
    for part, again in parts:
        for name, count in again.items():
            yield f"{part}, {name}: failed {count} times, measured once more each time"
