"""Rows of a list of tasks that are no tasks, and cells beside those that name what comes before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from clusterlab.errors import N_, Message
from clusterlab.exchange import taskwords as words
from clusterlab.exchange.refused import short
from clusterlab.methods.dependencies import RELATIONS
from clusterlab.methods.tasklist import nothing, yes_or_no
from clusterlab.model import one_line
from clusterlab.sheets import Cell, Sheet

#: A cell that cannot be read: its row, its column, and why.
Fault = tuple[int, str, Message]

_REMARKS, _FINISHES, _STARTS, _BETWEEN, _TOTALS, _OF_TOTALS = (
    frozenset(text.split())
    for text in (
        words.REMARKS,
        words.FINISHES,
        words.STARTS,
        words.BETWEEN,
        words.TOTALS,
        words.OF_TOTALS,
    )
)
_FREE = frozenset(words.UNCONSTRAINED.split("|"))
_SEVERAL = re.compile(r"[,;\n]")
_LAG = re.compile(r"(\D*?(?:\b[FS]2[FS]\b)?)\s*([+\-−–]?\s*[0-9].*)?", re.IGNORECASE)


def text_of(row: Sequence[Cell], columns: Mapping[str, int], column: str) -> str:
    """Give the text of a row's cell, "" where there is none."""
    cell = row[columns[column]] if column in columns else ""
    return one_line(cell) if isinstance(cell, str) else ""


# -- relations -------------------------------------------------------------------------------------


def related(sheet: Sheet, columns: dict[str, int]) -> tuple[Sheet, list[Fault]]:
    """Write the relations of a column of their own with two letters, and lags behind them apart.

    A column counts as one of relations where most of its cells are: project programs head other
    things with “Type” as well.
    """
    said = {text_of(row, columns, "relation") for _, row in sheet.rows}
    read = {text: _relations(text) for text in said if not nothing(text)}
    cells = [read[t] for _, row in sheet.rows if (t := text_of(row, columns, "relation")) in read]
    if sum(found is not None for found in cells) * 2 <= len(cells):
        columns.pop("relation", None)
        return sheet, []
    if "lag" not in columns and any(lag for found in cells for _, lag in found or ()):
        columns["lag"] = len(sheet.header)
        header = (*sheet.header, sheet.header[columns["relation"]])
        sheet = replace(sheet, header=header, rows=[(n, (*row, "")) for n, row in sheet.rows])
    faults: list[Fault] = []
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, row in sheet.rows:
        found = read.get(text := text_of(row, columns, "relation"), [])
        if found is None:
            faults.append((number, sheet.header[columns["relation"]], _no_relation(text)))
        cells_now = [*row]
        cells_now[columns["relation"]] = ", ".join(relation for relation, _ in found or ())
        behind = ", ".join(lag for _, lag in found or ()).strip(", ")
        if behind and nothing(own := text_of(row, columns, "lag")):
            cells_now[columns["lag"]] = behind
        elif behind and own.lstrip("+ ") != behind.lstrip("+ "):
            faults.append((number, sheet.header[columns["lag"]], _two_lags(behind, own)))
        rows.append((number, tuple(cells_now)))
    return replace(sheet, rows=rows), faults


def _relations(text: str) -> list[tuple[str, str]] | None:
    found = [_relation(part) for part in _SEVERAL.split(text) if part.strip()]
    return [each for each in found if each] if all(found) else None


def _relation(text: str) -> tuple[str, str] | None:
    """Read a relation and the lag behind it: “Finish to Start (FS)”, “S/S”, “FtS”, “SS+2”."""
    match = _LAG.fullmatch(re.sub(r"[()\[\]:=]", " ", text).strip())
    if match is None:
        return None
    told = [*filter(None, re.split(r"[\s\-–—/._>→]+", match[1].casefold()))]
    twice = len(told) > 1 and _code(told[-1])  # “Finish to Start (FS)”
    found = told[-1].upper() if twice else _ends(told)
    return (found, (match[2] or "").strip()) if found else None


def _ends(told: Sequence[str]) -> str:
    """Give the letters of two ends: “Start-Start”, “S-S”, “F2S”."""
    if len(told) == 1 and not _code(told[0]):
        match = re.fullmatch(r"([fs])(?:to?|2)([fs])", told[0])
        return f"{match[1]}{match[2]}".upper() if match else ""
    ends = [word for word in told if word not in _BETWEEN]
    if _code("".join(ends)):
        return "".join(ends).upper()
    letters = ["F" if end in _FINISHES else "S" if end in _STARTS else "" for end in ends]
    return "".join(letters) if len(letters) == len("FS") and all(letters) else ""


def _code(word: str) -> bool:
    return word.upper() in RELATIONS


def _no_relation(text: str) -> Message:
    message = N_(
        "“{part}” is no relation such as FS, SS, FF or SF; the task waits for the end of what "
        "comes before."
    )
    return Message(message, {"part": short(text)})


def _two_lags(behind: str, own: str) -> Message:
    message = N_(
        "Behind the relation stands the lag “{part}”, in its column “{own}”, which counts."
    )
    return Message(message, {"part": short(behind), "own": short(own)})


# -- rows that are no tasks ------------------------------------------------------------------------


def left_out(sheet: Sheet, columns: dict[str, int]) -> tuple[frozenset[int], list[Message]]:
    """Find rows that are no tasks to be done: inactive ones, and what adds up the others."""
    numbers: set[int] = set()
    told: list[Message] = []
    for number, row in sheet.rows:
        if yes_or_no(text_of(row, columns, "active") or "yes") is False:
            numbers.add(number)
    if numbers:
        text = N_("{place}: tasks that are not active were left out: {count}.")
        told.append(Message(text, {"count": len(numbers)}))
    rows = [*sheet.rows]
    remarks = []
    while rows and (_remarks(rows[-1][1]) or _beside(rows, columns)):
        remarks.append(rows.pop()[0])
    if remarks:
        numbers.update(remarks)
        text = N_("{place}: remarks below the table were left out, from row {row}.")
        told.append(Message(text, {"row": min(remarks)}))
    if rows and _adds_up(rows[-1][1], columns):
        number, row = rows[-1]
        numbers.add(number)
        text = N_("{place}: row {row}, “{name}”, adds up the others and was left out.")
        name = text_of(row, columns, "name") or text_of(row, columns, "id")
        told.append(Message(text, {"row": number, "name": short(name)}))
    return frozenset(numbers), [*told, *_constrained(sheet, columns)]


def _adds_up(row: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """Tell whether a row is “Total” or “Sum of durations” and no task."""
    texts = {name: text_of(row, columns, name) for name in ("id", "name", "after", "next")}
    if not all(nothing(texts[name]) for name in ("after", "next")):
        return False
    told = re.findall(r"[^\W\d_]+", (texts["name"] or texts["id"]).casefold())
    # “Project duration” is what the list comes to, where no task has that id.
    many = len(told) > 1 and (nothing(texts["id"]) or columns.get("id") == columns.get("name"))
    return {*told} <= _TOTALS | _OF_TOTALS and (many or not _TOTALS.isdisjoint(told))


def _beside(rows: Sequence[tuple[int, Sequence[Cell]]], columns: Mapping[str, int]) -> bool:
    """Tell whether the last row only has a sentence where all others have an id and a duration."""
    said = [cell.strip() for cell in rows[-1][1] if isinstance(cell, str) and cell.strip()]
    place = columns.get("duration")
    sentence = len(said) == 1 and (len(said[0].split()) > _NAME or not said[0][-1:].isalnum())
    if place is None or not sentence or len(rows) <= _NAME:
        return False
    return all(row[place] for _, row in rows[:-1]) and not rows[-1][1][place]


#: Words of a name; what is longer, alone in the last row, is a sentence about the table.
_NAME = 2


def _remarks(row: Sequence[Cell]) -> bool:
    """Tell whether a row only says something about the table: “Source: …”, “* estimated”."""
    said = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
    word = re.match(r"([^\W\d_]+)\s*:", said[0]) if len(said) == 1 else None
    starred = len(said) == 1 and said[0].startswith("*")
    return starred or (word is not None and word[1].casefold() in _REMARKS)


def _constrained(sheet: Sheet, columns: dict[str, int]) -> Iterator[Message]:
    said = [text_of(row, columns, "constraint") for _, row in sheet.rows]
    bound = [text for text in said if not nothing(text) and text.casefold() not in _FREE]
    columns.pop("constraint", None)
    columns.pop("constraint-date", None)
    columns.pop("active", None)
    if bound:
        text = N_("{place}: constraints of tasks, such as “{constraint}”, were not taken: {count}.")
        yield Message(text, {"constraint": short(bound[0]), "count": len(bound)})
