"""A worker process: takes jobs from standard input, gives results on standard output."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import queue
import shutil
import sys
import tempfile
import threading
from typing import BinaryIO

from clusterlab.batch.jobs import Drawing, Job
from clusterlab.batch.pool import MEMORY
from clusterlab.batch.work import run


def main() -> None:
    """Serve jobs until the input ends; end at once when the build that started us is gone."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
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
    # What is for this process's memory alone is not for notebooks and what they start.
    for name, value in MEMORY.items():
        if os.environ.get(name) == value:
            del os.environ[name]
    # All that jobs need for a while lies in one folder, so that none of it is left behind.
    tempfile.tempdir = tempfile.mkdtemp(prefix="clusterlab-")
    jobs: queue.Queue[Job | Drawing] = queue.Queue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, jobs), daemon=True).start()
    # What the first job loads, stays: there is nothing to look for in it, then or later.
    gc.disable()
    while True:
        pickle.dump(run(jobs.get()), replies, protocol=pickle.HIGHEST_PROTOCOL)
        replies.flush()
        if not gc.isenabled():
            gc.collect()
            gc.freeze()
            gc.enable()


def _read(source: BinaryIO, jobs: queue.Queue[Job | Drawing]) -> None:
    while True:
        try:
            jobs.put(pickle.load(source))  # noqa: S301 - written by the build that started us
        except EOFError:
            # The build is gone or done: stop at once, whatever the main thread is at.
            shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
            os._exit(0)


if __name__ == "__main__":
    main()
