"""The journal's tables, as migrations: in order, each in one transaction, never changed later."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from clusterlab.errors import N_, JournalVersionError

#: Marks the file as ours ("clab"); SQLite keeps it in the file's header.
APPLICATION_ID = 0x636C6162


class Migration(NamedTuple):
    """A named step from one schema to the next."""

    name: str
    statements: tuple[str, ...]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "001-operations",
        (
            """CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
            """CREATE TABLE operations (
                position INTEGER PRIMARY KEY AUTOINCREMENT,
                cluster TEXT NOT NULL, canvas TEXT NOT NULL,
                version TEXT NOT NULL, topic TEXT NOT NULL,
                actor TEXT NOT NULL, id TEXT NOT NULL,
                kind TEXT NOT NULL, note TEXT NOT NULL, payload TEXT NOT NULL,
                sequence INTEGER NOT NULL, time TEXT NOT NULL,
                letter TEXT NOT NULL DEFAULT '', number INTEGER NOT NULL DEFAULT 0,
                UNIQUE (cluster, canvas, version, topic, actor, id))""",
            "CREATE INDEX operations_note ON operations (note)",
            """CREATE INDEX operations_spoken
                ON operations (cluster, canvas, version, letter, number)""",
            "CREATE INDEX operations_actor ON operations (actor)",
            "CREATE INDEX operations_sequence ON operations (sequence)",
            """CREATE TABLE actors (
                id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '',
                address TEXT NOT NULL DEFAULT '') WITHOUT ROWID""",
        ),
    ),
    Migration(
        "002-purged",
        ("CREATE TABLE purged (actor TEXT PRIMARY KEY, time TEXT NOT NULL) WITHOUT ROWID",),
    ),
)


def migrate(
    connection: sqlite3.Connection, file: str, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring a journal to the newest schema, or refuse it and leave it untouched.

    Parameters
    ----------
    connection
        In autocommit mode.
    file
        The journal's name, for messages.

    Raises
    ------
    JournalVersionError
        Where the file is another program's database or was written by a newer clusterlab.
    """
    done = applied(connection, file, migrations)
    for migration in migrations[done:]:
        _step(connection, migration)


def applied(
    connection: sqlite3.Connection, file: str, migrations: Sequence[Migration] = MIGRATIONS
) -> int:
    """Count the migrations that a journal has had, without writing anything.

    Raises
    ------
    JournalVersionError
        Where the file is another program's database or was written by a newer clusterlab.
    """
    tables = {r[0] for r in connection.execute("SELECT name FROM sqlite_master")}
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if not tables:
        return 0
    if application != APPLICATION_ID or "migrations" not in tables:
        raise JournalVersionError(
            N_("“{file}” is a database, but not a clusterlab journal. Nothing was changed."),
            file=file,
        )
    done = [r[0] for r in connection.execute("SELECT name FROM migrations ORDER BY rowid")]
    known = [m.name for m in migrations]
    if done != known[: len(done)]:
        newest = next((name for name in done if name not in known), done[-1])
        raise JournalVersionError(
            N_(
                "“{file}” was written by a newer clusterlab (it knows “{newest}”). "
                "Nothing was changed. Update clusterlab to open it."
            ),
            file=file,
            newest=newest,
        )
    return len(done)


def _step(connection: sqlite3.Connection, migration: Migration) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
        done = connection.execute("SELECT 1 FROM migrations WHERE name = ?", [migration.name])
        if done.fetchone() is None:  # else another process made the step while we waited
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations (name) VALUES (?)", [migration.name])
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
