"""A vote on a canvas: its notes are ballots, the notes of the canvas that it cites are options."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clusterlab.errors import N_, Message
from clusterlab.methods.announced import check_announced
from clusterlab.methods.ballots import Ballot, Method, Vote, VoteRules
from clusterlab.methods.ballots_check import SOURCE, check_vote
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import text_of
from clusterlab.methods.voting import Tally, tallies, tally
from clusterlab.model import Named, Note

RANKING, DOTS, OWN = "ranking", "dots", "own"
#: Of fewer options than this nobody can choose.
_CHOICE = 2
#: A result that so few ballots would change is told as narrow.
_NARROW = 1
_APART = re.compile(r"[\s,;>|/&+]+")
_NUMBERING = re.compile(r"(?<!\w)(\d{1,3})[.)](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Poll:
    """A vote as a canvas holds it.

    Parameters
    ----------
    vote
        Options and rules. An option's id is its spoken id.
    ballots
        One for each note; those that do not count as well.
    notes
        Notes that are the options, by their id in the vote.
    method, closed
        As announced; see `VoteRules`.
    """

    vote: Vote
    ballots: tuple[Ballot, ...]
    notes: Mapping[str, Note]
    method: Method
    closed: bool

    def counted(self) -> dict[Method, Tally]:
        """Count the ballots by every method."""
        return tallies(self.vote, self.ballots)


def poll(sheet: Sheet) -> Poll:
    """Read the ballots of a board and what they choose among.

    A ballot's text is its token; case and spaces do not make two tokens. It *ranks* the options
    that its field ``ranking`` names, best first, gives the *dots* that its field ``dots`` names
    (``ID3 ID3 ID1`` or ``ID3×2, ID1``), and *approves* of the notes that it links to. What cannot
    be read is taken for an option that there is not, so that the ballot does not count: nobody
    can know what was meant.
    """
    rules = sheet.vote or VoteRules()
    cited = sheet.cited()
    notes: dict[str, Note] = {}
    for note in cited.board if cited else ():
        spoken = note.spoken.upper()
        notes[note.id if not spoken or spoken in notes else spoken] = note
    options = tuple(Named(i, text_of(note.text) or i) for i, note in notes.items())
    vote = Vote(options, rules.tie, rules.dots, rules.own_excluded)
    ids = {note.id: option for option, note in notes.items()}
    named = _pattern(vote.ids)
    ballots = tuple(_ballot(note, ids, named) for note in sheet.board)
    return Poll(vote, ballots, notes, rules.method, rules.closed)


def _ballot(note: Note, ids: Mapping[str, str], named: re.Pattern[str] | None) -> Ballot:
    ranking = [
        option
        for option, count in _read(_without_numbering(text_of(note.get(RANKING))), named)
        for _ in range(min(count, 2))  # named twice is enough for a fault
    ]
    dots: Counter[str] = Counter()
    for option, count in _read(text_of(note.get(DOTS)), named):
        dots[option] += count
    return Ballot(
        " ".join(note.text.split()).casefold(),
        tuple(ranking),
        tuple(dict.fromkeys(ids[link] for link in note.links if link in ids)),
        dict(dots),
        tuple(option for option, _ in _read(text_of(note.get(OWN)), named)),
        note.spoken,
    )


def _pattern(options: Sequence[str]) -> re.Pattern[str] | None:
    """Make what finds options in a text, each with how often: ``2×ID3``, ``ID3 x2``, ``ID3 (2)``.

    The number behind an option is none where it is another option's: of ``X1 X3`` nothing is
    thrice.
    """
    if not options:
        return None
    known = "|".join(re.escape(i) for i in sorted(options, key=len, reverse=True))
    before = r"(?:(?<!\w)(?P<before>\d{1,9})\s*[x×*]\s*|(?<!\w))"
    times = r"\s*[x×*:=]\s*(?P<after>\d{1,9})|\s*\((?P<inside>\d{1,9})\)"
    after = rf"(?:(?!\s*(?:{known})(?!\w))(?:{times}))?"
    return re.compile(rf"{before}(?P<option>{known}){after}(?!\w)", re.IGNORECASE)


def _read(text: str, named: re.Pattern[str] | None) -> list[tuple[str, int]]:
    """Give the options that a text names, each with how often, and the rest as one."""
    found: list[tuple[str, int]] = []

    def taken(match: re.Match[str]) -> str:
        times = match["before"] or match["after"] or match["inside"] or "1"
        found.append((match["option"].upper(), int(times)))
        return " "

    rest = named.sub(taken, text) if named else text
    left = " ".join(filter(None, _APART.split(rest)))
    return [*found, (left, 1)] if left else found


def _without_numbering(text: str) -> str:
    """Take the numbers away that lead a ranking, ``1. ID3 2. ID1``, where they count up from 1."""
    numbers = [int(n) for n in _NUMBERING.findall(text)]
    return _NUMBERING.sub(" ", text) if numbers == list(range(1, len(numbers) + 1)) else text


def check_poll(sheet: Sheet) -> list[Finding]:
    """Check a vote; nothing while nobody has announced one or cast a ballot.

    Rules: those of `check_vote` and `check_announced`, ``vote-options`` (ballots, but nothing to
    choose between), ``vote-open`` (ballots are cast, the result still hidden) and, once it is
    closed, ``vote-narrow`` (a single ballot would give another result). Until then no finding
    says what somebody chose.
    """
    if not len(sheet.board) and sheet.vote is None:
        return []
    found = poll(sheet)
    if len(found.vote.options) < _CHOICE and not found.ballots:
        return []  # announced, but not begun here
    return [
        *check_vote(found.vote, found.ballots, sheet.board.id, secret=not found.closed),
        *check_announced(sheet),
        *_options(sheet, found),
        *(_narrow(sheet, found) if found.closed else _open(sheet, found)),
    ]


def _options(sheet: Sheet, found: Poll) -> Iterator[Finding]:
    count = len(found.vote.options)
    if count < _CHOICE:
        yield _finding(
            sheet,
            "vote-options",
            "error",
            Message(N_("There are ballots, but nothing to choose between. Options: {count}."),
                    {"count": count}),
            Message(N_("Write down what people choose among; the vote takes it from there.")),
        )  # fmt: skip


def _open(sheet: Sheet, found: Poll) -> Iterator[Finding]:
    if found.ballots:
        yield _finding(
            sheet,
            "vote-open",
            "info",
            Message(
                N_("The vote is open, so its result is hidden. Ballots: {count}."),
                {"count": len(found.ballots)},
            ),
            Message(
                N_("Tell who runs the workshop: once all have voted, “closed = true” under [vote] "
                   "in workshop.toml shows the result.")
            ),
        )  # fmt: skip


def _narrow(sheet: Sheet, found: Poll) -> Iterator[Finding]:
    result = tally(found.vote, found.ballots, found.method)
    if result.to_change == _NARROW and result.counted > _NARROW:
        yield _finding(
            sheet,
            "vote-narrow",
            "info",
            Message(
                N_("The result is narrow: one ballot of {count} would give another one."),
                {"count": result.counted},
            ),
            Message(N_("Talk about the first two before you decide.")),
        )


def _finding(
    sheet: Sheet, rule: str, severity: Severity, message: Message, suggestion: Message
) -> Finding:
    return Finding(rule, severity, sheet.board.id, message, suggestion, source=SOURCE)
