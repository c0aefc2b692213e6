"""What comes before what, as people write it: ``T1, T2FS+2d, T3SS-1w``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from clusterlab.errors import N_, Message
from clusterlab.methods.words import UNITS_OF_TIME, Unit

Relation = Literal["FS", "SS", "FF", "SF"]

#: Hours, minutes and months in working days, as project programs count them by default.
HOURS_A_DAY = 8
DAYS_A_WEEK = 5
DAYS_A_MONTH = 20

_RELATIONS: dict[str, Relation] = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"}
#: The same in the German, French and Spanish editions of project programs.
_RELATIONS |= {"EA": "FS", "AA": "SS", "EE": "FF", "AE": "SF"}
_RELATIONS |= {"FD": "FS", "DD": "SS", "DF": "SF"}
_RELATIONS |= {"FC": "FS", "CC": "SS", "CF": "SF"}

_UNITS: Mapping[Unit, float] = {
    "minute": 1 / (60 * HOURS_A_DAY),
    "hour": 1 / HOURS_A_DAY,
    "day": 1,
    "week": DAYS_A_WEEK,
    "month": DAYS_A_MONTH,
}
#: Working days of each unit, by every name that it has.
_DAYS_OF = {name: float(_UNITS[unit]) for name, unit in UNITS_OF_TIME.items()}

_ELAPSED = re.compile(r"[ef](\w+)")
_LENGTH = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,6})?)\s*([^\W\d_]*|%)\.?\s*\??")
# A number alone or after letters; letters behind it tell notes of two copies apart (T4b).
_LINK = re.compile(
    rf"([a-z]{{0,8}}[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{0,9}}[a-z]{{0,4}}?)\s*"
    rf"({'|'.join(_RELATIONS)})?\s*(?:([+\-−–])\s*(.*))?",
    re.IGNORECASE,
)
# Where texts name tasks without a comma between them, a blank before the next one separates.
_SPLIT = re.compile(r"[,;\n]|\s+(?=[A-Za-z]{1,8}[0-9])")
# In “T2+1,5d” the comma is one of a number, and in “T2+1,5; T3” too.
_DECIMAL = re.compile(r"([+\-−–]\s*[0-9]{1,9}),(?=[0-9])")
_DECIMAL_DAYS = re.compile(
    rf"{_DECIMAL.pattern}(?=[0-9]+\s*(?:{'|'.join(_DAYS_OF)})\b)", re.IGNORECASE
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
        Working days between the two; a lead is negative.
    """

    predecessor: str
    relation: Relation = "FS"
    lag: float = 0


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
    (``mo``). Elapsed time (``2ed``) and shares of a duration (``50%``) are refused: they would need
    other reckoning than in working days.

    Returns
    -------
    tuple of Dependency, tuple of Unreadable
        In the order of the text; ids with capital letters, as boards write them.
    """
    text = (_DECIMAL if ";" in text else _DECIMAL_DAYS).sub(r"\1.", text)
    found: list[Dependency] = []
    bad: list[Unreadable] = []
    for part in filter(None, map(str.strip, _SPLIT.split(text))):
        read = _dependency(part)
        if isinstance(read, Dependency):
            found.append(read)
        else:
            bad.append(Unreadable(part[:_SHOWN], read))
    return tuple(dict.fromkeys(found)), tuple(bad)


def days(text: str) -> float | Message:
    """Read a length of time in working days: ``5``, ``5 days``, ``2w``, ``4 hrs``, ``5d?``.

    A question mark, which project programs put behind an estimate, is passed over.

    Returns
    -------
    float or Message
        Working days, or why it cannot be read.
    """
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return Message(N_("A length of time is a number with a unit, such as 5d or 2w."))
    number, unit = float(match[1].replace(",", ".")), match[2].casefold()
    if not unit:
        return number
    if unit in _DAYS_OF:
        return number * _DAYS_OF[unit]
    if unit == "%":
        return Message(N_("A share of a duration cannot be counted; give it in days, such as 2d."))
    elapsed = _ELAPSED.fullmatch(unit)
    if elapsed and elapsed[1] in _DAYS_OF:
        return Message(
            N_("Elapsed time, nights and weekends included, cannot be counted; give working days.")
        )
    return Message(N_("The unit “{unit}” is not known; use d for days or w."), {"unit": unit[:20]})


def _dependency(part: str) -> Dependency | Message:
    match = _LINK.fullmatch(part)
    if match is None:
        return Message(N_("It should name a task, such as T2, T2+3d or T2SS."))
    lag = 0.0
    if match[3]:
        read = days(match[4])
        if isinstance(read, Message):
            return read
        lag = read if match[3] == "+" else -read
    return Dependency(as_id(match[1]), _RELATIONS[(match[2] or "FS").upper()], lag)


def as_id(text: str) -> str:
    """Write the id of a task as boards do: capital letters before its number, small ones behind."""
    text = text.strip()[:_SHOWN]
    number = re.search(r"[0-9]", text)
    start = number.start() if number else len(text)
    return text[:start].upper() + text[start:].lower()
