"""Pictures of what methods found, each with a message for those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from clusterlab.errors import N_
from clusterlab.figures import (
    PORTRAIT,
    Bar,
    BarChart,
    Drawing,
    GapChart,
    GapItem,
    Indicator,
    ProgressChart,
    RadarChart,
    RadarTrend,
    draw_bars,
    draw_gaps,
    draw_progress,
    draw_radar,
)
from clusterlab.figures.parts import figure, nothing
from clusterlab.figures.progress import BASELINE, FINAL, MIDTERM, NO_UNIT, TARGET, UNIT
from clusterlab.language import Language
from clusterlab.methods import (
    Sheet,
    Trend,
    competencies,
    need_relevance,
    progress,
    radar,
)
from clusterlab.methods.fields import bounded
from clusterlab.methods.values import text_of
from clusterlab.model import one_line
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.matrix import matrix_subtitle
from clusterlab.outputs.review import RINGS
from clusterlab.outputs.twins import gap_lines, legend_of, listed, parts_of
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
    drawings = draw(chart, draws.language)
    return Picture(
        title=chart.title,
        subtitle=matrix_subtitle(draws, sheet.kind, sheet.board),
        alt=chart.description,
        context=draws.at(sheet.board),
        svg=drawings[0].svg,
        more=tuple(drawing.svg for drawing in drawings[1:]),
        parts=parts_of(draws.language, drawings),
        text="\n".join(map(one_line, lines)),
        legend=legend_of(drawings),
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
        lines.append(f"{note.spoken} {note.text}: {told}; {_measured(language, found[-1])}")
        shares = [None if s is None else round(100 * s, 1) for s in (way.midterm, way.final)]
        measured = (values[n] for n in ("baseline", "midterm", "final", "target"))
        unit = found[-1].unit.strip() or say(NO_UNIT)
        rows.append((f"{note.spoken} {note.text}", unit, *measured, *shares))
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


def _measured(language: Language, item: Indicator) -> str:
    """Say in which unit an indicator is counted, and its numbers."""
    say, unit = language.gettext, item.unit.strip()
    named = (
        (BASELINE, item.baseline),
        (MIDTERM, item.midterm),
        (FINAL, item.final),
        (TARGET, item.target),
    )
    told = (f"{say(word)} {figure(language, v)}" for word, v in named if v is not None)
    return listed(language.say(UNIT, unit=unit) if unit else say(NO_UNIT), *told)


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
                t.benchmark_competence,
            )
            for t in placed
            if t.ring
        ),
        description=language.say(
            text if urgent else calm, count=len(placed), names=named(language, urgent)
        ),
    )
    named_ = {name: say(field_label(sheet, name)) for name in _RATINGS}
    lines = [
        language.say(N_("Rings, from the middle: {names}."), names=", ".join(chart.rings)),
        language.say(N_("Segments: {names}."), names=", ".join(chart.segments)),
        *(_rated(language, t, named_) for t in placed),
    ]
    without = [t.note.spoken for t in found.trends if t not in placed]
    notes = [Fact(say(N_("Rings:")), say(RINGS))]
    if without:
        notes.append(Fact(say(N_("Without segment or ring:")), ", ".join(without)))
    labels = (N_("Trend"), N_("Segment"), N_("Ring"))
    rows = tuple(
        (
            f"{t.note.spoken} {t.note.text}",
            t.segment,
            say(t.ring.label) if t.ring else None,
            *_ratings(t),
        )
        for t in placed
    )
    data = Data((*map(say, labels), *named_.values()), rows)
    return picture(draws, sheet, chart, draw_radar, *notes, lines=lines, data=data)


_RATINGS = ("influence", "competence", "benchmark-influence", "benchmark-competence")


def _ratings(trend: Trend) -> tuple[float | None, ...]:
    own = (trend.influence, trend.competence)
    return *own, trend.benchmark_influence, trend.benchmark_competence


def _rated(language: Language, trend: Trend, labels: Mapping[str, str]) -> str:
    """Say where a trend lies, and how the cluster and others rate it."""
    rated = zip(labels.values(), _ratings(trend), strict=True)
    told = listed(
        trend.segment,
        language.gettext(trend.ring.label) if trend.ring else "",
        *(f"{label} {figure(language, value)}" for label, value in rated if value is not None),
    )
    return f"{trend.note.spoken} {trend.note.text}: {told}"


def field_label(sheet: Sheet, name: str) -> str:
    """Give the label of a field; its id where the workshop's own kind has none of it."""
    return next((f.label for f in sheet.kind.fields if f.id == name), name)


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
    lines = gap_lines(language, chart)
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
        f"{n.note.spoken} {n.note.text}: "
        f"{listed(language.number(bar.value), say(chart.signs[0]) if n.key else '')}"
        for n, bar in zip(ranked, chart.bars, strict=True)
    ]
    without = [n.note.spoken for n in found.needs if n.relevance is None]
    notes = [Fact(say(N_("Not rated:")), ", ".join(without))] if without else []
    data = bar_data(language, chart, N_("Need"), N_("Relevance"))
    return picture(draws, sheet, chart, draw_bars, *notes, lines=lines, data=data)
