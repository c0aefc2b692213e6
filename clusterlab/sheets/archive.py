"""Looking at a workbook from outside before anything opens it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from clusterlab.errors import N_, TableError

# How much larger than the largest table allowed a workbook may become when it is unpacked; a real
# workbook is text that packs about ten to one.
_GROWTH = 10
# Above this size nothing real packs better than that.
_SMALL = 10_000_000
_RATIO = 150
_ENTRIES = 2_000
_FEW = 100_000  # rows that do no harm, however few a table may have
_CHUNK = 1 << 20

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_COUNTED = re.compile(
    rb"<(?:[^\s<>/:]+:)?"
    rb"(f|row|c|si|mergeCell|hyperlink|dataValidation|cfRule|conditionalFormatting|col|brk)[\s/>]"
)
_NAME = 256  # bytes within which the name of an element ends
#: How text of two bytes a sign begins, in which no spreadsheet program writes its parts and in
#: which nothing would be found.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
#: Begins what could let a part grow while it is understood; no spreadsheet program writes it.
_TYPE = b"<!DOCTYPE"
#: How many times the rows that a table may have a file may hold, empty ones among them: each of
#: them takes its time.
_EMPTY = 2
#: Cells and different texts that it may hold for each of these rows, and that do no harm, however
#: few rows; and what else may stand on its sheets (merged cells, links, rules), which takes longer.
_BROAD, _CELLS, _OTHERS = 100, 1_000_000, 50_000
_ENCRYPTED = 0x1
_BOOK, _STRICT, _BEGINNING = "xl/workbook.xml", b"purl.oclc.org/ooxml/spreadsheetml", 4_000


def inspect(path: Path, file_bytes: int, rows: int) -> bool:
    """Refuse what is no workbook or a trap, and tell whether any sheet holds formulas.

    Parameters
    ----------
    path
        A file that should be a workbook.
    file_bytes, rows
        Largest size of a table, and how many rows it may have.

    Raises
    ------
    TableError
        Where it is encrypted, damaged, something else, or would unpack to too much.
    """
    _refuse_ole(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path.name, file_bytes * _GROWTH)
            _refuse_strict(archive, path.name)
            looked = [_counted(archive, entry, path.name) for entry in archive.infolist()]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise damaged(path.name) from error
    held = sum(looked, Counter())
    count, cells = held[b"row"], held[b"c"] + held[b"si"]
    if count > max(rows * _EMPTY, _FEW):
        raise TableError(
            N_(
                "“{file}” holds {count} rows, empty ones among them; that is more than a real "
                "table takes, so it was not read. Copy the table into a new workbook."
            ),
            file=path.name,
            count=count,
        )
    others = held.total() - count - cells - held[b"f"]
    if cells > max(rows * _BROAD, _CELLS) or others > _OTHERS:
        raise TableError(
            N_(
                "“{file}” holds {cells} cells and {others} merged cells, links and rules; that is "
                "more than a real table takes, so it was not read. Copy the table into a new "
                "workbook."
            ),
            file=path.name,
            cells=cells,
            others=others,
        )
    # Charts refer to cells by formulas, but have no rows.
    return any(found[b"f"] and found[b"row"] for found in looked)


@dataclass(frozen=True, slots=True)
class Extras:
    """What a workbook holds besides its cells; nobody looks into any of it.

    Parameters
    ----------
    comments
        Comments that people wrote to be answered.
    macros
        Programs.
    links
        References to other workbooks.
    """

    comments: bool
    macros: bool
    links: bool


def extras(path: Path) -> Extras:
    """Tell what a workbook holds besides its cells."""
    with zipfile.ZipFile(path) as archive:
        names = [name.casefold() for name in archive.namelist()]
    return Extras(
        any(name.startswith("xl/threadedcomments/") for name in names),
        any(name.endswith("/vbaproject.bin") for name in names),
        any(name.startswith("xl/externallinks/") for name in names),
    )


def damaged(file: str) -> TableError:
    """Give the error for a file that is no workbook or is broken."""
    return TableError(
        N_(
            "“{file}” is damaged or not an Excel workbook. Open it in the spreadsheet program, "
            "save it as .xlsx again, and try again."
        ),
        file=file,
    )


def _refuse_ole(path: Path) -> None:
    """Refuse the old container, which holds encrypted workbooks and .xls."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) != _OLE:
            return
        encrypted = "EncryptedPackage".encode("utf-16-le") in file.read()
    if encrypted:
        raise TableError(
            N_(
                "“{file}” is protected by a password. Open it in the spreadsheet program, take the "
                "password off, save it, and try again."
            ),
            file=path.name,
        )
    raise TableError(
        N_(
            "“{file}” is protected by a password or an old Excel file (.xls) under another name. "
            "Open it in the spreadsheet program, save it as .xlsx without a password, and try "
            "again."
        ),
        file=path.name,
    )


def _check(archive: zipfile.ZipFile, file: str, unpacked: int) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise damaged(file)
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > _ENTRIES or total > unpacked or (total > _SMALL and total > packed * _RATIO):
        raise TableError(
            N_(
                "“{file}” would unpack to {size} million bytes in {count} parts; that is more than "
                "a real table takes, so it was not opened. Copy the table into a new workbook."
            ),
            file=file,
            size=total // 1_000_000,
            count=len(entries),
        )
    odd = (e for e in entries if e.flag_bits & _ENCRYPTED or _outside(e.filename))
    if any(odd) or len(set(names)) != len(names):
        raise damaged(file)


def _refuse_strict(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse the strict variant of the format: openpyxl finds nothing in it."""
    if _BOOK not in archive.namelist():
        return
    with archive.open(_BOOK) as part:
        if _STRICT not in part.read(_BEGINNING):
            return
    raise TableError(
        N_(
            "“{file}” was saved as “Strict Open XML”. Open it in the spreadsheet program, save it "
            "as “Excel Workbook (.xlsx)”, and try again."
        ),
        file=file,
    )


def _outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


def _counted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> Counter[bytes]:
    """Count the elements of a part that take time, or tell something, by their names.

    Which parts are sheets is a workbook's own choice, whatever their names: so all are looked at.
    """
    found: Counter[bytes] = Counter()
    rest, first = b"", True
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            if first and chunk.startswith(_WIDE):
                raise damaged(file)
            text, first = rest + chunk, False
            if _TYPE in text:
                raise damaged(file)
            end = text.rfind(b"<", -_NAME)  # an element that goes on in the next chunk
            rest = text[end:] if end >= 0 else b""
            found.update(_COUNTED.findall(text[:end] if end >= 0 else text))
    found.update(_COUNTED.findall(rest))
    return found
