"""Things by two numbers, in four named quadrants: portfolio, effort and impact, importance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from clusterlab.errors import N_
from clusterlab.figures.bubbles import (
    SMALLEST,
    bubble,
    heap_sign,
    marked_sign,
    no_value_sign,
    sizes_sign,
    smallest_sign,
)
from clusterlab.figures.parts import (
    LEGEND_ROW,
    Entry,
    Meaning,
    Scale,
    figure,
    finite,
    in_order,
    key,
    key_pages,
    legend,
    legend_rows,
    nothing,
    said,
)
from clusterlab.figures.places import Room
from clusterlab.figures.svg import (
    EDGE,
    GREY,
    INK,
    LANDSCAPE,
    MIST,
    NEUTRAL,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import BODY, HEAD, LEADING, SMALL, cut, whole, widest, width, wrap
from clusterlab.language import Language

EMPTY = N_("Nothing is placed yet. Give things both numbers, and they appear here.")
NOTE = N_("Those at the same place lie around it")
AREA = N_("Area: {label}; the largest is {value}")
LEAST = N_("Smallest circles, drawn larger: {value} or less")
NO_VALUE = N_("No {label} given")
_LARGEST, _PLAIN = 17.0, 5.0
# Up to so many names are written into the picture.
_NAMED = 12
_NAME_WIDTH, _NAME_LINES, _FAR = 110.0, 4, 60.0
_AXIS, _STRIP = 16.0, 13.0
# The margin for the numbers of the upper axis, and at most for what its ends mean.
_MARGIN, _ENDS = 34.0, 66.0
_LINE = SMALL * LEADING
# How far those at one place lie apart, and the most room that is kept for them at the edges; that
# of more than a few has room for tags all around it, too.
_AROUND, _FEW, _AROUND_MANY, _MOST_PAD = 7.5, 5, 20.0, 70.0
# Turns by the golden angle: things at one place lie evenly around it.
_GOLDEN = pi * (3 - sqrt(5))


@dataclass(frozen=True, slots=True)
class Axis:
    """A number: its label, its ends, and where its halves meet.

    Parameters
    ----------
    ends
        What the lowest and the highest number mean: “little effort”, “much effort”.

    Raises
    ------
    ValueError
        Where they are not finite and in order.
    """

    label: str
    low: float
    middle: float
    high: float
    ends: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        finite(self.low, self.middle, self.high)
        if not self.low < self.high or not self.low <= self.middle <= self.high:
            msg = f"an axis needs low < high and its middle between: {self}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class QuadrantItem:
    """A thing at its two numbers; ``value`` is its bubble's area, ``mark`` hatches it.

    Raises
    ------
    ValueError
        Where a number is not finite.
    """

    label: str
    x: float
    y: float
    value: float | None = None
    spoken: str = ""
    mark: bool = False

    def __post_init__(self) -> None:
        finite(self.x, self.y, self.value)


@dataclass(frozen=True, slots=True)
class QuadrantChart:
    """Things in four quadrants.

    Parameters
    ----------
    names
        Of the quadrants: upper left, upper right, lower left, lower right.
    value_label, mark_label
        What area and hatching mean; "" where they mean nothing.
    """

    title: str
    x: Axis
    y: Axis
    names: tuple[str, str, str, str]
    items: tuple[QuadrantItem, ...]
    value_label: str = ""
    mark_label: str = ""
    description: str = ""


def draw_quadrants(
    chart: QuadrantChart, language: Language, page: Page = LANDSCAPE
) -> tuple[Drawing, ...]:
    """Draw things in four quadrants.

    Names stand beside their bubbles where all of them have room; else tags do, and a key beside
    the picture says what they are. What lies beyond an axis is drawn at its end.
    """
    if not chart.items:
        return (nothing(page, chart.title, language.gettext(EMPTY)),)
    if len(chart.items) <= _NAMED:
        plot = _Plot(chart, language, page, page.width)
        if plot.draw(names=True):
            return plot.done()
    wide = page.width > page.height
    plot = _Plot(chart, language, page, page.width * 0.56 if wide else page.width)
    plot.draw(names=False)
    return plot.done()


@dataclass(frozen=True, slots=True)
class _Bubble:
    item: QuadrantItem
    tag: str
    x: float
    y: float
    radius: float


class _Plot:
    def __init__(self, chart: QuadrantChart, language: Language, page: Page, across: float) -> None:
        self.chart, self.language, self.page = chart, language, page
        self.sheet = Sheet(page.width, chart.title, chart.description)
        wide = page.width > page.height
        self.meanings = self._legend()
        # A second row of the legend, and what follows, takes its room from the field.
        self.below = LEGEND_ROW * legend_rows(page.width, self.meanings)
        down = page.height - 4 * _AXIS if wide else min(across * 0.85, page.height * 0.58)
        down -= max(self.below - LEGEND_ROW, 0) if wide else 0
        # What the ends of the upper axis mean stands in lines at its side.
        self.ends = [wrap(text, _ENDS - 7, SMALL, lines=4) for text in chart.y.ends]
        self.left = max(_MARGIN, 7 + max(widest(lines, SMALL) for lines in self.ends))
        self.top, self.across, self.down = _AXIS + 2, across - 2 - self.left, down
        pad = _LARGEST * 0.8 if any(i.value for i in chart.items) else _PLAIN + 4
        # Room for those that lie around one place, at the edges, too.
        heap = max(Counter((i.x, i.y) for i in chart.items).values())
        spread = _AROUND * sqrt(heap) + (_AROUND_MANY if heap > _FEW else 0.0)
        pad = max(pad, min(spread, _MOST_PAD)) if heap > 1 else pad
        right, bottom = self.left + self.across, self.top + self.down
        self.x = Scale(chart.x.low, chart.x.high, self.left + pad, right - pad)
        # The quadrants' names have strips of their own.
        up = pad + _STRIP
        self.y = Scale(chart.y.low, chart.y.high, bottom - up, self.top + up)
        self.room = Room((self.left + 1, self.top + 1, self.across - 2, self.down - 2))
        self.entries: list[Entry] = []

    def draw(self, *, names: bool) -> bool:
        """Draw all but the legend; say whether every label found its place."""
        self._field()
        bubbles = self._bubbles()
        for found in sorted(bubbles, key=lambda b: -b.radius):
            item, place = found.item, (found.x, found.y)
            r, sized = found.radius, item.value is not None
            bubble(self.sheet, place, r, marked=item.mark, sized=sized)
            self.room.signs.append((found.x - r, found.y - r, 2 * r, 2 * r))
        fits = True
        # The smallest first: they have the fewest places beside them.
        for found in sorted(bubbles, key=lambda b: b.radius):
            item = found.item
            if names:
                lines = whole(said(item.spoken, item.label), _NAME_WIDTH, BODY)
                fits &= len(lines) <= _NAME_LINES
            else:
                lines = (found.tag,)
            fits &= self._label(found, lines, bold=not names)
        if names:
            self.sheet.things += [b.tag for b in bubbles]
        else:
            self.entries = in_order(Entry(b.tag, b.item.label) for b in bubbles)
        return fits

    def _label(self, found: _Bubble, lines: Sequence[str], *, bold: bool) -> bool:
        size = SMALL if bold else BODY
        box = (widest(tuple(lines), size, bold=bold) + 1, len(lines) * size * LEADING)
        far = _FAR if not bold else 2 * _FAR
        # Names give way to tags, but every tag stands somewhere: at worst a line strikes it.
        farthest = hypot(self.across, self.down) if bold else 2 * _FAR
        place = self.room.place(
            found.x, found.y, found.radius, box, far=far, farthest=farthest, struck=bold
        )
        if place is None:
            return False
        x, y, lead = place
        if lead:
            self.sheet.line(*lead, stroke=GREY, line=0.6)
            self.sheet.circle(found.x, found.y, 1.2, fill=INK)
        # Lines beside a bubble begin at its side.
        if x + box[0] < found.x:
            self.sheet.block(
                x + box[0] - 0.5, y, lines, size=size, bold=bold, anchor="end", halo=True
            )
        else:
            self.sheet.block(x + 0.5, y, lines, size=size, bold=bold, halo=True)
        return True

    def _bubbles(self) -> list[_Bubble]:
        most = max((i.value for i in self.chart.items if i.value is not None), default=0.0)
        same: dict[tuple[float, float], int] = {}
        places = [(self.x(i.x), self.y(i.y)) for i in self.chart.items]
        counts = Counter(places)
        found = []
        for n, (item, place) in enumerate(zip(self.chart.items, places, strict=True)):
            radius = _radius(item.value, most)
            turn = same.get(place, 0)
            same[place] = turn + 1
            away = 0.0 if counts[place] == 1 else _AROUND * sqrt(turn + (0.5 if turn else 0))
            x = place[0] + away * cos(_GOLDEN * turn)
            y = place[1] + away * sin(_GOLDEN * turn)
            x = min(max(x, self.left + radius), self.left + self.across - radius)
            strip = _STRIP + radius
            y = min(max(y, self.top + strip), self.top + self.down - strip)
            tag = cut(item.spoken or str(n + 1), 30, SMALL, bold=True)
            found.append(_Bubble(item, tag, x, y, radius))
        return found

    def _field(self) -> None:
        """Draw the quadrants with their names, and the axes."""
        sheet, chart = self.sheet, self.chart
        right, bottom = self.left + self.across, self.top + self.down
        middle_x, middle_y = self.x(chart.x.middle), self.y(chart.y.middle)
        sheet.rect(middle_x, self.top, right - middle_x, middle_y - self.top, fill=MIST)
        sheet.rect(self.left, middle_y, middle_x - self.left, bottom - middle_y, fill=MIST)
        sheet.line(middle_x, self.top, middle_x, bottom, stroke=EDGE, dash="4 2")
        sheet.line(self.left, middle_y, right, middle_y, stroke=EDGE, dash="4 2")
        sheet.rect(self.left, self.top, self.across, self.down, stroke=EDGE)
        self.room.lines.append((middle_x, self.top, middle_x, bottom))
        self.room.lines.append((self.left, middle_y, right, middle_y))
        corners = (
            (self.left + 5, self.top, middle_x - self.left, "start"),
            (right - 5, self.top, right - middle_x, "end"),
            (self.left + 5, bottom - 15, middle_x - self.left, "start"),
            (right - 5, bottom - 15, right - middle_x, "end"),
        )
        for name, (x, y, room, anchor) in zip(chart.names, corners, strict=True):
            shown = cut(name, max(room - 10, 0), HEAD, bold=True)
            across = width(shown, HEAD, bold=True)
            if across > room or not shown:
                continue
            sheet.text(x, y + 11.5, shown, size=HEAD, bold=True, fill=NEUTRAL, anchor=anchor)
            self.room.labels.append((x - (across if anchor == "end" else 0), y + 2, across, 13))
        self._axes(right, bottom)

    def _axes(self, right: float, bottom: float) -> None:
        sheet, chart, base = self.sheet, self.chart, self.top + self.down + 11
        taken = self.left
        for value in (chart.x.low, chart.x.middle, chart.x.high):
            text = cut(figure(self.language, value), 40, SMALL)
            half = width(text, SMALL) / 2
            x = min(self.x(value), right - half)
            if x - half >= taken - 12:
                sheet.text(x, base, text, size=SMALL, fill=GREY, anchor="middle")
                taken = x + half + 16
        # What the ends of the upper axis mean stands nearer to the middle than their numbers.
        low, high = (len(lines) * _LINE if lines[0] else 0.0 for lines in self.ends)
        blocks = ((self.y.first - 5 - low, self.ends[0]), (self.y.last + 5, self.ends[1]))
        for top, lines in blocks:
            sheet.block(self.left - 5, top, lines, size=SMALL, fill=GREY, anchor="end")
        taken = bottom + 20
        for value in (chart.y.low, chart.y.middle, chart.y.high):
            text = cut(figure(self.language, value), 28, SMALL)
            y = self.y(value) + 2.7
            between = value != chart.y.middle or (
                self.y.last + 6 + high + _LINE < y < self.y.first - low - 4
            )
            if taken - y >= _LINE and between:
                sheet.text(self.left - 5, y, text, size=SMALL, fill=GREY, anchor="end")
                taken = y
        self._names(right, base + 12)

    def _names(self, right: float, below: float) -> None:
        """Write the axes' names, each with an arrow, and what the ends of the lower one mean."""
        sheet, chart = self.sheet, self.chart
        label = cut(chart.y.label, self.across - 20, BODY, bold=True)
        sheet.text(self.left + 9, self.top - 6, label, bold=True)
        sheet.line(self.left + 3, self.top - 4, self.left + 3, self.top - 10, stroke=INK)
        sheet.arrow(self.left + 3, self.top - 4, self.left + 3, self.top - 14, stroke=INK, size=5)
        if not any(chart.x.ends):
            self._across(right - 14, below, self.across - 20)
            return
        # From one end to the other: what it means there, and the axis's name in the middle.
        name = min(width(chart.x.label, BODY, bold=True), self.across * 0.4)
        room = (self.across - name - 40) / 2
        low, high = (cut(text, room, SMALL) for text in chart.x.ends)
        sheet.text(self.left, below, low, size=SMALL, fill=GREY)
        sheet.text(right, below, high, size=SMALL, fill=GREY, anchor="end")
        self._across((self.left + right + name) / 2 - 7, below, self.across * 0.4)

    def _across(self, end: float, y: float, room: float) -> None:
        """Write the name of the axis across, which ends at a place, and an arrow behind it."""
        label = cut(self.chart.x.label, room, BODY, bold=True)
        self.sheet.text(end, y, label, bold=True, anchor="end")
        self.sheet.line(end + 4, y - 3, end + 10, y - 3, stroke=INK)
        self.sheet.arrow(end + 4, y - 3, end + 14, y - 3, stroke=INK, size=5)

    def done(self) -> tuple[Drawing, ...]:
        """Give the plot with its key, and pages with what of the key has no room beside it."""
        bottom, page = self.top + self.down + 31, self.page
        wide = page.width > page.height
        columns = (1 if wide else 2) + (len(self.entries) > _NAMED)
        if wide:
            start = self.left + self.across + 16
            box = (start, self.top, page.width - start, self.down)
        else:
            box = (0.0, bottom + 4, page.width, page.height - bottom - 8 - self.below)
        end, left = key(self.sheet, box, self.entries, columns=columns)
        bottom = max(bottom, end + 4) if self.entries else bottom
        drawn = self.sheet.done(legend(self.sheet, bottom, self.meanings))
        chart = self.chart
        return drawn, *key_pages(page, chart.title, chart.description, left)

    def _legend(self) -> list[Meaning]:
        chart, language = self.chart, self.language
        say = language.gettext
        values = [i.value for i in chart.items if i.value is not None]
        found: list[Meaning] = []
        most = max(values, default=0.0)
        if chart.value_label and most > 0:
            told = language.say(AREA, label=chart.value_label, value=figure(language, most))
            found.append(Meaning(sizes_sign, "", told))
            if min(values) * _LARGEST**2 < most * SMALLEST**2:
                # Drawn larger than they are, or nobody would see them.
                least = most * (SMALLEST / _LARGEST) ** 2
                told = language.say(LEAST, value=figure(language, least))
                found.append(Meaning(smallest_sign, "", told))
            if len(values) < len(chart.items):
                told = language.say(NO_VALUE, label=chart.value_label)
                found.append(Meaning(no_value_sign, say(N_("white circle")), told))
        if chart.mark_label and any(i.mark for i in chart.items):
            found.append(Meaning(marked_sign, say(N_("hatched circle")), chart.mark_label))
        if len({(i.x, i.y) for i in chart.items}) < len(chart.items):
            found.append(Meaning(heap_sign, say(N_("circles close together")), say(NOTE)))
        return found


def _radius(value: float | None, most: float) -> float:
    """Give a radius whose circle's area is in proportion to a value."""
    if value is None or most <= 0:
        return _PLAIN
    return max(SMALLEST, _LARGEST * sqrt(max(value, 0.0) / most))
