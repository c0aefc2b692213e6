"""How long all rules take over all canvases of a cluster that has planned everything.

``python benchmarks/check.py [NOTES]`` fills SWOT, TOWS, goals, tasks, RACI, indicators and action
plan with so many notes together (300 by default), checks them seven times, and says the least
time. It requires that checking 300 notes takes less than 50 milliseconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from clusterlab.methods import check
from clusterlab.model import Board, BoardId, Note
from clusterlab.workshop import load_kinds

NOTES = 300
REQUIRED = 0.05  # seconds for NOTES notes
RUNS = 7
DAY = "2026-11-20"
#: Canvas, block, the canvas of the notes that are taken up, and fields; ``{n}`` counts.
CANVASES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("swot", "strengths", "", {}),
    ("tows", "so", "swot", {}),
    ("smart-goals", "goals", "tows", {"part-of": "G{above}", "baseline": 1, "target": 2}),
    ("tasks", "tasks", "smart-goals", {"part-of": "T{above}", "weight": 50, "effort": 20}),
    ("raci", "activities", "tasks", {"responsible": "Role {n}, Office", "accountable": "Board"}),
    ("indicators", "indicators", "smart-goals", {"baseline": 1, "midterm": 2, "target": 3}),
    ("action-plan", "actions", "", {"responsible": "Office", "deadline": "{n} days"}),
)


def filled(count: int) -> Iterator[Board]:
    """Fill each canvas with the same number of notes; each takes up one of the canvas before."""
    kinds = load_kinds()
    each = count // len(CANVASES)
    for canvas, block, cited, fields in CANVASES:
        kind = kinds[canvas]
        made = note(canvas, block, kind.block(block).letter, cited, fields)
        topic = kind.topics[0].id if kind.topics else ""
        notes = [replace(made(n), topic=topic) for n in range(1, each + 1)]
        yield Board.of(BoardId("x", canvas), notes, each)


def note(
    canvas: str, block: str, letter: str, cited: str, fields: dict[str, Any]
) -> Callable[[int], Note]:
    """Give what makes a canvas's notes by their number."""

    def put(value: Any, n: int) -> Any:
        return value.format(n=n, above=n // 3) if isinstance(value, str) else value

    def made(n: int) -> Note:
        values = {name: put(value, n) for name, value in fields.items()}
        values["text"] = f"Members answer surveys quickly {n}"
        links = (f"{cited}{n}",) if cited else ()
        return Note(f"{canvas}{n}", f"{letter}{n}", "", block, values, links)

    return made


def main() -> int:
    """Measure; give 1 where it takes longer than required."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NOTES
    kinds, boards = load_kinds(), {b.id: b for b in filled(count)}
    check(kinds, boards, {}, DAY)  # loads what is loaded once
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = check(kinds, boards, {}, DAY)
        times.append(time.perf_counter() - start)
    notes = sum(len(board) for board in boards.values())
    print(f"{notes} notes, {len(found)} findings: {min(times) * 1000:.1f} ms")
    if count == NOTES and min(times) >= REQUIRED:
        print(f"slower than required: {REQUIRED * 1000:g} ms", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
