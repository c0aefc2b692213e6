"""Need relevance: ratings read, weighted and ranked; what is missing is no zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import note, rules, sheet

from clusterlab.methods import check_needs, need_relevance, parse_ratings


def member(spoken, weight=1, key="no"):
    return note(spoken, "members", f"Member {spoken}", weight=weight, **{"key-member": key})


def need(spoken, ratings=None):
    return note(spoken, "needs", f"Need {spoken}", ratings=ratings)


MEMBERS = member("M1", 2, "yes"), member("M2"), member("M3")


def relevance(*notes):
    return {n.note.spoken: n.relevance for n in need_relevance(sheet("needs", *notes)).needs}


def ranks(*notes):
    return [(n.note.spoken, n.rank) for n in need_relevance(sheet("needs", *notes)).needs]


def found(*notes):
    return rules(check_needs(sheet("needs", *notes)))


# -- reading ratings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["M1 4, M2 5", "m1 4,M2 5", "M1: 4; M2: 5", "M1=4 M2=5", "M1 4\nM2\t5", " M1 : 4 ,, M2 5, "],
)
def test_ratings_are_read_however_they_are_set_apart(text):
    read = parse_ratings(text)
    assert [(r.member, r.value) for r in read.given] == [("M1", 4), ("M2", 5)]
    assert (read.unread, read.twice) == ((), ())


@pytest.mark.parametrize(
    ("text", "given", "unread"),
    [
        ("M1 4.5", [("M1", 4.5)], ()),
        ("M1 4,5", [("M1", 4.5)], ()),
        ("M1 4, 5", [("M1", 4)], ("5",)),
        ("M1 4.5.6", [], ("M1 4.5.6",)),
        ("M14", [], ("M14",)),
        ("M1", [], ("M1",)),
        ("M1 4x", [], ("M1 4x",)),
        ("M1 -3", [("M1", -3)], ()),
        ("M1 four, M2 5", [("M2", 5)], ("M1 four",)),
        ("everybody likes it", [], ("everybody likes it",)),
        ("=M1 4", [("M1", 4)], ("=",)),
        ("", [], ()),
        (None, [], ()),
        (4, [], ("4",)),
        (float("nan"), [], ("nan",)),
    ],
)
def test_what_is_no_rating_is_given_back(text, given, unread):
    read = parse_ratings(text)
    assert [(r.member, r.value) for r in read.given] == given
    assert read.unread == unread


def test_of_two_ratings_of_one_member_the_first_counts():
    read = parse_ratings("M1 4, m1 2, M1 3")
    assert ([(r.member, r.value) for r in read.given], read.twice) == ([("M1", 4)], ("M1",))


@given(st.one_of(st.text(), st.integers(), st.floats(), st.lists(st.text()), st.booleans()))
def test_whatever_was_typed_is_read_or_given_back(value):
    parse_ratings(value)
    check_needs(sheet("needs", *MEMBERS, need("N1", value)))


def test_long_runs_of_spaces_and_digits_take_no_time():
    assert parse_ratings("M1" + " " * 200_000 + "x").unread == ("M1 x",)
    assert parse_ratings("M1 " + "9" * 200_000).given[0].value == float("inf")


# -- relevance -----------------------------------------------------------------------------------


def test_relevance_is_the_weighted_mean_of_those_who_rated():
    assert relevance(*MEMBERS, need("N1", "M1 4, M2 1, M3 3")) == {"N1": 3}
    assert relevance(*MEMBERS, need("N1", "M1 4, M2 1")) == {"N1": 3}
    assert relevance(*MEMBERS, need("N1", "M2 2")) == {"N1": 2}


def test_a_missing_rating_is_no_zero():
    one = need_relevance(sheet("needs", *MEMBERS, need("N1", "M1 5"))).needs[0]
    assert (one.relevance, one.rated, one.silent) == (5, ("M1",), ("M2", "M3"))


def test_ratings_without_weight_or_out_of_the_scale_do_not_count():
    light = member("M4", None)
    assert relevance(*MEMBERS, light, need("N1", "M2 3, M4 5, M1 6, M9 1, M3 0")) == {"N1": 3}
    assert relevance(light, need("N1", "M4 5")) == {"N1": None}
    assert relevance(member("M1", 0), need("N1", "M1 5")) == {"N1": None}


def test_the_bounds_of_the_scale_count():
    assert relevance(*MEMBERS, need("N1", "M2 1"), need("N2", "M2 5")) == {"N1": 1, "N2": 5}


@given(st.lists(st.tuples(st.floats(1e-300, 2**53), st.integers(1, 5)), min_size=1, max_size=6))
def test_relevance_stays_on_the_scale(pairs):
    members = [member(f"M{i}", weight) for i, (weight, _) in enumerate(pairs, 1)]
    ratings = ", ".join(f"M{i} {rating}" for i, (_, rating) in enumerate(pairs, 1))
    values = [rating for _, rating in pairs]
    assert min(values) <= relevance(*members, need("N1", ratings))["N1"] <= max(values)


# -- rank ----------------------------------------------------------------------------------------


def test_needs_of_key_members_come_first():
    needs = need("N1", "M2 5, M3 5"), need("N2", "M1 4, M2 1, M3 1")
    assert ranks(*MEMBERS, *needs) == [("N2", 1), ("N1", 2)]


def test_what_key_members_rate_in_the_middle_is_no_need_of_theirs():
    needs = need("N1", "M2 5, M3 5"), need("N2", "M1 3")
    assert ranks(*MEMBERS, *needs) == [("N1", 1), ("N2", 2)]


def test_equal_needs_share_a_rank_and_the_next_is_left_out():
    needs = need("N1", "M2 2"), need("N2", "M2 4"), need("N3", "M3 4"), need("N4"), need("N5")
    assert ranks(*MEMBERS, *needs) == [("N2", 1), ("N3", 1), ("N1", 3), ("N4", 0), ("N5", 0)]


def test_among_equals_the_relevance_to_key_members_decides():
    weights = member("M1", 1, "yes"), member("M2")
    needs = need("N1", "M1 4, M2 5"), need("N2", "M1 5, M2 4")
    assert ranks(*weights, *needs) == [("N2", 1), ("N1", 2)]


# -- rules ---------------------------------------------------------------------------------------


def test_a_full_board_is_fine():
    assert found(*MEMBERS, need("N1", "M1 4")) == []
    assert found() == []


def test_a_member_without_weight_is_told_and_zero_is_a_weight():
    assert found(*MEMBERS, member("M4", None)) == [("needs-weight", "M4")]
    assert found(*MEMBERS, member("M4", 0)) == []
    assert found(*MEMBERS, member("M4", -1)) == [("needs-odd", "M4")]


@pytest.mark.parametrize(
    ("ratings", "rule"),
    [
        ("M1 6", "needs-scale"), ("M1 0", "needs-scale"), ("M1 5.01", "needs-scale"),
        ("M9 4", "needs-member"), ("M2 4, M2 4", "needs-twice"), ("M2 4, all", "needs-unread"),
    ],
)  # fmt: skip
def test_ratings_that_do_not_hold_are_told(ratings, rule):
    assert (rule, "N1") in found(*MEMBERS, need("N1", ratings))
    assert found(*MEMBERS, need("N1", "M1 1, M2 5, M3 4.99")) == []


def test_a_need_is_no_member():
    assert ("needs-member", "N1") in found(*MEMBERS, need("N1", "N1 4"))


def test_a_need_that_nobody_rated_is_told():
    assert found(*MEMBERS, need("N1")) == [("needs-unrated", "N1")]
    assert found(*MEMBERS, need("N1", "M3 1")) == []


def test_that_no_member_is_key_is_for_information():
    assert [f.rule for f in check_needs(sheet("needs", member("M1")))] == ["needs-key"]
    assert check_needs(sheet("needs", member("M1", 1, "yes"))) == []
    assert check_needs(sheet("needs", need("N1", "M1 4")))[0].rule != "needs-key"


def test_members_of_two_copies_are_rated_by_the_letter_behind_their_number():
    found = parse_ratings("M1 2, M1b 4, m1B: 5")
    assert [(r.member, r.value) for r in found.given] == [("M1", 2), ("M1B", 4)]
    assert found.twice == ("M1B",)
    assert parse_ratings("M1b4").unread == ("M1b4",)
