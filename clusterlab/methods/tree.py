"""Trees of notes: each names the one that it is part of.

Besides its spoken id, such as G4, a note below another has a name by its place: G1.2 is the second
below G1. The spoken id stays when notes are moved; the place is what people say before a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding
from clusterlab.methods.values import references
from clusterlab.model import BoardId, Note

FIELD = "part-of"
#: So often are places looked up anew, as what is found by one may move others.
_ROUNDS = 10
_DIGITS = 4  # nobody counts more parts of one whole


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
    root
        Spoken id of the note on top of its tree.
    parent
        Id of the note above, "" for a root.
    children
        Ids of the notes below, in the order of the board.
    """

    note: Note
    number: str
    depth: int
    root: str = ""
    parent: str = ""
    children: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """``G1.2.1``: the spoken id of its root, then counted as in ``number``; "" without one."""
        step = self.number.find(".")
        return self.root + self.number[step:] if step >= 0 else self.root

    @property
    def called(self) -> str:
        """Its place, and its spoken id where that is another: ``G1.2 (G4)``."""
        return f"{self.place} ({self.note.spoken})" if self.parent else self.note.spoken


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
    placed
        Spoken id of a note, the place by which it names the note above itself, and the spoken id
        of that: places mean others when notes are moved.
    said
        Ids of notes by spoken id in capitals; of two with the same the first counts.
    """

    branches: Mapping[str, Branch]
    unknown: tuple[tuple[str, str], ...] = ()
    several: tuple[tuple[str, tuple[str, ...]], ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()
    placed: tuple[tuple[str, str, str], ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Branch]:
        """Go through all, each note before those below it."""
        return iter(self.branches.values())

    def find(self, word: str) -> Branch | None:
        """Find a note by its spoken id or by its place, such as G4, G1.2 or G4.1, in any case."""
        found = _meant(word.strip().upper(), self.said, lambda i: self.branches[i].children)
        return self.branches.get(found)

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
        """Give the trees as nested mappings of ``id``, ``spoken``, ``number``, ``place``,
        ``text``, ``children``.
        """  # noqa: D205 - one sentence
        made: dict[str, dict[str, Any]] = {}
        for branch in self:
            note = branch.note
            plain = {"id": note.id, "spoken": note.spoken, "number": branch.number}
            plain["place"] = branch.place
            made[note.id] = {**plain, "text": note.text, "children": []}
            if branch.parent:
                made[branch.parent]["children"].append(made[note.id])
        return [made[b.note.id] for b in self.roots()]


@dataclass(slots=True)
class _Reading:
    parents: dict[str, str] = field(default_factory=dict)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    several: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    placed: list[tuple[str, str, str]] = field(default_factory=list)


def forest(notes: Iterable[Note], name: str = FIELD) -> Forest:
    """Make trees of notes that name what they are part of.

    Parameters
    ----------
    notes
        In the order of their board.
    name
        Field that holds the spoken id of the note above, or its place.
    """
    held = {n.id: n for n in notes}
    said: dict[str, str] = {}
    for note in held.values():
        if note.spoken:
            said.setdefault(note.spoken.upper(), note.id)
    reading = _read(held, name, said)
    circles = _circles(held, reading.parents)
    for circle in circles:
        del reading.parents[circle[0]]
    branches = _placed(held, reading.parents)
    spoken = tuple(tuple(held[i].spoken for i in circle) for circle in circles)
    unknown, several = tuple(reading.unknown), tuple(reading.several)
    return Forest(branches, unknown, several, spoken, tuple(reading.placed), said)


def _read(held: Mapping[str, Note], name: str, said: Mapping[str, str]) -> _Reading:
    """Find the note above each.

    A number alone is taken for the note with that number, whatever its letter. What a place means
    hangs on what other notes are part of: places are looked up until that changes nothing more.
    """
    numbers = {spoken.lstrip(ascii_uppercase): i for spoken, i in reversed(list(said.items()))}
    said = {**numbers, **said}
    named = {n.id: references(n.get(name)) for n in held.values()}
    places = {w for words in named.values() for w in words if "." in w and w not in said}
    meant = dict(said)
    parents = _above(named, meant)
    for _ in range(_ROUNDS if places else 0):
        meant = {**said, **_looked_up(places, said, _below(held, parents))}
        before, parents = parents, _above(named, meant)
        if parents == before:
            break
    found = _Reading(parents)
    for note in held.values():
        words = named[note.id]
        known: dict[str, str] = {}
        for word in words:
            if above := meant.get(word):
                known.setdefault(above, word)
            else:
                found.unknown.append((note.spoken, word))
        if len(known) > 1:
            found.several.append((note.spoken, tuple(held[i].spoken for i in known)))
        first, word = next(iter(known.items()), ("", ""))
        if word in places:
            found.placed.append((note.spoken, word, held[first].spoken))
    return found


def _looked_up(
    places: Iterable[str], said: Mapping[str, str], below: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    return {place: _meant(place, said, lambda i: below.get(i, ())) for place in places}


def _above(named: Mapping[str, tuple[str, ...]], meant: Mapping[str, str]) -> dict[str, str]:
    """Give the note above each: the first that it names and that is there."""
    first = ((i, next(filter(None, map(meant.get, words)), "")) for i, words in named.items())
    return {i: above for i, above in first if above}


def _below(held: Mapping[str, Note], parents: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the notes below each, in the order of the board; those on top are below ""."""
    below: dict[str, list[str]] = {}
    for note in held:
        below.setdefault(parents.get(note, ""), []).append(note)
    return below


def _meant(word: str, said: Mapping[str, str], below: Callable[[str], Sequence[str]]) -> str:
    """Give the id of the note that a spoken id or a place means, "" for none."""
    if word in said:
        return said[word]
    first, *steps = word.split(".")
    at = said.get(first, "") if first else ""
    for step in steps:
        number = int(step) if step.isdecimal() and len(step) <= _DIGITS else 0
        parts = below(at) if at else ()
        at = parts[number - 1] if 0 < number <= len(parts) else ""
    return at


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
    children = _below(held, parents)
    branches: dict[str, Branch] = {}
    # A stack instead of recursion: a chain may be as long as the board.
    roots = enumerate(children.get("", ()), 1)
    waiting = [(i, str(n), 0, held[i].spoken) for n, i in roots][::-1]
    while waiting:
        name, number, depth, root = waiting.pop()
        below = tuple(children.get(name, ()))
        branches[name] = Branch(held[name], number, depth, root, parents.get(name, ""), below)
        numbered = [(i, f"{number}.{n}", depth + 1, root) for n, i in enumerate(below, 1)]
        waiting += numbered[::-1]
    return branches


def tree_findings(prefix: str, found: Forest, board: BoardId, source: str) -> Iterator[Finding]:
    """Say where notes are no tree.

    Rules: ``<prefix>-circle`` (notes that are part of each other), ``<prefix>-parent`` (part of a
    note that is not there), ``<prefix>-parents`` (part of several), ``<prefix>-place`` (part of one
    that it names by its place, which is another's once notes are moved).
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
    for spoken, place, now in found.placed:
        yield Finding(
            f"{prefix}-place",
            "info",
            board,
            Message(
                N_("{spoken} is part of “{place}”, which is {above} as the tree stands now."),
                {"spoken": spoken, "place": place, "above": now},
            ),
            Message(N_("Write the number without points: it stays when others are moved.")),
            note=spoken,
            source=source,
        )
