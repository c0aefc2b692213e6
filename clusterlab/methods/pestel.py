"""PESTEL: developments around the cluster, and which of them the trend radar lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import (
    BLANK,
    bounded,
    choice_of,
    field_of,
    is_keyword,
    missing,
    same_words,
    unusable,
)
from clusterlab.methods.finding import Finding
from clusterlab.methods.priorities import middle
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Block, Named, Note

SOURCE = N_("PESTEL practice: statements with a direction")
#: What it takes to place a factor on the trend radar.
RATED = ("impact", "likelihood", "horizon")


def check_pestel(sheet: Sheet) -> list[Finding]:
    """Check the factors of a PESTEL.

    Rules: ``pestel-noun`` (a factor of a single word says no direction), ``pestel-effect``
    (neither opportunity nor threat is chosen), ``pestel-rating`` (impact, likelihood or horizon
    is missing, so that the factor cannot be placed on the trend radar), ``pestel-odd`` (a value
    is none of its field).

    In which field a factor stands is never judged: authors differ on where one belongs and on
    the fields themselves (PEST, PESTLE, STEEPLE), and little hangs on it.
    """
    choose = Message(N_("Choose whether it rather helps or rather harms the cluster."))
    rate = Message(N_("Rate it, so that it can be placed on the trend radar."))
    effect = partial(missing, rule="pestel-effect", severity="warning", advice=choose)
    rating = partial(missing, rule="pestel-rating", severity="info", advice=rate)
    found: list[Finding] = list(unusable(sheet, "pestel-odd", SOURCE))
    for note in sheet.board:
        found += _noun(sheet, note)
        found += effect(sheet, note, "effect", source=SOURCE)
        found += rating(sheet, note, *RATED, source=SOURCE)
    return found


def _noun(sheet: Sheet, note: Note) -> Iterator[Finding]:
    text = N_("{spoken} looks like a keyword, not like a development.")
    if is_keyword(note):
        yield Finding(
            "pestel-noun",
            "warning",
            sheet.board.id,
            Message(text if note.text.strip() else BLANK, {"spoken": note.spoken}),
            Message(N_("Say what changes and in which direction, in a short sentence.")),
            note=note.spoken,
            source=SOURCE,
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """A factor that could become a trend on the radar; nothing is added by itself.

    Parameters
    ----------
    factor
        The factor.
    segment
        The field of PESTEL that it stands in.
    ring
        The ring that its horizon and likelihood suggest; nothing where the horizon is missing.
    influence
        Its impact.
    """

    factor: Note
    segment: Block
    ring: Named | None
    influence: float | None


def proposals(radar: Sheet) -> tuple[Proposal, ...]:
    """Propose trends from the factors of a PESTEL.

    The horizons, nearest first, are the rings, innermost first; a factor whose likelihood lies
    below the middle of its scale stands one ring further out. Influence is the factor's impact.
    The rule is ours: no source gives one. A factor that a trend links to, or that a trend repeats
    in the same words, is not proposed again.

    Parameters
    ----------
    radar
        The trend radar's sheet; its kind's ``cites`` names the PESTEL.

    Returns
    -------
    tuple of Proposal
        Inner rings first, then by influence, the strongest first; those without come last.
    """
    pestel = radar.cited()
    if pestel is None:
        return ()
    taken = {link for trend in radar.board for link in trend.links}
    said = {same_words(trend.text) for trend in radar.board} - {""}
    blocks = {b.id: b for b in pestel.kind.blocks}
    ring_field = field_of(radar.kind, "ring")
    rings = ring_field.choices if ring_field else ()
    made = [
        Proposal(
            note,
            blocks[note.block],
            _ring(pestel, note, rings),
            bounded(pestel.kind, note, "impact"),
        )
        for note in pestel.board
        if note.block in blocks and note.id not in taken and same_words(note.text) not in said
    ]
    places = {ring: i for i, ring in enumerate(rings)}
    return tuple(
        sorted(
            made,
            key=lambda p: (places[p.ring] if p.ring else len(places), -(p.influence or 0)),
        )
    )


def _ring(pestel: Sheet, note: Note, rings: tuple[Named, ...]) -> Named | None:
    kind = pestel.kind
    horizon, likely = field_of(kind, "horizon"), field_of(kind, "likelihood")
    chosen = choice_of(kind, note, "horizon")
    if not chosen or horizon is None or not rings:
        return None
    place = [c.id for c in horizon.choices].index(chosen)
    likelihood = bounded(kind, note, "likelihood")
    if likely is not None and likelihood is not None and likelihood < middle(likely):
        place += 1
    return rings[min(place, len(rings) - 1)]
