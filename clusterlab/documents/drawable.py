"""Text that the fonts of a printed document can draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from clusterlab.documents.breaking import LONG, breakable
from clusterlab.figures.text import reads_from_right
from clusterlab.outputs.words import line_feeds
from clusterlab.shared import shared

FONTS = shared("templates", "documents", "fonts")
#: The box that stands for a character without a picture or a telling name.
MISSING = "□"
# Texts in which no word can be so long that it may have to break.
_SHORT = 20
# What DejaVu Sans Mono draws, which is built into Typst, in the blocks that Noto Sans leaves
# out and that people type: arrows, mathematics, boxes, shapes, ticks.
_BUILT_IN = (
    *(range(0x2190, 0x2214), range(0x2217, 0x2221), range(0x2227, 0x222E)),
    *(range(0x2234, 0x223E), range(0x2241, 0x226A), range(0x226D, 0x228C)),
    *(range(0x2500, 0x2630), range(0x2638, 0x268C), range(0x2690, 0x269D)),
    *(range(0x2701, 0x2705), range(0x2706, 0x270A), range(0x270C, 0x2728)),
    *(range(0x2729, 0x274C), range(0x274F, 0x2753), range(0x2758, 0x275F)),
    *(range(0x2761, 0x2776), range(0x2798, 0x27B0), range(0x27B1, 0x27BF)),
)
# Values that programs read; they never meet paper.
_PLAIN_KEYS = frozenset(
    {"id", "type", "kind", "grid", "svg", "bytes", "logo", "mime", "accent", "url", "made"}
)


class DrawableText:
    """Makes text drawable: replaces what the fonts lack, lets overlong words break."""

    def __init__(self) -> None:
        self.replaced: set[str] = set()
        #: Whether any text held a letter that reads from the right.
        self.turned = False
        self._forbidden: set[str] = set()

    def forbid(self, texts: list[str]) -> bool:
        """Replace these characters from now on; say whether any of them is new."""
        found = {c for text in texts for c in text if not c.isascii()} - self._forbidden
        self._forbidden |= found
        return bool(found)

    def walk(self, value: Any, *, breaks: bool = True) -> Any:
        """Treat every text in a JSON value; without breaks each is for one line."""
        if isinstance(value, str):
            return self._text(value, breaks=breaks)
        if isinstance(value, (dict, Mapping)):  # the first of which is quicker to tell
            return {
                k: self._plain(k, v) if k in _PLAIN_KEYS else self.walk(v, breaks=breaks)
                for k, v in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.walk(v, breaks=breaks) for v in value]
        return value

    def _plain(self, key: str, value: Any) -> Any:
        return self.picture(value) if key == "svg" and isinstance(value, str) else value

    def _text(self, text: str, *, breaks: bool) -> str:
        whole = self.whole(text)
        if not breaks:
            return " ".join(whole.split())
        if len(whole) <= _SHORT or not LONG.search(whole):
            return whole
        return LONG.sub(lambda m: breakable(m.group()), whole)

    def whole(self, text: str) -> str:
        """Replace what the fonts lack."""
        if text.isascii() and text.isprintable():
            return text
        text = unicodedata.normalize("NFC", line_feeds(text).replace("\t", " "))
        if not self._forbidden and all(map(_PLAIN.__getitem__, set(text))):
            return text
        return "".join(self._drawn(text))

    def picture(self, svg: str) -> str:
        """Replace sign by sign what the fonts lack in a picture, where each label has its room."""
        return "".join(c if c.isascii() else self._single(c) for c in svg)

    def _single(self, char: str) -> str:
        if char not in self._forbidden and (_faces(char) or "\u2066" <= char <= "\u2069"):
            return char  # isolates turn the direction of a text and are never drawn
        self.replaced.add(char)
        return "" if unicodedata.category(char) in {"Cc", "Cf", "Mn", "Me"} else MISSING

    def _drawn(self, text: str) -> Iterator[str]:
        base: frozenset[str] = frozenset()
        self.turned = self.turned or reads_from_right(text)
        for cluster in _EMOJI.split(text):
            if _EMOJI.fullmatch(cluster) and (len(cluster) > 1 or not _faces(cluster)):
                self.replaced.update(c for c in cluster if not _faces(c))
                yield _spoken(cluster)
                continue
            for char in cluster:
                faces = frozenset() if char in self._forbidden else _faces(char)
                if unicodedata.category(char)[0] == "M":
                    # A mark is drawn by the font of its letter or not at all.
                    fits = bool(faces & base)
                else:
                    base, fits = faces, bool(faces) or char == "\n"
                if fits:
                    yield char
                else:
                    self.replaced.add(char)
                    yield _stand_in(char)


class _Plain(dict[str, bool]):
    """Whether a character is drawn as it is, whatever stands beside it; looked up once for each."""

    def __missing__(self, char: str) -> bool:
        alone = unicodedata.category(char)[0] not in "CM" and not reads_from_right(char)
        self[char] = found = char == "\n" or (alone and bool(_faces(char)))
        return found


_PLAIN = _Plain()


def _stand_in(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:
        return ""
    if category[0] == "S" and (name := unicodedata.name(char, "")):
        return f"[{name.lower()}]"
    return MISSING


# One emoji as people see it: flags, keycaps, pictures with skin tones and joiners.
_PICTURE = (
    "[\u2190-\u21ff\u2300-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\u00a9\u00ae\u203c\u2049\u2122\u2139"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_DRESS = "(?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|[\U000e0020-\U000e007f])*"
_EMOJI = re.compile(
    f"([\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
    f"|{_PICTURE}{_DRESS}(?:\u200d{_PICTURE}{_DRESS})*)"
)


def _spoken(cluster: str) -> str:
    """Name an emoji in one pair of brackets; what a font draws stays."""
    if cluster[-1] == "\u20e3":
        return f"[{cluster[0]}]"
    flag = "".join(chr(ord(c) - 0x1F1E6 + 65) for c in cluster if "\U0001f1e6" <= c <= "\U0001f1ff")
    if flag:
        return f"[{flag}]"
    seen = [c for c in cluster if re.fullmatch(_PICTURE, c)]
    if len(seen) == 1 and _faces(seen[0]):
        return seen[0]
    return "[" + " + ".join(unicodedata.name(c, MISSING).lower() for c in seen) + "]"


@cache
def _coverage() -> dict[int, frozenset[str]]:
    # Slow to import, and needed once.
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow

    found: dict[int, set[str]] = {}
    for file in sorted(FONTS.glob("*-Regular.ttf")):
        with TTFont(file, lazy=True) as font:
            for code in font.getBestCmap():
                found.setdefault(code, set()).add(file.stem)
    for codes in _BUILT_IN:
        for code in codes:
            found.setdefault(code, set()).add("built in")
    return {code: frozenset(faces) for code, faces in found.items()}


def _faces(char: str) -> frozenset[str]:
    """Name the font files that draw a character.

    Fonts map some control characters, too; PDF/UA forbids them.
    """
    if unicodedata.category(char) == "Cc" or char == "\ufeff":
        return frozenset()
    return _coverage().get(ord(char), frozenset())
