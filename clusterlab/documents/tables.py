"""How wide the columns of a table are, how high its rows, and where it is divided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from clusterlab.documents.blocks import Row, TableBlock
from clusterlab.documents.measure import SMALLEST, Ruler, Size
from clusterlab.documents.texts import Kind, Para

#: Space around the text of a cell, in points.
CELL_X, CELL_Y = 5.0, 3.5
# Sizes of text for small tables.
_LARGER = (14.0, 12.5)
# Columns of at least this share are wide: they get the room that the others leave.
_WIDE = 2.0
# What wide columns get of the whole width at least, by how many they are; the longest word that is
# never broken, in its size; and how many rows are looked at.
_FOR_WIDE, _LONG, _LOOKED_AT = (0.28, 0.28, 0.42, 0.5), 9.0, 60
# The least that a line of sentences has, in its size.
_SENTENCE = 10.0
# Most signs of an id or a number.
_ID = 8
# Lowest row to write in, and fewest rows of an empty table.
_LOWEST, _FEWEST = 20.0, 3
# A little more than a word needs: fonts differ.
_SPARE = 1.05


def row_height(
    row: Row, widths: Sequence[float], block: TableBlock, size: Size, ruler: Ruler
) -> float:
    """Give the height of a row at a size of text."""
    tallest = 0.0
    for cell, width in zip(row, widths, strict=True):
        tallest = max(tallest, ruler.height(cell, width - 2 * CELL_X, size))
    return max(tallest + 2 * CELL_Y + 1, block.least)


def squeezed(block: TableBlock, width: float, room: float, ruler: Ruler) -> TableBlock:
    """Let a table to write in take no more than a height: lower rows, and fewer empty ones."""
    if not block.least:
        return block
    widths = [share * width / sum(block.shares) for share in block.shares]

    def tall(row: Row, least: float) -> float:
        return row_height(row, widths, replace(block, least=least), block.size, ruler)

    top = tall(block.header, 0.0) if block.header else 0.0
    rows, least = list(block.rows), block.least
    while least > _LOWEST and top + sum(tall(row, least) for row in rows) > room:
        least -= 1
    empty = [row for row in rows if not any(one.text for c in row for one in c)]
    while len(empty) == len(rows) > _FEWEST and top + len(rows) * tall(rows[0], least) > room:
        rows.pop()
        empty.pop()
    return replace(block, rows=tuple(rows), least=least, heights=())


def least_height(block: TableBlock, width: float, ruler: Ruler) -> float:
    """Give the height of a table in its own size of text."""
    shares = _shared(_columns(block, _extents(block, ruler), block.size), width)
    return sum(row_height(row, shares, block, block.size, ruler) for row in _all(block))


def _all(block: TableBlock) -> list[Row]:
    return [*([block.header] if block.header else []), *block.rows]


def _heights(
    block: TableBlock, widths: Sequence[float], size: Size, room: float, ruler: Ruler
) -> tuple[float, ...] | None:
    """Give the heights of all rows; ``None`` where they have no room, as soon as that is known."""
    found, used = [], 0.0
    for row in _all(block):
        found.append(row_height(row, widths, block, size, ruler))
        used += found[-1]
        if used > room:
            return None
    return tuple(found)


def parted(block: TableBlock, width: float, room: float, ruler: Ruler) -> list[TableBlock]:
    """Find a size of text for a table; divide its columns where not even the smallest does.

    The largest with which the table needs no second slide, else the table's own.
    """
    marker = block.size.beside(one for row in block.rows for c in row for one in c).marker
    usual = [s for s in (block.size.text, 10.0, SMALLEST) if s <= block.size.text]
    whole = [s for s in (*_LARGER, *usual[:2]) if len(block.rows) * 1.9 * s < room]
    wishes = [(text, True) for text in whole] + [(text, False) for text in usual]
    extents = _extents(block, ruler)
    for text, fits in wishes:
        size = Size(text, marker)
        columns = _columns(block, extents, size)
        if sum(c.least for c in columns) > width:
            continue
        shares = _shared(columns, width)
        if text > SMALLEST and _cramped(columns, shares, size):
            continue
        heights = _heights(block, shares, size, room, ruler) if fits else ()
        if heights is None:
            continue
        return [replace(block, size=size, shares=shares, heights=heights)]
    block = replace(block, size=Size(SMALLEST, marker))
    return [_chosen(block, group, columns, width) for group in _groups(columns, width)]


def _cramped(columns: Sequence[_Column], widths: Sequence[float], size: Size) -> bool:
    """Say whether a column of sentences has room for hardly more than a word in a line."""
    return any(
        column.share >= _WIDE and width < min(column.whole, _SENTENCE * size.text)
        for column, width in zip(columns, widths, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its share, and the room that it needs.

    Parameters
    ----------
    least
        For its longest word.
    cells, line
        For its longest line in a row, and in a row or its head; of a narrow column not more than
        some words.
    whole
        For its longest line, however long.
    """

    share: float
    least: float
    cells: float
    line: float
    whole: float


#: By kind of paragraph the longest word and the longest line, in ems.
_Extents = dict[Kind, tuple[float, float]]


def _extents(block: TableBlock, ruler: Ruler) -> list[tuple[_Extents, _Extents]]:
    """Measure the head of each column and what stands below it, once for all sizes of text."""
    rows, later = block.rows[:_LOOKED_AT], block.rows[_LOOKED_AT:]

    def below(number: int) -> Iterator[Para]:
        for row in rows:
            yield from row[number]
        # Ids and numbers become longer the further down they stand.
        for row in later:
            yield from (one for one in row[number] if len(one.text) <= _ID)

    return [
        (
            _extent(block.header[number] if block.header else (), ruler),
            _extent(below(number), ruler),
        )
        for number in range(len(block.shares))
    ]


def _extent(paras: Iterable[Para], ruler: Ruler) -> _Extents:
    found: _Extents = {}
    for one in paras:
        if text := one.text:
            word, line = found.get(one.kind, (0.0, 0.0))
            found[one.kind] = (
                max(word, ruler.word(text, 1.0)),
                max(line, ruler.widest(text, 1.0, bold=True)),
            )
    return found


def _columns(
    block: TableBlock, extents: Sequence[tuple[_Extents, _Extents]], size: Size
) -> list[_Column]:
    found, room = [], 2 * CELL_X + 2

    def longest(some: _Extents, which: int) -> float:
        found = 0.0
        for kind, extent in some.items():
            found = max(found, size.of_kind(kind) * extent[which])
        return found

    for share, (heads, below) in zip(block.shares, extents, strict=True):
        word = max(longest(heads, 0), longest(below, 0))
        head, rows = longest(heads, 1), longest(below, 1)
        least, most = min(word * _SPARE, _LONG * size.text), 2 * _LONG * size.text
        whole = max(head, rows)
        wishes = (least, max(least, min(rows, most)), max(least, min(whole, most)), whole)
        found.append(_Column(share, *(wish + room for wish in wishes)))
    return found


def _groups(columns: Sequence[_Column], width: float) -> list[list[int]]:
    """Divide columns; the first two say what a row is and come again beside the others."""
    lead = min(2, len(columns))
    fixed = sum(min(column.least, width / 4) for column in columns[:lead])
    groups: list[list[int]] = []
    used = width
    for number in range(lead, len(columns)):
        if used + columns[number].least > width or not groups:
            groups.append([*range(lead)])
            used = fixed
        groups[-1].append(number)
        used += columns[number].least
    return groups or [[*range(lead)]]


def _chosen(
    block: TableBlock, group: Sequence[int], columns: Sequence[_Column], width: float
) -> TableBlock:
    return replace(
        block,
        shares=_shared([columns[i] for i in group], width),
        rows=tuple([row[i] for i in group] for row in block.rows),
        header=[block.header[i] for i in group] if block.header else None,
        size=Size(SMALLEST, block.size.marker),
    )


def _shared(columns: Sequence[_Column], width: float) -> tuple[float, ...]:
    """Share a width out.

    Narrow columns get what their lines need, the others the rest; all get what their longest word
    needs, where there is as much.
    """
    narrow = [c.line if c.share < _WIDE else 0.0 for c in columns]
    shares = [c.share if c.share >= _WIDE else 0.0 for c in columns]
    least = sum(c.least for c, s in zip(columns, shares, strict=True) if s)
    needed = sum(c.whole for c, s in zip(columns, shares, strict=True) if s)
    words = [n and c.least for n, c in zip(narrow, columns, strict=True)]
    cells = [n and c.cells for n, c in zip(narrow, columns, strict=True)]
    # Heads take a second line before texts do.
    narrow = _between(cells, narrow, width - needed)
    most = 1 - _FOR_WIDE[min(sum(map(bool, shares)), len(_FOR_WIDE) - 1)]
    narrow = _between(words, narrow, min(max(most * width, width - needed), width - least))
    if not any(shares):
        shares = [c.share for c in columns]
        narrow = [0.0] * len(columns)
    wide = _filled(columns, shares, max(width - sum(narrow), 0.0))
    widths = [max(c.least, n or w) for c, n, w in zip(columns, narrow, wide, strict=True)]
    spare = [w - c.least for w, c in zip(widths, columns, strict=True)]
    over = sum(widths) - width
    if over > 0 and sum(spare) > 0:
        widths = [w - over * s / sum(spare) for w, s in zip(widths, spare, strict=True)]
    return tuple(widths)


def _filled(columns: Sequence[_Column], shares: Sequence[float], room: float) -> list[float]:
    """Share a room out among wide columns; what one does not need, the others get."""
    found = [0.0] * len(columns)
    left = {i for i, share in enumerate(shares) if share}
    while left:
        unit = max(room - sum(found), 0.0) / sum(shares[i] for i in left)
        full = {i for i in left if columns[i].whole <= shares[i] * unit}
        if not full or full == left:
            break
        for i in full:
            found[i] = columns[i].whole
        left -= full
    spare = max(room - sum(found), 0.0)
    for i in left:
        found[i] = spare * shares[i] / sum(shares[j] for j in left)
    return found


def _between(low: Sequence[float], high: Sequence[float], room: float) -> list[float]:
    """Give widths between two wishes that take no more than a room, as far as that can be."""
    over, spare = sum(high) - max(room, sum(low)), sum(high) - sum(low)
    if over <= 0 or spare <= 0:
        return [*high]
    return [b - (b - a) * over / spare for a, b in zip(low, high, strict=True)]


def divided(
    row: Row, widths: Sequence[float], height: float, ruler: Ruler, size: Size
) -> tuple[Row, Row]:
    """Divide a row where a height ends."""
    heads, rests = [], []
    for cell, width in zip(row, widths, strict=True):
        head, rest = ruler.split(cell, width - 2 * CELL_X, height - 2 * CELL_Y - 1, size)
        heads.append(head)
        rests.append(rest)
    return heads, rests
