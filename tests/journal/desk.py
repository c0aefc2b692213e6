"""A person at one copy of a workshop's journal, and the programs that other processes run."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from clusterlab.journal import Journal
from clusterlab.model import BoardId, Operation, new_id

WORKSHOP = "4dd1b8ff-3b5c-4b05-8f1c-3d5d1ad6a001"
SWOT = BoardId("moveo", "swot", "current", "services")
SHEET = SWOT.sheet


class Clock:
    """A clock that ticks a second each time somebody looks at it."""

    def __init__(self, hour=10):
        self.hour, self.ticks = hour, 0

    def __call__(self):
        self.ticks += 1
        minutes, seconds = divmod(self.ticks, 60)
        return f"2026-03-01T{self.hour:02}:{minutes:02}:{seconds:02}.000Z"


def add(note, text, letter="S", **more):
    payload = {"note": note, "block": "strengths", "values": {"text": text}, "letter": letter}
    return Operation(
        SWOT, "add", payload, more.pop("actor", "ann"), more.pop("id", new_id()), **more
    )


class Desk:
    """One person who works on one copy."""

    def __init__(self, path, actor, clock=None):
        self.journal, self.actor = Journal(path, WORKSHOP, clock or Clock()), actor

    @property
    def board(self):
        return self.journal.board(SHEET)

    def add(self, note, text, **more):
        return self.journal.append([add(note, text, actor=self.actor, **more)])[0]

    def do(self, kind, note, **payload):
        base = list(self.board.everything[note].heads)
        payload = {"note": note, "base": base, **payload}
        return self.journal.append([Operation(SWOT, kind, payload, self.actor, new_id())])[0]


def bytes_of(path):
    """Everything that lies in the folder of a file, by name."""
    return {p.name: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}


def is_sound(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def start(program, *arguments):
    """Start a Python program in another process; it talks through its pipes."""
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{Path(__file__).parent}"},
    )


#: Adds notes one by one and prints the id of each when it is acknowledged.
WRITER = """
import sys
from pathlib import Path
from desk import WORKSHOP, add
from clusterlab.journal import Journal
path, actor, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
with Journal(path, WORKSHOP) as journal:
    for number in range(count):
        journal.append([add(f"{actor}-{number}", f"text {number} of {actor}", actor=actor)])
        print(f"{actor}-{number}", flush=True)
"""
