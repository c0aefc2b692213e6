"""Scores of several people for the same things: each note of a board is what one person gave.

A canvas kind that is ``about`` another one asks for scores of that one's notes: each of its fields
that has a scale is a question, answered in one text such as ``ID1 2, ID2 5``. So any notes can be
scored by several people: ideas by effort and impact, notes of a SWOT by importance, needs by
relevance. What a kind says is data; nothing here knows what is scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from clusterlab.methods.certainty import Certainty, certainty
from clusterlab.methods.consensus import (
    ScoreSpread,
    in_order,
    runs_reversed,
    spread,
    twice_median,
    without,
)
from clusterlab.methods.fields import field_of
from clusterlab.methods.needs import Ratings, parse_ratings
from clusterlab.methods.priorities import on_scale
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import text_of
from clusterlab.model import Board, CanvasKind, Field, Note

#: Method of the canvas kinds whose notes are what one person scored.
SCORED = "scores"


@dataclass(frozen=True, slots=True)
class Voter:
    """What one person gave; known by the number of the row alone.

    Parameters
    ----------
    note
        The row.
    token
        What stands for the person; "" for none.
    read
        By field what was read in it.
    given
        By field and item the scores that count: of things that there are, and on the scale.
    later
        The row below with the same token, which counts in the place of this one.
    """

    note: Note
    token: str
    read: Mapping[str, Ratings]
    given: Mapping[str, Mapping[str, float]]
    later: Note | None = None

    @property
    def counts(self) -> bool:
        """Whether the row counts: it has a token, and none below has the same."""
        return bool(self.token) and self.later is None


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """What people gave to one thing.

    Parameters
    ----------
    key
        Its spoken id in capitals.
    spreads
        By field; nothing where nobody scored it.
    certainty
        Where its scores put it in the matrix, and how sure that is; ``None`` without a matrix.
    """

    key: str
    note: Note
    spreads: Mapping[str, ScoreSpread | None]
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a board.

    Parameters
    ----------
    asked
        Fields that ask for scores, with the ends of their scales.
    voters
        All rows, those that do not count as well.
    items
        Things to score, as their canvas holds them.
    matrix
        The kind by whose axes things stand in a matrix; ``None`` for none.
    ordered
        By field and item the scores that count, in order.
    """

    asked: tuple[Field, ...]
    voters: tuple[Voter, ...]
    items: tuple[ScoredItem, ...]
    matrix: CanvasKind | None
    ordered: Mapping[str, Mapping[str, tuple[int | Fraction, ...]]]

    @property
    def counted(self) -> tuple[Voter, ...]:
        """The rows that count."""
        return tuple(voter for voter in self.voters if voter.counts)


def scores(sheet: Sheet) -> Scores:
    """Read who gave what, and say how each thing is scored.

    A row's text is the token of its person; case and spaces do not make two. Of several rows with
    one token the last counts, as with ballots: people may change their mind. A scale is that of
    the kind's own field, else that of the field of the same id on the canvas that is scored. A
    thing is placed in the matrix by the median or the mean of those who scored it on both axes,
    as the workshop's ``score_centre`` says.
    """
    about = sheet.about()
    asked = tuple(_asked(sheet, about))
    things = {note.spoken.upper(): note for note in _things(sheet, about) if note.spoken}
    voters = _voters(sheet, asked, things)
    counted = [voter for voter in voters if voter.counts]
    matrix = _matrix(sheet, about, asked)
    placed: dict[str, Certainty] = {}
    if matrix is not None:
        across, up = matrix.axes
        pairs = {
            key: {
                voter.note.spoken: (voter.given[across].get(key), voter.given[up].get(key))
                for voter in counted
            }
            for key in things
        }
        found = certainty(matrix, pairs, sheet.settings.score_centre)
        placed = {certain.item: certain for certain in found}
    ordered = {f.id: _ordered(f.id, things, counted) for f in asked}
    items = tuple(
        ScoredItem(
            key,
            note,
            {f.id: spread(ordered[f.id][key], f.minimum or 0, f.maximum or 0) for f in asked},
            placed.get(key),
        )
        for key, note in things.items()
    )
    return Scores(asked, voters, items, matrix, ordered)


def scorers(kind: CanvasKind, board: Board) -> int:
    """Count the people who have scored anything: the tokens of rows that are not empty."""
    rows = (note for note in board if any(text_of(note.get(f.id)) for f in kind.fields))
    return len({_token(note) for note in rows} - {""})


def _token(note: Note) -> str:
    """Give what stands for a person; case and spaces do not make two."""
    return " ".join(note.text.split()).casefold()


def reversed_fields(found: Scores) -> Iterator[tuple[Voter, Field]]:
    """Give people with the scales that they seem to have read the other way round.

    Where their scores rank things against the median of all others, the low end may have been
    taken for the high one; see `runs_reversed`. It may also be what they think: so it is asked.
    """
    if len(found.counted) <= 2:  # noqa: PLR2004 - one other person is no measure
        return
    known: dict[tuple[str, str, float], int | Fraction] = {}
    for voter in found.counted:
        for field in found.asked:
            pairs = []
            for key, own in voter.given[field.id].items():
                others = known.get((field.id, key, own))
                if others is None and len(given := found.ordered[field.id][key]) > 1:
                    others = known[field.id, key, own] = twice_median(without(given, own))
                if others is not None:
                    pairs.append((own, others))
            if runs_reversed(pairs):
                yield voter, field


def _asked(sheet: Sheet, about: Sheet | None) -> Iterator[Field]:
    for own in sheet.kind.fields:
        other = field_of(about.kind, own.id) if about else None
        for field in (own, other):
            if field and field.minimum is not None and field.maximum is not None:
                if field.minimum < field.maximum:
                    yield replace(own, minimum=field.minimum, maximum=field.maximum)
                break


def _things(sheet: Sheet, about: Sheet | None) -> Iterator[Note]:
    """Give the notes that are scored: those of the blocks that the kind's blocks name, or all."""
    blocks = {name for block in sheet.kind.blocks for name in block.cites}
    for note in about.board if about else ():
        if not blocks or note.block in blocks:
            yield note


def _voters(
    sheet: Sheet, asked: tuple[Field, ...], things: Mapping[str, Note]
) -> tuple[Voter, ...]:
    tokens = {note.id: _token(note) for note in sheet.board}
    last = {tokens[note.id]: note for note in sheet.board}
    found = []
    for note in sheet.board:
        token = tokens[note.id]
        later = last[token] if token and last[token] is not note else None
        read = {field.id: parse_ratings(note.get(field.id)) for field in asked}
        given = {
            field.id: {
                rating.member: rating.value
                for rating in read[field.id].given
                if rating.member in things and on_scale(rating.value, field)
            }
            for field in asked
        }
        found.append(Voter(note, token, read, given, later))
    return tuple(found)


def _ordered(
    field: str, things: Iterable[str], voters: list[Voter]
) -> dict[str, tuple[int | Fraction, ...]]:
    """Give by thing what the voters gave on a field, in order."""
    held: dict[str, list[float]] = {key: [] for key in things}
    for voter in voters:
        for key, value in voter.given[field].items():
            held[key].append(value)
    return {key: in_order(values) for key, values in held.items()}


def _matrix(sheet: Sheet, about: Sheet | None, asked: tuple[Field, ...]) -> CanvasKind | None:
    """Give the kind's own matrix, else that of what is scored, where both axes are asked for."""
    known = {field.id: field for field in asked}
    kinds = [sheet.kind, *([about.kind] if about else [])]
    found = next((kind for kind in kinds if kind.axes), None)
    if found is None or not known.keys() >= set(found.axes):
        return None
    ends = {name: known[name] for name in found.axes}
    fields = tuple(ends.get(field.id, field) for field in found.fields)
    return replace(found, fields=fields)
