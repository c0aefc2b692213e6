"""What a rule looks at: one board with its kind, and the cluster's others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from clusterlab.methods.ballots import VoteRules
from clusterlab.methods.settings import MethodSettings
from clusterlab.methods.workdays import Calendar
from clusterlab.model import Board, BoardId, CanvasKind


def standing(kind: CanvasKind, board: BoardId) -> tuple[BoardId, ...]:
    """Give where notes of a kind stand for a board of the same cluster.

    The first of them on which somebody has written counts: the board's own version, then the
    kind's first one.
    """
    versions = dict.fromkeys((board.version, kind.versions[0].id))
    return tuple(BoardId(board.cluster, kind.id, version) for version in versions)


def cited_kinds(kind: CanvasKind, kinds: Mapping[str, CanvasKind]) -> tuple[CanvasKind, ...]:
    """Give the kinds whose notes those of a kind may refer to, as far as the workshop has them."""
    return tuple(kinds[name] for name in kind.cites if name in kinds)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A board, all topics of it, among the cluster's others.

    Parameters
    ----------
    kind, board
        The board and its kind.
    kinds
        Canvas kinds by id.
    boards
        The cluster's boards by their id with topic "".
    day
        Day of the workshop (``YYYY-MM-DD``) by which what is past is told, or "".
    calendar
        Days on which people work.
    settings
        What the workshop decided about its methods.
    vote
        What was announced of votes; ``None`` where nobody has announced one.
    """

    kind: CanvasKind
    board: Board
    kinds: Mapping[str, CanvasKind] = field(default_factory=dict)
    boards: Mapping[BoardId, Board] = field(default_factory=dict)
    day: str = ""
    calendar: Calendar = field(default_factory=Calendar)
    settings: MethodSettings = field(default_factory=MethodSettings)
    vote: VoteRules | None = None

    def topics(self) -> list[str]:
        """Give the kind's topics, then those that the workshop has no more but notes still have."""
        own = [topic.id for topic in self.kind.topics] or [""]
        return list(dict.fromkeys([*own, *(note.topic for note in self.board)]))

    def other(self, canvas: str) -> Self | None:
        """Give another canvas of the same cluster and version, which may hold nothing yet.

        Where nobody has written on it in this version, that of its kind's first version counts.

        Returns
        -------
        Sheet or None
            Nothing where the workshop has no such kind.
        """
        kind = self.kinds.get(canvas)
        if kind is None:
            return None
        ids = standing(kind, self.board.id)
        board = next((self.boards[i] for i in ids if i in self.boards), Board(ids[0]))
        return replace(self, kind=kind, board=board)

    def cited(self, method: str = "") -> Self | None:
        """Give the canvas whose notes this one's refer to.

        Parameters
        ----------
        method
            Of several, the first of this method; where none is, the first of all.
        """
        found = cited_kinds(self.kind, self.kinds)
        chosen = next((kind for kind in found if kind.method == method), *found[:1] or (None,))
        return self.other(chosen.id) if chosen else None

    def about(self) -> Self | None:
        """Give the canvas whose notes this one's score."""
        return self.other(self.kind.about) if self.kind.about else None
