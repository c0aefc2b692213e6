"""Counting votes: plurality, dots, approval and Borda from one set of ballots, and how sure.

Sources: Borda, Mémoire sur les élections au scrutin, 1781 · Brams and Fishburn, Approval voting,
1978 · Emerson, The original Borda count and partial voting, 2013 · Saari, Basic geometry of
voting, 1995, for profiles on which the rules differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import get_args

from clusterlab.methods.ballots import (
    Ballot,
    Fault,
    Method,
    TieRule,
    Vote,
    first_choice,
    points,
    sort_out,
)

METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Standing:
    """An option's place (from 1), points and how many ballots have it as their first choice."""

    option: str
    place: int
    points: float
    first_choices: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Options with the same points, in the order that ``decided_by`` gave them.

    ``decided_by`` is the rule that parted all of them or, where first choices did not do, the
    order of the options; ``SHARED`` where they share their place. ``first_by`` is the rule that
    says who of them stands first.
    """

    options: tuple[str, ...]
    decided_by: TieRule
    first_by: TieRule


@dataclass(frozen=True, slots=True)
class Tally:
    """What a method makes of a set of ballots.

    Parameters
    ----------
    method
        By which they were counted.
    standings
        All options, the best first.
    winners
        Who won; several where they share the first place, none where no ballot counts.
    ties
        Where the tie rule was used.
    margin
        Points between the two best; 0 where they tie, ``None`` where there are not two options.
    to_change
        The fewest ballots that, filled in otherwise or left empty, would give other winners:
        exact for every method (see `tally`). ``None`` where no ballot counts.
    counted, abstained
        How many ballots gave points, and how many that are in order gave none by this method.
    faults
        Ballots that were not counted, and why.
    """

    method: Method
    standings: tuple[Standing, ...]
    winners: tuple[str, ...]
    ties: tuple[Tie, ...]
    margin: float | None
    to_change: int | None
    counted: int
    abstained: int
    faults: tuple[Fault, ...]


def tally(vote: Vote, ballots: Sequence[Ballot], method: Method) -> Tally:
    """Count ballots by one method.

    How many ballots would have to change is found option by option: an option passes the winner
    when the sum of its leads, ballot by ballot, does. A changed ballot leads for it as far as a
    ballot can, whatever stood on it, so the fewest changes are those of the ballots that gain
    most by it. All rules here add up what single ballots give; so this is exact for Borda's
    count too, where other rules would take a search. Ballots left empty count as changed.

    Parameters
    ----------
    vote
        Options and rules.
    ballots
        As they came; see `sort_out` for those that do not count.
    method
        ``plurality``, ``dots``, ``approval`` or ``borda``; `points` says how each reads a ballot.
    """
    good, faults = sort_out(vote, ballots)
    count = _Count(vote, good, method)
    half = 2 if method == "borda" else 1
    keys = {option: count.key(option) for option in vote.ids}
    best = sorted(vote.ids, key=keys.__getitem__, reverse=True)
    shares = (vote.tie or TieRule.SHARED) is TieRule.SHARED
    standings = tuple(
        Standing(
            option,
            1 + (sum(keys[o] > keys[option] for o in best) if shares else place),
            count.total[option] / half,
            count.first[option],
        )
        for place, option in enumerate(best)
    )
    counted = sum(bool(given) for given in count.given)
    winners = tuple(s.option for s in standings if s.place == 1) if counted else ()
    tops = [s.points for s in standings[:2]]
    return Tally(
        method,
        standings,
        winners,
        _ties(vote, standings) if counted else (),
        tops[0] - tops[1] if len(tops) > 1 else None,
        count.to_change(winners, counted) if counted else None,
        counted,
        len(good) - counted,
        faults,
    )


def tallies(vote: Vote, ballots: Sequence[Ballot]) -> dict[Method, Tally]:
    """Count ballots by every method: where the winners differ, the result hangs on the method."""
    return {method: tally(vote, ballots, method) for method in METHODS}


class _Count:
    """The sums of a set of ballots, and what single ballots give to them."""

    def __init__(self, vote: Vote, ballots: Sequence[Ballot], method: Method) -> None:
        self.vote, self.ballots, self.method = vote, ballots, method
        self.given: list[Mapping[str, int]] = [points(vote, b, method) for b in ballots]
        self.firsts = [first_choice(b) for b in ballots]
        self.total = {i: sum(g.get(i, 0) for g in self.given) for i in vote.ids}
        counted = Counter(self.firsts)
        self.first = {i: counted[i] for i in vote.ids}
        self.order = {option: -place for place, option in enumerate(vote.ids)}
        self.allowed = [frozenset(vote.allowed(b)) for b in ballots]

    def key(self, option: str) -> tuple[int, ...]:
        """Give what options are put in order by, the higher the better."""
        return self._ranked(option, (self.total[option], self.first[option]))

    def _ranked(self, option: str, sums: tuple[int, int]) -> tuple[int, ...]:
        order = self.order[option]
        match self.vote.tie:
            case TieRule.FIRST_CHOICES:
                return (*sums, order)
            case TieRule.ORDER:
                return (sums[0], order)
            case _:
                return (sums[0],)

    def to_change(self, winners: tuple[str, ...], counted: int) -> int:
        """Give the fewest ballots whose change gives other winners; emptying all of them does."""
        found = [counted]
        for winner in winners:
            for option in self.vote.ids:
                if option != winner:
                    found += self._to_pass(option, winner, level=option not in winners)
        return min(found)

    def _to_pass(self, option: str, winner: str, *, level: bool) -> list[int]:
        """Give how many ballots it takes to put an option above a winner, if any number does.

        Where places are shared, an option that does not win yet wins when it is ``level``.
        """
        sums = (
            self.total[option] - self.total[winner],
            self.first[option] - self.first[winner],
        )
        gains = sorted(
            (self._gain(place, option, winner) for place in range(len(self.ballots))), reverse=True
        )
        for number, gain in enumerate(gains, 1):
            sums = (sums[0] + gain[0], sums[1] + gain[1])
            above = self._ranked(option, sums), self._ranked(winner, (0, 0))
            if above[0] > above[1] or (level and above[0] == above[1]):
                return [number]
        return []

    def _gain(self, place: int, option: str, winner: str) -> tuple[int, int]:
        """Give by how much an option's lead over a winner grows at most if a ballot changes."""
        given, first = self.given[place], self.firsts[place]
        most, most_first = self._most(self.allowed[place], option, winner)
        return (
            most - given.get(option, 0) + given.get(winner, 0),
            most_first - (first == option) + (first == winner),
        )

    def _most(self, allowed: AbstractSet[str], option: str, winner: str) -> tuple[int, int]:
        """Give the greatest lead that a ballot can give to an option, in points and first choices.

        One that may not name the option can at least leave both without anything.
        """
        if option not in allowed:
            return 0, 0
        if self.method == "borda":
            whole = self.vote.partial == "modified" and winner not in allowed
            return 2 * (len(allowed) - (not whole)), 1
        return max(self.vote.dots, 0) if self.method == "dots" else 1, 1


def _ties(vote: Vote, standings: Sequence[Standing]) -> tuple[Tie, ...]:
    found = []
    for score in dict.fromkeys(s.points for s in standings):
        tied = [s for s in standings if s.points == score]
        if len(tied) > 1:
            rule = first = vote.tie or TieRule.SHARED
            choices = [s.first_choices for s in tied]
            if rule is TieRule.FIRST_CHOICES:
                alone = choices.count(max(choices)) == 1
                first = rule if alone else TieRule.ORDER
                rule = rule if len(set(choices)) == len(tied) else TieRule.ORDER
            found.append(Tie(tuple(s.option for s in tied), rule, first))
    return tuple(found)
