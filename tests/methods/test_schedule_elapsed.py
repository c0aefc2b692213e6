"""Lags in percent and by the clock: by hand, and against a simulation hour by hour."""

import random
from bisect import bisect_left
from datetime import date, timedelta

import pytest
from sheets_of import note, sheet

from clusterlab.methods import Calendar, Dependency, Task, Timeline, dependencies, plan_of, schedule
from clusterlab.methods.clock import Clock, Workdays
from clusterlab.methods.network import TICKS, network
from clusterlab.methods.passes import times as passes
from clusterlab.methods.schedule import UNDATED

MONDAY = date(2026, 11, 23)
TIMES = ("early_start", "early_finish", "late_start", "late_finish", "total_float", "free_float")


def task(name, duration=None, after="", **more):
    found, bad = dependencies(after)
    assert not bad
    return Task(name, duration=duration, after=found, **more)


def times(plan):
    return {t.task.id: tuple(getattr(t, name) for name in TIMES) for t in plan.tasks}


def starts(tasks, start=MONDAY, calendar=None):
    plan = schedule(tasks, timeline=Timeline(start, calendar or Calendar()))
    return [t.early_start for t in plan.tasks]


# -- percent ----------------------------------------------------------------------------------


def test_a_lag_in_percent_is_a_share_of_how_long_the_predecessor_takes():
    # T1 0-8. T2 starts 50 % of 8 = 4 days after T1 ends: 12-14. T3 starts once 25 % of T1 is done:
    # 2-5. T4 may start 10 % = 0.8 days before T1 ends: 7.2-8.2. End 14: T3 must 11-14, T4 13-14.
    tasks = [task("T1", 8), task("T2", 2, "T1+50%"), task("T3", 3, "T1SS+25%")]
    plan = schedule([*tasks, task("T4", 1, "T1-10%")])
    assert times(plan) == {
        "T1": (0, 8, 0, 8, 0, 0),
        "T2": (12, 14, 12, 14, 0, 0),
        "T3": (2, 5, 11, 14, 9, 9),
        "T4": (7.2, 8.2, 13, 14, 5.8, 5.8),
    }
    assert [(k.lag, k.link.measure) for k in plan.links] == [
        (50, "percent"), (25, "percent"), (-10, "percent"),
    ]  # fmt: skip


def test_a_share_of_what_takes_no_time_is_none_and_one_of_elapsed_time_is_elapsed():
    assert starts([task("T1", 0), task("T2", 1, "T1+50%")]) == [0, 0]
    # T1 runs from Monday 8:00 four days by the clock to Friday 8:00; half of that later it is
    # Sunday 8:00, so T2 starts on Monday: five working days after the start.
    assert starts([task("T1", 4, elapsed=True), task("T2", 1, "T1+50%")]) == [0, 5]


# -- elapsed lags -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lag", "start"),
    [
        # T1 takes Monday to Friday and ends on Friday at 17:00.
        ("+2ed", 5),  # Sunday 17:00: Monday morning
        ("+3ed", 6),  # Monday 17:00: Tuesday morning
        ("+1ew", 10),  # Friday 17:00: Monday after it
        ("+36eh", 5),  # Sunday 5:00
        ("+63eh", 5),  # Monday 8:00
        ("+64eh", 5.125),  # Monday 9:00, an hour of eight
        ("+67eh", 5.5),  # Monday 12:00, so after the break
        ("+68eh", 5.5),  # Monday 13:00
        ("+69eh", 5.625),  # Monday 14:00
        ("-1ed", 4),  # Thursday 17:00: Friday morning
        ("-24eh", 4),
        ("-4ed", 1),  # Monday 17:00
        ("-9ed", 0),  # before the project: at its start
    ],
)
def test_an_elapsed_lag_goes_by_the_clock_and_work_goes_on_in_working_time(lag, start):
    assert starts([task("T1", 5), task("T2", 1, f"T1FS{lag}")]) == [0, start]


def test_elapsed_time_passes_on_holidays_too():
    # T1 ends on Wednesday 23 December at 17:00. Thursday is worked, Friday 25 is not.
    off = Calendar(holidays=frozenset({date(2026, 12, 25)}))
    for lag, worked in [("1ed", 4), ("2ed", 4), ("4ed", 4), ("5ed", 5)]:  # Mon 28 is day 4
        assert starts([task("T1", 3), task("T2", 1, f"T1+{lag}")], date(2026, 12, 21), off) == [
            0, worked,
        ]  # fmt: skip


def test_an_elapsed_lag_between_starts_counts_from_the_morning():
    # T1 starts on Monday at 8:00: a day by the clock later it is Tuesday 8:00; four days later
    # Friday 8:00, five and six days later a weekend, seven days later Monday.
    lags = [1, 4, 5, 6, 7]
    found = starts([task("T0", 9), *(task(f"T{n}", 1, f"T0SS+{n}ed") for n in lags)])
    assert found == [0, 1, 4, 5, 5, 5]


def test_a_weekend_in_a_lag_is_float_for_what_comes_before():
    # T1 0-3 ends on Wednesday 17:00; two days by the clock later it is Friday 17:00, so T2 starts
    # on Monday: 5-6. T1 could end on Friday 17:00 as well: Sunday 17:00 is no later for T2. So it
    # has two days of float, and T2 alone is critical.
    plan = schedule([task("T1", 3), task("T2", 1, "T1+2ed")], timeline=Timeline(MONDAY))
    assert times(plan) == {"T1": (0, 3, 2, 5, 2, 2), "T2": (5, 6, 5, 6, 0, 0)}
    assert plan.critical_paths == (("T2",),)
    assert plan.links[0].slack == 2


def test_an_elapsed_lag_to_an_end():
    # T1 ends on Monday 17:00, T2 (2 days) a week later at the earliest: Monday 17:00, day 6. So it
    # takes days 4 and 5, Friday and Monday. The project ends with it: T2 must end before work goes
    # on on Tuesday 8:00, so T1 must end until Tuesday 8:00 of the week before: no float.
    plan = schedule([task("T1", 1), task("T2", 2, "T1FF+1ew")], timeline=Timeline(MONDAY))
    assert times(plan) == {"T1": (0, 1, 0, 1, 0, 0), "T2": (4, 6, 4, 6, 0, 0)}
    assert plan.critical_paths == (("T1", "T2"),)


# -- elapsed durations ------------------------------------------------------------------------


def test_paint_dries_over_the_weekend():
    # Painting ends on Friday 17:00, drying takes three days by the clock: until Monday 17:00.
    # Furnishing starts on Tuesday, day 6. Drying starts at once, not on Monday morning.
    tasks = [task("T1", 5), task("T2", 3, "T1", elapsed=True), task("T3", 2, "T2")]
    plan = schedule(tasks, timeline=Timeline(MONDAY))
    assert [(t.early_start, t.early_finish) for t in plan.tasks] == [(0, 5), (5, 6), (6, 8)]
    assert [t.duration for t in plan.tasks] == [5, 1, 2]
    # Of two days it is over on Sunday: nothing of the week is lost, but it is no milestone.
    plan = schedule(
        [task("T1", 5), task("T2", 2, "T1", elapsed=True), task("T3", 2, "T2")],
        timeline=Timeline(MONDAY),
    )
    assert [(t.early_start, t.early_finish) for t in plan.tasks] == [(0, 5), (5, 5), (5, 7)]
    assert [t.milestone for t in plan.tasks] == [False, False, False]
    assert schedule([task("T1", 0, elapsed=True)]).tasks[0].milestone


def test_an_elapsed_task_that_starts_with_another_starts_in_its_morning():
    # T2 starts on Monday of the second week at 8:00; T3 with it, for a day: Tuesday 8:00.
    tasks = [task("T1", 5), task("T2", 3, "T1"), task("T3", 1, "T2SS", elapsed=True)]
    assert starts([*tasks, task("T4", 1, "T3")]) == [0, 5, 5, 6]


def test_a_milestone_does_not_wait_for_monday():
    # T1 ends on Friday 17:00 and so does the milestone; what then takes two days by the clock is
    # over on Sunday.
    tasks = [task("T1", 5), task("T2", 0, "T1"), task("T3", 2, "T2", elapsed=True)]
    assert starts([*tasks, task("T4", 1, "T3")]) == [0, 5, 5, 5]


def test_without_a_date_the_work_starts_on_a_monday():
    assert [t.early_start for t in schedule([task("T1", 5), task("T2", 1, "T1+3ed")]).tasks] == [
        0, 6,
    ]  # fmt: skip


# -- against hours gone through one by one ----------------------------------------------------


WORKED = {8, 9, 10, 11, 13, 14, 15, 16}


class Hours:
    """A project hour by hour from the midnight before it starts.

    An event can happen at an instant between two hours. Tasks of working time take hours in which
    work goes on; they start at the beginning of one.
    """

    LAST = 24 * 120

    def __init__(self, tasks, start, calendar):
        self.tasks = {t.id: t for t in tasks}
        self.worked = [
            calendar.works(start + timedelta(days=n // 24)) and n % 24 in WORKED
            for n in range(self.LAST)
        ]
        self.before = [0]
        for worked in self.worked:
            self.before.append(self.before[-1] + worked)

    def pass_work(self, instant, hours):
        """Go on, or back, by hours of work; back to no later than the start."""
        if hours == 0:
            return instant
        return bisect_left(self.before, self.before[instant] + hours)

    def finish(self, name, start):
        t = self.tasks[name]
        return start + t.duration * 24 if t.elapsed else self.pass_work(start, t.duration * 8)

    def may_start(self, name, at, found):
        t = self.tasks[name]
        if t.duration and not t.elapsed and not self.worked[at]:
            return False
        for link in t.after:
            first, last = link.relation
            came = found[link.predecessor]
            came = came if first == "S" else self.finish(link.predecessor, came)
            if link.measure == "elapsed":
                due = came + int(link.lag * 24)
            elif link.measure == "percent":
                other = self.tasks[link.predecessor]
                share = other.duration * link.lag / 100
                due = came + int(share * 24) if other.elapsed else self.pass_work(came, share * 8)
            else:
                due = self.pass_work(came, link.lag * 8)
            mine = at if last == "S" else self.finish(name, at)
            if t.duration and not t.elapsed:
                mine, due = self.before[mine], self.before[max(due, 0)]
            if mine < due:
                return False
        return True

    def run(self, slipped=None, by=0, known=()):
        """Start every task as early as it can, one of them not before an instant."""
        found = {}
        for name in self.tasks:
            if slipped and slipped not in found and name != slipped:
                found[name] = known[name]  # what stands before it does not move
                continue
            at = by if name == slipped else 8
            while not self.may_start(name, at, found):
                at += 1
            found[name] = at
        return found

    def end(self, found):
        return max(self.before[self.finish(n, s)] for n, s in found.items())


def random_tasks(chance):
    tasks = []
    for n in range(1, chance.randint(2, 5) + 1):
        links = []
        for _ in range(chance.randint(0, 2) if n > 1 else 0):
            relation = chance.choice(["FS", "FS", "SS", "FF", "SF"])
            measure = chance.choice(["working", "elapsed", "elapsed", "percent"])
            lag = 50 * chance.randint(0, 2) if measure == "percent" else chance.randint(0, 4)
            other = f"T{chance.randint(1, n - 1)}"
            links.append(Dependency(other, relation, lag, measure if lag else "working"))
        elapsed = chance.random() < 0.3
        tasks.append(
            Task(f"T{n}", duration=chance.randint(0, 4), after=tuple(links), elapsed=elapsed)
        )
    return tasks


@pytest.mark.parametrize("hundred", range(3))
def test_random_plans_are_as_going_hour_by_hour_gives_them(hundred):
    chance = random.Random(hundred)  # noqa: S311 - no secret
    for _ in range(40):
        tasks = random_tasks(chance)
        start = MONDAY + timedelta(days=chance.randint(0, 4))
        off = Calendar(holidays=frozenset({start + timedelta(days=chance.randint(1, 9))}))
        plan, hours = schedule(tasks, timeline=Timeline(start, off)), Hours(tasks, start, off)
        early = hours.run()
        assert {t.task.id: t.early_start for t in plan.tasks} == {
            n: hours.before[s] / 8 for n, s in early.items()
        }, tasks
        end = hours.end(early)
        assert plan.length == end / 8
        for t in plan.tasks:
            # The last hour until which a task can slip so that the end stays where it is.
            name = t.task.id
            slips = range(early[name], hours.LAST // 2)
            first = bisect_left(
                slips, True, key=lambda at: hours.end(hours.run(name, at, early)) > end
            )
            latest = hours.run(name, slips[first - 1], early)[name]
            # Times that end in a night are exact to a moment there, to an hour here.
            assert t.late_start == pytest.approx(hours.before[latest] / 8, abs=0.126), (name, tasks)


@pytest.mark.parametrize("seed", range(40))
def test_the_clock_changes_nothing_where_no_time_is_elapsed(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    lags = [-2, -1, 0, 1, 3]
    tasks = []
    for t in random_tasks(chance):
        links = (Dependency(k.predecessor, k.relation, chance.choice(lags)) for k in t.after)
        tasks.append(Task(t.id, duration=t.duration, after=tuple(links)))
    net = network(tasks)
    clock = Clock(Timeline(MONDAY, Calendar(holidays=frozenset({date(2026, 11, 25)}))))
    assert passes(net, 9 * TICKS, clock) == passes(net, 9 * TICKS, Workdays())


def test_instants_of_the_clock_and_working_time_belong_together():
    clock = Clock(UNDATED)
    for work in range(-3 * TICKS, 12 * TICKS, TICKS // 8):
        first, last = clock.first(work), clock.last(work)
        assert clock.work(first) == clock.work(last) == work
        assert {clock.work(at) for at in range(first, last, TICKS // 8)} <= {work}
        assert clock.work(first - 1) == work - 1
        assert clock.work(last + 1) == work + 1


# -- canvases ---------------------------------------------------------------------------------


def test_a_task_says_that_weekends_count():
    tasks = sheet(
        "tasks",
        note("T1", "tasks", "Paint", duration=5),
        note("T2", "tasks", "Dry", duration=3, elapsed="yes", after="T1"),
        note("T3", "tasks", "Furnish", duration=1, after="T2FS+2ed"),
        day="2026-11-23",
    )
    plan = plan_of(tasks)
    # Dry until Monday 30, 17:00; two days by the clock later, Wednesday 17:00: Thursday 3 December.
    assert plan.early(plan.schedule.tasks[2]) == (date(2026, 12, 3), date(2026, 12, 3))
    assert plan.unread == ()


def test_an_elapsed_task_that_ends_with_another():
    # T1 ends on Wednesday 17:00. T2 takes a day by the clock and ends no earlier: it starts on
    # Tuesday 17:00, and so on the working axis with Wednesday. With a lag of a day by the clock it
    # starts on Wednesday 17:00.
    tasks = [task("T1", 3), task("T2", 1, "T1FF", elapsed=True)]
    assert starts([*tasks, task("T3", 1, "T2")]) == [0, 2, 3]
    later = [task("T1", 3), task("T2", 1, "T1FF+1ed", elapsed=True)]
    assert starts([*later, task("T3", 1, "T2")]) == [0, 3, 4]


def test_a_milestone_that_ends_with_another_after_a_weekend():
    # T1 ends on Friday 17:00, the milestone a day by the clock later: on Saturday; T3, two days by
    # the clock, is over on Monday 17:00.
    tasks = [task("T1", 5), task("T2", 0, "T1FF+1ed"), task("T3", 2, "T2", elapsed=True)]
    assert starts([*tasks, task("T4", 1, "T3")]) == [0, 5, 5, 6]


def test_work_starts_before_a_weekend_begins_or_after_it():
    # T0 0-4, T1 4-5 on Friday; T2 starts a day by the clock after T1 starts, on Saturday 8:00, so
    # on Monday: 5-9. T1 could start until Sunday 8:00: as nobody works then, until just before
    # Friday 17:00. So it must start on Friday, not on Monday.
    tasks = [task("T0", 4), task("T1", 1, "T0"), task("T2", 4, "T1SS+1ed")]
    plan = schedule(tasks, timeline=Timeline(MONDAY))
    one = plan.tasks[1]
    assert (one.early_start, one.free_float) == (4, pytest.approx(1, abs=1e-4))
    assert 4.999 < one.late_start < 5
    assert Timeline(MONDAY).begins(one.late_start) == date(2026, 11, 27)


def test_what_must_end_before_an_elapsed_task_does():
    # T1 0-1. T2 takes 3 days by the clock and ends when T1 does at the earliest; it starts at once
    # and ends on Thursday 8:00. T3 0-6 ends on Monday 17:00 of the second week. T2 may end until
    # Tuesday 8:00, so it must start on Saturday 8:00: day 5. T1 must end when T2 does, by Tuesday
    # 8:00: 5-6.
    tasks = [task("T1", 1), task("T2", 3, "T1FF", elapsed=True), task("T3", 6)]
    assert times(schedule(tasks, timeline=Timeline(MONDAY))) == {
        "T1": (0, 1, 5, 6, 5, 2),
        "T2": (0, 3, 5, 6, 5, 5),
        "T3": (0, 6, 0, 6, 0, 0),
    }


def test_free_float_and_slack_with_elapsed_time():
    # T1 0-3 (Wednesday 17:00), T2 starts a week later by the clock: Wednesday 17:00, so on Thursday
    # of the second week: 8-9. T3 0-1 before T4 8-9, which waits for T2's start: free 7.
    tasks = [task("T1", 3), task("T2", 1, "T1+1ew"), task("T3", 1), task("T4", 1, "T3,T2SS")]
    plan = schedule(tasks, timeline=Timeline(MONDAY))
    assert times(plan) == {
        "T1": (0, 3, 0, 3, 0, 0),
        "T2": (8, 9, 8, 9, 0, 0),
        "T3": (0, 1, 7, 8, 7, 7),
        "T4": (8, 9, 8, 9, 0, 0),
    }
    assert [(k.before, k.after, k.slack) for k in plan.links] == [
        ("T1", "T2", 0), ("T3", "T4", 7), ("T2", "T4", 0),
    ]  # fmt: skip
