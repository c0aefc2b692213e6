"""A canvas as a grid of boxes on a slide, and what does not fit in columns on the slides after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusterlab.documents.measure import Ruler, Size
from clusterlab.documents.pptx_flow import Deck, Heading
from clusterlab.documents.pptx_template import Area
from clusterlab.documents.pptx_xml import INSET, Slide
from clusterlab.documents.texts import SIGNS, Para, Run, footnote_paras, note_paras, para, run

_GAP = 6.0
_SIZES = tuple(map(Size, (16.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.5)))
# Of what does not fit on one slide in any of them.
_USUAL = Size(10.0)
_COLUMNS = 3
# Below this, in points, a slide has room for a column less.
_NARROW = 700
_LIST = Size(12.0)
_NOTE = Size(10.5)
# What a box shows at least of its notes, in lines.
_FEW = 3
# As long as the line that says how many notes are left.
_MORE = Para((Run("0" * 36),), "small")


@dataclass(frozen=True, slots=True)
class _Box:
    """A box: what stands in it, and where in the grid it is."""

    data: Mapping[str, Any]
    head: Para
    notes: tuple[tuple[Para, ...], ...]
    x: int
    y: int
    across: int
    down: int

    @property
    def paras(self) -> list[Para]:
        return self.first(len(self.notes))

    def sized(self, size: Size) -> Size:
        return size.beside(self.paras)

    def first(self, count: int) -> list[Para]:
        if not self.notes:
            prompt = self.data["prompt"]
            return [self.head, *([_prompt(prompt)] if prompt else [])]
        return [self.head, *(line for note in self.notes[:count] for line in note)]


def _prompt(text: str) -> Para:
    return Para((run(text, italic=True, tone="grey"),), "small")


def draw_canvas(deck: Deck, data: Mapping[str, Any], heading: Heading) -> Slide:
    """Draw a canvas; give its first slide."""
    boxes = _boxes(data)
    slide = deck.begin(deck.template.plain, heading)
    slide.outline.append(data["alt"])
    area = _above(deck, slide, data)
    grid = (len(data["grid"]), len(data["grid"][0]))
    size, heights, shown = _plan(boxes, grid, area, deck.ruler)
    widths = [(area.width - (grid[1] - 1) * _GAP) / grid[1]] * grid[1]
    for box in boxes:
        place = _place(box, area, widths, heights, rtl=deck.pen.rtl)
        paras = box.first(shown.get(box.data["id"], len(box.notes)))
        left = len(box.notes) - shown.get(box.data["id"], len(box.notes))
        if left:
            paras.append(
                Para((run(deck.say("more", count=left), italic=True, tone="grey"),), "small")
            )
        look = deck.pen.look(box.data["accent"])
        name, pen = box.data["label"], deck.pen
        pen.box(slide, place, name, paras, box.sized(size), look=look, inset=INSET, tinted=True)
        slide.outline += [one.words for one in paras]
    rest = [
        _Left(box.head, box.data["accent"], box.notes[count:], again=count > 0)
        for box in boxes
        if (count := shown.get(box.data["id"], len(box.notes))) < len(box.notes)
    ]
    if data["unplaced"]:
        notes = tuple(tuple(note_paras(item)) for item in data["unplaced"])
        rest.append(_Left(para(deck.labels["unplaced"], "label"), "neutral", notes))
    if rest:
        _columns(deck, heading, rest)
    return slide


def _boxes(data: Mapping[str, Any]) -> list[_Box]:
    places: dict[str, list[int]] = {}
    for y, row in enumerate(data["grid"]):
        for x, name in enumerate(row):
            found = places.setdefault(name, [x, y, x, y])
            found[2], found[3] = max(found[2], x), max(found[3], y)
    boxes = []
    for box in data["boxes"]:
        if box["id"] not in places:
            continue
        left, top, right, bottom = places[box["id"]]
        accent = box["accent"]
        sign = f"{SIGNS.get(accent, SIGNS['neutral'])} " if data["legend"] and box["group"] else ""
        head = Para((run(f"{sign}{box['label']}", tone=accent),), "label")
        notes = tuple(tuple(note_paras(item, accent)) for item in box["items"])
        boxes.append(_Box(box, head, notes, left, top, right - left + 1, bottom - top + 1))
    return boxes


def _above(deck: Deck, slide: Slide, data: Mapping[str, Any]) -> Area:
    """Write what the canvas is for, its legend and footnotes; give the room below."""
    area = deck.template.content
    lines = [Para((run(data["summary"], tone="grey"),))] if data["summary"] else []
    if data["legend"]:
        runs = []
        for group in data["legend"]:
            sign = SIGNS.get(group["value"], SIGNS["neutral"])
            runs.append(run(f"{sign} {group['label']}", bold=True, tone=group["value"]))
            runs.append(Run("     "))
        lines.append(Para(tuple(runs[:-1])))
    lines += footnote_paras(data)
    if not lines:
        return area
    height = deck.ruler.height(lines, area.width, _NOTE)
    if height > area.height / 4:
        lines, _ = deck.ruler.split(lines, area.width, area.height / 4, _NOTE)
        height = deck.ruler.height(lines, area.width, _NOTE)
    place = Area(area.x, area.y, area.width, height + 1)
    deck.pen.box(slide, place, data["title"], lines, _NOTE)
    slide.outline += [one.text for one in lines]
    used = height + _GAP
    return Area(area.x, area.y + used, area.width, area.height - used)


def _place(
    box: _Box, area: Area, widths: Sequence[float], heights: Sequence[float], *, rtl: bool
) -> Area:
    """Give a box's rectangle; where one reads from the right, the grid does, too."""
    across = _span(widths, box.x, box.across)
    dx = sum(widths[: box.x]) + box.x * _GAP
    dy = sum(heights[: box.y]) + box.y * _GAP
    x = area.x + (area.width - dx - across if rtl else dx)
    return Area(x, area.y + dy, across, _span(heights, box.y, box.down))


def _span(lengths: Sequence[float], start: int, count: int) -> float:
    return sum(lengths[start : start + count]) + (count - 1) * _GAP


# ---- heights ----


def _plan(
    boxes: Sequence[_Box], grid: tuple[int, int], area: Area, ruler: Ruler
) -> tuple[Size, list[float], dict[str, int]]:
    """Choose the size of text, the heights of rows, and how many notes each box shows."""
    rows, columns = grid
    free = area.height - (rows - 1) * _GAP
    width = (area.width - (columns - 1) * _GAP) / columns

    def room(box: _Box) -> float:
        return box.across * width + (box.across - 1) * _GAP - 2 * INSET

    def needs(size: Size) -> dict[str, float]:
        return {
            box.data["id"]: ruler.height(box.paras, room(box), box.sized(size)) + 2 * INSET + 2
            for box in boxes
        }

    for size in _SIZES:
        needed = needs(size)
        least = _least(boxes, needed, rows)
        if sum(least) <= free:
            return size, _levelled(least, [free] * rows, free), {}
    size, needed = _USUAL, needs(_USUAL)
    floors = {}
    for box in boxes:
        first = ruler.height([*box.first(1), _MORE], room(box), box.sized(size)) + 2 * INSET + 2
        floors[box.data["id"]] = min(needed[box.data["id"]], first)
    if sum(_least(boxes, floors, rows)) > free:
        few = (_FEW + 2) * size.text * ruler.face.line + 2 * INSET
        floors = {name: min(floor, few) for name, floor in floors.items()}
    heights = _shared_out(boxes, needed, floors, rows, free)
    shown = {}
    for box in boxes:
        height = _span(heights, box.y, box.down) - 2 * INSET
        shown[box.data["id"]] = _fitting(box, room(box), height, ruler, box.sized(size))
    return size, heights, {k: v for k, v in shown.items() if v >= 0}


def _fitting(box: _Box, room: float, height: float, ruler: Ruler, size: Size) -> int:
    """Count the notes that a box has room for, and for the line that says how many are left."""
    if ruler.height(box.paras, room, size) <= height:
        return len(box.notes)
    height -= size.before(_MORE) + ruler.tall(_MORE, room, size)
    used, count = ruler.tall(box.head, room, size), 0
    for note in box.notes:
        used += sum(size.before(one) + ruler.tall(one, room, size) for one in note)
        if used > height:
            break
        count += 1
    return count


def _least(boxes: Sequence[_Box], needs: Mapping[str, float], count: int) -> list[float]:
    """Give the least height of each row that gives every box what it needs."""
    rows = [0.0] * count
    for box in sorted(boxes, key=lambda b: b.down):
        lack = needs[box.data["id"]] - _span(rows, box.y, box.down)
        if lack > 0:
            for row in range(box.y, box.y + box.down):
                rows[row] += lack / box.down
    return rows


def _levelled(lowest: Sequence[float], highest: Sequence[float], room: float) -> list[float]:
    """Share out a height evenly, none less than its least and none more than its most."""

    def rows(level: float) -> list[float]:
        return [max(low, min(high, level)) for low, high in zip(lowest, highest, strict=True)]

    low, high = 0.0, room
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if sum(rows(middle)) > room else (middle, high)
    return rows(low)


def _shared_out(
    boxes: Sequence[_Box],
    needs: Mapping[str, float],
    floors: Mapping[str, float],
    count: int,
    room: float,
) -> list[float]:
    """Give every box the same part of what it needs, but none less than its floor."""

    def rows(part: float) -> list[float]:
        return _least(boxes, {k: max(part * v, floors[k]) for k, v in needs.items()}, count)

    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if sum(rows(middle)) > room else (middle, high)
    found = rows(low)
    return [height * room / sum(found) for height in found]


# ---- what is left ----


@dataclass(frozen=True, slots=True)
class _Left:
    """Notes of a block that its box had no room for; ``again`` where it shows some of them."""

    head: Para
    accent: str
    notes: tuple[tuple[Para, ...], ...]
    again: bool = False


def _columns(deck: Deck, heading: Heading, groups: Sequence[_Left]) -> None:
    """Write what is left in columns, block by block, each column a box of its own."""
    content, ruler = deck.template.content, deck.ruler
    across = _COLUMNS if content.width > _NARROW else _COLUMNS - 1
    width = (content.width - (across - 1) * 2 * _GAP) / across
    room, height = width - 2 * INSET, content.height - 2 * INSET
    cursor = _Cursor(deck, heading, across)
    for group in groups:
        rest, again = [line for note in group.notes for line in note], group.again
        later = group.head._replace(runs=(*group.head.runs, Run(f" · {deck.labels['continued']}")))
        size = _LIST.beside(rest)
        while rest:
            head = later if again else group.head
            top = ruler.tall(head, room, size) + size.text
            whole = top + ruler.height(rest, room, size)
            if cursor.left < min(whole, height / 3) + 2 * INSET:
                cursor.advance()
            taken, rest = ruler.split(rest, room, cursor.left - 2 * INSET - top, size)
            paras = [head, *taken]
            tall = ruler.height(paras, room, size) + 2 * INSET + 2
            dx = cursor.column * (width + 2 * _GAP)
            x = content.x + (content.width - width - dx if deck.pen.rtl else dx)
            area = Area(x, cursor.y, width, min(tall, cursor.left))
            look, name = deck.pen.look(group.accent), head.text
            deck.pen.box(cursor.slide, area, name, paras, size, look=look, inset=INSET, tinted=True)
            cursor.slide.outline += [one.words for one in paras]
            cursor.y += tall + _GAP
            again = True


class _Cursor:
    """Where the next box comes: below the last one, in the next column, on the next slide."""

    def __init__(self, deck: Deck, heading: Heading, across: int) -> None:
        self._deck, self._heading, self._across = deck, heading, across
        self._count = 1
        self.column = across
        self.advance()

    @property
    def left(self) -> float:
        """The height that is left in the column."""
        return self._deck.template.content.bottom - self.y

    def advance(self) -> None:
        """Go on in the next column."""
        self.column += 1
        self.y = self._deck.template.content.y
        if self.column >= self._across:
            number = f" ({self._count})" if self._count > 1 else ""
            word = self._deck.labels["continued"] + number
            layout = self._deck.template.plain
            self.slide = self._deck.begin(layout, replace(self._heading, again=word))
            self._count += 1
            self.column = 0
