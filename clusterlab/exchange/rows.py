"""Reading the rows of a notes table: what each of them says, or why it cannot be taken."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from clusterlab.errors import N_, Message, Refusal
from clusterlab.exchange.columns import ABOVE, COPY, MORE, SEEN, Columns, key_of
from clusterlab.exchange.names import Places
from clusterlab.exchange.refused import Refused, short, too_many_cells
from clusterlab.exchange.standing import Standing
from clusterlab.exchange.tags import split_tags
from clusterlab.exchange.values import cell_of, number_in, parse
from clusterlab.model import BoardId, CanvasKind, Note, clean, derived_id, is_uuid, one_line
from clusterlab.sheets import Cell, Sheet, as_text
from clusterlab.workshop import Folder

_KEY = 200  # characters of an id or a name
_SAID = re.compile(r"([A-Za-z]+[0-9]+)([A-Za-z]*)")
_ID_LINES = ("cluster", "canvas", "version", "topic", "block", "id", "spoken", "order", "author")


@dataclass(frozen=True, slots=True)
class Page:
    """What a row of a saved page says of the page.

    Parameters
    ----------
    seen
        Heads of the note when the page was made; none for a note that was added on it.
    copy
        UUID of the copy of the page on which somebody wrote; "" where it is not said.
    step
        How much had been done on that copy: a file with a smaller one is older.
    above
        Id of the note below which it was laid, "" for the top; ``None`` where nobody moved it.
    """

    seen: tuple[str, ...]
    copy: str
    step: int
    above: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says.

    Parameters
    ----------
    sheet, number, heads
        Where it stands, and what its columns are called there.
    board, block
        Where its note belongs; the board names the topic.
    note
        Id of its note.
    key
        What stands in its column ``id``.
    values
        Values by name; ``None`` where a column is there and its cell is empty.
    links
        What its note refers to, as written; ``None`` where there is no such column.
    order
        Its wish for a place in the block.
    author, spoken
        As written.
    page
        Where the row comes from a saved page.
    """

    sheet: str
    number: int
    heads: Mapping[str, str]
    board: BoardId
    block: str
    note: str
    key: str
    values: Mapping[str, Any]
    links: tuple[str, ...] | None
    order: float
    author: str
    spoken: str
    page: Page | None = None


class Reading:
    """Reads the rows of one file.

    Parameters
    ----------
    folder
        The workshop.
    standing
        What is in its journal.
    file
        Name of the file.
    cluster
        Id of the cluster that is meant where a row names none, or "".
    """

    def __init__(self, folder: Folder, standing: Standing, file: str, cluster: str = "") -> None:
        self._folder, self._standing, self._file = folder, standing, file
        self._places = Places(folder, cluster)
        self._label = folder.language().gettext
        self._ordinals: Counter[str] = Counter()
        self._seen: dict[str, tuple[str, int]] = {}
        self.rows: list[Row] = []
        self.refusals: list[Refusal] = []
        self.refused: dict[str, int] = {}
        self.cleaned = 0

    def read(self, sheet: Sheet, columns: Columns) -> None:
        """Read a sheet; what cannot be taken is among ``refusals`` afterwards."""
        self.cleaned += sheet.dropped
        for number, message in sheet.faults:
            self.refusals.append(Refusal(message, self._file, sheet.name, number))
        for number, cells in sheet.rows:
            found = {name: cells[index] for name, index in columns.places.items()}
            if not any(found.values()) and len(cells) <= len(sheet.header):
                continue
            try:
                self._take(sheet, columns, number, cells, found)
            except Refused as refused:
                head = columns.heads.get(refused.column, refused.column)
                place = (self._file, sheet.name, number, head)
                self.refusals.append(Refusal(refused.message, *place))
                if isinstance(key := found.get("id", ""), str) and key:
                    self.refused.setdefault(one_line(key), number)

    def _take(
        self,
        sheet: Sheet,
        columns: Columns,
        number: int,
        cells: tuple[Cell, ...],
        found: Mapping[str, Cell],
    ) -> None:
        if len(cells) > len(sheet.header):
            raise Refused("", too_many_cells(len(cells), len(sheet.header)))
        texts: dict[str, str] = {}
        for name, cell in found.items():
            if isinstance(cell, Message):
                raise Refused(name, cell)
            texts[name] = cell
        self.rows.append(self._row(sheet.name, number, columns, texts))

    def _row(self, sheet: str, number: int, columns: Columns, texts: dict[str, str]) -> Row:
        plain = {name: _line(texts.get(name, "")) for name in _ID_LINES}
        key = _short_enough("id", plain["id"])
        note = self._same(key, plain)
        if note:
            sheet_id = self._standing.where[note.id]
            board = BoardId(sheet_id.cluster, sheet_id.canvas, sheet_id.version, note.topic)
            block = note.block
        else:
            board, block = self._places.find(plain)
        links = _links(texts["links"]) if "links" in texts else None
        identity = self._identity(board, key) if key else ""
        values = self._values(columns, texts, board, self._standing.note(identity))
        if not values.get("text") and not (is_uuid(key) and self._has_field(board, values)):
            raise Refused("text", Message(N_("The text is empty; a note needs a text.")))
        row = Row(
            sheet=sheet,
            number=number,
            heads=columns.heads,
            board=board,
            block=block,
            note=identity or self._derived(board, block, values, links or ()),
            key=key,
            values=values,
            links=links,
            order=_order(plain["order"]),
            author=_short_enough("author", plain["author"]),
            spoken=_as_said(plain["spoken"]),
            page=_page(texts),
        )
        if (first := self._seen.setdefault(row.note, (sheet, number))) != (sheet, number):
            message = N_("The id “{id}” came before, in row {row}; ids must differ.")
            raise Refused("id", Message(message, {"id": short(key), "row": first[1]}))
        return row

    def _same(self, key: str, cells: Mapping[str, str]) -> Note | None:
        """Give the note that a row names, where it is just where the row says.

        So a table that was exported is taken back even where a kind has dropped a block since or a
        cluster has left the roster.
        """
        found = self._standing.note(key) if key else None
        if found is None:
            return None
        sheet = self._standing.where[key]
        place = (sheet.cluster, sheet.canvas, sheet.version, found.topic, found.block)
        said = tuple(cells[name] for name in ("cluster", "canvas", "version", "topic", "block"))
        return found if said == place else None

    def _identity(self, board: BoardId, key: str) -> str:
        """Give the id of the note that an id or key of a table means."""
        known = key if key in self._standing.where else key.lower() if is_uuid(key) else ""
        note = known or derived_id("note", self._folder.settings.id, board.cluster, key)
        if self._standing.where.get(note, board.sheet) != board.sheet:
            message = N_(
                "The id “{id}” belongs to a note on another canvas ({board}). Leave it empty to "
                "add a further note."
            )
            fields = {"id": short(key), "board": Message(str(self._standing.where[note]))}
            if self._standing.where[note].cluster != board.cluster:
                fields["board"] = Message(N_("of another cluster"))
            raise Refused("id", Message(message, fields))
        return note

    def _derived(
        self, board: BoardId, block: str, values: Mapping[str, Any], links: tuple[str, ...]
    ) -> str:
        """Give the id of a row without one: from what it says, and the how manieth that says so."""
        place = (board.cluster, board.canvas, board.version, board.topic, block)
        said = {name: value for name, value in values.items() if value is not None}
        content = json.dumps([place, said, sorted(links)], sort_keys=True)
        self._ordinals[content] += 1
        return derived_id("row", self._folder.settings.id, content, self._ordinals[content])

    def _values(
        self, columns: Columns, texts: Mapping[str, str], board: BoardId, note: Note | None
    ) -> dict[str, Any]:
        kind = self._folder.kinds.get(board.canvas)
        values: dict[str, Any] = {}
        for column in columns.values:
            key, raw = key_of(column, kind), texts[column]
            if key is None:
                if raw.strip():
                    raise _no_field(column, board.canvas)
                continue
            held = note.values.get(key) if note else None
            if held is not None and as_text(cell_of(key, held, kind)) == raw:
                values[key] = held
            else:
                values[key] = self.value(kind, key, column, raw)
        return values

    def value(self, kind: CanvasKind | None, key: str, column: str, raw: str) -> Any:
        """Read a note's value from a cell's text; ``None`` where there is none.

        Raises
        ------
        Refused
            Where it does not fit, or is too long.
        """
        text = raw.strip() if raw.isascii() and raw.isprintable() else clean(raw)
        self.cleaned += _lost(raw, text)
        limit = self._folder.settings.limits.note_length
        if len(text) > limit:
            message = N_("The text has {came} characters; {limit} are allowed.")
            raise Refused(column, Message(message, {"came": len(text), "limit": limit}))
        if key == "tags":
            return split_tags(text) or None
        field = next((f for f in kind.fields if f.id == key), None) if kind else None
        if not text or field is None or column.startswith(MORE):
            return text or None
        return parse(field, column, text, self._label)

    def _has_field(self, board: BoardId, values: Mapping[str, Any]) -> bool:
        """Tell whether a note without a text says something in its fields."""
        kind = self._folder.kinds.get(board.canvas)
        return kind is not None and any(values.get(f.id) is not None for f in kind.fields)


@lru_cache(maxsize=4096)
def _line(text: str) -> str:
    """Put a text on one line; most of them come thousands of times."""
    return one_line(text)


def _short_enough(column: str, text: str) -> str:
    if len(text) > _KEY:
        message = N_("The text has {came} characters; {limit} are allowed.")
        raise Refused(column, Message(message, {"came": len(text), "limit": _KEY}))
    return text


def _links(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, re.split(r"[\s,;]+", clean(text)))))


def _page(texts: Mapping[str, str]) -> Page | None:
    if SEEN not in texts:
        return None
    above = one_line(texts.get(ABOVE, ""))
    found = {"": None, "top": ""}.get(above, above)
    copy, _, step = one_line(texts.get(COPY, "")).partition("/")
    if not is_uuid(copy):
        copy = ""
    return Page(_links(texts[SEEN]), copy, int(number_in(step) or 0), found)


def _order(text: str) -> float:
    number = number_in(text) if text else float("inf")
    if number is None:
        message = N_("“{column}” should be {expected}, but is “{came}”.")
        expected = Message(N_("a number such as 3"))
        fields = {"column": "order", "expected": expected, "came": short(text)}
        raise Refused("order", Message(message, fields))
    return number


def _no_field(column: str, canvas: str) -> Refused:
    message = N_("Notes of the canvas “{canvas}” have no field “{column}”; leave the cell empty.")
    return Refused(column, Message(message, {"canvas": canvas, "column": column}))


def _lost(raw: str, text: str) -> bool:
    """Tell whether cleaning took more than white space."""
    if raw == text or (raw.isascii() and raw.replace("\r", "").replace("\t", "").isprintable()):
        return False
    plain = re.sub("\r\n|[\r\u2028\u2029\x85\x0b\x0c]", "\n", raw).replace("\t", " ")
    return unicodedata.normalize("NFC", plain).strip() != text


def _as_said(spoken: str) -> str:
    """Write a spoken id as boards do: S4, and S4b where two copies both gave S4."""
    match = _SAID.fullmatch(spoken.strip())
    return match[1].upper() + match[2].lower() if match else spoken.strip().upper()
