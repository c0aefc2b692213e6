"""One job: execute the notebook and draw its documents."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
import time
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from clusterlab.batch.jobs import (
    ENGINE,
    KERNEL_DIED,
    PAPERMILL,
    PROCESSES,
    Drawing,
    Job,
    Result,
)
from clusterlab.engine.linux import installed_memory
from clusterlab.errors import N_, ClusterlabError, Message
from clusterlab.shared import shared

BUNDLE = "bundle.json"
#: The kernel's command line. What it logs is for its developers; what cells print is in the
#: notebook, and what was run in no history but its own.
KERNEL = ("--log-level=50", "--HistoryManager.hist_file=:memory:")
#: With which kind of template each format is drawn.
_DRAWN = {"html": "html", "pdf": "typst"}
_INJECTED = frozenset({"injected-parameters", "papermill-error-cell-tag"})


def run(job: Job | Drawing) -> Result:
    """Run a job, or draw what was executed before.

    Returns
    -------
    Result
        With its files. A failure is a result: with the error in words, the number of the cell, and
        what could be made: the partial notebook, or the other formats.
    """
    started = time.perf_counter()
    made = _Made()
    if isinstance(job, Drawing):
        _draw(job, job.document, made)
    else:
        made = _ran(job, made)
    return Result(
        job.key,
        "failed" if made.error else "done",
        {suffix: len(data) for suffix, data in made.files.items()},
        time.perf_counter() - started,
        made.error,
        made.cell,
        tuple(sorted(made.replaced)),
        made.files,
    )


def _ran(job: Job, made: _Made) -> _Made:
    """Execute a job's notebook and draw its documents."""
    try:
        with tempfile.TemporaryDirectory(prefix="clusterlab-") as folder:
            notebook, made.error, made.cell = _execute(job, Path(folder))
        if made.error is None:
            _documents(job, notebook, made)
        if notebook is not None:
            made.files["ipynb"] = _notebook_bytes(notebook)
    except Exception as failed:  # noqa: BLE001 - one job's failure must not stop the others
        made = _Made(error=_in_words(failed))
    return made


@dataclass
class _Made:
    """What a job has made so far."""

    files: dict[str, bytes] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    error: Message | None = None
    cell: int = 0


def _execute(job: Job, folder: Path) -> tuple[Any, Message | None, int]:
    """Execute a job's notebook in a folder of its own; give it, also where it failed midway."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: PLC0415 - in workers
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415 - likewise

    from clusterlab.engine.engine import NotebookLimitError  # noqa: PLC0415 - likewise

    (folder / BUNDLE).write_bytes(job.bundle)
    notebook: Any = None
    error: Message | None = None
    try:
        notebook = _prepared(job)
        _run_cells(notebook, job, folder)
    except PapermillExecutionError as failed:
        error = Message("{error}: {text}", {"error": failed.ename, "text": failed.evalue})
        if _ours(failed.ename):
            # What the kernel shows instead of a traceback: the sentence, in the labels' language.
            error = Message("{text}", {"text": "\n".join(failed.traceback) or failed.evalue})
    except CellTimeoutError:
        error = Message(
            N_("A cell ran for longer than {seconds} seconds and was stopped."),
            {"seconds": job.timeout},
        )
    except NotebookLimitError as failed:
        error = _over_limit(failed)
    except DeadKernelError:
        error = Message(KERNEL_DIED)
    except Exception as failed:  # noqa: BLE001 - one job's failure must not stop the others
        error = _unexpected(failed)
    if notebook is None:
        return None, error, 0
    _tidy(notebook)
    return notebook, error, _failed_cell(notebook) if error else 0


def _prepared(job: Job) -> Any:
    """Give a job's notebook with its parameters, as papermill prepares it."""
    from papermill.execute import (  # noqa: PLC0415 - loaded in workers only
        prepare_notebook_metadata,
        remove_error_markers,
    )
    from papermill.parameterize import parameterize_notebook  # noqa: PLC0415 - likewise

    given = {"workshop": BUNDLE, "cluster": job.cluster, "language": job.language}
    notebook = parameterize_notebook(
        deepcopy(_loaded(job.source)),
        {name: given[name] for name in job.parameters},
        engine_name=_engine(job),
    )
    name = f"{job.notebook}.ipynb"
    return remove_error_markers(prepare_notebook_metadata(notebook, name, name, report_mode=False))


@lru_cache(maxsize=8)
def _loaded(source: str) -> Any:
    """Load a notebook as papermill does; a workshop has few of them and a job for each cluster."""
    import nbformat  # noqa: PLC0415 - in workers only
    from papermill.iorw import load_notebook_node  # noqa: PLC0415 - likewise

    # nbformat has no types.
    return load_notebook_node(nbformat.reads(source, as_version=4))  # type: ignore[no-untyped-call]


def _run_cells(notebook: Any, job: Job, folder: Path) -> None:
    """Run the cells with papermill's engine; the notebook is never written and read again."""
    from papermill.engines import papermill_engines  # noqa: PLC0415 - in workers only
    from papermill.execute import raise_for_execution_errors  # noqa: PLC0415 - likewise

    papermill_engines.execute_notebook_with_engine(
        _engine(job),
        notebook,
        kernel_name=papermill_engines.nb_kernel_name(engine_name=_engine(job), nb=notebook),
        progress_bar=False,
        start_timeout=60,
        execution_timeout=job.timeout,
        extra_arguments=list(KERNEL),
        # Not papermill's `cwd`, which is the whole process's.
        resources={"metadata": {"path": str(folder)}},
        **_limits(job),
    )
    raise_for_execution_errors(notebook, None)


def _limits(job: Job) -> dict[str, int]:
    """Give what the engine is told of limits; papermill's own knows none."""
    if job.engine != ENGINE:
        return {}
    memory = job.memory * 1_000_000 or installed_memory() // (os.cpu_count() or 1)
    return {"memory_limit": memory, "process_limit": PROCESSES}


def _engine(job: Job) -> str | None:
    return None if job.engine == PAPERMILL else job.engine


def _over_limit(error: Any) -> Message:
    if error.limit == "memory":
        return Message(
            N_(
                "The notebook’s process was stopped: it held {held} MB of memory and may hold "
                "{most} MB."
            ),
            {"held": error.held // 1_000_000, "most": error.most // 1_000_000},
        )
    return Message(
        N_("The notebook was stopped: it had started {held} processes and may have {most}."),
        {"held": error.held, "most": error.most},
    )


def _ours(name: str) -> bool:
    """Tell whether an error's name is one of ours: its text is meant for people as it is."""
    todo = [ClusterlabError]
    while todo:
        cls = todo.pop()
        if cls.__name__ == name:
            return True
        todo.extend(cls.__subclasses__())
    return False


def _in_words(error: Exception) -> Message:
    return error.message if isinstance(error, ClusterlabError) else _unexpected(error)


def _unexpected(error: Exception) -> Message:
    text = str(error).strip().splitlines() or [""]
    return Message("{error}: {text}", {"error": type(error).__name__, "text": text[0]})


def _failed_cell(notebook: Any) -> int:
    """Give the number of the cell that failed, as the trainer's notebook counts it."""
    number = 0
    for cell in notebook.cells:
        if _INJECTED & set(cell.metadata.get("tags", [])):
            continue
        number += 1
        outputs = cell.get("outputs", [])
        state = cell.metadata.get("papermill", {}).get("status")
        if state == "failed" or any(o.output_type == "error" for o in outputs):
            return number
    return 0


def _tidy(notebook: Any) -> None:
    """Leave no id in the notebook that was made at random."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if _INJECTED & set(tags):
            cell["id"] = f"{tags[0]}-{notebook.cells.index(cell)}"


@cache
def exporter(suffix: str, templates: Path | None = None) -> Any:
    """Make the exporter of a format, which keeps its compiler and templates.

    Parameters
    ----------
    templates
        A folder with ``html`` and ``typst`` that hold all templates, and perhaps ``pptx`` and
        ``docx`` with one file each; by default the package's.
    """
    # Each is loaded with the first document of its kind: most builds make two of them.
    module = import_module(f"clusterlab.documents.{suffix}")
    own: dict[str, str] = {}
    if templates is not None and suffix in _DRAWN:
        own = {"template_dir": str(templates / _DRAWN[suffix])}
    elif templates is not None and (files := sorted((templates / suffix).glob("*"))):
        own = {"template": str(files[0])}
    # A build draws what it executed, from the bundle that its documents are known by.
    return getattr(module, f"Handout{suffix.upper()}Exporter")(redraw=False, **own)


@cache
def _unpacked(templates: tuple[tuple[str, bytes], ...]) -> Path:
    """Put a workshop's templates into a folder, those of the package beside them."""
    folder = Path(tempfile.mkdtemp(prefix="clusterlab-templates-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for kind in _DRAWN.values():
        shutil.copytree(shared("templates", "documents", kind), folder / kind)
    for name, data in templates:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def _documents(job: Job, notebook: Any, made: _Made) -> None:
    if not job.formats:
        return
    try:
        document = _read(notebook)
    except Exception as failed:  # noqa: BLE001 - the executed notebook is still worth keeping
        made.error = _in_words(failed)
        return
    _draw(job, document, made)


def _draw(job: Job | Drawing, document: Any, made: _Made) -> None:
    templates = _unpacked(job.templates) if job.templates else None
    for suffix in job.formats:
        try:
            # A workshop's own template may change what it is given; the other files stay whole.
            given = deepcopy(document) if job.templates else document
            data, drawn = exporter(suffix, templates).draw(given)
        except Exception as failed:  # noqa: BLE001 - the other formats may do
            made.error = _in_words(failed)
        else:
            made.files[suffix] = data if isinstance(data, bytes) else data.encode("utf-8")
            made.replaced.update(drawn.get("replaced", ()))


def _read(notebook: Any) -> Any:
    """Read a notebook as the document that every format draws.

    Reading is not left to each exporter: nbconvert copies the notebook and validates it a dozen
    times for preprocessors of which the exporters enable none.
    """
    import nbformat  # noqa: PLC0415 - in workers only

    from clusterlab.documents.reading import read_document  # noqa: PLC0415 - likewise

    nbformat.validate(notebook, relax_add_props=True)
    return read_document(notebook)


def _notebook_bytes(notebook: Any) -> bytes:
    """Give a notebook as its file, one line for each cell.

    nbformat's own writer puts every value and every line of a text on a line of its own, which
    takes it longer than the page and the parameters of a handout together; its format takes texts
    whole, too. This changes the notebook, its last reader.
    """
    from nbformat.v4.rwbase import strip_transient  # noqa: PLC0415 - in workers only

    # nbformat has no types.
    plain = strip_transient(notebook)  # type: ignore[no-untyped-call]
    cells = ",\n".join(map(_json, plain["cells"]))
    rest = (f"{_json(k)}: {_json(v)}" for k, v in sorted(plain.items()) if k != "cells")
    return ",\n".join([f'{{"cells": [\n{cells}\n]', *rest]).encode() + b"\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
