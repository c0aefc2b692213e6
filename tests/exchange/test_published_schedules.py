"""Published examples go in as they are printed and come out with the published results."""

import re
import subprocess
import sys
import time
import tomllib
from functools import partial
from pathlib import Path

import openpyxl
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
        ("(none)", None),
        ("(A, B)", "T1, T2"),
        ("A, and B", "T1, T2"),
        ("#A", "T1"),
        ("Task A, task B", "T1, T2"),
        ("A (FS, +2)", "T1FS+2d"),
        ("A SS (2)", "T1SS+2d"),
        ("A: FS 2", "T1FS+2d"),
        ("A-SS=P2D", "T1SS+2d"),
        ("A Start-Start +1w", "T1SS+5d"),
        ("AFtS", "T1"),
        ("AFF+1d B", "T1FF+1d, T2"),
        ("A SS + 1 day B FF", "T1SS+1d, T2FF"),
        ("A+B+C", "T1, T2, T3"),
        ("2 weeks after A", "T1FS+10d"),
        ("AFS+2w 3d", "T1FS+13d"),
        ("AFS-½ day", "T1FS-0.5d"),
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
        ("A or B", None, "cannot be read"),
        ("AFS+1,200 hrs", None, "thousands"),
        ("AFS+2 moons", None, "“moons” is not known"),
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


def after_of(folder, path, table):
    path.write_text(table, encoding="utf-8")
    report = import_file(folder, path)
    board = folder.board(BoardId("only", "tasks"))
    return {note.text: note.get("after") for note in board}, [
        str(r.message) for r in report.refusals
    ]


@pytest.fixture
def read(new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])
    return partial(after_of, folder, tmp_path / "list.csv")


@pytest.mark.parametrize(
    ("ids", "cell", "after", "told"),
    [
        ("D E F", "D E F", "T1, T2, T3", ""),
        ("E I H", "E I H", "T1, T2, T3", ""),
        ("1 2 3 4", "1-3", "T1, T2, T3", "all from one to the other"),
        ("1 2 3 4", "1,2-3", "T1, T2, T3", "all from one to the other"),
        ("1 2 3 4", "1 - 2", "T1, T2", "all from one to the other"),
        ("1 2 3 4", "3-1", None, "cannot be read"),
        ("1 2 3", "1+2", "T1, T2", "side by side"),
        ("1 2 3", "1-9", "T1FS-9d", ""),
        ("1 2 3", "1.0", "T1", ""),
        ("A Z AA", "Z AA", "T2, T3", ""),
        ("B A E Start", "BAE", "T1, T2, T3", ""),
        ("B A E Start", "Start", "T4", ""),
        ("A F S", "AFS", "T1, T2, T3", "side by side"),
        ("A S", "ASS", "T1SS", ""),
        ("T2 T1 T3", "T2FS+1d T1", "T1FS+1d, T2", ""),
        ("A1000 A1010", "A1000 or A1010", None, "cannot be read"),
        ("A1000 A1010", "A1000: FS 2", "T1FS+2d", ""),
        ("A1000 A1010", "A1020", None, "no task “A1020”"),
        ("0 1 2", "0-FS=P1D", "T3FS+1d", ""),
    ],
)
def test_what_comes_before_depends_on_what_tasks_are_called(ids, cell, after, told, read):
    rows = "".join(f"{name},1,\n" for name in ids.split())
    found, said = read(f'Activity,Duration,Predecessors\n{rows}Last,1,"{cell}"\n')
    assert found["Last"] == after
    assert [told in text for text in said] == ([True] if told else [])


@pytest.mark.parametrize(
    ("head", "cell", "after"),
    [
        ("Duration (weeks),Predecessors", "A+2", "T1FS+10d"),
        ("Duration (weeks),Predecessors", "A SS+1", "T1SS+5d"),
        ("Duration (hours),Predecessors", "AFS+4", "T1FS+0.5d"),
        ("Duration (weeks),Predecessors", "A+2d", "T1FS+2d"),
        ("Duration (weeks),Predecessors", "AFS+50%", "T1FS+50%"),
    ],
)
def test_a_lag_without_a_unit_is_in_that_of_the_list(head, cell, after, read):
    found, said = read(f"Activity,{head}\nA,4,\nB,2,{cell}\n")
    assert (found["B"], said) == (after, [])


@pytest.mark.parametrize(
    ("head", "lag", "after"),
    [
        ("Lag (weeks)", "2", "T1FS+10d, T2FS+10d"),
        ("Lag", '"1,5"', "T1FS+1d, T2FS+5d"),
        ("Lag", '"1,5;2,5"', "T1FS+1.5d, T2FS+2.5d"),
        ("Lag", "+2", "T1FS+2d, T2FS+2d"),
    ],
)
def test_lags_in_a_column_of_their_own(head, lag, after, read):
    found, said = read(f'Activity,Duration,Predecessors,{head}\nA,4,,\nB,2,,\nC,2,"A,B",{lag}\n')
    assert (found["C"], said) == (after, [])


def test_a_decimal_comma_in_a_lag_of_one_task_is_one(read):
    found, said = read("Activity;Duration;Predecessors;Lag\nA;4;;\nB;2;A;+2,5\n")
    assert (found["B"], said) == ("T1FS+2.5d", [])


def test_what_follows_is_read_as_what_comes_before(read):
    table = "Activity,Name,Duration,{}\nA,Dig,2,{}\nB,Pour,3,{}\nC,Build,2,{}\nD,Paint,1,{}\n"
    filled = table.format("Successors", "B and C", "Build", '"D (SS+1), X9"', "")
    found, said = read(filled)
    assert found == {"Dig": None, "Pour": "T1", "Build": "T1, T2", "Paint": "T3SS+1d"}
    assert ["no task “X9”" in text for text in said] == [True]


def test_predecessors_and_successors_of_one_list_add_up(read):
    table = "ID,Name,Duration,Predecessors,Successors\n1,A,2,,2;3\n2,B,1,,\n3,C,1,2;1SS,\n"
    found, said = read(table)
    assert (found, said) == ({"A": None, "B": "T1", "C": "T2, T1SS"}, [])


def test_long_names_that_begin_alike_are_told_apart(read):
    long = "Agree with all members of the northern region on what is to be measured in"
    rows = f"{long} spring,1,\n{long} autumn,2,\nReport,1,{long} autumn\n"
    found, said = read(f"Task Name,Duration,Predecessors\n{rows}")
    assert (found["Report"], said) == ("T2", [])


def test_a_name_that_two_tasks_have_is_told_where_a_task_waits_for_it(read):
    found, said = read("Task Name,Duration,Predecessors\nAsk,1,\nAsk,2,\nTell,1,Ask\n")
    assert found["Tell"] == "T1"
    assert ["Several tasks are called “ask”" in text for text in said] == [True]


def test_names_that_begin_with_a_label_are_known_by_it(read):
    found, said = read("Task,Duration,After\nA. Dig,1,\nB. Pour,2,A\nC. Build,1,A and B\n")
    assert (found["C. Build"], said) == ("T1, T2", [])


def test_empty_rows_count_where_tasks_are_named_by_row(read):
    found, said = read("Task Name,Duration,Predecessors\nA,2,\n,,\nB,1,1\nC,3,3\n")
    assert (found, said) == ({"A": None, "B": "T1", "C": "T3"}, [])


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Name,Duration,Predecessors\nA1,4,\nB1,6,A1\nC1,2,A1\nC1,2,B1\n", 4),
        ("Name,Duration,Predecessors\nDesign,4,\nPaint,2,Design\nPaint,2,Paint\n", 3),
        ("ID,Name,Duration,Predecessors\n1,x,1,\n2,y,2,\n3,z,3,1\n3,z,3,2\n", 3),
        ("ID,Name,Duration,Predecessors\n1,x,1,\n2,y,2,1\n3,y,2,2\n", 3),
    ],
)
def test_tasks_of_one_name_are_two_and_those_of_one_id_are_one(table, expected, read):
    _, said = read(table)
    assert len(read.args[0].board(BoardId("only", "tasks"))) == expected
    assert said == [] or "Several tasks are called" in said[0]


@pytest.mark.parametrize(
    "names",
    [
        ("A - Dig", "B - Pour"), ("(A) Dig", "(B) Pour"), ("A Dig", "B Pour"),
        ("A) Dig", "B) Pour"), ("1.1 Dig", "1.2 Pour"),
    ],
)  # fmt: skip
def test_labels_of_names_are_written_in_many_ways(names, read):
    first, second = (re.search(r"[\w.]*\w", name)[0] for name in names)
    last = names[0].replace(first, "C" if first == "A" else "1.3")
    rows = "".join(f"{name},1,\n" for name in names)
    found, said = read(f'Task,Duration,After\n{rows}{last},1,"{first}, {second}"\n')
    assert (found[last], said) == ("T1, T2", [])


def test_names_that_begin_with_the_same_word_have_no_labels(read):
    found, said = read("Task,Duration,After\nA new plan,1,\nA print,2,A\n")
    assert (found["A print"], len(said)) == (None, 1)


@pytest.mark.parametrize(
    ("ids", "cell"), [("1.0 2.0", "1,2"), ("01 02", "1,2"), ("1 2", "01,2.0"), ("1 2", "'1','2'")]
)
def test_numbers_are_the_same_however_programs_write_them(ids, cell, read):
    first, second = ids.split()
    read(f'ID,Name,Dur,Pred\n{first},A,1,\n{second},B,1,\n03,C,1,"{cell}"\n')
    one, two, last = read.args[0].board(BoardId("only", "tasks"))
    assert last.get("after") == f"{one.spoken}, {two.spoken}"


@pytest.mark.parametrize("cell", ["1İİ", "1Tİ+2", "AİS"])
def test_letters_that_only_look_alike_are_no_relation(cell, read):
    found, said = read(f"ID,Name,Duration,Predecessors\n1,x,1,\n2,y,2,{cell}\n")
    assert (found["y"], len(said)) == (None, 1)


@pytest.mark.parametrize("joint", [" and ", " & ", "SS+1d ", " ", " FS+1d and "])
def test_long_cells_are_read_in_no_time(joint, read):
    count = 120
    rows = "".join(f"{n},x{n},1,\n" for n in range(1, count + 1))
    cell = joint.join(map(str, range(1, count + 1)))
    started = time.process_time()
    found, said = read(f"ID,Name,Duration,Predecessors\n{rows}999,Last,1,{cell}\n")
    read(f"ID,Name,Duration,Predecessors\n{rows}998,Odd,1,{cell} !\n")
    assert time.process_time() - started < 10  # it took minutes, not parts of a second
    assert said == []
    assert len(found["Last"].split(", ")) == count


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("4 working days", 4), ("4 workdays", 4), ("4 Arbeitstage", 4), ("4 jours ouvrés", 4),
        ("4 business days", 4), ("3 day(s)", 3), ("6d (est.)", 6), ("2 work weeks", 10),
    ],
)  # fmt: skip
def test_durations_say_in_many_words_what_they_count(cell, days, read):
    _, said = read(f"ID,Name,Duration\n1,x,{cell}\n2,y,1\n")
    board = read.args[0].board(BoardId("only", "tasks"))
    assert [note.get("duration") for note in board] == [days, 1]
    assert said == []


def test_a_task_without_a_name_is_called_by_its_id(read):
    found, said = read('Activity,Description,Pred,Time\nSTART,,,0\nB,Build,START,2\nEND,,"B",0\n')
    assert (found, said) == ({"START": None, "Build": "T1", "END": "T2"}, [])


@pytest.mark.parametrize(
    "below",
    [
        ",Project duration,20,\n", ",Total,10,\nData from a textbook,,,\n",
        "Critical path: A-B-C,,,\n", ",(a) Draw the network,,\n", ",Prepared by the office,,\n",
        ",Expected completion,13,\n", "3,Total,10,\n",
    ],
)  # fmt: skip
def test_what_stands_below_a_list_is_no_task(below, read):
    table = "No.,Activity,Duration,Predecessors\n1,Dig,4,\n2,Pour,6,1\n"
    found, said = read(table + below)
    assert (found, said) == ({"Dig": None, "Pour": "T1"}, [])


@pytest.mark.parametrize(
    ("heads", "first"),
    [
        ("Minimaldauer;Normaldauer", 4), ("Durée minimale;Durée normale", 4),
        ("Duration (crash);Duration (normal)", 4), ("Crash duration;Normal duration", 4),
    ],
)  # fmt: skip
def test_normal_times_count_not_the_shortest(heads, first, read):
    read(f"Activity;{heads};Predecessors\nA;2;4;\nB;3;6;A\n")
    board = read.args[0].board(BoardId("only", "tasks"))
    assert [note.get("duration") for note in board] == [first, 6]


def test_a_column_without_a_head_behind_the_predecessors_is_told(new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])
    path = tmp_path / "list.csv"
    head = "ID,Task,Duration,Predecessors,,Cost\n"
    for rows, told in (("1,x,4,,,5\n2,y,6,1,,5\n", False), ("1,x,4,,,5\n2,y,6,,1,5\n", True)):
        path.write_text(head + rows, encoding="utf-8")
        said = " ".join(map(str, import_file(folder, path).notices))
        assert ("a column without a head was read as more of “Predecessors”" in said) is told


def test_followers_follow(read):
    found, said = read("Activity,Immediate Followers,Time\nA,B,5\nB,-,2\n")
    assert (found, said) == ({"A": None, "B": "T1"}, [])


def test_a_row_that_comes_again_for_another_predecessor_is_one_task(read):
    found, said = read("Activity,Duration,Predecessors\nA,1,\nB,2,\nC,4,A\nC,4,B\nD,1,C\n")
    assert (found, said) == ({"A": None, "B": None, "C": "T1, T2", "D": "T3"}, [])


def test_tasks_that_came_on_another_sheet_are_told_by_name(new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Copy")):
        for row in (("ID", "Name", "Duration"), (1, "Dig", 2), (2, f"Pour {sheet.title}", 1)):
            sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    report = import_file(folder, tmp_path / "plan.xlsx")
    assert report.taken == 3
    assert [str(r.message) for r in report.refusals] == [
        "The task “Dig” came before, on the sheet “Sheet”, and is taken from there."
    ]


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
