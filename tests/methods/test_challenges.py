"""Challenges: counted over clusters, checked in each."""

import pytest
from sheets_of import KINDS, note, sheet

from clusterlab.errors import Message
from clusterlab.methods import (
    RULES,
    challenge_of,
    challenges,
    check_challenges,
    label_of,
    own_themes,
)
from clusterlab.model import Board, BoardId

KIND = KINDS["challenges"]


def named(number, **fields):
    return note(f"CH{number}", "challenges", **fields)


def over(**clusters):
    """Count over clusters: what each chose."""
    return challenges(
        KIND,
        {
            cluster: Board.of(
                BoardId(cluster, "challenges"),
                [named(i, challenge=c) for i, c in enumerate(chosen, 1)],
                1,
            )
            for cluster, chosen in clusters.items()
        },
    )


def test_there_are_ten_usual_challenges():
    assert len(KIND.field("challenge").choices) == 10


def test_the_five_most_named_go_to_rooms():
    found = over(
        a=["members", "finances", "services", "digitalisation", "visibility"],
        b=["members", "finances", "services", "digitalisation", "members", "members"],
        c=["members", "finances", "services", "governance"],
    )
    sure, tied = found.most_named(5)
    assert [(t.label, str(t.share)) for t in sure] == [
        ("Attracting and retaining members", "3 of 3 clusters"),
        ("Financial sustainability", "3 of 3 clusters"),
        ("Service innovation", "3 of 3 clusters"),
        ("Digitalisation", "2 of 3 clusters"),
    ]
    assert [t.label for t in tied] == ["Governance and structures", "Marketing and visibility"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"challenge": "services", "theme": "Own"}, "Service innovation"),
        ({"theme": "Own"}, "Own"),
        ({"challenge": "", "theme": None}, ""),
        ({"challenge": "of an older list"}, "of an older list"),
        ({"challenge": ("services",)}, "services"),
        ({"theme": "long " * 40 + "own words"}, "long " * 40 + "own words"),
        ({"theme": 7}, "7"),
    ],
)
def test_what_a_note_names(fields, expected):
    assert challenge_of(KIND, named(1, **fields)) == expected


def test_a_challenge_named_twice_and_one_that_nobody_can_count():
    one = sheet("challenges", named(1, theme="Own"), named(2), named(3, theme="own"))
    found = check_challenges(one)
    assert [(f.rule, f.note) for f in found] == [("challenge-open", "CH2"), ("challenge-twice", "")]
    assert str(found[0].message) == (
        "CH2 names neither a usual challenge nor a theme, so it cannot be counted together with "
        "what other clusters wrote."
    )
    assert "“Own”" in str(found[1].message)
    assert check_challenges(sheet("challenges", named(1, theme="A"), named(2, theme="B"))) == []
    assert check_challenges(sheet("challenges")) == []


def test_a_clusters_own_stand_in_the_order_in_which_it_named_them():
    one = sheet("challenges", named(1, theme="Z"), named(2, theme="A"), named(3, theme="Z"))
    assert [t.label for t in own_themes(one).themes] == ["Z", "A"]


def test_only_usual_challenges_are_translated():
    assert label_of(KIND, "Digitalisation") == Message("Digitalisation")
    assert label_of(KIND, "Goals") == "Goals"


def test_the_rules_are_found_by_the_method():
    assert RULES["challenges"] is check_challenges
