"""How long all rules take over all canvases of a cluster that has filled every one of them.

``python benchmarks/check.py [NOTES]`` fills each canvas kind that comes with the package with so
many notes (20 by default) from what its file says: every field, every block, links to the canvas
that it takes up. It checks one cluster many times, and gives the least processor time, that of
this thread alone. It requires that a cluster with 20 notes on each canvas is checked in less than
50 milliseconds.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from typing import Any

from clusterlab.methods import MethodSettings, check
from clusterlab.model import Board, BoardId, CanvasKind, Field, Note
from clusterlab.workshop import load_kinds

NOTES = 20
REQUIRED = 0.05  # seconds of the processor for NOTES notes on each canvas
RUNS = 25
DAY = "2026-11-20"
#: What notes speak of; 31 words, so that five of them with different steps make different texts.
_WORDS = (
    "members", "firms", "towns", "banks", "schools", "markets", "prices", "skills", "projects",
    "partners", "services", "budgets", "trends", "funds", "rules", "teams", "buyers", "exports",
    "patents", "start-ups", "suppliers", "reports", "labs", "roads", "ports", "customers",
    "ministries", "regions", "standards", "trainers", "neighbours",
)  # fmt: skip
#: What the help of a field gives as an example where people name notes: ``ID1 2``, ``T1, T2FS+2d``.
_SPOKEN = re.compile(r"\b[A-Z]{1,2}\d+\b")
#: Texts of fields that methods read closely, by id; ``{n}`` counts, ``{above}`` is a third of it.
TEXTS = {
    "part-of": "{letter}{above}",
    "after": "{letter}{before}FS+1d",
    "duration": "5",
    "deadline": "{n} days",
    "time-bound": "2027-06-30",
    "responsible": "Role {n}, Office",
    "accountable": "Board",
    "consulted": "Role 1, Role 2",
    "informed": "Role 3",
    "resource": "Role {n} 50%",
    "ratings": "M2 4, M4 5, M6 3, M8 2, M10 1, M12 4",
    "importance-counts": "5, 5, 10, 10, 10",
    "performance-counts": "5, 5, 10, 10, 10",
    "recommendation-counts": "0, 0, 0, 5, 0, 5, 5, 5, 5, 5, 10",
}


def filled(count: int) -> Iterator[Board]:
    """Fill a canvas of each kind with the same number of notes, in all of its blocks and topics."""
    kinds = load_kinds()
    for kind in kinds.values():
        notes = [_note(kinds, kind, n, count) for n in range(1, count + 1)]
        yield Board.of(BoardId("x", kind.id, kind.versions[0].id), notes, count)


def _note(kinds: dict[str, CanvasKind], kind: CanvasKind, n: int, count: int) -> Note:
    """Make a note of a kind by its number; it takes up a note of the canvas that its kind cites."""
    block = kind.blocks[n % len(kind.blocks)]
    values = {field.id: _value(kinds, kind, field, n, count) for field in kind.fields}
    values["text"] = " ".join(
        _WORDS[(n * step + step) % len(_WORDS)] for step in (3, 7, 11, 13, 17)
    )
    topic = kind.topics[n % len(kind.topics)].id if kind.topics else ""
    links = [f"{name}-{other}" for name in kind.cites[:1] for other in (n, n % count + 1)]
    letter = block.letter
    return Note(f"{kind.id}-{n}", f"{letter}{n}", topic, block.id, values, tuple(links))


def _value(kinds: dict[str, CanvasKind], kind: CanvasKind, field: Field, n: int, count: int) -> Any:
    """Give a value that a field may hold."""
    if field.choices:
        return field.choices[n % len(field.choices)].id
    match field.type:
        case "integer" | "number":
            low, high = field.minimum or 0, field.maximum or 100
            whole = range(int(low), int(min(high, low + 100)) + 1)
            return whole[n % len(whole)]
        case "date":
            return f"2027-{n % 12 + 1:02}-15"
        case _:
            return _text(kinds, kind, field, n, count)


def _text(kinds: dict[str, CanvasKind], kind: CanvasKind, field: Field, n: int, count: int) -> str:
    """Give a text for a field, as its method or the example in its help wants it."""
    if field.id in TEXTS:
        letter = kind.blocks[0].letter
        return TEXTS[field.id].format(n=n, letter=letter, above=n // 3, before=max(n - 1, 1))
    if kind.about and field.minimum is not None:
        letter = kinds[kind.about].blocks[0].letter
        return ", ".join(f"{letter}{other} {(n + other) % 5 + 1}" for other in range(1, count + 1))
    if _SPOKEN.search(field.help) and kind.cites:
        letter = kinds[kind.cites[0]].blocks[0].letter
        return f"{letter}{n}, {letter}{n % count + 1}"
    return f"What {_WORDS[n % len(_WORDS)]} say of {field.id}"


def processor_time(boards: dict[BoardId, Board]) -> tuple[float, int]:
    """Check boards several times; give the least seconds of this thread, and how many findings."""
    kinds, settings = load_kinds(), MethodSettings(scores="shown")
    found = check(kinds, boards, {}, DAY, settings=settings)  # loads what is loaded once
    times = []
    for _ in range(RUNS):
        start = time.thread_time()
        check(kinds, boards, {}, DAY, settings=settings)
        times.append(time.thread_time() - start)
    return min(times), len(found)


def main() -> int:
    """Measure; give 1 where it takes longer than required."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NOTES
    boards = {board.id: board for board in filled(count)}
    taken, findings = processor_time(boards)
    notes = sum(len(board) for board in boards.values())
    print(
        f"{len(boards)} canvases, {notes} notes, {findings} findings: "
        f"{taken * 1000:.1f} ms of the processor for one cluster"
    )
    if count == NOTES and taken >= REQUIRED:
        print(f"slower than required: {REQUIRED * 1000:g} ms", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
