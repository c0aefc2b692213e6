"""A board that can be read and, in a workshop's folder, written on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from clusterlab.errors import N_, UnknownNameError, UsageError
from clusterlab.model import Board, BoardId, CanvasKind, Named, Note, Operation, clean, new_id
from clusterlab.outputs import MIME, Output
from clusterlab.workshop import Bundle, Folder, Settings


class _Workshop(Protocol):
    source: Folder | Bundle
    actor: str

    @property
    def settings(self) -> Settings: ...


class _Cluster(Protocol):
    """What a board needs of its cluster."""

    workshop: _Workshop

    def boards(self) -> Mapping[BoardId, Board]: ...
    def present(self, kind: CanvasKind, board: Board) -> Output: ...


class OpenBoard:
    """A board that can be read and, in a workshop's folder, written on."""

    def __init__(self, cluster: _Cluster, kind: CanvasKind, board: BoardId) -> None:
        self._cluster = cluster
        self.kind = kind
        self.id = board
        self._done: list[Operation] = []

    @property
    def state(self) -> Board:
        """The board as it stands."""
        source = self._cluster.workshop.source
        if isinstance(source, Folder):
            return source.board(self.id)
        return source.boards.get(self.id.sheet, Board(self.id)).on(self.id.topic)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes that show."""
        return self.state.notes

    def output(self) -> Output:
        """Give the board as a typed output."""
        return self._cluster.present(self.kind, self.state)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        output = self.output()
        return {
            MIME: output.to_json(),
            "text/html": output.to_html(),
            "text/plain": output.to_text(),
        }

    # -- writing ------------------------------------------------------------------------------

    def add(self, block: str, text: str, *, topic: str = "", **values: Any) -> Note:
        """Add a note at the end of a block.

        Parameters
        ----------
        block
            Id of the block.
        text
            What it says.
        topic
            By default the board's.
        **values
            Fields of the kind, ``tags`` or ``group``; a hyphen in a field's id is written ``_``.

        Raises
        ------
        UnknownNameError
            Where there is no such block, topic or field.
        UsageError
            Where the text is empty or too long, the topic is missing, or it is a bundle.
        """
        found = self.kind.block(block)
        payload = {
            "note": new_id(),
            "block": block,
            "letter": found.letter,
            "values": {"text": self._text(text), **self._values(values)},
        }
        board = replace(self.id, topic=topic or self.id.topic)
        if self.kind.topics and not board.topic:
            raise UsageError(
                N_("On which topic? Give one of: {names}."),
                names=", ".join(t.id for t in self.kind.topics),
            )
        return self._do("add", payload, board)

    def edit(self, note: str, text: str | None = None, **values: Any) -> Note:
        """Change a note's text or fields; ``None`` as a field's value takes it away.

        Raises
        ------
        UnknownNameError
            Where there is no such note or field.
        UsageError
            Where the text is empty or too long, or it is a bundle.
        """
        changed = self._values(values)
        if text is not None:
            changed["text"] = self._text(text)
        return self._do_to(note, "edit", values=changed)

    def move(self, note: str, block: str, *, topic: str = "", after: str | None = None) -> Note:
        """Move a note to a block, behind another note ("" for the top, by default the end).

        Raises
        ------
        UnknownNameError
            Where there is no such note, block or topic.
        """
        self.kind.block(block)
        target: dict[str, Any] = {"block": block}
        if topic:
            known_name(self.kind.topics, topic, N_("topic"))
            target["topic"] = topic
        if after is not None:
            target["after"] = self._find(after).id if after else ""
        return self._do_to(note, "move", **target)

    def delete(self, note: str) -> Note:
        """Delete a note; `restore` brings it back."""
        return self._do_to(note, "delete")

    def restore(self, note: str) -> Note:
        """Bring a deleted note back."""
        return self._do_to(note, "restore")

    def link(self, note: str, *targets: str) -> Note:
        """Let a note refer to others, named by id or, on the cited canvas, by spoken id.

        Raises
        ------
        UnknownNameError
            Where a note is unknown.
        """
        found = self._find(note)
        for target in targets:
            found = self._do_to(found.id, "link", target=self._referable(target))
        return found

    def unlink(self, note: str, target: str) -> Note:
        """Take a reference away."""
        return self._do_to(note, "unlink", target=self._referable(target))

    def undo(self) -> Note | None:
        """Take back the last thing done through this object; ``None`` where there is none."""
        if not self._done:
            return None
        operation = self._done.pop()
        inverse = self.state.inverse(operation, new_id())
        if inverse is None:
            return None
        self._folder().journal.append([inverse])
        return self.state.everything.get(operation.note)

    def history(self, note: str) -> list[Operation]:
        """Give everything that was done to a note, oldest first."""
        return self._folder().journal.history(self._find(note).id)

    def _do_to(self, name: str, kind: str, **payload: Any) -> Note:
        note = self._find(name)
        board = replace(self.id, topic=note.topic)
        return self._do(kind, {"note": note.id, "base": list(note.heads), **payload}, board)

    def _do(self, kind: str, payload: Mapping[str, Any], board: BoardId) -> Note:
        actor = self._cluster.workshop.actor
        operation = Operation(board, kind, payload, actor, new_id())
        self._done += self._folder().journal.append([operation])
        return self.state.everything[operation.note]

    def _folder(self) -> Folder:
        source = self._cluster.workshop.source
        if isinstance(source, Folder):
            return source
        raise UsageError(N_("A bundle cannot be written on; open the workshop’s folder."))

    def _find(self, name: str) -> Note:
        state = self.state
        if note := state.find(name):
            return note
        known = [n.spoken for n in state.on("")]
        raise UnknownNameError(what=N_("note"), came=name, known=known)

    def _referable(self, name: str) -> str:
        boards = self._cluster.boards()
        if any(name in board.everything for board in boards.values()):
            return name
        cited = BoardId(self.id.cluster, self.kind.cites, self.id.version)
        note = boards.get(cited, Board(cited)).find(name)
        if note is None:
            raise UnknownNameError(what=N_("note"), came=name, known=[])
        return note.id

    def _text(self, text: str) -> str:
        cleaned = clean(text)
        limit = self._cluster.workshop.settings.limits.note_length
        if not cleaned:
            raise UsageError(N_("A note needs a text."))
        if len(cleaned) > limit:
            raise UsageError(
                N_("The text has {came} characters; {limit} are allowed."),
                came=len(cleaned),
                limit=limit,
            )
        return cleaned

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        known = {f.id for f in self.kind.fields} | {
            "tags",
            "group",
            "source",
            "reading",
            "language",
        }
        taken = {}
        for name, value in values.items():
            field = name.replace("_", "-") if name not in known else name
            if field not in known:
                raise UnknownNameError(what=N_("field"), came=name, known=known)
            taken[field] = clean(value) if isinstance(value, str) else value
        return taken


def known_name(named: tuple[Named, ...], name: str, what: str) -> None:
    """Refuse a name that is none of some named things.

    Raises
    ------
    UnknownNameError
        Names the nearest.
    """
    if all(n.id != name for n in named):
        raise UnknownNameError(what=what, came=name, known=[n.id for n in named])
