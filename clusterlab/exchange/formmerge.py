"""From the rows of a returned form to operations."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clusterlab.errors import N_, Message, Refusal
from clusterlab.exchange.forms import FormColumn, FormSheet
from clusterlab.exchange.merging import same
from clusterlab.exchange.names import Places
from clusterlab.exchange.refused import Refused, short, unknown
from clusterlab.exchange.returned import Line, differs, named, refusal
from clusterlab.exchange.rows import Reading
from clusterlab.exchange.stamp import Stamp
from clusterlab.exchange.standing import Standing
from clusterlab.methods import forest
from clusterlab.methods.tasklist import day
from clusterlab.model import BoardId, Note, Operation, derived_id
from clusterlab.workshop import Folder


@dataclass(slots=True)
class _Brought:
    """What returned copies of a form have brought of a note already."""

    values: set[tuple[str, str]] = field(default_factory=set)
    places: set[tuple[str, str]] = field(default_factory=set)
    links: set[tuple[str, str]] = field(default_factory=set)
    deleted: bool = False


@dataclass(slots=True)
class _Wishes:
    """What a row says: values, place, and what it refers to; ``None`` where it says nothing.

    Where a part of what it refers to was refused, `all_links` is false: the rest may add links,
    but that a link is missing among them says nothing.
    """

    values: dict[str, Any] = field(default_factory=dict)
    place: tuple[str, str] | None = None
    links: tuple[str, ...] | None = None
    all_links: bool = True


class FormMerge:
    """Turns the rows of one returned form into operations.

    Parameters
    ----------
    folder, standing
        The workshop, and what is in its journal of the form's cluster.
    stamp, file
        Which form it is, and the file's name.
    actor, time
        Who did it, and when ("" for the journal's clock).
    """

    def __init__(
        self, folder: Folder, standing: Standing, stamp: Stamp, file: str, *, actor: str, time: str
    ) -> None:
        self._standing, self._stamp, self._file = standing, stamp, file
        self._workshop = folder.settings.id
        self._actor, self._time = actor, time
        self._reading = Reading(folder, standing, file, stamp.cluster)
        self._places = Places(folder, stamp.cluster)
        self._ordinals: Counter[tuple[str, ...]] = Counter()
        self._sheet: FormSheet
        self._title = ""
        self._earlier: dict[tuple[BoardId, str], list[str]] = {}
        for operation in standing.added_by(stamp.form):
            place = (operation.board.sheet, str(operation.payload.get("row", "")))
            self._earlier.setdefault(place, []).append(operation.note)
        self.operations: list[Operation] = []
        self.refusals: list[Refusal] = []
        self.notices: list[Message] = []
        self.taken = self.changed = self.deleted = self.unchanged = 0
        self.beside = self.kept = 0

    def on(self, sheet: FormSheet, title: str) -> None:
        """Go on with another sheet of the form, as it is called now."""
        self._sheet, self._title = sheet, title

    def told(self) -> tuple[Message, ...]:
        """Give what a person should know besides the refusals."""
        counted = (
            (
                self.beside,
                N_(
                    "Cells that somebody else has changed since the form was written: {count}. "
                    "Both values are kept; decide on the canvas."
                ),
            ),
            (
                self.kept,
                N_(
                    "Rows taken away whose notes somebody has changed since the form was written: "
                    "{count}. They stay, with the wish beside them; decide on the canvas."
                ),
            ),
        )
        said = (Message(text, {"count": count}) for count, text in counted if count)
        return (*self.notices, *said)

    # -- rows --------------------------------------------------------------------------------------

    def change(self, seen: Note, line: Line) -> None:
        """Take what a row says of a note otherwise than the form did."""
        wishes = self._wishes(line, seen)
        now, brought = self._standing.note(seen.id) or seen, self._brought(seen.id)
        values = {
            k: v
            for k, v in wishes.values.items()
            if not same(v, seen.get(k))
            and not same(v, now.get(k))
            and (k, _key(v)) not in brought.values
        }
        steps: list[tuple[str, dict[str, Any]]] = [("edit", {"values": values})] if values else []
        here, place = {(seen.topic, seen.block), (now.topic, now.block)}, wishes.place
        if place and place not in here and place not in brought.places:
            steps.append(("move", {"topic": place[0], "block": place[1]}))
        if wishes.links is not None:
            shown = [t for t in seen.links if t in self._sheet.spoken]
            more = [t for t in wishes.links if t not in shown and t not in now.links]
            less = [t for t in shown if t not in wishes.links and t in now.links]
            less = less if wishes.all_links else []
            links = [*(("link", t) for t in more), *(("unlink", t) for t in less)]
            steps += [(k, {"target": t}) for k, t in links if (k, t) not in brought.links]
        self.beside += sum(not same(now.get(k), seen.get(k)) for k in values)
        base = list(seen.heads)
        for kind, payload in steps:
            base = [self._do(kind, seen.topic, {"note": seen.id, "base": base, **payload})]
        self._count(bool(steps))

    def is_gone(self, seen: Note) -> bool:
        """Tell whether a note is deleted, or a returned copy of the form has deleted it before."""
        now = self._standing.note(seen.id)
        return now is None or now.deleted or self._brought(seen.id).deleted

    def delete(self, seen: Note) -> None:
        """Take a note away."""
        now = self._standing.note(seen.id)
        self.kept += now is not None and now.heads != seen.heads
        self._do("delete", seen.topic, {"note": seen.id, "base": list(seen.heads)})
        self.deleted += 1

    def add(self, line: Line) -> None:
        """Take a row that stands for no note of the form."""
        count = len(self.refusals)
        wishes = self._wishes(line, None)
        text = wishes.values.get("text")
        if not text:
            if len(self.refusals) == count:
                message = Message(N_("The text is empty; a note needs a text."))
                self._refuse(line, self._column("text"), message)
            return
        if wishes.place is None:
            return
        topic, block = wishes.place
        place = (self._sheet.name, line.tag, topic, block, text)
        self._ordinals[place] += 1
        number = self._ordinals[place]
        stamp = self._stamp
        note = derived_id("form", self._workshop, stamp.cluster, stamp.form, *place, number)
        known = self._standing.note(note)
        if known is None:
            self._add(note, wishes, line)
        elif self._standing.shows(note):
            self._again(known, wishes)
        else:
            self._count(changed=False)

    def _add(self, note: str, wishes: _Wishes, line: Line) -> None:
        topic, block = wishes.place or ("", "")
        payload: dict[str, Any] = {
            "note": note,
            "topic": topic,
            "block": block,
            "values": {k: v for k, v in wishes.values.items() if v is not None},
        }
        if wishes.links:
            payload["links"] = list(wishes.links)
        letter = next((b.letter for b in self._sheet.kind.blocks if b.id == block), "")
        self._tell_earlier(line)
        self._do("add", topic, payload, row=line.tag, letter=letter)
        self.taken += 1

    def _again(self, note: Note, wishes: _Wishes) -> None:
        """Take what a later copy of the form says more of a note that an earlier one added."""
        brought = self._brought(note.id)
        values = {
            k: v
            for k, v in wishes.values.items()
            if v is not None and not same(v, note.get(k)) and (k, _key(v)) not in brought.values
        }
        links = [t for t in wishes.links or () if t not in note.links]
        links = [t for t in links if ("link", t) not in brought.links]
        if values:
            self._do("edit", note.topic, {"note": note.id, "base": [], "values": values})
        for target in links:
            self._do("link", note.topic, {"note": note.id, "base": [], "target": target})
        self._count(bool(values or links))

    def _tell_earlier(self, line: Line) -> None:
        """Say that an earlier copy of the form has something else in the same empty row."""
        place = (self._sheet.board, line.tag)
        found = (self._standing.note(i) for i in self._earlier.get(place, ()) if line.tag)
        notes = [note for note in found if note and self._standing.shows(note.id)]
        if notes:
            text = N_(
                "{place}, row {row}: in this row an earlier copy of the form has {spoken} “{text}”."
                " Both are kept; delete one of them if they mean the same."
            )
            fields = {"place": f"{self._file}, {self._title}", "row": str(line.number)}
            first = {"spoken": notes[0].spoken, "text": short(notes[0].text)}
            self.notices.append(Message(text, {**fields, **first}))

    # -- cells -------------------------------------------------------------------------------------

    def _wishes(self, line: Line, seen: Note | None) -> _Wishes:
        """Read the cells of a row that say something else than the form; refuse single ones."""
        wishes = _Wishes()
        placed = False
        for column in self._sheet.columns:
            cell = line.cells.get(column.name)
            changed = seen is None or differs(self._sheet, column, line, seen)
            if cell is None or column.name == "spoken" or not changed:
                continue
            if column.name in {"topic", "block"}:
                placed = True
                continue
            if isinstance(cell, Message):
                self._refuse(line, column, cell)
                continue
            try:
                if column.name == "links":
                    count = len(self.refusals)
                    wishes.links = self._links(line, column, cell)
                    wishes.all_links = len(self.refusals) == count
                else:
                    wishes.values[column.key] = self._value(column, cell)
            except Refused as refused:
                self._refuse(line, column, refused.message)
        if placed or seen is None:
            wishes.place = self._place(line, seen)
        return wishes

    def _value(self, column: FormColumn, cell: str) -> Any:
        text = column.id_of(cell) if column.choices else cell
        if column.field is not None and column.field.type == "date" and text.strip():
            found = day(text)
            text = found if isinstance(found, str) else text
        try:
            return self._reading.value(self._sheet.kind, column.key, column.name, text)
        except Refused as refused:
            if not column.choices:
                raise
            raise Refused(column.name, _choose(column, cell)) from refused

    def _place(self, line: Line, seen: Note | None) -> tuple[str, str] | None:
        board = self._sheet.board
        cells = {"cluster": board.cluster, "canvas": board.canvas, "version": board.version}
        for name, before in (("topic", seen.topic if seen else ""),
                             ("block", seen.block if seen else "")):  # fmt: skip
            column = next((c for c in self._sheet.columns if c.name == name), None)
            cell = line.cells.get(name) if column else None
            if column is None or cell is None:
                cells[name] = before
            elif isinstance(cell, Message):
                self._refuse(line, column, cell)
                return None
            elif seen and not differs(self._sheet, column, line, seen):
                cells[name] = before
            else:
                cells[name] = column.id_of(" ".join(cell.split()))
        try:
            found, block = self._places.find(cells)
        except Refused as refused:
            column = self._column(refused.column)
            cell = line.text(column.name)
            message = _choose(column, cell) if column.choices else refused.message
            self._refuse(line, column, message)
            return None
        return found.topic, block

    def _links(self, line: Line, column: FormColumn, cell: str) -> tuple[str, ...]:
        """Find the notes that a cell names by their numbers; those that it cannot are refused."""
        spoken = {name.upper(): i for i, name in self._sheet.spoken.items()}
        found: dict[str, None] = {}
        for name in filter(None, re.split(r"[\s,;/]+", cell)):
            if target := spoken.get(name.upper()) or self._by_place(name):
                found[target] = None
            else:
                wrong = unknown("links", N_("note"), name, self._sheet.spoken.values())
                self._refuse(line, column, wrong.message)
        return tuple(found)

    def _by_place(self, name: str) -> str:
        """Find the note that a name means by its place in a tree, such as G1.2, as it stands."""
        shown = self._sheet.spoken
        sheets = dict.fromkeys(map(self._standing.where.get, shown)) if "." in name else {}
        boards = (self._standing.boards[sheet] for sheet in sheets if sheet)
        found = filter(None, (forest(board).find(name) for board in boards))
        return next((b.note.id for b in found if b.note.id in shown), "")

    def _column(self, name: str) -> FormColumn:
        columns = self._sheet.columns
        return next((c for c in columns if c.name == name), FormColumn(name, "", name))

    def refuse_row(self, line: Line, message: Message) -> None:
        """Refuse a whole row."""
        self.refusals.append(Refusal(message, self._file, self._title, line.number))

    def _refuse(self, line: Line, column: FormColumn, message: Message) -> None:
        told = named(message, column)
        self.refusals.append(refusal(line, column, told, self._file, self._title))

    # -- operations --------------------------------------------------------------------------------

    def _brought(self, note: str) -> _Brought:
        found = _Brought()
        for operation in self._standing.about(note):
            payload: Mapping[str, Any] = operation.payload
            if payload.get("form") != self._stamp.form:
                continue
            values = payload.get("values")
            if isinstance(values, Mapping):
                found.values |= {(k, _key(v)) for k, v in values.items()}
            if operation.kind in {"link", "unlink"}:
                found.links.add((operation.kind, str(payload.get("target"))))
            if operation.kind == "add":
                found.links |= {("link", str(t)) for t in payload.get("links") or ()}
            if operation.kind in {"add", "move"}:
                found.places.add((str(payload.get("topic")), str(payload.get("block"))))
            found.deleted = found.deleted or operation.kind == "delete"
        return found

    def _count(self, changed: bool) -> None:  # noqa: FBT001 - there is nothing else to say
        self.changed += changed
        self.unchanged += not changed

    def _do(self, kind: str, topic: str, payload: dict[str, Any], **also: str) -> str:
        """Note down an operation; its id says what it does, so that it is done once."""
        board = BoardId(*self._place_of(), topic)
        content = json.dumps({**payload, "form": self._stamp.form}, sort_keys=True)
        identity = derived_id(kind, board.cluster, board.canvas, board.version, content)
        whole = {**payload, "form": self._stamp.form, **also}
        self.operations.append(
            Operation(board, kind, whole, self._actor, identity, time=self._time)
        )
        return identity

    def _place_of(self) -> tuple[str, str, str]:
        board = self._sheet.board
        return board.cluster, board.canvas, board.version


def _choose(column: FormColumn, came: str) -> Message:
    """Say what may be chosen, as people see it."""
    names = [label for _, label in column.choices]
    if not came.strip():
        text = N_("Nothing is chosen here; choose one of: {names}.")
        return Message(text, {"names": "; ".join(names)})
    return unknown(column.name, column.label, short(came), names).message


def _key(value: Any) -> str:
    """Give what is the same for equal values, whether they come from a cell or the journal."""
    return json.dumps(value, sort_keys=True, default=str)
