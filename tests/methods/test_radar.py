"""Trend radar: placed, compared, urgent where influence is high and competence low."""

import math
from dataclasses import replace

import pytest
from sheets_of import KINDS, board, note, rules, sheet

from clusterlab.methods import check, check_radar, proposals, radar

FULL = {"segment": "Climate", "ring": "act", "influence": 3, "competence": 3}


def trend(spoken, **more):
    return note(spoken, "trends", f"Trend {spoken} grows", **{**FULL, **more})


@pytest.mark.parametrize("lacking", ["segment", "ring", "influence"])
def test_a_trend_needs_segment_ring_and_influence(lacking):
    assert rules(check_radar(sheet("trend-radar", trend("TR1")))) == []
    [found] = check_radar(sheet("trend-radar", trend("TR1", **{lacking: None})))
    assert (found.rule, found.note, found.severity) == ("radar-missing", "TR1", "error")
    assert KINDS["trend-radar"].field(lacking).label in str(found.message)


@pytest.mark.parametrize(
    ("influence", "competence", "expected"),
    [(4, 2, True), (5, 1, True), (3, 2, False), (4, 3, False), (4, None, False), (3, 3, False)],
)
def test_high_influence_and_low_competence_call_for_action(influence, competence, expected):
    own = sheet("trend-radar", trend("TR1", influence=influence, competence=competence))
    assert (("radar-act", "TR1") in rules(check_radar(own))) is expected
    assert radar(own).trends[0].urgent is expected


@pytest.mark.parametrize(
    "odd",
    [6, 0, -1, 2**80, 10**5000, float("nan"), float("inf"), "much", True, (1,), {"a": 1}],
    ids=lambda odd: type(odd).__name__,
)
def test_what_is_no_rating_is_said_and_does_not_count(odd):
    own = sheet("trend-radar", trend("TR1", influence=odd))
    assert rules(check_radar(own)) == [("radar-odd", "TR1")]
    assert radar(own).trends[0].influence is None


def test_the_bounds_of_a_scale_belong_to_it():
    notes = trend("TR1", influence=1), trend("TR2", influence=5)
    assert rules(check_radar(sheet("trend-radar", *notes))) == []


def test_a_ring_that_the_kind_does_not_have_is_said():
    assert rules(check_radar(sheet("trend-radar", trend("TR1", ring="soon")))) == [
        ("radar-odd", "TR1")
    ]


def test_rings_are_those_of_the_workshops_own_kind():
    own = sheet("trend-radar", trend("TR1", ring="now"), trend("TR2", ring="later"))
    ring = own.kind.field("ring")
    rings = tuple(replace(c, id=i) for c, i in zip(ring.choices, ("later", "now"), strict=False))
    fields = tuple(replace(f, choices=rings) if f is ring else f for f in own.kind.fields)
    own = replace(own, kind=replace(own.kind, fields=fields))
    assert rules(check_radar(own)) == []
    assert [t.ring.id for t in radar(own).trends] == ["later", "now"]


def test_trends_are_sorted_by_ring_then_influence_then_competence():
    own = sheet(
        "trend-radar",
        trend("TR1", ring="watch", influence=5),
        trend("TR2", ring="act", influence=3),
        trend("TR3", ring="act", influence=5, competence=4),
        trend("TR4", ring=None, influence=5),
        trend("TR5", ring="act", influence=5, competence=1),
        trend("TR6", ring="act", influence=None),
    )
    order = ["TR5", "TR3", "TR2", "TR6", "TR1", "TR4"]
    assert [t.note.spoken for t in radar(own).trends] == order


def test_segments_of_other_case_and_spaces_are_one():
    own = sheet(
        "trend-radar",
        trend("TR1"), trend("TR2", segment=" climate\n"), trend("TR3", segment="Skills"),
        trend("TR4", segment=None),
    )  # fmt: skip
    assert radar(own).segments == ("Climate", "Skills")


def test_means_compare_only_trends_that_have_both_ratings():
    own = sheet(
        "trend-radar",
        trend("TR1", influence=5, **{"benchmark-influence": 3.5}),
        trend("TR2", influence=2, **{"benchmark-influence": 4}),
        trend("TR3", influence=1),
        trend("TR4", influence=None, **{"benchmark-influence": 1}),
    )
    found = radar(own)
    assert (found.influence.own, found.influence.benchmark, found.influence.count) == (3.5, 3.75, 2)
    assert found.competence is None


def test_distance_takes_all_four_ratings():
    both = {"benchmark-influence": 2, "benchmark-competence": 5}
    own = sheet("trend-radar", trend("TR1", influence=5, competence=1, **both))
    [found] = radar(own).trends
    assert (found.influence_ahead, found.competence_ahead, found.distance) == (3, -4, 5)
    assert math.isclose(found.distance**2, 25)
    half = sheet("trend-radar", trend("TR1", **{"benchmark-influence": 2}))
    assert radar(half).trends[0].distance is None


# -- proposals from the PESTEL -------------------------------------------------------------------


def factor(spoken, horizon="short", likelihood=4, impact=4, **more):
    rated = {"horizon": horizon, "likelihood": likelihood, "impact": impact}
    return note(spoken, "legal", f"Rules for {spoken} get stricter", **rated, **more)


def proposed(*factors, trends=()):
    own = sheet("trend-radar", *trends, others=[board("pestel", *factors)])
    found = proposals(own)
    return [(p.factor.spoken, p.ring.id if p.ring else "", p.influence) for p in found]


@pytest.mark.parametrize(
    ("horizon", "likelihood", "ring"),
    [
        ("short", 5, "act"),
        ("short", 3, "act"),  # on the middle is not below it
        ("short", 2, "prepare"),
        ("medium", None, "prepare"),
        ("medium", 1, "watch"),
        ("long", 5, "watch"),
        ("long", 1, "watch"),
        (None, 5, ""),
        ("soon", 5, ""),
    ],
)
def test_horizon_and_likelihood_suggest_the_ring(horizon, likelihood, ring):
    assert proposed(factor("LE1", horizon, likelihood)) == [("LE1", ring, 4)]


def test_inner_rings_and_strong_factors_are_proposed_first():
    factors = (
        factor("LE1", "long", impact=5), factor("LE2", None), factor("LE3", impact=None),
        factor("LE4", impact=1), factor("LE5", impact=5),
    )  # fmt: skip
    assert [spoken for spoken, _, _ in proposed(*factors)] == ["LE5", "LE4", "LE3", "LE1", "LE2"]


def test_what_the_radar_has_is_not_proposed_again():
    same = note("TR1", "trends", "rules for LE1 get stricter!")
    linked = note("TR2", "trends", "Batteries", links=["LE2"])
    factors = factor("LE1"), factor("LE2"), factor("LE3")
    assert [s for s, _, _ in proposed(*factors, trends=(same, linked))] == ["LE3"]


def test_factors_without_words_do_not_stand_for_each_other():
    empty = note("TR1", "trends", "…")
    silent = replace(factor("LE1"), values={"text": "", "impact": 4})
    assert [s for s, _, _ in proposed(silent, trends=[empty])] == ["LE1"]


def test_without_a_pestel_nothing_is_proposed():
    own = sheet("trend-radar", trend("TR1"))
    assert proposals(own) == ()
    assert proposals(replace(own, kinds={})) == ()


def test_a_cluster_without_a_radar_hears_nothing_of_it():
    own = board("pestel", factor("LE1", effect="threat"))
    assert check(KINDS, {own.id: own}, {}) == []
