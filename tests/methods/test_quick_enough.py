"""Checking and scheduling stay quick enough to run on every edit.

Work is counted by calls of functions, which are the same on every computer. Seconds of the
processor have ten times the room that the benchmarks allow.
"""

import importlib.util
import sys
import time
from pathlib import Path

import pytest

from clusterlab.methods import MethodSettings, check, schedule
from clusterlab.methods.check import RULES
from clusterlab.workshop import load_kinds

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def benchmark(name):
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


checking, scheduling = benchmark("check"), benchmark("schedule")
KINDS = load_kinds()
SHOWN = MethodSettings(scores="shown")


def filled(count):
    return {board.id: board for board in checking.filled(count)}


def calls(work):
    """Count the functions that are called meanwhile, Python's own and those in C."""
    counted = 0

    def count(_frame, event, _arg):
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def seconds(work):
    work()  # loads what is loaded once
    start = time.thread_time()
    work()
    return time.thread_time() - start


def test_the_benchmark_fills_every_canvas_and_every_field():
    boards = filled(20)
    assert {id_.canvas for id_ in boards} == set(KINDS)
    for id_, board in boards.items():
        kind = KINDS[id_.canvas]
        assert len(board) == 20
        assert {note.block for note in board} == {block.id for block in kind.blocks}
        assert all(note.get(field.id) is not None for note in board for field in kind.fields)
    found = check(KINDS, boards, {}, checking.DAY, settings=SHOWN)
    odd = {f.rule for f in found if f.rule.endswith(("-odd", "-unreadable", "-unread"))}
    assert not odd  # what is filled in is what the fields ask for
    assert {KINDS[c].method for c in KINDS} - {""} <= set(RULES)


def test_a_full_cluster_is_checked_in_little_work():
    boards = filled(20)

    def work():
        check(KINDS, boards, {}, checking.DAY, settings=SHOWN)

    assert seconds(work) < 10 * checking.REQUIRED
    assert calls(work) < 300_000


def test_twice_the_notes_take_not_much_more_than_twice_the_work():
    few, many = filled(20), filled(40)
    work = [
        calls(lambda boards=b: check(KINDS, boards, {}, checking.DAY, settings=SHOWN))
        for b in (few, many)
    ]
    assert work[1] < 3.5 * work[0]


@pytest.mark.parametrize(("count", "most"), [(500, 150_000), (5000, 1_500_000)])
def test_thousands_of_tasks_are_scheduled_in_work_that_grows_with_them(count, most):
    tasks = scheduling.made_up(count)

    def work():
        schedule(tasks)

    assert seconds(work) < 10 * scheduling.REQUIRED
    assert calls(work) < most
