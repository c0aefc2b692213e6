"""Speaking to the person at the console."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from clusterlab.errors import ClusterlabError, Message, Refusal, UsageError
from clusterlab.language import Language, choose, load

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
    if refusal.row:
        parts.append(_("row {row}", row=str(refusal.row)))
    if refusal.column:
        parts.append(_("column “{column}”", column=refusal.column))
    return f"{', '.join(filter(None, parts))}: {words.say(refusal.message)}"


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


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show progress: a bar with rate and time left on a terminal, else plain lines.

    Yields
    ------
    callable
        To be called with a line about each piece of work done.
    """
    if not sys.stdout.isatty():
        count = 0

        def line(text: str) -> None:
            nonlocal count
            count += 1
            say("{count}/{total} {text}", count=str(count), total=str(total), text=text)

        say(title)
        yield line
        return
    from rich.progress import (  # noqa: PLC0415 - only on a terminal
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
        TextColumn(_("left"), markup=False),
    )
    with Progress(*columns) as bar:
        task = bar.add_task(title, total=total, rate="")

        def step(text: str) -> None:
            bar.update(task, advance=1)
            speed = bar.tasks[0].speed
            rate = _("{rate} a minute", rate=f"{speed * 60:.0f}") if speed else ""
            bar.update(task, rate=f"{rate} {text[:40]}")

        yield step
