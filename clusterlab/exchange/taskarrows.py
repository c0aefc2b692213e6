"""Lists in which tasks are arrows between numbered events, instead of naming what comes before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from clusterlab.errors import N_, Message
from clusterlab.exchange import taskwords as words
from clusterlab.exchange.taskheads import holds_events
from clusterlab.exchange.taskrows import text_of
from clusterlab.methods.dependencies import length
from clusterlab.methods.tasklist import nothing
from clusterlab.sheets import Cell, Sheet

_ARROW = re.compile(r"\(?\s*([^\s,()-]+)\s*(?:[-–—→,]|->|to)\s*([^\s,()-]+)\s*\)?")
_NUMBERED = re.compile(r"\(?([0-9]{1,3})\s*(?:[-–—→,]|->)\s*([0-9]{1,3})\)?")
_EVENT = re.compile(r"[0-9]{1,3}")
_DUMMY = re.compile(rf"(?:{'|'.join(words.DUMMIES.split())})\b", re.IGNORECASE)
#: What separates the ids of two tasks.
_SEPARATES = re.compile(r"[,;\n]")


def with_events(sheet: Sheet, columns: Mapping[str, int]) -> dict[str, int]:
    """Take “Start” and “End” for events where small numbers stand below that are no days.

    They are days where each task lasts from its start to its end.
    """
    found = dict(columns)
    if {"from", "after", "next"}.isdisjoint(found):
        _between(sheet, found)
    if not {"start", "finish", "duration"} <= found.keys() or {"from", "after", "next"} & {*found}:
        return found
    ends = [(text_of(r, found, "start"), text_of(r, found, "finish")) for _, r in sheet.rows]
    if len(ends) < len("12") or not all(_EVENT.fullmatch(e) for both in ends for e in both):
        return found
    lasting = []
    for (start, end), (_, row) in zip(ends, sheet.rows, strict=True):
        read = length(re.sub(r"[^0-9.,].*", "", text_of(row, found, "duration")) or "0")
        lasts = 0 if isinstance(read, Message) else read.number
        lasting.append(int(end) - int(start) in {lasts, lasts - 1})
    linked = {start for start, _ in ends} & {end for _, end in ends}
    if linked and not all(lasting) and all(start != end for start, end in ends):
        found["from"], found["to"] = found.pop("start"), found.pop("finish")
    return found


def _between(sheet: Sheet, found: dict[str, int]) -> None:
    """Find a column without another use that gives both events of each task: “1-2”."""
    for index in range(len(sheet.header)):
        cells = [row[index] for _, row in sheet.rows if index < len(row)]
        matches = [_NUMBERED.fullmatch(cell.strip()) for cell in cells if isinstance(cell, str)]
        ends = [(match[1], match[2]) for match in matches if match]
        linked = {start for start, _ in ends} & {end for _, end in ends}
        free = index not in found.values() or index == found.get("name") != found.get("id", index)
        if linked and len(ends) == len(sheet.rows) and free and holds_events(sheet.header[index]):
            found["between"] = index
            if index == found.get("name"):
                found["name"] = found["id"]
            found.setdefault("name", found.setdefault("id", index))
            return


def arrows(sheet: Sheet, columns: Mapping[str, int]) -> list[tuple[str, str]]:
    """Give the two events of each task that is called by them, “2-5”, or has them in columns."""
    column = next(name for name in ("between", "id", "name", "from") if name in columns)
    names = [text_of(row, columns, column) for _, row in sheet.rows]
    found = [_ARROW.fullmatch(name) for name in names]
    if len(names) > 1 and all(found):  # one arrow is no network
        return [(match[1], match[2]) for match in found if match]
    if "from" not in columns:
        return []
    return [(text_of(row, columns, "from"), text_of(row, columns, "to")) for _, row in sheet.rows]


def called(sheet: Sheet, columns: Mapping[str, int], found: Sequence[tuple[str, str]]) -> list[str]:
    """Give each arrow an id of its own: the one it has, else its name, else its two events."""
    for column in ("id", "name"):
        own = [text_of(row, columns, column) for _, row in sheet.rows]
        if len({*own}) == len(own) and all(own) and not any(map(_SEPARATES.search, own)):
            return own
    often: Counter[tuple[str, str]] = Counter()
    ids = []
    for ends in found:
        often[ends] += 1
        ids.append("-".join(ends) if often[ends] == 1 else f"{'-'.join(ends)} ({often[ends]})")
    return ids


def without_time(sheet: Sheet, columns: Mapping[str, int]) -> tuple[list[Cell], list[Message]]:
    """Give durations of arrows: one without, where others have any, is a dummy and takes no time.

    Returns
    -------
    tuple of list
        The cells, and what was found that somebody should know.
    """
    said = [text_of(row, columns, "duration") for _, row in sheet.rows]
    cells: list[Cell] = [row[columns["duration"]] for _, row in sheet.rows]
    if all(map(nothing, said)):
        return cells, []
    empty = [n for n, text in enumerate(said) if nothing(text) and isinstance(cells[n], str)]
    for n in empty:
        cells[n] = "0"
    unnamed = [n for n in empty if not is_dummy(sheet.rows[n][1], columns)]
    if not unnamed:
        return cells, []
    text = N_("{place}: tasks without a duration, which take no time as dummies do: {count}.")
    return cells, [Message(text, {"count": len(unnamed)})]


def is_dummy(row: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """Tell whether a row calls itself a dummy."""
    return any(_DUMMY.match(text_of(row, columns, name)) for name in ("name", "id"))
