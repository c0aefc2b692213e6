"""The critical path method: when each task can start, when it must, and what cannot wait.

Source: Kelley and Walker, "Critical-Path Planning and Scheduling", 1959; the four relations with
lags as in the precedence diagrams of today's project programs.

Readings that were taken where authors disagree:

* Times count working days from 0: a task that starts first and takes five days runs from 0 to 5.
  The figures that number days from 1, start and finish included, show the same as dates.
* A task is critical where its total float is the *least* of all, not where it is 0: with a
  deadline the least may be above or below 0.
* A negative float stays as it is: so many days too late.
* Free float is how far a task can slip without moving any other task's earliest times, or the
  earliest end of the project, whatever the relation between the two is.
* No task starts before the project does, whatever its leads say.
* Durations and lags may be parts of a day; thousandths, sixths and minutes of one are exact.
* A lag in percent is a share of how long the predecessor takes, by its own clock.
* Elapsed lags and durations, as project programs have them, go by the clock: a day has 24 hours,
  nights, weekends and holidays among them. Work goes on in the next working time, from 8 to 12 and
  from 13 to 17. What follows is told in working days again; so a task that may end at any hour of
  a weekend has a float for it only as far as other work could move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from clusterlab.methods.clock import Clock, Workdays
from clusterlab.methods.dependencies import Dependency, Relation
from clusterlab.methods.network import TICKS, Network, Problem, Task, network, ticks
from clusterlab.methods.passes import Times, times
from clusterlab.methods.workdays import Timeline

#: How many critical paths are listed at most.
LISTED = 20
#: When a project with elapsed times starts that has no dates: on a Monday.
UNDATED = Timeline(date(2001, 1, 1))
_TOTAL = 4  # place of the total float in a task's span


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """A task with its times, in working days from the start of the project.

    Parameters
    ----------
    task
        As it was given.
    summary
        Whether it has parts; its times then span theirs, and its floats are the least of theirs.
    level, parent
        How many summary tasks are above it, and the id of the next one, or "".
    duration
        Working days that it was counted with; for a summary task and for one of elapsed time, those
        from its earliest start to its earliest finish.
    early_start, early_finish, late_start, late_finish
        When it can start and finish, and when it must.
    total_float
        Days it can slip without moving the end or a deadline: late minus early start. Negative
        where it is that much too late already.
    free_float
        Days it can slip without moving anything else; never negative.
    critical
        Whether its total float is the least of all; for a summary task, that of any of its parts.
    late
        Days by which it finishes after its own deadline at the earliest; 0 where it does not.
    """

    task: Task
    summary: bool
    level: int
    parent: str
    duration: float
    early_start: float
    early_finish: float
    late_start: float
    late_finish: float
    total_float: float
    free_float: float
    critical: bool
    late: float

    @property
    def milestone(self) -> bool:
        """Whether it is drawn as an event: it takes no time and has no parts."""
        no_time = self.duration == 0 and not (self.task.elapsed and self.task.duration)
        return not self.summary and (self.task.milestone or no_time)


@dataclass(frozen=True, slots=True)
class ScheduledLink:
    """That a task waits for another.

    Parameters
    ----------
    before, after
        Ids of the two tasks.
    link
        How they are linked.
    slack
        Days the first one can slip until it moves the second.
    critical
        Whether it is a step of a critical path.
    """

    before: str
    after: str
    link: Dependency
    slack: float
    critical: bool

    @property
    def relation(self) -> Relation:
        """Which ends of the two tasks it joins."""
        return self.link.relation

    @property
    def lag(self) -> float:
        """How much lies between them."""
        return self.link.lag


@dataclass(frozen=True, slots=True)
class Schedule:
    """Tasks with their times.

    Parameters
    ----------
    tasks
        Those that could be scheduled, in the order in which they were given.
    unscheduled
        Ids of those that could not: they wait for themselves by way of others.
    links
        What waits for what among the scheduled.
    problems
        What was wrong and left out.
    length
        Working days from the start to the earliest end of everything.
    end
        By when everything must be finished: the deadline of the project, else its length.
    late
        Days by which the project ends after its deadline; 0 where it does not.
    least_float
        The total float of the critical tasks; 0 where there are no tasks.
    critical_paths
        Ids along each critical path, from its first task to its last; not more than asked for.
    critical_path_count
        How many there are.
    """

    tasks: tuple[ScheduledTask, ...]
    unscheduled: tuple[str, ...]
    links: tuple[ScheduledLink, ...]
    problems: tuple[Problem, ...]
    length: float
    end: float
    late: float
    least_float: float
    critical_paths: tuple[tuple[str, ...], ...]
    critical_path_count: int


def schedule(
    tasks: Iterable[Task],
    deadline: float | None = None,
    listed: int = LISTED,
    timeline: Timeline | None = None,
) -> Schedule:
    """Schedule tasks by the critical path method.

    With s and f for start and finish of the earlier task, d for the duration of the later one and
    l for the lag, a task starts at the greatest of 0, f + l (FS), s + l (SS), f + l − d (FF) and
    s + l − d (SF). Backwards, it must start at the least of what each later task leaves it, its
    deadline and the end of the project. Total float is the latest minus the earliest start.

    Parameters
    ----------
    tasks
        What is wrong among them is left out and told; the others are scheduled all the same.
    deadline
        Working days by which the project must end; ``None`` for as early as it can.
    listed
        How many critical paths are listed at most.
    timeline
        When the project starts and which days are worked; only elapsed times ask for it.
    """
    net = network(tasks)
    # Without elapsed times no clock is needed, and counting is faster.
    axis = Clock(timeline or UNDATED) if net.elapsed else Workdays()
    found_times = times(net, ticks(deadline), axis)
    floats = {name: found_times.spans[name][_TOTAL] for name in net.order}
    least = min(floats.values(), default=0)
    links, steps = _links(net, found_times, floats, least)
    critical = [name for name in net.order if floats[name] == least]
    found = {s.task.id: s for s in _scheduled(net, found_times, least)}
    paths, count = _paths(critical, steps, listed)
    length, end = found_times.length, found_times.end
    return Schedule(
        tasks=tuple(found[name] for name in net.tasks if name in found),
        unscheduled=tuple(name for name in net.tasks if name not in found),
        links=links,
        problems=net.problems,
        length=length / TICKS,
        end=end / TICKS,
        late=max(length - end, 0) / TICKS,
        least_float=least / TICKS,
        critical_paths=paths,
        critical_path_count=count,
    )


def _links(
    net: Network, found: Times, floats: Mapping[str, int], least: int
) -> tuple[tuple[ScheduledLink, ...], dict[str, dict[str, None]]]:
    """Give the links, and the steps of the critical paths: what follows each critical task."""
    links = []
    steps: dict[str, dict[str, None]] = {}
    for edge, slack in zip(net.edges, found.slack, strict=True):
        before, after = edge.before, edge.after
        critical = slack == 0 and floats[before] == floats[after] == least
        if critical:
            steps.setdefault(before, {})[after] = None
        links.append(ScheduledLink(before, after, edge.link, slack / TICKS, critical))
    return tuple(links), steps


def _scheduled(net: Network, found: Times, least: int) -> Iterator[ScheduledTask]:
    spans = dict(found.spans)
    for name in sorted(net.tasks, key=net.levels.__getitem__, reverse=True):
        parent, own_span = net.parents.get(name, ""), spans.get(name)
        if own_span is None:
            continue
        if parent:
            spans[parent] = _around(spans.get(parent, own_span), own_span)
        start, finish, must, must_end, total, free = own_span
        limit = ticks(net.tasks[name].deadline)
        yield ScheduledTask(
            task=net.tasks[name],
            summary=name in net.summaries,
            level=net.levels[name],
            parent=parent,
            duration=(finish - start) / TICKS,
            early_start=start / TICKS,
            early_finish=finish / TICKS,
            late_start=must / TICKS,
            late_finish=must_end / TICKS,
            total_float=total / TICKS,
            free_float=free / TICKS,
            critical=total == least,
            late=0.0 if limit is None else max(finish - limit, 0) / TICKS,
        )


def _around(one: list[int], other: list[int]) -> list[int]:
    """Span two tasks: earliest starts, latest finishes, least floats."""
    choose = (min, max, min, max, min, min)
    return [f(a, b) for f, a, b in zip(choose, one, other, strict=True)]


def _paths(
    critical: list[str], steps: Mapping[str, Mapping[str, None]], listed: int
) -> tuple[tuple[tuple[str, ...], ...], int]:
    """List paths along critical tasks, and count them all."""
    counts: dict[str, int] = {}
    for name in reversed(critical):
        counts[name] = sum(counts[after] for after in steps.get(name, ())) or 1
    reached = {after for following in steps.values() for after in following}
    first = [name for name in critical if name not in reached]
    paths: list[tuple[str, ...]] = []
    way: list[str] = []
    todo = [iter(first)]
    while todo and len(paths) < listed:
        step = next(todo[-1], None)
        if step is None:
            todo.pop()
            if way:
                way.pop()
        elif step in steps:
            way.append(step)
            todo.append(iter(steps[step]))
        else:
            paths.append((*way, step))
    return tuple(paths), sum(counts[name] for name in first)
