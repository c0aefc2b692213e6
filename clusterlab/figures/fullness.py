"""How full each canvas is, cluster by cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterlab.figures.recolour import STEPS
from clusterlab.figures.svg import INK, PAPER, Sheet
from clusterlab.figures.text import BODY, LEADING, SMALL, cut, wrap

if TYPE_CHECKING:  # else whoever draws any figure would load all methods
    from clusterlab.methods import Fullness

MOST_ROWS = 40
_RIM = "#6d7c84"
# Room for names at the left; size of a square, and what lies between two.
_NAMES, _ACROSS, _DOWN, _GAP = 190.0, 83.0, 24.0, 2.0
_LINES = 4


@dataclass(frozen=True, slots=True)
class FullnessRow:
    """A cluster's name and what it has written on each canvas."""

    name: str
    canvases: tuple[Fullness, ...]


def draw_fullness(rows: Sequence[FullnessRow], canvases: Sequence[str]) -> str:
    """Draw how full each canvas is as a grid of squares with the number of notes.

    Parameters
    ----------
    rows
        Clusters in the order to draw; only the first `MOST_ROWS` are drawn.
    canvases
        Labels of the columns.

    Returns
    -------
    str
        SVG; text stays text. The same data give the same bytes.
    """
    sheet = Sheet(_NAMES + _ACROSS * max(len(canvases), 1) + _GAP, ", ".join(canvases))
    heads = [wrap(label, _ACROSS - 8, SMALL, lines=_LINES) for label in canvases]
    top = 6 + SMALL * LEADING * max(map(len, heads), default=1)
    for x, lines in enumerate(heads):
        middle = _NAMES + (x + 0.5) * _ACROSS
        above = top - 4 - SMALL * LEADING * len(lines)
        sheet.block(middle, above, lines, size=SMALL, anchor="middle")
    for y, row in enumerate(rows[:MOST_ROWS]):
        upper = top + y * _DOWN
        base = upper + _DOWN / 2 + BODY * 0.35
        sheet.text(_NAMES - 6, base, cut(row.name, _NAMES - 8, BODY), anchor="end")
        for x, count in enumerate(row.canvases):
            left, step = _NAMES + x * _ACROSS + _GAP / 2, _step(count)
            size = (_ACROSS - _GAP, _DOWN - _GAP)
            sheet.rect(left, upper, *size, fill=STEPS[step], stroke=_RIM)
            ink = PAPER if step == len(STEPS) - 1 else INK
            number = f"{count.notes}"
            sheet.text(left + size[0] / 2, base - _GAP / 2, number, fill=ink, anchor="middle")
    return sheet.done(top + _DOWN * max(len(rows[:MOST_ROWS]), 1) + _GAP).svg


def _step(count: Fullness) -> int:
    if not count.notes:
        return 0
    return max(1, round(count.share * (len(STEPS) - 1)))
