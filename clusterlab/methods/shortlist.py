"""From a long list to the top 3: what was chosen, and whether something of it comes soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Board, Note

SOURCE = N_("Cluster Booster Academy 2024: a long list, the top 3, feedback from peers")
PLACES = 3
#: Months within which at least one of those chosen should be feasible: three to six.
SOON = 6


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What was chosen of a long list.

    Parameters
    ----------
    chosen
        Notes with a place of 1 to 3, by place; equals in their order.
    others
        All other notes.
    """

    chosen: tuple[Note, ...]
    others: tuple[Note, ...]

    @property
    def soon(self) -> tuple[Note, ...]:
        """Those chosen that are feasible within six months, sooner ones included."""
        return tuple(n for n in self.chosen if _is_soon(n))


def shortlist(board: Board) -> Shortlist:
    """Part what was chosen from the rest of the list."""
    chosen = [n for n in board if place_of(n)]
    chosen.sort(key=place_of)
    return Shortlist(tuple(chosen), tuple(n for n in board if not place_of(n)))


def place_of(note: Note) -> int:
    """Give the place of an idea, 1 to 3; 0 where it has none, or one that does not exist."""
    rank = note.get("rank")
    places = range(1, PLACES + 1)
    known = isinstance(rank, int | float) and not isinstance(rank, bool) and rank in places
    return int(rank) if known else 0


def check_ideas(sheet: Sheet) -> list[Finding]:
    """Check a long list and what was chosen of it.

    Rules: ``ideas-many`` (more than three chosen), ``ideas-place`` (two have the same place),
    ``ideas-odd`` (a place other than 1, 2 and 3), ``ideas-soon`` (none of those chosen is
    feasible within six months), ``ideas-none`` (more than three ideas and none chosen),
    ``ideas-feedback`` (no peer's feedback is noted on one that was chosen).
    """
    found = shortlist(sheet.board)
    return [
        *_places(sheet, found),
        *_soon(sheet, found),
        *_unchosen(sheet, found),
        *_feedback(sheet, found),
    ]


def _places(sheet: Sheet, found: Shortlist) -> Iterator[Finding]:
    if len(found.chosen) > PLACES:
        yield _finding(
            sheet,
            "ideas-many",
            "warning",
            Message(N_("{count} ideas are chosen, not three."), {"count": len(found.chosen)}),
            Message(N_("Keep the three most promising and take the others’ places away.")),
        )
    first: dict[int, Note] = {}
    for note in found.chosen:
        other = first.setdefault(place_of(note), note)
        if other is not note:
            yield _finding(
                sheet,
                "ideas-place",
                "warning",
                Message(
                    N_("{first} and {second} share place {place}."),
                    {"first": other.spoken, "second": note.spoken, "place": place_of(note)},
                ),
                Message(N_("Decide which of them comes first.")),
                note.spoken,
            )
    for note in found.others:
        if note.get("rank") not in (None, ""):
            yield _finding(
                sheet,
                "ideas-odd",
                "error",
                Message(N_("The place of {spoken} is not 1, 2 or 3."), {"spoken": note.spoken}),
                Message(N_("Give it one of these, or leave it empty.")),
                note.spoken,
            )


def _soon(sheet: Sheet, found: Shortlist) -> Iterator[Finding]:
    if not found.chosen or found.soon:
        return
    yield _finding(
        sheet,
        "ideas-soon",
        "warning",
        Message(
            N_("None of the chosen ideas ({spoken}) is feasible within {months} months."),
            {"spoken": [n.spoken for n in found.chosen], "months": SOON},
        ),
        Message(N_("Choose one that you can finish soon, or say after how many months each is.")),
    )


def _unchosen(sheet: Sheet, found: Shortlist) -> Iterator[Finding]:
    if not found.chosen and len(found.others) > PLACES:
        yield _finding(
            sheet,
            "ideas-none",
            "info",
            Message(
                N_("There are {count} ideas, and none is chosen yet."),
                {"count": len(found.others)},
            ),
            Message(N_("Give the three most promising the places 1, 2 and 3.")),
        )


def _feedback(sheet: Sheet, found: Shortlist) -> Iterator[Finding]:
    for note in found.chosen:
        if note.get("feedback") in (None, ""):
            yield _finding(
                sheet,
                "ideas-feedback",
                "info",
                Message(N_("No feedback on {spoken} is noted."), {"spoken": note.spoken}),
                Message(N_("Present it to others and write down what they say.")),
                note.spoken,
            )


def _is_soon(note: Note) -> bool:
    months = note.get("months")
    number = isinstance(months, int | float) and not isinstance(months, bool)
    return number and 0 <= months <= SOON


def _finding(  # noqa: PLR0917 - a finding's own parts, in its own order
    sheet: Sheet,
    rule: str,
    severity: Severity,
    message: Message,
    suggestion: Message,
    note: str = "",
) -> Finding:
    return Finding(rule, severity, sheet.board.id, message, suggestion, note=note, source=SOURCE)
