"""What can be made of a board besides the board itself: pictures and tables of its method."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clusterlab.errors import N_, UnknownNameError
from clusterlab.methods import Sheet
from clusterlab.outputs.base import Output
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.planning import (
    deadlines,
    golden_thread,
    indicator_progress,
    raci_load,
    raci_matrix,
    tree_table,
)
from clusterlab.outputs.review import factors, field_means, gaps, proposed, ranking, trends
from clusterlab.outputs.scheduling import load_table, schedule_table
from clusterlab.outputs.services import need_fields, quarters, services

#: By method and name of the result. The first one of a method is what is made where none is named.
RESULTS: Mapping[str, Mapping[str, Callable[[Draws, Sheet], Output]]] = {
    "actions": {"deadlines": deadlines},
    "indicators": {"progress": indicator_progress},
    "raci": {"matrix": raci_matrix, "load": raci_load},
    "schedule": {"table": schedule_table, "load": load_table, "tree": tree_table},
    "smart": {"tree": tree_table, "thread": golden_thread},
    "competencies": {"gaps": gaps, "fields": field_means},
    "needs": {"ranking": ranking},
    "portfolio": {"services": services, "quarters": quarters, "fields": need_fields},
    "radar": {"trends": trends, "proposals": proposed},
    "vision": {"factors": factors},
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
    return known[name](draws, sheet)
