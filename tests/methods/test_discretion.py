"""What of a board is not for everybody's eyes."""

from dataclasses import replace

import pytest
from sheets_of import KINDS, board, note, sheet

from clusterlab.language import load
from clusterlab.methods import (
    MethodSettings,
    TieRule,
    VoteRules,
    check_poll,
    check_scores,
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
    board_, decided = vote(rules).board, MethodSettings()
    assert is_secret(KINDS["vote"], board_, rules, decided)
    closed = replace(rules or OPEN, closed=True)
    own = vote(closed)
    assert hidden(own).notes == set()
    assert without(own.board, hidden(own), "hidden") is own.board
    assert not is_secret(KINDS["ideas"], IDEAS, rules, decided)


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
    own = sheet("findings", finding(1, 4, **FIGURES), finding(2, 20, share=40))
    found = hidden(own)
    assert found.notes == {"id-F1"}
    first, second = without(own.board, found, "")
    assert dict(first.values) == {"text": "Service 1"}
    assert dict(second.values) == {"text": "Service 2", "answers": 20, "share": 40}
    assert [SAY(why) for why in found.reasons] == [
        "Figures of too few answers, so that nobody can be made out: F1."
    ]


def test_the_threshold_is_the_workshops():
    own = sheet("findings", finding(1, 5, share=100))
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
    given = handed_out(held, KINDS, OPEN, MethodSettings())
    vote_id = BoardId("x", "vote")
    assert len(given[vote_id]) == 0
    assert [(n.spoken, n.text, n.get("ranking")) for n in given[vote_id].everything.values()] == [
        ("B1", "", None)
    ]
    assert given[findings.id] is findings
    assert given[IDEAS.id] is IDEAS
    assert handed_out(held, KINDS, replace(OPEN, closed=True), MethodSettings()) == held


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


def test_how_few_gave_an_answer_is_hidden_and_the_mean_is_not():
    counted = {"importance-counts": "0,0,5,9,6", "performance-counts": "1,4,5,5,5"}
    own = sheet("findings", finding(1, 20, importance=4, performance=3.5, **counted))
    found = hidden(own)
    (shown,) = without(own.board, found, "")
    assert shown.get("importance-counts") == "0,0,5,9,6"
    assert "performance-counts" not in shown.values
    assert (shown.get("performance"), shown.get("answers")) == (3.5, 20)
    assert [SAY(why) for why in found.reasons] == [
        "How many gave the same answer, where these are few or would come out: F1."
    ]
    every = replace(own, settings=MethodSettings(fewest_alike=1))
    assert hidden(every).notes == set()


def test_counts_that_cannot_be_read_are_hidden_since_they_may_be_of_few():
    own = sheet("findings", finding(1, 20, importance=4, **{"importance-counts": "1, 19"}))
    assert hidden(own).fields == {"id-F1": frozenset({"importance-counts"})}


# -- scores ----------------------------------------------------------------------------------------


def scores(*tokens, **decided):
    rows = [
        replace(note(f"VO{n}", "scores", token, effort="ID1 5, ID2 4", impact="ID1 1"), author="b")
        for n, token in enumerate(tokens, 1)
    ]
    own = sheet("idea-scores", *rows, others=[IDEAS])
    return replace(own, settings=MethodSettings(**decided))


def test_scores_show_only_that_they_are_there_until_everybody_has_scored():
    own = scores("maple", "oak")
    found = hidden(own)
    assert found.notes == {"id-VO1", "id-VO2"}
    first, _ = without(own.board, found, "hidden")
    assert (dict(first.values), first.author) == ({"text": "hidden"}, "")
    assert [SAY(why) for why in found.reasons] == [
        "Each scores alone: what others gave shows when everybody has scored."
    ]
    assert len(handed_out({own.board.id: own.board}, KINDS, None, own.settings)[own.board.id]) == 0
    assert hidden(scores("maple", scores="shown")).notes == set()


@pytest.mark.parametrize(
    ("tokens", "secret"),
    [(("maple",), True), (("maple", "oak"), False), (("maple", "oak", "elm"), False),
     (("maple", " Maple "), True), (("maple", ""), True)],
)  # fmt: skip
def test_scores_show_by_themselves_when_as_many_people_have_scored_as_the_workshop_waits_for(
    tokens, secret
):
    assert bool(hidden(scores(*tokens, scorers=2)).notes) is secret


def test_who_has_only_a_token_has_not_scored():
    own = scores("maple", scorers=2)
    blank = note("VO2", "scores", "oak")
    own = replace(own, board=board("idea-scores", *own.board, blank))
    assert is_secret(own.kind, own.board, None, own.settings)


@pytest.mark.parametrize(
    "effort", ["ID1 5 points", "ID1 9", "ID77 4", "ID1 2, ID1 3", "ID1 1, ID2 5"]
)
def test_findings_say_nothing_of_what_was_scored_while_scores_are_hidden(effort):
    row = note("VO9", "scores", "secret-token", effort=effort, impact="ID1 5")
    own = scores("maple", "oak")
    own = replace(own, board=board("idea-scores", *own.board, row))
    found = check_scores(own)
    said = [SAY(f.message) for f in found]
    assert "Scores are hidden until everybody has scored. So far: 3 people." in said
    assert {f.rule for f in found} <= {
        "scores-hidden", "scores-unread", "scores-off", "scores-unknown", "scores-twice",
    }  # fmt: skip
    text = " ".join(said + [SAY(f.suggestion) for f in found])
    assert not any(part in text for part in ("ID1", "ID2", "ID77", "points", "secret-token"))
    wrong = [f.note for f in found if f.severity != "info"]
    assert wrong == ([] if effort == "ID1 1, ID2 5" else ["VO9"])
    shown = {f.rule for f in check_scores(replace(own, settings=MethodSettings(scores="shown")))}
    assert "scores-hidden" not in shown


def test_what_is_waited_for_is_said():
    (found,) = [f for f in check_scores(scores("maple", scorers=5)) if f.rule == "scores-hidden"]
    assert SAY(found.message).endswith("So far: 1 people of 5.")
    assert "by themselves" in SAY(found.suggestion)
