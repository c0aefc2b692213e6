"""A worker process: takes jobs from standard input or a socket, gives results.

Started as ``python -m clusterlab.batch.worker`` it is one itself. With ``ASKED TOLD WIRE...`` (see
`nursery`; as JSON what to load before there is a job, and descriptors of sockets) it forks one for
each wire and tells how they end.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import pickle
import queue
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Sequence
from typing import Any, BinaryIO, NoReturn

from clusterlab.batch.jobs import Drawing, Job, Place
from clusterlab.batch.loading import Loaded, load
from clusterlab.batch.nursery import ALONE, MEMORY, begin
from clusterlab.batch.work import run
from clusterlab.engine import linux

# When garbage is looked for: a notebook that is read or a document that is turned into JSON is tens
# of thousands of objects, of which none is any.
_GARBAGE = (20_000, 2, 50)
# After how many jobs what a large document took goes back to the system.
_TIDY = 32
# Of workers that could not be forked: where nobody holds them, Python waits for them in passing.
_begun: list[Any] = []


def main() -> None:
    """Be a worker, or fork workers and tell how they end."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    _settle()
    # What is loaded stays: there is nothing to look for in it, then or later.
    gc.disable()
    if len(sys.argv) == 1:
        _serve(sys.stdin.buffer, replies)
    replies.close()
    asked, told, *numbers = sys.argv[1:]
    wires = [int(number) for number in numbers]
    loaded = load(json.loads(asked), len(wires))
    if told == ALONE:
        _serve(*_ends(wires[0]))
    telling = socket.socket(fileno=int(told))
    telling.set_inheritable(False)
    workers = _forked(wires, loaded, telling)
    loaded.let_go()
    for wire in wires:
        os.close(wire)
    while workers:
        pid, status = os.wait()
        if pid in workers:
            ended = {workers.pop(pid): os.waitstatus_to_exitcode(status)}
            with contextlib.suppress(OSError):  # the build is gone
                telling.send(json.dumps(ended).encode())
    os._exit(0)  # to take down what is loaded takes a while, for which the build would wait


def _settle() -> None:
    """Be apart from whoever started the build."""
    # Whatever a library prints must not come between the results.
    sys.stdout = sys.stderr = os.fdopen(os.dup(sys.stderr.fileno()), "w", buffering=1)
    # Kernels inherit these two: what they say of themselves, as when one stops amid a message, is
    # for their developers; what cells print is in the notebook.
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no file
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    # Grammars of addresses, for a check that no notebook's schema asks for: they take longer to
    # load than everything else together.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # how imports are refused
    # What goes wrong in a notebook is in its result, in words.
    logging.disable()
    # All processors are busy with a notebook each; threads, Typst's too, would only wait for them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    # It counts when all documents are there, not when a cell is.
    linux.interrupt_nobody()
    # What is for this process's memory alone is not for notebooks and what they start.
    for name, value in MEMORY.items():
        if os.environ.get(name) == value:
            del os.environ[name]


def _forked(wires: Sequence[int], loaded: Loaded, telling: socket.socket) -> dict[int, int]:
    """Fork a worker for each wire.

    Returns
    -------
    dict
        Their numbers by their process ids.
    """
    workers: dict[int, int] = {}
    safe = linux.threads() == 1
    for number, wire in enumerate(wires):
        if not safe:
            _begun.append(begin({}, None, [wire]))
            workers[_begun[-1].pid] = number
        elif pid := os.fork():
            workers[pid] = number
        else:
            telling.close()
            for other in wires:
                if other != wire:
                    os.close(other)
            loaded.take(number)
            _serve(*_ends(wire))
    return workers


def _ends(number: int) -> tuple[BinaryIO, BinaryIO]:
    """Give what can be read from a socket and written to it."""
    wire = socket.socket(fileno=number)
    wire.set_inheritable(False)
    return wire.makefile("rb"), wire.makefile("wb")


def _serve(source: BinaryIO, replies: BinaryIO) -> NoReturn:
    """Serve jobs until the input ends; end at once when the build that started us is gone."""
    # All that jobs need for a while lies in one folder, so that none of it is left behind.
    tempfile.tempdir = tempfile.mkdtemp(prefix="clusterlab-")
    jobs: queue.Queue[Job | Drawing | Place] = queue.Queue()
    threading.Thread(target=_read, args=(source, jobs), daemon=True).start()
    done = 0
    while True:
        job = jobs.get()
        if isinstance(job, Place):
            linux.stay_on([job.processor])
            continue
        pickle.dump(run(job), replies, protocol=pickle.HIGHEST_PROTOCOL)
        replies.flush()
        done += 1
        if done % _TIDY == 0:
            linux.give_back()
        if not gc.isenabled():
            # Not looked for garbage: that would write to every page that workers share.
            gc.freeze()
            gc.set_threshold(*_GARBAGE)
            gc.enable()


def _read(source: BinaryIO, jobs: queue.Queue[Job | Drawing | Place]) -> None:
    while True:
        try:
            jobs.put(pickle.load(source))  # noqa: S301 - written by the build that started us
        except (EOFError, OSError):
            # The build is gone or done: stop at once, whatever the main thread is at.
            shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
            os._exit(0)


if __name__ == "__main__":
    main()
