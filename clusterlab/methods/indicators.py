"""Indicators: from a baseline by a midterm value to the final one, against a target."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import shown
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import day_of, number_of, text_of
from clusterlab.model import BoardId, CanvasKind, Note

SOURCE = N_("Evaluation practice: baseline, midterm and final in the same unit")
#: Fields that hold a measured value, in the order of time; the day stands in ``<field>-date``.
MEASURED = ("baseline", "midterm", "final")
NUMBERS = (*MEASURED, "target")
#: Severity of what is missing.
REQUIRED: dict[str, Severity] = {
    "baseline": "error",
    "target": "error",
    "unit": "warning",
    "definition": "warning",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an indicator has come; shares are 0 at the baseline and 1 at the target.

    A share is below 0 where it went the wrong way and above 1 where the target is exceeded; it is
    ``None`` where something is missing or the target equals the baseline.
    """

    note: Note
    midterm: float | None
    final: float | None

    @property
    def latest(self) -> float | None:
        """The share at the last measurement that there is."""
        return self.midterm if self.final is None else self.final


def share_of_way(baseline: float | None, target: float | None, value: float | None) -> float | None:
    """Give the share of the way from a baseline to a target that a value has come.

    ``(value - baseline) / (target - baseline)``, for rising and falling targets alike.

    Returns
    -------
    float or None
        ``None`` where a number is missing, or where there is no way to go.
    """
    if baseline is None or target is None or value is None or target == baseline:
        return None
    share = (value - baseline) / (target - baseline)
    return share if math.isfinite(share) else None


def progress(note: Note) -> Progress:
    """Give an indicator's progress at midterm and at the end."""
    numbers = {name: number_of(note.get(name)) for name in NUMBERS}
    baseline, target = numbers["baseline"], numbers["target"]
    shares = (share_of_way(baseline, target, numbers[n]) for n in ("midterm", "final"))
    return Progress(note, *shares)


def check_indicators(sheet: Sheet) -> list[Finding]:
    """Check indicators.

    Rules: ``indicator-missing`` (no baseline, target, unit or definition), ``indicator-number``
    (a value that is no number, such as “40 %” from an older table: the unit has its own field, so
    that all values share it), ``indicator-date`` (a measured value without its day),
    ``indicator-order`` (days not in the order of time), ``indicator-still`` (the target equals the
    baseline).
    """
    return [f for note in sheet.board for f in _Told(sheet.kind, sheet.board.id, note).all()]


@dataclass(frozen=True, slots=True)
class _Told:
    """What does not hold of one indicator."""

    kind: CanvasKind
    board: BoardId
    note: Note

    def all(self) -> Iterator[Finding]:
        yield from self._missing()
        yield from self._numbers()
        yield from self._days()
        baseline, target = (number_of(self.note.get(n)) for n in ("baseline", "target"))
        if baseline is not None and baseline == target:
            text = N_("{spoken} aims at what is already there.")
            advice = N_("Set a target that differs from the baseline.")
            yield self._finding("still", "warning", text, advice)

    def _missing(self) -> Iterator[Finding]:
        text = N_("{spoken} says nothing under “{field}”.")
        for field in self.kind.fields:
            if field.id in REQUIRED and not text_of(self.note.get(field.id)):
                severity = REQUIRED[field.id]
                yield self._finding("missing", severity, text, field.help, field=field.id)

    def _numbers(self) -> Iterator[Finding]:
        text = N_("{spoken}: “{value}” under “{field}” is no number.")
        advice = N_("Write the number alone; the unit stands under “Unit” and holds for all.")
        for field in self.kind.fields:
            value = text_of(self.note.get(field.id)) if field.id in NUMBERS else ""
            if value and number_of(self.note.get(field.id)) is None:
                yield self._finding("number", "error", text, advice, value, field=field.id)

    def _days(self) -> Iterator[Finding]:
        known = {f.id for f in self.kind.fields}
        days = {}
        for name, on in ((n, f"{n}-date") for n in MEASURED if f"{n}-date" in known):
            day = day_of(self.note.get(on))
            if day is not None:
                days[on] = day
            elif text_of(self.note.get(name)):
                text = N_("{spoken} has a value under “{field}”, but not the day it is of.")
                advice = N_("Fill in “{other}”.")
                yield self._finding("date", "warning", text, advice, field=name, other=on)
        for earlier, later in combinations(days, 2):
            if days[later] < days[earlier]:
                text = N_("{spoken}: “{other}” is before “{field}”.")
                advice = N_("Correct one of the two days.")
                yield self._finding("order", "error", text, advice, field=earlier, other=later)

    def _finding(
        self, rule: str, severity: Severity, text: str, advice: str, value: str = "", **names: str
    ) -> Finding:
        labels = {key: Message(self.kind.field(name).label) for key, name in names.items()}
        fields = {"spoken": self.note.spoken, "value": shown(value), **labels}
        return Finding(
            f"indicator-{rule}",
            severity,
            self.board,
            Message(text, fields),
            Message(advice, labels),
            note=self.note.spoken,
            source=SOURCE,
        )
