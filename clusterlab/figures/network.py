"""The activity network: tasks as boxes with their times, from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clusterlab.errors import N_
from clusterlab.figures.gantt import DASH
from clusterlab.figures.layers import Layout, lay_out, most_height
from clusterlab.figures.parts import (
    LEGEND_ROW,
    Meaning,
    figure,
    finite,
    legend,
    legend_rows,
    nothing,
    paged,
    pointer,
    sheet_for,
    small_pointer,
)
from clusterlab.figures.svg import (
    BROWN,
    EDGE,
    HAIR,
    HATCH,
    INK,
    LANDSCAPE,
    NEUTRAL,
    PAPER,
    TEAL_TINT,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import LEADING, SMALL, cut, whole, width
from clusterlab.language import Language

EMPTY = N_("No tasks yet. Each task with a duration appears here as a box.")
CRITICAL = N_("Critical: a delay here delays the end")
NEAR = N_("Near critical: a longer delay does")
OTHER = N_("Other task")
START, FINISH = N_("earliest start"), N_("earliest finish")
LATE_START, LATE_FINISH = N_("latest start"), N_("latest finish")
FLOAT = N_("float")
ELSEWHERE = N_("goes on at the named task, in another row")
_LINE = SMALL * LEADING
_PAD, _TAG, _GAP = 3.0, _LINE + 1, 9.0
_BOX, _BETWEEN, _RIM = 98.0, 24.0, 1.5
# From the boxes to the legend.
_ABOVE = 4.0
# How often columns are divided anew.
_TRIES = 8


@dataclass(frozen=True, slots=True)
class NetworkTask:
    """A task with its times, in the unit of the schedule.

    Parameters
    ----------
    critical, near
        Whether it is critical, or has so little float more that it is marked.

    Raises
    ------
    ValueError
        Where a time is no finite number.
    """

    spoken: str
    label: str
    early_start: float
    early_finish: float
    late_start: float
    late_finish: float
    total_float: float
    critical: bool = False
    near: bool = False

    def __post_init__(self) -> None:
        finite(
            self.early_start,
            self.early_finish,
            self.late_start,
            self.late_finish,
            self.total_float,
        )


@dataclass(frozen=True, slots=True)
class NetworkLink:
    """A dependency: spoken ids of two tasks, whether it is critical, and its kind ("SS+2")."""

    before: str
    after: str
    critical: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class NetworkChart:
    """Tasks and the links between them; links to tasks that are not there are left out."""

    title: str
    tasks: tuple[NetworkTask, ...]
    links: tuple[NetworkLink, ...] = ()
    description: str = ""


def draw_network(
    chart: NetworkChart, language: Language, page: Page = LANDSCAPE
) -> tuple[Drawing, ...]:
    """Draw an activity network, in as many pictures as pages are needed.

    A task lies in the column after the last of those that it waits for (the longest path from a
    start). A network with more columns than the page has room for goes on in a further row.
    """
    tasks = {t.spoken: t for t in chart.tasks}
    if not tasks:
        return (nothing(page, chart.title, language.gettext(EMPTY)),)
    links = [
        k for k in chart.links if k.before in tasks and k.after in tasks and k.before != k.after
    ]
    near = any(t.near for t in tasks.values())
    signs = _signs(language, more=True, near=near)
    below = page.height - _ABOVE - LEGEND_ROW * legend_rows(page.width, signs)
    heights = {t.spoken: _height(t) for t in tasks.values()}
    bands = _bands(links, heights, page, below)
    each = max(map(len, bands))
    drawings: list[Drawing] = []
    sheet, y = sheet_for(chart, page, language), 0.0
    for band in bands:
        inside = {s for column in band for s in column}
        kept = [(k.before, k.after) for k in links if {k.before, k.after} <= inside]
        layout = lay_out(band, heights, kept, gap=_GAP, top=y + _LINE if y else 0)
        if y and layout.bottom > below:
            drawings.append(_finish(sheet, y, language, more=len(bands) > 1, near=near))
            sheet = sheet_for(chart, page, language)
            layout = lay_out(band, heights, kept, gap=_GAP)
        elif y:
            sheet.line(0, y + _LINE / 2, page.width, y + _LINE / 2, stroke=HAIR, dash="2 3")
        _Band(sheet, band, layout, tasks, links, language).draw(each)
        y = layout.bottom
    drawings.append(_finish(sheet, y, language, more=len(bands) > 1, near=near))
    return tuple(drawings)


def _bands(
    links: Sequence[NetworkLink], heights: Mapping[str, float], page: Page, below: float
) -> list[list[list[str]]]:
    """Divide columns among rows that are each as wide and as high as a page at most."""
    across = max(1, int((page.width - 2 * _RIM + _BETWEEN) // (_BOX + _BETWEEN)))
    ends = [(k.before, k.after) for k in links]
    tried = []
    # Lines that pass columns need room, too: where they find none, fewer boxes share a column.
    for share in range(_TRIES, 0, -1):
        columns = _columns(links, heights, below * share / _TRIES)
        count = -(-len(columns) // across)
        each = -(-len(columns) // count)
        bands = [columns[n : n + each] for n in range(0, len(columns), each)]
        highest = max(most_height(band, heights, ends, gap=_GAP) for band in bands)
        if highest <= below:
            return bands
        tried.append((highest, bands))
    return min(tried, key=lambda t: t[0])[1]


def _columns(
    links: Sequence[NetworkLink], heights: Mapping[str, float], room: float
) -> list[list[str]]:
    """Put tasks into columns by the longest path; what goes in circles comes last."""
    before: dict[str, set[str]] = {s: set() for s in heights}
    for link in links:
        before[link.after].add(link.before)
    level: dict[str, int] = {}
    while len(level) < len(heights):
        ready = [s for s in heights if s not in level and before[s] <= level.keys()]
        if not ready:
            # A circle: its first task is taken as if it waited for nothing more.
            ready = [next(s for s in heights if s not in level)]
        for spoken in ready:
            level[spoken] = max((level.get(b, -1) + 1 for b in before[spoken]), default=0)
    columns: list[list[str]] = []
    for n in range(max(level.values()) + 1):
        column = [s for s in heights if level[s] == n]
        # More tasks than a page is high share several columns.
        parts = paged([heights[s] + _GAP for s in column], room + _GAP)
        columns += [[column[i] for i in part] for part in parts]
    return columns


def _height(task: NetworkTask) -> float:
    return (2 + len(_name(task))) * _LINE + 2 * _PAD + 2 + 2 * _TAG


def _name(task: NetworkTask) -> tuple[str, ...]:
    return whole(task.label, _BOX - 2 * _PAD - (7 if task.critical else 2), SMALL)


@dataclass(slots=True)
class _Band:
    """A row of columns being drawn."""

    sheet: Sheet
    columns: Sequence[Sequence[str]]
    layout: Layout
    tasks: Mapping[str, NetworkTask]
    links: Sequence[NetworkLink]
    language: Language

    def draw(self, columns: int) -> None:
        pitch = (self.sheet.width - 2 * _RIM - _BOX) / max(columns - 1, 1)
        pitch = min(pitch, _BOX + 2.2 * _BETWEEN)
        left = {s: _RIM + n * pitch for n, column in enumerate(self.columns) for s in column}
        at = {s: n for n, column in enumerate(self.columns) for s in column}
        ordered = sorted(self.links, key=lambda k: k.critical)
        for link in ordered:
            if at.get(link.before, 99) < at.get(link.after, -1):
                self._link(link, left, pitch)
        for spoken, x in left.items():
            self.sheet.things.append(spoken)
            self._box(self.tasks[spoken], x, self.layout.tops[spoken])
            self._tags(spoken, x, at)

    def _link(self, link: NetworkLink, left: Mapping[str, float], pitch: float) -> None:
        stroke, line = (INK, 2.4) if link.critical else (EDGE, 0.9)
        middle = {s: self.layout.tops[s] + _height(self.tasks[s]) / 2 for s in left}
        x, y = left[link.before] + _BOX, middle[link.before]
        end_x, end_y = left[link.after] - 1, middle[link.after]
        for column, height in self.layout.passes[link.before, link.after]:
            start = _RIM + column * pitch
            _bend(self.sheet, (x, y, start, height), stroke, line)
            self.sheet.line(start, height, start + _BOX, height, stroke=stroke, line=line)
            x, y = start + _BOX, height
        head = 6 if link.critical else 4.5
        _bend(self.sheet, (x, y, end_x - head, end_y), stroke, line)
        self.sheet.arrow(end_x - 10, end_y, end_x, end_y, stroke=stroke, size=head)

    def _box(self, task: NetworkTask, x: float, top: float) -> None:
        sheet, name = self.sheet, _name(task)
        top += _TAG
        height = _height(task) - 2 * _TAG
        line, stroke = (2.4, INK) if task.critical else (1.6, INK) if task.near else (0.9, EDGE)
        dash = DASH if task.near else ""
        sheet.rect(x, top, _BOX, height, fill=PAPER, stroke=stroke, line=line, dash=dash)
        row = top + _LINE + _PAD
        middle = len(name) * _LINE + 2
        sheet.rect(x + line / 2, row, _BOX - line, middle, fill=TEAL_TINT)
        if task.critical:
            sheet.rect(x + line / 2, row, 4, middle, fill=HATCH)
        y = top + 0.92 * SMALL + 1.5
        ends = (x + _PAD + 1, x + _BOX - _PAD - 1)
        self._times(ends, y, task.early_start, task.early_finish, task.spoken)
        sheet.block(ends[0] + (4 if task.critical else 0), row + 1, name, size=SMALL)
        slack = figure(self.language, task.total_float)
        y = row + middle + 0.92 * SMALL + 1
        self._times(ends, y, task.late_start, task.late_finish, slack, fill=BROWN)

    def _times(
        self,
        ends: tuple[float, float],
        y: float,
        start: float,
        finish: float,
        between: str,
        *,
        fill: str = INK,
    ) -> None:
        """Write a start, a finish, and in bold what stands between them."""
        left, right = ends
        room = (right - left) / 3 - 1.5
        texts = (
            (figure(self.language, start), left, "start"),
            (between, (left + right) / 2, "middle"),
            (figure(self.language, finish), right, "end"),
        )
        for text, x, anchor in texts:
            bold = anchor == "middle"
            shown = cut(text, room, SMALL, bold=bold)
            ink = fill if bold else INK
            self.sheet.text(x, y, shown, size=SMALL, bold=bold, anchor=anchor, fill=ink)

    def _tags(self, spoken: str, x: float, at: Mapping[str, int]) -> None:
        """Say above and below a box what it is joined to in other rows."""
        before = [k.before for k in self.links if k.after == spoken and _away(k, at)]
        after = [k.after for k in self.links if k.before == spoken and _away(k, at)]
        top = self.layout.tops[spoken]
        if before:
            y = top + 0.92 * SMALL
            text = cut(", ".join(before), _BOX - 14, SMALL)
            self.sheet.text(x, y, text, size=SMALL, fill=NEUTRAL)
            pointer(self.sheet, x + width(text, SMALL) + 3, y - 2.6)
        if after:
            text = cut(", ".join(after), _BOX - 14, SMALL)
            y = top + _height(self.tasks[spoken]) - _TAG + 0.92 * SMALL + 1.5
            self.sheet.text(x + _BOX, y, text, size=SMALL, fill=NEUTRAL, anchor="end")
            pointer(self.sheet, x + _BOX - width(text, SMALL) - 13, y - 2.6)


def _away(link: NetworkLink, at: Mapping[str, int]) -> bool:
    """Say whether a link is not drawn as a line: it leaves the row, or runs against it."""
    return not at.get(link.before, 99) < at.get(link.after, -1)


def _bend(sheet: Sheet, ends: tuple[float, float, float, float], stroke: str, line: float) -> None:
    x1, y1, x2, y2 = ends
    middle = (x1 + x2) / 2
    sheet.curve([(x1, y1), (middle, y1), (middle, y2), (x2, y2)], stroke=stroke, line=line)


def _finish(sheet: Sheet, y: float, language: Language, *, more: bool, near: bool) -> Drawing:
    return sheet.done(legend(sheet, y + _ABOVE, _signs(language, more=more, near=near)))


def _signs(language: Language, *, more: bool, near: bool) -> list[Meaning]:
    say = language.gettext
    below = f"{say(LATE_START)}, {say(FLOAT)}, {say(LATE_FINISH)}"
    corners = f"{say(START)}, {say(FINISH)}; {below}"
    signs = [
        Meaning(_critical_sign, say(N_("thick frame, hatched inside")), say(CRITICAL)),
        Meaning(_other_sign, say(N_("thin frame")), say(OTHER)),
        Meaning(_corners_sign, say(N_("numbers above and below a name")), corners),
    ]
    if near:
        signs.insert(1, Meaning(_near_sign, say(N_("dashed frame")), say(NEAR)))
    if more:
        signs.append(Meaning(small_pointer, say(N_("short arrow with numbers")), say(ELSEWHERE)))
    return signs


def _other_sign(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x, y, 16, 8, fill=PAPER, stroke=EDGE, line=0.9)


def _near_sign(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x + 1, y, 14, 8, fill=PAPER, stroke=INK, line=1.6, dash=DASH)


def _critical_sign(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x + 1, y, 14, 8, fill=PAPER, stroke=INK, line=2.2)
    sheet.rect(x + 2, y + 1, 4, 6, fill=HATCH)


def _corners_sign(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x, y, 16, 8, fill=PAPER, stroke=EDGE)
    sheet.rect(x + 0.5, y + 2.6, 15, 2.8, fill=TEAL_TINT)
