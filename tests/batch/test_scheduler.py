"""Building on a Dask cluster."""

import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from clusters import PATHS, DaskCluster, until, workshop

from clusterlab.batch import scheduler
from clusterlab.batch.build import build, look
from clusterlab.batch.files import OutputFolder
from clusterlab.batch.jobs import Options
from clusterlab.batch.manifest import FILE
from clusterlab.errors import WorkshopError

LIGHT = ("html",)


@pytest.fixture
def cluster(tmp_path):
    place = tmp_path / "dask"
    place.mkdir()
    running = DaskCluster(place)
    yield running
    running.stop()


@pytest.fixture
def written(monkeypatch):
    """How often each file was written."""
    counts, put = Counter(), OutputFolder.put

    def counted(self, files):
        counts.update(list(files))
        put(self, files)

    monkeypatch.setattr(OutputFolder, "put", counted)
    return counts


def check_consistent(output):
    """Check that the manifest says of every document what is there, and of no other."""
    manifest = json.loads((output / FILE).read_text(encoding="utf-8"))
    said = {
        f"{key}.{suffix}": size
        for key, record in manifest["documents"].items()
        for suffix, size in record["files"].items()
    }
    there = {p.relative_to(output).as_posix(): p.stat().st_size for p in output.rglob("c*/*/*")}
    assert said == there


def test_a_worker_killed_in_the_middle_of_60_jobs_costs_no_document(tmp_path, cluster, written):
    cluster.add(3)
    with workshop(tmp_path / "many", 60) as folder:
        arrived = []

        def heard(job, result):
            arrived.append(job.key)
            if len(arrived) == 20:
                cluster.workers[0].send_signal(signal.SIGKILL)

        options = Options(formats=LIGHT, scheduler=cluster.address)
        report = build(folder, options, heard)
        assert cluster.workers[0].wait() == -signal.SIGKILL
        assert [j.key for j, r in report.failed] == []
        assert len(report.results) == len(set(arrived)) == 60
        documents = {f"c{n:02}/en/competency-map.{s}" for n in range(60) for s in ("html", "ipynb")}
        assert {name: n for name, n in written.items() if "/" in name} == dict.fromkeys(
            documents, 1
        )
        check_consistent(report.output)
        assert look(folder, options).todo == ()


def test_a_cluster_makes_what_this_computer_makes(small, cluster):
    cluster.add(1, threads=2)
    report = build(small, Options(formats=LIGHT, scheduler=cluster.address))
    assert report.failed == []
    page = (report.output / "alpha/en/competency-map.html").read_bytes()
    build(small, Options(formats=LIGHT, force=True))
    assert page == (report.output / "alpha/en/competency-map.html").read_bytes()


# Goes up from the notebook's process to one whose command has a word in it, and kills it.
KILLS = """
import os, pathlib, signal
mark = pathlib.Path({mark!r})
process = os.getpid()
if cluster == "c01" and not mark.exists():
    while {word!r} not in pathlib.Path(f"/proc/{{process}}/cmdline").read_bytes():
        facts = pathlib.Path(f"/proc/{{process}}/stat").read_text().rsplit(")", 1)[1]
        process = int(facts.split()[1])
    {touch}
    os.kill(process, signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's /proc")
def test_a_job_that_kills_its_workers_fails_and_the_others_go_on(tmp_path, cluster):
    cluster.add(4)
    source = KILLS.format(mark="/nowhere", word=b"dask", touch="")
    with workshop(tmp_path / "many", 6, source) as folder:
        report = build(folder, Options(formats=LIGHT, scheduler=cluster.address, retries=1))
        ((job, result),) = report.failed
        assert job.cluster == "c01"
        assert str(result.error) == "The workers that ran the job were lost, 2 in a row."
        assert len(report.results) == 6
        assert sum(w.poll() is None for w in cluster.workers) >= 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's /proc")
@pytest.mark.parametrize(("retries", "failed"), [(0, ["c01"]), (1, [])])
def test_a_job_whose_process_died_is_tried_again(tmp_path, cluster, retries, failed):
    cluster.add(1)
    died = str(tmp_path / "died")
    source = KILLS.format(mark=died, word=b"batch.worker", touch="mark.touch()")
    with workshop(tmp_path / "many", 2, source) as folder:
        options = Options(formats=LIGHT, scheduler=cluster.address, retries=retries)
        assert [j.cluster for j, _ in build(folder, options).failed] == failed


def test_few_jobs_are_on_their_way_at_a_time(tmp_path, cluster, monkeypatch):
    cluster.add(1)
    taken, most = [], []
    take = scheduler.Flow.take

    def counted(self):
        job = take(self)
        if job is not None:
            taken.append(job.key)
        return job

    monkeypatch.setattr(scheduler.Flow, "take", counted)
    with workshop(tmp_path / "many", 12) as folder:
        arrived = []

        def heard(job, result):
            arrived.append(job.key)
            most.append(len(taken) - len(arrived))

        options = Options(formats=LIGHT, scheduler=cluster.address, jobs=2)
        assert build(folder, options, heard).failed == []
    # Two on their way, one that waits to be written and one that is being written.
    assert max(most) <= 4


def test_a_scheduler_that_cannot_be_reached_is_told(small, monkeypatch):
    monkeypatch.setattr(scheduler, "REACH", 0.2)
    with pytest.raises(WorkshopError, match="cannot be reached"):
        build(small, Options(scheduler="tcp://127.0.0.1:9"))
    with pytest.raises(WorkshopError, match="cannot be reached"):
        build(small, Options(scheduler="nonsense://127.0.0.1:9"))


def test_a_cluster_without_workers_is_told(small, cluster, monkeypatch):
    monkeypatch.setattr(scheduler, "PATIENCE", 0)
    monkeypatch.setattr(scheduler, "LOOK", 0.1)
    with pytest.raises(WorkshopError, match="has had no worker"):
        build(small, Options(scheduler=cluster.address))


def test_a_scheduler_that_goes_away_is_told_and_what_came_back_is_kept(tmp_path, cluster):
    cluster.add(1)
    with workshop(tmp_path / "many", 12) as folder:
        options = Options(formats=LIGHT, scheduler=cluster.address)
        arrived = []

        def heard(job, result):
            arrived.append(job.key)
            if len(arrived) == 2:
                cluster.scheduler.kill()

        with pytest.raises(WorkshopError, match="is gone"):
            build(folder, options, heard)
        assert set(look(folder, options).todo).isdisjoint(arrived)
        assert len(arrived) < 12


def test_a_scheduler_that_goes_away_as_a_result_is_fetched_is_told(tmp_path, cluster, monkeypatch):
    from distributed import Future

    cluster.add(1)
    fetch, arrived = Future.result, []

    def fetched(future, **given):
        if len(arrived) == 2:
            cluster.scheduler.kill()
            cluster.scheduler.wait()
        return fetch(future, **given)

    monkeypatch.setattr(Future, "result", fetched)
    with workshop(tmp_path / "many", 6) as folder:
        options = Options(formats=LIGHT, scheduler=cluster.address)
        with pytest.raises(WorkshopError, match="is gone"):
            build(folder, options, lambda job, _: arrived.append(job.key))
        assert len(arrived) == 2
        assert set(look(folder, options).todo).isdisjoint(arrived)


def test_a_worker_with_another_version_is_told(small, cluster, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "sitecustomize.py").write_text(
        "import importlib.metadata as m\nown = m.version\n"
        "m.version = lambda name: '9.9' if name == 'typst' else own(name)\n"
    )
    cluster.add(1, PYTHONPATH=os.pathsep.join([str(other), *PATHS]))
    with pytest.raises(WorkshopError, match="another version"):
        build(small, Options(scheduler=cluster.address))


@pytest.mark.parametrize("where", ["scheduler", "worker"])
def test_a_cluster_without_clusterlab_is_told(small, tmp_path, where):
    other = tmp_path / "other"
    other.mkdir()
    (other / "clusterlab.py").write_text("raise ImportError('No module named clusterlab')\n")
    own = {"PYTHONPATH": os.pathsep.join([str(other), *PATHS])}
    cluster = DaskCluster(tmp_path, **(own if where == "scheduler" else {}))
    try:
        cluster.add(1, **(own if where == "worker" else {}))
        with pytest.raises(WorkshopError, match="cannot run clusterlab"):
            build(small, Options(scheduler=cluster.address))
    finally:
        cluster.stop()


def test_without_the_extra_the_sentence_names_it(small, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WorkshopError, match=r"clusterlab\[distributed\]"):
        build(small, Options(scheduler="tcp://127.0.0.1:9"))


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's /proc")
def test_workers_keep_no_process_of_a_build_that_is_done(small, cluster):
    cluster.add(1)
    build(small, Options(formats=LIGHT, scheduler=cluster.address))
    worker = cluster.workers[0].pid
    until(lambda: b"clusterlab.batch.worker" not in commands_below(worker))


def commands_below(process):
    found = b""
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text().split():
            found += Path(f"/proc/{child}/cmdline").read_bytes()
    return found
