"""Indicators: from a baseline by a midterm value to the final one, against a target."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import shown
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.months import month_of
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import day_of, number_of, text_of
from clusterlab.methods.words import says_share
from clusterlab.model import BoardId, CanvasKind, Note

SOURCE = N_("Cluster Excellence Denmark: the same indicator at baseline, midterm and end")
#: Fields that hold a measured value, in the order of time; the day stands in ``<field>-date``.
MEASURED = ("baseline", "midterm", "final")
NUMBERS = (*MEASURED, "target")
#: Without baseline and target there is no way to measure; without a unit and a definition that hold
#: for all values, nobody can say that they are of the same thing.
REQUIRED = ("baseline", "target", "unit", "definition")


#: The field that says of whom or of what a share is one.
BASE = "share-of"
#: By how much that number may change between measurements.
TOLERANCE = 0.1
# Percents are no counts; “1 200” and “1,200” are one. Behind a number, the word that it counts.
_COUNT = re.compile(
    r"(?<![\w.,%-])(\d{1,3}(?:[ .,’']\d{3})+|\d{1,9})(?![\w%]|\s%|[.,]\d)(?:\s([^\W\d_]+))?"
)
#: Days and years beside a month; they are taken out before anything is counted.
_DAY = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th|er|\.)?\s+)?\b([^\W\d_]{3,})\.?(?:\s+\d{1,2},)?(?:\s+\d{4}\b)?"
)
_NUMERIC_DAY = re.compile(r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./])\s?\d{1,2}\1\s?\d{2,4})\b")
_YEARS = range(1900, 2101)
#: Behind a number these name nothing that is counted.
_NO_NOUN = frozenset(
    [
        "about",
        "after",
        "around",
        "baseline",
        "before",
        "bis",
        "dann",
        "ende",
        "final",
        "from",
        "later",
        "midterm",
        "nach",
        "puis",
        "start",
        "target",
        "then",
        "today",
        "until",
        "where",
        "when",
        "while",
        "with",
    ]
)
_SHORT = 3  # letters of words such as “in”, “and”, “bis”
_GAPS = re.compile(r"[ .,’']")


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


def is_share(note: Note) -> bool:
    """Tell whether an indicator's unit is a share, such as percent."""
    unit = text_of(note.get("unit"))
    return "%" in unit or says_share(unit)


def sizes_in(text: str) -> list[list[float]]:
    """Give the numbers of what a share is one of, those together that count the same.

    Behind a colon stand the numbers alone: “members of all 3 regions: 80, 84”. Elsewhere they count
    the word behind them, or where there is none, what the first one counts: “80 members, later 84”.
    """
    text = _DAY.sub(lambda said: "" if month_of(said[1]) else said[0], _NUMERIC_DAY.sub("", text))
    text = text.partition(":")[2] or text
    found: dict[str, list[float]] = {}
    for number, word in _COUNT.findall(text):
        count = float(_GAPS.sub("", number))
        noun = word.casefold().rstrip("s")
        noun = "" if len(noun) <= _SHORT or noun in _NO_NOUN else noun
        year = number.isdecimal() and count in _YEARS
        if count > 0 and (noun or not year):
            found.setdefault(noun or next(iter(found), ""), []).append(count)
    return list(found.values())


def check_indicators(sheet: Sheet) -> list[Finding]:
    """Check indicators.

    Unit and definition stand once for all values of an indicator, so that baseline, midterm, final
    and target cannot differ in them; that they are there, and that no value brings a unit of its
    own, is checked.

    Rules: ``indicator-missing`` (no baseline, target, unit or definition), ``indicator-number``
    (a value that is no number, such as “40 %” from an older table: the unit has its own field, so
    that all values share it), ``indicator-date`` (a measured value without its day),
    ``indicator-day`` (a day that is no date),
    ``indicator-when`` (neither measured after the baseline, nor said on which day it will be),
    ``indicator-order`` (days not in the order of time), ``indicator-still`` (the target equals the
    baseline), ``indicator-share`` (a share that does not say of whom or of what),
    ``indicator-base`` (a share of a number that changes by more than a tenth: then it may rise
    although nothing happened but that others are counted).
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
        yield from self._share()
        baseline, target = (number_of(self.note.get(n)) for n in ("baseline", "target"))
        if baseline is not None and baseline == target:
            text = N_("{spoken} aims at what is already there: baseline and target are equal.")
            advice = N_("Set a target that differs from the baseline.")
            yield self._finding("still", "warning", text, advice)

    def _missing(self) -> Iterator[Finding]:
        text = N_("{spoken} says nothing under “{field}”.")
        for field in self.kind.fields:
            if field.id in REQUIRED and not text_of(self.note.get(field.id)):
                yield self._finding("missing", "error", text, field.help, field=field.id)

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
            day, said = day_of(self.note.get(on)), text_of(self.note.get(on))
            if day is not None:
                days[on] = day
            elif said:
                text = N_("{spoken}: “{value}” under “{field}” is no date that can be read.")
                advice = N_("Write it as 2027-03-31.")
                yield self._finding("day", "error", text, advice, said, field=on)
            elif text_of(self.note.get(name)):
                text = N_("{spoken} has a value under “{field}”, but not the day it was measured.")
                advice = N_("Fill in “{other}”.")
                yield self._finding("date", "warning", text, advice, field=name, other=on)
        ends = [n for n in MEASURED[1:] if f"{n}-date" in known]
        said_when = (text_of(self.note.get(n)) or text_of(self.note.get(f"{n}-date")) for n in ends)
        if ends and not any(said_when):
            text = N_("{spoken} does not say when it will be measured.")
            advice = N_("Fill in “{other}”.")
            yield self._finding("when", "warning", text, advice, other=f"{ends[-1]}-date")
        for earlier, later in combinations(days, 2):
            if days[later] < days[earlier]:
                text = N_("{spoken}: the day under “{other}” is before that under “{field}”.")
                advice = N_("Correct one of the two days.")
                yield self._finding("order", "error", text, advice, field=earlier, other=later)

    def _share(self) -> Iterator[Finding]:
        """Ask of a share what it is one of, and whether that stays the same."""
        if not any(f.id == BASE for f in self.kind.fields) or not is_share(self.note):
            return
        base = text_of(self.note.get(BASE))
        if not base:
            text = N_("{spoken} is a share, but does not say of whom or of what.")
            advice = N_(
                "Fill in “{other}”: who is counted as 100 %, and how many they are at the start "
                "and at the end."
            )
            yield self._finding("share", "warning", text, advice, other=BASE)
            return
        if any(max(same) > min(same) * (1 + TOLERANCE) for same in sizes_in(base)):
            text = N_(
                "{spoken} is a share of numbers that differ: {value}. It can change although "
                "nothing else does."
            )
            advice = N_("Count the same people each time, or give numbers instead of a share.")
            yield self._finding("base", "warning", text, advice, base)

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
