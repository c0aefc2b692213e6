"""A SWOT by importance: what matters most, and which strategies take it up."""

from __future__ import annotations

from clusterlab.errors import N_
from clusterlab.figures import Bar, BarChart, draw_bars
from clusterlab.methods import Sheet, WeightedNote, weighted_notes
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.pictures import bar_data, named, picture
from clusterlab.outputs.review import note_row, number, review_table
from clusterlab.outputs.types import Column, Fact, Picture, Table

TITLE = N_("What matters most")
ORDER = N_("By importance, the most important first. A rating says what to look at first.")
UNRATED = N_("Not rated:")


def ranked_notes(draws: Draws, sheet: Sheet) -> Table:
    """List rated notes by importance, with the strategies that take each up."""
    language, kind = draws.language, sheet.kind
    say, found = language.gettext, weighted_notes(sheet)
    blocks = {block.id: say(block.label) for block in kind.blocks}
    rows = [
        note_row(
            draws,
            kind,
            w.note,
            blocks.get(w.note.block, ""),
            number(language, w.importance),
            ", ".join(strategy.spoken for strategy in w.taken_up) or _missing(draws, w),
        )
        for w in found
        if w.rank
    ]
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(kind.text_label), wide=True),
        Column("block", say(N_("Quadrant"))),
        Column("importance", say(N_("Importance"))),
        Column("strategies", say(N_("Taken up by"))),
    )
    return review_table(draws, sheet, TITLE, columns, rows, *_without(draws, found), summary=ORDER)


def ranked_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw rated notes by importance; what a strategy takes up is solid."""
    language = draws.language
    say, found = language.gettext, weighted_notes(sheet)
    rated = [w for w in found if w.importance is not None]
    orphans = [w.note.spoken for w in rated if w.high and not w.taken_up]
    empty = N_("No note is rated yet. Each appears here as soon as it has an importance.")
    some = N_("{count} notes are rated. Rated high, but in no strategy yet: {names}.")
    none = N_("{count} notes are rated; strategies take up all that are rated high.")
    chart = BarChart(
        say(TITLE),
        tuple(Bar(w.note.text, w.importance or 0, w.note.spoken, bool(w.taken_up)) for w in rated),
        description=language.say(
            some if orphans else none if rated else empty,
            count=len(rated),
            names=named(language, orphans),
        ),
        signs=(N_("A strategy takes it up"), N_("No strategy takes it up")),
        empty=empty,
    )
    lines = [
        f"{w.note.spoken} {w.note.text}: {number(language, w.importance)}"
        f" ({', '.join(s.spoken for s in w.taken_up) or say(N_('no strategy'))})"
        for w in rated
    ]
    data = bar_data(language, chart, N_("Note"), N_("Importance"))
    notes = _without(draws, found) if rated else []
    return picture(draws, sheet, chart, draw_bars, *notes, lines=lines, data=data)


def _missing(draws: Draws, weighted: WeightedNote) -> str:
    return draws.language.gettext(N_("none yet")) if weighted.high else "–"


def _without(draws: Draws, found: tuple[WeightedNote, ...]) -> list[Fact]:
    spoken = [w.note.spoken for w in found if not w.rank]
    return [Fact(draws.language.gettext(UNRATED), ", ".join(spoken))] if spoken else []
