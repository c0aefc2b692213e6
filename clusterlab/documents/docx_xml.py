"""Paragraphs, lists and tables as WordprocessingML, written as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clusterlab.documents.blocks import TableBlock
from clusterlab.documents.docx_template import DOCUMENT, Template
from clusterlab.documents.opc import Package, emu, xml_text
from clusterlab.documents.tables import CELL_X, CELL_Y
from clusterlab.documents.texts import Para, Run, from_right
from clusterlab.outputs.words import language_tag

_TWIPS = 20
#: Numbers of our lists, out of the way of a template's own.
BULLETS, DECIMALS = 9001, 9002
_DEEPEST = 3
# What a colour of the theme is called in a text document.
_NAMES = {"tx1": "text1", "tx2": "text2", "bg1": "background1", "bg2": "background2"}
_NARROW = '<w:ind w:left="200" w:hanging="200"/>'
# Longest table, in rows, that stays on one page.
_TOGETHER = 20
# Fewest rows on the last page of a table.
_FEWEST = 3
# A row with more signs may be divided between two pages.
_LONG = 1500
_STYLES = {
    "detail": "list continue",
    "quote": "quote",
    "code": "handout code",
    "small": "handout small",
}


@dataclass(slots=True)
class Text:
    """A document being written.

    Parameters
    ----------
    body
        Its elements, in order.
    entries
        Level, anchor and text of each heading that the contents list.
    lists
        First numbers of the ordered lists.
    counts
        How many tables and figures there are so far.
    """

    template: Template
    package: Package
    rtl: bool
    labels: Mapping[str, str]
    body: list[str] = field(default_factory=list)
    entries: list[tuple[int, str, str]] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    ids: int = 0
    _listing: int = 0

    def next_id(self) -> int:
        """Give an id for a bookmark or a drawing."""
        self.ids += 1
        return self.ids

    # ---- text ----

    def heading(
        self, text: str, level: int, more: str = "", tone: str = "", *, page: bool = False
    ) -> None:
        """Write a heading with a bookmark; the first two levels stand in the contents.

        Parameters
        ----------
        more
            What stands behind it in grey.
        tone
            Its colour.
        page
            Whether it begins a page.
        """
        level = min(max(level, 1), 5)
        anchor = f"_Toc{len(self.entries) + 1:06}" if level <= 2 else ""  # noqa: PLR2004
        runs = [Run(" ".join(text.split()), tone=tone or "ink")]
        if more:
            runs.append(Run(f" · {' '.join(more.split())}", tone="grey"))
        written = "".join(self.run(one, plain=not tone and one.tone == "ink") for one in runs)
        if anchor:
            number = self.next_id()
            written = (
                f'<w:bookmarkStart w:id="{number}" w:name="{anchor}"/>{written}'
                f'<w:bookmarkEnd w:id="{number}"/>'
            )
            self.entries.append((level, anchor, "".join(one.text for one in runs)))
        begins = "<w:pageBreakBefore/>" if page else ""
        self._add(f"heading {level}", written, begins, rtl=from_right(text))

    def paras(self, paras: Iterable[Para], *, keep: bool = False) -> None:
        """Write paragraphs, perhaps all on one page with what follows."""
        for one in paras:
            self.body.append(self.para(one, keep=keep))

    def styled(self, style: str, *runs: Run) -> None:
        """Write a paragraph in a style whose look is left alone."""
        written = "".join(self.run(one, plain=one.tone == "ink") for one in runs)
        self._add(style, written, rtl=from_right("".join(one.text for one in runs)))

    def _add(self, style: str, written: str, more: str = "", *, rtl: bool = False) -> None:
        if self.rtl and not rtl:  # a heading keeps to the side on which the document begins
            more += '<w:jc w:val="right"/>'
        self.body.append(f"<w:p>{self._shape(style, more, rtl=rtl)}{written}</w:p>")

    def _shape(self, style: str, more: str = "", *, rtl: bool = False) -> str:
        name = f'<w:pStyle w:val="{self.template.styles[style]}"/>' if style else ""
        turned = "<w:bidi/>" if rtl else ""
        # The standard's order: what keeps lines together and numbers them, the direction, the rest.
        first, mark, rest = more.rpartition("</w:numPr>")
        if not mark and rest.startswith(("<w:keepNext", "<w:pageBreakBefore")):
            first, rest = rest, ""
        inner = f"{name}{first}{mark}{turned}{rest}"
        return f"<w:pPr>{inner}</w:pPr>" if inner else ""

    def para(
        self,
        para: Para,
        style: str = "",
        *,
        cell: bool = False,
        keep: bool = False,
        tinted: bool = False,
    ) -> str:
        """Write a paragraph.

        Parameters
        ----------
        style
            For plain ones.
        cell
            Whether it stands in a table, where lists are narrow.
        keep
            Whether it stays on one page with the next one.
        tinted
            Whether a light tint lies behind it.
        """
        rtl = from_right(para.text) if para.text.strip() else self.rtl
        more, marker = "", ""
        name = _STYLES.get(para.kind, style)
        if para.kind in {"note", "list"} and para.marker != "…":
            listed, more = self._list(para)
            name = "handout cell" if cell else listed
            more += _NARROW if cell else ""
            if para.kind == "note" and para.marker != "•":
                tone = para.tone if para.tone != "ink" else "development"
                marker = self.run(Run(f"{para.marker}\u2002", bold=True, tone=tone), tinted=tinted)
            elif para.marker in {"☐", "☑"}:
                marker = self.run(Run(f"{para.marker}\u2002"))
        else:
            self._listing = 0
        bold = para.kind in {"label", "heading"}
        runs = "".join(
            self.run(one, bold=bold, plain=one.tone == "ink", tinted=tinted) for one in para.runs
        )
        more = f"<w:keepNext/>{more}" if keep else more
        return f"<w:p>{self._shape(name, more, rtl=rtl)}{marker}{runs}</w:p>"

    def _list(self, para: Para) -> tuple[str, str]:
        """Give style and numbering of a list's line."""
        number, name = BULLETS, "list bullet"
        if para.ordinal:
            name = "list number"
            if not self._listing or (para.ordinal == 1 and not para.level):
                self.lists.append(para.ordinal)
                self._listing = DECIMALS + len(self.lists)
            number = self._listing
        elif not para.level:
            self._listing = 0
        level = min(para.level, _DEEPEST)
        return name, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    def run(
        self, run: Run, *, bold: bool = False, plain: bool = False, tinted: bool = False
    ) -> str:
        """Write a run; a plain one has its style's colour."""
        inner = ""
        if run.link:
            inner += f'<w:rStyle w:val="{self.template.styles["hyperlink"]}"/>'
        if run.mono:
            inner += '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
        inner += "<w:b/><w:bCs/>" if run.bold or bold else ""
        inner += "<w:i/><w:iCs/>" if run.italic else ""
        inner += "<w:strike/>" if run.strike else ""
        inner += "" if plain or run.link else self.colour(run.tone, tinted=tinted)
        rtl = from_right(run.text)
        inner += "<w:rtl/>" if rtl else ""
        if language := language_tag(run.language):
            inner += f'<w:lang w:val="{language}"' + (f' w:bidi="{language}"/>' if rtl else "/>")
        look = f"<w:rPr>{inner}</w:rPr>" if inner else ""
        pieces = [
            f'<w:t xml:space="preserve">{xml_text(line)}</w:t>' if line else ""
            for line in run.text.split("\n")
        ]
        written = f"<w:r>{look}{'<w:br/>'.join(pieces)}</w:r>"
        if run.link:
            id_ = self.package.relate(DOCUMENT, "hyperlink", run.link, external=True)
            return f'<w:hyperlink r:id="{id_}">{written}</w:hyperlink>'
        return written

    def colour(self, tone: str, *, tinted: bool = False) -> str:
        """Write the colour of a tone, as the theme has it."""
        theme = self.template.theme
        name = theme.on_tint(tone) if tinted else theme.tone(tone)
        value = theme.colours[name].upper()
        return f'<w:color w:val="{value}" w:themeColor="{_NAMES.get(name, name)}"/>'

    # ---- tables ----

    def caption(self, kind: str, label: str, text: str, *, above: bool = True) -> None:
        """Write a caption: its number is a field, filled already.

        Parameters
        ----------
        kind
            ``Table`` or ``Figure``: what Word counts.
        label
            As in "Table {number}".
        above
            Whether it stands above what it belongs to.
        """
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        before, _, after = label.partition("{number}")
        field_ = simple_field(f"SEQ {kind} \\* ARABIC", str(number))
        written = self.run(Run(before), plain=True) + field_
        written += self.run(Run(f"{after}. {' '.join(text.split())}"), plain=True)
        more = "" if above else '<w:keepNext w:val="0"/>'
        self._add("caption", written, more, rtl=self.rtl)

    def table(self, block: TableBlock, widths: Sequence[float]) -> None:
        """Write a table; its header row comes again on every page."""
        tint = mixed(self.template.theme.colours["accent1"])
        side = 'w:val="single" w:sz="4" w:space="0" w:color="C9CED3"'
        rows = ""
        if block.header:
            rows += self._row(block.header, widths, tint=tint, keep=True)
        for number, row in enumerate(block.rows, 1):
            left = len(block.rows) - number
            keep = block.together and 0 < left < len(block.rows) <= _TOGETHER
            # One or two rows alone on a page look forgotten.
            keep |= 0 < left < _FEWEST < number + left
            rows += self._row(row, widths, least=block.least, keep=keep)
        grid = "".join(f'<w:gridCol w:w="{round(w * _TWIPS)}"/>' for w in widths)
        first = f'w:firstRow="{int(bool(block.header))}" w:firstColumn="{int(not block.header)}"'
        properties = (
            ("<w:bidiVisual/>" if self.rtl else "")
            + f'<w:tblW w:w="{round(sum(widths) * _TWIPS)}" w:type="dxa"/>'
            f"<w:tblBorders><w:top {side}/><w:bottom {side}/><w:insideH {side}/></w:tblBorders>"
            '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
            + "".join(
                f'<w:{name} w:w="{round(room * _TWIPS)}" w:type="dxa"/>'
                for name, room in zip(
                    ("top", "left", "bottom", "right"),
                    (CELL_Y, CELL_X, CELL_Y - 1, CELL_X),
                    strict=True,
                )
            )
            + f'</w:tblCellMar><w:tblLook w:val="04A0" {first} w:lastRow="0" w:lastColumn="0" '
            'w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{xml_text(block.name)}"/>'
            f'<w:tblDescription w:val="{xml_text(block.alt)}"/>'
        )
        self.body.append(
            f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )
        self.body.append(GAP)

    def _row(
        self,
        cells: Sequence[Sequence[Para]],
        widths: Sequence[float],
        *,
        tint: str = "",
        least: float = 0.0,
        keep: bool = False,
    ) -> str:
        signs = sum(len(one.text) for cell in cells for one in cell)
        properties = "" if signs > _LONG else "<w:cantSplit/>"
        if least:
            properties += f'<w:trHeight w:val="{round(least * _TWIPS)}" w:hRule="atLeast"/>'
        properties += "<w:tblHeader/>" if tint else ""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>' if tint else ""
        written = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/>{shade}</w:tcPr>'
            + (
                "".join(
                    self.para(one, "handout cell", cell=True, keep=keep, tinted=bool(tint))
                    for one in cell
                )
                or "<w:p/>"
            )
            + "</w:tc>"
            for cell, width in zip(cells, widths, strict=True)
        )
        shown = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        return f"<w:tr>{shown}{written}</w:tr>"

    # ---- pictures ----

    def inline(self, graphic: str, width: float, height: float, name: str, alt: str) -> str:
        """Write a drawing that stands in the line."""
        return (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent '
            f'cx="{emu(width)}" cy="{emu(height)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{self.next_id()}" name="{xml_text(name)}" descr="{xml_text(alt)}"/>'
            f"<wp:cNvGraphicFramePr/>{graphic}</wp:inline></w:drawing>"
        )


#: A low paragraph between two tables, which would else become one.
GAP = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
    "</w:pPr></w:p>"
)


def simple_field(instruction: str, result: str) -> str:
    """Write a field with its result, so that it shows something before anybody updates it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{xml_text(result)}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def mixed(colour: str, share: float = 0.09) -> str:
    """Mix a little of a colour into white."""
    channels = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return "".join(f"{round(255 - (255 - c) * share):02X}" for c in channels)


def numbering(lists: Sequence[int], *, existing: str = "") -> str:
    """Write the document's lists, into what a template has of its own."""

    def level(n: int, kind: str, sign: str) -> str:
        left = 340 * (n + 1)
        return (
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{left}" w:hanging="340"/></w:pPr></w:lvl>'
        )

    def abstract(number: int, kind: str, signs: Sequence[str]) -> str:
        levels = "".join(level(n, kind, sign) for n, sign in enumerate(signs))
        return (
            f'<w:abstractNum w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )

    marks = abstract(BULLETS, "bullet", ("•", "–", "•", "–"))
    counts = abstract(DECIMALS, "decimal", ("%1.", "%2.", "%3.", "%4."))
    numbers = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="{BULLETS}"/></w:num>'
    for place, start in enumerate(lists, DECIMALS + 1):
        over = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        numbers += f'<w:num w:numId="{place}"><w:abstractNumId w:val="{DECIMALS}"/>{over}</w:num>'
    if not existing:
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        return f"<w:numbering {space}>{marks}{counts}{numbers}</w:numbering>"
    first = existing.find("<w:num ")
    at = first if first >= 0 else existing.index("</w:numbering>")
    whole = existing[:at] + marks + counts + existing[at:]
    return whole.replace("</w:numbering>", f"{numbers}</w:numbering>")
