"""The first slides: cover, what is in the deck, and the slides between its sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterlab.documents.blocks import TableBlock, TextBlock, cell
from clusterlab.documents.measure import Ruler, Size
from clusterlab.documents.opc import Package, emu, xml_text
from clusterlab.documents.pptx_drawing import DrawnFile
from clusterlab.documents.pptx_flow import Deck, Heading
from clusterlab.documents.pptx_template import Area, Place
from clusterlab.documents.pptx_xml import Slide, fill
from clusterlab.documents.texts import Para, names, run, text_paras
from clusterlab.outputs.words import LABELS

_LINE = 25.0  # height of an entry of the contents
_ENTRY = 14.0
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
    slide.shapes.append(found.draw(slide, area, "Logo", f"Logo: {name}", deck.pen))


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
        return _facts(deck, data)
    layout = deck.template.section
    slide = deck.begin(layout, Heading(data["title"], data.get("subtitle", "")))
    paras = text_paras(data.get("text", ""))
    if paras and layout.text:
        _fitted(deck, slide, layout.text, "Text", paras)
    slide.outline += [one.text for one in paras]
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
            _entry(deck, slide, text, target, places[id(target)]) for text, target in page
        )
        area = Area(content.x, content.y, content.width, len(page) * _LINE)
        slide.outline += [text for text, _ in page]
        deck.pen.written_box(slide, area, title, lines)


def _entry(deck: Deck, slide: Slide, text: str, target: Slide, number: int) -> str:
    """Write an entry that leads to its slide, with the slide's number at the far end."""
    width = deck.template.content.width
    pen, ruler = deck.pen, deck.ruler
    title = " ".join(text.split())
    while len(title) > 1 and ruler.widest(title, _ENTRY) > width - 60:
        title = title[: len(title) * 9 // 10].rstrip(" …") + "…"
    id_ = slide.link("slide", target)
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
