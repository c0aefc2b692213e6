"""How long it takes to schedule thousands of tasks, and to count the load of who works on them.

``python benchmarks/schedule.py [TASKS]`` makes a plan of so many tasks (5,000 by default) and twice
as many dependencies of all four relations, schedules it five times, and says the least time of
each step. It requires that scheduling 5,000 tasks takes less than a second.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from clusterlab.methods import Assignment, Dependency, Relation, Task, resource_load, schedule

TASKS = 5000
REQUIRED = 1.0  # seconds for TASKS tasks
RUNS = 5
RELATIONS: tuple[Relation, ...] = ("FS", "FS", "FS", "SS", "FF", "SF")

_Result = TypeVar("_Result")


def made_up(count: int, seed: int = 1) -> list[Task]:
    """Make tasks of which each waits for two of the fifty before it."""
    chance = random.Random(seed)  # noqa: S311 - no secret

    def links(number: int) -> tuple[Dependency, ...]:
        before = range(max(0, number - 50), number)
        chosen = chance.sample(before, min(2, len(before)))
        return tuple(
            Dependency(f"T{n}", chance.choice(RELATIONS), chance.randint(-1, 3)) for n in chosen
        )

    return [
        Task(
            f"T{n}",
            duration=chance.randint(0, 10),
            after=links(n),
            resources=(Assignment(f"Role {n % 50}", 50),),
        )
        for n in range(count)
    ]


def least(work: Callable[[], _Result]) -> tuple[float, _Result]:
    """Do something several times; give the least time and what came of it."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


def main() -> int:
    """Measure; give 1 where it takes longer than required."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else TASKS
    tasks = made_up(count)
    schedule(tasks[:2])  # loads networkx
    scheduling, plan = least(lambda: schedule(tasks))
    loading, loads = least(lambda: resource_load(plan))
    print(f"{count} tasks, {len(plan.links)} dependencies, {plan.length:g} working days")
    print(f"schedule       {scheduling:8.3f} s")
    print(f"resource load  {loading:8.3f} s  ({len(loads)} resources)")
    if count == TASKS and scheduling >= REQUIRED:
        print(f"slower than required: {REQUIRED} s", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
