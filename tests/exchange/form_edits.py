"""Forms as people edit them: a workbook's sheet as lists, to be changed and put back."""

from __future__ import annotations

from dataclasses import dataclass, field

import openpyxl

from clusterlab.exchange import make_form, write_form
from clusterlab.exchange.collecting import collect_form
from clusterlab.model import BoardId, Operation, new_id

HEADS = 4  # rows of a sheet up to its headings


def put(folder, board, block, values, note="", **payload):
    """Add a note as a person does on a canvas; gives its id."""
    note = note or new_id()
    kind = folder.kinds[board.canvas]
    payload = {"note": note, "block": block, "values": values, **payload}
    payload["letter"] = kind.block(block).letter
    folder.journal.append([Operation(board, "add", payload, "local", new_id())])
    return note


def edit(folder, board, note, **values):
    base = list(folder.board(board).everything[note].heads)
    payload = {"note": note, "base": base, "values": values}
    folder.journal.append([Operation(board, "edit", payload, "local", new_id())])


def form(folder, path, canvases=(), cluster="alpha", language="en"):
    """Write a cluster's form."""
    spoken = folder.language(wanted=language)
    write_form(make_form(folder, folder.cluster(cluster), spoken, canvases), path)
    return path


def collect(folder, path, **options):
    return collect_form(folder, path, **options)


@dataclass
class Sheet:
    """A sheet's cells, row by row; the first rows are its headings."""

    name: str
    rows: list[list[object]] = field(default_factory=list)

    def column(self, name):
        return self.rows[0].index(name)

    @property
    def below(self):
        return self.rows[HEADS:]

    def row(self, text):
        """Find the row of a text."""
        return next(r for r in self.below if r[self.column("text")] == text)

    def spare(self, **places):
        """Find an empty row of a place."""
        return next(
            r
            for r in self.below
            if not r[self.column("text")]
            and not r[0]
            and all(r[self.column(n)] == v for n, v in places.items())
        )

    def set(self, row, **cells):
        for name, value in cells.items():
            row[self.column(name)] = value

    def remove(self, row):
        self.rows = [r for r in self.rows if r is not row]

    def append(self, **cells):
        row = [None] * len(self.rows[0])
        self.rows.append(row)
        self.set(row, **cells)


class Workbook:
    """A form opened by another program than the one that wrote it."""

    def __init__(self, path, **options):
        self.book = openpyxl.load_workbook(path, **options)
        self.sheets = {}
        for sheet in self.book.worksheets:
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
            name = next((str(c) for c in (rows or [[]])[0] if str(c).startswith("clusterlab:")), "")
            if name:
                self.sheets[name.removeprefix("clusterlab:").split()[0]] = Sheet(sheet.title, rows)

    def __getitem__(self, name):
        return self.sheets[name]

    def save(self, path):
        for sheet in self.sheets.values():
            target = self.book[sheet.name]
            for row in target.iter_rows():
                for cell in row:
                    if not isinstance(cell, openpyxl.cell.MergedCell):
                        cell.value = None
            for number, row in enumerate(sheet.rows, 1):
                for column, value in enumerate(row, 1):
                    if value is not None:
                        cell = target.cell(number, column)
                        cell.value = value
                        if isinstance(value, str):
                            cell.data_type = "s"  # as a cell of texts keeps what is typed
                        elif isinstance(value, int | float):
                            cell.number_format = "General"  # formats move with their columns
        self.book.save(path)
        return path


def state(folder, cluster="alpha"):
    """What shows on every board of a cluster, note by note."""
    return {
        (board.canvas, board.version, note.id): (
            note.topic,
            note.block,
            {k: v for k, v in note.values.items() if v not in (None, "", ())},
            frozenset(note.links),
        )
        for board, held in folder.boards(cluster).items()
        for note in held
    }


SWOT = BoardId("alpha", "swot", "current", "business")
ACTIONS = BoardId("alpha", "action-plan")
