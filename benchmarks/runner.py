"""One contestant in a process of its own: executes notebooks when told to and says how long.

``python runner.py ENGINE`` with the name of a papermill engine ("" for papermill's own),
``floor``, ``webpdf`` for papermill and then nbconvert's HTML and PDF, or ``draw`` for our HTML and
PDF of what was executed before. It reads tasks as lines of JSON, with ``notebook``, ``output``,
``folder`` and ``parameters`` (``executed`` for ``draw``), and answers each with ``seconds`` and
``error``, the floor also with ``shown``.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
BROWSER = ("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-gpu", "--no-first-run")

Task = dict[str, Any]


def papermill_runner(engine: str) -> Callable[[Task], Task]:
    """Give what executes a notebook through papermill, with its settings as they come."""
    import papermill  # noqa: PLC0415 - the floor has no papermill

    logging.disable(logging.CRITICAL)

    def run(task: Task) -> Task:
        error = ""
        began = time.perf_counter()
        try:
            papermill.execute_notebook(
                task["notebook"],
                task["output"],
                task["parameters"],
                engine_name=engine or None,
                progress_bar=False,
                cwd=task["folder"],
            )
        except Exception as failed:  # noqa: BLE001 - what fails is said in the report
            error = f"{type(failed).__name__}: {failed}"
        return {"seconds": time.perf_counter() - began, "error": error}

    return run


def webpdf_runner() -> Callable[[Task], Task]:
    """Give what executes a notebook through papermill and has nbconvert make HTML and PDF of it.

    One exporter of each kind serves all notebooks; nbconvert starts a browser for each PDF. The
    browser finds no network at once, so that nobody waits for what a page would fetch.
    """
    from nbconvert import HTMLExporter, WebPDFExporter  # noqa: PLC0415 - only this one needs it
    from playwright.async_api import BrowserType  # noqa: PLC0415 - likewise

    launch = BrowserType.launch

    async def launched(self: BrowserType, **options: Any) -> Any:
        return await launch(self, **options | {"executable_path": CHROMIUM})

    BrowserType.launch = launched
    execute = papermill_runner("")
    html = HTMLExporter()
    pdf = WebPDFExporter(disable_sandbox=True, browser_args=list(BROWSER))

    def run(task: Task) -> Task:
        done = execute(task)
        began = time.perf_counter()
        if not done["error"]:
            try:
                output = Path(task["output"])
                page, _ = html.from_filename(str(output))
                output.with_suffix(".html").write_text(page, encoding="utf-8")
                document, _ = pdf.from_filename(str(output))
                output.with_suffix(".pdf").write_bytes(document)
            except Exception as failed:  # noqa: BLE001 - what fails is said in the report
                done["error"] = f"{type(failed).__name__}: {failed}"
        return done | {"seconds": done["seconds"] + time.perf_counter() - began}

    return run


def floor_runner() -> Callable[[Task], Task]:
    """Give a function that runs notebooks on the floor that the first one asks for."""
    from floor import Floor  # noqa: PLC0415 - loads what notebooks need

    floors: list[Floor] = []

    def run(task: Task) -> Task:
        if not floors:
            floors.append(Floor(Path(task["notebook"])))
        return floors[0].run(task)

    return run


def draw_runner() -> Callable[[Task], Task]:
    """Give what draws our HTML and PDF of an executed notebook, and writes neither."""
    import nbformat  # noqa: PLC0415 - only this one needs it

    from clusterlab.batch.work import exporter  # noqa: PLC0415 - likewise
    from clusterlab.documents.reading import read_document  # noqa: PLC0415 - likewise

    def run(task: Task) -> Task:
        document = read_document(nbformat.read(task["executed"], 4))
        began = time.perf_counter()
        for suffix in ("html", "pdf"):
            exporter(suffix).draw(document)
        return {"seconds": time.perf_counter() - began, "error": ""}

    return run


def serve(run: Callable[[Task], Task]) -> None:
    """Answer tasks until there are no more."""
    replies = os.fdopen(os.dup(1), "w")
    # What is printed must not come between the answers.
    os.dup2(2, 1)
    replies.write("{}\n")
    replies.flush()
    for line in sys.stdin:
        replies.write(json.dumps(run(json.loads(line))) + "\n")
        replies.flush()


def main(name: str) -> None:
    """Be one contestant."""
    if name == "floor":
        serve(floor_runner())
    elif name == "webpdf":
        serve(webpdf_runner())
    elif name == "draw":
        serve(draw_runner())
    else:
        serve(papermill_runner(name))


if __name__ == "__main__":
    main(sys.argv[1])
