"""How sure is this quadrant? What several people's scores say, and what moves if they are off.

Leaving out one voter at a time is the jackknife (Tukey, Bias and confidence in not quite large
samples, 1958), shifting all scores by a step a plain analysis of sensitivity. That a quarter is
called unsure when either moves an item is our reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from statistics import median
from typing import Any, Literal

from clusterlab.methods.priorities import axes, quadrant_at
from clusterlab.model import CanvasKind, Field, Quadrant

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
        voter: (Fraction(pair[0]), Fraction(pair[1]))
        for voter, pair in given.items()
        if all(on_scale(value, field) for value, field in zip(pair, fields, strict=True))
    }
    if not valid:
        return Certainty(item, 0)
    pairs = list(valid.values())
    found = _quadrant(kind, pairs, centre)
    moved = {
        quadrant.id
        for steps in product((-1, 0, 1), repeat=2)
        if (quadrant := _quadrant(kind, _shifted(pairs, steps, fields), centre)) is not None
    }
    without = tuple(
        voter
        for voter in valid
        if len(valid) > 1
        and _quadrant(kind, [p for v, p in valid.items() if v != voter], centre) != found
    )
    return Certainty(
        item,
        len(valid),
        found,
        _spread([p[0] for p in pairs], centre),
        _spread([p[1] for p in pairs], centre),
        tuple(q for q in kind.quadrants if q.id in moved and q != found),
        without,
    )


_Pair = tuple[Fraction, Fraction]


def on_scale(value: Any, field: Field) -> bool:
    """Tell whether a value is a number on the scale of a field."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return (field.minimum or 0) <= value <= (field.maximum or 0)


def _middle(values: Sequence[Fraction], centre: Centre) -> Fraction:
    return median(values) if centre == "median" else sum(values, Fraction()) / len(values)


def _quadrant(kind: CanvasKind, pairs: Sequence[_Pair], centre: Centre) -> Quadrant | None:
    return quadrant_at(kind, *(_middle([p[axis] for p in pairs], centre) for axis in (0, 1)))


def _shifted(
    pairs: Sequence[_Pair], steps: tuple[int, ...], fields: tuple[Field, Field]
) -> list[_Pair]:
    def moved(value: Fraction, axis: int) -> Fraction:
        low, high = Fraction(fields[axis].minimum or 0), Fraction(fields[axis].maximum or 0)
        return min(max(value + steps[axis], low), high)

    return [(moved(x, 0), moved(y, 1)) for x, y in pairs]


def _spread(values: Sequence[Fraction], centre: Centre) -> Spread:
    place = _middle(values, centre)
    deviation = sum((abs(v - place) for v in values), Fraction()) / len(values)
    return Spread(float(place), float(min(values)), float(max(values)), float(deviation))
