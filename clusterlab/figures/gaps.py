"""Gap bars: where each thing stands today, where it shall stand, and where others stand."""

from __future__ import annotations

from dataclasses import dataclass

from clusterlab.errors import N_
from clusterlab.figures.parts import (
    Meaning,
    Scale,
    around,
    figure,
    finite,
    legend,
    nothing,
    paged,
    said,
    sheet_for,
    ticks,
)
from clusterlab.figures.svg import (
    BROWN,
    GREY,
    HAIR,
    INK,
    MIST,
    PAPER,
    PORTRAIT,
    TEAL,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import BODY, HEAD, LEADING, SMALL, cut, whole, width
from clusterlab.language import Language

EMPTY = N_("Nothing is rated yet. Rate today and the target, and the gaps appear here.")
TODAY, TARGET, BENCHMARK = N_("Today"), N_("Target"), N_("Benchmark")
GAP = N_("Gap")
RING, DIAMOND, FEET = N_("ring"), N_("filled diamond"), N_("upright bar with feet")
NOT_RATED = N_("not rated")
_ROW, _AXIS, _GROUP = 20.0, 16.0, 20.0


@dataclass(frozen=True, slots=True)
class GapItem:
    """A thing with its levels; None where it is not rated.

    Raises
    ------
    ValueError
        Where a level is no finite number.
    """

    label: str
    today: float | None = None
    target: float | None = None
    benchmark: float | None = None
    spoken: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        finite(self.today, self.target, self.benchmark)


@dataclass(frozen=True, slots=True)
class GapChart:
    """Things in the order to draw; those of one group follow each other.

    Parameters
    ----------
    low, high
        Ends of the scale; without them those of the levels.
    unit
        What the axis counts.
    """

    title: str
    items: tuple[GapItem, ...]
    low: float | None = None
    high: float | None = None
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        finite(self.low, self.high)


def draw_gaps(chart: GapChart, language: Language, page: Page = PORTRAIT) -> tuple[Drawing, ...]:
    """Draw gap bars, in as many pictures as pages are needed; their scale is the same.

    The gap is target minus today, in the unit of the levels.
    """
    if not chart.items:
        return (nothing(page, chart.title, language.gettext(EMPTY)),)
    room = page.width * 0.4
    rows = [whole(said(i.spoken, i.label), room - 8, BODY) for i in chart.items]
    heads = _heads(chart)
    heights = [
        max(_ROW, len(lines) * BODY * LEADING + 6) + (_GROUP if head else 0)
        for lines, head in zip(rows, heads, strict=True)
    ]
    scale = _scale(chart, room + 12, page.width - 52)
    drawings = []
    for part in paged(heights, page.height - 2 * _AXIS - _GROUP - 20):
        sheet = sheet_for(chart, page, language)
        # A group that goes on says its name again.
        again = "" if heads[part.start] else chart.items[part.start].group
        down = sum(heights[n] for n in part) + (_GROUP if again else 0)
        _axis(sheet, scale, language, chart, down)
        y = _AXIS + 2
        if again:
            y = _heading(sheet, y, again, room)
        for n in part:
            bottom = y + heights[n]
            if heads[n]:
                y = _heading(sheet, y, heads[n], room)
            middle = (y + bottom) / 2
            sheet.things.append(chart.items[n].spoken or chart.items[n].label)
            sheet.block(0, middle - len(rows[n]) * BODY * LEADING / 2, rows[n])
            _levels(sheet, middle, chart.items[n], scale, language)
            y = bottom
        end = legend(sheet, y + 8, _legend(chart, language))
        drawings.append(sheet.done(end))
    return tuple(drawings)


def _heading(sheet: Sheet, y: float, text: str, room: float) -> float:
    shown = cut(text, room + 4, HEAD, bold=True)
    sheet.text(0, y + 13, shown, size=HEAD, bold=True, fill=TEAL)
    return y + _GROUP


def _heads(chart: GapChart) -> list[str]:
    """Give the heading above each row, "" for most."""
    before = ["", *(i.group for i in chart.items)]
    return [i.group if i.group != b else "" for i, b in zip(chart.items, before, strict=False)]


def _scale(chart: GapChart, first: float, last: float) -> Scale:
    levels = [v for i in chart.items for v in (i.today, i.target, i.benchmark) if v is not None]
    levels += [v for v in (chart.low, chart.high) if v is not None]
    low, high = around(levels, zero=chart.low is None)
    return Scale(low, high, first, last)


def _axis(sheet: Sheet, scale: Scale, language: Language, chart: GapChart, down: float) -> None:
    sheet.rect(scale.first - 6, _AXIS, scale.last - scale.first + 12, down + 4, fill=MIST, radius=2)
    right = -1.0
    for tick in ticks(scale.low, scale.high):
        x = scale(tick)
        sheet.line(x, _AXIS, x, _AXIS + down + 4, stroke=HAIR)
        text = figure(language, tick)
        half = width(text, SMALL) / 2
        if x - half > right:
            sheet.text(x, _AXIS - 4, text, size=SMALL, fill=GREY, anchor="middle")
            right = x + half + 4
    if chart.unit:
        shown = cut(chart.unit, scale.first - 30, SMALL)
        sheet.text(scale.first - 16, _AXIS - 4, shown, size=SMALL, fill=GREY, anchor="end")
    word = cut(language.gettext(GAP), sheet.width - scale.last - 10, SMALL, bold=True)
    # Beside the last number of the axis, in its own column.
    if sheet.width - width(word, SMALL, bold=True) > right:
        sheet.text(sheet.width, _AXIS - 4, word, size=SMALL, bold=True, fill=GREY, anchor="end")


def _levels(sheet: Sheet, y: float, item: GapItem, scale: Scale, language: Language) -> None:
    today, target = item.today, item.target
    gap = ""
    if today is not None and target is not None:
        difference = target - today
        gap = ("+" if difference > 0 else "") + figure(language, difference)
        a, b = scale(today), scale(target)
        if abs(b - a) > 10:  # noqa: PLR2004 - room between the signs
            side = 1 if b > a else -1
            ink = TEAL if side > 0 else BROWN
            sheet.line(a, y, b - side * 8, y, stroke=ink, line=3.2)
            sheet.arrow(a, y, b - side * 5, y, stroke=ink, size=6)
    if item.benchmark is not None:
        benchmark_sign(sheet, scale(item.benchmark), y)
    if target is not None:
        target_sign(sheet, scale(target), y)
    if today is not None:
        today_sign(sheet, scale(today), y)
    if today is None and target is None:
        room = scale.last - scale.first
        unrated = cut(language.gettext(NOT_RATED), room, SMALL)
        if item.benchmark is None:
            sheet.text(scale.first, y + 3, unrated, size=SMALL, fill=GREY)
    if gap:
        shown = cut(gap, sheet.width - scale.last - 8, BODY, bold=True)
        sheet.text(sheet.width, y + 3, shown, bold=True, anchor="end")


def today_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw where something stands today: a ring."""
    sheet.circle(x, y, 3.6, fill=PAPER, stroke=INK, line=1.6)


def target_sign(sheet: Sheet, x: float, y: float, size: float = 5.2) -> None:
    """Draw a target: a filled diamond."""
    tips = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
    sheet.path(tips, closed=True, fill=TEAL, stroke=INK)


def benchmark_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw a benchmark: an upright bar with feet, wider than the signs that may lie on it."""
    sheet.line(x, y - 8, x, y + 8, stroke=BROWN, line=2)
    for side in (-8, 8):
        sheet.line(x - 3.5, y + side, x + 3.5, y + side, stroke=BROWN, line=2)


def _legend(chart: GapChart, language: Language) -> list[Meaning]:
    say = language.gettext
    entries: list[Meaning] = []
    if any(i.today is not None for i in chart.items):
        entries.append(Meaning(small_today, say(RING), say(TODAY)))
    if any(i.target is not None for i in chart.items):
        entries.append(Meaning(_small_target, say(DIAMOND), say(TARGET)))
    if any(i.benchmark is not None for i in chart.items):
        entries.append(Meaning(_small_benchmark, say(FEET), say(BENCHMARK)))
    return entries


def small_today(sheet: Sheet, x: float, y: float) -> None:
    """Draw the ring of today into a legend."""
    today_sign(sheet, x + 8, y + 4)


def _small_target(sheet: Sheet, x: float, y: float) -> None:
    target_sign(sheet, x + 8, y + 4, 4.6)


def _small_benchmark(sheet: Sheet, x: float, y: float) -> None:
    sheet.line(x + 8, y, x + 8, y + 8, stroke=BROWN, line=2)
    for side in (0, 8):
        sheet.line(x + 4.5, y + side, x + 11.5, y + side, stroke=BROWN, line=2)
