"""How sure is this quadrant? What several people's scores say, and what moves if they are off.

Leaving out one voter at a time is the jackknife (Tukey, Bias and confidence in not quite large
samples, 1958), shifting all scores by a step a plain analysis of sensitivity. That a quarter is
called unsure when either moves an item is our reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from clusterlab.methods.consensus import exact, in_order, twice_median, without
from clusterlab.methods.priorities import Half, axes, half_of, line_halves, middle, on_scale
from clusterlab.model import CanvasKind, Field, Quadrant

_Exact = int | Fraction
Centre = Literal["mean", "median"]


@dataclass(frozen=True, slots=True)
class Spread:
    """Scores of one item on one axis.

    Parameters
    ----------
    centre
        Their mean or median.
    lowest, highest
        Of all voters.
    deviation
        Mean distance of the scores from the centre, in points of the scale.
    """

    centre: float
    lowest: float
    highest: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Certainty:
    """Where several people's scores put an item, and how sure that is.

    Parameters
    ----------
    item
        Its id.
    voters
        How many gave both scores.
    quadrant
        Its quarter; ``None`` where nobody gave both.
    across, up
        Spread on each axis; ``None`` where nobody gave both.
    shifted
        Other quarters that it would be in if all scores on one or both axes were one step of
        the scale lower or higher, in the kind's order.
    without
        Voters without whom it would be in another quarter.
    """

    item: str
    voters: int
    quadrant: Quadrant | None = None
    across: Spread | None = None
    up: Spread | None = None
    shifted: tuple[Quadrant, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether neither a step of the scale nor any one voter moves it."""
        return self.quadrant is not None and not self.shifted and not self.without


def certainty(
    kind: CanvasKind,
    scores: Mapping[str, Mapping[str, tuple[Any, Any]]],
    centre: Centre = "mean",
) -> list[Certainty]:
    """Put items into the quarters of a kind's matrix by the scores of several people.

    An item that moves when scores shift by one step, or when one voter is left out, lies so
    close to a line that its quarter says little: talk about it before anybody acts. Shifted
    scores stay on the scale. With a single voter there is nobody to leave out. Means are exact
    fractions, so that what lies on a line is on it.

    Parameters
    ----------
    kind
        With a matrix; on a line its ``midpoint`` decides.
    scores
        By item and voter the scores across and up. What is not a number on the scale, or is
        half of a pair, does not count.
    centre
        Whether the ``mean`` or the ``median`` of the scores places an item.

    Raises
    ------
    ValueError
        Where the kind has no matrix.
    """
    return [_certainty(kind, item, given, centre) for item, given in scores.items()]


def _certainty(
    kind: CanvasKind, item: str, given: Mapping[str, tuple[Any, Any]], centre: Centre
) -> Certainty:
    fields = axes(kind)
    valid = {
        voter: pair
        for voter, pair in given.items()
        if all(on_scale(value, field) for value, field in zip(pair, fields, strict=True))
    }
    if not valid:
        return Certainty(item, 0)
    across, up = (
        _Axis(field, half, in_order(pair[axis] for pair in valid.values()), centre)
        for axis, (field, half) in enumerate(zip(fields, line_halves(kind), strict=True))
    )
    quarters = {(q.x, q.y): q for q in kind.quadrants}

    def quarter(*halves: Half | None) -> Quadrant | None:
        return next((q for place, q in quarters.items() if place == halves), None)

    found = quarter(across.half(), up.half())
    moved = {quarter(x, y) for x in across.shifted() for y in up.shifted()}
    without_ = tuple(
        voter
        for voter, (x, y) in valid.items()
        if len(valid) > 1 and quarter(across.without(x), up.without(y)) != found
    )
    return Certainty(
        item,
        len(valid),
        found,
        across.spread(),
        up.spread(),
        tuple(q for q in kind.quadrants if q in moved and q != found),
        without_,
    )


class _Axis:
    """Scores of one item on one axis, in order, and on which side of its line they lie."""

    def __init__(
        self, field: Field, on_line: Half, ordered: tuple[_Exact, ...], centre: Centre
    ) -> None:
        self._field, self._on_line = field, on_line
        self._ordered, self._centre = ordered, centre
        self._known: dict[Any, Half | None] = {}

    def half(self, ordered: tuple[_Exact, ...] = ()) -> Half | None:
        """Say where the scores lie; by default those that were given."""
        place = _middle(ordered or self._ordered, self._centre)
        return half_of(place, middle(self._field), self._on_line)

    def shifted(self) -> set[Half | None]:
        """Say where they would lie one step lower, as they are, and one higher, on the scale."""
        low, high = exact(self._field.minimum or 0), exact(self._field.maximum or 0)
        held = self._ordered
        if self._centre == "median":  # scores stay in order, so the same are in the middle
            held = held[(len(held) - 1) // 2 : len(held) // 2 + 1]
        steps = (tuple(min(max(value + step, low), high) for value in held) for step in (-1, 0, 1))
        return set(map(self.half, steps))

    def without(self, score: Any) -> Half | None:
        """Say where they would lie without one that was given."""
        if score not in self._known:
            self._known[score] = self.half(without(self._ordered, score))
        return self._known[score]

    def spread(self) -> Spread:
        """Say how far they lie apart."""
        held, place = self._ordered, _middle(self._ordered, self._centre)
        apart: _Exact = 0
        for value in held:
            apart += value - place if value >= place else place - value
        return Spread(
            float(place), float(held[0]), float(held[-1]), float(Fraction(apart) / len(held))
        )


def _middle(ordered: Sequence[_Exact], centre: Centre) -> _Exact:
    whole, count = (
        (twice_median(ordered), 2) if centre == "median" else (sum(ordered), len(ordered))
    )
    return Fraction(whole, count) if whole % count else whole // count
