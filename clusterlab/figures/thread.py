"""The golden thread: from the analysis over strategies, goals and tasks to who measures what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clusterlab.errors import N_
from clusterlab.figures.layers import Layout, lay_out, most_height
from clusterlab.figures.parts import (
    LEGEND_ROW,
    Meaning,
    legend,
    legend_rows,
    nothing,
    pointer,
    sheet_for,
    small_pointer,
)
from clusterlab.figures.svg import (
    BROWN,
    BROWN_TINT,
    EDGE,
    LANDSCAPE,
    NEUTRAL,
    PAPER,
    TEAL,
    TEAL_TINT,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import HEAD, LEADING, SMALL, cut, whole
from clusterlab.language import Language

EMPTY = N_("Nothing is linked yet. Notes that refer to each other appear here, joined by lines.")
ORPHAN = N_("Joined to nothing: link it, or drop it")
FRAMED = N_("dashed frame with a triangle")
POINTER = N_("short arrow with numbers")
ELSEWHERE = N_("joined to the named ones on another page")
_LINE = SMALL * LEADING
_PAD, _GAP, _RIM = 3.0, 6.0, 1.0
# Room above the boxes for a head of one line, and from line to line of a longer one.
_HEAD, _HEAD_LINE = 20.0, HEAD * LEADING
# From the boxes to the legend.
_ABOVE = 8.0
_BETWEEN, _WIDEST = 26.0, 150.0


@dataclass(frozen=True, slots=True)
class ThreadBox:
    """A note: its spoken id and text; ``orphan`` where the thread breaks at it.

    Links name it by ``id``, or by its spoken id where it has none.
    """

    spoken: str
    text: str
    orphan: bool = False
    id: str = ""

    @property
    def key(self) -> str:
        """What links name it by."""
        return self.id or self.spoken


@dataclass(frozen=True, slots=True)
class ThreadColumn:
    """A step of the thread, such as “Goals”, and its notes."""

    label: str
    boxes: tuple[ThreadBox, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadChart:
    """Columns from the left to the right, and which boxes are joined, by what links name them.

    No two boxes may have the same; joins to what is not there are left out.
    """

    title: str
    columns: tuple[ThreadColumn, ...]
    links: tuple[tuple[str, str], ...] = ()
    description: str = ""


def draw_thread(
    chart: ThreadChart, language: Language, page: Page = LANDSCAPE
) -> tuple[Drawing, ...]:
    """Draw the golden thread, in as many pictures as pages are needed."""
    boxes = {b.key: b for c in chart.columns for b in c.boxes}
    if not boxes:
        return (nothing(page, chart.title, language.gettext(EMPTY)),)
    at = {b.key: n for n, c in enumerate(chart.columns) for b in c.boxes}
    # Lines run from left to right, whichever end names the other.
    links = [
        (a, b) if at[a] < at[b] else (b, a)
        for a, b in dict.fromkeys(chart.links)
        if a in at and b in at and at[a] != at[b]
    ]
    say = language.gettext
    signs = [
        Meaning(_orphan_sign, say(FRAMED), say(ORPHAN)),
        Meaning(small_pointer, say(POINTER), say(ELSEWHERE)),
    ]
    grid = _grid(chart, boxes, page, legend_rows(page.width, signs))
    columns = [[b.key for b in dict.fromkeys(c.boxes)] for c in chart.columns]
    columns = [[s for s in dict.fromkeys(c) if at[s] == n] for n, c in enumerate(columns)]
    drawings = []
    for shown in _pages(columns, links, grid):
        sheet = sheet_for(chart, page, language)
        part = _Part(sheet, grid, shown, boxes, links)
        y = part.draw()
        needed = (any(boxes[s].orphan for column in shown for s in column), part.away)
        kept = [sign for sign, used in zip(signs, needed, strict=True) if used]
        sheet.things += [boxes[s].spoken for column in shown for s in column]
        drawings.append(sheet.done(legend(sheet, y + _ABOVE, kept)))
    return tuple(drawings)


@dataclass(frozen=True, slots=True)
class _Grid:
    """How wide columns are, how they are headed, and the lines of each box."""

    across: float
    pitch: float
    heads: Sequence[tuple[str, ...]]
    lines: Mapping[str, tuple[str, ...]]
    top: float
    down: float

    def height(self, key: str, *, away: bool) -> float:
        """Say how high a box is; one that is joined to others elsewhere has a line for that."""
        return (1 + len(self.lines[key]) + away) * _LINE + 2 * _PAD

    def left(self, column: int) -> float:
        return _RIM + column * self.pitch


def _grid(chart: ThreadChart, boxes: Mapping[str, ThreadBox], page: Page, rows: int) -> _Grid:
    """Measure columns for a page, below whose boxes a legend has some rows."""
    count = len(chart.columns)
    across = (page.width - 2 * _RIM - _BETWEEN * (count - 1)) / count
    across = min(across, _WIDEST)
    pitch = (page.width - 2 * _RIM - across) / max(count - 1, 1)
    heads = [whole(c.label, across, HEAD, bold=True) for c in chart.columns]
    lines = {key: whole(box.text, _text_room(across), SMALL) for key, box in boxes.items()}
    top = _HEAD + (max(map(len, heads)) - 1) * _HEAD_LINE
    return _Grid(across, pitch, heads, lines, top, page.height - top - _ABOVE - rows * LEGEND_ROW)


def _text_room(across: float) -> float:
    return across - 2 * _PAD - 4


def _pages(
    columns: Sequence[Sequence[str]], links: Sequence[tuple[str, str]], grid: _Grid
) -> list[list[list[str]]]:
    """Divide boxes among pages: what hangs together stays together where it can."""
    plain = {s: grid.height(s, away=False) for c in columns for s in c}
    if most_height(columns, plain, links, gap=_GAP) <= grid.down:
        return [[list(c) for c in columns]]
    joined = {s for link in links for s in link}
    heights = {s: grid.height(s, away=s in joined) for s in plain}
    pages: list[tuple[list[list[str]], list[tuple[str, str]]]] = []
    for group in _groups(columns, links):
        by_column = [[s for s in c if s in group] for c in columns]
        inside = [link for link in links if link[0] in group]

        def fits(
            parts: Sequence[Sequence[str]], inside: Sequence[tuple[str, str]] = inside
        ) -> bool:
            return most_height(parts, heights, inside, gap=_GAP) <= grid.down

        for page, kept in pages:
            both = [p + g for p, g in zip(page, by_column, strict=True)]
            if fits(both, kept + inside):
                page[:] = both
                kept.extend(inside)
                break
        else:
            pages += [(part, list(inside)) for part in _divided(by_column, fits)]
    return [page for page, _ in pages]


def _divided(
    columns: Sequence[list[str]], fits: Callable[[Sequence[Sequence[str]]], bool]
) -> list[list[list[str]]]:
    """Divide columns side by side into as few parts as fit a page each."""
    longest = max(map(len, columns))
    for count in range(1, longest + 1):
        parts = [
            [c[len(c) * n // count : len(c) * (n + 1) // count] for c in columns]
            for n in range(count)
        ]
        if all(map(fits, parts)):
            break
    return parts


def _groups(
    columns: Sequence[Sequence[str]], links: Sequence[tuple[str, str]]
) -> list[frozenset[str]]:
    """Give what is joined, directly or not, as groups in the order of the boxes."""
    near: dict[str, list[str]] = {s: [] for c in columns for s in c}
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    seen: set[str] = set()
    groups = []
    for start in near:
        if start in seen:
            continue
        group, left = {start}, [start]
        while left:
            for other in near[left.pop()]:
                if other not in group:
                    group.add(other)
                    left.append(other)
        seen |= group
        groups.append(frozenset(group))
    return groups


@dataclass(slots=True)
class _Part:
    """What is drawn on one page."""

    sheet: Sheet
    grid: _Grid
    columns: Sequence[Sequence[str]]
    boxes: Mapping[str, ThreadBox]
    links: Sequence[tuple[str, str]]
    away: bool = False

    def draw(self) -> float:
        grid = self.grid
        here = {s for c in self.columns for s in c}
        others = self._others(here)
        heights = {s: grid.height(s, away=s in others) for s in here}
        kept = [k for k in self.links if set(k) <= here]
        layout = lay_out(self.columns, heights, kept, gap=_GAP, top=grid.top)
        left = {s: grid.left(n) for n, c in enumerate(self.columns) for s in c}
        rule = grid.top - 6
        for n, lines in enumerate(grid.heads):
            # Heads end right above the rule, however many lines they have.
            for row, line in enumerate(reversed(lines)):
                y = rule - 4 - row * _HEAD_LINE
                self.sheet.text(grid.left(n), y, line, size=HEAD, bold=True, fill=TEAL)
            ends = (grid.left(n), rule, grid.left(n) + grid.across, rule)
            self.sheet.line(*ends, stroke=TEAL, line=1.2)
        for link in kept:
            self._line(link, left, layout, heights)
        for key, x in left.items():
            self._box(key, (x, layout.tops[key], grid.across, heights[key]), others)
        return layout.bottom

    def _others(self, here: set[str]) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for a, b in self.links:
            if a in here and b not in here:
                found.setdefault(a, []).append(b)
            elif b in here and a not in here:
                found.setdefault(b, []).append(a)
        self.away = bool(found)
        return found

    def _line(
        self,
        link: tuple[str, str],
        left: Mapping[str, float],
        layout: Layout,
        heights: Mapping[str, float],
    ) -> None:
        (a, b), across = link, self.grid.across
        x, y = left[a] + across, layout.tops[a] + heights[a] / 2
        stops = [(self.grid.left(n), height) for n, height in layout.passes[link]]
        for stop, height in [*stops, (left[b], layout.tops[b] + heights[b] / 2)]:
            middle = (x + stop) / 2
            curve = [(x, y), (middle, y), (middle, height), (stop, height)]
            self.sheet.curve(curve, stroke=EDGE, line=1)
            if stop != left[b]:
                self.sheet.line(stop, height, stop + across, height, stroke=EDGE, line=1)
            x, y = stop + across, height

    def _box(
        self,
        key: str,
        place: tuple[float, float, float, float],
        others: Mapping[str, list[str]],
    ) -> None:
        sheet, (x, y, across, height), box = self.sheet, place, self.boxes[key]
        if box.orphan:
            sheet.rect(
                x,
                y,
                across,
                height,
                fill=BROWN_TINT,
                stroke=BROWN,
                line=1.3,
                dash="4 2.5",
                radius=3,
            )
            warning(sheet, x + across - 8, y + 7.5)
        else:
            sheet.rect(x, y, across, height, fill=PAPER, stroke=EDGE, radius=3)
            sheet.rect(x + 0.4, y + 0.4, 3, height - 0.8, fill=TEAL_TINT)
        left, top = x + _PAD + 4, y + _PAD
        room = _text_room(across)
        shown = cut(box.spoken, room - 14, SMALL, bold=True)
        sheet.block(left, top, [shown], size=SMALL, bold=True)
        top = sheet.block(left, top + _LINE, self.grid.lines[key], size=SMALL)
        if key in others:
            names = ", ".join(self.boxes[other].spoken for other in others[key])
            text = cut(names, room - 14, SMALL)
            pointer(sheet, left, top + 4.5)
            sheet.block(left + 13, top, [text], size=SMALL, fill=NEUTRAL)


def warning(sheet: Sheet, x: float, y: float) -> None:
    """Draw the sign of something to look at: a triangle with a stroke and a dot."""
    sheet.path([(x, y - 5), (x + 5.5, y + 4.5), (x - 5.5, y + 4.5)], closed=True, fill=BROWN)
    sheet.line(x, y - 2, x, y + 1.2, stroke=PAPER, line=1.3)
    sheet.circle(x, y + 2.9, 0.75, fill=PAPER)


def _orphan_sign(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x - 1, y - 0.5, 18, 9, fill=BROWN_TINT, stroke=BROWN, line=1.1, dash="3 2", radius=2)
    warning(sheet, x + 8, y + 4)
