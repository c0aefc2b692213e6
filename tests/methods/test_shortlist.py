"""The top 3 of a long list, and the rules on it."""

import pytest
from sheets_of import note, rules, sheet

from clusterlab.methods import RULES, check_ideas, shortlist


def ideas(*parts):
    notes = [
        note(f"ID{i}", "ideas", **{"feedback": "Good", **part}) for i, part in enumerate(parts, 1)
    ]
    return sheet("ideas", *notes)


def idea(rank, months=6, **more):
    return {"rank": rank, "months": months, **more}


def test_the_chosen_stand_in_their_places():
    found = shortlist(ideas(idea(3), {}, idea(1.0, 9), idea(2, 7)).board)
    assert [n.spoken for n in found.chosen] == ["ID3", "ID4", "ID1"]
    assert [n.spoken for n in found.others] == ["ID2"]
    assert [n.spoken for n in found.soon] == ["ID1"]


def test_three_chosen_of_which_one_comes_soon_are_in_order():
    assert check_ideas(ideas(idea(1), idea(2, 12), idea(3, None), {}, {})) == []
    assert check_ideas(ideas()) == []


def test_more_than_three_are_chosen():
    found = check_ideas(ideas(idea(1), idea(2), idea(3), idea(3)))
    assert rules(found) == [("ideas-many", ""), ("ideas-place", "ID4")]
    assert str(found[0].message) == "4 ideas are chosen, not three."
    assert str(found[1].message) == "ID3 and ID4 share place 3."


@pytest.mark.parametrize(
    ("months", "told"),
    [
        *((6, False), (0, False), (6.1, True), (None, True), ("six", True)),
        *((-1, True), (float("nan"), True), (True, True), (10**400, True)),
    ],
)
def test_one_of_those_chosen_comes_within_six_months(months, told):
    found = rules(check_ideas(ideas(idea(1, months), idea(2, 24))))
    assert found == ([("ideas-soon", "")] if told else [])


def test_what_is_not_chosen_does_not_come_soon():
    assert rules(check_ideas(ideas(idea(1, 12), idea(None, 3)))) == [("ideas-soon", "")]


@pytest.mark.parametrize("rank", [0, 4, -1, "1", 1.5, True, float("nan"), 10**400, (1,)])
def test_places_that_do_not_exist(rank):
    found = check_ideas(ideas(idea(1), idea(rank)))
    assert rules(found) == [("ideas-odd", "ID2")]


def test_a_long_list_without_a_choice():
    assert [f.rule for f in check_ideas(ideas({}, {}, {}, {}))] == ["ideas-none"]
    assert check_ideas(ideas({}, {}, {})) == []


def test_feedback_is_noted_on_those_chosen():
    found = check_ideas(ideas(idea(1, feedback=""), idea(2), {"feedback": ""}))
    assert [(f.rule, f.note) for f in found] == [("ideas-feedback", "ID1")]


def test_the_rules_are_found_by_the_method():
    assert RULES["ideas"] is check_ideas
