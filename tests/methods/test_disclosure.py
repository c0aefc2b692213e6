"""Small groups are hidden, and cannot be worked out from what is shown."""

from hypothesis import given
from hypothesis import strategies as st

from clusterlab.methods import protected


def shown(**counts):
    found = protected(counts)
    return dict(found.counts), found.total


def test_groups_of_five_are_shown_and_smaller_ones_are_not():
    assert shown(a=5, b=9) == ({"a": 5, "b": 9}, 14)
    assert shown(a=4, b=3, c=9) == ({"a": None, "b": None, "c": 9}, 16)


def test_a_single_small_group_takes_the_smallest_other_with_it():
    assert shown(a=4, b=9, c=7) == ({"a": None, "b": 9, "c": None}, 20)


def test_two_that_are_few_together_take_a_third_with_them():
    """1 + 2 = 3 would be a figure of fewer than five."""
    assert shown(a=1, b=2, c=9, d=6) == ({"a": None, "b": None, "c": 9, "d": None}, 18)
    assert shown(a=1, b=4, c=9) == ({"a": None, "b": None, "c": 9}, 14)


def test_few_in_all_and_nobody():
    assert shown(a=2, b=2, c=0) == ({"a": None, "b": None, "c": None}, None)
    assert shown(a=0, b=8) == ({"a": 0, "b": 8}, 8)
    assert shown(a=4, b=0, c=9) == ({"a": None, "b": 0, "c": None}, 13)
    assert shown() == ({}, 0)
    assert shown(a=0) == ({"a": 0}, 0)


groups = st.lists(st.integers(-1, 12), max_size=6)


@given(groups)
def test_no_small_group_comes_out(numbers):
    counts = {f"g{i}": number for i, number in enumerate(numbers)}
    found = protected(counts)
    given = {name: max(number, 0) for name, number in counts.items()}
    for name, number in found.counts:
        assert number is None or number == given[name]
        assert number is None or number == 0 or number >= 5
    if found.total is None:
        assert all(number is None for _, number in found.counts)
        return
    hidden = [given[name] for name, number in found.counts if number is None]
    rest = found.total - sum(number or 0 for _, number in found.counts)
    assert not hidden or (len(hidden) > 1 and rest >= 5)


@given(groups)
def test_nothing_is_hidden_where_no_group_is_small(numbers):
    counts = {f"g{i}": n for i, n in enumerate(numbers) if n == 0 or n >= 5}
    assert dict(protected(counts).counts) == counts
    assert protected(counts).shown == frozenset(counts)
