"""Communication plan: who is told what, how, when and by whom, and how success is seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import field_of, is_empty, missing, same_words, unusable
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import day_of, text_of
from clusterlab.model import Field, Note

SOURCE = "Cluster Booster Academy 2024"
#: What a row needs besides its target group.
PARTS = ("objective", "message", "channel", "timing", "responsible", "measure")


def check_communication(sheet: Sheet) -> list[Finding]:
    """Check a communication plan.

    Rules: ``communication-group`` (a row names no target group), ``communication-missing`` (it
    lacks other parts), ``communication-odd`` (a value is none of its field, where a workshop's
    own kind has choices or numbers).
    """
    fill_in = Message(N_("Fill it in, or drop the row: half a plan is not carried out."))
    found: list[Finding] = list(unusable(sheet, "communication-odd", SOURCE))
    for note in sheet.board:
        if is_empty(note.text):
            found.append(
                Finding(
                    "communication-group",
                    "error",
                    sheet.board.id,
                    Message(N_("{spoken} names no target group."), {"spoken": note.spoken}),
                    Message(N_("Say who is to be reached; one group in each row.")),
                    note=note.spoken,
                    source=SOURCE,
                )
            )
        found += missing(
            sheet,
            note,
            *PARTS,
            rule="communication-missing",
            severity="warning",
            advice=fill_in,
            source=SOURCE,
        )
    return found


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """A row of a communication plan.

    Parameters
    ----------
    day
        When it is told, where its timing is a date.
    past
        Whether that day lies before the workshop's.
    open
        The parts about which it says nothing.
    """

    note: Note
    day: date | None
    past: bool
    open: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A target group with all rows that name it; ``name`` is that of the first one."""

    name: str
    messages: tuple[PlannedMessage, ...]


def target_groups(sheet: Sheet) -> tuple[TargetGroup, ...]:
    """Group a communication plan by whom it wants to reach.

    Rows whose target groups differ in case or signs only are of one group. Groups stand as the
    plan first names them; rows that name none are a group without name, last.
    """
    named: dict[str, list[PlannedMessage]] = {}
    for note in sheet.board:
        # What holds signs only, such as "???", has no words, but is said.
        said = same_words(note.text) or text_of(note.text)
        named.setdefault(said, []).append(_planned(sheet, note))
    nobody = named.pop("", [])
    groups = [TargetGroup(text_of(rows[0].note.text), tuple(rows)) for rows in named.values()]
    return (*groups, *([TargetGroup("", tuple(nobody))] if nobody else ()))


def by_time(sheet: Sheet) -> tuple[PlannedMessage, ...]:
    """Put a communication plan in the order of time.

    Rows with a date come first, the earliest on top; then those that say in other words when, or
    how often; then those that say nothing. Equal ones stay in the order of the plan.
    """
    rows = [_planned(sheet, note) for note in sheet.board]
    return tuple(
        sorted(rows, key=lambda r: (r.day or date.max, is_empty(text_of(r.note.get("timing")))))
    )


def _planned(sheet: Sheet, note: Note) -> PlannedMessage:
    fields = (field_of(sheet.kind, name) for name in PARTS)
    day, today = day_of(note.get("timing")), day_of(sheet.day)
    return PlannedMessage(
        note,
        day,
        day is not None and today is not None and day < today,
        tuple(f for f in fields if f is not None and is_empty(note.get(f.id))),
    )
