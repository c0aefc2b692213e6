"""The rules of several people's scores: what does not count, and where to talk before deciding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clusterlab.errors import N_, Message
from clusterlab.methods.discretion import is_secret
from clusterlab.methods.fields import shown
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.matrix_check import check_axes, quick_wins
from clusterlab.methods.priorities import on_scale
from clusterlab.methods.scores import (
    Scores,
    Voter,
    reversed_fields,
    scorers,
    scores,
)
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Field

SOURCE = N_("Scoring practice: each scores alone, and what is seen differently is talked about")
AGREEMENT_SOURCE = N_("Leik 1966: how far people agree on a scale of steps")
REVERSED_SOURCE = N_("Goodman & Kruskal 1954: whether two rankings run the same way")
#: Below this agreement people are told to talk; 1 is full agreement, 0 half at each end.
AGREEING = 0.5


def check_scores(sheet: Sheet) -> list[Finding]:
    """Check what several people scored.

    Rules: ``scores-scale`` (the canvas asks for no score, as none of its fields has the ends of a
    scale), ``scores-nothing`` (scores, but nothing to score), ``scores-token`` (a row has no
    token, or a later one has the same), ``scores-unread`` (a part cannot be read),
    ``scores-twice`` (a thing is scored twice in one row), ``scores-unknown`` (there is no such
    thing), ``scores-off`` (a score is off the scale), ``scores-half`` (a thing is scored on one
    axis only, so it does not count for its place), ``scores-open`` (nobody has scored these),
    ``scores-apart`` (people see it very differently: agreement under 0.5), ``scores-hangs`` (one
    person left out, and things stand in another quarter), ``scores-reversed`` (a person's scores
    run against those of all others: see `reversed_fields`). Where there is a matrix, also those
    on its axes and on quick wins of `check_matrix`.

    While scores are hidden, ``scores-hidden`` says so, and no finding tells what somebody gave or
    what all gave together. Findings name rows by their number, never by what is written in them.
    """
    if not len(sheet.board):
        return []
    found = scores(sheet)
    if not found.asked:
        return [_no_scale(sheet)]
    if not found.items:
        return [_nothing(sheet)]
    secret = is_secret(sheet.kind, sheet.board, sheet.vote, sheet.settings)
    told: list[Finding] = []
    turned: dict[str, list[Field]] = {}
    for voter, field in reversed_fields(found):
        turned.setdefault(voter.note.id, []).append(field)
    for voter in found.voters:
        told += _token(sheet, voter)
        for field in found.asked if voter.counts else ():
            wrong = list(_read(sheet, found, voter, field))
            told += _sealed(sheet, voter, field, wrong) if secret else wrong
        if secret:
            continue
        told += _half(sheet, found, voter)
        told += (_reversed(sheet, voter, field) for field in turned.get(voter.note.id, ()))
    if secret:
        axes = replace(sheet, kind=found.matrix) if found.matrix else None
        return [*told, _hidden(sheet), *(check_axes(axes) if axes else ())]
    told += [*_open(sheet, found), *_apart(sheet, found), *_hangs(sheet, found)]
    return [*told, *_matrix(sheet, found)]


def _hidden(sheet: Sheet) -> Finding:
    fields = {"count": scorers(sheet.kind, sheet.board), "all": sheet.settings.scorers}
    some = N_("Scores are hidden until everybody has scored. So far: {count} people of {all}.")
    text = N_("Scores are hidden until everybody has scored. So far: {count} people.")
    wait = N_("They show by themselves when all have scored.")
    advice = N_(
        'Tell who runs the workshop: once all have, “scores = "shown"” under [methods] in '
        "workshop.toml shows them."
    )
    message = Message(some if fields["all"] else text, fields)
    told = Message(wait if fields["all"] else advice)
    return _finding(sheet, "scores-hidden", "info", "", message, told)


def _sealed(sheet: Sheet, voter: Voter, field: Field, wrong: list[Finding]) -> Iterator[Finding]:
    """Say that something of a row does not count, and nothing of what it is."""
    if wrong:
        fields = {
            "spoken": voter.note.spoken,
            "field": Message(field.label),
            "low": field.minimum,
            "high": field.maximum,
        }
        text = N_("{spoken}, “{field}”: something there does not count.")
        advice = N_("Write each number once, with a score from {low} to {high} behind it.")
        rule, severity = wrong[0].rule, wrong[0].severity
        told = (Message(text, fields), Message(advice, fields))
        yield _finding(sheet, rule, severity, voter.note.spoken, *told)


def _matrix(sheet: Sheet, found: Scores) -> Iterator[Finding]:
    if found.matrix is not None:
        quarters = (i.certainty.quadrant for i in found.items if i.certainty)
        placed = [quadrant.id for quadrant in quarters if quadrant]
        counts = {quadrant.id: placed.count(quadrant.id) for quadrant in found.matrix.quadrants}
        drawn = replace(sheet, kind=found.matrix)
        yield from check_axes(drawn)
        yield from quick_wins(drawn, counts)


def _no_scale(sheet: Sheet) -> Finding:
    return _finding(
        sheet,
        "scores-scale",
        "error",
        "",
        Message(N_("This canvas asks for no scores: none of its fields has a scale.")),
        Message(
            N_("Tell who runs the workshop: a field needs a minimum and a maximum in the canvas’s "
               "file.")
        ),
    )  # fmt: skip


def _nothing(sheet: Sheet) -> Finding:
    return _finding(
        sheet,
        "scores-nothing",
        "error",
        "",
        Message(N_("There are scores, but nothing to score.")),
        Message(N_("Write down what people score; the scores take it from there.")),
    )


def _token(sheet: Sheet, voter: Voter) -> Iterator[Finding]:
    spoken = voter.note.spoken
    if not voter.token:
        yield _finding(
            sheet,
            "scores-token",
            "error",
            spoken,
            Message(N_("{spoken} has no token. It does not count."), {"spoken": spoken}),
            Message(N_("Write down the token of the person. Nobody’s name is needed.")),
        )
    elif voter.later is not None:
        fields = {"spoken": spoken, "later": voter.later.spoken}
        yield _finding(
            sheet,
            "scores-token",
            "warning",
            spoken,
            Message(
                N_("{later} has the token of {spoken} and stands below it, so {spoken} does not "
                   "count."),
                fields,
            ),
            Message(N_("Leave it if somebody scored again. Else give each person a token.")),
        )  # fmt: skip


def _read(sheet: Sheet, found: Scores, voter: Voter, field: Field) -> Iterator[Finding]:
    ratings, spoken = voter.read[field.id], voter.note.spoken
    fields = {
        "spoken": spoken,
        "field": Message(field.label),
        "low": field.minimum,
        "high": field.maximum,
    }
    example = N_("Write the number and its score, from {low} to {high}, such as: ID1 {low}.")
    for part in ratings.unread:
        text = N_("{spoken}, “{field}”: “{part}” cannot be read as a score.")
        message = Message(text, {**fields, "part": shown(part)})
        yield _finding(sheet, "scores-unread", "warning", spoken, message, Message(example, fields))
    for item in ratings.twice:
        text = N_("{spoken}, “{field}”: {item} is scored more than once; the first counts.")
        message = Message(text, {**fields, "item": item})
        keep = Message(N_("Keep the one that holds."))
        yield _finding(sheet, "scores-twice", "warning", spoken, message, keep)
    known = {item.key for item in found.items}
    for rating in ratings.given:
        more = {**fields, "item": rating.member, "score": rating.value}
        if rating.member not in known:
            text = N_("{spoken}, “{field}”: there is no {item} to score.")
            advice = Message(N_("Correct the number, or take it out."))
            yield _finding(sheet, "scores-unknown", "error", spoken, Message(text, more), advice)
        elif not on_scale(rating.value, field):
            text = N_("{spoken}, “{field}”: the score {score} of {item} does not count.")
            advice = Message(N_("Scores go from {low} to {high}."), more)
            yield _finding(sheet, "scores-off", "error", spoken, Message(text, more), advice)


def _half(sheet: Sheet, found: Scores, voter: Voter) -> Iterator[Finding]:
    if found.matrix is None or not voter.counts:
        return
    across, up = found.matrix.axes
    for one, other in ((across, up), (up, across)):
        scored, open_ = voter.given[one], voter.given[other]
        half = [i.note.spoken for i in found.items if i.key in scored and i.key not in open_]
        if half:
            fields = {
                "spoken": voter.note.spoken,
                "names": half,
                "field": Message(found.matrix.field(one).label),
                "other": Message(found.matrix.field(other).label),
            }
            text = N_(
                "{spoken} has scores under “{field}”, but none under “{other}”, for: {names}. So "
                "this row does not count where the matrix places them."
            )
            advice = N_("Add their scores under “{other}”, if this person can judge that.")
            spoken = voter.note.spoken
            message = Message(text, fields)
            yield _finding(sheet, "scores-half", "info", spoken, message, Message(advice, fields))


def _reversed(sheet: Sheet, voter: Voter, field: Field) -> Finding:
    fields = {
        "spoken": voter.note.spoken,
        "field": Message(field.label),
        "low": field.minimum,
        "high": field.maximum,
    }
    return _finding(
        sheet,
        "scores-reversed",
        "warning",
        voter.note.spoken,
        Message(N_("{spoken} scores “{field}” the other way round than all others."), fields),
        Message(
            N_("Was the scale read from the wrong end? {low} is the low end, {high} the "
               "high one. If it was meant so, talk about it."),
            fields,
        ),
    )  # fmt: skip


def _open(sheet: Sheet, found: Scores) -> Iterator[Finding]:
    names = [i.note.spoken for i in found.items if not any(i.spreads.values())]
    if names and found.counted:
        yield _finding(
            sheet,
            "scores-open",
            "info",
            "",
            Message(N_("Nobody has scored these: {names}."), {"names": names}),
            Message(N_("Ask who can judge them, or leave them for later.")),
        )


def _apart(sheet: Sheet, found: Scores) -> Iterator[Finding]:
    for field in found.asked:
        names = [
            item.note.spoken
            for item in found.items
            if (spread := item.spreads[field.id]) is not None
            and spread.agreement is not None
            and spread.agreement < AGREEING
        ]
        if names:
            yield _finding(
                sheet,
                "scores-apart",
                "info",
                "",
                Message(
                    N_("For these, the scores that people gave under “{field}” lie far apart: "
                       "{names}."),
                    {"field": Message(field.label), "names": names},
                ),
                Message(
                    N_("Ask who gave the highest and who gave the lowest score why; then all score "
                       "again.")
                ),
            )  # fmt: skip


def _hangs(sheet: Sheet, found: Scores) -> Iterator[Finding]:
    names = [i.note.spoken for i in found.items if i.certainty and i.certainty.without]
    if names:
        yield _finding(
            sheet,
            "scores-hangs",
            "info",
            "",
            Message(
                N_("Without one of the people, these would be in another quarter: {names}."),
                {"names": names},
            ),
            Message(N_("Talk about them before you act on where they stand.")),
        )


_SOURCES = {"scores-apart": AGREEMENT_SOURCE, "scores-reversed": REVERSED_SOURCE}


def _finding(sheet: Sheet, rule: str, severity: Severity, note: str, *said: Message) -> Finding:
    """Make a finding; ``said`` is what does not hold, and what to do."""
    message, advice = said
    source = _SOURCES.get(rule, SOURCE)
    return Finding(rule, severity, sheet.board.id, message, advice, note=note, source=source)
