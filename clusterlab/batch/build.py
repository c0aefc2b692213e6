"""Building: plan, run, render, report."""

from __future__ import annotations

import hashlib
import json
import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import clusterlab
from clusterlab.batch.files import Output, output_at
from clusterlab.batch.index import FILE, write_index
from clusterlab.batch.jobs import Job, Options, Result
from clusterlab.batch.joint import FACT, Joint, is_fresh, standing_joint, wanted, write_joint
from clusterlab.batch.manifest import Manifest
from clusterlab.batch.plan import chosen_formats, outline, plan, seen_before, standing
from clusterlab.batch.pool import run_all
from clusterlab.batch.scheduler import connected, run_on, threads
from clusterlab.batch.seen import Seen
from clusterlab.batch.templates import check_templates
from clusterlab.engine.linux import processor_count
from clusterlab.errors import ClusterlabError
from clusterlab.workshop import Folder, cluster_facts, folder_name

OUTPUT = "handouts"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to do.

    Parameters
    ----------
    fresh
        Number of jobs that are up to date.
    todo
        Keys of those that are not.
    identities
        Of all jobs, by key; "" for one that was never done.
    seen
        What was found of the clusters.
    output
        Where the files are to be written.
    work
        Seconds of work that the jobs to do take, by what they took last; none where unknown.
    joint
        Keys of the joint documents that are not up to date.
    """

    fresh: int
    todo: tuple[str, ...]
    identities: Mapping[str, str]
    seen: Seen
    output: Output
    work: float | None = None
    joint: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """What a build did.

    Parameters
    ----------
    output
        The folder that it wrote to, or the address.
    index
        Where the index page is.
    fresh
        Number of jobs that were up to date.
    results
        Of the jobs that ran, with their jobs.
    gone
        Keys of documents that the workshop no longer has; their files are still there.
    joint
        The joint documents that were made, each with the names of clusters missing in it.
    """

    output: Path | str
    index: str
    fresh: int = 0
    results: list[tuple[Job, Result]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    joint: list[tuple[Joint, Result, list[str]]] = field(default_factory=list)

    @property
    def failed(self) -> list[tuple[Job, Result]]:
        """The jobs that failed."""
        return [(j, r) for j, r in self.results if r.status == "failed"]

    @property
    def replaced(self) -> dict[str, set[str]]:
        """Characters that documents could not show as they are, by cluster."""
        found: dict[str, set[str]] = {}
        for job, result in self.results:
            if result.replaced:
                found.setdefault(job.cluster, set()).update(result.replaced)
        return found


def look(folder: Folder, options: Options) -> Plan:
    """Plan a build without doing it.

    Raises
    ------
    UnknownNameError, ParameterError
        As `plan` does.
    UsageError, WorkshopError
        Where the place to write to cannot be read, or a template cannot be used.
    """
    check_templates(folder, options, chosen_formats(folder, options))
    output = output_at(options.output or folder.path / OUTPUT)
    manifest = Manifest.load(output)
    seen = seen_before(folder, manifest.facts.get("seen"))
    todo, identities, counts = [], {}, dict[str, int]()
    for job in outline(folder, options, seen, manifest.documents.keys()):
        identities[job.key] = job.identity
        if options.force or not manifest.fresh(job):
            todo.append(job.key)
            counts[job.notebook] = counts.get(job.notebook, 0) + 1
    work, fresh = _work(counts, manifest), len(identities) - len(todo)
    joint = tuple(
        one.key
        for one in wanted(folder, options)
        if options.force or not is_fresh(one, manifest, identities)
    )
    return Plan(fresh, tuple(todo), identities, seen, output, work, joint)


def _work(counts: Mapping[str, int], manifest: Manifest) -> float | None:
    """Give the seconds that jobs take: their notebook's median, else that of all notebooks."""
    seconds: dict[str, list[float]] = {}
    for record in manifest.documents.values():
        if record["status"] == "done" and isinstance(record.get("seconds"), int | float):
            seconds.setdefault(record["notebook"], []).append(record["seconds"])
    if not seconds:
        return 0.0 if not counts else None
    every = [value for values in seconds.values() for value in values]
    return sum(n * statistics.median(seconds.get(name, every)) for name, n in counts.items())


def workers(options: Options, todo: int) -> int:
    """Tell how many jobs would run at a time.

    Raises
    ------
    WorkshopError
        Where the cluster cannot be reached.
    """
    if options.scheduler:
        with connected(options.scheduler) as client:
            there = threads(client)
        return min(options.jobs or there, there, todo)
    return min(options.jobs or processor_count(), todo)


def build(
    folder: Folder,
    options: Options,
    progress: Callable[[Job, Result], None] = lambda _job, _result: None,
    todo: Plan | None = None,
) -> Report:
    """Build what is not up to date.

    Parameters
    ----------
    progress
        Called after each job.
    todo
        What `look` found just before; by default it looks itself.

    Returns
    -------
    Report
        A failed job is a result, never an exception.

    Raises
    ------
    UnknownNameError, ParameterError, UsageError
        As `look` does, before anything runs.
    WorkshopError
        Where another build writes to the folder, it cannot be written, or a cluster is gone.
    """
    todo = look(folder, options) if todo is None else todo
    output = todo.output
    report = Report(output.shown, output.where(FILE), todo.fresh)
    with output.alone():
        manifest = Manifest.load(output)
        words = folder.language()

        def done(job: Job, result: Result) -> None:
            written = _written(output, job, result)
            manifest.add(job, written, words)
            report.results.append((_light(job), written))
            progress(job, written)

        if todo.todo:
            output.sweep({*manifest.documents, *todo.identities, FILE})
            jobs = plan(folder, options, todo.seen, set(todo.todo))
            if options.scheduler:
                run_on(options.scheduler, jobs, done, options.jobs, options.retries)
            else:
                run_all(jobs, workers(options, len(todo.todo)), done, options.retries)
        current = {**todo.identities, **{job.key: job.identity for job, _ in report.results}}
        report.joint += write_joint(folder, options, manifest, current)
        _finish(folder, options, todo, manifest, report)
    return report


def _written(output: Output, job: Job, result: Result) -> Result:
    """Write what a job made, and give its result without it; no other place writes documents."""
    names = {s: f"{job.key}.{s}" for s in (*job.formats, "ipynb") if s in result.data}
    try:
        output.put({name: result.data[suffix] for suffix, name in names.items()})
    except ClusterlabError as failed:
        error = result.error or failed.message
        return Result(job.key, "failed", seconds=result.seconds, error=error)
    return replace(result, files={s: len(result.data[s]) for s in names}, data={})


def _finish(
    folder: Folder, options: Options, todo: Plan, manifest: Manifest, report: Report
) -> None:
    """Write manifest and index page, unless they already say how things stand."""
    one_each = {c.language: c for c in folder.clusters}.values()
    own = {folder.language(c).tag for c in one_each}
    recorded = {r["language"] for r in manifest.documents.values()}
    limited = options.only or options.notebooks or options.language or options.joint
    known = not limited and recorded <= own and len(own) <= 1
    seen, done = todo.seen, {job.key: job.identity for job, _ in report.results}
    current: Mapping[str, str] = {**todo.identities, **done}
    if not known:
        known_keys = manifest.documents.keys()
        current = standing(folder, recorded, seen, known_keys, options.templates)
    report.gone = manifest.keep(current)
    joint, would_be = standing_joint(folder, options, manifest, current)
    state = _state(folder, {**current, **would_be}, {**manifest.documents, **joint})
    said = manifest.facts.get("state") == state and todo.output.size(FILE) >= 0
    if said and not manifest.unsaved and not report.results:
        return
    manifest.save(
        {
            "clusterlab": clusterlab.__version__,
            "workshop": folder.settings.id,
            "folders": {c.id: folder_name(c.id) for c in folder.clusters},
            "state": state,
            "seen": seen.to_json(),
            FACT: joint,
        }
    )
    write_index(folder, todo.output, manifest, {**current, **would_be}, seen, joint=joint)


def _state(folder: Folder, current: Mapping[str, str], records: Mapping[str, Any]) -> str:
    """Give a hash of everything that the index page shows."""
    parts: tuple[Iterable[Any], ...] = (
        [folder.settings.to_json()],
        map(cluster_facts, folder.clusters),
        sorted(current.items()),
        sorted(records.items()),
        map(str, folder.notices()),
    )
    state = hashlib.sha256()
    for part in parts:
        for fact in part:
            state.update(json.dumps(fact, sort_keys=True).encode() + b"\n")
        state.update(b"\n")
    return state.hexdigest()


def _light(job: Job) -> Job:
    return Job(job.cluster, job.notebook, job.language, job.place, job.formats, job.identity)
