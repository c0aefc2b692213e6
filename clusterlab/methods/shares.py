"""Shares in words: a percent of a few says more than is known, so few are named as they are.

From how many on, authors differ; ten and thirty are what survey practice mostly takes.
"""

from __future__ import annotations

from clusterlab.errors import N_, Message

#: Below this number a share is told in words alone; below the other, percent have no decimals.
FEW, MANY = 10, 30


def share_of_clusters(count: int, of: int) -> Message:
    """Say how many clusters of how many; the percent only from ten on."""
    if of < FEW:
        return Message(N_("{count} of {of} clusters"), {"count": count, "of": of})
    fields = {"count": count, "of": of, "percent": percent(count, of)}
    return Message(N_("{percent} % ({count} of {of} clusters)"), fields)


def percent(count: float, of: int) -> float | None:
    """Give 100 · count / of: whole numbers under 30 answers, else with one decimal.

    Returns
    -------
    float or None
        ``None`` of nothing.
    """
    return None if of <= 0 else rounded(100 * count / of, of)


def rounded(value: float, of: int) -> float:
    """Round a figure to what its number of answers carries; a half goes away from zero."""
    return to_decimals(value, 0 if of < MANY else 1)


def to_decimals(value: float, decimals: int) -> float:
    """Round to a number of decimals; a half goes away from zero."""
    steps = 10.0**decimals
    whole = int(abs(value) * steps + 0.5)
    return (whole if value >= 0 else -whole) / steps
