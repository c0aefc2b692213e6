"""The matrix as a typed output: four boxes, by two numbers of each note."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from clusterlab.errors import N_, Message, UsageError
from clusterlab.language import Language
from clusterlab.methods import axes, line_halves, middle, priorities
from clusterlab.model import Board, CanvasKind, Note, Quadrant
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.types import Box, Canvas, Fact, Item

TITLE = N_("Priority matrix")
SUMMARY = N_("Across: {x}, from low to high. Up: {y}, from low to high.")
#: The rule for what lies on a line: where, and what it counts as.
IN_MIDDLE = N_("In the middle:")
ON_LINE = N_("{x} {x_middle} counts as {x_half}, {y} {y_middle} as {y_half}.")
PROMPT = N_("{x}: {x_half}. {y}: {y_half}.")
HALVES = {"low": N_("low"), "high": N_("high")}


def with_axes(kind: CanvasKind) -> CanvasKind:
    """Give a kind back that has a matrix.

    Raises
    ------
    UsageError
        Where it has none: its file names no axes.
    """
    if kind.axes:
        return kind
    raise UsageError(
        N_("“{canvas}” has no matrix: its file names no two numbers as “axes”."),
        canvas=Message(kind.title),
    )


def matrix(draws: Draws, kind: CanvasKind, board: Board) -> Canvas:
    """Draw a board as a matrix: each quarter a box, the second number upwards.

    Raises
    ------
    UsageError
        Where the kind has no matrix.
    """
    language = draws.language
    say = language.gettext
    found = priorities(with_axes(kind), board)
    quarters = {(q.y, q.x): (q, notes) for q, notes in found.quadrants}
    rows = [[quarters[y, x] for x in ("low", "high")] for y in ("high", "low")]
    title, subtitle = say(matrix_title(kind)), matrix_subtitle(draws, kind, board)

    def item(note: Note) -> Item:
        numbers = ((field, note.get(field.id)) for field in axes(kind))
        details = (Fact(say(f.label), draws.value(f, v)) for f, v in numbers if v not in (None, ""))
        return replace(draws.item(kind, note), details=tuple(details))

    counts = [(say(q.label), len(notes)) for q, notes in found.quadrants]
    counts.append((say(N_("Unplaced")), len(found.unplaced)))
    total = language.plural(len(board), "{count} note", "{count} notes")
    places = ", ".join(f"{label}: {count}" for label, count in counts if count)
    return Canvas(
        title=title,
        subtitle=subtitle,
        summary=language.say(SUMMARY, **_labels(kind)),
        alt=f"{title} · {subtitle}. {total}." + (f" {places}." if places else ""),
        context=draws.at(board),
        kind=kind.id,
        grid=tuple(tuple(q.id for q, _ in row) for row in rows),
        boxes=tuple(
            Box(q.id, say(q.label), _prompt(language, kind, q), items=tuple(map(item, notes)))
            for row in rows
            for q, notes in row
        ),
        unplaced=tuple(map(item, found.unplaced)),
        footnotes=(Fact(say(IN_MIDDLE), on_line(language, kind)), *draws.footnotes(board)),
    )


def matrix_title(kind: CanvasKind) -> str:
    """Say what a kind's matrix is called."""
    return kind.matrix_title or TITLE


def matrix_subtitle(draws: Draws, kind: CanvasKind, board: Board) -> str:
    """Say of which canvas a matrix is, and on which topic and version."""
    return " · ".join(
        filter(None, [draws.language.gettext(kind.title), draws.subtitle(kind, board)])
    )


def on_line(language: Language, kind: CanvasKind) -> str:
    """Say to which side what lies on a line counts."""
    (across, up), (x_half, y_half) = axes(kind), line_halves(kind)
    return language.say(
        ON_LINE,
        **_labels(kind),
        x_middle=language.number(middle(across)),
        y_middle=language.number(middle(up)),
        x_half=Message(HALVES[x_half]),
        y_half=Message(HALVES[y_half]),
    )


def _labels(kind: CanvasKind) -> dict[str, Any]:
    return dict(zip("xy", (Message(field.label) for field in axes(kind)), strict=True))


def _prompt(language: Language, kind: CanvasKind, quadrant: Quadrant) -> str:
    halves = {"x_half": Message(HALVES[quadrant.x]), "y_half": Message(HALVES[quadrant.y])}
    return language.say(PROMPT, **_labels(kind), **halves)
