"""What stands around a text document: cover, contents, headers and footers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clusterlab.documents.blocks import TableBlock, cell
from clusterlab.documents.docx_template import DOCUMENT, Section
from clusterlab.documents.docx_xml import Text, simple_field
from clusterlab.documents.opc import DRAWING, HEAD, xml_text
from clusterlab.documents.texts import Para, Run, names, run, text_paras
from clusterlab.errors import fill

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MICROSOFT = "http://schemas.microsoft.com/office/word"
_SPACES = (
    f'xmlns:w="{_W}" {DRAWING} '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:w14="{_MICROSOFT}/2010/wordml" xmlns:w15="{_MICROSOFT}/2012/wordml" '
    f'xmlns:wpg="{_MICROSOFT}/2010/wordprocessingGroup" '
    f'xmlns:wps="{_MICROSOFT}/2010/wordprocessingShape" mc:Ignorable="w14 w15"'
)
_TWIPS = 20
_LOGO = (180.0, 70.0)
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def document_part(text: Text, body: str, section: str) -> str:
    """Write the part that holds the text; the contents are filled in where they stand."""
    contents = _contents(text) if len(text.entries) > 1 else ""
    whole = body.replace(_CONTENTS, contents, 1)
    return f"{HEAD}<w:document {_SPACES}><w:body>{whole}{section}</w:body></w:document>"


# Where the contents come: no text can look like it, since an angle bracket in one is escaped.
_CONTENTS = "<contents/>"


def draw_cover(text: Text, view: Mapping[str, Any]) -> None:
    """Write the cover: title, whose it is, of when, and what is known of them."""
    opening: Mapping[str, Any] = next(
        (p["data"] for p in view["parts"] if p["kind"] == "output" and p["level"] == 1), {}
    )
    context, labels = view["context"], view["labels"]
    subtitle = opening.get("subtitle") or context["cluster_name"]
    _logo(text, opening, subtitle)
    space = '<w:p><w:pPr><w:spacing w:before="1400" w:after="0"/></w:pPr></w:p>'
    text.body.append(space)
    text.styled("title", run(" ".join(view["title"].split())))
    if subtitle:
        text.styled("subtitle", run(subtitle))
    version = fill(labels["version"], {"version": context["version"]}) if context["version"] else ""
    lines = [context["workshop"], names([context["date"], version])]
    text.paras([Para((run(line, tone="grey"),)) for line in lines if line])
    text.paras(_saved(view))
    text.paras(text_paras(opening.get("text", "")))
    if opening:
        draw_facts(text, opening, text.template.section)
    text.body += [_BREAK, _CONTENTS]


def draw_facts(text: Text, data: Mapping[str, Any], page: Section) -> None:
    """Write what is known of a cluster as a table."""
    facts = data.get("facts", ())
    if not facts:
        return
    rows = tuple(
        [
            cell(fact["label"], bold=True),
            [*cell(fact["value"]), *(_note(fact["note"]) if fact["note"] else [])],
        ]
        for fact in facts
    )
    name = data.get("subtitle") or data["title"]
    alt = f"{name}: " + ", ".join(fact["label"] for fact in facts)
    block = TableBlock(name, alt, (1.0, 2.2), rows)
    text.body.append('<w:p><w:pPr><w:spacing w:before="200" w:after="0"/></w:pPr></w:p>')
    text.table(block, [page.width * share / sum(block.shares) for share in block.shares])


def _note(text: str) -> list[Para]:
    return [Para((run(text, italic=True, tone="grey"),), "small")]


def _saved(view: Mapping[str, Any]) -> list[Para]:
    saved, labels = view["saved"], view["labels"]
    if saved is None:
        return []
    if not saved.date:
        return [Para((run(labels["as_saved"], italic=True),))]
    key = "as_of" if saved.whole else "as_of_parts"
    return [Para((run(fill(labels[key], {"date": saved.date}), italic=True),))]


def _logo(text: Text, opening: Mapping[str, Any], name: str) -> None:
    if not opening.get("logo"):
        return
    from clusterlab.documents.docx_drawing import logo  # noqa: PLC0415 - rarely needed
    from clusterlab.documents.raster import from_address  # noqa: PLC0415 - slow

    if found := from_address(opening["logo"]):
        text.body.append(f"<w:p>{logo(text, found, name or opening['title'], _LOGO)}</w:p>")


def _contents(text: Text) -> str:
    """Write the contents as a field that is filled already; it names no pages before its update.

    Which page a heading is on, only the program knows that lays the pages out; a number that is
    wrong until somebody updates the field is worse than none. Updating it brings the numbers. Word
    would do so by itself only in a file at each opening of which it first asks whether it may look
    into other files.
    """
    styles = text.template.styles
    title = text.run(Run(text.labels["contents"]), plain=True)
    turned = "<w:bidi/>" if text.rtl else ""
    lines = []
    for number, (level, anchor, words) in enumerate(text.entries):
        start = _CONTENTS_FIELD if number == 0 else ""
        end = (
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if number == len(text.entries) - 1 else ""
        )
        lines.append(
            f'<w:p><w:pPr><w:pStyle w:val="{styles[f"toc {level}"]}"/>{turned}</w:pPr>{start}'
            f'<w:hyperlink w:anchor="{anchor}" w:history="1"><w:r>'
            f'<w:t xml:space="preserve">{xml_text(words)}</w:t></w:r></w:hyperlink>{end}</w:p>'
        )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f'<w:p><w:pPr><w:pStyle w:val="{styles["toc heading"]}"/>{turned}</w:pPr>{title}</w:p>'
        f"{''.join(lines)}</w:sdtContent></w:sdt>{_BREAK}"
    )


_CONTENTS_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
    ' TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)


def running_parts(
    text: Text, view: Mapping[str, Any], pages: tuple[Section, Section]
) -> dict[Section, str]:
    """Write headers and footers; give what each page's section says.

    A template that has headers or footers of its own keeps them.
    """
    if pages[0].headed:
        return {page: page.xml for page in pages}
    context, labels = view["context"], view["labels"]
    version = fill(labels["version"], {"version": context["version"]}) if context["version"] else ""
    found = {}
    more = "" if not text.template.own else "<w:titlePg/>"
    more += "<w:bidi/>" if text.rtl and text.template.own else ""
    for number, page in enumerate(dict.fromkeys(pages), 1):
        head = _line(
            text,
            page,
            "header",
            context["cluster_name"],
            text.run(Run(context["workshop"]), plain=True),
        )
        foot = _line(text, page, "footer", names([context["date"], version]), _page(text, labels))
        references = ""
        for kind, tag, line in (("header", "hdr", head), ("footer", "ftr", foot)):
            body = f"{HEAD}<w:{tag} {_SPACES}>{line}</w:{tag}>"
            part = text.package.add(f"word/handout{kind}{number}.xml", body, f"{_MAIN}{kind}+xml")
            id_ = text.package.relate(DOCUMENT, kind, part)
            references += f'<w:{kind}Reference w:type="default" r:id="{id_}"/>'
        cover = more if page == pages[0] else more.replace("<w:titlePg/>", "")
        found[page] = page.with_parts(references, cover)
    return found


def _line(text: Text, page: Section, style: str, left: str, right: str) -> str:
    """Write a line with something at both of its ends."""
    name = text.template.styles[style]
    at = round(page.width * _TWIPS)
    border = "top" if style == "footer" else "bottom"
    rule = f'<w:pBdr><w:{border} w:val="single" w:sz="4" w:space="4" w:color="C9CED3"/></w:pBdr>'
    # A template's own stops, at the usual places, would come first.
    cleared = "".join(f'<w:tab w:val="clear" w:pos="{pos}"/>' for pos in (4536, 4680, 9072, 9360))
    tabs = f'<w:tabs>{cleared}<w:tab w:val="right" w:pos="{at}"/></w:tabs>'
    bidi = "<w:bidi/>" if text.rtl else ""
    start = text.run(Run(" ".join(left.split())), plain=True)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{rule}{tabs}{bidi}</w:pPr>{start}'
        f"<w:r><w:tab/></w:r>{right}</w:p>"
    )


def _page(text: Text, labels: Mapping[str, str]) -> str:
    """Write "Page 1 of 9" with fields that count."""
    before, _, rest = labels["page"].partition("{page}")
    between, _, after = rest.partition("{pages}")
    pieces = (
        (before, simple_field("PAGE", "1")),
        (between, simple_field("NUMPAGES", "1")),
        (after, ""),
    )
    return "".join(
        (text.run(Run(words), plain=True) if words else "") + field for words, field in pieces
    )
