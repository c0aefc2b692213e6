"""How sure is this quadrant? Notes that would stand elsewhere if a score were one step off."""

from __future__ import annotations

from dataclasses import replace

from clusterlab.errors import N_
from clusterlab.methods import Sheet, axes, certainty
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.matrix import IN_MIDDLE, on_line, with_axes
from clusterlab.outputs.pictures import in_words, named
from clusterlab.outputs.review import note_row, review_table
from clusterlab.outputs.types import Column, Fact, Picture, Table

TITLE = N_("How sure is this quadrant?")
MEANING = N_(
    "Nobody scores to the point. These notes would stand in another quarter if one score, or both, "
    "were one step lower or higher: talk about them before you act."
)
ONE_SCORE = N_(
    "A note holds one score for all, not one from each person. So this says what a step would "
    "change, not how far people agree."
)
MOVING = N_("{count} of {all} notes would change their quarter by one step: {names}.")
STAYING = N_(
    "All {all} notes stay in their quarter, even if one score, or both, were one step lower or "
    "higher."
)


def certain(draws: Draws, sheet: Sheet) -> Table | Picture:
    """List notes that would be in another quarter by one step, and in which.

    Raises
    ------
    UsageError
        Where the workshop's own kind has no matrix.
    """
    kind, language = with_axes(sheet.kind), draws.language
    say, fields = language.gettext, axes(kind)
    notes = {note.id: note for note in sheet.board}
    scores = {i: {"": (n.get(fields[0].id), n.get(fields[1].id))} for i, n in notes.items()}
    found = [c for c in certainty(kind, scores) if c.quadrant is not None]
    moving = [c for c in found if c.shifted]
    if found and not moving:
        return in_words(draws, sheet, say(TITLE), language.say(STAYING, all=len(found)))
    rows = [
        note_row(
            draws,
            kind,
            notes[c.item],
            *(draws.value(f, notes[c.item].get(f.id)) for f in fields),
            say(c.quadrant.label) if c.quadrant else "",
            ", ".join(say(q.label) for q in c.shifted),
        )
        for c in moving
    ]
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(kind.text_label), wide=True),
        *(Column(f.id, say(f.label)) for f in fields),
        Column("quadrant", say(N_("Quarter"))),
        Column("shifted", say(N_("Could also be")), wide=True),
    )
    sure = [notes[c.item].spoken for c in found if not c.shifted]
    placed = {c.item for c in found}
    without = [n.spoken for i, n in notes.items() if i not in placed]
    facts = [
        Fact(say(N_("Scores:")), say(ONE_SCORE)),
        Fact(say(N_("Stay where they are:")), ", ".join(sure) or "–"),
        *([Fact(say(N_("Without both scores:")), ", ".join(without))] if without else []),
        Fact(say(IN_MIDDLE), on_line(language, kind)),
    ]
    made = review_table(draws, sheet, TITLE, columns, rows, *facts, summary=MEANING)
    names = named(language, [notes[c.item].spoken for c in moving])
    message = language.say(MOVING, count=len(moving), all=len(found), names=names)
    return replace(made, alt=f"{made.title} {message}")
