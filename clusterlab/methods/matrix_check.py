"""The rules of a matrix: both scales told, run the same way, used, and not all of it easy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from clusterlab.errors import N_, Message
from clusterlab.methods.consensus import runs_reversed
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.priorities import axes, on_scale, priorities
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import days_in

SOURCE = N_("Effort and impact practice: both axes on one scale, and not everything a quick win")
EFFORT, IMPACT, DEADLINE, QUICK = "effort", "impact", "deadline", "quick-wins"
#: Share of the items placed above which too much looks easy.
EASY = Fraction(7, 10)
#: Of fewer notes than this, nothing is said of how they are spread over the matrix.
_ENOUGH = 3


def check_matrix(sheet: Sheet) -> list[Finding]:
    """Check the matrix of a board; a kind without axes has nothing to check.

    Rules: ``matrix-scale`` (the axes have different scales), ``matrix-off`` (a number off its
    scale), ``matrix-half`` (a note has only one of the two numbers), ``matrix-no-quick-win``
    (items in the matrix, but none is a quick win), ``matrix-easy`` (more than 70 % are quick
    wins), ``matrix-flat`` (all items have the same numbers, so the matrix parts nothing),
    ``matrix-ends`` (nobody says what the ends of an axis mean, or a high number is said to mean
    little), ``matrix-direction`` (quick wins are not where effort is low and impact high),
    ``matrix-reversed`` (what takes longest is said to take least effort). Those on quick wins and
    ``matrix-flat`` look at three items at least, and at kinds that have a quarter with the id
    ``quick-wins``.

    No number says by itself which way it was meant. So the file of the kind is read, whose words
    people see when they score, and of what they wrote only the days that an action takes:
    who takes 5 for “easy” gives long actions little effort.
    """
    kind, board = sheet.kind, sheet.board
    if not kind.axes:
        return []
    found = [*check_axes(sheet), *_numbers(sheet), *_reversed(sheet)]
    fields = axes(kind)
    placed = priorities(kind, board)
    held = [note for _, notes in placed.quadrants for note in notes]
    if len({tuple(n.get(f.id) for f in fields) for n in held}) == 1 and len(held) >= _ENOUGH:
        found.append(
            _finding(
                sheet,
                "matrix-flat",
                "warning",
                Message(
                    N_("All {count} notes have the same numbers: the matrix tells none apart."),
                    {"count": len(held)},
                ),
                Message(N_("Compare them two by two and use the whole scale.")),
            )
        )
    return [*found, *quick_wins(sheet, {q.id: len(notes) for q, notes in placed.quadrants})]


def check_axes(sheet: Sheet) -> list[Finding]:
    """Check what the file of a kind with a matrix says: scales, their ends, their direction."""
    return [*_scales(sheet), *_ends(sheet), *_direction(sheet)]


def quick_wins(sheet: Sheet, counts: Mapping[str, int]) -> Iterator[Finding]:
    """Find a matrix without quick wins, and one of hardly anything else; counts by quarter."""
    total, quick = sum(counts.values()), counts.get(QUICK)
    if quick is None or total < _ENOUGH:
        return
    if quick == 0:
        yield _finding(
            sheet,
            "matrix-no-quick-win",
            "warning",
            Message(N_("None of the notes is a quick win: much impact for little effort.")),
            Message(N_("Look for a first step of one of them that is easy and that people see.")),
        )
    elif quick > EASY * total:
        yield _finding(
            sheet,
            "matrix-easy",
            "warning",
            Message(
                N_("{quick} of {total} notes are quick wins. At first, everything looks easy."),
                {"quick": quick, "total": total},
            ),
            Message(N_("Ask those who will do the work, and score the effort again.")),
        )


def _scales(sheet: Sheet) -> Iterator[Finding]:
    across, up = axes(sheet.kind)
    if (across.minimum, across.maximum) != (up.minimum, up.maximum):
        yield _finding(
            sheet,
            "matrix-scale",
            "error",
            Message(
                N_("“{x}” and “{y}” have different scales."),
                {"x": Message(across.label), "y": Message(up.label)},
            ),
            Message(
                N_("Tell who runs the workshop: both need the same minimum and maximum in the "
                   "canvas’s file.")
            ),
        )  # fmt: skip


def _ends(sheet: Sheet) -> Iterator[Finding]:
    for field in axes(sheet.kind):
        low, high = (_place(field.help, end) for end in (field.minimum, field.maximum))
        advice = N_(
            "Tell who runs the workshop: the help of this field should say it, such as “1 little "
            "to 5 much”."
        )
        if low is None or high is None:
            text = N_("Nobody says what {low} and {high} mean on “{field}”.")
        elif low > high:
            text = N_("“{field}” names {high} before {low}: it may be read the other way round.")
            advice = N_(
                "Tell who runs the workshop: the help of this field should name the low end first, "
                "and a high number should mean much."
            )
        else:
            continue
        fields = {"field": Message(field.label), "low": field.minimum, "high": field.maximum}
        yield _finding(sheet, "matrix-ends", "warning", Message(text, fields), Message(advice))


def _place(text: str, number: float | None) -> int | None:
    """Give where a text names a number; nothing where it does not."""
    written = f"{number:g}" if number is not None else ""
    found = re.search(rf"(?<![\d.,]){re.escape(written)}(?![\d]|[.,]\d)", text) if written else None
    return found.start() if found else None


def _direction(sheet: Sheet) -> Iterator[Finding]:
    quick = next((q for q in sheet.kind.quadrants if q.id == QUICK), None)
    wanted = {EFFORT: "low", IMPACT: "high"}
    if quick is None or set(sheet.kind.axes) != wanted.keys():
        return
    halves = dict(zip(sheet.kind.axes, (quick.x, quick.y), strict=True))
    if halves != wanted:
        yield _finding(
            sheet,
            "matrix-direction",
            "error",
            Message(N_("“{quick}” do not stand where effort is low and impact is high."),
                    {"quick": Message(quick.label)}),
            Message(
                N_("Tell who runs the workshop: the quarters or the axes have to be turned round "
                   "in the canvas’s file.")
            ),
        )  # fmt: skip


def _reversed(sheet: Sheet) -> Iterator[Finding]:
    field = next((f for f in axes(sheet.kind) if f.id == EFFORT), None)
    if field is None:
        return
    taken = [(note.get(EFFORT), days_in(note.get(DEADLINE))) for note in sheet.board]
    pairs = [(e, d) for e, d in taken if d is not None and on_scale(e, field)]
    if runs_reversed(pairs):
        yield _finding(
            sheet,
            "matrix-reversed",
            "warning",
            Message(N_("What takes the most days has the least effort: was {high} read as easy?"),
                    {"high": field.maximum}),
            Message(
                N_("Look at the scores again: {low} is little effort, {high} is much."),
                {"low": field.minimum, "high": field.maximum},
            ),
        )  # fmt: skip


def _numbers(sheet: Sheet) -> Iterator[Finding]:
    for note in sheet.board:
        values = [(f, note.get(f.id)) for f in axes(sheet.kind)]
        given = [(f, v) for f, v in values if v not in (None, "")]
        if len(given) == 1:
            missing = next(f for f, v in values if v in (None, ""))
            yield _finding(
                sheet,
                "matrix-half",
                "info",
                Message(
                    N_("{spoken} has no place in the matrix: “{field}” is empty."),
                    {"spoken": note.spoken, "field": Message(missing.label)},
                ),
                Message(missing.help or N_("Give it a number.")),
                note=note.spoken,
            )
        for field, value in given:
            if not on_scale(value, field):
                fields = {"low": field.minimum, "high": field.maximum}
                yield _finding(
                    sheet,
                    "matrix-off",
                    "error",
                    Message(
                        N_("“{field}” of {spoken} is not on the scale from {low} to {high}."),
                        {"field": Message(field.label), "spoken": note.spoken, **fields},
                    ),
                    Message(N_("Give it a number from {low} to {high}."), fields),
                    note=note.spoken,
                )


def _finding(
    sheet: Sheet,
    rule: str,
    severity: Severity,
    message: Message,
    suggestion: Message,
    *,
    note: str = "",
) -> Finding:
    return Finding(rule, severity, sheet.board.id, message, suggestion, note=note, source=SOURCE)
