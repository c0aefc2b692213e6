"""How much each person or role has to do on each working day, and when it is too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from clusterlab.methods.network import TICKS
from clusterlab.methods.resources import key
from clusterlab.methods.schedule import Schedule, ScheduledTask

#: What a person can do on a day, in percent.
FULL = 100.0


@dataclass(frozen=True, slots=True)
class LoadSpan:
    """Days in a row on which a resource has equally much to do.

    Parameters
    ----------
    first, last
        Numbers of the first and the last working day, from 0.
    load
        Percent of the day; above 100 is too much.
    """

    first: int
    last: int
    load: float


@dataclass(frozen=True, slots=True)
class Overload:
    """Days in a row on which a resource has more to do than it can.

    Parameters
    ----------
    first, last
        Numbers of the first and the last working day, from 0.
    peak
        The largest load among them in percent.
    tasks
        Ids of all tasks that it works on in these days.
    """

    first: int
    last: int
    peak: float
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResourceLoad:
    """What a resource has to do.

    Parameters
    ----------
    resource
        Its name as it was first written.
    days
        Working days of one person in all: the sum of duration times share.
    peak
        Its largest load on a day in percent.
    spans
        Where it has anything to do, in order.
    overloads
        Where that is too much for one person, in order.
    share
        The largest share in percent that a single task names it with. Above 100 it is more than
        one person: a team, or a slip.
    """

    resource: str
    days: float
    peak: float
    spans: tuple[LoadSpan, ...]
    overloads: tuple[Overload, ...]
    share: float = FULL

    def team(self, over: Overload) -> bool:
        """Tell whether an overload is none where several people bear the name."""
        return self.share > FULL and over.peak <= self.share


@dataclass(frozen=True, slots=True)
class _Part:
    """A task's share of the days from ``first`` to before ``end``: in ticks."""

    task: str
    first: int
    end: int
    amount: int


def resource_load(plan: Schedule) -> tuple[ResourceLoad, ...]:
    """Give the load of every resource, with tasks at their earliest times.

    The load of a day is the sum, over the tasks of the day, of the resource's share times the part
    of the day that the task takes: two tasks of half a day each, one after the other, fill a day.
    People written in different case are one. What a summary task names counts for none of its
    parts: who works on them stands there.

    Returns
    -------
    tuple of ResourceLoad
        In the order in which the tasks name them.
    """
    names: dict[str, str] = {}
    shares: dict[str, float] = {}
    parts: dict[str, list[_Part]] = {}
    for found in plan.tasks:
        if found.summary or found.early_finish <= found.early_start:
            continue
        for who in found.task.resources:
            names.setdefault(key(who.resource), who.resource)
            shares[key(who.resource)] = max(shares.get(key(who.resource), 0.0), who.share)
            share = round(who.share * TICKS)
            parts.setdefault(key(who.resource), []).extend(_parts(found, share))
    return tuple(_load(name, shares[who], parts[who]) for who, name in names.items())


def _parts(found: ScheduledTask, share: int) -> Iterator[_Part]:
    """Split a task into a part of a day, whole days, and a part of a day."""
    start, finish = (round(t * TICKS) for t in (found.early_start, found.early_finish))
    first, last = start // TICKS, (finish - 1) // TICKS
    name = found.task.id
    if first == last:
        yield _Part(name, first, first + 1, share * (finish - start))
        return
    whole = (first + (start % TICKS > 0), last + (finish % TICKS == 0))
    if whole[0] > first:
        yield _Part(name, first, first + 1, share * (TICKS - start % TICKS))
    if whole[0] < whole[1]:
        yield _Part(name, *whole, share * TICKS)
    if whole[1] == last:
        yield _Part(name, last, last + 1, share * (finish % TICKS))


def _load(name: str, share: float, parts: list[_Part]) -> ResourceLoad:
    begins: dict[int, list[_Part]] = {}
    ends: dict[int, list[_Part]] = {}
    for part in parts:
        begins.setdefault(part.first, []).append(part)
        ends.setdefault(part.end, []).append(part)
    days = sorted({*begins, *ends})
    spans: list[LoadSpan] = []
    overloads: list[Overload] = []
    active: dict[int, _Part] = {}
    amount = 0
    for day, after in pairwise(days):
        for part in ends.get(day, ()):
            active.pop(id(part))
            amount -= part.amount
        begun = begins.get(day, [])
        active |= {id(part): part for part in begun}
        amount += sum(part.amount for part in begun)
        if not active:
            continue
        span = LoadSpan(day, after - 1, amount / TICKS**2)
        before = overloads[-1] if overloads and overloads[-1].last == day - 1 else None
        if span.load > FULL:
            new = begun if before else active.values()
            found = _overload(before, span, new)
            overloads[len(overloads) - (before is not None) :] = [found]
        if spans and (spans[-1].last, spans[-1].load) == (day - 1, span.load):
            span = LoadSpan(spans.pop().first, span.last, span.load)
        spans.append(span)
    return ResourceLoad(
        resource=name,
        days=sum(p.amount * (p.end - p.first) for p in parts) / TICKS**2 / FULL,
        peak=max(span.load for span in spans),
        spans=tuple(spans),
        overloads=tuple(overloads),
        share=share,
    )


def _overload(before: Overload | None, span: LoadSpan, new: Iterable[_Part]) -> Overload:
    """Begin days of too much work, or add to them what has begun since."""
    if before is None:
        return Overload(span.first, span.last, span.load, tuple(dict.fromkeys(p.task for p in new)))
    tasks = dict.fromkeys((*before.tasks, *(p.task for p in new)))
    return Overload(before.first, span.last, max(before.peak, span.load), tuple(tasks))
