"""A PESTEL as table and picture: what matters most, and what it feeds."""

from __future__ import annotations

from collections.abc import Sequence

from clusterlab.errors import N_, Message
from clusterlab.figures import QuadrantItem
from clusterlab.methods import Factor, Sheet, factors
from clusterlab.model import Block, Named, Note
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.quarters import left_out, quadrants_picture
from clusterlab.outputs.review import note_row, number, review_table
from clusterlab.outputs.types import Column, Fact, Picture, Table

_THREAT = "threat"
RANKED = N_(
    "Ranked by impact × likelihood; equal ones by impact, then by horizon. The product says what "
    "to talk about first; it measures nothing."
)
FEEDS = N_(
    "The number of the trend or the note that takes the factor up, by a link or in the same words; "
    "else the place that it could take. Nothing is added by itself."
)


def ranked_factors(draws: Draws, sheet: Sheet) -> Table:
    """Rank factors, and say what of the trend radar and the SWOT takes each up."""
    language, kind = draws.language, sheet.kind
    say = language.gettext

    def score(factor: Factor) -> str:
        ratings = [number(language, r) or "?" for r in (factor.impact, factor.likelihood)]
        if factor.score is None:
            return "" if ratings == ["?", "?"] else " × ".join(ratings)
        return f"{' × '.join(ratings)} = {number(language, factor.score)}"

    def label(chosen: Named | None) -> str:
        return say(chosen.label) if chosen else ""

    def place(taking: Sequence[Note], proposed: Named | Block | None) -> str:
        if taking:
            return ", ".join(note.spoken for note in taking)
        if proposed is None:
            return ""
        return language.say(N_("proposed: {place}"), place=Message(proposed.label))

    rows = [
        note_row(
            draws,
            kind,
            f.note,
            language.number(f.rank) if f.rank else "",
            label(f.effect),
            label(f.horizon),
            score(f),
            place(f.trends, f.proposed_ring),
            place(f.swot, f.proposed_block),
        )
        for f in factors(sheet)
    ]
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(kind.text_label), wide=True),
        Column("rank", say(N_("Rank"))),
        Column("effect", say(N_("Effect"))),
        Column("horizon", say(N_("Horizon"))),
        Column("score", say(N_("Impact × likelihood"))),
        Column("radar", say(N_("Trend radar"))),
        Column("swot", say(N_("SWOT"))),
    )
    note = Fact(say(N_("Trend radar, SWOT:")), say(FEEDS))
    return review_table(draws, sheet, N_("Factors by weight"), columns, rows, note, summary=RANKED)


def factors_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw factors by likelihood and impact; threats are hatched.

    Raises
    ------
    UsageError
        Where the workshop's own kind has no matrix.
    """
    say, found = draws.language.gettext, factors(sheet)
    items = [
        QuadrantItem(
            f.note.text,
            f.likelihood,
            f.impact,
            spoken=f.note.spoken,
            mark=f.effect is not None and f.effect.id == _THREAT,
        )
        for f in found
        if f.impact is not None and f.likelihood is not None
    ]
    notes = left_out(draws, (f.note for f in found if None in {f.impact, f.likelihood}))
    title = say(sheet.kind.matrix_title or N_("Matrix"))
    return quadrants_picture(draws, sheet, title, items, ("", say(N_("threat"))), *notes)
