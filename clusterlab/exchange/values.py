"""Values of a note's fields, from cells and into cells."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.exchange.refused import Refused, short
from clusterlab.exchange.tags import join_tags
from clusterlab.model import CanvasKind, Field, expected
from clusterlab.sheets import Value

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,(\d{1,2}|\d{4,})")
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EXACT = 2**53  # up to which floats tell whole numbers apart
_DIGITS = 40
_WHOLE = 2**63  # up to which whole numbers can be kept


def parse(field: Field, column: str, text: str, label: Callable[[str], str]) -> Any:
    """Read a field's value from a cell's text.

    Parameters
    ----------
    field
        What it is to be.
    column
        Where it stands, for the refusal.
    text
        Not empty.
    label
        Gives a label in the language of the workshop.

    Raises
    ------
    Refused
        Where it does not fit the field; says what was expected.
    """
    value: Any
    match field.type:
        case "choice":
            value = _choice(field, text, label)
        case "integer" | "number":
            value = _number(field, text)
        case "date":
            value = text if _is_day(text) else None
        case _:
            value = text
    if value is None:
        message = N_("“{column}” should be {expected}, but is “{came}”.")
        fields = {"column": column, "expected": expected(field), "came": short(text)}
        raise Refused(column, Message(message, fields))
    return value


def _choice(field: Field, text: str, label: Callable[[str], str]) -> str | None:
    wanted = text.casefold()
    for name in (lambda c: c.id, lambda c: c.label, lambda c: label(c.label)):
        for choice in field.choices:
            if name(choice).casefold() == wanted:
                return choice.id
    return None


def _number(field: Field, text: str) -> float | None:
    number = number_in(text)
    if number is None or (field.type == "integer" and not isinstance(number, int)):
        return None
    low, high = field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        return None
    return number


def number_in(text: str) -> float | None:
    """Read a number, whole where it is whole; ``None`` where the text is none or could be two.

    “1,5” is one and a half, “1 250” is a thousand and more, “1,250” could be either.
    """
    text = _GROUPED.sub("", text)
    if _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return None
    if text.lstrip("+-").isdigit():
        return int(text) if len(text) <= _DIGITS and abs(int(text)) < _WHOLE else None
    number = float(text)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def cell_of(key: str, value: Any, kind: CanvasKind | None) -> Value:
    """Give what a table shows of a note's value."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, str):
        types = {f.id: f.type for f in kind.fields} if kind else {}
        return date.fromisoformat(value) if types.get(key) == "date" and _is_day(value) else value
    if isinstance(value, int | float):
        return value
    if isinstance(value, Iterable) and all(isinstance(v, str) for v in value):
        return join_tags(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
