"""How high the parts of a printed document come out, on a page that lies on its side: estimates.

What is drawn decides; an estimate only saves pages that would hold next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from clusterlab.documents.sides import picture_size
from clusterlab.figures.text import width

#: The usual space above and below the text of a table's row.
USUAL = 6.0
#: The room of a page that lies on its side, across and down, in points.
ROOMS = {"a4": (751.1, 473.4), "a3": (1081.7, 695.5)}
MM = 72 / 25.4
# A line's first part above its baseline and what each further one adds, in ems, in cells and in
# paragraphs.
_FIRST, _CELL_LINE, _LINE = 0.714, 1.214, 1.314
# A picture is at most so much of a page high, and so much larger than it was drawn.
_PICTURE = 0.85
_GROWTH = {"a4": 1.0, "a3": 2**0.5}
# Rows higher than this part of a page may be divided.
_TALL = 0.4
_TOKEN = re.compile("[^ \u00ad\u200b-]*[ \u00ad\u200b-]?")


@lru_cache(maxsize=8192)
def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """Estimate how many lines a text takes."""
    return sum(_wrapped(line, room, size, bold=bold) for line in text.split("\n")) or 1


def _wrapped(line: str, room: float, size: float, *, bold: bool) -> int:
    if width(bare := without_breaks(line), size, bold=bold) <= room:
        return 1
    count, used = 1, 0.0
    for found in _TOKEN.findall(line):
        token = found if bare is line else without_breaks(found)
        across = width(token, size, bold=bold)
        # The space at the end of a line takes no room.
        if (
            used + across > room
            and used + width(token.rstrip(" "), size, bold=bold) > room
            and used
        ):
            count, used = count + 1, 0.0
        used += across
    return count


def without_breaks(text: str) -> str:
    """Give a text without what marks where it may break: that takes room only where it does."""
    if text.isascii():
        return text
    return text.replace("\u00ad", "").replace("\u200b", "")


def row_lines(cells: Sequence[str], rooms: Sequence[float], size: float) -> int:
    """Estimate how many lines a table's row has; its first cell is set in bold."""
    return max(
        lines(text, round(room, 1), size, bold=n == 0)
        for n, (text, room) in enumerate(zip(cells, rooms, strict=True))
    )


def _paragraph(text: str, room: float, size: float) -> float:
    return size * (_FIRST + _LINE * (lines(text, room, size) - 1))


def heading_height(data: Mapping[str, Any], paper: str) -> float:
    """Estimate the height of what stands above a table or a picture."""
    across, k = ROOMS[paper][0], scale_of(paper)
    taken = 13 * k * _FIRST
    if summary := data.get("summary"):
        taken += 4 * MM * k + _paragraph(summary, across, 10 * k)
    for note in data.get("footnotes", ()):
        said = f"{note['label']} {note['value']}"
        taken += 5 * k + _paragraph(said, across, 8 * k)
    return taken


def row_heights(data: Mapping[str, Any], paper: str) -> list[float]:
    """Estimate the heights of a table's rows without their padding; the first is the header."""
    layout, size = data["layout"], 8.5 * scale_of(paper)
    rooms = [
        across - 2 * layout["inset"] - lead
        for across, lead in zip(layout["widths"], layout["leads"], strict=True)
    ]
    head = [column["label"] for column in data["columns"]]
    first = max(
        lines(text, round(r, 1), size, bold=True) for text, r in zip(head, rooms, strict=True)
    )
    found = [max((first * _CELL_LINE - 0.5) * size, layout["turned"])]
    for row in data["rows"]:
        cells = _drawn(row, data["columns"])
        more = len(row["item"]["alternatives"]) * 3 + bool(row["item"].get("tags"))
        found.append(((row_lines(cells, rooms, size) + more) * _CELL_LINE - 0.5) * size)
    return found


def _drawn(row: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the texts of a row's cells with what is drawn behind the note's."""
    item = row["item"]
    links = " ".join(link["spoken"] for link in item.get("links", ()))
    behind = f" {item.get('mark', '')}" + (f"  → {links}" if links else "")
    return [
        text + behind if column["id"] == "text" else text
        for text, column in zip(row["cells"], columns, strict=True)
    ]


def height(part: Mapping[str, Any], paper: str) -> float:
    """Estimate the height of a table or a picture."""
    data, k = part["data"], scale_of(paper)
    above = heading_height(data, paper)
    if part["kind"] == "table":
        rows, pad = row_heights(data, paper), float(data["layout"]["pad"])
        return above + 5 * MM * k + sum(rows) + 2 * pad * len(rows)
    across, down = picture_size(data["svg"]) or (0.0, 0.0)
    room, room_down = ROOMS[paper]
    share = min(_GROWTH[paper], room / max(across, 1.0), _PICTURE * room_down / max(down, 1.0))
    return above + 4 * MM * k + (44 if "twin" in data else 30) * k + share * down


def lead_height(run: Mapping[str, Any], paper: str) -> float:
    """Estimate the height of a section's heading above what begins the section."""
    k, taken = scale_of(paper), 0.0
    for part in run["lead"]:
        taken += (26 if part["kind"] == "heading" else 17) * k * _FIRST + 7 * MM * k
        if text := part["data"].get("text"):
            taken += 4 * MM * k + _paragraph(text, ROOMS[paper][0], 10 * k)
    return taken


def scale_of(paper: str) -> float:
    """Say how much larger texts are on a size of paper than on A4."""
    return 1.2 if paper == "a3" else 1.0


def is_whole(data: Mapping[str, Any], paper: str) -> bool:
    """Say whether no row of a table is so high that it has to be divided between pages."""
    return max(row_heights(data, paper)) < _TALL * ROOMS[paper][1]
