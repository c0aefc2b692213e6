"""The journal: append and read operations, in SQLite, safe against crashes and many writers."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from clusterlab.errors import N_, JournalBusyError, JournalError
from clusterlab.journal import people, summaries
from clusterlab.journal.files import BUSY_SECONDS, copied, opened, worded, write_copy
from clusterlab.journal.people import Actor
from clusterlab.journal.rows import (
    COLUMNS,
    LAST_SEQUENCE,
    asked,
    complete,
    operation_of,
    parsed,
    row_of,
)
from clusterlab.journal.schema import migrate
from clusterlab.model import Board, BoardId, Operation

_SHEET = "cluster = ? AND canvas = ? AND version = ?"


def utc_now() -> str:
    """Give the time in UTC, ISO 8601 to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Journal:
    """A workshop's journal: every operation that anybody did.

    One object may be used from several threads; several processes may open the same file.

    Parameters
    ----------
    path
        The file; made where it does not exist.
    workshop
        UUID of the workshop; kept in a new journal, checked against an existing one.
    clock
        Gives the time of operations that carry none.

    Raises
    ------
    JournalVersionError
        Where the file is not a journal or was written by a newer clusterlab.
    JournalBusyError
        Where another program holds it for longer than `BUSY_SECONDS`.
    JournalError
        Where it is another workshop's, or cannot be opened.
    """

    def __init__(self, path: Path, workshop: str = "", clock: Callable[[], str] = utc_now) -> None:
        self.path = path
        self._clock = clock
        self._lock = threading.RLock()
        self.closed = False
        self._folded: tuple[tuple[object, ...], dict[BoardId, Board]] = (), {}
        self._connection = opened(path, workshop)
        try:
            with self._guard():
                migrate(self._connection, path.name)
            self.workshop = self._fact("workshop", workshop)
        except BaseException:
            self._connection.close()
            raise

    # -- writing ------------------------------------------------------------------------------

    def append(self, operations: Iterable[Operation]) -> list[Operation]:
        """Append operations in one transaction; on return they are on the disk.

        Parameters
        ----------
        operations
            Those without a time get the clock's, those without an id a new one. An operation
            that the journal already holds is passed over.

        Returns
        -------
        list of Operation
            As the journal holds them, with sequence, time and, for additions, spoken id.

        Raises
        ------
        JournalBusyError
            Nothing was written.
        JournalError
            Where one cannot be kept; nothing was written.
        """
        whole = [complete(operation) for operation in operations]
        with self._transaction() as connection:
            (last,) = connection.execute(
                "SELECT coalesce(max(sequence), 0) FROM operations"
            ).fetchone()
            stored = []
            for operation in whole:
                known = self._known(operation)
                if known is None:
                    last += 1
                    known = self._numbered(replace(operation, sequence=last))
                    self._insert(known)
                stored.append(known)
            return stored

    def unite(self, other: Path) -> int:
        """Take in every operation of another copy of this workshop's journal.

        Both copies end with the same operations when each takes in the other. What was purged in
        either stays purged, in both.

        Returns
        -------
        int
            How many operations were new.

        Raises
        ------
        JournalError
            Where it is the journal of another workshop, or holds what no clusterlab writes;
            nothing was taken from it.
        JournalVersionError
            Where it is not a journal or a newer clusterlab's.
        """
        with copied(other) as copy, Journal(copy) as source:
            if source.workshop != self.workshop:
                raise JournalError(
                    N_("“{file}” is the journal of another workshop; nothing was taken from it."),
                    file=other.name,
                )
            operations = list(source.read())
            purges, actors = source._purges(), source.actors()
        if not all(0 <= operation.sequence <= LAST_SEQUENCE for operation in operations):
            raise JournalError(
                N_(
                    "“{file}” holds operations that no clusterlab wrote; nothing was taken from it."
                ),
                file=other.name,
            )
        emptied = 0
        with self._transaction() as connection:
            for actor, until in purges.items():
                emptied += people.purge(connection, actor, until)
            purges = people.purges(connection)
            fresh = [operation for operation in operations if self._known(operation) is None]
            for operation in fresh:
                limit = purges.get(operation.actor)
                purged = limit is not None and operation.time <= limit
                self._insert(operation.purged() if purged else operation)
            for named in actors:
                people.name(connection, named, united=True)
        if emptied:
            self._scrub()
        return len(fresh)

    def name(self, actor: Actor) -> None:
        """Remember who is behind a pseudonymous id.

        An empty name changes nothing, and who was purged stays nameless.
        """
        with self._transaction() as connection:
            people.name(connection, actor, united=False)

    def purge(self, actor: str) -> int:
        """Empty everything that a person wrote and forget the name; the board's structure stays.

        What the same id writes afterwards is kept.

        Returns
        -------
        int
            How many operations were emptied.

        Raises
        ------
        JournalBusyError
            Where another program holds the file, so that traces of the words may stay in it;
            purging again removes them.
        """
        with self._transaction() as connection:
            (last,) = connection.execute(
                "SELECT coalesce(max(time), '') FROM operations WHERE actor = ?", [actor]
            ).fetchone()
            count = people.purge(connection, actor, max(last, self._clock()))
        self._scrub()
        return count

    def backup(self, to: Path) -> None:
        """Write a consistent copy of the journal, also while others write.

        The copy appears under its name when it is whole.

        Raises
        ------
        JournalError
            Where it cannot be written there.
        """
        with self._guard():
            write_copy(self._connection, self.path, to)

    # -- reading ------------------------------------------------------------------------------

    def read(self, cluster: str | None = None, since: int = 0) -> Iterator[Operation]:
        """Give operations in the order they arrived here.

        Parameters
        ----------
        cluster
            Only this cluster's.
        since
            Only those after this position (see `position`).
        """
        if cluster is None:
            yield from self._select("position > ?", [since])
        else:
            yield from self._select("position > ? AND cluster = ?", [since, cluster])

    def board(self, board: BoardId) -> Board:
        """Give a board as it stands."""
        return Board.fold(board, self._select(_SHEET, [board.cluster, board.canvas, board.version]))

    def boards(self, cluster: str) -> dict[BoardId, Board]:
        """Give every canvas that a cluster has written on, by its id with topic ""."""
        key, known = (cluster, *self.stamp()), self._folded  # cells ask often, folding is slow
        if known[0] != key:
            sheets: dict[BoardId, list[Operation]] = {}
            for operation in self.read(cluster):
                sheets.setdefault(operation.board.sheet, []).append(operation)
            known = self._folded = key, {s: Board.fold(s, o) for s, o in sorted(sheets.items())}
        return dict(known[1])

    def history(self, note: str) -> list[Operation]:
        """Give everything that was done to a note, oldest first."""
        return sorted(self._select("note = ?", [note]), key=lambda o: o.order)

    def content(self, cluster: str) -> str:
        """Give a hash of all operations of a cluster: what `boards` says follows from it."""
        with self._guard():
            return summaries.content(self._connection, cluster)

    def topics(self) -> set[tuple[str, str, str]]:
        """Give where notes may lie: cluster, canvas and every topic that an operation names."""
        with self._guard():
            return summaries.topics(self._connection)

    def clusters(self) -> set[str]:
        """Give the ids of the clusters that have operations."""
        with self._guard():
            return summaries.clusters(self._connection)

    def position(self) -> int:
        """Give the position of the last operation: changes with every append and union."""
        with self._guard():
            return summaries.position(self._connection)

    def stamp(self) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Give the position and who was purged until when: changes with all that boards say."""
        with self._guard():
            return self.position(), tuple(sorted(people.purges(self._connection).items()))

    def actors(self) -> list[Actor]:
        """Give the people whose names are known; for exports that ask for names."""
        with self._guard():
            return people.actors(self._connection)

    def purged(self) -> set[str]:
        """Give the ids of the people whose words were purged."""
        return set(self._purges())

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self.closed = True
            self._connection.close()

    def __enter__(self) -> Self:
        """Use as a context manager that closes the file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    # -- inside -------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _guard(self) -> Iterator[None]:
        """One thread at a time, and SQLite's errors in words."""
        with self._lock, worded(self.path):
            yield

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._guard():
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _fact(self, key: str, value: str) -> str:
        with self._guard():
            row = self._connection.execute("SELECT value FROM facts WHERE key = ?", [key])
            if known := row.fetchone():
                return str(known[0])
        if value:
            with self._transaction() as connection:
                connection.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", [key, value])
            return self._fact(key, "")
        return value

    def _known(self, operation: Operation) -> Operation | None:
        board = operation.board
        values = [board.cluster, board.canvas, board.version, board.topic, *operation.key]
        return next(self._select(f"{_SHEET} AND topic = ? AND actor = ? AND id = ?", values), None)

    def _insert(self, operation: Operation) -> None:
        self._connection.execute(
            f"INSERT INTO operations ({COLUMNS}, note, letter, number)"  # noqa: S608 - constants
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row_of(operation),
        )

    def _numbered(self, operation: Operation) -> Operation:
        """Give an operation the time, and a new note its spoken id."""
        payload = dict(operation.payload)
        if operation.kind == "add":
            payload["spoken"] = self._spoken(operation)
        return replace(operation, payload=payload, time=operation.time or self._clock())

    def _spoken(self, operation: Operation) -> str:
        """Give the next spoken id, or the one asked for where it was never given."""
        board = operation.board
        sheet: list[Any] = [board.cluster, board.canvas, board.version]
        added = f"{_SHEET} AND note = ? AND kind = 'add'"
        for known in self._select(added, [*sheet, operation.note]):
            if all(parsed(known.payload.get("spoken"))):
                return str(known.payload["spoken"])
        letter, number = asked(operation.payload)
        given = f"FROM operations WHERE {_SHEET} AND letter = ?"
        if number:
            asked_for = str(operation.payload["spoken"])
            taken = self._connection.execute(
                f"SELECT 1 {given} AND number = ? AND json_extract(payload, '$.spoken') = ?",
                [*sheet, letter, number, asked_for],
            ).fetchone()
            if taken is None:
                return asked_for
        query, values = f"SELECT coalesce(max(number), 0) {given}", [*sheet, letter]
        (last,) = self._connection.execute(query, values).fetchone()
        return f"{letter}{last + 1}"

    def _purges(self) -> dict[str, str]:
        with self._guard():
            return people.purges(self._connection)

    def _scrub(self) -> None:
        """Leave nothing of what was emptied in free pages or in the write-ahead log.

        Raises
        ------
        JournalBusyError
            Where another program holds the file.
        """
        with self._guard():
            if people.scrub(self._connection):
                return
        raise JournalBusyError(
            N_(
                "The words are gone from the boards, but another program has “{file}” open, so "
                "traces of them may stay in the file. Close the other program and purge again."
            ),
            file=self.path.name,
            seconds=int(BUSY_SECONDS),
        )

    def _select(self, where: str, values: Iterable[Any]) -> Iterator[Operation]:
        query = f"SELECT {COLUMNS} FROM operations WHERE {where} ORDER BY position"  # noqa: S608
        with self._guard():
            rows = self._connection.execute(query, list(values)).fetchall()
        yield from map(operation_of, rows)
