"""What stands in the journal already, as an import needs to see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clusterlab.journal import Journal
from clusterlab.model import Board, BoardId, Note, Operation, in_order
from clusterlab.model.payload import texts

#: Stands in the payload of an operation that a table made, so that a later table may change it.
BY_TABLE = {"by": "table"}

#: What of a note is no field: where it lies, and what it refers to.
PLACE, LINKS = "*place", "*links"


@dataclass(slots=True)
class Past:
    """How a note came to be what it is.

    Parameters
    ----------
    states
        The note after each operation.
    last
        Who had the last word, by field, `PLACE` and `LINKS`: whether it was a table.
    """

    states: list[Note] = field(default_factory=list)
    last: dict[str, bool] = field(default_factory=dict)

    def protects(self, what: str, is_old: Any) -> bool:
        """Tell whether a table's value is one that a person has changed since.

        Parameters
        ----------
        what
            A field's name, `PLACE` or `LINKS`.
        is_old
            Tells of a state whether it holds the table's value.
        """
        return not self.last.get(what, False) and any(map(is_old, self.states))


class Standing:
    """What stands in the journal.

    Parameters
    ----------
    journal
        Is read once, as it is now.
    cluster
        Only what is of this cluster; by default everything.
    """

    def __init__(self, journal: Journal, cluster: str | None = None) -> None:
        self._purged = journal.purged()
        self._operations: dict[BoardId, list[Operation]] = {}
        for operation in journal.read(cluster):
            self._operations.setdefault(operation.board.sheet, []).append(operation)
        self.boards: Mapping[BoardId, Board] = {
            sheet: Board.fold(sheet, found) for sheet, found in self._operations.items()
        }
        self.actors = {o.actor for found in self._operations.values() for o in found}
        self.where: dict[str, BoardId] = {}
        self._shown: set[str] = set()
        for sheet, board in self.boards.items():
            self.where |= dict.fromkeys(board.everything, sheet)
            self._shown.update(note.id for note in board)
        self._of_note: dict[BoardId, dict[str, list[Operation]]] = {}

    def note(self, note: str) -> Note | None:
        """Find a note by its id, also a deleted one."""
        sheet = self.where.get(note)
        return self.boards[sheet].everything[note] if sheet else None

    def shows(self, note: str) -> bool:
        """Tell whether a note is neither deleted nor emptied."""
        return note in self._shown

    def past(self, note: str) -> Past:
        """Give a note's history."""
        board = Board(self.where[note])
        past, before = Past(), Note(note)
        for operation in self._about(note):
            board = board.apply(operation)
            if (state := board.everything.get(note)) is None:
                continue
            past.states.append(state)
            table = operation.payload.get("by") == BY_TABLE["by"]
            past.last |= dict.fromkeys(_changed(before, state), table)
            before = state
        return past

    def linked(self, note: str) -> set[str]:
        """Give every note that a note was ever linked to."""
        return {target for state in self.past(note).states for target in state.links}

    def as_seen(self, note: str, heads: Iterable[str], copy: str) -> Note | None:
        """Give a note as a copy of a page knows it: what it showed, and what was taken from it.

        Parameters
        ----------
        heads
            Of the note when the page was made.
        copy
            Which copy of the page.

        Returns
        -------
        Note or None
            ``None`` where none of it is known here.
        """
        found = self._before(note, heads, copy)
        return Board.fold(self.where[note], found).everything.get(note) if found else None

    def _before(self, note: str, heads: Iterable[str], copy: str) -> list[Operation]:
        """Give what led to these heads of a note, and to what a copy of a page knows of it."""
        about = {operation.id: operation for operation in self._about(note)}
        todo = [i for i in heads if i in about]
        todo += [o.id for o in about.values() if _is_of(o, copy)]
        if not todo:
            return []
        todo += [o.id for o in about.values() if o.kind == "add"][:1]
        known: set[str] = set()
        while todo:
            name = todo.pop()
            if name in about and name not in known:
                known.add(name)
                todo += texts(about[name].payload, "base")
        return [operation for name, operation in about.items() if name in known]

    def emptied_before(self, note: str, heads: Iterable[str]) -> bool:
        """Tell whether words that led to these heads of a note were purged."""
        return any(
            o.kind in {"add", "edit"} and o.actor in self._purged and "values" not in o.payload
            for o in self._before(note, heads, "")
        )

    def seen_at(self, note: str, heads: tuple[str, ...]) -> Note | None:
        """Give a note as it was when these were its heads; ``None`` where they are not known."""
        now = self.note(note)
        if now is None or now.heads == heads:
            return now
        if not {operation.id for operation in self._about(note)}.issuperset(heads):
            return None
        return self.as_seen(note, heads, "")

    def about(self, note: str) -> list[Operation]:
        """Give everything that was done to a note, in order."""
        return self._about(note) if note in self.where else []

    def added_by(self, form: str) -> Iterator[Operation]:
        """Give the additions that returned copies of a form have brought."""
        for operations in self._operations.values():
            for operation in operations:
                if operation.kind == "add" and operation.payload.get("form") == form:
                    yield operation

    def laid(self, note: str, copy: str) -> tuple[object, ...] | None:
        """Tell where a copy of a page has laid a note already: topic, block, the note above."""
        moves = [o for o in self._about(note) if _is_of(o, copy) and o.kind in {"add", "move"}]
        return (
            tuple(moves[-1].payload.get(k) for k in ("topic", "block", "after")) if moves else None
        )

    def step(self, note: str, copy: str) -> int:
        """Tell how far a copy of a page was when a note was last taken from it."""
        steps = (o.payload.get("step") for o in self._about(note) if _is_of(o, copy))
        return max((s for s in steps if isinstance(s, int)), default=0)

    def _about(self, note: str) -> list[Operation]:
        sheet = self.where[note]
        if sheet not in self._of_note:
            found = self._of_note.setdefault(sheet, {})
            for operation in in_order(self._operations[sheet]):
                found.setdefault(operation.note, []).append(operation)
        return self._of_note[sheet].get(note, [])


def _is_of(operation: Operation, copy: str) -> bool:
    return bool(copy) and operation.payload.get("copy") == copy


def _changed(one: Note, other: Note) -> Iterator[str]:
    """Name what differs between two states of a note."""
    for name in {*one.values, *other.values}:
        if one.get(name) != other.get(name):
            yield name
    if (one.topic, one.block) != (other.topic, other.block):
        yield PLACE
    if one.links != other.links:
        yield LINKS
