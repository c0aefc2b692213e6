"""Vision, mission, objectives: short texts that hold what makes them work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import choice_of, field_of, nothing_under, unusable
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Field, Note

SOURCE = N_("Cluster Booster Academy 2024")
#: The success factors, as fields that are ticked by the choice ``TICKED``.
FACTORS = ("shared", "broad", "easy", "inspiring", "concise", "oriented")
TICKED = "yes"
#: The blocks that the success factors are about.
DIRECTION = ("vision", "mission")
#: How many words people still take in at once: a rule of thumb, no standard.
LONG = 35


@dataclass(frozen=True, slots=True)
class Statement:
    """A vision or mission with the success factors that hold and those that do not yet."""

    note: Note
    holds: tuple[Field, ...]
    open: tuple[Field, ...]

    @property
    def length(self) -> int:
        """Words, as they are set apart by spaces."""
        return len(self.note.text.split())


def statements(sheet: Sheet) -> tuple[Statement, ...]:
    """Give the visions, then the missions, with their success factors."""
    fields = [f for f in (field_of(sheet.kind, name) for name in FACTORS) if f is not None]
    found = []
    for note in (n for block in DIRECTION for n in sheet.board.block(block)):
        ticked = {f.id for f in fields if choice_of(sheet.kind, note, f.id) == TICKED}
        holds = tuple(f for f in fields if f.id in ticked)
        found.append(Statement(note, holds, tuple(f for f in fields if f.id not in ticked)))
    return tuple(found)


def check_vision(sheet: Sheet) -> list[Finding]:
    """Check vision, mission and objectives.

    Rules: ``vision-missing`` (one of the three is missing on a board that was begun),
    ``vision-long`` (a vision or mission of more than 35 words), ``vision-factors`` (success
    factors that are not ticked), ``vision-odd`` (a value is none of its field).

    The success factors are asked of vision and mission only; objectives have rules of their own,
    those of SMART goals.
    """
    found: list[Finding] = list(nothing_under(sheet, "vision-missing", "warning", SOURCE))
    found += unusable(sheet, "vision-odd", SOURCE)
    for statement in statements(sheet):
        found += _statement(sheet, statement)
    return found


def _statement(sheet: Sheet, statement: Statement) -> Iterator[Finding]:
    spoken = statement.note.spoken
    if statement.length > LONG:
        yield Finding(
            "vision-long",
            "info",
            sheet.board.id,
            Message(
                N_("{spoken} has {count} words."), {"spoken": spoken, "count": statement.length}
            ),
            Message(
                N_("Shorten it to {limit} words or fewer, so that people can repeat it."),
                {"limit": LONG},
            ),
            note=spoken,
            source=SOURCE,
        )
    if statement.open:
        yield Finding(
            "vision-factors",
            "warning",
            sheet.board.id,
            Message(
                N_("{spoken} is not yet: {factors}."),
                {"spoken": spoken, "factors": [Message(f.label) for f in statement.open]},
            ),
            Message(N_("Work on the text until it holds, then tick it.")),
            note=spoken,
            source=SOURCE,
        )
