"""Which size of text a canvas on paper is tried with first: an estimate.

What is drawn is measured as it is drawn, which takes as long as drawing it. An estimate spares
trying sizes that do not fit; where it was too bold, a smaller size is tried. Where it was too
careful, which is rare, the text is a step smaller than it could be. Boxes that have room for two
lines and a fifth more than estimated, and no word wider than they are, are not measured at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from clusterlab.documents.heights import MM, ROOMS, heading_height, lead_height, lines, scale_of
from clusterlab.figures.text import surely_fits, width

# All of this as `canvas.typ` draws it. Sizes of text in points, from the largest.
_SIZES = {"a4": (11, 10.5, 10, 9.5, 9, 8.5), "a3": (13, 12, 11, 10, 9, 8.5)}
# From this one on columns that hold more may be wider, within these shares of an even one.
_UNEVEN, _NARROWEST, _WIDEST = 3, 0.78, 1.3
# Between boxes, around what is in them, and below it: with notes, without, and where none has any.
_GAP, _INSET, _BELOW, _SPARE, _BLANK = 5.0, 7.0, 2.0, 10.0, 44.0
# What a note's ids and details are set in, as a share of its text, and at least.
_TINY, _LEAST = 0.86, 8.0
# A line's height above its baseline, and what each further one adds, in ems: in headings, in notes
# and in paragraphs.
_FIRST, _HEAD_LINE, _NOTE_LINE, _LINE = 0.714, 1.164, 1.214, 1.314
# Between notes, in ems, and between a heading and what is below it.
_BETWEEN, _UNDER = 0.82, 7.5
# What lies beside the texts in a note: a line and the space behind it.
_WITHIN = 6.0
# By how much an estimate may be too high, and what surely does not fit whatever the columns.
_BOLD, _FAR = 1.015, 1.45

Box = Mapping[str, Any]
Place = tuple[int, int, int, int]


def likely(run: Mapping[str, Any], paper: str) -> dict[str, Any] | None:
    """Say with which size and columns a canvas is tried first.

    Parameters
    ----------
    run
        A page that lies on its side, with a canvas and what stands above it.
    paper
        ``a4`` or ``a3``.

    Returns
    -------
    dict or None
        ``size`` in points, ``columns``, each as a share of their sum, and ``needs``, the height in
        points of each box where no word has to be divided; a size of 0 where none fits by far,
        None where that is not sure.
    """
    data = run["part"]["data"]
    places = _places(data["grid"])
    boxes = [box for box in data["boxes"] if box["id"] in places]
    if data["unplaced"] or not boxes:
        return None
    page = _Page(boxes, places, data, paper)
    free = _free(run, paper, len(data["grid"])) * _BOLD
    even = [1 / len(data["grid"][0])] * len(data["grid"][0])
    sizes = _SIZES[paper]
    first = next((i for i, size in enumerate(sizes) if page.rows(even, size) <= free), len(sizes))
    best = None if first == len(sizes) else page.set_in(even, sizes[first])
    if first < _UNEVEN:
        return best
    if best is None and page.rows(even, sizes[-1]) > _FAR * free:
        return {"size": 0, "columns": even}
    needs = page.needs(even, sizes[-1])
    columns = page.weighted(even, needs)
    for i in range(first - 1, _UNEVEN - 2, -1):
        if page.rows(columns, sizes[i]) > free:
            break
        best = page.set_in(columns, sizes[i])
    return best


def _free(run: Mapping[str, Any], paper: str, rows: int) -> float:
    """Estimate the height that the rows of a canvas have together."""
    k = scale_of(paper)
    later = run.get("later", ())
    ahead = 4 * MM * k + 8.5 * k * 1.4 * len(later) if later else 0.0
    above = lead_height(run, paper) + heading_height(run["part"]["data"], paper)
    return ROOMS[paper][1] - above - 4 * MM * k - 1 - ahead - (rows - 1) * _GAP * k


def _places(grid: Sequence[Sequence[str]]) -> dict[str, Place]:
    """Find each box's rectangle in the grid: its column and row, how many it spans."""
    found: dict[str, Place] = {}
    for y, row in enumerate(grid):
        for x, box in enumerate(row):
            left, top, across, down = found.get(box, (x, y, 1, 1))
            found[box] = (left, top, max(across, x - left + 1), max(down, y - top + 1))
    return found


class _Page:
    """A canvas on its page."""

    def __init__(
        self, boxes: Sequence[Box], places: Mapping[str, Place], data: Mapping[str, Any], paper: str
    ) -> None:
        self._boxes, self._places = boxes, places
        self._signed = bool(data["legend"])
        self._k = scale_of(paper)
        self._count = len(data["grid"])
        across = len(data["grid"][0])
        self._room = ROOMS[paper][0] - (across - 1) * _GAP * self._k
        self._spare = _SPARE if any(box["items"] for box in boxes) else _BLANK
        self._asides = [
            max((width(i["spoken"] or "•", 1.0, bold=True) for i in box["items"]), default=0.0)
            for box in boxes
        ]

    def rows(self, columns: Sequence[float], size: float) -> float:
        """Estimate the least height of all rows together."""
        rows = [0.0] * self._count
        needs = self.needs(columns, size)
        for box, (_, y, _, down) in sorted(self._places.items(), key=lambda it: it[1][3]):
            if box not in needs:
                continue
            lack = needs[box] - sum(rows[y : y + down]) - (down - 1) * _GAP * self._k
            for i in range(y, y + down):
                rows[i] += max(lack, 0.0) / down
        return sum(rows)

    def needs(self, columns: Sequence[float], size: float) -> dict[str, float]:
        """Estimate the height that each box needs."""
        found, edge = {}, 2 * _INSET * self._k
        for box, aside in zip(self._boxes, self._asides, strict=True):
            x, _, across, _ = self._places[box["id"]]
            room = sum(columns[x : x + across]) * self._room + (across - 1) * _GAP * self._k - edge
            below = _BELOW if box["items"] else self._spare
            found[box["id"]] = self._inside(box, aside, room, size) + edge + below
        return found

    def set_in(self, columns: Sequence[float], size: float) -> dict[str, Any]:
        """Give what is said of a size; how a word is divided that is too wide is not estimated."""
        wide = self._wide(columns, size)
        needs = {box: need for box, need in self.needs(columns, size).items() if box not in wide}
        return {"size": size, "columns": columns, "needs": needs}

    def _wide(self, columns: Sequence[float], size: float) -> set[str]:
        """Give the boxes that are narrower than one of their words."""
        found = set()
        for box, aside in zip(self._boxes, self._asides, strict=True):
            x, _, across, _ = self._places[box["id"]]
            room = sum(columns[x : x + across]) * self._room - 2 * _INSET * self._k
            room -= (aside + 0.5) * (size + 0.5) + _WITHIN
            texts = (box["label"], box["prompt"], *map(_said, box["items"]))
            said = " ".join(texts).replace("\u00a0", " ")
            # In bold, as labels are, and in the size of the largest.
            if not surely_fits(said, room, size + 0.5) and any(
                width(word, size + 0.5, bold=True) > room for word in said.split()
            ):
                found.add(box["id"])
        return found

    def weighted(self, columns: Sequence[float], needs: Mapping[str, float]) -> list[float]:
        """Make columns wider that hold more, within measure."""
        loads = [
            sum(needs[b] for b, (x, _, w, _) in self._places.items() if x <= i < x + w)
            for i in range(len(columns))
        ]
        mean = sum(loads) / len(loads)
        shares = [min(max(sqrt(load / mean), _NARROWEST), _WIDEST) for load in loads]
        return [share / sum(shares) for share in shares]

    def _inside(self, box: Box, aside: float, room: float, size: float) -> float:
        own = size + 0.5
        signed = own if self._signed and box["group"] else 0.0
        count = lines(box["label"], round(room - signed, 1), own, bold=True)
        tall = own * (_FIRST + (count - 1) * _HEAD_LINE)
        if not (items := box["items"]):
            if not box["prompt"]:
                return tall
            small = max(size - 0.5, 8.5)
            count = lines(box["prompt"], round(room, 1), small)
            return tall + _UNDER * self._k + small * (_FIRST + (count - 1) * _LINE)
        room = round(room - aside * max(size * _TINY, _LEAST) - 0.5 * size, 1)
        tall += _UNDER * self._k + _BETWEEN * size * (len(items) - 1)
        return tall + sum(_note(item, room, size) for item in items)


def _said(item: Mapping[str, Any]) -> str:
    """Give all that is drawn of a note."""
    said = [item["text"], *item["tags"]]
    said += (text for d in item["details"] for text in (d["label"], d["value"]))
    said += (link["spoken"] for link in item["links"])
    said += (text for other in item["alternatives"] for text in (other["label"], other["value"]))
    return " ".join(said)


def _note(item: Mapping[str, Any], room: float, size: float) -> float:
    """Estimate the height of a note."""
    text = f"{item['text']}\u00a0{item['mark']}" if item["mark"] and item["text"] else item["text"]
    tall = _lines(text, room, size) if text else 0.0
    more = [f"{d['label']}: {d['value']}" for d in item["details"]]
    if item["links"]:
        more.append("→\u00a0" + " ".join(link["spoken"] for link in item["links"]))
    more += (f"#{tag}" for tag in item["tags"])
    tiny = max(size * _TINY, _LEAST)
    if more:
        tall += 0.42 * size + _lines("  ·  ".join(more), room, tiny)
    for other in item["alternatives"]:
        tall += (
            0.5 * size
            + 2
            + 0.4 * tiny
            + sum(_lines(other[name], room - 5, tiny) for name in ("label", "value"))
        )
    return tall


def _lines(text: str, room: float, size: float) -> float:
    apart = text.count("\n") * (_LINE - _NOTE_LINE)  # each line that people ended is a paragraph
    return size * (_FIRST + (lines(text, room, size) - 1) * _NOTE_LINE + apart)
