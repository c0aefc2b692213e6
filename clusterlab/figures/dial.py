"""The sign of a rated thing: a circle with an arc, and beside its end that of others."""

from __future__ import annotations

from math import ceil, cos, hypot, pi, sin

from clusterlab.figures.svg import EDGE, HAIR, INK, NEUTRAL, PAPER, TEAL, Sheet

#: How far the dots of a rating and its benchmark reach beyond a sign, and how much wider it is.
DOTS, WIDER = 2.4, 0.2
# Where the dots lie, as seen from the circle, and how large they are.
_OUT, _FILLED, _HOLLOW = 0.9, 1.8, 2.2
# Dots nearer to each other than this lie one inside the other.
_NEAR = 1.5
# The arc of the highest rating: less than the whole turn, so that it has an end of its own.
_TURN = 0.86


def dial(
    sheet: Sheet,
    place: tuple[float, float],
    radius: float,
    share: float | None,
    other: float | None = None,
) -> None:
    """Draw a circle with a thick arc along it, clockwise from the top.

    Parameters
    ----------
    place
        Its middle.
    share
        How much of its way the arc goes; None dashes the circle.
    other
        The same of others: then a filled dot ends the own arc, a hollow one stands where that of
        others ends, and a thin line joins the two.
    """
    x, y = place
    if share is None:
        sheet.circle(x, y, radius, fill=PAPER, stroke=EDGE, dash="2 2")
    else:
        sheet.circle(x, y, radius, fill=PAPER)
        sheet.arc(x, y, radius, _TURN, stroke=HAIR, line=2.6)
        sheet.circle(x, y, radius + 1.3, stroke=EDGE, line=0.6)
        sheet.arc(x, y, radius, share * _TURN, stroke=TEAL, line=2.8)
    if other is None:
        return
    far = _along(x, y, radius + _OUT, other)
    if share is not None:
        # On the dark arc the line is light.
        low, high = sorted((share, other))
        steps = max(ceil((high - low) * 20), 1)
        between = [_along(x, y, radius, low + (high - low) * n / steps) for n in range(steps + 1)]
        sheet.path(between, stroke=INK if other > share else PAPER, line=0.9)
    sheet.circle(*far, _HOLLOW, fill=PAPER, stroke=INK, line=1.1)
    if share is not None:
        own = _along(x, y, radius + _OUT, share)
        if hypot(own[0] - far[0], own[1] - far[1]) < _NEAR:
            sheet.circle(*own, _FILLED * 0.6, fill=INK)
        else:
            sheet.circle(*own, _FILLED, fill=INK, stroke=PAPER, line=0.7)


def _along(x: float, y: float, radius: float, share: float) -> tuple[float, float]:
    """Give where a share of the arc's way ends."""
    angle = 2 * pi * share * _TURN - pi / 2
    return x + cos(angle) * radius, y + sin(angle) * radius


def sizes_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw circles of two sizes into a legend."""
    sheet.circle(x + 3, y + 5, 2.5, fill=PAPER, stroke=NEUTRAL, line=1)
    sheet.circle(x + 11.5, y + 4, 4.5, fill=PAPER, stroke=NEUTRAL, line=1)


def arcs_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw a circle with its arc into a legend."""
    sheet.circle(x + 8, y + 4, 4.4, fill=PAPER, stroke=HAIR, line=2)
    sheet.arc(x + 8, y + 4, 4.4, 0.6, stroke=TEAL, line=2.2)


def pair_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw a filled and a hollow dot, joined, into a legend."""
    sheet.line(x + 2, y + 4, x + 13, y + 4, stroke=INK, line=0.9)
    sheet.circle(x + 3, y + 4, 1.8, fill=INK)
    sheet.circle(x + 13, y + 4, 2.4, fill=PAPER, stroke=INK, line=1)


def unrated_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw a circle of what nobody rated into a legend."""
    sheet.circle(x + 8, y + 4, 4.4, fill=PAPER, stroke=EDGE, dash="2 2")
