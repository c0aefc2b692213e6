"""What can be made of a board besides the board itself: pictures and tables of its method."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clusterlab.errors import N_, UnknownNameError
from clusterlab.methods import Sheet
from clusterlab.outputs.base import Output
from clusterlab.outputs.certain import certain
from clusterlab.outputs.choosing import themes, themes_picture, top_ideas
from clusterlab.outputs.communication import groups, timing
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.pestel import factors_picture, ranked_factors
from clusterlab.outputs.pictures import (
    gaps_picture,
    in_words,
    needs_picture,
    progress_picture,
    radar_picture,
)
from clusterlab.outputs.planning import (
    deadlines,
    golden_thread,
    indicator_progress,
    raci_load,
    raci_matrix,
    tree_table,
)
from clusterlab.outputs.plans import gantt, network, thread_picture, tree
from clusterlab.outputs.quarters import map_picture, matrix_picture
from clusterlab.outputs.review import factors, field_means, gaps, proposed, ranking, trends
from clusterlab.outputs.scheduling import load_table, schedule_table
from clusterlab.outputs.scoring import certain_table, scored_picture, spread_table
from clusterlab.outputs.services import feedback, need_fields, quarters, services
from clusterlab.outputs.surveys import (
    importance_picture,
    importance_table,
    recommendation_table,
    shares_table,
)
from clusterlab.outputs.swot import ranked_notes, ranked_picture
from clusterlab.outputs.types import Table
from clusterlab.outputs.voting import by_method, standings, standings_picture

EMPTY = N_("Nothing to show yet: it is made from what stands on the canvas.")
#: By method and name of the result. The first one of a method is what is made where none is named.
RESULTS: Mapping[str, Mapping[str, Callable[[Draws, Sheet], Output]]] = {
    "actions": {
        "deadlines": deadlines,
        "matrix-picture": matrix_picture,
        "certainty": certain,
    },
    "indicators": {"progress": indicator_progress, "progress-picture": progress_picture},
    "raci": {"matrix": raci_matrix, "load": raci_load},
    "schedule": {
        "table": schedule_table,
        "gantt": gantt,
        "network": network,
        "load": load_table,
        "tree": tree_table,
        "tree-picture": tree,
    },
    "smart": {
        "tree": tree_table,
        "tree-picture": tree,
        "thread": golden_thread,
        "thread-picture": thread_picture,
    },
    "communication": {"groups": groups, "timing": timing},
    "competencies": {"gaps": gaps, "gaps-picture": gaps_picture, "fields": field_means},
    "needs": {"ranking": ranking, "ranking-picture": needs_picture},
    "pestel": {
        "factors": ranked_factors,
        "matrix-picture": factors_picture,
        "certainty": certain,
    },
    "stakeholders": {"matrix-picture": matrix_picture, "certainty": certain},
    "portfolio": {
        "services": services,
        "quarters": quarters,
        "map-picture": map_picture,
        "fields": need_fields,
        "feedback": feedback,
        "certainty": certain,
    },
    "radar": {"trends": trends, "radar-picture": radar_picture, "proposals": proposed},
    "survey": {
        "importance": importance_table,
        "importance-picture": importance_picture,
        "shares": shares_table,
        "recommendation": recommendation_table,
    },
    "scores": {
        "spread": spread_table,
        "certainty": certain_table,
        "matrix-picture": scored_picture,
    },
    "swot": {"ranking": ranked_notes, "ranking-picture": ranked_picture},
    "vision": {"factors": factors},
    "challenges": {"themes": themes, "themes-picture": themes_picture},
    "ideas": {"top-3": top_ideas, "themes": themes, "themes-picture": themes_picture},
    "vote": {
        "standings": standings,
        "standings-picture": standings_picture,
        "methods": by_method,
    },
}


def result(draws: Draws, sheet: Sheet, name: str = "") -> Output:
    """Make a result of a board's method.

    Raises
    ------
    UnknownNameError
        Where the canvas has no such result; names those that it has.
    """
    known = RESULTS.get(sheet.kind.method, {})
    name = name or next(iter(known), "")
    if name not in known:
        raise UnknownNameError(what=N_("result"), came=name or sheet.kind.id, known=known)
    made = known[name](draws, sheet)
    if isinstance(made, Table) and not made.rows:
        # A table of results is not there to be filled by hand.
        return in_words(draws, sheet, made.title, draws.language.gettext(EMPTY))
    return made
