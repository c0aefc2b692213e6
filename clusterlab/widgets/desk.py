"""A cluster's boards as the live canvases of one process share them.

Operations come from several threads (the notebook's own, those that serve messages, the one that
looks for what others wrote), so one lock guards boards and listeners, and everybody hears of the
same operations in the same order.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from clusterlab.errors import ClusterlabError
from clusterlab.model import Board, BoardId, Operation
from clusterlab.workshop import Folder

_LOG = logging.getLogger(__name__)
#: How often other programs' writing is looked for.
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """What happened on one canvas: the operation and the board after it.

    Without an operation the board was folded anew, because what came lay before what was known,
    or because words were purged.
    """

    sheet: BoardId
    board: Board
    operation: Operation | None = None


Listener = Callable[[list[Change]], None]


class Desk:
    """Boards of one cluster, kept up to date with the journal.

    Parameters
    ----------
    folder
        The workshop.
    cluster
        Id of the cluster.
    """

    def __init__(self, folder: Folder, cluster: str) -> None:
        self.folder = folder
        self.cluster = cluster
        self.lock = threading.RLock()
        self._boards: dict[BoardId, Board] = {}
        self._listeners: list[weakref.WeakMethod[Any]] = []
        self._position = 0
        self._purged: tuple[tuple[str, str], ...] = ()
        self._watcher: threading.Thread | None = None
        self._rest = threading.Event()

    def board(self, board: BoardId) -> Board:
        """Give a board as it stands; from now on it is kept up to date."""
        with self.lock:
            sheet = board.sheet
            if sheet not in self._boards:
                self.catch_up()
                self._boards[sheet] = self.folder.board(sheet)
            return self._boards[sheet].on(board.topic)

    def people(self) -> dict[str, str]:
        """Give the names of those whose names are known, by pseudonymous id."""
        return {actor.id: actor.name for actor in self.folder.journal.actors() if actor.name}

    def write(self, operations: Iterable[Operation]) -> list[Operation]:
        """Append operations; on return they are on the disk and every listener knows.

        Raises
        ------
        JournalError
            Where they cannot be kept; nothing was written.
        """
        with self.lock:
            written = self.folder.append(operations)
            self.catch_up()
            return written

    def catch_up(self) -> None:
        """Take in what was written since, by whomever."""
        with self.lock:
            position, purged = self.folder.journal.stamp()
            if purged != self._purged:
                self._refold()
                self._position, self._purged = position, purged
                return
            if position == self._position:
                return
            fresh: dict[BoardId, list[Operation]] = {}
            for operation in self.folder.journal.read(self.cluster, self._position):
                fresh.setdefault(operation.board.sheet, []).append(operation)
            changes = [
                change
                for sheet, operations in fresh.items()
                if sheet in self._boards
                for change in self._taken(sheet, operations)
            ]
            # Only now: where the journal could not be read to the end, all of it is read again.
            self._position = position
            self._tell(changes)

    def move(self, folder: Folder) -> None:
        """Go on with the workshop as it was opened anew; who listens hears how it stands there."""
        with self.lock:
            self.folder = folder
            position, purged = folder.journal.stamp()
            self._refold()
            self._position, self._purged = position, purged

    def listen(self, listener: Listener) -> None:
        """Call a method with all changes from now on, as long as its object is there."""
        with self.lock:
            self._listeners.append(weakref.WeakMethod(listener))
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, daemon=True, name="desk")
                self._watcher.start()

    def ignore(self, listener: Listener) -> None:
        """Call a method no longer."""
        with self.lock:
            self._listeners = [
                known for known in self._listeners if known() not in {None, listener}
            ]

    def close(self) -> None:
        """Look for nothing any more."""
        self._rest.set()

    def _refold(self) -> None:
        self._tell([Change(sheet, self.folder.board(sheet)) for sheet in self._boards])

    def _tell(self, changes: list[Change]) -> None:
        self._boards.update({change.sheet: change.board for change in changes})
        for listener in list(self._listeners) if changes else ():
            if call := listener():
                try:
                    call(changes)
                except Exception:  # noqa: BLE001 - whatever it is
                    # One canvas that fails keeps no other from hearing; its page asks again.
                    _LOG.exception("A canvas did not hear of a change.")

    def _taken(self, sheet: BoardId, operations: list[Operation]) -> Iterator[Change]:
        known = self._boards[sheet]
        if any(operation.sequence <= known.sequence for operation in operations):
            # They come before what is known, as after a union with another copy.
            board = self.folder.board(sheet)
            if board != known:
                yield Change(sheet, board)
            return
        board = known
        for operation in sorted(operations, key=lambda o: o.order):
            board = board.apply(operation)
            yield Change(sheet, board, operation)

    def _watch(self) -> None:
        while not self._rest.wait(SECONDS):
            with self.lock:
                if not any(listener() for listener in self._listeners):
                    self._watcher = None
                    return
                try:
                    with contextlib.suppress(ClusterlabError):  # held by somebody: next time
                        self.catch_up()
                except Exception:  # noqa: BLE001 - the next look may go well
                    _LOG.exception("What others wrote could not be looked at.")
