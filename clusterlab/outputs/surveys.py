"""What a survey found: importance and performance as table and picture, and shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from clusterlab.errors import N_
from clusterlab.figures import Axis, QuadrantChart, QuadrantItem, draw_quadrants
from clusterlab.language import Language
from clusterlab.methods import (
    Judged,
    Sheet,
    agreement,
    net_promoter,
    questions,
    rounded,
    survey_findings,
    withheld,
)
from clusterlab.methods.fields import field_of
from clusterlab.methods.importance import NEAR, Quarter
from clusterlab.methods.shares import MANY, to_decimals
from clusterlab.methods.survey import Share
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
from clusterlab.outputs.review import note_row, number, review_table, signed
from clusterlab.outputs.twins import quadrant_lines
from clusterlab.outputs.types import Column, Fact, Picture, Row, Table

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
BOXES = N_(
    "Percent that gave one of the two highest points, percent that gave one of the two lowest, and "
    "the difference in points of percent (top-2-box, bottom-2-box, net)."
)
RECOMMENDS = N_("Who would recommend the cluster")
PROMOTERS = N_(
    "Net promoter score: percent of promoters (9 and 10) minus percent of detractors (0 to 6), "
    "from -100 to +100; 7 and 8 are passive. It tells where you stand beside your own last survey, "
    "less so beside other clusters and countries."
)
HIDDEN = "–"
SHARES = N_("Percent of those who answered the question; under 30 answers without decimals.")


def importance_table(draws: Draws, sheet: Sheet) -> Table:
    """List what members rated by quarter of importance and performance, each with its n.

    How many gave high and low points stands beside a mean where somebody says it.
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
            yield _ends(language, measure(item, name), sheet.settings.fewest_alike)

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
            heading = N_("{field}: high, low, net")
            heading = language.say(heading, field=_label(sheet, language, name))
            columns.append(Column(f"{name}-boxes", heading, say(BOXES)))
    columns += [
        Column("answers", say(_ANSWERS)),
        Column("quarter", say(N_("Quarter"))),
        Column("remark", say(N_("Remark")), wide=True),
    ]
    notes = list(_footnotes(language, found, _rated))
    if any(measured.values()):
        notes += _boxes(language, sheet, rows)
    return review_table(draws, sheet, TITLE, columns, rows, *notes, summary=ORDINAL)


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
                # In front: of an overlong text the end is cut.
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
        if item.note.id not in found.alike
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
    if few := [i.note.spoken for q in asked for i in q.items if i.note.id in found.alike]:
        text = N_("fewer than {least} people chose it, or it would come out: {names}")
        least = sheet.settings.fewest_alike
        told = language.say(text, least=least, names=", ".join(few))
        notes.append(Fact(say(N_("Not shown:")), told))
    listed = [q for q in asked if any(i.note.id not in found.alike for i in q.items)]
    several = [q.text or q.items[0].note.spoken for q in listed if q.several]
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


def _ends(language: Language, measured: Measure, least: int) -> str:
    """Write how many gave high points, low points, and the difference, as far as it may show."""
    found = agreement(measured.counts, least)
    if found is None:
        return ""
    told = [_share(language, share) for share in (found.top, found.bottom)]
    return " · ".join([*told, _signed(language, found.net)])


def _share(language: Language, share: Share) -> str:
    if share.exact:
        return language.say(N_("{share} %"), share=share.least)
    if share.least:
        return language.say(N_("at least {share} %"), share=share.least)
    return language.say(N_("under {share} %"), share=share.most)


def _signed(language: Language, value: float | None) -> str:
    """Write a difference with its sign, or that it is hidden."""
    return HIDDEN if value is None else signed(language, value)


def _boxes(language: Language, sheet: Sheet, rows: list[Row]) -> Iterator[Fact]:
    say = language.gettext
    yield Fact(say(N_("High, low, net:")), say(BOXES))
    if any(HIDDEN in cell.split(" · ") for row in rows for cell in row.cells[2:]):
        text = N_(
            "not told to the point, as fewer than {least} people gave it or it would come out"
        )
        least = sheet.settings.fewest_alike
        yield Fact(f"{HIDDEN}:", language.say(text, least=least))


def recommendation_table(draws: Draws, sheet: Sheet) -> Table:
    """Say how many would recommend, and the net promoter score, each with its n."""
    language = draws.language
    say, found = language.gettext, survey_findings(sheet)
    rows, scores = [], []
    for item in (i for i in found.shown if _recommended(i)):
        asked = net_promoter(item.recommendation.counts, sheet.settings.fewest_alike)
        groups = (asked.promoters, asked.passives, asked.detractors)
        cells = (HIDDEN if count is None else language.number(count) for count in groups)
        score = _signed(language, asked.score)
        answers = language.number(asked.n)
        rows.append(note_row(draws, sheet.kind, item.note, score, *cells, answers))
        scores.append(f"{item.note.spoken}: {score}")
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(sheet.kind.text_label), wide=True),
        Column("score", say(N_("Net promoter score"))),
        Column("promoters", say(N_("Promoters (9, 10)"))),
        Column("passives", say(N_("Passive (7, 8)"))),
        Column("detractors", say(N_("Detractors (0 to 6)"))),
        Column("answers", say(_ANSWERS)),
    )
    notes = list(_footnotes(language, found, _recommended))
    if any(HIDDEN in row.cells[2:] for row in rows):
        text = N_("not shown, as one of the groups has fewer than {least} people")
        told = language.say(text, least=sheet.settings.fewest_alike)
        notes.append(Fact(f"{HIDDEN}:", told))
    made = review_table(draws, sheet, RECOMMENDS, columns, rows, *notes, summary=PROMOTERS)
    return replace(made, alt=f"{made.alt} {'; '.join(scores)}".strip())


def _recommended(item: SurveyItem) -> bool:
    return bool(item.recommendation.n)


def _label(sheet: Sheet, language: Language, name: str) -> str:
    field = next((f for f in sheet.kind.fields if f.id == name), None)
    return language.gettext(field.label) if field else name


def _n(language: Language, item: SurveyItem) -> str:
    return language.say(N_("n = {count}"), count=item.fewest or 0)
