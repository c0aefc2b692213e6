"""Dask clusters of this computer's processes, and workshops of light notebooks to build on them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat

import clusterlab
from clusterlab.model import Cluster
from clusterlab.workshop import create

PAUSE = threading.Event()
PARAMETERS = 'workshop = "."\ncluster = ""'
OPENS = """
from clusterlab import open_workshop

here = open_workshop(workshop).cluster(cluster)
display(here.title("Short", "Little is in it."))
"""
#: Where this clusterlab is, and its entry points.
PATHS = [str(Path(clusterlab.__file__).parent.parent), *filter(None, sys.path)]


def until(condition, seconds=60):
    """Wait for a condition."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        PAUSE.wait(0.01)  # what is waited for needs the processor


def workshop(path, count, source=""):
    """Make a workshop of many clusters whose only notebook runs one cell."""
    clusters = [Cluster(f"c{n:02}", f"Cluster {n}") for n in range(count)]
    folder = create(path, "competency-map", "Many", clusters)
    cells = [
        nbformat.v4.new_code_cell(PARAMETERS, id="given", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(f"{OPENS}\n{source}", id="opens"),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, folder.path / "notebooks" / "competency-map.ipynb")
    return folder


class DaskCluster:
    """A scheduler and its workers, each a process as ``dask scheduler`` and ``dask worker`` start.

    Parameters
    ----------
    place
        A folder for what they need.
    **environment
        The scheduler's.
    """

    def __init__(self, place, **environment):
        self._place = place
        self._file = place / "scheduler.json"
        self.workers = []
        own = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        own = (*own, "--scheduler-file", str(self._file))
        self.scheduler = self._start("scheduler", *own, **environment)
        until(lambda: self._file.exists() and self.address)

    @property
    def address(self):
        with contextlib.suppress(ValueError):
            return json.loads(self._file.read_text())["address"]
        return ""

    def add(self, count=1, threads=1, **environment):
        """Start workers and wait until the scheduler knows them."""
        from distributed import Client

        for _ in range(count):
            arguments = ("--nthreads", str(threads), "--no-nanny", "--no-dashboard")
            place = ("--local-directory", str(self._place))
            self.workers.append(
                self._start("worker", self.address, *arguments, *place, **environment)
            )
        alive = sum(w.poll() is None for w in self.workers)
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(alive, timeout=60)

    def _start(self, *arguments, **environment):
        log = (self._place / "log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                stdout=log,
                stderr=log,
                cwd=self._place,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(PATHS), **environment},
            )

    def stop(self):
        """Stop all of it."""
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGKILL)
            process.wait()
