"""Reading notes by the fields of their kind, and saying what cannot be used.

What a single value says, whatever it is, `values` reads.
"""

from __future__ import annotations

import math
import re
import reprlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from clusterlab.errors import N_, Message
from clusterlab.methods.comparison import words_of
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import day_of, number_of
from clusterlab.model import CanvasKind, Field, Note, expected

_SHOWN = 80
#: Said of a note without text where a statement is asked for.
BLANK = N_("{spoken} has no text.")
_KEYWORD = 1
# Not every script has blanks between its words; what parts sentences stands in all.
_APART = re.compile(r"[\s,;:.!?…،。，、；：！？]+")


def field_of(kind: CanvasKind, name: str) -> Field | None:
    """Find a field; a workshop's own kind may lack one that the package's has."""
    for field in kind.fields:
        if field.id == name:
            return field
    return None


def is_empty(value: object) -> bool:
    """Tell whether nothing is said."""
    return value is None or value == "" or (isinstance(value, str) and not value.strip())


def bounded(kind: CanvasKind, note: Note, name: str) -> float | None:
    """Give a number that a note holds, where it is one and within its field's bounds."""
    field, value = field_of(kind, name), number_of(note.get(name))
    if field is None or value is None:
        return None
    low = value if field.minimum is None else field.minimum
    high = value if field.maximum is None else field.maximum
    return value if low <= value <= high else None


def choice_of(kind: CanvasKind, note: Note, name: str) -> str:
    """Give what a note chose, "" where that is none of the field's choices."""
    field, value = field_of(kind, name), note.get(name)
    known = {c.id for c in field.choices} if field else set()
    return value if isinstance(value, str) and value in known else ""


def shown(value: object) -> str:
    """Give a value as text that fits into a sentence; nothing that it holds stops this."""
    if isinstance(value, str):
        return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
    try:
        return reprlib.repr(value)[:_SHOWN]
    except ValueError:  # a number of too many digits
        return type(value).__name__


def mean(numbers: Iterable[float]) -> float | None:
    """Give the arithmetic mean, nothing where there are no numbers.

    Ratings are ordinal; their mean is read as a help for talking, not as a measurement.
    """
    held = list(numbers)
    return math.fsum(held) / len(held) if held else None


def is_keyword(note: Note) -> bool:
    """Tell whether a note is a single word, or nothing at all, so no statement.

    Two words may be a statement: “Energiepreise steigen”. Hyphens and the like make no two:
    “Know-how” and “R&D” are keywords.
    """
    words = (w for w in _APART.split(note.text) if any(map(str.isalnum, w)))
    return len(list(words)) <= _KEYWORD


def same_words(text: str) -> str:
    """Give a text by which those that say the same are equal: case and signs do not count."""
    return " ".join(words_of(text))


def unusable(
    sheet: Sheet, rule: str, source: str, *names: str, days: Container[str] = ()
) -> Iterator[Finding]:
    """Find numbers, choices and dates that are none, or out of their field's bounds.

    Parameters
    ----------
    names
        Fields that are looked at; all of them where none is named.
    days
        Fields that are dates, also where a workshop's own kind has them as text.
    """
    kind, board = sheet.kind, sheet.board
    fields = [f for f in kind.fields if not names or f.id in names]
    fields = [replace(f, type="date") if f.id in days else f for f in fields]
    for note, field in ((note, field) for note in board for field in fields):
        value = note.get(field.id)
        if is_empty(value) or _usable(kind, note, field):
            continue
        yield Finding(
            rule,
            "error",
            board.id,
            Message(
                N_("{spoken}: “{field}” should be {expected}, but is “{came}”."),
                {
                    "spoken": note.spoken,
                    "field": Message(field.label),
                    "expected": expected(field),
                    "came": shown(value),
                },
            ),
            Message(N_("Correct it, or empty the field; until then it does not count.")),
            note=note.spoken,
            source=source,
        )


def _usable(kind: CanvasKind, note: Note, field: Field) -> bool:
    match field.type:
        case "integer" | "number":
            return bounded(kind, note, field.id) is not None
        case "choice":
            return choice_of(kind, note, field.id) != ""
        case "date":
            return day_of(note.get(field.id)) is not None
        case _:
            return True


def missing(
    sheet: Sheet,
    note: Note,
    *names: str,
    rule: str,
    severity: Severity,
    advice: Message,
    source: str,
) -> Iterator[Finding]:
    """Find the fields of a note that say nothing; one finding names them all."""
    fields = [f for f in (field_of(sheet.kind, name) for name in names) if f is not None]
    empty = [Message(f.label) for f in fields if is_empty(note.get(f.id))]
    if empty:
        yield Finding(
            rule,
            severity,
            sheet.board.id,
            Message(
                N_("{spoken} says nothing about: {missing}."),
                {"spoken": note.spoken, "missing": empty},
            ),
            advice,
            note=note.spoken,
            source=source,
        )


def nothing_under(sheet: Sheet, rule: str, severity: Severity, source: str) -> Iterator[Finding]:
    """Find the blocks of a begun board that hold nothing."""
    kind, board = sheet.kind, sheet.board
    for block in kind.blocks if len(board) else ():
        if not board.block(block.id):
            yield Finding(
                rule,
                severity,
                board.id,
                Message(N_("Nothing stands under “{block}”."), {"block": Message(block.label)}),
                Message(block.prompt or N_("Add a note, or say that there is none.")),
                source=source,
            )
