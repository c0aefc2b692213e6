"""Themes over all clusters, for the facilitator: which are shared, by how many, in whose words."""

from __future__ import annotations

from collections.abc import Mapping

from clusterlab.errors import N_, UnknownNameError
from clusterlab.language import Language
from clusterlab.methods import (
    Convergence,
    Theme,
    challenges,
    convergence_by,
    label_of,
    proposed_merges,
)
from clusterlab.methods.fields import shown
from clusterlab.model import Board, CanvasKind
from clusterlab.outputs.base import Context
from clusterlab.outputs.review import plain_row
from clusterlab.outputs.types import Column, Fact, Table

TITLE = N_("Themes of all clusters")
COUNTED = N_(
    "Counted by clusters, not by notes. Themes are the tags, groups or fields that people gave; "
    "whether two of them mean the same is for people to say."
)
SAME = N_("Do these mean the same?")
NONE = N_("No cluster has named a theme yet.")
#: What every note may carry besides its kind's fields.
_EVERY = ("tags", "group")


def shared_themes(
    language: Language,
    context: Context,
    kind: CanvasKind,
    boards: Mapping[str, Board],
    names: Mapping[str, str],
    *,
    by: str = "",
    merged: Mapping[str, str] | None = None,
) -> Table:
    """List the themes of several clusters, those that most of them named first.

    Parameters
    ----------
    boards, names
        Boards and names of the clusters by their ids; who wrote nothing was asked too.
    by
        ``tags``, ``group`` or the id of a field; by default what the canvas's method asks for,
        else the tags.
    merged
        What people confirmed to mean the same: wording -> theme.

    Raises
    ------
    UnknownNameError
        Where notes of the canvas have no such field.
    """
    say = language.gettext
    found = _found(kind, boards, by, merged)
    rows = [
        plain_row(
            language.number(index),
            _label(language, kind, theme),
            language.say(theme.share),
            _words(theme, names),
        )
        for index, theme in enumerate(found.themes, 1)
    ]
    pairs = [
        f"“{_label(language, kind, one)}” · “{_label(language, kind, other)}”"
        for one, other in proposed_merges(found.themes)
    ]
    notes = [Fact(say(SAME), "; ".join(pairs))] if pairs else []
    if found.open:
        notes.append(Fact(say(N_("Notes without a theme:")), language.number(len(found.open))))
    count = language.plural(len(rows), "{count} theme", "{count} themes")
    first = " · ".join(f"{row.cells[1]}: {row.cells[2]}" for row in rows[:3])
    return Table(
        title=say(TITLE),
        subtitle=say(kind.title),
        summary=say(COUNTED),
        alt=". ".join(filter(None, [say(TITLE), count, first])) + ".",
        context=context,
        kind=kind.id,
        prompt=say(NONE),
        columns=(
            Column("spoken", say(N_("No."))),
            Column("text", say(N_("Theme")), wide=True),
            Column("share", say(N_("Clusters"))),
            Column("words", say(N_("In whose words")), wide=True),
        ),
        rows=tuple(rows),
        footnotes=tuple(notes),
    )


def _found(
    kind: CanvasKind, boards: Mapping[str, Board], by: str, merged: Mapping[str, str] | None
) -> Convergence:
    if not by and kind.method == "challenges":
        return challenges(kind, boards, merged)
    known = (*_EVERY, *(f.id for f in kind.fields))
    if by and by not in known:
        raise UnknownNameError(what=N_("field"), came=by, known=known)
    return convergence_by(kind, boards, by or _EVERY[0], merged)


def _label(language: Language, kind: CanvasKind, theme: Theme) -> str:
    label = label_of(kind, theme.label)
    return shown(label) if isinstance(label, str) else language.say(label)


def _words(theme: Theme, names: Mapping[str, str]) -> str:
    """Say who named a theme, and in which notes."""
    parts = []
    for cluster in theme.clusters:
        notes = (s.note for s in theme.said if s.cluster == cluster)
        told = ", ".join(f"{n.spoken} “{shown(n.text)}”" for n in notes)
        parts.append(f"{names.get(cluster, cluster)}: {told}")
    return "; ".join(parts)
