"""How the parts of a printed document are spread over pages, by estimates of how high they are.

What is drawn decides; an estimate only saves pages that would hold next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from clusterlab.documents.columns import laid_out
from clusterlab.documents.heights import (
    MM,
    ROOMS,
    USUAL,
    heading_height,
    height,
    lead_height,
    row_heights,
    scale_of,
)
from clusterlab.documents.sides import picture_size
from clusterlab.figures.parts import is_nothing

# Space above and below the text of a row that is tried beside the usual one, in this order.
_TIGHTER, _LOOSER = (5.5, 5.0, 4.5, 4.0), (6.5, 7.0, 7.5, 8.0, 9.0)
# Fewest rows that stand on the last page of a table, below its header.
_FEWEST = 3
# What an estimate may be wrong by.
_SPARE = 6.0
# The most that is told at the foot of a page of what would follow from it.
_LATER = 4

_Run = dict[str, Any]
_Part = Mapping[str, Any]


def spread(runs: list[_Run], paper: str) -> list[_Run]:
    """Spread parts over pages.

    What is short goes below what lies on its side before it, instead of onto a page of its own;
    what cannot be drawn yet is told at the foot of the canvas that it is made from; and the rows
    of a table get a little nearer to each other or further apart, so that no page of it holds only
    one or two.

    Parameters
    ----------
    runs
        As `sides.divided` gives them.
    paper
        ``a4`` or ``a3``.
    """
    joined: list[_Run] = []
    for number, given in enumerate(runs):
        before = joined[-1] if joined and joined[-1]["kind"] == "landscape" else None
        run = _shortened(given, before)
        if before and _joins(before, run, paper):
            continue
        after = runs[number + 1] if number + 1 < len(runs) else None
        run = _turned(run, after, paper) or run
        if run["kind"] == "landscape" and not run["more"] and _has_rows(run["part"]):
            _set(run["part"], _pad(run, paper))
        joined.append(run)
    return joined


def _lying(part: _Part, paper: str) -> _Part:
    """Lay a part out for a page that lies on its side."""
    if part["kind"] != "table":
        return part
    return {**part, "data": laid_out(part["data"], paper, lying=True)}


def _set(part: _Part, pad: float) -> None:
    part["data"]["layout"]["pad"] = pad


def _shortened(run: _Run, before: _Run | None) -> _Run:
    """Tell in a line each what cannot be drawn yet, where something stands before it.

    What comes first in a run goes to the foot of the canvas or table before, where nobody has
    written on that.
    """
    if run["kind"] != "flow" or not any(map(_hollow, run["parts"])):
        return run
    parts: list[_Part] = []
    for hollow, group in groupby(run["parts"], _hollow):
        found = list(group)
        told = [{"title": p["data"]["title"], "text": p["data"]["alt"]} for p in found if hollow]
        if not hollow or (parts and parts[-1]["kind"] in {"section", "heading", "title"}):
            parts += found
        elif parts:
            parts.append({"kind": "later", "level": 0, "data": told})
        elif before and _blank(before["part"]) and len(told) <= _LATER:
            before["later"] = told
        else:
            parts += found
    return {**run, "parts": parts}


def _turned(run: _Run, after: _Run | None, paper: str) -> _Run | None:
    """Turn what is short, where what follows on its side then has room below it."""
    if (
        run["kind"] != "flow"
        or after is None
        or after["kind"] != "landscape"
        or after["lead"]
        or not _loose(after["part"])
        or not all(map(_loose, run["parts"]))
    ):
        return None
    first, *more = [_lying(p, paper) for p in run["parts"]]
    # The first one has no space above it.
    fits = _fit(-7 * MM * scale_of(paper), [first, *more, after["part"]], paper)
    return {"kind": "landscape", "lead": [], "part": first, "more": more} if fits else None


def _joins(before: _Run, run: _Run, paper: str) -> bool:
    """Put a run's parts onto the pages of the one before, where that is better."""
    parts = run["parts"] if run["kind"] == "flow" else [*run["lead"], run["part"], *run["more"]]
    if not parts:
        return True
    if not _loose(before["part"]) or not all(map(_loose, parts)) or before.get("later"):
        return False
    turned = [_lying(part, paper) for part in parts]
    if not _fit(_end(before, paper), turned, paper):
        return False
    before["more"].extend(turned)
    return True


def _fit(used: float, parts: Sequence[_Part], paper: str) -> bool:
    """Say whether parts have room on a page below what is used of it; tables may be tightened."""
    gap, room = 7 * MM * scale_of(paper), ROOMS[paper][1] - _SPARE
    for pad in (USUAL, _TIGHTER[1], _TIGHTER[2]):
        for part in filter(_has_rows, parts):
            _set(part, pad)
        if used + sum(height(part, paper) + gap for part in parts) <= room:
            return True
    for part in filter(_has_rows, parts):
        _set(part, USUAL)
    return False


def _hollow(part: _Part) -> bool:
    """Say whether a part only tells that there is nothing to draw yet."""
    return part["kind"] == "picture" and is_nothing(part["data"]["svg"])


def _blank(part: _Part) -> bool:
    """Say whether a part is a canvas or a table on which nobody has written."""
    data = part["data"]
    if part["kind"] == "table":
        return not data["rows"]
    return part["kind"] == "canvas" and not any(box["items"] for box in data["boxes"])


def _has_rows(part: _Part) -> bool:
    return part["kind"] == "table" and bool(part["data"]["rows"])


def _loose(part: _Part) -> bool:
    """Say whether a part may share a page with others: a table with rows, a picture."""
    if part["kind"] == "picture":
        return not part["data"].get("more") and picture_size(part["data"]["svg"]) is not None
    return _has_rows(part)


def _end(run: _Run, paper: str) -> float:
    """Estimate how far down the last page of a run is filled; nothing where that is not known."""
    full = ROOMS[paper][1]
    part = run["part"]
    above = lead_height(run, paper)
    gap = 7 * MM * scale_of(paper)
    if _has_rows(part):
        head, *rows = row_heights(part["data"], paper)
        above += heading_height(part["data"], paper) + 5 * MM * scale_of(paper)
        used, _, _ = _pages(head, rows, above, full, part["data"]["layout"]["pad"])
    else:
        used = above + height(part, paper)
    return used + sum(height(one, paper) + gap for one in run["more"])


def _pages(
    head: float, rows: Sequence[float], above: float, full: float, pad: float
) -> tuple[float, int, int]:
    """Give how far down a table ends, on which page of it, and how many rows are on that page."""
    used, page, count = above + head + 2 * pad, 1, 0
    for row in rows:
        if used + row + 2 * pad > full and count:
            used, page, count = head + 2 * pad, page + 1, 0
        used += row + 2 * pad
        count += 1
    return used, page, count


def _pad(run: _Run, paper: str) -> float:
    """Choose the space around the rows of a table that begins on a page of its own."""
    data, full = run["part"]["data"], ROOMS[paper][1]
    head, *rows = row_heights(data, paper)
    above = lead_height(run, paper) + heading_height(data, paper) + 5 * MM * scale_of(paper)

    def ends(pad: float, room: float) -> tuple[int, int]:
        return _pages(head, rows, above, room, pad)[1:]

    pages, count = ends(USUAL, full)
    if pages == 1 and ends(USUAL, full - _SPARE)[0] == 1:
        return USUAL
    if pages > 1 and count >= _FEWEST and ends(USUAL, full - _SPARE)[1] >= _FEWEST:
        return USUAL
    for pad in _TIGHTER:
        if ends(pad, full - _SPARE)[0] < max(pages, 2):
            return pad
    for pad in _LOOSER:
        if all(ends(pad, full + off)[1] >= _FEWEST for off in (-_SPARE, 0.0, _SPARE)):
            return pad
    return USUAL
