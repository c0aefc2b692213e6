"""What a Dask worker does: it passes jobs to processes of its own."""

from __future__ import annotations

import atexit

from clusterlab.batch.jobs import Job, Result
from clusterlab.batch.plan import own_program
from clusterlab.batch.pool import Worker
from clusterlab.errors import N_, WorkshopError

#: Under which name the cluster tells the build that a job starts.
TOPIC = "clusterlab-started"

#: Processes that wait for a job; there are never more than a worker has threads.
_idle: list[Worker] = []


def run_job(job: Job, program: str) -> Result:
    """Run a job in a process beside the Dask worker's own.

    A notebook changes the working directory and may take its process down; Dask's process runs
    other jobs in other threads.

    Parameters
    ----------
    program
        What the build's own version of the program is told by.

    Raises
    ------
    WorkshopError
        Where this worker's version is another: its documents would be others, too.
    """
    from distributed import get_worker  # noqa: PLC0415 - part of an extra

    worker = get_worker()
    if program != own_program():
        raise WorkshopError(
            N_(
                "The worker at “{address}” has another version of clusterlab, or of what it makes "
                "documents with. Install the same versions there."
            ),
            address=worker.address,
        )
    worker.log_event(TOPIC, worker.get_current_task())
    try:
        process = _idle.pop()
    except IndexError:
        process = Worker()
    try:
        return process.run(job)
    finally:
        _idle.append(process)


def rest() -> None:
    """End the processes that wait."""
    while _idle:
        _idle.pop().close()


atexit.register(rest)
