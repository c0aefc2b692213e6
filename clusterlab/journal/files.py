"""Opening a journal's file, and refusing what is none before anything is written."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from clusterlab.errors import N_, JournalBusyError, JournalError, JournalVersionError
from clusterlab.journal.schema import applied

BUSY_SECONDS = 15.0
_PAUSE = 0.01
_SMALLEST = 512


def opened(path: Path, workshop: str = "") -> sqlite3.Connection:
    """Open a journal's file for many writers, every commit on the disk before it is acknowledged.

    Parameters
    ----------
    path
        The file.
    workshop
        UUID of the workshop that it must belong to, "" for any.

    Raises
    ------
    JournalError
        Where it cannot be opened or is another workshop's.
    JournalVersionError
        Where it is not a journal or a newer clusterlab's.
    JournalBusyError
        Where another program holds it.
    """
    with contextlib.ExitStack() as stack, worded(path):
        _refuse_short(path)
        if wal(path).exists():
            # Closing the last writing connection moves the log into the file: look without one.
            source = f"{path.resolve().as_uri()}?mode=ro"
            with contextlib.closing(_connected(source, uri=True)) as looking:
                _refuse(looking, path, workshop)
        connection = _connected(str(path))
        stack.callback(connection.close)
        _refuse(connection, path, workshop)
        _write_ahead(connection)
        # NORMAL loses acknowledged commits when the power goes.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        stack.pop_all()
    return connection


def wal(path: Path) -> Path:
    """Give the path of a file's write-ahead log."""
    return _beside(path, "-wal")


def _connected(name: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri
    )


def _refuse_short(path: Path) -> None:
    """Refuse what is too short for a database: SQLite would take it for empty and write over it."""
    if path.is_file() and 0 < path.stat().st_size < _SMALLEST:
        raise sqlite3.DatabaseError("file is not a database")


def _refuse_empty(path: Path) -> None:
    """Refuse to take a file without a byte for a workshop in which nothing was ever written."""
    if not path.stat().st_size and not wal(path).exists():
        raise sqlite3.DatabaseError("the file is empty")


def _refuse(connection: sqlite3.Connection, path: Path, workshop: str) -> None:
    """Look before anything is written: turning on the write-ahead log changes the file."""
    if not applied(connection, path.name) or not workshop:
        return
    row = connection.execute("SELECT value FROM facts WHERE key = 'workshop'").fetchone()
    if row and row[0] != workshop:
        raise JournalError(
            N_(
                "“{file}” belongs to another workshop than its folder’s workshop.toml. "
                "Put the right file back; nothing was changed."
            ),
            file=path.name,
        )


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log; SQLite itself does not wait for others who do the same."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _busy(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _busy(error: sqlite3.Error) -> bool:
    return "locked" in str(error) or "busy" in str(error)


@contextlib.contextmanager
def worded(path: Path) -> Iterator[None]:
    """Say SQLite's errors in words.

    Raises
    ------
    JournalBusyError
        Where another program holds the file.
    JournalVersionError
        Where the file is no database or a damaged one.
    JournalError
        Where it cannot be opened, read or written for another reason, such as a full disk.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if _busy(error):
            raise JournalBusyError(file=path.name, seconds=int(BUSY_SECONDS)) from error
        raise _unusable(path, error) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise _unusable(path, error) from error
        raise JournalVersionError(
            N_("“{file}” is not a journal that can be read ({reason}). Nothing was changed."),
            file=path.name,
            reason=str(error),
        ) from error


def _unusable(path: Path, error: Exception) -> JournalError:
    return JournalError(
        N_("“{file}” could not be opened, read or written: {reason}"),
        file=str(path),
        reason=str(error),
    )


@contextlib.contextmanager
def copied(path: Path) -> Iterator[Path]:
    """Make a private copy of a journal for as long as it is needed; the original stays as it is.

    Nothing is made or changed beside the original either, whoever else has it open.

    Raises
    ------
    JournalError
        Where there is no file, or it cannot be read.
    JournalVersionError
        Where it is no database.
    JournalBusyError
        Where others change it all the time.
    """
    if not path.is_file():
        raise JournalError(N_("There is no file “{file}”."), file=str(path))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with worded(path):
            _refuse_short(path)
            _refuse_empty(path)
            try:
                _copy(path, copy)
            except OSError as error:
                raise _unusable(path, error) from error
        yield copy


def _copy(path: Path, copy: Path) -> None:
    until = time.monotonic() + BUSY_SECONDS
    uri = path.resolve().as_uri()
    while True:
        for part in _parts(copy):
            part.unlink(missing_ok=True)
        before = _stamps(path)
        if _beside(path, "-shm").exists():
            # Somebody writes: SQLite keeps order among connections, and makes no further file.
            _copy_through(f"{uri}?mode=ro", copy)
            return
        if left := [part for part in _parts(path)[1:] if part.exists()]:
            # A crash left what SQLite would tidy up: let it do that with the copy.
            for part in (path, *left):
                shutil.copyfile(part, copy.with_name(part.name))
        else:
            # Any other way of opening it leaves a file behind, or fails where none can be made.
            _copy_through(f"{uri}?mode=ro&immutable=1", copy)
        if _stamps(path) == before:
            return
        if time.monotonic() > until:
            raise JournalBusyError(file=path.name, seconds=int(BUSY_SECONDS))


def _copy_through(uri: str, copy: Path) -> None:
    with (
        contextlib.closing(_connected(uri, uri=True)) as original,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        original.backup(target)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _parts(path: Path) -> list[Path]:
    """Give the files that a database consists of while it is open or after a crash."""
    return [_beside(path, ending) for ending in ("", "-wal", "-journal")]


def _stamps(path: Path) -> list[tuple[int, int] | None]:
    """Tell one state of a database's files from the next."""
    found: list[tuple[int, int] | None] = []
    for part in [*_parts(path), _beside(path, "-shm")]:
        try:
            state = part.stat()
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((state.st_mtime_ns, state.st_size))
    return found


def write_copy(connection: sqlite3.Connection, path: Path, to: Path) -> None:
    """Write a consistent copy of a journal; it appears under its name when it is whole.

    Parameters
    ----------
    connection, path
        The journal.
    to
        Where to; an older copy there is replaced.

    Raises
    ------
    JournalError
        Where it cannot be written, or another program has a journal of that name open.
    """
    if to.resolve() == path.resolve() or wal(to).exists():
        raise JournalError(
            N_("“{file}” is a journal in use. Choose another name for the backup."), file=to.name
        )
    part = to.with_name(f".{to.name}.part")
    try:
        part.unlink(missing_ok=True)
        with worded(to), contextlib.closing(sqlite3.connect(part)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        part.replace(to)
    except OSError as error:
        raise _unusable(to, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
