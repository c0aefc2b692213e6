"""Votes: known profiles, what holds for every set of ballots, and the rules."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, permutations, product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from clusterlab.methods import (
    Ballot,
    TieRule,
    Vote,
    check_vote,
    first_choice,
    points,
    sort_out,
    tallies,
    tally,
)
from clusterlab.model import BoardId, Named

BOARD = BoardId("", "best-practices")


def vote_on(options, **more):
    more = {"tie": TieRule.ORDER, "dots": 1, **more}
    return Vote(tuple(Named(o, o) for o in options), **more)


def ballots_of(*groups):
    """Make ballots: how many, and what each holds (a text is a ranking by first letters)."""
    found = []
    for number, parts in groups:
        given_parts = {"ranking": tuple(parts)} if isinstance(parts, str) else parts
        found += [Ballot(f"t{len(found) + i}", **given_parts) for i in range(number)]
    return found


def scores(found):
    return {s.option: s.points for s in found.standings}


# -- profiles from books -------------------------------------------------------------------------


def test_the_capital_of_tennessee():
    """Memphis, Nashville, Chattanooga, Knoxville: everybody prefers what is nearer.

    Borda: N = 42·2 + 26·3 + 15·1 + 17·1 = 194, C = 42 + 52 + 45 + 34 = 173, M = 42·3 = 126,
    K = 26 + 30 + 51 = 107. Two approved each: N = 42 + 26 = 68, C = 26 + 15 + 17 = 58.
    """
    people = ballots_of((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))
    found = tallies(vote_on("MNCK", approvals=2), people)
    assert scores(found["plurality"]) == {"M": 42, "N": 26, "C": 15, "K": 17}
    assert scores(found["borda"]) == {"M": 126, "N": 194, "C": 173, "K": 107}
    assert scores(found["approval"]) == {"M": 42, "N": 68, "C": 58, "K": 32}
    winners = {method: f.winners for method, f in found.items()}
    assert winners == {"plurality": ("M",), "dots": ("M",), "approval": ("N",), "borda": ("N",)}
    assert (found["borda"].margin, found["plurality"].margin) == (21, 16)


def test_bordas_own_example_of_twenty_one_voters():
    """Plurality 8, 7, 6; Borda with 2, 1, 0: A = 8·2, B = 1 + 14 + 6, C = 7 + 7 + 12."""
    people = ballots_of((1, "ABC"), (7, "ACB"), (7, "BCA"), (6, "CBA"))
    found = tallies(vote_on("ABC"), people)
    assert scores(found["plurality"]) == {"A": 8, "B": 7, "C": 6}
    assert scores(found["borda"]) == {"A": 16, "B": 21, "C": 26}


def test_three_methods_three_winners_on_saaris_beverages():
    """Milk, beer, wine: 6 M>W>B, 5 B>W>M, 4 W>B>M; the last group can live with beer as well.

    Plurality 6, 5, 4. Borda: W = 6 + 5 + 8 = 19, B = 10 + 4 = 14, M = 12. Approval: B = 5 + 4.
    """
    people = ballots_of(
        (6, {"ranking": tuple("MWB"), "approved": ("M",)}),
        (5, {"ranking": tuple("BWM"), "approved": ("B",)}),
        (4, {"ranking": tuple("WBM"), "approved": ("W", "B")}),
    )
    found = tallies(vote_on("MBW"), people)
    assert {m: f.winners for m, f in found.items()} == {
        "plurality": ("M",), "dots": ("M",), "approval": ("B",), "borda": ("W",),
    }  # fmt: skip
    assert scores(found["borda"]) == {"M": 12, "B": 14, "W": 19}
    assert scores(found["approval"]) == {"M": 6, "B": 9, "W": 4}


# -- how a ballot is read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "method", "expected"),
    [
        ({"dots": {"A": 2, "B": 1}}, "plurality", {"A": 1}),
        ({"dots": {"A": 1, "B": 1}}, "plurality", {}),
        ({"approved": ("A",)}, "plurality", {"A": 1}),
        ({"approved": ("A", "B")}, "plurality", {}),
        ({"ranking": tuple("ABCD")}, "dots", {"A": 1, "B": 1, "C": 1}),
        ({"approved": tuple("ABCD")}, "dots", {}),
        ({"approved": tuple("ABC")}, "dots", {"A": 1, "B": 1, "C": 1}),
        ({"dots": {"A": 2, "B": 1}}, "approval", {"A": 1, "B": 1}),
        ({"ranking": tuple("ABCD")}, "approval", {"A": 1, "B": 1, "C": 1}),
        ({"ranking": tuple("AB")}, "borda", {"A": 3, "B": 2, "C": 0.5, "D": 0.5}),
        ({"dots": {"A": 2, "B": 1}}, "borda", {"A": 3, "B": 2, "C": 0.5, "D": 0.5}),
        ({"approved": ("A", "B")}, "borda", {"A": 2.5, "B": 2.5, "C": 0.5, "D": 0.5}),
        ({}, "borda", {}),
    ],
)
def test_how_a_ballot_is_read(parts, method, expected):
    found = tally(vote_on("ABCD", dots=3), [Ballot("t", **parts)], method)
    assert scores(found) == {o: expected.get(o, 0) for o in "ABCD"}
    assert (found.counted, found.abstained) == ((1, 0) if expected else (0, 1))


def test_the_modified_count_gives_little_to_who_ranks_few():
    vote = vote_on("ABCD", partial="modified")
    assert scores(tally(vote, ballots_of((1, "A")), "borda")) == {"A": 1, "B": 0, "C": 0, "D": 0}
    whole = scores(tally(vote, ballots_of((1, "DCBA")), "borda"))
    assert whole == {"A": 1, "B": 2, "C": 3, "D": 4}


def test_the_own_option_gets_nothing_and_the_others_share_the_rest():
    vote = vote_on("ABC", own_excluded=True)
    found = tally(vote, [Ballot("t", ranking=("B",), own=("A",))], "borda")
    assert scores(found) == {"A": 0, "B": 1, "C": 0}


# -- ties ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "winners", "places", "decided"),
    [
        (TieRule.SHARED, ("A", "B"), [1, 1, 3], TieRule.SHARED),
        (None, ("A", "B"), [1, 1, 3], TieRule.SHARED),
        (TieRule.ORDER, ("A",), [1, 2, 3], TieRule.ORDER),
        (TieRule.FIRST_CHOICES, ("B",), [1, 2, 3], TieRule.FIRST_CHOICES),
    ],
)
def test_a_tie_is_decided_by_the_rule_and_reported(rule, winners, places, decided):
    people = ballots_of(
        (1, {"ranking": ("B", "A"), "approved": ("A", "B")}),
        (1, {"ranking": ("B",), "approved": ("B",)}),
        (1, {"ranking": ("C",), "approved": ("A",)}),
    )
    found = tally(vote_on("ABC", tie=rule), people, "approval")
    assert found.winners == winners
    assert [s.place for s in found.standings] == places
    assert found.margin == 0
    assert [(set(t.options), t.decided_by) for t in found.ties] == [({"A", "B"}, decided)]


def test_where_first_choices_tie_too_the_order_decides_and_is_named():
    found = tally(
        vote_on("AB", tie=TieRule.FIRST_CHOICES), ballots_of((1, "B"), (1, "A")), "plurality"
    )
    assert found.winners == ("A",)
    assert [t.decided_by for t in found.ties] == [TieRule.ORDER]


def test_without_ballots_nobody_wins():
    for found in tallies(vote_on("AB"), [Ballot("t")]).values():
        assert (found.winners, found.ties, found.to_change) == ((), (), None)
    nothing = tally(vote_on(""), [], "borda")
    assert (nothing.standings, nothing.margin) == ((), None)


# -- how many ballots would have to change --------------------------------------------------------


def every_ballot(vote, own, method):
    """Give one of each sort of ballot on few options: of those that count alike, the first."""
    allowed = [i for i in vote.ids if i not in own or not vote.own_excluded]
    rankings = [r for k in range(len(allowed) + 1) for r in permutations(allowed, k)]
    approvals = [a for k in range(len(allowed) + 1) for a in combinations(allowed, k)]
    shares = product(range(vote.dots + 1), repeat=len(allowed))
    dots = [dict(zip(allowed, s, strict=True)) for s in shares if sum(s) <= vote.dots]
    found = {}
    for ranking, (approved, given_dots) in product(
        rankings, [*((a, {}) for a in approvals), *(((), d) for d in dots)]
    ):
        ballot = Ballot("x", ranking, approved, given_dots, own)
        sort = (tuple(sorted(points(vote, ballot, method).items())), first_choice(ballot))
        found.setdefault(sort, ballot)
    return list(found.values())


def fewest_changes(vote, ballots, method):
    before = tally(vote, ballots, method).winners
    for number in range(1, len(ballots) + 1):
        for places in combinations(range(len(ballots)), number):
            choices = [every_ballot(vote, ballots[p].own, method) for p in places]
            for chosen in product(*choices):
                changed = list(ballots)
                for place, ballot in zip(places, chosen, strict=True):
                    changed[place] = replace(ballot, token=ballots[place].token)
                if tally(vote, changed, method).winners != before:
                    return number
    return None


def drawn_ballots(options, most, dots):
    """Draw ballots in groups of the same, so that there are clear winners too."""
    ranking = st.lists(st.sampled_from(options), unique=True, max_size=len(options)).map(tuple)
    shares = st.dictionaries(st.sampled_from(options), st.integers(0, dots), max_size=1)
    one = st.fixed_dictionaries({"ranking": ranking}) | st.fixed_dictionaries(
        {}, optional={"ranking": ranking, "approved": ranking, "dots": shares}
    )
    groups = st.lists(st.tuples(st.integers(1, 4), one), max_size=most)
    return groups.map(lambda drawn: ballots_of(*drawn)[:most])


rules = st.sampled_from([*TieRule, None])
methods = st.sampled_from(["plurality", "dots", "approval", "borda"])
partials = st.sampled_from(["averaged", "modified"])


votes = st.builds(
    vote_on,
    st.sampled_from(["A", "AB", "BA", "ABC", "CBA", "BCA"]),
    tie=st.sampled_from([*TieRule, None]),
    dots=st.just(2),
    partial=partials,
    own_excluded=st.booleans(),
)


def with_owner(vote, ballot, own):
    """Give a ballot its owner, and take away what it may not give."""
    if not vote.own_excluded:
        return ballot
    ranking, approved = (
        tuple(o for o in part if o != own) for part in (ballot.ranking, ballot.approved)
    )
    dots = {o: n for o, n in ballot.dots.items() if o != own}
    return Ballot(ballot.token, ranking, approved, dots, (own,))


@settings(max_examples=250, deadline=None)
@given(votes, st.data(), methods)
def test_the_fewest_changes_are_those_that_trying_all_finds(vote, data, method):
    people = [
        with_owner(vote, ballot, data.draw(st.sampled_from(vote.ids)))
        for ballot in data.draw(drawn_ballots(sorted(vote.ids), 4, 2))
    ]
    found = tally(vote, people, method)
    assert not found.faults
    event(f"{method}: {found.to_change} of {len(people)}")
    assert found.to_change == (fewest_changes(vote, people, method) if found.counted else None)


def test_who_owns_the_winner_can_give_more_by_the_modified_count():
    """A voter who may not rank B gives C both points of two ranked: 2 to 2, and C is first."""
    vote = vote_on("CBA", partial="modified", own_excluded=True)
    people = [Ballot("1", ("B",), own=("C",)), Ballot("2", ("B",), own=("C",))]
    people.append(Ballot("3", own=("B",)))
    found = tally(vote, people, "borda")
    assert (found.winners, found.to_change) == (("B",), 1)
    assert fewest_changes(vote, people, "borda") == 1


def test_a_ballot_whose_first_choice_it_is_already_adds_no_first_choice():
    """One more approval of B makes 3 to 3; first choices stay 2 to 2, and A is first."""
    vote = vote_on("AB", tie=TieRule.FIRST_CHOICES)
    people = ballots_of(
        (2, {"ranking": ("B",), "approved": ("A",)}),
        (2, {"ranking": ("A",), "approved": ("A", "B")}),
    )
    found = tally(vote, people, "approval")
    assert (found.winners, found.to_change) == (("A",), 2)
    assert fewest_changes(vote, people, "approval") == 2


def test_the_winner_of_tennessee_falls_when_nine_change():
    """42 - 9 = 33 is less than 26 + 9 = 35; with eight it is 34 to 34, where the order decides."""
    people = ballots_of((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))
    assert tally(vote_on("MNCK"), people, "plurality").to_change == 9
    assert tally(vote_on("NMCK"), people, "plurality").to_change == 8
    assert tally(vote_on("MNCK", tie=TieRule.SHARED), people, "plurality").to_change == 8


# -- what holds for every set of ballots ----------------------------------------------------------

many = drawn_ballots("ABCD", 8, 3)


@given(many, rules, methods, st.randoms(use_true_random=False))
def test_neither_the_order_of_ballots_nor_the_tokens_matter(people, rule, method, chance):
    vote = vote_on("ABCD", tie=rule, dots=3)
    mixed = [replace(b, token=f"other-{b.token}") for b in people]
    chance.shuffle(mixed)
    assert tally(vote, mixed, method) == tally(vote, people, method)


@given(many, rules, methods, partials, st.data())
def test_a_winner_that_rises_on_a_ballot_still_wins(people, rule, method, partial, data):
    """Monotonicity: of ballots that rank, one lifts a winner that it ranks already."""
    vote = vote_on("ABCD", tie=rule, dots=3, partial=partial)
    which, up = data.draw(st.integers(0, 7)), data.draw(st.integers(0, 3))
    people = [Ballot(b.token, b.ranking) for b in people]
    before = tally(vote, people, method).winners
    ballot = people[which % len(people)] if people else Ballot("t")
    winner = next((w for w in before if w in ballot.ranking), None)
    if winner is None:
        return
    others = [o for o in ballot.ranking if o != winner]
    place = max(ballot.ranking.index(winner) - up, 0)
    lifted = replace(ballot, ranking=(*others[:place], winner, *others[place:]))
    changed = [lifted if b is ballot else b for b in people]
    assert winner in tally(vote, changed, method).winners


several = st.lists(st.frozensets(st.sampled_from("ABCD")), max_size=8)


@given(several, rules, st.integers(0, 7))
def test_a_winner_that_one_more_approves_of_still_wins(sets, rule, which):
    """Monotonicity of approval, of ballots that approve: somebody adds a winner to theirs."""
    vote = vote_on("ABCD", tie=rule)
    people = [Ballot(f"t{n}", approved=tuple(sorted(a))) for n, a in enumerate(sets)]
    for winner in tally(vote, people, "approval").winners:
        ballot = people[which % len(people)]
        wider = tuple(dict.fromkeys((*ballot.approved, winner)))
        changed = [replace(b, approved=wider) if b is ballot else b for b in people]
        event(f"{rule}: {'added' if winner not in ballot.approved else 'had it'}")
        assert winner in tally(vote, changed, "approval").winners


@given(
    st.lists(st.lists(st.sampled_from("ABCD"), max_size=3), max_size=8),
    rules,
    st.integers(0, 7),
    st.sampled_from(["", *"ABCD"]),
)
def test_a_winner_that_gets_another_dot_still_wins(given_dots, rule, which, loser):
    """Monotonicity of dots: a dot more for a winner, one that was left or one of another option."""
    vote = vote_on("ABCD", tie=rule, dots=3)
    people = [Ballot(f"t{n}", dots=Counter(d)) for n, d in enumerate(given_dots)]
    for winner in tally(vote, people, "dots").winners:
        ballot = people[which % len(people)]
        dots = Counter(ballot.dots)
        dots[winner] += 1
        if loser:
            dots[loser] -= 1
        if sum(dots.values()) > vote.dots or min(dots.values()) < 0:
            continue
        changed = [replace(b, dots=dots) if b is ballot else b for b in people]
        event(f"{rule}: {'moved' if loser else 'added'}")
        found = tally(vote, changed, "dots")
        assert not found.faults
        assert winner in found.winners


@given(many)
def test_the_averaged_count_gives_the_same_sum_for_every_ballot(people):
    found = tally(vote_on("ABCD", dots=3), people, "borda")
    assert sum(scores(found).values()) == 6 * found.counted


@given(st.lists(st.permutations("ABCD"), min_size=1, max_size=9))
def test_who_loses_to_everybody_in_pairs_never_wins_by_borda_alone(rankings):
    people = ballots_of(*((1, "".join(r)) for r in rankings))
    for one in "ABCD":
        beaten = all(
            2 * sum(r.index(one) > r.index(other) for r in rankings) > len(rankings)
            for other in "ABCD"
            if other != one
        )
        if beaten:
            assert one not in tally(vote_on("ABCD", tie=TieRule.SHARED), people, "borda").winners


# -- rules -----------------------------------------------------------------------------------------


def told(vote, ballots=()):
    return sorted(f.rule for f in check_vote(vote, ballots, BOARD))


def test_a_vote_in_order_has_no_findings():
    vote = vote_on(["Joint stand", "Export training"], dots=3, own_excluded=True)
    people = [Ballot("a", dots={"Joint stand": 3}, own=("Export training",)), Ballot("b")]
    assert told(vote, people) == []


def test_of_two_ballots_with_one_token_the_last_counts():
    vote = vote_on("AB")
    people = [Ballot("t", ("A",)), Ballot("t", ("B",)), Ballot("", ("A",))]
    assert told(vote, people) == ["vote-token", "vote-token"]
    good, faults = sort_out(vote, people)
    assert [b.ranking for b in good] == [("B",)]
    assert len(faults) == 2


def test_ballots_that_do_not_count_stop_none_of_those_behind_them():
    people = [Ballot("", ("A",)), Ballot("t", ("A",)), Ballot("t", ("B",)), Ballot("u", ("A",))]
    good, faults = sort_out(vote_on("AB"), people)
    assert [b.token for b in good] == ["t", "u"]
    assert [f.kind for f in faults] == ["token", "again"]


def test_more_dots_than_there_are():
    vote = vote_on("AB", dots=3)
    assert told(vote, [Ballot("t", dots={"A": 2, "B": 1})]) == []
    assert told(vote, [Ballot("t", dots={"A": 2, "B": 2})]) == ["vote-dots"]


@pytest.mark.parametrize("count", [-1, 0.5, float("nan"), True, "2", None])
def test_dots_that_are_no_whole_numbers(count):
    assert told(vote_on("AB", dots=3), [Ballot("t", dots={"A": count})]) == ["vote-dots"]


def test_the_own_option_only_where_the_facilitator_excludes_it():
    people = [Ballot("t", ("A",), own=("A",))]
    assert told(vote_on("AB"), people) == []
    assert told(vote_on("AB", own_excluded=True), people) == ["vote-own"]
    assert tally(vote_on("AB", own_excluded=True), people, "plurality").winners == ()


def test_what_is_on_a_ballot_is_told_unless_it_is_secret_yet():
    ballot = Ballot("t", ("A", "A"), place="B7")
    [told_] = check_vote(vote_on("AB"), [ballot], BOARD)
    assert str(told_.message) == "B7 ranks A more than once. It does not count."
    [hidden] = check_vote(vote_on("AB"), [ballot], BOARD, secret=True)
    assert str(hidden.message) == "B7 ranks an option more than once. It does not count."


def test_options_that_are_not_there_or_there_twice():
    assert told(vote_on("AB"), [Ballot("t", ("Z",))]) == ["vote-unknown"]
    assert told(vote_on("AB"), [Ballot("t", (["Z"],))]) == ["vote-unknown"]
    assert told(vote_on("AB"), [Ballot("t", ("A", "B", "A"))]) == ["vote-twice"]
    assert told(vote_on("AB"), [Ballot("t", own=("Z",))]) == []
    assert told(vote_on("AB", own_excluded=True), [Ballot("t", own=("Z",))]) == ["vote-unknown"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A joint stand at the fair", "Joint stand at the fair", True),
        ("Members’ survey on-line", "Members’ surveys on-line", True),
        ("one two three", "one two three four", True),  # three of four words
        ("one two", "one two three", False),  # two of three
        ("Training for members", "Coaching for members", False),
        ("", "", False),
        ("👍", "👎", False),
    ],
)
def test_options_that_look_alike(one, other, same):
    vote = Vote((Named("a", one), Named("b", other)), TieRule.ORDER)
    assert told(vote) == (["vote-alike"] if same else [])


def test_a_tie_rule_is_set_before():
    assert told(vote_on("AB", tie=None)) == ["vote-tie"]
    assert told(vote_on("AB", tie=TieRule.SHARED)) == []
