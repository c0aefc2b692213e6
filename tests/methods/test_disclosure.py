"""Small groups are hidden, and cannot be worked out from what is shown."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.methods import protected, protected_table


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


# -- tables ----------------------------------------------------------------------------------------


def whole(found):
    """Give a table with its totals."""
    rows = [(*row, total) for row, total in zip(found.cells, found.row_totals, strict=True)]
    return [*rows, (*found.column_totals, found.total)]


def test_a_small_cell_takes_a_square_of_others_with_it():
    found = protected_table([[3, 20, 30], [40, 9, 50], [60, 70, 80]])
    assert found.cells == ((None, None, 30), (None, None, 50), (60, 70, 80))
    assert (found.row_totals, found.column_totals, found.total) == (
        (53, 99, 210), (103, 99, 160), 362,
    )  # fmt: skip


def test_a_table_without_small_cells_is_shown():
    found = protected_table([[5, 0], [6, 7]])
    assert whole(found) == [(5, 0, 5), (6, 7, 13), (11, 7, 18)]


def test_a_group_of_few_loses_its_total_too():
    found = protected_table([[2, 1], [30, 40], [50, 60]])
    assert found.cells[0] == (None, None)
    assert found.row_totals[0] is None
    assert found.row_totals.count(None) > 1 or found.total is None


@pytest.mark.parametrize("counts", [[], [[]], [[0]], [[0, 0], [0, -3]]])
def test_tables_of_nobody(counts):
    assert {c for row in whole(protected_table(counts)) for c in row} == {0}


def test_rows_that_differ_are_refused():
    with pytest.raises(ValueError, match="same length"):
        protected_table([[1], [1, 2]])


def determined(table):
    """Give the hidden cells that the sums determine: those whose unit lies in their span."""
    places = [(r, c) for r, row in enumerate(table) for c, v in enumerate(row) if v is None]
    last = (len(table) - 1, len(table[0]) - 1)
    lines = [[(r, c) for c in range(last[1] + 1)] for r in range(last[0] + 1)]
    lines += [[(r, c) for r in range(last[0] + 1)] for c in range(last[1] + 1)]
    basis = []
    for line in lines:
        sums = [Fraction(0)] * len(places)
        for cell in line:
            if cell in places:
                sums[places.index(cell)] = Fraction(-1 if cell == line[-1] else 1)
        if reduced := left(sums, basis):
            basis.append(reduced)
    units = ([Fraction(i == j) for j in range(len(places))] for i in range(len(places)))
    return [place for place, unit in zip(places, units, strict=True) if not left(unit, basis)]


def left(vector, basis):
    """Give what a basis leaves of a vector, None where nothing."""
    for one in basis:
        pivot = next(i for i, v in enumerate(one) if v)
        factor = vector[pivot] / one[pivot]
        vector = [v - factor * w for v, w in zip(vector, one, strict=True)]
    return vector if any(vector) else None


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(tables)
def test_no_hidden_cell_of_a_table_can_be_worked_out(counts):
    table = whole(protected_table(counts))
    assert not determined(table)
    for row in table:
        assert all(v is None or v == 0 or v >= 5 for v in row)
    for line in (*table, *zip(*table, strict=True)):
        *cells, total = line
        if total is not None and None in cells:
            assert total - sum(v or 0 for v in cells) >= 5


@given(tables)
def test_what_is_shown_of_a_table_is_so(counts):
    found = protected_table(counts)
    for row, true in zip(found.cells, counts, strict=True):
        assert all(v in (None, t) for v, t in zip(row, true, strict=True))
    assert found.total in (None, sum(map(sum, counts)))


def test_the_oracle_finds_what_can_be_worked_out():
    assert determined([(None, 4, 10), (5, 5, 10), (11, 9, 20)]) == [(0, 0)]
    assert determined([(None, None, 10), (None, None, 10), (11, 9, 20)]) == []
