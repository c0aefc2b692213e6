"""Writing pictures as SVG: text stays text, and the same picture is the same bytes.

A picture's unit is the point of a printed page. Whoever has other fonts than the shipped ones sees
each line as wide as it was measured (``textLength``), so that nothing comes to lie over another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians, sin

from clusterlab.figures.runs import END, ISOLATE, digits, in_places, side_by_side
from clusterlab.figures.text import (
    ASCENT,
    BODY,
    LEADING,
    faces,
    is_rtl,
    reads_from_right,
    tidy,
    width,
)
from clusterlab.model import one_line
from clusterlab.model.palette import USUAL

# Colours of the documents' theme, on white: text 4.5:1, borders 3:1.
INK, GREY, EDGE, HAIR, MIST, PAPER = (
    "#22282e",
    "#5f676f",
    "#7d858c",
    "#c9ced3",
    "#f4f6f7",
    "#ffffff",
)
TEAL, BROWN, NEUTRAL = f"#{USUAL['development']}", f"#{USUAL['financing']}", "#454d55"
TEAL_TINT, BROWN_TINT, NEUTRAL_TINT = "#d9eaec", "#fbf3e6", "#f1f3f4"
#: Fills that differ without colour, too.
HATCH, DOTS, CROSS, LIGHT_HATCH = "url(#hatch)", "url(#dots)", "url(#cross)", "url(#light-hatch)"
_PATTERNS = {
    HATCH: (
        '<pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="4" height="4" fill="#fff"/>'
        f'<rect width="2.2" height="4" fill="{BROWN}"/></pattern>'
    ),
    LIGHT_HATCH: (
        '<pattern id="light-hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(-45)"><rect width="4" height="4" fill="#fff"/>'
        f'<rect width="0.8" height="4" fill="{TEAL}"/></pattern>'
    ),
    DOTS: (
        '<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">'
        f'<rect width="4" height="4" fill="#fff"/><circle cx="2" cy="2" r="0.9" fill="{TEAL}"/>'
        "</pattern>"
    ),
    CROSS: (
        '<pattern id="cross" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect width="5" height="5" fill="#fff"/>'
        f'<path d="M0 0L5 5M5 0L0 5" stroke="{NEUTRAL}" stroke-width="0.7"/></pattern>'
    ),
}
# Faces as wide as the shipped ones first.
_FACES = "Noto Sans, Noto Sans Arabic, Noto Sans Hebrew, Open Sans, Segoe UI, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text in a picture, and the rectangle that it fills."""

    text: str
    x: float
    y: float
    width: float
    height: float

    def over(self, other: Label) -> bool:
        """Say whether it lies over another one."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its SVG, its size in points, and where its labels are.

    Parameters
    ----------
    meanings
        Its legend in words: what each sign looks like, "" where its meaning says so, and what it
        means.
    things
        What it shows, by the ids or names that people say, in the order in which it is drawn.
    """

    svg: str
    width: float
    height: float
    labels: tuple[Label, ...] = ()
    meanings: tuple[tuple[str, str], ...] = ()
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The room for a picture on a page, in points."""

    width: float
    height: float


#: A4 without margins, running lines and the picture's heading.
PORTRAIT, LANDSCAPE = Page(504, 600), Page(751, 396)


class Sheet:
    """A picture being drawn.

    Parameters
    ----------
    across
        Its width in points.
    title, description
        What it shows, for people who cannot see it.
    mirrored
        Whether it is read from the right, as all around it is: what is drawn at the left then
        stands at the right, time runs to the left, and texts end where they would begin. Texts
        themselves and turns of a clock stay as they are. Planes between two axes of numbers and
        circles are not mirrored: those read the same in Arabic and Hebrew.
    """

    def __init__(
        self, across: float, title: str, description: str = "", *, mirrored: bool = False
    ) -> None:
        self.width = across
        self.labels: list[Label] = []
        #: What is told in words of the picture: see `Drawing`.
        self.meanings: list[tuple[str, str]] = []
        self.things: list[str] = []
        self._title, self._description = title, description
        self._mirrored = mirrored
        self._parts: list[str] = []
        self._used: dict[str, None] = {}

    def rect(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        *,
        fill: str = "none",
        stroke: str = "none",
        line: float = 0.8,
        dash: str = "",
        radius: float = 0,
    ) -> None:
        """Draw a rectangle by its left upper corner and its size."""
        x = self._at(x + max(across, 0)) if self._mirrored else x
        place = f'x="{digits(x)}" y="{digits(y)}"'
        size = f'width="{digits(max(across, 0))}" height="{digits(max(down, 0))}"'
        corner = f' rx="{digits(radius)}"' if radius else ""
        self._add(f"<rect {place} {size}{corner}", fill, stroke, line, dash)

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = EDGE,
        line: float = 0.8,
        dash: str = "",
    ) -> None:
        """Draw a straight line."""
        x1, x2 = self._at(x1), self._at(x2)
        ends = f'x1="{digits(x1)}" y1="{digits(y1)}" x2="{digits(x2)}" y2="{digits(y2)}"'
        self._add(f"<line {ends}", "none", stroke, line, dash)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "none",
        stroke: str = "none",
        line: float = 0.8,
        dash: str = "",
        opacity: float = 1,
    ) -> None:
        """Draw a circle; ``opacity`` is that of its fill."""
        x = self._at(x)
        through = f' fill-opacity="{digits(opacity)}"' if opacity < 1 else ""
        start = f'<circle cx="{digits(x)}" cy="{digits(y)}" r="{digits(radius)}"{through}'
        self._add(start, fill, stroke, line, dash)

    def path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        closed: bool = False,
        fill: str = "none",
        stroke: str = "none",
        line: float = 0.8,
        dash: str = "",
    ) -> None:
        """Draw a line along points, or the shape that they enclose."""
        along = "L".join(f"{digits(self._at(x))} {digits(y)}" for x, y in points)
        start = f'<path d="M{along}{"Z" if closed else ""}" stroke-linejoin="round"'
        self._add(start, fill, stroke, line, dash)

    def curve(
        self, points: Sequence[tuple[float, float]], *, stroke: str, line: float, dash: str = ""
    ) -> None:
        """Draw a curve from the first of four points to the last, drawn by the two between."""
        (a, b), *rest = points
        along = " ".join(f"{digits(self._at(x))} {digits(y)}" for x, y in rest)
        self._add(
            f'<path d="M{digits(self._at(a))} {digits(b)}C{along}"', "none", stroke, line, dash
        )

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        share: float,
        *,
        stroke: str = TEAL,
        line: float = 2.5,
    ) -> None:
        """Draw a share of a circle, clockwise from the top."""
        if share >= 1:
            self.circle(x, y, radius, stroke=stroke, line=line)
        elif share > 0:
            x = self._at(x)
            end = radians(360 * share - 90)
            tip = f"{digits(x + radius * cos(end))} {digits(y + radius * sin(end))}"
            large = int(share > 0.5)  # noqa: PLR2004 - half a circle
            turn = f"A{digits(radius)} {digits(radius)} 0 {large} 1 {tip}"
            start = f'<path d="M{digits(x)} {digits(y - radius)}{turn}"'
            self._add(start, "none", stroke, line, "")

    def arrow(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str, size: float = 4
    ) -> None:
        """Draw the head of an arrow that comes from one point, at another."""
        length = hypot(x2 - x1, y2 - y1) or 1
        dx, dy = (x2 - x1) / length * size, (y2 - y1) / length * size
        sides = ((x2 - dx - dy / 2, y2 - dy + dx / 2), (x2 - dx + dy / 2, y2 - dy - dx / 2))
        self.path([(x2, y2), *sides], closed=True, fill=stroke)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        fill: str = INK,
        anchor: str = "start",
        halo: bool = False,
    ) -> None:
        """Write a line on its baseline.

        Parameters
        ----------
        anchor
            What lies at ``x``: ``start`` (the left), ``middle`` or ``end`` (the right); the other
            way round where the picture is mirrored.
        halo
            Whether a white rim keeps it apart from lines behind it.
        """
        text = tidy(text)
        if not text:
            return
        across = width(text, size, bold=bold)
        left = x - {"start": 0.0, "middle": across / 2, "end": across}[anchor]
        if self._mirrored:
            left, x = self._at(left + across), self._at(x)
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        self.labels.append(Label(text, left, y - ASCENT * size, across, LEADING * size - 0.01))
        attributes = f'font-size="{digits(size)}" fill="{fill}"'
        if bold:
            attributes += ' font-weight="bold"'
        if halo:
            attributes += f' stroke="{PAPER}" stroke-width="2.4" paint-order="stroke"'
            attributes += ' stroke-linejoin="round"'
        found = faces(text)
        if len(found) > 1 and any(reads_from_right(run) for _, run in found):
            # Who looks for one face that draws a whole line may leave out letters of it.
            runs = in_places(found, (left, across), size, bold=bold, turned=is_rtl(text))
            self._parts += (f'<text y="{digits(y)}" {attributes} {run}</text>' for run in runs)
            return
        shown = escape(text)
        if is_rtl(text) and self._mirrored and anchor == "end":
            # Letters that join are narrower than they were measured: here it is their right end
            # that stands in line with others. Without “direction”, the end is at the right.
            shown = f"{ISOLATE}{shown}{END}"
        elif is_rtl(text):
            # Start and end change sides in some programs; the middle never does.
            x, anchor, shown = left + across / 2, "middle", f"{ISOLATE}{shown}{END}"
            attributes += ' direction="rtl"'
        elif len(found) == 1 and found[0][0]:
            attributes += f' textLength="{digits(across)}" lengthAdjust="spacingAndGlyphs"'
        else:
            x, anchor, shown = left, "start", "".join(side_by_side(found, left, size, bold=bold))
        if anchor != "start":
            attributes += f' text-anchor="{anchor}"'
        self._parts.append(f'<text x="{digits(x)}" y="{digits(y)}" {attributes}>{shown}</text>')

    def block(
        self,
        x: float,
        top: float,
        lines: Iterable[str],
        *,
        size: float = BODY,
        bold: bool = False,
        fill: str = INK,
        anchor: str = "start",
        halo: bool = False,
    ) -> float:
        """Write lines below each other from ``top`` on; give where they end."""
        lines = list(lines)
        if anchor == "start" and not self._mirrored and is_rtl(" ".join(lines)):
            # Lines written from the right begin below each other, too.
            x, anchor = x + max(width(line, size, bold=bold) for line in lines), "end"
        for line in lines:
            y = top + ASCENT * size
            self.text(x, y, line, size=size, bold=bold, fill=fill, anchor=anchor, halo=halo)
            top += LEADING * size
        return top

    def _at(self, x: float) -> float:
        return self.width - x if self._mirrored else x

    def _add(self, start: str, fill: str, stroke: str, line: float, dash: str) -> None:
        for paint in (fill, stroke):
            if paint in _PATTERNS:
                self._used[paint] = None
        outline = f' stroke="{stroke}" stroke-width="{digits(line)}"' if stroke != "none" else ""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(f'{start} fill="{fill}"{outline}{dashes}/>')

    def done(self, height: float) -> Drawing:
        """Give the picture, of this height in points."""
        across, down = digits(self.width), digits(height)
        shown = one_line(self._description)
        size = f'width="{across}pt" height="{down}pt" viewBox="0 0 {across} {down}"'
        body = [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} font-family="{_FACES}">',
            f"<title>{escape(tidy(self._title))}</title>",
            *([f"<desc>{escape(shown)}</desc>"] if shown else ()),
            *([f"<defs>{''.join(_PATTERNS[p] for p in self._used)}</defs>"] if self._used else ()),
            *self._parts,
            "</svg>\n",
        ]
        told = (tuple(self.meanings), tuple(t for t in self.things if t))
        return Drawing("\n".join(body), self.width, height, tuple(self.labels), *told)
