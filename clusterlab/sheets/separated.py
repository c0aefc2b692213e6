"""Tables as text: cells separated by commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from clusterlab.errors import N_, Message, TableError
from clusterlab.sheets.cells import Value, as_text, guarded, unguarded
from clusterlab.sheets.files import whole
from clusterlab.sheets.gathering import Raw, Room, gather
from clusterlab.sheets.table import Sheet

_DELIMITERS = ",;\t|"
_QUOTED = frozenset('",;\t\n\r')
_RULE = re.compile(r"(?::?-{2,}:?|:-+:?|-+:)?")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_separated(path: Path, rows: int) -> list[Sheet]:
    """Read a table in text form; an empty file has no sheets.

    Parameters
    ----------
    path
        In UTF-8, with or without a byte order mark, or in UTF-16 with one.
    rows
        How many rows it may have.

    Raises
    ------
    TableError
        Where it is in another encoding or too long.
    """
    text = _decoded(path)
    delimiter = "\t" if path.suffix.casefold() == ".tsv" else _delimiter(text)
    # A text of any length is one cell here; whether it is too long, the reader of the cell says.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    records = _records(text, delimiter)
    if delimiter == "|":
        records = _unframed(records)
    sheet = gather("", records, Room(path.name, rows))
    return [sheet] if sheet else []


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise TableError(
            N_(
                "“{file}” is neither in UTF-8 nor in UTF-16. Open it in the spreadsheet program, "
                "save it as “CSV UTF-8” or as .xlsx, and try again."
            ),
            file=path.name,
        ) from None


def _delimiter(text: str) -> str:
    """Give the sign that separates the cells of the first line that has any; else a comma."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in counts:
            counts[char] += 1
        elif not quoted and char in "\r\n" and any(counts.values()):
            break
    return max(counts, key=lambda sign: counts[sign])


def _records(text: str, delimiter: str) -> Iterator[Raw]:
    """Go through the rows; one with broken quotation marks does not stop the others."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, tuple(map(unguarded, next(reader)))
        except StopIteration:
            return
        except csv.Error as error:
            yield number, _fault(unclosed="end of data" in str(error))


def _unframed(records: Iterable[Raw]) -> Iterator[Raw]:
    """Take off what frames a table of plain text: blanks, outer signs, the line below its head."""
    for number, found in records:
        if isinstance(found, Message):
            yield number, found
            continue
        cells = [cell.strip() if isinstance(cell, str) else cell for cell in found]
        if not any(cells) or not all(isinstance(c, str) and _RULE.fullmatch(c) for c in cells):
            yield number, tuple(cells)


def _fault(*, unclosed: bool) -> Message:
    if unclosed:
        return Message(
            N_(
                "A quotation mark that opens in this row is never closed; this row and all that "
                "follow it could not be read."
            )
        )
    return Message(
        N_(
            "The quotation marks of this row do not match; the row could not be read. "
            "A quotation mark inside a text must be doubled."
        )
    )


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write a table as CSV (RFC 4180) in UTF-8 that spreadsheets open right.

    A byte order mark tells Excel the encoding; a text that a spreadsheet would run as a formula
    gets an apostrophe before it, which reading takes off again.

    Raises
    ------
    TableError
        Where the file cannot be written; what was there before stays.
    """
    with (
        whole(path) as part,
        part.open("x", encoding="utf-8-sig", errors="replace", newline="") as file,
    ):
        for row in (header, *rows):
            file.write(_line(row))


def _line(row: Sequence[Value]) -> str:
    line = ",".join(_quoted(guarded(as_text(value))) for value in row)
    return (line or '""') + "\n"


def _quoted(text: str) -> str:
    if _QUOTED.isdisjoint(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'
