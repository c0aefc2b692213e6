"""What people type in fields is read, or told to be unreadable."""

from datetime import date

import pytest

from clusterlab.methods.dependencies import days
from clusterlab.methods.values import day_of, days_in, due, names_in, number_of, references, text_of
from clusterlab.methods.words import opens_with_verb, opens_without_verb, vague_word

ODD = [
    None, "", "   ", "?", "soon", True, float("nan"), float("inf"), -(10**400), 10**400, 1j,
    (), ("a", None), b"x", "９" * 4, "0000-00-00", "2026-02-30", "9" * 400,
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-05-31", date(2026, 5, 31)),
        ("2026-05-31T10:00:00", date(2026, 5, 31)),
        ("31.5.2026", date(2026, 5, 31)),
        ("31. 05. 2026", date(2026, 5, 31)),
        ("31/05/2026", date(2026, 5, 31)),
        ("05/31/2026", date(2026, 5, 31)),
        ("05/05/2026", date(2026, 5, 5)),
        ("05/06/2026", None),  # May in New York, June in London
        ("2026-02-30", None),
        ("31.13.2026", None),
        ("in May", None),
        ("2026-05-31 or later", None),
        ("2026/05/31", date(2026, 5, 31)),
        ("2026/05-31", None),
        ("27 Nov 2026", date(2026, 11, 27)),
        ("27-Nov-26", date(2026, 11, 27)),
        ("27. November 2026", date(2026, 11, 27)),
        ("Fri, 27 November 2026", date(2026, 11, 27)),
        ("November 27, 2026", date(2026, 11, 27)),
        ("1er mars 2027", date(2027, 3, 1)),
        ("1 févr. 2027", date(2027, 2, 1)),
        ("27 de noviembre de 2026", date(2026, 11, 27)),
        ("3rd of May 2027", None),
        ("3rd May 2027", date(2027, 5, 3)),
        ("30 Feb 2027", None),
        ("5 ma 2027", None),
        ("5 jui 2027", None),  # June or July
    ],
)
def test_days(typed, day):
    assert day_of(typed) == day


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        (30, 30), ("30", 30), ("30 days", 30), ("30days", 30), ("1 Tag", 1), ("2 Wochen", 14),
        ("1,5 semaines", 10.5), ("3 mois", 90), ("0", 0), (-1, None), ("30 apples", None),
        ("30 days or so", None), ("a month", None), (2027, None), ("2027", None), ("1899", 1899),
        (1900, None), ("2100", None), (2101, 2101), ("2027 days", 2027), ("1900.5", 1900.5),
    ],
)  # fmt: skip
def test_lengths_of_time(typed, days):
    assert days_in(typed) == days


def test_a_deadline_is_a_day_or_counts_from_one():
    assert due("2026-12-24", "") == date(2026, 12, 24)
    assert due("30 days", "2026-11-20") == date(2026, 12, 20)
    assert due("0.5", "2026-11-20") == date(2026, 11, 21)
    assert due("30 days", "") is None
    assert due("999999999", "2026-11-20") is None
    assert due("36500", "9990-01-01") is None
    assert due("soon", "2026-11-20") is None
    assert due("2027", "2026-11-20") is None


def test_names_and_references_come_once():
    assert names_in("Manager, board;  Manager;\nProject  office, ") == (
        "Manager", "board", "Project office",
    )  # fmt: skip
    assert names_in("Board, board") == ("Board",)
    assert references(" t1, T2;t1 ") == ("T1", "T2")
    assert references("T1 (the survey)") == ("T1",)
    assert references("the survey") == ("the survey",)
    assert references("T1.2") == ("T1.2",)


@pytest.mark.parametrize("value", ODD, ids=lambda v: f"{type(v).__name__}{str(v)[:8]!r}"
                         if not isinstance(v, int) else "int")  # fmt: skip
def test_odd_values_are_read_as_nothing_or_as_text(value):
    assert day_of(value) is None
    assert number_of(value) is None
    assert due(value, value) is None
    assert all(isinstance(name, str) for name in names_in(value))
    assert isinstance(text_of(value), str)


def test_numbers_are_those_that_can_be_computed_with():
    assert number_of(3) == 3
    assert number_of(-2.5) == -2.5
    assert number_of("3") is None
    assert number_of(2**53) == 2**53
    assert number_of(2**53 + 2) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Improve the website", "Improve"),
        ("Die Mitglieder besser UNTERSTÜTZEN", "UNTERSTÜTZEN"),
        ("Promouvoir le cluster", "Promouvoir"),
        ("Fortalecer la red", "Fortalecer"),
        ("Win new supporters", ""),
        ("Found a help desk", ""),
        ("Support members", "Support"),
        ("We support members", "support"),
        ("Advise and help members", "help"),
        ("Sign support contracts, improve them", "improve"),
        ("Improvement of the website", ""),
    ],
)
def test_vague_verbs_are_known_in_their_languages(text, word):
    assert vague_word(text) == word


@pytest.mark.parametrize(
    ("text", "working", "calendar"),
    [("2 weken", 10, 14), ("1 mo", 20, 30), ("3 dage", 3, 3), ("4 uur", 0.5, None)],
)
def test_units_have_the_same_names_in_working_and_in_calendar_days(text, working, calendar):
    assert days(text) == working
    assert days_in(text) == calendar


def test_first_words_are_judged_only_where_that_is_sure():
    assert opens_with_verb("“Prepare the survey”") == "Prepare"
    assert opens_with_verb("Plan for 2027") == ""  # a noun as well
    assert opens_with_verb("Document management system") == ""
    assert opens_with_verb("Set of indicators") == ""
    assert opens_with_verb("Survey prepared") == ""
    assert opens_without_verb("the new website") == "the"
    assert opens_without_verb("L’enquête") == "L’enquête"
    assert opens_without_verb("Umfrage vorbereiten") == ""
    assert opens_without_verb("") == ""
