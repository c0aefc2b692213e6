"""The rules of a vote: ballots that do not count, options that look alike, no rule for ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.methods.ballots import Ballot, FaultKind, Vote, sort_out
from clusterlab.methods.fields import shown
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.likeness import pairs_alike
from clusterlab.model import BoardId

SOURCE = N_("Voting practice: one ballot each, blind, with a tie rule that was announced before")
ALIKE_SOURCE = N_("Tideman 1987: options that are alike take votes from each other")

_FAULTS: Mapping[FaultKind, tuple[str, Severity, str, str]] = {
    "token": (
        "vote-token",
        "error",
        N_("{ballot} has no token. It does not count."),
        N_("Write down the token of the voter. Each voter has one, and nobody’s name is needed."),
    ),
    "again": (
        "vote-token",
        "warning",
        N_("{option} has the token of {ballot} and stands below it, so {ballot} does not count."),
        N_("Leave it if somebody changed their mind. Else find out who has no token of their own."),
    ),
    "own": (
        "vote-own",
        "error",
        N_("{ballot} votes for the voter’s own option, {option}. It does not count."),
        N_("Ask this voter to choose among the options of others."),
    ),
    "dots": (
        "vote-dots",
        "error",
        N_("{ballot} gives more than {dots} dots, or no whole dots. It does not count."),
        N_("Ask this voter to take dots away until {dots} are left."),
    ),
    "unknown": (
        "vote-unknown",
        "error",
        N_("{ballot} names “{option}”, which is no option of the vote. It does not count."),
        N_("Name options by their number. Keep them as they are once the vote is open."),
    ),
    "twice": (
        "vote-twice",
        "error",
        N_("{ballot} ranks {option} more than once. It does not count."),
        N_("Ask this voter to rank each option once at most."),
    ),
}
#: The same without what is on the ballot.
_SECRET: Mapping[FaultKind, str] = {
    "own": N_("{ballot} votes for an option of the voter’s own. It does not count."),
    "unknown": N_("{ballot} names what is no option of the vote. It does not count."),
    "twice": N_("{ballot} ranks an option more than once. It does not count."),
}


def check_vote(
    vote: Vote, ballots: Sequence[Ballot], board: BoardId, *, secret: bool = False
) -> list[Finding]:
    """Check a vote before it opens and when it closes.

    Rules: ``vote-token``, ``vote-own``, ``vote-dots``, ``vote-unknown`` and ``vote-twice``
    (ballots that do not count), ``vote-alike`` (two options that look like one split the votes
    between them), ``vote-tie`` (no tie rule was set).

    Parameters
    ----------
    board
        Where the vote stands, for the findings.
    secret
        Whether nobody may see yet what is on a ballot.
    """
    found = [*_alike(vote, board)]
    if vote.tie is None:
        found.append(
            _finding(
                "vote-tie",
                "error",
                board,
                Message(N_("Nobody has said what decides between options with the same points.")),
                Message(
                    N_("Tell who runs the workshop: a rule for ties is chosen in workshop.toml "
                       "under [vote], and announced before the vote opens.")
                ),
            )
        )  # fmt: skip
    _, faults = sort_out(vote, ballots)
    for fault in faults:
        rule, severity, text, suggestion = _FAULTS[fault.kind]
        fields: dict[str, Any] = {
            "ballot": fault.place or Message(N_("A ballot")),
            "option": shown(fault.option) or Message(N_("Another ballot")),
            "dots": vote.dots,
        }
        if secret and fault.kind in _SECRET:
            text = _SECRET[fault.kind]
            del fields["option"]
        message, advice = Message(text, fields), Message(suggestion, fields)
        found.append(_finding(rule, severity, board, message, advice, note=fault.place))
    return found


def _alike(vote: Vote, board: BoardId) -> Iterable[Finding]:
    for one, other in pairs_alike([o.label for o in vote.options]):
        first, second = vote.options[one], vote.options[other]
        fields = {
            "first": first.id,
            "one": shown(first.label),
            "second": second.id,
            "other": shown(second.label),
        }
        yield _finding(
            "vote-alike",
            "warning",
            board,
            Message(
                N_("“{one}” ({first}) and “{other}” ({second}) look like the same option."), fields
            ),
            Message(N_("Merge them before the vote opens, or say how they differ.")),
            source=ALIKE_SOURCE,
        )


def _finding(  # noqa: PLR0917 - a finding's own parts, in its own order
    rule: str,
    severity: Severity,
    board: BoardId,
    message: Message,
    suggestion: Message,
    note: str = "",
    source: str = SOURCE,
) -> Finding:
    return Finding(rule, severity, board, message, suggestion, note=note, source=source)
