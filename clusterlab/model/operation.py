"""What a person did: the one thing that the journal keeps."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

#: Everything that a person can do to a note. Other kinds are kept and passed over.
KINDS = frozenset({"add", "edit", "move", "delete", "restore", "link", "unlink", "resolve", "undo"})

#: What stays of an operation's payload when its person is purged: structure, no words.
STRUCTURE = frozenset(
    {"note", "block", "topic", "after", "base", "links", "letter", "spoken"}
    | {"target", "field", "keep"}
)


@dataclass(frozen=True, slots=True, order=True)
class BoardId:
    """Which board: one canvas of one cluster, in one version, on one topic.

    Parameters
    ----------
    cluster, canvas
        Ids of the cluster and of the canvas kind.
    version
        ``current``, ``in-five-years`` or another version of the kind.
    topic
        Topic of the board, or "" for a canvas without topics and for all topics at once.
    """

    cluster: str
    canvas: str
    version: str = "current"
    topic: str = ""

    @property
    def sheet(self) -> BoardId:
        """The same canvas over all its topics: what spoken ids are unique in."""
        return BoardId(self.cluster, self.canvas, self.version)  # asked for of every operation

    def __str__(self) -> str:
        """Give the id as one line, for messages."""
        return "/".join(filter(None, (self.cluster, self.canvas, self.version, self.topic)))


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that one person did to one board.

    Parameters
    ----------
    board
        Where it was done. A move to another topic names the new topic in its payload.
    kind
        One of `KINDS`; operations of other kinds are kept in the journal and change nothing.
    payload
        ``note`` (id of the note), and by kind: ``block``, ``topic``, ``after`` (id of the note
        before it, "" for the top, absent for the end), ``values`` (changed fields, the text among
        them; ``None`` takes one away), ``base`` (heads of the note that the person saw),
        ``target`` (a linked note, or the operation to undo), ``field`` and ``keep`` (which
        alternative to keep), ``letter`` and ``spoken``.
    actor
        Pseudonymous id of the person.
    id
        Unique per board and actor: the same operation arriving twice counts once.
    sequence
        Logical time: larger than that of every operation its journal held. Given on append.
    time
        UTC, ISO 8601 to the millisecond. Given on append where it is empty.
    """

    board: BoardId
    kind: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    actor: str = "local"
    id: str = ""
    sequence: int = 0
    time: str = ""

    @property
    def note(self) -> str:
        """Id of the note it is about, or ""."""
        note = self.payload.get("note", "") if isinstance(self.payload, Mapping) else ""
        return note if isinstance(note, str) else ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same operation within its board."""
        return self.actor, self.id

    @property
    def order(self) -> tuple[int, str, str]:
        """Place in the canonical order: causes first, then the same everywhere."""
        return self.sequence, self.actor, self.id

    def purged(self) -> Operation:
        """Give the operation without anything that its person wrote."""
        payload = self.payload if isinstance(self.payload, Mapping) else {}
        return replace(
            self, payload={k: v for k, v in payload.items() if k in STRUCTURE and _is_id(v)}
        )


def _is_id(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(v, str) for v in value)
    return isinstance(value, str)


def new_id() -> str:
    """Make a random id for a note or an operation."""
    return str(uuid.uuid4())


def derived_id(*parts: str | int) -> str:
    """Make an id that is the same wherever it is made from the same parts (a UUID, version 8)."""
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).digest()
    return str(uuid.UUID(int=_as_version_8(int.from_bytes(digest[:16], "big"))))


def _as_version_8(number: int) -> int:
    number &= ~(0xF << 76) & ~(0x3 << 62)
    return number | (0x8 << 76) | (0x2 << 62)


def is_uuid(text: str) -> bool:
    """Tell whether a text is a UUID in its usual form."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def in_order(operations: Iterable[Operation]) -> list[Operation]:
    """Sort operations canonically and drop those that came twice."""
    seen: dict[tuple[BoardId, tuple[str, str]], Operation] = {}
    for operation in sorted(operations, key=lambda o: o.order):
        seen.setdefault((operation.board, operation.key), operation)
    return list(seen.values())
