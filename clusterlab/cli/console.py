"""Speaking to the person at the console."""

from __future__ import annotations

import locale
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from clusterlab.errors import ClusterlabError, Message, Refusal, UsageError
from clusterlab.language import Language, choose, load

if TYPE_CHECKING:  # loading it takes a while
    from clusterlab.exchange import Collected, Report

FAILED, WRONG = 1, 2


def console_language() -> Language:
    """Give the language that the computer is set to, where there is a catalogue."""
    wishes = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    wishes.append(locale.getlocale()[0] or "")
    return load(choose([w.split(".")[0].replace("_", "-") for w in wishes]))


words = console_language()


def _(text: str, **fields: Any) -> str:
    """Put a text into words of the console's language."""
    return words.say(text, **fields)


def say(message: Message | str, *, error: bool = False, **fields: Any) -> None:
    """Print a sentence."""
    text = words.say(message, **fields)
    stream = sys.stderr if error else sys.stdout
    click.echo(_printable(text, stream.encoding or "ascii"), err=error)


def _printable(text: str, encoding: str) -> str:
    """Keep text from steering the terminal, and from failing in a poor encoding."""
    safe = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
    return safe.encode(encoding, "replace").decode(encoding)


def as_argument(path: Path) -> str:
    """Write a path as it is typed on a command line: in quotes where it has blanks."""
    text = str(path)
    return f'"{text}"' if " " in text else text


def today(zone: str) -> str:
    """Give the day it is in a time zone, as ISO 8601; in UTC where the zone is unknown."""
    try:
        return datetime.now(ZoneInfo(zone)).date().isoformat()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.now(UTC).date().isoformat()


def refusal_line(refusal: Refusal) -> str:
    """Say where something was refused, and why."""
    parts = [refusal.file, refusal.sheet]
    if refusal.cell:
        parts.append(_("cell {cell}", cell=refusal.cell))
    elif refusal.row:
        parts.append(_("row {row}", row=str(refusal.row)))
    if refusal.column:
        parts.append(_("column “{column}”", column=refusal.column))
    return f"{', '.join(filter(None, parts))}: {words.say(refusal.message)}"


def plain_refusals(refusals: Iterable[Refusal]) -> list[dict[str, Any]]:
    """Give refusals as JSON tells them."""
    return [{**asdict(refusal), "message": words.say(refusal.message)} for refusal in refusals]


def plain_report(report: Report | Collected) -> dict[str, Any]:
    """Give what became of a file as JSON tells it."""
    return {
        **asdict(report),
        "refusals": plain_refusals(report.refusals),
        "notices": [words.say(notice) for notice in report.notices],
    }


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn our errors into a sentence and an exit code; nobody sees a traceback."""
    try:
        yield
    except ClusterlabError as error:
        say(error.message, error=True)
        raise SystemExit(WRONG if isinstance(error, UsageError) else FAILED) from None
    except OSError as error:
        place, reason = str(error.filename or ""), error.strerror or type(error).__name__
        say(
            _("“{file}”: {reason}.", file=place, reason=reason) if place else reason,
            error=True,
        )
        raise SystemExit(FAILED) from None


def duration(seconds: float) -> str:
    """Write a length of time as a clock does: 0:45, 1:02:03."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Pace:
    """How fast work goes on, by the last pieces of it that were done.

    Parameters
    ----------
    total
        How many pieces there are.
    clock
        Gives seconds.
    """

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.count = 0
        self._total = total
        self._clock = clock
        self._times = deque([clock()], maxlen=101)

    def step(self) -> str:
        """Count a piece, and give the rate and the time that is left."""
        self.count += 1
        self._times.append(self._clock())
        passed = self._times[-1] - self._times[0]
        if passed <= 0:
            return ""
        rate = (len(self._times) - 1) / passed
        left = duration((self._total - self.count) / rate)
        if rate >= 1:
            return _("{rate} per second, {time} left", rate=f"{rate:.1f}", time=left)
        return _("{rate} per minute, {time} left", rate=f"{rate * 60:.1f}", time=left)


#: How many of the first plain lines are all printed, and the seconds between two later ones.
_FIRST, _EVERY = 10, 10.0


@contextmanager
def progress(
    title: str, total: int, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[str], None]]:
    """Show progress with rate and time left: a bar on a terminal, else some plain lines.

    Yields
    ------
    callable
        To be called with a line about each piece of work done.
    """
    pace = Pace(total, clock)
    if not sys.stdout.isatty():
        printed = clock()

        def line(text: str) -> None:
            nonlocal printed
            speed, now = pace.step(), clock()
            if _FIRST < pace.count < total and now - printed < _EVERY:
                return
            printed = now
            # Progress that is read from a file is read while it grows.
            say(f"{pace.count}/{total} {' · '.join(filter(None, (text, speed)))}")
            sys.stdout.flush()

        say(title)
        yield line
        return
    from rich.progress import (  # noqa: PLC0415 - only on a terminal
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}", markup=False),
    )
    with Progress(*columns) as bar:
        task = bar.add_task(title, total=total, said="")

        def step(text: str) -> None:
            bar.update(task, advance=1, said=f"{pace.step()} {text[:40]}")

        yield step
