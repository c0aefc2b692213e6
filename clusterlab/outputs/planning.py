"""Tables of the planning methods: RACI, trees, indicators, deadlines, the golden thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from clusterlab.errors import N_
from clusterlab.methods import Person, Sheet, due, forest, progress, raci, thread
from clusterlab.methods.raci import ACTIVITIES, CODES, GROUP
from clusterlab.methods.values import text_of
from clusterlab.model import Field, Note
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.types import Column, Fact, Item, Row, Table

_NUMBER = N_("No.")
#: People up to which a matrix has their names as heads of its columns.
_NAMED = 7
_INDENT = "\N{EM SPACE}"
#: Levels that are indented further; below them the number alone says how deep it is.
_DEEPEST = 6


def raci_matrix(draws: Draws, sheet: Sheet) -> Table:
    """Draw activities as rows and people as columns, group by group, with codes in the cells.

    Many people stand there by their numbers, and a legend says who is who.
    """
    found = raci(sheet)
    say = draws.language.gettext
    people = list(found.people.values())
    grouped = [(person, _group(draws, sheet, person)) for person in people]
    legend: tuple[Fact, ...] = ()
    if len(people) <= _NAMED:
        columns = [Column(f"person-{i}", p.name, group) for i, (p, group) in enumerate(grouped)]
    else:  # as on the academy's slides: names would leave no room for the activities
        others = (f"({n})" for n in count(1))
        signs = [person.spoken or next(others) for person in people]
        columns = [Column(f"person-{i}", sign) for i, sign in enumerate(signs)]
        belong: dict[str, list[str]] = {}
        for sign, (person, group) in zip(signs, grouped, strict=True):
            belong.setdefault(group, []).append(f"{sign} {person.name}")
        without = say(N_("Without a group"))
        legend = tuple(Fact(f"{g or without}:", " · ".join(who)) for g, who in belong.items())
    rows = []
    for note, row in zip(sheet.board.block(ACTIVITIES), found.rows, strict=True):
        cells = ("/".join(row.codes.get(key, "")) for key in found.people)
        rows.append(_row(draws, sheet, note, *cells))
    return _table(
        draws,
        sheet,
        N_("Who does what"),
        N_(
            "R responsible: does the work. A accountable: answers for it. C consulted: is asked "
            "before. I informed: is told after."
        ),
        columns=[*_first(draws, say(N_("Activity"))), *columns],
        rows=rows,
        legend=legend,
    )


def raci_load(draws: Draws, sheet: Sheet) -> Table:
    """Draw how often each person holds each code."""
    found = raci(sheet)
    say, number = draws.language.gettext, draws.language.number
    labels = {f.id: say(f.label) for f in sheet.kind.fields}
    columns = [
        *_first(draws, say(N_("Person"))),
        Column("group", say(N_("Group"))),
        *(Column(c, f"{c} · {labels[name]}") for c, name in CODES.items() if name in labels),
    ]
    rows = []
    for key, person in found.people.items():
        counts = [number(n) for c, n in found.load(key).items() if CODES[c] in labels]
        cells = (person.spoken, person.name, _group(draws, sheet, person), *counts)
        rows.append(Row(Item("", person.spoken, person.name), cells))
    summary = N_("How often each is responsible, accountable, consulted and informed.")
    return _table(draws, sheet, N_("Load per person"), summary, columns=columns, rows=rows)


def tree_table(draws: Draws, sheet: Sheet) -> Table:
    """Draw notes that are part of others with their places: G1, G1.1, G1.2."""
    say = draws.language.gettext
    shown = [f for f in sheet.kind.fields if f.id in {"weight", "effort", "deadline"}]
    rows = []
    for branch in forest(sheet.board):
        note = branch.note
        place = branch.place or branch.number
        indented = _INDENT * min(branch.depth, _DEEPEST) + place
        values = (draws.value(f, note.get(f.id)) for f in shown)
        item = replace(draws.item(sheet.kind, note), details=(), spoken=place)
        rows.append(Row(item, (indented, note.text, note.spoken, *values)))
    columns = [
        Column("spoken", say(N_("Number"))),
        Column("text", say(sheet.kind.text_label), wide=True),
        Column("note", say(_NUMBER)),
        *(Column(f.id, say(f.label)) for f in shown),
    ]
    summary = N_("What each is part of, from the whole to its parts.")
    return _table(draws, sheet, N_("Breakdown"), summary, columns=columns, rows=rows)


def indicator_progress(draws: Draws, sheet: Sheet) -> Table:
    """Draw indicators with the share of the way from baseline to target that they have come."""
    say = draws.language.gettext
    fields = {f.id: f for f in sheet.kind.fields}
    shown = [fields[n] for n in ("unit", "baseline", "target", "midterm", "final") if n in fields]
    columns = [
        *_first(draws, say(sheet.kind.text_label)),
        *(Column(f.id, say(f.label)) for f in shown),
        Column("midterm-share", say(N_("Way to the target at midterm"))),
        Column("final-share", say(N_("Way to the target at the end"))),
    ]
    rows = []
    for note in sheet.board:
        found = progress(note)
        values = [_value(draws, f, note) for f in shown]
        shares = [_percent(draws, s) for s in (found.midterm, found.final)]
        rows.append(_row(draws, sheet, note, *values, *shares))
    summary = N_(
        "0% is the baseline, 100% the target, whether it lies above or below. Nothing is said "
        "where a number is missing or both are equal."
    )
    return _table(draws, sheet, N_("Progress"), summary, columns=columns, rows=rows)


def deadlines(draws: Draws, sheet: Sheet) -> Table:
    """Draw actions by the day they are due; days that they take are counted from the workshop's."""
    say = draws.language.gettext
    fields = [f for f in sheet.kind.fields if f.id in {"responsible", "status"}]
    columns = [
        *_first(draws, say(sheet.kind.text_label)),
        Column("due", say(N_("Due on"))),
        *(Column(f.id, say(f.label)) for f in fields),
    ]
    dated = [(due(note.get("deadline"), sheet.day), note) for note in sheet.board]
    dated.sort(key=lambda found: found[0] or date.max)
    rows = []
    for day, note in dated:
        said = draws.language.date(day) if day else text_of(note.get("deadline"))
        values = (_value(draws, f, note) for f in fields)
        rows.append(_row(draws, sheet, note, said, *values))
    summary = N_("By day. Days that an action takes are counted from the workshop’s first day.")
    return _table(draws, sheet, N_("Deadlines"), summary, columns=columns, rows=rows)


def golden_thread(draws: Draws, sheet: Sheet) -> Table:
    """Draw what takes up what, over all canvases of the cluster.

    Of the canvases that say what is so, such as the SWOT, only notes show that are linked, and
    those that something should take up.
    """
    say = draws.language.gettext
    found = thread(sheet)
    nodes = {n.id: n for n in found.nodes}
    earlier: dict[str, list[str]] = {}
    later: dict[str, list[str]] = {}
    for edge in found.edges:
        earlier.setdefault(edge.later, []).append(nodes[edge.earlier].spoken)
        later.setdefault(edge.earlier, []).append(nodes[edge.later].spoken)
    rows = []
    for node in found.nodes:
        alone = node.id not in later and node.id not in earlier and not node.open
        if alone and node.canvas in found.analysis:
            continue
        taken = ", ".join(later.get(node.id, ())) or (say(N_("nothing")) if node.open else "")
        title = say(sheet.kinds[node.canvas].title)
        cells = (node.spoken, node.text, title, ", ".join(earlier.get(node.id, ())), taken)
        rows.append(Row(Item(node.id, node.spoken, node.text), cells))
    columns = [
        *_first(draws, say(N_("Note"))),
        Column("canvas", say(N_("Canvas"))),
        Column("earlier", say(N_("Takes up"))),
        Column("later", say(N_("Taken up by"))),
    ]
    summary = N_("From what was found, by strategies and goals, to tasks, roles and indicators.")
    return _table(draws, sheet, N_("Golden thread"), summary, columns=columns, rows=rows)


def _first(draws: Draws, label: str) -> list[Column]:
    number = Column("spoken", draws.language.gettext(_NUMBER))
    return [number, Column("text", label, wide=True)]


def _row(draws: Draws, sheet: Sheet, note: Note, *cells: str) -> Row:
    item = replace(draws.item(sheet.kind, note), details=())
    return Row(item, (note.spoken, note.text, *cells))


def _table(
    draws: Draws,
    sheet: Sheet,
    title: str,
    summary: str,
    *,
    columns: Sequence[Column],
    rows: Iterable[Row],
    legend: tuple[Fact, ...] = (),
) -> Table:
    say = draws.language.gettext
    held = tuple(rows)
    subtitle = draws.subtitle(sheet.kind, sheet.board)
    total = draws.language.plural(len(held), "{count} row", "{count} rows")
    return Table(
        title=say(title),
        subtitle=" · ".join(filter(None, [say(sheet.kind.title), subtitle])),
        summary=say(summary),
        alt=f"{say(title)}. {total}.",
        context=draws.at(sheet.board),
        kind=sheet.kind.id,
        prompt=say(sheet.kind.blocks[0].prompt),
        columns=tuple(columns),
        rows=held,
        footnotes=(*legend, *draws.footnotes(sheet.board)),
    )


def _group(draws: Draws, sheet: Sheet, person: Person) -> str:
    field = next((f for f in sheet.kind.fields if f.id == GROUP), None)
    return draws.value(field, person.group) if field and person.group else ""


def _value(draws: Draws, field: Field, note: Note) -> str:
    value: Any = note.get(field.id)
    return draws.value(field, value)


def _percent(draws: Draws, share: float | None) -> str:
    return "" if share is None else draws.language.say(N_("{share}%"), share=round(share * 100))
