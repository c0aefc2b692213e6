"""Rated notes of a SWOT: what matters most, and what no strategy takes up."""

import pytest
from sheets_of import KINDS, board, note, sheet

from clusterlab.language import load
from clusterlab.methods import Sheet, check_swot, check_tows, weighted_notes
from clusterlab.model import kind_from, kind_to

SAY = load("en").say


def swot(**ratings):
    """Give one note of each quadrant, and a strength, a threat more; ratings by spoken id."""
    blocks = {"S": "strengths", "W": "weaknesses", "O": "opportunities", "T": "threats"}
    return [
        note(spoken, blocks[spoken[0]], f"It matters {spoken}", topic="business",
             **({"importance": ratings[spoken]} if spoken in ratings else {}))
        for spoken in ("S1", "S2", "W1", "O1", "T1", "T2")
    ]  # fmt: skip


def told(notes, links=("S1", "O1")):
    strategy = note("SO1", "so", topic="business", links=links)
    found = check_tows(sheet("tows", strategy, others=[board("swot", *notes)]))
    return sorted((f.rule, f.severity, f.note) for f in found)


def test_without_ratings_threats_and_opportunities_are_told_one_by_one_and_the_rest_together():
    assert told(swot()) == [
        ("tows-orphan", "warning", "T1"),
        ("tows-orphan", "warning", "T2"),
        ("tows-unused", "info", ""),
    ]
    found = check_tows(
        sheet("tows", note("SO1", "so", topic="business", links=["S1", "O1"]),
              others=[board("swot", *swot())])
    )  # fmt: skip
    (unused,) = (SAY(f.message) for f in found if f.rule == "tows-unused")
    assert unused == "No strategy uses these strengths and weaknesses: S2, W1."


def test_where_all_are_taken_up_nothing_is_told():
    wt = note("WT1", "wt", topic="business", links=["W1", "T1"])
    st = note("ST1", "st", topic="business", links=["S2", "T2"])
    so = note("SO1", "so", topic="business", links=["S1", "O1"])
    assert check_tows(sheet("tows", so, st, wt, others=[board("swot", *swot(S2=5, T1=5))])) == []


def test_what_is_rated_high_is_told_wherever_it_stands():
    assert ("tows-orphan", "warning", "S2") in told(swot(S2=4))
    assert ("tows-orphan", "warning", "W1") in told(swot(W1=5))
    assert ("tows-orphan", "warning", "T1") in told(swot(T1=4))
    assert ("tows-orphan", "warning", "S1") not in told(swot(S1=5))
    found = check_tows(
        sheet("tows", note("SO1", "so", topic="business", links=["S1", "O1"]),
              others=[board("swot", *swot(W1=5))])
    )  # fmt: skip
    assert "W1 (Weaknesses) is rated 5 of 5, but no strategy takes it up: It matters W1" in {
        str(f.message) for f in found
    }


def test_the_middle_of_the_scale_is_not_high():
    assert ("tows-orphan-low", "info", "T1") in told(swot(T1=3))
    assert ("tows-orphan", "warning", "T1") not in told(swot(T1=3))
    assert all(spoken != "S2" for _, _, spoken in told(swot(S2=3)))


def test_what_is_said_to_do_about_an_orphan_depends_on_its_rating():
    def advice(**ratings):
        strategy = note("SO1", "so", topic="business", links=["S1", "O1"])
        own = sheet("tows", strategy, others=[board("swot", *swot(**ratings))])
        return next(SAY(f.suggestion) for f in check_tows(own) if f.note == "T1")

    live = "Link a strategy to it, write one, or decide to live with it."
    assert advice() == advice(T1=4) == live
    assert advice(T1=3) == "It is rated 3 of 5: leave it if the others come first."


@pytest.mark.parametrize("odd", ["5", True, 6, 0, float("nan"), 10**400])
def test_a_rating_that_is_none_is_told_and_does_not_count(odd):
    assert [f.note for f in check_swot(sheet("swot", *swot(S2=odd))) if f.rule == "swot-odd"] == [
        "S2"
    ]
    assert all(spoken != "S2" for _, _, spoken in told(swot(S2=odd)))
    fine = check_swot(sheet("swot", *swot(S2=1, T1=5)))
    assert "swot-odd" not in {f.rule for f in fine}


def test_notes_that_nobody_rated_are_told_where_others_are():
    def without(**ratings):
        found = check_swot(sheet("swot", *swot(**ratings)))
        return [SAY(f.message) for f in found if f.rule == "swot-unrated"]

    assert without() == []
    assert without(S1=1, S2=2, W1=3, O1=4, T1=5, T2=5) == []
    assert without(S1=1, S2=2, W1=3, O1=4, T1=5) == ["5 of 6 notes are rated; these are not: T2."]
    assert without(S1=1) == ["1 of 6 notes are rated; these are not: S2, W1, O1, T1, T2."]


def test_notes_are_ranked_and_equal_ones_share_the_rank():
    strategy = note("SO1", "so", topic="business", links=["S1", "T1", "T1"])
    own = sheet("swot", *swot(S1=2, S2=5, T1=4, W1=4), others=[board("tows", strategy)])
    found = weighted_notes(own)
    assert [(w.note.spoken, w.rank, w.high) for w in found] == [
        ("S2", 1, True), ("W1", 2, True), ("T1", 2, True), ("S1", 4, False),
        ("O1", 0, False), ("T2", 0, False),
    ]  # fmt: skip
    taken = {w.note.spoken: [n.spoken for n in w.taken_up] for w in found}
    assert taken["T1"] == taken["S1"] == ["SO1"]
    assert taken["S2"] == []


def test_a_kind_without_ratings_or_without_ends_of_the_scale_has_nothing_high():
    notes = swot(S2=5)
    for fields in ([], [{"id": "importance", "label": "I", "type": "number"}]):
        kind = kind_from({**kind_to(KINDS["swot"]), "fields": fields}, "own.toml")
        found = weighted_notes(Sheet(kind, board("swot", *notes), {**KINDS, "swot": kind}))
        assert not any(w.high for w in found)
