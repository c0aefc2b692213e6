"""What stands for a person."""

import pytest

from clusterlab.widgets.people import initials


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("Ada Lovelace", "AL"),
        ("ada", "A"),
        ("Anna Maria von Trapp", "AT"),
        ("Łukasz Żak", "ŁŻ"),
        ("(Bob) Builder", "B"),
        ("ß sharp", "SSS"),
        ("李 小龙", "李小"),
        ("7 of 9", "O"),
        ("", "1"),
        (" \t ", "1"),
        ("42", "1"),
    ],
)
def test_the_sign_of_one(name, sign):
    assert initials(["x"], {"x": name}) == {"x": sign}


def test_no_two_signs_are_alike():
    names = {"a": "Ada Lovelace", "b": "Al Lee", "d": "Ann Lind", "e": "2"}
    assert initials("abcde", names) == {"a": "AL", "b": "AL2", "c": "3", "d": "AL4", "e": "5"}
    many = [str(number) for number in range(500)]
    signs = initials(many, {one: "A B" if int(one) % 2 else "" for one in many})
    assert len(set(signs.values())) == 500


def test_a_sign_stays_when_others_come():
    names = {"a": "Ada", "b": "Bob", "c": "Ada"}
    first = initials("ab", names)
    assert initials("abc", names).items() >= first.items()
