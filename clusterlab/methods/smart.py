"""SMART goals: what is still missing."""

from __future__ import annotations

from collections.abc import Iterator

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Board, CanvasKind, Note

SOURCE = "Doran 1981"

#: Measurable takes a number, a unit and where it starts; somebody must answer for the goal.
REQUIRED: dict[str, Severity] = {
    "indicator": "error",
    "target": "error",
    "unit": "error",
    "baseline": "error",
    "deadline": "error",
    "owner": "error",
    "specific": "warning",
    "measurable": "warning",
    "achievable": "warning",
    "relevant": "warning",
    "time-bound": "warning",
}


def missing_fields(kind: CanvasKind, note: Note) -> list[str]:
    """Give the ids of the kind's fields that a goal needs to be SMART and does not have."""
    fields = [f.id for f in kind.fields if f.id in REQUIRED]
    return [name for name in fields if note.get(name) in (None, "")]


def check_goals(sheet: Sheet) -> list[Finding]:
    """Check goals.

    Rules: ``smart-missing`` (a field that a SMART goal needs is empty), ``smart-still`` (the
    target equals the baseline).
    """
    return [found for note in sheet.board for found in _check(sheet.kind, sheet.board, note)]


def _check(kind: CanvasKind, board: Board, note: Note) -> Iterator[Finding]:
    for name in missing_fields(kind, note):
        field = kind.field(name)
        yield Finding(
            "smart-missing",
            REQUIRED[name],
            board.id,
            Message(
                N_("{spoken} says nothing under “{field}”."),
                {"spoken": note.spoken, "field": Message(field.label)},
            ),
            Message(field.help),
            note=note.spoken,
            source=SOURCE,
        )
    baseline, target = note.get("baseline"), note.get("target")
    if baseline is not None and baseline == target:
        yield Finding(
            "smart-still",
            "warning",
            board.id,
            Message(N_("{spoken} aims at what is already there."), {"spoken": note.spoken}),
            Message(N_("Set a target that differs from the baseline.")),
            note=note.spoken,
            source=SOURCE,
        )
