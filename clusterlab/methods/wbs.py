"""Work breakdown structure: deliverables broken down into tasks, checked.

The 100 % rule: the parts are the whole, nothing more and nothing less (Project Management
Institute, Practice Standard for Work Breakdown Structures; Haugan, Effective Work Breakdown
Structures, 2002). What parts mean cannot be computed; weights and effort can be added up.

How large the smallest parts should be, no standard says: 8 to 80 hours, and no longer than a
reporting period, are rules of thumb. They are warnings all the same, as a delay within a large task
is seen only when it is too late; who plans otherwise weighs them in ``workshop.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from clusterlab.errors import N_, Message
from clusterlab.methods.comparison import words
from clusterlab.methods.dependencies import HOURS_A_DAY
from clusterlab.methods.fields import unusable
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.resources import assignments
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.tasks import working_days
from clusterlab.methods.tree import Branch, Forest, forest, tree_findings
from clusterlab.methods.values import number_of, text_of
from clusterlab.methods.words import opens_with_verb
from clusterlab.model import BoardId, Note

SOURCE = N_("PMI, Practice Standard for Work Breakdown Structures: the 100 % rule")
SIZE_SOURCE = N_("Project practice: 8 to 80 hours, no longer than between two reports")
NAME_SOURCE = N_("Project practice: deliverables are nouns, actions begin with a verb")
#: By how many percent weights may miss 100.
TOLERANCE = 0.5
#: Hours that a task on the lowest level should take: a rule of thumb, not a standard.
SHORT, LONG = 8, 80
_WHOLE = 100
#: Field that says who confirmed what only people can judge.
CONFIRMED = "confirmed-by"


def wbs(sheet: Sheet) -> Forest:
    """Give the tasks of a board as trees."""
    return forest(sheet.board)


def check_wbs(sheet: Sheet) -> list[Finding]:
    """Check a work breakdown structure.

    Rules: those of `tree_findings` with the prefix ``wbs``, ``wbs-odd`` (a weight, effort or
    milestone is none), ``wbs-weight`` (weights of the parts miss 100), ``wbs-effort`` (effort of
    the parts differs from that of the whole), ``wbs-single`` (a whole with one part),
    ``wbs-overlap`` (two parts of the same words), ``wbs-size`` (a task of less than 8 or more
    than 80 hours), ``wbs-period`` (a task that takes longer than the workshop's reporting period,
    where it has one), ``wbs-verb`` (a deliverable that begins with a verb; English only),
    ``wbs-confirm`` (once: whether parts are the whole is for people to say, until somebody
    confirmed it of each).

    Weights that miss 100 are an error; where some parts have none, it is a warning, since what
    the others would add up to is not known.
    """
    found = wbs(sheet)
    board = sheet.board.id
    findings = list(tree_findings("wbs", found, board, SOURCE))
    findings += unusable(sheet, "wbs-odd", SOURCE, "weight", "effort", "milestone")
    findings += _twins(found.roots(), board)
    for branch in found:
        if branch.children:
            findings += _whole(branch, found.below(branch), board)
        else:
            findings += _size(branch.note, board)
            findings += _period(branch.note, board, sheet.settings.reporting_days)
    open_ = (b.note for b in found if b.children and not text_of(b.note.get(CONFIRMED)))
    wholes = [note.spoken for note in open_]
    if wholes:
        findings.append(
            Finding(
                "wbs-confirm",
                "info",
                board,
                Message(
                    N_("Nobody has confirmed that the parts of these are complete: {spoken}."),
                    {"spoken": wholes},
                ),
                Message(
                    N_(
                        "Ask of each whether a part is missing or one is too much, and write who "
                        "confirmed it."
                    )
                ),
                source=SOURCE,
            )
        )
    return findings


def effort_of(note: Note) -> float | None:
    """Give a task's effort in hours of work, ``None`` where none is said.

    Where nobody said it, it is the working days, 8 hours each, of all who work on the task with
    their shares; of one person where nobody is named.
    """
    effort = number_of(note.get("effort"))
    if effort is not None and effort >= 0:
        return effort
    days = working_days(note)
    people, _ = assignments(text_of(note.get("resource")))
    share = sum(one.share for one in people) / _WHOLE if people else 1
    return days * share * HOURS_A_DAY if days is not None and days >= 0 else None


def _whole(branch: Branch, parts: list[Branch], board: BoardId) -> Iterator[Finding]:
    note, spoken = branch.note, branch.note.spoken
    if len(parts) == 1:
        yield _finding(
            "wbs-single",
            "error",
            board,
            note,
            message=Message(
                N_("{spoken} has a single part, {part}."),
                {"spoken": spoken, "part": parts[0].note.spoken},
            ),
            advice=N_("Add what else belongs to it, or make the two into one."),
        )
    weights = [(p, _weight(p.note)) for p in parts]
    given = [w for _, w in weights if w is not None]
    without = [p.note.spoken for p, w in weights if w is None]
    total = round(sum(given), 6)
    if given and without:
        text = N_("Parts of {spoken} have weights, but not: {without}.")
        message = Message(text, {"spoken": spoken, "without": without})
        advice = N_("Give every part a weight; together they are 100 percent.")
        yield _finding("wbs-weight", "warning", board, note, message=message, advice=advice)
    elif given and round(abs(total - _WHOLE), 6) > TOLERANCE:
        text = N_("The weights of the parts of {spoken} add up to {total} percent, not to 100.")
        message = Message(text, {"spoken": spoken, "total": total})
        less = N_("Is a part missing, or is one weighed too low?")
        more = N_("Does a part not belong to it, or is one weighed too high?")
        advice = less if total < _WHOLE else more
        yield _finding("wbs-weight", "error", board, note, message=message, advice=advice)
    yield from _effort(note, parts, board)
    yield from _twins(parts, board)
    if verb := opens_with_verb(note.text):
        text = N_("{spoken} has parts, but begins with the verb “{verb}”.")
        message = Message(text, {"spoken": spoken, "verb": verb})
        advice = N_("Name what is there in the end, a noun: “member survey”, not “ask members”.")
        yield _finding(
            "wbs-verb", "warning", board, note, message=message, advice=advice, source=NAME_SOURCE
        )


def _weight(note: Note) -> float | None:
    """Give a weight in percent; one that is no share counts as none, and is told."""
    weight = number_of(note.get("weight"))
    return weight if weight is not None and 0 <= weight <= _WHOLE else None


def _effort(note: Note, parts: list[Branch], board: BoardId) -> Iterator[Finding]:
    """Compare effort as it was said: working days of parts overlap and do not add up."""
    whole = number_of(note.get("effort"))
    efforts = [number_of(p.note.get("effort")) for p in parts]
    total = round(sum(e for e in efforts if e is not None), 6)
    if whole is None or None in efforts:
        return
    if round(abs(total - whole), 6) <= abs(whole) * TOLERANCE / _WHOLE:
        return
    text = N_("The parts of {spoken} take {total} hours, {spoken} itself {whole}.")
    fields = {"spoken": note.spoken, "total": round(total, 2), "whole": round(whole, 2)}
    advice = N_("Correct one of them, or leave the effort of the whole empty.")
    yield _finding("wbs-effort", "error", board, note, message=Message(text, fields), advice=advice)


def _size(note: Note, board: BoardId) -> Iterator[Finding]:
    effort = effort_of(note)
    milestone = note.get("milestone") == "yes" or not effort
    if effort is None or milestone or SHORT <= effort <= LONG:
        return
    fields = {"spoken": note.spoken, "hours": round(effort, 1), "short": SHORT, "long": LONG}
    text = N_("{spoken} takes {hours} hours; {short} to {long} are easy to follow.")
    small = N_("Is it a task of its own? This is a rule of thumb.")
    large = N_("Can it be broken down? This is a rule of thumb.")
    advice = small if effort < SHORT else large
    message = Message(text, fields)
    yield _finding(
        "wbs-size", "warning", board, note, message=message, advice=advice, source=SIZE_SOURCE
    )


def _period(note: Note, board: BoardId, period: float) -> Iterator[Finding]:
    days = working_days(note)
    if not period or days is None or not days > period:  # of no number, nothing is said
        return
    text = N_("{spoken} takes {days} working days, longer than a reporting period of {period}.")
    fields = {"spoken": note.spoken, "days": round(days, 2), "period": period}
    advice = N_("Can it be broken down, so that each report can say of a part that it is done?")
    message = Message(text, fields)
    yield _finding(
        "wbs-period", "warning", board, note, message=message, advice=advice, source=SIZE_SOURCE
    )


def _twins(parts: list[Branch], board: BoardId) -> Iterator[Finding]:
    """Find parts of one whole that say the same, in any order of words; each with the one before.

    Texts that only look alike are left alone: “Workshop 1” and “Workshop 2” are two things.
    """
    same: dict[tuple[str, ...], list[Note]] = {}
    for part in parts:
        if text_of(part.note.text):
            same.setdefault(tuple(sorted(words(part.note))), []).append(part.note)
    for notes in same.values():
        for first, second in pairwise(notes):
            text = N_("{first} and {second} say the same side by side.")
            message = Message(text, {"first": first.spoken, "second": second.spoken})
            advice = N_("Say what sets them apart, or drop one.")
            yield _finding("wbs-overlap", "warning", board, second, message=message, advice=advice)


def _finding(
    rule: str,
    severity: Severity,
    board: BoardId,
    note: Note,
    *,
    message: Message,
    advice: str,
    source: str = SOURCE,
) -> Finding:
    return Finding(rule, severity, board, message, Message(advice), note=note.spoken, source=source)
