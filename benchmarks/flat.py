"""A build of very many clusters: as fast at its end as at its beginning, in the same memory."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, field
from pathlib import Path

from execution import environment
from synthetic import synthetic_workshop
from tree import Ran, run
from whole import FORMATS, build

from clusterlab.model import derived_id

#: Clusters that are compared: as many at the end as early, once everything is warm.
PART = 100
#: What says how a whole build stands, and so is written by every build.
_WHOLE = frozenset({"manifest.json", "index.html"})


@dataclass
class Flat:
    """What a build of many clusters took.

    Parameters
    ----------
    clusters, fewer
        How many there are, and how many the smaller build has that memory is compared with.
    early, late
        Seconds for the clusters 101 to 200 and for the last hundred.
    memory, memory_fewer
        The most bytes that all processes of either build held.
    again
        Seconds of a build with nothing to do.
    forked
        Whether that one started a process.
    rewritten
        Files that were written when one cluster had changed, of that one and of others.
    """

    clusters: int
    fewer: int
    seconds: float = 0
    early: float = 0
    late: float = 0
    memory: int = 0
    memory_fewer: int = 0
    again: float = 0
    forked: bool = False
    rewritten: tuple[int, int] = (0, 0)
    wrong: list[str] = field(default_factory=list)


def measure(place: Path, clusters: int, jobs: int, seed: int) -> Flat:
    """Build many clusters, then again with nothing and with one changed.

    Parameters
    ----------
    place
        An empty folder.
    """
    found = Flat(clusters, min(2 * PART, clusters))
    _say(f"{found.fewer} clusters")
    synthetic_workshop(place / "fewer", found.fewer, seed).close()
    found.memory_fewer = build(place / "fewer", place / "fewer-out", jobs).peak
    _say(f"{clusters} clusters")
    path, output = place / "workshop", place / "handouts"
    synthetic_workshop(path, clusters, seed).close()
    ran = build(path, output, jobs)
    found.seconds, found.memory = ran.seconds, ran.peak
    done = _moments(output, clusters)
    if len(done) != clusters:
        found.wrong.append(f"{len(done)} of {clusters} clusters were built")
    part = min(PART, clusters // 3)
    found.early = done[2 * part - 1] - done[part - 1]
    found.late = done[-1] - done[-part - 1]
    _say("nothing changed")
    before = _times(output)
    again = build(path, output, jobs)
    found.again, found.forked = again.seconds, again.forked
    if _times(output) != before:
        found.wrong.append("files were written though nothing had changed")
    _say("one cluster changed")
    cluster = f"cluster-{clusters // 2:05}"
    _change(place, path, cluster)
    build(path, output, jobs)
    after = _times(output)
    changed = [name for name in after.keys() | before.keys() if after.get(name) != before.get(name)]
    documents = [name for name in changed if name not in _WHOLE]
    own = [name for name in documents if name.startswith(f"{cluster}/")]
    found.rewritten = len(own), len(documents) - len(own)
    expected = [name for name in before if name.startswith(f"{cluster}/")]
    if sorted(own) != sorted(expected):
        found.wrong.append(f"{len(own)} of {len(expected)} documents of {cluster} were rewritten")
    print(file=sys.stderr)
    return found


def _say(what: str) -> None:
    print(f"\rmany clusters: {what:30}", end="", file=sys.stderr, flush=True)


def _times(output: Path) -> dict[str, int]:
    """Give when each file was written, but for what a build keeps for itself."""
    files = (p for p in output.rglob("*") if p.is_file() and not p.name.startswith("."))
    return {p.relative_to(output).as_posix(): p.stat().st_mtime_ns for p in files}


def _moments(output: Path, clusters: int) -> list[float]:
    """Give when so many clusters were done, one after the other."""
    last: dict[str, int] = {}
    for name, time in _times(output).items():
        folder, _, rest = name.partition("/")
        if rest and name.rpartition(".")[2] in FORMATS:
            last[folder] = max(time, last.get(folder, 0))
    return sorted(time / 1e9 for time in last.values())[:clusters]


def _change(place: Path, workshop: Path, cluster: str) -> Ran:
    """Have one cluster write one more note, as people do with a table."""
    table = place / "one.csv"
    row = {
        "id": derived_id("one more", cluster),
        "cluster": cluster,
        "canvas": "swot",
        "version": "current",
        "topic": "business",
        "block": "strengths",
        "text": "One more note",
    }
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    command = [sys.executable, "-P", "-m", "clusterlab", "import", str(workshop), str(table)]
    return run(command, environment(), place / "import.log")
