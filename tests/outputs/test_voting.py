"""A vote as tables and bars, and who sees them when."""

import json
from dataclasses import replace
from functools import partial

import pytest
from odd import ODD, odd_notes
from sheets_of import KINDS, board, note, sheet

from clusterlab.language import load
from clusterlab.methods import TieRule, VoteRules
from clusterlab.outputs import Context
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.record import remake
from clusterlab.outputs.results import RESULTS, result
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle

HOSTILE = "<script>alert(1)</script> & “x” {text} =1+1"
DRAWS = Presenter(load("en"), Context("en"), {})
CLOSED = VoteRules(TieRule.FIRST_CHOICES, closed=True)
MADE = sorted(RESULTS["vote"])


@pytest.fixture
def votes(small):
    """The outputs of a cluster that has voted, by what was announced."""
    here = OpenWorkshop(small).cluster("alpha")
    for text in ("Milk", "Beer", HOSTILE):
        here.board("ideas").add("ideas", text)
    ballots = here.board("vote")
    for number, ranking in enumerate(["132"] * 6 + ["231"] * 5 + ["321"] * 4, 1):
        ballots.add("ballots", f"t{number}", ranking=" ".join(f"ID{i}" for i in ranking))
    ballots.add("ballots", "t16")
    ballots.add("ballots", "t17", dots="ID9")

    def outputs(**rules):
        small.settings = replace(small.settings, vote=replace(CLOSED, **rules))
        return ClusterOutputs(small, small.cluster("alpha"), load("en"))

    return outputs


def cells(table):
    return [row.cells for row in table.rows]


def test_all_ways_of_counting_stand_beside_each_other(votes):
    table = votes(method="plurality", dots=1).result("vote")
    assert [c.label for c in table.columns] == [
        "No.", "Idea", "Place", "First choices", "Dots", "Approval", "Ranks (Borda)",
    ]  # fmt: skip
    assert cells(table) == [
        ("ID1", "Milk", "1", "6 (1)", "6 (1)", "15 (1)", "12 (3)"),
        ("ID2", "Beer", "2", "5 (2)", "5 (2)", "15 (2)", "14 (2)"),
        ("ID3", HOSTILE, "3", "4 (3)", "4 (3)", "15 (3)", "19 (1)"),
    ]
    assert table.alt.startswith("Standings. First choices: “Milk” wins. Points: 6.")
    facts = {f.label: f.value for f in table.footnotes}
    assert "Ballots that would have to change for another result: 1 of 15." in table.summary
    assert facts["What decides ties:"] == (
        "the number of first choices, then the order of the options"
    )
    assert facts["Ballots:"] == "counted: 15, giving nothing: 1, not counted: 1"


def test_each_way_of_counting_says_who_wins_and_how_sure_that_is(votes):
    table = votes(dots=1).result("vote", "methods")
    assert [c[1:] for c in cells(table)] == [
        ("First choices", "ID1", "6", "1", "1 of 15", ""),
        ("Dots", "ID1", "6", "1", "1 of 15", ""),
        ("Approval", "ID1", "15", "0", "1 of 15", "the number of first choices"),
        ("Ranks (Borda)", "ID3", "19", "5", "2 of 15", ""),
    ]  # by ranks, a ballot that turns from ID3 to ID2 gives a lead of 3 points


def test_the_picture_says_its_message_and_has_a_twin_in_words(votes):
    made = votes(method="borda").result("vote", "standings-picture")
    assert made.title == "Vote: Ranks (Borda)"
    assert "wins. Points: 19." in made.alt
    assert f"1. ID3 {HOSTILE}: 19" in made.text.splitlines()
    assert "3. ID1 Milk: 12" in made.text
    assert "<script>" not in made.svg
    assert "★" not in made.text


def test_those_who_tie_share_the_place_where_nobody_set_a_rule(votes):
    made = votes(tie=None, method="approval").result("vote")
    assert [c[2] for c in cells(made)] == ["1", "1", "1"]
    (said,) = [f.value for f in made.footnotes if f.label == "What decides ties:"]
    assert "nobody has set a rule" in said


@pytest.mark.parametrize("name", MADE)
def test_nobody_sees_a_result_before_the_vote_is_closed(votes, name):
    made = votes(closed=False).result("vote", name)
    assert made.alt == ("The vote is open; its result shows when it is closed. Ballots so far: 17.")
    assert not [w for w in ("Milk", "ID1", "wins") if w in made.to_html() + str(made.to_json())]
    assert votes(closed=True).result("vote", name).alt != made.alt


@pytest.mark.parametrize("name", MADE)
def test_a_vote_that_nobody_has_begun_is_no_sheet_to_fill(small, name):
    outputs = ClusterOutputs(small, small.cluster("beta"), load("en"))
    made = outputs.result("vote", name)
    assert made.type == "picture"
    assert made.alt


@pytest.mark.parametrize("name", MADE)
def test_it_is_made_again_and_from_a_bundle(votes, small, name):
    review = votes()
    made = review.result("vote", name)
    saved = json.loads(json.dumps(made.to_json()))
    assert remake(review, saved["context"]["made"]) == made
    bundle = Bundle(small.bundle(review.cluster, review.language))
    other = ClusterOutputs(bundle, bundle.cluster, bundle.language)
    assert other.result("vote", name).to_json() == made.to_json()
    assert "<script>" not in made.to_html()


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("value", [v for k, v in ODD.items() if k != "huge"])
@pytest.mark.parametrize("name", MADE)
def test_no_value_stops_a_result(name, value, closed):
    others = [board(k, *odd_notes(KINDS[k], value)) for k in KINDS if k != "vote"]
    own = sheet("vote", *odd_notes(KINDS["vote"], value), others=others)
    own = replace(own, vote=VoteRules(closed=closed))
    assert result(DRAWS, own, name).to_html()


def test_votes_on_nothing_and_votes_for_nothing():
    ballot = note("B1", "ballots", "t1", dots="ID1")
    nothing = replace(sheet("vote", ballot), vote=CLOSED)
    empty = sheet(
        "vote", note("B1", "ballots", "t1"), others=[board("ideas", note("ID1", "ideas"))]
    )
    for own in (nothing, replace(empty, vote=CLOSED)):
        for name in MADE:
            made = result(DRAWS, own, name)
            assert made.to_text()
            assert "nobody has won" in made.alt or made.type == "picture"


def test_with_40_ideas_every_idea_is_in_the_picture_and_no_label_over_another():
    ideas = board("ideas", *(note(f"ID{n}", "ideas", f"Idea {n} " + "long " * 20)
                             for n in range(1, 41)))  # fmt: skip
    cast = [note(f"B{n}", "ballots", f"t{n}", dots=f"ID{n}×3") for n in range(1, 41)]
    own = replace(sheet("vote", *cast, others=[ideas]), vote=CLOSED)
    made = result(DRAWS, own, "standings-picture")
    drawn = "".join([made.svg, *made.more])
    assert all(f"ID{n} Idea" in drawn for n in range(1, 41))
    assert len([line for line in made.text.splitlines() if ". ID" in line]) == 40


# -- how sure a quarter is -------------------------------------------------------------------------

action = partial(note, block="actions")


def plan(*pairs):
    notes = [action(f"A{n}", text=f"Do {n}", effort=x, impact=y)
             for n, (x, y) in enumerate(pairs, 1)]  # fmt: skip
    return result(DRAWS, sheet("action-plan", *notes), "certainty")


def test_notes_that_one_step_would_move_and_where_to():
    table = plan((2, 5), (1, 5), (2, 3), (4, None), (3, 5))
    assert cells(table) == [
        ("A1", "Do 1", "2", "5", "Quick wins", "Major projects"),
        ("A3", "Do 3", "2", "3", "Fill-ins", "Quick wins, Major projects, Thankless tasks"),
        ("A5", "Do 5", "3", "5", "Major projects", "Quick wins"),
    ]
    facts = {f.label: f.value for f in table.footnotes}
    assert facts["Stay where they are:"] == "A2"
    assert facts["Without both scores:"] == "A4"
    assert "not how far people agree" in facts["Scores:"]
    assert "Effort 3 counts as high" in facts["In the middle:"]
    assert table.alt.endswith("3 of 4 notes would change their quarter by one step: A1, A3, A5.")


def test_where_nothing_moves_that_is_said_and_where_nothing_stands_too():
    assert plan((1, 5), (5, 1)).alt.startswith("All 2 notes stay in their quarter")
    assert "Nothing to show yet" in plan().alt
    assert "Nothing to show yet" in plan((1, None)).alt


def test_services_are_looked_at_by_what_people_rated():
    rated = note("SV1", "services", "Job fair", mission=5, profitability=3)
    money = note("SV2", "services", "Fair", mission=5, staff_cost=5, fee_revenue=1)
    table = result(DRAWS, sheet("services", rated, money), "certainty")
    assert cells(table) == [("SV1", "Job fair", "3", "5", "Heart", "Star")]
    assert "SV2" in {f.value for f in table.footnotes}


@pytest.mark.parametrize("value", [v for k, v in ODD.items() if k != "huge"])
@pytest.mark.parametrize("canvas", ["action-plan", "services"])
def test_no_value_stops_the_look_at_quarters(canvas, value):
    own = sheet(canvas, *odd_notes(KINDS[canvas], value))
    assert result(DRAWS, own, "certainty").to_html()
