"""What a page of its own must know to write its notes as a table that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clusterlab.exchange.columns import ABOVE, COMMON, COPY, FIRST, SEEN, column_of
from clusterlab.exchange.values import cell_of
from clusterlab.model import BoardId, CanvasKind, Note
from clusterlab.sheets import as_text

_EXACT = 2**53  # up to which a browser tells whole numbers apart


def page_table(board: BoardId, kind: CanvasKind, notes: Iterable[Note]) -> dict[str, Any]:
    """Give how a page writes the notes of a board as a table.

    Parameters
    ----------
    board, kind
        Whose notes.
    notes
        Those that the page shows.

    Returns
    -------
    dict
        JSON values: ``cluster``, ``canvas``; ``columns`` in their order; ``values``, the name of
        the value in a column, for columns that hold one; ``cells``, by note and column the texts
        that a browser could not write itself.
    """
    notes = list(notes)
    values = {name: name for name in ("text", *COMMON) if name != "links"}
    values |= {column_of(f.id, kind): f.id for f in kind.fields}
    more = {column_of(k, kind): k for note in notes for k in note.values}
    values |= {column: more[column] for column in sorted(more)}
    cells = {}
    for note in notes:
        odd = {
            column_of(k, kind): as_text(cell_of(k, v, kind))
            for k, v in note.values.items()
            if not _is_plain(v)
        }
        if odd:
            cells[note.id] = odd
    first = [name for name in FIRST if name != "author"]
    rest = [name for name in (*COMMON, *values) if name not in first]
    return {
        "cluster": board.cluster,
        "canvas": board.canvas,
        "columns": [*first, *dict.fromkeys(rest), SEEN, COPY, ABOVE],
        "values": values,
        "cells": cells,
    }


def _is_plain(value: Any) -> bool:
    """Tell whether a browser writes a value as we do."""
    if isinstance(value, tuple):
        return all(isinstance(v, str) for v in value)
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) < _EXACT
    return isinstance(value, str) or whole
