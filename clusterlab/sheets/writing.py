"""Writing Excel workbooks in which every text is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from clusterlab.errors import N_, TableError
from clusterlab.sheets.cells import Value, as_text
from clusterlab.sheets.files import whole
from clusterlab.sheets.table import Table

_CELL = 32_767  # characters, as UTF-16 counts them
_ROWS = 1_048_575  # below the header
_NAME = 31
_WIDTHS = (8, 60)  # narrowest and widest column, in characters
_DIGITS = 15  # that a number in a workbook keeps
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel's calendar is wrong
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no zones

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ODD = re.compile("[\ud800-\udfff\ufffe\uffff]")  # that no workbook can hold


def write_xlsx(
    path: Path, tables: Sequence[Table], *, title: str = "", created: datetime = _NEVER
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
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    for table in tables:
        _check(table, path.name)
    with whole(path) as part:
        book = xlsxwriter.Workbook(str(part), _OPTIONS)
        book.set_properties({"title": title, "created": created})
        formats = _Formats(book)
        for name, table in zip(_names([t.name for t in tables]), tables, strict=True):
            _fill(book.add_worksheet(name), table, formats)
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
            if isinstance(value, str) and _length(value) > _CELL:
                raise TableError(
                    N_(
                        "The {column} that begins with “{text} …” has {count} characters; a cell "
                        "of a workbook holds {limit}. Write a .csv file, which holds it all."
                    ),
                    column=column,
                    text=value[:60],
                    count=_length(value),
                    limit=_CELL,
                )


def _length(text: str) -> int:
    """Count as UTF-16 does; short texts need no counting."""
    return len(text) if len(text) * 2 < _CELL else len(text.encode("utf-16-le", "replace")) // 2


def _fill(sheet: Any, table: Table, formats: _Formats) -> None:
    for column, name in enumerate(table.header):
        sheet.set_column(column, column, _width(name, [row[column] for row in table.rows]))
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(table.header):
        sheet.write_string(0, column, _possible(name), formats.header)
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
        case int() | float() if _keeps(value):
            sheet.write_number(row, column, value, formats.number)
        case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, formats.date)
        case _:
            sheet.write_string(row, column, _possible(as_text(value)), formats.text)


def _keeps(number: float) -> bool:
    """Tell whether a workbook keeps all digits of a number; else it is written as text."""
    try:
        return float(f"{number:.{_DIGITS + 1}G}") == number and abs(number) < 10**_DIGITS
    except OverflowError:
        return False


def _possible(text: str) -> str:
    return _ODD.sub("\N{REPLACEMENT CHARACTER}", text)


def _width(name: str, values: Sequence[Value]) -> int:
    """Give a width that shows most of a column; longer texts wrap."""
    narrow, wide = _WIDTHS
    longest = max((max(map(len, as_text(v).split("\n"))) for v in values), default=0)
    return min(max(narrow, len(name) + 4, longest + 1), wide)


def _names(wanted: Sequence[str]) -> list[str]:
    """Make names that Excel takes: short, without signs of its own, different in any case."""
    names: list[str] = []
    taken = {"history"}
    for raw in wanted:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", _possible(raw)).strip(" '") or "Sheet"
        name, count = plain[:_NAME].strip(" '"), 1
        while name.casefold() in taken:
            count += 1
            end = f" {count}"
            name = plain[: _NAME - len(end)] + end
        taken.add(name.casefold())
        names.append(name)
    return names
