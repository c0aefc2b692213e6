"""Cleaning of text that people type, before it becomes truth."""

from __future__ import annotations

import unicodedata

_LINE_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}
# Vertical tabs and form feeds come with what is pasted from slides and word processors.
_LINE_BREAKS |= {"\x0b": "\n", "\x0c": "\n"}
# Invisible characters that turn the direction of the text around them and never turn it back.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")


def clean(text: str) -> str:
    """Drop what no document can carry; keep every letter, mark and sign.

    Control characters go (a tab becomes a space), odd line separators become line feeds, halves
    of characters become U+FFFD, direction overrides go (isolates stay). The text is composed
    (NFC), so that the same word is the same bytes whatever keyboard it came from.

    Parameters
    ----------
    text
        What a person typed, pasted or imported.

    Returns
    -------
    str
        The text without blanks at its ends.
    """
    if text.isascii() and text.isprintable():  # as most texts are, of which nothing goes
        return text.strip()
    for odd, plain in _LINE_BREAKS.items():
        text = text.replace(odd, plain)
    text = text.replace("\t", " ")
    kept = "".join(_keep(c) for c in text)
    return unicodedata.normalize("NFC", kept).strip()


def dropped(text: str) -> int:
    """Count the characters that `clean` leaves out or replaces; line breaks and tabs are none."""
    for odd, plain in _LINE_BREAKS.items():
        text = text.replace(odd, plain)
    return sum(1 for c in text.replace("\t", " ") if _keep(c) != c)


def _keep(char: str) -> str:
    if char == "\n":
        return char
    if char in _OVERRIDES:
        return ""
    match unicodedata.category(char):
        case "Cc":
            return ""
        case "Cn" if _is_no_character(char):  # else a sign newer than this Python: it stays
            return ""
        case "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case _:
            return char


def _is_no_character(char: str) -> bool:
    return ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"  # noqa: PLR2004


def one_line(text: str) -> str:
    """Clean a text and put it on one line, as for names and titles."""
    return " ".join(clean(text).split())
