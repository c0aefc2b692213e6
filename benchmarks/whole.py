"""Whole builds: from the notebooks to HTML and PDF, beside papermill and nbconvert.

The other side takes minutes for a hundred clusters, so a sample of them is measured unless all are
asked for: in blocks between which our build makes all of its clusters. Its processes are started
and have loaded everything before anything is measured; ours are started by the command, whose
whole time counts.
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


def build(workshop: Path, output: Path, jobs: int, *more: str) -> Ran:
    """Build a workshop with the command that people use."""
    # -P: nothing that lies in the current folder stands in for a library.
    command = [sys.executable, "-P", "-m", "clusterlab", "build", str(workshop)]
    options = ["--output", str(output), "--jobs", str(jobs), *more]
    return run([*command, *options], environment(), output.with_suffix(".log"))


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
        The most bytes that a contestant's processes held together.
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

    def times(self, slow: str) -> tuple[float, float, float]:
        """Give how many times faster we are, with the lowest and highest of a block."""
        pairs = zip(self.seconds[slow], self.seconds[OURS], strict=True)
        each = [one / ours for one, ours in pairs]
        return median(self.seconds[slow]) / median(self.seconds[OURS]), min(each), max(each)


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
            self._tasks = {cluster.id: _tasks(place, workshop, cluster) for cluster in chosen}
        self._stack = contextlib.ExitStack()

    def measure(self) -> Whole:
        """Build everything."""
        ids = list(self._tasks)
        with self._stack:
            pool = [self._stack.enter_context(Runner("webpdf")) for _ in range(self._jobs)]
            for runner in pool:  # the first time is not counted
                runner.run(self._tasks[ids[0]][0])
            for block in range(BLOCKS):
                sampled = ids[block::BLOCKS]
                order = [OURS, POOL, LOOP]
                self._random.shuffle(order)
                for name in order:
                    print(f"\rblock {block + 1} of {BLOCKS}: {name:30}", end="", file=sys.stderr)
                    if name == OURS:
                        self._ours()
                    elif name == POOL:
                        self._others(POOL, pool, sampled)
                    else:
                        # One cluster is enough for what we need not be ahead of.
                        self._others(LOOP, pool[:1], sampled[:1])
                self._compare(sampled)
        print(file=sys.stderr)
        return self.found

    @property
    def _output(self) -> Path:
        return self._place / "handouts"

    def _ours(self) -> None:
        shutil.rmtree(self._output, ignore_errors=True)
        ran = build(self._path, self._output, self._jobs)
        self.found.seconds.setdefault(OURS, []).append(ran.seconds / self.found.clusters)
        self._remember(OURS, ran.peak)

    def _others(self, name: str, pool: Sequence[Runner], clusters: Sequence[str]) -> None:
        tasks = [task for cluster in clusters for task in self._tasks[cluster]]
        for _ in range(ATTEMPTS):
            with Peak(*(runner.pid for runner in pool)) as peak:
                seconds, answers = all_of(pool, tasks)
            errors = [answer["error"] for answer in answers if answer["error"]]
            if not errors:
                break
            self.found.again[name] = self.found.again.get(name, 0) + 1
        self.found.seconds.setdefault(name, []).append(seconds / len(clusters))
        self._remember(name, peak.bytes)
        self.found.wrong += [f"{name}: {error}" for error in errors]

    def _remember(self, name: str, peak: int) -> None:
        self.found.memory[name] = max(peak, self.found.memory.get(name, 0))

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
