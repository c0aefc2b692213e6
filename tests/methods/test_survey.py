"""Figures of counted answers: worked examples, what is hidden, and what holds for all."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clusterlab.methods import agreement, net_promoter, rounded


def recommend(**points):
    """Count answers from 0 to 10 by the names of points: ``p9=4``."""
    return [points.get(f"p{n}", 0) for n in range(11)]


def test_detractors_are_seven_boxes():
    found = net_promoter([1] * 11, least=1)
    assert (found.promoters, found.passives, found.detractors, found.n) == (2, 2, 7, 11)
    assert found.score == -45  # 100 · (2 - 7) / 11 = -45.45


@pytest.mark.parametrize(
    ("points", "score"),
    [({"p9": 5, "p10": 5}, 100), ({"p6": 5}, -100), ({"p0": 9}, -100), ({"p7": 5, "p8": 5}, 0)],
)
def test_the_score_goes_from_minus_100_to_100(points, score):
    assert net_promoter(recommend(**points)).score == score


def test_nobody_and_too_few_have_no_score():
    assert net_promoter(recommend()).score is None
    assert net_promoter(recommend(p9=4)).score is None
    assert net_promoter(recommend(p9=4), least=4).score == 100


def test_decimals_only_from_thirty_answers_on():
    assert net_promoter(recommend(p9=10, p8=19)).score == 34  # 34.48
    assert net_promoter(recommend(p9=10, p8=20)).score == 33.3


def test_no_group_of_the_score_shows_where_one_is_small():
    found = net_promoter(recommend(p9=20, p7=5, p3=4))
    assert (found.n, found.score) == (29, 55)  # 100 · (20 - 4) / 29 = 55.17
    assert (found.promoters, found.passives, found.detractors) == (None, None, None)
    whole = net_promoter(recommend(p9=20, p7=5, p3=5))
    assert (whole.promoters, whole.passives, whole.detractors) == (20, 5, 5)


def test_recommendation_has_eleven_points():
    with pytest.raises(ValueError, match="eleven"):
        net_promoter([1] * 10)


def shares(*counts, **more):
    """Give top and bottom, one number where it is exact, and net."""
    found = agreement(counts, **more)
    ends = [s.least if s.exact else (s.least, s.most) for s in (found.top, found.bottom)]
    return (*ends, found.net)


def test_top_and_bottom_are_two_boxes_and_net_is_their_difference():
    assert shares(5, 5, 10, 10, 20) == (60, 20, 40)
    assert agreement([0, 0, 0, 0, 0]) is None


def test_the_middle_of_a_scale_is_in_neither_box():
    assert shares(0, 0, 9, 0, 0) == (0, 0, 0)


def test_of_four_points_two_are_at_each_end_and_of_three_none():
    assert shares(5, 5, 5, 5) == (50, 50, 0)
    assert agreement([5, 5, 5]) is None


def test_boxes_of_few_are_hidden_with_what_they_would_come_out_of():
    assert shares(0, 1, 4, 9, 6) == (75, (0, 25), None)  # bottom 1, between 4, top 15 of 20
    # The bottom takes the smaller of the others with it, which is between.
    assert shares(1, 0, 9, 9, 6) == (60, (0, 20), None)
    # Between is empty, so the bottom would come out of the top: 4 of 19, at least 15 are above.
    assert shares(0, 4, 0, 9, 6) == ((78, 100), (0, 27), None)
    assert shares(0, 0, 2, 9, 23) == ((88, 100), 0, None)  # 30 of 34 at least
    assert shares(0, 1, 4, 9, 6, least=1) == (75, 5, 70)
    assert shares(1, 0, 0, 1, 0) == ((0, 100), (0, 100), None)
    assert shares(0, 1, 0, 0, 5) == ((0, 100), (0, 100), None)
    assert shares(0, 1, 0, 0, 7) == ((0, 100), (0, 100), None)
    assert shares(0, 1, 0, 0, 8) == ((55, 100), (0, 56), None)


@given(st.lists(st.integers(0, 30), min_size=4, max_size=11).filter(sum))
@example([0, 1, 0, 5])  # that five or more are at the top would say that one is at the bottom
def test_what_shows_of_the_boxes_is_of_enough_people(counts):
    found = agreement(counts)
    n, ends = sum(counts), {"top": sum(counts[-2:]), "bottom": sum(counts[:2])}
    for name, count in ends.items():
        share = getattr(found, name)
        assert not share.exact or count == 0 or count >= 5
        assert share.exact or share.least <= 100 * count / n <= share.most
        # Of who is hidden, some number of people at least four wide is possible.
        assert share.exact or (share.most - share.least) * n / 100 >= min(4, n)
    if found.net is not None:
        between = n - sum(ends.values())
        assert between == 0 or between >= 5
        assert -100 <= found.net <= 100


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
