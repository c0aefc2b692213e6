"""The critical path method, against textbooks, by hand, and against all paths of small graphs."""

import json
import random
from datetime import date
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.methods import Dependency, Problem, Task, Timeline, dependencies, schedule

BOOKS = json.loads(
    (Path(__file__).parent.parent / "fixtures" / "schedules.json").read_text(encoding="utf-8")
)
TIMES = ("early_start", "early_finish", "late_start", "late_finish", "total_float", "free_float")


def task(name, duration=None, after="", **more):
    found, bad = dependencies(after)
    assert not bad
    return Task(name, f"Task {name}", duration, after=found, **more)


def times(plan):
    return {t.task.id: tuple(getattr(t, name) for name in TIMES) for t in plan.tasks}


def critical(plan):
    return [t.task.id for t in plan.tasks if t.critical]


@pytest.mark.parametrize("name", BOOKS)
def test_schedules_of_textbooks(name):
    book = BOOKS[name]
    number = {row[0]: str(i) for i, row in enumerate(book["rows"], 1)}  # ids have numbers
    plan = schedule(
        task(number[r[0]], r[1], ",".join(number[a] for a in r[2])) for r in book["rows"]
    )
    assert plan.length == plan.end == book["length"]
    assert times(plan) == {number[r[0]]: tuple(r[3:]) for r in book["rows"]}
    assert plan.critical_paths == (tuple(number[n] for n in book["critical_path"]),)
    assert plan.critical_path_count == 1
    assert plan.problems == plan.unscheduled == ()


# -- worked by hand ---------------------------------------------------------------------------


def test_a_lag_moves_what_follows_and_a_lead_lets_it_overlap():
    # T1 0-4. T2 starts 2 days after it: 6-9. T3 starts 1 day before T1 ends: 3-5. End 9.
    # Backwards: T2 must 6-9, so T1 must end by min(6 - 2, 7 + 1) = 4. T3 must 7-9: total float 4;
    # nothing follows it, so it is free up to the end as well.
    plan = schedule([task("T1", 4), task("T2", 3, "T1+2d"), task("T3", 2, "T1-1d")])
    assert times(plan) == {
        "T1": (0, 4, 0, 4, 0, 0),
        "T2": (6, 9, 6, 9, 0, 0),
        "T3": (3, 5, 7, 9, 4, 4),
    }
    assert [(x.before, x.after, x.lag, x.slack, x.critical) for x in plan.links] == [
        ("T1", "T2", 2, 0, True),
        ("T1", "T3", -1, 0, False),
    ]


def test_no_task_starts_before_the_project():
    # A lead of 5 days on a task of 2 would start T2 at -3; it starts at 0.
    plan = schedule([task("T1", 2), task("T2", 3, "T1-5d")])
    assert times(plan) == {"T1": (0, 2, 1, 3, 1, 1), "T2": (0, 3, 0, 3, 0, 0)}


def test_a_deadline_that_cannot_be_kept_gives_negative_floats():
    # T1 0-5, T2 5-8, T3 5-6; T2 must be done by 6: at the latest 3-6, so T1 0 - 2 = -2 to 3.
    # T3 may take until the end, 8: 7-8. The least float is -2: T1 and T2 are critical, T3 is not.
    plan = schedule([task("T1", 5), task("T2", 3, "T1", deadline=6), task("T3", 1, "T1")])
    assert times(plan) == {
        "T1": (0, 5, -2, 3, -2, 0),
        "T2": (5, 8, 3, 6, -2, 0),
        "T3": (5, 6, 7, 8, 2, 2),
    }
    assert [t.late for t in plan.tasks] == [0, 2, 0]
    assert (plan.least_float, plan.late, plan.critical_paths) == (-2, 0, (("T1", "T2"),))


def test_a_deadline_that_is_just_kept_is_not_late():
    plan = schedule([task("T1", 5, deadline=5), task("T2", 3, "T1")])
    assert [t.late for t in plan.tasks] == [0, 0]
    assert plan.least_float == 0


def test_the_deadline_of_the_project_makes_the_least_float_more_or_less_than_0():
    # Length 8. By 10, the critical path has 2 days; by 6, it lacks 2 and the project is 2 late.
    tasks = [task("T1", 5), task("T2", 3, "T1"), task("T3", 1)]
    early, late = schedule(tasks, deadline=10), schedule(tasks, deadline=6)
    assert (early.end, early.late, early.least_float) == (10, 0, 2)
    assert (late.end, late.late, late.least_float) == (6, 2, -2)
    assert critical(early) == critical(late) == ["T1", "T2"]
    assert times(early)["T3"] == (0, 1, 9, 10, 9, 7)  # free until the earliest end, not beyond


def test_all_critical_paths_are_found_and_no_more_listed_than_asked_for():
    # T1 0-2, then T2 and T3 2-5, then T4 5-6; T5 0-2 beside T1: 2 x 2 paths of length 6.
    tasks = [task("T1", 2), task("T5", 2), task("T2", 3, "T1,T5"), task("T3", 3, "T1,T5")]
    tasks.append(task("T4", 1, "T2,T3"))
    plan = schedule(tasks)
    assert plan.critical_paths == (
        ("T1", "T2", "T4"), ("T1", "T3", "T4"), ("T5", "T2", "T4"), ("T5", "T3", "T4"),
    )  # fmt: skip
    few = schedule(tasks, listed=3)
    assert few.critical_paths == plan.critical_paths[:3]
    assert few.critical_path_count == plan.critical_path_count == 4


def test_very_many_critical_paths_are_counted_not_gone_through():
    tasks = [task("T0", 1)]
    for n in range(1, 200, 3):  # two ways in each of 67 steps
        tasks += [task(f"T{n}", 1, f"T{n - 1}"), task(f"T{n + 1}", 1, f"T{n - 1}")]
        tasks.append(task(f"T{n + 2}", 0, f"T{n},T{n + 1}"))
    plan = schedule(tasks)
    assert plan.critical_path_count == 2**67
    assert len(plan.critical_paths) == 20


def test_a_ladder_of_start_to_start_and_finish_to_finish():
    # T1 0-6. T2 (3 days) starts 1 after T1 starts: 1; but ends 2 after T1 ends: 8, so it is 5-8.
    # T1 must end by 8 - 2 = 6. By SS alone T2 could start at 1: that link has 4 days of slack.
    plan = schedule([task("T1", 6), task("T2", 3, "T1SS+1d,T1FF+2d")])
    assert times(plan) == {"T1": (0, 6, 0, 6, 0, 0), "T2": (5, 8, 5, 8, 0, 0)}
    assert [x.slack for x in plan.links] == [4, 0]
    assert plan.critical_paths == (("T1", "T2"),)


def test_start_to_finish():
    # T2 (4 days) may end 6 days after T1 starts at the earliest: 2-6. T1 (3 days) 0-3; end 6.
    # T2 must end by 6, so T1 must start by 6 - 6 = 0. T3 (1 day) ends with T1's start at the
    # earliest, which 0-1 is: it may slip to 5-6.
    plan = schedule([task("T1", 3), task("T2", 4, "T1SF+6d"), task("T3", 1, "T1SF")])
    assert times(plan) == {
        "T1": (0, 3, 0, 3, 0, 0),
        "T2": (2, 6, 2, 6, 0, 0),
        "T3": (0, 1, 5, 6, 5, 5),
    }


def test_free_float_counts_what_a_relation_leaves():
    # T1 0-2, T2 0-5. T3 starts 1 after T1 starts and after T2 ends: 5-6. By SS+1, T1 can slip until
    # its start is 4: 4 days; but it must not pass the end at 6: min(4, 6 - 2) = 4. Its total float
    # is the same: T3 must start at 5, so T1 at 4.
    plan = schedule([task("T1", 2), task("T2", 5), task("T3", 1, "T1SS+1d,T2")])
    assert times(plan)["T1"] == (0, 2, 4, 6, 4, 4)


def test_parts_of_a_day_are_exact():
    # Ten tenths of a day are a day: floats of binary fractions would leave a rest.
    tasks = [task("T0", 0.1), *(task(f"T{n}", 0.1, f"T{n - 1}") for n in range(1, 10))]
    plan = schedule([*tasks, task("T10", 1)])
    assert plan.length == 1
    assert len(critical(plan)) == 11


def test_a_summary_spans_its_parts_and_its_deadline_holds_for_them():
    # T2 0-3, T3 3-5 in T1; T4 5-6 in no summary. T1 is to end by 4: T3 must 2-4, T2 must -1 to 2.
    tasks = [task("T1", 99, deadline=4), task("T2", 3, parent="T1")]
    tasks += [task("T3", 2, "T2", parent="T1"), task("T4", 1, "T3")]
    plan = schedule(tasks)
    assert times(plan) == {
        "T1": (0, 5, -1, 4, -1, 0),
        "T2": (0, 3, -1, 2, -1, 0),
        "T3": (3, 5, 2, 4, -1, 0),
        "T4": (5, 6, 5, 6, 0, 0),
    }
    summary = plan.tasks[0]
    assert (summary.summary, summary.duration, summary.late) == (True, 5, 1)
    assert [(t.level, t.parent) for t in plan.tasks] == [(0, ""), (1, "T1"), (1, "T1"), (0, "")]


# -- what is wrong is left out, the rest is scheduled ------------------------------------------


def test_a_cycle_is_named_in_its_order_and_the_rest_is_scheduled():
    tasks = [task("T1", 1, "T3"), task("T2", 1, "T1"), task("T3", 1, "T2")]
    tasks += [task("T4", 2, "T2"), task("T5", 2, "T4"), task("T6", 3), task("T7", 1, "T6")]
    tasks.append(task("T8", 1))
    plan = schedule(tasks)
    assert plan.problems == (
        Problem("cycle", "T1", tasks=("T1", "T2", "T3")),
        Problem("held", "T4", tasks=("T4", "T5")),
    )
    assert plan.unscheduled == ("T1", "T2", "T3", "T4", "T5")
    assert times(plan)["T7"] == (3, 4, 3, 4, 0, 0)


def test_what_comes_before_a_cycle_is_scheduled():
    plan = schedule([task("T1", 4), task("T2", 1, "T1,T3"), task("T3", 1, "T2")])
    assert times(plan) == {"T1": (0, 4, 0, 4, 0, 0)}
    assert plan.length == 4


def test_bad_dependencies_are_left_out_and_told():
    tasks = [task("T1", 9), task("T2", 2, "T2,T9,T1", parent="T1"), task("T3", 1, "T2,T1")]
    far = Task("T4", duration=1, after=(Dependency("T3", lag=float("inf")), Dependency("T3")))
    plan = schedule([*tasks, far])
    assert set(plan.problems) == {
        Problem("self", "T2", "T2"),
        Problem("unknown", "T2", "T9"),
        Problem("summary", "T2", "T1"),
        Problem("lag", "T4", "T3"),
    }
    assert [(x.before, x.after) for x in plan.links] == [("T2", "T3"), ("T3", "T4")]
    assert plan.length == 4


def test_what_a_summary_waits_for_comes_before_all_of_its_parts():
    tasks = [task("T1", None, "T3"), task("T2", 2, parent="T1"), task("T4", 1, parent="T1")]
    plan = schedule([*tasks, task("T3", 4), task("T5", 1, "T1")])
    assert plan.problems == ()
    assert times(plan)["T2"][:2] == (4, 6)
    assert times(plan)["T4"] == (4, 5, 5, 6, 1, 1)
    assert times(plan)["T5"][:2] == (6, 7)
    links = [(link.before, link.after) for link in plan.links]
    assert links == [("T3", "T2"), ("T3", "T4"), ("T2", "T5"), ("T4", "T5")]
    assert plan.critical_paths == (("T3", "T2", "T5"),)


def test_a_summary_may_wait_for_another_through_every_level():
    tasks = [task("P1"), task("Q1", None, "P1", parent="R1"), task("R1")]
    tasks += [task("T1", 2, parent="P1"), task("T2", 3, "T1", parent="P1")]
    tasks += [task("T3", 1, parent="Q1"), task("T4", 1, parent="R1"), task("T5", 1, "R1+1d")]
    plan = schedule(tasks)
    assert plan.problems == ()
    assert times(plan)["T3"][:2] == (5, 6)
    assert times(plan)["T4"][:2] == (0, 1)
    assert times(plan)["T5"][:2] == (7, 8)


@pytest.mark.parametrize(
    ("after", "other"), [("T3FF", ""), ("T3SF", ""), ("", "T1SS"), ("", "T1SF"), ("", "T1FS+50%")]
)
def test_what_no_part_alone_can_keep_is_left_out_and_told(after, other):
    plan = schedule([task("T1", None, after), task("T2", 2, parent="T1"), task("T3", 4, other)])
    assert [problem.fault for problem in plan.problems] == ["summary"]
    assert plan.links == ()


@pytest.mark.parametrize("after", ["T3SS", "T3FS+50%"])
def test_parts_may_wait_for_a_start_or_a_share(after):
    plan = schedule([task("T1", None, after), task("T2", 2, parent="T1"), task("T3", 4)])
    assert plan.problems == ()
    assert times(plan)["T2"][0] == (0 if after == "T3SS" else 6)


def test_links_between_too_many_parts_are_left_out_and_told():
    tasks = [task("P1"), task("Q1", None, "P1")]
    tasks += [task(f"T{n}", 1, parent=("P1", "Q1")[n % 2]) for n in range(202)]
    plan = schedule(tasks)
    assert plan.problems == (Problem("summary", "Q1", "P1"),)
    assert schedule(tasks[:-1]).problems == (Problem("summary", "Q1", "P1"),)
    assert schedule(tasks[:-2]).problems == ()


def test_missing_and_odd_durations_count_as_a_day():
    odd = [float("nan"), float("inf"), -1, 10**400, "5", True]
    tasks = [Task(f"T{n}", duration=value) for n, value in enumerate(odd)]
    plan = schedule([*tasks, Task("T6"), Task("T7", milestone=True), task("T8", 0)])
    assert [p.fault for p in plan.problems] == ["odd"] * 6 + ["missing"]
    assert [t.duration for t in plan.tasks] == [1] * 7 + [0, 0]
    assert [t.task.id for t in plan.tasks if t.milestone] == ["T7", "T8"]


def test_summaries_that_are_parts_of_each_other_are_tasks_without_parts():
    tasks = [task("T1", 1, parent="T2"), task("T2", 2, parent="T1"), task("T3", 3, parent="T3")]
    plan = schedule([*tasks, task("T4", 4, parent="T9"), task("T5", 5, parent="T1")])
    assert [(t.task.id, t.summary, t.parent) for t in plan.tasks] == [
        ("T1", True, ""), ("T2", False, ""), ("T3", False, ""), ("T4", False, ""),
        ("T5", False, "T1"),
    ]  # fmt: skip


def test_a_second_task_of_an_id_and_odd_ids_do_no_harm():
    plan = schedule([Task("", duration=1), task("T1", 1), task("T1", 5)])
    assert plan.problems == (Problem("duplicate", "T1"),)
    assert plan.length == 1
    nothing = schedule([])
    assert (nothing.tasks, nothing.length, nothing.critical_paths) == ((), 0, ())
    assert (nothing.end, nothing.late, nothing.least_float) == (0, 0, 0)


# -- against all paths ------------------------------------------------------------------------


def random_tasks(chance):
    """Make up to six tasks in any order, with relations of every type among them."""
    names = [f"T{n}" for n in range(1, chance.randint(2, 6) + 1)]
    order = chance.sample(names, len(names))
    after = {name: [] for name in names}
    for _ in range(chance.randint(0, 8)):
        one, other = sorted(chance.sample(range(len(order)), 2))
        relation = chance.choice(["FS", "SS", "FF", "SF"])
        after[order[other]].append(Dependency(order[one], relation, chance.randint(-3, 4)))
    return [
        Task(
            name,
            duration=chance.randint(0, 6),
            after=tuple(after[name]),
            deadline=chance.choice([None, None, None, chance.randint(0, 12)]),
        )
        for name in names
    ]


class AllPaths:
    """Times of tasks by going along every path between their starts and finishes.

    Each task has two events. A task's finish is its duration after its start, and its start its
    duration before its finish; a relation leads from one event of the earlier task to one of the
    later. An event can happen once the longest path to it is over.
    """

    def __init__(self, tasks, deadline):
        self.tasks = {t.id: t for t in tasks}
        self.steps = {}
        for t in tasks:
            self.steps.setdefault(("S", t.id), []).append((("F", t.id), t.duration))
            self.steps.setdefault(("F", t.id), []).append((("S", t.id), -t.duration))
            for link in t.after:
                first, last = link.relation
                self.steps.setdefault((first, link.predecessor), []).append(
                    ((last, t.id), link.lag)
                )
        self.longest = {event: self.all_from(event) for event in self.steps}
        events = self.longest
        self.starts = {
            n: max(0, *(events["S", m].get(("S", n), 0) for m in self.tasks)) for n in self.tasks
        }
        self.length = max(self.starts[n] + t.duration for n, t in self.tasks.items())
        end = self.length if deadline is None else deadline
        self.must = {
            n: min(
                min(end, end if t.deadline is None else t.deadline) - events["S", n][("F", m)]
                for m, t in self.tasks.items()
                if ("F", m) in events["S", n]
            )
            for n in self.tasks
        }

    def all_from(self, event):
        """Give the longest of all paths from an event to each that it leads to."""
        found = {}

        def go(here, way, length):
            found[here] = max(found.get(here, length), length)
            for there, more in self.steps[here]:
                if there not in way:
                    go(there, way | {there}, length + more)

        go(event, frozenset({event}), 0)
        return found

    def free(self, name):
        """Let a task slip day by day until something else moves."""
        from_here = self.longest["S", name]
        for slip in range(1, 100):
            start = self.starts[name] + slip
            ends = start + self.tasks[name].duration
            moved = (
                start + from_here[("S", other)] > self.starts[other]
                for other in self.tasks
                if other != name and ("S", other) in from_here
            )
            if ends > self.length or any(moved):
                return slip - 1
        raise AssertionError(name)

    def times(self):
        return {
            n: (s, s + t.duration, m, m + t.duration, m - s, self.free(n))
            for n, t in self.tasks.items()
            for s, m in [(self.starts[n], self.must[n])]
        }


@pytest.mark.parametrize("hundred", range(10))
def test_random_graphs_of_all_relations_against_all_their_paths(hundred):
    chance = random.Random(hundred)  # noqa: S311 - no secret
    for _ in range(100):
        tasks = random_tasks(chance)
        deadline = chance.choice([None, None, chance.randint(0, 20)])
        plan, brute = schedule(tasks, deadline), AllPaths(tasks, deadline)
        assert times(plan) == brute.times()
        assert plan.length == brute.length
        least = min(m - brute.starts[n] for n, m in brute.must.items())
        assert critical(plan) == [n for n, m in brute.must.items() if m - brute.starts[n] == least]
        assert {n for path in plan.critical_paths for n in path} == set(critical(plan))


def all_paths(after):
    """Give every path from a task that waits for none, by the task at its end."""
    paths = {}
    for n in sorted(after):  # each waits for smaller numbers only
        paths[n] = [(*p, n) for m in after[n] for p in paths[m]] or [(n,)]
    return [p for found in paths.values() for p in found]


def test_critical_paths_are_all_the_longest_ones():
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(200):
        graph = nx.gnp_random_graph(8, 0.4, seed=chance.randint(0, 10**6))
        after = {n: sorted(m for m in graph[n] if m < n) for n in graph}
        durations = {n: chance.randint(1, 3) for n in graph}
        names = {n: f"T{n}" for n in graph}
        plan = schedule(
            [task(names[n], durations[n], ",".join(names[m] for m in after[n])) for n in graph],
            listed=10**6,
        )

        every = all_paths(after)
        length = max(sum(durations[n] for n in p) for p in every)
        longest = {
            tuple(names[n] for n in p) for p in every if sum(map(durations.get, p)) == length
        }
        assert plan.length == length
        assert set(plan.critical_paths) == longest
        assert plan.critical_path_count == len(longest)


def test_large_graphs_are_as_long_as_networkx_says():
    chance = random.Random(3)  # noqa: S311 - no secret
    for size in (500, 2000):
        tasks = [task("T0", 5)]
        for n in range(1, size):
            before = {f"T{chance.randrange(max(0, n - 60), n)}" for _ in range(3)}
            tasks.append(task(f"T{n}", chance.randint(0, 9), ",".join(sorted(before))))
        graph = nx.DiGraph()
        for t in tasks:
            graph.add_edge(t.id, "end", weight=t.duration)
            for link in t.after:
                before = tasks[int(link.predecessor[1:])]
                graph.add_edge(before.id, t.id, weight=before.duration)
        plan = schedule(tasks)
        assert plan.length == nx.dag_longest_path_length(graph)
        path = plan.critical_paths[0]
        assert all(graph.has_edge(*step) for step in pairwise(path))
        assert sum(tasks[int(n[1:])].duration for n in path) == plan.length


def test_five_thousand_tasks_in_a_row_and_nested_as_deep_are_scheduled():
    row = [task("T0", 1), *(task(f"T{n}", 1, f"T{n - 1}") for n in range(1, 5000))]
    plan = schedule(row)
    assert plan.length == 5000
    assert plan.critical_paths == (tuple(t.id for t in row),)
    nested = [task("T0", 1), *(task(f"T{n}", 1, parent=f"T{n - 1}") for n in range(1, 5000))]
    assert [t.level for t in schedule(nested).tasks] == list(range(5000))
    ring = schedule([task(f"T{n}", 1, f"T{(n - 1) % 5000}") for n in range(5000)])
    assert [len(p.tasks) for p in ring.problems] == [5000]


MEASURES = st.sampled_from(["working", "working", "elapsed", "percent"])


@st.composite
def drawn_plans(draw):
    """Draw tasks that wait for earlier ones only, by all relations and measures of time."""
    tasks = []
    by_the_clock = draw(st.booleans())
    measures = MEASURES if by_the_clock else st.sampled_from(["working", "percent"])
    for n in range(draw(st.integers(1, 7))):
        links = [
            Dependency(
                f"T{draw(st.integers(0, n - 1))}",
                draw(st.sampled_from(["FS", "SS", "FF", "SF"])),
                draw(st.integers(-4, 6)),
                draw(measures),
            )
            for _ in range(draw(st.integers(0, 3)) if n else 0)
        ]
        tasks.append(
            Task(
                f"T{n}",
                duration=draw(st.sampled_from([0, 0.5, 1, 2, 3.25, 8])),
                after=tuple(links),
                elapsed=by_the_clock and draw(st.booleans()),
            )
        )
    return tasks


@given(drawn_plans(), st.sampled_from([None, Timeline(date(2026, 11, 19))]))
def test_without_deadlines_free_float_is_no_more_than_total_float_and_none_is_below_zero(
    tasks, timeline
):
    plan = schedule(tasks, timeline=timeline)
    assert not plan.problems
    for found in plan.tasks:
        assert 0 <= found.free_float <= found.total_float
        assert found.critical == (found.total_float == plan.least_float)
    assert plan.length == max(found.early_finish for found in plan.tasks)
    links = [link for t in tasks for link in t.after]
    if any(t.elapsed for t in tasks) or any(k.measure == "elapsed" for k in links):
        return  # a night or weekend before the end is no work, but leaves room to slip
    assert plan.least_float == 0
    ends = {found.task.id: found.early_finish for found in plan.tasks}
    assert any(ends[path[-1]] == plan.length for path in plan.critical_paths)


NAMES = st.sampled_from(["", "T1", "T2", "T3", "T4"])
ODD = st.one_of(st.none(), st.floats(), st.integers(), st.just("x"))
TASKS = st.builds(
    Task,
    id=NAMES,
    duration=ODD,
    milestone=st.booleans(),
    after=st.lists(
        st.builds(
            Dependency,
            NAMES,
            st.sampled_from(["FS", "SS", "FF", "SF"]),
            st.floats(-5, 5) | st.floats(),
        ),
        max_size=3,
    ).map(tuple),
    parent=NAMES,
    deadline=ODD,
)


@given(st.lists(TASKS, max_size=6), ODD)
def test_whatever_comes_in_every_task_is_scheduled_or_told(tasks, deadline):
    plan = schedule(tasks, deadline)
    told = {name for p in plan.problems if p.fault in {"cycle", "held"} for name in p.tasks}
    parts = {t.id for t in tasks if not any(t.id == u.parent for u in tasks)}
    assert set(plan.unscheduled) & parts <= told
    assert {t.task.id for t in plan.tasks} | set(plan.unscheduled) == {t.id for t in tasks}
    for found in plan.tasks:
        assert found.free_float >= 0
        assert found.early_start >= 0
        assert found.total_float >= plan.least_float
    if plan.tasks:
        assert any(t.critical for t in plan.tasks)
        assert plan.critical_paths
