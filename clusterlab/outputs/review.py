"""The strategy review as tables: trends, needs, statements, competencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clusterlab.errors import N_
from clusterlab.language import Language
from clusterlab.methods import (
    Means,
    Radar,
    Sheet,
    Trend,
    competencies,
    need_relevance,
    proposals,
    radar,
    statements,
)
from clusterlab.methods.vision import FACTORS
from clusterlab.model import CanvasKind, Note
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.types import Column, Fact, Item, Row, Table

_NO, _NOTHING = N_("No."), N_("Nothing has been rated yet.")
RINGS = N_("The rings and their names are a choice of this workshop; no standard gives them.")
BY_RING = N_("Trends stand by ring, then the strongest influence first.")
DISTANCE = N_(
    "How far own and benchmark rating are apart: the root of the sum of both squared differences."
)
PROPOSED = N_(
    "Proposals from the PESTEL; nothing is added by itself. The horizon suggests the ring, an "
    "unlikely factor stands one ring further out, and the impact is taken as influence."
)
RELEVANCE = N_(
    "Relevance is the sum of weight × rating divided by the sum of weights, both over the members "
    "who rated the need: a missing rating is no zero."
)
RANKED = N_(
    "Needs that key members rate above 3 on average come first; then relevance decides, then the "
    "relevance to key members. Equal needs share a rank."
)
GAP = N_("Gap is target level less level today; what lacks a level is left out.")


def review_table(
    draws: Draws,
    sheet: Sheet,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *footnotes: Fact,
    summary: str = "",
) -> Table:
    """Make a table of what a method found; the first two columns are number and text."""
    language, kind = draws.language, sheet.kind
    say = language.gettext
    named = " · ".join(filter(None, [say(kind.title), draws.subtitle(kind, sheet.board)]))
    count = language.plural(len(rows), "{count} row", "{count} rows")
    return Table(
        title=say(title),
        subtitle=named,
        summary=say(summary),
        alt=f"{say(title)} · {named}. {count}.",
        context=draws.at(sheet.board),
        kind=kind.id,
        prompt=say(_NOTHING),
        columns=tuple(columns),
        rows=tuple(rows),
        footnotes=(*footnotes, *draws.footnotes(sheet.board)),
    )


def note_row(draws: Draws, kind: CanvasKind, note: Note, *cells: str) -> Row:
    """Make the row of a note."""
    item = replace(draws.item(kind, note), details=())
    return Row(item, (note.spoken, note.text, *cells))


def plain_row(number: str, label: str, *cells: str) -> Row:
    """Make a row that is of no note."""
    return Row(Item(number, number, label), (number, label, *cells))


def number(language: Language, value: float | None) -> str:
    """Write a number with at most two decimals, "" for none."""
    return "" if value is None else language.number(round(value, 2))


def signed(language: Language, value: float | None) -> str:
    """Write a difference with its sign."""
    return ("+" if value and value > 0 else "") + number(language, value)


def trends(draws: Draws, sheet: Sheet) -> Table:
    """List trends by ring and influence, beside a benchmark where there is one."""
    language = draws.language
    say, found = language.gettext, radar(sheet)
    compared = any(
        t.benchmark_influence is not None or t.benchmark_competence is not None
        for t in found.trends
    )
    columns = [
        Column("spoken", say(_NO)),
        Column("text", say(sheet.kind.text_label), wide=True),
        Column("segment", say(N_("Segment"))),
        Column("ring", say(N_("Ring"))),
        Column("influence", say(N_("Influence"))),
        Column("competence", say(N_("Competence"))),
        Column("urgent", say(N_("Remark"))),
    ]
    if compared:
        columns += [
            Column("influence-ahead", say(N_("Influence against benchmark"))),
            Column("competence-ahead", say(N_("Competence against benchmark"))),
            Column("distance", say(N_("Distance"))),
        ]

    def row(trend: Trend) -> Row:
        cells = [
            trend.segment,
            say(trend.ring.label) if trend.ring else "",
            number(language, trend.influence),
            number(language, trend.competence),
            say(N_("Act here")) if trend.urgent else "",
        ]
        if compared:
            ahead = (trend.influence_ahead, trend.competence_ahead)
            cells += [*(signed(language, a) for a in ahead), number(language, trend.distance)]
        return note_row(draws, sheet.kind, trend.note, *cells)

    notes = _means(language, found)
    if compared:
        notes.append(Fact(say(N_("Distance:")), say(DISTANCE)))
    return review_table(
        draws,
        sheet,
        N_("Trends by ring"),
        columns,
        [row(t) for t in found.trends],
        *notes,
        Fact(say(N_("Rings:")), say(RINGS)),
        summary=BY_RING,
    )


def _means(language: Language, found: Radar) -> list[Fact]:
    def fact(label: str, means: Means | None) -> list[Fact]:
        if means is None:
            return []
        own, other = (number(language, v) for v in (means.own, means.benchmark))
        text = language.plural(
            means.count,
            "own {own}, benchmark {benchmark}, over the one trend that has both.",
            "own {own}, benchmark {benchmark}, over the {count} trends that have both.",
            own=own,
            benchmark=other,
        )
        return [Fact(language.gettext(label), text)]

    return [
        *fact(N_("Mean influence:"), found.influence),
        *fact(N_("Mean competence:"), found.competence),
    ]


def proposed(draws: Draws, sheet: Sheet) -> Table:
    """List factors of the PESTEL that could become trends."""
    language, kind = draws.language, sheet.kind
    say = language.gettext
    cited = sheet.cited()
    rows = [
        note_row(
            draws,
            cited.kind if cited else kind,
            p.factor,
            say(p.segment.label),
            say(p.ring.label) if p.ring else "",
            number(language, p.influence),
        )
        for p in proposals(sheet)
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(N_("Factor")), wide=True),
        Column("segment", say(N_("Segment"))),
        Column("ring", say(N_("Ring"))),
        Column("influence", say(N_("Influence"))),
    )
    return review_table(
        draws, sheet, N_("Proposed for the trend radar"), columns, rows, summary=PROPOSED
    )


def ranking(draws: Draws, sheet: Sheet) -> Table:
    """Rank needs by relevance."""
    language = draws.language
    say = language.gettext
    rows = [
        note_row(
            draws,
            sheet.kind,
            need.note,
            language.number(need.rank) if need.rank else "",
            number(language, need.relevance),
            number(language, need.key_relevance),
            ", ".join(need.rated),
            ", ".join(need.silent),
        )
        for need in need_relevance(sheet).needs
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(N_("Need")), wide=True),
        Column("rank", say(N_("Rank"))),
        Column("relevance", say(N_("Relevance"))),
        Column("key-relevance", say(N_("To key members"))),
        Column("rated", say(N_("Rated by"))),
        Column("silent", say(N_("Not rated by"))),
    )
    note = Fact(say(N_("Rank:")), say(RANKED))
    return review_table(
        draws, sheet, N_("Needs by relevance"), columns, rows, note, summary=RELEVANCE
    )


def factors(draws: Draws, sheet: Sheet) -> Table:
    """Say of vision and mission which success factors hold."""
    say = draws.language.gettext
    asked = [f for f in sheet.kind.fields if f.id in FACTORS]
    rows = [
        note_row(
            draws,
            sheet.kind,
            s.note,
            draws.language.number(s.length),
            *(say(N_("Yes")) if f in s.holds else say(N_("Not yet")) for f in asked),
        )
        for s in statements(sheet)
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(sheet.kind.text_label), wide=True),
        Column("length", say(N_("Words"))),
        *(Column(f.id, say(f.label)) for f in asked),
    )
    return review_table(draws, sheet, N_("Success factors"), columns, rows)


def gaps(draws: Draws, sheet: Sheet) -> Table:
    """List competencies, the widest gap first."""
    language = draws.language
    say, found = language.gettext, competencies(sheet)
    rows = [
        note_row(
            draws,
            sheet.kind,
            row.note,
            say(row.field.label) if row.field else "",
            number(language, row.today),
            number(language, row.target),
            signed(language, row.gap),
        )
        for row in found.rows
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(sheet.kind.text_label), wide=True),
        Column("field", say(N_("Field")), wide=True),
        *_levels(language),
    )
    notes = []
    if found.incomplete:
        left = ", ".join(note.spoken for note in found.incomplete)
        notes.append(Fact(say(N_("Left out:")), left))
    return review_table(draws, sheet, N_("Gaps in competence"), columns, rows, *notes, summary=GAP)


def field_means(draws: Draws, sheet: Sheet) -> Table:
    """Give the means of each field of competence, once anything is rated."""
    language = draws.language
    say, fields = language.gettext, competencies(sheet).fields
    rows = [
        plain_row(
            row.field.letter,
            say(row.field.label),
            language.number(row.count),
            number(language, row.today),
            number(language, row.target),
            signed(language, row.gap),
        )
        for row in (fields if any(f.count for f in fields) else ())
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(N_("Field")), wide=True),
        Column("count", say(N_("Competencies"))),
        *_levels(language),
    )
    return review_table(
        draws, sheet, N_("Fields of competence, on average"), columns, rows, summary=GAP
    )


def _levels(language: Language) -> tuple[Column, ...]:
    say = language.gettext
    return (
        Column("today", say(N_("Today"))),
        Column("target", say(N_("Target level"))),
        Column("gap", say(N_("Gap"))),
    )
