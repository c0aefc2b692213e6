"""Heads and shapes of lists of tasks that nobody saw before are read right, or it is said."""

import pytest

from clusterlab.errors import TableError
from clusterlab.exchange import import_file
from clusterlab.exchange.taskheads import columns_of, measured
from clusterlab.model import BoardId, Cluster


@pytest.fixture
def taken(new_folder, tmp_path):
    folder = new_folder("one", [Cluster("only", "Only")])

    def taken(text):
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        report = import_file(folder, path)
        return report, {note.text: note for note in folder.board(BoardId("only", "tasks"))}

    return taken


def said(report):
    return " ".join(str(notice) for notice in report.notices)


def only(found, field):
    return [note.get(field) for note in found.values()]


@pytest.mark.parametrize(
    ("head", "days"),
    [
        ("Duration (in weeks)", 20),
        ("Dauer (in Wochen)", 20),
        ("Duration weeks", 20),
        ("Duration - weeks", 20),
        ("Duration (work weeks)", 20),
        ("Duration (working days)", 4),
        ("Durée (jours ouvrés)", 4),
        ("Dauer (Arbeitstage)", 4),
        ("Expected time t_e (weeks)", 20),
        ("Duration (t)", 4),
        ("Time required (weeks)", 20),
        ("Time estimate (days)", 4),
        ("Est. time", 4),
        ("Length (days)", 4),
        ("Zeit (Tage)", 4),
        ("Tiempo", 4),
        ("Duração", 4),
        ("Duracao (semanas)", 20),
        ("Czas trwania", 4),
        ("Months", 80),
        ("Hours", 0.5),
        ("Working days", 4),
        ("Number of weeks", 20),
        ("Tempo", 4),
        ("Doba trvání", 4),
        ("Süre", 4),
        ("Varighed", 4),
        ("Original Duration(h)", 0.5),
    ],
)
def test_a_duration_counts_in_what_its_head_says(head, days, taken):
    report, found = taken(f"ID,Task,{head}\n1,A,4\n")
    assert found["A"].get("duration") == days
    assert "unit" not in said(report)


@pytest.mark.parametrize("head", ["Duration (years)", "Duration (m)", "Duration in sprints"])
def test_a_unit_that_is_not_known_is_told(head, taken):
    report, found = taken(f"ID,Task,{head}\n1,A,4\n")
    assert found["A"].get("duration") == 4
    assert "no known unit; numbers were read as working days" in said(report)


@pytest.mark.parametrize("head", ["Duration (calendar days)", "Dauer (Kalendertage)"])
def test_days_of_the_calendar_are_elapsed(head, taken):
    _, found = taken(f"ID,Task,{head}\n1,A,4\n")
    assert (found["A"].get("duration"), found["A"].get("elapsed")) == (4, "yes")


def test_the_sign_of_an_estimate_is_no_unit():
    assert [measured(h) for h in ("Optimistic (w)", "Most likely (m)", "Lag (m)")] == ["w", "", ""]


@pytest.mark.parametrize(
    ("heads", "days"),
    [
        ("Optimistic (w),Most likely (w),Pessimistic (w)", 15),
        ("Optimistic (w),Most likely (m),Pessimistic (w)", 15),
        ("Optimistic,Most likely (m),Pessimistic", 3),
        ("Duration (optimistic),Duration (most likely),Duration (pessimistic)", 3),
        ("Time (a),Time (m),Time (b)", 3),
        ("Durée optimiste,Durée probable,Durée pessimiste", 3),
        ("Dauer optimistisch,Dauer wahrscheinlich,Dauer pessimistisch", 3),
        ("Tiempo optimista,Tiempo más probable,Tiempo pesimista", 3),
        ("OD,HD,PD", 3),
        ("Optimistic (calendar days),Most likely (calendar days),Pessimistic (calendar days)", 3),
    ],
)
def test_three_estimates_give_the_expected_duration(heads, days, taken):
    report, found = taken(f"ID,Task,{heads}\n1,A,1,2,9\n")
    assert found["A"].get("duration") == days
    assert "unit" not in said(report)
    assert found["A"].get("elapsed") == ("yes" if "calendar" in heads else None)


@pytest.mark.parametrize(
    ("upper", "lower", "row", "days"),
    [
        ("Activity,Time estimates (weeks),,", ",a,m,b", "A,1,2,9", 15),
        ("Activity,Optimistic,Most likely,Pessimistic", ",(weeks),(weeks),(weeks)", "A,1,2,9", 15),
        (",Estimates (weeks),,", "Activity,a,m,b", "A,1,2,9", 15),
        ("Activity,Time (weeks),,Cost", ",Normal,Crash,", "A,3,2,50", 15),
        ("Durations in weeks", "Activity,Duration,After", "A,3,", 15),
    ],
)
def test_two_rows_of_heads_count_together(upper, lower, row, days, taken):
    report, found = taken(f"{upper}\n{lower}\n{row}\n")
    assert report.refusals == ()
    assert found["A"].get("duration") == days


@pytest.mark.parametrize("heads", ["Crash duration,Normal duration", "Crash time,Normal time"])
def test_the_normal_duration_counts_before_the_shortened_one(heads, taken):
    report, found = taken(f"ID,Task,{heads}\n1,A,1,2\n")
    assert found["A"].get("duration") == 2
    assert "left out: Crash" in said(report)


AFTER = (
    "Dependent on|Depends on|Preceded by|Must be preceded by|Prior activity|Previous activity"
    "|Antecedent|Antécédent(s)|Predecesor(es)|Antecesor(a)|Voorganger|Voorafgaande taken"
    "|Poprzedniki|vorhergehende Tätigkeit|Predecessoras|Antecessoras|Precedenti|Tasks that precede"
    "|Forgænger|Föregående aktivitet|Předchůdci|Öncül|Megelőző tevékenység|Tache anterieure"
)
NEXT = (
    "Precedes|Immediately precedes|Must precede|Dependents|Dependent tasks|Predecessor of"
    "|Prerequisite for|Nachfolgende Vorgänge|Following activities|Tâches suivantes|Succ."
)


@pytest.mark.parametrize("head", AFTER.split("|"))
def test_heads_of_what_comes_before(head):
    assert columns_of(["Activity", "Duration", head]).get("after") == 2


@pytest.mark.parametrize("head", NEXT.split("|"))
def test_heads_of_what_follows(head, taken):
    columns = columns_of(["Activity", "Duration", head])
    assert columns.get("next") == 2
    assert "after" not in columns
    _, found = taken(f"Activity,Duration,{head}\nA,1,B\nB,2,\n")
    assert only(found, "after") == [None, "T1"]


IDS = (
    "Task #|Activity #|S.No|S. No.|Sr. No.|Sl. No.|Task Nr|Lfd. Nr.|Pos.|Nº|Ref.|WBS ID|Identifier"
    "|Symbol|Letter|Code|#|Activity ID(*)"
)


@pytest.mark.parametrize("head", IDS.split("|"))
def test_heads_of_ids(head, taken):
    report, found = taken(f"{head},Task,Duration,After\n10,A,1,\n2,B,1,10\n")
    assert report.refusals == ()
    assert [(n.spoken, n.get("after")) for n in found.values()] == [("T10", None), ("T2", "T10")]


def test_the_id_is_what_the_list_itself_names_tasks_by(taken):
    report, found = taken("S.No,Symbol,Task name,Duration,After\n1,B,Dig,1,\n2,A,Pour,1,B\n")
    assert report.refusals == ()
    assert only(found, "after") == [None, "T1"]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("Nome attività", "name"),
        ("Nome da tarefa", "name"),
        ("Taaknaam", "name"),
        ("(*)Activity Name", "name"),
        ("Due date", "deadline"),
        ("Assigned To", "resource"),
    ],
)
def test_other_heads(head, column):
    assert columns_of(["ID", head, "Duration"])[column] == 1


NESTED = [
    "Name,Duration\nPhase,\n   Dig,2\n   Pour,3\n",
    "Name,Duration\nPhase,\n\tDig,2\n\tPour,3\n",
    "No.,Task,Duration\n1,Phase,\n1.1,Dig,2\n1.2,Pour,3\n",
    "WBS,Task,Duration\n1.0,Phase,\n1.1,Dig,2\n1.2,Pour,3\n",
    "WBS,Task,Duration\nP,Phase,\nP.1,Dig,2\nP.2,Pour,3\n",
    "ID,Name,Level,Duration\n1,Phase,1,\n2,Dig,2,2\n3,Pour,2,2\n",
    "ID,Name,Summary,Duration\n1,Phase,Yes,5\n2,Dig,No,2\n3,Pour,No,2\n",
]


@pytest.mark.parametrize("text", NESTED)
def test_summary_tasks_are_found(text, taken):
    report, found = taken(text)
    assert only(found, "part-of") == [None, "T1", "T1"]
    assert found["Phase"].get("duration") is None
    assert ("parts of" in said(report)) == (not text.startswith(("WBS", "ID,Name,Level")))


@pytest.mark.parametrize(
    "text",
    [
        "ID,Name,Duration\n1.1,Dig,2\n1.2,Pour,3\n",
        "ID,Name,Duration,After\n1,Phase,1,\n1.1,Dig,2,1\n1.2,Pour,3,1\n",
        "Name,Duration\nPhase,1\n Dig,2\n",
        "WBS,Task,Duration\n1,Phase,1\n1,Dig,2\n1.1,Pour,3\n",
    ],
)
def test_what_is_no_summary_stays_a_task(text, taken):
    _, found = taken(text)
    assert not any(only(found, "part-of"))


@pytest.mark.parametrize(
    ("cell", "after"),
    [
        ("Start-Start", "T1SS"),
        ("SS+2", "T1SS+2d"),
        ("FS (2)", "T1FS+2d"),
        ("S/S", "T1SS"),
        ("FtS", "T1"),
        ("F2F", "T1FF"),
        ("Finish to Start (FS)", "T1"),
        ("Ende-Anfang", "T1"),
        ("AA", "T1SS"),
    ],
)
def test_relations_in_a_column_are_read_one_by_one(cell, after, taken):
    head = "Activity,Duration,Predecessor,Relationship\nA,1,,\nB,1,A,FF\nC,1,A,SS\n"
    report, found = taken(f"{head}D,1,A,{cell}\nE,1,A,soon\n")
    assert [(r.row, r.column) for r in report.refusals] == [(6, "Relationship")]
    assert only(found, "after") == [None, "T1FF", "T1SS", after, "T1"]


def test_a_lag_behind_a_relation_does_not_hide_the_one_in_its_column(taken):
    text = "Activity,Duration,Predecessor,Relationship,Lag\nA,1,,,\nB,1,A,SS+2,3\nC,1,A,SS+2,\n"
    report, found = taken(text)
    assert [(r.row, r.column) for r in report.refusals] == [(3, "Lag")]
    assert only(found, "after") == [None, "T1SS+3d", "T1SS+2d"]


@pytest.mark.parametrize(
    "name", ["Total", "Sum", "Summe", "Gesamt", "Total duration", "Somme", "Suma", "Totale"]
)
def test_what_adds_up_the_others_is_no_task(name, taken):
    report, found = taken(f"Activity,Duration,After\nA,5,\nB,7,A\n{name},12,\n")
    assert [*found] == ["A", "B"]
    assert f"row 4, “{name}”, adds up the others" in said(report)


def test_total_is_a_task_where_it_waits_for_others(taken):
    _, found = taken("Activity,Duration,After\nA,5,\nTotal,12,A\n")
    assert [*found] == ["A", "Total"]


def test_parallel_arrows_are_all_waited_for_and_dummies_take_no_time(taken):
    text = "Activity,From,To,Duration\nA,1,2,3\nB,1,2,7\nC,2,3,1\nDummy,2,4,\nD,4,5,-\n"
    report, found = taken(text)
    assert only(found, "after") == [None, None, "T1, T2", "T1, T2", "T4"]
    assert only(found, "duration") == [3, 7, 1, 0, 0]
    assert "without a duration, which take no time as dummies do: 1" in said(report)


ENDS = (
    "Initial event,Final event|Node i,Node j|Start event no,End event no|Tail node,Head node"
    "|Preceding event,Succeeding event|Predecessor event,Successor event|Start,End"
    "|Predecessor node,Successor node|Anfangsknoten,Endknoten|Nœud initial,Nœud final"
)


@pytest.mark.parametrize("heads", ENDS.split("|"))
def test_heads_of_the_events_between_which_tasks_lie(heads, taken):
    report, found = taken(f"Activity,{heads},Duration\nA,1,2,3\nB,2,3,4\n")
    assert only(found, "after") == [None, "T1"]
    assert ("read as the events" in said(report)) == (heads == "Start,End")


def test_starts_and_ends_that_are_days_are_no_events(taken):
    report, found = taken("Activity,Start,End,Duration\nA,0,3,3\nB,3,4,1\n")
    assert only(found, "after") == [None, None]
    assert "start and finish were left out" in said(report)


@pytest.mark.parametrize("heads", ["Activity,Nodes", "Activity,i-j"])
def test_both_events_may_stand_in_a_column_of_their_own(heads, taken):
    report, found = taken(f"{heads},Duration\nA,1-2,3\nB,2-3,4\n")
    assert only(found, "after") == [None, "T1"]
    assert "read as the events" in said(report)


def test_what_comes_before_may_stand_in_several_columns(taken):
    head = "Task,Predecessor 1,Predecessor 2,Duration\n"
    report, found = taken(f"{head}A,,,2\nB,,,2\nC,A,B,3\n")
    assert only(found, "after") == [None, None, "T1, T2"]
    assert "left out" not in said(report)


def test_inactive_tasks_are_left_out_and_count_as_rows(taken):
    report, found = taken("Name,Duration,After,Active\nA,1,,Yes\nB,1,,No\nC,1,1,Yes\nD,1,3,Yes\n")
    assert {name: note.get("after") for name, note in found.items()} == {
        "A": None, "C": "T1", "D": "T3",
    }  # fmt: skip
    assert "tasks that are not active were left out: 1" in said(report)


def test_constraints_are_told_unless_they_constrain_nothing(taken):
    head = "ID,Name,Duration,Constraint Type,Constraint Date\n"
    report, _ = taken(head + "1,A,1,As Soon As Possible,NA\n2,B,1,Must Start On,2027-01-04\n")
    assert "such as “Must Start On”, were not taken: 1" in said(report)
    assert "left out" not in said(report)


@pytest.mark.parametrize("header", ["Thing,Duration", "Thing,Predecessors"])
def test_what_a_list_of_tasks_needs_is_said(header, taken):
    with pytest.raises(TableError, match="Such a list needs a column headed Task Name"):
        taken(f"{header}\nA,1\n")


def test_a_row_with_too_many_cells_is_told_with_the_counts_of_the_file(taken):
    report, found = taken("ID,Activity,After,Days\n1,A,,2\n2,B,1,2\n3,C,1,2,4\n4,D,2,4\n")
    (refusal,) = report.refusals
    assert (refusal.row, refusal.column) == (4, "")
    assert "The row has 5 cells, but the header only 4." in str(refusal.message)
    assert [*found] == ["A", "B", "D"]


def test_rows_that_are_refused_count_where_rows_are_named(taken):
    _, found = taken("Name,After,Days\nA,,1\nB,1,2,4\nC,1,3\nD,3,4\n")
    assert {name: note.get("after") for name, note in found.items()} == {
        "A": None, "C": "T1", "D": "T3",
    }  # fmt: skip


def test_a_head_that_could_be_either_is_told(taken):
    report, found = taken("Activity,Duration,Dependent\nA,1,\nB,2,A\n")
    assert only(found, "after") == [None, "T1"]
    assert "“Dependent” was read as what comes before" in said(report)


def test_remarks_below_the_table_are_no_tasks(taken):
    report, found = taken("Activity,Duration,After\nA,1,\nTotal,1,\nSource: a book,,\n* about,,\n")
    assert [*found] == ["A"]
    assert "remarks below the table were left out, from row 4" in said(report)


def test_pages_are_no_events(taken):
    report, found = taken("Activity,Duration,Pages\nA,1,1-2\nB,1,2-5\n")
    assert only(found, "after") == [None, None]
    assert "left out: Pages" in said(report)


def test_a_head_that_only_speaks_of_tasks_names_them(taken):
    _, found = taken("Tasks to do,Who,Time\nDig,Anna,2\n")
    assert found["Dig"].get("duration") == 2


@pytest.mark.parametrize("head", ["te", "Expected time (t)"])
def test_an_expected_time_counts_in_the_unit_of_its_estimates(head, taken):
    _, found = taken(f"Activity,a (weeks),m (weeks),b (weeks),{head},After\nA,1,2,9,3,-\n")
    assert found["A"].get("duration") == 15
