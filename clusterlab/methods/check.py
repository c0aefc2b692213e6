"""Every rule over every board of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from clusterlab.methods.challenges import check_challenges
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.shortlist import check_ideas
from clusterlab.methods.smart import check_goals
from clusterlab.methods.swot import check_swot
from clusterlab.methods.tows import check_tows
from clusterlab.model import Board, BoardId, CanvasKind

#: The rules of each method that a canvas kind may name.
RULES: Mapping[str, Callable[[Sheet], Iterable[Finding]]] = {
    "challenges": check_challenges,
    "ideas": check_ideas,
    "smart": check_goals,
    "swot": check_swot,
    "tows": check_tows,
}


def check(
    kinds: Mapping[str, CanvasKind],
    boards: Mapping[BoardId, Board],
    severities: Mapping[str, str],
    day: str = "",
) -> list[Finding]:
    """Check a cluster's boards against the rules of their methods.

    Parameters
    ----------
    kinds
        Canvas kinds by id.
    boards
        The cluster's boards by their id with topic "".
    severities
        The workshop's own severities by rule.
    day
        Day of the workshop (``YYYY-MM-DD``), or "".

    Returns
    -------
    list of Finding
        Errors first, then warnings, then information; within them as the boards come.
    """
    found: list[Finding] = []
    for board_id, board in {**boards, **_unbegun(kinds, boards)}.items():
        kind = kinds.get(board_id.canvas)
        if kind is not None and kind.method in RULES:
            found += RULES[kind.method](Sheet(kind, board, kinds, boards, day))
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(weighed(found, severities), key=lambda f: order[f.severity])


def _unbegun(
    kinds: Mapping[str, CanvasKind], boards: Mapping[BoardId, Board]
) -> dict[BoardId, Board]:
    """Give canvases that nobody has begun but that could cite one that somebody has."""
    found = {}
    for kind in kinds.values():
        for board_id in boards:
            citing = BoardId(board_id.cluster, kind.id, board_id.version)
            if kind.cites == board_id.canvas and kind.cites in kinds and citing not in boards:
                found[citing] = Board(citing)
    return found
