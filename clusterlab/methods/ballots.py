"""Ballots: what an anonymous token gave to the options of a vote, and how each rule reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from clusterlab.model import Named

Method = Literal["plurality", "dots", "approval", "borda"]
Partial = Literal["averaged", "modified"]
FaultKind = Literal["token", "again", "unknown", "twice", "own", "dots"]


class TieRule(StrEnum):
    """What decides between options with the same points; announced before a vote opens.

    ``FIRST_CHOICES`` looks at who is the first choice of more ballots, then at the order of the
    options; ``ORDER`` at their order alone; ``SHARED`` lets them share the place.
    """

    FIRST_CHOICES = "first-choices"
    ORDER = "order"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one token gave. Any of the three parts may be empty; all empty is an abstention.

    Parameters
    ----------
    token
        Anonymous token: one token, one ballot.
    ranking
        Options from best to worst; those left out are not ranked.
    approved
        Options that are approved, in no order.
    dots
        Dots by option.
    own
        Options that are the voter's own.
    place
        Where it stands, as people say it: ``B4``; "" where nobody has to find it.
    """

    token: str
    ranking: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    dots: Mapping[str, int] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class VoteRules:
    """What is announced before a vote opens, and whether it is closed.

    Parameters
    ----------
    tie
        The tie rule; ``None`` where nobody has set one.
    method
        By which ballots are counted; the others are there to compare.
    dots
        How many dots a ballot may give in all.
    own_excluded
        Whether nobody may give anything to an option of their own.
    closed
        Whether no more ballots are cast: until then nobody sees a result.
    """

    tie: TieRule | None = None
    method: Method = "dots"
    dots: int = 3
    own_excluded: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote: what is voted on, and the rules that hold.

    Parameters
    ----------
    options
        In the order in which they are shown; ties may be decided by it.
    tie
        The tie rule; ``None`` where nobody set one: then tied options share their place.
    dots
        How many dots a ballot may give in all.
    own_excluded
        Whether nobody may give anything to an option of their own.
    approvals
        How many of its first options a ballot that only ranks is taken to approve.
    partial
        How Borda's count reads options that a ballot does not rank: see `points`.
    """

    options: tuple[Named, ...]
    tie: TieRule | None = None
    dots: int = 3
    own_excluded: bool = False
    approvals: int = 3
    partial: Partial = "averaged"

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the options."""
        return tuple(o.id for o in self.options)

    def allowed(self, ballot: Ballot) -> tuple[str, ...]:
        """Give the options to which a ballot may give something."""
        own = ballot.own if self.own_excluded else ()
        return tuple(i for i in self.ids if i not in own)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a ballot does not count.

    Parameters
    ----------
    token
        Its token.
    kind
        What is wrong: it has no token, ``again`` stands for a later ballot of its token, an option
        is unknown, ranked twice or the voter's own, its dots are too many or none.
    option
        The option it is about; for ``again`` the place of the later ballot.
    place
        Where the ballot stands.
    """

    token: str
    kind: FaultKind
    option: str = ""
    place: str = ""


def sort_out(vote: Vote, ballots: Sequence[Ballot]) -> tuple[tuple[Ballot, ...], tuple[Fault, ...]]:
    """Part ballots that count from those that do not.

    Of several with one token the last counts: people may change their mind until the close.
    A ballot with a fault does not count at all: nobody can know what was meant.
    """
    last = {b.token: place for place, b in enumerate(ballots)}
    good: list[Ballot] = []
    faults: list[Fault] = []
    for place, ballot in enumerate(ballots):
        if not ballot.token:
            faults.append(Fault("", "token", place=ballot.place))
            continue
        if (later := last[ballot.token]) != place:
            faults.append(Fault(ballot.token, "again", ballots[later].place, ballot.place))
            continue
        found = next(_faults(vote, ballot), None)
        if found:
            faults.append(found)
        else:
            good.append(ballot)
    return tuple(good), tuple(faults)


def _faults(vote: Vote, ballot: Ballot) -> Iterator[Fault]:
    known, allowed = set(vote.ids), set(vote.allowed(ballot))
    given = {option: count for option, count in ballot.dots.items() if count != 0}
    own = ballot.own if vote.own_excluded else ()
    for option in (*own, *ballot.ranking, *ballot.approved, *given):
        if not isinstance(option, str) or option not in known:
            yield Fault(ballot.token, "unknown", str(option), ballot.place)
    for option in (*ballot.ranking, *ballot.approved, *given):
        if option not in allowed:
            yield Fault(ballot.token, "own", option, ballot.place)
    for option in ballot.ranking:
        if ballot.ranking.count(option) > 1:
            yield Fault(ballot.token, "twice", option, ballot.place)
    whole = all(isinstance(c, int) and not isinstance(c, bool) and c > 0 for c in given.values())
    if not whole or sum(given.values()) > vote.dots:
        yield Fault(ballot.token, "dots", place=ballot.place)


def first_choice(ballot: Ballot) -> str:
    """Give a ballot's first choice, "" where it has none.

    It is the first one ranked; without a ranking the one with most dots; without dots the only
    one approved. Where two have most dots, or two are approved, there is no first choice.
    """
    if ballot.ranking:
        return ballot.ranking[0]
    if given := _given(ballot):
        most = [o for o, count in given.items() if count == max(given.values())]
        return most[0] if len(most) == 1 else ""
    approved = dict.fromkeys(ballot.approved)
    return next(iter(approved)) if len(approved) == 1 else ""


def points(vote: Vote, ballot: Ballot, method: Method) -> dict[str, int]:
    """Read a ballot by a method: points by option; nothing where it abstains.

    *Plurality*: one point to the first choice (`first_choice`).

    *Dots*: its dots; a ballot without dots puts one on each of the first ranked, or on each
    approved where the dots suffice for all of them.

    *Approval* (Brams and Fishburn 1978): one point to each approved; without approvals to each
    with a dot, without dots to the first ranked, as many as the vote's ``approvals``.

    *Borda* (1781), in **half points**, so that they stay whole: with ``n`` options allowed to
    the ballot, n - 1 points to the best, 0 to the last, as Saari and most textbooks of today
    count. Borda himself gave n to the best and 1 to the last, and Emerson keeps to it. Where
    ballots rank everything, each option just gets a point less of each ballot: places and margins
    are the same. Without a ranking, more dots rank higher, and those approved rank above the
    others; equals share the mean of their places.
    Authors disagree on ballots that do not rank everything. ``averaged``, which is our default,
    lets what is not ranked share the mean of the places left, so that every ballot gives away
    the same sum. ``modified`` (Emerson 2013) gives k, k - 1, … 1 points to the k ranked and
    none to others, so that who ranks few gives little. The voter's own options are no part of
    the ballot where they are excluded, and get nothing from it.
    """
    match method:
        case "plurality":
            first = first_choice(ballot)
            return {first: 1} if first else {}
        case "dots":
            return _dots(vote, ballot)
        case "approval":
            chosen = ballot.approved or tuple(_given(ballot)) or ballot.ranking[: vote.approvals]
            return dict.fromkeys(chosen, 1)
        case "borda":
            return _borda(vote, ballot)


def _given(ballot: Ballot) -> dict[str, int]:
    return {option: count for option, count in ballot.dots.items() if count > 0}


def _dots(vote: Vote, ballot: Ballot) -> dict[str, int]:
    given = _given(ballot)
    if given:
        return given
    if ballot.ranking:
        return dict.fromkeys(ballot.ranking[: vote.dots], 1)
    approved = dict.fromkeys(ballot.approved, 1)
    return approved if len(approved) <= vote.dots else {}


def _borda(vote: Vote, ballot: Ballot) -> dict[str, int]:
    levels = _levels(ballot)
    if not levels:
        return {}
    named = {option for level in levels for option in level}
    rest = [i for i in vote.allowed(ballot) if i not in named]
    lowest = 2  # the last of those ranked still gets a point: 2 halves
    if vote.partial == "averaged":
        levels, lowest = [*levels, rest], 0
    below, found = 0, {}
    for level in reversed(levels):
        found.update(dict.fromkeys(level, 2 * below + len(level) - 1 + lowest))
        below += len(level)
    return found


def _levels(ballot: Ballot) -> list[list[str]]:
    """Give what a ballot names, from best to worst; equals stand together."""
    if ballot.ranking:
        return [[option] for option in ballot.ranking]
    if given := _given(ballot):
        steps = sorted(set(given.values()), reverse=True)
        return [[o for o, count in given.items() if count == step] for step in steps]
    return [list(dict.fromkeys(ballot.approved))] if ballot.approved else []
