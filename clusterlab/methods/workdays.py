"""Working days: from numbered working days to dates and back."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

#: Monday to Friday, as `datetime.date.weekday` counts.
WEEK = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked.

    Parameters
    ----------
    weekdays
        Days of the week that are worked, Monday is 0; at least one.
    holidays
        Days that are not worked although they are such weekdays.

    Raises
    ------
    ValueError
        Where no day of the week is worked, or one is no day of the week.
    """

    weekdays: tuple[int, ...] = WEEK
    holidays: frozenset[date] = frozenset()
    #: Numbers of the holidays among the worked weekdays, and how many working days lie before each.
    _off: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())
    _before: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        week = tuple(sorted(set(self.weekdays)))
        if not week or not set(week) <= set(range(7)):
            raise ValueError(self.weekdays)
        object.__setattr__(self, "weekdays", week)
        days = sorted(d for d in self.holidays if d.weekday() in week)
        off = tuple(self._weekday_number(d.toordinal()) for d in days)
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_before", tuple(n - i for i, n in enumerate(off)))

    def works(self, day: date) -> bool:
        """Tell whether a day is worked."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def number(self, day: date) -> int:
        """Count the working days before a day, since the year 1."""
        return self.before(day.toordinal())

    def day(self, number: int) -> date | None:
        """Give the working day before which so many lie; ``None`` outside the years 1 to 9999."""
        ordinal = self.ordinal(number)
        return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None

    def before(self, ordinal: int) -> int:
        """Count the working days before a day by its number, also beyond the years 1 to 9999."""
        found = self._weekday_number(ordinal)
        return found - bisect_left(self._off, found)

    def ordinal(self, number: int) -> int:
        """Give the number of the day before which so many working days lie."""
        number += bisect_right(self._before, number)
        weeks, rest = divmod(number, len(self.weekdays))
        return 1 + 7 * weeks + self.weekdays[rest]

    def _weekday_number(self, ordinal: int) -> int:
        """Count the worked weekdays before a day, holidays among them; day 1 was a Monday."""
        weeks, rest = divmod(ordinal - 1, 7)
        return weeks * len(self.weekdays) + bisect_left(self.weekdays, rest)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dates of a schedule that counts working days from 0.

    Time 0 is the morning of the first working day, time 5 the evening of the fifth, which is also
    the morning of the sixth. So a start is told by the day that follows it and a finish by the
    day before it: a task from 0 to 5 begins on the first working day and ends on the fifth.

    Parameters
    ----------
    start
        Day on which the project starts; where it is not worked, the next one that is.
    calendar
        Which days are worked.
    """

    start: date
    calendar: Calendar = Calendar()

    def begins(self, time: float) -> date | None:
        """Give the date of the working day that a time begins or lies in."""
        return self._day(math.floor(time))

    def ends(self, time: float) -> date | None:
        """Give the date of the working day that a time ends or lies in."""
        return self._day(math.ceil(time) - 1)

    def span(self, start: float, finish: float) -> tuple[date | None, date | None]:
        """Give the first and the last working day that a task takes.

        A task that takes no time, such as a milestone, lies on the day that ends with it; at the
        start of the project on the first.
        """
        if finish > start:
            return self.begins(start), self.ends(finish)
        day = self.ends(finish) if finish else self.begins(0)
        return day, day

    def until(self, day: date) -> int:
        """Give the time at which a day ends, as deadlines are meant.

        A deadline on a day that is not worked is kept by working until the last day before it that
        is. One before the start gives less than 1.
        """
        after = day + timedelta(days=1) if day < date.max else day
        return self.calendar.number(after) - self.calendar.number(self.start)

    def _day(self, number: int) -> date | None:
        return self.calendar.day(self.calendar.number(self.start) + number)
