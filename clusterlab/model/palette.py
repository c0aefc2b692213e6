"""The colours of documents by meaning, and the shades that are derived from them.

A workshop chooses two colours; all others follow. A derived shade is as light as the one that it
stands for: so text on it can be read as before, and a black and white print looks the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from clusterlab.model.colour import READABLE, contrast, luminance, parse_colour

#: What stands where a workshop chose nothing: six digits by meaning.
USUAL: Mapping[str, str] = {"development": "0b5563", "financing": "8a5300"}
#: Light grounds for text in each colour.
GROUNDS: Mapping[str, str] = {"development": "eaf3f4", "financing": "fbf3e6"}
_HALVINGS = 30


@lru_cache(maxsize=256)
def shade(colour: str, like: str) -> str:
    """Give a colour, mixed with white or black, as light as another one (WCAG's luminance).

    Parameters
    ----------
    colour, like
        As `parse_colour` reads them.

    Returns
    -------
    str
        Six digits; the nearest that eight bits a channel allow.
    """
    aim, own = luminance(like), parse_colour(colour)
    end = "ffffff" if aim > luminance(own) else "000000"
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        nearer = luminance(_mixed(own, end, middle)) < aim
        low, high = (middle, high) if nearer == (end == "ffffff") else (low, middle)
    return _mixed(own, end, high)


def ground(name: str, colour: str) -> str:
    """Give the light ground of a meaning: text in the colour itself can be read on it."""
    found = shade(colour, GROUNDS[name])
    part = 0.0
    while contrast(colour, found) < READABLE and part < 1:
        part += 0.1
        found = _mixed(found, "ffffff", min(part, 1.0))
    return found


def _mixed(one: str, other: str, part: float) -> str:
    """Mix two colours, channel by channel."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def replacements(
    colours: Mapping[str, str], shades: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Say which colour stands for which, where a workshop chose its own.

    Parameters
    ----------
    colours
        What was chosen, by meaning.
    shades
        By meaning the colours that something is drawn in, the plain one first.

    Returns
    -------
    dict
        Own colours by those that they stand for, as “#” and six digits.
    """
    chosen = tuple(sorted((k, parse_colour(v)) for k, v in colours.items() if k in shades))
    return dict(_replacements(chosen, tuple(sorted(shades.items()))))


@lru_cache(maxsize=64)
def _replacements(
    chosen: tuple[tuple[str, str], ...], shades: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[tuple[str, str], ...]:
    found = {}
    for name, colour in chosen:
        plain, *others = dict(shades)[name]
        found[plain] = f"#{colour}"
        found |= {other: f"#{shade(colour, other)}" for other in others}
    return tuple(found.items())
