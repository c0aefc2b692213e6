"""The fold: what each kind of operation does to the notes.

Two things that people did without knowing of each other never overwrite each other: the first in
canonical order shows, the other is kept beside it. Both copies of a workshop agree on the order,
so they agree on the result.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clusterlab.model import payload as read
from clusterlab.model.note import Alternative, Note
from clusterlab.model.operation import BoardId, Operation
from clusterlab.model.trace import ORDER, PLACE, Facet, Trace

Place = tuple[str, str]
_Changes = dict[Facet, Any]


@dataclass(slots=True)
class State:
    """Everything on one canvas of one cluster, over all topics."""

    notes: dict[str, Note] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)
    lists: dict[Place, list[str]] = field(default_factory=dict)
    spoken: set[str] = field(default_factory=set)
    applied: set[tuple[BoardId, tuple[str, str]]] = field(default_factory=set)
    sequence: int = 0

    def copy_for(self, operation: Operation) -> State:
        """Give a state to which an operation can be applied without changing this one."""
        traces = dict(self.traces)
        if trace := traces.get(operation.note):
            traces[trace.id] = trace.copy()
        lists = {place: list(ids) for place, ids in self.lists.items()}
        return State(
            dict(self.notes), traces, lists, set(self.spoken), set(self.applied), self.sequence
        )

    def apply(self, operations: Iterable[Operation]) -> None:
        """Apply operations that are in canonical order; those known already change nothing."""
        touched: dict[str, None] = {}
        for operation in operations:
            key = (operation.board, operation.key)
            if key in self.applied:
                continue
            self.applied.add(key)
            self.sequence = max(self.sequence, operation.sequence)
            if _apply(self, operation):
                touched[operation.note] = None
        for note in touched:
            self.notes[note] = self.traces[note].note()

    def above(self, trace: Trace) -> str:
        """Give the id of the note above one in its block, "" for the topmost."""
        ids = self.lists[trace.place]
        index = ids.index(trace.id)
        return ids[index - 1] if index else ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One operation about to be applied to a note."""

    state: State
    trace: Trace
    operation: Operation
    payload: Mapping[str, Any]
    base: tuple[str, ...]
    seen: Collection[str]

    @property
    def worked(self) -> _Changes:
        """Say that somebody worked on the note: a deletion that did not know of it must not win.

        Work that they built on counts again where they did not know that it was taken back.
        """
        built_on = dict.fromkeys(self.trace.taken_back(self.seen), True)
        return {("worked", self.operation.id): True} | built_on

    def alternative(self, name: str, value: Any) -> Alternative:
        operation = self.operation
        return Alternative(name, value, operation.id, operation.actor, operation.time)

    def beside(self, name: str, value: Any) -> _Changes:
        """Keep a value beside the one that shows, in place of what its person knew there."""
        known = next(((f, v) for f, v in self.trace.besides(name) if f[2] in self.seen), None)
        rank = known[1][0] if known else (*self.operation.order, name)
        changes: _Changes = {known[0]: None} if known else {}
        return changes | {
            ("beside", name, self.operation.id): (rank, self.alternative(name, value))
        }

    def deletion(self) -> _Changes:
        rank = (*self.operation.order, "deleted")
        kept = self.alternative("deleted", True)
        return {("deletion", self.operation.id): (rank, kept)}

    def known_deletions(self) -> _Changes:
        return {f: None for f, _ in self.trace.of("deletion") if f[1] in self.seen}

    def commit(self, changes: _Changes, after: Any = None) -> None:
        """Make the changes; where they move the note, put it below ``after``."""
        trace, moves = self.trace, PLACE in changes or ORDER in changes
        if moves:
            trace.above[self.operation.id] = self.state.above(trace)
            self.state.lists[trace.place].remove(trace.id)
        trace.commit(self.operation, self.base, self.seen, changes)
        if moves:
            _insert(self.state, trace, after)


def _apply(state: State, operation: Operation) -> bool:
    """Apply one operation; tell whether it was about a note that is there."""
    payload = operation.payload if isinstance(operation.payload, Mapping) else {}
    if operation.kind == "add" and operation.note not in state.traces:
        return bool(operation.note) and _add(state, operation, payload)
    action = _again if operation.kind == "add" else _ACTIONS.get(operation.kind)
    trace = state.traces.get(operation.note)
    if trace is None or action is None:
        return False
    base = read.texts(payload, "base") if operation.kind != "add" else ()
    action(_Step(state, trace, operation, payload, base, trace.seen(base)))
    return True


def _add(state: State, operation: Operation, payload: Mapping[str, Any]) -> bool:
    values = {k: v for k, v in read.values(payload).items() if v is not None}
    trace = Trace(
        id=operation.note,
        spoken=_free(state.spoken, read.text(payload, "spoken")),
        author=operation.actor,
        created=operation.time,
        changed=operation.time,
        added_by=operation.id,
        added=values,
    )
    topic = read.text(payload, "topic", operation.board.topic)
    changes: _Changes = {
        PLACE: (topic, read.text(payload, "block"), operation.id),
        ORDER: operation.id,
        ("worked", operation.id): True,
    }
    changes |= {("value", k): (v, operation.id) for k, v in values.items()}
    for index, target in enumerate(read.texts(payload, "links")):
        changes.setdefault(("link", target), (*operation.order, index))
    trace.commit(operation, (), (), changes)
    state.traces[trace.id] = trace
    _insert(state, trace, payload.get("after"))
    return True


def _free(taken: set[str], spoken: str) -> str:
    """Keep a spoken id unique where two copies gave the same one while apart: S4, S4b, S4c."""
    name, letter = spoken, "b"
    while name and name in taken:
        name = f"{spoken}{letter}"
        if letter == "z":
            spoken, letter = name, "a"
        letter = chr(ord(letter) + 1)
    taken.add(name)
    return name


def _insert(state: State, trace: Trace, after: Any) -> None:
    ids = state.lists.setdefault(trace.place, [])
    if after == "":
        ids.insert(0, trace.id)
    elif after in ids:
        ids.insert(ids.index(after) + 1, trace.id)
    else:
        ids.append(trace.id)


def _again(step: _Step) -> None:
    """Add a note that is there already, as when two people import the same table.

    What is the same changes nothing; what differs is kept like an edit that knew of nothing.
    """
    trace, operation = step.trace, step.operation
    values = read.values(step.payload)
    changes: _Changes = {}
    for name, value in values.items():
        if value is not None and trace.added.get(name) != value:
            changes |= _set(step, name, value)
    place = (
        read.text(step.payload, "topic", operation.board.topic),
        read.text(step.payload, "block"),
    )
    if place != next(iter(trace.places.values())):
        changes |= step.beside("place", place)
    if changes:
        step.commit(changes | step.worked)


def _set(step: _Step, name: str, value: Any) -> _Changes:
    """Set a field, or keep the value beside one that its person did not know."""
    facet = ("value", name)
    shown = step.trace.facets.get(facet)
    if shown is None or shown[1] in step.seen:
        return {facet: (value, step.operation.id)}
    return step.beside(name, value)


def _edit(step: _Step) -> None:
    changes: _Changes = {}
    for name, value in read.values(step.payload).items():
        changes |= _set(step, name, value)
    step.commit(changes | step.worked if changes else changes)


def _move(step: _Step) -> None:
    trace, here = step.trace, step.trace.place
    there = (
        read.text(step.payload, "topic", here[0]),
        read.text(step.payload, "block", here[1]),
    )
    after = step.payload.get("after")
    if there == here:
        step.commit(step.worked | {ORDER: step.operation.id}, after)
        return
    left = next((p for o, p in reversed(trace.places.items()) if o in step.seen), None)
    knew_all = len(step.seen) == len(trace.parents)
    if there == left and not knew_all:  # put in order where it was before somebody moved it away
        step.commit({})
    elif trace.facets[PLACE][2] in step.seen:
        place = (*there, step.operation.id)
        step.commit(step.worked | {PLACE: place, ORDER: step.operation.id}, after)
    else:
        trace.places[step.operation.id] = there
        step.commit(step.worked | step.beside("place", there))


def _delete(step: _Step) -> None:
    step.commit(step.deletion())


def _restore(step: _Step) -> None:
    step.commit(step.worked | step.known_deletions())


def _link(step: _Step) -> None:
    target = read.text(step.payload, "target")
    new = target and ("link", target) not in step.trace.facets
    rank = (*step.operation.order, 0)
    step.commit(step.worked | {("link", target): rank} if new else {})


def _unlink(step: _Step) -> None:
    target = read.text(step.payload, "target")
    known = ("link", target) in step.trace.facets
    step.commit(step.worked | {("link", target): None} if known else {})


def _resolve(step: _Step) -> None:
    """Decide for one of several values beside each other; ``keep`` "" keeps the one that shows.

    A decision that did not know the value that shows decides nothing: the choice stays open.
    """
    name, keep = read.text(step.payload, "field"), read.text(step.payload, "keep")
    if name == "deleted":
        changes = step.known_deletions()
        if keep and ("deletion", keep) in step.trace.facets:
            changes |= step.deletion()
        elif keep:
            changes = {}
        step.commit(changes if keep or not changes else changes | step.worked)
        return
    facet = PLACE if name == "place" else ("value", name)
    shown = step.trace.facets.get(facet)
    owner = shown[-1] if shown else ""
    beside = {f: v[1].value for f, v in step.trace.besides(name)}
    chosen = ("beside", name, keep)
    changes = {}
    if (not owner or owner in step.seen) and (keep in {"", owner} or chosen in beside):
        changes = {f: None for f in beside if f[2] in step.seen or f == chosen}
        if chosen in beside and name == "place":
            changes |= {PLACE: (*beside[chosen], step.operation.id), ORDER: step.operation.id}
        elif chosen in beside:
            changes[facet] = (beside[chosen], step.operation.id)
    step.commit(changes | step.worked if changes else {})


def _undo(step: _Step) -> None:
    """Take an operation back, as far as nothing was built on it; it carries no words."""
    trace, target = step.trace, read.text(step.payload, "target")
    if target == trace.added_by:
        step.commit(step.deletion())
        return
    changes: _Changes = {}
    for facet, (before, after) in trace.done.get(target, {}).items():
        if trace.facets.get(facet) != after:
            continue
        if facet[0] == "worked" and not before and trace.worked_on(facet[1]):
            continue  # who built on it saw a note that it held against a deletion
        changes[facet] = before
        if facet[0] == "deletion" and before and facet[1] in trace.revived.get(target, ()):
            known = trace.confirmed.get(facet[1], ())
            trace.confirmed[facet[1]] = (*known, step.operation.id)
    step.commit(changes, trace.above.get(target))


_ACTIONS: dict[str, Callable[[_Step], None]] = {
    "edit": _edit,
    "move": _move,
    "delete": _delete,
    "restore": _restore,
    "link": _link,
    "unlink": _unlink,
    "resolve": _resolve,
    "undo": _undo,
}
