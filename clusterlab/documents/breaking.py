"""Where a line of a printed document may end inside of a word that no line holds."""

from __future__ import annotations

import re
import unicodedata

from clusterlab.figures.text import reads_from_right

#: Words so long that they may have to break wherever they stand.
LONG = re.compile(r"\S{21,}")
#: Longest run of letters that never breaks: it fits the narrowest column of a canvas.
PIECE = 8
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœαεηιουωаеёиоуыэюя")
# A line ends at spaces, at soft hyphens and zero-width spaces, and behind hyphens.
_ENDS = re.compile("[ \n\u00ad\u200b]+|(?<=[-–—])(?=\\w)")


def pieces(text: str) -> list[str]:
    """Divide a text into what stays on one line."""
    return [piece for piece in _ENDS.split(text) if piece]


def breakable(word: str, piece: int = PIECE) -> str:
    """Let an overlong word break: words at soft hyphens, addresses and the like anywhere.

    Parameters
    ----------
    piece
        Letters after which it must be able to.
    """
    if reads_from_right(word):
        return word
    # A hyphen may only be added where nobody will type it as part of an address.
    prose = all(c.isalpha() or unicodedata.category(c)[0] == "M" for c in word.strip("().,;:!?"))
    out: list[str] = []
    since = 0
    for i, char in enumerate(word):
        mark = unicodedata.category(char)[0] == "M"
        if since > 1 and not mark and len(word) - i > 1:
            here = _opens(word, i) if prose else word[i - 1] in "/.-_?&=@,;:+%#"
            if here or since >= piece:
                out.append("\u00ad" if prose else "\u200b")
                since = 0
        out.append(char)
        since += not mark
    return "".join(out)


def _opens(word: str, i: int) -> bool:
    """Say whether a syllable may begin here: a consonant between a letter and a vowel."""
    here, after = word[i].casefold(), word[i + 1].casefold()
    return here not in _VOWELS and after in _VOWELS
