"""From the notes of a canvas of tasks to their schedule."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from clusterlab.errors import N_, Message
from clusterlab.methods.dependencies import Length, Unreadable, as_id, dependencies, length
from clusterlab.methods.load import ResourceLoad, resource_load
from clusterlab.methods.network import Task
from clusterlab.methods.resources import assignments
from clusterlab.methods.schedule import Schedule, ScheduledTask, schedule
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.tree import forest
from clusterlab.methods.values import day_of, number_of
from clusterlab.methods.workdays import Calendar, Timeline
from clusterlab.model import Note, one_line

DAY = N_("working day {number}")
_NO_DAY = N_("It should be a date such as 2026-11-20.")
#: A day as far from any deadline as `datetime` knows, so that its date cannot be told.
_FAR = N_("after the year 9999")
#: The field that says that a duration is in days of the calendar.
ELAPSED = "elapsed"
_ODD = Length(math.nan)
_SLIP = 1e-9  # what two floats of the same thousandths of a day may differ by


@dataclass(frozen=True, slots=True)
class Plan:
    """A canvas of tasks, scheduled.

    Parameters
    ----------
    notes
        Note of each task by the task's id, which is the note's spoken id.
    schedule
        When each task can and must be done.
    timeline
        Dates of the schedule's working days; ``None`` where nobody has said when work starts.
    unread
        Id of a task, name of its field, and what of it could not be read.
    near_days
        Tasks with so many working days more of float than the critical ones are near critical.
    placed
        Id of a task, the place in the breakdown by which it names one that it waits for, and the
        id of that.
    """

    notes: Mapping[str, Note]
    schedule: Schedule
    timeline: Timeline | None
    unread: tuple[tuple[str, str, Unreadable], ...] = ()
    near_days: float = 0
    placed: tuple[tuple[str, str, str], ...] = ()

    def near_critical(self, found: ScheduledTask) -> bool:
        """Tell whether a task is not critical, but would soon be if it slipped."""
        spare = found.total_float - self.schedule.least_float
        return not found.critical and spare <= self.near_days + _SLIP

    @property
    def by_the_clock(self) -> tuple[str, ...]:
        """Tasks that take elapsed time, or wait for some, so that weekdays matter to them."""
        waiting = {k.after for k in self.schedule.links if k.link.measure == "elapsed"}
        tasks = (found.task for found in self.schedule.tasks if not found.summary)
        return tuple(t.id for t in tasks if t.id in waiting or (t.elapsed and t.duration))

    def load(self) -> tuple[ResourceLoad, ...]:
        """Give what each person or role has to do on each day."""
        return resource_load(self.schedule)

    def span(self, start: float, finish: float) -> tuple[date | Message, date | Message]:
        """Say on which days work from one time to another starts and ends.

        Without a start date, days are numbered from 1, as people count.
        """
        if self.timeline is None:
            last = math.ceil(finish) or 1  # nothing before the first day
            first = math.floor(start) + 1 if finish > start else last
            return Message(DAY, {"number": first}), Message(DAY, {"number": last})
        begins, ends = self.timeline.span(start, finish)
        return begins or Message(_FAR), ends or Message(_FAR)

    def early(self, found: ScheduledTask) -> tuple[date | Message, date | Message]:
        """Say on which days a task starts and ends at the earliest."""
        return self.span(found.early_start, found.early_finish)

    def late(self, found: ScheduledTask) -> tuple[date | Message, date | Message]:
        """Say on which days a task must start and end."""
        return self.span(found.late_start, found.late_finish)


def plan_of(sheet: Sheet) -> Plan:
    """Schedule the tasks of a canvas.

    Work starts on the day of the workshop; where there is none, working days are numbered and
    deadlines cannot be compared. A task is called by its spoken id; a number alone means the task
    with the canvas's letter before it. What a task is part of is read as its breakdown reads it;
    a task may also be called by its place there, such as T1.2.
    What cannot be read is left out and told.
    """
    timeline = _timeline(sheet.day, sheet.calendar)
    notes: dict[str, Note] = {}
    for note in sheet.board:
        name = as_id(note.spoken)
        notes[name if name and name not in notes else note.id] = note
    reading = _Reading(sheet, notes, timeline)
    tasks = [reading.task(name) for name in notes]
    near = sheet.settings.near_critical_days
    found = schedule(tasks, timeline=timeline)
    return Plan(notes, found, timeline, tuple(reading.unread), near, tuple(reading.placed))


def _timeline(day: str, calendar: Calendar) -> Timeline | None:
    found = day_of(day)
    return Timeline(found, calendar) if found else None


class _Reading:
    """Reads the notes of a canvas as tasks, and keeps what it could not read."""

    def __init__(self, sheet: Sheet, notes: Mapping[str, Note], timeline: Timeline | None) -> None:
        self._notes, self._timeline = notes, timeline
        self._letters = [block.letter for block in sheet.kind.blocks]
        self._tree = forest(sheet.board)
        self._names = {note.id: name for name, note in notes.items()}
        self.unread: list[tuple[str, str, Unreadable]] = []
        self.placed: list[tuple[str, str, str]] = []

    def task(self, name: str) -> Task:
        """Read a note as a task."""
        note, timeline = self._notes[name], self._timeline
        after, bad_after = dependencies(_text(note, "after"))
        resources, bad_resources = assignments(_text(note, "resource"))
        deadline = day_of(note.get("deadline"))
        duration = duration_of(note)
        self.unread += [(name, "after", bad) for bad in bad_after]
        self.unread += [(name, "resource", bad) for bad in bad_resources]
        if deadline is None and (text := _text(note, "deadline")):
            self.unread.append((name, "deadline", Unreadable(text[:60], Message(_NO_DAY))))
        waits = (replace(k, predecessor=self._called(k.predecessor, name)) for k in after)
        return Task(
            id=name,
            name=one_line(note.text),
            duration=duration.number if duration else None,
            milestone=note.get("milestone") == "yes",
            after=tuple(dict.fromkeys(waits)),
            deadline=timeline.until(deadline) if timeline and deadline else None,
            parent=self._names.get(self._tree.branches[note.id].parent, ""),
            resources=resources,
            elapsed=duration is not None and duration.measure == "elapsed",
        )

    def _called(self, said: str, by: str) -> str:
        """Give the id of the task that another calls so; what none is called stays as it is."""
        plain = said.replace(".", "").isdecimal()
        choices = [said, *(f"{letter}{said}" for letter in self._letters if plain)]
        if found := next((i for i in choices if i in self._notes), ""):
            return found
        if "." in said and (branch := next(filter(None, map(self._tree.find, choices)), None)):
            found = self._names[branch.note.id]
            self.placed.append((by, said, found))
            return found
        return said


def _text(note: Note, field: str) -> str:
    """Give a field as text, whatever old data holds in it."""
    value = note.get(field)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return str(value).strip()
    except ValueError:  # a number with too many digits
        return ""


def duration_of(note: Note) -> Length | None:
    """Give how long a task takes; not a number where there is a value that is none."""
    value = note.get("duration")
    if value is None or value == "":
        return None
    if isinstance(value, str):
        read = length(value)
        found = _ODD if isinstance(read, Message) or read.measure == "percent" else read
    else:
        number = number_of(value)
        found = _ODD if number is None else Length(number)
    return replace(found, measure="elapsed") if note.get(ELAPSED) == "yes" else found


def working_days(note: Note) -> float | None:
    """Give the working days that a task takes, as `duration_of` does; none of elapsed time."""
    found = duration_of(note)
    return found.number if found and found.measure == "working" else None
