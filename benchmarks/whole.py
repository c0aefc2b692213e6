"""Whole builds: from the notebooks to HTML and PDF, beside papermill and nbconvert.

The other side takes minutes for a hundred clusters, so a sample of them is measured unless all are
asked for: in blocks between which our build makes all of its clusters. Its processes are started
and have loaded everything before anything is measured; ours are started by the command, whose
whole time counts.

The floor is what no build with these notebooks and documents can be faster than: in processes that
have loaded everything, the cells alone (see ``floor.py``) and then the same drawing of HTML and
PDF. Nothing is planned, read, sent, recorded or written.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from execution import ATTEMPTS, Runner, all_of, environment
from same import differences
from synthetic import synthetic_workshop
from tree import Peak, Ran, run

from clusterlab.batch.plan import notebook_files
from clusterlab.model import Cluster
from clusterlab.workshop import Folder

BLOCKS = 3
FORMATS = ("ipynb", "html", "pdf")
OURS, POOL, LOOP = "clusterlab build", "papermill and webpdf, pool", "papermill and webpdf, loop"
FLOOR = "floor, pool"


def build(workshop: Path, output: Path, jobs: int, *more: str, watched: bool = True) -> Ran:
    """Build a workshop with the command that people use, and look at its memory."""
    # -P: nothing that lies in the current folder stands in for a library.
    command = [sys.executable, "-P", "-m", "clusterlab", "build", str(workshop)]
    options = ["--output", str(output), "--jobs", str(jobs), *more]
    log = output.with_suffix(".log")
    return run([*command, *options], environment(), log, watched=watched)


@dataclass
class Whole:
    """What whole builds took.

    Parameters
    ----------
    clusters, sampled
        How many we built in each block, and how many the others built in all.
    seconds
        Per cluster, one value for each block, by contestant.
    memory
        The most bytes that our processes held together, and the pool's.
    wrong
        Where executed notebooks differ or are missing.
    again
        By contestant: how often it failed and was measured once more.
    """

    clusters: int
    sampled: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    again: dict[str, int] = field(default_factory=dict)

    def times(self, slow: str, fast: str = OURS) -> tuple[float, float, float]:
        """Give how many times faster we (or another one) are, with the lowest and highest block."""
        slower, faster = self.seconds[slow], self.seconds[fast]
        each = [one / other for one, other in zip(slower, faster, strict=True)]
        return median(slower) / median(faster), min(each), max(each)


class _Floor:
    """Runs a notebook's cells in one process, then draws it in another, which has threads."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._cells, self._draw = (stack.enter_context(Runner(name)) for name in ("floor", "draw"))
        self.pid = self._draw.pid

    def run(self, task: dict[str, Any]) -> dict[str, Any]:
        """Run one; give what the process says that draws, or the other one where it failed."""
        ran = self._cells.run(task)
        return ran if ran["error"] else self._draw.run(task)


class Builds:
    """A workshop, and the others' processes.

    Parameters
    ----------
    place
        An empty folder.
    clusters, sample
        How many there are, and how many of them the others build.
    jobs
        How many processes each side has.
    """

    def __init__(self, place: Path, clusters: int, sample: int, jobs: int, seed: int) -> None:
        self._place, self._jobs = place, jobs
        self._path = place / "workshop"
        self._random = Random(seed)  # noqa: S311 - an order that can be had again
        self.found = Whole(clusters, min(sample, clusters))
        with synthetic_workshop(self._path, clusters, seed) as workshop:
            chosen = self._random.sample(workshop.clusters, self.found.sampled)
            self._sampled = [cluster.id for cluster in chosen]
            self._tasks = {c.id: _tasks(place, workshop, c) for c in workshop.clusters}
        self._stack = contextlib.ExitStack()

    def measure(self) -> Whole:
        """Build everything."""
        with self._stack:
            pool = [self._stack.enter_context(Runner("webpdf")) for _ in range(self._jobs)]
            floors = [_Floor(self._stack) for _ in range(self._jobs)]
            for runner in pool:  # the first time is not counted
                runner.run(self._tasks[self._sampled[0]][0])
            for block in range(BLOCKS):
                sampled = self._sampled[block::BLOCKS]
                for name in self._order():
                    print(f"\rblock {block + 1} of {BLOCKS}: {name:30}", end="", file=sys.stderr)
                    if name == OURS:
                        self._ours()
                    elif name == POOL:
                        self._others(POOL, pool, sampled)
                    elif name == FLOOR:
                        self._others(FLOOR, floors, self._executed(floors, block))
                    else:
                        # One cluster is enough for what we need not be ahead of.
                        self._others(LOOP, pool[:1], sampled[:1])
                self._compare(sampled)
            self._look(pool)
        print(file=sys.stderr)
        return self.found

    def _order(self) -> list[str]:
        """Give the contestants as chance has it; the floor draws what we have executed."""
        order = [OURS, POOL, LOOP]
        self._random.shuffle(order)
        after = order.index(OURS) + 1
        order.insert(self._random.randint(after, len(order)), FLOOR)
        return order

    def _executed(self, floors: Sequence[_Floor], block: int) -> list[str]:
        """Give the clusters of a block's floor, whose notebooks know where they lie executed."""
        clusters = list(self._tasks)[block::BLOCKS]
        for cluster in clusters:
            for task in self._tasks[cluster]:
                name = Path(task["output"]).name
                (executed,) = self._output.glob(f"{cluster}/*/{name}")
                task["executed"] = str(executed)
        if block == 0:
            for floor in floors:  # the first time is not counted
                for task in self._tasks[clusters[0]]:
                    floor.run(task)
        return clusters

    @property
    def _output(self) -> Path:
        return self._place / "handouts"

    def _ours(self) -> None:
        shutil.rmtree(self._output, ignore_errors=True)
        ran = build(self._path, self._output, self._jobs, watched=False)
        self.found.seconds.setdefault(OURS, []).append(ran.seconds / self.found.clusters)

    def _look(self, pool: Sequence[Runner]) -> None:
        """Look at memory, in runs of their own: it takes a tenth of what processors can do."""
        shutil.rmtree(self._output)
        self.found.memory[OURS] = build(self._path, self._output, self._jobs).peak
        tasks = [task for cluster in self._sampled[:2] for task in self._tasks[cluster]]
        with Peak(*(runner.pid for runner in pool)) as peak:
            all_of(pool, tasks)
        self.found.memory[POOL] = peak.bytes

    def _others(self, name: str, pool: Sequence[Runner | _Floor], clusters: Sequence[str]) -> None:
        tasks = [task for cluster in clusters for task in self._tasks[cluster]]
        for _ in range(ATTEMPTS):
            seconds, answers = all_of(pool, tasks)
            errors = [answer["error"] for answer in answers if answer["error"]]
            if not errors:
                break
            self.found.again[name] = self.found.again.get(name, 0) + 1
        self.found.seconds.setdefault(name, []).append(seconds / len(clusters))
        self.found.wrong += [f"{name}: {error}" for error in errors]

    def _compare(self, clusters: Sequence[str]) -> None:
        """Look whether all is there, and executed with the same outputs."""
        for suffix in FORMATS:
            count = len(list(self._output.glob(f"*/*/*.{suffix}")))
            if count != self.found.clusters * len(self._tasks[clusters[0]]):
                self.found.wrong.append(f"{OURS}: {count} {suffix} files")
        for cluster in clusters:
            for task in self._tasks[cluster]:
                theirs = Path(task["output"])
                (ours,) = self._output.glob(f"{cluster}/*/{theirs.name}")
                differing = differences(theirs, ours)
                self.found.wrong += [f"{cluster}, {theirs.name}: {text}" for text in differing]


def _tasks(place: Path, workshop: Folder, cluster: Cluster) -> list[dict[str, Any]]:
    folder = place / cluster.id
    folder.mkdir()
    language = workshop.language(cluster)
    (folder / "bundle.json").write_bytes(workshop.bundle(cluster, language))
    given = {"workshop": "bundle.json", "cluster": cluster.id, "language": language.tag}
    return [
        {
            "notebook": str(notebook),
            "output": str(folder / notebook.name),
            "folder": str(folder),
            "parameters": given,
        }
        for notebook in notebook_files(workshop).values()
    ]
