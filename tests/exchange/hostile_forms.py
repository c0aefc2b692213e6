"""Workbooks put together as nobody means well with, and what collecting them costs."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import dataclass

import openpyxl

MEMORY = 500_000_000
_MEASURED = """
import json, re, sys
from pathlib import Path
from clusterlab.exchange import collect_forms
from clusterlab.workshop import Folder
with Folder(Path(sys.argv[1])) as folder:
    reports = list(collect_forms(folder, [Path(sys.argv[2])]))
# Not what getrusage says: that begins with what the process held that started this one.
peak = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
print(json.dumps({
    "counts": [sum(getattr(r, n) for r in reports) for n in ("taken", "changed", "deleted")],
    "refused": [str(refusal.message) for r in reports for refusal in r.refusals],
    "told": [str(notice) for r in reports for notice in r.notices],
    "peak": peak,
}))
"""


@dataclass(frozen=True)
class Measured:
    """What became of a workbook: new, changed and deleted notes, what was said, and memory."""

    counts: list[int]
    refused: list[str]
    told: list[str]
    peak: int


def measured(folder, path):
    """Collect in a process of its own."""
    command = [sys.executable, "-c", _MEASURED, folder.path, path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr
    return Measured(**json.loads(done.stdout))


def repacked(source, target, change=lambda _name, data: data, more=()):
    """Write a workbook's parts again, changed, and further ones (name, text)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in more:
            new.writestr(name, data)
    return target


def part_of(path, title):
    """Name the part that holds a sheet."""
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(title) + 1}.xml"


def journal_rows(folder):
    """Give everything that the journal holds, row by row as it lies in its file."""
    with contextlib.closing(sqlite3.connect(folder.path / "workshop.db")) as connection:
        tables = ("operations", "actors", "facts", "purged")
        return {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in tables}  # noqa: S608
