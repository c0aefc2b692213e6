"""The schedule and the load as tables."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "methods"))

import hostile
import samples
from sheets_of import note, sheet

from clusterlab.errors import UnknownNameError
from clusterlab.language import load
from clusterlab.methods import MethodSettings
from clusterlab.model import Cluster
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.results import EMPTY, result
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle, Folder, create

TASKS = (
    note("T1", "tasks", "Portal"),
    note("T2", "tasks", "Texts", **{"part-of": "T1", "duration": 5, "resource": "Office 60 %"}),
    note("T3", "tasks", "Pictures", duration=2.5, after="T2SS+1d", resource="office 50 %, Board"),
    note("T4", "tasks", "Decision", milestone="yes", after="T2"),
    note("T5", "tasks", "Chicken", duration=1, after="T6"),
    note("T6", "tasks", "Egg", duration=1, after="T5"),
)


def drawn(name, *notes, day="2026-11-19", language="en", settings=None):
    draws = Presenter(load(language), samples.CONTEXT, {})
    own = replace(sheet("tasks", *notes, day=day), settings=settings or MethodSettings())
    return result(draws, own, name)


def test_the_schedule_is_a_table_of_dates_and_floats():
    table = drawn("table", *TASKS)
    assert [c.id for c in table.columns] == [
        "spoken", "text", "duration", "early-start", "early-finish", "late-start", "late-finish",
        "total-float", "free-float", "sign",
    ]  # fmt: skip
    cells = [row.cells for row in table.rows]
    first, second, last = "November 19, 2026", "November 20, 2026", "November 25, 2026"
    assert cells[1] == ("T2", "Texts", "5", first, last, first, last, "0", "0", "critical")
    assert cells[2] == (
        "T3", "Pictures", "2.5", second, "November 24, 2026", "November 23, 2026", last,
        "1.5", "1.5", "",
    )  # fmt: skip
    assert cells[3] == ("T4", "Decision", "0", *[last] * 4, "0", "0", "critical, milestone")
    assert cells[4] == ("T5", "Chicken", *[""] * 7, "no dates")
    assert table.summary == (
        "What has dates can be done by November 25, 2026. Working days from the start: 5. "
        "Without dates: T5, T6. Critical path: T2 → T4."
    )


def test_the_summary_says_what_is_late_and_by_how_much():
    notes = [
        note("T1", "tasks", "Texts", duration=5, deadline="2026-11-23"),
        note("T2", "tasks", "Print", duration=1, after="T1", deadline="2026-11-26"),
    ]
    assert drawn("table", *notes).summary == (
        "Everything can be done by November 26, 2026. Working days from the start: 6. "
        "Too late, with the working days: T1 (2). Critical path: T1."
    )


def test_without_a_first_day_the_days_are_numbered():
    table = drawn("table", *TASKS, day="")
    assert table.rows[1].cells[3:7] == ("working day 1", "working day 5") * 2
    assert "numbered from 1" in table.footnotes[1].value


def test_the_load_names_who_has_too_much_to_do_and_when():
    table = drawn("load", *TASKS)
    assert [row.cells for row in table.rows] == [
        ("1", "Office", "4.25", "110 %", "November 20, 2026 – November 23, 2026: 110 % (T2, T3)"),
        ("2", "Board", "2.5", "100 %", ""),
    ]
    assert "People or roles: 2, of them with too much to do: 1." in table.alt


def test_what_may_be_a_team_is_not_counted_as_too_much():
    table = drawn("load", note("T1", "tasks", "Texts", duration=1, resource="Team 200 %"))
    assert table.rows[0].cells[4].endswith("200 % (T1), unless it is several people")
    assert "of them with too much to do: 0." in table.alt


def test_elapsed_times_are_explained_and_drawn_as_bars():
    dry = note("T2", "tasks", "Dry", duration=2, elapsed="yes", after="T1")
    furnish = note("T3", "tasks", "Furnish", duration=1, after="T2FS+36eh, T1SS+50%")
    notes = (note("T1", "tasks", "Paint", duration=5), dry, furnish)
    [told] = [f.value for f in drawn("table", *notes).footnotes if f.label == "By the clock:"]
    assert told.startswith("T2, T3: nights")
    assert "T3 Furnish ← T2 FS+1.5ed ← T1 SS+50%" in drawn("network", *notes).text
    assert "Milestone" not in drawn("gantt", *notes).svg
    plain = drawn("table", *notes[:1])
    assert "By the clock:" not in [f.label for f in plain.footnotes]


NEAR = (
    note("T1", "tasks", "Texts", duration=10),
    note("T2", "tasks", "Pictures", duration=8),
    note("T3", "tasks", "Print", duration=7.5, milestone="no"),
    note("T4", "tasks", "Whole"),
    note("T5", "tasks", "Part", duration=9, **{"part-of": "T4"}),
    note("T6", "tasks", "Rest", duration=1, **{"part-of": "T4"}),
)


@pytest.mark.parametrize(("days", "near"), [(0, []), (1.5, ["T5"]), (2, ["T2", "T5"])])
def test_near_critical_tasks_are_marked_and_told(days, near):
    settings = MethodSettings(near_critical_days=days)
    table = drawn("table", *NEAR, settings=settings)
    signs = {row.cells[0]: row.cells[-1] for row in table.rows}
    assert [name for name, sign in signs.items() if "near" in sign and name != "T4"] == near
    assert signs["T1"] == "critical"
    assert ("near" in signs["T4"]) == ("T5" in near)
    told = f"Near critical, with at most {days} working days of float more: {', '.join(near)}."
    assert (told in table.summary) == bool(near)
    assert ("Near critical:" in [f.label for f in table.footnotes]) == bool(near)
    for name in ("gantt", "network"):
        made = drawn(name, *NEAR, settings=settings)
        assert (told in made.alt) == bool(near)
        assert ("Near critical: a longer delay does" in made.svg) == bool(near)
    assert "near" not in drawn("gantt", *NEAR).text


def test_near_critical_follows_the_least_float_also_where_all_is_late():
    late = [note("T1", "tasks", "A", duration=10, deadline="2026-11-24"), *NEAR[1:3]]
    table = drawn("table", *late, settings=MethodSettings(near_critical_days=6))
    signs = [row.cells[-1] for row in table.rows]
    assert signs == ["critical", "", ""]
    table = drawn("table", *late, settings=MethodSettings(near_critical_days=8))
    assert [row.cells[7] for row in table.rows] == ["-6", "2", "2.5"]
    assert [row.cells[-1] for row in table.rows] == ["critical", "near critical", ""]


@pytest.mark.parametrize("name", ["table", "load", ""])
def test_a_canvas_without_tasks_says_that_there_is_nothing_yet(name):
    made = drawn(name)
    assert made.type == "picture"
    assert EMPTY in made.to_html()
    assert EMPTY in made.to_text()


def test_another_name_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="“load”"):
        drawn("loads", *TASKS)


@pytest.mark.parametrize("name", ["table", "load"])
def test_hostile_texts_stay_texts(name):
    notes = [
        note(f"T{n}", "tasks", text, duration=1, resource=text.replace(",", " "))
        for n, text in enumerate(hostile.TEXTS, 1)
    ]
    html = drawn(name, *notes).to_html()
    assert "<script" not in html
    assert "<img" not in html


def test_a_notebook_asks_for_the_schedule_by_its_name(tmp_path):
    clusters = [Cluster("alpha", "Alpha")]
    path = tmp_path / "w"
    with create(path, "competency-map", "Plans", clusters, starts="2026-11-19") as folder:
        opened = OpenWorkshop(folder).cluster("alpha")
        opened.board("tasks").add("tasks", "Texts", duration=5)
        table = opened.result("tasks")
        assert [row.cells[1:5] for row in table.rows] == [
            ("Texts", "5", "November 19, 2026", "November 25, 2026")
        ]
        assert opened.result("tasks", "load").type == "picture"


def test_what_the_workshop_decided_reaches_folder_and_bundle(tmp_path):
    path = tmp_path / "w"
    with create(path, "planning", "Plans", [Cluster("alpha", "Alpha")]) as folder:
        tasks = OpenWorkshop(folder).cluster("alpha").board("tasks")
        tasks.add("tasks", "Texts", duration=30)
        tasks.add("tasks", "Print", duration=29)
    with (path / "workshop.toml").open("a", encoding="utf-8") as file:
        file.write("[methods]\nnear_critical_days = 1\nreporting_days = 29\n")
    with Folder(path) as folder:
        packed = Bundle(folder.bundle(folder.cluster("alpha"), load("en")))
        for source in (folder, packed):
            outputs = ClusterOutputs(source, folder.cluster("alpha"), load("en"))
            signs = [row.cells[-1] for row in outputs.result("tasks").rows]
            assert signs == ["critical", "near critical"]
            told = [f.note for f in outputs.check() if f.rule == "wbs-period"]
            assert told == ["T1"]


@pytest.mark.parametrize(
    ("decided", "last", "told"),
    [
        ("", "November 25, 2026", "Monday to Friday are worked, no holidays are known."),
        ("workdays = ['fri', 'thu', 'wed', 'tue', 'mon']", "November 25, 2026", "Monday to Friday"),
        (
            "workdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat']", "November 24, 2026",
            "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday; no holidays are known.",
        ),
        (
            "workdays = ['thu']\nholidays = [2026-11-26]", "December 24, 2026",
            "worked are: Thursday; holidays: 1.",
        ),
    ],
)  # fmt: skip
def test_the_workshop_says_on_which_days_of_the_week_people_work(tmp_path, decided, last, told):
    path = tmp_path / "w"
    with create(path, "planning", "P", [Cluster("alpha", "A")], starts="2026-11-19") as folder:
        tasks = OpenWorkshop(folder).cluster("alpha").board("tasks")
        tasks.add("tasks", "Texts", duration=5)
    facts = path / "workshop.toml"
    facts.write_text(f"{decided}\n{facts.read_text(encoding='utf-8')}", encoding="utf-8")
    with Folder(path) as folder:
        packed = Bundle(folder.bundle(folder.cluster("alpha"), load("en")))
        for source in (folder, packed):
            outputs = ClusterOutputs(source, folder.cluster("alpha"), load("en"))
            table = outputs.result("tasks")
            assert [row.cells[4] for row in table.rows] == [last]
            assert told in table.to_text()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-01", "soon"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_day_and_no_value_stops_the_tables(day, language):
    odd = [2**53, float("nan"), float("inf"), -3, True, "5 days", ["x"], 1e-9, 9999]
    notes = [
        note(f"T{n}", "tasks", "x", duration=value, after=value, resource=value, deadline=value)
        for n, value in enumerate(odd, 1)
    ]
    notes.append(note("T99", "tasks", "x", duration=1, after="T9+90000d", deadline="0001-01-01"))
    for name in ("table", "load"):
        table = drawn(name, *notes, day=day, language=language)
        assert len(table.to_json()["rows"]) == len(notes) or name == "load"
    rows = drawn("table", *notes, day=day, language=language).rows
    assert rows[5].cells[2] == "5"
