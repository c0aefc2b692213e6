"""Tables of what was chosen: the top 3 of a long list, and challenges by theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clusterlab.errors import N_, Message
from clusterlab.methods import Sheet, label_of, own_challenges, place_of, shortlist
from clusterlab.model import Note
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.types import Column, Row, Table

TOP = N_("Top 3")
THEMES = N_("Challenges by theme")


def top_ideas(draws: Draws, sheet: Sheet) -> Table:
    """Draw the ideas that were chosen, by place, with what they need and what peers said."""
    kind, say = sheet.kind, draws.language.gettext
    chosen = shortlist(sheet.board).chosen
    fields = [f for f in kind.fields if f.id != "rank"]
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(kind.text_label), wide=True),
        Column("place", say(N_("Place"))),
        *(Column(f.id, say(f.label), say(f.help), f.wide) for f in fields),
    )
    rows = [
        _row(
            draws,
            sheet,
            note,
            (
                note.spoken,
                note.text,
                draws.language.number(place_of(note)),
                *(draws.value(f, note.get(f.id)) for f in fields),
            ),
        )
        for note in chosen
    ]
    summary = say(N_("The ideas that were chosen, the most promising first."))
    prompt = N_("Nothing is chosen yet. Give the three most promising ideas the places 1, 2 and 3.")
    return replace(_table(draws, sheet, TOP, columns, rows), summary=summary, prompt=say(prompt))


def themes(draws: Draws, sheet: Sheet) -> Table:
    """Draw a cluster's challenges theme by theme; those without a theme come last."""
    say = draws.language.gettext
    found = own_challenges(sheet)
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(sheet.kind.text_label), wide=True),
        Column("challenge", say(N_("Challenge")), wide=True),
    )
    labels = [label_of(sheet.kind, theme.label) for theme in found.themes]
    named = [
        (draws.language.say(label) if isinstance(label, Message) else label, said.note)
        for label, theme in zip(labels, found.themes, strict=True)
        for said in theme.said
    ]
    named += [(say(N_("Without a theme")), said.note) for said in found.open]
    rows = [_row(draws, sheet, note, (note.spoken, note.text, label)) for label, note in named]
    summary = say(N_("Which challenges the cluster named, and in which words."))
    prompt = say(sheet.kind.blocks[0].prompt)
    return replace(_table(draws, sheet, THEMES, columns, rows), summary=summary, prompt=prompt)


def _row(draws: Draws, sheet: Sheet, note: Note, cells: tuple[str, ...]) -> Row:
    return Row(replace(draws.item(sheet.kind, note), details=()), cells)


def _table(
    draws: Draws,
    sheet: Sheet,
    title: str,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
) -> Table:
    language, found = draws.language, tuple(rows)
    name = language.gettext(title)
    total = language.plural(len(found), "{count} note", "{count} notes")
    return Table(
        title=name,
        subtitle=draws.subtitle(sheet.kind, sheet.board),
        alt=f"{name}. {total}.",
        context=draws.at(sheet.board),
        kind=sheet.kind.id,
        columns=columns,
        rows=found,
        footnotes=draws.footnotes(sheet.board),
    )
