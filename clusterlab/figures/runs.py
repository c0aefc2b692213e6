"""Lines of text that several fonts draw, or that are written in both directions, as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from clusterlab.figures.text import reads_from_right, width

# Has most signs that those lack.
_SIGNS = "DejaVu Sans Mono, Noto Sans, sans-serif"
# Right-to-left isolate and its end: every program that draws SVG keeps to them, while few read
# the attribute “direction”.
ISOLATE, END = "\u2067", "\u2069"


def digits(value: float) -> str:
    """Write a coordinate: two decimals at most, and no sign on zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def side_by_side(
    found: Iterable[tuple[str, str]], x: float, size: float, *, bold: bool
) -> Iterator[str]:
    """Divide a line where the first of the shipped fonts lacks something.

    Each part has its own place, which parts it from the others for whoever looks for a face.
    """
    for face, run in found:
        yield f'<tspan x="{digits(x)}"{_family(face)}>{escape(run)}</tspan>'
        x += width(run, size, bold=bold)


def in_places(
    found: Iterable[tuple[str, str]],
    place: tuple[float, float],
    size: float,
    *,
    bold: bool,
    turned: bool,
) -> Iterator[str]:
    """Write the parts of a line that is written in both directions, each at its own place.

    Parameters
    ----------
    place
        Left edge and width of the line.
    turned
        Whether the line is read from the right.
    """
    x = place[0] + (place[1] if turned else 0)
    for face, run in found:
        across = width(run, size, bold=bold)
        before = width(run[: len(run) - len(run.lstrip())], size, bold=bold)
        at = x - before if turned else x + before
        shown = escape(run.strip())
        if turned or reads_from_right(run):
            shown = f"{ISOLATE}{shown}{END}"
        end = ' text-anchor="end"' if turned else ""
        yield f'x="{digits(at)}"{end}{_family(face)}>{shown}'
        x += -across if turned else across


def _family(face: str) -> str:
    return "" if face == "Noto Sans" else f' font-family="{face or _SIGNS}"'
