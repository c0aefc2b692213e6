"""The signs of things in four quadrants, and what they look like in a legend."""

from __future__ import annotations

from clusterlab.figures.parts import SIGN_WIDTH
from clusterlab.figures.svg import HAIR, HATCH, INK, PAPER, TEAL, TEAL_TINT, Sheet

#: Radius of the smallest circle that can be seen as one.
SMALLEST = 3.0


def bubble(
    sheet: Sheet, place: tuple[float, float], radius: float, *, marked: bool, sized: bool
) -> None:
    """Draw a thing: hatched where it is marked, white where its area says nothing."""
    x, y = place
    if marked:
        sheet.circle(x, y, radius, fill=HATCH, stroke=INK, line=1.6)
    elif not sized:
        sheet.circle(x, y, radius, fill=PAPER, stroke=TEAL, line=1.2, opacity=0.7)
    else:
        sheet.circle(x, y, radius, fill=TEAL_TINT, stroke=TEAL, line=1.2, opacity=0.7)


def sizes_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw circles of two sizes into a legend."""
    sheet.circle(x + 3, y + 5, 2.5, fill=TEAL_TINT, stroke=TEAL, line=1)
    sheet.circle(x + 11.5, y + 4, 4.5, fill=TEAL_TINT, stroke=TEAL, line=1)


def smallest_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw the smallest circle that there is into a legend."""
    sheet.circle(x + SIGN_WIDTH / 2, y + 4, SMALLEST, fill=TEAL_TINT, stroke=TEAL, line=1.2)


def no_value_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw a circle whose area says nothing into a legend."""
    sheet.circle(x + SIGN_WIDTH / 2, y + 4, 4, fill=PAPER, stroke=TEAL, line=1.2)


def marked_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw a hatched circle into a legend."""
    sheet.circle(x + SIGN_WIDTH / 2, y + 4, 4.5, fill=HATCH, stroke=INK, line=1.6)


def heap_sign(sheet: Sheet, x: float, y: float) -> None:
    """Draw circles around one place into a legend."""
    for dx, dy in ((4.5, 4), (8.5, 2), (8.5, 6.5), (12, 4)):
        sheet.circle(x + dx, y + dy, 2.3, fill=PAPER, stroke=TEAL)
    sheet.line(x + 0.5, y + 8.5, x + 16, y + 8.5, stroke=HAIR)
