"""The clock behind working days, for elapsed time: the hours in which they are worked."""

from __future__ import annotations

from clusterlab.methods.network import ELAPSED_TICKS, TICKS
from clusterlab.methods.workdays import Timeline

#: Working days are worked from 8 to 12 and from 13 to 17, as project programs have it by default.
_MORNING, _NOON, _PAUSE = TICKS, TICKS // 2, ELAPSED_TICKS // 24


class Workdays:
    """Time as it is counted without a clock: only working time passes.

    An *instant* is a point on the axis of a schedule; here it is working time itself.
    """

    def work(self, instant: int) -> int:
        """Give the working time before an instant, in ticks."""
        return instant

    def first(self, work: int) -> int:
        """Give the first instant with so much working time before it: an evening, not a morning."""
        return work

    def last(self, work: int) -> int:
        """Give the last instant with so much working time before it: a morning, not an evening."""
        return work


class Clock(Workdays):
    """Time as the clock shows it, in ticks since the midnight before the project starts.

    Between an evening and the next morning of work many instants have the same working time
    before them; elapsed time passes there too.

    Parameters
    ----------
    timeline
        When the project starts, and which days are worked.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._calendar = timeline.calendar
        self._origin = timeline.start.toordinal()
        self._before = self._calendar.before(self._origin)

    def work(self, instant: int) -> int:
        """Give the working time before an instant, in ticks."""
        day, time = divmod(instant, ELAPSED_TICKS)
        before = self._calendar.before(self._origin + day)
        worked = self._calendar.before(self._origin + day + 1) > before
        return (before - self._before) * TICKS + (_worked(time) if worked else 0)

    def first(self, work: int) -> int:
        """Give the first instant with so much working time before it."""
        number, rest = divmod(work - 1, TICKS)
        return self._day(number) + _time(rest) + 1

    def last(self, work: int) -> int:
        """Give the last instant with so much working time before it."""
        number, rest = divmod(work, TICKS)
        return self._day(number) + _time(rest)

    def _day(self, number: int) -> int:
        ordinal = self._calendar.ordinal(self._before + number)
        return (ordinal - self._origin) * ELAPSED_TICKS


def _worked(time: int) -> int:
    """Give how much of a working day is over at a time of the day."""
    morning = min(max(time - _MORNING, 0), _NOON)
    return morning + min(max(time - _MORNING - _NOON - _PAUSE, 0), TICKS - _NOON)


def _time(worked: int) -> int:
    """Give the time of the day at which work goes on that has come so far."""
    return _MORNING + worked + (_PAUSE if worked >= _NOON else 0)
