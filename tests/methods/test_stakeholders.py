"""Stakeholders: what is asked of them, and where they stand."""

import pytest
from sheets_of import note, sheet

from clusterlab.methods.priorities import priorities
from clusterlab.methods.stakeholders import check_stakeholders


def one(**fields):
    return sheet("stakeholders", note("ST1", "stakeholders", "Ministry", **fields))


WHOLE = {"power": 4, "interest": 2, "strategy": "The manager calls twice a year"}


def test_a_stakeholder_with_rating_and_strategy_is_fine():
    assert check_stakeholders(one(**WHOLE)) == []


@pytest.mark.parametrize("said", [None, "", "  "])
def test_nobody_is_left_without_a_way_to_be_dealt_with(said):
    found = check_stakeholders(one(**{**WHOLE, "strategy": said}))
    assert [(f.rule, f.severity) for f in found] == [("stakeholder-strategy", "warning")]


def test_any_word_is_a_way():
    assert check_stakeholders(one(**{**WHOLE, "strategy": "x"})) == []


def test_what_is_not_rated_has_no_place():
    found = check_stakeholders(one(strategy="Call", power=3))
    assert [f.rule for f in found] == ["stakeholder-rating"]


@pytest.mark.parametrize(
    ("power", "told"),
    [(0, True), (1, False), (5, False), (6, True), ("much", True), (float("nan"), True)],
)
def test_the_ends_of_the_scale_belong_to_it(power, told):
    found = check_stakeholders(one(**{**WHOLE, "power": power}))
    assert [(f.rule, f.severity) for f in found] == [("stakeholder-odd", "error")] * told


@pytest.mark.parametrize(
    ("power", "interest", "quarter"),
    [
        (5, 5, "manage-closely"), (5, 1, "keep-satisfied"), (1, 5, "keep-informed"),
        (1, 1, "monitor"), (3, 3, "manage-closely"), (3, 2, "keep-satisfied"),
    ],
)  # fmt: skip
def test_the_four_quarters_and_the_lines_between(power, interest, quarter):
    asked = one(power=power, interest=interest, strategy="Call")
    found = priorities(asked.kind, asked.board)
    assert {q.id: [n.spoken for n in notes] for q, notes in found.quadrants if notes} == {
        quarter: ["ST1"]
    }
