"""The golden thread: what takes up what, and where it breaks off."""

from dataclasses import replace
from functools import partial

from sheets_of import KINDS, board, note

from clusterlab.language import load
from clusterlab.methods import Sheet, check, check_thread, thread
from clusterlab.model import Block, BoardId, CanvasKind

SAY = load("en").say

SWOT = board(
    "swot", note("S1", "strengths", topic="business"), note("T1", "threats", topic="business")
)
TOWS = board(
    "tows",
    note("ST1", "st", "Use the surveys", topic="business", links=["S1"]),
    note("ST2", "st", "Leave it", topic="business"),
)  # fmt: skip


#: What is told once, before anybody has begun the next canvas.
BEGINNINGS = ("thread-plan", "thread-measures")


def of(canvas, block, *notes):
    return board(canvas, *(linked(block, *n) for n in notes))


def linked(block, spoken, links=(), part_of=""):
    return note(spoken, block, f"Do {spoken}", links=links, **{"part-of": part_of})


def goals(*notes):
    return of("smart-goals", "goals", *notes)


def tasks(*notes):
    return of("tasks", "tasks", *notes)


def found(*boards):
    """Give rule and note of each finding, but not that nobody has planned yet."""
    findings = check_thread(KINDS, {b.id: b for b in boards})
    return [(f.rule, f.note) for f in findings if f.rule not in BEGINNINGS]


def test_nothing_is_said_until_somebody_has_begun():
    assert found(SWOT, TOWS) == []
    assert found(TOWS, goals()) == []
    assert found(goals(("G1", ["ST1"]))) == []


def test_strategies_that_no_goal_takes_up_are_information():
    assert found(TOWS, goals(("G1", ["ST1"]))) == [("thread-strategy", "ST2")]
    assert found(TOWS, goals(("G1", ["ST1", "ST2"]))) == []
    told, *_ = check_thread(KINDS, {b.id: b for b in (TOWS, goals(("G1", ["ST1"])))})
    assert (told.severity, told.board.canvas, told.board.topic) == ("info", "tows", "business")


def test_strategies_are_told_by_topic_not_one_by_one():
    notes = [note(f"SO{n}", "so", topic=t) for n, t in enumerate(["services", "business"] * 5)]
    *told, _, _ = check_thread(
        KINDS, {b.id: b for b in (board("tows", *notes), goals(("G1", ["SO0", "SO2", "SO4"])))}
    )
    assert [(f.board.topic, f.message.fields["spoken"]) for f in told] == [
        ("business", ["SO1", "SO3", "SO5", "SO7", "SO9"]),
        ("services", ["SO6", "SO8"]),
    ]


def test_goals_without_task_or_indicator():
    some = goals(("G1",), ("G2",))
    indicators = of("indicators", "indicators", ("I1", ["G2"]))
    assert found(some, tasks(("T7", ["G1"]))) == [("thread-task", "G2")]
    assert found(some, indicators) == [("thread-indicator", "G1")]
    assert found(some, tasks(("T7", ["G1", "G2"]))) == []


def beginnings(rule, *boards):
    findings = check_thread(KINDS, {b.id: b for b in boards})
    return [(f.severity, f.note, SAY(f.message), SAY(f.suggestion))
            for f in findings if f.rule == rule]  # fmt: skip


planless = partial(beginnings, "thread-plan")


def test_goals_without_any_plan_are_told_once():
    some = goals(("G1",), ("G2", (), "G1"), ("G3", (), "G1"))
    told = (
        "info",
        "",
        "There is no task yet, so nothing says how these goals are reached: G2, G3.",
        "Write the first steps under “Tasks”, and link each to its goal.",
    )
    assert planless(some) == [told]
    assert planless(some, tasks()) == [told]
    assert planless(goals(("G1",)))[0][1] == "G1"
    assert planless(goals()) == []
    # The first task begins a plan: from then on each goal is told of its own.
    begun = tasks(("T7", ["G2"]))
    assert planless(some, begun) == []
    assert found(some, begun) == [("thread-task", "G3")]
    assert found(some, tasks()) == []


def test_goals_without_any_indicator_are_told_once():
    some, none = goals(("G1",), ("G2", (), "G1")), of("indicators", "indicators")
    told = (
        "info",
        "",
        "There is no indicator yet, so nothing says whether these goals are reached: G1, G2.",
        "Write one for each under “Indicators”, and link it to its goal.",
    )
    assert beginnings("thread-measures", some) == [told]
    assert beginnings("thread-measures", some, none, tasks(("T7", ["G1"]))) == [told]
    assert beginnings("thread-measures", goals(("G1",)))[0][1] == "G1"
    assert beginnings("thread-measures", goals()) == []
    begun = of("indicators", "indicators", ("I1", ["G2"]))
    assert beginnings("thread-measures", some, begun) == []


def test_an_action_plan_is_a_plan_too():
    one = goals(("G1",))
    assert planless(one, of("action-plan", "actions", ("A1",))) == []
    assert len(planless(one, of("action-plan", "actions"))) == 1


def test_tasks_that_serve_other_goals_are_no_plan_for_these():
    kinds = [own("aims", "smart-goals", "tows"), own("later-tasks", "tasks", "aims")]
    known = {**KINDS, **{k.id: k for k in kinds}}
    boards = [goals(("G1",)), of("aims", "goals", ("G1",)), tasks(("T7", ["G1"]))]
    findings = check_thread(known, {b.id: b for b in boards})
    assert [(f.board.canvas, f.note) for f in findings if f.rule == "thread-plan"] == [
        ("aims", "G1")
    ]


def test_goals_that_no_canvas_of_tasks_cites_need_no_plan():
    kinds = {i: k for i, k in KINDS.items() if k.method not in {"schedule", "indicators"}}
    assert check_thread(kinds, {b.id: b for b in [goals(("G1",))]}) == []


def test_a_goal_with_sub_goals_has_their_tasks():
    tree = goals(("G1",), ("G2", (), "G1"), ("G3", (), "G1"))
    assert found(tree, tasks(("T7", ["G2"]), ("T8", ["G3"]))) == []
    assert found(tree, tasks(("T7", ["G2"]))) == [("thread-task", "G3")]


def test_tasks_serve_a_goal_themselves_or_by_what_they_are_part_of():
    one = goals(("G1",))
    assert found(one, tasks(("T7", ["G1"]), ("T8",))) == [("thread-goal", "T8")]
    assert found(one, tasks(("T7", ["G1"]), ("T8", (), "T7"), ("T9", (), "T8"))) == []
    assert found(tasks(("T7",))) == []  # there are no goals


def test_tasks_have_a_row_of_the_raci_where_there_is_one():
    some = tasks(("T7",), ("T8", (), "T7"), ("T9",))
    rows = of("raci", "activities", ("D1", ["T7"]))
    people = of("raci", "people", ("P1", ["T9"]))
    assert found(some) == []
    assert found(some, people) == []
    assert found(some, rows) == [("thread-role", "T9")]


def test_each_break_is_as_heavy_as_it_should_be():
    some = [goals(("G1",), ("G2",)), tasks(("T7", ["G1"]), ("T8",))]
    some += [
        of("indicators", "indicators", ("I1", ["G1"])),
        of("raci", "activities", ("D1", ["T7"])),
    ]
    told = check_thread(KINDS, {b.id: b for b in some})
    assert {(f.rule, f.note, f.severity) for f in told} == {
        ("thread-task", "G2", "warning"), ("thread-indicator", "G2", "warning"),
        ("thread-role", "T8", "warning"), ("thread-goal", "T8", "warning"),
    }  # fmt: skip


def test_a_ballot_answers_nothing():
    some = [of("ideas", "ideas", ("ID1",), ("ID2",)), of("vote", "ballots", ("B1", ["ID1"]))]
    assert found(*some) == []
    made = thread(Sheet(KINDS["vote"], some[1], KINDS, {b.id: b for b in some}))
    assert made.nodes == ()


def test_where_rules_of_their_own_tell_what_is_not_taken_up_the_thread_says_nothing():
    factors = board("pestel", note("P1", "political"), note("P2", "political"))
    assert found(factors, of("trend-radar", "trends", ("TR1", ["P1"]))) == []
    some = [of("needs", "needs", ("N1",), ("N2",)), of("services", "services", ("SV1", ["N1"]))]
    assert found(*some) == []


def test_people_of_a_raci_are_taken_up_by_nothing_and_need_not_be():
    teams = own("teams", cites="raci")
    rows = board("raci", note("D1", "activities"), note("P1", "people"))
    assert told([teams], rows, of("teams", "b", ("X1", ["D1"]))) == []


def test_links_to_notes_that_are_gone_and_circles_stop_nothing():
    ring = tasks(("T7", ["gone"], "T8"), ("T8", (), "T7"))
    assert found(goals(("G1",)), ring) == [("thread-task", "G1"), ("thread-goal", "T8")]


def own(name, like="", cites="", **more):
    """Make a kind of a workshop's own, of a package's kind's method or of none."""
    cites = tuple(cites.split())
    if like:
        return replace(KINDS[like], id=name, title=f"Our {name}", cites=cites, **more)
    block = Block("b", "B", letter="X")
    return CanvasKind(name, 1, f"Our {name}", "table", (block,), cites=cites, **more)


def told(kinds, *boards):
    known = {**KINDS, **{k.id: k for k in kinds}}
    findings = check_thread(known, {b.id: b for b in boards})
    return [(f.rule, f.note, f.board.canvas) for f in findings if f.rule not in BEGINNINGS]


def test_a_workshops_own_swot_takes_part_as_the_packages_does():
    kinds = [own("radar-5", "findings"), own("sowt", "swot", "radar-5")]
    kinds += [own("ways", "tows", "sowt"), own("aims", "smart-goals", "ways")]
    survey = of("radar-5", "findings", ("F1",), ("F2",))
    mine = board("sowt", note("S1", "strengths", topic="business", links=["F1"]))
    assert told(kinds, survey, mine) == [("thread-finding", "F2", "radar-5")]
    ways = board("ways", note("SO1", "so", topic="business"), note("SO2", "so", topic="business"))
    aims = of("aims", "goals", ("G1", ["SO1"]))
    assert told(kinds, ways, aims) == [("thread-strategy", "SO2", "ways")]
    boards = {b.id: b for b in (survey, mine, ways, aims)}
    made = thread(Sheet(kinds[0], survey, {k.id: k for k in kinds}, boards))
    assert made.canvases == ("radar-5", "sowt", "ways", "aims")
    assert {n.spoken for n in made.nodes if n.open} == {"F2", "SO2"}
    assert made.analysis >= {"radar-5", "sowt"}


def test_a_kind_without_a_method_is_told_of_once_somebody_has_begun_what_cites_it():
    vrio, moves = own("vrio"), own("moves", cites="vrio")
    found_there = of("vrio", "b", ("X1",), ("X2",))
    assert told([vrio, moves], found_there) == []
    assert told([vrio, moves], found_there, board("moves")) == []
    assert told([vrio, moves], found_there, of("moves", "b", ("Y1", ["X1"]))) == [
        ("thread-open", "X2", "vrio")
    ]
    assert told([vrio, moves], found_there, of("moves", "b", ("Y1", ["X1", "X2"]))) == []


def test_goals_may_take_up_a_kind_of_the_workshops_own():
    kinds = [own("vrio"), replace(KINDS["smart-goals"], cites=("vrio",))]
    boards = [of("vrio", "b", ("X1",), ("X2",)), goals(("G1", ["X2"]))]
    assert told(kinds, *boards) == [("thread-open", "X1", "vrio")]


def test_of_two_kinds_of_tasks_one_is_enough():
    second = own("later-tasks", "tasks", "smart-goals")
    two = goals(("G1",), ("G2",))
    mine = of("later-tasks", "tasks", ("T1", ["G2"]))
    assert [t[:2] for t in told([second], two, mine)] == [("thread-task", "G1")]
    assert told([second], two, mine, tasks(("T7", ["G1"]))) == []
    assert [t[:2] for t in told([second], two, mine, tasks(("T7",)))] == [
        ("thread-task", "G1"), ("thread-goal", "T7"),
    ]  # fmt: skip


def test_tasks_that_cite_no_goals_need_none():
    kinds = [own("vrio"), own("later-tasks", "tasks", "vrio")]
    boards = [of("vrio", "b", ("X1",)), of("later-tasks", "tasks", ("T1", ["X1"]), ("T2",))]
    assert told(kinds, *boards) == []


def test_the_thread_has_every_note_and_every_link():
    boards = {
        b.id: b
        for b in (
            SWOT,
            TOWS,
            goals(("G1", ["ST1"]), ("G2", ["S1", "gone"])),
            tasks(("T7", ["G1"])),
            of("raci", "activities", ("D1", ["T7"])),
            of("indicators", "indicators", ("I1", ["G1"])),
        )
    }
    made = thread(Sheet(KINDS["swot"], SWOT, KINDS, boards))
    assert made.canvases == ("swot", "tows", "smart-goals", "indicators", "tasks", "raci")
    assert [(n.spoken, n.stage) for n in made.nodes] == [
        ("S1", 1), ("T1", 1), ("ST1", 2), ("ST2", 2), ("G1", 3), ("G2", 3), ("I1", 4), ("T7", 4),
        ("D1", 5),
    ]  # fmt: skip
    edges = {(e.earlier[3:], e.later[3:]) for e in made.edges}
    assert edges == {("S1", "ST1"), ("ST1", "G1"), ("G1", "I1"), ("G1", "T7"), ("T7", "D1")}
    assert {n.spoken for n in made.nodes if n.open} == {"T1", "ST2", "G2"}


SURVEY = of("findings", "findings", ("F1",), ("F2",))


def swot(*links):
    notes = [
        note(f"S{n}", "strengths", topic="business", links=[link])
        for n, link in enumerate(links, 1)
    ]
    return board("swot", *notes)


def test_what_a_survey_found_is_told_once_a_swot_was_begun():
    assert found(SURVEY) == []
    assert found(SURVEY, board("swot")) == []
    assert found(SURVEY, SWOT) == [("thread-finding", "")]
    assert found(SURVEY, swot("F1")) == [("thread-finding", "F2")]
    assert found(SURVEY, swot("F1", "F2")) == []
    assert found(SWOT) == []  # no survey was made
    [told] = check_thread(KINDS, {b.id: b for b in (SURVEY, SWOT)})
    assert (told.severity, told.board.canvas) == ("info", "findings")
    assert told.message.fields["spoken"] == ["F1", "F2"]


def test_the_thread_begins_with_what_a_survey_found():
    boards = {b.id: b for b in (SURVEY, swot("F1"), TOWS)}
    made = thread(Sheet(KINDS["tows"], TOWS, KINDS, boards))
    assert made.canvases == ("findings", "swot", "tows")
    assert made.analysis >= {"findings", "swot", "pestel", "needs"}
    assert made.analysis.isdisjoint({"tows", "smart-goals", "tasks"})
    edges = {(e.earlier[3:], e.later[3:]) for e in made.edges}
    assert edges == {("F1", "S1"), ("S1", "ST1")}
    assert {n.spoken for n in made.nodes if n.open} == {"F2"}


def test_check_tells_it_with_the_workshops_severities():
    boards = {b.id: b for b in (TOWS, goals(("G1", ["ST1"])))}
    rules = [f.rule for f in check(KINDS, boards, {})]
    assert rules.count("thread-strategy") == 1
    assert "thread-strategy" not in {
        f.rule for f in check(KINDS, boards, {"thread-strategy": "off"})
    }


def test_no_rule_stops_at_what_fields_hold():
    """Old journals and imports may hold anything anywhere."""
    odd = [None, "", "?", "T1", float("nan"), float("inf"), 10**400, -1, True, ("a", "b"), "\x00"]
    boards = {}
    for kind in KINDS.values():
        names = [f.id for f in kind.fields] + ["part-of"]
        notes = [
            note(f"{b.letter}{i}", b.id, "" if value is None else str(value)[:20]
                 if not isinstance(value, int) else "x", **dict.fromkeys(names, value))
            for b in kind.blocks for i, value in enumerate(odd)
        ]  # fmt: skip
        one = board(kind.id, *notes)
        boards[one.id] = one
    found = check(KINDS, boards, {}, "2026-11-20")
    assert {"raci", "tasks", "indicators", "action-plan"} <= {f.board.canvas for f in found}
    assert all(str(f.message) and str(f.suggestion) for f in found)


def test_kinds_of_a_trainers_own_that_cite_in_a_circle_or_themselves_stop_nothing():
    def kind(name, cites):
        return CanvasKind(name, 1, name, "table", (Block("b", "B", letter="B"),), cites=(cites,))

    kinds = {k.id: k for k in (kind("a", "b"), kind("b", "a"), kind("c", "c"), kind("d", "gone"))}
    boards = {
        one.id: one
        for one in (
            board("a", note("A1", "b", links=["B1"])),
            board("b", note("B1", "b", links=["A1"])),
            board("c", note("C1", "b"), note("C2", "b", links=["C1", "C2"]), note("C3", "b")),
            board("d", note("D1", "b", links=["A1"])),
        )
    }
    made = thread(Sheet(kinds["a"], boards[BoardId("x", "a")], kinds, boards))
    edges = {(e.earlier[3:], e.later[3:]) for e in made.edges}
    assert edges == {("A1", "B1"), ("B1", "A1"), ("C1", "C2"), ("C2", "C2")}
    assert "d" not in made.canvases
    assert check(kinds, boards, {}) == []


def test_a_kind_may_cite_several_and_comes_after_the_farthest():
    kinds = [own("first"), own("second", cites="first"), own("both", cites="first second")]
    kinds += [own("last", cites="both first gone")]
    notes = [
        of("first", "b", ("X1",), ("X2",)),
        of("second", "b", ("X3", ["X1"]), ("X4",)),
        of("both", "b", ("X5", ["X1", "X3"])),
        of("last", "b", ("X6", ["X2", "X5", "X3"])),
    ]
    known = {k.id: k for k in kinds}
    made = thread(Sheet(kinds[0], notes[0], known, {b.id: b for b in notes}))
    assert [(n.spoken, n.stage) for n in made.nodes] == [
        ("X1", 0), ("X2", 0), ("X3", 1), ("X4", 1), ("X5", 2), ("X6", 3),
    ]  # fmt: skip
    # X6 names X3, but its kind does not cite that canvas.
    edges = {(e.earlier[3:], e.later[3:]) for e in made.edges}
    assert edges == {("X1", "X3"), ("X1", "X5"), ("X3", "X5"), ("X2", "X6"), ("X5", "X6")}
    # Each canvas that could take a note up tells where it does not.
    assert {n.spoken for n in made.nodes if n.open} == {"X1", "X2", "X4"}
    assert [t[:2] for t in told(kinds, *notes)] == [
        ("thread-open", "X2"), ("thread-open", "X2"), ("thread-open", "X4"), ("thread-open", "X1"),
    ]  # fmt: skip


def test_kinds_that_cite_each_other_in_a_circle_come_after_what_is_before_them_all():
    kinds = [own("a", cites="b start"), own("b", cites="c"), own("c", cites="a"), own("start")]
    kinds += [own("after", cites="c")]
    notes = [of(k.id, "b", (f"X{n}",)) for n, k in enumerate(kinds)]
    made = thread(Sheet(kinds[0], notes[0], {k.id: k for k in kinds}, {b.id: b for b in notes}))
    assert {n.canvas: n.stage for n in made.nodes} == {
        "start": 0, "a": 3, "b": 3, "c": 3, "after": 4,
    }  # fmt: skip


def test_a_swot_takes_up_factors_of_a_pestel_as_well_as_findings():
    factors = board("pestel", note("P1", "political"), note("P2", "political"))
    notes = [
        note("T1", "threats", topic="business", links=["P1", "F1"]),
        note("S1", "strengths", topic="business", links=["F2"]),
    ]
    mine = board("swot", *notes)
    assert found(SURVEY, factors, mine) == []  # nobody has to take up each factor
    boards = {b.id: b for b in (SURVEY, factors, mine)}
    made = thread(Sheet(KINDS["swot"], mine, KINDS, boards))
    assert {(n.spoken, n.stage) for n in made.nodes} == {
        ("P1", 0), ("P2", 0), ("F1", 0), ("F2", 0), ("T1", 1), ("S1", 1),
    }  # fmt: skip
    edges = {(e.earlier[3:], e.later[3:]) for e in made.edges}
    assert edges == {("P1", "T1"), ("F1", "T1"), ("F2", "S1")}


def test_the_thread_breaks_off_at_threats_and_opportunities_without_a_strategy():
    swot = board("swot", *(note(f"{b[0].upper()}1", b, topic="business") for b in
                           ("strengths", "weaknesses", "opportunities", "threats")))  # fmt: skip

    def broken(*strategies):
        boards = {b.id: b for b in (swot, board("tows", *strategies))}
        made = thread(Sheet(KINDS["swot"], swot, KINDS, boards))
        return {n.spoken for n in made.nodes if n.open}

    assert broken() == set()  # nobody has begun
    assert broken(note("ST1", "st")) == {"O1", "T1"}
    assert broken(note("ST1", "st", links=["T1"])) == {"O1"}
    assert broken(note("ST1", "st", links=["T1", "O1"])) == set()
