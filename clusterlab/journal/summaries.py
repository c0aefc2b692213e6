"""What can be told of operations without folding them, which takes many times as long."""

from __future__ import annotations

import hashlib
import sqlite3

from clusterlab.journal.rows import COLUMNS

#: Stands for a topic that cannot be read; no kind has it.
_UNREADABLE = b"?"


def position(connection: sqlite3.Connection) -> int:
    """Give the position of the last operation."""
    query = "SELECT coalesce(max(position), 0) FROM operations"
    return int(connection.execute(query).fetchone()[0])


def clusters(connection: sqlite3.Connection) -> set[str]:
    """Give the ids of the clusters that have operations."""
    return {row[0] for row in connection.execute("SELECT DISTINCT cluster FROM operations")}


def content(connection: sqlite3.Connection, cluster: str) -> str:
    """Give a hash of all operations of a cluster; it tells nothing of how they arrived."""
    # In the order of the table's own index: nothing is sorted.
    query = (
        f"SELECT {COLUMNS} FROM operations WHERE cluster = ?"  # noqa: S608 - constants
        " ORDER BY canvas, version, topic, actor, id"
    )
    rows = connection.execute(query, [cluster]).fetchall()
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()


def topics(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Give cluster, canvas and topic of every operation, and the topics that payloads name.

    No note lies on a topic that is not among them. Bytes, as a payload may hold half a character.
    """
    rows = connection.execute(
        "SELECT DISTINCT cluster, canvas, topic, CAST(CASE WHEN json_valid(payload)"
        " THEN coalesce(json_extract(payload, '$.topic'), topic) ELSE ? END AS BLOB)"
        " FROM operations",
        [_UNREADABLE],
    )
    return {
        (cluster, canvas, told)
        for cluster, canvas, topic, named in rows.fetchall()
        for told in (topic, named.decode("utf-8", "replace"))
    }
