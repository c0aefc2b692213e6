"""Executing notebooks: every contestant once in each round, in an order that chance gives."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Protocol, Self

from floor import ENVIRONMENT
from same import differences, shown
from synthetic import synthetic_workshop

from clusterlab.batch.nursery import MEMORY

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
#: Contestants: their name in the report, papermill's engine, whether a pool of them runs.
STOCK, STOCK_POOL = "papermill", "papermill, pool"
EMBEDDED = "ploomber-engine"
OURS, OURS_POOL = "engine clusterlab", "engine clusterlab, pool"
FLOOR, FLOOR_POOL = "floor", "floor, pool"
CONTESTANTS = {
    STOCK: ("", False),
    STOCK_POOL: ("", True),
    EMBEDDED: ("embedded", False),
    OURS: ("clusterlab", False),
    OURS_POOL: ("clusterlab", True),
    FLOOR: ("floor", False),
    FLOOR_POOL: ("floor", True),
}
if find_spec("ploomber_engine") is None:
    del CONTESTANTS[EMBEDDED]  # nothing of ours needs it
#: Two kernels that papermill starts at a time may take the same port, and then one dies: what this
#: happens to is measured once more. What is ours is never forgiven.
FORGIVEN = frozenset({STOCK, STOCK_POOL, EMBEDDED})
ATTEMPTS = 3
#: How many notebooks a pool gets at a time for each of its processes.
_EACH = 3


class Runner:
    """A process of one contestant.

    Parameters
    ----------
    engine
        Papermill's engine, "" for its own, or another name that ``runner.py`` knows.
    """

    def __init__(self, engine: str) -> None:
        more = {"floor": ENVIRONMENT, "draw": {**MEMORY, "RAYON_NUM_THREADS": "1"}}.get(engine, {})
        self.engine = engine
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "runner.py"), engine],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment() | more,
            text=True,
        )
        self._answer()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def run(self, task: dict[str, Any]) -> dict[str, Any]:
        """Execute a notebook; give what the process says of it."""
        if self._process.stdin is None:
            raise AssertionError
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            message = f"the runner of “{self.engine}” ended"
            raise RuntimeError(message)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.wait()


class Runs(Protocol):
    """What executes notebooks, one at a time."""

    def run(self, task: dict[str, Any]) -> dict[str, Any]:
        """Execute one."""


def all_of(
    runners: Sequence[Runs], tasks: Sequence[dict[str, Any]]
) -> tuple[float, list[dict[str, Any]]]:
    """Have processes execute notebooks, one after the other each; give how long it took."""
    waiting = iter(tasks)
    began = time.perf_counter()
    with ThreadPoolExecutor(len(runners)) as threads:
        done = threads.map(lambda runner: [runner.run(task) for task in waiting], runners)
        answers = [answer for each in done for answer in each]
    return time.perf_counter() - began, answers


def environment() -> dict[str, str]:
    """Give the environment in which this checkout's package is imported."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return dict(os.environ) | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


@dataclass
class Measured:
    """What one notebook took with every contestant.

    Parameters
    ----------
    notebook
        Its name.
    seconds
        Per notebook, one value for each round, by contestant.
    wrong
        By contestant: where its outputs differ from papermill's own, or what went wrong.
    again
        By contestant: how often it failed and was measured once more.
    """

    notebook: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    again: dict[str, int] = field(default_factory=dict)

    def times(self, slow: str, fast: str) -> tuple[float, float, float]:
        """Give how many times faster one contestant is, and the lowest and highest of a round."""
        pairs = zip(self.seconds[slow], self.seconds[fast], strict=True)
        each = [one / other for one, other in pairs]
        return median(self.seconds[slow]) / median(self.seconds[fast]), min(each), max(each)

    def overhead(self) -> tuple[float, float, float]:
        """Give what the engine adds to the floor, in hundredths of what papermill takes."""
        stock, ours, floor = (self.seconds[name] for name in (STOCK, OURS, FLOOR))
        each = [100 * (b - c) / a for a, b, c in zip(stock, ours, floor, strict=True)]
        whole = 100 * (median(ours) - median(floor)) / median(stock)
        return whole, min(each), max(each)


class Execution:
    """Notebooks, a folder with a bundle for each cluster, and all contestants' processes.

    Parameters
    ----------
    place
        An empty folder.
    jobs
        How many processes a pool has.
    seed
        Of clusters and order.
    """

    def __init__(self, place: Path, jobs: int, seed: int) -> None:
        self.place, self._jobs = place, jobs
        self._random = Random(seed)  # noqa: S311 - an order that can be had again
        self._stack = contextlib.ExitStack()
        self._runners: dict[str, list[Runner]] = {}
        self._folders = []
        with synthetic_workshop(place / "workshop", 2 * _EACH * jobs, seed) as workshop:
            for cluster in workshop.clusters:
                folder = place / cluster.id
                folder.mkdir()
                bundle = workshop.bundle(cluster, workshop.language(cluster))
                (folder / "bundle.json").write_bytes(bundle)
                self._folders.append(folder)
        # Neither the smallest nor the largest is what all the rounds are about.
        self._folders.sort(key=lambda f: (f / "bundle.json").stat().st_size)
        middle = self._folders.pop(len(self._folders) // 2)
        self._folders.insert(0, middle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def measure(self, notebook: Path, rounds: int) -> Measured:
        """Execute a notebook with every contestant, as often as there are rounds."""
        found = Measured(notebook.stem)
        for number in range(-1, rounds):
            order = list(CONTESTANTS)
            self._random.shuffle(order)
            taken = {name: self._contend(notebook, name, found) for name in order}
            if number >= 0:  # the first time of each is not counted
                for name, seconds in taken.items():
                    found.seconds.setdefault(name, []).append(seconds)
            self._compare(found)
            print(f"\r{notebook.stem}: round {number + 1} of {rounds}  ", end="", file=sys.stderr)
        print(file=sys.stderr)
        return found

    def _contend(self, notebook: Path, name: str, found: Measured) -> float:
        engine, pool = CONTESTANTS[name]
        runners = self._of(engine, notebook)[: None if pool else 1]
        out = self.place / _slug(name)
        for _ in range(ATTEMPTS):
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            tasks = list(self._tasks(notebook, out, _EACH * self._jobs if pool else 1))
            seconds, answers = all_of(runners, tasks)
            errors = [answer["error"] for answer in answers if answer["error"]]
            if not errors or name not in FORGIVEN:
                break
            found.again[name] = found.again.get(name, 0) + 1
        self._note(found, name, errors)
        if engine == "floor":
            self._shown = answers[0]["shown"]
        return seconds / len(tasks) if pool else float(answers[0]["seconds"])

    def _of(self, engine: str, notebook: Path) -> list[Runner]:
        """Give a contestant's processes; each notebook has its own, loaded with what it imports."""
        key = f"{engine} {notebook}"
        if key not in self._runners:
            made = [self._stack.enter_context(Runner(engine)) for _ in range(self._jobs)]
            self._runners[key] = made
        return self._runners[key]

    def _tasks(self, notebook: Path, out: Path, count: int) -> Iterator[dict[str, Any]]:
        for number, folder in enumerate(self._folders[:count]):
            given: dict[str, Any] = {"cluster": folder.name}
            if "bundle" in _asked(notebook):
                given |= {"workshop": "bundle.json", "language": "en"}
            else:
                given |= {"seed": number}
            yield {
                "notebook": str(notebook),
                "output": str(out / f"{folder.name}.ipynb"),
                "folder": str(folder),
                "parameters": given,
            }

    def _compare(self, found: Measured) -> None:
        """Compare outputs: a figure counts only where they are equal."""
        pairs = {OURS: STOCK, OURS_POOL: STOCK_POOL, EMBEDDED: STOCK}
        for name, against in pairs.items():
            if name not in CONTESTANTS:
                continue
            for stock in sorted((self.place / _slug(against)).glob("*.ipynb")):
                ours = self.place / _slug(name) / stock.name
                wrong = differences(stock, ours) if ours.is_file() else ["nothing was written"]
                self._note(found, name, wrong)
        (stock,) = (self.place / _slug(STOCK)).glob("*.ipynb")
        if self._shown < shown(stock):
            self._note(found, FLOOR, [f"shows {self._shown} of {shown(stock)} outputs"])

    @staticmethod
    def _note(found: Measured, name: str, wrong: Sequence[str]) -> None:
        known = found.wrong.setdefault(name, []) if wrong else []
        known += [text for text in wrong if text not in known]


def _asked(notebook: Path) -> str:
    """Tell what a notebook asks for: a bundle, or a seed."""
    return "seed" if notebook.stem == "figures" else "bundle"


def _slug(name: str) -> str:
    return name.replace(",", "").replace(" ", "-")
