"""Through the network forwards and backwards: earliest and latest times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clusterlab.methods.clock import Workdays
from clusterlab.methods.network import Edge, Network, Span, ticks


@dataclass(frozen=True, slots=True)
class Times:
    """When each task starts and ends, in ticks of working time.

    Parameters
    ----------
    spans
        Of each task that can be scheduled its earliest start and finish, its latest start and
        finish, its total and its free float.
    slack
        How far the first task of each edge can slip until it moves the second.
    length, end
        The earliest end of everything, and when it must have ended.
    """

    spans: Mapping[str, list[int]]
    slack: tuple[int, ...]
    length: int
    end: int


def times(net: Network, deadline: int | None, axis: Workdays) -> Times:
    """Find out when tasks can and must be done."""
    return _Passes(net, axis).times(deadline)


class _Passes:
    """Instants of tasks on an axis.

    All steps are monotone, and each backward step gives the last instant from which the forward
    step leads no further than to a given one. A task of working time starts only where work goes
    on; one of elapsed time, or of none, starts the moment that it can.
    """

    def __init__(self, net: Network, axis: Workdays) -> None:
        self._net, self._axis = net, axis
        self._out: dict[str, list[Edge]] = {name: [] for name in net.order}
        self._into: dict[str, list[Edge]] = {name: [] for name in net.order}
        for edge in net.edges:
            self._into[edge.after].append(edge)
            self._out[edge.before].append(edge)
        self._start: dict[str, int] = {}
        self._must: dict[str, int] = {}

    def times(self, deadline: int | None) -> Times:
        net, axis = self._net, self._axis
        for name in net.order:
            edges = self._into[name]
            start = max([axis.last(0), *(self._pushed(edge) for edge in edges)])
            self._start[name] = self._ready(name, start)
        ends = (axis.work(self._finish(name, self._start)) for name in net.order)
        length = max(ends, default=0)
        end = length if deadline is None else deadline
        limits = _limits(net)
        spans: dict[str, list[int]] = {}
        for name in reversed(net.order):
            latest = min(end, limits.get(name, end))
            self._must[name] = self._latest(name, latest, self._must)
            free = self._latest(name, length, self._start)
            start, must = self._start[name], self._must[name]
            finish = axis.work(self._finish(name, self._start))
            must_end = axis.work(self._finish(name, self._must))
            begun, due = axis.work(start), axis.work(must)
            spans[name] = [begun, finish, due, must_end, due - begun, axis.work(free) - begun]
        slack = [
            axis.work(self._pulled(edge, self._start)) - axis.work(self._start[edge.before])
            for edge in net.edges
        ]
        return Times(spans, tuple(slack), length, end)

    def _ready(self, name: str, instant: int) -> int:
        """Give the first instant from a given one on at which a task can start."""
        span = self._net.durations[name]
        return instant if _by_the_clock(span) else self._axis.last(self._axis.work(instant))

    def _finish(self, name: str, starts: Mapping[str, int]) -> int:
        return self._later(starts[name], self._net.durations[name])

    def _later(self, instant: int, span: Span) -> int:
        if _by_the_clock(span):
            return instant + span.ticks
        return self._axis.first(self._axis.work(instant) + span.ticks)

    def _pushed(self, edge: Edge) -> int:
        """Give the instant before which the second task of an edge cannot start."""
        first, last = edge.link.relation
        name = edge.before
        came = self._start[name] if first == "S" else self._finish(name, self._start)
        instant = self._later(came, edge.lag)
        if last == "S":
            return instant
        span = self._net.durations[edge.after]
        if _by_the_clock(span):
            return instant - span.ticks
        return self._axis.first(self._axis.work(instant) - span.ticks)

    def _pulled(self, edge: Edge, starts: Mapping[str, int]) -> int:
        """Give the last start of an edge's first task with which the second can keep its own."""
        first, last = edge.link.relation
        instant = starts[edge.after]
        if last == "F":
            instant = self._much_later(instant, self._net.durations[edge.after])
        instant = self._earlier(instant, edge.lag)
        if first == "F":
            instant = self._earlier(instant, self._net.durations[edge.before])
        return self._begun(edge.before, instant)

    def _earlier(self, instant: int, span: Span) -> int:
        """Give the last instant from which a span leads no further than to a given one."""
        if _by_the_clock(span):
            return instant - span.ticks
        return self._axis.last(self._axis.work(instant) - span.ticks)

    def _much_later(self, instant: int, span: Span) -> int:
        """Give the last instant that a task can end at which starts at a given one."""
        if _by_the_clock(span):
            return instant + span.ticks
        return self._axis.last(self._axis.work(instant) + span.ticks)

    def _begun(self, name: str, instant: int) -> int:
        """Give the last instant until a given one at which a task can start."""
        if _by_the_clock(self._net.durations[name]):
            return instant
        work = self._axis.work(instant)
        found = self._axis.last(work)
        return found if found <= instant else self._axis.last(work - 1)

    def _latest(self, name: str, end: int, starts: Mapping[str, int]) -> int:
        """Give the last start with which a task ends in time and moves none from its own start."""
        own = self._earlier(self._axis.last(end), self._net.durations[name])
        pulled: Iterable[int] = (self._pulled(edge, starts) for edge in self._out[name])
        return min([own, *pulled])


def _by_the_clock(span: Span) -> bool:
    """Tell whether an instant and a span of it are simply added: of no time, that is so too."""
    return span.elapsed or not span.ticks


def _limits(net: Network) -> dict[str, int]:
    """Give the deadline of each task that has one, or a summary task above it has."""
    limits: dict[str, int] = {}
    for name in sorted(net.tasks, key=net.levels.__getitem__):
        above = limits.get(net.parents.get(name, ""))
        found = [limit for limit in (ticks(net.tasks[name].deadline), above) if limit is not None]
        if found:
            limits[name] = min(found)
    return limits
