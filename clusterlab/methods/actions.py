"""Action plan: who does what until when, checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import shown
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import FARTHEST, day_of, days_in, text_of
from clusterlab.methods.wbs import NAME_SOURCE
from clusterlab.methods.words import opens_without_verb
from clusterlab.model import BoardId, Note

SOURCE = "Cluster Booster Academy 2024"


def check_actions(sheet: Sheet) -> list[Finding]:
    """Check an action plan.

    Rules: ``action-responsible`` (nobody is responsible), ``action-deadline`` (no deadline, unless
    it is done), ``action-date`` (a deadline that is neither a day nor a number of days),
    ``action-past`` (it was to be done before the workshop's day and is not), ``action-verb`` (the
    first word is surely no verb; only words of `words.NO_VERBS` are known).
    """
    return [f for note in sheet.board for f in _check(note, sheet.board.id, sheet.day)]


def _check(note: Note, board: BoardId, today: str) -> Iterator[Finding]:
    def told(
        rule: str, severity: Severity, text: str, advice: str, value: str | date = ""
    ) -> Finding:
        said = shown(value) if isinstance(value, str) else value
        message = Message(text, {"spoken": note.spoken, "value": said})
        source = NAME_SOURCE if rule == "action-verb" else SOURCE
        return Finding(
            rule, severity, board, message, Message(advice), note=note.spoken, source=source
        )

    if not text_of(note.get("responsible")):
        nobody = N_("Nobody is responsible for {spoken}.")
        yield told("action-responsible", "error", nobody, N_("Write one name or role."))
    deadline, done = text_of(note.get("deadline")), note.get("status") == "done"
    day, start = day_of(note.get("deadline")), day_of(today)
    if not deadline and not done:
        none = N_("{spoken} has no deadline.")
        advice = N_("Write a date, or the days it takes.")
        yield told("action-deadline", "warning", none, advice)
    elif deadline and day is None and not _is_length(note.get("deadline")):
        unread = N_("{spoken}: “{value}” is neither a date nor a number of days.")
        advice = N_("Write a date such as 2027-05-31, or days such as “30 days”.")
        yield told("action-date", "warning", unread, advice, deadline)
    elif day and start and day < start and not done:
        past = N_("The deadline of {spoken} has passed: {value}.")
        advice = N_("Set a new one, or set the status to “Done”.")
        yield told("action-past", "warning", past, advice, day)
    if word := opens_without_verb(note.text):
        noun = N_("{spoken} begins with “{value}”, which is no verb.")
        advice = N_("Begin with what somebody does: “invite”, “write”, “decide”.")
        yield told("action-verb", "warning", noun, advice, word)


def _is_length(value: object) -> bool:
    """Tell whether a deadline says how many days it takes, no more than a century."""
    days = days_in(value)
    return days is not None and days <= FARTHEST
