"""What counted answers say: the ends of a scale against each other, and who would recommend.

Both are read from how many gave each point. Where so few gave the same answer that somebody could
be made out, what tells their number is left out; see `protected`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from clusterlab.methods.disclosure import THRESHOLD, protected
from clusterlab.methods.shares import percent, rounded

#: Points of the scale of 0 to 10 on which people say how likely they are to recommend.
RECOMMENDS, PASSIVE, MOST = 9, 7, 10
_BOX = 2


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent: exact where both ends are the same, else only known to lie between."""

    least: float
    most: float

    @property
    def exact(self) -> bool:
        """Whether it is told as it is."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class Agreement:
    """The two ends of a scale of agreement, importance or satisfaction.

    Parameters
    ----------
    n
        Answers on the scale.
    top, bottom
        Percent of n that gave one of the two highest points (top-2-box), and one of the two
        lowest.
    net
        Top minus bottom in points of percent, from -100 to +100; ``None`` where one is no exact
        share.
    """

    n: int
    top: Share
    bottom: Share
    net: float | None


def agreement(counts: Sequence[int], least: int = THRESHOLD) -> Agreement | None:
    """Compare the two highest points of a scale with the two lowest.

    top = 100 · (n of the two highest) / n; bottom likewise; net = top - bottom. On five points
    the two highest are 4 and 5. "Don't know" is no point, so never part of n. Authors disagree on
    two boxes against three and on boxes against means; two boxes are the common reading for five
    points, and the mean is given beside them.

    Parameters
    ----------
    counts
        How many gave each point, the lowest first.
    least
        The fewest people of whom an exact figure shows; 1 hides nothing. The two ends and what is
        between them are hidden like groups of people, so that none comes out of the others and n.
        Of one that is hidden as it is small, it shows that it is less than so many people; of one
        that hides it, how many there are at least, if that does not tell the small one.

    Returns
    -------
    Agreement or None
        Nothing without answers, and of a scale under four points, whose two ends would overlap.
    """
    n = sum(counts)
    if len(counts) < 2 * _BOX or not n:
        return None
    groups = {"top": sum(counts[-_BOX:]), "bottom": sum(counts[:_BOX])}
    groups["between"] = n - sum(groups.values())
    shown = protected(groups, least).shown
    hidden = {name: count for name, count in groups.items() if name not in shown}
    small = sum(count < least for count in hidden.values())
    together = sum(hidden.values())
    rest = together - (least - 1) * small
    # So few that “at least” and “less than” would say which is which, and so how many.
    unsure = small < len(hidden) and rest < least

    def share(name: str) -> Share:
        count = groups[name]
        if name in shown:
            exact = percent(count, n) or 0
            return Share(exact, exact)
        if count < least or unsure:
            most = together if unsure else min(least, n)
            return Share(0, math.ceil(100 * most / n))
        return Share(math.floor(100 * rest / n), 100)

    top, bottom = share("top"), share("bottom")
    net = percent(groups["top"] - groups["bottom"], n) if top.exact and bottom.exact else None
    return Agreement(n, top, bottom, net)


@dataclass(frozen=True, slots=True)
class NetPromoter:
    """Who recommends (9 and 10), who is passive (7 and 8), who is a detractor (0 to 6).

    Parameters
    ----------
    n
        Answers on the scale.
    score
        From -100 to +100, no percent; ``None`` without answers, or where too few answered.
    promoters, passives, detractors
        How many; ``None`` for each where one of them is hidden.
    """

    n: int
    score: float | None
    promoters: int | None
    passives: int | None
    detractors: int | None


def net_promoter(counts: Sequence[int], least: int = THRESHOLD) -> NetPromoter:
    """Give the net promoter score: 100 · (promoters - detractors) / n.

    Only for the question how likely somebody is to recommend, from 0 to 10. Detractors are
    seven boxes, 0 to 6: Reichheld, The one number you need to grow, 2003; some copies of the
    article speak of six. Under 30 answers the score has no decimals.

    Parameters
    ----------
    counts
        How many gave each of the points 0 to 10.
    least
        The fewest people of whom a figure shows; 1 hides nothing. As the score ties the three
        groups to each other, none of them shows where one is too small.

    Raises
    ------
    ValueError
        Where these are not the counts of eleven points.
    """
    if len(counts) != MOST + 1:
        message = "recommendation is asked on eleven points, 0 to 10"
        raise ValueError(message)
    n = sum(counts)
    groups = {
        "promoters": sum(counts[RECOMMENDS:]),
        "passives": sum(counts[PASSIVE:RECOMMENDS]),
        "detractors": sum(counts[:PASSIVE]),
    }
    score = rounded(100 * (groups["promoters"] - groups["detractors"]) / n, n) if n else None
    shown = len(protected(groups, least).shown) == len(groups)
    return NetPromoter(
        n, score if n >= least else None, *(c if shown else None for c in groups.values())
    )
