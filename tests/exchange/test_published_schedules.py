"""Published examples go in as they are printed and come out with the published results."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from clusterlab.exchange import import_file
from clusterlab.methods import Sheet, plan_of
from clusterlab.model import BoardId, Cluster

PUBLISHED = tomllib.loads(
    (Path(__file__).parent.parent / "fixtures" / "published.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_example_gives_what_was_published(name, new_folder, tmp_path):
    case = PUBLISHED[name]
    folder = new_folder("one", [Cluster("only", "Only")])
    path = tmp_path / "list.csv"
    path.write_text(case["table"].lstrip(), encoding="utf-8")
    report = import_file(folder, path)
    assert [str(r.message) for r in report.refusals] == []
    assert not any("columns were left out" in str(n) for n in report.notices) or "left" in case
    sheet = Sheet(folder.kinds["tasks"], folder.board(BoardId("only", "tasks")))
    plan = plan_of(sheet)
    assert plan.unread == ()
    assert plan.schedule.problems == ()
    unit = case.get("unit", 1)
    assert plan.schedule.length / unit == pytest.approx(case["length"], abs=1e-3)
    names = {t.task.id: called(t.task.name, case) for t in plan.schedule.tasks}
    if "paths" in case:
        found = [tuple(names[i] for i in way) for way in plan.schedule.critical_paths]
        wanted = [tuple(p.split("|" if "|" in p else " ")) for p in case["paths"]]
        assert sorted(found) == sorted(wanted)
    if "floats" in case:
        floats = {
            names[t.task.id]: t.total_float / unit
            for t in plan.schedule.tasks
            if t.total_float and not t.summary
        }
        assert floats == pytest.approx(case["floats"], abs=1e-3)


def called(name, case):
    """Give the letter that an example's table has before a task's description."""
    sign = case.get("letters", "")
    rows = (row.split(sign) for row in case["table"].splitlines()) if sign else ()
    return next((row[0] for row in rows if len(row) > 1 and row[1] == name), name)


ROW = "Activity,Duration,Predecessors\nA,1,\nB,2,\nC,3,\nD,4,\n"


@pytest.mark.parametrize(
    ("cell", "after"),
    [
        ("A and C", "T1, T3"),
        ("A & C", "T1, T3"),
        ("A/C", "T1, T3"),
        ("A C", "T1, T3"),
        ("AC", "T1, T3"),
        ("ABD", "T1, T2, T4"),
        ("A;C", "T1, T3"),
        ("C–D", "T3, T4"),
        ("C to D", "T3, T4"),
        ("A (SS)", "T1SS"),
        ("A [FF+2]", "T1FF+2d"),
        ("A start-to-start", "T1SS"),
        ("A S-S + 2 days", "T1SS+2d"),
        ("AFS+50%", "T1FS+50%"),
        ("A SS 3", "T1SS+3d"),
        ("B +1,5 days; A", "T2FS+1.5d, T1"),
        ("a,b", "T1, T2"),
        ("Start", None),
        ("—", None),
        ("nil", None),
    ],
)
def test_what_comes_before_is_written_in_many_ways(cell, after, new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])
    path = tmp_path / "list.csv"
    path.write_text(f'{ROW}E,5,"{cell}"\n', encoding="utf-8")
    report = import_file(folder, path)
    assert [str(r.message) for r in report.refusals] == []
    found = {note.text: note for note in folder.board(BoardId("only", "tasks"))}
    assert found["E"].get("after") == after


@pytest.mark.parametrize(
    ("cell", "after", "said"),
    [
        ("A-D", "T1, T2, T3, T4", "all from one to the other"),
        ("X", None, "cannot be read"),
        ("A, T9", "T1", "no task “T9”"),
        ("9", None, "no task “9”"),
        ("A and X", None, "cannot be read"),
        ("D-A", None, "cannot be read"),
    ],
)
def test_what_names_no_task_is_told(cell, after, said, new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])
    path = tmp_path / "list.csv"
    path.write_text(f'{ROW}E,5,"{cell}"\n', encoding="utf-8")
    report = import_file(folder, path)
    assert [said in str(r.message) for r in report.refusals] == [True]
    found = {note.text: note for note in folder.board(BoardId("only", "tasks"))}
    assert found["E"].get("after") == after


def test_a_column_named_type_that_holds_no_relations_is_left_out(new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])
    path = tmp_path / "list.csv"
    path.write_text("ID,Task,Type,Duration,Predecessors\n1,A,Fixed Units,1,\n2,B,Fixed Work,2,1\n")
    report = import_file(folder, path)
    assert report.refusals == ()
    assert any("Type" in str(notice) for notice in report.notices)
    found = {note.text: note.get("after") for note in folder.board(BoardId("only", "tasks"))}
    assert found == {"A": None, "B": "T1"}


def test_of_three_estimates_one_that_cannot_be_read_is_told(new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])
    path = tmp_path / "list.csv"
    head = "Activity,Optimistic,Most likely,Pessimistic,Predecessor\n"
    path.write_text(f"{head}A,1,2,soon,\nB,,4,,A\nC,1 wk,2 wks,3 wks,B\n")
    report = import_file(folder, path)
    assert [(r.row, r.column) for r in report.refusals] == [(2, "Most likely")]
    found = {note.text: note.get("duration") for note in folder.board(BoardId("only", "tasks"))}
    assert found == {"A": None, "B": 4, "C": 10}


def test_the_command_takes_a_table_of_plain_text(new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])
    path = tmp_path / "list.csv"
    path.write_text(PUBLISHED["pdm-lecture"]["table"], encoding="utf-8")
    command = [sys.executable, "-m", "clusterlab", "import", str(folder.path), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(folder.board(BoardId("only", "tasks"))) == 14
