"""How much the notes of a SWOT matter, and which strategies take them up."""

from __future__ import annotations

from dataclasses import dataclass

from clusterlab.methods.fields import bounded, field_of
from clusterlab.methods.priorities import middle
from clusterlab.methods.sheet import Sheet
from clusterlab.model import CanvasKind, Note

IMPORTANCE = "importance"


@dataclass(frozen=True, slots=True)
class WeightedNote:
    """A note of a SWOT with its importance.

    Parameters
    ----------
    importance
        On the scale of the kind's field; nothing where it is not rated.
    rank
        From 1, equal notes share one (1, 2, 2, 4); 0 for a note that is not rated.
    high
        Whether it is rated above the middle of the scale.
    taken_up
        Strategies that build on it, as their canvas holds them.
    """

    note: Note
    importance: float | None
    rank: int
    high: bool
    taken_up: tuple[Note, ...]


def importance_of(kind: CanvasKind, note: Note) -> float | None:
    """Give how a note is rated; nothing where it is not, or off the scale."""
    return bounded(kind, note, IMPORTANCE)


def is_high(kind: CanvasKind, note: Note) -> bool:
    """Tell whether a note is rated above the middle of the scale: 4 or 5 of 5.

    No source says from which rating a factor is a high one; this is the reading of need relevance,
    too. A scale without ends has no middle, so nothing on it is high.
    """
    field, rated = field_of(kind, IMPORTANCE), importance_of(kind, note)
    if field is None or rated is None or field.minimum is None or field.maximum is None:
        return False
    return rated > middle(field)


def weighted_notes(sheet: Sheet) -> tuple[WeightedNote, ...]:
    """Rank the notes of a SWOT by importance; those that nobody rated come last.

    Equal ones stay in the order of the canvas. The rating is ordinal and is not multiplied with
    anything: it says what to look at first.
    """
    notes = list(sheet.board)
    rated = {note.id: importance_of(sheet.kind, note) for note in notes}
    others = (
        sheet.other(kind.id)
        for kind in sheet.kinds.values()
        if kind.method == "tows" and sheet.kind.id in kind.cites
    )
    strategies = [note for other in others if other for note in other.board]
    taken: dict[str, list[Note]] = {}
    for strategy in strategies:
        for link in dict.fromkeys(strategy.links):
            taken.setdefault(link, []).append(strategy)
    given = [value for value in rated.values() if value is not None]
    notes.sort(key=lambda note: (rated[note.id] is None, -(rated[note.id] or 0)))
    return tuple(
        WeightedNote(
            note,
            value := rated[note.id],
            0 if value is None else 1 + sum(other > value for other in given),
            is_high(sheet.kind, note),
            tuple(taken.get(note.id, ())),
        )
        for note in notes
    )
