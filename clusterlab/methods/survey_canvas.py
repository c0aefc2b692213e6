"""What a survey found, as people type it from any survey tool: means, counts, shares.

Each figure comes with ``n``, the number of answers that it is made of. Results leave out a figure
of fewer answers than the workshop's threshold, by which a person could be made out, and one of
which nobody says the number. They also leave out how many gave one answer where these are too few,
and from what it would come out; means stay, as they are of all who answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from clusterlab.methods.disclosure import protected
from clusterlab.methods.fields import bounded, choice_of, field_of, same_words
from clusterlab.methods.importance import (
    ImportancePerformance,
    Judged,
    Rated,
    importance_performance,
)
from clusterlab.methods.shares import to_decimals
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.survey import MOST
from clusterlab.methods.values import text_of
from clusterlab.model import Note, one_line

IMPORTANCE, PERFORMANCE, ANSWERS = "importance", "performance", "answers"
SHARE, SEVERAL, QUESTION = "share", "several", "question"
#: The question how likely somebody is to recommend, from 0 to 10.
RECOMMENDATION = "recommendation"
#: What the field is called that says how many gave each point of a scale.
COUNTS = "{}-counts"
_MOST_POINTS = 11
#: What a share rounded to whole percent may be off.
ROUNDED = 0.5
_WHOLE = 100
_COUNTS = re.compile(r"[0-9]{1,7}(?:[\s,;/|]+[0-9]{1,7})*")


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale of which means are typed."""

    low: float
    high: float

    @property
    def points(self) -> int:
        """How many points it has; 0 where its ends are no whole numbers, or far apart."""
        whole = float(self.low).is_integer() and float(self.high).is_integer()
        points = int(self.high - self.low) + 1 if whole else 0
        return points if points <= _MOST_POINTS else 0


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean with what it is made of.

    Parameters
    ----------
    mean
        As it was typed, else that of the counts; ``None`` for none.
    counts
        How many gave each point of the scale, the lowest first; empty where nobody says.
    counted
        The mean of the counts.
    unread
        What stands for the counts and cannot be read.
    """

    mean: float | None = None
    counts: tuple[int, ...] = ()
    counted: float | None = None
    unread: str = ""

    @property
    def n(self) -> int:
        """How many answers were counted."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SurveyItem:
    """A service, statement or answer, with its figures.

    Parameters
    ----------
    n
        Answers, as typed, else as counted; ``None`` where nobody says.
    fewest
        The least number of answers that any of its figures is made of.
    recommendation
        How likely people are to recommend, as counts of 0 to 10.
    share
        Percent of those who answered its question.
    question
        The question, by the words of the first item that has it; "" for none.
    several
        Whether people could choose several answers; ``None`` where nobody says.
    """

    note: Note
    n: int | None
    fewest: int | None
    importance: Measure
    performance: Measure
    recommendation: Measure
    share: float | None
    question: str
    several: bool | None

    @property
    def figures(self) -> bool:
        """Whether it has any figure of answers."""
        means = (measure.mean for measure in self.measures.values())
        return any(value is not None for value in (*means, self.share))

    @property
    def measures(self) -> dict[str, Measure]:
        """What was asked on a scale, by the name of its field."""
        held = (self.importance, self.performance, self.recommendation)
        return dict(zip((IMPORTANCE, PERFORMANCE, RECOMMENDATION), held, strict=True))


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the shares of its answers.

    Parameters
    ----------
    text
        As it was first written.
    items
        Its answers, as the canvas holds them.
    several
        Whether people could choose several: somebody says so of one of its answers.
    """

    text: str
    items: tuple[SurveyItem, ...]
    several: bool

    @property
    def total(self) -> float:
        """The sum of all shares in percent; above 100 only where people could choose several."""
        return round(sum(item.share or 0 for item in self.items), 6)


@dataclass(frozen=True, slots=True)
class SurveyFindings:
    """What a survey found.

    Parameters
    ----------
    items
        All of them, as the canvas holds them.
    shown
        Those with figures of enough answers.
    few, unknown
        Those with figures of too few answers, and of a number of answers that nobody says.
    alike
        Ids of notes whose share is that of too few people, or from whose share one would come out.
    scale
        Of importance and performance; ``None`` where the canvas has not one scale for both.
    matrix
        Items shown that have both means, in the quarters of importance and performance.
    """

    items: tuple[SurveyItem, ...]
    shown: tuple[SurveyItem, ...]
    few: tuple[SurveyItem, ...]
    unknown: tuple[SurveyItem, ...]
    alike: frozenset[str]
    scale: Scale | None
    matrix: ImportancePerformance

    def judged(self) -> list[tuple[Judged, SurveyItem]]:
        """Give what is in the quarters, with its item."""
        items = {item.note.id: item for item in self.shown}
        return [(judged, items[judged.rated.name]) for judged in self.matrix.judged]


def survey_findings(sheet: Sheet) -> SurveyFindings:
    """Read what a survey found.

    A mean that nobody typed is computed from the counts. Importance and performance are compared
    on one scale, that of the canvas's fields.
    """
    threshold = sheet.settings.fewest_answers
    scale = scale_of(sheet)
    wordings: dict[str, str] = {}
    items = tuple(_item(sheet, note, scale, wordings) for note in sheet.board)
    held = [item for item in items if item.figures]
    shown = tuple(i for i in held if i.fewest is not None and i.fewest >= threshold)
    few = tuple(i for i in held if i.fewest is not None and i.fewest < threshold)
    low, high = (scale.low, scale.high) if scale else (0, 0)
    both = [i for i in shown if None not in {i.importance.mean, i.performance.mean}]
    rated = (Rated(i.note.id, i.importance.mean, i.performance.mean) for i in both if scale)
    matrix = importance_performance(rated, low, high, sheet.settings.importance_lines)
    unknown = tuple(i for i in held if i.fewest is None)
    alike = _alike(questions(shown), sheet.settings.fewest_alike)
    return SurveyFindings(items, shown, few, unknown, alike, scale, matrix)


def withheld(survey: SurveyFindings) -> frozenset[str]:
    """Give the questions of which no share may be shown: one that is hidden would come out.

    Where people could choose one answer only, the shares of a question make 100 percent, so what
    is left of it tells the share of too few.
    """
    asked = questions((*survey.shown, *survey.few))
    hidden = {item.note.id for item in survey.few}
    return frozenset(
        q.text
        for q in asked
        if q.text and not q.several and any(i.note.id in hidden for i in q.items)
    )


def _alike(asked: Iterable[Question], least: int) -> frozenset[str]:
    """Give the notes whose share may not be shown, since too few people gave that answer.

    Where people could choose one answer only, answers are groups of people that add up to all,
    who gave none of them among these. Else each is a question of its own.
    """
    found: set[str] = set()
    for question in asked:
        chose = {item.note.id: _chose(item) for item in question.items}
        if question.several or not question.text:
            found |= {id_ for id_, count in chose.items() if 0 < count < least}
            continue
        most = max(item.n or 0 for item in question.items)
        whole = question.total >= _WHOLE - ROUNDED * len(question.items)
        groups = {**chose, "": 0 if whole else most - sum(chose.values())}
        found |= chose.keys() - protected(groups, least).shown
    return frozenset(found)


def _chose(item: SurveyItem) -> int:
    """Give how many gave an answer; a share above nothing is somebody's."""
    share = item.share or 0
    return max(int(to_decimals(share * (item.n or 0) / _WHOLE, 0)), int(share > 0))


def questions(items: Iterable[SurveyItem]) -> tuple[Question, ...]:
    """Put the answers that have a share together by their question; case and signs do not count.

    Answers that name no question come last, as if each had one of its own.
    """
    groups: dict[str, list[SurveyItem]] = {}
    alone = []
    for item in items:
        if item.share is None:
            continue
        if item.question:
            groups.setdefault(item.question, []).append(item)
        else:
            alone.append(Question("", (item,), bool(item.several)))
    named = [Question(q, tuple(g), any(i.several for i in g)) for q, g in groups.items()]
    return (*named, *alone)


def scale_of(sheet: Sheet) -> Scale | None:
    """Give the scale of importance and performance, nothing where they have not the same one."""
    fields = [field_of(sheet.kind, name) for name in (IMPORTANCE, PERFORMANCE)]
    ends = {(f.minimum, f.maximum) if f else (None, None) for f in fields}
    if len(ends) != 1:
        return None
    ((low, high),) = ends
    return Scale(low, high) if low is not None and high is not None and low < high else None


def _item(sheet: Sheet, note: Note, scale: Scale | None, wordings: dict[str, str]) -> SurveyItem:
    kind = sheet.kind
    scales = {IMPORTANCE: scale, PERFORMANCE: scale, RECOMMENDATION: Scale(0, MOST)}
    measures = {name: _measure(sheet, note, name, on) for name, on in scales.items()}
    answers = bounded(kind, note, ANSWERS)
    typed = int(answers) if answers is not None and float(answers).is_integer() else None
    counted = [m.n for m in measures.values() if m.counts]
    told = [n for n in (typed, *counted) if n is not None]
    question = one_line(text_of(note.get(QUESTION)))
    if question:
        question = wordings.setdefault(same_words(question), question)
    several = choice_of(kind, note, SEVERAL)
    return SurveyItem(
        note,
        typed if typed is not None else min(counted, default=None),
        min(told, default=None),
        measures[IMPORTANCE],
        measures[PERFORMANCE],
        measures[RECOMMENDATION],
        bounded(kind, note, SHARE),
        question,
        several == "yes" if several else None,
    )


def _measure(sheet: Sheet, note: Note, name: str, scale: Scale | None) -> Measure:
    mean = bounded(sheet.kind, note, name)
    text = text_of(note.get(COUNTS.format(name)))
    counts = _counted(text, scale.points if scale else 0)
    unread = text if text and not counts else ""
    counted = None
    if scale and sum(counts):
        total = sum(count * (scale.low + step) for step, count in enumerate(counts))
        counted = total / sum(counts)
    return Measure(counted if mean is None else mean, counts, counted, unread)


def _counted(text: str, points: int) -> tuple[int, ...]:
    """Read how many gave each point; nothing where it is not one number for each."""
    if not points or not _COUNTS.fullmatch(text):
        return ()
    counts = tuple(map(int, re.findall(r"[0-9]+", text)))
    return counts if len(counts) == points else ()
