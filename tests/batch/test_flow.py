"""Jobs out, results in: few at a time, handled by one thread, whatever goes wrong."""

import signal
import threading

import pytest
from clusters import until

from clusterlab.batch.flow import Flow
from clusterlab.batch.jobs import Job, Result


def jobs(count, taken):
    for n in range(count):
        taken.append(n)
        yield Job(f"c{n}", "map", "en", f"c{n}/en", (), "")


def serving(flow):
    def serve():
        while (job := flow.take()) is not None:
            flow.give(job, Result(job.key, "done"))

    return serve


def test_a_slow_writer_lets_few_jobs_be_made():
    taken, handled, most = [], [], []

    def done(job, result):
        handled.append(threading.get_ident())
        until(lambda: len(taken) == 50 or len(taken) - len(handled) >= 4)
        most.append(len(taken) - len(handled))

    flow = Flow(jobs(50, taken), done)
    flow.run([serving(flow)] * 3)
    assert len(handled) == 50
    assert len(set(handled)) == 1
    assert max(most) == 3 + 1  # one each, and one that waits for the writer


@pytest.mark.parametrize("failure", [RuntimeError("disk"), KeyboardInterrupt()])
def test_a_writer_that_fails_ends_the_build_and_nobody_waits_for_ever(failure):
    taken = []

    def done(job, result):
        raise failure

    flow = Flow(jobs(1000, taken), done)
    with pytest.raises(type(failure)):
        flow.run([serving(flow)] * 3)
    assert len(taken) < 20


def test_what_fails_while_jobs_are_made_ends_the_build_and_results_are_kept():
    handled = []

    def some():
        yield from jobs(5, [])
        raise RuntimeError("no more")

    flow = Flow(some(), lambda job, _: handled.append(job.cluster))
    with pytest.raises(RuntimeError, match="no more"):
        flow.run([serving(flow)])
    assert handled == [f"c{n}" for n in range(5)]


@pytest.fixture
def interruptible():
    """An interrupt raises here, also where the tests were started with interrupts ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_lets_running_jobs_end_and_starts_no_other(interruptible):
    """The interrupt comes while the caller waits, as Ctrl-C does."""
    taken, handled = [], []
    running, interrupted = threading.Event(), threading.Event()

    def serve():
        while (job := flow.take()) is not None:
            running.set()
            interrupted.wait(60)
            flow.give(job, Result(job.key, "done"))

    def interrupt():
        running.wait(60)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        until(lambda: flow.stopped)
        interrupted.set()

    flow = Flow(jobs(10, taken), lambda job, _: handled.append(job.cluster))
    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        flow.run([serve])
    assert handled == ["c0"]
    assert taken == [0]
