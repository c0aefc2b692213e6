"""Building: plan, run, render, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import clusterlab
from clusterlab.batch.index import write_index
from clusterlab.batch.jobs import Job, Options, Result
from clusterlab.batch.manifest import Manifest
from clusterlab.batch.names import folder_name
from clusterlab.batch.plan import plan
from clusterlab.batch.pool import run_all
from clusterlab.language import Language
from clusterlab.workshop import Folder

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
    """

    fresh: int
    todo: tuple[str, ...]


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
    """

    output: Path
    fresh: int = 0
    results: list[tuple[Job, Result]] = field(default_factory=list)

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
    jobs = [(job.key, not options.force and manifest.fresh(job)) for job in plan(folder, options)]
    todo = tuple(key for key, fresh in jobs if not fresh)
    return Plan(len(jobs) - len(todo), todo)


def build(
    folder: Folder,
    options: Options,
    words: Language,
    progress: Callable[[Job, Result], None] = lambda _job, _result: None,
    todo: Plan | None = None,
) -> Report:
    """Build what is not up to date.

    Parameters
    ----------
    words
        Language of the index page and of errors.
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
    """
    todo = look(folder, options) if todo is None else todo
    output = output_folder(folder, options)
    report = Report(output, todo.fresh)
    manifest = Manifest.load(output)
    if not todo.todo and (output / "index.html").is_file():
        return report
    output.mkdir(parents=True, exist_ok=True)
    _sweep(output)

    def done(job: Job, result: Result) -> None:
        manifest.add(job, result, words)
        report.results.append((_light(job), result))
        progress(job, result)

    if todo.todo:
        workers = min(options.jobs or os.cpu_count() or 1, len(todo.todo))
        run_all(_waiting(folder, options, set(todo.todo)), workers, output, done)
    clusters = folder.clusters
    manifest.save(
        {
            "clusterlab": clusterlab.__version__,
            "workshop": folder.settings.id,
            "folders": {c.id: folder_name(c.id) for c in clusters},
        }
    )
    write_index(folder, output, manifest, words)
    return report


def _waiting(folder: Folder, options: Options, todo: set[str]) -> Iterator[Job]:
    """Give the jobs to do; bundles are made as they are needed, not all at once."""
    return (job for job in plan(folder, options) if job.key in todo)


def _light(job: Job) -> Job:
    return Job(job.cluster, job.notebook, job.language, job.place, job.formats, job.identity)


def _sweep(output: Path) -> None:
    """Remove the half-written files that a killed build left."""
    for part in output.rglob(".*.part"):
        part.unlink(missing_ok=True)
