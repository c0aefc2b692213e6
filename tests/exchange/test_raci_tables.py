"""RACI matrices as they are pasted from slides and sheets."""

import openpyxl
import pytest
from exchange_samples import notes

from clusterlab.errors import TableError
from clusterlab.exchange import import_file
from clusterlab.methods import Sheet, check_raci
from clusterlab.model import BoardId, Cluster

#: The example of the academy's slides; merged heads hold their text in the first cell.
ACADEMY = """\
;Cluster management;;;;;Cluster members;;;;;Other stakeholder;;;
;1;2;3;4;...;1;2;3;4;...;1;2;3;4
Action 1
Subtask 1;A/C;R/A;;;I;A/C;A;;;C/I;C;I;C
Subtask 2;;;C;I;;;;;;I;;;;I;I
...;;;R;;;I
"""
SMALL = "Task,Board,Office,Müller\nAsk members,A,R,\nPrint,,R/A,I\n"


@pytest.fixture
def one(new_folder):
    return new_folder("one", [Cluster("only", "Only")])


def written(tmp_path, text, name="raci.csv"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def roles(folder, cluster="only"):
    fields = ("responsible", "accountable", "consulted", "informed")
    found = notes(folder, "raci", cluster)
    return {t: [n.get(f) for f in fields] for t, n in found.items() if n.block == "activities"}


def test_the_academys_example_comes_in_and_its_faults_are_named(one, tmp_path):
    report = import_file(one, written(tmp_path, ACADEMY))
    said = [(r.row, str(r.message)) for r in report.refusals]
    assert said == [(5, "“I” was left out: nobody stands at the head of its column.")]
    notices = [str(n) for n in report.notices]
    assert notices[0] == "raci.csv: read as a RACI matrix."
    assert "raci.csv: rows without a letter were left out: Action 1." in notices
    assert roles(one)["Subtask 1"] == [
        "Cluster management 2",
        "Cluster management 1, Cluster management 2, Cluster members 1, Cluster members 2",
        (
            "Cluster management 1, Cluster members 1, Cluster members ..., Other stakeholder 1, "
            "Other stakeholder 3"
        ),
        "Cluster management ..., Cluster members ..., Other stakeholder 2",
    ]
    people = [n for n in notes(one, "raci", "only").values() if n.block == "people"]
    assert len(people) == 14
    assert {n.get("stakeholder-group") for n in people} == {"management", "members", "others"}
    sheet = Sheet(one.kinds["raci"], one.board(BoardId("only", "raci")))
    rules = [f.rule for f in check_raci(sheet) if f.severity == "error"]
    assert rules.count("raci-accountable") == 3
    assert rules.count("raci-responsible") == 1


def test_a_matrix_comes_in_once_and_later_states_change_it(one, tmp_path):
    assert import_file(one, written(tmp_path, SMALL)).taken == 5
    assert roles(one) == {
        "Ask members": ["Office", "Board", None, None],
        "Print": ["Office", "Office", None, "Müller"],
    }
    again = import_file(one, written(tmp_path, SMALL, "again.csv"))
    assert (again.taken, again.changed, again.unchanged) == (0, 0, 5)
    later = import_file(one, written(tmp_path, SMALL.replace("Ask members,A,R", "Ask members,,A")))
    assert (later.taken, later.changed) == (0, 1)
    assert roles(one)["Ask members"] == [None, "Office", None, None]


def test_a_workbook_with_commas_in_names_and_the_same_name_twice(one, tmp_path):
    book = openpyxl.Workbook()
    for row in (("", "Müller, Anna", "Board", "Board"), ("Ask", "R", "A", "C"), ("Tell", "A", "R")):
        book.active.append(row)
    book.save(tmp_path / "raci.xlsx")
    assert import_file(one, tmp_path / "raci.xlsx").refusals == ()
    assert roles(one)["Ask"] == ["Müller Anna", "Board", "Board 2", None]


def test_a_cell_that_is_no_letter_is_refused_with_its_place(one, tmp_path):
    report = import_file(one, written(tmp_path, SMALL.replace("R/A,I", "R/A,maybe")))
    [refused] = report.refusals
    assert (refused.row, refused.column) == (3, "Müller")
    assert str(refused.message).startswith("“maybe” was left out: it should be R, A, C or I")
    assert roles(one)["Print"][3] is None


def test_of_several_clusters_one_must_be_named(new_folder, tmp_path):
    folder = new_folder("two", [Cluster("alpha", "Alpha"), Cluster("beta", "Beta")])
    path = written(tmp_path, SMALL)
    with pytest.raises(TableError, match="is a RACI matrix, but does not say whose"):
        import_file(folder, path)
    assert import_file(folder, path, cluster="beta").taken == 5
    assert len(roles(folder, "beta")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Question,Anna,Ben\nOne,A,B\nTwo,C,D\n",  # answers of a quiz
        "Task,Anna,Ben\nOne,C,I\nTwo,I,C\n",  # nobody does anything
        "Task,Anna\nOne,R/A\nTwo,A\n",  # a single person
        "Task,Anna,Ben\nOne,R,yes\nTwo,no,A\n",  # half of it is something else
    ],
)
def test_other_tables_are_no_matrix(text, one, tmp_path):
    with pytest.raises(TableError, match="no column “text”"):
        import_file(one, written(tmp_path, text))


def test_a_table_of_notes_with_single_letters_stays_one(one, tmp_path):
    text = "canvas,topic,block,text,tags\n" + "swot,business,strengths,{0},A\n" * 2
    assert import_file(one, written(tmp_path, text.format("R")), cluster="only").taken == 2
