"""SMART goals: what is still missing, and whether they make a tree.

Doran (1981) has A for assignable and R for realistic; today's achievable and relevant are kept as
well as the owner. He also says that not every goal needs all five: so texts are warnings, while
number, unit, baseline, target, date and owner are errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import unusable
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.tree import Forest, forest, tree_findings
from clusterlab.methods.values import day_of, number_of, text_of
from clusterlab.methods.words import vague_word
from clusterlab.model import Board, BoardId, CanvasKind, Note

SOURCE = "Doran 1981"
TREE_SOURCE = N_("Goal trees: each goal is part of one other at most")

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
#: What a person has to judge.
_JUDGED = ("achievable", "relevant")
#: Field that says who did.
_CONFIRMED = "confirmed-by"
# Dates, and years from 1900 to 2099 alone or as a span such as “2026/27”; “2027 €” is no year.
_WHEN = re.compile(
    r"(?<![\w.,])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-])\s?\d{1,2}\1\s?(?:\d{4}|\d\d)"
    r"|(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?)(?![\w%€$£]|\s[%€$£]|[.,]\d)"
)
# The digits of “B2B” and “Q3” count nothing.
_NUMBER = re.compile(r"(?<!\w)\d")


def missing_fields(kind: CanvasKind, note: Note) -> list[str]:
    """Give the ids of the kind's fields that a goal needs to be SMART and does not have."""
    fields = [f.id for f in kind.fields if f.id in REQUIRED]
    return [name for name in fields if not text_of(note.get(name))]


def goal_tree(sheet: Sheet) -> Forest:
    """Give the goals of a board as trees: goals with their sub-goals."""
    return forest(sheet.board)


def check_goals(sheet: Sheet) -> list[Finding]:
    """Check goals and the tree that they make.

    Rules: ``smart-missing`` (a field that a SMART goal needs is empty), ``smart-odd`` (a baseline
    or target that is no number, a deadline that is no date), ``smart-still`` (the target equals
    the baseline), ``smart-past`` (the deadline is before the workshop's day), ``smart-vague`` (a
    verb whose end nobody sees, where neither the text nor baseline and target say by how much;
    years and dates say by when),
    ``smart-confirm`` (once: whether goals are achievable and relevant is for people to say, until
    somebody confirmed it of each); those of `tree_findings` with the prefix ``goal``, and
    ``goal-late`` (a goal is to be reached after the one that it is part of). The direction is not
    asked for: it is that from the baseline to the target.
    """
    kind, board = sheet.kind, sheet.board
    found = [*unusable(sheet, "smart-odd", SOURCE, days={"deadline"})]
    found += [f for note in board for f in _check(kind, board, note, sheet.day)]
    tree = goal_tree(sheet)
    found += tree_findings("goal", tree, board.id, TREE_SOURCE)
    found += _late(tree, board.id)
    judged = [
        note.spoken
        for note in board
        if any(text_of(note.get(name)) for name in _JUDGED) and not text_of(note.get(_CONFIRMED))
    ]
    if judged:
        found.append(
            Finding(
                "smart-confirm",
                "info",
                board.id,
                Message(
                    N_("Nobody has confirmed that goals are achievable and relevant: {spoken}."),
                    {"spoken": judged},
                ),
                Message(N_("Read them out, and write who confirmed each: a program cannot.")),
                source=SOURCE,
            )
        )
    return found


def _check(kind: CanvasKind, board: Board, note: Note, today: str) -> Iterator[Finding]:
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
    baseline, target = number_of(note.get("baseline")), number_of(note.get("target"))
    if baseline is not None and baseline == target:
        yield Finding(
            "smart-still",
            "warning",
            board.id,
            Message(
                N_("{spoken} aims at what is already there: baseline and target are equal."),
                {"spoken": note.spoken},
            ),
            Message(N_("Set a target that differs from the baseline.")),
            note=note.spoken,
            source=SOURCE,
        )
    day, start = day_of(note.get("deadline")), day_of(today)
    if day and start and day < start:
        yield Finding(
            "smart-past",
            "warning",
            board.id,
            Message(
                N_("The deadline of {spoken} has passed: {day}."),
                {"spoken": note.spoken, "day": day},
            ),
            Message(N_("Set a day that is still to come.")),
            note=note.spoken,
            source=SOURCE,
        )
    counted = _says_how_much(note.text) or None not in {baseline, target}
    if not counted and (word := vague_word(note.text)):
        yield Finding(
            "smart-vague",
            "warning",
            board.id,
            Message(
                N_("{spoken} says “{word}”, but not by how much."),
                {"spoken": note.spoken, "word": word},
            ),
            Message(N_("Say what changes, from which number to which.")),
            note=note.spoken,
            source=SOURCE,
        )


def _says_how_much(text: str) -> bool:
    """Tell whether a text has a number that is neither a date nor a year, nor within a name."""
    return _NUMBER.search(_WHEN.sub(" ", text)) is not None


def _late(tree: Forest, board: BoardId) -> Iterator[Finding]:
    for branch in tree:
        if not branch.parent:
            continue
        note, above = branch.note, tree.branches[branch.parent].note
        day, limit = day_of(note.get("deadline")), day_of(above.get("deadline"))
        if day and limit and day > limit:
            yield Finding(
                "goal-late",
                "warning",
                board,
                Message(
                    N_("{spoken} is to be reached after {above}, which it is part of."),
                    {"spoken": note.spoken, "above": above.spoken},
                ),
                Message(N_("Correct one of the two deadlines.")),
                note=note.spoken,
                source=TREE_SOURCE,
            )
