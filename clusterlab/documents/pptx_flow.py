"""Laying things out on slides below each other; what does not fit goes on on a further slide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from clusterlab.documents.blocks import Row, TableBlock, TextBlock
from clusterlab.documents.measure import Ruler, Size
from clusterlab.documents.pptx_template import Area, Layout, Place, Template
from clusterlab.documents.pptx_xml import Pen, Slide
from clusterlab.documents.tables import divided, least_height, parted, row_height, squeezed
from clusterlab.documents.texts import Para, names, para, run
from clusterlab.documents.vector import Drawn

#: Distance between two things below each other, in points.
GAP = 10.0
_LEAST_TITLE = 12.0
# Fewest rows on the last slide of a table that needs several.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A drawing of native shapes, or a picture."""

    drawn: Drawn
    name: str
    alt: str


Block = TextBlock | TableBlock | DrawnBlock


@dataclass(frozen=True, slots=True)
class Heading:
    """What a slide is called: a title, perhaps of which topic, perhaps for how often again."""

    title: str
    more: str = ""
    again: str = ""

    @property
    def text(self) -> str:
        """The title on one line."""
        return " · ".join(filter(None, (self.title, self.more, self.again)))


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that the deck shows: its first slide, what it is called and what it says in short.

    Parameters
    ----------
    room
        Where the slide before a section has room to say what follows; ``None`` for the rest.
    """

    slide: Slide
    title: str
    alt: str = ""
    room: Area | None = None


@dataclass(slots=True)
class Deck:
    """Slides being drawn.

    Parameters
    ----------
    running
        What stands at the foot of the slides, by the type of its placeholder: whose they are, and
        of when.
    shown
        What there is on them, sections and what they hold, in its order.
    """

    template: Template
    pen: Pen
    labels: dict[str, str]
    running: Mapping[str, Sequence[str]]
    slides: list[Slide] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    _cuts: dict[tuple[tuple[str, ...], float, float], str] = field(default_factory=dict)

    @property
    def ruler(self) -> Ruler:
        """What measures text in the template's font."""
        return Ruler(self.template.theme.face)

    def begin(self, layout: Layout, heading: Heading, *, feet: bool = True) -> Slide:
        """Begin a slide with its title."""
        slide = Slide(layout, heading.text)
        slide.outline.append(heading.text)
        if layout.title:
            first, size = self._title(layout, heading)
            shape = self.pen.placeholder(slide, layout.title, "Title", [first], size)
            slide.shapes.append(shape)
        self.slides.append(slide)
        if feet:
            self._feet(slide)
        return slide

    def _title(self, layout: Layout, heading: Heading) -> tuple[Para, Size | None]:
        """Give a title's paragraph, in a smaller size where its placeholder is too small."""
        place = layout.title
        runs = [run(" ".join(heading.title.split()))]
        if rest := Heading(" ".join(heading.more.split()), again=heading.again).text.strip(" ·"):
            runs.append(run(f" · {rest}", tone="grey"))
        title = Para(tuple(runs))
        if place is None:
            return title, None
        ruler, full = Ruler(self.template.theme.head_face), place.size
        strong = Para(tuple(r._replace(bold=True) for r in runs))
        size = full
        while ruler.tall(strong, place.area.width, Size(size)) > place.area.height + 2:
            if size <= _LEAST_TITLE:
                head, rest_ = ruler.split([strong], place.area.width, place.area.height, Size(size))
                if rest_:
                    short = head[0].text.rstrip()[:-1] + "…"
                    title = para(short)
                break
            size = max(size - 2, _LEAST_TITLE)
        return title, None if size == full else Size(size)

    def _feet(self, slide: Slide) -> None:
        """Fill the layout's own places at the foot: date, whose it is, number."""
        for place in slide.layout.places:
            texts = tuple(self.running.get(place.type, ()))
            key = (texts, place.area.width, place.size)
            if (line := self._cuts.get(key)) is None:
                line = self._cuts[key] = self._cut(texts, place)
            if line:
                slide.feet.append(self.pen.foot(slide, place, line))
            elif place.type == "sldNum":
                slide.feet.append(_number(slide, place.name, self.pen.language))

    def _cut(self, texts: Sequence[str], place: Place) -> str:
        """Put texts on one line: the first alone where there is no room for all of them."""
        room = place.area.width - 14  # a placeholder's usual margins
        whole = names([" ".join(text.split()) for text in texts])
        if self.ruler.widest(whole, place.size) <= room:
            return whole
        text = " ".join(next(filter(None, texts), "").split())
        while len(text) > 1 and self.ruler.widest(text, place.size) > room:
            text = text[: len(text) * 9 // 10].rstrip(" …·") + "…"
        return text

    def say(self, key: str, **fields: object) -> str:
        """Give one of the document's words with its places filled."""
        text = self.labels[key]
        for name, value in fields.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    # ---- flowing ----

    def flow(self, heading: Heading, blocks: Sequence[Block]) -> Slide:
        """Lay blocks out below each other on as many slides as they need; give the first."""
        return _Flow(self, heading).run(blocks)


@dataclass(slots=True)
class _Flow:
    """One run of slides."""

    deck: Deck
    heading: Heading
    count: int = 0
    slide: Slide = field(init=False)
    y: float = 0.0

    @property
    def _area(self) -> Area:
        return self.deck.template.content

    @property
    def _room(self) -> float:
        return self._area.bottom - self.y

    @property
    def _fresh(self) -> bool:
        return self.y <= self._area.y

    def run(self, blocks: Sequence[Block]) -> Slide:
        first = self._next()
        for block in blocks:
            match block:
                case TextBlock():
                    self._text(block)
                case TableBlock():
                    room = max(self._room, 0.0)
                    if block.together and not self._fresh:
                        here = least_height(block, self._area.width, self.deck.ruler) <= room
                        room = room if here else self._area.height
                    for part in parted(block, self._area.width, room, self.deck.ruler):
                        self._table(squeezed(part, self._area.width, room, self.deck.ruler))
                case DrawnBlock():
                    self._drawn(block)
        return first

    def _next(self) -> Slide:
        self.count += 1
        again = ""
        if self.count > 1:
            number = f" ({self.count - 1})" if self.count > 2 else ""  # noqa: PLR2004 - the third
            again = self.deck.labels["continued"] + number
        heading = replace(self.heading, again=again)
        self.slide = self.deck.begin(self.deck.template.plain, heading)
        self.y = self._area.y
        return self.slide

    def _text(self, block: TextBlock) -> None:
        rest = list(block.paras)
        width, size, ruler = self._area.width, block.size, self.deck.ruler
        line = size.text * ruler.face.line
        while rest:
            short = min(ruler.tall(rest[0], width, size), self._area.height / 3)
            if self._room < max(2 * line, short) and not self._fresh:
                self._next()
            head, rest = ruler.split(rest, width, self._room, size)
            height = ruler.height(head, width, size)
            area = Area(self._area.x, self.y, width, height + 1)
            self.deck.pen.box(self.slide, area, "Text", head, size)
            self.slide.outline += [one.words for one in head]
            self.y += height + GAP
            if rest:
                self._next()

    def _table(self, block: TableBlock) -> None:
        widths = [share * self._area.width / sum(block.shares) for share in block.shares]
        ruler, size = self.deck.ruler, block.size

        def tall(row: Row) -> float:
            return row_height(row, widths, block, size, ruler)

        rest, head = list(block.rows), [block.header] if block.header else []
        needed = [*block.heights] or [tall(row) for row in (*head, *rest)]
        top = needed.pop(0) if head else 0.0
        full = self._area.height
        self._make_room(block, top, needed)
        while rest:
            done: list[tuple[float, Row]] = []
            used = top
            while rest and used + needed[0] <= self._room:
                used += needed[0]
                done.append((needed.pop(0), rest.pop(0)))
            if rest and (not done or self._room - used > full / 3) and needed[0] > full / 3:
                # A row that takes much of a slide is divided instead of leaving a gap.
                first, left = divided(rest[0], widths, self._room - used, ruler, size)
                if (height := tall(first)) <= self._room - used or not done:
                    done.append((height, first))
                    used += height
                    rest[0], needed[0] = left, tall(left)
                    if not any(left):
                        rest.pop(0)
                        needed.pop(0)
            elif back := _back(done, needed, full - top):
                needed[:0], rest[:0] = ([*part] for part in zip(*done[-back:], strict=True))
                used -= sum(height for height, _ in done[-back:])
                del done[-back:]
            self._draw_table(block, widths, [(top, row) for row in head], done)
            self.y += used + GAP
            if rest:
                self._next()

    def _make_room(self, block: TableBlock, top: float, needed: Sequence[float]) -> None:
        """Go to the next slide where a table should not begin on this one."""
        whole = top + sum(needed)
        if not self._fresh and (
            (block.together and self._room < whole <= self._area.height)
            or top + min(needed[:1] or [0.0]) > self._room
        ):
            self._next()

    def _draw_table(
        self,
        block: TableBlock,
        widths: Sequence[float],
        header: list[tuple[float, Row]],
        done: list[tuple[float, Row]],
    ) -> None:
        rows = [*header, *done]
        self.deck.pen.table(self.slide, (self._area.x, self.y), block, widths, rows)
        for _, row in rows:
            cells = [" / ".join(one.words for one in cell) for cell in row]
            self.slide.outline.append(" | ".join(filter(str.strip, cells)))

    def _drawn(self, block: DrawnBlock) -> None:
        drawn = block.drawn
        share = min(self._area.width / drawn.width, self._room / drawn.height, 1.6)
        if not self._fresh and share * drawn.height < 0.75 * self._area.height:
            alone = min(self._area.width / drawn.width, self._area.height / drawn.height, 1.6)
            if alone > 1.15 * share:
                self._next()
                share = alone
        width, height = drawn.width * share, drawn.height * share
        x = self._area.x + (self._area.width - width) / 2
        area = Area(x, self.y, width, height)
        self.slide.shapes.append(drawn.draw(self.slide, area, block.name, block.alt, self.deck.pen))
        self.y += height + GAP


def _back(done: Sequence[tuple[float, Row]], left: Sequence[float], room: float) -> int:
    """Count the rows that go on to the next slide with a few that would stand there alone.

    Parameters
    ----------
    done, left
        Rows that a slide has room for, and the heights of all others.
    room
        The room on the next one.
    """
    lack = _FEWEST - len(left)
    if not 0 < lack < _FEWEST or len(done) - lack < _FEWEST:
        return 0
    return lack if sum(left) + sum(height for height, _ in done[-lack:]) <= room else 0


def _number(slide: Slide, name: str, language: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{slide.next_id()}" name="Slide number"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{name}/></p:nvPr></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p>"
        '<a:fld id="{5B0E1C2A-6F0D-4E2B-9C3A-1D2E3F405162}" type="slidenum">'
        f'<a:rPr lang="{language}"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>'
    )
