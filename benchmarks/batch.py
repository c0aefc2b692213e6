"""How fast batches are, beside papermill, papermill in a pool, ploomber-engine and nbconvert.

``python benchmarks/batch.py [--parts execution,build,flat] [--json FILE] [--picture FILE]`` makes
synthetic clusters, measures all contestants in turns in one run, prints ratios and ends with 1
where a requirement is missed or outputs differ: a figure counts only if the outputs are equal.
ploomber-engine takes part where it is installed, nbconvert's PDF needs Chromium.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import execution
import flat
import whole
from execution import HERE, ROOT, Execution, Measured
from picture import Bar, Group, draw
from ratios import (
    Figure,
    contestants,
    differing,
    execution_figures,
    failed_before,
    flat_figures,
    whole_figures,
)
from report import aligned, table

PARTS = ("execution", "build", "flat")
NOTEBOOKS = (
    ROOT / "notebooks" / "competency-map" / "competency-map.ipynb",
    ROOT / "notebooks" / "business-model" / "business-model.ipynb",
    HERE / "notebooks" / "figures.ipynb",
)
_QUICK = {"rounds": 1, "clusters": 3, "stock_sample": 3, "many": 6}
#: Contestants as people who have not read this file understand them.
_SAID = {execution.FLOOR: "its cells alone"}
_LIBRARIES = ("papermill", "ploomber-engine", "nbconvert", "ipykernel", "matplotlib")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and tell whether a requirement was missed."""
    given = _given(arguments)
    # As where it is installed; nobody measures how long Python takes to compile.
    compileall.compile_dir(ROOT / "clusterlab", quiet=1)
    print(f"{_machine()}\nload before: {os.getloadavg()[0]:.1f}\n", flush=True)
    found: dict[str, object] = {"machine": _machine(), "load": os.getloadavg()}
    figures: list[Figure] = []
    wrong: list[str] = []
    measured: list[Measured] = []
    built: whole.Whole | None = None
    with tempfile.TemporaryDirectory(dir=given.place) as place:
        if "execution" in given.parts:
            measured = _execution(Path(place) / "execution", given)
            figures += execution_figures(measured)
            found["execution"] = [asdict(one) for one in measured]
        if "build" in given.parts:
            sample = given.clusters if given.full else given.stock_sample
            folder = _made(Path(place) / "build")
            builds = whole.Builds(folder, given.clusters, sample, given.jobs, given.seed)
            built = builds.measure()
            figures += whole_figures(built)
            wrong += built.wrong
            found["build"] = asdict(built)
        if "flat" in given.parts:
            many = flat.measure(_made(Path(place) / "flat"), given.many, given.jobs, given.seed)
            figures += flat_figures(many)
            wrong += many.wrong
            found["flat"] = asdict(many)
    _print(given, measured, built, figures, wrong)
    if given.json:
        found["figures"] = [figure.to_json() for figure in figures]
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if given.picture and measured and built:
        given.picture.write_text(_picture(measured, built), encoding="utf-8")
    return int(bool(wrong) or any(figure.missed for figure in figures))


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure batches.")
    parser.add_argument("--parts", type=_parts, default=PARTS, help="execution,build,flat")
    parser.add_argument("--rounds", type=int, default=9, help="of every notebook, per contestant")
    parser.add_argument("--clusters", type=int, default=100, help="of the whole build")
    parser.add_argument("--stock-sample", type=int, default=12, help="of them, for the others")
    parser.add_argument("--full", action="store_true", help="the others build all of them, too")
    parser.add_argument("--many", type=int, default=1000, help="clusters of the long build")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="of every pool")
    parser.add_argument("--seed", type=int, default=1, help="of clusters and order")
    parser.add_argument("--place", type=Path, help="where to work; by default a temporary folder")
    parser.add_argument("--json", type=Path, help="write everything to this file too")
    parser.add_argument("--picture", type=Path, help="draw execution and build to this SVG file")
    parser.add_argument("--quick", action="store_true", help="of everything little: only a trial")
    given = parser.parse_args(arguments)
    given.notebooks = NOTEBOOKS[:1] if given.quick else NOTEBOOKS
    vars(given).update(_QUICK if given.quick else {})
    return given


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(","))
    if unknown := set(parts) - set(PARTS):
        message = f"no such part: {', '.join(sorted(unknown))}"
        raise argparse.ArgumentTypeError(message)
    return parts


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _machine() -> str:
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    return f"Python {platform.python_version()}, {os.cpu_count()} processors, {libraries}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _execution(place: Path, given: argparse.Namespace) -> list[Measured]:
    with Execution(_made(place), given.jobs, given.seed) as contest:
        return [contest.measure(notebook, given.rounds) for notebook in given.notebooks]


def _print(
    given: argparse.Namespace,
    measured: Sequence[Measured],
    built: whole.Whole | None,
    figures: Sequence[Figure],
    wrong: Sequence[str],
) -> None:
    print(f"load after: {os.getloadavg()[0]:.1f}\n")
    if measured:
        print(f"Execution only: median (lowest–highest) of {given.rounds} rounds")
        print(*aligned(list(contestants(measured))), "", sep="\n")
    if built:
        print(_sampled(built), "", sep="\n")
    print(*table(["", "figure", "lowest–highest", "required"], figures), "", sep="\n")
    for text in (*differing(measured, wrong), *failed_before(measured, built)):
        print(text)


def _sampled(built: whole.Whole) -> str:
    if built.sampled == built.clusters:
        return f"Whole build: all {built.clusters} clusters on every side."
    return (
        f"Whole build: {built.clusters} clusters of ours in each of {whole.BLOCKS} blocks, "
        f"{built.sampled} of them in all for the pool, {whole.BLOCKS} for the loop."
    )


def _picture(measured: Sequence[Measured], built: whole.Whole) -> str:
    names = [n for n in execution.CONTESTANTS if "pool" not in n and n != execution.EMBEDDED]
    return draw(
        "How many times faster than papermill",
        list(_groups(measured, built, names)),
        f"Medians on {os.cpu_count()} processors, measured by benchmarks/batch.py",
    )


def _groups(
    measured: Sequence[Measured], built: whole.Whole, names: Sequence[str]
) -> Iterator[Group]:
    for one in measured:
        bars = [
            Bar(_SAID.get(n, n), one.times(execution.STOCK, n)[0], n == execution.OURS)
            for n in names
        ]
        yield Group(f"Executing {one.notebook}, one at a time", bars)
    pool = built.times(whole.POOL)[0] / built.times(whole.LOOP)[0]
    faster = {
        "papermill, nbconvert webpdf": 1.0,
        "the same, in a pool": 1 / pool,
        whole.OURS: built.times(whole.LOOP)[0],
    }
    bars = [Bar(name, times, name == whole.OURS) for name, times in faster.items()]
    yield Group(f"Handouts of {built.clusters} clusters, as HTML and PDF", bars)


if __name__ == "__main__":
    sys.exit(main())
