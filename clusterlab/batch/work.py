"""One job: execute the notebook, draw its documents, put the files in place."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

from clusterlab.batch.jobs import Job, Result
from clusterlab.errors import N_, ClusterlabError, Message
from clusterlab.shared import shared

BUNDLE = "bundle.json"
#: With which kind of template each format is drawn.
_DRAWN = {"html": "html", "pdf": "typst"}
_INJECTED = frozenset({"injected-parameters", "papermill-error-cell-tag"})


def run(job: Job, output: Path) -> Result:
    """Run a job and write its files under their final names when they are whole.

    Parameters
    ----------
    output
        The build's output folder.

    Returns
    -------
    Result
        A failure is a result: with the error in words, the number of the cell, and the partial
        notebook in place.
    """
    started = time.perf_counter()
    files: dict[str, bytes] = {}
    replaced: tuple[str, ...] = ()
    with tempfile.TemporaryDirectory(prefix="clusterlab-") as folder:
        notebook, error, cell = _execute(job, Path(folder))
        if error is None:
            try:
                files, replaced = _documents(job, notebook, Path(folder))
            except ClusterlabError as failed:
                error = failed.message
            except Exception as failed:  # noqa: BLE001 - one failure must not stop the others
                error = _unexpected(failed)
    if notebook is not None:
        files["ipynb"] = _notebook_bytes(notebook)
    for suffix, data in files.items():
        _place(output / job.place / f"{job.notebook}.{suffix}", data)
    return Result(
        job.key,
        "failed" if error else "done",
        {suffix: len(data) for suffix, data in files.items()},
        time.perf_counter() - started,
        error,
        cell,
        replaced,
    )


def _execute(job: Job, folder: Path) -> tuple[Any, Message | None, int]:
    import nbformat  # noqa: PLC0415 - loaded in workers only
    import papermill  # noqa: PLC0415
    from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: PLC0415
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    (folder / BUNDLE).write_bytes(job.bundle)
    source, executed = folder / f"{job.notebook}.ipynb", folder / "executed.ipynb"
    source.write_text(job.source, encoding="utf-8")
    given = {"workshop": BUNDLE, "cluster": job.cluster, "language": job.language}
    error: Message | None = None
    try:
        papermill.execute_notebook(
            source,
            executed,
            {name: given[name] for name in job.parameters},
            cwd=folder,
            progress_bar=False,
            request_save_on_cell_execute=False,
            # What the kernel logs is for its developers; what cells print is in the notebook.
            extra_arguments=["--log-level=50"],
            start_timeout=60,
            execution_timeout=job.timeout,
        )
    except PapermillExecutionError as failed:
        error = Message("{error}: {text}", {"error": failed.ename, "text": failed.evalue})
        if _ours(failed.ename):
            error = Message("{text}", {"text": failed.evalue})
    except CellTimeoutError:
        error = Message(
            N_("A cell ran for longer than {seconds} seconds and was stopped."),
            {"seconds": job.timeout},
        )
    except DeadKernelError:
        error = Message(N_("The notebook’s process died, perhaps because memory ran out."))
    except Exception as failed:  # noqa: BLE001 - one job's failure must not stop the others
        error = _unexpected(failed)
    if not executed.is_file():
        return None, error, 0
    notebook: Any = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
    _tidy(notebook, job)
    return notebook, error, _failed_cell(notebook) if error else 0


def _ours(name: str) -> bool:
    """Tell whether an error's name is one of ours: its text is meant for people as it is."""
    todo = [ClusterlabError]
    while todo:
        cls = todo.pop()
        if cls.__name__ == name:
            return True
        todo.extend(cls.__subclasses__())
    return False


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


def _tidy(notebook: Any, job: Job) -> None:
    """Leave no path of this computer in the notebook, and no id that was made at random."""
    record = notebook.metadata.get("papermill", {})
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if _INJECTED & set(tags):
            cell["id"] = f"{tags[0]}-{notebook.cells.index(cell)}"
    record["input_path"] = record["output_path"] = f"{job.notebook}.ipynb"


@cache
def _exporters(templates: Path | None = None) -> dict[str, Any]:
    """Make one exporter per format: each keeps its compiler and templates.

    Parameters
    ----------
    templates
        A folder with ``html`` and ``typst`` that hold all templates; by default the package's.
    """
    from clusterlab.documents.html import HandoutHTMLExporter  # noqa: PLC0415
    from clusterlab.documents.pdf import HandoutPDFExporter  # noqa: PLC0415

    classes: dict[str, Any] = {"html": HandoutHTMLExporter, "pdf": HandoutPDFExporter}
    own: dict[str, dict[str, str]] = {"html": {}, "pdf": {}}
    if templates is not None:
        own = {name: {"template_dir": str(templates / kind)} for name, kind in _DRAWN.items()}
    return {name: make(**own[name]) for name, make in classes.items()}


def _own_exporters(job: Job, folder: Path) -> dict[str, Any]:
    """Make exporters that draw with the workshop's templates, those of the package beside them."""
    place = folder / "templates"
    for kind in _DRAWN.values():
        shutil.copytree(shared("templates", "documents", kind), place / kind)
    for name, data in job.templates:
        (place / name).write_bytes(data)
    return _exporters.__wrapped__(place)


def _documents(job: Job, notebook: Any, folder: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    exporters = _own_exporters(job, folder) if job.templates else _exporters()
    files: dict[str, bytes] = {}
    replaced: set[str] = set()
    for suffix in job.formats:
        data, resources = exporters[suffix].from_notebook_node(notebook)
        files[suffix] = data if isinstance(data, bytes) else data.encode("utf-8")
        replaced.update(resources.get("replaced", ()))
    return files, tuple(sorted(replaced))


def _notebook_bytes(notebook: Any) -> bytes:
    import nbformat  # noqa: PLC0415

    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return f"{text}\n".encode()


def _place(path: Path, data: bytes) -> None:
    """Write a file beside its place and rename it: nobody sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)
