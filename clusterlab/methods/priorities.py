"""Effort and impact, or any two numbers: in which quarter of the matrix a note is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from clusterlab.model import CanvasKind, Field, Note, Quadrant

Half = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class Priorities:
    """Notes by quarter of their kind's matrix.

    Parameters
    ----------
    quadrants
        Each quadrant with its notes, in the kind's order.
    unplaced
        Notes that lack a number, or have one that is not on the scale.
    """

    quadrants: tuple[tuple[Quadrant, tuple[Note, ...]], ...]
    unplaced: tuple[Note, ...]


def axes(kind: CanvasKind) -> tuple[Field, Field]:
    """Give the two fields by which a kind's notes stand in its matrix: across and up.

    Raises
    ------
    ValueError
        Where the kind has no matrix.
    """
    across, up = (kind.field(name) for name in kind.axes)
    return across, up


def middle(field: Field) -> float:
    """Give the middle of an axis: halfway between its minimum and its maximum."""
    return ((field.minimum or 0) + (field.maximum or 0)) / 2


def line_halves(kind: CanvasKind) -> tuple[Half, Half]:
    """Say to which half of each axis its middle counts: those of the kind's ``midpoint``."""
    found = next(q for q in kind.quadrants if q.id == kind.midpoint)
    return _half(found.x), _half(found.y)


def quadrant_of(kind: CanvasKind, note: Note) -> Quadrant | None:
    """Say in which quarter of its kind's matrix a note is.

    What lies on a line counts to the half that the kind's ``midpoint`` quadrant covers.

    Returns
    -------
    Quadrant or None
        ``None`` where one of the two numbers is missing, is no number or not on the scale.
    """
    given = [(note.get(field.id), field) for field in axes(kind)]
    across, up = (value if on_scale(value, field) else None for value, field in given)
    return quadrant_at(kind, across, up)


def quadrant_at(kind: CanvasKind, across: Any, up: Any) -> Quadrant | None:
    """Say in which quarter of a kind's matrix two numbers are, as `quadrant_of` does.

    Exact fractions are numbers too: a mean that is on the line then counts as on it.
    """
    pairs = zip((across, up), axes(kind), line_halves(kind), strict=True)
    halves = [half_of(value, middle(field), line) for value, field, line in pairs]
    return next((q for q in kind.quadrants if [q.x, q.y] == halves), None)


def on_scale(value: Any, field: Field) -> bool:
    """Tell whether a value is a number on the scale of a field."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low, high = field.minimum, field.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def priorities(kind: CanvasKind, notes: Iterable[Note]) -> Priorities:
    """Sort notes into the quarters of their kind's matrix; within each they keep their order."""
    placed: dict[str, list[Note]] = {q.id: [] for q in kind.quadrants}
    unplaced: list[Note] = []
    for note in notes:
        found = quadrant_of(kind, note)
        (placed[found.id] if found else unplaced).append(note)
    quadrants = tuple((q, tuple(placed[q.id])) for q in kind.quadrants)
    return Priorities(quadrants, tuple(unplaced))


def half_of(value: Any, line: float, on_line: Half) -> Half | None:
    """Say on which side of a line a number is; ``None`` for what is no number."""
    number = isinstance(value, int | float | Fraction) and not isinstance(value, bool)
    if not number or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if value == line:
        return on_line
    return "low" if value < line else "high"


def _half(name: str) -> Half:
    return "high" if name == "high" else "low"
