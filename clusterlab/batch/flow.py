"""Jobs out, results in: few of either are in memory at a time, and one thread handles results."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable

from clusterlab.batch.jobs import Job, Result


class Flow:
    """Passes jobs to those who run them and results to the one who writes them.

    Parameters
    ----------
    jobs
        Taken one by one.
    done
        Called with each job and its result, from one thread. Who runs jobs waits with a result
        until the one before it is handled: a slow place for the files slows the build, and fills
        no memory.
    """

    def __init__(self, jobs: Iterable[Job], done: Callable[[Job, Result], None]) -> None:
        self._jobs = iter(jobs)
        self._done = done
        self._lock = threading.Lock()
        self._results: queue.Queue[tuple[Job, Result] | None] = queue.Queue(1)
        self._stop = threading.Event()
        self._failures: list[BaseException] = []

    def take(self) -> Job | None:
        """Give the next job; none where there is none, or where no other is to start."""
        with self._lock:
            return None if self._stop.is_set() else next(self._jobs, None)

    def give(self, job: Job, result: Result) -> None:
        """Hand over a result."""
        self._results.put((job, result))

    @property
    def stopped(self) -> bool:
        """Whether no other job is to start."""
        return self._stop.is_set()

    def run(self, serving: Iterable[Callable[[], None]]) -> None:
        """Call functions that take jobs and give results, each in a thread, till all are done.

        When the person interrupts, running jobs end and are written, and no other starts. What a
        function raises ends the build likewise, and is raised here.
        """
        threads = [threading.Thread(target=self._guarded, args=(f,)) for f in serving]
        writer = threading.Thread(target=self._write)
        try:
            for thread in (writer, *threads):
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            self._stop.set()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
            if writer.ident is not None:
                self._results.put(None)
                writer.join()
        if self._failures:
            raise self._failures[0]

    def _guarded(self, serve: Callable[[], None]) -> None:
        try:
            serve()
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self._failures.append(error)
            self._stop.set()

    def _write(self) -> None:
        fine = True
        while (item := self._results.get()) is not None:
            if not fine:
                continue
            try:
                self._done(*item)
            except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
                self._failures.append(error)
                self._stop.set()
                fine = False
