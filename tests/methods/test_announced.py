"""Rules of a vote that are changed after ballots were cast leave a trace."""

from dataclasses import replace

import pytest
from sheets_of import KINDS, board, note, sheet

from clusterlab.language import load
from clusterlab.methods import ANNOUNCED, TieRule, VoteRules, announced, check_poll, with_rules
from clusterlab.model import BoardId, Operation

SAY = load("en").say
RULES = VoteRules(TieRule.ORDER, "borda", 5)
IDEAS = board("ideas", note("ID1", "ideas", "Milk for all"), note("ID2", "ideas", "Beer for all"))
VOTE = BoardId("x", "vote")


def told(now, *kept):
    """Say what changed since ballots were cast that keep these rules."""
    notes = [
        note(f"B{n}", "ballots", f"t{n}", **({ANNOUNCED: k} if k is not None else {}))
        for n, k in enumerate(kept, 1)
    ]
    found = check_poll(replace(sheet("vote", *notes, others=[IDEAS]), vote=now))
    return [SAY(f.message) for f in found if f.rule == "vote-changed"]


def test_nothing_is_told_where_the_rules_are_those_that_were_announced():
    kept = announced(RULES)
    assert told(RULES, kept, kept) == []
    assert told(replace(RULES, closed=True), kept) == []
    assert told(None, announced(None)) == []


def test_each_rule_that_was_changed_is_told_with_what_held_before():
    kept = announced(RULES)
    assert told(replace(RULES, tie=TieRule.SHARED), kept, kept) == [
        (
            "What decides ties was changed after ballots had been cast (2 of 2). "
            "Then: the order of the options. Now: they share the place."
        )
    ]
    assert told(replace(RULES, method="dots"), kept) == [
        (
            "The way of counting was changed after ballots had been cast (1 of 1). "
            "Then: Ranks (Borda). Now: Dots."
        )
    ]
    assert told(replace(RULES, dots=4), kept) == [
        "The number of dots was changed after ballots had been cast (1 of 1). Then: 5. Now: 4."
    ]
    assert told(replace(RULES, own_excluded=True), kept) == [
        (
            "Whether people may vote for their own was changed after ballots had been cast "
            "(1 of 1). Then: they may. Now: they may not."
        )
    ]


def test_a_rule_that_was_set_only_after_the_first_ballots_is_told():
    late, early = announced(RULES), announced(replace(RULES, tie=None))
    assert told(RULES, early, late, late) == [
        (
            "What decides ties was changed after ballots had been cast (1 of 3). "
            "Then: nobody had said it. Now: the order of the options."
        )
    ]


@pytest.mark.parametrize(
    "odd", [None, "", "tie", "tie=", "=order", "nothing here", 3, float("nan"), ["a"], "x" * 9000]
)
def test_ballots_that_keep_nothing_that_can_be_read_are_passed_over(odd):
    assert told(RULES, odd) == []


def test_a_rule_of_a_later_version_is_said_as_it_is():
    assert told(RULES, "tie=<b>dice</b> colour=red") == [
        (
            "What decides ties was changed after ballots had been cast (1 of 1). "
            "Then: <b>dice</b>. Now: the order of the options."
        )
    ]


def test_ballots_keep_the_rules_when_they_are_cast_and_when_they_are_changed():
    cast = Operation(VOTE, "add", {"note": "n", "block": "ballots", "values": {"text": "t"}})
    changed = Operation(VOTE, "edit", {"note": "n", "values": {"dots": "ID1"}})
    for operation in (cast, changed):
        (kept,) = with_rules([operation], KINDS, RULES)
        assert kept.payload["values"][ANNOUNCED] == announced(RULES)
        assert kept.payload["values"].items() > operation.payload["values"].items()
        assert replace(kept, payload=operation.payload) == operation


def test_what_is_no_ballot_or_brings_rules_along_stays_as_it_is():
    others = [
        Operation(BoardId("x", "ideas"), "add", {"note": "n", "values": {"text": "t"}}),
        Operation(BoardId("x", "gone"), "add", {"note": "n", "values": {"text": "t"}}),
        Operation(VOTE, "delete", {"note": "n"}),
        Operation(VOTE, "add", "no mapping"),
        Operation(VOTE, "add", {"note": "n", "values": "no mapping"}),
        Operation(VOTE, "add", {"note": "n", "values": {"text": "t", ANNOUNCED: "tie=order"}}),
    ]
    assert list(with_rules(others, KINDS, RULES)) == others
