"""Scores of several people: how they are read, what they give, and what the rules say of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import KINDS, board, note, rules, sheet

from clusterlab.language import load
from clusterlab.methods import MethodSettings, Sheet, agreed, check_scores, same_way, scores
from clusterlab.methods.consensus import runs_reversed
from clusterlab.model import kind_from

SAY = load("en").say
IDEAS = board("ideas", *(note(f"ID{n}", "ideas", f"Idea {n}") for n in range(1, 6)))


def scored(*rows, ideas=IDEAS, **settings):
    """Give a board: for each row its effort and impact, or a note."""
    notes = [
        row if hasattr(row, "id")
        else note(f"VO{n}", "scores", f"t{n}", effort=row[0], impact=row[1])
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    own = sheet("idea-scores", *notes, others=[ideas])
    return replace(own, settings=MethodSettings(**{"scores": "shown", **settings}))


def item(own, spoken="ID1"):
    return next(i for i in scores(own).items if i.note.spoken == spoken)


def told(own, rule):
    return [(f.note, SAY(f.message)) for f in check_scores(own) if f.rule == rule]


def test_each_thing_has_median_mean_range_and_agreement():
    own = scored(("ID1 1, ID2 5", "ID1 5"), ("ID1 2", "ID1 5"), ("ID1 5", "id1: 5"))
    effort, impact = (item(own).spreads[name] for name in ("effort", "impact"))
    assert (effort.n, effort.median, effort.mean) == (3, 2, pytest.approx(8 / 3))
    assert (effort.lowest, effort.highest) == (1, 5)
    assert effort.agreement == pytest.approx(1 - 2 * (4 / 3) / 4)
    assert (impact.n, impact.agreement) == (3, 1)
    assert item(own, "ID2").spreads["effort"].agreement is None
    assert item(own, "ID2").spreads["impact"] is None


def test_the_workshop_says_whether_median_or_mean_places_a_thing():
    rows = [("ID1 1", "ID1 5"), ("ID1 2", "ID1 5"), ("ID1 5", "ID1 5"), ("ID1 5", "ID1 5")]
    assert item(scored(*rows)).certainty.across.centre == 3.5
    assert item(scored(*rows, score_centre="mean")).certainty.across.centre == 3.25
    three = [*rows[:2], ("ID1 5", "ID1 5")]
    assert item(scored(*three)).certainty.quadrant.id == "quick-wins"
    assert item(scored(*three, score_centre="mean")).certainty.across.centre == pytest.approx(8 / 3)


def test_one_person_less_may_move_a_thing_and_is_named_by_the_row_alone():
    own = scored(("ID1 1", "ID1 5"), ("ID1 2", "ID1 5"), ("ID1 4", "ID1 5"))
    assert item(own).certainty.without == ("VO1",)  # of 2 and 4 the median is on the line
    assert told(own, "scores-hangs") == [
        ("", "Without one of the people, these would be in another quarter: ID1.")
    ]
    sure = scored(("ID1 1", "ID1 5"), ("ID1 1", "ID1 5"), ("ID1 1", "ID1 5"))
    assert told(sure, "scores-hangs") == []
    assert told(scored(("ID1 3", "ID1 5")), "scores-hangs") == []  # there is nobody to leave out


def test_the_last_row_of_a_token_counts_and_one_without_token_does_not():
    own = scored(
        note("VO1", "scores", " Maple", effort="ID1 5", impact="ID1 1"),
        note("VO2", "scores", "maple ", effort="ID1 1", impact="ID1 5"),
        note("VO3", "scores", " ", effort="ID1 5", impact="ID1 1"),
    )
    assert item(own).spreads["effort"].n == 1
    assert item(own).certainty.quadrant.id == "quick-wins"
    assert [(f.note, f.severity) for f in check_scores(own) if f.rule == "scores-token"] == [
        ("VO1", "warning"), ("VO3", "error"),
    ]  # fmt: skip
    assert told(scored(("ID1 1", "ID1 5"), ("ID1 1", "ID1 5")), "scores-token") == []


@pytest.mark.parametrize(
    ("typed", "rule", "sentence"),
    [
        ("ID1 4 points, ID2 3", "scores-unread", "VO1, “Effort”: “points” cannot be read"),
        ("ID1 4, ID1 2", "scores-twice", "VO1, “Effort”: ID1 is scored more than once"),
        ("ID9 4", "scores-unknown", "VO1, “Effort”: there is no ID9 to score."),
        ("ID1 6", "scores-off", "VO1, “Effort”: the score 6 of ID1 does not count."),
        ("ID1 0", "scores-off", "VO1, “Effort”: the score 0 of ID1 does not count."),
    ],
)
def test_what_does_not_count_is_told_where_it_stands(typed, rule, sentence):
    ((place, message),) = told(scored((typed, "ID1 3, ID2 3")), rule)
    assert place == "VO1"
    assert message.startswith(sentence)
    for border in ("ID1 1, ID2 5", "ID1 5", ""):
        assert told(scored((border, "")), rule) == []


def test_a_score_off_the_scale_and_one_of_no_thing_are_left_out():
    own = scored(("ID1 6, ID9 1", "ID1 5"), ("ID1 5", "ID1 5"))
    assert item(own).spreads["effort"].n == 1
    assert item(own).certainty.voters == 1


def test_only_who_scores_both_axes_counts_for_the_place():
    own = scored(("ID1 1, ID2 2", "ID1 5"), ("ID1 1, ID2 2", "ID1 5, ID2 4"))
    assert item(own, "ID2").certainty.voters == 1
    assert told(own, "scores-half") == [
        (
            "VO1",
            (
                "VO1 has scores under “Effort”, but none under “Impact”, for: ID2. So this row "
                "does not count where the matrix places them."
            ),
        )
    ]


def test_half_a_score_is_told_by_what_is_missing():
    own = scored(("ID1 1, ID2 2", "ID1 5, ID3 4, ID4 4"))
    told_ = [f for f in check_scores(own) if f.rule == "scores-half"]
    assert [(f.message.fields["names"], SAY(f.suggestion)) for f in told_] == [
        (["ID2"], "Add their scores under “Impact”, if this person can judge that."),
        (["ID3", "ID4"], "Add their scores under “Effort”, if this person can judge that."),
    ]
    assert told(scored(("ID1 1", "ID1 5")), "scores-half") == []
    assert told(scored(("", "")), "scores-half") == []


def test_what_nobody_scored_is_told_together_once_somebody_has_scored():
    some = told(scored(("ID1 1, ID2 3", "ID3 5")), "scores-open")
    assert some == [("", "Nobody has scored these: ID4, ID5.")]
    every = "ID1 1, ID2 3, ID3 3, ID4 3, ID5 3"
    assert told(scored((every, every)), "scores-open") == []
    assert check_scores(scored()) == []


def test_people_who_see_a_thing_very_differently_are_told_to_talk():
    def apart(*efforts):
        return told(scored(*((f"ID1 {e}", "ID1 3") for e in efforts)), "scores-apart")

    assert apart(1, 5) == [
        ("", "For these, the scores that people gave under “Effort” lie far apart: ID1.")
    ]
    assert apart(2, 4) == []  # an agreement of just 0.5
    assert apart(1, 4)
    assert apart(3) == []


ORDER = "ID1 1, ID2 2, ID3 3, ID4 4, ID5 5"
TURNED = "ID1 5, ID2 4, ID3 3, ID4 2, ID5 1"


def test_who_read_a_scale_the_other_way_round_is_asked():
    own = scored((ORDER, ORDER), (ORDER, ORDER), (TURNED, ORDER), (ORDER, ORDER))
    assert told(own, "scores-reversed") == [
        ("VO3", "VO3 scores “Effort” the other way round than all others.")
    ]
    three = scored((ORDER, ORDER), (ORDER, ORDER), (TURNED, ORDER))
    assert [spoken for spoken, _ in told(three, "scores-reversed")] == ["VO3"]
    assert told(scored(*[(ORDER, ORDER)] * 4), "scores-reversed") == []
    assert told(scored((ORDER, ORDER), (TURNED, ORDER)), "scores-reversed") == []  # of two: who?


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ([5, 4, 3, 2, 1], True),
        ([5, 4, 3, 1, 2], True),  # 1 of 10 pairs the same: gamma -0.8
        ([5, 3, 4, 1, 2], True),  # 2 of 10: gamma -0.6, the border
        ([4, 5, 2, 3, 1][:5], True),
        ([3, 5, 4, 1, 2], False),  # 4 of 10
        ([1, 2, 3, 4, 5], False),
        ([5, 4, 3], False),  # of three things nothing is said
        ([4, 3, 2, 1], True),
        ([3, 3, 3, 3, 3], False),
        ([2, 2, 2, 2, 1], False),  # four pairs that differ are too few
        ([3, 3, 2, 1], True),  # five pairs are enough
        ([4, 3, 2, 4, 2], False),  # 2 of 8 pairs the same: gamma -0.5
    ],
)
def test_from_a_gamma_of_minus_0_6_on_a_ranking_runs_the_other_way(second, expected):
    assert runs_reversed(list(zip(range(1, 6), second, strict=False))) is expected


def test_pairs_that_are_equal_in_one_ranking_are_in_neither_order():
    assert same_way([(1, 1), (2, 2), (2, 3)]) == (2, 0)
    assert same_way([(1, 2), (2, 1), (3, 1)]) == (0, 2)


def test_a_matrix_of_scores_keeps_the_rules_of_a_matrix():
    hard = " ".join(f"ID{n} 5" for n in range(1, 4))
    own = scored((hard, hard), (hard, hard))
    assert "matrix-no-quick-win" in {f.rule for f in check_scores(own)}
    easy = " ".join(f"ID{n} 1" for n in range(1, 4))
    assert "matrix-easy" in {f.rule for f in check_scores(scored((easy, hard)))}
    mixed = scored(("ID1 1, ID2 5, ID3 5", hard))
    assert not {"matrix-easy", "matrix-no-quick-win"} & {f.rule for f in check_scores(mixed)}


def own_kind(about, *fields, **more):
    raw = {
        "id": "own", "version": 1, "title": "Own", "layout": "table", "method": "scores",
        "about": about, "blocks": [{"id": "scores", "label": "S", "letter": "VO", **more}],
        "fields": [{"id": f, "label": f} if isinstance(f, str) else f for f in fields],
    }  # fmt: skip
    return kind_from(raw, "own.toml")


def on_kind(kind, others, *rows):
    own = board(kind.id, *(note(f"VO{n}", "scores", f"t{n}", **r) for n, r in enumerate(rows, 1)))
    boards = {b.id: b for b in (own, others)}
    shown = MethodSettings(scores="shown")
    return Sheet(kind, own, {**KINDS, kind.id: kind}, boards, settings=shown)


def test_a_workshops_own_kind_asks_for_scores_of_any_canvas():
    plan = board("action-plan", note("A1", "actions"), note("A2", "actions"))
    own = on_kind(
        own_kind("action-plan", "effort", "impact"), plan,
        {"effort": "A1 1, A2 5", "impact": "A1 5, A2 5"},
    )  # fmt: skip
    places = {i.note.spoken: i.certainty.quadrant.id for i in scores(own).items}
    assert places == {"A1": "quick-wins", "A2": "major-projects"}

    swot = board("swot", note("S1", "strengths", topic="business"))
    own = on_kind(
        own_kind("swot", "importance"), swot, {"importance": "S1 4"}, {"importance": "S1 5"}
    )
    (found,) = scores(own).items
    assert (found.spreads["importance"].median, found.certainty) == (4.5, None)


def test_blocks_say_which_notes_are_scored_and_own_ends_which_scale():
    relevance = {"id": "relevance", "label": "Relevance", "minimum": 0, "maximum": 10}
    needs = board("needs", note("M1", "members"), note("N1", "needs"))
    own = on_kind(
        own_kind("needs", relevance, cites=["needs"]), needs,
        {"relevance": "N1 10, M1 3"}, {"relevance": "N1 0"},
    )  # fmt: skip
    (found,) = scores(own).items
    spread = found.spreads["relevance"]
    assert (found.note.spoken, spread.n, spread.median, spread.agreement) == ("N1", 2, 5, 0)
    assert told(own, "scores-unknown") == [("VO1", "VO1, “Relevance”: there is no M1 to score.")]


def test_a_canvas_that_asks_for_nothing_or_has_nothing_to_score_says_so():
    bare = on_kind(own_kind("ideas", "remark"), IDEAS, {"remark": "ID1 4"})
    assert rules(check_scores(bare)) == [("scores-scale", "")]
    assert rules(check_scores(scored(("ID1 1", "ID1 1"), ideas=board("ideas")))) == [
        ("scores-nothing", "")
    ]


whole = st.lists(st.integers(1, 5), min_size=2, max_size=9)


@given(whole)
def test_agreement_is_one_minus_the_dissent_that_leik_defines(given_scores):
    n = len(given_scores)
    shares = [sum(s <= point for s in given_scores) / n for point in range(1, 5)]
    dissent = sum(min(share, 1 - share) for share in shares) * 2 / 4
    assert agreed(given_scores, 1, 5) == pytest.approx(1 - dissent)


def test_agreement_has_its_ends_and_needs_two_people_and_a_scale():
    assert agreed([1, 1, 5, 5], 1, 5) == 0
    assert agreed([4, 4], 1, 5) == 1
    assert agreed([4], 1, 5) is None
    assert agreed([], 1, 5) is None
    assert agreed([1, 1], 1, 1) is None
    assert agreed([0, 1], 0, 1) == 0
