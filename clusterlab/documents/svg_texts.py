"""What a picture that somebody else drew has written in it."""

from __future__ import annotations

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException


def svg_texts(data: bytes) -> list[str]:
    """Give the lines of text in an SVG picture; none where it cannot be read."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, RecursionError):
        return []
    # Comments and processing instructions have no name.
    drawn = (e for e in root.iter() if str(e.tag).rpartition("}")[2] == "text")
    lines = (" ".join(" ".join(e.itertext()).split()) for e in drawn)
    return [line for line in lines if line]
