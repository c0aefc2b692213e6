"""What a survey's answers say: recommendation, agreement, and questions with several answers.

Everything comes with ``n``, the number of answers that it is made of. What was not answered, and
what is no answer on the scale, is counted apart and never part of ``n``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clusterlab.errors import N_, UsageError
from clusterlab.methods.shares import percent, rounded

#: Points of the scale of 0 to 10 on which people say how likely they are to recommend.
_RECOMMENDS, _PASSIVE, _MOST = 9, 7, 10
_LEAST_POINTS = 4


@dataclass(frozen=True, slots=True)
class NetPromoter:
    """Who recommends (9 and 10), who is passive (7 and 8), who is a detractor (0 to 6).

    Parameters
    ----------
    score
        From -100 to +100, no percent; ``None`` without answers.
    odd
        Answers that are not on the scale.
    """

    promoters: int
    passives: int
    detractors: int
    n: int
    score: float | None
    odd: int


def net_promoter(answers: Iterable[Any]) -> NetPromoter:
    """Give the net promoter score: 100 · (promoters - detractors) / n.

    Only for the question how likely somebody is to recommend, from 0 to 10. Detractors are
    seven boxes, 0 to 6: Reichheld, The one number you need to grow, 2003; some copies of the
    article speak of six. Under 30 answers the score has no decimals.

    Parameters
    ----------
    answers
        Whole numbers; ``None`` and "" where nothing was answered.
    """
    given = [a for a in answers if not _missing(a)]
    valid = [a for a in given if _point(a, 0, _MOST)]
    promoters = sum(a >= _RECOMMENDS for a in valid)
    passives = sum(_PASSIVE <= a < _RECOMMENDS for a in valid)
    detractors, n = len(valid) - promoters - passives, len(valid)
    score = rounded(100 * (promoters - detractors) / n, n) if n else None
    return NetPromoter(promoters, passives, detractors, n, score, len(given) - n)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Answers on a scale of agreement or satisfaction.

    Parameters
    ----------
    counts
        How many gave each point, from the lowest: a mean is never shown without them.
    n
        Answers on the scale.
    unsure, odd
        Answers "don't know", and answers that are neither that nor on the scale: not in ``n``.
    mean
        Of a scale whose steps nobody knows to be equal: beside the counts only.
    """

    counts: tuple[int, ...]
    n: int
    unsure: int
    odd: int
    mean: float | None

    @property
    def top(self) -> float | None:
        """Percent of n that gave one of the two highest points (top-2-box)."""
        return percent(sum(self.counts[-2:]), self.n)

    @property
    def bottom(self) -> float | None:
        """Percent of n that gave one of the two lowest points."""
        return percent(sum(self.counts[:2]), self.n)

    @property
    def net(self) -> float | None:
        """Top-2-box minus bottom-2-box, in points of percent, from -100 to +100."""
        return percent(sum(self.counts[-2:]) - sum(self.counts[:2]), self.n)


def agreement(
    answers: Iterable[Any], *, low: int = 1, high: int = 5, unsure: Collection[Any] = ()
) -> Agreement:
    """Count answers on a scale; by default 1 to 5, where the top two boxes are 4 and 5.

    Authors disagree on two boxes against three and on boxes against means; two boxes are the
    common reading for five points, and the mean is given with the counts.

    Parameters
    ----------
    answers
        Whole numbers; ``None`` and "" where nothing was answered.
    low, high
        Ends of the scale.
    unsure
        What an answer "don't know" looks like in the data.

    Raises
    ------
    UsageError
        Where the scale has fewer than four points: two boxes at each end would overlap.
    """
    if high - low + 1 < _LEAST_POINTS:
        raise UsageError(
            N_("A scale from {low} to {high} is too short to compare its two ends."),
            low=low,
            high=high,
        )
    given = [a for a in answers if not _missing(a)]
    valid = [int(a) for a in given if _point(a, low, high)]
    others = [a for a in given if not _point(a, low, high)]
    doubt = sum(any(a == u for u in unsure) for a in others)
    counts = Counter(valid)
    return Agreement(
        tuple(counts[point] for point in range(low, high + 1)),
        len(valid),
        doubt,
        len(others) - doubt,
        sum(valid) / len(valid) if valid else None,
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option, how many respondents chose it, and their percent."""

    option: str
    count: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class SeveralAnswers:
    """A question to which people may give several answers.

    Parameters
    ----------
    chosen
        The options in their order, then answers that are none of them as they first came.
    n
        Respondents who chose at least one: what percent are of. So percent may add up to more
        than 100, and who shows them says so.
    """

    chosen: tuple[Chosen, ...]
    n: int


def several_answers(
    answers: Iterable[Iterable[str] | None], options: Sequence[str] = ()
) -> SeveralAnswers:
    """Count a question with several answers, by respondents and not by ticks.

    Who ticked nothing did not answer: survey tools write both in the same way. An option that a
    respondent gives twice counts once.
    """
    given = [dict.fromkeys(a) for a in answers if a]
    given = [a for a in given if a]
    counts = Counter(option for one in given for option in one)
    order = dict.fromkeys((*options, *counts))
    n = len(given)
    return SeveralAnswers(tuple(Chosen(o, counts[o], percent(counts[o], n)) for o in order), n)


def _missing(answer: Any) -> bool:
    return answer is None or answer == ""


def _point(answer: Any, low: int, high: int) -> bool:
    """Tell whether an answer is a point of a scale; 4.0 is, as spreadsheets write it."""
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return False
    if isinstance(answer, float) and not (math.isfinite(answer) and answer.is_integer()):
        return False
    return low <= answer <= high
