"""What a vote says, in sentences: who won, what decided, how sure it is, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.methods.ballots import Method, TieRule, Vote
from clusterlab.methods.fields import shown
from clusterlab.methods.voting import Tally

#: What each method is called.
METHOD_LABELS: Mapping[Method, str] = {
    "plurality": N_("First choices"),
    "dots": N_("Dots"),
    "approval": N_("Approval"),
    "borda": N_("Ranks (Borda)"),
}
#: What decides a tie, as people are told.
TIE_LABELS: Mapping[TieRule, str] = {
    TieRule.FIRST_CHOICES: N_("the number of first choices"),
    TieRule.ORDER: N_("the order of the options"),
    TieRule.SHARED: N_("they share the place"),
}


def verdict(vote: Vote, counted: Mapping[Method, Tally], method: Method) -> list[Message]:
    """Say what a vote has given, sentence by sentence.

    Parameters
    ----------
    vote
        Options and rules.
    counted
        The same ballots by every method, as `tallies` gives them.
    method
        The one that was announced; the others are compared with it.

    Raises
    ------
    KeyError
        Where it was not counted by that method.
    """
    found = counted[method]
    lines = [*_winners(vote, found)]
    if found.winners:
        lines += [*_tie(vote, found), *_sure(found), *_others(vote, counted, found)]
    if found.faults:
        text = N_("Ballots that do not count: {count}.")
        lines.append(Message(text, {"count": len(found.faults)}))
    return lines


def _winners(vote: Vote, found: Tally) -> Iterator[Message]:
    fields: dict[str, Any] = {"method": Message(METHOD_LABELS[found.method])}
    if not found.winners:
        yield Message(N_("{method}: no ballot counts, so nobody has won."), fields)
        return
    points = _whole(found.standings[0].points)
    names = _names(vote, found.winners)
    if len(names) == 1:
        fields |= {"option": names[0], "points": points}
        yield Message(N_("{method}: {option} wins. Points: {points}."), fields)
    else:
        fields |= {"options": names, "points": points}
        yield Message(N_("{method}: {options} share the first place. Points: {points}."), fields)


def _tie(vote: Vote, found: Tally) -> Iterator[Message]:
    if len(found.winners) > 1:
        return  # that they share the first place is said already
    first = next((t for t in found.ties if found.winners[0] in t.options), None)
    if first is None:
        if found.margin is not None:
            text = N_("Points ahead of the second: {margin}.")
            yield Message(text, {"margin": _whole(found.margin)})
        return
    yield Message(
        N_("{options} have the same points. What decides: {rule}."),
        {"options": _names(vote, first.options), "rule": Message(TIE_LABELS[first.first_by])},
    )


def _sure(found: Tally) -> Iterator[Message]:
    if found.to_change is None:
        return
    yield Message(
        N_("Ballots that would have to change for another result: {count} of {all}."),
        {"count": found.to_change, "all": found.counted},
    )


def _others(vote: Vote, counted: Mapping[Method, Tally], found: Tally) -> Iterator[Message]:
    differ = [t for t in counted.values() if t.winners and set(t.winners) != set(found.winners)]
    if not differ and len([t for t in counted.values() if t.winners]) > 1:
        yield Message(N_("Counted in other ways, the same ballots give the same result."))
    for other in differ:
        yield Message(
            N_("Counted by “{method}”, the same ballots give: {options}."),
            {
                "method": Message(METHOD_LABELS[other.method]),
                "options": _names(vote, other.winners),
            },
        )


def _names(vote: Vote, options: tuple[str, ...]) -> list[str]:
    """Name options, each in quotation marks: an option may hold commas of its own."""
    labels = {o.id: shown(o.label) for o in vote.options}
    return [f"“{labels[option]}”" for option in options]


def _whole(points: float) -> float:
    return int(points) if float(points).is_integer() else points
