"""Opening a workbook's parts with openpyxl: only what its cells need, and within limits."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from clusterlab.errors import N_, TableError

#: Largest part that is read whole (styles, list of sheets, relations; 4,000 formats take a third of
#: it), and the elements of all of them: each takes a hundred times longer to understand than to
#: unpack.
_WHOLE, _ELEMENTS = 8_000_000, 80_000
_ITEM, _TEXT, _RUN = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "r"))


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
            events = iterparse(source, events=("start", "end"))
            _, root = next(events)
            depth = 0
            for event, node in events:
                depth += 1 if event == "start" else -1
                if event == "end" and not depth:
                    if node.tag == _ITEM:
                        self.shared_strings.append(_text(node))
                    root.clear()  # emptied ones alone would still be millions

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """Pass over a sheet that holds no cells."""


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
