"""Workers are forked from one that has loaded everything, and begun early where it is sure."""

import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from clusterlab.batch import nursery
from clusterlab.batch.build import build
from clusterlab.batch.early import early
from clusterlab.batch.jobs import PAPERMILL, Options
from clusterlab.batch.loading import load
from clusterlab.batch.nursery import asked, expect, start
from clusterlab.batch.plan import plan

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")

TELLS = "import os\nint(os.environ['JPY_PARENT_PID']), os.getppid()"


@pytest.fixture(autouse=True)
def nothing_expected():
    yield
    expect(None)


@pytest.fixture
def job(small):
    """The first job of a build, whose notebook tells its worker and its warm process."""
    first = next(plan(small, Options()))
    cell = nbformat.v4.new_code_cell(TELLS)
    notebook = nbformat.reads(first.source, as_version=4)
    notebook.cells.append(cell)
    return replace(first, source=nbformat.writes(notebook), formats=("html", "pdf"))


def done(process, job):
    """Run a job; give the ids of its worker and of its warm process."""
    pickle.dump(job, process.writing)
    process.writing.flush()
    result = pickle.load(process.reading)  # noqa: S301 - our own process
    assert result.error is None
    assert set(result.files) == {"html", "pdf", "ipynb"}
    (output,) = nbformat.reads(result.data["ipynb"].decode(), as_version=4).cells[-1].outputs
    return tuple(map(int, output.data["text/plain"].strip("()").split(",")))


def below(pid):
    return [
        int(child)
        for file in Path(f"/proc/{pid}/task").glob("*/children")
        for child in file.read_text().split()
    ]


def parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def command(pid):
    """Give a process's command line, which is empty for a moment when it begins."""
    while not (found := Path(f"/proc/{pid}/cmdline").read_bytes()):
        threading.Event().wait(0.01)
    return found.split(b"\0")


def test_workers_are_forked_from_one_and_have_warm_processes_of_their_own(job):
    processes = start(3, job)
    mother = next(p for p in below(os.getpid()) if b"clusterlab.batch.worker" in command(p))
    try:
        (one, warm), (two, other), (three, third) = [done(process, job) for process in processes]
        assert [parent(pid) for pid in (one, two, three)] == [mother] * 3
        assert len({one, two, three, mother}) == 4
        assert len({warm, other, third}) == 3
        assert parent(other) == parent(third) == warm
        # What is loaded for all was loaded before they were forked, but no notebook ran there.
        assert command(one) == command(mother)
    finally:
        codes = [process.close() for process in processes]
    assert codes == [0, 0, 0]
    assert not Path(f"/proc/{mother}").exists()


def test_how_a_worker_ended_is_told_and_the_others_go_on(job):
    processes = start(2, job)
    killing = nbformat.reads(job.source, as_version=4)
    killing.cells[
        -1
    ].source = "import os, signal; os.kill(int(os.environ['JPY_PARENT_PID']), signal.SIGKILL)"
    pickle.dump(replace(job, source=nbformat.writes(killing)), processes[0].writing)
    processes[0].writing.flush()
    with pytest.raises(EOFError):
        pickle.load(processes[0].reading)  # noqa: S301 - our own process
    assert processes[0].close() == -9
    worker, _ = done(processes[1], job)
    assert command(parent(worker)) == command(worker)
    assert processes[1].close() == 0


def test_where_the_warm_process_cannot_be_had_each_worker_tries_on_its_own(job, monkeypatch):
    monkeypatch.setattr(nursery, "wanted", lambda *_: ("no_such_module",))
    (process,) = start(1, job)
    try:
        worker, warm = done(process, job)
        assert parent(warm) == worker
    finally:
        process.close()


def test_what_has_a_second_thread_starts_workers_afresh(monkeypatch):
    """The thread is real; only the starting is looked at."""
    code = """
        import json, os, socket, threading
        from clusterlab.batch import worker
        from clusterlab.batch.loading import Loaded
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        begun = []
        class Process:
            pid = 7
        def begin(load, told, wires):
            begun.append([load, told, wires])
            return Process
        worker.begin = begin
        told, telling = socket.socketpair()
        print(json.dumps([worker._forked([20, 21], Loaded(), telling), begun]))
    """
    found = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert json.loads(found.stdout) == [{"7": 1}, [[{}, None, [20]], [{}, None, [21]]]]


def test_what_is_loaded_follows_from_the_job():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import clusterlab")])
    wanted = asked(("pdf",), nbformat.writes(notebook))
    assert wanted["formats"] == ("pdf",)
    assert "clusterlab.session" in wanted["preload"]
    for broken in ("", "{", "[]", '{"cells": [{}]}', '{"cells": 1}'):
        assert asked((), broken) == {"formats": (), "preload": ()}


def test_a_first_build_is_begun_before_it_is_planned(small):
    with early(small.path, Options(jobs=3, formats=("html",))):
        (begun,) = nursery._expected
        mother = begun._process.pid
        report = build(small, Options(jobs=3, formats=("html",)))
        assert not nursery._expected
    assert [r.status for _, r in report.results] == ["done", "done"]
    assert not Path(f"/proc/{mother}").exists()
    # All is up to date: no process is begun.
    with early(small.path, Options()):
        assert not nursery._expected


def test_what_was_begun_and_nobody_needs_is_ended(small):
    with early(small.path, Options(jobs=2)):
        (begun,) = nursery._expected
        assert begun._process.poll() is None
    assert begun._process.returncode is not None
    assert all(process.writing.closed for process in begun.processes)


@pytest.mark.parametrize(
    "options",
    [
        {"scheduler": "tcp://127.0.0.1:1"},
        {"output": "memory://nowhere"},
        {"notebooks": ("none",)},
    ],
)
def test_nothing_is_begun_where_it_is_not_sure(small, options):
    with early(small.path, Options(**options)):
        assert not nursery._expected


@pytest.mark.parametrize("files", ["workshop.toml", "clusters.csv", "notebooks/*.ipynb"])
def test_a_workshop_that_lacks_something_begins_nothing(small, files):
    for file in small.path.glob(files):
        file.unlink()
    with early(small.path, Options()):
        assert not nursery._expected


@pytest.mark.parametrize("line", ["documents = 5", "notebooks = true", "documents = 1979-05-27"])
def test_what_is_wrong_with_settings_planning_says(small, line):
    file = small.path / "workshop.toml"
    name = line.split()[0]
    others = [k for k in file.read_text(encoding="utf-8").splitlines() if not k.startswith(name)]
    file.write_text("\n".join([line, *others]), encoding="utf-8")
    with early(small.path, Options()):
        assert not nursery._expected


def test_only_the_notebooks_that_the_workshop_names_count(small):
    (name,) = small.settings.notebooks
    spare = small.path / "notebooks" / "a-spare.ipynb"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import pandas")])
    nbformat.write(notebook, spare)
    assert name > spare.stem
    with early(small.path, Options(jobs=8)):
        (begun,) = nursery._expected
        assert len(begun.processes) == len(small.clusters)
        assert "pandas" not in json.loads(begun._process.args[4])["preload"]


def test_a_format_that_cannot_be_loaded_costs_no_worker(monkeypatch):
    monkeypatch.setitem(sys.modules, "clusterlab.documents.pdf", None)
    assert load({"formats": ("pdf",), "preload": ()}, 1).warm == []


def test_of_a_nursery_that_was_killed_it_is_said_how():
    begun = nursery.Nursery(2, {})
    begun._process.kill()
    begun._process.wait()
    assert [process.close() for process in begun.processes] == [-signal.SIGKILL] * 2


def test_another_engine_needs_no_warm_process(small):
    with early(small.path, Options(engine=PAPERMILL, jobs=1)):
        (begun,) = nursery._expected
        assert json.loads(begun._process.args[4])["preload"] == []


def test_a_worker_alone_serves_like_any_other(job):
    process = nursery.alone()
    worker, warm = done(process, job)
    assert parent(worker) == os.getpid()
    assert parent(warm) == worker
    assert process.close() == 0


def test_more_workers_than_were_begun_are_started(job):
    expect(nursery.Nursery(1, asked(job.formats, job.source)))
    processes = start(2, job)
    try:
        assert len({done(process, job)[0] for process in processes}) == 2
    finally:
        assert [process.close() for process in processes] == [0, 0]


def test_a_worker_ends_with_its_build():
    ours, its = socket.socketpair()
    with its:
        process = nursery.begin({}, None, [its.fileno()])
    ours.close()
    assert process.wait(60) == 0
