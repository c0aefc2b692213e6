"""Very many notebooks in a row: nothing hangs, nothing is left, nothing grows.

``python benchmarks/soak.py [--count 2000]`` runs notebooks of several kinds with papermill's engine
``clusterlab`` in one process and exits with 1 where something is left of them.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path

import papermill
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

#: Cells of notebooks, and what they are meant to end in.
KINDS = {
    "prints": (["print('a')", "1 + 1"], None),
    "fails": (["1 / 0"], PapermillExecutionError),
    "dies": (["import os; os._exit(3)"], DeadKernelError),
    "starts a process": (["import subprocess; subprocess.Popen(['sleep', '600'])"], None),
    "runs a command": (["!echo b", "import os; os.system('echo c')"], None),
    "starts a thread": (
        ["import threading; threading.Thread(target=print, args=('d',)).start()"],
        None,
    ),
    "leaves a file open": (["file = open('left.txt', 'w'); file.write('e')"], None),
    "prints much": (["print('f' * 300_000)"], None),
}
#: What takes papermill itself a second or more is rare here, so that many fit in.
RARE = {"dies": 50, "starts a process": 20}


def run(kind: str, folder: Path) -> None:
    """Run a notebook of a kind and see that it ends as it is meant to."""
    cells, meant = KINDS[kind]
    spec = {"name": "python3", "language": "python", "display_name": "Python"}
    notebook = new_notebook(metadata={"kernelspec": spec})
    notebook.cells = [new_code_cell(cell) for cell in cells]
    out, came = folder / "out.ipynb", None
    try:
        papermill.execute_notebook(
            notebook, out, engine_name="clusterlab", progress_bar=False, cwd=folder
        )
    except (PapermillExecutionError, DeadKernelError) as error:
        came = type(error)
    if came is not meant:
        message = f"a notebook that {kind} ended in {came}, not in {meant}"
        raise RuntimeError(message)


def state(folder: Path) -> dict[str, object]:
    """Give what must be the same before and after."""
    below = family(os.getpid())
    return {
        "files": sorted(path.name for path in folder.iterdir()),
        "temporary files": sorted(os.listdir(tempfile.gettempdir())),  # noqa: PTH208
        "file descriptors": descriptors("self"),
        "processes": len(below),
        "zombies": sum(stat(pid).startswith("Z") for pid in below),
        "descriptors of the warm process": max(map(descriptors, below), default=0),
    }


def family(pid: int) -> list[int]:
    """Give the descendants of a process."""
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, tasks.read_text().split()):
            found += [child, *family(child)]
    return found


def descriptors(pid: int | str) -> int:
    """Give how many file descriptors a process has open; none where it is gone."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208
    except OSError:
        return 0


def stat(pid: int) -> str:
    """Give a process's state and what follows; nothing of one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].strip()
    except OSError:
        return ""


def resident() -> float:
    """Give this process's memory in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def settled(folder: Path, wanted: dict[str, object]) -> dict[str, object]:
    """Give the state once what has ended is gone, or as it is after some seconds."""
    end = time.monotonic() + 10
    while (now := state(folder)) != wanted and time.monotonic() < end:
        os.sched_yield()
    return now


def main() -> None:
    """Run them and say what is left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "work"
        folder.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = name
        for kind in KINDS:
            run(kind, folder)
        first = settled(folder, {})
        memory, began = resident(), time.monotonic()
        kinds = itertools.cycle(KINDS)
        for number in range(count):
            kind = next(kinds)
            if number // len(KINDS) % RARE.get(kind, 1):
                kind = "prints"
            run(kind, folder)
        last = settled(folder, first)
    seconds = time.monotonic() - began
    print(f"{count} notebooks in {seconds:.0f} s; memory {memory:.0f} MB, then {resident():.0f} MB")
    left = [
        f"{what}: {first[what]}, then {last[what]}" for what in first if first[what] != last[what]
    ]
    print("\n".join(left) or "nothing is left of them")
    sys.exit(bool(left))


if __name__ == "__main__":
    main()
