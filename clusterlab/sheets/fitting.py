"""What fits into a workbook: names of sheets, numbers, days, texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

#: Characters that a cell holds, as UTF-16 counts them.
CELL = 32_767
#: Before it, Excel's calendar is wrong.
FIRST_DAY = date(1900, 3, 1)
#: When a workbook was made whose bytes must not depend on the clock.
NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no zones
_DIGITS = 15  # that a number in a workbook keeps
_WHOLE = 1_000_000_000_000_000  # from which on a whole number has more
_NAME = 31
_LEAST = 8  # characters of a title that one can still guess
_ODD = re.compile("[\ud800-\udfff\ufffe\uffff]")  # that no workbook can hold
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # that only a cell can hold


def length(text: str) -> int:
    """Count as UTF-16 does; short texts need no counting."""
    return len(text) if len(text) * 2 < CELL else len(text.encode("utf-16-le", "replace")) // 2


def keeps(number: float) -> bool:
    """Tell whether a workbook keeps all digits of a number; else it is written as text."""
    if isinstance(number, int):
        return abs(number) < _WHOLE
    try:
        return float(f"{number:.{_DIGITS + 1}G}") == number and abs(number) < _WHOLE
    except OverflowError:
        return False


def possible(text: str) -> str:
    """Replace what no workbook can hold."""
    return text if text.isascii() else _ODD.sub("\N{REPLACEMENT CHARACTER}", text)


def outside(text: str) -> str:
    """Replace what a workbook can hold nowhere but in a cell."""
    text = possible(text)
    return text if text.isprintable() else _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def cut(text: str, most: int) -> str:
    """Give as much of a text as has room, as UTF-16 counts it, and never half a character."""
    while len(text) * 2 > most and len(text.encode("utf-16-le", "surrogatepass")) // 2 > most:
        text = text[: min(len(text) - 1, most)]
    return text


def sheet_names() -> Callable[[str], str]:
    """Give a function that makes names Excel takes.

    They are short, without signs of its own, and different in any case.
    """
    taken = {"history"}

    def name_of(raw: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", possible(raw)).strip(" '") or "Sheet"
        name, count = _shortened(plain, _NAME), 1
        while name.casefold() in taken:
            count += 1
            end = f" {count}"
            name = _shortened(plain, _NAME - len(end)) + end
        taken.add(name.casefold())
        return name

    return name_of


def sheet_name(title: str, subtitle: str = "") -> str:
    """Give the name of a sheet: of a long title only as much as leaves room for what is below."""
    room = _NAME - len(subtitle) - 1
    return f"{title[:room].rstrip()} {subtitle}" if subtitle and room >= _LEAST else title


def _shortened(text: str, most: int) -> str:
    return cut(text, most).strip(" '") or "Sheet"
