"""Worker processes: one job each at a time; a worker that dies costs only its own job."""

from __future__ import annotations

import contextlib
import os
import pickle
import site
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

import clusterlab
from clusterlab.batch.flow import Flow
from clusterlab.batch.jobs import WORKER_DIED, Drawing, Job, Result
from clusterlab.errors import Message

#: How glibc hands out memory to a worker: from one place, in large pages. Typst asks for very many
#: small pieces, in a thread of its own. Read when a process starts; other systems do not look.
MEMORY = {"GLIBC_TUNABLES": "glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1"}


def run_all(
    jobs: Iterable[Job], workers: int, done: Callable[[Job, Result], None], retries: int = 0
) -> None:
    """Run jobs in worker processes of this computer.

    Papermill changes the working directory of its process, so each job needs a process of its
    own; a worker serves many jobs one after the other.

    Parameters
    ----------
    jobs
        Taken one by one as workers become free, so that few are in memory at a time.
    workers
        How many processes.
    done
        Called with each job and its result, from one thread.
    retries
        How often a job is tried again that lost its process.
    """
    flow = Flow(jobs, done)

    def serve() -> None:
        with contextlib.closing(Worker()) as worker:
            while (job := flow.take()) is not None:
                flow.give(job, _tried(worker, job, retries))

    flow.run([serve] * workers)


def _tried(worker: Worker, job: Job, retries: int) -> Result:
    result = worker.run(job)
    for _ in range(retries):
        if not result.died:
            break
        result = worker.run(job)
    return result


class Worker:
    """A process that runs jobs; started when there is one, and again when it dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, job: Job | Drawing) -> Result:
        """Run a job or draw a document; that the process died under it is a result, too."""
        process = self._started()
        try:
            pickle.dump(job, process.stdin)  # type: ignore[arg-type]  # it is a pipe
            process.stdin.flush()  # type: ignore[union-attr]
            return cast("Result", pickle.load(process.stdout))  # type: ignore[arg-type]  # noqa: S301 - our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            return Result(
                job.key, "failed", error=Message(WORKER_DIED, {"code": str(process.returncode)})
            )

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # -P: a file in the current folder must not stand in for a library.
            command = [sys.executable, "-P", "-m", "clusterlab.batch.worker"]
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                # An interrupt is for the build: it lets running jobs end and starts no other.
                start_new_session=True,
            )
        return self._process

    def close(self) -> None:
        """End the process: at the end of its input it stops by itself."""
        if self._process is not None:
            process, self._process = self._process, None
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()


def _environment() -> dict[str, str]:
    """Let workers and their kernels import this very clusterlab, also from a checkout."""
    place = str(Path(clusterlab.__file__).resolve().parent.parent)
    environment = {**MEMORY, **os.environ}
    if place not in site.getsitepackages():
        paths = [place, environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return environment
