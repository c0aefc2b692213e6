"""Slides as PresentationML: native shapes, text and tables, written as text.

Written by hand, not by a library's objects: a deck is drawn in a few milliseconds, and the same
content is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from clusterlab.documents.blocks import Row, TableBlock
from clusterlab.documents.measure import Size
from clusterlab.documents.office_theme import Theme
from clusterlab.documents.opc import DRAWING, HEAD, emu, xml_text
from clusterlab.documents.pptx_template import Area, Layout, Place
from clusterlab.documents.tables import CELL_X, CELL_Y
from clusterlab.documents.texts import Para, Run, from_right
from clusterlab.outputs.words import language_tag

_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/>'
    '<a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
#: Space around the text of boxes, in points.
INSET = 7.0


@dataclass(slots=True)
class Slide:
    """A slide being drawn.

    Parameters
    ----------
    title
        What it is called, also in the list of contents.
    shapes
        In reading order.
    links
        What its shapes refer to: kind, and a part, a slide or an address.
    outline
        What it says, line by line, for its notes page.
    feet
        Shapes that come last in reading order.
    """

    layout: Layout
    title: str = ""
    shapes: list[str] = field(default_factory=list)
    links: list[tuple[str, str | Slide]] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    ids: int = 1

    def next_id(self) -> int:
        """Give an id for a shape."""
        self.ids += 1
        return self.ids

    def link(self, kind: str, target: str | Slide) -> str:
        """Refer to something; give the reference's id."""
        for number, known in enumerate(self.links, 1):
            # Slides are compared by what they are, not by what is on them.
            same = known[1] == target if isinstance(target, str) else known[1] is target
            if known[0] == kind and same:
                return f"rId{number}"
        self.links.append((kind, target))
        return f"rId{len(self.links)}"

    def xml(self) -> str:
        """Write the slide's part."""
        body = "".join([*self.shapes, *self.feet])
        return (
            f"{HEAD}<p:sld {DRAWING} {_P}><p:cSld><p:spTree>{_TREE}{body}</p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes text in a template's colours and a document's language.

    Parameters
    ----------
    language
        Tag for spell checkers.
    rtl
        Whether the document reads from the right.
    """

    theme: Theme
    language: str
    rtl: bool = False
    _known: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)

    def paras(
        self, slide: Slide, paras: Iterable[Para], size: Size | None, *, tinted: bool = False
    ) -> str:
        """Write paragraphs; without a size they have their placeholder's."""
        written = [
            self.para(slide, one, size, first=i == 0, tinted=tinted) for i, one in enumerate(paras)
        ]
        return "".join(written) or f'<a:p><a:endParaRPr lang="{self.language}"/></a:p>'

    def para(
        self,
        slide: Slide,
        para: Para,
        size: Size | None,
        *,
        first: bool = False,
        tinted: bool = False,
    ) -> str:
        """Write a paragraph."""
        own = size.of(para) if size else 0.0
        marked = para.kind in {"note", "list"} and bool(para.marker)
        runs = ""
        if marked:
            tone = para.tone if para.tone != "ink" else "development"
            runs = self.run(slide, Run(para.marker, bold=True, tone=tone), own, tinted=tinted)
            runs += f'<a:r><a:rPr lang="{self.language}"{_sized(own)}/><a:t>\t</a:t></a:r>'
        strong = para.kind in {"heading", "label"}
        for one in para.runs:
            runs += self.run(slide, one, own, tinted=tinted, bold=strong)
        end = f'<a:endParaRPr lang="{self.language}"{_sized(own)}/>' if not runs else ""
        return f"<a:p>{self._shape(para, size, first=first)}{runs}{end}</a:p>"

    def _shape(self, para: Para, size: Size | None, *, first: bool) -> str:
        rtl = from_right(para.text) if para.text.strip() else self.rtl
        key = (para.kind, para.level, size, first, rtl)
        if (known := self._known.get(key)) is None:
            known = self._known[key] = self._shaped(para, size, first=first, rtl=rtl)
        return known

    def _shaped(self, para: Para, size: Size | None, *, first: bool, rtl: bool) -> str:
        # Some programs take the direction from the language where nothing says it.
        attributes = f' rtl="{int(rtl)}"' if rtl or self.rtl else ""
        attributes += ' algn="r"' if rtl else ""
        if size is None:
            return f"<a:pPr{attributes}/>" if attributes else ""
        indent = size.indent(para)
        hang = size.indent(Para((), "list")) if para.kind == "list" else indent
        hang = hang if para.kind in {"note", "list"} else 0.0
        attributes = f' marL="{emu(indent)}" indent="{-emu(hang)}"{attributes}'
        before = 0.0 if first else size.before(para)
        space = f'<a:spcBef><a:spcPts val="{round(before * 100)}"/></a:spcBef>'
        return f"<a:pPr{attributes}>{space}<a:buNone/></a:pPr>"

    def run(
        self, slide: Slide, run: Run, size: float, *, tinted: bool = False, bold: bool = False
    ) -> str:
        """Write a run; its line breaks are breaks of the line."""
        strong = run.bold or bold
        key = (strong, run.italic, run.strike, run.mono, run.tone, run.language, size, tinted)
        if (look := self._known.get(key)) is None:
            look = self._known[key] = self._look(run, size, tinted=tinted, bold=strong)
        if run.link:
            click = f'<a:hlinkClick r:id="{slide.link("hyperlink", run.link)}"/>'
            look = look.replace("</a:rPr>", f"{click}</a:rPr>")
        text = xml_text(run.text)
        if "\n" not in text:
            return f"<a:r>{look}<a:t>{text}</a:t></a:r>" if text else ""
        pieces = [
            f"<a:r>{look}<a:t>{line}</a:t></a:r>" if line else "" for line in text.split("\n")
        ]
        return f"<a:br>{look}</a:br>".join(pieces)

    def _look(self, run: Run, size: float, *, tinted: bool, bold: bool) -> str:
        """Write the properties of a run, but for where it leads to."""
        language = language_tag(run.language) or self.language
        attributes = f'lang="{language}"{_sized(size)}'
        attributes += ' b="1"' if bold else ""
        attributes += ' i="1"' if run.italic else ""
        attributes += ' strike="sngStrike"' if run.strike else ""
        colour = self.theme.on_tint(run.tone) if tinted else self.theme.tone(run.tone)
        inner = fill(colour) if size or run.tone != "ink" else ""
        if run.mono:
            inner += '<a:latin typeface="Courier New"/><a:cs typeface="Courier New"/>'
        return f"<a:rPr {attributes}>{inner}</a:rPr>"

    # ---- shapes ----

    def placeholder(
        self,
        slide: Slide,
        place: Place,
        name: str,
        paras: Sequence[Para],
        size: Size | None = None,
    ) -> str:
        """Write into a placeholder of the slide's layout; without a size as the layout has it."""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{slide.next_id()}" name="{xml_text(name)}"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr><p:ph{place.name}/></p:nvPr></p:nvSpPr>"
            "<p:spPr/>"
            f"<p:txBody><a:bodyPr/><a:lstStyle/>{self.paras(slide, paras, size)}</p:txBody></p:sp>"
        )

    def foot(self, slide: Slide, place: Place, text: str) -> str:
        """Write a line at the foot of a slide; some programs look up no style for it."""
        align = f' algn="{place.align}"' if place.align else ""
        ink = fill(self.theme.tone("grey"))
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{slide.next_id()}" name="{_FEET[place.type]}"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr><p:ph{place.name}/></p:nvPr></p:nvSpPr><p:spPr/>"
            f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr{align}/>"
            f'<a:r><a:rPr lang="{self.language}"{_sized(place.size)}>{ink}'
            f'<a:latin typeface="+mn-lt"/></a:rPr><a:t>{xml_text(text)}</a:t></a:r></a:p>'
            "</p:txBody></p:sp>"
        )

    def box(
        self,
        slide: Slide,
        area: Area,
        name: str,
        paras: Sequence[Para],
        size: Size,
        *,
        look: str = "",
        inset: float = 0.0,
        tinted: bool = False,
    ) -> None:
        """Draw a box of text that people can write in: it shrinks what they add."""
        written = self.paras(slide, paras, size, tinted=tinted)
        self.written_box(slide, area, name, written, look=look, inset=inset)

    def written_box(
        self,
        slide: Slide,
        area: Area,
        name: str,
        paras: str,
        *,
        look: str = "",
        inset: float = 0.0,
    ) -> None:
        """Draw a box of paragraphs that are written already."""
        kind = "" if look else ' txBox="1"'
        sides = " ".join(f'{side}Ins="{emu(inset)}"' for side in "ltrb")
        slide.shapes.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{slide.next_id()}" name="{xml_text(name)}"/>'
            f"<p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr>"
            f'<p:spPr>{frame(area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"{look or '<a:noFill/>'}</p:spPr>"
            f'<p:txBody><a:bodyPr wrap="square" {sides} anchor="t"><a:normAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{paras}</p:txBody></p:sp>"
        )

    def look(self, accent: str) -> str:
        """Give fill and border of a box in the colour of its group, which the line says, too."""
        colour = {"development": "accent1", "financing": "accent2"}.get(accent, "tx2")
        dash = '<a:prstDash val="dash"/>' if accent == "financing" else ""
        border = f'<a:ln w="{emu(1.1)}">{fill(colour)}{dash}</a:ln>'
        return f"{self.tint(colour)}{border}"

    def tint(self, colour: str) -> str:
        """Give a fill so light that text can be read on it; none where no fill is."""
        if not self.theme.tints:
            return "<a:noFill/>"
        lighter = '<a:satMod val="45000"/><a:lumMod val="7000"/><a:lumOff val="93000"/>'
        return f'<a:solidFill><a:schemeClr val="{colour}">{lighter}</a:schemeClr></a:solidFill>'

    def table(
        self,
        slide: Slide,
        corner: tuple[float, float],
        block: TableBlock,
        widths: Sequence[float],
        rows: Sequence[tuple[float, Row]],
    ) -> None:
        """Draw rows of a table, each with its height; the first is the header where it has one."""
        header, size = bool(block.header), block.size
        area = Area(*corner, sum(widths), sum(height for height, _ in rows))
        flags = ('firstRow="1" ' if header else 'firstCol="1" ') + ('rtl="1" ' if self.rtl else "")
        grid = "".join(f'<a:gridCol w="{emu(w)}"/>' for w in widths)
        body = "".join(
            self._row(slide, height, cells, size, head=header and not i)
            for i, (height, cells) in enumerate(rows)
        )
        slide.shapes.append(
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{slide.next_id()}" '
            f'name="{xml_text(block.name)}" descr="{xml_text(block.alt)}"/><p:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f'{frame(area, "p:xfrm")}<a:graphic><a:graphicData uri="{_TABLE}">'
            f"<a:tbl><a:tblPr {flags.strip()}/><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl>"
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _row(
        self,
        slide: Slide,
        height: float,
        cells: Sequence[Sequence[Para]],
        size: Size,
        *,
        head: bool,
    ) -> str:
        below = f'<a:lnB w="{emu(1.2)}">{fill("accent1")}</a:lnB>' if head else _HAIR
        look = f"{_NO_SIDES}{below}{self.tint('accent1') if head else '<a:noFill/>'}"
        written = "".join(
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{self.paras(slide, cell, size, tinted=head)}"
            f"</a:txBody><a:tcPr {_MARGINS}>{look}</a:tcPr></a:tc>"
            for cell in cells
        )
        return f'<a:tr h="{emu(height)}">{written}</a:tr>'


_FEET = {"ftr": "Footer", "dt": "Date"}
_NONE = '<a:ln{} w="0"><a:noFill/></a:ln{}>'
_NO_SIDES = "".join(_NONE.format(side, side) for side in "LRT")
_MARGINS = (
    f'marL="{emu(CELL_X)}" marR="{emu(CELL_X)}" marT="{emu(CELL_Y)}" marB="{emu(CELL_Y)}" '
    'anchor="t"'
)
_HAIR = (
    f'<a:lnB w="{emu(0.6)}"><a:solidFill><a:schemeClr val="tx1"><a:lumMod val="35000"/>'
    '<a:lumOff val="65000"/></a:schemeClr></a:solidFill></a:lnB>'
)


def _sized(size: float) -> str:
    return f' sz="{round(size * 100)}"' if size else ""


def fill(colour: str) -> str:
    """Write a fill in a colour of the theme."""
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


def frame(area: Area, tag: str = "a:xfrm") -> str:
    """Write where something is and how large."""
    x, y, w, h = (emu(max(side, 0)) for side in (area.x, area.y, area.width, area.height))
    return f'<{tag}><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></{tag}>'


def notes_xml(lines: Sequence[str], language: str) -> str:
    """Write a slide's notes page."""
    body = "".join(
        f'<a:p><a:r><a:rPr lang="{language}"/><a:t>{xml_text(line)}</a:t></a:r></a:p>'
        for line in lines
    )
    return (
        f"{HEAD}<p:notes {DRAWING} {_P}><p:cSld><p:spTree>{_TREE}"
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{body or '<a:p/>'}</p:txBody></p:sp>"
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
