"""Making a sheet of raw rows, within limits."""

from __future__ import annotations

from collections.abc import Iterable

from clusterlab.errors import N_, Message, TooManyRowsError
from clusterlab.sheets.cells import Cell
from clusterlab.sheets.table import Sheet

#: A row's number, and its cells or why it has none.
Raw = tuple[int, tuple[Cell, ...] | Message]


class Room:
    """How many rows may still come, over all sheets of a file.

    Parameters
    ----------
    rows
        Rows that hold anything, headers aside.

    Attributes
    ----------
    looked
        How many cells were looked at, empty ones among them.
    """

    def __init__(self, file: str, rows: int) -> None:
        self._file, self._limit, self._left = file, rows, rows
        self.looked = 0

    def take(self) -> None:
        """Count one row.

        Raises
        ------
        TooManyRowsError
            Where it is one too many.
        """
        self._left -= 1
        if self._left < 0:
            raise TooManyRowsError(
                N_(
                    "“{file}” has more than {limit} rows; nothing was taken. Split it into "
                    "smaller files, or raise the limit “rows” in workshop.toml."
                ),
                file=self._file,
                limit=self._limit,
            )


def gather(name: str, raw: Iterable[Raw], room: Room) -> Sheet | None:
    """Tell header and rows apart and pass over empty rows; ``None`` for an empty sheet.

    Raises
    ------
    TooManyRowsError
        Where there are too many rows.
    """
    header: tuple[str, ...] | None = None
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    faults: list[tuple[int, Message]] = []
    dropped = 0
    for number, found in raw:
        if isinstance(found, Message):
            room.take()
            faults.append((number, found))
            continue
        end = _end(found)
        if not end:
            continue
        cells = found[: max(end, len(header or ()))]
        if any("\0" in c for c in cells if isinstance(c, str)):
            dropped += sum("\0" in c for c in cells if isinstance(c, str))
            cells = tuple(c.replace("\0", "") if isinstance(c, str) else c for c in cells)
        if header is None:
            header = tuple(c if isinstance(c, str) else "" for c in cells)
            continue
        room.take()
        rows.append((number, cells + ("",) * (len(header) - len(cells))))
    if header is None and not faults:
        return None
    return Sheet(name, header or (), rows, tuple(faults), dropped)


def _end(cells: tuple[Cell, ...]) -> int:
    """Count the cells without the empty ones at the end."""
    end = len(cells)
    while end and (not cells[end - 1] or str(cells[end - 1]).isspace()):
        end -= 1
    return end
