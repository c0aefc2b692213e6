"""Need relevance: what members need, weighted by how much each matters to the cluster."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clusterlab.methods.fields import bounded, choice_of, is_empty, shown
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Note

MEMBERS, NEEDS = "members", "needs"
#: The scale of ratings.
LOWEST, HIGHEST = 1, 5
MIDDLE = (LOWEST + HIGHEST) / 2

_RATING = re.compile(
    r"(?<!\w)([A-Za-z]{1,4}[0-9]{1,9}[A-Za-z]{0,3})(?: ?[:=] ?| )"
    r"(-?[0-9]+(?:[.,][0-9]+)?)(?!\w|[.,][0-9])"
)
_BETWEEN = re.compile(r"[,;]")
_DIGITS = 9  # so equal relevance is told as equal, whatever order it was added up in


@dataclass(frozen=True, slots=True)
class Rating:
    """What a member, by spoken id, rates a need."""

    member: str
    value: float


@dataclass(frozen=True, slots=True)
class Ratings:
    """What a text of ratings says.

    Parameters
    ----------
    given
        The ratings in their order, one for each member: of several the first.
    twice
        Members that are named more than once.
    unread
        Parts of the text that are no rating.
    """

    given: tuple[Rating, ...] = ()
    twice: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def parse_ratings(value: object) -> Ratings:
    """Read ratings such as ``M1 4, M2 5``.

    Between member and number may stand a space, a colon or an equals sign, between ratings
    commas, semicolons, spaces or new lines; decimals take a point or a comma. Whether a member
    exists and a number is within the scale is not judged here.
    """
    if is_empty(value):
        return Ratings()
    text = " ".join(str(value).split()) if isinstance(value, str) else shown(value)
    given: dict[str, float] = {}
    twice: dict[str, None] = {}
    for found in _RATING.finditer(text):
        member = found.group(1).upper()
        if member in given:
            twice[member] = None
        given.setdefault(member, float(found.group(2).replace(",", ".")))
    rest = _BETWEEN.split(_RATING.sub(",", text))
    return Ratings(
        tuple(Rating(m, v) for m, v in given.items()),
        tuple(twice),
        tuple(part.strip() for part in rest if part.strip()),
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A member; ``weight`` is nothing where it has none that can be used."""

    note: Note
    weight: float | None
    key: bool


@dataclass(frozen=True, slots=True)
class Need:
    """A need with its relevance.

    Parameters
    ----------
    relevance
        On the scale of the ratings; nothing where no member whose weight counts has rated it.
    key_relevance
        The same over key members only.
    rank
        From 1, equal needs share one; 0 for a need without relevance.
    rated, silent
        Spoken ids of the members whose ratings count, and of those whose weight counts but who
        have not rated it.
    """

    note: Note
    relevance: float | None
    key_relevance: float | None
    rank: int
    rated: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def key(self) -> bool:
        """Whether key members rate it above the middle of the scale."""
        return self.key_relevance is not None and self.key_relevance > MIDDLE


@dataclass(frozen=True, slots=True)
class NeedRelevance:
    """Members, and needs by rank; those without relevance come last."""

    members: tuple[Member, ...]
    needs: tuple[Need, ...]


def members_of(sheet: Sheet) -> tuple[Member, ...]:
    """Give the members of a board in their order."""
    return tuple(
        Member(
            note,
            bounded(sheet.kind, note, "weight"),
            choice_of(sheet.kind, note, "key-member") == "yes",
        )
        for note in sheet.board.block(MEMBERS)
    )


def need_relevance(sheet: Sheet) -> NeedRelevance:
    """Compute how relevant each need is, and rank the needs.

    relevance = Σ weight × rating / Σ weight, both sums over the members who rated the need, so it
    stays on the scale from 1 to 5. A member who has not rated a need is left out of both sums: a
    missing rating is no zero. Members without a usable weight and ratings outside the scale do
    not count.

    Rank: needs that key members rate above the middle of the scale (the same formula over key
    members only, more than 3) come before all others; within both groups by relevance, then by
    the relevance to key members. Equal needs share a rank and the next is left out (1, 2, 2, 4).

    The source says that key members' needs get a higher relevance, and no formula: this one is
    ours.
    """
    members = members_of(sheet)
    counted = {m.note.spoken.upper(): m for m in members if m.weight is not None}
    needs = [_need(note, counted) for note in sheet.board.block(NEEDS)]
    needs.sort(key=_place)
    ranked: list[Need] = []
    for index, need in enumerate(needs):
        before = ranked[-1] if ranked else None
        rank = before.rank if before and _place(before) == _place(need) else index + 1
        rank = 0 if need.relevance is None else rank
        ranked.append(
            Need(need.note, need.relevance, need.key_relevance, rank, need.rated, need.silent)
        )
    return NeedRelevance(members, tuple(ranked))


def in_scale(rating: Rating) -> bool:
    """Tell whether a rating is within the scale."""
    return LOWEST <= rating.value <= HIGHEST


def _need(note: Note, counted: Mapping[str, Member]) -> Need:
    given = [r for r in parse_ratings(note.get("ratings")).given if in_scale(r)]
    pairs = [(counted[r.member], r.value) for r in given if r.member in counted]
    rated = {m.note.spoken for m, _ in pairs}
    silent = [m.note.spoken for m in counted.values() if m.note.spoken not in rated]
    return Need(
        note,
        _weighted(pairs),
        _weighted((m, v) for m, v in pairs if m.key),
        0,
        tuple(m.note.spoken for m, _ in pairs),
        tuple(silent),
    )


def _weighted(pairs: Iterable[tuple[Member, float]]) -> float | None:
    held = [(m.weight or 0, v) for m, v in pairs]
    whole = math.fsum(w for w, _ in held)
    # Weights are divided first: a product of tiny or huge ones would leave the numbers' range.
    return round(math.fsum(w / whole * v for w, v in held), _DIGITS) if whole > 0 else None


def _place(need: Need) -> tuple[bool, bool, float, float]:
    return (
        need.relevance is None,
        not need.key,
        -(need.relevance or 0),
        -(need.key_relevance or 0),
    )
