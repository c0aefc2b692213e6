"""Importance and performance: quarters, lines, and what lies near them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.methods import Rated, importance_performance


def quarters(*pairs, cross="middle"):
    items = [Rated(str(i), *pair) for i, pair in enumerate(pairs)]
    return importance_performance(items, 1, 5, cross)


def test_the_four_quarters():
    found = quarters((5, 1), (5, 5), (1, 1), (1, 5))
    assert [j.quarter for j in found.judged] == [
        "concentrate-here",
        "keep-up",
        "low-priority",
        "possible-overkill",
    ]
    assert (found.importance_line, found.performance_line) == (3, 3)
    assert not any(j.near for j in found.judged)


def test_on_the_line_it_is_important_and_not_yet_good():
    assert [j.quarter for j in quarters((3, 3), (3, 3.01)).judged] == [
        "concentrate-here",
        "keep-up",
    ]


@pytest.mark.parametrize(
    ("importance", "near"), [(3.25, True), (2.75, True), (3.26, False), (2.7, False), (3.1, True)]
)
def test_within_a_quarter_of_a_point_it_is_marked(importance, near):
    assert quarters((importance, 5)).judged[0].near is near
    assert quarters((5, importance)).judged[0].near is near


def test_lines_at_the_mean_and_what_moves_with_them():
    pairs = [(4, 4), (5, 5), (4.5, 4.5), (4.4, 4.8)]
    middle, mean = quarters(*pairs), quarters(*pairs, cross="mean")
    assert [j.quarter for j in middle.judged] == ["keep-up"] * 4
    assert (mean.importance_line, mean.performance_line) == (4.475, 4.575)
    assert [j.quarter for j in mean.judged] == [
        "low-priority", "keep-up", "concentrate-here", "possible-overkill",
    ]  # fmt: skip
    assert [j.elsewhere for j in mean.judged] == ["keep-up", "", "keep-up", "keep-up"]
    assert [j.elsewhere for j in middle.judged] == [
        "low-priority", "", "concentrate-here", "possible-overkill",
    ]  # fmt: skip


def test_near_is_near_the_line_of_its_own_axis():
    found = quarters((1, 5), (5, 5), (3, 3.2), cross="mean")  # lines at 3 and 4.4
    assert [j.near for j in found.judged] == [False, False, True]


@pytest.mark.parametrize("value", [None, "4", True, float("nan"), float("inf"), 5.1, 0, 10**400])
def test_what_is_not_on_the_scale_is_left_out(value):
    found = quarters((value, 4), (4, value), (4, 4))
    assert [r.name for r in found.left_out] == ["0", "1"]
    assert [j.rated.name for j in found.judged] == ["2"]


def test_nothing_at_all():
    assert quarters(cross="mean").judged == ()


points = st.floats(1, 5)


@given(st.lists(st.tuples(points, points), max_size=12), st.sampled_from(["middle", "mean"]))
def test_every_item_is_in_one_quarter_and_agrees_with_its_side(pairs, cross):
    found = quarters(*pairs, cross=cross)
    assert len(found.judged) == len(pairs)
    for one in found.judged:
        if one.rated.importance > found.importance_line + 0.001:
            assert one.quarter in {"keep-up", "concentrate-here"}
        if one.rated.performance < found.performance_line - 0.001:
            assert one.quarter in {"concentrate-here", "low-priority"}
