"""Worker processes: one job each at a time; a worker that dies costs only its own job."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable, Iterable
from itertools import chain
from typing import cast

from clusterlab.batch.flow import Flow
from clusterlab.batch.jobs import WORKER_DIED, Drawing, Job, Place, Result
from clusterlab.batch.nursery import Process, alone, start
from clusterlab.engine import linux
from clusterlab.errors import Message


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
    rest = iter(jobs)
    if (first := next(rest, None)) is None:
        return
    flow = Flow(chain([first], rest), done)
    processes = start(workers, first)
    places = _places(workers)

    def serve() -> None:
        with contextlib.closing(Worker(processes.pop(), places.pop())) as worker:
            while (job := flow.take()) is not None:
                flow.give(job, _tried(worker, job, retries))

    try:
        flow.run([serve] * workers)
    finally:
        # Those whose turn never came: more were begun, or the person stopped the build at once.
        for process in processes:
            process.close()


def _places(workers: int) -> list[Place | None]:
    """Give each worker a processor, where each processor gets as many workers.

    A worker and its notebook's process mostly wait for one another. Left to itself the system moves
    both about all the time, and now and then lets one processor wait while another has too much.
    """
    processors = linux.processors()
    if not processors or workers % len(processors):
        return [None] * workers
    return [Place(processors[number % len(processors)]) for number in range(workers)]


def _tried(worker: Worker, job: Job, retries: int) -> Result:
    result = worker.run(job)
    for _ in range(retries):
        if not result.died:
            break
        result = worker.run(job)
    return result


class Worker:
    """A process that runs jobs; started when there is one, and again when it dies.

    Parameters
    ----------
    process
        One that has been started.
    place
        Where it is to run; none for wherever the system has it.
    """

    def __init__(self, process: Process | None = None, place: Place | None = None) -> None:
        self._process, self._place = process, place
        self._untold = place

    def run(self, job: Job | Drawing) -> Result:
        """Run a job or draw a document; that the process died under it is a result, too."""
        if self._process is None:
            self._process, self._untold = alone(), self._place
        process = self._process
        try:
            if self._untold:
                pickle.dump(self._untold, process.writing)
                self._untold = None
            pickle.dump(job, process.writing)
            process.writing.flush()
            return cast("Result", pickle.load(process.reading))  # noqa: S301 - our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            code = process.close()
            self._process = None
            return Result(job.key, "failed", error=Message(WORKER_DIED, {"code": str(code)}))

    def close(self) -> None:
        """End the process: at the end of its input it stops by itself."""
        if self._process is not None:
            self._process.close()
            self._process = None
