"""The cells of a list of tasks, column by column: what they say, and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from clusterlab.errors import N_, Message
from clusterlab.exchange.refused import short
from clusterlab.exchange.taskheads import unit
from clusterlab.exchange.tasknames import Named
from clusterlab.methods import Unreadable, assignments
from clusterlab.methods.dependencies import length
from clusterlab.methods.tasklist import (
    day,
    hours,
    written_days,
    written_link,
    written_who,
    yes_or_no,
)
from clusterlab.methods.tasks import ELAPSED
from clusterlab.model import Note
from clusterlab.sheets import Cell

#: A number and its unit in several words: “4 working days”, “3 day(s)”, “6d (est.)”.
_SPELLED = re.compile(r"([0-9.,]+)\s*([^\W\d_][^\d_]*)")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_LONGEST = 10_000  # working days of one task
DIGITS = 6  # that a spoken id may have


@dataclass(slots=True)
class Task:
    """A row of the list: its number in the file, its cells by column, and what becomes of it."""

    row: int
    cells: Mapping[str, Cell]
    id: str
    key: str
    note: Note | None
    spoken: str = ""
    parent: Task | None = None
    has_parts: bool = False
    #: Whether the list's dates begin with the month, where that is known.
    month_first: bool | None = None
    #: In which a duration or a lag is given that says no unit itself.
    unit: str = ""
    #: Whether the workshop's tasks can say that their days are any 24 hours.
    by_the_clock: bool = False
    values: dict[str, str] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """Give a cell's text; "" where there is none."""
        cell = self.cells.get(column, "")
        return cell if isinstance(cell, str) else ""


def is_number(text: str) -> bool:
    """Tell whether a list's id can be the number of a spoken id."""
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS and text[0] != "0"


# -- cells: each reader gives the field's text, and says what of it cannot be taken ----------------


def _unread(text: str, reason: Message) -> Message:
    message = N_("“{part}” cannot be read, so the task was taken without it. {reason}")
    return Message(message, {"part": short(text), "reason": reason})


def _length(text: str, task: Task, _: Named, faults: list[Message]) -> str | None:
    if task.has_parts:
        return ""  # a summary task lasts as long as its parts
    read = length(f"{text} {task.unit}" if text.strip()[-1:].isdecimal() else text)
    if isinstance(read, Message) and (spelled := _SPELLED.fullmatch(_ASIDE.sub("", text).strip())):
        read = length(f"{spelled[1]} {unit(spelled[2].casefold())}")
    if isinstance(read, Message):
        pass
    elif read.number > _LONGEST:
        read = Message(N_("It may have {limit} working days at most."), {"limit": _LONGEST})
    elif read.measure == "percent":
        read = Message(N_("A duration is a number with a unit, such as 5d or 2w."))
    elif read.measure == "elapsed" and not task.by_the_clock:
        read = Message(N_("Tasks of this workshop cannot say that weekends count."))
    if isinstance(read, Message):
        faults.append(_unread(text, read))
        return None
    task.values[ELAPSED] = "yes" if read.measure == "elapsed" else ""
    return written_days(read.number)


def _work(text: str, _: Task, __: Named, faults: list[Message]) -> str | None:
    read = hours(text)
    if isinstance(read, Message):
        faults.append(_unread(text, read))
        return None
    return written_days(read)


def _after(text: str, task: Task, known: Named, faults: list[Message]) -> str:
    return ", ".join(map(written_link, known.links(text, task.unit, faults)))


def _who(text: str, _: Task, __: Named, faults: list[Message]) -> str:
    found, bad = assignments(text)
    faults += _parts(bad)
    return ", ".join(map(written_who, found))


def _until(text: str, task: Task, _: Named, faults: list[Message]) -> str | None:
    read = day(text, first=task.month_first)
    if isinstance(read, Message):
        faults.append(_unread(text, read))
        return None
    return read


def _event(text: str, _: Task, __: Named, faults: list[Message]) -> str | None:
    read = yes_or_no(text)
    if isinstance(read, Message):
        faults.append(_unread(text, read))
        return None
    return "yes" if read else ""


def _parts(bad: Sequence[Unreadable]) -> list[Message]:
    return [_unread(part.text, part.reason) for part in bad]


READERS: dict[str, Callable[[str, Task, Named, list[Message]], str | None]] = {
    "duration": _length,
    "after": _after,
    "resource": _who,
    "effort": _work,
    "deadline": _until,
    "milestone": _event,
}
