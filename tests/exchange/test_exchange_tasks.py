"""Importing lists of tasks as project programs write them."""

import datetime
import json
import subprocess
import sys

import openpyxl
import pytest
from exchange_samples import notes

from clusterlab.errors import TableError, UnknownNameError, UsageError
from clusterlab.exchange import export_notes, import_file, import_notes
from clusterlab.journal import Actor
from clusterlab.methods import Sheet, plan_of
from clusterlab.model import BoardId, Cluster, Operation, new_id

FIELDS = ("part-of", "duration", "after", "resource", "effort", "deadline", "milestone")

PLAN = """\
ID,Task Name,Duration,Start,Finish,Predecessors,Resource Names,Outline Level,Milestone,\
Deadline,Work,Notes
1,Survey,8 days,Mon 23/11/26,Wed 02/12/26,,,1,No,NA,40 hrs,
2,Write questions,5 days?,Mon 23/11/26,Fri 27/11/26,,Anna[50%],2,No,NA,20 hrs,long
3,Ask members,2w,Mon 30/11/26,Fri 11/12/26,2FS+2d,"Anna,Board",2,No,11.12.2026,1 wk,
4,Answers are in,0 days,Fri 11/12/26,Fri 11/12/26,"3,2SS-1w",,2,Yes,NA,0 hrs,
"""


def tasks(folder, cluster="alpha"):
    found = notes(folder, "tasks", cluster)
    return {
        text: (n.spoken, *(n.get(f) for f in FIELDS)) for text, n in found.items()
    }  # fmt: skip


def counts(report):
    return report.taken, report.changed, report.unchanged, len(report.refusals)


@pytest.fixture
def one(new_folder):
    return new_folder("one", [Cluster("only", "Only")])


@pytest.fixture
def write(tmp_path):
    def written(text, name="plan.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return written


def test_a_list_of_tasks_becomes_tasks_and_twice_changes_nothing(one, write):
    report = import_file(one, write(PLAN))
    assert counts(report) == (4, 0, 0, 0)
    assert tasks(one, "only") == {
        "Survey": ("T1", None, None, None, None, 40, None, None),
        "Write questions": ("T2", "T1", 5, None, "Anna 50 %", 20, None, None),
        "Ask members": ("T3", "T1", 10, "T2FS+2d", "Anna, Board", 40, "2026-12-11", None),
        "Answers are in": ("T4", "T1", 0, "T3, T2SS-5d", None, 0, None, "yes"),
    }
    said = [str(n) for n in report.notices]
    assert said == [
        "plan.csv: read as a list of tasks.",
        (
            "plan.csv: start and finish were left out; they are worked out from durations and from "
            "what comes before."
        ),
        "plan.csv: these columns were left out: Notes.",
    ]
    position = one.journal.position()
    assert counts(import_file(one, write(PLAN, "again.csv"))) == (0, 0, 4, 0)
    assert one.journal.position() == position


def test_the_tasks_that_were_imported_can_be_scheduled(one, write):
    import_file(one, write(PLAN))
    kind = one.kinds["tasks"]
    plan = plan_of(Sheet(kind, one.board(BoardId("only", "tasks")), day="2026-11-23"))
    # T2 0-5, T3 two days later 7-17, T4 at 17: Tuesday 15 December, two days after the 11th.
    assert plan.schedule.length == 17
    assert [t.late for t in plan.schedule.tasks] == [0, 0, 2, 0]


def test_a_later_state_of_the_list_changes_what_it_says_otherwise_and_people_have_the_last_word(
    one, write
):
    import_file(one, write(PLAN))
    note = notes(one, "tasks", "only")["Ask members"]
    payload = {"note": note.id, "base": list(note.heads), "values": {"duration": 7}}
    board = BoardId("only", "tasks")
    one.journal.append([Operation(board, "edit", payload, "a-0123456789", new_id())])
    later = PLAN.replace("5 days?", "4 days") + "5,Thank them,1 day,,,4,,1,No,NA,,\n"
    assert counts(import_file(one, write(later))) == (1, 1, 3, 0)
    found = tasks(one, "only")
    assert found["Write questions"][:3] == ("T2", "T1", 4)
    assert found["Ask members"][2] == 7
    assert found["Thank them"][:4] == ("T5", None, 1, "T4")


def test_a_row_that_comes_in_between_moves_no_task_to_another_note(one, write):
    head = "ID,Name,Duration,Predecessors\n"
    import_file(one, write(head + "1,Plan,1,\n2,Report,2,1\n3,Report,3,2\n"))
    before = {n.id: n.get("duration") for n in one.board(BoardId("only", "tasks"))}
    later = head + "1,Plan,1,\n2,Ask,9,1\n3,Report,2,2\n4,Report,3,3\n"
    report = import_file(one, write(later))
    assert (report.taken, report.changed, report.unchanged) == (1, 1, 2)
    after = {n.id: n.get("duration") for n in one.board(BoardId("only", "tasks"))}
    assert before.items() <= after.items()
    said = {n.spoken: n.get("after") for n in one.board(BoardId("only", "tasks"))}
    assert said == {"T1": None, "T2": "T4", "T3": "T2", "T4": "T1"}


def test_elapsed_times_and_shares_come_in_and_out_again(one, write, tmp_path):
    text = "ID,Task Name,Duration,Predecessors\n1,Paint,5 days,\n2,Dry,3 edays?,1\n"
    text += '3,Furnish,2 days,"2FS+2ed,1FS+50%"\n4,Notice,1 ewk,3SS+36eh\n'
    assert counts(import_file(one, write(text))) == (4, 0, 0, 0)

    def said():
        return {
            n.spoken: tuple(map(n.get, ("duration", "elapsed", "after")))
            for n in one.board(BoardId("only", "tasks"))
        }

    before = {
        "T1": (5, None, None), "T2": (3, "yes", "T1"), "T3": (2, None, "T2FS+2ed, T1FS+50%"),
        "T4": (7, "yes", "T3SS+1.5ed"),
    }  # fmt: skip
    assert said() == before
    plan = plan_of(Sheet(one.kinds["tasks"], one.board(BoardId("only", "tasks")), day="2026-11-23"))
    # Paint Monday to Friday, dry until Monday 30 17:00, two days on Wednesday 17:00; half of five
    # days after painting is earlier. Furnish on Thursday and Friday. From Thursday 8:00 it is 36
    # hours to Friday 20:00, and a week more to Friday 20:00: the notice ends before Monday.
    assert [(t.early_start, t.early_finish) for t in plan.schedule.tasks] == [
        (0, 5), (5, 6), (8, 10), (10, 15),
    ]  # fmt: skip
    export_notes(one, tmp_path / "notes.xlsx")
    assert counts(import_file(one, tmp_path / "notes.xlsx")) == (0, 0, 4, 0)
    later = text.replace("3 edays?", "3 days").replace("1 ewk", "soon")
    assert counts(import_file(one, write(later)))[:3] == (0, 1, 3)
    assert said() == before | {"T2": (3, None, "T1")}


def test_a_list_without_ids_counts_its_rows(one, write):
    text = "Outline_Level,Name,Predecessors\n1,Portal,\n2,Texts,\n2,Pictures,2\n"
    report = import_file(one, write(text))
    assert counts(report) == (3, 0, 0, 0), [str(r.message) for r in report.refusals]
    found = tasks(one, "only")
    assert found["Pictures"][:4] == ("T3", "T1", None, "T2")
    assert counts(import_file(one, write(text))) == (0, 0, 3, 0)


def test_what_an_export_of_the_notes_says_comes_back(one, write, tmp_path):
    import_file(one, write(PLAN))
    before = tasks(one, "only")
    export_notes(one, tmp_path / "notes.xlsx")
    assert counts(import_file(one, tmp_path / "notes.xlsx")) == (0, 0, 4, 0)
    assert tasks(one, "only") == before


def test_workbooks_with_numbers_dates_and_outline_numbers(one, tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "Readme"
    made.active.append(["Our plan"])
    sheet = made.create_sheet("Tasks")
    sheet.append(["WBS", "Name", "Duration", "Predecessors", "Deadline", "Milestone"])
    sheet.append([1, "Portal", None, None, datetime.datetime(2027, 3, 1, 17), False])
    sheet.append([1.1, "Texts", 2.5, None, datetime.date(2027, 2, 1), False])
    sheet.append(["1.2", "Pictures", 3, 2, None, False])
    sheet.append(["1.2.1", "Photographer", "4 hrs", None, None, True])
    made.save(tmp_path / "plan.xlsx")
    report = import_file(one, tmp_path / "plan.xlsx")
    assert counts(report) == (4, 0, 0, 0)
    assert tasks(one, "only") == {
        "Portal": ("T1", None, None, None, None, None, "2027-03-01", None),
        "Texts": ("T2", "T1", 2.5, None, None, None, "2027-02-01", None),
        "Pictures": ("T3", "T1", None, "T2", None, None, None, None),
        "Photographer": ("T4", "T3", 0.5, None, None, None, None, "yes"),
    }
    assert any("Readme: there is no column “text”" in str(n) for n in report.notices)


def test_german_lists_with_semicolons(one, write):
    text = "Nr.;Vorgangsname;Dauer;Vorgänger;Ressourcennamen;Gliederungsebene\n"
    text += '10;Planen;"1,5 Tage";;Anna[12,5%];1\n20;Bauen;2 Wochen;"10EE+0,5 Tage";Rat;1\n'
    assert counts(import_file(one, write(text))) == (2, 0, 0, 0)
    assert tasks(one, "only") == {
        "Planen": ("T10", None, 1.5, None, "Anna 12.5 %", None, None, None),
        "Bauen": ("T20", None, 10, "T10FF+0.5d", "Rat", None, None, None),
    }


def test_one_date_tells_how_the_others_are_written(one, write):
    head = "ID,Name,Duration,Start,Deadline\n"
    months = "1,One,1,Mon 1/5/26,Fri 1/9/26\n2,Two,1,Mon 1/19/26,2/3/2026\n"
    assert counts(import_file(one, write(head + months))) == (2, 0, 0, 0)
    found = tasks(one, "only")
    assert [found[t][FIELDS.index("deadline") + 1] for t in ("One", "Two")] == [
        "2026-01-09", "2026-02-03",
    ]  # fmt: skip
    # Days first; and where the dates contradict each other, what could be both is refused.
    days = "1,One,1,,5/1/26\n2,Two,1,,20/1/26\n"
    import_file(one, write(head + days))
    assert tasks(one, "only")["One"][FIELDS.index("deadline") + 1] == "2026-01-05"
    both = "1,One,1,1/20/26,6/1/26\n2,Two,1,20/1/26,\n"
    assert [r.row for r in import_file(one, write(head + both)).refusals] == [2]


def test_tables_as_textbooks_print_them(one, write):
    text = "Activity,Description,Immediate Predecessors,Duration (weeks)\n"
    text += 'A,Excavate,None,2\nB,Lay the foundation,A,4 days\nC,Put up the walls,"A, B",0.5\n'
    report = import_file(one, write(text))
    assert counts(report) == (3, 0, 0, 0), [str(r.message) for r in report.refusals]
    assert {name: t[2:4] for name, t in tasks(one, "only").items()} == {
        "Excavate": (10, None), "Lay the foundation": (4, "T1"),
        "Put up the walls": (2.5, "T1, T2"),
    }  # fmt: skip


def test_a_list_may_call_its_tasks_by_letters_alone(one, write):
    report = import_file(
        one, write("Activity,Predecessor,Duration\nA,-,3\nB,A,4\nFF,A;B SS+0.5,1\n")
    )
    assert counts(report) == (3, 0, 0, 0)
    assert {name: t[2:4] for name, t in tasks(one, "only").items()} == {
        "A": (3, None), "B": (4, "T1"), "FF": (1, "T1, T2SS+0.5d"),
    }  # fmt: skip


def test_tasks_that_are_there_keep_their_numbers_and_new_ones_get_others(one, write):
    import_notes(one, write("canvas,text\ntasks,Ours\n", "ours.csv"))
    import_file(one, write('ID,Name,Duration,Predecessors\n1,One,1,\n2,Two,1,1\n7,Seven,1,"1,2"\n'))
    found = tasks(one, "only")
    assert {text: (t[0], t[3]) for text, t in found.items()} == {
        "Ours": ("T1", None), "One": ("T8", None), "Two": ("T2", "T8"), "Seven": ("T7", "T8, T2"),
    }  # fmt: skip


def test_what_cannot_be_read_is_said_row_by_row_and_the_task_is_taken_without(one, write):
    text = "ID,Name,Duration,Predecessors,Resource Names,Deadline,Milestone\n"
    text += "1,One,soon,,0 %,03/04/2026,perhaps\n"
    text += '2,Two,50%,"1,9,x",,,\n'
    text += "3,,1,,,,\n"
    text += "4,Four,1,3,,,\n"
    text += "4,Twice,1,,,,\n"
    text += "5,Long,99999,,,,,,more\n"
    text += "6,Far,99999,2FS+50e%,,2026-02-30,\n"
    report = import_file(one, write(text))
    said = [(r.row, r.column, str(r.message)) for r in report.refusals]
    assert [(row, column) for row, column, _ in said] == [
        (2, "Duration"), (2, "Resource Names"), (2, "Deadline"), (2, "Milestone"),
        (3, "Duration"), (3, "Predecessors"), (3, "Predecessors"),
        (6, "ID"),
        (7, ""),
        (8, "Duration"), (8, "Predecessors"), (8, "Deadline"),
    ]  # fmt: skip
    words = ["a number with a unit", "above 0 %", "either; write it as", "yes or no"]
    words += [
        "A duration is a number",
        "no task “9”",
        "“x” cannot be read",
        "came before",
    ]
    words += ["The row has", "10000 working days at most", "“e%” is not known", "a date such as"]
    for (_, _, message), word in zip(said, words, strict=True):
        assert word in message
    assert report.taken == 6
    assert tasks(one, "only")["3"][0] == "T3"  # it has an id and a duration, but no name
    assert tasks(one, "only")["Two"][:4] == ("T2", None, None, "T1")


def test_a_cell_that_cannot_be_read_takes_nothing_away(one, write):
    head = "ID,Name,Duration\n"
    import_file(one, write(head + "1,One,3 days\n"))
    report = import_file(one, write(head + "1,One,some days\n"))
    assert counts(report) == (0, 0, 1, 1)
    assert tasks(one, "only")["One"][2] == 3


def test_a_unique_id_knows_a_task_again_whose_id_has_changed(one, write):
    head = "Unique ID,ID,Name,Duration,Predecessors\n"
    import_file(one, write(head + "11,1,One,1,\n12,2,Two,1,1\n"))
    report = import_file(one, write(head + "13,1,New,1,\n11,2,One,1,1\n12,3,Two,1,2\n"))
    assert (report.taken, report.changed) == (1, 1)
    assert {t: (v[0], v[3]) for t, v in tasks(one, "only").items()} == {
        "New": ("T3", None), "One": ("T1", "T3"), "Two": ("T2", "T1"),
    }  # fmt: skip


def test_of_several_clusters_one_must_be_named(folder, write):
    path = write(PLAN)
    with pytest.raises(TableError, match=r"--cluster ID\. There are: alpha, beta, gamma"):
        import_file(folder, path)
    with pytest.raises(UnknownNameError, match="alpha"):
        import_file(folder, path, cluster="alfa")
    assert counts(import_file(folder, path, cluster="beta")) == (4, 0, 0, 0)
    assert counts(import_file(folder, path, cluster="alpha")) == (4, 0, 0, 0)
    assert len(tasks(folder, "beta")) == len(tasks(folder, "alpha")) == 4
    with pytest.raises(UsageError, match="name no cluster"):
        import_file(folder, folder.journal.path, cluster="alpha")


def test_a_cluster_that_is_named_counts_where_a_table_of_notes_names_none(folder, write):
    text = "cluster,canvas,text\n,action-plan,Ours\nbeta,action-plan,Theirs\n"
    report = import_file(folder, write(text), cluster="alpha")
    assert counts(report) == (2, 0, 0, 0)
    assert set(notes(folder, "action-plan")) == {"Ours"}
    assert set(notes(folder, "action-plan", "beta")) == {"Theirs"}


def test_a_table_with_a_column_text_is_one_of_notes(one, write):
    text = "canvas,text,name,duration\ntasks,One,Other,2\n"
    report = import_file(one, write(text))
    assert tasks(one, "only")["One"][2] == 2
    assert not any("list of tasks" in str(n) for n in report.notices)


def test_hostile_lists_end_in_words(one, write):
    text = "ID,Name,Duration,Predecessors,Outline Level,WBS\n"
    for n, odd in enumerate(
        ["=1+1", "٣", "9" * 400, "1e999", "\u202e", "1.2.3.4.5", "-1", "x" * 4000]
    ):
        text += f"{odd},{odd} {n},{odd},{odd},{odd},{odd}\n"
    report = import_file(one, write(text))
    assert report.taken + len({r.row for r in report.refusals}) >= 8
    assert all(str(r.message) and len(str(r.message)) < 500 for r in report.refusals)
    again = import_file(one, write(text))
    assert (again.taken, again.changed) == (0, 0)
    assert again.refusals == report.refusals


def test_the_command_takes_a_list_of_tasks_of_a_cluster(folder, write):
    folder.journal.name(Actor("a-0123456789", "Somebody"))  # the journal is there before
    command = [sys.executable, "-m", "clusterlab", "import", str(folder.path), str(write(PLAN))]
    done = subprocess.run([*command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "--cluster" in done.stderr
    done = subprocess.run(
        [*command, "--cluster", "beta", "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["taken"] == 4
    assert len(tasks(folder, "beta")) == 4
