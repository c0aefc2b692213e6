"""A communication plan as tables: by target group, and by time."""

from __future__ import annotations

from collections.abc import Iterable

from clusterlab.errors import N_
from clusterlab.methods import PlannedMessage, Sheet, TargetGroup, by_time, target_groups
from clusterlab.methods.communication import PARTS
from clusterlab.methods.fields import field_of
from clusterlab.methods.values import text_of
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.review import note_row, plain_row, review_table
from clusterlab.outputs.types import Column, Fact, Table

_NO, _GROUP = N_("No."), N_("Target group")
BY_GROUP = N_("Who is reached in which ways and by whom, and what the plan does not say yet.")
BY_TIME = N_("Dates first, the earliest on top; then what comes again, then what has no time yet.")
_NOTHING = N_("nothing")


def groups(draws: Draws, sheet: Sheet) -> Table:
    """List target groups with channels, people, and what is missing."""
    say = draws.language.gettext

    def lacks(message: PlannedMessage) -> str:
        return f"{message.note.spoken}: {', '.join(say(f.label) for f in message.open)}"

    def all_of(group: TargetGroup, name: str) -> str:
        said = (text_of(m.note.get(name)) for m in group.messages)
        return "; ".join(dict.fromkeys(filter(None, said)))

    rows = [
        plain_row(
            ", ".join(m.note.spoken for m in group.messages),
            group.name or say(N_("No target group named")),
            all_of(group, "channel"),
            all_of(group, "responsible"),
            "; ".join(lacks(m) for m in group.messages if m.open) or say(_NOTHING),
        )
        for group in target_groups(sheet)
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(_GROUP), wide=True),
        Column("channel", say(N_("Channels")), wide=True),
        Column("responsible", say(N_("Responsible"))),
        Column("open", say(N_("Missing")), wide=True),
    )
    asked = [f for f in (field_of(sheet.kind, name) for name in PARTS) if f is not None]
    note = Fact(say(N_("Each row needs:")), ", ".join(say(f.label) for f in asked))
    return review_table(
        draws, sheet, N_("Communication by target group"), columns, rows, note, summary=BY_GROUP
    )


def timing(draws: Draws, sheet: Sheet) -> Table:
    """List what is told in the order of time."""
    language = draws.language
    say = language.gettext

    def cells(message: PlannedMessage) -> Iterable[str]:
        note = message.note
        told = language.date(message.day) if message.day else text_of(note.get("timing"))
        yield f"{told} ({say(N_('past'))})" if message.past else told
        for name in ("message", "responsible"):
            yield text_of(note.get(name))

    rows = [note_row(draws, sheet.kind, m.note, *cells(m)) for m in by_time(sheet)]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(_GROUP), wide=True),
        Column("timing", say(N_("When"))),
        Column("message", say(N_("Key message")), wide=True),
        Column("responsible", say(N_("Responsible"))),
    )
    return review_table(draws, sheet, N_("Communication by time"), columns, rows, summary=BY_TIME)
