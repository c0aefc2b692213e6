"""Boards as documents show them: without what is not for everybody's eyes."""

from __future__ import annotations

from dataclasses import replace

from clusterlab.errors import N_
from clusterlab.methods import Hidden, Sheet, hidden, seal_of, without
from clusterlab.model import Board
from clusterlab.outputs.base import Output
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.types import Canvas, Fact, Records, Table

HIDDEN = N_("Not shown:")


def discreet(draws: Presenter, sheet: Sheet, board: Board, *, matrix: bool = False) -> Output:
    """Draw a board without what it hides, and say why that is not there.

    Parameters
    ----------
    sheet
        The board over all its topics: what one of them shows may tell what another hides.
    board
        What is drawn of it.
    matrix
        As the matrix of its kind's two axes.

    Raises
    ------
    UsageError
        Where it has no matrix.
    """
    kept_back, say = hidden(sheet), draws.language.say
    shown = without(board, kept_back, say(seal_of(sheet.kind)))
    drawn = draws.matrix(sheet.kind, shown) if matrix else draws.board(sheet.kind, shown)
    if isinstance(drawn, Table):
        drawn = _without_hidden_columns(drawn, kept_back)
    reasons = tuple(Fact(say(HIDDEN), say(reason)) for reason in kept_back.reasons)
    if reasons and isinstance(drawn, Canvas | Records | Table):
        return replace(drawn, footnotes=(*reasons, *drawn.footnotes))
    return drawn


def _without_hidden_columns(table: Table, kept_back: Hidden) -> Table:
    """Leave out the columns in which nothing shows since all of it is hidden."""
    names = frozenset[str]().union(*kept_back.fields.values())
    kept = [
        index
        for index, column in enumerate(table.columns)
        if column.id not in names or any(row.cells[index] for row in table.rows)
    ]
    if len(kept) == len(table.columns):
        return table
    rows = (replace(row, cells=tuple(row.cells[i] for i in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[i] for i in kept), rows=tuple(rows))
