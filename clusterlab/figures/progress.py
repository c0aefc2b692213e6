"""Progress of indicators: from the baseline over midterm and final to the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterlab.errors import N_
from clusterlab.figures.gaps import RING, small_today, target_sign, today_sign
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
)
from clusterlab.figures.svg import (
    EDGE,
    GREY,
    INK,
    MIST,
    PORTRAIT,
    TEAL,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import BODY, LEADING, SMALL, cut, whole, width
from clusterlab.language import Language

EMPTY = N_("No indicators yet. Each one appears here with its baseline, target and measurements.")
BASELINE, MIDTERM, FINAL = N_("Baseline"), N_("Midterm"), N_("Final")
TARGET, MEASURED = N_("Target"), N_("Measured")
ON_A_LINE = N_("filled diamond on a dashed line")
UNIT = N_("in {unit}")
NO_UNIT = N_("without a unit")
NOT_MEASURED = N_("not measured yet")
_PANEL, _GAP = 158.0, 15.0
_PLOT = 52.0


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator and what was measured; None where it was not, or there is no target.

    Raises
    ------
    ValueError
        Where a number is not finite.
    """

    label: str
    unit: str = ""
    baseline: float | None = None
    midterm: float | None = None
    final: float | None = None
    target: float | None = None
    spoken: str = ""

    def __post_init__(self) -> None:
        finite(self.baseline, self.midterm, self.final, self.target)


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """Indicators in the order to draw."""

    title: str
    indicators: tuple[Indicator, ...]
    description: str = ""


def draw_progress(
    chart: ProgressChart, language: Language, page: Page = PORTRAIT
) -> tuple[Drawing, ...]:
    """Draw a small picture per indicator, each with its own scale from zero on."""
    if not chart.indicators:
        return (nothing(page, chart.title, language.gettext(EMPTY)),)
    columns = max(1, int((page.width + _GAP) // (_PANEL + _GAP)))
    across = (page.width - _GAP * (columns - 1)) / columns
    heads = [whole(said(i.spoken, i.label), across - 12, BODY, bold=True) for i in chart.indicators]
    rows = [range(n, min(n + columns, len(heads))) for n in range(0, len(heads), columns)]
    most = [max(len(heads[n]) for n in row) for row in rows]
    heights = [m * BODY * LEADING + _PLOT + 58 for m in most]
    drawings = []
    for part in paged(heights, page.height - 16):
        sheet = sheet_for(chart, page, language)
        y = 0.0
        for r in part:
            for column, n in enumerate(rows[r]):
                box = (column * (across + _GAP), y, across, heights[r] - 10)
                sheet.things.append(chart.indicators[n].spoken or chart.indicators[n].label)
                _panel(sheet, box, chart.indicators[n], (heads[n], most[r]), language)
            y += heights[r]
        say = language.gettext
        signs = [
            Meaning(small_today, say(RING), say(MEASURED)),
            Meaning(_target, say(ON_A_LINE), say(TARGET)),
        ]
        drawings.append(sheet.done(legend(sheet, y - 3, signs)))
    return tuple(drawings)


def _panel(
    sheet: Sheet,
    box: tuple[float, float, float, float],
    item: Indicator,
    head: tuple[Sequence[str], int],
    language: Language,
) -> None:
    x, top, across, down = box
    lines, most = head
    sheet.rect(x + 0.4, top + 0.4, across - 0.8, down - 0.8, stroke=EDGE, radius=3)
    y = top + 4
    sheet.block(x + 6, y, lines, bold=True)
    y += most * BODY * LEADING
    unit = language.say(UNIT, unit=item.unit) if item.unit.strip() else language.gettext(NO_UNIT)
    sheet.block(x + 6, y, [cut(unit, across - 12, SMALL)], size=SMALL, fill=GREY)
    y += SMALL * LEADING + 14
    _plot(sheet, (x + 6, y, across - 12), item, language)


def _plot(
    sheet: Sheet, box: tuple[float, float, float], item: Indicator, language: Language
) -> None:
    x, top, across = box
    measured = [item.baseline, item.midterm, item.final]
    known = [v for v in (*measured, item.target) if v is not None]
    scale = Scale(*around(known), top + _PLOT, top)
    # A column for each measurement, and one at the right for the target.
    each = across / 4
    places = [x + each * (n + 0.5) for n in range(4)]
    sheet.rect(x, top - 12, across, _PLOT + 14, fill=MIST)
    if known:
        sheet.line(x, scale(0), x + across, scale(0), stroke=EDGE)
    if item.target is not None:
        y = scale(item.target)
        sheet.line(x, y, places[3], y, stroke=TEAL, line=1.1, dash="4 2.5")
        target_sign(sheet, places[3], y, 4.2)
        text = cut(figure(language, item.target), each - 2, SMALL, bold=True)
        sheet.text(places[3], y - 5.5, text, size=SMALL, bold=True, anchor="middle", halo=True)
    points = [(a, scale(v), v) for a, v in zip(places, measured, strict=False) if v is not None]
    sheet.path([(a, b) for a, b, _ in points], stroke=INK, line=1.6)
    line = scale(item.target) if item.target is not None else None
    for n, (a, b, value) in enumerate(points):
        today_sign(sheet, a, b)
        text = cut(figure(language, value), each - 2, SMALL)
        # Beside a line that rises, as far as its column goes; below where the target's line is.
        free = (each - 2 - width(text, SMALL)) / 2
        rising = n + 1 < len(points) and points[n + 1][1] < b
        falling = n > 0 and points[n - 1][1] < b
        aside, up = (falling - rising) * min(free, 7.0), -5.5
        if line is not None and b - 14 < line < b - 1 and b < top + _PLOT - 10:
            aside, up = -aside, 11.0
        sheet.text(a + aside, b + up, text, size=SMALL, anchor="middle", halo=True)
    if not points:
        unknown = cut(language.gettext(NOT_MEASURED), each * 3 - 4, SMALL)
        sheet.text(x + 3, top + _PLOT / 2, unknown, size=SMALL, fill=GREY, halo=True)
    bottom = top + _PLOT + 12
    for n, word in enumerate((BASELINE, MIDTERM, FINAL, TARGET)):
        text = cut(language.gettext(word), each - 1.5, SMALL)
        sheet.text(places[n], bottom, text, size=SMALL, fill=GREY, anchor="middle")


def _target(sheet: Sheet, x: float, y: float) -> None:
    sheet.line(x - 1, y + 4, x + 8, y + 4, stroke=TEAL, line=1.1, dash="4 2.5")
    target_sign(sheet, x + 10, y + 4, 4.2)
