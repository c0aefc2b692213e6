"""How fast the live canvas is, beside the same canvas made of plain ipywidgets.

``python benchmarks/widgets.py [--runs 9] [--json FILE]`` measures in a real JupyterLab in
Chromium, both kinds in turns, prints a table and ends with 1 where a requirement is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "widgets"))

from browser import ARGUMENTS, CHROMIUM
from report import Compared, Constant, Line, Waited, table
from room import Room, Server
from traffic import Traffic

from clusterlab.model import BoardId, Cluster, Operation, new_id
from clusterlab.workshop import Folder, create

HERE = Path(__file__).resolve().parent
CANVAS = "business-model-cluster"
TEXT = "Regional partners know us and answer within two days"
TYPED = "Twenty letters typed"
#: Between two keys; slower would cost plain ipywidgets more messages.
PAUSE = 80
# What both kinds need is there before anything is measured, in the kernel and on the page.
WARM = """
import os, sys, time
sys.path.insert(0, {here!r})
import anywidget, ipywidgets
from IPython.display import display
import clusterlab, clusterlab.widgets, plain

class Warm(anywidget.AnyWidget):
    _esm = "export default {{ render({{ el }}) {{ el.className = 'warm'; }} }};"

here = clusterlab.open_workshop().cluster({cluster!r})
display(here.title("As every form begins"))
display(Warm(), ipywidgets.HBox([ipywidgets.Textarea(), ipywidgets.Button(), ipywidgets.HTML()]))
"""
PREPARED = f"canvas = plain.Canvas(here.board({CANVAS!r}))"
MEASURED = """
began = time.perf_counter()
display({shown})
spent = time.perf_counter() - began
"""
OURS = f"here.board({CANVAS!r})"
TEXTS = f"[note.text for note in {OURS}.notes]"
MODELS = "len(ipywidgets.widgets.widget._instances)"
FRONT = ".clb .clb-note", ".plain-note textarea"


@dataclass(frozen=True)
class Amounts:
    """How much is measured."""

    runs: int = 9
    notes: int = 100
    many: int = 1000
    typed: int = 20
    commits: int = 48
    again: int = 50


QUICK = Amounts(runs=1, notes=14, many=28, typed=2, commits=4, again=2)


@dataclass(frozen=True)
class Start:
    """What one run of the cell took, and adding one note after it."""

    painted: float
    kernel: float
    models: int
    start: int
    messages: int
    added: int


class Bench:
    """A server on a workshop of large canvases, and pages on it.

    Parameters
    ----------
    place
        An empty folder.
    browser
        The pages'.
    amounts
        How much is measured.
    """

    def __init__(self, place: Path, browser: Browser, amounts: Amounts) -> None:
        self._root, self._browser, self.amounts = place / "workshop", browser, amounts
        self._sizes = {"many": amounts.many, "usual": amounts.notes}
        self._sizes |= {f"run-{i}": amounts.notes for i in range(amounts.runs)}
        clusters = [Cluster(name, f"Cluster {name}") for name in self._sizes]
        with create(self._root, "cluster-strategy", "Benchmark", clusters) as folder:
            self._blocks = [block.id for block in folder.kinds[CANVAS].blocks]
            for name, size in self._sizes.items():
                folder.journal.append(self._notes(name, size))
        self.server = Server(self._root, place)

    def _notes(self, cluster: str, size: int) -> Iterator[Operation]:
        board = BoardId(cluster, CANVAS)
        for number, block in enumerate(islice(cycle(self._blocks), size)):
            values = {"text": f"{TEXT} ({number})"}
            payload = {"note": new_id(), "block": block, "letter": "N", "values": values}
            yield Operation(board, "add", payload)

    @contextlib.contextmanager
    def page(self, cluster: str, *, plain: bool = False) -> Iterator[tuple[Room, Traffic, Start]]:
        """Open a notebook in a page of its own, run its cells and tell how that went."""
        name = f"{cluster}-{'plain' if plain else 'ours'}.ipynb"
        warm = WARM.format(here=str(HERE), cluster=cluster) + (PREPARED if plain else "")
        shown = MEASURED.format(shown="canvas.draw()" if plain else OURS)
        notebook = new_notebook(cells=[new_code_cell(warm), new_code_cell(shown)])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, self._root / name)
        print(f"\r{name:30}", end="", file=sys.stderr, flush=True)
        room = Room(self.server, self._browser, name)
        traffic = Traffic(room.page)
        room.page.add_init_script(path=HERE / "watch.js")
        try:
            room.open()
            run(room, 0, ".warm, .jp-OutputArea-output textarea", 2)
            traffic.settled()
            traffic.clear()
            painted = run(room, 1, FRONT[plain], self._sizes[cluster])
            said = traffic.settled()
            opened = [message for message in said if message.type == "comm_open"]
            size = sum(message.size for message in said)
            kernel = 1000 * room.python("spent")
            yield room, traffic, Start(painted, kernel, len(opened), size, 0, 0)
        finally:
            room.close()

    def start(self, cluster: str, *, plain: bool) -> Start:
        """Run the cell in a fresh page and kernel, then add a note."""
        with self.page(cluster, plain=plain) as (room, traffic, start):
            traffic.settled()
            traffic.clear()
            if plain:
                room.page.locator(".plain-add").nth(2).click()
                count = self._sizes[cluster] + 1
                drawn = f"document.querySelectorAll('{FRONT[1]}').length === {count}"
                room.page.wait_for_function(drawn)
                block = room.page.locator(".widget-vbox", has=room.page.locator("> .plain-add"))
                block.nth(2).locator("textarea").last.click()
                room.page.keyboard.type(TYPED, delay=PAUSE)
            else:
                self._add(room, 2)
                room.ready()
            said = traffic.settled()
            texts = room.python("canvas.texts()" if plain else TEXTS)
            if TYPED not in texts:
                message = f"{room.name}: what was typed did not arrive"
                raise RuntimeError(message)
            spoken = [message for message in said if message.type.startswith("comm_")]
            size = sum(message.size for message in said)
            return Start(**asdict(start) | {"messages": len(spoken), "added": size})

    def _add(self, room: Room, number: int) -> None:
        block = self._blocks[number % len(self._blocks)]
        room.page.locator(f".clb-add[data-add='{block}']").click()
        room.page.keyboard.type(TYPED, delay=PAUSE)
        room.page.keyboard.press("Enter")

    # -- the measurements -------------------------------------------------------------------------

    def compared(self) -> list[Line]:
        """Measure both kinds in turns, each time in a fresh page and kernel."""
        ours, plain = [], []
        for number in range(self.amounts.runs):
            # Which comes first changes: what one leaves behind must not favour the other.
            for kind in (False, True) if number % 2 else (True, False):
                # Ours writes the note that it adds; the plain one keeps nothing.
                cluster = "usual" if kind else f"run-{number}"
                (plain if kind else ours).append(self.start(cluster, plain=kind))
        values = {
            name: ([asdict(s)[name] for s in ours], [asdict(s)[name] for s in plain])
            for name in asdict(ours[0])
        }
        return [
            Compared("cell run to painted", "ms", *values["painted"], times=4),
            Compared("the cell in the kernel", "ms", *values["kernel"]),
            Compared("comm models", "opened", *values["models"], most=4),
            Compared("on the line at start", "bytes", *values["start"]),
            Compared("adding a note, 20 keys", "comm messages", *values["messages"]),
            Compared("adding a note, 20 keys", "bytes", *values["added"], times=12),
        ]

    def typing(self) -> list[Line]:
        """Type on a canvas with very many notes."""
        with self.page("many") as (room, _, start):
            room.ready()
            room.page.evaluate("watched.keys()")
            for number in range(self.amounts.typed):
                self._add(room, number)
                room.press("Escape")
                room.ready()
            pressed = room.page.evaluate("watched.keys()")
        title = f"{self.amounts.many:,} notes: "
        typed = [key["painted"] for key in pressed if len(key["key"]) == 1]
        entered = [key["painted"] for key in pressed if key["key"] == "Enter"]
        return [
            Waited(f"{title}letter typed to painted", typed, under=100),
            Waited(f"{title}Enter to painted", entered),
            Waited(f"{title}cell run to painted", [start.painted]),
        ]

    def usual(self) -> list[Line]:
        """Write on a canvas as workshops have them, and run its cell again and again."""
        with self.page("usual") as (room, traffic, _):
            saved = list(self._saved(room))
            traffic.settled()
            constant = list(self._again(room))
        return [Waited(f"{self.amounts.notes} notes: Enter to on the disk", saved, 150), *constant]

    def _saved(self, room: Room) -> Iterator[float]:
        room.ready()
        for number in range(self.amounts.commits):
            room.page.evaluate("watched.keys()")
            if number % 2:
                room.page.locator(".clb-note").nth(number).click()
                room.type(f" – said again in round {number}")
            else:
                block = self._blocks[number // 2 % len(self._blocks)]
                room.page.locator(f".clb-add[data-add='{block}']").click()
                room.type(f"{TYPED} {number}")
            room.press("Enter")
            room.page.wait_for_function("watched.saved()")
            pressed = room.page.evaluate("watched.keys()")
            yield from (key["saved"] for key in pressed if key["saved"])
            if not number % 2:
                room.press("Escape")
        # Read by a program of its own.
        with Folder(self._root) as folder:
            done = len(list(folder.journal.read("usual"))) - self._sizes["usual"]
        if done != self.amounts.commits:
            message = f"{done} of {self.amounts.commits} operations are in the journal"
            raise RuntimeError(message)

    def _again(self, room: Room) -> Iterator[Constant]:
        kernel = Path("/proc") / str(room.python("os.getpid()")) / "fd"
        count = room.page.locator(FRONT[0]).count()

        def now() -> dict[str, int]:
            models = room.python(MODELS)
            # The sockets that were asked over take a moment to go.
            files = steady(lambda: len(list(kernel.iterdir())))
            page = room.page.locator(".clb").count()
            return {"models in the kernel": models, "files it has open": files, "canvases": page}

        run(room, 1, FRONT[0], count)
        room.ready()
        before = now()
        for _ in range(self.amounts.again):
            run(room, 1, FRONT[0], count)
            room.ready()
        after = now()
        title = f"{self.amounts.again} more runs of the cell"
        for name, value in before.items():
            yield Constant(f"{title}: {name}", value, after[name])


def run(room: Room, cell: int, selector: str, count: int) -> float:
    """Run a cell; give how long until it is painted, in milliseconds."""
    found = room.page.evaluate(
        "([cell, selector, count]) => watched.run(cell, selector, count)", [cell, selector, count]
    )
    return float(found)


def steady(ask: Any, times: int = 5) -> int:
    """Ask until the answer has been the same a few times in a row."""
    answers: list[int] = []
    while len(answers) < times or len(set(answers[-times:])) > 1:
        answers.append(ask())
        time.sleep(0.1)
    return answers[-1]


def flush(folder: Path, times: int = 20) -> float:
    """Give how many milliseconds this disk takes to keep something, before any work of ours."""
    took = []
    with (folder / "flushed").open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            took.append(1000 * (time.perf_counter() - began))
    return median(took)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and tell whether a requirement was missed."""
    parser = argparse.ArgumentParser(description="Measure the live canvas.")
    parser.add_argument("--runs", type=int, default=Amounts.runs, help="of both kinds, in turns")
    parser.add_argument("--json", type=Path, help="write everything to this file too")
    parser.add_argument("--quick", action="store_true", help="few notes and keys: only a trial")
    given = parser.parse_args(arguments)
    amounts = Amounts(**asdict(QUICK if given.quick else Amounts()) | {"runs": given.runs})
    with (
        tempfile.TemporaryDirectory() as place,
        sync_playwright() as playwright,
        contextlib.ExitStack() as stack,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        stack.callback(browser.close)
        chromium = browser.version
        disk = flush(Path(place))
        bench = Bench(Path(place), browser, amounts)
        stack.callback(bench.server.stop)
        compared, waited, usual = bench.compared(), bench.typing(), bench.usual()
    waited += [line for line in usual if isinstance(line, Waited)]
    constant = [line for line in usual if isinstance(line, Constant)]
    machine = f"Python {platform.python_version()}, Chromium {chromium}, {os.cpu_count()} cores"
    print(f"{machine}; load {os.getloadavg()[0]:.1f}; the disk keeps 4 kB in {disk:.1f} ms\n")
    blocks = f"14 blocks, {amounts.notes} notes; median (lowest–highest) of {amounts.runs}"
    for heads, lines in (
        ([blocks, "live canvas", "plain ipywidgets", "ratio", "required"], compared),
        (["", "times", "p50", "p95", "highest", "required"], waited),
        (["", "before", "after", "required"], constant),
    ):
        print(*table(heads, lines), "", sep="\n")
    every = [*compared, *waited, *constant]
    if given.json:
        found = {"machine": machine, "disk": disk, "amounts": asdict(amounts)}
        found["lines"] = [line.to_json() for line in every]
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return int(any(line.missed for line in every))


if __name__ == "__main__":
    sys.exit(main())
