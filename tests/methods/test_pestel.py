"""PESTEL: factors with a direction; what is around the cluster is no strength or weakness."""

import pytest
from sheets_of import KINDS, board, note, rules, sheet

from clusterlab.methods import check, check_pestel, check_swot

FULL = {"effect": "threat", "impact": 4, "likelihood": 3, "horizon": "short"}


def factor(spoken="LE1", text="Rules for batteries get stricter", **more):
    return note(spoken, "legal", text, **{**FULL, **more})


def found(*notes):
    return [(f.rule, f.note) for f in check_pestel(sheet("pestel", *notes))]


def test_a_full_factor_is_fine():
    assert found(factor()) == []
    assert found() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Funding", True), ("EU funding", False), ("EU funding shrinks", False), ("", True)],
)
def test_a_keyword_says_no_direction(text, expected):
    assert (("pestel-noun", "LE1") in found(factor(text=text))) is expected


def test_a_factor_without_effect_is_told():
    assert found(factor(effect=None)) == [("pestel-effect", "LE1")]
    assert found(factor(effect="good")) == [("pestel-odd", "LE1")]


@pytest.mark.parametrize("name", ["impact", "likelihood", "horizon"])
def test_a_factor_that_is_not_rated_cannot_be_placed(name):
    [finding] = check_pestel(sheet("pestel", factor(**{name: " "})))
    assert (finding.rule, finding.severity) == ("pestel-rating", "info")
    assert KINDS["pestel"].field(name).label in str(finding.message)


# -- SWOT beside a PESTEL ------------------------------------------------------------------------


LAW = factor()


def swot(*notes, factors=(LAW,)):
    own = sheet("swot", *notes, others=[board("pestel", *factors)])
    return [f for f in rules(check_swot(own)) if f[0].startswith("swot-factor")]


@pytest.mark.parametrize("block", ["strengths", "weaknesses"])
def test_a_factor_feeds_neither_strengths_nor_weaknesses(block):
    one = note("X1", block, "We know the new rules", topic="business", links=["LE1"])
    assert swot(one) == [("swot-factor", "X1")]
    assert swot(one, factors=()) == []


@pytest.mark.parametrize("block", ["opportunities", "threats"])
def test_a_factor_feeds_opportunities_and_threats(block):
    text = "Rules for batteries get stricter"
    assert swot(note("X1", block, text, topic="business", links=["LE1"])) == []


def test_the_words_of_a_factor_are_no_strength():
    text = "rules for batteries get stricter."
    assert swot(note("S1", "strengths", text, topic="services")) == [("swot-factor-text", "S1")]
    near = "Rules for batteries got stricter"
    assert swot(note("S1", "strengths", near, topic="services")) == []


def test_a_link_says_more_than_the_same_words():
    text = "Rules for batteries get stricter"
    one = note("W1", "weaknesses", text, topic="business", links=["LE1"])
    assert swot(one) == [("swot-factor", "W1")]


def test_notes_without_words_are_no_factor():
    assert swot(note("S1", "strengths", "…", topic="business"), factors=[factor(text="!")]) == []


def test_a_swot_of_a_cluster_without_pestel_is_as_before():
    own = board("swot", note("S1", "strengths", topic="business"))
    assert {f.rule for f in check(KINDS, {own.id: own}, {})} <= {"swot-empty", "tows-none"}
