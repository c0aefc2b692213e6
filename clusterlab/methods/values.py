"""Reading what people typed in fields: numbers, days, lengths of time, names, spoken ids.

Each reader gives ``None`` or nothing for what it cannot read; a rule then says so or passes over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from clusterlab.methods.months import named_day
from clusterlab.methods.words import UNITS_OF_TIME, Unit

_MOST = 2**53  # up to which every program keeps whole numbers exactly
#: Days from now of the last deadline that can be meant: a century.
FARTHEST = 36500
_NUMBER = r"(\d{1,9}(?:[.,]\d{1,3})?)"
_LENGTH = re.compile(rf"{_NUMBER}\s*([^\W\d_]*)\.?")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/)(\d{1,2})(?:[T ]\d{2}:\d{2}\S*)?")
_DOTTED = re.compile(r"(\d{1,2})\s*([./])\s*(\d{1,2})\s*\2\s*(\d{4})")
# Letters behind the number tell notes of two copies apart: T4b. Points lead down a tree: G1.2.
_SPOKEN = re.compile(r"(?<![\w.])[A-Za-z]{1,4}\d{1,9}[A-Za-z]{0,3}(?:\.\d{1,4}){0,9}(?!\w|\.\d)")
_MONTHS = 12
_YEARS = range(1900, 2101)  # as deadlines: nobody means five years to the day
_CALENDAR_DAYS: Mapping[Unit, int] = {"day": 1, "week": 7, "month": 30}


def text_of(value: Any) -> str:
    """Give what a field holds as text on one line; "" for nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(text_of, value)))
    if isinstance(value, int) and not -_MOST <= value <= _MOST:  # more digits than can be written
        return f"{'-' if value < 0 else ''}…"
    return " ".join(str(value).split())


def number_of(value: Any) -> float | None:
    """Give a number that can be computed with; ``None`` for text, NaN, infinity and the huge."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -_MOST <= value <= _MOST else None


def names_in(value: Any) -> tuple[str, ...]:
    """Give the names or roles of a list that commas, semicolons or line ends separate, once each.

    Upper and lower case do not make two names.
    """
    text = ";".join(map(str, value)) if isinstance(value, list | tuple) else value
    if not isinstance(text, str):
        text = text_of(text)
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text):
        name = " ".join(part.split())
        found.setdefault(name.casefold(), name)
    found.pop("", None)
    return tuple(found.values())


def references(value: Any) -> tuple[str, ...]:
    """Give the spoken ids and places in a tree that a field names, in capitals, once each.

    Where none stands in it, all of it is given: it names something that has no such id.
    """
    text = text_of(value)
    return tuple(dict.fromkeys(w.upper() for w in _SPOKEN.findall(text))) or ((text,) * bool(text))


def day_of(value: Any) -> date | None:
    """Read a day: ``2026-05-31``, ``31.5.2026``, ``31 May 2026``; ``31/5/2026`` where it is clear.

    Returns
    -------
    date or None
        ``None`` for everything else: ``5/6/2026`` is another day in London than in New York.
    """
    text = text_of(value)
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, filter(None, match.groups()))
    elif match := _DOTTED.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "/" and day != month:
            if day <= _MONTHS and month <= _MONTHS:
                return None
            day, month = (month, day) if month > _MONTHS else (day, month)
    else:
        return named_day(text)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_in(value: Any) -> float | None:
    """Read a length of time in calendar days: ``30``, ``30 days``, ``2 Wochen``, ``1 mois``.

    A week is 7 days, a month 30; a number alone is days, but not what looks like a year.
    """
    if (number := number_of(value)) is not None:
        return number if number >= 0 and number not in _YEARS else None
    match = _LENGTH.fullmatch(text_of(value))
    if match is None or (not match[2] and match[1].isdecimal() and int(match[1]) in _YEARS):
        return None
    unit = UNITS_OF_TIME.get(match[2].casefold()) if match[2] else "day"
    days = _CALENDAR_DAYS.get(unit) if unit else None
    return None if days is None else float(match[1].replace(",", ".")) * days


def due(value: Any, start: Any) -> date | None:
    """Give the day of a deadline that is typed as a day, or as the days it takes from a start.

    Parameters
    ----------
    value
        As `day_of` or `days_in` read it; parts of a day count as a whole one.
    start
        Day from which days are counted, as `day_of` reads it.

    Returns
    -------
    date or None
        ``None`` where it can be read as neither, or counts from no day.
    """
    if (day := day_of(value)) is not None:
        return day
    days, first = days_in(value), day_of(start)
    if days is None or first is None or days > FARTHEST:
        return None
    try:
        return first + timedelta(days=math.ceil(days))
    except OverflowError:
        return None
