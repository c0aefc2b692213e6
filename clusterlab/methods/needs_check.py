"""Need relevance: the rules for members, weights and ratings."""

from __future__ import annotations

from collections.abc import Iterator

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import is_empty, shown, unusable
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.needs import (
    HIGHEST,
    LOWEST,
    MEMBERS,
    NEEDS,
    in_scale,
    members_of,
    need_relevance,
    parse_ratings,
)
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Note

SOURCE = N_("Cluster Booster Academy 2024: need relevance, ratings weighted by member")


def check_needs(sheet: Sheet) -> list[Finding]:
    """Check members, needs and ratings.

    Rules: ``needs-weight`` (a member has no weight), ``needs-odd`` (a weight is no number of at
    least 0, or a choice is none), ``needs-key`` (members are named, but none as key member),
    ``needs-unread`` (a part of the ratings cannot be read), ``needs-twice`` (a member is named
    twice), ``needs-member`` (nobody of this id is a member here), ``needs-scale`` (a rating is
    not from 1 to 5), ``needs-unrated`` (nobody whose weight counts has rated the need).
    """
    board = sheet.board
    found: list[Finding] = list(unusable(sheet, "needs-odd", SOURCE))
    found += _members(sheet)
    known = {note.spoken.upper() for note in board.block(MEMBERS)}
    for note in board.block(NEEDS):
        found += _ratings(sheet, note, known)
    for need in need_relevance(sheet).needs:
        if need.relevance is None:
            found.append(
                _finding(
                    sheet,
                    "needs-unrated",
                    "warning",
                    need.note.spoken,
                    Message(
                        N_("Nobody whose weight counts has rated {spoken}."),
                        {"spoken": need.note.spoken},
                    ),
                    Message(
                        N_("Ask the key members first; write their ratings such as: M1 4, M2 5.")
                    ),
                )
            )
    return found


def _members(sheet: Sheet) -> Iterator[Finding]:
    members = members_of(sheet)
    for member in members:
        if is_empty(member.note.get("weight")):
            spoken = member.note.spoken
            yield _finding(
                sheet,
                "needs-weight",
                "error",
                spoken,
                Message(
                    N_("{spoken} has no weight, so its ratings do not count."), {"spoken": spoken}
                ),
                Message(N_("Give it one: 1 for an ordinary member, 2 for one that counts twice.")),
            )
    if members and not any(member.key for member in members):
        yield _finding(
            sheet,
            "needs-key",
            "info",
            "",
            Message(N_("No member is named as a key member.")),
            Message(
                N_("Say which members the cluster could not do without; their needs come first.")
            ),
        )


def _ratings(sheet: Sheet, note: Note, known: set[str]) -> Iterator[Finding]:
    ratings, spoken = parse_ratings(note.get("ratings")), note.spoken
    for part in ratings.unread:
        yield _finding(
            sheet,
            "needs-unread",
            "warning",
            spoken,
            Message(
                N_("{spoken}: “{part}” cannot be read as a rating."),
                {"spoken": spoken, "part": shown(part)},
            ),
            Message(N_("Write the member’s number and the rating, such as: M1 4, M2 5.")),
        )
    for member in ratings.twice:
        yield _finding(
            sheet,
            "needs-twice",
            "warning",
            spoken,
            Message(
                N_("{spoken} holds more than one rating of {member}; the first counts."),
                {"spoken": spoken, "member": member},
            ),
            Message(N_("Keep the one that holds.")),
        )
    for rating in ratings.given:
        fields = {"spoken": spoken, "member": rating.member, "rating": rating.value}
        if rating.member not in known:
            yield _finding(
                sheet,
                "needs-member",
                "error",
                spoken,
                Message(
                    N_("{spoken} holds a rating of {member}, but there is no such member."), fields
                ),
                Message(N_("Correct the number, or add the member.")),
            )
        elif not in_scale(rating):
            yield _finding(
                sheet,
                "needs-scale",
                "error",
                spoken,
                Message(N_("{spoken}: the rating {rating} of {member} does not count."), fields),
                Message(
                    N_("Ratings go from {lowest} to {highest}."),
                    {"lowest": LOWEST, "highest": HIGHEST},
                ),
            )


def _finding(sheet: Sheet, rule: str, severity: Severity, note: str, *said: Message) -> Finding:
    """Make a finding; ``said`` is what does not hold, and what to do."""
    message, advice = said
    return Finding(rule, severity, sheet.board.id, message, advice, note=note, source=SOURCE)
