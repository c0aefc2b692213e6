"""Pictures of the four quarters of a kind's matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clusterlab.errors import N_
from clusterlab.figures import Axis, QuadrantChart, QuadrantItem, draw_quadrants
from clusterlab.language import Language
from clusterlab.methods import Sheet, axes, middle, portfolio
from clusterlab.methods.fields import bounded
from clusterlab.model import Field, Note
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.matrix import HALVES, IN_MIDDLE, on_line, with_axes
from clusterlab.outputs.pictures import picture
from clusterlab.outputs.twins import quadrant_lines
from clusterlab.outputs.types import Data, Fact, Picture


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
    unplaced = [s.note for s in found.services if None in {s.mission, s.profitability}]
    title = say(sheet.kind.matrix_title or N_("Matrix"))
    labels = (say(N_("Cost")), say(N_("costly and included in the fee")))
    return quadrants_picture(draws, sheet, title, items, labels, *left_out(draws, unplaced))


def matrix_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw notes in the matrix of their kind's two numbers."""
    names = sheet.kind.axes
    items, unplaced = [], []
    for note in sheet.board:
        values = {name: bounded(sheet.kind, note, name) for name in names}
        if None in values.values():
            unplaced.append(note)
        else:
            items.append(QuadrantItem(note.text, *_place(sheet, values), spoken=note.spoken))
    title = draws.language.gettext(sheet.kind.matrix_title or N_("Priority matrix"))
    return quadrants_picture(draws, sheet, title, items, ("", ""), *left_out(draws, unplaced))


def left_out(draws: Draws, notes: Iterable[Note]) -> list[Fact]:
    """Name the notes that have no place in a matrix, where there are any."""
    label = draws.language.gettext(N_("Without both numbers:"))
    names = ", ".join(note.spoken for note in notes)
    return [Fact(label, names)] if names else []


def _place(sheet: Sheet, values: dict[str, float | None]) -> tuple[float, float]:
    across, up = (values.get(name) or 0 for name in sheet.kind.axes)
    return across, up


def ends_of(language: Language, field: Field) -> tuple[str, str]:
    """Say what the ends of a field's axis mean."""
    say = language.gettext
    return (
        say(field.minimum_label or HALVES["low"]),
        say(field.maximum_label or HALVES["high"]),
    )


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
    ends = [
        Axis(say(f.label), f.minimum or 0, middle(f), f.maximum or 0, ends_of(language, f))
        for f in axes(kind)
    ]
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
    lines = quadrant_lines(language, chart, held)
    note = Fact(say(IN_MIDDLE), on_line(language, kind))
    heads = (say(N_("No.")), say(kind.text_label), *(e.label for e in ends), say(N_("Quarter")))
    sized = labels[0] and any(i.value is not None for i in items)
    rows = [(i.spoken, i.label, i.x, i.y, quarter(i), *([i.value] if sized else [])) for i in items]
    data = Data((*heads, *([labels[0]] if sized else [])), tuple(rows), "points", (2, 3))
    return picture(draws, sheet, chart, draw_quadrants, note, *footnotes, lines=lines, data=data)
