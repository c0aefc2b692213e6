"""The methods' rules: each finds what it should, and nothing else."""

from dataclasses import replace
from functools import partial

import pytest
from sheets_of import KINDS, board, note, rules, sheet

from clusterlab.language import load
from clusterlab.methods import (
    MethodSettings,
    check,
    check_goals,
    check_swot,
    check_tows,
    compare,
    fullness,
)

SAY = load("en").say
note = partial(note, topic="business")


def test_a_keyword_is_no_statement():
    found = check_swot(sheet("swot", note("S1", "strengths", "Funding")))
    assert rules(found) == [("swot-noun", "S1")]


def test_two_words_may_be_a_statement():
    found = check_swot(sheet("swot", note("T1", "threats", "Energiepreise steigen")))
    assert rules(found) == []


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Know-how", True), ("EU-Förderung", True), ("R&D", True), ("Know-how!", True),
        ("– Funding –", True), (" ", True), ("R & D", False), ("Know-how fehlt", False),
        ("EU-Förderung endet", False), ("成本上升，利润下降", False),
    ],
)  # fmt: skip
def test_signs_within_a_word_make_no_two_words(text, fires):
    found = check_swot(sheet("swot", note("S1", "strengths", text)))
    assert rules(found) == [("swot-noun", "S1")] * fires


def test_the_same_text_as_help_and_harm_is_found_whatever_its_case():
    notes = (
        note("S1", "strengths", "The team is small and quick"),
        note("W1", "weaknesses", "the team is small, and quick!"),
        note("O1", "opportunities", "the team is small and quick"),
    )
    assert rules(check_swot(sheet("swot", *notes))) == [("swot-both", "W1")]


@pytest.mark.parametrize(("last", "fires"), [("quick", True), ("slow", False)])
def test_texts_of_which_one_word_differs_do_not_say_the_same(last, fires):
    notes = (
        note("O1", "opportunities", "The market is small and quick"),
        note("T1", "threats", f"The market is small and {last}"),
    )
    assert rules(check_swot(sheet("swot", *notes))) == [("swot-both", "T1")] * fires


def test_empty_quadrants_are_told_only_on_topics_that_were_begun():
    found = check_swot(sheet("swot", note("S1", "strengths")))
    assert [f.rule for f in found] == ["swot-empty"] * 3
    assert {f.board.topic for f in found} == {"business"}
    assert check_swot(sheet("swot")) == []


SWOT = (
    note("S1", "strengths"),
    note("W1", "weaknesses"),
    note("O1", "opportunities"),
    note("T1", "threats"),
)


def tows(*notes):
    return rules(check_tows(sheet("tows", *notes, others=[board("swot", *SWOT)])))


def test_a_strategy_names_notes_of_both_sides_of_its_cell():
    assert tows(note("SO1", "so", links=["S1", "O1"]), note("ST1", "st", links=["S1", "T1"])) == []
    assert tows(note("SO1", "so", links=["S1"]), note("ST1", "st", links=["O1", "T1", "S1"])) == [
        ("tows-cell", "ST1"),
        ("tows-cite", "SO1"),
    ]


def test_threats_and_opportunities_without_a_strategy_are_orphans():
    assert tows(note("SO1", "so", links=["S1", "O1"])) == [("tows-orphan", "T1")]
    assert tows() == [("tows-none", "")]


@pytest.mark.parametrize(("topic", "fires"), [("old", True), ("business", False)])
def test_notes_on_a_topic_that_only_the_swot_has_are_orphans_too(topic, fires):
    threat = note("T2", "threats", "Funding ends", topic=topic)
    swot = board("swot", *SWOT, threat)
    answers = [
        note("ST1", "st", links=["S1", "T1"]),
        note("SO1", "so", links=["S1", "O1"]),
    ]
    found = check_tows(sheet("tows", *answers, others=[swot]))
    told = [(f.rule, f.note, f.board.topic) for f in found if f.severity != "info"]
    assert told == [("tows-orphan", "T2", topic)]
    answered = note("WT1", "wt", links=["W1", "T2"])
    if fires:
        assert rules(check_tows(sheet("tows", *answers, answered, others=[swot]))) == []
    assert rules(check_tows(sheet("tows", others=[swot]))) == [("tows-none", "")] * (1 + fires)


def test_a_link_to_a_deleted_note_does_not_count():
    assert ("tows-cite", "SO1") in tows(note("SO1", "so", links=["S1", "gone"]))


def test_a_strategy_on_another_topic_answers_too():
    threat = note("T1", "threats", "Funding ends", topic="business")
    strength = note("S1", "strengths", "We know all members", topic="services")
    swot = board("swot", threat, strength)
    answer = note("ST1", "st", "Ask members to pay", topic="services", links=["S1", "T1"])
    other = note("SO1", "so", "Offer more", topic="business")
    found = check_tows(sheet("tows", answer, other, others=[swot]))
    assert "tows-orphan" not in {f.rule for f in found}


def test_what_is_said_of_an_orphan_names_the_strategies_that_may_answer_it():
    def advice(*strategies):
        found = check_tows(sheet("tows", *strategies, others=[board("swot", *SWOT)]))
        return {f.note: SAY(f.suggestion) for f in found if f.rule == "tows-orphan"}

    plain = "Link a strategy to it, write one, or decide to live with it."
    assert advice(note("SO1", "so", links=["S1", "O1"])) == {"T1": plain}
    # SO1 pairs no threats; ST1 is linked to a strength alone, WT1 to nothing that is still there.
    open_ = [
        note("SO1", "so", links=["S1", "O1"]),
        note("ST1", "st", links=["S1"]),
        note("WT1", "wt", links=["gone"]),
    ]
    assert advice(*open_)["T1"].startswith(
        "Strategies on this topic that are linked to nothing under “Threats” yet (2): ST1, WT1. "
    )
    elsewhere = note("WT2", "wt", topic="services")
    assert advice(note("SO1", "so", links=["S1"]), elsewhere)["T1"] == plain
    assert "yet (1): SO1." in advice(note("SO1", "so", links=["S1"]), elsewhere)["O1"]


def test_a_strategy_without_its_links_is_told_with_its_cell_and_what_is_missing():
    own = sheet("tows", note("SO1", "so", links=["S1"]), others=[board("swot", *SWOT)])
    [told] = [f for f in check_tows(own) if f.rule == "tows-cite"]
    assert SAY(told.message) == (
        "SO1 stands under “Strengths × opportunities”, but is linked to no note under: "
        "Opportunities."
    )


def test_notes_on_a_topic_that_is_no_more_are_checked():
    old = note("S1", "strengths", "Funding", topic="old")
    assert "swot-noun" in {f.rule for f in check_swot(sheet("swot", old))}


@pytest.mark.parametrize(
    ("deadline", "fires"), [("2026-11-19", True), ("2026-11-20", False), ("2026-11-21", False)]
)
def test_a_goal_whose_deadline_has_passed_is_told(deadline, fires):
    goal = note("G1", "goals", topic="", deadline=deadline)
    found = check_goals(sheet("smart-goals", goal, day="2026-11-20"))
    assert [f.severity for f in found if f.rule == "smart-past"] == ["warning"] * fires


@pytest.mark.parametrize("name", ["indicator", "baseline", "target", "unit", "owner", "deadline"])
def test_what_makes_a_goal_measurable_and_owned_is_an_error_where_it_is_missing(name):
    full = {
        "indicator": "members", "baseline": 40, "target": 200, "unit": "members",
        "owner": "Board", "deadline": "2027-12-31", "achievable": "yes", "relevant": "yes",
        "specific": "yes", "measurable": "yes", "time-bound": "yes",
    }  # fmt: skip
    goal = note("G1", "goals", topic="", **{**full, name: None})
    found = [f for f in check_goals(sheet("smart-goals", goal)) if f.rule == "smart-missing"]
    assert [f.severity for f in found] == ["error"]


def test_goals_say_what_is_missing():
    full = {
        "indicator": "members", "baseline": 40, "target": 200, "unit": "members",
        "owner": "Board", "deadline": "2027-12-31", "achievable": "yes", "relevant": "yes",
        "specific": "yes", "measurable": "yes", "time-bound": "yes",
    }  # fmt: skip
    assert rules(check_goals(sheet("smart-goals", note("G1", "goals", topic="", **full)))) == []
    bare = check_goals(sheet("smart-goals", note("G1", "goals", topic="")))
    assert {f.severity for f in bare} == {"error", "warning"}
    assert len(bare) == 11
    still = check_goals(
        sheet("smart-goals", note("G1", "goals", topic="", **{**full, "target": 40}))
    )
    assert rules(still) == [("smart-still", "G1")]


def test_what_a_goal_lacks_is_as_heavy_as_it_should_be():
    bare = check_goals(sheet("smart-goals", note("G1", "goals", "Improve services", topic="")))
    lacks = {str(f.message.fields["field"]): f.severity for f in bare if f.rule == "smart-missing"}
    errors = {"Indicator", "Baseline", "Target", "Unit", "Owner", "Deadline"}
    texts = {"Specific", "Measurable", "Achievable", "Relevant", "Time-bound"}
    assert lacks == {**dict.fromkeys(errors, "error"), **dict.fromkeys(texts, "warning")}
    assert [f.severity for f in bare if f.rule == "smart-vague"] == ["warning"]


def test_a_deadline_of_a_goal_that_is_no_day_is_told():
    def odd(deadline):
        found = check_goals(sheet("smart-goals", note("G1", "goals", topic="", deadline=deadline)))
        return [f.severity for f in found if f.rule == "smart-odd"]

    assert odd("soon") == ["error"]
    assert odd("31.12.2027") == odd("2027-12-31") == []


def test_somebody_confirms_that_a_goal_is_achievable_and_relevant():
    def asked(**more):
        found = check_goals(sheet("smart-goals", note("G1", "goals", topic="", **more)))
        return [f.severity for f in found if f.rule == "smart-confirm"]

    assert asked() == []
    assert asked(relevant="Members asked for it") == ["info"]
    assert asked(relevant="Members asked for it", **{"confirmed-by": " "}) == ["info"]
    assert asked(relevant="Members asked for it", **{"confirmed-by": "Board"}) == []


def test_how_many_notes_a_strategy_builds_on_at_most_is_the_workshops_choice():
    swot = [note(f"S{n}", "strengths") for n in range(1, 5)] + [note("O1", "opportunities")]
    links = [n.spoken for n in swot]

    def many(count, **settings):
        own = sheet("tows", note("SO1", "so", links=links[-count:]), others=[board("swot", *swot)])
        found = check_tows(replace(own, settings=MethodSettings(**settings)))
        return [str(f.message) for f in found if f.rule == "tows-many"]

    assert many(4) == []
    assert many(5) == ["SO1 builds on 5 notes, more than 4."]
    assert many(2, tows_factors=2) == []
    assert many(3, tows_factors=2) == ["SO1 builds on 3 notes, more than 2."]


@pytest.mark.parametrize(
    ("most", "strengths", "expected"),
    [
        (0, 4, []),
        (2, 2, []),
        (2, 3, ["SO1 builds on 3 notes from “Strengths”, more than 2: S1, S2, S3."]),
        (1, 2, ["SO1 builds on 2 notes from “Strengths”, more than 1: S1, S2."]),
    ],
)
def test_how_many_notes_of_one_letter_a_strategy_builds_on_may_be_limited(
    most, strengths, expected
):
    swot = [note(f"S{n}", "strengths") for n in range(1, 5)] + [note("O1", "opportunities")]
    links = [*(f"S{n}" for n in range(1, strengths + 1)), "O1", "gone"]
    own = sheet("tows", note("SO1", "so", links=links), others=[board("swot", *swot)])
    found = check_tows(replace(own, settings=MethodSettings(tows_per_letter=most)))
    told = [f for f in found if f.rule == "tows-letter"]
    assert [SAY(f.message) for f in told] == expected
    assert {(f.severity, f.note) for f in told} == ({("info", "SO1")} if expected else set())


def test_links_that_are_there_twice_count_once():
    swot = [note("S1", "strengths"), note("O1", "opportunities")]
    own = sheet("tows", note("SO1", "so", links=["S1", "S1", "O1"]), others=[board("swot", *swot)])
    found = check_tows(replace(own, settings=MethodSettings(tows_per_letter=1)))
    assert "tows-letter" not in {f.rule for f in found}


def test_numbers_of_a_goal_are_numbers_and_blanks_are_missing():
    def found(**more):
        goal = note("G1", "goals", more.pop("text", "Win members"), **more)
        return {
            f.rule for f in check_goals(sheet("smart-goals", goal)) if f.rule != "smart-missing"
        }

    assert found(target="many") == {"smart-odd"}
    assert found(deadline="end of March-ish") == {"smart-odd"}
    assert found(deadline="31.3.2027") == set()
    assert found(target="", baseline="") == set()
    assert found(target=5, baseline=5.0) == {"smart-still"}
    assert found(target=5, baseline=5.01) == set()
    assert found(target=0, baseline=0) == {"smart-still"}
    assert found(target=5) == set()
    blank = check_goals(sheet("smart-goals", note("G1", "goals", "Win members", owner=" ")))
    assert len([f for f in blank if f.rule == "smart-missing"]) == 11


def test_a_vague_verb_is_told_unless_text_or_numbers_say_by_how_much():
    def vague(**more):
        goal = note("G1", "goals", more.pop("text", "Improve the training"), **more)
        found = check_goals(sheet("smart-goals", goal))
        return any(f.rule == "smart-vague" for f in found)

    assert vague()
    assert vague(baseline=3)
    assert not vague(baseline=3, target=9)
    assert not vague(text="Improve the training of 20 members")


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Improve our services by 2027", True),
        ("Improve our services in 2026/27", True),
        ("Improve our services until 2026–2028", True),
        ("Improve our services by 2027-03-31", True),
        ("Improve our services by 31.3.2027", True),
        ("Improve our services by 31. 3. 2027", True),
        ("Improve our services by 31/03/27", True),
        ("Improve our services by Q3 2027", True),
        ("Improve our B2B services", True),
        ("Improve our services by 20 % in 2027", False),
        ("Improve our services for 3 firms by 2027", False),
        ("Improve services for 1899 firms", False),
        ("Improve services for 2100 firms", False),
        ("Improve services for 20270 firms", False),
        ("Improve services worth 2027 €", False),
        ("Improve services worth 1,950 euros", False),
        ("Improve services by 2.5 points", False),
    ],
)
def test_a_year_or_a_date_does_not_say_how_much(text, fires):
    found = check_goals(sheet("smart-goals", note("G1", "goals", text, topic="")))
    assert ("smart-vague" in {f.rule for f in found}) is fires


def test_notes_without_words_are_not_the_same_as_each_other():
    notes = [
        note("S1", "strengths", "👍", topic="business"),
        note("W1", "weaknesses", "🔥", topic="business"),
        note("S2", "strengths", " ", topic="business"),
        note("W2", "weaknesses", "", topic="business"),
    ]
    found = check_swot(sheet("swot", *notes))
    assert "swot-both" not in {f.rule for f in found}
    assert "S2 has no text." in {str(f.message) for f in found}
    twins = [
        note("S1", "strengths", "👍", topic="business"),
        note("W1", "weaknesses", "👍", topic="business"),
    ]
    assert ("swot-both", "W1") in rules(check_swot(sheet("swot", *twins)))


def test_a_swot_without_any_tows_is_told_and_severities_are_the_workshops():
    boards = {b.id: b for b in [board("swot", *SWOT)]}
    found = check(KINDS, boards, {})
    assert ("tows-none", "") in rules(found)
    assert "tows-none" not in {f.rule for f in check(KINDS, boards, {"tows-none": "off"})}
    raised = check(KINDS, boards, {"tows-none": "error"})
    assert raised[0].rule == "tows-none"


def test_comparison_pairs_equal_notes_one_to_one():
    kind = KINDS["business-model-cluster"]
    before = board(
        kind.id,
        note("CM1", "members", "Small suppliers", topic=""),
        note("CM2", "members", "Small suppliers", topic=""),
        note("CM3", "members", "Car makers", topic=""),
    )
    after = board(
        kind.id,
        note("CM1", "members", "small suppliers.", topic=""),
        note("CM2", "members", "Universities", topic=""),
        version="in-five-years",
    )
    found = next(d for d in compare(kind, before, after) if d.block == "members")
    assert [n.text for n in found.kept] == ["small suppliers."]
    assert [n.text for n in found.added] == ["Universities"]
    assert [n.text for n in found.dropped] == ["Small suppliers", "Car makers"]


def test_fullness_counts_boxes_by_topic():
    found = fullness(KINDS["swot"], board("swot", *SWOT))
    assert (found.notes, found.filled, found.boxes) == (4, 4, 12)
