"""What stands in a cell, as text; and the apostrophe that keeps text from running as a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from clusterlab.errors import Message

#: What may be written into a cell.
Value = str | int | float | date | None

#: What was read from a cell: its text, or why it could not be read.
Cell = str | Message

# Signs that make a spreadsheet run what follows, their wide forms among them.
_SIGNS = "=+\\-@\t\r\n＝＋－＠"
_RUNS = re.compile(f"'*[{_SIGNS}]")
_GUARDED = re.compile(f"'+[{_SIGNS}]")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


def as_text(value: object) -> str:
    """Give a cell's value as a person would type it: dates in ISO form, whole numbers plain.

    Parameters
    ----------
    value
        Text, number, truth value, date, time or ``None``.
    """
    match value:
        case None | str():
            return value or ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        case datetime():
            return _moment(value)
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _moment(value: datetime) -> str:
    """Excel knows no days, only moments: midnight is a day."""
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run; numbers stay numbers."""
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Take the apostrophe off again that `guarded` put there."""
    return text[1:] if _GUARDED.match(text) else text
