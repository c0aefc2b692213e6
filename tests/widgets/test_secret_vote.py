"""A live vote: until it is closed each person sees their own ballots alone."""

import json
from dataclasses import replace

import pytest

from clusterlab.methods import TieRule, VoteRules
from clusterlab.model import BoardId, Operation, new_id


def cast(desk, actor, **values):
    """Cast a ballot as somebody else, from another program."""
    place = BoardId("alpha", "vote")
    payload = {"note": new_id(), "block": "ballots", "letter": "B", "values": values}
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
