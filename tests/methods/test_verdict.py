"""What a vote says in sentences."""

from clusterlab.language import load
from clusterlab.methods import Ballot, TieRule, Vote, tallies, verdict
from clusterlab.model import Named

OPTIONS = (Named("m", "Milk"), Named("b", "Beer"), Named("w", "Wine"))


def said(ballots, method, tie=TieRule.ORDER):
    vote = Vote(OPTIONS, tie, dots=1)
    say = load("en").say
    return [say(line) for line in verdict(vote, tallies(vote, ballots), method)]


def ranked(*rankings):
    return [Ballot(f"t{i}", tuple(r)) for i, r in enumerate(rankings)]


def test_a_winner_that_other_ways_of_counting_do_not_confirm():
    ballots = ranked(*["mwb"] * 6, *["bwm"] * 5, *["wbm"] * 4)
    assert said(ballots, "plurality") == [
        "First choices: “Milk” wins. Points: 6.",
        "Points ahead of the second: 1.",
        "Ballots that would have to change for another result: 1 of 15.",
        "Counted by “Ranks (Borda)”, the same ballots give: “Wine”.",
    ]


def test_a_clear_winner():
    lines = said([Ballot(t, ("m",), ("m",), {"m": 1}) for t in "abc"], "borda")
    assert lines == [
        "Ranks (Borda): “Milk” wins. Points: 6.",
        "Points ahead of the second: 4.5.",
        "Ballots that would have to change for another result: 2 of 3.",
        "Counted in other ways, the same ballots give the same result.",
    ]


def test_that_other_ways_agree_is_said_where_there_is_another_way():
    vote = Vote(OPTIONS, TieRule.ORDER, dots=1)
    counted = tallies(vote, [Ballot(t, ("m",), ("m",), {"m": 1}) for t in "abc"])
    same = "Counted in other ways, the same ballots give the same result."

    def told(*methods):
        return [str(m) for m in verdict(vote, {m: counted[m] for m in methods}, "dots")]

    assert same not in told("dots")
    assert same in told("dots", "borda")


def test_a_tie_says_what_decides():
    ballots = ranked("m", "b")
    assert said(ballots, "plurality")[:2] == [
        "First choices: “Milk” wins. Points: 1.",
        "“Milk”, “Beer” have the same points. What decides: the order of the options.",
    ]
    assert said(ballots, "plurality", TieRule.SHARED)[:2] == [
        "First choices: “Milk”, “Beer” share the first place. Points: 1.",
        "Ballots that would have to change for another result: 1 of 2.",
    ]


def test_without_ballots_that_count():
    assert said([Ballot("t", ("x",))], "dots") == [
        "Dots: no ballot counts, so nobody has won.",
        "Ballots that do not count: 1.",
    ]


def test_first_choices_decide_who_wins_although_others_stay_alike():
    # Two dots each; Milk is the first choice of four, the other two of one each.
    given = ["mm", "mm", "mb", "mw", "bb", "ww"]
    ballots = [Ballot(f"t{i}", (g[0],), (), {g[1]: 1}) for i, g in enumerate(given)]
    lines = said(ballots, "dots", TieRule.FIRST_CHOICES)
    assert lines[1].endswith("What decides: the number of first choices.")
    # Where the first two are alike in that, too, their order decides.
    alike = [Ballot(t, (t,), (), {t: 1}) for t in "mb"]
    assert said(alike, "dots", TieRule.FIRST_CHOICES)[1].endswith("the order of the options.")
