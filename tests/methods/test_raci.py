"""RACI: each rule fires, does not, and holds on the border; the academy's example is read."""

import pytest
from sheets_of import note, rules, sheet

from clusterlab.language import load
from clusterlab.methods import check_raci, codes_in, matrix_findings, raci, raci_from_cells
from clusterlab.model import BoardId

SAY = load("en").say
#: The example of the academy's slides: groups and numbers, as they are pasted from there.
GROUPS = ["Cluster management"] * 5 + ["Cluster members"] * 5 + ["Other stakeholder"] * 4
NUMBERS = ["1", "2", "3", "4", "...", "1", "2", "3", "4", "...", "1", "2", "3", "4"]
EXAMPLE = """\
Action 1
Subtask 1\tA/C\tR/A\t\t\tI\tA/C\tA\t\t\tC/I\tC\tI\tC
Subtask 2\t\t\tC\tI\t\t\t\t\t\tI\t\t\t\tI\tI
...\t\t\tR\t\t\tI
"""


def row(spoken, r="", a="", c="", i="", **more):
    values = {"responsible": r, "accountable": a, "consulted": c, "informed": i, **more}
    return note(spoken, "activities", "Do something", **values)


def person(spoken, name, group="management"):
    return note(spoken, "people", name, **{"stakeholder-group": group})


def found(*notes):
    return rules(check_raci(sheet("raci", *notes)))


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("R/A", "RA"), ("r, a", "RA"), ("RA", "RA"), ("A + r", "RA"), ("i;c", "CI"), ("R\nA", "RA"),
        ("RACI", "RACI"), ("", ""), (" – ", ""), ("-", ""), ("X", None), ("yes", None),
        ("R?", None), ("RR", None), ("R/A/R", None), ("1", None),
    ],
)  # fmt: skip
def test_cells(cell, codes):
    assert codes_in(cell) == codes


def test_the_faults_of_the_academys_example_are_named():
    matrix = raci_from_cells(
        [(n, g) for g, n in zip(GROUPS, NUMBERS, strict=True)],
        [line.split("\t") for line in EXAMPLE.splitlines()],
    )
    assert [r.text for r in matrix.rows] == ["Subtask 1", "Subtask 2", "..."]
    assert [(r, p, t) for r, p, t in matrix.unread] == [("Subtask 2", "", "I")]
    messages = [SAY(f.message) for f in matrix_findings(matrix, BoardId("x", "raci"))]
    assert messages == [
        (
            "4 are accountable for “Subtask 1”: Cluster management 1, Cluster management 2, "
            "Cluster members 1, Cluster members 2."
        ),
        "Nobody is accountable for “Subtask 2”.",
        "Nobody is responsible for “Subtask 2”.",
        "Nobody is accountable for “...”.",
        "“Cluster management 4” is only told afterwards (1 of 3 rows), nothing else.",
        "“Cluster management ...” is only told afterwards (1 of 3 rows), nothing else.",
        "“Other stakeholder 2” is only told afterwards (1 of 3 rows), nothing else.",
        "“Other stakeholder 4” is only told afterwards (1 of 3 rows), nothing else.",
        "“I” in the row “Subtask 2” was left out (a cell beyond the last column).",
    ]


def test_equal_heads_of_a_pasted_matrix_stay_two_people():
    matrix = raci_from_cells(["Office", "office"], [["Write", "R", "A/I"]])
    assert [p.name for p in matrix.people.values()] == ["Office", "office 2"]
    assert matrix.rows[0].holders("A") == ["office 2"]


@pytest.mark.parametrize("rows", [[], [[]], [[""]], [["x"]], [["x", "??"]], [["x", "R", "", "–"]]])
def test_odd_grids_are_read(rows):
    matrix = raci_from_cells(["Office"], rows)
    assert len(matrix.rows) <= 1
    list(matrix_findings(matrix, BoardId("x", "raci")))


def test_exactly_one_is_accountable():
    assert found(row("D1", r="a", a="b", i="c, b")) == [("raci-only-informed", "")]
    assert ("raci-accountable", "D1") in found(row("D1", r="a", i="b"))
    two = check_raci(sheet("raci", row("D1", r="a", a="Board; Manager", i="b")))
    [finding] = [f for f in two if f.rule == "raci-accountable"]
    assert SAY(finding.message) == "2 are accountable for D1: Board, Manager."
    assert "split" in str(finding.suggestion)
    assert finding.severity == "error"


def test_one_person_may_be_responsible_and_accountable_and_written_twice():
    assert found(row("D1", r="Board", a="board, BOARD", i="Board")) == []


def test_somebody_is_responsible_and_several_are_information():
    assert ("raci-responsible", "D1") in found(row("D1", a="a", i="a"))
    several = check_raci(sheet("raci", row("D1", r="a, b", a="a", i="b")))
    assert [(f.rule, f.severity) for f in several] == [("raci-several", "info")]
    assert check_raci(sheet("raci", row("D1", r="a", a="a", i="a"))) == []


def test_somebody_is_informed():
    assert found(row("D1", r="a", a="a")) == [("raci-informed", "D1")]


def test_a_row_without_anybody_lacks_two_things_not_three():
    assert found(row("D1")) == [("raci-accountable", "D1"), ("raci-responsible", "D1")]


@pytest.mark.parametrize(("held", "fires"), [(1, False), (2, False), (3, True), (6, True)])
def test_more_than_a_third_is_much(held, fires):
    rows = [
        row(f"D{n}", r="x", a="Manager" if n <= held else f"other {n}", i="x") for n in range(1, 7)
    ]
    assert (("raci-load", "") in found(*rows)) is fires


def test_a_single_row_is_not_much():
    assert found(row("D1", r="a", a="a", i="a")) == []


def test_who_is_only_informed_is_told_once():
    rows = [row(f"D{n}", r="a", a="b" if n else "c", i="d, a") for n in range(2)]
    assert found(*rows) == [("raci-only-informed", "")]


def test_responsible_and_accountable_are_on_the_list_where_there_is_one():
    listed = [person("P1", "Project office"), person("P2", "Board")]
    assert found(row("D1", r="Project  OFFICE", a="p2", i="P1, members")) == [
        ("raci-only-informed", ""),
        ("raci-only-informed", ""),
    ]
    assert found(*listed, row("D1", r="project office", a="p2", i="P1")) == []
    near = check_raci(sheet("raci", *listed, row("D1", r="Projekt office", a="Nobody", i="P1, P2")))
    told = {str(f.message): str(f.suggestion) for f in near if f.rule == "raci-unlisted"}
    assert told == {
        "“Projekt office” in D1 is not among the people.":
            "Is it “Project office”? Else add them to the people.",
        "“Nobody” in D1 is not among the people.":
            "Add them to the people, or name somebody who is there.",
    }  # fmt: skip


def test_a_name_that_is_also_a_number_is_the_name():
    people = [person("P1", "P2"), person("P2", "Board")]
    matrix = raci(sheet("raci", *people, row("D1", r="P2", a="P1")))
    assert dict(matrix.rows[0].codes) == {"p2": "RA"}


def test_people_stand_by_group_and_their_load_is_counted():
    notes = [
        person("P1", "Ministry", "others"),
        person("P2", "Firm", "members"),
        person("P3", "Office"),
        person("P4", "Someone", "???"),
        row("D1", r="Office, Firm", a="office", c="Guest", i="Ministry"),
        row("D2", r="Firm", a="Office", i="Ministry, Firm"),
    ]
    matrix = raci(sheet("raci", *notes))
    names = [p.name for p in matrix.people.values()]
    assert names == ["Office", "Firm", "Ministry", "Someone", "Guest"]
    assert matrix.load("office") == {"R": 1, "A": 2, "C": 0, "I": 0}
    assert matrix.load("firm") == {"R": 2, "A": 0, "C": 0, "I": 1}
    assert matrix.load("someone") == {"R": 0, "A": 0, "C": 0, "I": 0}


@pytest.mark.parametrize(
    ("name", "fires"),
    [
        ("?", True),
        ("TBD", True),
        ("n.n.", True),
        ("3", True),
        ("n/a", True),
        ("None", True),
        ("open", True),
        ("tbd.", True),
        ("(TBD)", True),
        ("to be decided", True),
        ("noch offen", True),
        ("À définir", True),
        ("por definir …", True),
        ("everybody", True),
        ("All", True),
        ("All members", False),
        ("Ted", False),
        ("NN Board", False),
        ("Open Innovation Team", False),
    ],
)
def test_a_placeholder_is_nobody(name, fires):
    found_ = check_raci(sheet("raci", row("D1", r=name, a="Board", i="Members")))
    assert [f.severity for f in found_ if f.rule == "raci-name"] == ["error"] * fires


def test_a_role_that_is_listed_is_somebody_whatever_it_is_called():
    notes = [note("R1", "people", "All"), row("D1", r="All", a="Board", i="Members")]
    found_ = check_raci(sheet("raci", *notes))
    assert [f.rule for f in found_ if f.rule == "raci-name"] == []


def joined(*notes):
    return [f for f in check_raci(sheet("raci", *notes)) if f.rule == "raci-joined"]


@pytest.mark.parametrize("sign", ["/", "&", "+", "and", "AND", "und", "et", "y", "e", "en", "i",
                                  "och", "og"])  # fmt: skip
def test_two_names_in_one_are_asked_for_or_are_two_people_where_both_are_listed(sign):
    name = f"Anna {sign} Ben"
    one = row("D1", r="Office", a=name, i="Office")
    [asked] = joined(one, row("D2", r="anna", a="Office", c="Ben"))
    assert (asked.severity, asked.note) == ("warning", "D1")
    assert SAY(asked.message) == f"D1: Is “{name}” two people?"
    alone = joined(one, row("D2", r="Anna", a="Office"))
    assert len(alone) == (1 if sign in {"/", "&", "+"} else 0)  # a word may belong to a name
    listed = [person("P1", "Anna"), person("P2", "Ben")]
    assert found(*listed, row("D1", r="Anna", a=name, i="Ben")) == [("raci-accountable", "D1")]
    assert found(*listed, row("D1", r="Anna", a=f"p1 {sign} Ben", i="Ben")) == [
        ("raci-accountable", "D1")
    ]
    one = row("D1", r="Anna", a=f"Anna {sign} Carl", i="Ben")
    assert len(joined(*listed, one, row("D2", a="Ben", i="carl"))) == 1


@pytest.mark.parametrize(
    "name", ["R&D", "Anna/Ben", "Andy Sand", "Anna and", "/ Anna", "Anna - Ben", "Eva y.", "I"]
)
def test_what_joins_no_two_names_is_not_asked_for(name):
    assert joined(row("D1", r="Office", a=name, i="Office")) == []


def test_a_role_of_the_list_with_a_joining_word_is_one():
    listed = [person("P1", "Research and Development"), person("P2", "Research"),
              person("P3", "Development")]  # fmt: skip
    one = row("D1", r="P2", a="research and  development", c="P3", i="P2")
    assert raci(sheet("raci", *listed, one)).rows[0].holders("A") == ["research and development"]
    assert found(*listed, one) == []
    assert found(*listed[1:], one) == [("raci-accountable", "D1")]


def test_only_who_answers_or_works_is_asked_for_and_once():
    assert joined(row("D1", r="Office", a="Office", c="Anna & Ben", i="Anna & Ben")) == []
    assert len(joined(row("D1", r="Anna & Ben", a="anna & ben", i="Office"))) == 1


@pytest.mark.parametrize(
    "name", ["Ortega y Gasset", "Research and Development", "Vertrieb und Marketing", "Ana e Silva"]
)
def test_a_word_within_a_name_is_asked_for_only_where_each_side_is_somebody(name):
    first, last = name.split()[0], name.split()[-1]
    one = row("D1", r="Office", a=name, i="Office")
    assert joined(one) == []
    assert joined(one, row("D2", r=first, a="Office")) == []
    assert joined(one, row("D2", r="Office", a=last)) == []
    assert len(joined(one, row("D2", r=first, a=last))) == 1
    assert joined(one, row("D2", r=f"{first} {last}", a=last)) == []


def test_a_stroke_without_blanks_parts_two_people_who_are_known():
    listed = [person("P1", "Anna"), person("P2", "Ben")]
    one = row("D1", r="Anna", a="Anna/Ben", c="Ben", i="Ben")
    assert found(*listed, one) == [("raci-accountable", "D1")]
    role = person("P3", "Anna/Ben")
    assert found(*listed, role, one) == []
    one = row("D1", r="Office", a="Anna/Ben", i="Office")
    assert len(joined(one, row("D2", a="Ben", r="anna"))) == 1
    assert joined(one, row("D2", a="Ben", r="Office")) == []


def test_three_in_one_are_asked_for_where_all_are_known():
    one = row("D1", r="Office", a="Anna and Ben and Carl", i="Office")
    assert joined(one, row("D2", r="Anna, Ben", a="Office")) == []
    assert len(joined(one, row("D2", r="Anna, Ben", a="Carl"))) == 1


def test_a_cell_that_holds_no_codes_is_a_warning():
    def unread(cell):
        matrix = raci_from_cells(["Office"], [["Write", "R/A"], ["Print", cell]])
        told = matrix_findings(matrix, BoardId("x", "raci"))
        return [(f.severity, SAY(f.message)) for f in told if f.rule == "raci-unread"]

    assert unread("yes") == [("warning", "“yes” in the row “Print” was left out (Office).")]
    assert unread("R") == unread("–") == []
