"""Breakout rooms: people at random, those of one cluster apart where that is possible."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from clusterlab.errors import N_, UsageError


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody to be put into a room; who belongs to no cluster has cluster ""."""

    id: str
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Breakout:
    """Who sits where.

    Parameters
    ----------
    rooms
        Participants by room; the sizes of any two rooms differ by one at most.
    together
        Clusters of which some sit in one room, because the cluster sends more people than there
        are rooms; empty where everybody sits among others.
    """

    rooms: tuple[tuple[Participant, ...], ...]
    together: tuple[str, ...]


def breakout(participants: Sequence[Participant], rooms: int, seed: int) -> Breakout:
    """Put people into rooms at random.

    All of one cluster can sit apart exactly where it sends no more people than there are rooms.
    Dealing people out cluster by cluster, one to each room in turn, reaches that, and rooms of
    equal size: any ``rooms`` people in a row go to different rooms. Of a larger cluster, each
    room gets as few as can be. Chance decides on the order of clusters, of the people within
    each, and on which room is which.

    The same people, rooms and seed give the same rooms, in whatever order the people come and on
    any computer: what is random comes from a hash of seed and id, not from a library.

    Parameters
    ----------
    participants
        Each with an id of their own.
    rooms
        How many rooms.
    seed
        Any whole number; another one gives another arrangement.

    Raises
    ------
    UsageError
        Where there is no room, or where two people have the same id.
    """
    if rooms < 1:
        raise UsageError(N_("People cannot be put into {count} rooms."), count=rooms)
    ids = Counter(p.id for p in participants)
    if double := next((i for i, count in ids.items() if count > 1), None):
        raise UsageError(N_("Two people have the id “{id}”."), id=double)

    def group(person: Participant) -> tuple[str, str]:
        # A person without a cluster is one of their own.
        return (person.cluster, "" if person.cluster else person.id)

    dealt = sorted(
        participants,
        key=lambda p: (_chance(seed, "cluster", *group(p)), _chance(seed, "person", p.id)),
    )
    order = sorted(range(rooms), key=lambda room: _chance(seed, "room", str(room)))
    placed: list[list[Participant]] = [[] for _ in range(rooms)]
    for turn, person in enumerate(dealt):
        placed[order[turn % rooms]].append(person)
    sent = Counter(p.cluster for p in participants if p.cluster)
    together = tuple(sorted(c for c, count in sent.items() if count > rooms))
    return Breakout(tuple(map(tuple, placed)), together)


def _chance(seed: int, *what: str) -> bytes:
    """Give what puts things into a random order; lengths keep "a", "b c" and "a b", "c" apart."""
    parts = (str(seed), *what)
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
