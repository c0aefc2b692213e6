"""Small groups: which counts are shown, so that nobody can be made out, nor worked out."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: The fewest answers of a group of which a figure is shown.
THRESHOLD = 5


@dataclass(frozen=True, slots=True)
class Protected:
    """Counts by group with their total; ``None`` for what must not be shown."""

    counts: tuple[tuple[str, int | None], ...]
    total: int | None

    @property
    def shown(self) -> frozenset[str]:
        """Names of the groups of which figures may be shown."""
        return frozenset(name for name, count in self.counts if count is not None)


def protected(counts: Mapping[str, int], threshold: int = THRESHOLD) -> Protected:
    """Hide the counts of small groups, and enough others that none comes out by subtraction.

    A group of 1 to ``threshold`` - 1 is hidden. As the total is shown, what is hidden adds up to
    a number that everybody can work out: so at least two groups are hidden, and they have at
    least ``threshold`` answers together. The smallest groups still shown are hidden first, equals
    as they come. Where all answers together are too few, everything is hidden. An empty group is
    shown: there is nobody in it.

    This is cell suppression with complementary cells, as statistical offices do it (Willenborg
    and de Waal, Elements of statistical disclosure control, 2001), for one list of groups;
    `protected_table` does it for groups that cross. Neither knows of other tables that count the
    same people: who publishes two of them, cuts the small groups out of both.

    Parameters
    ----------
    counts
        Answers by group; groups do not overlap. Negative counts are taken as none.
    """
    known = {name: max(count, 0) for name, count in counts.items()}
    total = sum(known.values())
    if 0 < total < threshold:
        return Protected(tuple((name, None) for name in known), None)
    hidden = {name for name, count in known.items() if 0 < count < threshold}
    others = sorted((n for n in known if known[n] and n not in hidden), key=known.__getitem__)
    for name in others:
        together = sum(known[n] for n in hidden)
        if not hidden or (len(hidden) > 1 and together >= threshold):
            break
        hidden.add(name)
    return Protected(tuple((n, None if n in hidden else c) for n, c in known.items()), total)


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """Counts of groups that cross; ``None`` for what must not be shown.

    Parameters
    ----------
    cells
        Row by row.
    row_totals, column_totals, total
        Sums of the counts, those not shown included.
    """

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


_Cell = tuple[int, int]


def protected_table(counts: Sequence[Sequence[int]], threshold: int = THRESHOLD) -> ProtectedTable:
    """Hide small counts of a table with totals, and enough others that none comes out of them.

    Totals are cells of the table like all others. Rows and columns, and the row and the column
    of totals, are the nodes of a graph, and hidden cells the edges between them: what is hidden
    can be worked out exactly where its edge is a bridge, that is, lies on no cycle (Gusfield, A
    graph theoretic approach to statistical data security, 1988). So each bridge is closed to a
    cycle of hidden cells, over those with the smallest counts. Along a cycle all counts can be one
    more and one less in turn, and as empty cells are never hidden, none falls below zero.
    Also, what is hidden in a line with a total that is shown adds up to ``threshold`` at least.

    Parameters
    ----------
    counts
        Rows of the same length, without totals. Negative counts are taken as none.

    Raises
    ------
    ValueError
        Where rows differ in length.
    """
    rows = [[max(count, 0) for count in row] for row in counts]
    width = len(rows[0]) if rows else 0
    if any(len(row) != width for row in rows):
        message = "rows of a table have the same length"
        raise ValueError(message)
    whole = [[*row, sum(row)] for row in rows]
    whole.append([sum(column) for column in zip(*whole, strict=True)] or [0])
    grid = _Grid(whole, threshold)
    while more := next(grid.too_few(), None) or grid.bridged():
        grid.hidden |= more
    shown = [
        tuple(None if (r, c) in grid.hidden else count for c, count in enumerate(row))
        for r, row in enumerate(whole)
    ]
    body = tuple(row[:-1] for row in shown[:-1])
    return ProtectedTable(body, tuple(row[-1] for row in shown[:-1]), shown[-1][:-1], shown[-1][-1])


class _Grid:
    """A table with its totals, and what of it is hidden."""

    def __init__(self, whole: list[list[int]], threshold: int) -> None:
        self.threshold = threshold
        self.counts: dict[_Cell, int] = {
            (r, c): count for r, row in enumerate(whole) for c, count in enumerate(row) if count
        }
        self.hidden = {cell for cell, count in self.counts.items() if count < threshold}
        self.last = (len(whole) - 1, len(whole[0]) - 1)

    def too_few(self) -> Iterator[set[_Cell]]:
        """Give what to hide besides, line by line, where too few are hidden under a total."""
        for axis, total in ((0, self.last[1]), (1, self.last[0])):
            for line in range(self.last[axis] + 1):
                cells = [cell for cell in self.counts if cell[axis] == line]
                inner = [cell for cell in cells if cell[1 - axis] != total]
                hidden = [cell for cell in inner if cell in self.hidden]
                together = sum(self.counts[cell] for cell in hidden)
                sums = {cell for cell in cells if cell[1 - axis] == total}
                if not hidden or together >= self.threshold or sums <= self.hidden:
                    continue
                others = [cell for cell in inner if cell not in self.hidden]
                yield {min(others, key=self.counts.__getitem__)} if others else sums

    def bridged(self) -> set[_Cell]:
        """Give what to hide so that one of the cells that can be worked out no longer can."""
        for cell in sorted(self.hidden):
            way = self._around(cell)
            if not way <= self.hidden:
                return way
        return set()

    def _around(self, cell: _Cell) -> set[_Cell]:
        """Give the cells that close a cycle with one: of those ways the one that hides least."""
        start, end = (0, cell[0]), (1, cell[1])
        waiting: list[tuple[int, tuple[int, int], tuple[_Cell, ...]]] = [(0, start, ())]
        passed = set()
        while waiting:  # Dijkstra's shortest path over rows (0) and columns (1)
            cost, node, way = heapq.heappop(waiting)
            if node == end:
                return set(way)
            if node in passed:
                continue
            passed.add(node)
            for other, count in self.counts.items():
                if other[node[0]] == node[1] and other != cell:
                    more = 0 if other in self.hidden else count
                    place = (1 - node[0], other[1 - node[0]])
                    heapq.heappush(waiting, (cost + more, place, (*way, other)))
        return set()
