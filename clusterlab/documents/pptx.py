"""The PPTX exporter: an executed notebook as slides that people can change.

Titles, boxes, tables and drawings are PowerPoint's own; no text is a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from traitlets import Enum, default

from clusterlab.documents.blocks import (
    TextBlock,
    comparison_blocks,
    finding_blocks,
    markdown_blocks,
    record_blocks,
    table_blocks,
)
from clusterlab.documents.office_theme import chosen_colours
from clusterlab.documents.opc import Package
from clusterlab.documents.page import page_data
from clusterlab.documents.pptx_canvas import draw_canvas
from clusterlab.documents.pptx_drawing import image_blocks, picture_blocks
from clusterlab.documents.pptx_flow import Block, Deck, Heading, Shown
from clusterlab.documents.pptx_front import draw_contents, draw_cover, draw_inside, draw_section
from clusterlab.documents.pptx_template import Template, own_template, read_template
from clusterlab.documents.pptx_xml import Pen, Slide, notes_xml
from clusterlab.documents.proofing import proofing_language
from clusterlab.documents.reading import Document, Part, plain
from clusterlab.documents.templated import TemplatedExporter
from clusterlab.documents.texts import names, para, text_paras
from clusterlab.errors import N_, DocumentError, fill
from clusterlab.outputs.words import legend_lines, twin_lines
from clusterlab.workshop.look import SHAPES

_MAIN = "application/vnd.openxmlformats-officedocument.presentationml."
_PRESENTATION = "ppt/presentation.xml"
_FIRST_ID = 256  # of a slide, by the standard
_SECTION = 2


class HandoutPPTXExporter(TemplatedExporter):
    """Write an executed notebook as a presentation."""

    export_from_notebook = "Handout PowerPoint"
    output_mimetype = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    aspect = Enum(
        ["", *SHAPES],
        "",
        help="Shape of the slides, by default as the workshop has it; a template brings its own.",
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pptx"

    def draw(self, document: Document) -> tuple[bytes, dict[str, Any]]:
        """Draw a document's slides.

        Raises
        ------
        DocumentError
            Where the template cannot be read, or the document holds what its type does not
            promise.
        """
        template = self._template(document)
        package = template.package.copy()
        view = page_data(document, turned=False)
        pen = Pen(template.theme, proofing_language(view["language"]), view["direction"] == "rtl")
        deck = Deck(template, pen, dict(view["labels"]), _running(view))
        try:
            _draw(deck, view, package)
        except (KeyError, TypeError, AttributeError) as error:
            raise DocumentError(
                N_("The slides of “{title}” cannot be drawn: {reason}"),
                title=document.title,
                reason=f"{type(error).__name__}: {error}",
            ) from error
        _assemble(package, deck, template.notes_master)
        subject = names([view["context"]["cluster_name"], view["context"]["workshop"]])
        package.properties(title=document.title, subject=subject, language=view["language"])
        return package.to_bytes(), {}

    def _template(self, document: Document) -> Template:
        if not self.template:
            colours = chosen_colours(document.parts, self.colours)
            return own_template(self.aspect or _shape(document.parts), colours)
        return self.opened(read_template)


def _shape(parts: Iterable[Part]) -> str:
    """Give the shape of slides that a document's opening says; the usual one where it says none."""
    opening: Mapping[str, Any] = next(
        (p.data for p in parts if p.kind == "output" and p.data.get("type") == "title"), {}
    )
    said = opening.get("slides")
    return next((shape for shape in SHAPES if shape == said), SHAPES[0])


def _running(view: Mapping[str, Any], whose: str = "") -> dict[str, list[str]]:
    """Give what stands at the foot of a slide: whose it is, and of when."""
    context, labels = view["context"], view["labels"]
    version = fill(labels["version"], {"version": context["version"]}) if context["version"] else ""
    return {
        "ftr": [whose or context["cluster_name"], context["workshop"]],
        "dt": [context["date"], version],
    }


def _draw(deck: Deck, view: Mapping[str, Any], package: Package) -> None:
    """Draw all slides: cover, contents, then the document's parts in their order."""
    entries: list[tuple[str, Slide]] = []
    name = view["title"]
    draw_cover(deck, view, package)
    front = len(deck.slides)
    for part in view["parts"]:
        if part["kind"] == "output" and part["level"] == 1:
            continue  # the cover
        at = len(deck.slides)
        deck.running = _running(view, part["whose"])
        name = _part(deck, part, package, name)
        if len(deck.slides) > at:
            entries += [(entry["text"], deck.slides[at]) for entry in part["contents"][:1]]
            entries += _later(deck, part, at)
    draw_contents(deck, entries, front)
    draw_inside(deck)


def _later(deck: Deck, part: Mapping[str, Any], at: int) -> list[tuple[str, Slide]]:
    """Find the slides of further headings in the same cell of markdown."""
    found = []
    for entry in part["contents"][1:]:
        slide = next((s for s in deck.slides[at:] if s.title.startswith(entry["text"])), None)
        if slide:
            found.append((entry["text"], slide))
    return found


def _part(deck: Deck, part: Mapping[str, Any], package: Package, name: str) -> str:
    """Draw a part; give the title under which what follows stands."""
    data = part["data"]
    match part["kind"]:
        case "output":
            _output(deck, data, package)
            return str(data["title"])
        case "markdown":
            return _markdown(deck, data, name)
        case "picture":
            slide = deck.flow(Heading(name), list(image_blocks(data, name, package)))
            slide.outline.insert(1, data["alt"])
        case "text":
            paras = text_paras(data, "code", mono=True)
            if paras:
                deck.flow(Heading(name), [TextBlock(tuple(paras))])
        case "live":
            deck.flow(Heading(name), [TextBlock((para(deck.labels["live"]),))])
        case "error":
            lines = [para(deck.say("failed", cell=part["cell"]), bold=True), *text_paras(data)]
            deck.flow(Heading(name), [TextBlock(tuple(lines))])
    return name


def _output(deck: Deck, data: Mapping[str, Any], package: Package) -> None:
    heading = Heading(data["title"], data.get("subtitle", ""))
    blocks: list[Block]
    match data["type"]:
        case "title" | "section":
            draw_section(deck, data)
            return
        case "canvas":
            slide = draw_canvas(deck, data, heading)
            deck.shown.append(Shown(slide, heading.text, data["alt"]))
            return
        case "records":
            blocks = [*record_blocks(data, deck.labels)]
        case "table":
            blocks = [*table_blocks(data)]
        case "comparison":
            blocks = [*comparison_blocks(data, deck.labels)]
        case "findings":
            blocks = [*finding_blocks(data, deck.labels)]
        case "picture":
            blocks = list(picture_blocks(data, package))
        case _:  # an output of a later version
            blocks = [TextBlock(tuple(text_paras(data["alt"])))]
    slide = deck.flow(heading, blocks)
    slide.outline.insert(1, data["alt"])
    deck.shown.append(Shown(slide, heading.text, data["alt"]))
    if data["type"] == "picture":
        slide.outline += twin_lines(data)
        if signs := legend_lines(data):
            slide.outline += [f"{deck.labels['legend']}:", *signs]


def _markdown(deck: Deck, nodes: list[dict[str, Any]], name: str) -> str:
    """Draw markdown: headings of the first levels begin slides."""
    parts: list[tuple[str, list[dict[str, Any]]]] = [(name, [])]
    for node in nodes:
        if node["type"] == "heading" and node["level"] <= _SECTION + 1:
            parts.append((plain(node), []))
        elif node["type"] != "blank_line":
            parts[-1][1].append(node)
    for title, inside in parts[0 if parts[0][1] else 1 :]:
        if inside:
            slide = deck.flow(Heading(title or name), [*markdown_blocks(inside, title or name)])
            deck.shown.append(Shown(slide, title or name))
        else:
            draw_section(deck, {"title": title or name, "text": ""})
    return parts[-1][0] or name


def _assemble(package: Package, deck: Deck, notes_master: str) -> None:
    """Put the slides and their notes into the package."""
    parts = {id(slide): f"ppt/slides/slide{n}.xml" for n, slide in enumerate(deck.slides, 1)}
    ids = []
    for number, slide in enumerate(deck.slides, 1):
        part = package.add(parts[id(slide)], slide.xml(), f"{_MAIN}slide+xml")
        for kind, target in slide.links:
            if isinstance(target, Slide):
                package.relate(part, kind, parts[id(target)])
            else:
                package.relate(part, kind, target, external=kind == "hyperlink")
        package.relate(part, "slideLayout", slide.layout.part)
        notes = f"ppt/notesSlides/notesSlide{number}.xml"
        text = notes_xml(slide.outline, deck.pen.language)
        package.add(notes, text, f"{_MAIN}notesSlide+xml")
        package.relate(part, "notesSlide", notes)
        package.relate(notes, "notesMaster", notes_master)
        package.relate(notes, "slide", part)
        id_ = package.relate(_PRESENTATION, "slide", part)
        ids.append(f'<p:sldId id="{_FIRST_ID + number}" r:id="{id_}"/>')
    text = package.parts[_PRESENTATION].decode()
    package.parts[_PRESENTATION] = text.replace(
        "<p:sldIdLst/>", f"<p:sldIdLst>{''.join(ids)}</p:sldIdLst>", 1
    ).encode()
