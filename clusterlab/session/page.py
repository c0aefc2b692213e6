"""A board as a page of its own, written to a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from clusterlab.methods import handed_out
from clusterlab.methods.sheet import cited_kinds
from clusterlab.model import Board, BoardId, CanvasKind
from clusterlab.outputs import Output
from clusterlab.outputs.present import Presenter
from clusterlab.sheets import whole
from clusterlab.workshop import Settings


class _Workshop(Protocol):
    @property
    def settings(self) -> Settings: ...


class _Cluster(Protocol):
    @property
    def workshop(self) -> _Workshop: ...
    @property
    def kinds(self) -> Mapping[str, CanvasKind]: ...
    def boards(self) -> Mapping[BoardId, Board]: ...
    def presenter(self) -> Presenter: ...


class _Board(Protocol):
    kind: CanvasKind
    id: BoardId
    shape: str
    versions: tuple[str, ...]

    def output(self) -> Output: ...


def save_page(board: _Board, cluster: _Cluster, path: Path) -> Path:
    """Write a board as a page of its own.

    Raises
    ------
    TableError
        Where it cannot be written; what was there before stays.
    """
    from clusterlab.exchange import page_table  # noqa: PLC0415 - slow to load
    from clusterlab.widgets import View, offline_page, shown_notes  # noqa: PLC0415 - likewise

    settings = cluster.workshop.settings
    boards = handed_out(cluster.boards(), cluster.kinds, settings.vote, settings.methods)
    cites = cited_kinds(board.kind, cluster.kinds)
    view = View(board.kind, board.id, board.shape, board.versions, cites)
    page = offline_page(
        view,
        cluster.presenter(),
        board.output(),
        boards,
        page_table(board.id, board.kind, shown_notes(view, boards)),
        workshop=settings.id,
        limit=settings.limits.note_length,
    )
    with whole(path) as part:
        part.write_text(page, encoding="utf-8", newline="\n")
    return path
