"""The DOCX exporter: an executed notebook as a text document with styles, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from traitlets import default

from clusterlab.documents.blocks import (
    Block,
    TableBlock,
    TextBlock,
    cell,
    comparison_blocks,
    finding_blocks,
    markdown_blocks,
    record_blocks,
    summary,
    table_blocks,
)
from clusterlab.documents.columns import lies_wide
from clusterlab.documents.docx_drawing import drawing, image
from clusterlab.documents.docx_frame import document_part, draw_cover, draw_facts, running_parts
from clusterlab.documents.docx_template import (
    DOCUMENT,
    NUMBERING,
    Section,
    Template,
    own_template,
    read_template,
)
from clusterlab.documents.docx_xml import Text, numbering
from clusterlab.documents.measure import Ruler, Size
from clusterlab.documents.office_theme import chosen_colours
from clusterlab.documents.page import page_data
from clusterlab.documents.proofing import proofing_language
from clusterlab.documents.reading import Document, plain
from clusterlab.documents.sides import lies_on_side
from clusterlab.documents.tables import parted, squeezed
from clusterlab.documents.templated import TemplatedExporter
from clusterlab.documents.texts import SIGNS, Para, names, note_paras, para, run, text_paras
from clusterlab.errors import N_, DocumentError
from clusterlab.outputs.words import legend_lines, picture_alts, twin_lines

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CELL = Size(9.0)
# What a table to write in has of a page: its heading stands above.
_BLANK = 0.66
# Text of fewer signs stays on one page with the table that it is about.
_SHORT = 1200
# Columns and notes of a canvas that is drawn as tables, at most.
_ACROSS, _MANY = 3, 60
# Height of the boxes of such a canvas that nobody has written on yet.
_EMPTY = 130.0
# A picture in words that is more lines than this, each with fewer signs, is written as one.
_LINES, _SHORT_LINE = 8, 24


class HandoutDOCXExporter(TemplatedExporter):
    """Write an executed notebook as a text document."""

    export_from_notebook = "Handout Word"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def draw(self, document: Document) -> tuple[bytes, dict[str, Any]]:
        """Write a document.

        Raises
        ------
        DocumentError
            Where the template cannot be read, or the document holds what its type does not
            promise.
        """
        view = page_data(document, turned=False)
        template = self._template(document, proofing_language(view["language"]))
        text = Text(template, template.package.copy(), view["direction"] == "rtl", view["labels"])
        try:
            _Writer(text, view).write()
        except (KeyError, TypeError, AttributeError) as error:
            raise DocumentError(
                N_("The text of “{title}” cannot be written: {reason}"),
                title=document.title,
                reason=f"{type(error).__name__}: {error}",
            ) from error
        package = text.package
        subject = names([view["context"]["cluster_name"], view["context"]["workshop"]])
        package.properties(title=document.title, subject=subject, language=view["language"])
        return package.to_bytes(), {}

    def _template(self, document: Document, language: str) -> Template:
        if not self.template:
            return own_template(language, chosen_colours(document.parts, self.colours))
        return self.opened(lambda data, name: read_template(data, name, language), language)


class _Writer:
    """Writes the parts of a document one after the other, each on a page of its direction."""

    def __init__(self, text: Text, view: Mapping[str, Any]) -> None:
        self.text, self.view = text, view
        self.labels = view["labels"]
        self.upright = text.template.section
        self.lying = self.upright.turned()
        self.page: Section = self.upright

    def write(self) -> None:
        text, view = self.text, self.view
        headers = running_parts(text, view, (self.upright, self.lying))
        parts = [p for p in view["parts"] if not (p["kind"] == "output" and p["level"] == 1)]
        draw_cover(text, view)
        front, text.body = text.body, []
        for part, lying in zip(parts, _lying(parts), strict=True):
            page = self.lying if lying else self.upright
            if page != self.page and text.body:
                text.body.append(f"<w:p><w:pPr>{_TINY}{headers[self.page]}</w:pPr></w:p>")
            elif page != self.page:
                front.append(f"<w:p><w:pPr>{_TINY}{headers[self.page]}</w:pPr></w:p>")
            self.page = page
            self._part(part)
        package = text.package
        body = "".join([*front, *text.body])
        package.add(
            DOCUMENT, document_part(text, body, headers[self.page]), f"{_MAIN}document.main+xml"
        )
        self._numbering()

    def _numbering(self) -> None:
        package = self.text.package
        place = next(iter(package.targets(DOCUMENT, "numbering")), "")
        existing = package.parts[place].decode() if place else ""
        written = numbering(self.text.lists, existing=existing)
        name = package.add(place or NUMBERING, written, f"{_MAIN}numbering+xml")
        if not place:
            package.relate(DOCUMENT, "numbering", name)

    # ---- parts ----

    def _part(self, part: Mapping[str, Any]) -> None:
        data, text = part["data"], self.text
        match part["kind"]:
            case "output":
                self._output(data, part["level"] - 1)
            case "markdown":
                self._markdown(data)
            case "picture":
                alt = data["alt"]
                self._picture([image(text, data, alt, self._room)], alt, alt)
            case "text":
                text.paras(text_paras(data, "code", mono=True))
            case "live":
                text.paras([para(self.labels["live"], "small")])
            case "error":
                failed = self.labels["failed"].replace("{cell}", str(part["cell"]))
                text.paras([para(failed, bold=True), *text_paras(data, "small")])

    @property
    def _room(self) -> tuple[float, float]:
        return self.page.width, self.page.height

    def _output(self, data: Mapping[str, Any], level: int) -> None:
        text, labels = self.text, self.labels
        further = data["type"] == "title"
        text.heading(data["title"], level, data.get("subtitle", ""), page=further)
        blocks: Sequence[Block] = ()
        match data["type"]:
            case "title" | "section":
                words = data["text"]
                text.paras(text_paras(words), keep=len(words) < _SHORT and not data.get("facts"))
                draw_facts(text, data, self.page)
            case "canvas":
                self._canvas(data, level + 1)
            case "records":
                blocks = record_blocks(data, labels)
            case "table":
                blocks = table_blocks(data)
            case "comparison":
                blocks = comparison_blocks(data, labels)
            case "findings":
                blocks = finding_blocks(data, labels)
            case "picture":
                self._drawn(data)
            case _:  # an output of a later version
                text.paras(text_paras(data["alt"]))
        self._blocks(blocks, captioned=data["type"] != "records", title=data)

    def _blocks(
        self, blocks: Iterable[Block], *, captioned: bool, title: Mapping[str, Any]
    ) -> None:
        blocks = list(blocks)
        for number, block in enumerate(blocks, 1):
            if isinstance(block, TextBlock):
                short = sum(len(one.text) for one in block.paras) < _SHORT
                self.text.paras(block.paras, keep=short and number < len(blocks))
            else:
                if captioned:
                    name = names([title["title"], title.get("subtitle", "")])
                    self.text.caption("Table", self.labels["table"], name)
                self._table(block)

    def _table(self, block: TableBlock) -> None:
        ruler = Ruler(self.text.template.theme.face)
        for part in parted(replace(block, size=_CELL), self.page.width, 0.0, ruler):
            total = sum(part.shares)
            room = _BLANK * self.page.height
            written = squeezed(part, self.page.width, room, ruler)
            self.text.table(written, [share * self.page.width / total for share in part.shares])

    def _canvas(self, data: Mapping[str, Any], level: int) -> None:
        """Write a canvas: as tables where it is one of rows, else block by block."""
        text, rows = self.text, _grid_rows(data)
        for block in summary(data):
            text.paras(block.paras, keep=True)
        for row in rows:
            self._grid_row(data, row)
        for box in () if rows else data["boxes"]:
            text.heading(_label(box), level, tone=box["accent"])
            text.paras(_box_paras(box))
        if data["unplaced"]:
            text.heading(self.labels["unplaced"], level, tone="neutral")
            for item in data["unplaced"]:
                text.paras(note_paras(item))

    def _grid_row(
        self, data: Mapping[str, Any], row: Sequence[tuple[Mapping[str, Any], int]]
    ) -> None:
        """Write a row of a canvas as a table: what its boxes are called, below what they say."""
        boxes = [box for box, _ in row]
        name = ", ".join(box["label"] for box in boxes)
        block = TableBlock(
            name,
            f"{data['title']}: {name}",
            tuple(float(across) for _, across in row),
            ([_box_paras(box) for box in boxes],),
            [cell(_label(box), bold=True, tone=box["accent"]) for box in boxes],
            size=_CELL,
            least=0.0 if any(box["items"] for box in data["boxes"]) else _EMPTY,
        )
        total = sum(block.shares)
        self.text.table(block, [share * self.page.width / total for share in block.shares])

    def _drawn(self, data: Mapping[str, Any]) -> None:
        """Write a picture, and what it says in words."""
        for block in summary(data):
            self.text.paras(block.paras, keep=True)
        name = names([data["title"], data.get("subtitle", "")])
        svgs = (data["svg"], *data.get("more", ()))
        drawings = [
            drawing(self.text, svg, data["title"], alt, self._room)
            for svg, alt in zip(svgs, picture_alts(data), strict=True)
        ]
        self._picture(drawings, name, data["alt"])
        lines = twin_lines(data)
        if len(lines) > _LINES and max(map(len, lines)) < _SHORT_LINE:
            lines = [names(lines)]
        for label, found in (("as_text", lines), ("legend", legend_lines(data))):
            if found:
                self.text.paras([para(self.labels[label], "small", bold=True)], keep=True)
                told = [Para((run(line, tone="grey"),), "small") for line in found]
                # The first lines stay with what they are called.
                self.text.paras(told[:2], keep=len(told) > 2)  # noqa: PLR2004 - as above
                self.text.paras(told[2:])

    def _picture(self, drawings: Sequence[str], name: str, alt: str) -> None:
        for number, written in enumerate(drawings):
            if not written:
                self.text.paras([para(alt)])
                continue
            last = number == len(drawings) - 1
            shape = "<w:keepNext/>" if last else ""
            spacing = '<w:spacing w:before="120" w:after="60"/>'
            self.text.body.append(f"<w:p><w:pPr>{shape}{spacing}</w:pPr>{written}</w:p>")
        self.text.caption("Figure", self.labels["figure"], name, above=False)

    def _markdown(self, nodes: Sequence[Mapping[str, Any]]) -> None:
        pending: list[Mapping[str, Any]] = []
        title = self.view["title"]

        def done() -> None:
            blocks = markdown_blocks(pending, title)
            self._blocks(blocks, captioned=False, title={"title": title})
            pending.clear()

        for node in nodes:
            if node["type"] == "heading":
                done()
                title = plain(node)
                self.text.heading(title, node["level"] - 1)
            else:
                pending.append(node)
        done()


def _label(box: Mapping[str, Any]) -> str:
    sign = SIGNS.get(box["accent"], SIGNS["neutral"]) if box["group"] else ""
    return f"{sign} {box['label']}".strip()


def _box_paras(box: Mapping[str, Any]) -> list[Para]:
    """Give what stands in a box: its notes, else what it asks."""
    if not box["items"]:
        return [Para((run(box["prompt"], italic=True, tone="grey"),))] if box["prompt"] else []
    return [one for item in box["items"] for one in note_paras(item, box["accent"])]


def _grid_rows(data: Mapping[str, Any]) -> list[list[tuple[Mapping[str, Any], int]]]:
    """Give the rows of a canvas, each box with how many columns it takes.

    None where a box reaches over several rows, the columns are many, or the notes are so many that
    lists read better.
    """
    boxes = {box["id"]: box for box in data["boxes"]}
    rows = [[(boxes[k], len([*same])) for k, same in groupby(row) if k in boxes]
            for row in data["grid"]]  # fmt: skip
    names = [box["id"] for row in rows for box, _ in row]
    few = sum(len(box["items"]) for box in data["boxes"]) <= _MANY
    fits = all(map(len, rows)) and max(map(len, data["grid"])) <= _ACROSS
    whole = len(names) == len(set(names)) == len(boxes)
    return rows if few and fits and whole else []


_TINY = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def _lying(parts: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Say of each part whether it stands on a page on its side, headings with what they head."""
    found, wide = [], False
    for part in reversed(parts):
        data, kind = part["data"], part["kind"]
        heading = kind == "output" and data["type"] == "section"
        heading = heading or (kind == "markdown" and all(n["type"] == "heading" for n in data))
        wide = (wide and heading) or (kind == "output" and _wide(data))
        found.append(wide)
    return found[::-1]


def _wide(data: Mapping[str, Any]) -> bool:
    if data["type"] == "picture":
        return lies_on_side(data["svg"])
    return data["type"] == "table" and lies_wide(data["columns"], data["rows"])
