"""Texts that may be another one typed again."""

import pytest

from clusterlab.methods.likeness import pairs_alike, retyped


def test_texts_that_may_be_another_one_typed_again_are_given_with_their_share():
    others = ["Trade fairs", "  few  EXPERTS", "few experts abroad", ""]
    assert list(retyped("Few experts", others)) == [(1, 1.0), (2, pytest.approx(22 / 29))]


@pytest.mark.parametrize(("other", "found"), [("abcdefg", 1), ("abcdefgh", 0)])
def test_three_fifths_of_the_letters_are_enough(other, found):
    assert len(list(retyped("abc", [other]))) == found


def test_a_text_without_letters_is_none_typed_again():
    assert list(retyped(" ", [" ", ""])) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Workshop 1", "Workshop 2", False),
        ("Merge with cluster A", "Merge with cluster B", False),
        ("Raise fees by 5 %", "Raise fees by 15 %", False),
        ("With a fee for events", "Without a fee for events", False),
        ("A joint stand at the fair", "Joint stand at the fair", True),
        ("We raise the fees for members", "We raise no fees for members", True),  # “the” as well
        ("We serve tea", "We serve no tea", False),
        ("Workshop", "Workshop 2", False),
        ("Raise the fees for members", "Raise the fee for members", True),
        ("Hire an office manager", "Hire an ofice manager", True),
        ("Raise fees by 5 %", "Raise fees by 5 %!", True),
    ],
)
def test_options_that_a_number_a_letter_or_a_contrary_word_sets_apart_are_two(one, other, alike):
    assert pairs_alike([one, other]) == [(0, 1)] * alike
