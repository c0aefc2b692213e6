"""Breakout rooms: sizes, clusters kept apart, chance that can be repeated."""

import random
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.errors import UsageError
from clusterlab.methods import Breakout, Participant, breakout

people = st.lists(st.sampled_from(["moveo", "censec", "arus", "mafex", ""]), max_size=30).map(
    lambda clusters: [Participant(f"p{i}", c) for i, c in enumerate(clusters)]
)
rooms = st.integers(1, 8)
seeds = st.integers(-5, 10**20)


def mixed(arranged):
    clusters = [[p.cluster for p in room if p.cluster] for room in arranged]
    return all(len(set(room)) == len(room) for room in clusters)


@given(people, rooms, seeds)
def test_everybody_sits_in_one_room_and_rooms_are_equal(who, count, seed):
    found = breakout(who, count, seed).rooms
    assert sorted((p for room in found for p in room), key=lambda p: p.id) == sorted(
        who, key=lambda p: p.id
    )
    sizes = [len(room) for room in found]
    assert len(sizes) == count
    assert max(sizes) - min(sizes) <= 1


@given(people, rooms, seeds)
def test_clusters_are_apart_exactly_where_they_send_no_more_than_there_are_rooms(who, count, seed):
    found = breakout(who, count, seed)
    sent = Counter(p.cluster for p in who if p.cluster)
    assert set(found.together) == {c for c, number in sent.items() if number > count}
    assert mixed(found.rooms) == (not found.together)
    for cluster, number in sent.items():  # of a larger one, each room has as few as can be
        held = [sum(p.cluster == cluster for p in room) for room in found.rooms]
        assert max(held) == -(-number // count)


def test_no_other_arrangement_is_mixed_where_this_one_is_not():
    """Every arrangement of up to five people in up to three rooms."""
    for clusters, count in product(product("ab", repeat=5), (1, 2, 3)):
        who = [Participant(f"p{i}", c) for i, c in enumerate(clusters)]
        possible = any(
            mixed([[p for p, r in zip(who, places, strict=True) if r == room] for room in range(3)])
            for places in product(range(count), repeat=len(who))
        )
        assert (breakout(who, count, 1).together == ()) == possible


@given(people, rooms, seeds, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(who, count, seed, chance: random.Random):
    other = list(who)
    chance.shuffle(other)
    assert breakout(other, count, seed) == breakout(who, count, seed)


def test_a_seed_gives_these_rooms_for_ever():
    who = [Participant(f"p{i}", c) for i, c in enumerate(["moveo", "moveo", "arus", "arus", ""])]
    found = breakout(who, 2, 2024)
    assert [[p.id for p in room] for room in found.rooms] == [
        ["p0", "p3"],
        ["p1", "p4", "p2"],
    ]
    assert len({breakout(who, 2, seed) for seed in range(20)}) > 5


def test_everybody_meets_everybody_of_other_clusters_about_as_often():
    who = [Participant(f"{c}{i}", c) for c in "abcd" for i in range(3)]
    met = Counter()
    for seed in range(600):
        for room in breakout(who, 3, seed).rooms:
            ids = sorted(p.id for p in room)
            met.update((a, b) for a in ids for b in ids if a < b)
    assert len(met) == 54  # 6 pairs of clusters, 9 pairs of people in each
    assert 150 < min(met.values()) <= max(met.values()) < 250  # a third of 600 is 200


def test_more_rooms_than_people():
    found = breakout([Participant("p", "moveo")], 3, 1)
    assert sorted(len(room) for room in found.rooms) == [0, 0, 1]
    assert breakout([], 2, 1) == Breakout(((), ()), ())


def test_what_cannot_be_done_is_refused():
    with pytest.raises(UsageError):
        breakout([], 0, 1)
    with pytest.raises(UsageError):
        breakout([Participant("p"), Participant("p", "moveo")], 2, 1)
