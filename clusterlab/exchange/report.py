"""What became of an import."""

from __future__ import annotations

from dataclasses import dataclass

from clusterlab.errors import Message, Refusal


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an import.

    Parameters
    ----------
    file
        Name of the file.
    taken, changed, unchanged
        How many notes are new, how many were changed or moved, and how many needed nothing. For a
        journal, ``taken`` counts operations.
    deleted
        How many rows belong to notes that were deleted here, and stay so.
    refusals
        Rows that were not taken, and single links of rows that were.
    notices
        What else a person should know.
    """

    file: str
    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    refusals: tuple[Refusal, ...] = ()
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of a form that came back.

    Parameters
    ----------
    file
        Name of the file.
    cluster
        Id of the cluster whose form it is; "" where it is none.
    taken, changed, deleted, unchanged
        How many notes it added, changed or moved, and took away, and how many needed nothing.
    refusals
        What was not taken: files, sheets, rows, cells.
    notices
        What else a person should know.
    """

    file: str
    cluster: str = ""
    taken: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    refusals: tuple[Refusal, ...] = ()
    notices: tuple[Message, ...] = ()
