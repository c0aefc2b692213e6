"""Tables of the planning methods, made as a notebook makes them."""

from xml.etree import ElementTree

import pytest

from clusterlab.errors import UnknownNameError
from clusterlab.language import load
from clusterlab.methods import Sheet
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.planning import deadlines
from clusterlab.outputs.results import RESULTS
from clusterlab.session import OpenWorkshop


@pytest.fixture
def planned(small):
    """A cluster that has planned from a strategy to roles."""
    here = OpenWorkshop(small).cluster("alpha")

    def add(canvas, block, text, *links, topic="", **values):
        board = here.board(canvas, topic=topic)
        note = board.add(block, text, **values)
        return board.link(note.id, *links) if links else note

    add("tows", "so", "Ask members every year", "S1", topic="business")
    add("smart-goals", "goals", "Win 20 members", "SO1", deadline="2027-06-30")
    add("smart-goals", "goals", "Keep 40 members", part_of="G1")
    add("tasks", "tasks", "Survey", "G2")
    add("tasks", "tasks", "Write questions", part_of="T1", weight=60, effort=16)
    add("tasks", "tasks", "Send <b>them</b>", part_of="T1", weight=40, effort=8)
    add("raci", "people", "Firm", stakeholder_group="members")
    add("raci", "people", "text", stakeholder_group="management")
    roles = {"responsible": "Firm, text", "accountable": "P2", "informed": "<i>"}
    add("raci", "activities", "Questions", "T2", **roles)
    add("indicators", "indicators", "Members", "G2", baseline=40, target=20, midterm=35)
    add("action-plan", "actions", "Later", deadline="soon")
    add("action-plan", "actions", "Second", deadline="60 days")
    add("action-plan", "actions", "First", deadline="2026-01-01")
    return ClusterOutputs(small, small.cluster("alpha"), load("en"))


def cells(table):
    return [row.cells for row in table.rows]


def labels(table):
    return [column.label for column in table.columns]


def test_the_raci_matrix_has_people_by_group_and_codes(planned):
    table = planned.result("raci")
    assert labels(table) == ["No.", "Activity", "text", "Firm", "<i>"]
    assert [c.help for c in table.columns[2:]] == ["Cluster management", "Cluster members", ""]
    assert cells(table) == [("D1", "Questions", "R/A", "R", "I")]
    assert "<i>" not in table.to_html().replace("&lt;i&gt;", "")


def test_many_people_stand_by_their_numbers_with_a_legend(small):
    board = OpenWorkshop(small).cluster("alpha").board("raci")
    for number in range(7):
        board.add("people", f"Firm {number}", stakeholder_group="members")
    board.add("activities", "Survey", responsible="Firm 6", accountable="Firm 0")
    outputs = ClusterOutputs(small, small.cluster("alpha"), load("en"))
    assert labels(outputs.result("raci"))[2:] == [f"Firm {n}" for n in range(7)]
    assert outputs.result("raci").footnotes == ()
    board.add("activities", "Report", responsible="Guest", accountable="Firm 0")
    table = outputs.result("raci")
    assert labels(table)[2:] == [*(f"P{n}" for n in range(1, 8)), "(1)"]
    assert [(f.label, f.value) for f in table.footnotes] == [
        ("Cluster members:", " · ".join(f"P{n + 1} Firm {n}" for n in range(7))),
        ("Without a group:", "(1) Guest"),
    ]


def test_the_load_counts_codes(planned):
    table = planned.result("raci", "load")
    assert cells(table) == [
        ("P2", "text", "Cluster management", "1", "1", "0", "0"),
        ("P1", "Firm", "Cluster members", "1", "0", "0", "0"),
        ("", "<i>", "", "0", "0", "0", "1"),
    ]


def test_trees_have_indented_numbers(planned):
    table = planned.result("tasks", "tree")
    assert [row[:3] for row in cells(table)] == [
        ("T1", "Survey", "T1"),
        ("\u2003T1.1", "Write questions", "T2"),
        ("\u2003T1.2", "Send <b>them</b>", "T3"),
    ]
    assert "<b>them" not in table.to_html()
    assert "1.2 " in table.to_text()
    goals = planned.result("smart-goals", "tree")
    assert [row[0] for row in cells(goals)] == ["G1", "\u2003G1.1"]


def test_progress_to_a_falling_target(planned):
    [row] = cells(planned.result("indicators"))
    assert row[-2:] == ("25%", "")


def test_deadlines_come_by_day_and_what_has_none_last(planned):
    rows = cells(planned.result("action-plan", "deadlines"))
    said = [("First", "January 1, 2026"), ("Later", "soon"), ("Second", "60 days")]
    assert [row[1:3] for row in rows] == said  # days are counted from no day
    board = planned.state(planned.board_id("action-plan"))
    sheet = Sheet(planned.kind("action-plan"), board, day="2025-12-31")
    rows = cells(deadlines(planned.presenter(), sheet))
    said = [("First", "January 1, 2026"), ("Second", "March 1, 2026"), ("Later", "soon")]
    assert [row[1:3] for row in rows] == said


def test_the_golden_thread_names_what_takes_up_what(planned):
    table = planned.result("smart-goals", "thread")
    assert [(row[0], row[3], row[4]) for row in cells(table)] == [
        ("S1", "", "SO1"), ("T1", "", "nothing"), ("SO1", "S1", "G1"), ("G1", "SO1", ""),
        ("G2", "", "I1, T1"),
        ("I1", "G2", ""), ("T1", "G2", ""), ("T2", "", "D1"), ("T3", "", "nothing"),
        ("D1", "T2", ""),
    ]  # fmt: skip


def test_the_thread_picture_counts_what_it_does_not_draw(small):
    here = OpenWorkshop(small).cluster("alpha")
    swot, tows = (here.board(c, topic="business") for c in ("swot", "tows"))
    goals = here.board("smart-goals")

    def said():
        made = ClusterOutputs(small, small.cluster("alpha"), load("en"))
        return made.result("smart-goals", "thread-picture").alt

    def link(board, note, *others):
        board.link(note.id, *(other.spoken for other in others))

    before = [n for n in swot.notes if n.block in {"opportunities", "threats"}]
    threats = before + [swot.add("threats", f"Threat {n}") for n in range(5)]
    first, second = tows.add("st", "Ask"), tows.add("st", "Offer")
    goal = goals.add("goals", "Win 20 members")
    link(goals, goal, first)
    link(tows, first, *threats[:-4])
    names = ", ".join(n.spoken for n in threats[-4:-1])
    assert said().endswith(
        "It breaks off at: threats and opportunities without a strategy: "
        f"{names} and 1 more; strategies without a goal: {second.spoken}."
    )
    link(tows, second, *threats[-4:])
    assert said().endswith(f"It breaks off at: strategies without a goal: {second.spoken}.")
    link(goals, goal, first, second)
    assert said().endswith("it breaks off nowhere.")


@pytest.mark.parametrize("canvas", ["raci", "tasks", "smart-goals", "indicators", "action-plan"])
def test_results_of_empty_canvases_say_that_there_is_nothing_yet(small, canvas):
    outputs = ClusterOutputs(small, small.cluster("alpha"), load("en"))
    for name in RESULTS[outputs.kind(canvas).method]:
        made = outputs.result(canvas, name)
        assert made.type == "picture"
        assert made.alt
        assert made.alt in made.to_html()
        assert made.svg.startswith("<svg")


def test_an_unknown_result_names_those_that_there_are(planned):
    with pytest.raises(UnknownNameError, match="load"):
        planned.result("raci", "laod")


@pytest.mark.parametrize("canvas", ["raci", "tasks", "smart-goals", "indicators", "action-plan"])
def test_every_result_of_a_plan_is_drawn_with_a_message_and_nothing_typed_is_markup(
    planned, canvas
):
    for name in RESULTS[planned.kind(canvas).method]:
        made = planned.result(canvas, name)
        assert made.alt
        empty = {("tasks", "load"), ("action-plan", "certainty")}
        assert ("Nothing to show yet" in made.alt) == ((canvas, name) in empty)
        assert "<b>them" not in made.to_html()
        if made.type == "picture":
            ElementTree.fromstring(made.svg)
            assert made.text


@pytest.mark.parametrize(
    ("canvas", "name", "message", "line"),
    [
        ("tasks", "gantt", "Critical path:", "T2 Write questions: "),
        ("tasks", "tree-picture", "3 notes in a tree with 1 at the top", "T1.2 (T3) Send"),
        ("tasks", "network", "Critical path:", "T3 Send"),
        ("smart-goals", "tree-picture", "2 notes in a tree with 1 at the top", "G1.1 (G2) Keep"),
        ("smart-goals", "thread-picture", "tasks without a row of the RACI matrix: T3.",
         "T2 Write questions → D1"),
        ("indicators", "progress-picture", "0 of 1 indicators", "I1 Members: 25 %"),
    ],
)  # fmt: skip
def test_a_picture_says_its_message_and_the_same_in_words(planned, canvas, name, message, line):
    made = planned.result(canvas, name)
    assert message in made.alt
    assert line in made.text


def test_a_matrix_as_a_picture_counts_its_quarters(small):
    board = OpenWorkshop(small).cluster("alpha").board("action-plan")
    board.add("actions", "Quick", effort=1, impact=5)
    board.add("actions", "On the line", effort=3, impact=3)
    board.add("actions", "Without numbers")
    made = ClusterOutputs(small, small.cluster("alpha"), load("en")).result(
        "action-plan", "matrix-picture"
    )
    assert "2 things in four quarters. Quick wins: 1; " in made.alt
    assert "Thankless tasks: 1" in made.alt
    assert "Quick wins: A1" in made.text


def test_pictures_of_quarters_name_what_has_no_place_in_them(small):
    opened = OpenWorkshop(small).cluster("alpha")
    actions = opened.board("action-plan")
    actions.add("actions", "Quick", effort=1, impact=5)
    actions.add("actions", "Half rated", effort=5)
    actions.add("actions", "Without numbers")
    opened.board("services").add("services", "Fairs", mission=4)
    outputs = ClusterOutputs(small, small.cluster("alpha"), load("en"))
    for canvas, name, names in (
        ("action-plan", "matrix-picture", "A2, A3"),
        ("services", "map-picture", "SV1"),
    ):
        made = outputs.result(canvas, name)
        assert [f.value for f in made.footnotes if f.label == "Without both numbers:"] == [names]
        assert f"Without both numbers: {names}" in made.to_text()
        assert "Without both numbers:</" in made.to_html()
    actions.edit("A2", impact=2)
    actions.edit("A3", effort=2, impact=2)
    made = outputs.result("action-plan", "matrix-picture")
    assert not any("Without" in f.label for f in made.footnotes)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"final": 5, "target": 9}, "measured, but the way from baseline to target"),
        ({"final": 5, "target": 3, "baseline": 3}, "measured, but the way"),
        ({"baseline": 0, "target": 9}, "not measured yet"),
        ({"baseline": 0, "target": 10, "midterm": 2}, "20 %"),
    ],
)
def test_what_was_measured_is_not_called_unmeasured(small, values, told):
    board = OpenWorkshop(small).cluster("alpha").board("indicators")
    board.add("indicators", "Members", **values)
    made = ClusterOutputs(small, small.cluster("alpha"), load("en")).result(
        "indicators", "progress-picture"
    )
    assert f"I1 Members: {told}" in made.text
