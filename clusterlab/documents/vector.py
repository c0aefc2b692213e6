"""The package's own pictures as shapes of office files: people can change them, and text is text.

Only what `clusterlab.figures` writes is read; any other SVG stays the picture that it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import atan2, degrees
from typing import Any, NamedTuple, Protocol
from xml.etree import ElementTree as ET

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from clusterlab.documents.office_theme import Theme
from clusterlab.documents.opc import emu
from clusterlab.documents.pptx_template import Area
from clusterlab.figures.recolour import SHADES
from clusterlab.figures.svg import BROWN, INK, PAPER, TEAL
from clusterlab.figures.text import ASCENT, LEADING, is_rtl, width

_SVG = "{http://www.w3.org/2000/svg}"
_SILENT = frozenset({"title", "desc", "defs"})
_PIECE = re.compile(r"[MLCAZ]|-?[\d.]+")
_HEX = re.compile("#[0-9a-f]{6}")
# How a pattern of a picture is called in an office file, and its colour.
_PATTERNS = {
    "url(#hatch)": ("wdUpDiag", BROWN),
    "url(#light-hatch)": ("ltDnDiag", TEAL),
    "url(#dots)": ("pct20", TEAL),
    "url(#cross)": ("diagCross", "#454d55"),
}
_THEMED = {TEAL: "accent1", BROWN: "accent2", INK: "tx1", PAPER: "bg1"}
# Shades of the theme's colours, as light as the ones that they stand for.
_SHADED = {
    **dict.fromkeys(SHADES["development"][1:], "accent1"),
    **dict.fromkeys(SHADES["financing"][1:], "accent2"),
}
_ISOLATES = re.compile("[\u2066-\u2069]")
#: Smallest text in a drawing, in points.
_SMALLEST = 6.0


class Drawn(Protocol):
    """Something with a size, in points, that can be drawn on a slide."""

    @property
    def width(self) -> float:
        """Its width."""

    @property
    def height(self) -> float:
        """Its height."""

    def draw(self, slide: Any, area: Area, name: str, alt: str, pen: Any) -> str:
        """Write it."""


class Mark(NamedTuple):
    """One shape of a picture.

    Parameters
    ----------
    kind
        ``rect``, ``round``, ``ellipse``, ``line``, ``path`` or ``text``.
    points
        Left, top, right and bottom; of a line its ends; of a path all its points in order.
    steps
        Of a path: letter and number of points of each step.
    size
        Of a text in points; of a rounded rectangle its corners' radius.
    """

    kind: str
    points: tuple[tuple[float, float], ...]
    fill: str = "none"
    stroke: str = "none"
    line: float = 1.0
    dash: str = ""
    opacity: float = 1.0
    steps: tuple[tuple[str, int], ...] = ()
    text: str = ""
    size: float = 0.0
    bold: bool = False
    anchor: str = "start"
    halo: bool = False


#: What labels of one kind share: their size, whether they are bold, to which side they keep.
Alike = tuple[float, bool, str]


def alike(mark: Mark) -> Alike:
    """Give what a label shares with others of its kind."""
    return mark.size, mark.bold, mark.anchor


@dataclass(frozen=True, slots=True)
class Vector:
    """A picture taken apart."""

    width: float
    height: float
    marks: tuple[Mark, ...]


@lru_cache(maxsize=32)
def read_vector(svg: str) -> Vector | None:
    """Take a picture apart; none where it holds what the package's own pictures do not."""
    try:
        # What guards against declarations reads slowly: most pictures hold none.
        root = (ElementTree if "<!" in svg else ET).fromstring(svg)
        size = [float(root.get(side, "").removesuffix("pt")) for side in ("width", "height")]
        marks = tuple(
            mark
            for element in root
            if element.tag.removeprefix(_SVG) not in _SILENT
            for mark in _READ[element.tag.removeprefix(_SVG)](element)
        )
    except (ElementTree.ParseError, DefusedXmlException, ValueError, KeyError, IndexError):
        return None
    plain = all(_HEX.fullmatch(c) or c in {"none", *_PATTERNS} for m in marks for c in _paints(m))
    return Vector(size[0], size[1], marks) if plain and min(size) > 0 else None


def _paints(mark: Mark) -> tuple[str, str]:
    return mark.fill, mark.stroke


def _look(element: Any) -> dict[str, Any]:
    return {
        "fill": element.get("fill", "none"),
        "stroke": element.get("stroke", "none"),
        "line": float(element.get("stroke-width", 1)),
        "dash": element.get("stroke-dasharray", ""),
        "opacity": float(element.get("fill-opacity", 1)),
    }


def _numbers(element: Any, *names: str) -> list[float]:
    return [float(element.get(name)) for name in names if element.get(name) is not None]


def _rect(element: Any) -> Iterator[Mark]:
    x, y, w, h = _numbers(element, "x", "y", "width", "height")
    radius = float(element.get("rx", 0))
    kind = "round" if radius else "rect"
    yield Mark(kind, ((x, y), (x + w, y + h)), size=radius, **_look(element))


def _line(element: Any) -> Iterator[Mark]:
    a, b, c, d = _numbers(element, "x1", "y1", "x2", "y2")
    yield Mark("line", ((a, b), (c, d)), **_look(element))


def _circle(element: Any) -> Iterator[Mark]:
    x, y, r = _numbers(element, "cx", "cy", "r")
    yield Mark("ellipse", ((x - r, y - r), (x + r, y + r)), **_look(element))


def _path(element: Any) -> Iterator[Mark]:
    """Read lines, curves of Bézier, and arcs that go clockwise round a point below their start."""
    points: list[tuple[float, float]] = []
    steps: list[tuple[str, int]] = []
    pieces = iter(_PIECE.findall(element.get("d")))
    letter = ""
    count = {"M": 1, "L": 1, "C": 3, "A": 1}
    for piece in pieces:
        if piece == "Z":
            steps.append(("Z", 0))
            continue
        if piece in count:
            letter = piece
            first = float(next(pieces))
        else:
            first = float(piece)
        if letter == "A":
            _, _, large, _, x, y = (float(next(pieces)) for _ in range(6))
            points += [(first, large), (x, y)]
            steps.append(("A", 2))
            continue
        found = [first, *(float(next(pieces)) for _ in range(2 * count[letter] - 1))]
        points += list(zip(found[::2], found[1::2], strict=True))
        steps.append((letter, count[letter]))
    yield Mark("path", tuple(points), steps=tuple(steps), **_look(element))


def _text(element: Any) -> Iterator[Mark]:
    x, y, size = _numbers(element, "x", "y", "font-size")
    text = _ISOLATES.sub("", "".join(element.itertext()))
    bold = element.get("font-weight") == "bold"
    across = width(text, size, bold=bold)
    anchor = element.get("text-anchor", "start")
    left = x - {"start": 0.0, "middle": across / 2, "end": across}[anchor]
    top = y - ASCENT * size
    yield Mark(
        "text",
        ((left, top), (left + across, top + LEADING * size)),
        fill=element.get("fill", INK),
        text=text,
        size=size,
        bold=bold,
        anchor=anchor,
        halo=element.get("stroke") is not None,
    )


_READ: dict[str, Callable[[Any], Iterator[Mark]]] = {
    "rect": _rect,
    "line": _line,
    "circle": _circle,
    "path": _path,
    "text": _text,
}


# ---- as DrawingML ----


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a picture goes, and in which colours.

    Parameters
    ----------
    x, y, share
        Of its left upper corner, and how much larger it is drawn than it was.
    slack
        How much wider boxes of text are than their text, in its size: some programs break a line
        that fills its box.
    larger
        How much larger labels are than the picture, by what those of one kind share.
    """

    theme: Theme
    x: float
    y: float
    share: float
    slack: float = 0.0
    larger: Mapping[Alike, float] = field(default_factory=dict)

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        """Give where a point of the picture is."""
        return self.x + point[0] * self.share, self.y + point[1] * self.share

    def colour(self, value: str, inner: str = "") -> str:
        """Write a colour: the theme's where it stands for one and can be read."""
        if name := self.themed(value):
            return f'<a:schemeClr val="{name}">{inner}</a:schemeClr>'
        name = _SHADED.get(value, "")
        if name and self._used(name):
            more = self.theme.shaded(name, value)
            return f'<a:schemeClr val="{name}">{more}{inner}</a:schemeClr>'
        return f'<a:srgbClr val="{value[1:].upper()}">{inner}</a:srgbClr>'

    def themed(self, value: str) -> str:
        """Name the theme's colour that stands for one of a picture's; "" where none does."""
        name = _THEMED.get(value, "")
        return name if name and self._used(name) else ""

    def _used(self, name: str) -> bool:
        """Say whether a colour of the theme can take the place of a picture's."""
        if self.theme.dark:
            return False
        return name == "bg1" or self.theme.tone(_TONE[name]) == name

    def properties(self, mark: Mark) -> str:
        """Write a shape's place, form, fill and line."""
        place, form = self._form(mark)
        fill = self._fill(mark)
        if mark.stroke == "none" or mark.kind == "text":
            return f"{place}{form}{fill}<a:ln><a:noFill/></a:ln>"
        dash = '<a:prstDash val="sysDash"/>' if mark.dash else ""
        thick = emu(max(mark.line * self.share, 0.25))
        stroke = _PATTERNS.get(mark.stroke, ("", mark.stroke))[1]
        ink = f"<a:solidFill>{self.colour(stroke)}</a:solidFill>"
        return f'{place}{form}{fill}<a:ln w="{thick}">{ink}{dash}</a:ln>'

    def _fill(self, mark: Mark) -> str:
        if mark.kind == "text":
            paper = self.colour(PAPER, '<a:alpha val="70000"/>')
            return f"<a:solidFill>{paper}</a:solidFill>" if mark.halo else "<a:noFill/>"
        if mark.fill == "none" or mark.kind == "line":
            return "<a:noFill/>"
        if mark.fill in _PATTERNS:
            name, ink = _PATTERNS[mark.fill]
            front, back = self.colour(ink), self.colour(PAPER)
            inner = f"<a:fgClr>{front}</a:fgClr><a:bgClr>{back}</a:bgClr>"
            return f'<a:pattFill prst="{name}">{inner}</a:pattFill>'
        through = f'<a:alpha val="{round(mark.opacity * 100_000)}"/>' if mark.opacity < 1 else ""
        return f"<a:solidFill>{self.colour(mark.fill, through)}</a:solidFill>"

    def area(self, mark: Mark) -> tuple[Area, str]:
        """Give the rectangle of a shape, and how it is turned over in it."""
        points = [self.at(p) for p in _outline(mark)]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        if mark.kind == "text" and self.slack:
            more = self.slack * mark.size * self.share + 0.1 * (xs[1] - xs[0])
            before = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
            xs = [xs[0] - before * more, xs[1] + (1 - before) * more]
        if mark.kind == "text" and (factor := self.larger.get(alike(mark), 1.0)) > 1:
            before = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
            more, high = (factor - 1) * (xs[1] - xs[0]), (factor - 1) * (ys[1] - ys[0])
            xs = [xs[0] - before * more, xs[1] + (1 - before) * more]
            ys = [ys[0] - high / 2, ys[1] + high / 2]
        flip = ""
        if mark.kind == "line":
            flip += ' flipH="1"' if xs[0] > xs[1] else ""
            flip += ' flipV="1"' if ys[0] > ys[1] else ""
        return Area(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)), flip

    def _form(self, mark: Mark) -> tuple[str, str]:
        area, flip = self.area(mark)
        x, y, w, h = (emu(v) for v in (area.x, area.y, area.width, area.height))
        place = f'<a:xfrm{flip}><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
        if mark.kind == "path":
            return place, self._path(mark, area)
        name = {"round": "roundRect", "text": "rect"}.get(mark.kind, mark.kind)
        shape = "<a:avLst/>"
        if mark.kind == "round":
            side = max(min(area.width, area.height), 0.1)
            part = min(round(mark.size * self.share / side * 100_000), 50_000)
            shape = f'<a:avLst><a:gd name="adj" fmla="val {part}"/></a:avLst>'
        return place, f'<a:prstGeom prst="{name}">{shape}</a:prstGeom>'

    def _path(self, mark: Mark, area: Area) -> str:
        def spot(point: tuple[float, float]) -> str:
            x, y = self.at(point)
            return f'<a:pt x="{emu(x - area.x)}" y="{emu(y - area.y)}"/>'

        body, points = "", list(mark.points)
        for letter, count in mark.steps:
            taken, points = points[:count], points[count:]
            match letter:
                case "M":
                    body += f"<a:moveTo>{spot(taken[0])}</a:moveTo>"
                case "L":
                    body += f"<a:lnTo>{spot(taken[0])}</a:lnTo>"
                case "C":
                    body += f"<a:cubicBezTo>{''.join(map(spot, taken))}</a:cubicBezTo>"
                case "A":
                    body += self._arc(mark.points[0], taken)
                case _:
                    body += "<a:close/>"
        size = f'w="{emu(area.width)}" h="{emu(area.height)}"'
        filled = ' fill="none"' if mark.fill == "none" else ""
        return (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            '<a:rect l="0" t="0" r="r" b="b"/>'
            f"<a:pathLst><a:path {size}{filled}>{body}</a:path></a:pathLst></a:custGeom>"
        )

    def _arc(self, start: tuple[float, float], taken: list[tuple[float, float]]) -> str:
        (radius, _), (x, y) = taken
        turned = (degrees(atan2(y - (start[1] + radius), x - start[0])) + 90) % 360
        length = emu(radius * self.share)
        angle = round(turned * 60_000)
        return f'<a:arcTo wR="{length}" hR="{length}" stAng="16200000" swAng="{angle}"/>'


_TONE = {"accent1": "development", "accent2": "financing", "tx1": "ink"}


def _outline(mark: Mark) -> list[tuple[float, float]]:
    """Give the points between which a shape lies."""
    if mark.kind != "path":
        return list(mark.points)
    found: list[tuple[float, float]] = []
    points = list(mark.points)
    for letter, count in mark.steps:
        taken, points = points[:count], points[count:]
        if letter == "A":
            (radius, _), (x, y) = taken
            top = found[0]
            found += [(x, y), (top[0] + radius, top[1]), (top[0] - radius, top[1] + 2 * radius)]
        else:
            found += taken
    return found


def text_size(mark: Mark, share: float) -> float:
    """Give the size of a label, in points."""
    return max(round(mark.size * share * 2) / 2, _SMALLEST)


def text_side(mark: Mark) -> str:
    """Give to which side a label's text keeps."""
    return {"start": "l", "middle": "ctr", "end": "r"}[mark.anchor]


def reads_from_right(mark: Mark) -> bool:
    """Say whether a label reads from the right."""
    return is_rtl(mark.text)
