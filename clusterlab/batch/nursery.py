"""Starting worker processes: what all of them load is loaded once, by the one they are forked from.

What cannot be forked safely (on other systems, or where a library started a thread) is started
afresh instead, as is a worker in the place of one that died.
"""

from __future__ import annotations

import contextlib
import json
import os
import site
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

import clusterlab
from clusterlab.batch.jobs import ENGINE, Job
from clusterlab.engine.preload import wanted

#: How glibc hands out memory to a worker: from one place, in large pages. Typst asks for very many
#: small pieces, in a thread of its own. Read when a process starts; other systems do not look.
MEMORY = {"GLIBC_TUNABLES": "glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1"}
#: Stands for the socket of a nursery where a process is to be a worker itself.
ALONE = "-"
_WORKER = "clusterlab.batch.worker"


class Process:
    """A worker process as the build sees it.

    Parameters
    ----------
    reading, writing
        What comes from it and goes to it.
    ended
        Waits until it has ended, once both are closed, and tells how; none where nobody knows.
    """

    def __init__(
        self, reading: BinaryIO, writing: BinaryIO, ended: Callable[[], int | None]
    ) -> None:
        self.reading, self.writing, self._ended = reading, writing, ended

    def close(self) -> int | None:
        """End it: at the end of its input it stops by itself.

        Returns
        -------
        int or None
            How it ended; none where nobody knows.
        """
        for end in (self.writing, self.reading):
            with contextlib.suppress(OSError):
                end.close()
        return self._ended()


def start(count: int, first: Job) -> list[Process]:
    """Start worker processes, at least so many.

    Parameters
    ----------
    count
        How many.
    first
        A job: what it needs is loaded before they ask for one.
    """
    found: list[Process] = []
    if _expected:
        found = _expected.pop().processes
    if sys.platform != "linux":
        return [alone() for _ in range(count)]
    if len(found) < count:
        formats = () if first.templates else first.formats
        source = first.source if first.engine == ENGINE else ""
        found += Nursery(count - len(found), asked(formats, source)).processes
    return found


def alone() -> Process:
    """Start one worker process that has loaded nothing yet."""
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-P", "-m", _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    ends = cast("BinaryIO", process.stdout), cast("BinaryIO", process.stdin)
    return Process(*ends, process.wait)


def begin(load: Mapping[str, Any], told: socket.socket | None, wires: Sequence[int]) -> Any:
    """Start a process that is a worker, or that forks workers.

    Parameters
    ----------
    load
        What to load before there is a job.
    told
        On which it tells how workers ended; none where it is to be a worker itself.
    wires
        Descriptors of the workers' sockets.
    """
    ends = [told.fileno()] if told else []
    numbers = [str(told.fileno()) if told else ALONE, *map(str, wires)]
    return subprocess.Popen(  # noqa: S603 - our own module
        # -P: a file in the current folder must not stand in for a library.
        [sys.executable, "-P", "-m", _WORKER, json.dumps(load), *numbers],
        pass_fds=[*ends, *wires],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=_environment(),
        # An interrupt is for the build: it lets running jobs end and starts no other.
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    """Let workers and their kernels import this very clusterlab, also from a checkout."""
    place = str(Path(clusterlab.__file__).resolve().parent.parent)
    environment = {**MEMORY, **os.environ}
    if place not in site.getsitepackages():
        paths = [place, environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return environment


def asked(formats: Sequence[str], source: str) -> dict[str, Any]:
    """Tell what workers are to load.

    Parameters
    ----------
    formats
        Of their documents.
    source
        A notebook as JSON: what it imports is loaded; "" for none.
    """
    cells: list[str] = []
    with contextlib.suppress(ValueError, TypeError, KeyError):  # its own job will say it
        cells = ["".join(cell["source"]) for cell in json.loads(source)["cells"]]
    return {"formats": formats, "preload": wanted(None, cells) if cells else ()}


def expect(nursery: Nursery | None) -> None:
    """Keep a nursery for the next `start`; end the one that was kept and is not needed."""
    while _expected:
        _expected.pop().stop()
    if nursery:
        _expected.append(nursery)


class Nursery:
    """A process that forks workers, and tells how each of them ended.

    Parameters
    ----------
    count
        How many workers.
    load
        What they load before there is a job, as `asked` gives it; empty for nothing.
    """

    def __init__(self, count: int, load: Mapping[str, Any]) -> None:
        pairs = [socket.socketpair() for _ in range(count)]
        self._told, telling = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with telling:
            wires = [its.fileno() for _, its in pairs]
            self._process = begin(load, telling, wires)
        for _, its in pairs:
            its.close()
        self._ends: dict[int, int] = {}
        self._left = count
        self._lock = threading.Lock()
        self.processes = [self._born(wire, number) for number, (wire, _) in enumerate(pairs)]

    def _born(self, wire: socket.socket, number: int) -> Process:
        with wire:  # both files hold it open
            ends = wire.makefile("rb"), wire.makefile("wb")
        return Process(*ends, lambda: self._ended(number))

    def stop(self) -> None:
        """End what was begun and is not needed."""
        self._process.kill()
        for process in self.processes:
            process.close()

    def _ended(self, number: int) -> int | None:
        with self._lock:
            self._left -= 1
            while number not in self._ends and (said := self._told.recv(1 << 10)):
                self._ends |= {int(key): code for key, code in json.loads(said).items()}
            if not self._left:
                self._told.close()
                self._process.wait()
            # Where it did not tell, it was ended itself, and its workers with it.
            code: int | None = self._ends.get(number, self._process.poll())
            return code


#: What was begun early, at most one.
_expected: list[Nursery] = []
