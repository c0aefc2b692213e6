"""Pictures in a workshop's own colours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clusterlab.figures.svg import BROWN, BROWN_TINT, TEAL, TEAL_TINT
from clusterlab.model.palette import replacements

#: Grounds from none to much.
STEPS = ("#ffffff", "#d7e8ea", "#a5cbd0", "#67a3ab", "#1f6f7a")
#: Colours of pictures that follow those of a workshop, by meaning, the plain one first.
SHADES: Mapping[str, tuple[str, ...]] = {
    "development": (TEAL, TEAL_TINT, *STEPS[1:]),
    "financing": (BROWN, BROWN_TINT),
}
_PAINT = re.compile(r'( (?:fill|stroke)=")(#[0-9a-f]{6})(?=")')


def recoloured(svg: str, colours: Mapping[str, str]) -> str:
    """Give a picture in a workshop's colours; what its shades stand for is as light as before.

    Parameters
    ----------
    colours
        What the workshop chose, by meaning.
    """
    own = replacements(colours, SHADES)
    return _PAINT.sub(lambda it: it[1] + own.get(it[2], it[2]), svg) if own else svg
