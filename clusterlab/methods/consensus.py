"""How far people agree in what they score, and whether two rankings run the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from statistics import median

Number = int | float | Fraction


@dataclass(frozen=True, slots=True)
class ScoreSpread:
    """What several people gave one thing on one scale.

    Parameters
    ----------
    n
        How many gave a score.
    median, mean
        Of the scores. They are ordinal: the mean is a help for talking, not a measurement.
    lowest, highest
        Of the scores.
    agreement
        From 0 to 1, see `agreed`; ``None`` where fewer than two gave a score.
    """

    n: int
    median: float
    mean: float
    lowest: float
    highest: float
    agreement: float | None


def spread(scores: Sequence[Number], low: Number, high: Number) -> ScoreSpread | None:
    """Say how scores on a scale are spread; nothing where there are none."""
    held = [Fraction(score) for score in scores]
    if not held:
        return None
    return ScoreSpread(
        len(held),
        float(median(held)),
        float(sum(held) / len(held)),
        float(min(held)),
        float(max(held)),
        agreed(held, low, high),
    )


def agreed(scores: Sequence[Number], low: Number, high: Number) -> float | None:
    """Say how far people agree: 1 where all gave the same, 0 where half gave each end.

    agreement = 1 - 2 × d / (high - low), where d is the mean distance of the scores from their
    median, in points of the scale. For whole points this is 1 minus Leik's measure of dissent
    (Leik, A measure of ordinal consensus, 1966), whose sum over cumulative shares is just d; so
    it reads the order of the points, not who is how far from a mean. Others take the standard
    deviation, which a single far score moves most.

    Returns
    -------
    float or None
        ``None`` where fewer than two gave a score, or the scale has no length.
    """
    held, length = [Fraction(score) for score in scores], Fraction(high) - Fraction(low)
    if len(held) < 2 or length <= 0:  # noqa: PLR2004 - nobody agrees alone
        return None
    middle = median(held)
    distance = sum((abs(score - middle) for score in held), Fraction()) / len(held)
    return float(1 - 2 * distance / length)


def same_way(pairs: Sequence[tuple[Number, Number]]) -> tuple[int, int]:
    """Count pairs of things that two rankings put in the same order, and in opposite order.

    Those that either ranks equal count as neither. The difference of both through their sum is
    the gamma of Goodman and Kruskal (1954): 1 where both always agree, -1 where one runs the
    other way.
    """
    same = other = 0
    for (a, b), (c, d) in combinations(pairs, 2):
        turn = (a > c) - (a < c), (b > d) - (b < d)
        same += turn[0] * turn[1] > 0
        other += turn[0] * turn[1] < 0
    return same, other


#: From which gamma on, below zero, a ranking is told as running the other way, and of how many
#: things and pairs of them at least: a choice of ours, as no source says one.
REVERSED = Fraction(-3, 5)
_THINGS, _PAIRS = 4, 5


def runs_reversed(pairs: Sequence[tuple[Number, Number]]) -> bool:
    """Tell whether one ranking looks like the other upside down: a gamma of -0.6 or less.

    At least four things and five pairs of them are needed in which both see a difference.
    """
    same, other = same_way(pairs)
    told = same + other
    return len(pairs) >= _THINGS and told >= _PAIRS and Fraction(same - other, told) <= REVERSED
