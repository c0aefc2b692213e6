"""A note on a board: what people wrote, with everything that was said against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Alternative:
    """A change that did not know of another one; kept beside it until somebody decides.

    Parameters
    ----------
    field
        The field of the note it is about; ``place`` for a move, ``deleted`` for a deletion.
    value
        The field's other value; for ``place`` the pair (topic, block).
    operation, actor, time
        The operation it came with, whose it was and when (UTC).
    """

    field: str
    value: Any
    operation: str
    actor: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One note, goal, action or other item on a board.

    Parameters
    ----------
    id
        UUID; what links use.
    spoken
        The id that people say: ``S3``.
    topic, block
        Where it lies.
    values
        Fields by name, ``text`` among them; lists are tuples.
    links
        Ids of the notes it refers to, in the order they were linked.
    author, created, changed
        Pseudonymous id of who added it; times of the first and the last operation (UTC).
    heads
        Operations that nobody has built upon yet: the revision that an edit is based on.
    alternatives
        What others wrote in the same place without knowing of each other.
    deleted
        Deleted notes are kept, so that they can be restored.
    """

    id: str
    spoken: str = ""
    topic: str = ""
    block: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    author: str = ""
    created: str = ""
    changed: str = ""
    heads: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    deleted: bool = False

    @property
    def text(self) -> str:
        """The note's text, "" where a purge took it."""
        value = self.values.get("text")
        return "" if value is None else str(value)

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
        value = self.values.get("tags") or ()
        return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)

    def get(self, name: str, default: Any = None) -> Any:
        """Give a field's value."""
        return self.values.get(name, default)
