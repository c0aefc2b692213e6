"""Challenges: which of the usual ones a cluster names, or which theme of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from clusterlab.errors import N_, Message
from clusterlab.methods.convergence import Convergence, Theme, convergence
from clusterlab.methods.fields import choice_of, field_of, shown
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import text_of
from clusterlab.model import Board, CanvasKind, Note

SOURCE = N_("Cluster Booster Academy 2024: the challenges that most clusters name")
#: How many challenges go to breakout rooms.
ROOMS = 5


def challenge_of(kind: CanvasKind, note: Note) -> str:
    """Give the challenge that a note names: the label of what was chosen, else its theme."""
    field, chosen = field_of(kind, "challenge"), choice_of(kind, note, "challenge")
    if field and chosen:
        return field.choice_label(chosen)
    return text_of(note.get("challenge")) or text_of(note.get("theme"))


def label_of(kind: CanvasKind, theme: str) -> Message | str:
    """Give a theme's name to show: a usual challenge is translated, what people typed is not."""
    usual = {c.label for f in kind.fields if f.id == "challenge" for c in f.choices}
    return Message(theme) if theme in usual else theme


def challenges(
    kind: CanvasKind,
    boards: Mapping[str, Board],
    merged: Mapping[str, str] | None = None,
) -> Convergence:
    """Group the challenges of several clusters, counted by clusters.

    Parameters
    ----------
    kind
        Of all boards.
    boards
        By cluster; those who wrote nothing were asked too.
    merged
        Themes that people confirmed to be the same: wording -> theme.
    """
    found = {cluster: (board,) for cluster, board in boards.items()}
    return convergence(found, partial(challenge_of, kind), merged)


def own_themes(sheet: Sheet) -> Convergence:
    """Group the challenges or ideas of one cluster, in the order in which it first named each."""
    board = sheet.board
    found = challenges(sheet.kind, {board.id.cluster: board})
    places = {note.id: place for place, note in enumerate(board)}
    themes = sorted(found.themes, key=lambda t: places[t.said[0].note.id])
    return Convergence(tuple(themes), found.open)


def check_challenges(sheet: Sheet) -> list[Finding]:
    """Check a cluster's challenges before they are counted with those of others.

    Rules: ``challenge-open`` (a note names neither one of the usual challenges nor a theme, so it
    cannot be counted), ``challenge-twice`` (several notes name the same; the cluster counts once).
    """
    found = own_themes(sheet)
    return [*_open(sheet, found), *_twice(sheet, found.themes)]


def _open(sheet: Sheet, found: Convergence) -> Iterator[Finding]:
    for said in found.open:
        yield Finding(
            "challenge-open",
            "warning",
            sheet.board.id,
            Message(
                N_(
                    "{spoken} names neither a usual challenge nor a theme, so it cannot be "
                    "counted together with what other clusters wrote."
                ),
                {"spoken": said.note.spoken},
            ),
            Message(
                N_(
                    "Choose the usual challenge that comes nearest. If none does, write a theme "
                    "in a word or two."
                )
            ),
            note=said.note.spoken,
            source=SOURCE,
        )


def _twice(sheet: Sheet, themes: tuple[Theme, ...]) -> Iterator[Finding]:
    for theme in themes:
        if len(theme.said) > 1:
            label = label_of(sheet.kind, theme.label)
            yield Finding(
                "challenge-twice",
                "info",
                sheet.board.id,
                Message(
                    N_("{spoken} name the same challenge, “{theme}”. It counts once."),
                    {
                        "spoken": [s.note.spoken for s in theme.said],
                        "theme": shown(label) if isinstance(label, str) else label,
                    },
                ),
                Message(N_("Leave them as they are, or give one of them another theme.")),
                source=SOURCE,
            )
