"""What comes before what, as people write it: ``T1, T2FS+2d, T3SS-1w``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from clusterlab.errors import N_, Message
from clusterlab.methods.words import UNITS_OF_TIME, Unit

Relation = Literal["FS", "SS", "FF", "SF"]
#: What a length is counted in: working days; days of the calendar, of 24 hours each, nights,
#: weekends and holidays among them; hundredths of how long the predecessor takes.
Measure = Literal["working", "elapsed", "percent"]

#: Hours, minutes and months in working days, as project programs count them by default.
HOURS_A_DAY = 8
DAYS_A_WEEK = 5
DAYS_A_MONTH = 20

#: What relations are called.
RELATIONS: dict[str, Relation] = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"}
#: The same in other editions of project programs: German, French, Spanish, Italian, Dutch,
#: Portuguese, Polish. What one edition calls FF means the same in all that have it.
RELATIONS |= {"EA": "FS", "AA": "SS", "EE": "FF", "AE": "SF"}
RELATIONS |= {"FD": "FS", "DD": "SS", "DF": "SF"}
RELATIONS |= {"FC": "FS", "CC": "SS", "CF": "SF"}
RELATIONS |= {"FI": "FS", "II": "SS", "IF": "SF"}
RELATIONS |= {"EB": "FS", "BB": "SS", "BE": "SF"}
RELATIONS |= {"TI": "FS", "TT": "FF", "IT": "SF"}
RELATIONS |= {"ZR": "FS", "RR": "SS", "ZZ": "FF", "RZ": "SF"}

_UNITS: Mapping[Unit, float] = {
    "minute": 1 / (60 * HOURS_A_DAY),
    "hour": 1 / HOURS_A_DAY,
    "day": 1,
    "week": DAYS_A_WEEK,
    "month": DAYS_A_MONTH,
}
#: The same as days of the calendar: a week of seven, a month of thirty.
_ELAPSED_UNITS: Mapping[Unit, float] = {
    "minute": 1 / (24 * 60),
    "hour": 1 / 24,
    "day": 1,
    "week": 7,
    "month": 30,
}
#: Working days of each unit, by every name that it has, and days of the calendar.
_DAYS_OF = {name: float(_UNITS[unit]) for name, unit in UNITS_OF_TIME.items()}
_ELAPSED_DAYS_OF = {name: float(_ELAPSED_UNITS[unit]) for name, unit in UNITS_OF_TIME.items()}

#: How editions of project programs mark elapsed time: “2ed”, “2 elapsed days”, “2 ft”,
#: “2 fortlaufende Tage”, “2 jé”, “2 jours écoulés”, “2 días transcurridos”.
_ELAPSED = re.compile(
    r"(?:e|f|elapsed\s+|fortl(?:aufende[nr]?)?\.?\s+)([^\W\d_]+)"
    r"|([^\W\d_]+?)(?:é|\s+écoulée?s?|\s+transcurrid[oa]s?|\s+trascors[eio])"
)
_NUMBER = r"(?:[0-9]{1,9}(?:[.,][0-9]{1,6})?|[.,][0-9]{1,6})"
_LENGTH = re.compile(rf"[~≈]?\s*({_NUMBER})\s*([^\W\d_]*(?:\.?\s+[^\W\d_]+)?|e?\s?%)\.?\s*\??")
#: One of several lengths side by side: “2 weeks 3 days”, “1d 4h”.
_PIECE = re.compile(rf"({_NUMBER}\s*[^\W\d_]+)\.?(?:\s*(?:,|and|und|et|y|e)?\s*(?=[0-9])|$)")
_FRACTIONS = str.maketrans({"¼": ".25", "½": ".5", "¾": ".75"})
#: What may be a thousand and more, or one and a part.
_UNSURE = re.compile(r"([1-9][0-9]{0,2})[,’]([0-9]{3})(?![0-9])")
_UNSURE_LAG = re.compile(rf"([+\-−–]\s*){_UNSURE.pattern}(?=\s*[^\W\d_])")
# A number alone or after letters; letters behind it tell notes of two copies apart (T4b).
_LINK = re.compile(
    rf"([a-z]{{0,8}}[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{0,9}}[a-z]{{0,4}}?)\s*"
    rf"({'|'.join(RELATIONS)})?\s*(?:([+\-−–])\s*(.*))?",
    re.IGNORECASE | re.ASCII,  # a Turkish İ would match an i, too
)
# Where texts name tasks without a comma between them, a blank before the next one separates.
_SPLIT = re.compile(r"[,;\n]|\s+(?=[A-Za-z]{1,8}[0-9])")
# In “T2+1,5d” the comma is one of a number, and in “T2+1,5; T3” too.
_DECIMAL = re.compile(r"([+\-−–]\s*[0-9]{1,9}),(?=[0-9])")
_DECIMAL_DAYS = re.compile(
    rf"{_DECIMAL.pattern}(?=[0-9]+\s*(?:[ef]?(?:{'|'.join(_DAYS_OF)})é?\b|%))", re.IGNORECASE
)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Dependency:
    """What a task waits for.

    Parameters
    ----------
    predecessor
        Id of the other task.
    relation
        ``FS``: this one starts after the other finishes; ``SS``: after it starts; ``FF``: this one
        finishes after the other finishes; ``SF``: after it starts.
    lag
        How much lies between the two; a lead is negative.
    measure
        What the lag is counted in.
    """

    predecessor: str
    relation: Relation = "FS"
    lag: float = 0
    measure: Measure = "working"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time.

    Parameters
    ----------
    number
        Working days, days of the calendar, or percent.
    measure
        Which of them.
    """

    number: float
    measure: Measure = "working"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of a text that could not be read, and why."""

    text: str
    reason: Message


def dependencies(text: str) -> tuple[tuple[Dependency, ...], tuple[Unreadable, ...]]:
    """Read what a task waits for.

    Parts are separated by commas, semicolons or line breaks. A comma within a lag belongs to its
    number where a unit follows or parts are separated by semicolons. A part is the id of a task,
    then FS, SS, FF or SF (FS where it is left out), then a lag with its sign in working days
    (``d``) or weeks of five (``w``), hours of an eighth of a day (``h``) or months of twenty days
    (``mo``). A lag may also be elapsed time (``2ed``, ``36eh``, ``1ew``), which nights, weekends
    and holidays count in, or a share of how long the predecessor takes (``50%``).

    Returns
    -------
    tuple of Dependency, tuple of Unreadable
        In the order of the text; ids with capital letters, as boards write them.
    """
    text = with_points(text)
    found: list[Dependency] = []
    bad: list[Unreadable] = []
    for part in filter(None, map(str.strip, _SPLIT.split(text))):
        read = _dependency(part)
        if isinstance(read, Dependency):
            found.append(read)
        else:
            bad.append(Unreadable(part[:_SHOWN], read))
    return tuple(dict.fromkeys(found)), tuple(bad)


def with_points(text: str) -> str:
    """Put points for the commas that belong to a number: ``T2+1,5d`` gives ``T2+1.5d``.

    What may be thousands keeps a sign that parts nothing, to be refused: ``T2+1,200 hrs``.
    """
    text = _UNSURE_LAG.sub(r"\1\2’\3", text)
    return (_DECIMAL if ";" in text else _DECIMAL_DAYS).sub(r"\1.", text)


def length(text: str) -> Length | Message:
    """Read a length of time: ``5``, ``5 days``, ``2w``, ``4 hrs``, ``5d?``, ``2ed``, ``50%``.

    A question mark, which project programs put behind an estimate, is passed over, and so is a
    ``~`` before it; ``2w 3d`` is the sum of both. A number alone is working days. Elapsed hours,
    weeks and months are 1/24, 7 and 30 days of the calendar.

    Returns
    -------
    Length or Message
        The length, or why it cannot be read.
    """
    text = text.strip().translate(_FRACTIONS)
    if unsure := _UNSURE.match(text):
        return Message(
            N_("“{number}” may be thousands or decimals; write it without a comma."),
            {"number": f"{unsure[1]},{unsure[2]}"},
        )
    match = _LENGTH.fullmatch(text)
    if match is None:
        return _sum(text)
    number = float(match[1].replace(",", "."))
    return _in_unit(number, " ".join(match[2].casefold().replace(".", " ").split()))


def _in_unit(number: float, unit: str) -> Length | Message:
    if not unit:
        return Length(number)
    if unit in _DAYS_OF:
        return Length(number * _DAYS_OF[unit])
    if unit == "%":
        return Length(number, "percent")
    elapsed = _ELAPSED.fullmatch(unit)
    name = (elapsed[1] or elapsed[2]) if elapsed else ""
    if name in _ELAPSED_DAYS_OF:
        return Length(number * _ELAPSED_DAYS_OF[name], "elapsed")
    return Message(
        N_("The unit “{unit}” is not known; use d for working days, w for weeks, ed for elapsed "
           "days."),
        {"unit": unit[:20]},
    )  # fmt: skip


def _sum(text: str) -> Length | Message:
    """Read several lengths of one measure side by side."""
    parts = _PIECE.findall(text)
    read = [length(part) for part in parts]
    known = [one for one in read if isinstance(one, Length)]
    whole = len(parts) > 1 and not _PIECE.sub("", text)
    if not whole or len(known) < len(parts) or len({one.measure for one in known}) > 1:
        return Message(N_("A length of time is a number with a unit, such as 5d or 2w."))
    return Length(sum(one.number for one in known), known[0].measure)


def days(text: str) -> float | Message:
    """Read a length of time in working days, as `length` does.

    Returns
    -------
    float or Message
        Working days, or why it cannot be read or counted in them.
    """
    read = length(text)
    if isinstance(read, Message):
        return read
    if read.measure == "percent":
        return Message(N_("A share cannot be counted here; give working days, such as 2d."))
    if read.measure == "elapsed":
        return Message(N_("Elapsed time cannot be counted here; give working days, such as 2d."))
    return read.number


def _dependency(part: str) -> Dependency | Message:
    match = _LINK.fullmatch(part)
    if match is None:
        return Message(
            N_("It should name a task, such as T2, or T2+3d for three working days later.")
        )
    lag = Length(0)
    if match[3]:
        read = length(match[4])
        if isinstance(read, Message):
            return read
        lag = read if match[3] == "+" else replace(read, number=-read.number)
    relation = RELATIONS[(match[2] or "FS").upper()]
    # No lag is no lag, whatever it would be counted in.
    measure = lag.measure if lag.number else "working"
    return Dependency(as_id(match[1]), relation, lag.number or 0.0, measure)


def as_id(text: str) -> str:
    """Write the id of a task as boards do: capital letters before its number, small ones behind."""
    text = text.strip()[:_SHOWN]
    number = re.search(r"[0-9]", text)
    start = number.start() if number else len(text)
    return text[:start].upper() + text[start:].lower()
