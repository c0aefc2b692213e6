"""Ticks of a time axis: numbers, or dates of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from math import ceil, floor

from clusterlab.figures.parts import Scale, figure, finite, ticks
from clusterlab.figures.text import SMALL, width
from clusterlab.language import Language

# Steps of an axis of dates: days, and months.
_DAYS, _MONTHS = (1, 2, 7, 14), (1, 2, 3, 6, 12, 24, 60, 120)
_MONTH = 30.4
_GAP = 8.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis and what is written there."""

    at: float
    label: str

    def __post_init__(self) -> None:
        finite(self.at)


def numbered(scale: Scale, language: Language) -> list[Tick]:
    """Give ticks at round numbers."""
    return [Tick(t, figure(language, t)) for t in ticks(scale.low, scale.high, 8)]


def dated(scale: Scale, first: date, language: Language) -> list[Tick]:
    """Give ticks at days, Mondays, or firsts of a month, as many as have room.

    Days that no calendar has are numbers.
    """
    try:
        low = first + timedelta(days=floor(scale.low))
        high = first + timedelta(days=ceil(scale.high))
        last = high + timedelta(days=1)
    except OverflowError:
        return numbered(scale, language)
    room = scale.last - scale.first
    days = max((last - low).days, 1)
    for step in _DAYS:
        label = language.short_date(low)
        if days / step * (width(label, SMALL) + _GAP) <= room:
            return [
                _tick(day, first, language.short_date(day)) for day in _by_days(low, high, step)
            ]
    for step in _MONTHS:
        label = language.month(low)
        if days / _MONTH / step * (width(label, SMALL) + _GAP) <= room:
            break
    return [_tick(day, first, language.month(day)) for day in _by_months(low, high, step)]


def years(scale: Scale, first: date) -> str:
    """Name the years that an axis of dates runs through; "" where no calendar has them."""
    try:
        low, high = (first + timedelta(days=floor(t)) for t in (scale.low, scale.high))
    except OverflowError:
        return ""
    return f"{low.year}" if low.year == high.year else f"{low.year}–{high.year}"


def _tick(day: date, first: date, label: str) -> Tick:
    return Tick((day - first).days, label)


def _by_days(low: date, high: date, step: int) -> Iterator[date]:
    # Weeks begin on Mondays.
    start = (7 - low.weekday()) % 7 if step >= 7 else 0  # noqa: PLR2004 - a week
    for n in range(start, (high - low).days + 1, step):
        yield low + timedelta(days=n)


def _by_months(low: date, high: date, step: int) -> Iterator[date]:
    begin = (low.year * 12 + low.month - 1) // step * step
    for n in count(begin, step):
        year, month = divmod(n, 12)
        if not date.min.year <= year <= date.max.year or date(year, month + 1, 1) > high:
            return
        if (day := date(year, month + 1, 1)) >= low:
            yield day
