"""What a survey found: the rules for figures of answers.

Levels follow what can go wrong: a figure by which a person can be made out, that nobody can weigh,
or that cannot be what it says, is an error; what misleads is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import field_of, shown, unusable
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.shares import MANY
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.survey_canvas import (
    COUNTS,
    IMPORTANCE,
    PERFORMANCE,
    ROUNDED,
    SHARE,
    Measure,
    SurveyFindings,
    SurveyItem,
    questions,
    survey_findings,
)
from clusterlab.methods.words import significant_word

SOURCE = N_("Survey practice: every figure with its number of answers, small groups protected")
SCALES = "Martilla & James 1977"
GROUPS = N_("Willenborg & de Waal 2001: nobody can be made out among few answers")
ORDINAL = N_("Stevens 1946: steps of a scale have an order, but are not known to be equal")
_WHOLE = 100
#: What a mean rounded to one decimal may be off; a little more, for what computers cannot write.
_MEAN = 0.0501


def check_survey(sheet: Sheet) -> list[Finding]:
    """Check what a survey found.

    Rules: ``survey-odd`` (a value is none of its field), ``survey-answers`` (figures, but nobody
    says of how many answers), ``survey-few`` (fewer answers than the workshop's threshold: a
    person could be made out), ``survey-scale`` (the canvas has no single scale for importance and
    performance), ``survey-half`` (one of the two is missing), ``survey-counts`` (what was counted
    cannot be read), ``survey-differs`` (mean or number of answers are not those of the counts),
    ``survey-mean`` (once: means without the counts, of a scale whose steps nobody knows to be
    equal), ``survey-sum`` (answers to a question make more than 100 percent, and nobody says that
    people could choose several), ``survey-base`` (answers to one question rest on different
    numbers of people), ``survey-word`` (“significant” under 30 answers),
    ``survey-decimals`` (a share with decimals under 30 answers).
    """
    found: list[Finding] = list(unusable(sheet, "survey-odd", SOURCE))
    survey = survey_findings(sheet)
    found += _scales(sheet, survey)
    found += _numbers(sheet, survey)
    threshold = sheet.settings.fewest_answers
    for item in survey.items:
        few = item.fewest is not None and item.fewest < threshold
        found += _halves(sheet, item)
        for name, measure in item.measures.items():
            if not few:  # what is wrong with a figure would tell the figure
                found += _counted(sheet, item, name, measure)
                found += _averaged(sheet, item, name, measure)
        found += _precision(sheet, item) if not few else ()
    found += _sums(sheet, survey)
    found += _bases(sheet, survey)
    found += _means(sheet, survey)
    return found


def _scales(sheet: Sheet, survey: SurveyFindings) -> Iterator[Finding]:
    both = all(field_of(sheet.kind, name) for name in (IMPORTANCE, PERFORMANCE))
    if both and survey.scale is None and survey.items:
        yield _finding(
            sheet,
            "survey-scale",
            "error",
            "",
            Message(N_("Importance and performance have no scale in common.")),
            Message(
                N_("Tell who runs the workshop: both fields need the same minimum and maximum in "
                   "the canvas’s file.")
            ),
            source=SCALES,
        )  # fmt: skip


def _numbers(sheet: Sheet, survey: SurveyFindings) -> Iterator[Finding]:
    for item in survey.unknown:
        spoken = item.note.spoken
        yield _finding(
            sheet,
            "survey-answers",
            "error",
            spoken,
            Message(
                N_("{spoken} gives figures, but not how many answered; results leave them out."),
                {"spoken": spoken},
            ),
            Message(N_("Write the number of answers, even where it is small.")),
        )
    for item in survey.few:
        spoken, least = item.note.spoken, sheet.settings.fewest_answers
        yield _finding(
            sheet,
            "survey-few",
            "error",
            spoken,
            Message(
                N_("{spoken} rests on fewer than {least} answers; results leave its figures out."),
                {"spoken": spoken, "least": least},
            ),
            Message(
                N_("Take the figures off this canvas too, or put answers together: of so few, "
                   "somebody could be made out.")
            ),
            source=GROUPS,
        )  # fmt: skip


def _halves(sheet: Sheet, item: SurveyItem) -> Iterator[Finding]:
    names = ((IMPORTANCE, item.importance), (PERFORMANCE, item.performance))
    missing = [name for name, measure in names if measure.mean is None]
    fields = [f for name in missing if (f := field_of(sheet.kind, name))]
    if len(missing) == 1 and fields:
        spoken = item.note.spoken
        yield _finding(
            sheet,
            "survey-half",
            "info",
            spoken,
            Message(
                N_("{spoken} has no “{field}”, so no place in the picture."),
                {"spoken": spoken, "field": Message(fields[0].label)},
            ),
            Message(N_("Add it where the survey asked for it, on the same scale.")),
            source=SCALES,
        )


def _counted(sheet: Sheet, item: SurveyItem, name: str, measure: Measure) -> Iterator[Finding]:
    spoken = item.note.spoken
    field = field_of(sheet.kind, COUNTS.format(name))
    if field is None:
        return
    label = Message(field.label)
    if measure.unread:
        # What stands there is not said: it may be the numbers of a few.
        yield _finding(
            sheet,
            "survey-counts",
            "error",
            spoken,
            Message(N_("{spoken}: “{field}” cannot be read."), {"spoken": spoken, "field": label}),
            Message(N_("Write one whole number for each point of the scale, the lowest first.")),
        )
        return
    if not measure.counts:
        return
    if item.n is not None and item.n != measure.n:
        text = N_("{spoken}: “{field}” makes {counted} answers, but {answers} are given.")
        fields = {"spoken": spoken, "field": label, "counted": measure.n, "answers": item.n}
        yield _differs(sheet, spoken, Message(text, fields))


def _averaged(sheet: Sheet, item: SurveyItem, name: str, measure: Measure) -> Iterator[Finding]:
    """Compare a mean with that of the counts, as far as one with a decimal can be compared."""
    field = field_of(sheet.kind, COUNTS.format(name))
    if field is None or measure.mean is None or measure.counted is None:
        return
    if abs(measure.mean - measure.counted) > _MEAN:
        text = N_("{spoken}: “{field}” makes a mean of {computed}, but {mean} is given.")
        fields = {
            "spoken": item.note.spoken,
            "field": Message(field.label),
            "computed": round(measure.counted, 2),
            "mean": round(measure.mean, 2),
        }
        yield _differs(sheet, item.note.spoken, Message(text, fields))


def _differs(sheet: Sheet, spoken: str, message: Message) -> Finding:
    advice = Message(N_("Look into the survey’s own table and correct one of them."))
    return _finding(sheet, "survey-differs", "warning", spoken, message, advice)


def _precision(sheet: Sheet, item: SurveyItem) -> Iterator[Finding]:
    """Find what says more than few answers can."""
    spoken, n = item.note.spoken, item.fewest
    if n is None or n >= MANY:
        return
    few = {"spoken": spoken, "answers": n}
    if word := significant_word(item.note.text):
        text = N_("{spoken} says “{word}”, but only {answers} answered.")
        yield _finding(
            sheet,
            "survey-word",
            "warning",
            spoken,
            Message(text, {**few, "word": word}),
            Message(N_("Say what was answered; of fewer than 30, much may be chance.")),
        )
    if item.share is not None and not float(item.share).is_integer():
        field = field_of(sheet.kind, SHARE)
        text = N_("{spoken}: “{field}” has decimals, but only {answers} answered.")
        yield _finding(
            sheet,
            "survey-decimals",
            "warning",
            spoken,
            Message(text, {**few, "field": Message(field.label if field else SHARE)}),
            Message(N_("Round it to whole percent, as the tables do under 30 answers.")),
        )


def _sums(sheet: Sheet, survey: SurveyFindings) -> Iterator[Finding]:
    for question in questions((*survey.shown, *survey.unknown)):
        spare = ROUNDED * len(question.items)
        if not question.text or question.several or question.total <= _WHOLE + spare:
            continue
        spoken = [item.note.spoken for item in question.items]
        text = N_("The answers to “{question}” make {total} percent in all: {spoken}.")
        fields = {"question": shown(question.text), "total": question.total, "spoken": spoken}
        yield _finding(
            sheet,
            "survey-sum",
            "error",
            "",
            Message(text, fields),
            Message(N_("Could people choose several answers? Then say so; else correct a share.")),
        )


def _bases(sheet: Sheet, survey: SurveyFindings) -> Iterator[Finding]:
    for question in questions((*survey.shown, *survey.few)):
        told = {item.n for item in question.items if item.n is not None}
        if not question.text or len(told) < 2:  # noqa: PLR2004 - one number for all of them
            continue
        spoken = [item.note.spoken for item in question.items]
        text = N_("The answers to “{question}” rest on different numbers of people: {spoken}.")
        yield _finding(
            sheet,
            "survey-base",
            "warning",
            "",
            Message(text, {"question": shown(question.text), "spoken": spoken}),
            Message(N_("Write how many answered the question, not how many chose the answer.")),
        )


def _means(sheet: Sheet, survey: SurveyFindings) -> Iterator[Finding]:
    alone = [
        item.note.spoken
        for item in survey.shown
        if any(m.mean is not None and not m.counts for m in (item.importance, item.performance))
    ]
    if alone and field_of(sheet.kind, COUNTS.format(IMPORTANCE)):
        yield _finding(
            sheet,
            "survey-mean",
            "warning",
            "",
            Message(N_("A mean alone hides whether people agree: {spoken}."), {"spoken": alone}),
            Message(N_("Write beside it how many gave each point, if the survey tool says so.")),
            source=ORDINAL,
        )


def _finding(
    sheet: Sheet, rule: str, severity: Severity, spoken: str, *said: Message, source: str = SOURCE
) -> Finding:
    """Make a finding; ``said`` is what does not hold, and what to do."""
    message, advice = said
    return Finding(rule, severity, sheet.board.id, message, advice, note=spoken, source=source)
