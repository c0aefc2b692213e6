"""Building: plan, run, render, report."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import clusterlab
from clusterlab.batch.files import alone, sweep
from clusterlab.batch.index import FILE, write_index
from clusterlab.batch.jobs import Job, Options, Result
from clusterlab.batch.manifest import Manifest
from clusterlab.batch.plan import outline, plan, seen_before, standing
from clusterlab.batch.pool import run_all
from clusterlab.batch.seen import Seen
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
    """

    fresh: int
    todo: tuple[str, ...]
    identities: Mapping[str, str]
    seen: Seen


@dataclass(slots=True)
class Report:
    """What a build did.

    Parameters
    ----------
    output
        The folder that it wrote to.
    fresh
        Number of jobs that were up to date.
    results
        Of the jobs that ran, with their jobs.
    gone
        Keys of documents that the workshop no longer has; their files are still there.
    """

    output: Path
    fresh: int = 0
    results: list[tuple[Job, Result]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

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


def output_folder(folder: Folder, options: Options) -> Path:
    """Give the folder that a build writes to."""
    return (options.output or folder.path / OUTPUT).resolve()


def look(folder: Folder, options: Options) -> Plan:
    """Plan a build without doing it.

    Raises
    ------
    UnknownNameError, ParameterError
        As `plan` does.
    """
    manifest = Manifest.load(output_folder(folder, options))
    seen = seen_before(folder, manifest.facts.get("seen"))
    todo, identities = [], {}
    for job in outline(folder, options, seen, manifest.documents.keys()):
        identities[job.key] = job.identity
        if options.force or not manifest.fresh(job):
            todo.append(job.key)
    return Plan(len(identities) - len(todo), tuple(todo), identities, seen)


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
    UnknownNameError, ParameterError
        As `plan` does, before anything runs.
    WorkshopError
        Where another build writes to the folder, or it cannot be written.
    """
    todo = look(folder, options) if todo is None else todo
    output = output_folder(folder, options)
    report = Report(output, todo.fresh)
    with alone(output):
        manifest = Manifest.load(output)
        words = folder.language()

        def done(job: Job, result: Result) -> None:
            manifest.add(job, result, words)
            report.results.append((_light(job), result))
            progress(job, result)

        if todo.todo:
            keys = {*manifest.documents, *todo.identities}
            sweep({output, *((output / key).parent for key in keys)})
            workers = min(options.jobs or os.cpu_count() or 1, len(todo.todo))
            run_all(plan(folder, options, todo.seen, set(todo.todo)), workers, output, done)
        _finish(folder, options, todo, manifest, report)
    return report


def _finish(
    folder: Folder, options: Options, todo: Plan, manifest: Manifest, report: Report
) -> None:
    """Write manifest and index page, unless they already say how things stand."""
    one_each = {c.language: c for c in folder.clusters}.values()
    own = {folder.language(c).tag for c in one_each}
    recorded = {r["language"] for r in manifest.documents.values()}
    limited = options.only or options.notebooks or options.language
    known = not limited and recorded <= own and len(own) <= 1
    seen, done = todo.seen, {job.key: job.identity for job, _ in report.results}
    current: Mapping[str, str] = {**todo.identities, **done}
    if not known:
        current = standing(folder, recorded, seen, manifest.documents.keys())
    report.gone = manifest.keep(current)
    state = _state(folder, current, manifest)
    said = manifest.facts.get("state") == state and (report.output / FILE).is_file()
    if said and not manifest.unsaved and not report.results:
        return
    manifest.save(
        {
            "clusterlab": clusterlab.__version__,
            "workshop": folder.settings.id,
            "folders": {c.id: folder_name(c.id) for c in folder.clusters},
            "state": state,
            "seen": seen.to_json(),
        }
    )
    write_index(folder, report.output, manifest, current, seen)


def _state(folder: Folder, current: Mapping[str, str], manifest: Manifest) -> str:
    """Give a hash of everything that the index page shows."""
    parts: tuple[Iterable[Any], ...] = (
        [folder.settings.to_json()],
        map(cluster_facts, folder.clusters),
        sorted(current.items()),
        sorted(manifest.documents.items()),
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
