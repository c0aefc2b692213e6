"""Every rule over every board of a cluster."""

from __future__ import annotations

from collections.abc import Mapping

from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.smart import check_goals
from clusterlab.methods.swot import check_swot
from clusterlab.methods.tows import check_tows
from clusterlab.model import Board, BoardId, CanvasKind


def check(
    kinds: Mapping[str, CanvasKind],
    boards: Mapping[BoardId, Board],
    severities: Mapping[str, str],
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

    Returns
    -------
    list of Finding
        Errors first, then warnings, then information; within them as the boards come.
    """
    found: list[Finding] = []
    for board_id, board in boards.items():
        kind = kinds.get(board_id.canvas)
        if kind is None:
            continue
        match kind.id:
            case "swot":
                found += check_swot(kind, board)
            case "smart-goals":
                found += check_goals(kind, board)
        if kind.cites in kinds:
            cited_id = BoardId(board_id.cluster, kind.cites, board_id.version)
            cited = boards.get(cited_id, Board(cited_id))
            found += check_tows(kind, board, kinds[kind.cites], cited)
    found += _unpaired(kinds, boards)
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(weighed(found, severities), key=lambda f: order[f.severity])


def _unpaired(kinds: Mapping[str, CanvasKind], boards: Mapping[BoardId, Board]) -> list[Finding]:
    """Check canvases that could be cited but whose citing canvas nobody has begun."""
    found: list[Finding] = []
    for kind in kinds.values():
        for board_id, board in boards.items():
            citing = BoardId(board_id.cluster, kind.id, board_id.version)
            if kind.cites == board_id.canvas and kind.cites in kinds and citing not in boards:
                found += check_tows(kind, Board(citing), kinds[kind.cites], board)
    return found
