"""Competency assessment: level today, level needed, and the gap between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import bounded, mean, missing, nothing_under, unusable
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Block, Note

SOURCE = N_("Cluster Booster Academy 2024")


@dataclass(frozen=True, slots=True)
class Competency:
    """A competency that has both levels.

    Parameters
    ----------
    field
        The field of competence that it belongs to; nothing where the kind no longer has it.
    today, target
        Its levels.
    """

    note: Note
    field: Block | None
    today: float
    target: float

    @property
    def gap(self) -> float:
        """What is missing: target less today; below zero there is more than is needed."""
        return self.target - self.today


@dataclass(frozen=True, slots=True)
class FieldMeans:
    """Means over the ``count`` competencies of a field that have both levels."""

    field: Block
    count: int
    today: float | None
    target: float | None
    gap: float | None


@dataclass(frozen=True, slots=True)
class Competencies:
    """A competency assessment.

    Parameters
    ----------
    rows
        The widest gap first; equal ones stay in the order of the board.
    fields
        Every field in the kind's order.
    incomplete
        Competencies that lack a level.
    """

    rows: tuple[Competency, ...]
    fields: tuple[FieldMeans, ...]
    incomplete: tuple[Note, ...]


def competencies(sheet: Sheet) -> Competencies:
    """Read a competency assessment.

    gap = target − today, both on the kind's scale from 1 to 5. A competency that lacks a level
    has no gap and is in no mean.
    """
    blocks = {b.id: b for b in sheet.kind.blocks}
    rows: list[Competency] = []
    incomplete: list[Note] = []
    for note in sheet.board:
        today, target = (bounded(sheet.kind, note, name) for name in ("today", "target"))
        if today is None or target is None:
            incomplete.append(note)
        else:
            rows.append(Competency(note, blocks.get(note.block), today, target))
    fields = tuple(_means(b, [r for r in rows if r.field == b]) for b in sheet.kind.blocks)
    rows.sort(key=lambda row: -row.gap)
    return Competencies(tuple(rows), fields, tuple(incomplete))


def _means(field: Block, rows: Iterable[Competency]) -> FieldMeans:
    held = list(rows)
    today, target = mean(r.today for r in held), mean(r.target for r in held)
    return FieldMeans(field, len(held), today, target, mean(r.gap for r in held))


def check_competencies(sheet: Sheet) -> list[Finding]:
    """Check a competency assessment.

    Rules: ``competencies-empty`` (a field of competence without any, on a board that was begun),
    ``competencies-missing`` (a level is missing), ``competencies-odd`` (a level is out of the
    scale, or no number), ``competencies-below`` (the target is below today's level).
    """
    rate = Message(N_("Rate both levels; the gap between them is what to work on."))
    lacking = partial(
        missing, rule="competencies-missing", severity="warning", advice=rate, source=SOURCE
    )
    found: list[Finding] = list(nothing_under(sheet, "competencies-empty", "info", SOURCE))
    found += unusable(sheet, "competencies-odd", SOURCE)
    for note in sheet.board:
        found += lacking(sheet, note, "today", "target")
    found += [
        Finding(
            "competencies-below",
            "warning",
            sheet.board.id,
            Message(
                N_("The target of {spoken} is {target}, lower than its level today, {today}."),
                {"spoken": row.note.spoken, "target": row.target, "today": row.today},
            ),
            Message(
                N_(
                    "Raise the target to today’s level or more. If the cluster will need less of "
                    "it, leave it as it is."
                )
            ),
            note=row.note.spoken,
            source=SOURCE,
        )
        for row in competencies(sheet).rows
        if row.gap < 0
    ]
    return found
