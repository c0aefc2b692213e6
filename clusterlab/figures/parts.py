"""What pictures share: scales, legends, keys, and the picture of nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Protocol

from clusterlab.figures.svg import EDGE, GREY, MIST, NEUTRAL, PORTRAIT, Drawing, Page, Sheet
from clusterlab.figures.text import BODY, LEADING, SMALL, cut, whole, widest, width, wrap
from clusterlab.language import Language

#: Draws a sign of a legend into a rectangle by its left upper corner, 16 wide and 8 high.
Sign = Callable[[Sheet, float, float], None]
SIGN_WIDTH, SIGN_HEIGHT = 16.0, 8.0
#: From one row of a legend to the next.
LEGEND_ROW = BODY * LEADING + 2
# A key: from line to line, between entries and columns, and the most room for tags.
_ROW, _BETWEEN, _GUTTER, _TAG_ROOM = SMALL * LEADING, 2.2, 10.0, 28.0
# About as wide as a column of a key is that has a page to itself.
_KEY_COLUMN = 188.0
# Numbers between these are written in digits, from a million on shortly.
_SMALLEST, _MILLION, _LARGEST = 1e-3, 1e6, 1e12


def finite(*values: float | None) -> None:
    """Refuse what is no number that can be drawn.

    Raises
    ------
    ValueError
        For NaN and for infinity.
    """
    for value in values:
        if value is not None and not isfinite(value):
            msg = f"a picture needs finite numbers, not {value}"
            raise ValueError(msg)


def figure(language: Language, value: float) -> str:
    """Write a number shortly: digits that count; millions by their word, extremes by powers."""
    size = abs(value)
    if value and not _SMALLEST <= size < _LARGEST:
        mantissa, _, power = f"{value:.1e}".partition("e")
        text = f"{language.number(float(mantissa))}E{int(power)}"
    elif size >= _MILLION:
        text = language.short_number(value)
    else:
        places = max(0, 3 - floor(log10(size))) if value else 0
        value = round(value, min(places, 4))
        text = language.number(int(value) if value == int(value) else value)
    # As wide as a plus. The shipped fonts have no true minus.
    return text.replace("-", "–")


def said(spoken: str, text: str) -> str:
    """Put a spoken id before a text."""
    return f"{spoken} {text}".strip()


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps numbers from ``low`` to ``high`` onto points from ``first`` to ``last``."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        """Give the place of a number; one beyond the ends lies on the end."""
        # Halves: the difference of the largest numbers is beyond them.
        span = self.high / 2 - self.low / 2
        share = (value / 2 - self.low / 2) / span if span else 0.5
        return self.first + min(1.0, max(0.0, share)) * (self.last - self.first)


def around(values: Iterable[float], *, zero: bool = True) -> tuple[float, float]:
    """Give the ends of an axis for some numbers: from zero on, and never of no length."""
    found = list(values)
    low, high = min(found, default=0.0), max(found, default=1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return (low, high + 1) if abs(low) < _LARGEST else (min(low, 0.0), max(high, 0.0))
    return low, high


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Give round numbers along an axis, at most so many and a few."""
    rough = (high / most) - (low / most)
    if rough <= 0 or not isfinite(rough):
        return [low]
    power = 10.0 ** floor(log10(rough))
    step = next(power * s for s in (1, 2, 5, 10, 20) if power * s >= rough * 0.999)
    first = floor(low / step)
    found = (n * step for n in range(first, first + most + 3))
    slack = step * 1e-6
    return [round(t, 12) for t in found if low - slack <= t <= high + slack]


class Titled(Protocol):
    """A chart: what it shows, and what it says."""

    @property
    def title(self) -> str:
        """What it shows."""

    @property
    def description(self) -> str:
        """What it says."""


def sheet_for(chart: Titled, page: Page, language: Language) -> Sheet:
    """Begin a picture in rows or along time, which is read as its language is."""
    mirrored = language.direction == "rtl"
    return Sheet(page.width, chart.title, chart.description, mirrored=mirrored)


@dataclass(frozen=True, slots=True)
class Meaning:
    """An entry of a legend.

    Parameters
    ----------
    sign
        Draws the sign.
    look
        What it looks like, for those who cannot see it; "" where ``text`` says so.
    text
        What it means.
    """

    sign: Sign
    look: str
    text: str


def legend(sheet: Sheet, top: float, entries: Sequence[Meaning], left: float = 0) -> float:
    """Draw signs and what they mean in rows; give where the legend ends."""
    x, y = left, top
    sheet.meanings += [(entry.look, entry.text) for entry in entries]
    for sign, text in ((entry.sign, entry.text) for entry in entries):
        room = sheet.width - left - SIGN_WIDTH - 6
        shown = cut(text, room, SMALL)
        needed = SIGN_WIDTH + 5 + width(shown, SMALL)
        if x > left and x + needed > sheet.width:
            x, y = left, y + LEGEND_ROW
        sign(sheet, x, y + 1)
        sheet.text(x + SIGN_WIDTH + 5, y + 7.7, shown, size=SMALL, fill=GREY)
        x += needed + 14
    return y + LEGEND_ROW if entries else top


def legend_rows(across: float, entries: Sequence[Meaning]) -> int:
    """Say how many rows a legend takes, by drawing it where nobody sees it."""
    return round(legend(Sheet(across, ""), 0, entries) / LEGEND_ROW)


_NOTHING = "4 3"  # dashes of the frame around what is not drawn


def nothing(page: Page, title: str, text: str) -> Drawing:
    """Draw that there is nothing to draw, and what would change that.

    It is never wider than an upright page, so that no page is turned for it.
    """
    across = min(page.width, PORTRAIT.width)
    sheet = Sheet(across, title, text)
    lines = wrap(text, across - 60, 10.0, lines=4)
    height = 36 + len(lines) * 10 * LEADING
    sheet.rect(0.5, 0.5, across - 1, height - 1, fill=MIST, stroke=EDGE, dash=_NOTHING, radius=4)
    sheet.block(across / 2, 18, lines, size=10, fill=GREY, anchor="middle")
    return sheet.done(height)


def is_nothing(svg: str) -> bool:
    """Say whether a picture is one of `nothing`: no other has such a frame."""
    return f'stroke-dasharray="{_NOTHING}"' in svg


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a key: the tag in the picture and what it stands for."""

    tag: str
    text: str


def key(
    sheet: Sheet,
    box: tuple[float, float, float, float],
    entries: Sequence[Entry],
    *,
    columns: int = 1,
) -> tuple[float, Sequence[Entry]]:
    """Write what the tags in a picture stand for, in columns of about equal height.

    Every text stands whole, in as many lines as it takes.

    Parameters
    ----------
    box
        Left, top, width and height.

    Returns
    -------
    tuple
        Where the key ends, and the entries that it had no room for, for `key_pages`.
    """
    left, top, across, down = box
    each = (across - _GUTTER * (columns - 1)) / columns
    tags = tuple(cut(e.tag, _TAG_ROOM - 3, SMALL, bold=True) for e in entries)
    indent = min(widest(tags, SMALL, bold=True) + 5, _TAG_ROOM)
    shown = [whole(e.text, each - indent, SMALL) for e in entries]
    heights = [len(lines) * _ROW + _BETWEEN for lines in shown]
    parts = _columns(heights, columns, down + _BETWEEN)
    count = parts[-1].stop
    # Tags such as “(3)” and “2.” are of segments and rings.
    sheet.things += [e.tag for e in entries[:count] if e.tag[:1].isalnum() and e.tag[-1:].isalnum()]
    end = top
    for column, part in enumerate(parts):
        x, y = left + column * (each + _GUTTER), top
        for n in part:
            sheet.block(x, y, [tags[n]], size=SMALL, bold=True)
            y = sheet.block(x + indent, y, shown[n], size=SMALL) + _BETWEEN
        end = max(end, y)
    return end, entries[count:]


def _columns(heights: Sequence[float], columns: int, room: float) -> list[range]:
    """Divide the entries that have room among columns; none is higher than it must be."""
    parts = paged(heights, room)[:columns]
    taken = heights[: parts[-1].stop]
    least = sum(taken) / columns
    while least < room:
        lower = paged(taken, least)
        if len(lower) <= columns:
            return lower
        least += _ROW / 2
    return parts


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Put entries in the order of their tags, as people look them up: T2 before T10."""

    def place(entry: Entry) -> list[tuple[int, str]]:
        # No letters are as no number: before all.
        parts = re.findall(r"[0-9]+|[^0-9]+", entry.tag)
        return [(len(p) if p.isdecimal() else 0, p) for p in parts]

    return sorted(entries, key=place)


def key_pages(
    page: Page, title: str, description: str, entries: Sequence[Entry]
) -> tuple[Drawing, ...]:
    """Draw what a key has no room for beside its picture, on as many pages as that takes."""
    columns = max(round(page.width / _KEY_COLUMN), 1)
    drawn = []
    while entries:
        sheet = Sheet(page.width, title, description)
        end, entries = key(sheet, (0.0, 0.0, page.width, page.height), entries, columns=columns)
        drawn.append(sheet.done(end))
    return tuple(drawn)


def paged(heights: Sequence[float], room: float) -> list[range]:
    """Divide rows among pages of a height; a page has one row at least."""
    pages: list[range] = []
    start, used = 0, 0.0
    for n, height in enumerate(heights):
        if n > start and used + height > room:
            pages.append(range(start, n))
            start, used = n, 0.0
        used += height
    return [*pages, range(start, len(heights))]


def pointer(sheet: Sheet, x: float, y: float) -> None:
    """Draw a short arrow to the right, 10 wide, before or behind a name."""
    sheet.line(x, y, x + 6, y, stroke=NEUTRAL)
    sheet.arrow(x, y, x + 10, y, stroke=NEUTRAL, size=4.5)


def small_pointer(sheet: Sheet, x: float, y: float) -> None:
    """Draw a short arrow into a legend."""
    pointer(sheet, x + 3, y + 4)
