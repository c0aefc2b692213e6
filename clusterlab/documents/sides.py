"""Which pages of a printed document stand upright and which lie on their side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clusterlab.figures import LANDSCAPE, PORTRAIT

# The size of a picture that its own element gives in points.
_SIZE = re.compile(
    r"""[^<]*(?:<[?!][^>]*>[^<]*)*<svg\b(?=[^>]*\swidth="(?P<width>\d+(?:\.\d+)?)pt")"""
    r"""(?=[^>]*\sheight="(?P<height>\d+(?:\.\d+)?)pt")"""
)


def divided(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put parts that share a page's direction together.

    A section's heading goes onto the landscape page of the canvas or table that follows, where
    there is one: alone it would leave an empty portrait page. A table with rows that follows
    another one on its side goes below it, where there is room. The opening of a
    cluster among several begins a page, and so does what follows the parts of all of them.
    """
    runs: list[dict[str, Any]] = []
    flow: list[dict[str, Any]] = []
    for part in parts:
        if flow and (_opens(part) or _other(part, flow[-1])):
            runs.append({"kind": "flow", "parts": flow})
            flow = []
        if not _landscape(part):
            flow.append(part)
        elif not flow and runs and _has_rows(part) and _has_rows(runs[-1]["part"]):
            runs[-1]["more"].append(part)
        else:
            lead = [flow.pop()] if flow and flow[-1]["kind"] in {"section", "heading"} else []
            if flow:
                runs.append({"kind": "flow", "parts": flow})
            flow = []
            runs.append({"kind": "landscape", "lead": lead, "part": part, "more": []})
    if flow:
        runs.append({"kind": "flow", "parts": flow})
    return runs


def _opens(part: Mapping[str, Any]) -> bool:
    """Say whether a part is the opening of one cluster's in a document of several."""
    return part["kind"] == "title" and bool(part.get("whose"))


def _other(part: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether a part is another cluster's than the one before, or of all after one's."""
    return bool(before.get("whose")) and part.get("whose") != before["whose"]


def _has_rows(part: Mapping[str, Any]) -> bool:
    return part["kind"] == "table" and bool(part["data"]["rows"])


def _landscape(part: Mapping[str, Any]) -> bool:
    kind, data = part["kind"], part["data"]
    if kind == "picture":
        return lies_on_side(data["svg"])
    return kind == "canvas" or (kind == "table" and bool(data["layout"]["lying"]))


def lies_on_side(svg: str) -> bool:
    """Say whether a picture is larger, and so easier to read, on a page that lies on its side."""
    size = picture_size(svg)
    if size is None:
        return False
    across, down = size
    upright, lying = (
        min(1, page.width / across, page.height / down) for page in (PORTRAIT, LANDSCAPE)
    )
    return lying > upright


def picture_size(svg: str) -> tuple[float, float] | None:
    """Give how wide and how high a picture is, in points, where it says so."""
    size = _SIZE.match(svg)
    if size is None or not float(size["width"]) or not float(size["height"]):
        return None
    return float(size["width"]), float(size["height"])
