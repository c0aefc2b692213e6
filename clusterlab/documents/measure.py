"""How much room text takes on a slide, by the widths of the fonts that documents come with.

Which font a reader's computer has is not known: these are wide, so that others take less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from clusterlab.documents.texts import Para, Run
from clusterlab.figures.text import width

# Between an id and its note, and the least that both take, in the size of their text.
_GAP, _LEAST = 0.5, 1.4
# Fewer lines are not worth a break, and shorter paragraphs stay whole.
_FEW, _WHOLE = 3, 8
_SEEN, _LONGEST = 4000, 80  # signs of a text and of a word that are looked at
_PIECE = re.compile(r"\n|[^\S\n]+|\S+")
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


@dataclass(frozen=True, slots=True)
class Size:
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
        return replace(self, marker=max(longest + _GAP, _LEAST))

    def of(self, para: Para) -> float:
        """Give a paragraph's size."""
        match para.kind:
            case "detail" | "small" | "code":
                return max(self.text - 1.5, SMALLEST)
            case "label":
                return self.text + 0.5
            case "heading":
                return self.text + 2
            case _:
                return self.text

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
        own = size.of(para)
        return self.lines(para, room, size) * own * self.face.line

    def lines(self, para: Para, room: float, size: Size) -> int:
        """Count a paragraph's lines in a width."""
        return len(_breaks(para, room, size, self.face.wide))

    def widest(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure the longest line of a text."""
        lines = text.split("\n")
        return max(width(line[:400], size, bold=bold) for line in lines) * self.face.wide

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
            before.append(replace(one, text=one.text[:at]))
            after.append(replace(one, text=one.text[at:]))
            at = max(at - len(one.text), 0)
        return replace(para, runs=_filled(before)), replace(
            para, runs=_filled(after), marker="…" if para.marker else ""
        )


@lru_cache(maxsize=8192)
def _breaks(para: Para, room: float, size: Size, wide: float) -> tuple[int, ...]:
    """Give where the lines of a paragraph begin."""
    own, room = size.of(para), max(room - size.indent(para), 1.0) / wide
    if para.kind == "note":  # a long id pushes the first line in
        used = max(0.0, width(para.marker + " ", own, bold=True) - size.indent(para))
    else:
        used = 0.0
    heavy = para.kind in {"heading", "label"}
    if len(para.runs) == 1 and not para.runs[0].mono and "\n" not in para.runs[0].text:
        # Most paragraphs are one short line: no need to look at their words.
        whole = width(para.runs[0].text, own, bold=para.runs[0].bold or heavy)
        if used + whole <= room:
            return (0,)
    starts, at = [0], 0
    for one in para.runs:
        bold = one.bold or heavy
        for piece in _PIECE.findall(one.text):
            if piece == "\n":
                starts.append(at + 1)
                used = 0.0
            elif piece.isspace():
                used += own * 0.26 * len(piece)
            else:
                long = own * 0.6 * len(piece) if one.mono else width(piece, own, bold=bold)
                if used + long > room and used:
                    starts.append(at)
                    used = 0.0
                while long > room:  # a word that is wider than the line
                    share = max(1, int(len(piece) * room / long))
                    starts.append(at + share)
                    piece, long = piece[share:], long * (1 - share / len(piece))  # noqa: PLW2901
                    at += share
                used += long
            at += len(piece)
    return tuple(starts)


@lru_cache(maxsize=4096)
def _word(text: str) -> float:
    words = text[:_SEEN].split() or [""]
    return max(width(word[:_LONGEST], 1.0, bold=True) for word in words)


def _filled(runs: list[Run]) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.text)
