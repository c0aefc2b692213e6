"""Months by their names, in the languages of the workshops."""

from __future__ import annotations

import re
from datetime import date

_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januar februar marts april maj juni juli august september oktober november december",
    (
        "január február március április május június július augusztus szeptember október november "
        "december"
    ),
    (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
        "listopada grudnia"
    ),
    (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
        "syyskuuta lokakuuta marraskuuta joulukuuta"
    ),
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
)
_MONTHS = tuple((name, number) for names in _NAMES for number, name in enumerate(names.split(), 1))
_MONTHS += (("sept", 9), ("mrz", 3))
_LEAST = 3  # letters of a name that is cut off
_CENTURY = 2000
_WORD = r"([^\W\d_]{3,})\.?"
_YEAR = "([0-9]{4}|[0-9]{2})"
_WEEKDAY = r"(?:[^\W\d_]+\.?,?\s+)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}([0-9]{{1,2}})(?:\.|st|nd|rd|th|er|º)?[\s-]*(?:de\s+)?{_WORD}[\s,-]*(?:de\s+)?{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_WORD}\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}")


def month_of(word: str) -> int | None:
    """Give the number of the month that a name or its beginning means; ``None`` for none or two."""
    start = word.casefold().rstrip(".")
    found = {number for name, number in _MONTHS if name.startswith(start)}
    return found.pop() if len(start) >= _LEAST and len(found) == 1 else None


def named_day(text: str) -> date | None:
    """Read a day whose month is a word: ``27 Nov 2026``, ``27-Nov-26``, ``November 27, 2026``.

    Of years two figures do; they are of this century.
    """
    text = " ".join(text.split())
    if match := _DAY_FIRST.fullmatch(text):
        day, word, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        word, day, year = match.groups()
    else:
        return None
    month = month_of(word)
    try:
        whole = int(year) + (0 if len(year) == len("2026") else _CENTURY)
        return date(whole, month, int(day)) if month else None
    except ValueError:
        return None
