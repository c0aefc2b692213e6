"""Pictures on slides: as a group of native shapes, else as the file that they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clusterlab.documents.blocks import SMALL, TextBlock
from clusterlab.documents.labels import label_factors
from clusterlab.documents.opc import Package, emu, xml_text
from clusterlab.documents.pptx_flow import Block, DrawnBlock
from clusterlab.documents.pptx_template import Area
from clusterlab.documents.pptx_xml import Pen, Slide
from clusterlab.documents.raster_kinds import read_raster
from clusterlab.documents.texts import footnote_paras, para
from clusterlab.documents.vector import (
    Drawn,
    Mark,
    Plan,
    Vector,
    alike,
    read_vector,
    reads_from_right,
    text_side,
    text_size,
)
from clusterlab.outputs.words import picture_alts

_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


@dataclass(frozen=True, slots=True)
class DrawnVector:
    """A picture of the package's own, as native shapes."""

    vector: Vector

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.vector.width

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.vector.height

    def draw(self, slide: Slide, area: Area, name: str, alt: str, pen: Pen) -> str:
        """Write a group of shapes that says as a whole what it shows."""
        share = area.width / self.width
        larger = label_factors(self.vector, share)
        plan = Plan(pen.theme, area.x, area.y, share, larger=larger)
        place = f'<a:off x="{emu(area.x)}" y="{emu(area.y)}"/>'
        place += f'<a:ext cx="{emu(area.width)}" cy="{emu(area.height)}"/>'
        child = place.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
        head = f'<p:cNvPr id="{slide.next_id()}" name="{xml_text(name)}" descr="{xml_text(alt)}"/>'
        marks = self.vector.marks
        if pen.theme.dark:  # its colours are made for white paper
            corner = (self.width, self.height)
            marks = (Mark("rect", ((0, 0), corner), fill="#ffffff"), *marks)
        body = "".join(_shape(slide, mark, plan, pen) for mark in marks)
        return (
            f"<p:grpSp><p:nvGrpSpPr>{head}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{place}{child}</a:xfrm></p:grpSpPr>{body}</p:grpSp>"
        )


def _shape(slide: Slide, mark: Mark, plan: Plan, pen: Pen) -> str:
    number = slide.next_id()
    inner = plan.properties(mark)
    if mark.kind == "line":
        return (
            f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="Line {number}"/><p:cNvCxnSpPr/>'
            f"<p:nvPr/></p:nvCxnSpPr><p:spPr>{inner}</p:spPr></p:cxnSp>"
        )
    head = (
        f'<p:nvSpPr><p:cNvPr id="{number}" name="Shape {number}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
    )
    if mark.kind != "text":
        body = f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{pen.language}"/></a:p>'
        return f"<p:sp>{head}<p:spPr>{inner}</p:spPr>{body}</p:txBody></p:sp>"
    bold = ' b="1"' if mark.bold else ""
    rtl = ' rtl="1"' if reads_from_right(mark) else ""
    ink = f"<a:solidFill>{plan.colour(mark.fill)}</a:solidFill>"
    size = round(text_size(mark, plan.share * plan.larger.get(alike(mark), 1.0)) * 100)
    head = head.replace("<p:cNvSpPr/>", '<p:cNvSpPr txBox="1"/>')
    return (
        f"<p:sp>{head}<p:spPr>{inner}</p:spPr><p:txBody>"
        '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="{text_side(mark)}"{rtl}/><a:r>'
        f'<a:rPr lang="{pen.language}" sz="{size}"{bold}>{ink}</a:rPr>'
        f"<a:t>{xml_text(mark.text)}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A picture as a file; beside an SVG lies the same as pixels, for programs that need it."""

    width: float
    height: float
    image: str
    svg: str = ""

    def draw(self, slide: Slide, area: Area, name: str, alt: str, pen: Pen) -> str:
        """Write a picture that refers to its file."""
        del pen
        more = ""
        if self.svg:
            id_ = slide.link("image", self.svg)
            more = (
                '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
                f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{id_}"/></a:ext></a:extLst>'
            )
        embed = slide.link("image", self.image)
        place = f'<a:off x="{emu(area.x)}" y="{emu(area.y)}"/>'
        place += f'<a:ext cx="{emu(area.width)}" cy="{emu(area.height)}"/>'
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{slide.next_id()}" name="{xml_text(name)}" '
            f'descr="{xml_text(alt)}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>'
            f'<p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{embed}">{more}</a:blip>'
            "<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>"
            f'<a:xfrm>{place}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</p:spPr></p:pic>"
        )


def picture_blocks(data: Mapping[str, Any], package: Package) -> Iterator[Block]:
    """Give a picture's drawings."""
    if notes := footnote_paras(data):
        yield TextBlock(tuple(notes), SMALL)
    for svg, alt in zip((data["svg"], *data.get("more", ())), picture_alts(data), strict=True):
        yield from drawn(svg, data["title"], alt, package)


def drawn(svg: str, name: str, alt: str, package: Package) -> Iterator[Block]:
    """Give an SVG picture: as shapes, else as a file, else in the words that stand for it."""
    if vector := read_vector(svg):
        yield DrawnBlock(DrawnVector(vector), name, alt)
    elif found := svg_file(svg, package):
        yield DrawnBlock(found, name, alt)
    else:
        yield TextBlock((para(alt),))


def svg_file(svg: str, package: Package) -> Drawn | None:
    """Add an SVG picture to a package, and the same as pixels."""
    from clusterlab.documents.raster import from_svg  # noqa: PLC0415 - slow, and rarely needed

    found = from_svg(svg)
    if found is None:
        return None
    image = package.media("ppt", found.data, found.kind)
    vector = package.media("ppt", svg.encode(errors="replace"), "svg")
    return DrawnFile(found.width, found.height, image, vector)


def image_blocks(data: Mapping[str, Any], name: str, package: Package) -> Iterator[Block]:
    """Give a picture that a cell of the notebook showed."""
    if data["mime"] == "image/svg+xml":
        yield from drawn(data["bytes"].decode(errors="replace"), name, data["alt"], package)
        return
    if found := read_raster(data["bytes"]):
        image = package.media("ppt", found.data, found.kind)
        yield DrawnBlock(DrawnFile(found.width, found.height, image), name, data["alt"])
    else:
        yield TextBlock((para(data["alt"]),))
