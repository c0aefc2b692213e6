"""Colours and fonts of an office template, and which of them text can have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from colorsys import rgb_to_hls
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from defusedxml import ElementTree

from clusterlab.documents.measure import Face
from clusterlab.documents.reading import Part
from clusterlab.errors import N_, DocumentError
from clusterlab.model.colour import READABLE, contrast, luminance, parse_colour
from clusterlab.model.palette import shade

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# What a presentation's master calls the colours of its theme, unless it says otherwise.
_USUAL = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_TONES = {
    "ink": "tx1",
    "grey": "tx2",
    "development": "accent1",
    "financing": "accent2",
    "neutral": "tx1",
}
# Fonts whose lines are as far apart as Arial's, or whose letters are as wide as Noto Sans's.
_KNOWN = {
    "arial": Face(1.0, 1.2),
    "liberation sans": Face(1.0, 1.2),
    "helvetica": Face(1.0, 1.2),
    "calibri": Face(1.0, 1.25),
    "carlito": Face(1.0, 1.25),
    "cambria": Face(1.0, 1.22),
    "georgia": Face(1.1, 1.2),
    "times new roman": Face(0.95, 1.2),
    "garamond": Face(0.95, 1.2),
    "verdana": Face(1.1, 1.25),
}
# What text loses of its contrast on a light tint, at most.
_TINTED = 0.8
_CHOSEN = ("development", "financing")
_UNKNOWN = Face(1.08, 1.38)


@dataclass(frozen=True, slots=True)
class Theme:
    """What a template brings along.

    Parameters
    ----------
    colours
        Six digits by name of the theme's colours, as ``tx1`` and ``accent1`` are seen through the
        master.
    fonts
        Names of the fonts of headings and of text.
    """

    colours: Mapping[str, str]
    fonts: tuple[str, str]

    @property
    def dark(self) -> bool:
        """Whether it writes light on dark."""
        return luminance(self.colours["bg1"]) < luminance(self.colours["tx1"])

    def tone(self, name: str) -> str:
        """Give the colour of a text's tone; that of plain text where it could not be read."""
        colour = _TONES.get(name, "tx1")
        fine = _reached(self.colours[colour], self.colours["bg1"]) >= READABLE
        return colour if fine else "tx1"

    def on_tint(self, name: str) -> str:
        """Give the colour of a text's tone where a light tint of a colour lies behind it."""
        colour = self.tone(name)
        fine = _reached(self.colours[colour], self.colours["bg1"]) >= READABLE + _TINTED
        return colour if fine else "tx1"

    @property
    def tints(self) -> bool:
        """Whether plain text can be read on a light tint of a colour, too."""
        reached = _reached(self.colours["tx1"], self.colours["bg1"])
        return not self.dark and reached >= READABLE + _TINTED

    def shaded(self, name: str, like: str) -> str:
        """Write how a colour becomes as light as another one, so that it follows the theme.

        Hue, saturation and lightness (HSL) are those of the shade: ``S' = S · satMod`` and
        ``L' = L · lumMod + lumOff``, as DrawingML reads them.
        """
        base, aim = (_hls(it) for it in (self.colours[name], shade(self.colours[name], like)))
        part = min((1 - aim[1]) / max(1 - base[1], 0.01), 1.0)
        steps = {
            "satMod": aim[2] / base[2] if base[2] else 1.0,
            "lumMod": part,
            "lumOff": aim[1] - base[1] * part,
        }
        return "".join(f'<a:{k} val="{round(v * 100_000)}"/>' for k, v in steps.items())

    @property
    def face(self) -> Face:
        """How wide and high the font of text is."""
        return _KNOWN.get(self.fonts[1].casefold(), _UNKNOWN)

    @property
    def head_face(self) -> Face:
        """How wide and high the font of headings is."""
        return _KNOWN.get(self.fonts[0].casefold(), _UNKNOWN)


@lru_cache(maxsize=64)
def _reached(ink: str, ground: str) -> float:
    """Give a contrast that every run of text asks for."""
    return contrast(ink, ground)


def read_theme(theme: bytes, mapping: Mapping[str, str] | None = None) -> Theme:
    """Read a theme's colours and fonts; what it does not say is as Office has it.

    Parameters
    ----------
    theme
        The part of a package.
    mapping
        Which colour of the theme stands for which name, as the master says.
    """
    colours = {"dk1": "000000", "lt1": "ffffff", "dk2": "44546a", "lt2": "e7e6e6"}
    colours |= {f"accent{n}": "4472c4" for n in range(1, 7)}
    fonts = {"major": "Calibri", "minor": "Calibri"}
    root = ElementTree.fromstring(theme)
    for scheme in root.iter(f"{_A}clrScheme"):
        for entry in scheme:
            for value in entry:
                found = value.get("lastClr") or value.get("val") or ""
                if re.fullmatch("[0-9A-Fa-f]{6}", found):
                    colours[entry.tag.removeprefix(_A)] = found.lower()
    for name, usual in list(fonts.items()):
        for font in root.iter(f"{_A}{name}Font"):
            latin = font.find(f"{_A}latin")
            fonts[name] = (latin is not None and latin.get("typeface")) or usual
    names = {**_USUAL, **{f"accent{n}": f"accent{n}" for n in range(1, 7)}, **(mapping or {})}
    seen = {name: colours[origin] for name, origin in names.items() if origin in colours}
    return Theme(
        {**{k: colours[v] for k, v in _USUAL.items()}, **seen}, (fonts["major"], fonts["minor"])
    )


def check_contrast(theme: Theme, name: str) -> None:
    """Refuse a template whose text could not be read on its ground.

    Tones of text that could not be read are left out by `Theme.tone`; for plain text there is
    nothing else.

    Parameters
    ----------
    name
        Of the template's file, for people.

    Raises
    ------
    DocumentError
        With both colours and their contrast.
    """
    ink, ground = theme.colours["tx1"], theme.colours["bg1"]
    if (reached := contrast(ink, ground)) < READABLE:
        raise DocumentError(
            N_(
                "The template “{name}” writes text in “{ink}” on “{ground}”, which can hardly be "
                "read: the contrast is {reached}, and {least} is the least. Choose another colour "
                "of text in its theme."
            ),
            name=name,
            ink=f"#{ink}",
            ground=f"#{ground}",
            reached=f"{int(reached * 10) / 10:.1f}",
            least=str(READABLE),
        )


def chosen_colours(parts: Iterable[Part], own: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give the colours of a document by meaning: the exporter's own, else its opening's.

    What is no colour, or could not be read on white, is left out: a notebook's file can be changed
    by anybody.
    """
    wanted: dict[str, Any] = {}
    for part in parts:
        if part.kind == "output" and part.data.get("type") == "title":
            given = part.data.get("colours")
            wanted = dict(given) if isinstance(given, Mapping) else {}
            break
    known = {name: _readable(written) for name, written in {**wanted, **own}.items()}
    return tuple((name, known[name]) for name in _CHOSEN if known.get(name))


def _hls(colour: str) -> tuple[float, float, float]:
    """Give hue, lightness and saturation, each from 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return rgb_to_hls(red, green, blue)


def _readable(written: object) -> str:
    """Give a colour's six digits; "" where it is none, or too light for text on white."""
    try:
        colour = parse_colour(str(written))
    except ValueError:
        return ""
    return colour if contrast(colour, "ffffff") >= READABLE else ""


def coloured(theme: str, colours: Mapping[str, str]) -> str:
    """Put a workshop's colours into the package's own theme."""
    for name, place in zip(_CHOSEN, ("accent1", "accent2"), strict=True):
        if colour := colours.get(name):
            theme = re.sub(
                rf'(<a:{place}><a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{colour.upper()}", theme
            )
    return theme
