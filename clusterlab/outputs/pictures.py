"""Pictures of what methods found, each with a message for those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from clusterlab.errors import N_
from clusterlab.figures import (
    PORTRAIT,
    Axis,
    Bar,
    BarChart,
    Drawing,
    GapChart,
    GapItem,
    Indicator,
    ProgressChart,
    QuadrantChart,
    QuadrantItem,
    RadarChart,
    RadarTrend,
    draw_bars,
    draw_gaps,
    draw_progress,
    draw_quadrants,
    draw_radar,
)
from clusterlab.figures.parts import nothing
from clusterlab.language import Language
from clusterlab.methods import (
    Sheet,
    axes,
    competencies,
    middle,
    need_relevance,
    portfolio,
    progress,
    radar,
)
from clusterlab.methods.fields import bounded
from clusterlab.methods.values import text_of
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.matrix import IN_MIDDLE, matrix_subtitle, on_line, with_axes
from clusterlab.outputs.review import RINGS
from clusterlab.outputs.types import Data, Fact, Picture

_NAMED = 3  # things that a message names


def picture(
    draws: Draws,
    sheet: Sheet,
    chart: Any,
    draw: Callable[[Any, Language], tuple[Drawing, ...]],
    *footnotes: Fact,
    lines: Iterable[str],
    data: Data | None = None,
) -> Picture:
    """Make the output of a chart, whose description is its message.

    Parameters
    ----------
    lines
        The same in words.
    data
        The same in numbers.
    """
    first, *more = draw(chart, draws.language)
    return Picture(
        title=chart.title,
        subtitle=matrix_subtitle(draws, sheet.kind, sheet.board),
        alt=chart.description,
        context=draws.at(sheet.board),
        svg=first.svg,
        more=tuple(drawing.svg for drawing in more),
        text="\n".join(lines),
        footnotes=(*footnotes, *draws.footnotes(sheet.board)),
        data=data,
    )


def in_words(draws: Draws, sheet: Sheet, title: str, message: str) -> Picture:
    """Say why there is nothing to draw, or nothing to list."""
    return Picture(
        title=title,
        subtitle=matrix_subtitle(draws, sheet.kind, sheet.board),
        alt=message,
        context=draws.at(sheet.board),
        text=message,
        svg=nothing(PORTRAIT, title, message).svg,
    )


def bar_data(language: Language, chart: BarChart, thing: str, number: str) -> Data:
    """Give the numbers of bars; ``thing`` and ``number`` say what they are."""
    say = language.gettext
    rows = tuple(
        (f"{b.spoken} {b.label}", b.value, say(chart.signs[0 if b.chosen else 1]))
        for b in chart.bars
    )
    return Data((say(thing), say(number), say(N_("Sign"))), rows, "bars", (1,), low=0)


def named(language: Language, names: Sequence[str]) -> str:
    """Name the first few things of many."""
    shown = ", ".join(names[:_NAMED])
    rest = len(names) - _NAMED
    return (
        language.say(N_("{names} and {count} more"), names=shown, count=rest) if rest > 0 else shown
    )


def progress_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw each indicator from its baseline to its target, with what was measured."""
    language = draws.language
    say, numbers = language.gettext, ("baseline", "midterm", "final", "target")
    found = []
    lines = []
    rows: list[tuple[str | float | None, ...]] = []
    reached = 0
    for note in sheet.board:
        values = {name: bounded(sheet.kind, note, name) for name in numbers}
        found.append(Indicator(note.text, text_of(note.get("unit")), **values, spoken=note.spoken))
        way = progress(note)
        share = way.latest
        reached += share is not None and share >= 1
        if share is not None:
            told = f"{language.number(round(100 * share))} %"
        elif values["midterm"] is None and values["final"] is None:
            told = say(N_("not measured yet"))
        else:
            told = say(N_("measured, but the way from baseline to target cannot be told"))
        lines.append(f"{note.spoken} {note.text}: {told}")
        shares = [None if s is None else round(100 * s, 1) for s in (way.midterm, way.final)]
        measured = (values[n] for n in ("baseline", "midterm", "final", "target"))
        rows.append((f"{note.spoken} {note.text}", found[-1].unit, *measured, *shares))
    message = language.say(
        N_("{reached} of {count} indicators have reached their target."),
        reached=reached,
        count=len(found),
    )
    chart = ProgressChart(say(N_("Progress")), tuple(found), message)
    labels = [N_("Indicator"), N_("Unit"), N_("Baseline"), N_("Midterm"), N_("Final"), N_("Target")]
    labels += [N_("Way to the target at midterm, in %"), N_("Way to the target at the end, in %")]
    data = Data(tuple(map(say, labels)), tuple(rows), "bars", (6, 7))
    return picture(draws, sheet, chart, draw_progress, lines=lines, data=data)


def radar_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw trends in segments and rings."""
    language = draws.language
    say, found = language.gettext, radar(sheet)
    rings = [ring.id for ring in found.rings]
    placed = [t for t in found.trends if t.ring and t.segment in found.segments]
    urgent = [t.note.spoken for t in placed if t.urgent]
    text = N_("{count} trends. Strong influence meets little competence at: {names}.")
    calm = N_("{count} trends; none of strong influence meets little competence.")
    chart = RadarChart(
        say(N_("Trend radar")),
        found.segments or (say(N_("Trends")),),
        tuple(say(ring.label) for ring in found.rings) or (say(N_("Trends")),),
        tuple(
            RadarTrend(
                t.note.text,
                found.segments.index(t.segment),
                rings.index(t.ring.id),
                t.influence,
                t.competence,
                t.note.spoken,
            )
            for t in placed
            if t.ring
        ),
        description=language.say(
            text if urgent else calm, count=len(placed), names=named(language, urgent)
        ),
    )
    lines = [
        f"{t.note.spoken} {t.note.text}: {t.segment}, {say(t.ring.label) if t.ring else ''}"
        for t in placed
    ]
    without = [t.note.spoken for t in found.trends if t not in placed]
    notes = [Fact(say(N_("Rings:")), say(RINGS))]
    if without:
        notes.append(Fact(say(N_("Without segment or ring:")), ", ".join(without)))
    labels = (N_("Trend"), N_("Segment"), N_("Ring"), N_("Influence"), N_("Competence"))
    rows = tuple(
        (
            f"{t.note.spoken} {t.note.text}",
            t.segment,
            say(t.ring.label) if t.ring else None,
            t.influence,
            t.competence,
        )
        for t in placed
    )
    data = Data(tuple(map(say, labels)), rows)
    return picture(draws, sheet, chart, draw_radar, *notes, lines=lines, data=data)


def gaps_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw each competency from today's level to the one that is needed."""
    language = draws.language
    say, found = language.gettext, competencies(sheet)
    fields = [f.field for f in found.fields]
    rows = [r for f in fields for r in found.rows if r.field == f]
    levels = [f for f in sheet.kind.fields if f.id in {"today", "target"}]
    wide = (
        [r.note.spoken for r in found.rows if r.gap == found.rows[0].gap > 0] if found.rows else []
    )
    text = N_("{count} competencies. The widest gap, {gap}, is at: {names}.")
    none = N_("{count} competencies; none is below the level that is needed.")
    chart = GapChart(
        say(N_("Competence gaps")),
        tuple(
            GapItem(
                r.note.text,
                r.today,
                r.target,
                spoken=r.note.spoken,
                group=say(r.field.label) if r.field else "",
            )
            for r in rows
        ),
        low=min((f.minimum for f in levels if f.minimum is not None), default=None),
        high=max((f.maximum for f in levels if f.maximum is not None), default=None),
        description=language.say(
            text if wide else none,
            count=len(rows),
            gap=found.rows[0].gap if wide else 0,
            names=named(language, wide),
        ),
    )
    lines = [
        f"{r.note.spoken} {r.note.text}: {language.number(r.today)} → {language.number(r.target)}"
        for r in rows
    ]
    labels = (N_("Competency"), N_("Field"), N_("Today"), N_("Target level"), N_("Gap"))
    data = Data(
        tuple(map(say, labels)),
        tuple(
            (f"{r.note.spoken} {r.note.text}", i.group, r.today, r.target, r.gap)
            for r, i in zip(rows, chart.items, strict=True)
        ),
        "bars",
        (2, 3),
        chart.low,
        chart.high,
    )
    return picture(draws, sheet, chart, draw_gaps, lines=lines, data=data)


def needs_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw needs by rank, each as long as it is relevant."""
    language = draws.language
    say, found = language.gettext, need_relevance(sheet)
    ranked = [n for n in found.needs if n.relevance is not None]
    text = N_("{count} needs. Those that key members rate high, most relevant first: {names}.")
    plain = N_("{count} needs; none that key members rate high.")
    key = [n.note.spoken for n in ranked if n.key]
    chart = BarChart(
        say(N_("Relevance of needs")),
        tuple(Bar(n.note.text, round(n.relevance or 0, 2), n.note.spoken, n.key) for n in ranked),
        description=language.say(
            text if key else plain, count=len(ranked), names=named(language, key)
        ),
        signs=(N_("Key members rate it high"), N_("Other needs")),
        empty=N_("No need is rated yet. Each appears here as soon as members rate it."),
    )
    lines = [
        f"{n.note.spoken} {n.note.text}: {language.number(bar.value)}"
        for n, bar in zip(ranked, chart.bars, strict=True)
    ]
    without = [n.note.spoken for n in found.needs if n.relevance is None]
    notes = [Fact(say(N_("Not rated:")), ", ".join(without))] if without else []
    data = bar_data(language, chart, N_("Need"), N_("Relevance"))
    return picture(draws, sheet, chart, draw_bars, *notes, lines=lines, data=data)


def map_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw services in the Matrix Map: the larger the bubble, the dearer the service."""
    say, found = draws.language.gettext, portfolio(sheet)
    items = [
        QuadrantItem(
            s.note.text,
            *_place(sheet, {"mission": s.mission, "profitability": s.profitability}),
            value=s.cost,
            spoken=s.note.spoken,
            mark=s.costly and bool(s.in_fee),
        )
        for s in found.services
        if s.mission is not None and s.profitability is not None
    ]
    title = say(sheet.kind.matrix_title or N_("Matrix"))
    labels = (say(N_("Cost")), say(N_("costly and included in the fee")))
    return quadrants_picture(draws, sheet, title, items, labels)


def matrix_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw notes in the matrix of their kind's two numbers."""
    names = sheet.kind.axes
    items = []
    for note in sheet.board:
        values = {name: bounded(sheet.kind, note, name) for name in names}
        if None not in values.values():
            items.append(QuadrantItem(note.text, *_place(sheet, values), spoken=note.spoken))
    title = draws.language.gettext(sheet.kind.matrix_title or N_("Priority matrix"))
    return quadrants_picture(draws, sheet, title, items, ("", ""))


def _place(sheet: Sheet, values: dict[str, float | None]) -> tuple[float, float]:
    across, up = (values.get(name) or 0 for name in sheet.kind.axes)
    return across, up


def quadrants_picture(
    draws: Draws,
    sheet: Sheet,
    title: str,
    items: Sequence[QuadrantItem],
    labels: tuple[str, str],
    *footnotes: Fact,
) -> Picture:
    """Draw things in the four quarters of a kind's matrix; `labels` are of area and hatching.

    Raises
    ------
    UsageError
        Where the kind has no matrix.
    """
    language, kind = draws.language, with_axes(sheet.kind)
    say = language.gettext
    ends = [Axis(say(f.label), f.minimum or 0, middle(f), f.maximum or 0) for f in axes(kind)]
    quarters = {(q.y, q.x): say(q.label) for q in kind.quadrants}
    order = [("high", "low"), ("high", "high"), ("low", "low"), ("low", "high")]
    names = [quarters[place] for place in order]
    halves = {q.id: (q.x, q.y) for q in kind.quadrants}[kind.midpoint]

    def quarter(item: QuadrantItem) -> str:
        sides = [
            half if value == axis.middle else "high" if value > axis.middle else "low"
            for value, axis, half in zip((item.x, item.y), ends, halves, strict=True)
        ]
        return quarters[sides[1], sides[0]]

    held = {name: [i.spoken for i in items if quarter(i) == name] for name in names}
    told = "; ".join(f"{name}: {len(held[name])}" for name in names)
    message = language.plural(
        len(items),
        "{count} thing in four quarters. {told}.",
        "{count} things in four quarters. {told}.",
        told=told,
    )
    chart = QuadrantChart(
        title, ends[0], ends[1], (names[0], names[1], names[2], names[3]), tuple(items),
        labels[0], labels[1] if any(i.mark for i in items) else "", message,
    )  # fmt: skip
    lines = [f"{name}: {', '.join(held[name]) or '–'}" for name in names]
    note = Fact(say(IN_MIDDLE), on_line(language, kind))
    heads = (say(N_("No.")), say(kind.text_label), *(e.label for e in ends), say(N_("Quarter")))
    sized = labels[0] and any(i.value is not None for i in items)
    rows = [(i.spoken, i.label, i.x, i.y, quarter(i), *([i.value] if sized else [])) for i in items]
    data = Data((*heads, *([labels[0]] if sized else [])), tuple(rows), "points", (2, 3))
    return picture(draws, sheet, chart, draw_quadrants, note, *footnotes, lines=lines, data=data)
