"""Worker processes: one job each at a time; a worker that dies costs only its own job."""

from __future__ import annotations

import contextlib
import os
import pickle
import site
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

import clusterlab
from clusterlab.batch.jobs import Job, Result
from clusterlab.errors import N_, Message


def run_all(
    jobs: Iterable[Job], workers: int, output: Path, done: Callable[[Job, Result], None]
) -> None:
    """Run jobs in worker processes.

    Papermill changes the working directory of its process, so each job needs a process of its
    own; a worker serves many jobs one after the other.

    Parameters
    ----------
    jobs
        Taken one by one as workers become free, so that few are in memory at a time.
    workers
        How many processes.
    output
        The build's output folder.
    done
        Called with each job and its result, from one thread at a time.
    """
    lock = threading.Lock()
    queue = iter(jobs)
    stop = threading.Event()
    failures: list[BaseException] = []

    def serve() -> None:
        try:
            with contextlib.closing(_Worker(output)) as worker:
                while not stop.is_set():
                    with lock:
                        job = next(queue, None)
                    if job is None:
                        return
                    result = worker.run(job)
                    with lock:
                        done(job, result)
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            failures.append(error)
            stop.set()

    threads = [threading.Thread(target=serve) for _ in range(workers)]
    with _joined(threads, stop):
        for thread in threads:
            thread.start()
    if failures:
        raise failures[0]


@contextlib.contextmanager
def _joined(threads: list[threading.Thread], stop: threading.Event) -> Iterator[None]:
    """Wait for threads, also when the person interrupts: running jobs end, no new one starts."""
    try:
        yield
        for thread in threads:
            thread.join()
    finally:
        stop.set()
        for thread in threads:
            if thread.ident is not None:
                thread.join()


def _environment() -> dict[str, str]:
    """Let workers and their kernels import this very clusterlab, also from a checkout."""
    place = str(Path(clusterlab.__file__).resolve().parent.parent)
    environment = dict(os.environ)
    if place not in site.getsitepackages():
        paths = [place, environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return environment


class _Worker:
    """A process that runs jobs; started again when it dies."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, job: Job) -> Result:
        process = self._started()
        try:
            pickle.dump(job, process.stdin)  # type: ignore[arg-type]  # it is a pipe
            process.stdin.flush()  # type: ignore[union-attr]
            return cast("Result", pickle.load(process.stdout))  # type: ignore[arg-type]  # noqa: S301 - our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            code = process.returncode
            message = Message(
                N_("The process that ran the job died (code {code})."), {"code": str(code)}
            )
            return Result(job.key, "failed", error=message)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # -P: a file in the current folder must not stand in for a library.
            command = [sys.executable, "-P", "-m", "clusterlab.batch.worker", str(self._output)]
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
