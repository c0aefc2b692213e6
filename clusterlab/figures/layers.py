"""Boxes in columns with lines between them: which box lies where, and how the lines run.

Columns are ordered by the mean place of what their boxes are joined to (the barycentre method of
Sugiyama, Tagawa and Toda, 1981), so that few lines cross. A line that passes a column has a free
place there, so that it runs behind no box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 4
#: Height of the place that a passing line has in a column; its half from the next such line.
PASS = 5.0

Link = tuple[str, str]
# A box by its id, or the place of a passing line: the link and its column.
_Slot = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie.

    Parameters
    ----------
    tops
        Upper edge of each box.
    passes
        For each link the columns between its ends, and the height at which it passes them.
    bottom
        Lower edge of the lowest box.
    """

    tops: Mapping[str, float]
    passes: Mapping[Link, tuple[tuple[int, float], ...]]
    bottom: float


def lay_out(
    columns: Sequence[Sequence[str]],
    heights: Mapping[str, float],
    links: Iterable[Link],
    *,
    gap: float,
    top: float = 0,
) -> Layout:
    """Place boxes in columns.

    Parameters
    ----------
    columns
        Ids of the boxes, column by column, in the order to begin with.
    heights
        Of each box.
    links
        From a box to one in a later column; others are left out.
    gap
        Between boxes of a column.
    """
    at = {box: n for n, column in enumerate(columns) for box in column}
    kept = [(a, b) for a, b in dict.fromkeys(links) if a in at and b in at and at[a] < at[b]]
    slots: list[list[_Slot]] = [[(box, "", -1) for box in column] for column in columns]
    near: dict[_Slot, list[_Slot]] = {s: [] for column in slots for s in column}
    for a, b in kept:
        chain: list[_Slot] = [(a, b, n) for n in range(at[a] + 1, at[b])]
        for slot in chain:
            near[slot] = []
            slots[slot[2]].append(slot)
        ends: list[_Slot] = [(a, "", -1), *chain, (b, "", -1)]
        for one, other in pairwise(ends):
            near[one].append(other)
            near[other].append(one)
    column_of = {s: n for n, column in enumerate(slots) for s in column}
    _order(slots, near, column_of)
    size = {s: PASS if s[1] else heights[s[0]] for s in near}
    tops = _settle(slots, near, size, gap, top)
    passes = {
        (a, b): tuple((n, tops[a, b, n] + PASS / 2) for n in range(at[a] + 1, at[b]))
        for a, b in kept
    }
    boxes = {s[0]: y for s, y in tops.items() if not s[1]}
    bottom = max((y + heights[box] for box, y in boxes.items()), default=top)
    return Layout(boxes, passes, max(bottom, *(y for p in passes.values() for _, y in p), top))


def most_height(
    columns: Sequence[Sequence[str]],
    heights: Mapping[str, float],
    links: Iterable[Link],
    *,
    gap: float,
) -> float:
    """Say how high boxes in columns are at most with the lines that pass them, however they lie."""
    at = {box: n for n, column in enumerate(columns) for box in column}
    passing = [0] * len(columns)
    for a, b in set(links):
        if a in at and b in at:
            for n in range(at[a] + 1, at[b]):
                passing[n] += 1
    most = 0.0
    for column, lines in zip(columns, passing, strict=True):
        # Lines lie apart from the boxes between which they pass, and closer to each other.
        gaps = max(len(column) + lines - 1, 0)
        wide = min(gaps, 2 * len(column))
        height = sum(heights[box] for box in column) + lines * PASS
        most = max(most, height + wide * gap + (gaps - wide) * PASS / 2)
    return most


def _order(
    slots: list[list[_Slot]],
    near: Mapping[_Slot, Sequence[_Slot]],
    column_of: Mapping[_Slot, int],
) -> None:
    """Sort each column by its neighbours' places in the one before, then after, and so on."""
    for sweep in range(_SWEEPS):
        step = -1 if sweep % 2 else 1
        for n in range(len(slots))[::step]:
            side = n - step
            if not 0 <= side < len(slots):
                continue
            rank = {s: i / len(slots[side]) for i, s in enumerate(slots[side])}
            place = {}
            for i, slot in enumerate(slots[n]):
                seen = [rank[o] for o in near[slot] if column_of[o] == side]
                place[slot] = sum(seen) / len(seen) if seen else i / len(slots[n])
            slots[n].sort(key=place.__getitem__)  # stable: equal ones stay as they were


def _settle(
    slots: Sequence[Sequence[_Slot]],
    near: Mapping[_Slot, Sequence[_Slot]],
    size: Mapping[_Slot, float],
    gap: float,
    top: float,
) -> dict[_Slot, float]:
    """Draw boxes towards what they are joined to, as far as their order and the room allow."""

    def between(column: Sequence[_Slot], n: int) -> float:
        """Give the gap before a slot; passing lines lie closer to each other."""
        if n == 0:
            return 0.0
        return PASS / 2 if column[n][1] and column[n - 1][1] else gap

    needed = [sum(size[s] + between(c, n) for n, s in enumerate(c)) for c in slots]
    room = max(needed, default=0)
    tops: dict[_Slot, float] = {}
    for column, height in zip(slots, needed, strict=True):
        y = top + (room - height) / 2
        for n, slot in enumerate(column):
            y += between(column, n)
            tops[slot] = y
            y += size[slot]
    for _ in range(2 * _SWEEPS):
        for column in slots:
            wanted = []
            for slot in column:
                seen = [tops[o] + size[o] / 2 for o in near[slot]]
                middle = sum(seen) / len(seen) if seen else tops[slot] + size[slot] / 2
                wanted.append(middle - size[slot] / 2)
            least = top
            for n, slot in enumerate(column):
                tops[slot] = max(wanted[n], least + between(column, n))
                least = tops[slot] + size[slot]
            most = top + room
            for n in range(len(column) - 1, -1, -1):
                slot = column[n]
                tops[slot] = min(tops[slot], most - size[slot])
                most = tops[slot] - between(column, n)
    return tops
