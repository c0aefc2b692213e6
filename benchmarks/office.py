"""Files for the office: how long documents take to draw, and forms to be collected.

``python benchmarks/office.py [--clusters 200] [--rows 300] [--place FOLDER] [--json FILE]``.
Documents are drawn as a warm worker of a build draws them, from notebooks that were executed
before: each is another cluster's, so that nothing is known of it. A rented processor may be half as
fast an hour later: how long it takes over a million empty steps is told before and after, so that
two runs can be compared. Forms are filled in by another library than the one that wrote them. Exits
1 where a figure misses what it must show.
"""

from __future__ import annotations

import argparse
import csv
import gc
import itertools
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import nbformat
import openpyxl
from synthetic import Sample

from clusterlab.batch.build import build
from clusterlab.batch.jobs import Options
from clusterlab.batch.work import exporter
from clusterlab.documents.reading import read_document
from clusterlab.exchange import collect_forms, import_notes, make_form, write_form
from clusterlab.model import BoardId, Cluster, Operation, derived_id
from clusterlab.shared import shared
from clusterlab.workshop import Folder, create, read_roster

#: Formats of documents, and how many milliseconds the slowest one may take in a warm process.
FORMATS = {"pptx": 100.0, "docx": 100.0, "xlsx": 100.0}
COLLECTED = 60.0  # seconds
MEMORY = 500.0  # MB
#: Clusters whose documents are drawn, and in how many turns: one may be quick when another is not.
ROUNDS = 27
TURNS = 3
#: The cluster of the sample with the longest documents.
CLUSTER = "moveo"
_SENTENCE = 4  # words
_PACES = 9
_FIRST = 5  # row of a form's first note


@dataclass(frozen=True)
class Figure:
    """What was measured: the most that it may be, or 0 where nothing is required."""

    name: str
    unit: str
    value: float
    most: float = 0

    @property
    def met(self) -> bool:
        """Whether it is what it must be."""
        return not self.most or self.value <= self.most

    def line(self) -> str:
        """Say it in a line."""
        verdict = f"{'ok' if self.met else 'MISSED'} (≤ {self.most:g})" if self.most else ""
        return f"{self.name:<60} {self.value:>10.1f} {self.unit:<8} {verdict}".rstrip()


def documents(place: Path) -> Iterator[Figure]:
    """Draw the documents of clusters that have as much to say as the sample's largest.

    Time is the processor's, and the least for documents that are alike, drawn in several turns:
    what else the computer does only adds to it.
    """
    with _alike(place / "alike", CLUSTER, ROUNDS) as folder:
        build(folder, Options(formats=("html",)))
        names = [cluster.id for cluster in folder.clusters]
        handouts = folder.path / "handouts"
    read: dict[str, list[Any]] = {}
    for name in names:
        for file in sorted((handouts / name).rglob("*.ipynb")):
            found = read_document(nbformat.read(file, as_version=4))
            read.setdefault(file.stem, []).append(found)
    gc.collect()
    gc.freeze()  # as a worker does that has loaded what it needs
    yield Figure("a million empty steps, before", "ms", _pace())
    exporters = {suffix: exporter(suffix) for suffix in FORMATS}
    for suffix, (first, *_) in itertools.product(FORMATS, read.values()):
        exporters[suffix].draw(first)
    least: dict[str, dict[str, float]] = {suffix: {} for suffix in FORMATS}
    for turn in range(TURNS):
        for suffix, (name, (_, *others)) in itertools.product(FORMATS, read.items()):
            taken = min(_drawn(exporters[suffix], document) for document in others[turn::TURNS])
            least[suffix][name] = min(taken, least[suffix].get(name, taken))
    for suffix, most in FORMATS.items():
        for name, taken in least[suffix].items():
            yield Figure(f"{suffix}, {name}, in a warm process", "ms", taken, most)
        mean = statistics.mean(least[suffix].values())
        yield Figure(f"{suffix}, mean of a cluster's documents", "ms", mean, most)
    yield Figure("a million empty steps, after", "ms", _pace())


def _drawn(exporter: Any, document: Any) -> float:
    """Draw a document; give how many milliseconds of the processor's time it took."""
    began = time.process_time()
    exporter.draw(document)
    return 1000 * (time.process_time() - began)


def _pace() -> float:
    """Measure how fast the processor is now: the least time for a million empty steps, in ms."""
    times = []
    for _ in range(_PACES):
        began = time.process_time()
        for _ in range(1_000_000):
            pass
        times.append(1000 * (time.process_time() - began))
    return min(times)


def _alike(place: Path, like: str, count: int) -> Folder:
    """Make a workshop of a cluster of the sample and some more, each with its notes reworded."""
    facts = tomllib.loads(shared("data", "demo.toml").read_text(encoding="utf-8"))
    roster, _ = read_roster(shared("data", facts["roster"]))
    one = next(cluster for cluster in roster if cluster.id == like)
    clusters = [
        one,
        *(replace(one, id=f"{like}-{n}", name=f"{one.name} {n}") for n in range(count)),
    ]
    known = {"language": facts["language"], "starts": facts["starts"], "vote": facts["vote"]}
    folder = create(place, facts["format"], facts["title"], clusters, **known)
    patterns = ["competency-maps/" + like + ".csv", *facts["examples"]]
    tables = [path for pattern in patterns for path in sorted(shared("data").glob(pattern))]
    for number, cluster in enumerate(clusters):
        for table in tables:
            file = place.with_name(f"{cluster.id}-{table.name}")
            _reworded(table, file, cluster.id, number)
            report = import_notes(folder, file, time=facts["time"], cluster=cluster.id)
            assert not report.refusals, report.refusals  # noqa: S101 - else too little is measured
    return folder


def _reworded(table: Path, file: Path, cluster: str, number: int) -> None:
    """Write a table of notes for another cluster: every sentence has its words in a new order."""
    with table.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    pick = Random(number)  # noqa: S311 - the same order every time
    for row in rows:
        if "cluster" in row:
            row["cluster"] = cluster
        for key, text in row.items():
            words = text.split()
            if number and len(words) >= _SENTENCE and not re.search(r"\d", text):
                row[key] = " ".join(pick.sample(words, len(words)))
    with file.open("w", encoding="utf-8", newline="") as made:
        writer = csv.DictWriter(made, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def forms(place: Path, clusters: int, rows: int) -> Iterator[Figure]:
    """Send forms out, fill them in, and collect them."""
    folder = _workshop(place / "forms", clusters, rows)
    (place / "sent").mkdir()
    with folder:
        began = time.perf_counter()
        files = []
        for cluster in folder.clusters:
            files.append(place / "sent" / f"{cluster.id}.xlsx")
            write_form(make_form(folder, cluster, folder.language(cluster)), files[-1])
        took = time.perf_counter() - began
        yield Figure(f"{clusters} forms of {rows} rows written", "s", took)
        for number, file in enumerate(files):
            _fill_in(file, number)
        began = time.perf_counter()
        reports = list(collect_forms(folder, files))
        took = time.perf_counter() - began
        yield Figure(f"{clusters} forms of {rows} rows collected", "s", took, COLLECTED)
        wrong = sum(r.taken != 10 or r.changed != 20 or bool(r.refusals) for r in reports)  # noqa: PLR2004
        yield Figure("forms that brought something else than the edits", "", wrong, 0.5)
        position = folder.journal.position()
        began = time.perf_counter()
        again = list(collect_forms(folder, files))
        took = time.perf_counter() - began
        yield Figure(f"{clusters} forms collected once more", "s", took)
        written = folder.journal.position() - position
        yield Figure("operations of the second time", "", written, 0.5)
        told = sum(r.taken + r.changed + r.deleted + len(r.refusals) for r in again)
        yield Figure("changes and refusals told the second time", "", told, 0.5)
    yield Figure("memory of all this", "MB", _peak(), MEMORY)


def _peak() -> float:
    """Give the most megabytes that this process held; getrusage counts who started it, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


def _workshop(place: Path, clusters: int, rows: int) -> Folder:
    """Make a workshop in which every cluster has so many actions."""
    texts, pick = Sample().texts, Random(1)  # noqa: S311 - the same texts every time
    folder = create(
        place, "business-model", "Benchmark",
        [Cluster(f"c{n}", f"Cluster {n}") for n in range(clusters)],
    )  # fmt: skip
    for cluster in folder.clusters:
        board = BoardId(cluster.id, "action-plan")
        folder.journal.append(
            Operation(
                board,
                "add",
                {
                    "note": derived_id("note", cluster.id, number),
                    "block": "actions",
                    "letter": "A",
                    "values": {"text": f"{number} {pick.choice(texts)}", "effort": number % 5 + 1},
                },
                "sample",
                derived_id("add", cluster.id, number),
            )
            for number in range(rows)
        )
    return folder


def _fill_in(path: Path, number: int) -> None:
    """Change twenty rows and add ten, as somebody at a spreadsheet does."""
    book = openpyxl.load_workbook(path)
    sheet = book["Action plan"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    last = max(r for r in range(_FIRST, sheet.max_row + 1) if sheet.cell(r, keys["id"]).value)
    for step in range(20):
        row = _FIRST + step * (last - _FIRST) // 20
        sheet.cell(row, keys["responsible"]).value = f"Person {number} {step}"
    for step in range(10):
        sheet.cell(sheet.max_row + 1, keys["text"]).value = f"New {number} {step}"
    book.save(path)


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clusters", type=int, default=200)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--parts", default="documents,forms")
    parser.add_argument("--place", type=Path)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="office-", dir=given.place))
    found: list[Figure] = []
    parts: dict[str, Any] = {
        "documents": lambda: documents(place),
        "forms": lambda: forms(place, given.clusters, given.rows),
    }
    try:
        for part in given.parts.split(","):
            for figure in parts[part]():
                print(figure.line(), flush=True)
                found.append(figure)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if given.json:
        figures = [
            {"name": f.name, "unit": f.unit, "value": f.value, "most": f.most, "met": f.met}
            for f in found
        ]
        given.json.write_text(json.dumps({"figures": figures}, indent=1), encoding="utf-8")
    return 0 if all(figure.met for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
