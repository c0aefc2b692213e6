"""A vote on a canvas: how ballots are read, and what the rules say of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import KINDS, board, note, rules, sheet

from clusterlab.methods import TieRule, VoteRules, check, check_poll, poll, thread
from clusterlab.model import kind_from, kind_to

IDEAS = board(
    "ideas",
    note("ID1", "ideas", "A joint stand at the fair"),
    note("ID2", "ideas", "Export training"),
    note("ID3", "ideas", "Test bench for batteries"),
    note("ID3b", "ideas", "Mentors for founders"),
    note("ID12", "ideas", "Job portal"),
)
OPEN = VoteRules(TieRule.FIRST_CHOICES)
CLOSED = replace(OPEN, closed=True)


def voted(*ballots, announced=OPEN, ideas=IDEAS):
    notes = [b if hasattr(b, "id") else ballot(**b) for b in ballots]
    return replace(sheet("vote", *notes, others=[ideas]), vote=announced)


def ballot(number=1, token=None, **more):
    return note(f"B{number}", "ballots", f"t{number}" if token is None else token, **more)


def one(**more):
    (found,) = poll(voted(ballot(**more))).ballots
    return found


def told(*ballots, **more):
    return rules(check_poll(voted(*ballots, **more)))


@pytest.mark.parametrize(
    ("typed", "ranking"),
    [
        ("ID3, ID1, ID12", ("ID3", "ID1", "ID12")),
        ("id3 > id1", ("ID3", "ID1")),
        ("ID3;ID1/ID2", ("ID3", "ID1", "ID2")),
        ("1. ID3 2. ID1", ("ID3", "ID1")),
        ("1) ID3\n2) ID1", ("ID3", "ID1")),
        ("ID3b, ID3", ("ID3B", "ID3")),
        ("ID1", ("ID1",)),
        ("", ()),
        (None, ()),
        ("-", ("-",)),
        ("2. ID3 1. ID1", ("ID3", "ID1", "2. 1.")),
        ("ID3, ID99", ("ID3", "ID99")),
        ("the test bench", ("the test bench",)),
        ("ID33", ("ID33",)),
        ("ID1 2", ("ID1", "2")),
        (3, ("3",)),
    ],
)
def test_a_ranking_is_what_it_names_and_what_it_does_not_name_is_kept(typed, ranking):
    assert one(ranking=typed).ranking == ranking


@pytest.mark.parametrize(
    ("typed", "dots"),
    [
        ("ID3 ID3 ID1", {"ID3": 2, "ID1": 1}),
        ("ID3×2, ID1", {"ID3": 2, "ID1": 1}),
        ("ID3x2 ID1 x 1", {"ID3": 2, "ID1": 1}),
        ("2×ID3, 1 x ID1", {"ID3": 2, "ID1": 1}),
        ("ID3: 2; ID1=1", {"ID3": 2, "ID1": 1}),
        ("ID3 (2) ID1", {"ID3": 2, "ID1": 1}),
        ("ID3b×2 ID3", {"ID3B": 2, "ID3": 1}),
        ("ID3×0", {"ID3": 0}),
        ("ID3 2, ID1 1", {"ID3": 1, "ID1": 1, "2 1": 1}),
        ("ID3 ID99×2", {"ID3": 1, "ID99×2": 1}),
        (2.5, {"2.5": 1}),
    ],
)
def test_dots_are_counted_in_every_usual_way_of_writing(typed, dots):
    assert one(dots=typed).dots == dots


def test_options_without_a_number_of_their_own_are_options_still():
    ideas = board(
        "ideas",
        note("ID1", "ideas", "Milk for all"),
        replace(note("ID1", "ideas", "Beer for all"), id="twin"),
        replace(note("", "ideas", "Bread for all"), id="bare"),
    )
    own = voted(replace(ballot(), links=("twin", "bare")), ideas=ideas)
    found = poll(own)
    assert [o.id for o in found.vote.options] == ["ID1", "twin", "bare"]
    assert found.ballots[0].approved == ("twin", "bare")


def test_the_number_of_another_option_is_no_number_of_times():
    kind = kind_from(
        {**kind_to(KINDS["ideas"]), "blocks": [{"id": "ideas", "label": "Ideas", "letter": "X"}]},
        "sample.toml",
    )
    ideas = board("ideas", *(note(f"X{n}", "ideas", f"Idea {n}") for n in (1, 2, 3)))
    given = replace(voted(ballot(dots="X1 X3 X2", ranking="X1 X3"), ideas=ideas),
                    kinds={**KINDS, "ideas": kind})  # fmt: skip
    (found,) = poll(given).ballots
    assert found.dots == {"X1": 1, "X2": 1, "X3": 1}
    assert found.ranking == ("X1", "X3")


@given(st.lists(st.sampled_from(["ID1", "ID2", "ID3", "ID3b", "ID12"]), max_size=5, unique=True),
       st.sampled_from([", ", " ", "; ", " > ", "\n", "/"]))  # fmt: skip
def test_whatever_stands_between_them_options_are_found_in_their_order(ids, between):
    found = one(ranking=between.join(ids), dots=between.join(f"{i}×2" for i in ids))
    assert found.ranking == tuple(i.upper() for i in ids)
    assert found.dots == {i.upper(): 2 for i in ids}


@given(st.text(max_size=40))
def test_any_text_is_read_and_nothing_else_than_options_counts(text):
    found = poll(voted(ballot(ranking=text, dots=text, own=text)))
    known = set(found.vote.ids)
    strange = [o for o in found.ballots[0].ranking if o not in known]
    assert (not text.strip()) <= (not strange)
    assert check_poll(voted(ballot(ranking=text, dots=text, own=text))) is not None


def test_links_are_what_a_ballot_approves_of():
    found = one(links=["ID2", "ID1", "gone"])
    assert found.approved == ("ID2", "ID1")
    tally = poll(voted(ballot(links=["ID2"]), ballot(2, links=["ID2", "ID1"]))).counted()
    assert tally["approval"].winners == ("ID2",)


def test_a_vote_in_order_has_nothing_to_fix():
    assert told(ballot(1, ranking="ID1 ID2"), ballot(2, dots="ID1×3"), ballot(3, links=["ID3"]),
                ballot(4), announced=CLOSED) == []  # fmt: skip


def test_one_token_is_one_ballot_and_the_lower_row_counts():
    given = [ballot(1, "Fox 7", dots="ID1"), ballot(2, " fox  7", dots="ID2"), ballot(3, " ")]
    assert told(*given) == [("vote-token", "B1"), ("vote-token", "B3")]
    found = poll(voted(*given)).counted()["dots"]
    assert (found.winners, found.counted) == (("ID2",), 1)
    said = [str(f.message) for f in check_poll(voted(*given)) if f.rule == "vote-token"]
    assert said == [
        "B2 has the token of B1 and stands below it, so B1 does not count.",
        "B3 has no token. It does not count.",
    ]


@pytest.mark.parametrize(("dots", "fault"), [("ID1×3", []), ("ID1×3 ID2", ["vote-dots"])])
def test_no_more_dots_than_were_announced(dots, fault):
    assert [r for r, _ in told(ballot(dots=dots))] == fault


def test_the_own_idea_counts_only_where_the_facilitator_allows_it():
    mine = ballot(dots="ID1", own="ID1")
    assert told(mine) == []
    strict = replace(OPEN, own_excluded=True)
    assert told(mine, announced=strict) == [("vote-own", "B1")]
    assert told(ballot(dots="ID1", own="ID2"), announced=strict) == []
    assert told(ballot(dots="ID1", own="my idea"), announced=strict) == [("vote-unknown", "B1")]
    assert told(ballot(links=["ID1"], own="ID1"), announced=strict) == [("vote-own", "B1")]


def test_options_that_are_not_there_or_twice():
    given = [ballot(1, ranking="ID1 ID99"), ballot(2, ranking="ID1 ID2 ID1"), ballot(3, dots="1")]
    assert told(*given) == [("vote-twice", "B2"), ("vote-unknown", "B1"), ("vote-unknown", "B3")]
    (found,) = [
        f for f in check_poll(voted(given[0], announced=CLOSED)) if f.rule == "vote-unknown"
    ]
    assert str(found.message).startswith("B1 names “ID99”, which is no option of the vote.")


ALIKE = board("ideas", note("ID1", "ideas", "A joint stand at the fair"),
              note("ID2", "ideas", "Joint stand at the fair"))  # fmt: skip


def test_options_alike_and_no_tie_rule_are_told_before_anybody_votes():
    assert told(announced=VoteRules(), ideas=ALIKE) == [("vote-alike", ""), ("vote-tie", "")]
    assert told(announced=OPEN, ideas=ALIKE) == [("vote-alike", "")]
    assert told(announced=None, ideas=ALIKE) == []
    assert told(announced=VoteRules()) == [("vote-tie", "")]
    assert told(ballot(dots="ID1"), announced=None) == [("vote-tie", "")]
    (found,) = check_poll(voted(announced=OPEN, ideas=ALIKE))
    assert "(ID1) and “Joint stand at the fair” (ID2) look like the same option" in str(
        found.message
    )


def test_ballots_need_something_to_choose_between():
    two = board("ideas", *list(IDEAS)[:2])
    single = board("ideas", *list(IDEAS)[:1])
    assert told(ballot(), ideas=two) == []
    assert told(ballot(), ideas=single) == [("vote-options", "")]
    assert told(ballot(), ideas=board("ideas")) == [("vote-options", "")]
    assert told(announced=VoteRules(), ideas=single) == []


def infos(*ballots, announced):
    return [f.rule for f in check_poll(voted(*ballots, announced=announced))]


def test_while_it_is_open_that_is_said_and_then_whether_it_is_narrow():
    given = [ballot(1, dots="ID1×3"), ballot(2, dots="ID1×3"), ballot(3, dots="ID2×3")]
    assert infos(*given, announced=OPEN) == ["vote-open"]
    assert infos(*given, announced=CLOSED) == ["vote-narrow"]
    sure = [*given, ballot(4, dots="ID1×3"), ballot(5, dots="ID1×3")]  # two would be needed
    assert infos(*sure, announced=CLOSED) == []
    assert infos(given[0], announced=CLOSED) == []  # of one ballot, everybody knows


def test_a_canvas_of_ones_own_votes_on_what_it_cites():
    raw = {**kind_to(KINDS["vote"]), "id": "challenge-vote", "cites": "challenges"}
    kind = kind_from(raw, "sample.toml")
    challenges = board("challenges", note("CH1", "challenges", "No money"),
                       note("CH2", "challenges", "Few members"))  # fmt: skip
    own = sheet("vote", ballot(dots="CH2×2 CH1"), others=[challenges])
    found = poll(replace(own, kind=kind))
    assert found.counted()["dots"].winners == ("CH2",)


def test_ballots_are_checked_with_the_other_canvases_and_are_off_the_thread():
    own = voted(ballot(links=["ID1"]))
    found = check(KINDS, own.boards, {}, vote=VoteRules())
    assert [(f.rule, f.board.canvas) for f in found if f.rule.startswith("vote")] == [
        ("vote-tie", "vote"), ("vote-open", "vote"),
    ]  # fmt: skip
    assert thread(own).canvases == ()
    planned = check(KINDS, {IDEAS.id: IDEAS}, {}, vote=VoteRules())
    assert "vote-tie" in {f.rule for f in planned}
    assert "vote-tie" not in {f.rule for f in check(KINDS, {IDEAS.id: IDEAS}, {})}
