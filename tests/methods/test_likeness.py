"""Texts that may be another one typed again."""

import pytest

from clusterlab.methods.likeness import retyped


def test_texts_that_may_be_another_one_typed_again_are_given_with_their_share():
    others = ["Trade fairs", "  few  EXPERTS", "few experts abroad", ""]
    assert list(retyped("Few experts", others)) == [(1, 1.0), (2, pytest.approx(22 / 29))]


@pytest.mark.parametrize(("other", "found"), [("abcdefg", 1), ("abcdefgh", 0)])
def test_three_fifths_of_the_letters_are_enough(other, found):
    assert len(list(retyped("abc", [other]))) == found


def test_a_text_without_letters_is_none_typed_again():
    assert list(retyped(" ", [" ", ""])) == []
