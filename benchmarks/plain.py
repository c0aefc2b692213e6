"""A canvas as one builds it of plain ipywidgets: what the live canvas is measured against."""

from __future__ import annotations

from functools import partial

import ipywidgets

from clusterlab.session import OpenBoard


class Canvas:
    """Blocks in a grid; a text area and buttons to move and delete per note, one to add per block.

    Parameters
    ----------
    board
        Whose blocks, grid and notes are shown.
    """

    def __init__(self, board: OpenBoard) -> None:
        # Read before anything is measured: this canvas keeps nothing and reads nothing.
        self._grid = board.kind.grid
        self._labels = {block.id: block.label for block in board.kind.blocks}
        self._texts = {
            block: [note.text for note in board.state.block(block)] for block in self._labels
        }
        self._columns: dict[str, ipywidgets.VBox] = {}

    def draw(self) -> ipywidgets.GridBox:
        """Make all the widgets."""
        cells = []
        for block, label in self._labels.items():
            column = ipywidgets.VBox([self._note(block, text) for text in self._texts[block]])
            add = ipywidgets.Button(description="Add note", tooltip=f"Add a note to {label}")
            add.add_class("plain-add")
            add.on_click(partial(self._add, block))
            self._columns[block] = column
            place = ipywidgets.Layout(grid_area=block, border="1px solid #999", padding="4px")
            title = ipywidgets.HTML(f"<b>{label}</b>")
            cells.append(ipywidgets.VBox([title, column, add], layout=place))
        areas = " ".join('"' + " ".join(row) + '"' for row in self._grid)
        layout = ipywidgets.Layout(
            grid_template_areas=areas,
            grid_template_columns=f"repeat({len(self._grid[0])}, 1fr)",
            grid_gap="4px",
            width="100%",
        )
        return ipywidgets.GridBox(cells, layout=layout)

    def texts(self) -> list[str]:
        """Give what stands on the canvas now."""
        rows = [row for column in self._columns.values() for row in column.children]
        return [row.children[0].value for row in rows]

    def _note(self, block: str, text: str) -> ipywidgets.HBox:
        area = ipywidgets.Textarea(value=text, rows=2, layout=ipywidgets.Layout(width="70%"))
        area.add_class("plain-note")
        narrow = ipywidgets.Layout(width="30px")
        move = ipywidgets.Button(description="→", tooltip="Move", layout=narrow)
        delete = ipywidgets.Button(description="✕", tooltip="Delete", layout=narrow)
        row = ipywidgets.HBox([area, move, delete])
        at = [block]
        move.on_click(partial(self._move, row, at))
        delete.on_click(partial(self._delete, row, at))
        return row

    def _add(self, block: str, _: ipywidgets.Button) -> None:
        self._columns[block].children += (self._note(block, ""),)

    def _delete(self, row: ipywidgets.HBox, at: list[str], _: ipywidgets.Button) -> None:
        column = self._columns[at[0]]
        column.children = tuple(child for child in column.children if child is not row)

    def _move(self, row: ipywidgets.HBox, at: list[str], button: ipywidgets.Button) -> None:
        self._delete(row, at, button)
        order = list(self._columns)
        at[0] = order[(order.index(at[0]) + 1) % len(order)]
        self._columns[at[0]].children += (row,)
