"""The rules for plans: each finds what it should, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import KINDS, board, note, rules, sheet

from clusterlab.methods import check, check_schedule, plan_of, wbs

MONDAY = "2026-11-23"


def task(number, days=1, **more):
    more = {name.replace("_", "-"): value for name, value in more.items()}
    values = {"duration": days, **more}
    return note(f"T{number}", "tasks", f"Task {number}", **values)


def found(*notes, day=MONDAY):
    return check_schedule(sheet("tasks", *notes, day=day))


def said(*notes, day=MONDAY):
    return [
        (f.rule.removeprefix("schedule-"), f.note, str(f.message)) for f in found(*notes, day=day)
    ]


def test_a_plan_without_faults_and_an_empty_one():
    assert found() == []
    good = (
        task(1, None),
        task(2, 5, part_of="T1", resource="Anna 50 %", deadline="2026-11-27"),
        task(3, 2.5, part_of="1", after="T2, 2SS+1w", resource="Anna"),
        task(4, None, milestone="yes", after="T3"),
    )
    assert found(*good) == []


@pytest.mark.parametrize("of", ["T1", "t1", "1", "T1 (the survey)", "part of T1"])
def test_schedule_and_breakdown_read_alike_what_a_task_is_part_of(of):
    tasks = sheet("tasks", task(1, None), task(2, part_of=of), task(3, part_of=of))
    plan = plan_of(tasks).schedule
    assert [(t.task.id, t.parent) for t in plan.tasks] == [("T1", ""), ("T2", "T1"), ("T3", "T1")]
    assert [len(b.children) for b in wbs(tasks).roots()] == [2]


@pytest.mark.parametrize("after", ["T1.2", "t1.2FS", "1.2", "T1.2FS+0d"])
def test_a_task_may_wait_for_one_that_it_names_by_its_place(after):
    notes = (
        task(1, None),
        task(2, 3, part_of="T1"),
        task(3, 5, part_of="T1"),
        task(4, 1, after=after),
    )
    plan = plan_of(sheet("tasks", *notes, day=MONDAY))
    waits = next(t for t in plan.schedule.tasks if t.task.id == "T4")
    assert [k.predecessor for k in waits.task.after] == ["T3"]
    assert waits.early_start == 5
    place = "1.2" if after == "1.2" else "T1.2"
    told = f"T4 waits for “{place}”, which is T3 as the tree stands now."
    assert said(*notes) == [("place", "T4", told)]
    assert [f.severity for f in found(*notes)] == ["info"]


@pytest.mark.parametrize("after", ["T1.3", "T1.0", "T9.1", "1.3", "T2.1"])
def test_a_place_that_no_task_has_is_unknown(after):
    notes = (task(1, None), task(2, part_of="T1"), task(3, part_of="T1"), task(4, after=after))
    assert [rule for rule, _, _ in said(*notes)] == ["unknown"]


def test_days_written_with_dots_are_deadlines_of_tasks_and_goals():
    late = task(1, 6, deadline="27.11.2026")
    assert [rule for rule, _, _ in said(late)] == ["late"]
    goal = note("G1", "goals", deadline="27.11.2026")
    plan = sheet(
        "tasks", task(1, 6, links=("G1",)), others=[board("smart-goals", goal)], day=MONDAY
    )
    assert rules(check_schedule(plan)) == [("schedule-goal", "T1")]


def test_tasks_that_wait_for_each_other_are_named_in_order():
    notes = (task(1, after="T3"), task(2, after="T1"), task(3, after="T2"), task(4, after="T3"))
    assert said(*notes, task(5)) == [
        (
            "cycle",
            "T1",
            (
                "These tasks wait for each other in a circle, so none can start: "
                "T1 “Task 1” → T2 “Task 2” → T3 “Task 3” → T1 “Task 1”."
            ),
        ),
        (
            "held",
            "T4",
            ("These tasks get no dates, since they wait for tasks in a circle: T4."),
        ),
    ]


def test_a_task_that_waits_for_itself_a_summary_or_nothing():
    notes = (task(1, None), task(2, part_of="T1", after="T2, T1"), task(3, after="T9"))
    assert said(*notes) == [
        ("self", "T2", "T2 waits for itself."),
        ("summary", "T2", "T2 cannot wait for all parts of T1 like this."),
        ("unknown", "T3", "T3 waits for T9, but there is no such task."),
    ]
    (summary,) = said(task(1, None, after="T3FF"), task(2, part_of="T1"), task(3))
    assert summary == (
        "summary",
        "T1",
        "T1 has parts of its own, and they cannot all wait for T3 like this.",
    )
    assert said(task(1, None, after="T3"), task(2, part_of="T1"), task(3)) == []


def test_what_cannot_be_read_is_named_with_its_field():
    notes = (task(1), task(2, after="T1, the board's yes", resource="Anna, 50 %", deadline="May"))
    assert said(*notes) == [
        (
            "unreadable",
            "T2",
            (
                "T2: “the board's yes” under “After” cannot be read, so the plan left it out. It "
                "should name a task, such as T2, or T2+3d for three working days later."
            ),
        ),
        (
            "unreadable",
            "T2",
            (
                "T2: “50 %” under “Who” cannot be read, so the plan left it out. It should be a "
                "name and a share above 0 %, such as Board 20 %."
            ),
        ),
        (
            "unreadable",
            "T2",
            (
                "T2: “May” under “Deadline” cannot be read, so the plan left it out. It should be "
                "a date such as 2026-11-20."
            ),
        ),
    ]
    far = said(task(1), task(2, after="T1+999999999d"))
    assert far == [
        (
            "unreadable",
            "T2",
            "T2 is to wait more than four centuries for T1; the plan left that out.",
        )
    ]
    assert said(task(1), task(2, after="T1+99999d")) == []


def test_durations():
    assert rules(found(task(1, None), task(2, 0), task(3, 0.5))) == [("schedule-duration", "T1")]
    assert rules(found(task(1, float("nan")), task(2, -1), task(3, "5 days"), task(4, "x"))) == [
        ("schedule-duration", "T1"),
        ("schedule-duration", "T2"),
        ("schedule-duration", "T4"),
    ]


def test_a_milestone_takes_no_time():
    assert [f.rule for f in found(task(1, 3, milestone="yes"))] == ["schedule-milestone"]
    assert found(task(1, 0, milestone="yes"), task(2, 3, milestone="no")) == []


def test_a_deadline_that_cannot_be_kept_says_by_how_many_days():
    # Work starts on Monday 23: five days end on Friday 27.
    assert found(task(1, 5, deadline="2026-11-27")) == []
    assert said(task(1, 5, deadline="2026-11-26")) == [
        (
            "late",
            "T1",
            (
                "T1 cannot keep its deadline: it ends on 2026-11-27 at the earliest. "
                "Working days too late: 1."
            ),
        ),
    ]
    assert found(task(1, 5, deadline="2026-11-29")) == []  # a Sunday
    assert "too late: 5." in said(task(1, 5, deadline="2026-11-20"))[0][2]
    assert "too late: 0.5." in said(task(1, 1.5, deadline=MONDAY))[0][2]


def test_a_task_ends_by_the_deadline_of_its_goal():
    goals = board(
        "smart-goals",
        note("G1", "goals", deadline="2026-11-26"),
        note("G2", "goals", deadline="2026-11-27"),
        note("G3", "goals", deadline="soon"),
    )
    own = sheet(
        "tasks", task(1, 5, links=["G1", "G2", "G3"]), task(2, 5), others=[goals], day=MONDAY
    )
    (late,) = check_schedule(own)
    assert (late.rule, late.note) == ("schedule-goal", "T1")
    assert str(late.message) == (
        "T1 serves G1, but ends on 2026-11-27 at the earliest, after that goal’s deadline. "
        "Working days too late: 1."
    )


def test_without_a_start_no_deadline_is_missed_but_that_is_said():
    for day in ("", "soon"):
        late = found(task(1, 5, deadline="1999-01-01"), day=day)
        assert [(f.rule, f.severity) for f in late] == [("schedule-start", "info")]
        assert found(task(1, 5), day=day) == []


def test_who_has_too_much_to_do():
    notes = (task(1, 5, resource="Anna"), task(2, 5, resource="anna 20%", after="T1SS+2d"))
    assert said(*notes) == [
        (
            "overload",
            "T1",
            (
                "Anna has too much to do from 2026-11-25 to 2026-11-27: up to 120 % "
                "of a day, for T1, T2."
            ),
        ),
    ]
    assert "from working day 3 to working day 5" in said(*notes, day="")[0][2]
    notes = (task(1, 5, resource="Anna 80 %"), task(2, 5, resource="anna 20%", after="T1SS+2d"))
    assert found(*notes) == []


def test_a_team_under_one_name_is_asked_about():
    (asked,) = found(task(1, 5, resource="Team 200 %"))
    assert (asked.rule, asked.severity) == ("schedule-team", "info")
    assert str(asked.message) == (
        "Is Team several people? From 2026-11-23 to 2026-11-27 there is work for up to 200 % of "
        "one person’s day: T1."
    )
    both = found(task(1, 5, resource="Team 200 %"), task(2, 5, resource="Team"))
    assert rules(both) == [("schedule-overload", "T1")]


def test_elapsed_times_ask_for_the_day_on_which_work_starts():
    dry = note("T2", "tasks", "Dry", duration=2, elapsed="yes", after="T1")
    furnish = note("T3", "tasks", "Furnish", duration=1, after="T1FS+2ed")
    told = found(task(1, 5), dry, furnish, day="")
    assert [(f.rule, f.severity) for f in told] == [("schedule-start", "info")]
    assert "T2, T3" in str(told[0].message)
    assert found(task(1, 5), dry, furnish) == []


def test_a_number_alone_is_a_task_of_the_canvas():
    plan = plan_of(sheet("tasks", task(1, 3), task(2, 1, after="1"), task(3, after="t2ss")))
    assert [(x.before, x.after) for x in plan.schedule.links] == [("T1", "T2"), ("T2", "T3")]


def test_days_without_a_start_are_numbered_from_1():
    plan = plan_of(sheet("tasks", task(1, 5), task(2, 0, after="T1"), task(3, 0)))
    said = {t.task.id: tuple(map(str, plan.early(t))) for t in plan.schedule.tasks}
    assert said == {
        "T1": ("working day 1", "working day 5"),
        "T2": ("working day 5", "working day 5"),
        "T3": ("working day 1", "working day 1"),
    }


def test_plans_are_checked_with_the_other_boards_and_goals_alone_ask_for_none():
    own = board("tasks", task(1, 5, deadline=MONDAY))
    assert ("schedule-late", "T1") in rules(check(KINDS, {own.id: own}, {}, MONDAY))
    goals = board("smart-goals", note("G1", "goals"))
    assert not [f for f in check(KINDS, {goals.id: goals}, {}) if f.rule.startswith("schedule")]


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.text(),
    st.just(10**5000),
    st.sampled_from(["T1", "T2SS+1d", "T3", "T4", "yes", "2026-11-27", "9999-12-31", "0001-01-01"]),
    st.tuples(st.text()),
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from([f.id for f in KINDS["tasks"].fields]), ODD), max_size=4
    ),
    st.sampled_from(["", MONDAY, "9999-12-31", "0001-01-01", "x"]),
)
def test_no_value_stops_the_rules(values, day):
    notes = [note(f"T{n}", "tasks", **fields) for n, fields in enumerate(values, 1)]
    for one in found(*notes, day=day):
        assert str(one.message)
        assert "{" not in str(one.suggestion)


@pytest.mark.parametrize("spoken", ["", "T1"])
def test_notes_without_a_spoken_id_or_with_the_same_are_scheduled(spoken):
    one = task(1)
    other = type(one)(id="other", spoken=spoken, block="tasks", values={"text": "x", "duration": 2})
    plan = plan_of(sheet("tasks", one, other))
    assert [t.duration for t in plan.schedule.tasks] == [1, 2]
