"""What a live canvas and its page say to each other; no kernel and no page needed.

The page sends ``hello`` (who it is, what it knows) and ``do`` (one operation). It is answered
with ``board`` (everything), ``changed`` (what an operation changed, told to every page) or
``refused`` (and why). Operations carry ids made by the page, so sending one twice does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from clusterlab.errors import ClusterlabError, JournalError
from clusterlab.language import Language
from clusterlab.methods import forest, is_secret, seal_of, sealed
from clusterlab.methods.sheet import standing
from clusterlab.model import Board, BoardId, CanvasKind, Note, new_id
from clusterlab.widgets.asked import asked
from clusterlab.widgets.desk import Change, Desk
from clusterlab.widgets.people import initials

Send = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class View:
    """What a live canvas shows.

    Parameters
    ----------
    kind
        The canvas's.
    board
        Which board; its topic limits what is shown.
    shape
        ``grid``, ``records``, ``table``, ``matrix`` or ``comparison``.
    versions
        The versions shown: one, for a comparison two.
    cites
        Kinds of the canvases that its notes refer to.
    """

    kind: CanvasKind
    board: BoardId
    shape: str
    versions: tuple[str, ...]
    cites: tuple[CanvasKind, ...] = ()

    @property
    def sheets(self) -> tuple[BoardId, ...]:
        """The canvases it shows, one per version."""
        return tuple(replace(self.board.sheet, version=version) for version in self.versions)

    @property
    def cited(self) -> tuple[BoardId, ...]:
        """Where the notes stand that it may refer to; of a kind, the first written on counts."""
        return tuple(i for kind in self.cites for i in standing(kind, self.board.sheet))

    def referable(
        self, boards: Iterable[Board], shown: Iterable[Note] = ()
    ) -> list[dict[str, str]]:
        """Give the notes that it may refer to, as JSON values.

        They are those of its topic, where the other canvas has the same, and those of other topics
        that its notes refer to already.

        Parameters
        ----------
        boards
            Those that `cited` names, in its order, with topic "".
        shown
            The notes that it shows.
        """
        held = [board for board in boards if board.sequence]
        linked = {link for note in shown for link in note.links}
        found = []
        for kind in self.cites:
            board = next((board for board in held if board.id.canvas == kind.id), None)
            found += self._referable(kind, board, linked) if board else []
        return found

    def _referable(self, kind: CanvasKind, board: Board, linked: set[str]) -> list[dict[str, str]]:
        shared = any(topic.id == self.board.topic for topic in kind.topics)
        known = {topic.id for topic in self.kind.topics}
        places = {b.note.id: b.place for b in forest(board) if b.parent}
        return [
            {
                "id": n.id,
                "spoken": n.spoken,
                "text": n.text,
                "block": n.block,
                "topic": n.topic if n.topic in known else "",
                "place": places.get(n.id, ""),
            }
            for n in board.on("")
            if not shared or n.topic == self.board.topic or n.id in linked
        ]


class LiveBoard:
    """The kernel's end of a live canvas.

    Parameters
    ----------
    desk
        The cluster's boards.
    view
        What is shown.
    actor
        Pseudonymous id of who writes.
    language
        For refusals.
    send
        Tells every page something.
    """

    def __init__(self, desk: Desk, view: View, actor: str, language: Language, send: Send) -> None:
        self.desk = desk
        self._actor, self._language, self._send = actor, language, send
        self._epoch, self._revision = new_id(), 0
        self._told_of: set[str] = set()
        self._signed: dict[str, str] = {}
        self._secret: list[bool] = []
        with desk.lock:
            self._see(view)
            desk.listen(self._hear)

    def show(self, view: View) -> None:
        """Go on with the same canvas as its workshop's files say it now."""
        with self.desk.lock:
            self._see(view)
            self._publish([], "", anew=True)

    def _see(self, view: View) -> None:
        self.view = view
        for sheet in self._watched:
            self.desk.board(sheet)
        self._secret = self._secrets()

    @property
    def _watched(self) -> tuple[BoardId, ...]:
        return (*self.view.sheets, *self.view.cited)

    def snapshot(self) -> dict[str, Any]:
        """Give everything that a page needs to draw the canvas, as JSON values."""
        with self.desk.lock:
            boards = {sheet.version: self.desk.board(sheet) for sheet in self.view.sheets}
            self._secret = self._secrets()
            notes = (note for board in boards.values() for note in board.everything.values())
            latest = max((note.changed for note in notes), default="")
            shown = (n for board in boards.values() for n in board.on(self.view.board.topic))
            return {
                "epoch": self._epoch,
                "revision": self._revision,
                "saved": latest,
                "boards": {v: board_to(b, self._showing(b)) for v, b in boards.items()},
                "cited": self.view.referable(map(self.desk.board, self.view.cited), shown),
                "authors": self._authors(boards),
            }

    def _showing(self, board: Board) -> Callable[[Note], Note]:
        """Give what tells what this page may see of a note.

        Of others' ballots and scores it sees only that they are there, while these are secret.
        """
        if not self._is_secret(board):
            return _as_it_is
        seal = self._language.gettext(seal_of(self.view.kind))
        return lambda note: note if note.author == self._actor else sealed(note, seal)

    def _secrets(self) -> list[bool]:
        """Tell of each canvas whether its notes are secret."""
        return [self._is_secret(self.desk.board(sheet)) for sheet in self.view.sheets]

    def _is_secret(self, board: Board) -> bool:
        decided = self.desk.folder.settings
        return is_secret(self.view.kind, board, decided.vote, decided.methods)

    def receive(self, content: object) -> None:
        """Answer a message of a page; whatever comes, nothing is raised."""
        match content:
            case {"kind": "hello", "client": str(client), **known}:
                with self.desk.lock:
                    answer: dict[str, Any] = {"kind": "board", "client": client}
                    if (known.get("epoch"), known.get("revision")) != (self._epoch, self._revision):
                        answer["state"] = self.snapshot()
                    self._send(answer)
            case {"kind": "do", "client": str(client), "operation": dict(operation)}:
                self._do(client, operation)

    def _do(self, client: str, raw: Mapping[str, Any]) -> None:
        with self.desk.lock:
            self._told_of = set()
            try:
                operation = asked(self.view, raw, self._actor, self.desk)
                written = self.desk.write([operation])
            except ClusterlabError as error:
                self._send({
                    "kind": "refused",
                    "client": client,
                    "id": raw["id"] if isinstance(raw.get("id"), str) else "",
                    "again": isinstance(error, JournalError),
                    "why": self._language.say(error),
                })  # fmt: skip
                return
            if operation.id not in self._told_of:
                self._publish([operation.id], written[0].time)

    def _hear(self, changes: list[Change]) -> None:
        """Tell the pages what happened; called by the desk, which holds its lock."""
        mine = [change for change in changes if change.sheet in self._watched]
        done = [c.operation for c in mine if c.operation]
        if not mine:
            return
        self._told_of = {o.id for o in done}
        anew = any(c.operation is None or c.sheet in self.view.cited for c in mine)
        # Whose scores are the last that all waited for shows what was hidden.
        anew = anew or self._secret != self._secrets()
        steps = [] if anew else [s for c in mine for s in _steps(c, self._showing(c.board))]
        saved = max((o.time for o in done), default="")
        self._publish([o.id for o in done], saved, steps, anew=anew)

    def _publish(
        self,
        done: list[str],
        saved: str,
        steps: list[dict[str, Any]] | None = None,
        *,
        anew: bool = False,
    ) -> None:
        self._revision += 1
        message = {"kind": "changed", "revision": self._revision, "done": done, "saved": saved}
        content: dict[str, Any] = {"state": self.snapshot()} if anew else {"steps": steps or []}
        if any(step["note"]["author"] not in self._signed for step in steps or ()):
            boards = {sheet.version: self.desk.board(sheet) for sheet in self.view.sheets}
            content["authors"] = self._authors(boards)
        self._send(message | content)

    def _authors(self, boards: Mapping[str, Board]) -> dict[str, str]:
        """Give what stands for each author: initials, or a number for who gave no name."""
        if not self.desk.folder.settings.show_authors or self.view.kind.anonymous:
            return {}
        notes = sorted((n.created, n.author) for b in boards.values() for n in b.on(""))
        self._signed = initials(dict.fromkeys(author for _, author in notes), self.desk.people())
        return dict(self._signed)


def _steps(change: Change, shown: Callable[[Note], Note]) -> Iterator[dict[str, Any]]:
    note = change.board.everything.get(change.operation.note) if change.operation else None
    if note:
        above = change.board.above(note.id)
        yield {
            "version": change.sheet.version,
            "note": note_to(shown(note)),
            "above": above,
            "operation": change.operation.id if change.operation else "",
        }


def _as_it_is(note: Note) -> Note:
    return note


def board_to(board: Board, shown: Callable[[Note], Note] = _as_it_is) -> dict[str, Any]:
    """Give a board over all its topics as JSON values: notes by id, ids by place in order.

    Parameters
    ----------
    shown
        Gives what a page may see of a note.
    """
    return {
        "notes": {note.id: note_to(shown(note)) for note in board.everything.values()},
        "lists": {f"{topic}/{block}": list(ids) for (topic, block), ids in board.places.items()},
    }


def note_to(note: Note) -> dict[str, Any]:
    """Give a note as JSON values."""
    return {
        "id": note.id,
        "spoken": note.spoken,
        "topic": note.topic,
        "block": note.block,
        "values": dict(note.values),
        "links": list(note.links),
        "author": note.author,
        "heads": list(note.heads),
        "alternatives": [
            {"field": a.field, "value": a.value, "operation": a.operation, "time": a.time}
            for a in note.alternatives
        ],
        "deleted": note.deleted,
    }
