"""How full canvases are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clusterlab.model import Board, BoardId, CanvasKind


@dataclass(frozen=True, slots=True)
class Fullness:
    """How much a cluster has written on one canvas.

    Parameters
    ----------
    notes
        Number of notes.
    filled, boxes
        How many boxes (block by topic) hold a note, and how many there are.
    """

    notes: int
    filled: int
    boxes: int

    @property
    def share(self) -> float:
        """Share of the boxes that hold a note, 0 to 1."""
        return self.filled / self.boxes if self.boxes else 0.0


def fullness(kind: CanvasKind, board: Board) -> Fullness:
    """Count what stands on a canvas.

    Parameters
    ----------
    board
        With all topics.
    """
    topics = [t.id for t in kind.topics] or [""]
    places = [(t, b.id) for t in topics for b in kind.blocks]
    filled = sum(1 for t, b in places if board.block(b, t))
    return Fullness(len(board), filled, len(places))


def fullness_table(
    kinds: Mapping[str, CanvasKind],
    canvases: Iterable[tuple[str, str]],
    boards: Mapping[BoardId, Board],
    cluster: str,
) -> list[Fullness]:
    """Count what a cluster has written on each (canvas, version)."""
    table = []
    for canvas, version in canvases:
        board_id = BoardId(cluster, canvas, version)
        table.append(fullness(kinds[canvas], boards.get(board_id, Board(board_id))))
    return table
