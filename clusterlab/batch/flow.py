"""Jobs out, results in: few of either are in memory at a time, and one thread handles results."""

from __future__ import annotations

import contextlib
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
        self._begun: list[Callable[[], None]] = []
        self._ended: list[Callable[[], None]] = []
        self._bell: queue.SimpleQueue[None] = queue.SimpleQueue()

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
        functions = list(serving)
        threading.Thread(target=self._guarded, args=(self._write,)).start()
        try:
            for function in functions:
                threading.Thread(target=self._guarded, args=(function,)).start()
            self._wait(lambda: len(self._ended) == len(functions))
        finally:
            # One that an interrupt kept from beginning finds no job when it does.
            self._stop.set()
            self._wait(lambda: len(self._ended) == len(self._begun) - 1)
            self._results.put(None)
            self._wait(lambda: self._write in self._ended)
        if self._failures:
            raise self._failures[0]

    def _wait(self, over: Callable[[], bool]) -> None:
        """Wait for what threads have come to.

        A thread's own `join` does not do: interrupted once, Python 3.11 holds the thread for ended.
        """
        while not over():
            with contextlib.suppress(queue.Empty):
                self._bell.get(timeout=1)

    def _guarded(self, serve: Callable[[], None]) -> None:
        self._begun.append(serve)
        try:
            serve()
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self._failures.append(error)
            self._stop.set()
        finally:
            self._ended.append(serve)
            self._bell.put(None)

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
