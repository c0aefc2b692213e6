"""Every rule over every board of a cluster, and over the thread that links them.

An error is what has to be put right before anybody acts on a document: it breaks the method, or
makes a figure wrong. It stops no document all the same. A workshop goes on while something does not
hold yet, people need on paper what they have, and bad input never costs good one. So each handout
lists its errors first, and ``clusterlab check`` ends with 1 while there are any:
``clusterlab check && clusterlab build`` is for whoever wants none in what they hand out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from clusterlab.methods.actions import check_actions
from clusterlab.methods.ballots import VoteRules
from clusterlab.methods.challenges import check_challenges
from clusterlab.methods.communication import check_communication
from clusterlab.methods.competencies import check_competencies
from clusterlab.methods.finding import Finding, weighed
from clusterlab.methods.indicators import check_indicators
from clusterlab.methods.matrix_check import check_matrix
from clusterlab.methods.needs_check import check_needs
from clusterlab.methods.pestel import check_pestel
from clusterlab.methods.planning import check_schedule
from clusterlab.methods.poll import check_poll
from clusterlab.methods.portfolio_check import check_portfolio
from clusterlab.methods.raci import check_raci
from clusterlab.methods.radar import check_radar
from clusterlab.methods.scores_check import check_scores
from clusterlab.methods.settings import MethodSettings
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.shortlist import check_ideas
from clusterlab.methods.smart import check_goals
from clusterlab.methods.stakeholders import check_stakeholders
from clusterlab.methods.survey_check import check_survey
from clusterlab.methods.swot import check_swot
from clusterlab.methods.thread import check_thread
from clusterlab.methods.tows import check_tows
from clusterlab.methods.vision import check_vision
from clusterlab.methods.wbs import check_wbs
from clusterlab.methods.workdays import Calendar
from clusterlab.model import Board, BoardId, CanvasKind


def check_tasks(sheet: Sheet) -> list[Finding]:
    """Check tasks as a plan over time, and as a breakdown of the whole into its parts."""
    return [*check_schedule(sheet), *check_wbs(sheet)]


def check_action_plan(sheet: Sheet) -> list[Finding]:
    """Check actions one by one, and how effort and impact part them."""
    return [*check_actions(sheet), *check_matrix(sheet)]


#: The rules of each method that a canvas kind may name.
RULES: Mapping[str, Callable[[Sheet], Iterable[Finding]]] = {
    "actions": check_action_plan,
    "indicators": check_indicators,
    "raci": check_raci,
    "schedule": check_tasks,
    "communication": check_communication,
    "competencies": check_competencies,
    "needs": check_needs,
    "pestel": check_pestel,
    "portfolio": check_portfolio,
    "radar": check_radar,
    "challenges": check_challenges,
    "ideas": check_ideas,
    "scores": check_scores,
    "smart": check_goals,
    "stakeholders": check_stakeholders,
    "survey": check_survey,
    "swot": check_swot,
    "tows": check_tows,
    "vision": check_vision,
    "vote": check_poll,
}


def check(
    kinds: Mapping[str, CanvasKind],
    boards: Mapping[BoardId, Board],
    severities: Mapping[str, str],
    day: str = "",
    calendar: Calendar | None = None,
    *,
    settings: MethodSettings | None = None,
    vote: VoteRules | None = None,
) -> list[Finding]:
    """Check a cluster's boards against the rules of their methods, and what links them.

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
    calendar
        Days on which people work; by default Monday to Friday.
    settings
        What the workshop decided about its methods.
    vote
        What was announced of votes.

    Returns
    -------
    list of Finding
        Errors first, then warnings, then information; within them as the boards come.
    """
    calendar, settings = calendar or Calendar(), settings or MethodSettings()
    found: list[Finding] = []
    for board_id, board in {**boards, **_unbegun(kinds, boards)}.items():
        kind = kinds.get(board_id.canvas)
        if kind is not None and kind.method in RULES:
            sheet = Sheet(kind, board, kinds, boards, day, calendar, settings, vote)
            found += RULES[kind.method](sheet)
    found += check_thread(kinds, boards, day)
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
            cited = board_id.canvas in kind.cites and board_id.canvas in kinds
            if cited and citing not in boards:
                found[citing] = Board(citing)
    return found
