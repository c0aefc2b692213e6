"""What a survey found: importance and performance as table and picture, and shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from clusterlab.errors import N_
from clusterlab.figures import Axis, QuadrantChart, QuadrantItem, draw_quadrants
from clusterlab.language import Language
from clusterlab.methods import Judged, Sheet, questions, rounded, survey_findings, withheld
from clusterlab.methods.fields import field_of
from clusterlab.methods.importance import NEAR, Quarter
from clusterlab.methods.shares import MANY, to_decimals
from clusterlab.methods.survey_canvas import (
    IMPORTANCE,
    PERFORMANCE,
    Measure,
    SurveyFindings,
    SurveyItem,
)
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.pictures import named, picture
from clusterlab.outputs.quarters import ends_of
from clusterlab.outputs.review import note_row, number, review_table
from clusterlab.outputs.twins import quadrant_lines
from clusterlab.outputs.types import Column, Fact, Picture, Table

TITLE = N_("Importance and performance")
#: What to look at first comes first.
QUARTERS: dict[Quarter, str] = {
    "concentrate-here": N_("Concentrate here"),
    "keep-up": N_("Keep up the good work"),
    "low-priority": N_("Low priority"),
    "possible-overkill": N_("Possible overkill"),
}
RULE = N_("What lies on a line counts as important, and as not yet good enough: the cautious side.")
_MIDDLE = N_("The lines are at the middle of the scale, {importance}.")
_MEAN = N_(
    "The lines are at the means of what is shown: importance {importance}, performance "
    "{performance}."
)
NEAR_LINE = N_("near a line")
_NEAR = N_("Within {near} of a line: the next survey may put it on the other side")
_LINES, _NO, _ANSWERS = N_("Lines:"), N_("No."), N_("Answers (n)")
ORDINAL = N_(
    "Means of answers on a scale are a help for talking: nobody knows whether its steps are equal."
)
SHARES = N_("Percent of those who answered the question; under 30 answers without decimals.")


def importance_table(draws: Draws, sheet: Sheet) -> Table:
    """List what members rated by quarter of importance and performance, each with its n.

    How many gave each point stands beside a mean where somebody says it.
    """
    language = draws.language
    say, found = language.gettext, survey_findings(sheet)
    measured = {
        name: any(measure(item, name).counts for item in found.shown)
        for name in (IMPORTANCE, PERFORMANCE)
    }

    lines = {IMPORTANCE: found.matrix.importance_line, PERFORMANCE: found.matrix.performance_line}

    def figures(item: SurveyItem, name: str) -> Iterator[str]:
        yield mean(language, item, measure(item, name), lines[name])
        if measured[name]:
            yield " · ".join(language.number(n) for n in measure(item, name).counts)

    rows = [
        note_row(
            draws,
            sheet.kind,
            item.note,
            *chain.from_iterable(figures(item, name) for name in measured),
            language.number(item.fewest or 0),
            say(QUARTERS[judged.quarter]),
            _remark(language, judged, found),
        )
        for judged, item in _judged(found)
    ]
    columns = [Column("spoken", say(_NO)), Column("text", say(sheet.kind.text_label), wide=True)]
    for name, counted in measured.items():
        columns.append(Column(name, _label(sheet, language, name)))
        if counted:
            columns.append(Column(f"{name}-counts", say(N_("Counted")), _points(found, language)))
    columns += [
        Column("answers", say(_ANSWERS)),
        Column("quarter", say(N_("Quarter"))),
        Column("remark", say(N_("Remark")), wide=True),
    ]
    return review_table(
        draws,
        sheet,
        TITLE,
        columns,
        rows,
        *_footnotes(language, found, _rated),
        summary=ORDINAL,
    )


def importance_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw what members rated in the four quarters of importance and performance."""
    language = draws.language
    say, found = language.gettext, survey_findings(sheet)
    judged = list(_judged(found))
    held = {q: [i.note.spoken for j, i in judged if j.quarter == q] for q in QUARTERS}
    urgent = held["concentrate-here"]
    some = N_("{count} things that members rated. Important and not yet good enough: {names}.")
    none = N_("{count} things that members rated; none is important and not yet good enough.")
    labels = [say(label) for label in QUARTERS.values()]
    scale, matrix = found.scale, found.matrix

    def ends(name: str) -> tuple[str, str]:
        field = field_of(sheet.kind, name)
        return ends_of(language, field) if field else ("", "")

    low, high = (scale.low, scale.high) if scale else (0, 1)
    across = matrix.performance_line if judged else (low + high) / 2
    up = matrix.importance_line if judged else (low + high) / 2
    chart = QuadrantChart(
        say(TITLE),
        Axis(_label(sheet, language, PERFORMANCE), low, across, high, ends(PERFORMANCE)),
        Axis(_label(sheet, language, IMPORTANCE), low, up, high, ends(IMPORTANCE)),
        (labels[0], labels[1], labels[2], labels[3]),
        tuple(
            QuadrantItem(
                # In front: the end of a long text is cut where there is no room.
                f"{_n(language, item)}: {item.note.text}",
                item.performance.mean or 0,
                item.importance.mean or 0,
                spoken=item.note.spoken,
                mark=one.near,
            )
            for one, item in judged
        ),
        mark_label=language.say(_NEAR, near=NEAR),
        description=language.say(
            some if urgent else none, count=len(judged), names=named(language, urgent)
        ),
    )
    told = [
        f"{item.note.spoken} {item.note.text}: "
        + ", ".join(
            filter(
                None,
                [
                    say(QUARTERS[one.quarter]),
                    f"{chart.y.label} {mean(language, item, item.importance, up)}",
                    f"{chart.x.label} {mean(language, item, item.performance, across)}",
                    _n(language, item),
                    _remark(language, one, found),
                ],
            )
        )
        for one, item in judged
    ]
    named_ = {say(QUARTERS[q]): names for q, names in held.items()}
    lines = quadrant_lines(language, chart, named_, told)
    notes = _footnotes(language, found, _rated)
    return picture(draws, sheet, chart, draw_quadrants, *notes, lines=lines)


def shares_table(draws: Draws, sheet: Sheet) -> Table:
    """List answers by their question, the largest share first, each with its n."""
    language = draws.language
    say, found = language.gettext, survey_findings(sheet)
    kept_back = withheld(found)
    asked = [q for q in questions(found.shown) if q.text not in kept_back]
    rows = [
        note_row(
            draws,
            sheet.kind,
            item.note,
            question.text,
            language.say(N_("{share} %"), share=rounded(item.share or 0, item.n or 0)),
            language.number(item.n or 0),
        )
        for question in asked
        for item in sorted(question.items, key=lambda i: -(i.share or 0))
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(N_("Answer")), wide=True),
        Column("question", say(N_("Question")), wide=True),
        Column("share", say(N_("Share"))),
        Column("answers", say(_ANSWERS)),
    )
    notes = list(_footnotes(language, found, _shared))
    also = [i.note.spoken for i in found.shown if _shared(i) and i.question in kept_back]
    if also:
        text = N_("what is hidden would come out of the other answers: {names}")
        notes.append(Fact(say(N_("Not shown:")), language.say(text, names=", ".join(also))))
    several = [q.text or q.items[0].note.spoken for q in asked if q.several]
    if several:
        text = N_("people could choose several, so shares may make more than 100 %: {names}")
        told = language.say(text, names="; ".join(several))
        notes.insert(0, Fact(say(N_("Several answers:")), told))
    return review_table(draws, sheet, N_("Shares"), columns, rows, *notes, summary=SHARES)


def mean(language: Language, item: SurveyItem, measured: Measure, line: float | None = None) -> str:
    """Write a mean with one decimal under 30 answers, else with two: more is not known.

    One that would seem to lie on a line gets one more: on which side it lies must be seen.
    """
    if measured.mean is None:
        return ""
    decimals = 1 if (item.fewest or 0) < MANY else 2
    value = to_decimals(measured.mean, decimals)
    if line is not None and value == line != measured.mean:
        value = to_decimals(measured.mean, decimals + 1)
    return number(language, value)


def measure(item: SurveyItem, name: str) -> Measure:
    """Give one of the two things that members rate."""
    return item.importance if name == IMPORTANCE else item.performance


def _judged(found: SurveyFindings) -> list[tuple[Judged, SurveyItem]]:
    """Give what is in the quarters: quarter by quarter, what is most important first."""
    order = list(QUARTERS)
    return sorted(
        found.judged(),
        key=lambda pair: (order.index(pair[0].quarter), -(pair[1].importance.mean or 0)),
    )


def _remark(language: Language, judged: Judged, found: SurveyFindings) -> str:
    say = language.gettext
    told = [say(NEAR_LINE)] if judged.near else []
    if judged.elsewhere:
        mean_ = N_("with lines at the means: {quarter}")
        middle = N_("with lines at the middle of the scale: {quarter}")
        text = mean_ if found.matrix.cross == "middle" else middle
        told.append(language.say(text, quarter=say(QUARTERS[judged.elsewhere])))
    return "; ".join(told)


def _rated(item: SurveyItem) -> bool:
    return item.importance.mean is not None or item.performance.mean is not None


def _shared(item: SurveyItem) -> bool:
    return item.share is not None


def _footnotes(
    language: Language, found: SurveyFindings, of: Callable[[SurveyItem], bool]
) -> Iterator[Fact]:
    """Say how what is shown is to be read, and what of it is not shown."""
    say = language.gettext
    if of is _rated and found.matrix.judged:
        matrix = found.matrix
        told = language.say(
            _MIDDLE if matrix.cross == "middle" else _MEAN,
            importance=number(language, matrix.importance_line),
            performance=number(language, matrix.performance_line),
        )
        yield Fact(say(_LINES), f"{told} {say(RULE)}")
    placed = {item.note.id for _, item in found.judged()}
    held = [i for i in found.shown if of(i) and (of is not _rated or i.note.id in placed)]
    small = [i.note.spoken for i in held if (i.fewest or 0) < MANY]
    if small:
        text = N_("under 30, so that much may be chance: {names}")
        yield Fact(say(N_("Few answers:")), language.say(text, names=", ".join(small)))
    half = [i.note.spoken for i in found.shown if of(i) and i not in held]
    if half:
        text = N_("only one of the two was asked or noted: {names}")
        yield Fact(say(N_("Not placed:")), language.say(text, names=", ".join(half)))
    hidden = (
        (found.few, N_("too few answers, so that nobody can be made out: {names}")),
        (found.unknown, N_("nobody says how many answered: {names}")),
    )
    for items, text in hidden:
        if names := ", ".join(item.note.spoken for item in items if of(item)):
            yield Fact(say(N_("Not shown:")), language.say(text, names=names))


def _points(found: SurveyFindings, language: Language) -> str:
    if found.scale is None:
        return ""
    ends = {"low": found.scale.low, "high": found.scale.high}
    return language.say(N_("How many gave each point from {low} to {high}"), **ends)


def _label(sheet: Sheet, language: Language, name: str) -> str:
    field = next((f for f in sheet.kind.fields if f.id == name), None)
    return language.gettext(field.label) if field else name


def _n(language: Language, item: SurveyItem) -> str:
    return language.say(N_("n = {count}"), count=item.fewest or 0)
