"""Jobs of a build and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from clusterlab.errors import N_, Message

if TYPE_CHECKING:
    from clusterlab.documents.reading import Document

Status = Literal["done", "failed"]

#: What a job's error says where a process died under it. Only such a job is tried again: an error
#: of a cell and a cell that takes too long come back the same.
WORKER_DIED = N_("The process that ran the job died (code {code}).")
KERNEL_DIED = N_("The notebook’s process died, perhaps because memory ran out.")
WORKERS_LOST = N_("The workers that ran the job were lost, {count} in a row.")

#: Papermill's own engine.
PAPERMILL = "papermill"
#: The one that a build uses unless another is asked for.
ENGINE = "clusterlab"
#: How many processes a notebook may have at the end of a cell, or for longer than a moment.
PROCESSES = 100


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook for one cluster in one language.

    Parameters
    ----------
    cluster, notebook, language
        Ids and the language's tag.
    place
        Folder of its files, relative to the output folder.
    formats
        Document formats besides the executed notebook.
    identity
        Hash of everything that the result depends on, but for the formats.
    bundle, digest, source
        The cluster's bundle and its hash, and the notebook's text.
    engine, versions
        Papermill's engine, and the versions of what makes the documents, by name.
    parameters
        Names of the parameters that the notebook declares and that are passed.
    templates
        The workshop's own templates by path ("html/page.html.j2", "pptx/ours.potx").
    timeout
        Seconds that one cell may run.
    memory
        Megabytes that the notebook and what it starts may hold; 0 for the share of a processor.
    """

    cluster: str
    notebook: str
    language: str
    place: str
    formats: tuple[str, ...]
    identity: str
    bundle: bytes = b""
    digest: str = ""
    source: str = ""
    engine: str = ENGINE
    versions: tuple[tuple[str, str], ...] = ()
    parameters: tuple[str, ...] = ()
    templates: tuple[tuple[str, bytes], ...] = ()
    timeout: int = 300
    memory: int = 0

    @property
    def key(self) -> str:
        """Where its files are, without their suffix: unique in a build."""
        return f"{self.place}/{self.notebook}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A document that is only to be drawn: what it shows was executed before.

    Parameters
    ----------
    key
        Where its files are, without their suffix.
    document
        What it shows.
    formats, templates
        As a job has them.
    """

    key: str
    document: Document
    formats: tuple[str, ...]
    templates: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker and its notebooks run.

    Parameters
    ----------
    processor
        Its number.
    """

    processor: int


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job.

    Parameters
    ----------
    files
        Size in bytes by suffix of every file that was made, later of every file that was written.
    seconds
        How long it took.
    error, cell
        What went wrong, and in which cell of the notebook (from 1; 0 where in none).
    replaced
        Characters that a document could not show as they are.
    data
        The files themselves, by suffix; empty once they are written.
    """

    key: str
    status: Status
    files: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    error: Message | None = None
    cell: int = 0
    replaced: tuple[str, ...] = ()
    data: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def died(self) -> bool:
        """Whether a process died under the job, so that another try may end otherwise."""
        return self.error is not None and self.error.template in {WORKER_DIED, KERNEL_DIED}


@dataclass(frozen=True, slots=True)
class Options:
    """What to build.

    Parameters
    ----------
    only, notebooks, formats
        Limits; empty for everything that the workshop has.
    language
        BCP 47 tag for all documents; "" for each cluster's own.
    jobs
        How many jobs run at a time; 0 for one per processor, or for all that a Dask cluster takes.
    force
        Build also what is up to date.
    output
        Folder for the files, or an address that fsspec knows ("s3://bucket/folder"); by default
        ``handouts`` in the workshop.
    timeout
        Seconds that one cell may run.
    memory
        Megabytes that one notebook may hold; 0 for the share of a processor where it runs.
    engine
        Papermill's engine.
    retries
        How often a job is tried again whose process died.
    scheduler
        Address of a Dask scheduler, whose workers run the jobs; "" for this computer's processes.
    templates
        Files of the office (.pptx, .potx, .docx, .dotx, also with macros) whose masters and
        styles are used.
    joint
        Also write one document of all these clusters for each notebook.
    """

    only: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    language: str = ""
    jobs: int = 0
    force: bool = False
    output: Path | str | None = None
    timeout: int = 300
    memory: int = 0
    engine: str = ENGINE
    retries: int = 1
    scheduler: str = ""
    templates: tuple[Path, ...] = ()
    joint: bool = False
