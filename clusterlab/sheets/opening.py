"""Opening a workbook's parts with openpyxl: only what its cells need, and within limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# The quick parser: what could let a part grow, a document type, is refused before (`archive`).
from xml.etree.ElementTree import iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from clusterlab.errors import N_, TableError

#: Largest part that is read whole (styles, list of sheets, relations; 4,000 formats take a third of
#: it), and the elements of all of them: each takes a hundred times longer to understand than to
#: unpack.
_WHOLE, _ELEMENTS = 8_000_000, 80_000
_ITEM, _TEXT, _RUN, _ROW, _INLINE = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "r", "row", "is")
)
#: What of a sheet stands in its rows: elements that are kept until their row is whole.
_WITHIN = frozenset(f"{{{SHEET_MAIN_NS}}}{name}" for name in ("c", "v", "f", "is", "t", "r"))


def opened(path: Path, *, values: bool) -> Any:
    """Open a workbook for reading; it must be closed.

    Parameters
    ----------
    path
        A workbook that was looked at from outside.
    values
        Whether the results of formulas are wanted, not the formulas.

    Raises
    ------
    TableError
        Where it would take minutes to understand.
    """
    reader = _Reader(path, values=values)
    try:
        reader.read()
    except BaseException:
        reader.archive.close()
        raise
    return reader.wb


def cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Give the cells of a sheet that was opened, row by row, missing rows as empty ones.

    What a file says of its own size may be a lie and is not looked at.
    """
    book, following = sheet.parent, 1
    with sheet._get_source() as source:  # noqa: SLF001 - what the library's own reading begins with
        parser = _Cells(
            source,
            sheet._shared_strings,  # noqa: SLF001 - likewise
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - likewise
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - likewise
        )
        for number, row in parser.parse():
            for _ in range(following, number):
                yield ()
            if following <= number:
                following = number + 1
                yield sheet._get_row(row)  # noqa: SLF001 - likewise


class _Cells(WorkSheetParser):  # type: ignore[misc]
    """Reads the rows of a sheet and passes over everything else."""

    def parse(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        for _, element in iterparse(self.source):  # noqa: S314 - see above
            if element.tag == _ROW:
                row = self.parse_row(element)
                element.clear()
                yield row
            elif element.tag not in _WITHIN:
                element.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Read a cell; texts that stand in it and empty ones, which are many, without detours."""
        kind, place = element.get("t", "n"), element.get("r")
        text = element.find(_INLINE) if kind == "inlineStr" and len(element) == 1 else None
        if not place or (len(element) and text is None):
            found: dict[str, Any] = super().parse_cell(element)
            return found
        letters = place.rstrip("0123456789")
        self.col_counter = column_index_from_string(letters)
        return {
            "row": int(place[len(letters) :]),
            "column": self.col_counter,
            "value": None if text is None else _text(text),
            "data_type": kind if text is None else "s",
            "style_id": int(element.get("s", 0)),
        }


class _Parts(zipfile.ZipFile):
    """A workbook's parts, of which not too much may be read whole."""

    elements = 0

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        info = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        data = super().read(name, pwd) if info.file_size <= _WHOLE else b""
        self.elements += data.count(b"<") - data.count(b"</")
        if info.file_size > _WHOLE or self.elements > _ELEMENTS:
            raise _too_much(self.filename, info.filename)
        return data


class _Reader(ExcelReader):  # type: ignore[misc]
    """Reads sheets of cells; passes over charts, names, themes and properties."""

    def __init__(self, path: Path, *, values: bool) -> None:
        super().__init__(path, read_only=True, data_only=values, keep_links=False)
        self.archive.close()
        self.archive: _Parts = _Parts(path)

    def read(self) -> None:
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        self.read_worksheets()

    def read_strings(self) -> None:
        """Read the table of texts as it stands: openpyxl’s own way drops “x005F_” from them."""
        if (part := self.package.find(SHARED_STRINGS)) is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            events = iterparse(source, events=("start", "end"))  # noqa: S314 - see above
            _, root = next(events)
            depth = 0
            for event, node in events:
                depth += 1 if event == "start" else -1
                if event == "end" and not depth:
                    if node.tag == _ITEM:
                        self.shared_strings.append(_text(node))
                    root.clear()  # emptied ones alone would still be millions

    def read_worksheets(self) -> None:
        """List the sheets of cells; sheets that are charts hold none."""
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                found = _Sheet(self.wb, sheet.name, relation.target, self.shared_strings)
                self.wb._sheets.append(found)  # noqa: SLF001 - as the library's own reader does


class _Sheet(ReadOnlyWorksheet):  # type: ignore[misc]
    """A sheet of which nothing is read before its cells are."""

    def _get_size(self) -> None:
        """Do not look for the size that the file says of it."""


def _text(item: Any) -> str:
    """Join the text of an item and of its runs; how it is spoken is not part of it."""
    found = []
    for node in item:
        if node.tag == _TEXT:
            found.append(node.text or "")
        elif node.tag == _RUN:
            found += [text.text or "" for text in node.findall(_TEXT)]
    return "".join(found)


def _too_much(path: str | None, part: str) -> TableError:
    return TableError(
        N_(
            "“{file}”: its part “{part}” is larger than any that a real table takes, so it was not "
            "read. Copy the table into a new workbook."
        ),
        file=Path(path or "").name,
        part=part[:80],
    )
