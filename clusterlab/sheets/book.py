"""Workbooks for people: sheets with headings, typed tables, charts, drop-downs and notes.

What `write_xlsx` writes is for programs and fits every table; here each cell is placed. No text
is ever a formula, the same calls give the same bytes, and what screen readers need is an argument.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from math import ceil
from typing import Any

from clusterlab.errors import N_, TableError
from clusterlab.model.palette import replacements
from clusterlab.sheets.cells import Value, as_text
from clusterlab.sheets.charts import CHARTS, Chart, draw_chart
from clusterlab.sheets.escapes import writer
from clusterlab.sheets.fitting import (
    CELL,
    FIRST_DAY,
    NEVER,
    cut,
    keeps,
    length,
    outside,
    possible,
    sheet_names,
)
from clusterlab.sheets.looks import LOOKS, SHADES
from clusterlab.sheets.packing import closed, completed, packed

_CORE, _BOOK = "docProps/core.xml", "xl/workbook.xml"
_LINE_HEIGHT = 15.0
_FILLED = 0.93  # of a line, where words break
_MOST_HEIGHT = 400.0  # of a row; Excel's own limit is 409
_A4, _A3 = 9, 8  # Excel's numbers of papers
_ON_A4, _ON_A3 = 190.0, 280.0  # characters that one can still read beside each other
_HEADER = 255  # characters that a page's header may have
#: Characters that a rule's titles and messages may have.
_SAID = {"input_title": 32, "error_title": 32, "input_message": 255, "error_message": 255}
_COLUMNS = 16_384  # of a sheet
_TEXT = 49  # Excel's own number of the format that keeps what is typed

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Book:
    """A workbook that is being written.

    Parameters
    ----------
    title, language
        Of the document's properties: a BCP 47 tag, or "".
    direction
        ``rtl`` where the columns begin at the right.
    subject, keywords, created
        Further properties.
    colours
        Own ones by meaning, which can be read on white.
    """

    def __init__(
        self,
        title: str,
        *,
        language: str = "",
        direction: str = "ltr",
        subject: str = "",
        keywords: str = "",
        created: datetime = NEVER,
        colours: Mapping[str, str] | None = None,
    ) -> None:
        self._book = writer().Workbook(io.BytesIO(), _OPTIONS)
        facts = {"title": title, "subject": subject, "keywords": keywords}
        self._book.set_properties(
            {**{k: outside(v) for k, v in facts.items() if v}, "created": created}
        )
        self._language, self._rtl = language, direction == "rtl"
        self._locked = False
        self._pages: list[Page] = []
        self.colours = replacements(colours or {}, SHADES)
        self._formats: dict[tuple[str, str], Any] = {}
        self._names = sheet_names()

    def page(self, name: str, *, hidden: bool = False) -> Page:
        """Add a sheet; where its name is taken or too long, it gets a similar one.

        Parameters
        ----------
        hidden
            So that only a program shows it.
        """
        sheet = self._book.add_worksheet(self._names(name))
        if self._rtl:
            sheet.right_to_left()
        if hidden:
            sheet.very_hidden()
        self._pages.append(Page(self, sheet))
        return self._pages[-1]

    def look(self, name: str, form: str = "") -> Any:
        """Give the format of a look, with a number format."""
        if (name, form) not in self._formats:
            looks = {**LOOKS[""], **LOOKS[name]}
            facts = {key: self.colours.get(value, value) for key, value in looks.items()}
            if form:
                facts["num_format"] = _TEXT if form == "@" else form
            if self._rtl:
                facts["reading_order"] = 2
            self._formats[name, form] = self._book.add_format(facts)
        return self._formats[name, form]

    def add_chart(self, facts: Mapping[str, str]) -> Any:
        """Make a chart that no sheet shows yet."""
        return self._book.add_chart(dict(facts))

    def done(self) -> bytes:
        """Give the file."""
        told = {}
        if self._language:
            said = f"<dc:language>{escape(self._language)}</dc:language>"
            told[_CORE] = ("</cp:coreProperties>", said)
        if self._locked:
            told[_BOOK] = ("<bookViews>", '<workbookProtection lockStructure="1"/>')
        grow = {
            f"xl/worksheets/sheet{number}.xml": page.grow
            for number, page in enumerate(self._pages, 1)
            if page.grow
        }
        return packed(completed(closed(self._book), told, grow))

    def lock(self) -> None:
        """Keep sheets from being renamed, moved or taken away by mistake."""
        self._locked = True


class Page:
    """A sheet that is being written; rows and columns count from 0.

    Attributes
    ----------
    grow
        Rows, as Excel counts them, that become higher by themselves with what people write.
    """

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self.grow: set[int] = set()

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self._sheet.get_name())

    def put(self, row: int, column: int, value: Value, look: str = "cell", form: str = "") -> None:
        """Write a cell: a number or a day as such, anything else as the text that it is.

        Parameters
        ----------
        look
            One of `LOOKS`.
        form
            Number format; by default one that fits.

        Raises
        ------
        TableError
            Where a text is longer than a cell can hold.
        """
        sheet, given = self._sheet, self._book.look
        match value:
            case None | "":
                sheet.write_blank(row, column, None, given(look, form))
            case str():
                sheet.write_string(row, column, _whole(value), given(look, form or "@"))
            case int() | float() if not isinstance(value, bool) and keeps(value):
                sheet.write_number(row, column, value, given(look, form))
            case date() if not isinstance(value, datetime) and value >= FIRST_DAY:
                sheet.write_datetime(row, column, value, given(look, form or "yyyy-mm-dd"))
            case _:
                sheet.write_string(row, column, _whole(as_text(value)), given(look, form or "@"))

    def widths(self, widths: Sequence[float], hidden: Sequence[int] = (), look: str = "") -> None:
        """Set the widths of the first columns in characters, and hide some."""
        own = self._book.look(look, "@") if look else None
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width, own, {"hidden": column in hidden})

    def column(self, column: int, width: float, look: str, form: str = "") -> None:
        """Set the width of a column, and how its cells look that nobody has written yet."""
        self._sheet.set_column(column, column, width, self._book.look(look, form))

    def rest(self, column: int, look: str) -> None:
        """Set how the cells of all columns from one on look that nobody has written yet."""
        held = self._sheet.dim_colmax
        self._sheet.set_column(column, _COLUMNS - 1, None, self._book.look(look, "@"))
        self._sheet.dim_colmax = held  # these columns hold nothing

    def height(self, row: int, height: float | None = None, *, hidden: bool = False) -> None:
        """Set the height of a row in points."""
        self._sheet.set_row(row, height, None, {"hidden": hidden})

    def fit(self, row: int, values: Sequence[Value], widths: Sequence[float]) -> None:
        """Make a row as high as its texts need at these widths, in characters.

        Not every program does so itself when it opens a workbook. The row still grows with what
        people write.
        """
        lines = 1
        for value, width in zip(values, widths, strict=True):
            lines = max(lines, _lines(as_text(value), width))
        self._sheet.set_row(row, min(_LINE_HEIGHT * lines + 2, _MOST_HEIGHT))
        self.grow.add(row + 1)

    def prose(self, row: int, text: str, look: str, columns: tuple[int, int], width: float) -> None:
        """Write a text over several columns, as high as it needs to be at a width in characters."""
        first, last = columns
        self.fit(row, [text], [width])
        if last > first:
            # Not `merge_range`, which writes every cell that is covered, too.
            self._sheet.merge.append([row, first, row, last])
            self.grow.discard(row + 1)  # by merged cells none does
        self.put(row, first, text, look)

    def link(self, row: int, column: int, page: Page, text: str) -> None:
        """Write a link to the top of another sheet."""
        name = page.name.replace("'", "''")
        look = self._book.look("link")
        self._sheet.write_url(row, column, f"internal:'{name}'!A1", look, outside(text))

    def picture(self, row: int, column: int, data: bytes, description: str) -> bool:
        """Put a picture over the cells; tells whether it is one that Excel takes."""
        image = {"image_data": io.BytesIO(data), "description": outside(description)}
        # What is wrong with a picture that somebody pasted, XlsxWriter raises in many ways.
        try:
            return bool(
                self._sheet.insert_image(row, column, "picture", {**image, "object_position": 2})
                == 0
            )
        except Exception:  # noqa: BLE001
            return False

    def table(
        self, first: int, last: int, heads: Sequence[str], title: str, description: str
    ) -> None:
        """Make a table, with filters, of cells that are there: a header row and at least one more.

        Parameters
        ----------
        first, last
            Its header row and its last row.
        heads
            What stands in the header row; where two say the same, the second gets a number.
        title, description
            What screen readers say of it.
        """
        look = self._book.look("head")
        columns = [{"header": head, "header_format": look} for head in _unlike(heads)]
        facts = {"title": cut(title, CELL), "description": cut(description, CELL)}
        options = {"columns": columns, "style": None, **{k: outside(v) for k, v in facts.items()}}
        self._sheet.add_table(first, 0, last, len(heads) - 1, options)

    def filter(self, first: int, last: int, columns: int) -> None:
        """Let people filter rows by what stands in their columns."""
        self._sheet.autofilter(first, 0, last, columns - 1)

    def freeze(self, row: int, column: int = 0) -> None:
        """Keep what is above a row and before a column in sight."""
        self._sheet.freeze_panes(row, column)

    def chart(self, row: int, column: int, chart: Chart) -> None:
        """Draw a chart over the cells from a place on."""
        drawn = self._book.add_chart(CHARTS[chart.kind])
        draw_chart(drawn, self.name, chart, self._book.colours)
        options = {"description": outside(chart.description), "object_position": 2}
        self._sheet.insert_chart(row, column, drawn, options)

    def note(self, row: int, column: int, text: str) -> None:
        """Put a note on a cell, which shows while somebody points at it."""
        lines = 1 + sum(1 + len(line) // 34 for line in text.split("\n"))
        size = {"x_scale": 1.9, "height": min(20 + 16 * lines, 400), "font_size": 10}
        self._sheet.write_comment(row, column, outside(text), {"author": "", **size})

    def ask(self, rows: tuple[int, int], column: int, facts: Mapping[str, Any]) -> None:
        """Say what cells of a column take: XlsxWriter's options of a data validation.

        Of its titles and messages as much is said as has room.
        """
        told = {k: cut(outside(facts[k]), most) for k, most in _SAID.items() if k in facts}
        self._sheet.data_validation(rows[0], column, rows[1], column, {**facts, **told})

    def protect(self) -> None:
        """Keep what is locked from being changed by mistake; there is no password."""
        free = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows")
        also = ("sort", "autofilter", "insert_hyperlinks", "objects")
        self._sheet.protect("", dict.fromkeys((*free, *also), True))

    def paper(
        self,
        width: float,
        *,
        repeat: int | None = None,
        beside: tuple[int, int] = (0, 1),
        header: str = "",
        footer: str = "",
    ) -> None:
        """Print on paper that lies on its side: A4, or A3 where the columns are many.

        Parameters
        ----------
        width
            Of all columns, in characters.
        repeat
            A row that stands at the top of each page.
        beside
            First and last of the columns that stand on each page, where not all find room on one.
        header, footer
            In the codes of Excel.
        """
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(_A4 if width <= _ON_A4 else _A3)
        sheet.fit_to_pages(1 + int(width // _ON_A3), 0)
        sheet.set_margins(0.5, 0.5, 0.8, 0.7)
        if repeat is not None:
            sheet.repeat_rows(repeat)
            if width > _ON_A3:
                sheet.repeat_columns(*beside)
        for place, text in ((sheet.set_header, header), (sheet.set_footer, footer)):
            if text and length(text) <= _HEADER:
                place(outside(text))

    def select(self) -> None:
        """Show this sheet when the workbook is opened."""
        self._sheet.activate()


def _whole(text: str) -> str:
    """Give a text as a cell holds it; none is cut."""
    text = possible(text)
    if length(text) > CELL:
        raise _too_long(text)
    return text


def _lines(text: str, width: float) -> int:
    """Count the lines that a text takes at a width; words do not fill every line."""
    room = max(width * _FILLED, 1)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))


def _unlike(heads: Sequence[str]) -> list[str]:
    """Give headers that differ in any case, as Excel's tables need them."""
    found: list[str] = []
    taken: set[str] = set()
    for head in heads:
        plain = cut(" ".join(outside(head).split()), 200) or "–"
        name, count = plain, 1
        while name.casefold() in taken or name.lower() in taken:
            count += 1
            name = f"{plain} ({count})"
        taken |= {name.casefold(), name.lower()}
        found.append(name)
    return found


def _too_long(text: str) -> TableError:
    return TableError(
        N_(
            "The text that begins with “{text} …” has {count} characters; a cell of a workbook "
            "holds {limit}. Make it shorter."
        ),
        text=text[:60],
        count=length(text),
        limit=CELL,
    )
