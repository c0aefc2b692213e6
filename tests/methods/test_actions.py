"""Action plans: who, until when, and beginning with a verb."""

import pytest
from sheets_of import note, rules, sheet

from clusterlab.language import load
from clusterlab.methods import check_actions

WHOLE = {"responsible": "Office", "deadline": "2026-12-31"}


def check(text="Invite the members", day="2026-11-20", **more):
    action = note("A1", "actions", text, **{**WHOLE, **more})
    return check_actions(sheet("action-plan", action, day=day))


def found(text="Invite the members", day="2026-11-20", **more):
    return rules(check(text, day, **more))


@pytest.mark.parametrize("deadline", ["2026-12-31", "31.12.2026", "30 days", "30", 30, "2 weeks"])
def test_a_whole_action_has_no_findings(deadline):
    assert check(deadline=deadline) == []


def test_somebody_is_responsible():
    assert found(responsible=" ") == [("action-responsible", "A1")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"responsible": ""}, ("action-responsible", "error")),
        ({"deadline": ""}, ("action-deadline", "warning")),
        ({"deadline": "soon"}, ("action-date", "warning")),
        ({"deadline": "2026-11-19"}, ("action-past", "warning")),
    ],
)
def test_each_finding_is_as_heavy_as_it_should_be(more, expected):
    assert [(f.rule, f.severity) for f in check(**more)] == [expected]


def test_there_is_a_deadline_unless_it_is_done():
    assert found(deadline="") == [("action-deadline", "A1")]
    assert found(deadline="", status="done") == []


@pytest.mark.parametrize(
    "deadline", ["soon", "Q2 2027", "05/06/2027", "2027-02-30", float("inf"), "36501", 36501]
)
def test_deadlines_can_be_read(deadline):
    assert found(deadline=deadline) == [("action-date", "A1")]


def test_what_was_typed_is_said_again():
    [unread] = check(deadline="soon")
    assert str(unread.message) == "A1: “soon” is neither a date nor a number of days."
    [past] = check(deadline="19.11.2026")
    assert load("en").say(past.message) == "The deadline of A1 has passed: November 19, 2026."


def test_every_action_is_looked_at():
    several = (note(f"A{n}", "actions", "Invite them", deadline="30 days") for n in (1, 2, 3))
    found = rules(check_actions(sheet("action-plan", *several)))
    assert found == [("action-responsible", f"A{n}") for n in (1, 2, 3)]


def test_a_century_is_the_longest_that_an_action_takes():
    assert found(deadline="36500") == []


def test_the_past_is_before_the_workshops_day():
    assert found(deadline="2026-11-19") == [("action-past", "A1")]
    assert found(deadline="2026-11-20") == []
    assert found(deadline="2026-11-19", status="done") == []
    assert found(deadline="2026-11-19", day="") == []
    assert found(deadline="0") == []


@pytest.mark.parametrize(
    ("text", "fires"),
    [("The new website", True), ("Erstellung einer Umfrage", True), ("La enquête", True),
     ("Die Mitglieder einladen", False), ("Newsletter verschicken (Mai)", False),
     ("Der Fragebogen für Mitglieder", True), ("An alle schreiben", False), ("Website", True),
     ("Invite members", False), ("Mitglieder einladen", False), ("", False),
     ("Zaprosić członków", False)],
)  # fmt: skip
def test_first_words_that_are_surely_no_verbs(text, fires):
    assert [(f.rule, f.severity) for f in check(text)] == [("action-verb", "warning")] * fires
