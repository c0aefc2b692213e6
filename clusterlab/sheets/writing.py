"""Writing Excel workbooks in which every text is text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from clusterlab.errors import N_, TableError
from clusterlab.sheets.cells import Value, as_text
from clusterlab.sheets.escapes import writer
from clusterlab.sheets.files import whole
from clusterlab.sheets.fitting import CELL, FIRST_DAY, NEVER, keeps, length, possible, sheet_names
from clusterlab.sheets.table import Table

_ROWS = 1_048_575  # below the header
_WIDTHS = (8, 60)  # narrowest and widest column, in characters

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(
    path: Path, tables: Sequence[Table], *, title: str = "", created: datetime = NEVER
) -> None:
    """Write a workbook with one sheet for each table; the same input gives the same bytes.

    Parameters
    ----------
    path
        The file, written whole.
    tables
        At least one. Texts stay texts, whatever they begin with.
    title, created
        Title and day of the document's properties.

    Raises
    ------
    TableError
        Where a text or a table is longer than a workbook can hold, or the file cannot be written;
        what was there before stays.
    """
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - only workbooks need it

    for table in tables:
        _check(table, path.name)
    with whole(path) as part:
        book = writer().Workbook(str(part), _OPTIONS)
        book.set_properties({"title": title, "created": created})
        formats = _Formats(book)
        name_of = sheet_names()
        for table in tables:
            _fill(book.add_worksheet(name_of(table.name)), table, formats)
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(0, str(error)) from error


class _Formats:
    def __init__(self, book: Any) -> None:
        look = {"valign": "top", "text_wrap": True}
        self.header = book.add_format({"bold": True, "valign": "top", "bottom": 1})
        self.text = book.add_format({**look, "num_format": "@"})
        self.number = book.add_format({"valign": "top"})
        self.date = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})


def _check(table: Table, file: str) -> None:
    if len(table.rows) > _ROWS:
        raise TableError(
            N_("“{file}” would have {count} rows; a workbook holds {limit}. Write a .csv file."),
            file=file,
            count=len(table.rows),
            limit=_ROWS,
        )
    for row in table.rows:
        for column, value in zip(table.header, row, strict=True):
            if isinstance(value, str) and length(value) > CELL:
                raise TableError(
                    N_(
                        "The {column} that begins with “{text} …” has {count} characters; a cell "
                        "of a workbook holds {limit}. Write a .csv file, which holds it all."
                    ),
                    column=column,
                    text=value[:60],
                    count=length(value),
                    limit=CELL,
                )


def _fill(sheet: Any, table: Table, formats: _Formats) -> None:
    for column, name in enumerate(table.header):
        sheet.set_column(column, column, _width(name, [row[column] for row in table.rows]))
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(table.header):
        sheet.write_string(0, column, possible(name), formats.header)
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, formats)
    if table.header:
        sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)


def _write(sheet: Any, row: int, column: int, value: Value, formats: _Formats) -> None:
    match value:
        case None | "":
            pass
        case bool():
            sheet.write_boolean(row, column, value, formats.number)
        case int() | float() if keeps(value):
            sheet.write_number(row, column, value, formats.number)
        case date() if not isinstance(value, datetime) and value >= FIRST_DAY:
            sheet.write_datetime(row, column, value, formats.date)
        case _:
            sheet.write_string(row, column, possible(as_text(value)), formats.text)


def _width(name: str, values: Sequence[Value]) -> int:
    """Give a width that shows most of a column; longer texts wrap."""
    narrow, wide = _WIDTHS
    longest = max((max(map(len, as_text(v).split("\n"))) for v in values), default=0)
    return min(max(narrow, len(name) + 4, longest + 1), wide)
