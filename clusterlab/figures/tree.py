"""Trees: goals with their sub-goals and tasks, or deliverables broken down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clusterlab.errors import N_
from clusterlab.figures.parts import Meaning, legend, nothing, paged, said, sheet_for
from clusterlab.figures.svg import (
    BROWN,
    BROWN_TINT,
    EDGE,
    INK,
    NEUTRAL,
    PAPER,
    PORTRAIT,
    TEAL,
    TEAL_TINT,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import BODY, LEADING, whole
from clusterlab.figures.thread import FRAMED, warning
from clusterlab.language import Language

EMPTY = N_("The tree is empty. The first goal becomes its root.")
LOOK = N_("To look at")
AGAIN = N_("goes on from the page before")
_PAD, _INDENT, _GAP = 4.0, 20.0, 5.0
_LINE = BODY * LEADING
# Levels that are indented further; deeper ones share the last one's place.
_DEEPEST = 8
# A tree that is drawn from left to right: its levels, and the narrowest box.
_LEVELS, _NARROWEST, _BETWEEN = 4, 130.0, 24.0


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A box of the tree.

    Parameters
    ----------
    id
        What children name as ``parent``; "" as parent, or what is not there, makes a root.
    mark
        Whether there is something to look at: a dashed frame and a sign.
    """

    id: str
    text: str
    parent: str = ""
    spoken: str = ""
    mark: bool = False


@dataclass(frozen=True, slots=True)
class TreeChart:
    """Nodes; siblings keep their order."""

    title: str
    nodes: tuple[TreeNode, ...]
    description: str = ""


def draw_tree(chart: TreeChart, language: Language, page: Page = PORTRAIT) -> tuple[Drawing, ...]:
    """Draw a tree from left to right where it fits a page, else indented, on as many as needed."""
    if not chart.nodes:
        return (nothing(page, chart.title, language.gettext(EMPTY)),)
    rows = list(_walk(chart.nodes))
    across = _across(rows, page)
    if across:
        sheet = sheet_for(chart, page, language)
        height = _sideways(sheet, rows, across)
        if height <= page.height - 2 * _LINE:
            return (_finish(sheet, height, rows, language),)
    return tuple(_indented(chart, rows, language, page))


def _walk(nodes: Sequence[TreeNode]) -> Iterator[tuple[TreeNode, int, int]]:
    """Give each node after its parent: the node, its level, and which row its parent is (or -1).

    Of nodes that are each other's parents the first becomes a root.
    """
    known = {n.id for n in nodes}
    children: dict[str, list[TreeNode]] = {}
    for node in nodes:
        parent = node.parent if node.parent in known and node.parent != node.id else ""
        children.setdefault(parent, []).append(node)
    seen: set[int] = set()
    row = 0
    for start in [*children.get("", ()), *nodes]:
        stack = [(start, 0, -1)]
        while stack:
            node, level, above = stack.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            yield node, level, above
            below = children.get(node.id, ()) if node.id else ()
            stack += [(child, level + 1, row) for child in reversed(below)]
            row += 1


_Rows = Sequence[tuple[TreeNode, int, int]]


def _across(rows: _Rows, page: Page) -> float:
    """Give the width of a box in a tree from left to right; 0 where it has too many levels."""
    levels = max(level for _, level, _ in rows) + 1
    across = (page.width - 2 - _BETWEEN * (levels - 1)) / levels
    return min(across, 190.0) if levels <= _LEVELS and across >= _NARROWEST else 0.0


def _lines(node: TreeNode, across: float) -> tuple[str, ...]:
    room = across - 2 * _PAD - (12 if node.mark else 0)
    return whole(said(node.spoken, node.text), room, BODY)


def _sideways(sheet: Sheet, rows: _Rows, across: float) -> float:
    """Draw levels as columns; a parent lies in the middle of its children."""
    texts = [_lines(node, across) for node, _, _ in rows]
    heights = [len(t) * _LINE + 2 * _PAD for t in texts]
    below: dict[int, list[int]] = {}
    for n, (_, _, above) in enumerate(rows):
        below.setdefault(above, []).append(n)
    middles: dict[int, float] = {}
    # The lower edge of each column so far, and of all rows.
    edge: dict[int, float] = {}
    end = 1.0
    for n in range(len(rows) - 1, -1, -1):
        # From the last row up: children come before their parents.
        level = rows[n][1]
        children = below.get(n, ())
        if children:
            middle = (middles[children[0]] + middles[children[-1]]) / 2
        else:
            middle = end + heights[n] / 2
        middle = max(middle, edge.get(level, 1.0) + heights[n] / 2)
        middles[n] = middle
        edge[level] = middle + heights[n] / 2 + _GAP
        end = max(end, edge[level]) if not children else max(end, *edge.values())
    bottom = max(edge.values()) - _GAP + 1
    tops = {n: bottom - middle - heights[n] / 2 for n, middle in middles.items()}
    left = [1 + level * (across + _BETWEEN) for _, level, _ in rows]
    for n, (_, _, above) in enumerate(rows):
        if above >= 0:
            y, top = tops[n] + heights[n] / 2, tops[above] + heights[above] / 2
            middle = left[n] - _BETWEEN / 2
            corner = [(left[above] + across, top), (middle, top), (middle, y), (left[n], y)]
            sheet.path(corner, stroke=EDGE, line=1)
    for n, (node, level, _) in enumerate(rows):
        _box(sheet, (left[n], tops[n], across, heights[n]), node, texts[n], level)
    return bottom


def _indented(chart: TreeChart, rows: _Rows, language: Language, page: Page) -> Iterator[Drawing]:
    """Draw one box below the other, as far to the right as its level is deep."""
    left = [1 + min(level, _DEEPEST) * _INDENT for _, level, _ in rows]
    texts = [_lines(node, page.width - 1 - x) for (node, _, _), x in zip(rows, left, strict=True)]
    heights = [len(t) * _LINE + 2 * _PAD for t in texts]
    # Room for the parents that a page says again.
    deepest = min(max(level for _, level, _ in rows), _DEEPEST)
    parents = {above for _, _, above in rows if above >= 0}
    lines = max((len(texts[n]) for n in parents), default=0)
    # One more line: the first of them says what it is.
    above = (_LINE + deepest * (lines * _LINE + 2 * _PAD + _GAP)) if deepest else 0
    down = sum(heights) + _GAP * len(heights)
    room = page.height - 2 * _LINE
    pages = (
        [range(len(rows))]
        if down <= room
        else paged([h + _GAP for h in heights], max(room - above, room / 3))
    )
    for part in pages:
        sheet = sheet_for(chart, page, language)
        y, corners = _parents(sheet, rows, left, part.start, language)
        for n in part:
            parent = rows[n][2]
            if parent in corners:
                x, from_y = corners[parent]
                middle = y + min(heights[n] / 2, _LINE / 2 + _PAD)
                if left[n] > x:
                    sheet.path([(x, from_y), (x, middle), (left[n], middle)], stroke=EDGE, line=1)
            box = (left[n], y, page.width - 1 - left[n], heights[n])
            _box(sheet, box, rows[n][0], texts[n], rows[n][1])
            y += heights[n]
            corners[n] = (left[n] + 8, y)
            y += _GAP
        yield _finish(sheet, y, rows, language)


def _parents(
    sheet: Sheet, rows: _Rows, left: Sequence[float], start: int, language: Language
) -> tuple[float, dict[int, tuple[float, float]]]:
    """Say again, at the head of a page, below what its first row lies."""
    chain: list[int] = []
    above = rows[start][2]
    while above >= 0 and len(chain) < _DEEPEST:
        chain.append(above)
        above = rows[above][2]
    y = 1.0
    corners: dict[int, tuple[float, float]] = {}
    for n in reversed(chain):
        node = rows[n][0]
        across = sheet.width - 1 - left[n]
        note = f" ({language.gettext(AGAIN)})" if n == chain[-1] else ""
        shown = whole(said(node.spoken, node.text) + note, across - 2 * _PAD, BODY)
        height = len(shown) * _LINE + 2 * _PAD
        sheet.rect(left[n], y, across, height, stroke=EDGE, dash="2 2", radius=3)
        sheet.block(left[n] + _PAD, y + _PAD, shown, fill=NEUTRAL)
        y += height
        corners[n] = (left[n] + 8, y)
        y += _GAP
    return y, corners


def _box(
    sheet: Sheet,
    place: tuple[float, float, float, float],
    node: TreeNode,
    lines: Sequence[str],
    level: int,
) -> None:
    x, y, across, height = place
    sheet.things.append(node.spoken)
    if node.mark:
        style: Mapping[str, str] = {"fill": BROWN_TINT, "stroke": BROWN, "dash": "4 2.5"}
        sheet.rect(x, y, across, height, line=1.2, radius=3, **style)
        warning(sheet, x + across - 9, y + height / 2)
    elif level == 0:
        sheet.rect(x, y, across, height, fill=TEAL, stroke=TEAL, radius=3)
    else:
        fill, line = (TEAL_TINT, 1.2) if level == 1 else (PAPER, 0.9)
        sheet.rect(x, y, across, height, fill=fill, stroke=EDGE, line=line, radius=3)
    dark = level == 0 and not node.mark
    top = y + (height - len(lines) * _LINE) / 2
    sheet.block(x + _PAD, top, lines, fill=PAPER if dark else INK)


def _finish(sheet: Sheet, y: float, rows: _Rows, language: Language) -> Drawing:
    if not any(node.mark for node, _, _ in rows):
        return sheet.done(y + 1)
    mark = Meaning(_mark_sign, language.gettext(FRAMED), language.gettext(LOOK))
    return sheet.done(legend(sheet, y + 6, [mark]))


def _mark_sign(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x, y - 0.5, 17, 9, fill=BROWN_TINT, stroke=BROWN, line=1.1, dash="3 2", radius=2)
    warning(sheet, x + 8.5, y + 4)
