"""Survey figures: worked examples, odd answers, and what holds for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.errors import UsageError
from clusterlab.methods import agreement, net_promoter, rounded, several_answers

ODD = ["ten", True, 11, -1, 7.5, float("nan"), float("inf"), 10**400, (), b"9"]


def test_detractors_are_seven_boxes():
    found = net_promoter(range(11))
    assert (found.promoters, found.passives, found.detractors, found.n) == (2, 2, 7, 11)
    assert found.score == -45  # 100 · (2 - 7) / 11 = -45.45


@pytest.mark.parametrize(
    ("answers", "score"),
    [([9, 10.0], 100), ([6], -100), ([7, 8], 0), ([], None), ([None, ""], None), (ODD, None)],
)
def test_the_score_goes_from_minus_100_to_100(answers, score):
    found = net_promoter(answers)
    assert found.score == score
    assert found.odd == (len(ODD) if answers is ODD else 0)


def test_decimals_only_from_thirty_answers_on():
    assert net_promoter([9] * 10 + [8] * 19).score == 34  # 34.48
    assert net_promoter([9] * 10 + [8] * 20).score == 33.3


@given(st.lists(st.integers(0, 10), max_size=40))
def test_everybody_is_one_of_three(answers):
    found = net_promoter(answers)
    assert found.promoters + found.passives + found.detractors == found.n == len(answers)
    assert found.score is None or -100 <= found.score <= 100


def test_top_and_bottom_boxes_of_five_points():
    found = agreement([5, 4, 4, 3, 2, 1, 1, 5], unsure=("?",))
    assert found.counts == (2, 1, 1, 2, 2)
    assert (found.top, found.bottom, found.net) == (50, 38, 13)  # 4, 3 and 1 of 8: 37.5, 12.5
    assert found.mean == 3.125


def test_who_does_not_know_is_not_in_n():
    found = agreement([5, 5, "?", "?", 0, None, "", *ODD[:2]], unsure=("?", 0))
    assert (found.n, found.unsure, found.odd, found.top) == (2, 3, 2, 100)


def test_without_answers_there_is_no_figure():
    found = agreement([])
    assert (found.n, found.top, found.bottom, found.net, found.mean) == (0, None, None, None, None)


def test_a_scale_of_three_has_no_two_ends():
    with pytest.raises(UsageError):
        agreement([1, 2], high=3)
    assert agreement([1, 2], high=4).n == 2


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_net_is_what_is_left_of_top(answers):
    found = agreement(answers)
    assert found.net is not None
    assert abs(found.net - (found.top - found.bottom)) <= 1  # each is rounded for itself


def test_percent_are_of_respondents_and_may_pass_100():
    found = several_answers([["a", "b"], ["a", "a"], ["b", "new"], [], None], ["a", "b", "c"])
    assert found.n == 3
    assert [(c.option, c.count, c.percent) for c in found.chosen] == [
        ("a", 2, 67),
        ("b", 2, 67),
        ("c", 0, 0),
        ("new", 1, 33),
    ]
    assert several_answers([], ["a"]).chosen[0].percent is None


@pytest.mark.parametrize(
    ("value", "of", "figure"),
    [
        (0.5, 29, 1),
        (0.49, 29, 0),
        (-0.5, 29, -1),
        (66.25, 30, 66.3),
        (-66.25, 30, -66.3),
        (0, 30, 0),
    ],
)
def test_half_a_figure_goes_away_from_zero(value, of, figure):
    assert rounded(value, of) == figure
