"""The people behind the pseudonymous ids: their names, and forgetting them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from clusterlab.journal.rows import COLUMNS, encode, operation_of


@dataclass(frozen=True, slots=True)
class Actor:
    """A person behind a pseudonymous id."""

    id: str
    name: str = ""
    address: str = ""


def name(connection: sqlite3.Connection, actor: Actor, *, united: bool) -> None:
    """Remember a name, unless the person was purged.

    Parameters
    ----------
    connection
        Within a transaction.
    actor
        An empty name or address changes nothing.
    united
        Whether it comes from another copy: then both copies choose alike.
    """
    wins = "max({0}, excluded.{0})" if united else "iif(excluded.{0} = '', {0}, excluded.{0})"
    connection.execute(
        "INSERT INTO actors SELECT ?1, ?2, ?3"  # noqa: S608 - expressions of our own
        " WHERE NOT EXISTS (SELECT 1 FROM purged WHERE actor = ?1) ON CONFLICT (id) DO UPDATE"
        f" SET name = {wins.format('name')}, address = {wins.format('address')}",
        [actor.id, actor.name, actor.address],
    )


def actors(connection: sqlite3.Connection) -> list[Actor]:
    """Give the people whose names are known."""
    rows = connection.execute("SELECT id, name, address FROM actors ORDER BY id")
    return [Actor(*row) for row in rows.fetchall()]


def purge(connection: sqlite3.Connection, actor: str, until: str) -> int:
    """Empty what a person wrote up to a time and forget the name.

    Parameters
    ----------
    connection
        Within a transaction.
    actor
        The person's id.
    until
        Time in UTC.

    Returns
    -------
    int
        How many operations were emptied.
    """
    rows = connection.execute(
        f"SELECT position, {COLUMNS} FROM operations"  # noqa: S608 - constants
        " WHERE actor = ? AND time <= ?",
        [actor, until],
    ).fetchall()
    count = 0
    for position, *row in rows:
        operation = operation_of(tuple(row))
        emptied = operation.purged()
        if emptied != operation:
            connection.execute(
                "UPDATE operations SET payload = ? WHERE position = ?",
                [encode(emptied.payload), position],
            )
            count += 1
    connection.execute("DELETE FROM actors WHERE id = ?", [actor])
    connection.execute(
        "INSERT INTO purged VALUES (?, ?)"
        " ON CONFLICT (actor) DO UPDATE SET time = max(time, excluded.time)",
        [actor, until],
    )
    return count


def purges(connection: sqlite3.Connection) -> dict[str, str]:
    """Give until when the words of each purged person are emptied."""
    rows = connection.execute("SELECT actor, time FROM purged").fetchall()
    return {str(actor): str(time) for actor, time in rows}


def scrub(connection: sqlite3.Connection) -> bool:
    """Leave nothing of what was emptied in free pages or in the write-ahead log.

    Returns
    -------
    bool
        Whether that could be done: another program may hold the log.
    """
    try:
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise
    return not busy
