"""How full each canvas is, cluster by cluster."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusterlab.methods import Fullness
from clusterlab.model import one_line

MOST_ROWS = 40
_INK, _EMPTY = "#22313a", "#ffffff"
_STEPS = ("#ffffff", "#d7e8ea", "#a5cbd0", "#67a3ab", "#1f6f7a")
_NAME_LENGTH = 34
_COLUMN, _ROW = 1.15, 0.34


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
    import matplotlib as mpl  # noqa: PLC0415 - slow to load, and only a build draws
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    shown = rows[:MOST_ROWS]
    labels = [_wrapped(c) for c in canvases]
    # All in inches: room for names at the left and for labels above, and the squares.
    left, top = 2.7, 0.2 + 0.16 * max((label.count("\n") + 1 for label in labels), default=1)
    across, down = _COLUMN * max(len(canvases), 1), _ROW * max(len(shown), 1)
    width, height = left + across + 0.1, top + down + 0.1
    settings: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "clusterlab",
        "font.family": "sans-serif",
        "text.usetex": False,
        "text.parse_math": False,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        # Names keep their letters as text; whoever opens the picture has the font or not.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((left / width, 0.1 / height, across / width, down / height))
        for y, row in enumerate(shown):
            for x, count in enumerate(row.canvases):
                face = _STEPS[_step(count)]
                square = Rectangle(
                    (x + 0.04, y + 0.08), 0.92, 0.84, facecolor=face, edgecolor="#6d7c84"
                )
                axes.add_patch(square)
                ink = _EMPTY if _step(count) == len(_STEPS) - 1 else _INK
                axes.text(
                    x + 0.5, y + 0.52, f"{count.notes}", ha="center", va="center", color=ink, size=9
                )
        axes.set_xlim(0, max(len(canvases), 1))
        axes.set_ylim(max(len(shown), 1), 0)
        axes.set_yticks([y + 0.5 for y in range(len(shown))], [_short(r.name) for r in shown])
        axes.set_xticks([x + 0.5 for x in range(len(canvases))], labels)
        axes.xaxis.tick_top()
        axes.tick_params(length=0, labelsize=8.5, labelcolor=_INK, pad=4)
        for side in axes.spines.values():
            side.set_visible(False)
        out = io.StringIO()
        figure.savefig(
            out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True
        )
    return out.getvalue()


def _step(count: Fullness) -> int:
    if not count.notes:
        return 0
    return max(1, round(count.share * (len(_STEPS) - 1)))


def _short(name: str) -> str:
    name = one_line(name)
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"


def _wrapped(label: str, width: int = 15) -> str:
    """Break a label into lines of about ``width`` characters."""
    lines = [""]
    for word in one_line(label).split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
