"""Jobs of a build and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from clusterlab.errors import Message

Status = Literal["done", "failed"]

#: Papermill's own engine.
PAPERMILL = "papermill"
#: The one that a build uses unless another is asked for.
ENGINE = "clusterlab"


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
        The workshop's own templates by path ("html/page.html.j2", "typst/theme.typ").
    timeout
        Seconds that one cell may run.
    memory, processes
        Bytes that the notebook and what it starts may hold, and how many processes it may start;
        0 for no limit.
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
    processes: int = 0

    @property
    def limits(self) -> dict[str, int]:
        """What the engine is told of them; papermill's own knows none."""
        if self.engine != ENGINE:
            return {}
        return {"memory_limit": self.memory, "process_limit": self.processes}

    @property
    def key(self) -> str:
        """Where its files are, without their suffix: unique in a build."""
        return f"{self.place}/{self.notebook}"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job.

    Parameters
    ----------
    files
        Size in bytes by suffix of every file that was written.
    seconds
        How long it took.
    error, cell
        What went wrong, and in which cell of the notebook (from 1; 0 where in none).
    replaced
        Characters that a document could not show as they are.
    """

    key: str
    status: Status
    files: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    error: Message | None = None
    cell: int = 0
    replaced: tuple[str, ...] = ()


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
        Worker processes; 0 for one per processor.
    force
        Build also what is up to date.
    output
        Folder for the files; by default ``handouts`` in the workshop.
    timeout
        Seconds that one cell may run.
    engine
        Papermill's engine.
    """

    only: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    language: str = ""
    jobs: int = 0
    force: bool = False
    output: Path | None = None
    timeout: int = 300
    engine: str = ENGINE
