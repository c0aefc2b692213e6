"""Reading Excel workbooks as data: no formula runs, nothing is fetched, nothing is followed."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from clusterlab.errors import N_, ClusterlabError, Message, TableError
from clusterlab.model import one_line
from clusterlab.sheets.archive import damaged, inspect
from clusterlab.sheets.cells import Cell, as_text
from clusterlab.sheets.escapes import decoded
from clusterlab.sheets.gathering import Raw, Room, gather
from clusterlab.sheets.table import Sheet

_ROWS = 1_048_576  # that Excel can show
_CELLS = 20_000_000  # that a file may make us look at, empty ones among them


def read_workbook(path: Path, file_bytes: int, rows: int) -> list[Sheet]:
    """Read all sheets of a workbook that hold anything, hidden ones too.

    Parameters
    ----------
    path
        An ``.xlsx`` or ``.xlsm`` file; macros are data that nobody looks at.
    file_bytes, rows
        Largest size of a table, and how many rows it may have over all sheets.

    Raises
    ------
    TableError
        Where it is no workbook, encrypted, damaged, a trap, or too long.
    """
    formulas = inspect(path, file_bytes, rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about features of Excel that we do not use
        try:
            return _read(path, Room(path.name, rows), formulas=formulas)
        except ClusterlabError:
            raise
        except Exception as error:  # a broken workbook fails in any way at all
            raise damaged(path.name) from error


def _read(path: Path, room: Room, *, formulas: bool) -> list[Sheet]:
    sheets = []
    with contextlib.ExitStack() as stack:
        values = stack.enter_context(_opened(path, values=True))
        sources = [None] * len(values.worksheets)
        if formulas:
            sources = stack.enter_context(_opened(path, values=False)).worksheets
        for sheet, source in zip(values.worksheets, sources, strict=True):
            raw = _rows(path.name, sheet, source, room)
            if found := gather(one_line(sheet.title)[:60], raw, room):
                sheets.append(replace(found, day_zero=values.epoch.date()))
    return sheets


@contextlib.contextmanager
def _opened(path: Path, *, values: bool) -> Iterator[Any]:
    from clusterlab.sheets.opening import opened  # noqa: PLC0415 - only workbooks need it

    book = opened(path, values=values)
    try:
        yield book
    finally:
        book.close()


def _rows(file: str, sheet: Any, source: Any, room: Room) -> Iterator[Raw]:
    """Go through a sheet; ``source`` is the same sheet with its formulas, or ``None``."""
    from clusterlab.sheets.opening import cells  # noqa: PLC0415 - only workbooks need it

    formulas = repeat(()) if source is None else cells(source)
    for number, (row, written) in enumerate(zip(cells(sheet), formulas, strict=False), 1):
        room.looked += len(row) + 1  # a row without cells takes its time too
        if number > _ROWS or room.looked > _CELLS:
            raise TableError(
                N_(
                    "“{file}”, sheet “{sheet}”: cells far outside the table are in use. Copy the "
                    "table into a new workbook."
                ),
                file=file,
                sheet=sheet.title,
            )
        pairs = zip(row, chain(written, repeat(None)), strict=False)
        yield number, tuple(_cell(cell, formula) for cell, formula in pairs)


def _cell(cell: Any, formula: Any) -> Cell:
    value = cell.value
    if value is None:
        if formula is not None and formula.data_type == "f":
            return Message(
                N_(
                    "The cell holds a formula whose result was never calculated. Open the file in "
                    "the spreadsheet program and save it, or type the value."
                )
            )
        return ""
    if cell.data_type == "e":
        return Message(N_("The cell holds the error {error}."), {"error": str(value)[:20]})
    if isinstance(value, str):
        return decoded(value)
    return as_text(value)
