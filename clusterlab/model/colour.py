"""Colours as people write them, and whether text in one can be read on another."""

from __future__ import annotations

import re
from functools import cache

#: Least contrast of text with what is behind it (WCAG 2.2, success criterion 1.4.3, level AA).
READABLE = 4.5
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")


def parse_colour(text: str) -> str:
    """Read a colour such as "#0b5563" and give it as six small digits.

    Raises
    ------
    ValueError
        Where it is none.
    """
    match = _HEX.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return match[1].lower()


@cache
def luminance(colour: str) -> float:
    """Give how light a colour is, from 0 (black) to 1 (white), by WCAG's relative luminance.

    ``0.2126 R + 0.7152 G + 0.0722 B`` with each channel c in 0..1 made linear: ``c / 12.92`` up to
    0.04045, else ``((c + 0.055) / 1.055) ** 2.4``.
    """
    digits = parse_colour(colour)
    channels = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours by WCAG: ``(L1 + 0.05) / (L2 + 0.05)``, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
