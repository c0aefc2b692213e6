"""Importance and performance: where to concentrate, and where enough or too much is done."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Cross = Literal["middle", "mean"]
Quarter = Literal["concentrate-here", "keep-up", "low-priority", "possible-overkill"]

#: How near to a line an item is marked: there the next survey may put it on the other side.
NEAR = 0.25
_SLIP = 1e-9


@dataclass(frozen=True, slots=True)
class Rated:
    """An item with its importance and performance: means of what people answered."""

    name: str
    importance: Any
    performance: Any


@dataclass(frozen=True, slots=True)
class Judged:
    """An item in its quarter.

    Parameters
    ----------
    near
        Whether it lies within `NEAR` of one of the lines.
    elsewhere
        The quarter that it would be in with the lines at the other place; "" where it stays.
    """

    rated: Rated
    quarter: Quarter
    near: bool
    elsewhere: Quarter | Literal[""]


@dataclass(frozen=True, slots=True)
class ImportancePerformance:
    """Items by importance and performance.

    Parameters
    ----------
    cross
        Where the lines are: in the ``middle`` of the scale or at the ``mean`` of the items.
    importance_line, performance_line
        The lines.
    judged
        Items in their order.
    left_out
        Items without two numbers on the scale.
    """

    cross: Cross
    importance_line: float
    performance_line: float
    judged: tuple[Judged, ...]
    left_out: tuple[Rated, ...]


def importance_performance(
    items: Iterable[Rated], low: float, high: float, cross: Cross = "middle"
) -> ImportancePerformance:
    """Put items into the quarters of importance-performance analysis.

    High importance and low performance: concentrate here. Both high: keep up the good work. Both
    low: low priority. Low importance and high performance: possible overkill. Source: Martilla
    and James, Importance-performance analysis, 1977. Authors put the lines at the middle of the
    scale, at the mean or at the median; the middle, our default, lets clusters be compared.
    What lies on a line counts as important and as not yet good enough, the cautious side.

    Slack (The importance-performance matrix as a determinant of improvement priority, 1994) draws
    other zones: four, with slanting lines between them, from *urgent action* over *improve* and
    *appropriate* to *excess*, as the more something matters, the better it has to be done. He asks
    for performance against competitors, on nine points. We keep to the four quarters: surveys of
    members know no competitors, and a line that anybody can draw can be talked about.

    Parameters
    ----------
    items
        Both numbers on one scale.
    low, high
        Ends of that scale.
    cross
        Where the lines are.
    """
    known = list(items)
    placed = [_on(i.importance, low, high) and _on(i.performance, low, high) for i in known]
    valid = [item for item, on in zip(known, placed, strict=True) if on]
    middle = ((low + high) / 2,) * 2
    mean = middle
    if valid:
        sums = (
            math.fsum(i.importance for i in valid),
            math.fsum(i.performance for i in valid),
        )
        mean = (sums[0] / len(valid), sums[1] / len(valid))
    lines, others = (middle, mean) if cross == "middle" else (mean, middle)
    judged = []
    for item in valid:
        quarter, other = _quarter(item, lines), _quarter(item, others)
        gaps = abs(item.importance - lines[0]), abs(item.performance - lines[1])
        near = min(gaps) <= NEAR + _SLIP
        judged.append(Judged(item, quarter, near, other if other != quarter else ""))
    left_out = tuple(item for item, on in zip(known, placed, strict=True) if not on)
    return ImportancePerformance(cross, *lines, tuple(judged), left_out)


def _quarter(item: Rated, lines: tuple[float, float]) -> Quarter:
    important = item.importance >= lines[0] - _SLIP
    good = item.performance > lines[1] + _SLIP
    if important:
        return "keep-up" if good else "concentrate-here"
    return "possible-overkill" if good else "low-priority"


def _on(value: Any, low: float, high: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and low <= value <= high
