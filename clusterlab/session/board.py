"""A board that can be read and, in a workshop's folder, written on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from clusterlab.errors import N_, UnknownNameError, UsageError
from clusterlab.methods import forest
from clusterlab.methods.sheet import cited_kinds, standing
from clusterlab.model import (
    Board,
    BoardId,
    CanvasKind,
    Named,
    Note,
    Operation,
    clean,
    entered,
    new_id,
)
from clusterlab.outputs import Output
from clusterlab.outputs.present import Presenter
from clusterlab.session.frontend import has_front_end, widget_of
from clusterlab.session.page import save_page
from clusterlab.workshop import Bundle, Folder, Settings

if TYPE_CHECKING:
    from clusterlab.widgets import LiveCanvas


class _Workshop(Protocol):
    source: Folder | Bundle
    actor: str

    @property
    def settings(self) -> Settings: ...


class _Cluster(Protocol):
    """What a board needs of its cluster."""

    workshop: _Workshop

    @property
    def kinds(self) -> Mapping[str, CanvasKind]: ...
    def boards(self) -> Mapping[BoardId, Board]: ...
    def presenter(self) -> Presenter: ...
    def drawn(self, board: OpenBoard) -> Output: ...


class OpenBoard:
    """A board that can be read and, in a workshop's folder, written on."""

    def __init__(
        self,
        cluster: _Cluster,
        kind: CanvasKind,
        board: BoardId,
        shape: str = "",
        versions: tuple[str, ...] = (),
    ) -> None:
        self._cluster = cluster
        self.kind = kind
        self.id = board
        self.shape = shape or kind.layout
        self.versions = versions or (board.version,)
        self._done: list[Operation] = []
        self._own: set[str] = set()

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
        return self._cluster.drawn(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any] | tuple[dict[str, Any], dict[str, Any]]:
        """Give the typed output and its twins; where a front end is there, the live canvas too."""
        data = self.output().twins()
        widget = self.widget() if has_front_end() else None
        live = widget._repr_mimebundle_() if widget else None
        return ({**live[0], **data}, live[1]) if live else data

    def widget(self) -> LiveCanvas | None:
        """Give the live canvas as a widget; ``None`` where there is nothing to write on."""
        workshop = self._cluster.workshop
        if not isinstance(workshop.source, Folder):
            return None
        return widget_of(self, workshop.source, self._cluster.presenter(), workshop.actor)

    def save_page(self, path: str | Path) -> Path:
        """Write the board as one HTML file: read anywhere, written on in a browser without us.

        What people write there they save as a table, which ``clusterlab import`` takes back.

        Parameters
        ----------
        path
            The file, written whole.

        Raises
        ------
        TableError
            Where it cannot be written; what was there before stays.
        """
        return save_page(self, self._cluster, Path(path))

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
            "values": {
                k: v
                for k, v in self._values({"text": self._text(text), **values}).items()
                if v is not None
            },
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
        if text is not None:
            values["text"] = self._text(text)
        return self._do_to(note, "edit", values=self._values(values))

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
        """Let a note refer to others, named by id or, on the cited canvas, by spoken id or place.

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
        """Take back the last thing done through this object; ``None`` where there is none.

        Raises
        ------
        UsageError
            Where it added a note on which somebody else has written since: the note stays.
        """
        if not self._done:
            return None
        operation = self._done.pop()
        if operation.kind == "add" and self._written_on(operation):
            raise UsageError(N_("Somebody has written on this note since; it stays."))
        inverse = self.state.inverse(operation, new_id())
        if inverse is None:
            return None
        self._own |= {o.id for o in self._folder().append([inverse])}
        return self.state.everything.get(operation.note)

    def _written_on(self, added: Operation) -> bool:
        history = self._folder().journal.history(added.note)
        return any(o.id not in self._own for o in history)

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
        written = self._folder().append([operation])
        self._own |= {o.id for o in written}
        self._done += written
        return self.state.everything[operation.note]

    def _folder(self) -> Folder:
        source = self._cluster.workshop.source
        if isinstance(source, Folder):
            return source
        raise UsageError(N_("A bundle cannot be written on; open the workshop’s folder."))

    def _find(self, name: str) -> Note:
        state = self.state
        if note := _found(state, name):
            return note
        known = [n.spoken for n in state.on("")]
        raise UnknownNameError(what=N_("note"), came=name, known=known)

    def _referable(self, name: str) -> str:
        boards = self._cluster.boards()
        if any(name in board.everything for board in boards.values()):
            return name
        for cited in cited_kinds(self.kind, self._cluster.kinds):
            board = next((boards[i] for i in standing(cited, self.id) if i in boards), None)
            if board and (note := _found(board, name)):
                return note.id
        raise UnknownNameError(what=N_("note"), came=name, known=[])

    def _text(self, text: str) -> str:
        if not clean(text):
            raise UsageError(N_("A note needs a text."))
        return text

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        fields = {f.id.replace("-", "_"): f.id for f in self.kind.fields}
        named = {fields.get(name, name): value for name, value in values.items()}
        return entered(self.kind, named, self._cluster.workshop.settings.limits.note_length)


def _found(board: Board, name: str) -> Note | None:
    """Find a note by its id, its spoken id, or its place in a tree, such as G1.2."""
    if note := board.find(name):
        return note
    branch = forest(board).find(name) if "." in name else None
    return branch.note if branch else None


def known_name(named: tuple[Named, ...], name: str, what: str) -> None:
    """Refuse a name that is none of some named things.

    Raises
    ------
    UnknownNameError
        Names the nearest.
    """
    if all(n.id != name for n in named):
        raise UnknownNameError(what=what, came=name, known=[n.id for n in named])
