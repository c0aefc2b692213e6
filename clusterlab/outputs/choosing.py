"""What was chosen and what belongs together: the top 3 of a long list, and themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from clusterlab.errors import N_, Message
from clusterlab.figures import Bar, BarChart, draw_bars
from clusterlab.methods import Sheet, label_of, own_themes, place_of, shortlist
from clusterlab.methods.fields import shown
from clusterlab.model import Note
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.pictures import picture
from clusterlab.outputs.review import plain_row
from clusterlab.outputs.types import Column, Data, Picture, Row, Table

TOP = N_("Top 3")
THEMES = N_("Notes by theme")
_TITLES = {"challenges": N_("Challenges by theme"), "ideas": N_("Ideas by theme")}


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
    """List the themes of a cluster's challenges or ideas, with how many notes each has and which.

    Themes of most notes come first, then those that were named first; notes without one are last.
    """
    language = draws.language
    say, named = language.gettext, list(_themes(draws, sheet))
    rows = [
        plain_row(language.number(index), label, language.number(len(notes)), _words(notes))
        for index, (label, notes) in enumerate(named, 1)
    ]
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(N_("Theme")), wide=True),
        Column("notes", say(N_("Notes"))),
        Column("words", say(N_("Which")), wide=True),
    )
    title = _TITLES.get(sheet.kind.method, THEMES)
    made = _table(draws, sheet, title, columns, rows)
    told = _message(draws, sheet, named)
    summary = say(N_("What belongs together, and in which words it was said."))
    return replace(made, summary=summary, alt=f"{made.title}. {told}", prompt=told)


def themes_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw the themes of a cluster's challenges or ideas, each as long as it has notes.

    Themes to which one of those belongs that were chosen are solid.
    """
    language = draws.language
    say, named = language.gettext, list(_themes(draws, sheet))
    chosen = {note.id for note in sheet.board if place_of(note)}
    chart = BarChart(
        say(_TITLES.get(sheet.kind.method, THEMES)),
        tuple(
            Bar(label, len(notes), chosen=any(note.id in chosen for note in notes))
            for label, notes in named
        ),
        description=_message(draws, sheet, named),
        signs=(N_("One of the top 3 belongs to it"), N_("None of the top 3 belongs to it")),
        empty=N_("Nothing is written down yet. Themes appear here as soon as something is."),
    )
    lines = [
        f"{label} ({language.number(len(notes))}): {_words(notes)}"
        + (f" ({say(chart.signs[0])})" if bar.chosen else "")
        for (label, notes), bar in zip(named, chart.bars, strict=True)
    ]
    heads = (N_("Theme"), N_("Notes"), N_("Numbers of the notes"))
    rows = tuple((label, len(notes), _spoken(notes)) for label, notes in named)
    data = Data(tuple(map(say, heads)), rows, "bars", (1,), low=0)
    return picture(draws, sheet, chart, draw_bars, lines=lines, data=data)


def _themes(draws: Draws, sheet: Sheet) -> Iterator[tuple[str, list[Note]]]:
    """Give themes by name with their notes."""
    found = own_themes(sheet)
    for theme in sorted(found.themes, key=lambda t: -len(t.said)):
        label = label_of(sheet.kind, theme.label)
        told = draws.language.say(label) if isinstance(label, Message) else label
        yield told, [said.note for said in theme.said]
    if found.open:
        without = N_("Without a theme")
        yield draws.language.gettext(without), [said.note for said in found.open]


def _message(draws: Draws, sheet: Sheet, named: Sequence[tuple[str, list[Note]]]) -> str:
    """Say how many notes there are on how many themes, and of what most is said."""
    language, found = draws.language, own_themes(sheet)
    if not found.themes:
        return language.gettext(N_("Nothing has a theme yet."))
    most = max(len(theme.said) for theme in found.themes)
    first = [label for label, notes in named[: len(found.themes)] if len(notes) == most]
    fields = {"count": len(sheet.board), "themes": len(found.themes)}
    if most == 1:
        return language.say(N_("{count} notes on {themes} themes; none is named twice."), **fields)
    text = N_("{count} notes on {themes} themes. Most notes, {most} each, are on: {names}.")
    return language.say(text, **fields, most=most, names="; ".join(first))


def _words(notes: Sequence[Note]) -> str:
    return "; ".join(f"{note.spoken} “{shown(note.text)}”" for note in notes)


def _spoken(notes: Sequence[Note]) -> str:
    return ", ".join(note.spoken for note in notes)


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
