"""What people write about tasks: what comes before, who, how long, and on which days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import note, sheet

from clusterlab.methods import (
    Assignment,
    Calendar,
    Dependency,
    Timeline,
    assignments,
    dependencies,
    plan_of,
)
from clusterlab.methods.dependencies import as_id, days
from clusterlab.methods.tasklist import written_link

READ = [
    ("T1", [("T1", "FS", 0)]),
    ("T1, T2FS+2d", [("T1", "FS", 0), ("T2", "FS", 2)]),
    ("T1, T2FS+2d; T3SS-1d", [("T1", "FS", 0), ("T2", "FS", 2), ("T3", "SS", -1)]),
    ("t1\nt2ff", [("T1", "FS", 0), ("T2", "FF", 0)]),
    ("T1 T2 SS + 1 day T3", [("T1", "FS", 0), ("T2", "SS", 1), ("T3", "FS", 0)]),
    ("4", [("4", "FS", 0)]),
    ("3FS+2d;5SS", [("3", "FS", 2), ("5", "SS", 0)]),
    ("1,2", [("1", "FS", 0), ("2", "FS", 0)]),
    ("2+1,5", [("2", "FS", 1), ("5", "FS", 0)]),
    ("2+1,5;7", [("2", "FS", 1.5), ("7", "FS", 0)]),
    ("2+1,5d,7", [("2", "FS", 1.5), ("7", "FS", 0)]),
    ("2+0.5 days", [("2", "FS", 0.5)]),
    ("T4b, T4bSF−2 wks", [("T4b", "FS", 0), ("T4b", "SF", -10)]),
    ("7EA+2 Tage;8AA", [("7", "FS", 2), ("8", "SS", 0)]),
    ("7FD+4 h", [("7", "FS", 0.5)]),
    ("7DF-1 mois", [("7", "SF", -20)]),
    ("1.2.3FF-1w", [("1.2.3", "FF", -5)]),
    ("T1,T1,,; T1", [("T1", "FS", 0)]),
    ("T1+0d", [("T1", "FS", 0)]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_what_a_task_waits_for(text, expected):
    assert dependencies(text) == (tuple(Dependency(*e) for e in expected), ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("T1+50e%", "“e%” is not known"),
        ("T1+2 eparsecs", "“eparsecs” is not known"),
        ("T1+2 parsecs", "“parsecs” is not known"),
        ("T1+", "a number with a unit"),
        ("T1++2", "a number with a unit"),
        ("T1ABCDE", "It should name a task"),
        ("after the board", "It should name a task"),
        ("T", "It should name a task"),
        ("٣", "It should name a task"),
        ("T" + "1" * 400, "It should name a task"),
        ("T1+" + "9" * 400, "a number with a unit"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_taken(text, reason):
    found, bad = dependencies(f"T8; {text}; T9SS")
    assert found == (Dependency("T8"), Dependency("T9", "SS"))
    assert [b.text for b in bad] == [text[:60]]
    assert reason in str(bad[0].reason)


@given(st.text())
def test_any_text_is_read_or_told(text):
    for read in (dependencies, assignments):
        found, bad = read(text)
        assert len(found) + len(bad) <= len(text)
    days(text)
    as_id(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A share of the predecessor's duration.
        ("3FS+50%", Dependency("3", "FS", 50, "percent")),
        ("T3SS+33,3 %", Dependency("T3", "SS", 33.3, "percent")),
        ("3FS-25%", Dependency("3", "FS", -25, "percent")),
        # Elapsed time in the English, German, French and Spanish editions.
        ("3FS+2ed", Dependency("3", "FS", 2, "elapsed")),
        ("3FS+1,5ed", Dependency("3", "FS", 1.5, "elapsed")),
        ("3+1ew", Dependency("3", "FS", 7, "elapsed")),
        ("3FS+36eh", Dependency("3", "FS", 1.5, "elapsed")),
        ("3FS+720emin", Dependency("3", "FS", 0.5, "elapsed")),
        ("3FS-2 edays", Dependency("3", "FS", -2, "elapsed")),
        ("3FS+2 elapsed days", Dependency("3", "FS", 2, "elapsed")),
        ("3SS+1emon", Dependency("3", "SS", 30, "elapsed")),
        ("3EA+2 ft", Dependency("3", "FS", 2, "elapsed")),
        ("3EA+2 fortl. Tage", Dependency("3", "FS", 2, "elapsed")),
        ("3AA+1 fortlaufende Woche", Dependency("3", "SS", 7, "elapsed")),
        ("3FD+2 jé", Dependency("3", "FS", 2, "elapsed")),
        ("3DD+2 jours écoulés", Dependency("3", "SS", 2, "elapsed")),
        ("3FC+2 días transcurridos", Dependency("3", "FS", 2, "elapsed")),
        # Working time and relations in other editions.
        ("3EA+2t", Dependency("3", "FS", 2)),
        ("3AE+1 Woche", Dependency("3", "SF", 5)),
        ("3DF+1 sm", Dependency("3", "SF", 5)),
        ("3FI+2g", Dependency("3", "FS", 2)),
        ("3TI", Dependency("3", "FS")),
        ("3BB+1 wk", Dependency("3", "SS", 5)),
        ("3ZR+2d", Dependency("3", "FS", 2)),
        # Nothing is nothing, whatever it is counted in.
        ("3FS+0ed", Dependency("3")),
        ("3FS-0%", Dependency("3")),
    ],
)
def test_lags_as_editions_of_project_programs_write_them(text, expected):
    assert dependencies(text) == ((expected,), ())
    assert dependencies(written_link(expected)) == ((expected,), ())


def test_lengths_of_time():
    said = {"5": 5, "5 days": 5, "1 day?": 1, "2w": 10, "4 hrs": 0.5, "1 mon": 20, "0,5 Tage": 0.5}
    said |= {"30 min.": 0.0625, "3 jours": 3, " 0 d ": 0, "½ day": 0.5, "1½ w": 7.5, ".5 wk": 2.5}
    said |= {"~2d": 2, "2 w 3 d": 13, "1d 4h": 1.5, "2 weeks and 1 day": 11, "0,125 w": 0.625}
    assert {text: days(text) for text in said} == said
    assert days("480 min") == 1
    assert "Elapsed" in str(days("2 ewks"))
    assert "share" in str(days("50%"))
    assert "a number" in str(days("-2d"))
    assert "a number" in str(days("2w 3ed"))
    assert "a number" in str(days("2w 3"))
    assert "“1,200” may be thousands" in str(days("1,200 hrs"))
    assert "a number" in str(days("soon"))


def test_who_works_on_a_task():
    text = "Project office 50 %, Board; Anna[12,5%]\nNils (20 %),board 20%, Ann: 5%"
    assert assignments(text) == (
        (
            Assignment("Project office", 50), Assignment("Board", 120), Assignment("Anna", 12.5),
            Assignment("Nils", 20), Assignment("Ann", 5),
        ),
        (),
    )  # fmt: skip
    assert assignments("Anna[0.5]; Ben[2], Room 12")[0] == (
        Assignment("Anna", 50), Assignment("Ben", 200), Assignment("Room 12"),
    )  # fmt: skip
    assert assignments("Board 0.5 %") == ((Assignment("Board", 0.5),), ())
    found, bad = assignments("50 %, Board 0%, Team 10000%, Team 10001 %")
    assert found == (Assignment("Team", 10000),)
    assert [b.text for b in bad] == ["50 %", "Board 0%", "Team 10001 %"]


# -- days --------------------------------------------------------------------------------------

HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)})


def test_a_calendar_with_holidays():
    # Work starts on Tuesday 22 December 2026. Friday 25 is off, 26 is a Saturday anyway, and so is
    # Friday 1 January: 22, 23, 24 | 28, 29, 30, 31 | 4 January. A task from 2 to 4 takes 24 and 28.
    time = Timeline(date(2026, 12, 22), Calendar(holidays=HOLIDAYS))
    days_off = [22, 23, 24, 28, 29, 30, 31, 4]
    assert [time.begins(n).day for n in range(8)] == days_off
    assert time.span(2, 4) == (date(2026, 12, 24), date(2026, 12, 28))
    assert time.span(0, 1) == (date(2026, 12, 22), date(2026, 12, 22))
    assert time.span(1.5, 2.5) == (date(2026, 12, 23), date(2026, 12, 24))
    # A milestone lies on the evening of what comes before it; at 0 on the first day.
    assert time.span(3, 3) == (date(2026, 12, 24),) * 2
    assert time.span(0, 0) == (date(2026, 12, 22),) * 2
    # What had to end before the start: the day before Tuesday is Monday,
    # and Friday before that.
    assert time.span(-5, 0)[1] == date(2026, 12, 21)
    assert time.span(-2, -1) == (date(2026, 12, 18), date(2026, 12, 18))


def test_a_deadline_is_the_end_of_its_day_or_of_the_last_working_day_before():
    time = Timeline(date(2026, 12, 22), Calendar(holidays=HOLIDAYS))
    said = {date(2026, 12, n): time.until(date(2026, 12, n)) for n in range(20, 29)}
    assert list(said.values()) == [-1, 0, 1, 2, 3, 3, 3, 3, 4]
    assert time.until(date(2026, 12, 18)) == -1  # Friday: one working day before the start
    assert time.until(date.max) > 2_000_000


def test_a_project_that_starts_on_a_free_day_starts_on_the_next_that_is_worked():
    time = Timeline(date(2026, 12, 25), Calendar(holidays=HOLIDAYS))
    assert time.begins(0) == date(2026, 12, 28)


def test_a_week_of_our_own():
    time = Timeline(date(2026, 11, 21), Calendar(weekdays=(5, 2)))  # a Saturday; then Wednesdays
    assert [time.begins(n).isoformat()[5:] for n in range(3)] == ["11-21", "11-25", "11-28"]
    for wrong in ((), (7,)):
        with pytest.raises(ValueError, match=r"\("):
            Calendar(weekdays=wrong)


def test_far_days_have_no_date():
    time = Timeline(date(2026, 12, 25))
    assert time.begins(10**7) is None
    assert time.span(-(10**7), 10**9) == (None, None)


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(
    DAYS, st.sets(st.integers(0, 6), min_size=1), st.sets(DAYS, max_size=9), st.integers(-99, 99)
)
def test_days_are_those_that_counting_one_by_one_gives(start, week, holidays, number):
    calendar = Calendar(tuple(week), frozenset(holidays))
    step = timedelta(days=1 if number >= 0 else -1)
    day, left = start, abs(number)
    while not calendar.works(day):
        day += timedelta(days=1)
    while left:
        day += step
        left -= calendar.works(day)
    time = Timeline(start, calendar)
    assert time.begins(number) == day
    assert time.until(day) == number + 1
    assert time.ends(number + 1) == time.span(number, number + 1)[1] == day


def test_nobody_works_on_a_holiday_of_the_workshop():
    tasks = sheet("tasks", note("T1", "tasks", "Survey", duration=2), day="2026-12-24")
    free = replace(tasks, calendar=Calendar(holidays=HOLIDAYS))
    ends = [plan.early(plan.schedule.tasks[0])[1] for plan in map(plan_of, (tasks, free))]
    assert ends == [date(2026, 12, 25), date(2026, 12, 28)]
