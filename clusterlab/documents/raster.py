"""Pictures that office files cannot draw themselves: SVG as pixels."""

from __future__ import annotations

import base64

import typst

from clusterlab.documents.opc import office_folder
from clusterlab.documents.pdf import without_references
from clusterlab.documents.raster_kinds import Raster, read_raster
from clusterlab.shared import shared

_PIXELS_PER_INCH = 144.0


def from_svg(svg: str) -> Raster | None:
    """Draw an SVG picture as pixels; none where it cannot be drawn."""
    root = office_folder()
    try:
        compiler = typst.Compiler(
            input=str(root / "picture.typ"),
            root=str(root),
            font_paths=[str(shared("templates", "documents", "fonts"))],
            ignore_system_fonts=True,
        )
        data = compiler.compile(
            format="png", ppi=_PIXELS_PER_INCH, sys_inputs={"svg": without_references(svg)}
        )
    except (typst.TypstError, ValueError):
        return None
    found = read_raster(data) if isinstance(data, bytes) else None
    if found is None:
        return None
    points = 72 / (_PIXELS_PER_INCH * 0.75)
    return Raster(found.data, "png", found.width * points, found.height * points)


def from_address(address: str) -> Raster | None:
    """Read a picture from a data address; none where it is no picture that can be drawn."""
    head, _, data = address.partition(",")
    try:
        raw = base64.b64decode(data, validate=True)
    except ValueError:
        return None
    if head.startswith("data:image/svg+xml"):
        return from_svg(raw.decode(errors="replace"))
    return read_raster(raw)
