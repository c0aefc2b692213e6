"""PESTEL: developments around the cluster, what matters most, and what takes it up."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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

SOURCE = N_("PESTEL practice after Aguilar 1967: developments with a direction")
#: What it takes to place a factor on the trend radar.
RATED = ("impact", "likelihood", "horizon")
#: The block of a SWOT that a factor of an effect feeds.
FEEDS = {"opportunity": "opportunities", "threat": "threats"}


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
    pestel = radar.cited("pestel")
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


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of a PESTEL; what is missing or no rating is nothing, never zero.

    Parameters
    ----------
    field
        The field of PESTEL that it stands in; nothing where the kind no longer has it.
    effect, horizon
        What was chosen.
    impact, likelihood
        Its ratings.
    score
        Impact × likelihood.
    rank
        From 1, equal scores share one; 0 for a factor without a score.
    trends
        The notes of the trend radar that take it up.
    swot
        The notes of the SWOT that take it up.
    proposed_ring
        The ring of the radar that it could stand in, while no trend takes it up.
    proposed_block
        The block of the SWOT that it could stand in, while no note there takes it up.
    """

    note: Note
    field: Block | None
    effect: Named | None
    horizon: Named | None
    impact: float | None
    likelihood: float | None
    score: float | None
    rank: int
    trends: tuple[Note, ...]
    swot: tuple[Note, ...]
    proposed_ring: Named | None
    proposed_block: Block | None


def factors(pestel: Sheet) -> tuple[Factor, ...]:
    """Rank the factors of a PESTEL, and say what each feeds.

    score = impact × likelihood, both on the kind's scale from 1 to 5. The issues priority matrix
    (Wheelen and Hunger, *Strategic Management and Business Policy*) has both in three steps and
    reads the priority off their place; the product is our reading, as practised with risks. The
    ratings are ordinal: the score says what to talk about first, it measures nothing. Equal
    scores stand by impact, then by horizon, the nearest first; they share a rank and the next is
    left out (1, 2, 2, 4).

    A trend or a note among a SWOT's opportunities and threats takes a factor up where it links to
    it or says the same in the same words. What nothing takes up has a proposed place: the ring as
    `proposals` gives it, and the block that its effect names. Nothing is added by itself.

    Returns
    -------
    tuple of Factor
        The highest score first; those without one come last, as they stand on the board.
    """
    radar, swot = _feeding(pestel, "radar"), _feeding(pestel, "swot")
    rings = {p.factor.id: p.ring for p in proposals(radar)} if radar else {}
    trends = list(radar.board) if radar else []
    outside = [n for n in swot.board if n.block in FEEDS.values()] if swot else []
    quarters = {b.id: b for b in swot.kind.blocks} if swot else {}
    found = []
    for note in pestel.board:
        factor = _factor(pestel, note)
        taken = _taking_up(note, trends), _taking_up(note, outside)
        block = FEEDS.get(factor.effect.id, "") if factor.effect and not taken[1] else ""
        found.append(
            replace(
                factor,
                trends=taken[0],
                swot=taken[1],
                proposed_ring=rings.get(note.id),
                proposed_block=quarters.get(block),
            )
        )
    places = _places(pestel)
    found.sort(
        key=lambda f: (
            -math.inf if f.score is None else f.score,
            f.impact or 0,
            -places.get(f.horizon.id if f.horizon else "", len(places)),
        ),
        reverse=True,
    )
    ranked: list[Factor] = []
    for index, factor in enumerate(found):
        same = bool(ranked) and ranked[-1].score == factor.score
        rank = ranked[-1].rank if same else index + 1
        ranked.append(replace(factor, rank=0 if factor.score is None else rank))
    return tuple(ranked)


def _factor(pestel: Sheet, note: Note) -> Factor:
    kind = pestel.kind
    impact, likelihood = (bounded(kind, note, name) for name in ("impact", "likelihood"))
    return Factor(
        note,
        next((b for b in kind.blocks if b.id == note.block), None),
        _chosen(pestel, note, "effect"),
        _chosen(pestel, note, "horizon"),
        impact,
        likelihood,
        None if impact is None or likelihood is None else impact * likelihood,
        0,
        (),
        (),
        None,
        None,
    )


def _feeding(pestel: Sheet, method: str) -> Sheet | None:
    """Give the cluster's canvas of a method, whatever its kind is called."""
    for kind in pestel.kinds.values():
        if kind.method == method and (method != "radar" or pestel.kind.id in kind.cites):
            return pestel.other(kind.id)
    return None


def _taking_up(factor: Note, notes: list[Note]) -> tuple[Note, ...]:
    said = same_words(factor.text)
    return tuple(n for n in notes if factor.id in n.links or (said and same_words(n.text) == said))


def _chosen(sheet: Sheet, note: Note, name: str) -> Named | None:
    field, chosen = field_of(sheet.kind, name), choice_of(sheet.kind, note, name)
    return next((c for c in field.choices if c.id == chosen), None) if field else None


def _places(pestel: Sheet) -> Mapping[str, int]:
    """Give the place of each horizon, nearest first."""
    field = field_of(pestel.kind, "horizon")
    return {c.id: i for i, c in enumerate(field.choices)} if field else {}
