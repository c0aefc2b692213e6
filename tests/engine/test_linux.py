"""What is asked of Linux."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clusterlab.engine import linux

HELD = """
import ctypes, mmap, sys
from pathlib import Path
from clusterlab.engine import linux
held = [bytes(1000) for _ in range(30_000)]
def large():
    text = Path("/proc/self/smaps_rollup").read_text()
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("AnonHuge"))
before, size = large(), linux.memory("self")
linux.use_large_pages()
print(before, large(), size, linux.memory("self"), all(it == bytes(1000) for it in held))
"""


def collapses():
    """Whether this Linux moves memory into large pages when asked to."""
    version = re.match(r"(\d+)\.(\d+)", Path("/proc/sys/kernel/osrelease").read_text())
    there = Path("/sys/kernel/mm/transparent_hugepage").exists()
    return there and tuple(map(int, version.groups())) >= (6, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked")
def test_memory_lies_in_large_pages_where_there_are_any():
    ran = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True)
    before, after, size, size_after, same = ran.stdout.split()
    assert same == "True"
    assert int(size_after) <= int(size) * 1.1
    if collapses():
        assert int(after) - int(before) >= 20_000  # of the thirty thousand kilobytes


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked")
@pytest.mark.parametrize(("asked", "then"), [("OTHER", "BATCH"), ("IDLE", "IDLE")])
def test_nobody_is_interrupted_unless_somebody_asked_for_something_else(asked, then):
    code = f"""
import os
from clusterlab.engine import linux
os.sched_setscheduler(0, os.SCHED_{asked}, os.sched_param(0))
before = linux.interrupts()
linux.interrupt_nobody()
print(before, linux.interrupts(), os.sched_getscheduler(0) == os.SCHED_{then})
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == f"True {asked != 'OTHER'} True\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked")
def test_where_nobody_tells_the_policy_all_goes_on_as_ever(monkeypatch):
    def refused(_):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(os, "sched_getscheduler", refused)
    linux.interrupt_nobody()
    assert linux.interrupts()


FREED = """
from clusterlab.engine import linux
held = [bytes(2000) for _ in range(20_000)]  # pieces that the C library hands out
kept = held[::50]
del held
before = linux.memory("self")
linux.give_back()
print(before - linux.memory("self"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked")
def test_freed_memory_goes_back_to_the_system():
    ran = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert int(ran.stdout) >= 20_000_000
