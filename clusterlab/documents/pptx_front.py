"""The first slides: cover, what is in the deck, and the slides between its sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from clusterlab.documents.blocks import TableBlock, TextBlock, cell
from clusterlab.documents.measure import Ruler, Size
from clusterlab.documents.opc import Package, emu, xml_text
from clusterlab.documents.pptx_drawing import DrawnFile
from clusterlab.documents.pptx_flow import Deck, Heading, Shown
from clusterlab.documents.pptx_template import Area, Layout, Place
from clusterlab.documents.pptx_xml import Slide, fill
from clusterlab.documents.texts import Para, names, para, run, text_paras
from clusterlab.outputs.words import LABELS

_LINE = 25.0  # height of an entry of the contents
_ENTRY = 14.0
# What is said below an entry: its size and height; and what parts a section's text from them.
_SHORT, _ABOUT, _BELOW = 12.0, 17.0, 16.0
_LOGO = (170.0, 64.0)


def draw_cover(deck: Deck, view: Mapping[str, Any], package: Package) -> None:
    """Draw the cover, and a slide with what is known of the cluster."""
    opening: Mapping[str, Any] = next(
        (p["data"] for p in view["parts"] if p["kind"] == "output" and p["level"] == 1), {}
    )
    layout = deck.template.cover
    slide = deck.begin(layout, Heading(view["title"]), feet=False)
    context = view["context"]
    subtitle = opening.get("subtitle") or context["cluster_name"]
    lines = [Para((run(subtitle, bold=True),))] if subtitle else []
    lines += [
        Para((run(text),)) for text in (context["workshop"], names(deck.running["dt"])) if text
    ]
    lines += _saved(deck, view)
    if layout.text and lines:
        _fitted(deck, slide, layout.text, "Subtitle", lines)
    slide.outline += [one.text for one in lines]
    if opening.get("logo"):
        _logo(deck, slide, opening, package)
    paras = text_paras(opening.get("text", ""))
    facts = opening.get("facts", ())
    if not paras and not facts:
        return
    blocks: list[TextBlock | TableBlock] = [TextBlock(tuple(paras))] if paras else []
    if facts:
        rows = tuple(
            [
                cell(fact["label"], bold=True),
                [*cell(fact["value"]), *(_note(fact["note"]) if fact["note"] else [])],
            ]
            for fact in facts
        )
        alt = f"{subtitle or view['title']}: " + ", ".join(fact["label"] for fact in facts)
        blocks.append(TableBlock(subtitle, alt, (1.0, 2.4), rows, size=Size(13.0)))
    deck.flow(Heading(subtitle or view["title"]), blocks)


def _note(text: str) -> list[Para]:
    return [Para((run(text, italic=True, tone="grey"),), "small")]


def _saved(deck: Deck, view: Mapping[str, Any]) -> list[Para]:
    """Say of when the document is, where it could not be drawn as its workshop stands now."""
    saved = view["saved"]
    if saved is None:
        return []
    if not saved.date:
        return [Para((run(deck.labels["as_saved"], italic=True),))]
    key = "as_of" if saved.whole else "as_of_parts"
    return [Para((run(deck.say(key, date=saved.date), italic=True),))]


def _fitted(deck: Deck, slide: Slide, place: Place, name: str, paras: Sequence[Para]) -> None:
    """Fill a placeholder in the largest size in which the text fits."""
    ruler = Ruler(deck.template.theme.face)
    size = min(place.size, 20.0)
    while size > 10 and ruler.height(paras, place.area.width, Size(size)) > place.area.height:  # noqa: PLR2004 - points
        size -= 1
    fitting, _ = ruler.split(list(paras), place.area.width, place.area.height, Size(size))
    slide.shapes.append(deck.pen.placeholder(slide, place, name, fitting, Size(size)))


def _logo(deck: Deck, slide: Slide, opening: Mapping[str, Any], package: Package) -> None:
    """Put the cluster's logo into the free corner at the right foot of the cover."""
    found = logo_file(opening["logo"], package)
    if found is None:
        return
    share = min(_LOGO[0] / found.width, _LOGO[1] / found.height)
    width, height = found.width * share, found.height * share
    template = deck.template
    x = template.width - 40 - width if not deck.pen.rtl else 40
    area = Area(x, template.height - 40 - height, width, height)
    name = opening.get("subtitle") or opening["title"]
    slide.shapes.append(found.draw(slide, area, "Logo", name, deck.pen))


def logo_file(logo: str, package: Package) -> DrawnFile | None:
    """Add a logo that an opening carries as a data address to a package."""
    from clusterlab.documents.raster import from_address  # noqa: PLC0415 - rarely needed

    found = from_address(logo)
    if found is None:
        return None
    return DrawnFile(found.width, found.height, package.media("ppt", found.data, found.kind))


def draw_section(deck: Deck, data: Mapping[str, Any]) -> Slide:
    """Draw the slide before a section, with what it is about; one with facts is these alone."""
    if data.get("facts"):
        slide = _facts(deck, data)
        deck.shown.append(Shown(slide, data["title"], room=Area(0, 0, 0, 0)))
        return slide
    layout = deck.template.section
    slide = deck.begin(layout, Heading(data["title"], data.get("subtitle", "")))
    paras = text_paras(data.get("text", ""))
    if paras and layout.text:
        _fitted(deck, slide, layout.text, "Text", paras)
    slide.outline += [one.text for one in paras]
    deck.shown.append(Shown(slide, data["title"], room=_left(deck, layout, paras)))
    return slide


def _facts(deck: Deck, data: Mapping[str, Any]) -> Slide:
    rows = tuple(
        [
            cell(fact["label"], bold=True),
            [*cell(fact["value"]), *(_note(fact["note"]) if fact["note"] else [])],
        ]
        for fact in data["facts"]
    )
    alt = ", ".join(fact["label"] for fact in data["facts"])
    table = TableBlock(data["title"], alt, (1.0, 2.4), rows, size=Size(13.0))
    paras = text_paras(data.get("text", ""), tone="grey")
    above = [TextBlock(tuple(paras))] if paras else []
    return deck.flow(Heading(data["title"], data.get("subtitle", "")), [*above, table])


def _left(deck: Deck, layout: Layout, paras: Sequence[Para]) -> Area:
    """Give the room that a section's slide has below its text; none where its title is there."""
    title, text, ruler = layout.title, layout.text, deck.ruler
    if not text or (title and title.area.y > text.area.y):
        return Area(0, 0, 0, 0)
    size = Size(min(text.size, 20.0))
    top = text.area.y + (ruler.height(paras, text.area.width, size) + _BELOW if paras else 0)
    bottom = max(text.area.bottom, deck.template.content.bottom)
    return Area(text.area.x, top, text.area.width, bottom - top)


def draw_inside(deck: Deck) -> None:
    """Say on the slide before each section what it holds: with links, and each in short."""
    numbers = {id(slide): number for number, slide in enumerate(deck.slides, 1)}
    starts = [i for i, one in enumerate(deck.shown) if one.room]
    for start, end in pairwise([*starts, len(deck.shown)]):
        section, held = deck.shown[start], deck.shown[start + 1 : end]
        area = section.room
        if not held or area is None or area.height < _LINE:
            continue
        whole = len(held) * (_LINE + _ABOUT) <= area.height
        most = len(held) if whole else int(area.height / _LINE)
        cut = len(held) > most
        shown = held[: most - 1] if cut else held
        lines = [
            _entry(deck, section.slide, one, numbers[id(one.slide)], area.width)
            + (_about(deck, one, area.width) if whole and _words(one) not in said else "")
            for one, said in zip(shown, ["", *map(_words, shown)], strict=False)
        ]
        if cut:
            more = para(deck.say("more", count=len(held) - len(shown)), tone="grey")
            lines.append(deck.pen.para(section.slide, more, Size(_SHORT)))
        section.slide.outline += [one.title for one in held]
        name = deck.labels.get("contents", LABELS["contents"])
        deck.pen.written_box(section.slide, area, name, "".join(lines))


def _words(one: Shown) -> str:
    """Give what something says without its name, with which many begin."""
    text = " ".join(one.alt.split())
    for name in (one.title, one.title.partition(" · ")[0]):
        text = text.removeprefix(f"{name}. ")
    return text


def _about(deck: Deck, one: Shown, width: float) -> str:
    """Write on a line what something says, without the name that stands above."""
    text = _words(one)
    while len(text) > 1 and deck.ruler.widest(text, _SHORT) > width - 60:
        text = text[: len(text) * 9 // 10].rstrip(" …") + "…"
    rtl = ' rtl="1" algn="r"' if deck.pen.rtl else ""
    ink = fill(deck.template.theme.tone("grey"))
    return (
        f'<a:p><a:pPr{rtl}><a:buNone/></a:pPr><a:r><a:rPr lang="{deck.pen.language}" '
        f'sz="{round(_SHORT * 100)}">{ink}</a:rPr><a:t>{xml_text(text)}</a:t></a:r></a:p>'
    )


def draw_contents(deck: Deck, entries: Sequence[tuple[str, Slide]], at: int) -> None:
    """Draw what the deck holds, with links, and put it behind the cover."""
    if len(entries) < 2:  # noqa: PLR2004 - one entry needs no list
        return
    content = deck.template.content
    per_slide = max(int(content.height / _LINE), 1)
    pages = [entries[i : i + per_slide] for i in range(0, len(entries), per_slide)]
    body, deck.slides = deck.slides, []
    title = deck.labels.get("contents", LABELS["contents"])
    for number, _ in enumerate(pages, 1):
        again = deck.labels["continued"] if number > 1 else ""
        deck.begin(deck.template.plain, Heading(title, again=again))
    made = deck.slides
    deck.slides = [*body[:at], *made, *body[at:]]
    places = {id(slide): number for number, slide in enumerate(deck.slides, 1)}
    for slide, page in zip(made, pages, strict=True):
        lines = "".join(
            _entry(deck, slide, Shown(target, text), places[id(target)], content.width)
            for text, target in page
        )
        area = Area(content.x, content.y, content.width, len(page) * _LINE)
        slide.outline += [text for text, _ in page]
        deck.pen.written_box(slide, area, title, lines)


def _entry(deck: Deck, slide: Slide, one: Shown, number: int, width: float) -> str:
    """Write an entry that leads to its slide, with the slide's number at the far end."""
    pen, ruler = deck.pen, deck.ruler
    title = " ".join(one.title.split())
    while len(title) > 1 and ruler.widest(title, _ENTRY) > width - 60:
        title = title[: len(title) * 9 // 10].rstrip(" …") + "…"
    id_ = slide.link("slide", one.slide)
    sized = f'lang="{pen.language}" sz="{round(_ENTRY * 100)}"'
    click = f'<a:hlinkClick r:id="{id_}" action="ppaction://hlinksldjump"/>'
    ink = fill("tx1")
    rtl = ' rtl="1" algn="r"' if pen.rtl else ""
    return (
        f'<a:p><a:pPr{rtl}><a:spcBef><a:spcPts val="600"/></a:spcBef><a:buNone/>'
        f'<a:tabLst><a:tab pos="{emu(width)}" algn="r"/></a:tabLst></a:pPr>'
        f"<a:r><a:rPr {sized}>{ink}{click}</a:rPr><a:t>{xml_text(title)}</a:t></a:r>"
        f"<a:r><a:rPr {sized}>{ink}</a:rPr><a:t>\t{number}</a:t></a:r></a:p>"
    )
