"""Bars of votes or a ranking: one below the other, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
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
)
from clusterlab.figures.svg import (
    EDGE,
    INK,
    LIGHT_HATCH,
    PORTRAIT,
    TEAL,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import BODY, LEADING, cut, whole, width
from clusterlab.language import Language

EMPTY = N_("No votes yet. They appear here as soon as somebody votes.")
CHOSEN = N_("Chosen")
OTHERS = N_("Not chosen")
SOLID, HATCHED = N_("solid bar with a star"), N_("hatched bar")
_BAR, _GAP = 11.0, 7.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A thing and its number; ``chosen`` ones are solid, with a star.

    Raises
    ------
    ValueError
        Where the number is none.
    """

    label: str
    value: float
    spoken: str = ""
    chosen: bool = False

    def __post_init__(self) -> None:
        finite(self.value)


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars in the order to draw.

    Parameters
    ----------
    unit
        Stands behind each number.
    signs
        What solid bars and the others are.
    empty
        What is said where there are none.
    """

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""
    description: str = ""
    signs: tuple[str, str] = (CHOSEN, OTHERS)
    empty: str = EMPTY


def draw_bars(chart: BarChart, language: Language, page: Page = PORTRAIT) -> tuple[Drawing, ...]:
    """Draw bars, in as many pictures as pages are needed; their scale is the same."""
    if not chart.bars:
        return (nothing(page, chart.title, language.gettext(chart.empty)),)
    room = page.width * 0.42
    rows = [(b, whole(said(b.spoken, b.label), room, BODY, bold=b.chosen)) for b in chart.bars]
    heights = [max(_BAR, len(lines) * BODY * LEADING) + _GAP for _, lines in rows]
    numbers = [_number(b, chart.unit, language) for b in chart.bars]
    margin = max(width(n, BODY, bold=True) for n in numbers) + 20
    low, high = around([b.value for b in chart.bars])
    # Bars to the left have their numbers there, too.
    first = room + 12 + (margin if low < 0 else 0)
    scale = Scale(low, high, first, page.width - margin)
    drawings = []
    for part in paged(heights, page.height - 24):
        sheet = sheet_for(chart, page, language)
        y = 2.0
        for n in part:
            bar, lines = rows[n]
            sheet.things.append(bar.spoken or bar.label)
            y = _row(sheet, (y, heights[n] - _GAP), bar, lines, (scale, numbers[n]))
        sheet.line(scale(0), 0, scale(0), y - _GAP + 2, stroke=INK, line=1)
        if any(b.chosen for b in chart.bars):
            solid, hatched = (language.gettext(text) for text in chart.signs)
            signs = [
                Meaning(_chosen, language.gettext(SOLID), solid),
                Meaning(_other, language.gettext(HATCHED), hatched),
            ]
            y = legend(sheet, y + 2, signs)
        drawings.append(sheet.done(y))
    return tuple(drawings)


def _row(
    sheet: Sheet,
    place: tuple[float, float],
    bar: Bar,
    lines: Sequence[str],
    shown: tuple[Scale, str],
) -> float:
    (top, height), (scale, number) = place, shown
    room = sheet.width * 0.42
    above = (height - len(lines) * BODY * LEADING) / 2
    sheet.block(room, top + above, lines, bold=bar.chosen, anchor="end")
    middle = top + height / 2
    ends = sorted((scale(0), scale(bar.value)))
    _bar(sheet, ends[0], middle - _BAR / 2, ends[1] - ends[0], chosen=bar.chosen)
    side = 1 if bar.value >= 0 else -1
    x = scale(bar.value) + side * 5
    if bar.chosen:
        star(sheet, x + side * 4, middle)
        x += side * 11
    anchor = "start" if side > 0 else "end"
    sheet.text(x, middle + 0.36 * BODY, number, bold=bar.chosen, anchor=anchor)
    return top + height + _GAP


def _bar(sheet: Sheet, x: float, y: float, across: float, *, chosen: bool) -> None:
    fill, line = (TEAL, 0.8) if chosen else (LIGHT_HATCH, 0.8)
    sheet.rect(x, y, across, _BAR, fill=fill, stroke=TEAL, line=line)


def star(sheet: Sheet, x: float, y: float, radius: float = 4.2) -> None:
    """Draw a filled star around a point."""
    # Five tips and the notches between them, as shares of the radius.
    tips = [(0, -1), (0.95, -0.31), (0.59, 0.81), (-0.59, 0.81), (-0.95, -0.31)]
    notches = [(0.22, -0.31), (0.36, 0.12), (0, 0.38), (-0.36, 0.12), (-0.22, -0.31)]
    points = [p for pair in zip(tips, notches, strict=True) for p in pair]
    sheet.path([(x + a * radius, y + b * radius) for a, b in points], closed=True, fill=INK)


def _chosen(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x, y, 8, 8, fill=TEAL, stroke=TEAL)
    star(sheet, x + 12.5, y + 4, 3.6)


def _other(sheet: Sheet, x: float, y: float) -> None:
    sheet.rect(x, y, 16, 8, fill=LIGHT_HATCH, stroke=EDGE)


def _number(bar: Bar, unit: str, language: Language) -> str:
    return cut(f"{figure(language, bar.value)} {unit}".strip(), 90, BODY, bold=True)
