"""What can be made of a board besides the board itself: pictures and tables of its method."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clusterlab.errors import N_, UnknownNameError
from clusterlab.methods import Sheet
from clusterlab.outputs.base import Output
from clusterlab.outputs.choosing import themes, top_ideas
from clusterlab.outputs.draws import Draws

#: By method and name of the result. The first one of a method is what is made where none is named.
RESULTS: Mapping[str, Mapping[str, Callable[[Draws, Sheet], Output]]] = {
    "challenges": {"themes": themes},
    "ideas": {"top-3": top_ideas},
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
