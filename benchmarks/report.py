"""What was measured: lines of a table, what is required of them, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Protocol

HIGH = 0.95


def quantile(values: Sequence[float], part: float) -> float:
    """Give the smallest of the values that a part of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-part * len(ordered) // 1) - 1)]


@dataclass(frozen=True)
class Compared:
    """The same thing measured on the live canvas and on plain ipywidgets.

    Parameters
    ----------
    name, unit
        What it is.
    ours, plain
        One value per run.
    times
        How many times smaller the live canvas's median must be; 0 where nothing is required.
    most
        What none of the live canvas's values may exceed; 0 likewise.
    """

    name: str
    unit: str
    ours: list[float]
    plain: list[float]
    times: float = 0
    most: float = 0

    @property
    def ratio(self) -> float:
        """How many times smaller the live canvas's median is."""
        return median(self.plain) / median(self.ours)

    @property
    def missed(self) -> bool:
        """Whether a requirement is not met."""
        return self.ratio < self.times or bool(self.most and max(self.ours) > self.most)

    def cells(self) -> list[str]:
        """Give the line's cells."""
        required = f"ratio ≥ {self.times:g}" if self.times else ""
        required = f"≤ {self.most:g}" if self.most else required
        verdict = _verdict(required, missed=self.missed)
        name = f"{self.name}, {self.unit}"
        return [name, _spread(self.ours), _spread(self.plain), f"{self.ratio:.1f}", verdict]

    def to_json(self) -> dict[str, Any]:
        """Give everything, each run's values too."""
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": {"median": median(self.ours), "runs": self.ours},
            "plain": {"median": median(self.plain), "runs": self.plain},
            "ratio": self.ratio,
            "required": {"ratio": self.times or None, "most": self.most or None},
            "met": not self.missed,
        }


@dataclass(frozen=True)
class Waited:
    """How long people wait for something that they do often, in milliseconds.

    Parameters
    ----------
    name
        What it is.
    values
        One value for each time.
    under
        What all but one in twenty must stay under; 0 where nothing is required.
    """

    name: str
    values: list[float]
    under: float = 0

    @property
    def missed(self) -> bool:
        """Whether a requirement is not met."""
        return bool(self.under and quantile(self.values, HIGH) >= self.under)

    def cells(self) -> list[str]:
        """Give the line's cells."""
        p50, p95, highest = (f"{quantile(self.values, part):.0f}" for part in (0.5, HIGH, 1))
        verdict = _verdict(f"p95 < {self.under:g}" if self.under else "", missed=self.missed)
        return [f"{self.name}, ms", str(len(self.values)), p50, p95, highest, verdict]

    def to_json(self) -> dict[str, Any]:
        """Give everything, each value too."""
        return {
            "name": self.name,
            "unit": "ms",
            "p50": quantile(self.values, 0.5),
            "p95": quantile(self.values, HIGH),
            "values": self.values,
            "required": {"p95 under": self.under or None},
            "met": not self.missed,
        }


@dataclass(frozen=True)
class Constant:
    """What must be the same before and after something was done many times."""

    name: str
    before: int
    after: int

    @property
    def missed(self) -> bool:
        """Whether it is not the same."""
        return self.before != self.after

    def cells(self) -> list[str]:
        """Give the line's cells."""
        verdict = _verdict("the same", missed=self.missed)
        return [self.name, str(self.before), str(self.after), verdict]

    def to_json(self) -> dict[str, Any]:
        """Give everything."""
        both = {"before": self.before, "after": self.after}
        return {"name": self.name, **both, "required": "the same", "met": not self.missed}


Line = Compared | Waited | Constant


class Row(Protocol):
    """What a table shows on one line."""

    def cells(self) -> list[str]:
        """Give the line's cells."""


def table(heads: Sequence[str], lines: Sequence[Row]) -> Iterator[str]:
    """Give a table as lines of text."""
    return aligned([list(heads), *(line.cells() for line in lines)])


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Give rows as lines of text: the first column to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        first, *rest, last = row
        middle = (cell.rjust(width) for cell, width in zip(rest, widths[1:-1], strict=True))
        yield "  ".join([first.ljust(widths[0]), *middle, last]).rstrip()


def _spread(values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    return f"{_number(median(values))} ({_number(low)}–{_number(high)})"


def _number(value: float) -> str:
    ten = 10
    return f"{value:,.0f}" if value >= ten or value == round(value) else f"{value:.1f}"


def _verdict(required: str, *, missed: bool) -> str:
    return f"{required}: {'MISSED' if missed else 'met'}" if required else ""
