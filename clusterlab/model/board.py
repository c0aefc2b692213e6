"""Boards: the fold of the operations that people did.

The fold is a pure function of the *set* of operations: it puts them into one canonical order, so
two journals that hold the same operations show the same boards, whatever arrived first. An edit
carries the heads of the note that its person saw; what a person cannot have seen is never
overwritten, it is kept beside the new value as an alternative. What each kind of operation does
stands in ``fold``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from clusterlab.model.fold import State
from clusterlab.model.note import Alternative, Note
from clusterlab.model.operation import BoardId, Operation, in_order
from clusterlab.model.payload import RESERVED
from clusterlab.model.trace import ORDER, PLACE, Trace


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """A canvas of one cluster in one version: the notes on it, on one topic or on all.

    Two boards are equal where they show the same and keep the same.

    Parameters
    ----------
    id
        Which board. With topic "" it shows the notes of all topics.
    """

    id: BoardId
    _state: State = field(default_factory=State, repr=False)
    #: The notes that show, once somebody has asked: no state ever changes that a board holds.
    _shown: tuple[Note, ...] | None = field(default=None, init=False, repr=False)

    @classmethod
    def fold(cls, board: BoardId, operations: Iterable[Operation]) -> Board:
        """Make the board that a set of operations leaves.

        Parameters
        ----------
        board
            Which board to show.
        operations
            Operations in any order; those of other canvases are passed over.
        """
        state, sheet = State(), board.sheet
        state.apply(o for o in in_order(operations) if o.board.sheet == sheet)
        return cls(board, state)

    @classmethod
    def of(cls, board: BoardId, notes: Iterable[Note], sequence: int) -> Board:
        """Make a board to read from notes, as a bundle holds them.

        Parameters
        ----------
        board
            Which board they are of.
        notes
            In their order; each keeps its topic and block. Of two with one id the first counts.
        sequence
            Logical time at which they were taken.
        """
        state = State(sequence=sequence)
        for note in notes:
            if note.id not in state.notes:
                state.notes[note.id] = note
                state.traces[note.id] = _trace_of(note)
                state.lists.setdefault((note.topic, note.block), []).append(note.id)
                state.spoken.add(note.spoken)
        return cls(board, state)

    def __eq__(self, other: object) -> bool:
        """Compare what both show and keep, not how they came to it."""
        if not isinstance(other, Board):
            return NotImplemented
        mine, theirs = self._state.notes, other._state.notes
        return self.id == other.id and self.notes == other.notes and mine == theirs

    def __hash__(self) -> int:
        """Hash by id."""
        return hash(self.id)

    def apply(self, operation: Operation) -> Board:
        """Give the board after one more operation; an operation it knows changes nothing.

        The operation must come after those already applied, as one that the journal has just
        appended does. After a union of journals, fold again.
        """
        if operation.board.sheet != self.id.sheet:
            return self
        state = self._state.copy_for(operation)
        state.apply([operation])
        return Board(self.id, state)

    def on(self, topic: str) -> Board:
        """Give the same board limited to one topic ("" for all)."""
        return Board(replace(self.id, topic=topic), self._state)

    @property
    def sequence(self) -> int:
        """Logical time of the last operation on any topic of this canvas; 0 for an empty one."""
        return self._state.sequence

    @property
    def everything(self) -> Mapping[str, Note]:
        """Every note by id, also deleted ones and those of other topics."""
        return MappingProxyType(self._state.notes)

    def __iter__(self) -> Iterator[Note]:
        """Go through the notes that show, block by block as they were first used, in order."""
        return iter(self.notes)

    def __len__(self) -> int:
        """Count the notes that show."""
        return len(self.notes)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes that show."""
        if self._shown is None:
            object.__setattr__(self, "_shown", tuple(self._showing()))
        return self._shown or ()

    def _showing(self) -> Iterator[Note]:
        for (topic, _), ids in sorted(self._state.lists.items(), key=lambda item: item[0][0]):
            if self.id.topic in {"", topic}:
                yield from (n for n in map(self._state.notes.__getitem__, ids) if _shows(n))

    def block(self, block: str, topic: str | None = None) -> tuple[Note, ...]:
        """Give the notes of a block in their order.

        Parameters
        ----------
        block
            Id of the block.
        topic
            Topic to limit to; by default the board's own ("" means all topics).
        """
        topic = self.id.topic if topic is None else topic
        places = (p for p in self._state.lists if p[1] == block and topic in {"", p[0]})
        ids = (i for p in sorted(places) for i in self._state.lists[p])
        return tuple(n for n in map(self._state.notes.__getitem__, ids) if _shows(n))

    def find(self, name: str) -> Note | None:
        """Find a note by its id or by its spoken id (in any case)."""
        if name in self._state.notes:
            return self._state.notes[name]
        said = name.strip().upper()
        notes = self._state.notes.values() if said else ()
        return next((n for n in notes if n.spoken.upper() == said), None)

    @property
    def places(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Ids of all notes, also deleted ones, in their order: by topic and block."""
        return {place: tuple(ids) for place, ids in self._state.lists.items()}

    def above(self, note: str) -> str:
        """Give the id of the note above one in its block, "" for the topmost.

        Raises
        ------
        KeyError
            Where there is no such note.
        """
        return self._state.above(self._state.traces[note])

    def inverse(self, operation: Operation, new_id: str) -> Operation | None:
        """Give the operation that takes one back, as seen from the board before it or a later one.

        It carries no words, so that undoing never copies what somebody else wrote. What others
        built on the operation stays. Taking back the inverse brings the operation's effect back.

        The later the board, the more its person is taken to have seen: seen from the board
        before it, undoing an addition does not delete what others wrote on the note since.

        Parameters
        ----------
        operation
            What to undo.
        new_id
            Id for the new operation.

        Returns
        -------
        Operation or None
            ``None`` where there is nothing to take back.
        """
        after = self.apply(operation)._state  # noqa: SLF001 - one of our own
        trace = after.traces.get(operation.note)
        if trace is None or not trace.changed_by(operation.id):
            return None
        payload = {"note": trace.id, "target": operation.id, "base": list(trace.heads)}
        later = operation.sequence + 1
        return replace(operation, kind="undo", id=new_id, payload=payload, sequence=later, time="")


def _shows(note: Note) -> bool:
    if note.deleted:
        return False
    text = note.values.get("text")
    if isinstance(text, str) and text:  # as most have
        return True
    beside = (a.value for a in note.alternatives if a.field not in RESERVED)
    return any(v not in ("", None, ()) for v in (*note.values.values(), *beside))


def _trace_of(note: Note) -> Trace:
    """Give a note that comes without its operations a history that others can build upon."""
    heads = note.heads or (note.id,)
    trace = Trace(note.id, note.spoken, note.author, note.created, note.changed, heads[0])
    trace.parents = {h: frozenset() for h in heads}
    trace.heads = note.heads
    trace.added = dict(note.values)
    trace.places = {heads[0]: (note.topic, note.block)}
    trace.facets = {PLACE: (note.topic, note.block, heads[0]), ORDER: heads[0]}
    trace.facets |= {("worked", h): True for h in heads}
    trace.facets |= {("value", k): (v, heads[0]) for k, v in note.values.items()}
    trace.facets |= {("link", k): (0, "", "", i) for i, k in enumerate(note.links)}
    for index, kept in enumerate(note.alternatives):
        rank = (0, "", str(index).zfill(6), kept.field)
        if kept.field == "deleted":
            trace.facets["deletion", kept.operation] = (rank, kept)
        else:
            trace.facets["beside", kept.field, kept.operation] = (rank, kept)
    if note.deleted:
        kept = Alternative("deleted", True, heads[0])
        trace.facets["deletion", heads[0]] = ((0, "", "", "deleted"), kept)
        trace.confirmed = {heads[0]: heads[1:]}
    return trace
