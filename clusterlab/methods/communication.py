"""Communication plan: who is told what, how, when and by whom, and how success is seen."""

from __future__ import annotations

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import is_empty, missing, unusable
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet

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
