"""How much room text takes on a slide, by the widths of the fonts that documents come with.

Which font a reader's computer has is not known: these are wide, so that others take less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from clusterlab.documents.texts import Kind, Para, Run
from clusterlab.figures.text import width

# Between an id and its note, and the least that both take, in the size of their text.
_GAP, _LEAST = 0.5, 1.4
# Fewer lines are not worth a break, and shorter paragraphs stay whole.
_FEW, _WHOLE = 3, 8
_SEEN, _LONGEST = 4000, 80  # signs of a text and of a word that are looked at
_PIECE = re.compile(r"\n|[^\S\n]+|\S+")
# Signs of a line that are looked at.
_LINE = 400
# Paragraphs that something leads in their first line, and those in bold.
_LED, _HEAVY = frozenset({"note"}), frozenset({"heading", "label"})
# Kinds of paragraphs that are smaller than plain ones, and by how much others are larger.
_LESS = frozenset({"detail", "small", "code"})
_MORE = {"label": 0.5, "heading": 2.0}
# Widths of white space and of signs that are all equally wide, in ems.
_SPACE, _MONO = 0.26, 0.6
#: Smallest text on a slide, in points.
SMALLEST = 9.0


@dataclass(frozen=True, slots=True)
class Face:
    """How a font differs from those that documents come with.

    Parameters
    ----------
    wide
        Its widths, as a share of theirs.
    line
        From one line to the next, in its size.
    """

    wide: float = 1.0
    line: float = 1.2


class Size(NamedTuple):
    """Sizes of text in points, from the size of a plain paragraph.

    Parameters
    ----------
    marker
        How far in notes begin, in the size of their text: behind the longest id that people say.
    """

    text: float
    marker: float = 2.3

    def beside(self, paras: Iterable[Para]) -> Size:
        """Give the same sizes with room for the ids of some notes."""
        longest = max((_word(one.marker) for one in paras if one.kind == "note"), default=0.0)
        return self._replace(marker=max(longest + _GAP, _LEAST))

    def of(self, para: Para) -> float:
        """Give a paragraph's size."""
        return self.of_kind(para.kind)

    def of_kind(self, kind: Kind) -> float:
        """Give the size of a kind of paragraph."""
        if kind in _LESS:
            return max(self.text - 1.5, SMALLEST)
        return self.text + _MORE.get(kind, 0.0)

    def before(self, para: Para) -> float:
        """Give the distance from the paragraph before."""
        match para.kind:
            case "detail" | "code":
                return self.text * 0.1
            case "heading":
                return self.text * 0.9
            case _:
                return self.text * 0.4

    def indent(self, para: Para) -> float:
        """Give how far in a paragraph's lines begin: behind the longest usual marker."""
        if para.kind == "list":
            return self.text * (1.3 + 1.2 * para.level)
        if para.kind in {"note", "detail"}:
            return self.text * self.marker
        return self.text * 1.2 if para.kind == "quote" else 0.0


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures paragraphs in a font."""

    face: Face = Face()

    def height(self, paras: Sequence[Para], room: float, size: Size) -> float:
        """Give the height of paragraphs below each other."""
        total = 0.0
        for i, one in enumerate(paras):
            total += (size.before(one) if i else 0.0) + self.tall(one, room, size)
        return total

    def tall(self, para: Para, room: float, size: Size) -> float:
        """Give a paragraph's height."""
        own = size.of_kind(para.kind)
        return self._lines(para, room, size, own) * own * self.face.line

    def lines(self, para: Para, room: float, size: Size) -> int:
        """Count a paragraph's lines in a width."""
        return self._lines(para, room, size, size.of_kind(para.kind))

    def _lines(self, para: Para, room: float, size: Size, own: float) -> int:
        runs, kind = para.runs, para.kind
        if len(runs) == 1 and kind not in _LED:
            # Most paragraphs are one short line: no need to look at their words.
            one = runs[0]
            if not one.mono and "\n" not in one.text:
                across = (room - size.indent(para)) / self.face.wide
                bold = one.bold or kind in _HEAVY
                if width(one.text, own, bold=bold) <= across:
                    return 1
        return len(_breaks(para, room, size, self.face.wide))

    def widest(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure the longest line of a text."""
        if len(text) <= _LINE and "\n" not in text:
            return width(text, size, bold=bold) * self.face.wide
        lines = text.split("\n")
        return max(width(line[:_LINE], size, bold=bold) for line in lines) * self.face.wide

    def word(self, text: str, size: float) -> float:
        """Measure the longest word of a text."""
        return _word(text) * size * self.face.wide

    def fitting(self, paras: Sequence[Para], room: float, height: float, size: Size) -> int:
        """Count the paragraphs that fit into a height."""
        used = 0.0
        for i, one in enumerate(paras):
            used += (size.before(one) if i else 0.0) + self.tall(one, room, size)
            if used > height:
                return i
        return len(paras)

    def split(
        self, paras: Sequence[Para], room: float, height: float, size: Size
    ) -> tuple[list[Para], list[Para]]:
        """Divide paragraphs where a height ends, in the middle of one where none fits before.

        At least one line always comes first, so that whoever asks again comes to an end.
        """
        count = self.fitting(paras, room, height, size)
        if count == len(paras):
            return list(paras), []
        head, rest = list(paras[:count]), list(paras[count:])
        free = height - self.height(head, room, size) - (size.before(rest[0]) if head else 0)
        line = size.of(rest[0]) * self.face.line
        most = int(free / line)
        if head and (most < _FEW or self.lines(rest[0], room, size) <= _WHOLE):
            return head, rest
        first, second = self._cut(rest[0], room, max(most, 1), size)
        return [*head, first], [*([second] if second else []), *rest[1:]]

    def _cut(self, para: Para, room: float, lines: int, size: Size) -> tuple[Para, Para | None]:
        breaks = _breaks(para, room, size, self.face.wide)
        if lines >= len(breaks):
            return para, None
        at = breaks[lines]
        before, after = [], []
        for one in para.runs:
            before.append(one._replace(text=one.text[:at]))
            after.append(one._replace(text=one.text[at:]))
            at = max(at - len(one.text), 0)
        return para._replace(runs=_filled(before)), para._replace(
            runs=_filled(after), marker="…" if para.marker else ""
        )


@lru_cache(maxsize=8192)
def _breaks(para: Para, room: float, size: Size, wide: float) -> tuple[int, ...]:
    """Give where the lines of a paragraph begin."""
    own, room = size.of(para), max(room - size.indent(para), 1.0) / wide
    if para.kind in _LED:  # a long id pushes the first line in
        used = max(0.0, width(para.marker + " ", own, bold=True) - size.indent(para))
    else:
        used = 0.0
    heavy = para.kind in _HEAVY
    if not any(one.mono or "\n" in one.text for one in para.runs):
        # Most paragraphs are one short line: no need to look at their words.
        whole = sum(width(one.text, own, bold=one.bold or heavy) for one in para.runs)
        if used + whole <= room:
            return (0,)
    starts, at = [0], 0
    for one in para.runs:
        for count, ems in _pieces(one.text, one.bold or heavy, one.mono):
            long, left = own * ems, count
            if left < 0:  # white space: a line may end there
                used += long
                left = -left
            elif not left:  # a new line begins
                starts.append(at + 1)
                used, left = 0.0, 1
            else:
                if used + long > room and used:
                    starts.append(at)
                    used = 0.0
                while long > room:  # a word that is wider than the line
                    share = max(1, int(left * room / long))
                    starts.append(at + share)
                    long *= 1 - share / left
                    left -= share
                    at += share
                used += long
            at += left
    return tuple(starts)


@lru_cache(maxsize=8192)
def _pieces(text: str, bold: bool, mono: bool) -> tuple[tuple[int, float], ...]:  # noqa: FBT001 - part of the cache's key
    """Divide a text into words, white space and ends of lines.

    Returns
    -------
    tuple
        For each its signs and its width in ems; of white space the signs are below 0, and for the
        end of a line there are none.
    """
    found = []
    for piece in _PIECE.findall(text):
        if piece == "\n":
            found.append((0, 0.0))
        elif piece.isspace():
            found.append((-len(piece), _SPACE * len(piece)))
        elif mono:
            found.append((len(piece), _MONO * len(piece)))
        else:
            found.append((len(piece), width(piece, 1.0, bold=bold)))
    return tuple(found)


@lru_cache(maxsize=4096)
def _word(text: str) -> float:
    longest = 0.0
    for whole in text[:_SEEN].split():
        word = whole[:_LONGEST]
        # No plain letter is wider than it is high: most words need no measuring.
        if len(word) > longest or not word.isascii():
            longest = max(longest, width(word, 1.0, bold=True))
    return longest


def _filled(runs: list[Run]) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.text)
