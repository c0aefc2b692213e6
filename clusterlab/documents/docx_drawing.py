"""Pictures in text documents: as a group of native shapes, else as the file that they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clusterlab.documents.docx_template import DOCUMENT
from clusterlab.documents.docx_xml import Text
from clusterlab.documents.opc import emu, xml_text
from clusterlab.documents.raster_kinds import Raster, read_raster
from clusterlab.documents.vector import (
    Mark,
    Plan,
    Vector,
    read_vector,
    reads_from_right,
    text_side,
    text_size,
)

_MICROSOFT = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
# What Word calls colours of a theme.
_WORD_NAMES = {"tx1": "text1", "bg1": "background1", "accent1": "accent1", "accent2": "accent2"}
_SIDES = {"l": "left", "ctr": "center", "r": "right"}
#: Of the room on a page, what a picture may take in height.
_TALL = 0.82
_LARGEST = 1.15


def drawing(text: Text, svg: str, name: str, alt: str, room: tuple[float, float]) -> str:
    """Write an SVG picture as a run; "" where it cannot be drawn."""
    if vector := read_vector(svg):
        return _group(text, vector, name, alt, room)
    from clusterlab.documents.raster import from_svg  # noqa: PLC0415 - slow, and rarely needed

    found = from_svg(svg)
    return _file(text, found, name, alt, room, svg=svg) if found else ""


def image(text: Text, data: Mapping[str, Any], name: str, room: tuple[float, float]) -> str:
    """Write a picture that a cell of the notebook showed as a run; "" where it is none."""
    if data["mime"] == "image/svg+xml":
        return drawing(text, data["bytes"].decode(errors="replace"), name, data["alt"], room)
    found = read_raster(data["bytes"])
    return _file(text, found, name, data["alt"], room) if found else ""


def _share(width: float, height: float, room: tuple[float, float]) -> float:
    return min(room[0] / width, _TALL * room[1] / height, _LARGEST)


def _group(text: Text, vector: Vector, name: str, alt: str, room: tuple[float, float]) -> str:
    share = _share(vector.width, vector.height, room)
    width, height = vector.width * share, vector.height * share
    plan = Plan(text.template.theme, 0.0, 0.0, share, slack=0.6)
    size = f'cx="{emu(width)}" cy="{emu(height)}"'
    place = f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/>'
    body = "".join(_shape(text, mark, plan) for mark in vector.marks)
    graphic = (
        f'<a:graphic><a:graphicData uri="{_MICROSOFT}Group"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f"<wpg:grpSpPr><a:xfrm>{place}</a:xfrm></wpg:grpSpPr>{body}</wpg:wgp>"
        "</a:graphicData></a:graphic>"
    )
    inline = text.inline(graphic, width, height, name, alt)
    # Programs from before 2010 know no groups of shapes: for them it is said in words.
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wpg">{inline}</mc:Choice>'
        f"<mc:Fallback><w:t>{xml_text(alt)}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _shape(text: Text, mark: Mark, plan: Plan) -> str:
    number = text.next_id()
    head = f'<wps:cNvPr id="{number}" name="Shape {number}"/>'
    properties = f"<wps:spPr>{plan.properties(mark)}</wps:spPr>"
    if mark.kind != "text":
        kind = "<wps:cNvCnPr/>" if mark.kind == "line" else "<wps:cNvSpPr/>"
        return f"<wps:wsp>{head}{kind}{properties}<wps:bodyPr/></wps:wsp>"
    size = round(text_size(mark, plan.share) * 2)
    rtl = reads_from_right(mark)
    look = ("<w:b/><w:bCs/>" if mark.bold else "") + f"<w:color {_ink(plan, mark.fill)}/>"
    look += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' + ("<w:rtl/>" if rtl else "")
    shape = ("<w:bidi/>" if rtl else "") + (
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="{_SIDES[text_side(mark)]}"/>'
    )
    return (
        f'<wps:wsp>{head}<wps:cNvSpPr txBox="1"/>{properties}<wps:txbx><w:txbxContent>'
        f"<w:p><w:pPr>{shape}</w:pPr><w:r><w:rPr>{look}</w:rPr>"
        f'<w:t xml:space="preserve">{xml_text(mark.text)}</w:t></w:r></w:p>'
        '</w:txbxContent></wps:txbx><wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" '
        'anchor="ctr"/></wps:wsp>'
    )


def _ink(plan: Plan, colour: str) -> str:
    """Give the colour of a text: the theme's where it stands for one."""
    if not colour.startswith("#"):
        return 'w:val="auto"'
    if name := plan.themed(colour):
        value = plan.theme.colours[name].upper()
        return f'w:val="{value}" w:themeColor="{_WORD_NAMES[name]}"'
    return f'w:val="{colour[1:].upper()}"'


def _file(
    text: Text, found: Raster, name: str, alt: str, room: tuple[float, float], *, svg: str = ""
) -> str:
    share = min(_share(found.width, found.height, room), 1.0)
    width, height = found.width * share, found.height * share
    part = text.package.media("word", found.data, found.kind)
    embed = text.package.relate(DOCUMENT, "image", part)
    more = ""
    if svg:
        vector = text.package.media("word", svg.encode(errors="replace"), "svg")
        id_ = text.package.relate(DOCUMENT, "image", vector)
        more = (
            '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
            f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{id_}"/></a:ext></a:extLst>'
        )
    size = f'<a:ext cx="{emu(width)}" cy="{emu(height)}"/>'
    graphic = (
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="{xml_text(name)}" descr="{xml_text(alt)}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{embed}">{more}</a:blip><a:stretch>'
        f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>{size}'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic>"
    )
    return f"<w:r>{text.inline(graphic, width, height, name, alt)}</w:r>"


def logo(text: Text, found: Raster, name: str, room: tuple[float, float]) -> str:
    """Write a cluster's logo as a run."""
    return _file(text, found, "Logo", name, (room[0], room[1] / _TALL))
