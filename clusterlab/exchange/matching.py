"""Which row of a returned form stands for which note, also where its hidden id was lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clusterlab.errors import Message
from clusterlab.exchange.forms import PLACED, FormSheet
from clusterlab.exchange.returned import Line, plain
from clusterlab.methods.likeness import retyped
from clusterlab.model import Note

#: What people may leave where a note's number stands, and what says nothing.
_NUMBER = re.compile(r"\w{0,5}\d\w?[.)]?|\w{0,2}|[^\w\s]+")
_NEAR = 40  # rows that a note whose row is missing is compared with


@dataclass(frozen=True, slots=True)
class Matched:
    """A form's sheet, row by row.

    Parameters
    ----------
    changed
        The notes whose rows say something else, each with its row.
    same
        How many rows say what they said.
    new
        Rows with something new, none of the form's notes among them.
    gone
        The notes whose rows are gone or were emptied.
    """

    changed: tuple[tuple[Note, Line], ...]
    same: int
    new: tuple[Line, ...]
    gone: tuple[Note, ...]


def match_rows(sheet: FormSheet, lines: Sequence[Line], notes: Mapping[str, Note]) -> Matched:
    """Find the note for which each row stands.

    A row that says exactly what a note said stands for that note, whatever id it carries: cells
    may have been moved without the hidden ones beside them. Of two rows with one id, a copy was
    made; the first that differs from all notes is then its note, changed. A row without an id
    stands for a note whose row is missing where it has its text, else its number, else a text that
    may be the note's typed again; of several, for the most alike, and of these for the nearest.
    Where cells were moved without their ids, all this counts more than a row's id.

    Parameters
    ----------
    sheet
        As the form showed it.
    lines
        Its rows now.
    notes
        Its notes as the form showed them, by id.
    """
    columns = [c for c in sheet.columns if c.name != "spoken"]
    there = [c for c in columns if any(c.name in line.cells for line in lines)]
    said = {i: tuple(plain(sheet.shown(n, c)) for c in there) for i, n in notes.items()}
    all_said = set(said.values())
    written, content_of = [], []
    for line in lines:
        content = tuple(line.text(c.name) for c in there)
        moved = content in all_said or not _emptied(line, notes)
        # An empty row is a note's only by its id: there are many that look the same.
        if said.get(line.note) == content or (moved and not is_empty(sheet, line)):
            written.append(line)
            content_of.append(content)
    claimed = _as_they_were(sheet, written, content_of, said)
    same = set(claimed.values())
    astray = any(written[n].note not in {"", i} for i, n in claimed.items())
    if astray:
        claimed |= _without_id(written, notes, claimed, astray=True)
    taken = set(claimed.values())
    for number, line in enumerate(written):  # changed
        if number not in taken and line.note in notes:
            claimed.setdefault(line.note, number)
    if not astray:
        claimed |= _without_id(written, notes, claimed, astray=False)
    taken = set(claimed.values())
    changed = sorted((n, i) for i, n in claimed.items() if n not in same)
    return Matched(
        tuple((notes[i], written[n]) for n, i in changed),
        len(same),
        tuple(line for n, line in enumerate(written) if n not in taken),
        tuple(note for i, note in notes.items() if i not in claimed),
    )


def _as_they_were(
    sheet: FormSheet,
    written: Sequence[Line],
    content_of: Sequence[tuple[str, ...]],
    said: Mapping[str, tuple[str, ...]],
) -> dict[str, int]:
    """Find the rows of notes that say what they said."""
    by_content: dict[tuple[str, ...], list[str]] = {}
    for note, content in said.items():
        by_content.setdefault(content, []).append(note)
    claimed: dict[str, int] = {}
    for number, line in enumerate(written):  # where it was
        if line.note in said and said[line.note] == content_of[number]:
            claimed.setdefault(line.note, number)
    taken = set(claimed.values())
    rest = (n for n, line in enumerate(written) if n not in taken and not is_empty(sheet, line))
    for number in rest:  # moved
        free = (i for i in by_content.get(content_of[number], ()) if i not in claimed)
        if note := next(free, ""):
            claimed[note] = number
    return claimed


def _without_id(
    written: Sequence[Line], notes: Mapping[str, Note], claimed: Mapping[str, int], *, astray: bool
) -> dict[str, int]:
    """Find rows of notes whose ids are beside other rows, or nowhere.

    Parameters
    ----------
    claimed
        The notes whose rows are known, with the number of each.
    astray
        Whether rows with an id may be another note's, too.
    """
    taken = set(claimed.values())
    free = [(astray or not line.note) and n not in taken for n, line in enumerate(written)]
    gone = [i not in claimed for i in notes]
    if not any(free) or not any(gone):
        return {}
    rows = _Rows(
        _Row(n, written[n].text("text"), written[n].text("spoken").casefold(), spot)
        for n, spot in _spots(free, taken)
    )
    held = list(notes.values())
    numbers = Counter(note.spoken.casefold() for note in held)  # copies may have given one twice
    pairs = []
    for n, spot in _spots(gone, {n for n, g in enumerate(gone) if not g}):
        spoken = held[n].spoken.casefold()
        own = spoken if numbers[spoken] == 1 else ""
        pairs += [(*pair, held[n].id) for pair in _pairs(held[n], own, spot, rows)]
    found: dict[str, int] = {}
    used: set[int] = set()
    for *_, number, note in sorted(pairs):
        if note not in found and number not in used:
            found[note] = number
            used.add(number)
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that stands for no note yet: what it says, and its place among those that do, too."""

    number: int
    text: str
    spoken: str
    spot: float


class _Rows:
    """Rows that stand for no note yet, in order: all of them, and those that say the same."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self.all = list(rows)
        self.by_text: dict[str, list[_Row]] = {}
        self.by_number: dict[str, list[_Row]] = {}
        for row in self.all:
            self.by_text.setdefault(row.text, []).append(row)
            self.by_number.setdefault(row.spoken, []).append(row)


def _spots(wanted: Sequence[bool], sure: set[int]) -> Iterator[tuple[int, float]]:
    """Give the wanted places, each by how many sure ones are before it and how far the next is."""
    before, run = 0, list[int]()
    for place in range(len(wanted) + 1):
        if place == len(wanted) or place in sure:
            yield from ((p, before + (n + 1) / (len(run) + 1)) for n, p in enumerate(run))
            before, run = before + 1, []
        elif wanted[place]:
            run.append(place)


def _pairs(
    note: Note, spoken: str, spot: float, rows: _Rows
) -> Iterator[tuple[int, float, float, int]]:
    """Give the rows that may be a note's: how likely (less is more), how far away, which one."""
    text = plain(note.text)
    near = _nearest(rows.all, spot)
    found: dict[int, tuple[int, float, _Row]] = {}
    for place, share in retyped(text, [r.text for r in near]):
        found[near[place].number] = 3, -share, near[place]
    for row in _nearest(rows.by_number.get(spoken, []) if spoken else [], spot):
        found[row.number] = 2, 0.0, row
    for row in _nearest(rows.by_text.get(text, []) if text else [], spot):
        found[row.number] = 0 if row.spoken == spoken else 1, 0.0, row
    for number, (rank, likely, row) in found.items():
        yield rank, likely, abs(row.spot - spot), number


def _nearest(rows: Sequence[_Row], spot: float) -> Sequence[_Row]:
    """Give the rows around a place, no more than are compared in no time."""
    first = bisect_left(rows, spot, key=lambda r: r.spot) - _NEAR // 2
    first = max(0, min(first, len(rows) - _NEAR))
    return rows[first : first + _NEAR]


def is_empty(sheet: FormSheet, line: Line) -> bool:
    """Tell whether a row says nothing: its place alone is nothing, nor is its number."""
    own = (c for c in sheet.columns if c.name not in {"spoken", *PLACED})
    own_cells = [line.cells.get(c.name, "") for c in own]
    if any(isinstance(cell, Message) or cell.strip() for cell in own_cells):
        return False
    if "text" not in line.cells:  # somebody took the column away: nothing can be told
        return not line.note
    return True


def beside(line: Line, numbers: Collection[str]) -> str:
    """Give what somebody wrote where only numbers stand; "" where it is one, or nothing."""
    text = line.text("spoken")
    return "" if text in numbers or _NUMBER.fullmatch(text) else text


def _emptied(line: Line, notes: Mapping[str, Note]) -> bool:
    """Tell whether somebody took a note away by emptying its text, whatever stands beside it."""
    note, text = notes.get(line.note), line.cells.get("text")
    if note is None or not note.text.strip():
        return False
    return isinstance(text, str) and not text.strip()
