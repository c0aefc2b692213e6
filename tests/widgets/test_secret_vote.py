"""Live votes and scores: until they show, each person sees their own rows alone."""

import json
from dataclasses import replace

import pytest

from clusterlab.methods import MethodSettings, TieRule, VoteRules
from clusterlab.model import BoardId, Operation, new_id


def cast(desk, actor, canvas="vote", **values):
    """Cast a ballot as somebody else, from another program."""
    place = BoardId("alpha", canvas)
    block, letter = ("ballots", "B") if canvas == "vote" else ("scores", "VO")
    payload = {"note": new_id(), "block": block, "letter": letter, "values": values}
    desk.folder.append([Operation(place, "add", payload, actor, new_id())])
    desk.catch_up()
    return payload["note"]


def voting(desk, *, closed):
    rules = VoteRules(TieRule.ORDER, closed=closed)
    desk.folder.settings = replace(desk.folder.settings, vote=rules)


@pytest.fixture
def ballots(desk, new_page):
    voting(desk, closed=False)
    return new_page(desk, canvas="vote", shape="table", topic="")


def test_others_ballots_are_not_told_to_a_page_while_the_vote_is_open(ballots, desk):
    theirs = cast(desk, "bob", text="secret-token", ranking="ID7", dots="ID7")
    mine = cast(desk, "ann", text="my-token", ranking="ID8")
    told = json.dumps([*ballots.heard, ballots.hello()])
    assert "secret-token" not in told
    assert "ID7" not in told
    assert "bob" not in told
    notes = ballots.hello()["state"]["boards"]["current"]["notes"]
    assert notes[theirs]["values"] == {"text": "Ballot, hidden until the vote is closed"}
    assert notes[theirs]["spoken"] == "B1"
    assert notes[mine]["values"]["ranking"] == "ID8"


def test_a_step_tells_nothing_of_others_ballots_and_all_of_ones_own(ballots, desk):
    ballots.hello()
    cast(desk, "bob", text="secret-token", ranking="ID7")
    (step,) = ballots.heard[-1]["steps"]
    assert "secret-token" not in json.dumps(step)
    note = new_id()
    _, heard = ballots.do("add", note, values={"text": "mine"}, block="ballots")
    assert heard[-1]["steps"][0]["note"]["values"]["text"] == "mine"


def test_once_a_vote_is_closed_everybody_sees_the_ballots(ballots, desk):
    theirs = cast(desk, "bob", text="token", ranking="ID7")
    voting(desk, closed=True)
    notes = ballots.hello()["state"]["boards"]["current"]["notes"]
    assert notes[theirs]["values"]["ranking"] == "ID7"


@pytest.mark.parametrize("kind", ["edit", "delete", "move", "link"])
def test_nobody_changes_a_ballot_of_somebody_else_while_the_vote_is_open(ballots, desk, kind):
    more = {
        "edit": {"values": {"text": "x"}}, "delete": {}, "move": {"block": "ballots"},
        "link": {"target": new_id()},
    }[kind]  # fmt: skip
    theirs, mine = cast(desk, "bob", text="token"), cast(desk, "ann", text="mine")

    def base(note):
        return list(desk.board(BoardId("alpha", "vote")).everything[note].heads)

    _, heard = ballots.do(kind, theirs, base=base(theirs), **more)
    assert heard[-1]["kind"] == "refused"
    assert "somebody else’s" in heard[-1]["why"]
    _, heard = ballots.do(kind, mine, base=base(mine), **more)
    assert heard[-1]["kind"] == "changed"
    voting(desk, closed=True)
    _, heard = ballots.do(kind, theirs, base=base(theirs), **more)
    assert heard[-1]["kind"] == "changed"


def test_a_ballot_from_a_page_keeps_the_rules_under_which_it_was_cast(ballots, desk):
    note = new_id()
    ballots.do("add", note, values={"text": "mine"}, block="ballots")
    held = desk.board(BoardId("alpha", "vote")).everything[note]
    assert held.get("announced") == "tie=order method=dots dots=3 own=allowed"


def scoring(desk, **decided):
    rules = MethodSettings(**decided)
    desk.folder.settings = replace(desk.folder.settings, methods=rules)


@pytest.fixture
def rows(desk, new_page):
    scoring(desk, scorers=2)
    return new_page(desk, canvas="idea-scores", shape="table", topic="")


def values_of(page):
    notes = page.hello()["state"]["boards"]["current"]["notes"]
    return {i: note["values"].get("effort") for i, note in notes.items()}


def test_others_scores_show_when_the_last_one_waited_for_has_scored(rows, desk):
    theirs = cast(desk, "bob", "idea-scores", text="maple", effort="ID1 5")
    assert "ID1 5" not in json.dumps([*rows.heard, rows.hello()])
    mine = new_id()
    rows.do("add", mine, values={"text": "oak"}, block="scores")
    assert values_of(rows) == {theirs: None, mine: None}
    base = list(desk.board(BoardId("alpha", "idea-scores")).everything[mine].heads)
    _, heard = rows.do("edit", mine, base=base, values={"effort": "ID1 2"})
    assert "ID1 5" in json.dumps(heard[-1]["state"])  # at once, to every page that is open
    assert values_of(rows) == {theirs: "ID1 5", mine: "ID1 2"}


def test_nobody_changes_somebody_elses_scores_while_they_are_hidden(rows, desk):
    theirs = cast(desk, "bob", "idea-scores", text="maple", effort="ID1 5")
    base = list(desk.board(BoardId("alpha", "idea-scores")).everything[theirs].heads)
    _, heard = rows.do("edit", theirs, base=base, values={"effort": "ID1 1"})
    assert heard[-1]["kind"] == "refused"
    scoring(desk, scores="shown")
    _, heard = rows.do("edit", theirs, base=base, values={"effort": "ID1 1"})
    assert heard[-1]["kind"] == "changed"
    assert values_of(rows) == {theirs: "ID1 1"}
