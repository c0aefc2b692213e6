"""What pictures and tables of a method need of the presenter."""

# ruff: noqa: D102 - the presenter's own docstrings say what each does

from __future__ import annotations

from typing import Any, Protocol

from clusterlab.language import Language
from clusterlab.model import Board, CanvasKind, Field, Note
from clusterlab.outputs.base import Context
from clusterlab.outputs.types import Fact, Item


class Draws(Protocol):
    """The presenter, as a module beside it sees it."""

    @property
    def language(self) -> Language: ...
    def item(self, kind: CanvasKind, note: Note) -> Item: ...
    def value(self, field: Field, value: Any) -> str: ...
    def footnotes(self, *boards: Board) -> tuple[Fact, ...]: ...
    def at(self, board: Board) -> Context: ...
    def subtitle(self, kind: CanvasKind, board: Board) -> str: ...
