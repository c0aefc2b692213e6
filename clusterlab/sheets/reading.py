"""Reading tables, whatever file they come in."""

from __future__ import annotations

from pathlib import Path

from clusterlab.errors import N_, TableError
from clusterlab.sheets.separated import read_separated
from clusterlab.sheets.table import Sheet
from clusterlab.sheets.workbook import read_workbook

_SEPARATED = (".csv", ".tsv")
_WORKBOOKS = (".xlsx", ".xlsm")

#: How the names of tables end that can be read.
TABLES = (*_SEPARATED, *_WORKBOOKS)


def read_tables(path: Path, file_bytes: int, rows: int) -> list[Sheet]:
    """Read the tables of a file: one of a CSV or TSV file, those of all sheets of a workbook.

    Parameters
    ----------
    path
        The file; its name says what it is.
    file_bytes, rows
        Largest size of the file, and how many rows it may have over all sheets.

    Returns
    -------
    list of Sheet
        Those that hold anything; cells are text as a person would type it.

    Raises
    ------
    TableError
        Where the file as a whole cannot be read: missing, too large, damaged, encrypted, of
        another kind, in another encoding.
    """
    suffix = path.suffix.casefold()
    if suffix not in TABLES:
        raise TableError(
            N_(
                "“{file}” cannot be read: tables come as .csv, .tsv, .xlsx or .xlsm. Open it in "
                "the spreadsheet program, save it as .xlsx, and try again."
            ),
            file=path.name,
        )
    try:
        size = path.stat().st_size
        if path.is_file() and size > file_bytes:
            raise TableError(
                N_(
                    "“{file}” has {size} bytes, more than the {limit} that are allowed; nothing "
                    "was taken. Split it, or raise the limit “file_bytes” in workshop.toml."
                ),
                file=path.name,
                size=size,
                limit=file_bytes,
            )
        if suffix in _SEPARATED:
            return read_separated(path, rows)
        return read_workbook(path, file_bytes, rows)
    except OSError as error:
        raise TableError(
            N_("“{file}” cannot be read: {reason}."),
            file=str(path),
            reason=error.strerror or str(error),
        ) from error
