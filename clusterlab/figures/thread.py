"""The golden thread: from the analysis over strategies, goals and tasks to who measures what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clusterlab.errors import N_
from clusterlab.figures.layers import Layout, lay_out
from clusterlab.figures.parts import Meaning, legend, nothing, pointer, sheet_for, small_pointer
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
from clusterlab.figures.text import HEAD, LEADING, SMALL, cut, wrap
from clusterlab.language import Language

EMPTY = N_("Nothing is linked yet. Notes that refer to each other appear here, joined by lines.")
ORPHAN = N_("Joined to nothing: link it, or drop it")
FRAMED = N_("dashed frame with a triangle")
POINTER = N_("short arrow with numbers")
ELSEWHERE = N_("joined to the named ones on another page")
_LINE = SMALL * LEADING
_PAD, _GAP, _RIM = 3.0, 6.0, 1.0
_HEAD = 20.0
_LINES = 2


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
    most = max(1, int((page.height - _HEAD - 2 * _LINE) // (_tallest() + _GAP)))
    pages = _pages(chart, links, at, most)
    drawings = []
    for columns in pages:
        sheet = sheet_for(chart, page, language)
        part = _Part(sheet, chart, columns, boxes, links)
        y = part.draw()
        say = language.gettext
        signs: list[Meaning] = []
        if any(boxes[s].orphan for column in columns for s in column):
            signs.append(Meaning(_orphan_sign, say(FRAMED), say(ORPHAN)))
        if part.away:
            signs.append(Meaning(small_pointer, say(POINTER), say(ELSEWHERE)))
        sheet.things += [boxes[s].spoken for column in columns for s in column]
        drawings.append(sheet.done(legend(sheet, y + 8, signs)))
    return tuple(drawings)


def _tallest() -> float:
    return (_LINES + 2) * _LINE + 2 * _PAD


def _pages(
    chart: ThreadChart,
    links: Sequence[tuple[str, str]],
    at: Mapping[str, int],
    most: int,
) -> list[list[list[str]]]:
    """Divide boxes among pages: what hangs together stays together where it can."""
    columns = [[b.key for b in dict.fromkeys(c.boxes)] for c in chart.columns]
    columns = [[s for s in dict.fromkeys(c) if at[s] == n] for n, c in enumerate(columns)]
    if max(map(len, columns)) <= most:
        return [columns]
    pages: list[list[list[str]]] = []
    for group in _groups(columns, links):
        by_column = [[s for s in c if s in group] for c in columns]
        for page in pages:
            if all(len(p) + len(g) <= most for p, g in zip(page, by_column, strict=True)):
                for column, more in zip(page, by_column, strict=True):
                    column.extend(more)
                break
        else:
            parts = max(1, -(-max(map(len, by_column)) // most))
            pages += [
                [c[len(c) * n // parts : len(c) * (n + 1) // parts] for c in by_column]
                for n in range(parts)
            ]
    return pages


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
    chart: ThreadChart
    columns: Sequence[Sequence[str]]
    boxes: Mapping[str, ThreadBox]
    links: Sequence[tuple[str, str]]
    away: bool = False

    def draw(self) -> float:
        count = len(self.columns)
        between = 26.0 if count > 1 else 0.0
        across = (self.sheet.width - 2 * _RIM - between * (count - 1)) / count
        across = min(across, 150.0)
        pitch = (self.sheet.width - 2 * _RIM - across) / max(count - 1, 1)
        here = {s for c in self.columns for s in c}
        others = self._others(here)
        heights = {s: self._height(s, across, others) for s in here}
        kept = [k for k in self.links if set(k) <= here]
        layout = lay_out(self.columns, heights, kept, gap=_GAP, top=_HEAD)
        left = {s: _RIM + n * pitch for n, c in enumerate(self.columns) for s in c}
        for n, column in enumerate(self.chart.columns):
            label = cut(column.label, across, HEAD, bold=True)
            self.sheet.text(_RIM + n * pitch, 10, label, size=HEAD, bold=True, fill=TEAL)
            self.sheet.line(
                _RIM + n * pitch, 14, _RIM + n * pitch + across, 14, stroke=TEAL, line=1.2
            )
        for link in kept:
            self._line(link, left, (across, pitch), layout, heights)
        for key, x in left.items():
            self._box(key, (x, layout.tops[key], across, heights[key]), others)
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

    def _lines(self, key: str, across: float) -> tuple[str, ...]:
        return wrap(self.boxes[key].text, across - 2 * _PAD - 4, SMALL, lines=_LINES)

    def _height(self, key: str, across: float, others: Mapping[str, list[str]]) -> float:
        rows = 1 + len(self._lines(key, across)) + (key in others)
        return rows * _LINE + 2 * _PAD

    def _line(
        self,
        link: tuple[str, str],
        left: Mapping[str, float],
        widths: tuple[float, float],
        layout: Layout,
        heights: Mapping[str, float],
    ) -> None:
        (a, b), (across, pitch) = link, widths
        x, y = left[a] + across, layout.tops[a] + heights[a] / 2
        stops = [(_RIM + n * pitch, height) for n, height in layout.passes[link]]
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
        room = across - 2 * _PAD - 4
        shown = cut(box.spoken, room - 14, SMALL, bold=True)
        sheet.block(left, top, [shown], size=SMALL, bold=True)
        top = sheet.block(left, top + _LINE, self._lines(key, across), size=SMALL)
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
