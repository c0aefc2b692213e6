"""How a workshop's documents look: their colours, and the shape of their slides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from clusterlab.errors import N_, WorkshopError
from clusterlab.model.colour import READABLE, contrast, parse_colour

#: What colours of documents can be chosen for.
COLOURS = ("development", "financing")
#: Shapes of slides, the usual one first.
SHAPES = ("16:9", "4:3")

_Refuse = Callable[[str, str, object], NoReturn]


def read_shape(raw: Any, refuse: _Refuse) -> str:
    """Take a shape of slides."""
    found = next((shape for shape in SHAPES if shape == raw), "")
    return found or refuse("slides", " / ".join(SHAPES), raw)


def read_colours(raw: Any, refuse: _Refuse, file: str) -> dict[str, str]:
    """Take colours that text can have on white paper.

    Raises
    ------
    WorkshopError
        With what was expected and what came, or with a colour's contrast.
    """
    if not isinstance(raw, Mapping):
        refuse("colours", N_("a table such as development = “#0b5563”"), raw)
    found = {}
    for name, written in raw.items():
        key = f"colours.{name}"
        if name not in COLOURS:
            refuse(key, N_("left out: this key is not known"), written)
        try:
            found[name] = parse_colour(str(written))
        except ValueError:
            refuse(key, N_("a colour such as “#0b5563”"), written)
        if (reached := contrast(found[name], "ffffff")) < READABLE:
            raise WorkshopError(
                N_(
                    "{file}: text in “{colour}” ({key}) can hardly be read on white paper: "
                    "its contrast is {reached}, and {least} is the least. Choose a darker one."
                ),
                file=file,
                colour=f"#{found[name]}",
                key=key,
                reached=f"{int(reached * 10) / 10:.1f}",
                least=str(READABLE),
            )
    return found
