"""All that the fold knows of one note: more than the note shows.

A trace holds *facets*: small independent facts (a field's value, the place, one link, one kept
alternative, one deletion). Every operation is a change of some facets, which the trace remembers,
so that it can be taken back even when other facets have changed since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from clusterlab.model.note import Alternative, Note
from clusterlab.model.operation import Operation

#: ("value", field) -> (value, operation it came from) · ("place",) -> (topic, block, operation)
#: ("order",) -> operation · ("link", note) -> rank · ("beside", field, operation) -> (rank,
#: Alternative) · ("deletion", operation) -> (rank, Alternative)
#: ("worked", operation) -> True for everything but deletions
Facet = tuple[str, ...]

PLACE: Facet = ("place",)
ORDER: Facet = ("order",)


@dataclass(slots=True)
class Trace:
    """A note's facets and the history that leads to them.

    Parameters
    ----------
    id, spoken, author, created, changed
        As in `Note`.
    added_by, added
        The operation that made the note, and the values it gave.
    facets
        What holds now.
    parents
        For each operation on the note, the heads that its person saw.
    doubled
        Ids that two different operations claim: nobody can be shown to have seen either.
    heads
        Operations that nobody has built upon yet.
    done
        For each operation, what it changed: facet -> (before, after).
    above
        For each operation that moved the note, the note that was above it before.
    places
        Where each move put the note, in canonical order.
    revived
        For each operation that knowingly brought the note back, the deletions that had won.
    confirmed
        For each deletion, the operations that brought it back: it knows what they knew.
    """

    id: str
    spoken: str
    author: str
    created: str
    changed: str
    added_by: str
    added: dict[str, Any] = field(default_factory=dict)
    facets: dict[Facet, Any] = field(default_factory=dict)
    parents: dict[str, frozenset[str]] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)
    heads: tuple[str, ...] = ()
    done: dict[str, dict[Facet, tuple[Any, Any]]] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    revived: dict[str, frozenset[str]] = field(default_factory=dict)
    confirmed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def copy(self) -> Trace:
        """Give a trace that can be changed without changing this one."""
        return Trace(
            self.id, self.spoken, self.author, self.created, self.changed, self.added_by,
            self.added, dict(self.facets), dict(self.parents), set(self.doubled), self.heads,
            dict(self.done), dict(self.above), dict(self.places), dict(self.revived),
            dict(self.confirmed),
        )  # fmt: skip

    def seen(self, base: Collection[str]) -> Collection[str]:
        """Give every operation on the note that somebody who saw ``base`` has seen."""
        if not self.doubled and set(base).issuperset(self.heads):
            return frozenset(self.parents)
        found: set[str] = set()
        todo = list(base)
        while todo:
            operation = todo.pop()
            if operation in self.parents and operation not in found | self.doubled:
                found.add(operation)
                todo.extend(self.parents[operation])
        return found

    def commit(
        self,
        operation: Operation,
        base: tuple[str, ...],
        seen: Collection[str],
        changes: dict[Facet, Any],
    ) -> None:
        """Change facets (``None`` takes one away) and remember the operation."""
        before = {f: self.facets.get(f) for f in changes}
        takes_back = any(f[0] == "deletion" and v is None for f, v in changes.items())
        won = {f[1] for f, _ in self.of("deletion")} if takes_back else set()
        won -= {f[1] for f in self.lost()} if won else set()
        for facet, value in changes.items():
            self.facets.pop(facet, None)
            if value is not None:
                self.facets[facet] = value
        if won and not self.deleted:
            self.revived[operation.id] = frozenset(won)
        if operation.id in self.parents:
            self.doubled.add(operation.id)
        self.done[operation.id] = {f: (before[f], v) for f, v in changes.items() if before[f] != v}
        if place := changes.get(PLACE):
            self.places[operation.id] = (place[0], place[1])
        self.parents[operation.id] = frozenset(b for b in base if b in self.parents)
        self.heads = (
            *(h for h in self.heads if h not in seen and h != operation.id),
            operation.id,
        )
        self.changed = max(self.changed, operation.time)

    def changed_by(self, operation: str) -> bool:
        """Tell whether an operation changed anything that it could take back."""
        if operation == self.added_by:
            return True
        return any(f[0] != "worked" for f in self.done.get(operation, {}))

    def worked_on(self, operation: str) -> bool:
        """Tell whether work that still counts was done by somebody who had seen an operation."""
        if operation in self.doubled:
            return False
        later = {operation}
        for one, parents in self.parents.items():  # in canonical order: those seen come first
            if one not in self.doubled and not later.isdisjoint(parents):
                later.add(one)
        return any(("worked", one) in self.facets for one in later - {operation})

    def taken_back(self, seen: Collection[str]) -> Iterator[Facet]:
        """Give the work in ``seen`` that was taken back by operations that are not."""
        for operation in self.parents:
            changes = () if operation in seen else self.done[operation].items()
            for facet, (before, after) in changes:
                if facet[0] == "worked" and before and not after and facet[1] in seen:
                    yield facet

    def of(self, kind: str) -> Iterator[tuple[Facet, Any]]:
        """Go through the facets of a kind."""
        return ((f, v) for f, v in self.facets.items() if f[0] == kind)

    @property
    def place(self) -> tuple[str, str]:
        """Topic and block."""
        topic, block, _ = self.facets[PLACE]
        return topic, block

    def besides(self, name: str) -> list[tuple[Facet, tuple[Any, Alternative]]]:
        """Give what was kept beside a field's value, in canonical order."""
        found = [(f, v) for f, v in self.of("beside") if f[1] == name]
        return sorted(found, key=lambda item: item[1][0])

    def lost(self) -> list[Facet]:
        """Give the deletions that do not win: they and some other work did not know each other."""
        worked = [f[1] for f, _ in self.of("worked")]
        lost = []
        for facet, _ in self.of("deletion"):
            steps = (facet[1], *self.confirmed.get(facet[1], ()))
            seen = self.seen(steps)
            if any(w not in seen and steps[-1] not in self.seen((w,)) for w in worked):
                lost.append(facet)
        return lost

    @property
    def deleted(self) -> bool:
        """Whether a deletion wins."""
        return len(list(self.of("deletion"))) > len(self.lost())

    def note(self) -> Note:
        """Give the note as it shows."""
        values = {f[1]: v[0] for f, v in self.of("value") if v[0] is not None}
        topic, block = self.place
        deletions = list(self.of("deletion"))
        deleted = bool(deletions) and self.deleted
        ranked = [
            kept
            for _, kept in self.of("beside")
            if kept[1].value
            != ((topic, block) if kept[1].field == "place" else values.get(kept[1].field))
        ]
        if not deleted:
            ranked += [kept for _, kept in deletions]
        links = sorted(self.of("link"), key=lambda item: item[1])
        return Note(
            id=self.id,
            spoken=self.spoken,
            topic=topic,
            block=block,
            values=values,
            links=tuple(f[1] for f, _ in links),
            author=self.author,
            created=self.created,
            changed=self.changed,
            heads=self.heads,
            alternatives=tuple(a for _, a in sorted(ranked, key=lambda item: item[0])),
            deleted=deleted,
        )
