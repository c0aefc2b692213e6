"""The floor: what a notebook's cells take where everything is loaded and nothing else is done.

A process that has imported and used once what the engine's warm process has. For each notebook it
forks, runs the cells' code, and makes of what they show what a front end would get: the value of
a cell's last line, what `display` is given, the figures that are open at its end. Nothing is read,
sent, recorded or written.
"""

from __future__ import annotations

import ast
import gc
import io
import json
import os
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any

import IPython.display
from IPython.core.formatters import DisplayFormatter
from IPython.core.pylabtools import select_figure_formats

from clusterlab.engine.preload import ONE_THREAD, import_all, wanted
from clusterlab.engine.warm import CELLS

ENVIRONMENT = {**ONE_THREAD, "MPLBACKEND": "Agg"}
_MOST = 255


class Floor:
    """A warm process that forks for each notebook.

    Raises
    ------
    RuntimeError
        Where it has more than one thread, which the engine would not fork from either.
    """

    def __init__(self, notebook: Path) -> None:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        import_all(wanted(None, ["".join(cell["source"]) for cell in cells]), lambda: 1)
        self._formatter = DisplayFormatter()
        # As notebooks have it.
        shell = SimpleNamespace(display_formatter=self._formatter)
        select_figure_formats(shell, {"png"}, bbox_inches="tight")
        sys.stdout, out = io.StringIO(), sys.stdout
        for module, cell in CELLS.items():
            if module in sys.modules and not cell.strip().startswith("%"):
                exec(cell, {"__name__": "__main__"})  # noqa: S102 - what the engine does, too
        sys.stdout = out
        if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208
            message = "the floor has more than one thread"
            raise RuntimeError(message)
        self._sources: dict[str, list[str]] = {}
        gc.collect()
        gc.freeze()

    def run(self, task: dict[str, Any]) -> dict[str, Any]:
        """Run a notebook's cells in a process of their own."""
        sources = self._prepared(task)
        began = time.perf_counter()
        child = os.fork()
        if child == 0:
            shown = _MOST
            try:
                os.chdir(task["folder"])
                shown = _Cells(self._formatter).run(sources)
            except BaseException:  # noqa: BLE001 - never go on as a second floor
                traceback.print_exc(file=sys.__stderr__)
            finally:
                os._exit(shown)
        _, status = os.waitpid(child, 0)
        seconds = time.perf_counter() - began
        shown = os.waitstatus_to_exitcode(status)
        error = "" if 0 <= shown < _MOST else "a cell failed"
        return {"seconds": seconds, "error": error, "shown": shown}

    def _prepared(self, task: dict[str, Any]) -> list[str]:
        """Give the cells' code, the parameters' among it, read before anything is measured."""
        key = json.dumps([task["notebook"], task["parameters"]])
        if key not in self._sources:
            with open(task["notebook"], encoding="utf-8") as file:  # noqa: PTH123
                cells = [c for c in json.load(file)["cells"] if c["cell_type"] == "code"]
            sources = ["".join(cell["source"]) for cell in cells]
            given = "\n".join(f"{k} = {v!r}" for k, v in task["parameters"].items())
            tagged = [
                i for i, c in enumerate(cells) if "parameters" in c["metadata"].get("tags", [])
            ]
            sources.insert(tagged[0] + 1, given)
            self._sources[key] = sources
        return self._sources[key]


class _Cells:
    """Runs cells one after the other, in the process that was forked for them."""

    def __init__(self, formatter: DisplayFormatter) -> None:
        self._formatter = formatter
        self._pyplot = sys.modules.get("matplotlib.pyplot")
        self._shown = 0

    def run(self, sources: Sequence[str]) -> int:
        """Run them; give how often something was shown."""
        names: dict[str, Any] = {"__name__": "__main__", "display": self._display}
        IPython.display.display = self._display
        if self._pyplot:
            self._pyplot.show = lambda *_args, **_more: self._figures()
        sys.stdout = sys.stderr = io.StringIO()
        for source in sources:
            body, last = _compiled(source)
            exec(body, names)  # noqa: S102 - the notebook's own code
            if last is not None:
                value = eval(last, names)  # noqa: S307 - likewise
                if value is not None:
                    self._show(value)
            self._figures()
        return self._shown

    def _show(self, value: Any) -> None:
        self._formatter.format(value)
        self._shown += 1

    def _display(self, *values: Any, **_more: Any) -> Any:
        for value in values:
            self._show(value)
        return SimpleNamespace(update=self._display)

    def _figures(self, *_args: Any, **_more: Any) -> None:
        numbers = self._pyplot.get_fignums() if self._pyplot else []
        for number in numbers:
            self._show(self._pyplot.figure(number))
        if numbers:
            self._pyplot.close("all")


def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    tree = ast.parse(source)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = compile(ast.Expression(tree.body.pop().value), "cell", "eval")
    return compile(tree, "cell", "exec"), last
