"""PESTEL: factors with a direction; what is around the cluster is no strength or weakness."""

import pytest
from sheets_of import KINDS, board, note, rules, sheet

from clusterlab.methods import check, check_pestel, check_swot, factors

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


@pytest.mark.parametrize(
    ("text", "said"),
    [("Law", "LE1 looks like a keyword, not like a development."), (" ", "LE1 has no text.")],
)
def test_a_keyword_and_a_blank_are_told_apart(text, said):
    [finding] = check_pestel(sheet("pestel", factor(text=text)))
    assert str(finding.message) == said


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


@pytest.mark.parametrize(
    ("links", "severity", "said"),
    [
        (["LE1"], "error", "W1 stands inside the cluster, but builds on LE1, which is around it."),
        ([], "warning", "W1 stands inside the cluster, but says the same as LE1 around it."),
    ],
)
def test_a_link_is_an_error_and_the_same_words_are_a_warning(links, severity, said):
    text = "Rules for batteries get stricter"
    one = note("W1", "weaknesses", text, topic="business", links=links)
    own = sheet("swot", one, others=[board("pestel", LAW)])
    (found,) = [f for f in check_swot(own) if f.rule.startswith("swot-factor")]
    assert (found.severity, str(found.message)) == (severity, said)


def test_a_link_says_more_than_the_same_words():
    text = "Rules for batteries get stricter"
    one = note("W1", "weaknesses", text, topic="business", links=["LE1"])
    assert swot(one) == [("swot-factor", "W1")]


def test_notes_without_words_are_no_factor():
    assert swot(note("S1", "strengths", "…", topic="business"), factors=[factor(text="!")]) == []


def test_a_swot_of_a_cluster_without_pestel_is_as_before():
    own = board("swot", note("S1", "strengths", topic="business"))
    assert {f.rule for f in check(KINDS, {own.id: own}, {})} <= {"swot-empty", "tows-none"}


# -- factors by weight ---------------------------------------------------------------------------


def ranked(*notes, others=()):
    return factors(sheet("pestel", *notes, others=others))


def test_factors_are_ranked_by_impact_times_likelihood():
    found = ranked(
        factor("LE1", impact=2, likelihood=5),
        factor("LE2", impact=5, likelihood=4),
        factor("LE3", impact=None),
        factor("LE4", impact=4, likelihood=5),
    )
    said = [(f.note.spoken, f.score, f.rank) for f in found]
    assert said == [("LE2", 20, 1), ("LE4", 20, 1), ("LE1", 10, 3), ("LE3", None, 0)]


def test_equal_scores_stand_by_impact_then_by_horizon():
    found = ranked(
        factor("LE1", impact=2, likelihood=4, horizon="short"),
        factor("LE2", impact=4, likelihood=2, horizon=None),
        factor("LE3", impact=4, likelihood=2, horizon="long"),
        factor("LE4", impact=4, likelihood=2, horizon="short"),
    )
    assert [f.note.spoken for f in found] == ["LE4", "LE3", "LE2", "LE1"]
    assert {f.rank for f in found} == {1}


@pytest.mark.parametrize(
    "value", [0, 6, "4", float("nan"), True, 10**5000], ids=lambda v: type(v).__name__
)
def test_a_rating_that_is_none_gives_no_score(value):
    [found] = ranked(factor(likelihood=value))
    assert (found.impact, found.likelihood, found.score, found.rank) == (4, None, None, 0)


def test_what_takes_a_factor_up_is_named_and_nothing_is_proposed_then():
    trend = note("TR1", "trends", "Stricter rules", links=["LE1"])
    [found] = ranked(factor(), others=[board("trend-radar", trend)])
    assert [n.spoken for n in found.trends] == ["TR1"]
    assert found.proposed_ring is None
    threat = note("T1", "threats", "rules for batteries get stricter.", topic="services")
    [found] = ranked(factor(), others=[board("swot", threat)])
    assert [n.spoken for n in found.swot] == ["T1"]
    assert found.proposed_block is None


def test_notes_that_say_something_else_or_nothing_take_no_factor_up():
    trend = note("TR1", "trends", "Batteries get cheaper", links=["LE9"])
    threat = note("T1", "threats", " ", topic="services")
    for one in (factor(), factor(text="")):
        [found] = ranked(one, others=[board("trend-radar", trend), board("swot", threat)])
        assert (found.trends, found.swot) == ((), ())
        assert found.field.id == "legal"


def test_a_strength_takes_no_factor_up():
    inside = note("S1", "strengths", topic="services", links=["LE1"])
    [found] = ranked(factor(), others=[board("swot", inside)])
    assert found.swot == ()
    assert found.proposed_block.id == "threats"


@pytest.mark.parametrize(
    ("effect", "block"),
    [("threat", "threats"), ("opportunity", "opportunities"), (None, None), ("good", None)],
)
def test_the_effect_says_where_a_factor_belongs_in_the_swot(effect, block):
    [found] = ranked(factor(effect=effect))
    assert (found.proposed_block.id if found.proposed_block else None) == block


@pytest.mark.parametrize(
    ("horizon", "likelihood", "ring"),
    [("short", 3, "act"), ("short", 2, "prepare"), ("long", 1, "watch"), (None, 3, None)],
)
def test_horizon_and_likelihood_propose_the_ring(horizon, likelihood, ring):
    [found] = ranked(factor(horizon=horizon, likelihood=likelihood))
    assert (found.proposed_ring.id if found.proposed_ring else None) == ring
