"""Tasks and what they wait for as a graph that can be scheduled; what is wrong is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from clusterlab.methods.dependencies import Dependency, Measure
from clusterlab.methods.resources import Assignment

if TYPE_CHECKING:
    import networkx as nx

#: Times are counted in whole parts of a working day, so that sums are exact: thousandths, minutes
#: of eight hours, and the sixths of three-point estimates are all whole numbers of them.
TICKS = 36_000
#: A working day has 8 hours, so a day of the calendar has three times as many.
ELAPSED_TICKS = 3 * TICKS
#: Longest duration or lag in working days: four centuries.
MOST = 100_000
#: What a task counts that does not say how long it takes.
ASSUMED = 1.0
#: Links between parts that one between two summary tasks may stand for.
_MOST_LINKS = 10_000
_WHOLE = 100  # percent

Fault = Literal["duplicate", "missing", "odd", "self", "summary", "unknown", "lag", "cycle", "held"]


@dataclass(frozen=True, slots=True)
class Task:
    """A task to be scheduled.

    Parameters
    ----------
    id, name
        What others refer to, and what people call it.
    duration
        Working days, 0 or more, also parts of a day; ``None`` where nobody has said.
    milestone
        Whether it is an event: without a duration it takes none.
    after
        What it waits for. Where it has parts, none of them starts before; where what it waits for
        has parts, it waits for the end of all.
    parent
        Id of the summary task that it is part of, or "".
    deadline
        Working days from the start of the project by which it must be finished; ``None`` for none.
        That of a summary task holds for all its parts.
    resources
        Who works on it.
    elapsed
        Whether the duration is in days of the calendar instead, of 24 hours each, in which nights,
        weekends and holidays count.
    """

    id: str
    name: str = ""
    duration: float | None = None
    milestone: bool = False
    after: tuple[Dependency, ...] = ()
    parent: str = ""
    deadline: float | None = None
    resources: tuple[Assignment, ...] = ()
    elapsed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with the tasks, and was left out so that the others could be scheduled.

    Parameters
    ----------
    fault
        ``duplicate``: a second task of the same id, left out. ``missing``, ``odd``: no duration, or
        one that is no number of days; counted as one day. ``self``, ``unknown``: a dependency on
        itself, on no task at all, left out. ``summary``: one of or on a summary task that says
        nothing of each of its parts, left out. ``lag``: a lag that is no number of days, left out
        with its dependency. ``cycle``: tasks that wait for each
        other, not scheduled. ``held``: tasks that wait for such, not scheduled either.
    task, other
        Id of the task it is about, and of the one it was to wait for.
    tasks
        For ``cycle``, the ids in the order of the work, each before the next and the last before
        the first; for ``held``, all of them.
    """

    fault: Fault
    task: str
    other: str = ""
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in ticks.

    Parameters
    ----------
    ticks
        How long; a lead is negative.
    elapsed
        Whether it is counted by the clock, not in working time only.
    """

    ticks: int
    elapsed: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """That one task waits for another, how they are linked, and how much time lies between."""

    before: str
    after: str
    link: Dependency
    lag: Span


@dataclass(frozen=True, slots=True)
class Network:
    """What can be scheduled.

    Parameters
    ----------
    tasks
        All tasks by id.
    parents, levels
        The summary task of each that has one, and how many are above it.
    summaries
        Ids of tasks that have parts.
    durations
        Of the other tasks.
    order
        Ids of those that can be scheduled, each after what it waits for.
    edges
        Between those.
    problems
        What was left out.
    """

    tasks: Mapping[str, Task]
    parents: Mapping[str, str]
    levels: Mapping[str, int]
    summaries: frozenset[str]
    durations: Mapping[str, Span]
    order: tuple[str, ...]
    edges: tuple[Edge, ...]
    problems: tuple[Problem, ...]

    @property
    def elapsed(self) -> bool:
        """Whether any of its times go by the clock."""
        spans = (*self.durations.values(), *(e.lag for e in self.edges))
        return any(span.elapsed for span in spans)


def ticks(days: float | None, a_day: int = TICKS) -> int | None:
    """Give days in ticks; ``None`` for what is no number of days that could be meant."""
    if days is None or isinstance(days, bool) or not isinstance(days, int | float):
        return None
    if not -MOST <= days <= MOST:  # not a number is in no range
        return None
    return round(days * a_day)


def network(tasks: Iterable[Task]) -> Network:
    """Sort out what of some tasks can be scheduled."""
    known: dict[str, Task] = {}
    twice = [task for task in tasks if known.setdefault(task.id, task) is not task]
    problems = [Problem("duplicate", task.id) for task in twice]
    parents = _parents(known)
    summaries = frozenset(parents.values())
    durations = {i: _duration(t, problems) for i, t in known.items() if i not in summaries}
    edges = list(dict.fromkeys(_edges(known, parents, durations, problems)))
    order, stuck = _ordered(durations, edges, problems)
    kept = tuple(e for e in edges if e.before not in stuck and e.after not in stuck)
    levels = _levels(known, parents)
    return Network(
        known, parents, levels, summaries, durations, tuple(order), kept, tuple(problems)
    )


def _parents(tasks: Mapping[str, Task]) -> dict[str, str]:
    """Give each task's summary task; one that would be above itself has none."""
    parents = {i: t.parent for i, t in tasks.items() if t.parent and t.parent in tasks}
    fine: set[str] = set()
    for start in tasks:
        way: dict[str, None] = {}
        name = start
        while name in parents and name not in fine and name not in way:
            way[name] = None
            name = parents[name]
        if name in way:
            ring = list(way)[list(way).index(name) :]
            for member in ring:
                del parents[member]
        fine.update(way)
    return parents


def _levels(tasks: Mapping[str, Task], parents: Mapping[str, str]) -> dict[str, int]:
    levels: dict[str, int] = {}
    for start in tasks:
        way = []
        name: str | None = start
        while name is not None and name not in levels:
            way.append(name)
            name = parents.get(name)
        level = -1 if name is None else levels[name]
        for step, below in enumerate(reversed(way), 1):
            levels[below] = level + step
    return levels


def _duration(task: Task, problems: list[Problem]) -> Span:
    if task.duration is None and task.milestone:
        return Span(0)
    found = ticks(task.duration, ELAPSED_TICKS if task.elapsed else TICKS)
    if found is not None and found >= 0:
        return Span(found, task.elapsed and found > 0)
    problems.append(Problem("missing" if task.duration is None else "odd", task.id))
    return Span(round(ASSUMED * TICKS))


def _edges(
    tasks: Mapping[str, Task],
    parents: Mapping[str, str],
    durations: Mapping[str, Span],
    problems: list[Problem],
) -> Iterable[Edge]:
    parts = _parts(durations, parents)
    for task in tasks.values():
        for link in dict.fromkeys(task.after):
            other = link.predecessor
            if fault := _fault(task.id, link, tasks, parts, parents):
                problems.append(Problem(fault, task.id, other))
                continue
            befores, afters = parts.get(other, [other]), parts.get(task.id, [task.id])
            lags = {name: _lag(link.lag, link.measure, durations[name]) for name in befores}
            if None in lags.values():
                problems.append(Problem("lag", task.id, other))
            for before, lag in lags.items():
                if lag:
                    own = link if before == other else replace(link, predecessor=before)
                    yield from (Edge(before, after, own, lag) for after in afters)


def _parts(leaves: Iterable[str], parents: Mapping[str, str]) -> dict[str, list[str]]:
    """Give for each summary task all tasks below it that have no parts themselves."""
    found: dict[str, list[str]] = {}
    for leaf in leaves:
        name = leaf
        while name in parents:
            name = parents[name]
            found.setdefault(name, []).append(leaf)
    return found


def _lag(number: float, measure: Measure, before: Span) -> Span | None:
    """Give a lag in ticks; a share is one of how long the task before takes, by its own clock."""
    a_day = ELAPSED_TICKS if measure == "elapsed" else TICKS
    found = ticks(number, a_day)
    if found is None:
        return None
    if measure == "percent":
        return Span(round(before.ticks * number / _WHOLE), before.elapsed)
    return Span(found, measure == "elapsed" and found != 0)


def _fault(
    task: str,
    link: Dependency,
    tasks: Mapping[str, Task],
    parts: Mapping[str, Sequence[str]],
    parents: Mapping[str, str],
) -> Fault | None:
    other = link.predecessor
    if other == task:
        return "self"
    if other not in tasks:
        return "unknown"
    before, after = parts.get(other), parts.get(task)
    if before is None and after is None:
        return None
    # A whole starts with the first of its parts and ends with the last: that all of them have
    # ended, or that none may start before, is known of each; anything else of none alone.
    ends = before is None or (link.relation[0] == "F" and link.measure != "percent")
    starts = after is None or link.relation[1] == "S"
    many = len(before or "1") * len(after or "1") > _MOST_LINKS
    inside = _is_above(task, other, parents) or _is_above(other, task, parents)
    return None if ends and starts and not many and not inside else "summary"


def _is_above(whole: str, part: str, parents: Mapping[str, str]) -> bool:
    name: str | None = part
    while name is not None and name != whole:
        name = parents.get(name)
    return name is not None


def _ordered(
    names: Iterable[str], edges: Sequence[Edge], problems: list[Problem]
) -> tuple[list[str], set[str]]:
    """Put tasks into an order in which they can be done; also give those that cannot."""
    import networkx as nx  # noqa: PLC0415 - slow to load

    # Tasks and edges come in a fixed order, so the answer is the same in every process.
    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from((e.before, e.after) for e in edges)
    place = {name: i for i, name in enumerate(graph)}
    rings = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
    rings.sort(key=lambda ring: min(map(place.__getitem__, ring)))
    shown: set[str] = set()
    for ring in rings:
        cycle = _cycle(graph, ring, min(ring, key=place.__getitem__))
        shown.update(cycle)
        problems.append(Problem("cycle", cycle[0], tasks=cycle))
    stuck = set().union(*rings)
    todo = list(stuck)
    while todo:
        more = set(graph.successors(todo.pop())) - stuck
        stuck |= more
        todo += more
    if held := tuple(sorted(stuck - shown, key=place.__getitem__)):
        problems.append(Problem("held", held[0], tasks=held))
    graph.remove_nodes_from(stuck)
    return list(nx.topological_sort(graph)), stuck


def _cycle(graph: nx.DiGraph[str], ring: set[str], first: str) -> tuple[str, ...]:
    """Give the shortest cycle through a task, by looking ever further from it."""
    came: dict[str, str] = {}
    todo = [first]
    for name in todo:
        for after in graph.successors(name):
            if after == first:
                way = [name]
                while way[-1] != first:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            if after in ring and after not in came:
                came[after] = name
                todo.append(after)
    return (first,)
