"""Notebooks as one workbook: a sheet for every list, typed, with filters and charts of Excel's own.

A spreadsheet's user sorts, filters and counts. So a canvas is a list of its notes here, with the
block as a column, and a drawing is the numbers behind it, with a chart where Excel has one for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from traitlets import default

from clusterlab.documents.handout import HandoutExporter
from clusterlab.documents.listings import Listing, listing
from clusterlab.documents.merged import merged
from clusterlab.documents.office_theme import chosen_colours
from clusterlab.documents.reading import Document, Part, plain, whose
from clusterlab.documents.svg_texts import svg_texts
from clusterlab.errors import DocumentError, TableError
from clusterlab.language import Language
from clusterlab.outputs.words import LABELS, direction, language_tag
from clusterlab.sheets import Book, Chart, Page, sheet_name

_PROSE = 100.0  # characters of a line of text
_ABOUT = 66.0  # likewise, beside a name on the cover
_NAME = 80  # characters of a name in a page's header
_BESIDE = 1  # columns between a table and its chart
_INDENT = "    "


class HandoutXLSXExporter(HandoutExporter):
    """Write an executed notebook as a workbook."""

    export_from_notebook = "Handout Excel"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".xlsx"

    def draw(self, document: Document) -> tuple[bytes, dict[str, Any]]:
        """Write a document's workbook.

        Raises
        ------
        DocumentError
            Where a text is longer than a cell can hold.
        """
        try:
            return _Workbook(document).made(), {}
        except TableError as error:
            raise DocumentError(error.message.template, **error.fields) from error


class _Workbook:
    """A document as it becomes a workbook."""

    def __init__(self, document: Document) -> None:
        context = document.context
        self._document = document
        self._words = {**LABELS, **context.get("labels", {})}
        tag = language_tag(document.language) or "und"
        self._language = Language(tag, {})
        names = ("cluster_name", "workshop", "date", "version")
        self._facts = {name: str(context.get(name) or "") for name in names}
        self._book = Book(
            document.title,
            language=tag,
            direction=direction(document.language),
            subject=self._facts["cluster_name"],
            keywords=self._facts["version"],
            colours=dict(chosen_colours(document.parts, {})),
        )

    def made(self) -> bytes:
        """Give the file."""
        cover = self._book.page(self._words["cover"])
        shown = list(self._sheets())
        self._cover(cover, shown)
        return self._book.done()

    def _sheets(self) -> Iterator[tuple[str, Page | None, str]]:
        """Make the sheets; gives what the contents list: sheets, and sections with their text."""
        prose: list[Part] = []
        parts = self._document.parts
        place = None
        if any(part.kind not in {"output", "picture"} for part in parts):
            place = self._book.page(self._words["text"])
            yield self._words["text"], place, ""
        held: dict[tuple[str, str], list[tuple[str, Listing]]] = {}
        for part, name in zip(parts, whose(parts), strict=True):
            if held and not name:
                yield from map(self._entry, self._merged(held))
            if part.kind == "picture":
                yield part.data["alt"][:_NAME], self._picture(part), ""
            elif part.kind != "output":
                prose.append(part)
            elif found := listing(part.data, self._words, self._language):
                if name:
                    held.setdefault((found.title, found.subtitle), []).append((name, found))
                else:
                    yield self._entry(found)
            elif part.data["type"] == "section" and not name:
                yield part.data["title"], None, str(part.data.get("text", ""))
        yield from map(self._entry, self._merged(held))
        if place is not None:
            self._prose(place, prose)

    def _entry(self, found: Listing) -> tuple[str, Page | None, str]:
        """Make a list's sheet; gives what the contents say of it."""
        return " · ".join(filter(None, (found.title, found.subtitle))), self._list(found), ""

    def _merged(self, held: dict[tuple[str, str], list[tuple[str, Listing]]]) -> list[Listing]:
        """Give what clusters' parts held as one list each, and hold nothing any more."""
        found = [merged(lists, self._words["cluster"]) for lists in held.values()]
        held.clear()
        return found

    # -- lists ------------------------------------------------------------------------------------

    def _list(self, found: Listing) -> Page:
        page = self._book.page(sheet_name(found.title, found.subtitle))
        widths = found.widths()
        page.widths(widths)
        across, room = (0, len(widths) - 1), sum(widths)
        row = self._above(page, found, across, room)
        head, first = row, row + 1
        for column, label in enumerate(found.heads):
            page.put(head, column, label.label, "head")
        page.fit(head, [h.label for h in found.heads], [w - 3 for w in widths])
        last = head
        for number, cells in enumerate(found.rows):
            last = first + number
            for column, value in enumerate(cells):
                page.put(last, column, value, "cell", found.forms.get((number, column), ""))
            page.fit(last, cells, widths)
        if found.rows:
            page.table(head, last, [h.label for h in found.heads], found.title, found.alt)
            page.freeze(first)
        else:
            last = first
            page.prose(first, found.empty, "soft", across, room)
        for number, note in enumerate(found.notes, last + 2):
            page.prose(number, note, "soft", across, room)
        if found.chart and found.rows:
            drawn = found.chart
            chart = Chart(
                drawn.kind, found.title, found.alt, first, last, 0, drawn.values, drawn.low,
                drawn.high,
            )  # fmt: skip
            page.chart(head, len(widths) - 1 + _BESIDE + 1, chart)
        self._paper(page, room, head)
        return page

    def _above(self, page: Page, found: Listing, across: tuple[int, int], room: float) -> int:
        """Write what stands above a list; gives the row of its header."""
        page.put(0, 0, found.title, "title")
        page.height(0, 28)
        row = 1
        if found.subtitle:
            page.put(row, 0, found.subtitle, "subtitle")
            row += 1
        if found.summary:
            page.prose(row, found.summary, "soft", across, room)
            row += 1
        return row + 1

    def _picture(self, part: Part) -> Page:
        page = self._book.page(self._words["picture"])
        alt = part.data["alt"]
        page.widths([_PROSE])
        page.put(0, 0, self._words["picture"], "title")
        page.prose(1, alt, "soft", (0, 0), _PROSE)
        row = 3
        if part.data["mime"] == "image/svg+xml":
            # What is written in it: most spreadsheets do not show such pictures.
            for line in svg_texts(part.data["bytes"]):
                page.prose(row, line, "prose", (0, 0), _PROSE)
                row += 1
            row += 1
        page.picture(row, 0, part.data["bytes"], alt)
        self._paper(page, _PROSE)
        return page

    # -- cover and text ---------------------------------------------------------------------------

    def _cover(self, page: Page, shown: Sequence[tuple[str, Page | None, str]]) -> None:
        page.widths([42, _ABOUT])
        opening: Mapping[str, Any] = next(
            (p.data for p in self._document.parts if p.kind == "output" and _opens(p.data)), {}
        )
        page.put(0, 0, self._document.title, "title")
        page.height(0, 30)
        row = 1
        for text in (opening.get("subtitle"), *self._stand()):
            if text:
                page.put(row, 0, text, "subtitle")
                row += 1
        saved = self._as_of()
        for text, look in ((saved, "label"), (opening.get("text"), "prose")):
            if text:
                page.prose(row + 1, str(text), look, (0, 1), _PROSE)
                row += 2
        row += 1
        for fact in opening.get("facts", ()):
            note = f" ({fact['note']})" if fact["note"] else ""
            page.put(row, 0, fact["label"], "label")
            page.put(row, 1, f"{fact['value']}{note}", "prose")
            row += 1
        row += 1
        page.put(row, 0, self._words["contents"], "heading")
        for title, sheet, text in shown:
            row += 1
            if sheet is None:
                page.put(row, 0, title, "label")
                if text:
                    page.prose(row, text, "soft", (1, 1), _ABOUT)
            else:
                page.link(row, 0, sheet, title)
        self._paper(page, _PROSE)
        page.select()

    def _stand(self) -> Iterator[str]:
        facts = self._facts
        yield facts["workshop"]
        version = self._words["version"].replace("{version}", facts["version"])
        yield " · ".join(filter(None, (facts["date"], version if facts["version"] else "")))

    def _as_of(self) -> str:
        saved = self._document.saved
        if saved is None:
            return ""
        if not saved.date:
            return str(self._words["as_saved"])
        key = "as_of" if saved.whole else "as_of_parts"
        return str(self._words[key]).replace("{date}", saved.date)

    def _prose(self, page: Page, parts: Sequence[Part]) -> None:
        page.put(0, 0, self._words["text"], "title")
        page.widths([_PROSE])
        row = 2
        for part in parts:
            for look, cells in self._lines(part):
                if len(cells) == 1:
                    page.prose(row, cells[0], look, (0, 0), _PROSE)
                else:
                    for column, cell in enumerate(cells):
                        page.put(row, column, cell, look)
                row += 1
        self._paper(page, _PROSE)

    def _lines(self, part: Part) -> Iterator[tuple[str, list[str]]]:
        match part.kind:
            case "markdown":
                for node in part.data:
                    yield from _node_lines(node)
            case "text":
                yield "prose", [part.data.rstrip("\n")]
            case "live":
                yield "soft", [self._words["live"]]
            case _:
                yield "label", [self._words["failed"].replace("{cell}", str(part.cell))]
                yield "prose", [str(part.data)]

    def _paper(self, page: Page, width: float, repeat: int | None = None) -> None:
        facts = {k: v[:_NAME].replace("&", "&&") for k, v in self._facts.items()}
        count = self._words["page"].replace("&", "&&")
        count = count.replace("{page}", "&P").replace("{pages}", "&N")
        stand = " · ".join(filter(None, (facts["date"], facts["version"])))
        header = f"&L{facts['cluster_name']}&R{facts['workshop']}"
        page.paper(width, repeat=repeat, header=header, footer=f"&L{stand}&R{count}")


def _opens(output: Mapping[str, Any]) -> bool:
    return output.get("type") == "title"


def _node_lines(node: Mapping[str, Any], indent: str = "") -> Iterator[tuple[str, list[str]]]:
    """Give a block of markdown as rows of cells, each with its look."""
    children = node.get("children", [])
    match node["type"]:
        case "heading":
            yield "heading", [plain(node)]
        case "list":
            for number, item in enumerate(children, 1):
                sign = f"{number}." if node.get("attrs", {}).get("ordered") else "•"
                yield from _item_lines(item, f"{indent}{sign} ", indent + _INDENT)
        case "table":
            for part in children:
                rows = [part] if part["type"] == "table_head" else part["children"]
                look = "head" if part["type"] == "table_head" else "cell"
                yield from ((look, [plain(cell) for cell in row["children"]]) for row in rows)
        case "block_quote":
            for child in children:
                yield from _node_lines(child, indent + _INDENT)
        case "blank_line" | "thematic_break":
            return
        case _:
            if text := plain(node).rstrip("\n"):
                yield "prose", [indent + text]


def _item_lines(item: Mapping[str, Any], lead: str, indent: str) -> Iterator[tuple[str, list[str]]]:
    for child in item.get("children", []):
        if child["type"] in {"list", "table", "block_quote"}:
            yield from _node_lines(child, indent)
        elif text := plain(child).rstrip("\n"):
            yield "prose", [lead + text]
            lead = indent
