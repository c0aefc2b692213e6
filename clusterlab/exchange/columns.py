"""The columns of the tidy notes table, and what of a note each of them holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clusterlab.errors import N_, Message, nearest
from clusterlab.model import CanvasKind, one_line
from clusterlab.sheets import Sheet

#: Always there, in this order.
FIRST = (
    "cluster", "canvas", "version", "topic", "block", "text", "id", "spoken", "order", "author",
)  # fmt: skip

#: There where a note uses them.
COMMON = ("tags", "group", "links", "language", "source", "reading")

#: What a saved page says of itself: what of a note it had seen, which copy of the page it is and
#: how much had been done on it, below which note one was laid. They stand in no export.
SEEN, COPY, ABOVE = "page:seen", "page:copy", "page:above"

#: Before the name of a value that is no field of its note's canvas kind.
MORE = "field:"

_EVERY_NOTE = frozenset({"text", "tags", "group", "language", "source", "reading"})
_PAGE = (SEEN, COPY, ABOVE)
_NO_VALUE = frozenset({*FIRST, *COMMON, *_PAGE} - _EVERY_NOTE)


def column_of(key: str, kind: CanvasKind | None) -> str:
    """Name the column that holds a value of a note."""
    known = key in _EVERY_NOTE or (kind is not None and any(f.id == key for f in kind.fields))
    return key if known and key not in _NO_VALUE else f"{MORE}{key}"


def key_of(column: str, kind: CanvasKind | None) -> str | None:
    """Name the value that a column holds; ``None`` where notes of the kind have no such value."""
    if column.startswith(MORE):
        return column.removeprefix(MORE)
    return column if column_of(column, kind) == column else None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a sheet is which.

    Parameters
    ----------
    places
        Index of each known column.
    heads
        What stands at its top.
    values
        Those that hold values of notes: text, tags, fields.
    notices
        What was left out.
    """

    places: Mapping[str, int]
    heads: Mapping[str, str]
    values: tuple[str, ...]
    notices: tuple[Message, ...]


def find_columns(sheet: Sheet, kinds: Iterable[CanvasKind], place: str) -> Columns:
    """Match a sheet's header with the columns that are known, in any order and case.

    Parameters
    ----------
    place
        Name of file and sheet, for notices.
    """
    names = _known(kinds)
    places: dict[str, int] = {}
    heads: dict[str, str] = {}
    notices = []
    for index, raw in enumerate(sheet.header):
        head = one_line(raw)[:80]
        name = head if head.startswith(MORE) else names.get(plain(head), "")
        if name in places:
            text = N_("{place}: the column “{came}” stands twice; the second one was left out.")
            notices.append(Message(text, {"place": place, "came": head}))
        elif name:
            places[name], heads[name] = index, head
        elif head:
            text = N_("{place}: the column “{came}” is not known and was left out. {hint}")
            hint = nearest(plain(head), dict.fromkeys(names.values()))
            notices.append(Message(text, {"place": place, "came": head, "hint": hint}))
        elif any(cells[index] for _, cells in sheet.rows):
            text = N_("{place}: column {number} has no name in its first row and was left out.")
            notices.append(Message(text, {"place": place, "number": index + 1}))
    values = tuple(name for name in places if name not in _NO_VALUE)
    return Columns(places, heads, values, tuple(notices))


def _known(kinds: Iterable[CanvasKind]) -> dict[str, str]:
    """Give column names by what may stand in a header: names first, then labels of fields."""
    names = {name: name for name in (*FIRST, *COMMON, *_PAGE)}
    fields = [field for kind in kinds for field in kind.fields if field.id not in _NO_VALUE]
    names |= {field.id: field.id for field in fields}
    labels: dict[str, set[str]] = {}
    for field in fields:
        labels.setdefault(plain(field.label), set()).add(field.id)
    sure = {label: next(iter(ids)) for label, ids in labels.items() if len(ids) == 1}
    return sure | names


def plain(head: str) -> str:
    """Give what is the same for spellings of a header that differ in case, blanks or dashes."""
    return re.sub(r"[\s_-]+", "-", head.casefold())
