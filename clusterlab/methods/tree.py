"""Trees of notes: each names the one that it is part of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding
from clusterlab.methods.values import references
from clusterlab.model import BoardId, Note

FIELD = "part-of"


@dataclass(frozen=True, slots=True)
class Branch:
    """A note with its place in the tree.

    Parameters
    ----------
    note
        The note.
    number
        ``1.2.1``: counted from 1 below each parent, in the order of the board.
    depth
        0 for a root.
    parent
        Id of the note above, "" for a root.
    children
        Ids of the notes below, in the order of the board.
    """

    note: Note
    number: str
    depth: int
    parent: str = ""
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forest:
    """Notes as trees.

    Parameters
    ----------
    branches
        By id of the note: each root with all below it, before the next root.
    unknown
        Spoken id of a note and what it names above itself that is not there.
    several
        Spoken id of a note and the several notes that it names above itself: the first counts.
    circles
        Spoken ids of notes that are each part of the next and the last of the first. So that
        they still have a place, the first of them by the board's order counts as a root.
    """

    branches: Mapping[str, Branch]
    unknown: tuple[tuple[str, str], ...] = ()
    several: tuple[tuple[str, tuple[str, ...]], ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()

    def __iter__(self) -> Iterator[Branch]:
        """Go through all, each note before those below it."""
        return iter(self.branches.values())

    def roots(self) -> list[Branch]:
        """Give the notes that are part of no other."""
        return [b for b in self if not b.parent]

    def below(self, branch: Branch) -> list[Branch]:
        """Give the notes directly below one."""
        return [self.branches[i] for i in branch.children]

    def upwards(self, note: str) -> Iterator[Note]:
        """Give a note by its id, the one above it, and so on up to the root."""
        while note:
            branch = self.branches[note]
            yield branch.note
            note = branch.parent

    def nested(self) -> list[dict[str, Any]]:
        """Give the trees as nested mappings of ``id``, ``spoken``, ``number``, ``text``,
        ``children``.
        """  # noqa: D205 - one sentence
        made: dict[str, dict[str, Any]] = {}
        for branch in self:
            note = branch.note
            plain = {"id": note.id, "spoken": note.spoken, "number": branch.number}
            made[note.id] = {**plain, "text": note.text, "children": []}
            if branch.parent:
                made[branch.parent]["children"].append(made[note.id])
        return [made[b.note.id] for b in self.roots()]


@dataclass(slots=True)
class _Reading:
    parents: dict[str, str] = field(default_factory=dict)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    several: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def forest(notes: Iterable[Note], name: str = FIELD) -> Forest:
    """Make trees of notes that name what they are part of.

    Parameters
    ----------
    notes
        In the order of their board.
    name
        Field that holds the spoken id of the note above.
    """
    held = {n.id: n for n in notes}
    reading = _read(held, name)
    circles = _circles(held, reading.parents)
    for circle in circles:
        del reading.parents[circle[0]]
    branches = _placed(held, reading.parents)
    spoken = tuple(tuple(held[i].spoken for i in circle) for circle in circles)
    return Forest(branches, tuple(reading.unknown), tuple(reading.several), spoken)


def _read(held: Mapping[str, Note], name: str) -> _Reading:
    """Find the note above each; of two notes with one spoken id the first counts.

    A number alone is taken for the note with that number, whatever its letter.
    """
    said: dict[str, str] = {}
    for note in held.values():
        if note.spoken:
            said.setdefault(note.spoken.upper(), note.id)
    for spoken, found_as in list(said.items()):
        said.setdefault(spoken.lstrip(ascii_uppercase), found_as)
    found = _Reading()
    for note in held.values():
        named = references(note.get(name))
        known = [said[word] for word in named if word in said]
        found.unknown += [(note.spoken, word) for word in named if word not in said]
        if len(known) > 1:
            found.several.append((note.spoken, tuple(held[i].spoken for i in known)))
        if known:
            found.parents[note.id] = known[0]
    return found


def _circles(held: Mapping[str, Note], parents: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Find the circles; each begins with its first note by the board's order.

    Every note has at most one above it, so walking upwards from each once is enough.
    """
    order = {name: i for i, name in enumerate(held)}
    done: set[str] = set()
    found = []
    for start in held:
        path: dict[str, None] = {}
        at = start
        while at and at not in done and at not in path:
            path[at] = None
            at = parents.get(at, "")
        if at in path:
            walked = list(path)
            circle = walked[walked.index(at) :]
            first = circle.index(min(circle, key=order.__getitem__))
            found.append((*circle[first:], *circle[:first]))
        done |= path.keys()
    return found


def _placed(held: Mapping[str, Note], parents: Mapping[str, str]) -> dict[str, Branch]:
    children: dict[str, list[str]] = {}
    for note in held:
        children.setdefault(parents.get(note, ""), []).append(note)
    branches: dict[str, Branch] = {}
    # A stack instead of recursion: a chain may be as long as the board.
    waiting = [(i, str(n), 0) for n, i in enumerate(children.get("", ()), 1)][::-1]
    while waiting:
        name, number, depth = waiting.pop()
        below = tuple(children.get(name, ()))
        branches[name] = Branch(held[name], number, depth, parents.get(name, ""), below)
        numbered = [(i, f"{number}.{n}", depth + 1) for n, i in enumerate(below, 1)]
        waiting += numbered[::-1]
    return branches


def tree_findings(prefix: str, found: Forest, board: BoardId, source: str) -> Iterator[Finding]:
    """Say where notes are no tree.

    Rules: ``<prefix>-circle`` (notes that are part of each other), ``<prefix>-parent`` (part of a
    note that is not there), ``<prefix>-parents`` (part of several).
    """
    for circle in found.circles:
        itself = N_("{spoken} is said to be part of itself.")
        around = N_(
            "Each of these is said to be part of the next, so none stands on top: {circle}."
        )
        yield Finding(
            f"{prefix}-circle",
            "error",
            board,
            Message(
                itself if len(circle) == 1 else around,
                {"spoken": circle[0], "circle": " → ".join((*circle, circle[0]))},
            ),
            Message(N_("Decide which of them stands on top, and empty its field “Part of”.")),
            note=circle[0],
            source=source,
        )
    for spoken, word in found.unknown:
        yield Finding(
            f"{prefix}-parent",
            "error",
            board,
            Message(
                N_("{spoken} is part of “{word}”, which is not on this canvas."),
                {"spoken": spoken, "word": word},
            ),
            Message(N_("Write the number of the one above it under “Part of”, or nothing.")),
            note=spoken,
            source=source,
        )
    for spoken, above in found.several:
        yield Finding(
            f"{prefix}-parents",
            "error",
            board,
            Message(
                N_("{spoken} is part of several: {above}. Only {first} counts."),
                {"spoken": spoken, "above": list(above), "first": above[0]},
            ),
            Message(N_("Decide for one, or split it.")),
            note=spoken,
            source=source,
        )
