"""Themes over several clusters: clusters count, not notes, and nothing is merged by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import KINDS, note

from clusterlab.methods import (
    convergence,
    convergence_by,
    proposed_merges,
    share_of_clusters,
)
from clusterlab.model import Board, BoardId


def boards(**said):
    """Make boards: by cluster, the theme of each note."""
    return {
        cluster: [
            Board.of(
                BoardId(cluster, "challenges"),
                [note(f"CH{i}", "challenges", f"On {t}", theme=t) for i, t in enumerate(themes)],
                1,
            )
        ]
        for cluster, themes in said.items()
    }


def theme(one):
    return str(one.get("theme") or "")


def counts(found):
    return [(t.label, t.clusters) for t in found.themes]


def test_a_cluster_that_repeats_itself_is_one():
    found = convergence(boards(a=["Funding"] * 5, b=["Skills"], c=["Skills", "Funding"]), theme)
    assert counts(found) == [("Funding", ("a", "c")), ("Skills", ("b", "c"))]
    assert [len(t.said) for t in found.themes] == [6, 2]


def test_clusters_without_a_note_were_asked_too():
    found = convergence(boards(a=["Funding"], b=[], c=[""]), theme)
    assert str(found.themes[0].share) == "1 of 3 clusters"
    assert [(s.cluster, s.note.spoken) for s in found.open] == [("c", "CH0")]


def test_only_case_and_spaces_make_no_difference():
    found = convergence(boards(a=["Funding gap"], b=[" funding  GAP"], c=["Funding gaps"]), theme)
    assert counts(found) == [("Funding gap", ("a", "b")), ("Funding gaps", ("c",))]
    assert [(x.label, y.label) for x, y in proposed_merges(found.themes)] == [
        ("Funding gap", "Funding gaps")
    ]


def test_what_people_merged_keeps_the_words_of_each():
    said = boards(a=["Money"], b=["Funding"], c=["Cash"])
    found = convergence(said, theme, {"cash": "Money", "MONEY": "Funding"})
    (one,) = found.themes
    assert (one.label, one.clusters) == ("Funding", ("a", "b", "c"))
    assert [s.wording for s in one.said] == ["Money", "Funding", "Cash"]


def test_merges_that_go_in_circles_change_nothing():
    found = convergence(boards(a=["One"], b=["Two"]), theme, {"One": "Two", "Two": "One"})
    assert counts(found) == [("One", ("a",)), ("Two", ("b",))]
    assert counts(convergence(boards(a=["One"]), theme, {"One": "  "})) == [("One", ("a",))]


def test_the_most_named_and_those_that_tie_for_the_last_place():
    found = convergence(boards(a=["A", "B", "C"], b=["A", "B"], c=["A", "D"]), theme)
    names = [[t.label for t in part] for part in found.most_named(2)]
    assert names == [["A", "B"], []]
    names = [[t.label for t in part] for part in found.most_named(3)]
    assert names == [["A", "B"], ["C", "D"]]
    assert [len(part) for part in found.most_named(4)] == [4, 0]
    assert found.most_named(0) == ((), ())


themes = st.dictionaries(
    st.sampled_from("abcdefg"),
    st.lists(st.sampled_from(["One", "one ", "Two", "Three", "", " "]), max_size=6),
    max_size=7,
)


@given(themes, st.integers(0, 5))
def test_no_note_is_lost_and_shares_are_of_all(said, number):
    found = convergence(boards(**said), theme)
    notes = sum(len(t.said) for t in found.themes) + len(found.open)
    assert notes == sum(map(len, said.values()))
    assert all(1 <= len(t.clusters) <= t.asked == len(said) for t in found.themes)
    order = [len(t.clusters) for t in found.themes]
    assert order == sorted(order, reverse=True)
    sure, tied = found.most_named(number)
    assert len(sure) <= number
    assert not tied or len(sure) < number < len(sure) + len(tied)


def test_shares_of_few_are_told_in_words():
    assert str(share_of_clusters(3, 7)) == "3 of 7 clusters"
    assert str(share_of_clusters(9, 9)) == "9 of 9 clusters"
    assert str(share_of_clusters(4, 10)) == "40.0 % (4 of 10 clusters)"
    assert str(share_of_clusters(0, 0)) == "0 of 0 clusters"
    assert share_of_clusters(10, 29).fields["percent"] == 34  # 34.48
    assert share_of_clusters(10, 30).fields["percent"] == 33.3


@pytest.mark.parametrize(
    ("tags", "labels"),
    [
        (("Staff", "Money"), ["Money", "Staff"]),
        (("Staff", "Staff"), ["Staff"]),
        (["Staff", None, ["x"]], ["Staff", "x"]),
        ("Staff", ["Staff"]),
        ((), []),
        (None, []),
        (float("nan"), []),
        ([10**5000], ["…"]),
    ],
)
def test_a_note_of_several_tags_is_part_of_each_theme(tags, labels):
    notes = [note("S1", "strengths", tags=tags)]
    found = convergence_by(KINDS["swot"], {"a": notes, "b": []}, "tags")
    assert [t.label for t in found.themes] == labels
    assert all(t.asked == 2 for t in found.themes)


def test_a_choice_goes_by_its_label_and_what_is_none_by_itself():
    notes = [note("PO1", "political", effect=e) for e in ("threat", "odd", ["threat"], None)]
    found = convergence_by(KINDS["pestel"], {"a": notes}, "effect")
    assert {t.label: len(t.said) for t in found.themes} == {"Threat": 2, "odd": 1}
    assert len(found.open) == 1
