"""How far people agree in what they score, and whether two rankings run the same way."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

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


def exact(number: Number) -> int | Fraction:
    """Give a number that computes exactly; whole ones do so much faster as what they are."""
    if isinstance(number, float):
        return int(number) if number.is_integer() else Fraction(number)
    return number


def in_order(numbers: Iterable[Number]) -> tuple[int | Fraction, ...]:
    """Put numbers in order, each so that it computes exactly."""
    return tuple(sorted(map(exact, numbers)))


def twice_median(ordered: Sequence[int | Fraction]) -> int | Fraction:
    """Give twice the median of numbers in order, which is exact of whole ones too."""
    half = len(ordered) // 2
    return ordered[half] + ordered[half if len(ordered) % 2 else half - 1]


def without(ordered: Sequence[int | Fraction], one: Number) -> tuple[int | Fraction, ...]:
    """Take one number out of several in order."""
    place = bisect_left(ordered, exact(one))
    return (*ordered[:place], *ordered[place + 1 :])


def spread(scores: Iterable[Number], low: Number, high: Number) -> ScoreSpread | None:
    """Say how scores on a scale are spread; nothing where there are none."""
    held = in_order(scores)
    if not held:
        return None
    return ScoreSpread(
        len(held),
        float(Fraction(twice_median(held), 2)),
        float(Fraction(sum(held), len(held))),
        float(held[0]),
        float(held[-1]),
        agreed(held, low, high),
    )


def agreed(scores: Iterable[Number], low: Number, high: Number) -> float | None:
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
    held, length = in_order(scores), exact(high) - exact(low)
    if len(held) < 2 or length <= 0:  # noqa: PLR2004 - nobody agrees alone
        return None
    middle = twice_median(held)
    twice: int | Fraction = 0
    for score in held:
        twice += 2 * score - middle if 2 * score >= middle else middle - 2 * score
    return float(1 - Fraction(twice) / (len(held) * length))


def same_way(pairs: Sequence[tuple[Number, Number]]) -> tuple[int, int]:
    """Count pairs of things that two rankings put in the same order, and in opposite order.

    Those that either ranks equal count as neither. The difference of both through their sum is
    the gamma of Goodman and Kruskal (1954): 1 where both always agree, -1 where one runs the
    other way.
    """
    same = other = 0
    for (a, b), (c, d) in combinations(pairs, 2):
        if a != c and b != d:
            if (a > c) is (b > d):
                same += 1
            else:
                other += 1
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
