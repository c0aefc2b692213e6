"""What of a board is not for everybody's eyes."""

from dataclasses import replace

import pytest
from sheets_of import KINDS, board, note, sheet

from clusterlab.language import load
from clusterlab.methods import (
    TieRule,
    VoteRules,
    check_poll,
    handed_out,
    hidden,
    is_secret,
    without,
)
from clusterlab.model import Alternative, BoardId

SAY = load("en").say
IDEAS = board("ideas", note("ID1", "ideas", "Milk for all"), note("ID2", "ideas", "Beer for all"))
OPEN = VoteRules(TieRule.ORDER)


def vote(rules=OPEN, **more):
    ballot = note("B1", "ballots", "maple", ranking="ID1", dots="ID1", reading="example", **more)
    ballot = replace(
        ballot, links=("id-ID1",), author="ann", alternatives=(Alternative("text", "oak", "o"),)
    )
    return replace(sheet("vote", ballot, others=[IDEAS]), vote=rules)


def test_ballots_of_an_open_vote_show_only_that_they_are_there():
    own = vote()
    (shown,) = without(own.board, hidden(own), "hidden")
    assert (shown.id, shown.spoken, shown.block) == ("id-B1", "B1", "ballots")
    assert dict(shown.values) == {"text": "hidden", "reading": "example"}
    assert (shown.links, shown.alternatives, shown.author) == ((), (), "")
    assert [SAY(why) for why in hidden(own).reasons] == [
        "The vote is open: what is on the ballots shows when it is closed."
    ]


@pytest.mark.parametrize("rules", [None, OPEN])
def test_a_vote_is_open_until_somebody_closes_it(rules):
    assert hidden(vote(rules)).notes == {"id-B1"}
    assert is_secret(KINDS["vote"], rules)
    closed = replace(rules or OPEN, closed=True)
    own = vote(closed)
    assert hidden(own).notes == set()
    assert without(own.board, hidden(own), "hidden") is own.board
    assert not is_secret(KINDS["ideas"], rules)


def test_a_vote_without_ballots_and_other_canvases_hide_nothing():
    assert hidden(replace(sheet("vote", others=[IDEAS]), vote=OPEN)).reasons == ()
    assert hidden(sheet("swot", note("S1", "strengths"))).notes == set()


FIGURES = {
    "importance": 4, "performance": 2, "importance-counts": "0,0,0,4,0",
    "performance-counts": "0,4,0,0,0", "share": 40,
}  # fmt: skip


def finding(number, answers, **more):
    return note(f"F{number}", "findings", f"Service {number}", answers=answers, **more)


def test_figures_of_too_few_answers_are_hidden_with_their_number():
    own = sheet("findings", finding(1, 4, **FIGURES), finding(2, 5, share=40))
    found = hidden(own)
    assert found.notes == {"id-F1"}
    first, second = without(own.board, found, "")
    assert dict(first.values) == {"text": "Service 1"}
    assert dict(second.values) == {"text": "Service 2", "answers": 5, "share": 40}
    assert [SAY(why) for why in found.reasons] == [
        "Figures of too few answers, so that nobody can be made out: F1."
    ]


def test_the_threshold_is_the_workshops():
    own = sheet("findings", finding(1, 5, share=40))
    stricter = replace(own, settings=replace(own.settings, fewest_answers=6))
    assert (hidden(own).notes, hidden(stricter).notes) == (set(), {"id-F1"})


def test_figures_of_a_number_that_nobody_says_are_hidden():
    own = sheet("findings", finding(1, None, importance=4), finding(2, None))
    assert hidden(own).notes == {"id-F1"}
    (why,) = hidden(own).reasons
    assert SAY(why) == "Figures of which nobody says how many answered: F1."


def test_shares_from_which_a_hidden_one_would_come_out_are_hidden_too():
    def shares(**more):
        return sheet(
            "findings",
            finding(1, 3, share=10, question="Which?", **more),
            finding(2, 30, share=90, question="which?", importance=4, **more),
            finding(3, 30, share=50, question="Another?", **more),
        )

    own = shares()
    found = hidden(own)
    assert found.notes == {"id-F1", "id-F2"}
    second = without(own.board, found, "").find("F2")
    assert "share" not in second.values
    assert second.get("importance") == 4
    assert SAY(found.reasons[-1]) == "Shares from which a hidden one would come out: F2."
    assert hidden(shares(several="yes")).notes == {"id-F1"}


def test_what_is_kept_beside_a_hidden_figure_is_hidden_as_well():
    few = replace(
        finding(1, 3, share=10),
        alternatives=(Alternative("share", 12, "o"), Alternative("text", "Other", "p")),
    )
    own = sheet("findings", few)
    (shown,) = without(own.board, hidden(own), "")
    assert [a.field for a in shown.alternatives] == ["text"]


def test_forms_and_pages_hold_no_ballots_of_an_open_vote_but_keep_their_numbers():
    ballots, findings = (
        board("vote", note("B1", "ballots", "maple", ranking="ID1", reading="example")),
        board("findings", finding(1, 3, share=10)),
    )
    held = {b.id: b for b in (ballots, findings, IDEAS)}
    given = handed_out(held, KINDS, OPEN)
    vote_id = BoardId("x", "vote")
    assert len(given[vote_id]) == 0
    assert [(n.spoken, n.text, n.get("ranking")) for n in given[vote_id].everything.values()] == [
        ("B1", "", None)
    ]
    assert given[findings.id] is findings
    assert given[IDEAS.id] is IDEAS
    assert handed_out(held, KINDS, replace(OPEN, closed=True)) == held


@pytest.mark.parametrize(
    ("fields", "open_", "closed"),
    [
        (
            {"ranking": "ID1 ID1"},
            "B1 ranks an option more than once. It does not count.",
            "B1 ranks ID1 more than once. It does not count.",
        ),
        (
            {"ranking": "the milk"},
            "B1 names what is no option of the vote. It does not count.",
            "B1 names “the milk”, which is no option of the vote. It does not count.",
        ),
        (
            {"dots": "ID1", "own": "ID1"},
            "B1 votes for an option of the voter’s own. It does not count.",
            "B1 votes for the voter’s own option, ID1. It does not count.",
        ),
    ],
)
def test_findings_say_nothing_of_what_was_chosen_while_the_vote_is_open(fields, open_, closed):
    def told(**more):
        rules = replace(OPEN, own_excluded=True, **more)
        own = sheet("vote", note("B1", "ballots", "maple", **fields), others=[IDEAS])
        found = check_poll(replace(own, vote=rules))
        return [SAY(f.message) for f in found if f.note == "B1"]

    assert told() == [open_]
    assert told(closed=True) == [closed]
