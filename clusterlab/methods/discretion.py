"""What of a board is not for everybody's eyes: open ballots and scores, figures of few answers.

Results of methods hide these themselves. Here it is said which notes a board hides, so that the
canvas in documents, the canvas of others and exports hide them too.

How far that goes: a workshop is a folder, and its journal is a file without a lock. Whoever may
read the folder may read ballots and figures there, and so may who types ballots in for others at
one computer. What is hidden here is hidden from those who get documents, tables, forms and pages,
and from other people's canvases. A truly secret vote needs slips of paper, or a room that keeps
ballots to itself until it closes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from clusterlab.errors import N_, Message
from clusterlab.methods.announced import VOTE
from clusterlab.methods.ballots import VoteRules
from clusterlab.methods.scores import SCORED, scorers
from clusterlab.methods.settings import MethodSettings
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.survey_canvas import (
    ANSWERS,
    COUNTS,
    IMPORTANCE,
    PERFORMANCE,
    RECOMMENDATION,
    SHARE,
    SurveyItem,
    survey_findings,
    withheld,
)
from clusterlab.model import Board, BoardId, CanvasKind, Note

#: Stands in the place of a hidden ballot's token, or that of somebody's scores.
BALLOT = N_("Ballot, hidden until the vote is closed")
SCORES = N_("Scores, hidden until everybody has scored")
OPEN = N_("The vote is open: what is on the ballots shows when it is closed.")
ALONE = N_("Each scores alone: what others gave shows when everybody has scored.")
FEW = N_("Figures of too few answers, so that nobody can be made out: {names}.")
UNKNOWN = N_("Figures of which nobody says how many answered: {names}.")
ALIKE = N_("How many gave the same answer, where these are few or would come out: {names}.")
WITH = N_("Shares from which a hidden one would come out: {names}.")

_FIGURES = (
    ANSWERS,
    IMPORTANCE,
    PERFORMANCE,
    COUNTS.format(IMPORTANCE),
    COUNTS.format(PERFORMANCE),
    COUNTS.format(RECOMMENDATION),
    SHARE,
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a board hides.

    Parameters
    ----------
    ballots
        Ids of notes, ballots or scores, of which nothing shows but that they are there.
    fields
        By id of other notes the fields that do not show.
    reasons
        Why, for people.
    """

    ballots: frozenset[str] = frozenset()
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reasons: tuple[Message, ...] = ()

    @property
    def notes(self) -> frozenset[str]:
        """Ids of all notes that hide something."""
        return self.ballots | self.fields.keys()


def is_secret(
    kind: CanvasKind, board: Board, rules: VoteRules | None, settings: MethodSettings
) -> bool:
    """Tell whether each note of a board is for the eyes of who wrote it.

    So it is with ballots of a vote that is not closed, and with scores until as many people have
    scored as the workshop says, or until it shows them.
    """
    if kind.method == SCORED:
        waited = settings.scorers
        return settings.scores == "hidden" and not 0 < waited <= scorers(kind, board)
    return kind.method == VOTE and not (rules is not None and rules.closed)


def seal_of(kind: CanvasKind) -> str:
    """Give what stands in the place of a secret note's text."""
    return SCORES if kind.method == SCORED else BALLOT


def hidden(sheet: Sheet) -> Hidden:
    """Say what a board hides.

    A vote hides its ballots until it is closed, scores hide each other until everybody has scored.
    What a survey found hides the figures of an item
    that rests on fewer answers than the workshop's threshold, its number of answers among them,
    or on a number that nobody says; how many gave an answer that too few gave; and the shares of
    a question from which a hidden one would come out. The text of an item shows: it is what was
    asked.
    """
    if is_secret(sheet.kind, sheet.board, sheet.vote, sheet.settings):
        ballots = frozenset(note.id for note in sheet.board)
        why = Message(ALONE if sheet.kind.method == SCORED else OPEN)
        return Hidden(ballots, reasons=(why,) if ballots else ())
    return _of_survey(sheet) if sheet.kind.method == "survey" else Hidden()


def _of_survey(sheet: Sheet) -> Hidden:
    found, least = survey_findings(sheet), sheet.settings.fewest_alike
    closed = withheld(found)
    beside = [i for i in found.shown if i.share is not None and i.question in closed]
    fields: dict[str, frozenset[str]] = {i.note.id: frozenset({SHARE}) for i in beside}
    alike = []
    for item in found.shown:
        names = {
            COUNTS.format(name)
            for name, measure in item.measures.items()
            if any(0 < count < least for count in measure.counts) or (measure.unread and least > 1)
        }
        names |= {SHARE} if item.note.id in found.alike else set()
        if names:
            alike.append(item)
            fields[item.note.id] = fields.get(item.note.id, frozenset()) | names
    told = ((found.few, FEW), (found.unknown, UNKNOWN), (alike, ALIKE), (beside, WITH))
    fields |= dict.fromkeys(
        (item.note.id for item in (*found.few, *found.unknown)), frozenset(_FIGURES)
    )
    reasons = (Message(text, {"names": _spoken(items)}) for items, text in told if items)
    return Hidden(fields=fields, reasons=tuple(reasons))


def _spoken(items: tuple[SurveyItem, ...] | list[SurveyItem]) -> list[str]:
    return [item.note.spoken for item in items]


def without(board: Board, kept_back: Hidden, ballot: str) -> Board:
    """Give a board without what it hides, also of what is kept beside its notes.

    Parameters
    ----------
    ballot
        Stands in the place of a hidden ballot's text, in the reader's language.
    """
    if not kept_back.notes:
        return board
    return Board.of(board.id, (_shown(note, kept_back, ballot) for note in board), board.sequence)


def sealed(note: Note, ballot: str) -> Note:
    """Give a ballot of which nothing shows but that it is there."""
    values = {name: note.get(name) for name in ("reading",) if note.get(name)}
    return replace(note, values={"text": ballot, **values}, links=(), author="", alternatives=())


def handed_out(
    boards: Mapping[BoardId, Board],
    kinds: Mapping[str, CanvasKind],
    rules: VoteRules | None,
    settings: MethodSettings,
) -> dict[BoardId, Board]:
    """Give boards as forms and pages for people to write on show them.

    Ballots of an open vote and hidden scores are not in them; their numbers stay taken. Figures
    of a survey stay: such a file goes to those who write them down.
    """
    return {
        id_: _emptied(board)
        if (kind := kinds.get(id_.canvas)) is not None and is_secret(kind, board, rules, settings)
        else board
        for id_, board in boards.items()
    }


def _emptied(board: Board) -> Board:
    notes = (replace(sealed(note, ""), deleted=True) for note in board.everything.values())
    return Board.of(board.id, notes, board.sequence)


def _shown(note: Note, kept_back: Hidden, ballot: str) -> Note:
    if note.id in kept_back.ballots:
        return sealed(note, ballot)
    names = kept_back.fields.get(note.id, frozenset())
    return replace(
        note,
        values={name: value for name, value in note.values.items() if name not in names},
        alternatives=tuple(a for a in note.alternatives if a.field not in names),
    )
