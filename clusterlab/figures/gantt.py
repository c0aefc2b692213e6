"""The Gantt chart: tasks as bars along time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clusterlab.errors import N_
from clusterlab.figures.axis import Tick, dated, numbered, years
from clusterlab.figures.parts import (
    Meaning,
    Scale,
    Sign,
    around,
    finite,
    legend,
    nothing,
    paged,
    sheet_for,
)
from clusterlab.figures.svg import (
    BROWN,
    EDGE,
    GREY,
    HAIR,
    HATCH,
    INK,
    MIST,
    NEUTRAL,
    PAPER,
    PORTRAIT,
    TEAL,
    TEAL_TINT,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import LEADING, SMALL, cut, whole, width
from clusterlab.figures.thread import warning
from clusterlab.language import Language

EMPTY = N_("No tasks yet. Each task with a start and a duration appears here as a bar.")
TASK, CRITICAL = N_("Task"), N_("Critical: a delay here delays the end")
NEAR = N_("Near critical: a longer delay does")
SUMMARY, MILESTONE = N_("Summary"), N_("Milestone")
FLOAT, DEADLINE, LATE = N_("Float"), N_("Deadline"), N_("Ends after its deadline")
_LINE = SMALL * LEADING
_AXIS, _BAR, _INDENT = 15.0, 8.0, 7.0
_SPOKEN, _SIGN = 26.0, 11.0
# Arrows over more rows than this would lead nobody's eye.
_FARTHEST, _MOST_ARROWS = 14, 70
_DEEPEST = 5
#: The outline of what is near critical.
DASH = "3 1.6"

Kind = Literal["task", "summary", "milestone"]


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A task.

    Parameters
    ----------
    start, finish
        When it begins and ends, in units since the first day: a task of one day that begins on
        the first runs from 0 to 1.
    near
        Whether it is not critical, but has so little float that it is marked.
    total_float
        How much later it may end without delaying the end of all.
    deadline
        When it must have ended.
    level
        How deep it lies below summaries.
    after
        Spoken ids of the tasks that it waits for.

    Raises
    ------
    ValueError
        Where a number is not finite.
    """

    label: str
    start: float
    finish: float
    spoken: str = ""
    kind: Kind = "task"
    critical: bool = False
    total_float: float = 0.0
    deadline: float | None = None
    level: int = 0
    after: tuple[str, ...] = ()
    near: bool = False

    def __post_init__(self) -> None:
        finite(self.start, self.finish, self.total_float, self.deadline)

    @property
    def late(self) -> bool:
        """Whether it ends after its deadline."""
        return self.deadline is not None and self.finish > self.deadline


@dataclass(frozen=True, slots=True)
class GanttChart:
    """Tasks in the order to draw.

    Parameters
    ----------
    first_day
        The day at 0, where units are days of the calendar; the axis then shows dates.
    ticks
        Own ticks of the axis, for calendars with days off; they win over ``first_day``.
    marks
        Upright lines through all rows, such as today.
    unit
        What the axis counts where it shows numbers.
    """

    title: str
    rows: tuple[GanttRow, ...]
    first_day: date | None = None
    ticks: tuple[Tick, ...] = ()
    marks: tuple[Tick, ...] = ()
    unit: str = ""
    description: str = ""


def draw_gantt(chart: GanttChart, language: Language, page: Page = PORTRAIT) -> tuple[Drawing, ...]:
    """Draw a Gantt chart, in as many pictures as pages are needed; their axis is the same."""
    if not chart.rows:
        return (nothing(page, chart.title, language.gettext(EMPTY)),)
    names = page.width * (0.4 if page.width < page.height else 0.32)
    spoken = _SPOKEN if any(r.spoken for r in chart.rows) else 0.0
    lines = [_name(r, names - spoken - _SIGN - 4) for r in chart.rows]
    heights = [max(_BAR + 5.5, len(shown) * _LINE + 2.5) for shown in lines]
    scale = Scale(*_span(chart.rows, chart.marks), names + 8, page.width - 8)
    drawings = []
    for part in paged(heights, page.height - 2 * _AXIS - 3 * _LINE):
        sheet = sheet_for(chart, page, language)
        top = _axis(sheet, scale, chart, language, sum(heights[n] for n in part))
        places: dict[int, float] = {}
        y = top
        for n in part:
            places[n] = y + heights[n] / 2
            y += heights[n]
        _stripes(sheet, chart.rows, places, heights)
        _arrows(sheet, chart.rows, places, scale)
        for n, middle in places.items():
            row = chart.rows[n]
            _label(sheet, row, (middle, names - 4, spoken), lines[n])
            _draw(sheet, row, middle, scale)
        shown = [chart.rows[n] for n in part]
        sheet.things += [r.spoken or r.label for r in shown]
        drawings.append(sheet.done(legend(sheet, y + 6, _legend(shown, language))))
    return tuple(drawings)


def _span(rows: Sequence[GanttRow], marks: Sequence[Tick]) -> tuple[float, float]:
    times = [t for r in rows for t in (r.start, r.finish, r.finish + max(r.total_float, 0))]
    times += [r.deadline for r in rows if r.deadline is not None]
    times += [m.at for m in marks]
    return around([t for t in times if abs(t) < 1e300], zero=False)  # noqa: PLR2004


def _indent(row: GanttRow) -> float:
    return max(0, min(row.level, _DEEPEST)) * _INDENT


def _name(row: GanttRow, room: float) -> tuple[str, ...]:
    bold = row.kind == "summary"
    return whole(row.label, room - _indent(row), SMALL, bold=bold)


def _axis(sheet: Sheet, scale: Scale, chart: GanttChart, language: Language, down: float) -> float:
    """Draw ticks and marks; give where the rows begin."""
    if chart.ticks:
        found: Sequence[Tick] = chart.ticks
    elif chart.first_day:
        found = dated(scale, chart.first_day, language)
    else:
        found = numbered(scale, language)
    top = _AXIS + (_AXIS if chart.marks else 0)
    sheet.rect(scale.first - 4, top, scale.last - scale.first + 8, down, fill=MIST)
    right = scale.first - 12
    for tick in found:
        if not scale.low <= tick.at <= scale.high:
            continue
        x = scale(tick.at)
        sheet.line(x, top - 3, x, top + down, stroke=HAIR)
        text = cut(tick.label, 80, SMALL)
        half = width(text, SMALL) / 2
        x = min(max(x, scale.first - 8 + half), sheet.width - half)
        if x - half > right:
            sheet.text(x, top - 5, text, size=SMALL, fill=GREY, anchor="middle")
            right = x + half + 5
    counted = chart.unit
    if chart.first_day and not chart.ticks:
        counted = years(scale, chart.first_day) or counted
    if counted and not chart.ticks:
        unit = cut(counted, scale.first - 30, SMALL)
        sheet.text(scale.first - 14, top - 5, unit, size=SMALL, fill=GREY, anchor="end")
    right = 0.0
    for mark in sorted(chart.marks, key=lambda m: m.at):
        x = scale(mark.at)
        sheet.line(x, _AXIS - 4, x, top + down, stroke=BROWN, line=1.3, dash="5 2")
        text = cut(mark.label, 120, SMALL, bold=True)
        half = width(text, SMALL, bold=True) / 2
        x = min(x, sheet.width - half)
        if x - half > right:
            sheet.text(x, _AXIS - 6, text, size=SMALL, bold=True, fill=BROWN, anchor="middle")
            right = x + half + 5
    return top


def _stripes(
    sheet: Sheet,
    rows: Sequence[GanttRow],
    places: Mapping[int, float],
    heights: Sequence[float],
) -> None:
    """Draw a hairline below each row, a stronger one above a summary."""
    for n, middle in places.items():
        bottom = middle + heights[n] / 2
        strong = n + 1 < len(rows) and rows[n + 1].kind == "summary" and rows[n + 1].level == 0
        sheet.line(0, bottom, sheet.width, bottom, stroke=EDGE if strong else HAIR, line=0.5)


def _arrows(
    sheet: Sheet, rows: Sequence[GanttRow], places: Mapping[int, float], scale: Scale
) -> None:
    at = {rows[n].spoken: n for n in reversed(list(places)) if rows[n].spoken}
    links = [
        (at[b], n)
        for n in places
        for b in dict.fromkeys(rows[n].after)
        if b in at and at[b] != n and abs(at[b] - n) <= _FARTHEST
    ]
    if len(links) > _MOST_ARROWS:
        return
    for before, after in links:
        down = 1 if after > before else -1
        y1, y2 = places[before], places[after] - down * (_BAR / 2 + 0.5)
        x1, x2 = scale(rows[before].finish), scale(rows[after].start)
        # Down into the bar's beginning, or into the diamond's tip.
        x = x2 if rows[after].kind == "milestone" else max(x2 + 2.5, min(x1 + 2.5, x2 + 2.5))
        sheet.path([(x1, y1), (x, y1), (x, y2 - down * 3)], stroke=NEUTRAL, line=0.7)
        sheet.arrow(x, y2 - down * 4, x, y2, stroke=NEUTRAL, size=3.6)


def _label(
    sheet: Sheet, row: GanttRow, place: tuple[float, float, float], lines: Sequence[str]
) -> None:
    middle, _, spoken = place
    bold = row.kind == "summary"
    top = middle - len(lines) * _LINE / 2
    if row.late:
        warning(sheet, 5.5, middle)
    elif row.critical:
        sheet.rect(1.5, middle - 4, 8, 8, fill=HATCH, stroke=INK, line=1.2)
    elif row.near:
        sheet.rect(1.5, middle - 4, 8, 8, fill=PAPER, stroke=INK, line=1.2, dash=DASH)
    if spoken:
        shown = cut(row.spoken, spoken - 2, SMALL, bold=True)
        sheet.block(_SIGN + 2, top, [shown], size=SMALL, bold=True)
    x = _SIGN + 2 + spoken + _indent(row)
    sheet.block(x, top, lines, size=SMALL, bold=bold)


def _draw(sheet: Sheet, row: GanttRow, y: float, scale: Scale) -> None:
    start, finish = scale(min(row.start, row.finish)), scale(max(row.start, row.finish))
    if _floats(row):
        end = scale(row.finish + row.total_float)
        sheet.line(finish, y, end, y, stroke=TEAL, line=1.1)
        sheet.line(end, y - 2.5, end, y + 2.5, stroke=TEAL, line=1.1)
    if row.kind == "milestone":
        diamond(sheet, finish, y, critical=row.critical, near=row.near)
    elif row.kind == "summary":
        bracket(sheet, start, finish, y)
    else:
        across = max(finish - start, 1.5)
        _bar(sheet, start, y, across, critical=row.critical, near=row.near)
    if row.deadline is not None:
        flag(sheet, scale(row.deadline), y, late=row.late)


def _bar(
    sheet: Sheet, x: float, y: float, across: float, *, critical: bool, near: bool = False
) -> None:
    if critical:
        sheet.rect(x, y - _BAR / 2, across, _BAR, fill=HATCH, stroke=INK, line=1.5)
    elif near:
        sheet.rect(x, y - _BAR / 2, across, _BAR, fill=PAPER, stroke=INK, line=1.3, dash=DASH)
    else:
        sheet.rect(x, y - _BAR / 2, across, _BAR, fill=TEAL_TINT, stroke=TEAL, line=0.9)


def diamond(sheet: Sheet, x: float, y: float, *, critical: bool, near: bool = False) -> None:
    """Draw a milestone."""
    tips = [(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)]
    fill, line = (HATCH, 1.5) if critical else (PAPER, 1.2)
    dash = DASH if near else ""
    sheet.path(tips, closed=True, fill=fill, stroke=INK, line=line, dash=dash)


def bracket(sheet: Sheet, start: float, finish: float, y: float) -> None:
    """Draw a summary: a flat bar with a tip at each end."""
    finish = max(finish, start + 6)
    shape = [(start, y - 3.5), (finish, y - 3.5), (finish, y + 4), (finish - 4, y), (start + 4, y)]
    sheet.path([*shape, (start, y + 4)], closed=True, fill=NEUTRAL)


def flag(sheet: Sheet, x: float, y: float, *, late: bool) -> None:
    """Draw a deadline: a line with a flag, filled where it was missed."""
    sheet.line(x, y - 6, x, y + 6, stroke=INK, line=1.4)
    shape = [(x, y - 6), (x + 6, y - 3.6), (x, y - 1.2)]
    sheet.path(shape, closed=True, fill=INK if late else PAPER, stroke=INK, line=0.9)


def _legend(rows: Sequence[GanttRow], language: Language) -> list[Meaning]:
    """Explain what occurs."""
    tasks, say = [r for r in rows if r.kind == "task"], language.gettext
    entries: list[tuple[bool, Sign, str, str]] = [
        (any(not r.critical and not r.near for r in tasks), _task_sign, N_("plain bar"), TASK),
        (any(r.critical for r in rows), _critical_sign, N_("hatched bar"), CRITICAL),
        (any(r.near for r in rows), _near_sign, N_("white bar with a dashed frame"), NEAR),
        (any(r.kind == "summary" for r in rows), _summary_sign, N_("dark bar with tips"), SUMMARY),
        (any(r.kind == "milestone" for r in rows), _milestone_sign, N_("diamond"), MILESTONE),
        (any(_floats(r) for r in rows), _float_sign, N_("thin line behind a bar"), FLOAT),
        (any(r.deadline is not None for r in rows), _deadline_sign, N_("flag"), DEADLINE),
        (any(r.late for r in rows), _late_sign, N_("triangle"), LATE),
    ]
    return [Meaning(sign, say(look), say(text)) for used, sign, look, text in entries if used]


def _floats(row: GanttRow) -> bool:
    return row.total_float > 0 and row.kind != "summary"


def _late_sign(sheet: Sheet, x: float, y: float) -> None:
    warning(sheet, x + 8, y + 4)


def _task_sign(sheet: Sheet, x: float, y: float) -> None:
    _bar(sheet, x, y + 4, 15, critical=False)


def _critical_sign(sheet: Sheet, x: float, y: float) -> None:
    _bar(sheet, x, y + 4, 15, critical=True)


def _near_sign(sheet: Sheet, x: float, y: float) -> None:
    _bar(sheet, x, y + 4, 15, critical=False, near=True)


def _summary_sign(sheet: Sheet, x: float, y: float) -> None:
    bracket(sheet, x, x + 16, y + 4)


def _milestone_sign(sheet: Sheet, x: float, y: float) -> None:
    diamond(sheet, x + 8, y + 4, critical=False)


def _float_sign(sheet: Sheet, x: float, y: float) -> None:
    sheet.line(x, y + 4, x + 15, y + 4, stroke=TEAL, line=1.1)
    sheet.line(x + 15, y + 1.5, x + 15, y + 6.5, stroke=TEAL, line=1.1)


def _deadline_sign(sheet: Sheet, x: float, y: float) -> None:
    flag(sheet, x + 6, y + 4, late=False)
