"""What people may enter in a note: each value typed, cleaned and within its bounds."""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from clusterlab.errors import N_, Message, UnknownNameError, UsageError
from clusterlab.model.kind import CanvasKind, Field
from clusterlab.model.text import clean, one_line

#: What every note may carry besides the fields of its kind.
COMMON = frozenset({"text", "tags", "group", "source", "reading", "language"})

_TAGS = 20
_TAG_LENGTH = 60
_WHOLE = 2**53  # up to which every program keeps whole numbers exactly
_SHOWN = 80


def entered(kind: CanvasKind, values: Mapping[str, Any], limit: int) -> dict[str, Any]:
    """Check and clean the fields of a note that somebody sets.

    Parameters
    ----------
    kind
        The canvas's.
    values
        By field; ``None`` or "" takes a field away. ``text`` may be empty here: where a note
        needs one is for the caller to say.
    limit
        Characters of one text.

    Returns
    -------
    dict
        The same fields; what takes one away is ``None``.

    Raises
    ------
    UnknownNameError
        Where the kind has no such field.
    UsageError
        Where a value does not fit; says what was expected.
    """
    fields = {f.id: f for f in kind.fields}
    taken: dict[str, Any] = {}
    for name, value in values.items():
        if name == "tags":
            taken[name] = _tags(value)
        elif name in fields:
            taken[name] = _typed(fields[name], value, limit)
        elif name in COMMON:
            taken[name] = _text(value, limit)
        else:
            raise UnknownNameError(what=N_("field"), came=name, known=[*fields, *sorted(COMMON)])
    return taken


def _text(value: Any, limit: int) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float) or _is_huge(value):
        raise UsageError(N_("A text should be here, but “{came}” came."), came=_shown(value))
    text = clean(value) if isinstance(value, str) else str(value)
    if len(text) > limit:
        raise UsageError(
            N_("The text has {came} characters; {limit} are allowed."), came=len(text), limit=limit
        )
    return text or None


def _tags(value: Any) -> tuple[str, ...] | None:
    given = (value,) if isinstance(value, str) else value
    if given is None:
        return None
    words = isinstance(given, list | tuple) and all(isinstance(t, str | int) for t in given)
    if not words or any(map(_is_huge, given)):
        raise UsageError(N_("Tags are a list of words, but “{came}” came."), came=_shown(value))
    tags = dict.fromkeys(one_line(str(tag))[:_TAG_LENGTH] for tag in given)
    tags.pop("", None)
    if len(tags) > _TAGS:
        raise UsageError(N_("A note has at most {limit} tags."), limit=_TAGS)
    return tuple(tags) or None


def _typed(field: Field, value: Any, limit: int) -> Any:
    if field.type == "text" or isinstance(value, str):
        value = _text(value, limit)
    if value is None or field.type == "text":
        return value
    if not fits(field, value):
        raise UsageError(
            N_("“{field}” should be {expected}, but is “{came}”."),
            field=Message(field.label),
            expected=expected(field),
            came=_shown(value),
        )
    return int(value) if field.type == "integer" else value


def _is_huge(value: Any) -> bool:
    """Tell whether a number has more digits than Python puts into words."""
    return isinstance(value, int) and not -(_WHOLE**2) < value < _WHOLE**2


def _shown(value: Any) -> str:
    """Give the beginning of what came; nothing that a page sends stops this."""
    if isinstance(value, str):
        return value[:_SHOWN]
    try:
        return reprlib.repr(value)[:_SHOWN]
    except ValueError:  # too many digits
        return type(value).__name__


def _is_number(field: Field, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low = -_WHOLE if field.minimum is None else field.minimum
    high = _WHOLE if field.maximum is None else field.maximum
    if not low <= value <= high:  # not a number is in no range
        return False
    return field.type != "integer" or float(value).is_integer()


def _is_day(_: Field, value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_choice(field: Field, value: Any) -> bool:
    return isinstance(value, str) and value in {choice.id for choice in field.choices}


_CHECKS: dict[str, Callable[[Field, Any], bool]] = {
    "choice": _is_choice,
    "integer": _is_number,
    "number": _is_number,
    "date": _is_day,
}


def fits(field: Field, value: Any) -> bool:
    """Tell whether a value that is there is one of its field's type and within its bounds."""
    check = _CHECKS.get(field.type)
    return isinstance(value, str) if check is None else check(field, value)


def expected(field: Field) -> Message:
    """Say what a field takes, for refusals."""
    low, high = field.minimum, field.maximum
    match field.type:
        case "choice":
            names = ", ".join(choice.id for choice in field.choices)
            return Message(N_("one of: {names}"), {"names": names})
        case "date":
            return Message(N_("a date such as 2026-11-20"))
        case "integer":
            plain = N_("a whole number such as 3")
            both = N_("a whole number from {minimum} to {maximum}")
        case _:
            plain = N_("a number such as 12.5, without separators between thousands")
            both = N_("a number from {minimum} to {maximum}")
    if low is not None and high is not None:
        return Message(both, {"minimum": low, "maximum": high})
    if low is not None:
        return Message(N_("a number of at least {minimum}"), {"minimum": low})
    if high is not None:
        return Message(N_("a number of at most {maximum}"), {"maximum": high})
    return Message(plain)
