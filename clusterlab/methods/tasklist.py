"""The cells of task lists, as project programs write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clusterlab.errors import N_, Message
from clusterlab.methods.dependencies import HOURS_A_DAY, Dependency, Measure, days
from clusterlab.methods.months import named_day
from clusterlab.methods.resources import Assignment

_YES = frozenset(["yes", "y", "true", "1", "x", "ja", "wahr", "oui", "vrai", "sí", "si", "sì"])
_YES |= {"verdadero", "vero", "tak", "evet"}
_NO = frozenset(["no", "n", "false", "0", "nein", "falsch", "non", "faux", "falso", "nie", "hayır"])
#: What stands in a cell for a value that is not there.
_NOTHING = frozenset({"", "na", "n/a", "n.a.", "nv", "nd", "n.d.", "none", "nil", "null"})
_NOTHING |= {"keine", "keiner", "aucun", "aucune", "ninguna", "ninguno", "nessuno", "nenhuma"}
_DASHES = re.compile(r"[-–—−.\s]*")
_ISO = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?:[T ].*)?")
_YEAR = "([0-9]{4}|[0-9]{2})"
_WEEKDAY = r"(?:[^\W\d_]+\.?,?\s+)?"
_DOTS = re.compile(rf"{_WEEKDAY}([0-9]{{1,2}})\.([0-9]{{1,2}})\.{_YEAR}(?:\s.*)?")
_SLASHES = re.compile(rf"{_WEEKDAY}([0-9]{{1,2}})/([0-9]{{1,2}})/{_YEAR}(?:\s.*)?")
_LEVEL = re.compile(r"[0-9]{1,3}")
_NUMBER = re.compile(r"[a-z]{0,8}[0-9]{0,9}(\.[0-9]{1,9}){0,50}")
_ZEROS = re.compile(r"(?:\.0+)+$")
#: Blanks of one level of indented names at least, those that a tab stands for, and the most.
_STEP, _TAB, _DEEPEST = 2, 4, 900
_MONTHS = 12
_CENTURY = 2000
_SIGNS: Mapping[Measure, str] = {"working": "d", "elapsed": "ed", "percent": "%"}


def nothing(text: str) -> bool:
    """Tell whether a cell holds no value: it is empty, a dash, or says NA or none."""
    word = text.strip().casefold()
    return word in _NOTHING or _DASHES.fullmatch(word) is not None


def hours(text: str) -> float | Message:
    """Read an amount of work in hours: ``40 hrs``, ``5 days``; a number alone is hours."""
    read = days(text)
    if isinstance(read, Message) or re.fullmatch(r"[0-9.,\s]+\??", text):
        return read
    return read * HOURS_A_DAY


def yes_or_no(text: str) -> bool | Message:
    """Read whether a task is a milestone; an empty cell is no."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO or nothing(word):
        return False
    return Message(N_("It should be yes or no."))


def month_first(texts: Iterable[str]) -> bool | None:
    """Tell from a list's dates whether the month stands first between slashes: ``11/20/26``.

    Returns
    -------
    bool or None
        ``None`` where every date could be read both ways, or where they contradict each other.
    """
    found = {
        int(match[1]) <= _MONTHS
        for text in texts
        if (match := _SLASHES.fullmatch(text.strip()))
        and (int(match[1]) > _MONTHS) != (int(match[2]) > _MONTHS)
    }
    return found.pop() if len(found) == 1 else None


def day(text: str, *, first: bool | None = None) -> str | Message:
    """Read a day: ``2026-11-20``, ``20.11.2026``, ``20-Nov-26``, ``Fri 20/11/2026 17:00``.

    Between slashes, the month may be the first or the second number: what could be both is refused
    unless ``first`` says whether it is the month, see `month_first`. Of years two figures do:
    project programs leave the century out (``Fri 20.11.26``).

    Returns
    -------
    str or Message
        As ISO 8601 writes it, or why it cannot be read.
    """
    text = text.strip()
    if named := named_day(text):
        return named.isoformat()
    if match := _ISO.fullmatch(text):
        parts = (match[1], match[3], match[4])
    elif match := _DOTS.fullmatch(text):
        parts = (match[3], match[2], match[1])
    elif match := _SLASHES.fullmatch(text):
        one, two = int(match[1]), int(match[2])
        if one <= _MONTHS and two <= _MONTHS and one != two and first is None:
            return Message(N_("Day and month could be either; write it as 2026-11-20."))
        american = two > _MONTHS or (first is True and one <= _MONTHS)
        parts = (match[3], *((match[1], match[2]) if american else (match[2], match[1])))
    else:
        return Message(N_("It should be a date such as 2026-11-20."))
    try:
        year, month, day_of_month = map(int, parts)
        whole = year if len(parts[0]) == len("2026") else _CENTURY + year
        return date(whole, month, day_of_month).isoformat()
    except ValueError:
        return Message(N_("It should be a date such as 2026-11-20."))


def parents_by_level(levels: Iterable[str]) -> list[int | None]:
    """Give the place of each task's summary task, by how far each is indented.

    A task belongs to the last one before it that is indented less. A cell that holds no level
    leaves its task without a summary task.
    """
    above: list[tuple[int, int]] = []
    found: list[int | None] = []
    for place, text in enumerate(levels):
        if not _LEVEL.fullmatch(text.strip()):
            found.append(None)
            continue
        level = int(text)
        while above and above[-1][0] >= level:
            above.pop()
        found.append(above[-1][1] if above else None)
        above.append((level, place))
    return found


def parents_by_number(numbers: Sequence[str]) -> list[int | None]:
    """Give the place of each task's summary task by outline numbers: that of 1.2.3 is 1.2.

    Where there is no 1, 1.0 counts as it. A number that stands twice names no summary task, as
    the codes of groups do.
    """
    plain = [text.strip().rstrip(".").casefold() for text in numbers]
    plain = [short if (short := _ZEROS.sub("", text)) not in plain else text for text in plain]
    often = Counter(plain)
    places = {text: place for place, text in enumerate(plain) if often[text] == 1}
    heads = (text.rpartition(".")[0] if _NUMBER.fullmatch(text) else "" for text in plain)
    return [places.get(head) if head else None for head in heads]


def indents(names: Sequence[str]) -> list[str]:
    """Give how far names are indented, in blanks; one blank more or less is a slip of somebody."""
    lines = [name.replace("\t", " " * _TAB) for name in names]
    blanks = [len(line) - len(line.lstrip()) for line in lines]
    return [str(min(b, _DEEPEST) // _STEP) for b in blanks]


def marked_levels(marks: Sequence[str]) -> list[str]:
    """Give levels where a list only marks its summary tasks: those below each are its parts.

    A summary task directly below another is within it, and so are those that follow.
    """
    depth, above = 0, False
    found = []
    for text in marks:
        marked = yes_or_no(text) is True
        depth += marked and above
        found.append(str(depth if marked else depth + 1))
        above = marked
    return found


def written_days(number: float) -> str:
    """Write a number of days or hours as it is read again."""
    return str(int(number)) if number == int(number) else str(round(number, 6))


def written_link(link: Dependency) -> str:
    """Write a dependency as `dependencies` reads it: ``T2``, ``T2SS+1d``, ``T2FS+50%``."""
    return link.predecessor + ("" if plain_link(link) else f"{link.relation}{written_lag(link)}")


def plain_link(link: Dependency) -> bool:
    """Tell whether a dependency is the usual one, finish to start without a lag."""
    return link.relation == "FS" and not link.lag


def written_lag(link: Dependency) -> str:
    """Write a lag with its sign and unit, "" for none: ``+1d``, ``-2ed``, ``+50%``."""
    if not link.lag:
        return ""
    sign = "+" if link.lag > 0 else "-"
    return f"{sign}{written_days(abs(link.lag))}{_SIGNS[link.measure]}"


def written_who(who: Assignment) -> str:
    """Write an assignment as `assignments` reads it: ``Board``, ``Anna 50 %``."""
    full = 100
    return who.resource if who.share == full else f"{who.resource} {written_days(who.share)} %"
