"""Worker processes: where they run, and how."""

import json
import os
import sys
from dataclasses import replace

import nbformat
import pytest

from clusterlab.batch.jobs import Options
from clusterlab.batch.plan import plan
from clusterlab.batch.pool import run_all

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere nobody says on which processors"
)

# Waits until all have come so far, so that each has a worker of its own.
TELLS = """
import json, os, time
from pathlib import Path
mine = Path({folder!r}, f"{{os.getpid()}}")
mine.touch()
while len(list(mine.parent.iterdir())) < {count}:
    time.sleep(0.01)
worker = int(os.environ["JPY_PARENT_PID"])
print(json.dumps([sorted(os.sched_getaffinity(pid)) for pid in (0, worker)]))
"""
HOW = """
import json, os
worker = int(os.environ["JPY_PARENT_PID"])
print(json.dumps([os.sched_getscheduler(pid) for pid in (0, worker)]))
"""
# The first that comes here ends its worker.
ENDS = """
import os, signal
from pathlib import Path
died = Path({folder!r}).parent / "died"
if not died.exists():
    died.touch()
    os.kill(int(os.environ["JPY_PARENT_PID"]), signal.SIGKILL)
"""


@pytest.fixture
def two():
    """At most two processors for this thread and what it starts."""
    there = os.sched_getaffinity(0)
    few = sorted(there)[:2]
    os.sched_setaffinity(0, few)
    yield few
    os.sched_setaffinity(0, there)


def told(small, folder, workers, *cells, retries=0):
    """Run a notebook in each worker; give the processors of each notebook and of its worker."""
    folder.mkdir()
    first = next(plan(small, Options()))
    notebook = nbformat.reads(first.source, as_version=4)
    sources = [cell.format(folder=str(folder), count=workers) for cell in cells]
    notebook.cells = [notebook.cells[0], *map(nbformat.v4.new_code_cell, sources)]
    source = nbformat.writes(notebook)
    jobs = [
        replace(first, source=source, place=str(number), formats=(), parameters=(), timeout=60)
        for number in range(workers)
    ]
    found = []

    def done(_job, result):
        assert result.error is None
        cells = nbformat.reads(result.data["ipynb"].decode(), as_version=4).cells
        found.append(json.loads(cells[-1].outputs[0].text))

    run_all(jobs, workers, done, retries)
    return found


def test_each_worker_has_a_processor_where_there_are_as_many(small, tmp_path, two):
    found = told(small, tmp_path / "met", len(two), TELLS)
    assert sorted(found) == [[[number], [number]] for number in two]


def test_where_there_are_twice_as_many_two_share_one(small, tmp_path, two):
    found = told(small, tmp_path / "met", 2 * len(two), TELLS)
    assert sorted(found) == [[[number], [number]] for number in two for _ in range(2)]


def test_where_it_does_not_come_out_even_none_is_tied(small, tmp_path, two):
    if len(two) == 1:
        pytest.skip("any number comes out even on one processor")
    assert told(small, tmp_path / "met", 3, TELLS) == [[two, two]] * 3
    assert told(small, tmp_path / "one", 1, TELLS) == [[two, two]]


def test_a_worker_in_the_place_of_one_that_died_has_its_processor(small, tmp_path, two):
    found = told(small, tmp_path / "met", len(two), ENDS, TELLS, retries=1)
    assert (tmp_path / "died").exists()
    assert sorted(found) == [[[number], [number]] for number in two]


def test_workers_and_notebooks_interrupt_nobody(small, tmp_path):
    assert told(small, tmp_path / "met", 1, HOW) == [[os.SCHED_BATCH, os.SCHED_BATCH]]
