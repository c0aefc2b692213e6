"""A command and all that it starts: its memory, its time, and whether it started anything."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

#: Seconds between two looks at what a tree of processes holds.
EVERY = 0.1
#: In ``/proc/<pid>/stat``, after the command's name: page faults of children that were waited for.
_CHILDREN_FAULTS = 8


def family(pid: int) -> Iterator[int]:
    """Give a process and all that descend from it."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in tasks.read_text(encoding="ascii").split():
                yield from family(int(child))


def held(pid: int) -> int:
    """Give the bytes that a process holds, pages shared with others by their share."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return 1024 * int(line.split()[1])
    return 0


class Peak:
    """Watches how much processes and their descendants hold at the most, all together."""

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self.bytes = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            now = sum(held(member) for pid in self._pids for member in family(pid))
            self.bytes = max(self.bytes, now)


@dataclass(frozen=True)
class Ran:
    """What a command took.

    Parameters
    ----------
    seconds
        From its start to its end.
    peak
        The most bytes that it and its descendants held at a time; 0 where nobody looked.
    forked
        Whether it started a process and waited for it.
    said
        What it printed.
    """

    seconds: float
    peak: int
    forked: bool
    said: str


def run(
    command: Sequence[str], environment: dict[str, str], log: Path, *, watched: bool = True
) -> Ran:
    """Run a command to its end.

    Parameters
    ----------
    watched
        Whether to look at its memory, which takes time from it.

    Raises
    ------
    RuntimeError
        Where it fails.
    """
    with log.open("w+", encoding="utf-8") as file:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file
        )
        with Peak(*[process.pid] * watched) as peak:
            # Left to be waited for, so that what the system counted of it can still be read.
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            seconds = time.perf_counter() - began
        counted = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        code = process.wait()
        file.seek(0)
        said = file.read()
    if code:
        message = f"{' '.join(command)} ended with {code}:\n{said[-2000:]}"
        raise RuntimeError(message)
    return Ran(seconds, peak.bytes, int(counted.split()[_CHILDREN_FAULTS]) > 0, said)
