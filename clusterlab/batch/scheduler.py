"""Running jobs on a Dask cluster: few in flight, results streamed back, lost workers survived."""

from __future__ import annotations

import contextlib
import logging
import pkgutil
import queue
import time
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from clusterlab.batch.flow import Flow
from clusterlab.batch.jobs import WORKERS_LOST, Job, Result
from clusterlab.batch.plan import own_program
from clusterlab.batch.remote import TOPIC, rest, run_job
from clusterlab.errors import N_, ClusterlabError, Message, WorkshopError

#: Jobs that are on their way at least, and for each thread of the cluster: a worker that is done
#: finds the next job beside it.
FLOOR, PER_THREAD = 4, 2
#: Seconds to wait for the scheduler, for a result that is ready, and for a first or another worker.
REACH, FETCH, PATIENCE = 10, 60, 60
#: Seconds between two looks at how many workers there are.
LOOK = 1.0


@contextlib.contextmanager
def connected(address: str) -> Iterator[Any]:
    """Connect to a Dask scheduler.

    Raises
    ------
    WorkshopError
        Where it cannot be reached, or the extra is not installed.
    """
    try:
        import distributed  # noqa: PLC0415 - part of an extra
    except ImportError as error:
        raise WorkshopError(
            N_("Building on a Dask cluster needs packages that are not installed: {command}"),
            command='python -m pip install "clusterlab[distributed]"',
        ) from error
    with _quiet():
        try:
            with warnings.catch_warnings():
                # What differs and matters is found by every job itself.
                warnings.simplefilter("ignore")
                # Dask's types are partial, and it is not always there.
                dask: Any = distributed
                client = dask.Client(address, timeout=REACH, set_as_default=False)
        except (OSError, ValueError) as error:
            raise WorkshopError(
                N_("The scheduler at “{address}” cannot be reached: {reason}."),
                address=address,
                reason=_line(error) or type(error).__name__,
            ) from error
        with client:
            yield client


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask logs off the console: what matters of it is told in our own words."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def threads(client: Any) -> int:
    """Count how many jobs a cluster can run at a time."""
    return sum(client.nthreads().values())


def run_on(
    address: str,
    jobs: Iterable[Job],
    done: Callable[[Job, Result], None],
    limit: int = 0,
    retries: int = 0,
) -> None:
    """Run jobs on a Dask cluster.

    Parameters
    ----------
    address
        The scheduler's, such as ``tcp://10.0.0.1:8786``.
    jobs
        Taken one by one as earlier ones come back, so that few are in memory at a time.
    done
        Called with each job and its result, from one thread.
    limit
        How many jobs are on their way at most; 0 for as many as keep the workers busy.
    retries
        How often a job is tried again that lost its process or worker.

    Raises
    ------
    WorkshopError
        Where the cluster cannot be reached, has other versions, or is gone. What came back before
        has been handled.
    """
    with connected(address) as client:
        flow = Flow(jobs, done)
        try:
            flow.run([_Run(client, address, flow, limit, retries).serve])
        finally:
            if client.status == "running":
                # No document depends on it.
                with contextlib.suppress(Exception):
                    client.run(rest, on_error="ignore")


@dataclass
class _Flight:
    """A job that is on its way.

    Parameters
    ----------
    tries
        How often it was tried before and lost its process, or the scheduler gave it up.
    starts
        How often a worker began with it since.
    """

    job: Job
    future: Any
    tries: int = 0
    starts: int = 0


class _Run:
    """One build on a cluster.

    Dask gives a job of a lost worker to another one by itself, up to a number of times that is the
    scheduler's. That number counts jobs that only waited at the worker, too. So each job tells when
    it starts: one that has started too often is the one that kills workers.
    """

    def __init__(self, client: Any, address: str, flow: Flow, limit: int, retries: int) -> None:
        self._client = client
        self._address = address
        self._flow = flow
        self._limit = limit
        self._retries = retries
        self._flying: dict[str, _Flight] = {}
        # Futures that are done, and keys of jobs that started, in the order in which that is heard.
        self._heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._room = FLOOR
        self._looked = 0.0
        self._known: set[str] = set()
        self._alone_since: float | None = None

    def serve(self) -> None:
        """Send jobs and take results till there are no more."""
        self._client.subscribe_topic(TOPIC, lambda event: self._heard.put(event[1]))
        try:
            self._look()
            self._fill()
            while self._flying:
                with contextlib.suppress(queue.Empty):
                    heard = self._heard.get(timeout=LOOK)
                    if isinstance(heard, str):
                        self._started(heard)
                    else:
                        self._landed(heard)
                    del heard  # a result must not stay in memory
                self._look()
                self._fill()
        finally:
            with contextlib.suppress(Exception):
                self._client.cancel([flight.future for flight in self._flying.values()])

    def _fill(self) -> None:
        while len(self._flying) < self._room and (job := self._flow.take()) is not None:
            self._send(job)

    def _send(self, job: Job, tries: int = 0) -> None:
        with self._reaching():
            future = self._client.submit(run_job, job, own_program(), pure=False)
        self._flying[future.key] = _Flight(job, future, tries)
        future.add_done_callback(self._heard.put)

    def _look(self) -> None:
        """See how many workers there are; give up where there is none for a while."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return
        self._looked = now
        with self._reaching():
            there = self._client.nthreads()
            self._check(there.keys() - self._known)
        self._known = set(there)
        if there:
            self._alone_since = None
            self._room = self._limit or max(FLOOR, PER_THREAD * sum(there.values()))
        elif self._alone_since is None:
            self._alone_since = now
        elif now - self._alone_since >= PATIENCE:
            raise WorkshopError(
                N_("The scheduler at “{address}” has had no worker for {seconds} seconds."),
                address=self._address,
                seconds=PATIENCE,
            )

    def _check(self, workers: Collection[str]) -> None:
        """See that workers have clusterlab: one without it does not survive its first job.

        Which version they have is seen by every job itself.
        """
        if not workers:
            return
        # What they are asked must be there without clusterlab.
        name = "clusterlab:__version__"
        answers = self._client.run(
            pkgutil.resolve_name, name, workers=list(workers), on_error="return"
        )
        for error in answers.values():
            if isinstance(error, ImportError | AttributeError):
                raise self._unable(error) from error

    def _started(self, key: str) -> None:
        flight = self._flying.get(key)
        if flight is None:
            return
        flight.starts += 1
        if flight.tries + flight.starts > self._retries + 1:
            self._flying.pop(key)
            with self._reaching():
                self._client.cancel([flight.future])
            self._flow.give(flight.job, _lost(flight.job, flight.tries + flight.starts - 1))

    def _landed(self, future: Any) -> None:
        flight = self._flying.pop(future.key, None)
        if flight is None:
            return
        tries = flight.tries + max(1, flight.starts)
        result: Result | None
        match future.status:
            case "finished":
                try:
                    result = future.result(timeout=FETCH)
                except TimeoutError:
                    # Its worker is lost with it, and it is being made again.
                    self._flying[future.key] = flight
                    self._heard.put(future)
                    return
                except Exception as error:  # Dask has many for a connection that breaks
                    if future.status != "error":
                        raise self._gone() from error
                    # Its worker was lost with it, and so were those that made it again.
                    result = self._failed(flight.job, error)
            case "error":
                result = self._failed(flight.job, future.exception(timeout=FETCH))
            case _:
                raise self._gone()
        future.release()
        again = result is None or result.died
        if again and tries <= self._retries and not self._flow.stopped:
            self._send(flight.job, tries)
        else:
            self._flow.give(flight.job, result or _lost(flight.job, tries))

    def _failed(self, job: Job, error: BaseException) -> Result | None:
        """Give a result for a job that raised; none where its workers were lost."""
        if isinstance(error, ClusterlabError):
            raise error
        if type(error).__name__ == "KilledWorker":
            return None
        if isinstance(error, ImportError) or "environments" in str(error):
            raise self._unable(error) from error
        message = Message("{error}: {text}", {"error": type(error).__name__, "text": _line(error)})
        return Result(job.key, "failed", error=message)

    def _unable(self, error: BaseException) -> WorkshopError:
        return WorkshopError(
            N_(
                "A worker or the scheduler at “{address}” cannot run clusterlab: {reason}. "
                "Install the same version there."
            ),
            address=self._address,
            reason=_line(error),
        )

    @contextlib.contextmanager
    def _reaching(self) -> Iterator[None]:
        """Say, where what is asked of the scheduler fails, that it is gone."""
        try:
            yield
        except ClusterlabError:
            raise
        except Exception as error:  # Dask has many for a connection that breaks
            raise self._gone() from error

    def _gone(self) -> WorkshopError:
        return WorkshopError(
            N_(
                "The scheduler at “{address}” is gone. What came back from it is kept; "
                "build again to go on."
            ),
            address=self._address,
        )


def _lost(job: Job, count: int) -> Result:
    return Result(job.key, "failed", error=Message(WORKERS_LOST, {"count": str(count)}))


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200].rstrip(".")
