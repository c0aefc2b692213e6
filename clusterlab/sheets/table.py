"""Tables as they were read and as they are to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clusterlab.errors import Message
from clusterlab.sheets.cells import Cell, Value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was read.

    Parameters
    ----------
    name
        Name of the sheet, "" in files that have no sheets.
    header
        The first row that holds anything.
    rows
        The rows below it that hold anything, each with its number as a spreadsheet shows it. A row
        has as many cells as the header, or more where it has more.
    faults
        Rows that could not be told apart into cells, by number, and why.
    dropped
        How many cells held NUL characters, which were dropped.
    day_zero
        From which day a workbook counts the days that its numbers may stand for.
    """

    name: str
    header: tuple[str, ...]
    rows: list[tuple[int, tuple[Cell, ...]]]
    faults: tuple[tuple[int, Message], ...] = ()
    dropped: int = 0
    day_zero: date = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be written as one sheet of a workbook."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
