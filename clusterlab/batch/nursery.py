"""Starting worker processes: what all of them load is loaded once, by the one they are forked from.

What cannot be forked safely (on other systems, or where a library started a thread) is started
afresh instead.
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
from collections.abc import Mapping, Sequence
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


class Process:
    """A worker process as the build sees it.

    Parameters
    ----------
    wire
        The socket to it.
    nursery
        What started it.
    number
        Which of the nursery's it is.
    """

    def __init__(self, wire: socket.socket, nursery: Nursery, number: int) -> None:
        self._wire, self._nursery, self._number = wire, nursery, number
        self.reading: BinaryIO = wire.makefile("rb")
        self.writing: BinaryIO = wire.makefile("wb")

    def close(self) -> int | None:
        """End it: at the end of its input it stops by itself.

        Returns
        -------
        int or None
            How it ended; none where nobody knows.
        """
        for end in (self.writing, self.reading, self._wire):
            with contextlib.suppress(OSError):
                end.close()
        return self._nursery.ended(self._number)


def start(count: int, first: Job | None = None) -> list[Process]:
    """Start worker processes.

    Parameters
    ----------
    count
        How many.
    first
        A job: what it needs is loaded before they ask for one.
    """
    if count > 1 and sys.platform != "linux":
        return [process for _ in range(count) for process in start(1)]
    if _expected:
        nursery = _expected.pop()
        while len(nursery.processes) > count:
            nursery.processes.pop().close()
        return nursery.processes + start(count - len(nursery.processes))
    if not count:
        return []
    if first is None:
        return Nursery(count, {}).processes
    formats = () if first.templates else first.formats
    source = first.source if first.engine == ENGINE else ""
    return Nursery(count, asked(formats, source)).processes


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
        [sys.executable, "-P", "-m", "clusterlab.batch.worker", json.dumps(load), *numbers],
        pass_fds=[*ends, *wires],
        stdin=subprocess.DEVNULL,
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
    """A process that forks workers, and how each of them ended; or a worker alone.

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
            self._process = begin(load, telling if count > 1 else None, wires)
        for _, its in pairs:
            its.close()
        self._alone = count == 1
        self._ends: dict[int, int] = {}
        self._left = count
        self._lock = threading.Lock()
        self.processes = [Process(wire, self, n) for n, (wire, _) in enumerate(pairs)]

    def stop(self) -> None:
        """End what was begun and is not needed."""
        self._process.kill()
        self._alone = True  # no one tells any more
        for process in self.processes:
            process.close()

    def ended(self, number: int) -> int | None:
        """Wait until a worker whose socket is closed has ended, and tell how."""
        with self._lock:
            self._left -= 1
            while not self._alone and number not in self._ends:
                if not (said := self._told.recv(1 << 10)):
                    break
                self._ends |= {int(key): code for key, code in json.loads(said).items()}
            if not self._left:
                self._told.close()
                self._process.wait()
        return (
            cast("int | None", self._process.returncode) if self._alone else self._ends.get(number)
        )


#: What was begun early, at most one.
_expected: list[Nursery] = []
