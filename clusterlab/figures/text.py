"""Measuring and breaking text for pictures, by the widths of the fonts that documents come with."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from math import ceil

from clusterlab.model import one_line
from clusterlab.shared import shared

#: Smallest text in a picture, in points, and what most labels have.
SMALL, BODY, HEAD = 7.5, 8.0, 9.0
#: From one line of text to the next, and the part of a line above its baseline.
LEADING, ASCENT = 1.22, 0.92
#: Drawn for what was cut.
MORE = "…"

# Longest text that is looked at: whatever a label has room for is far shorter.
_LONGEST = 400
# Widest name that stands whole, in ems: that of about 200 letters.
_NAME = 110.0
# Width, in ems, of a character that the shipped fonts lack: no letter of another face is wider.
# Arrows, shapes and the like come from DejaVu Sans Mono.
_UNKNOWN, _SIGN = 1.0, 0.61
_SIGNS = range(0x2190, 0x27C0)
_FAMILIES = {
    "NotoSans": "Noto Sans",
    "NotoSansArabic": "Noto Sans Arabic",
    "NotoSansHebrew": "Noto Sans Hebrew",
}
# A line may also end behind these, where a letter follows.
_PIECE = re.compile(r"[^\s/–—-]*[/–—-]+(?=\w)|\S+?(?=\s|$)|\s+")


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """Put any text on one line that can be drawn; control characters go."""
    return one_line(text[: 4 * _LONGEST])[:_LONGEST]


@lru_cache(maxsize=4096)
def is_rtl(text: str) -> bool:
    """Say whether a text is written from the right: most of its letters decide.

    The first one does not: it often belongs to a spoken id.
    """
    if text.isascii():
        return False
    kinds = [unicodedata.bidirectional(char) for char in text]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


@lru_cache(maxsize=4096)
def reads_from_right(text: str) -> bool:
    """Say whether a text holds a letter that is written from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a line, in the unit of ``size``.

    Kerning and joined letters only ever make a line narrower than this.
    """
    return size * _ems(text, bold)


def surely_fits(text: str, room: float, size: float) -> bool:
    """Say at a glance, without measuring, whether every word of a text is narrower than a room."""
    return text.isascii() and max(map(len, text.split()), default=0) * size <= room


class _Widths(dict[str, float]):
    """How wide each character is, in ems; looked up once for each."""

    def __init__(self, style: str) -> None:
        self._style = style

    def __missing__(self, char: str) -> float:
        found = _advances(self._style).get(ord(char))
        self[char] = found = _other(char) if found is None else found
        return found


_REGULAR, _BOLD = _Widths("Regular"), _Widths("Bold")


@lru_cache(maxsize=8192)
def _ems(text: str, bold: bool) -> float:  # noqa: FBT001 - part of the cache's key
    return sum(map((_BOLD if bold else _REGULAR).__getitem__, text))


def faces(text: str) -> list[tuple[str, str]]:
    """Divide a text into runs that one of the shipped fonts draws, each with the font's name.

    "" stands for what none of them draws. What several draw stays with what is before it.
    """
    found: list[tuple[str, str]] = []
    for char in text:
        drawn = _drawn_by().get(ord(char), ())
        before = found[-1][0] if found else ""
        if found and (before in drawn or unicodedata.category(char) == "Cf"):
            found[-1] = (before, found[-1][1] + char)
        elif (face := drawn[0] if drawn else "") == before and found:
            found[-1] = (face, found[-1][1] + char)
        else:
            found.append((face, char))
    return found


@cache
def _drawn_by() -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for file, family in _FAMILIES.items():
        for code in _font(file, "Regular"):
            found[code] = (*found.get(code, ()), family)
    return found


def _other(char: str) -> float:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0.0
    return _SIGN if ord(char) in _SIGNS else _UNKNOWN


@cache
def _advances(style: str) -> dict[int, float]:
    found: dict[int, float] = {}
    for file in _FAMILIES:
        for code, advance in _font(file, style).items():
            found.setdefault(code, advance)
    return found


@cache
def _font(file: str, style: str) -> dict[int, float]:
    """Give how wide each character of a font is, in ems."""
    # Slow to import, and needed once in a process.
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow

    path = shared("templates", "documents", "fonts") / f"{file}-{style}.ttf"
    with TTFont(path, lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Shorten a line to a width; an ellipsis says that something is missing."""
    text = tidy(text)
    if width(text, size, bold=bold) <= room:
        return text
    kept, _ = _head(text, room - width(MORE, size, bold=bold), size, bold=bold)
    return kept.rstrip() + MORE


def _head(text: str, room: float, size: float, *, bold: bool) -> tuple[str, str]:
    """Split a text where it no longer fits; a letter keeps its marks, and one always stays."""
    used, end = 0.0, 0
    for i, char in enumerate(text):
        used += width(char, size, bold=bold)
        if used > room and end:
            break
        following = text[i + 1 : i + 2]
        if not following or not (
            char == "\u200d" or unicodedata.category(following)[0] == "M" or following == "\u200d"
        ):
            end = i + 1
            if used > room:
                break
    end = end or len(text)
    return text[:end], text[end:]


@lru_cache(maxsize=4096)
def wrap(
    text: str, room: float, size: float, *, bold: bool = False, lines: int = 2
) -> tuple[str, ...]:
    """Break a text into lines of a width.

    Parameters
    ----------
    room
        Width of the lines, in the unit of ``size``.
    lines
        How many lines there may be; the last one ends with “…” where text is left.

    Returns
    -------
    tuple
        At least one line, perhaps an empty one. A word that is wider than a line is broken
        where the line ends, without a hyphen: nobody takes an added one for a part of the word.
    """
    found: list[str] = []
    line = ""
    pieces = _PIECE.findall(tidy(text))
    pieces.reverse()
    while pieces:
        piece = pieces.pop()
        if width((line + piece).rstrip(), size, bold=bold) <= room:
            line += piece
            continue
        alone = width(piece, size, bold=bold) > room
        if alone:
            # An overlong word begins on the line where it stands, if that leaves some of it there.
            free = room - width(line, size, bold=bold)
            start, rest = _head(piece, free if free > 4 * size else room, size, bold=bold)
            if line and free <= 4 * size:
                pieces.append(piece)
            else:
                line += start
                if rest:
                    pieces.append(rest)
        else:
            pieces.append(piece)
        if len(found) == lines - 1:
            left = "".join(reversed(pieces)).rstrip()
            # The line is filled: what begins alike is told apart by what comes last.
            found.append(cut(line + left, room, size, bold=bold) if left else line.rstrip())
            return tuple(found)
        found.append(line.rstrip())
        line = ""
        while pieces and pieces[-1].isspace():
            pieces.pop()
    found.append(line.rstrip())
    return tuple(found) if len(found) <= 1 else tuple(f for f in found if f)


def whole(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a name into as many lines of a width as it takes.

    Only what is longer than any name should be, about 200 letters, ends with “…”.
    """
    return wrap(text, room, size, bold=bold, lines=ceil(_NAME * size / room) + 1)


def widest(lines: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """Measure the widest of some lines."""
    return max((width(line, size, bold=bold) for line in lines), default=0.0)
