"""Lists of tasks in their many shapes: as project programs export them and textbooks print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import zip_longest

from clusterlab.errors import N_, Message
from clusterlab.exchange.refused import short
from clusterlab.exchange.taskarrows import arrows, called, with_events, without_time
from clusterlab.exchange.taskheads import (
    THREE,
    callings,
    columns_of,
    either_way,
    joined,
    measured,
    only_units,
    spelled,
    tells,
    titled,
    unmeasured,
)
from clusterlab.exchange.taskrows import Fault, left_out, related
from clusterlab.exchange.taskrows import text_of as _text
from clusterlab.exchange.taskwords import EITHER
from clusterlab.methods.dependencies import length
from clusterlab.methods.tasklist import nothing, written_days
from clusterlab.sheets import Cell, Sheet

#: Above a table, a file may say what it is.
_TITLES = 8


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A list of tasks in one shape.

    Parameters
    ----------
    sheet, columns
        The list, and where each column of it stands.
    used
        The columns of the file that were used.
    width
        How many columns the file has.
    left
        Rows that are no tasks, by number; they count where tasks are named by their rows.
    faults
        Cells that could not be read.
    told
        What was found that somebody should know; the place is put in by whoever tells it.
    """

    sheet: Sheet
    columns: dict[str, int]
    used: AbstractSet[int]
    width: int
    left: frozenset[int]
    faults: Sequence[Fault]
    told: Sequence[Message]


def task_table(sheet: Sheet) -> TaskTable | None:
    """Bring a list of tasks into one shape; ``None`` for any other table.

    Titles above the table are passed over; one with a task in each column is turned. A row that
    only names what comes before belongs to the task above it; relations and lags in columns of
    their own are put behind what comes before. What follows a task is turned round; of tasks that
    are called by the events between which they lie, each follows those that end where it begins. A
    duration of three estimates is (o + 4 m + p) / 6, as PERT has it.
    """
    for skipped in range(min(_TITLES, len(sheet.rows) + 1)):
        found = _below(sheet, skipped)
        columns = with_events(found, columns_of(found.header))
        if "text" in columns:
            return None
        if tells(columns) or ("name" in columns and tells(_two_heads(found, columns, [])[1])):
            above = [sheet.header, *(cells for _, cells in sheet.rows[: skipped - 1])]
            return _shaped(*_two_heads(found, columns, above if skipped else []))
    turned = _on_its_side(sheet)
    columns = columns_of(turned.header)
    return _shaped(turned, columns) if tells(columns) else None


def _two_heads(
    sheet: Sheet, columns: dict[str, int], above: Sequence[Sequence[Cell]]
) -> tuple[Sheet, dict[str, int]]:
    """Join two rows of heads: below “Time estimates”, a, m and b; and see what titles count in."""
    cells = [cell if isinstance(cell, str) else "" for cell in (sheet.rows or [(0, ())])[0][1]]
    if any(cells) and not _text(cells, columns, "name"):
        header = joined(sheet.header, cells)
        found = columns_of(header)
        below = any(cell and not head for cell, head in zip_longest(cells, sheet.header))
        numbers = any(re.search(r"[0-9]", cell) for cell in cells)
        if len(found) > len(columns) or only_units(cells) or (below and not numbers):
            rows = [(n, (*row, *[""] * (len(header) - len(row)))) for n, row in sheet.rows[1:]]
            return replace(sheet, header=header, rows=rows), found
    for row in map(_texts, above):
        if any(row[1:]) and len(row) <= len(sheet.header):
            sheet = replace(sheet, header=joined(row, sheet.header))
        elif unit := next(filter(None, map(titled, row)), ""):
            timed = {columns[name] for name in ("duration", *THREE) if name in columns}
            sheet = replace(
                sheet,
                header=tuple(
                    f"{head} ({unit})" if i in timed and not measured(head) else head
                    for i, head in enumerate(sheet.header)
                ),
            )
    found = with_events(sheet, columns_of(sheet.header))
    return (sheet, found) if len(found) >= len(columns) else (sheet, columns)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in row]


def _on_its_side(sheet: Sheet) -> Sheet:
    """Turn a table in which each task is a column; its rows are then numbered as its columns."""
    across = len(sheet.header)
    lines = [sheet.header, *(cells[:across] for _, cells in sheet.rows)]
    header = tuple(line[0] if isinstance(line[0], str) else "" for line in lines)
    rows = [(n + 1, tuple(line[n] for line in lines)) for n in range(1, across)]
    return replace(sheet, header=header, rows=rows)


def _below(sheet: Sheet, skipped: int) -> Sheet:
    """Give a table whose header stands so many rows lower."""
    if not skipped:
        return sheet
    _, cells = sheet.rows[skipped - 1]
    header = tuple(cell if isinstance(cell, str) else "" for cell in cells)
    rows = [(n, (*row, *[""] * (len(header) - len(row)))) for n, row in sheet.rows[skipped:]]
    return replace(sheet, header=header, rows=rows)


def _shaped(sheet: Sheet, columns: dict[str, int]) -> TaskTable:
    width, used = len(sheet.header), {*columns.values()}
    sheet = _counted_alike(sheet, columns)
    told = _uncounted(sheet, columns)
    told += _supposed(sheet, columns)
    levels = [_text(row, columns, "level") for _, row in sheet.rows]
    if not any(text.isdecimal() for text in levels):
        used.discard(columns.pop("level", -1))
    sheet = _rejoined(sheet, columns)
    for further in _numbered(sheet, columns):
        if not sheet.header[further].strip() and any(row[further] for _, row in sheet.rows):
            text = N_("{place}: a column without a head was read as more of “{column}”.")
            told.append(Message(text, {"column": short(sheet.header[columns["after"]])}))
        sheet = _merged(sheet, columns["after"], further)
        used.add(further)
    type_of = columns.get("relation", -1)
    sheet, faults = related(sheet, columns)
    if "relation" not in columns:
        used.discard(type_of)
    left, said = left_out(sheet, columns)
    sheet = _gathered(sheet, columns)
    if "from" in columns and "name" not in columns:
        ends = [(_text(row, columns, "from"), _text(row, columns, "to")) for _, row in sheet.rows]
        sheet = _with(sheet, columns, ("id", "name"), "from", [f"{a}-{b}" for a, b in ends])
    if "duration" not in columns and "likely" in columns:
        sheet = _with(sheet, columns, ("duration",), "likely", [*_expected(sheet, columns)])
    if "after" in columns:
        _named_by(sheet, columns)
    elif "next" not in columns:
        sheet = _along(sheet, columns, told)
    known = {n: i for n, i in columns.items() if n not in {*_SHAPED, *_PUT}}
    used |= {*range(width, len(sheet.header))}
    return TaskTable(sheet, known, used, width, left, faults, [*told, *said])


def _along(sheet: Sheet, columns: dict[str, int], told: list[Message]) -> Sheet:
    """Give what comes before tasks that lie between events, where they do."""
    found = arrows(sheet, columns)
    if not found:
        return sheet
    ids = called(sheet, columns, found)
    sheet = _with(sheet, columns, ("id",), "name", ids)
    before = [[i for i, (_, b) in zip(ids, found, strict=True) if b == a] for a, _ in found]
    sheet = _with(sheet, columns, ("after",), "name", ["; ".join(names) for names in before])
    if "duration" in columns:
        cells, more = without_time(sheet, columns)
        told += more
        sheet = _with(sheet, columns, ("duration",), "duration", cells)
    return sheet


#: What the list in one shape has no more.
_SHAPED = frozenset({*THREE, "from", "to", "between"})


def _counted_alike(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Let an expected time without a unit, or with its sign t, count as the estimates do."""
    units = [measured(sheet.header[columns[name]]) for name in THREE if name in columns]
    place = columns.get("duration", -1)
    if place < 0 or not any(units) or measured(sheet.header[place]) not in {"", "t"}:
        return sheet
    head = f"{sheet.header[place]} ({next(filter(None, units))})"
    return replace(sheet, header=(*sheet.header[:place], head, *sheet.header[place + 1 :]))


def _uncounted(sheet: Sheet, columns: Mapping[str, int]) -> list[Message]:
    """Say of what stands behind a head like a unit that it was not read."""
    names = ("duration",) if "duration" in columns else THREE
    heads = [sheet.header[columns[name]] for name in names if name in columns]
    units = [unmeasured(head) for head in heads]
    if "duration" not in columns:  # behind an estimate, m is its sign
        units = ["" if unit == EITHER else unit for unit in units]
    if not any(units) or any(map(measured, heads)):
        return []
    text = N_(
        "{place}: “{unit}” in “{column}” is no known unit; numbers were read as working days."
    )
    place = next(i for i, unit in enumerate(units) if unit)
    return [Message(text, {"unit": short(units[place]), "column": short(heads[place])})]


def _swapped(sheet: Sheet, columns: dict[str, int]) -> None:
    """Take what is longer for the name where a list has both: “Task”, “Designation”."""
    both = [[_text(row, columns, name) for _, row in sheet.rows] for name in ("id", "name")]
    longest, names = (max(map(len, texts), default=0) for texts in both)
    if names <= _SHORT < longest and all(both[1]):
        columns["id"], columns["name"] = columns["name"], columns["id"]


#: Signs of an id such as A or B12.
_SHORT = 3


def _supposed(sheet: Sheet, columns: Mapping[str, int]) -> list[Message]:
    """Say which columns were taken for something that their heads do not surely say."""
    named = columns_of(sheet.header)
    odd = [name for name in ("from", "to", "between") if columns.get(name) != named.get(name)]
    heads = ", ".join(short(sheet.header[columns[name]]) for name in odd)
    text = N_("{place}: read as the events between which tasks lie: {columns}.")
    told = [Message(text, {"columns": heads})] if odd else []
    if "after" in columns and either_way(head := sheet.header[columns["after"]]):
        text = N_("{place}: “{column}” was read as what comes before; if it follows, call it so.")
        told.append(Message(text, {"column": short(head)}))
    return told


def _named_by(sheet: Sheet, columns: dict[str, int]) -> None:
    """Take for the id what the list itself uses as such, where it has row numbers too."""
    named = [re.findall(r"\w+", _text(row, columns, "after").casefold()) for _, row in sheet.rows]
    tokens = {token for each in named for token in each}

    def uses(index: int) -> int:
        cells = (row[index] for _, row in sheet.rows if index < len(row))
        return len(tokens & {c.strip().casefold() for c in cells if isinstance(c, str)})

    others = [i for i in callings(sheet.header) if i not in columns.values()]
    _swapped(sheet, columns)
    best = max(others, key=uses, default=-1)
    if (
        "id" in columns
        and best >= 0
        and uses(best) > max(uses(columns["id"]), uses(columns["name"]))
    ):
        columns["id"] = best


_PUT = ("relation", "lag")


def _with(
    sheet: Sheet,
    columns: dict[str, int],
    names: Iterable[str],
    like: str,
    cells: Sequence[Cell],
) -> Sheet:
    """Add a column that is made of others, under the header of one of them."""
    header = (*sheet.header, sheet.header[columns[like]])
    columns |= dict.fromkeys(names, len(sheet.header))
    rows = [(n, (*row, cell)) for (n, row), cell in zip(sheet.rows, cells, strict=True)]
    return replace(sheet, header=header, rows=rows)


def _rejoined(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Put together again what comes before where commas stand there without quotation marks."""
    last = len(sheet.header) - 1
    if columns.get("after") != last:
        return sheet
    rows = [
        (n, (*row[:last], "; ".join(_texts(row[last:]))) if len(row) > last + 1 else row)
        for n, row in sheet.rows
    ]
    return replace(sheet, rows=rows)


def _numbered(sheet: Sheet, columns: Mapping[str, int]) -> list[int]:
    """Find columns that go on with what comes before: “Predecessor 2”, or one without a head."""
    place = columns.get("after", -1)
    heads = [re.sub(r"[-(]*[0-9]+\)?$", "", spelled(head)) for head in sheet.header]
    if place < 0:
        return []
    end = next((i for i in range(place + 1, len(heads)) if heads[i]), len(heads))
    same = (i for i, head in enumerate(heads) if head == heads[place] and i != place)
    return [*range(place + 1, end), *same]


def _merged(sheet: Sheet, place: int, more: int) -> Sheet:
    """Put the cells of one column behind those of another, and leave it empty."""
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, row in sheet.rows:
        both = [row[place], row[more]]
        texts = [cell for cell in both if isinstance(cell, str) and not nothing(cell)]
        if isinstance(row[place], str) and isinstance(row[more], str) and len(texts) > 0:
            cells = [*row]
            cells[place], cells[more] = "; ".join(texts), ""
            rows.append((number, tuple(cells)))
        else:
            rows.append((number, row))
    return replace(sheet, rows=rows)


def _gathered(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Put what comes before a task into one cell, with relations and lags."""
    if "after" not in columns:
        return sheet
    place = columns["after"]
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, cells in sheet.rows:
        row = (*cells[:place], _linked(sheet, cells, columns), *cells[place + 1 :])
        more = row[place]
        if rows and more and isinstance(more, str) and _goes_on(row, rows[-1][1], columns):
            before, above = rows.pop()
            held = above[place]
            both = "; ".join(filter(None, [held if isinstance(held, str) else "", more]))
            rows.append((before, (*above[:place], both, *above[place + 1 :])))
        else:
            rows.append((number, row))
    return replace(sheet, rows=rows)


def _goes_on(row: Sequence[Cell], above: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """Tell whether a row only says what else the task above it waits for."""
    place = columns["after"]
    own = [c for n, c in columns.items() if n not in {"after", *_PUT}]
    if not any(row[column] for column in own):
        return True
    # The same again, as one task waits for several; two may have one name, but not one id.
    known = columns.get("id", -1)
    called = row[known] if known >= 0 else ""
    short_id = isinstance(called, str) and len(called.strip()) <= _SHORT
    same = bool(called) and (known != columns["name"] or short_id)
    return same and bool(above[place]) and all(row[column] == above[column] for column in own)


def _linked(sheet: Sheet, row: Sequence[Cell], columns: Mapping[str, int]) -> Cell:
    """Put relation and lag behind each of the tasks that come before."""
    cell = row[columns["after"]]
    texts = [_text(row, columns, name) for name in _PUT]
    if not isinstance(cell, str) or nothing(cell) or not any(texts):
        return cell
    parts = re.split(r"[,;\n]", cell)
    relations, lags = (_spread(text, len(parts)) for text in texts)
    unit = measured(sheet.header[columns["lag"]]) if "lag" in columns else ""
    found = []
    for part, own, behind in zip(parts, relations, lags, strict=True):
        relation = "" if nothing(own) else own
        lag = "" if nothing(behind) or behind == "0" else behind.replace(",", ".")
        lag = lag if not lag or lag[0] in "+-−–" else f"+{lag}"
        lag = f"{lag} {unit}" if lag[-1:].isdecimal() else lag
        found.append(f"{part.strip()} {relation}{lag}".strip())
    return "; ".join(found)


def _spread(text: str, count: int) -> list[str]:
    """Give one of several relations or lags to each task, or the last to all that are left."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text)]
    if count == 1 or len(parts) > count:  # a comma in “1,5” parts no lags
        parts = [part.strip() for part in re.split(r"[;\n]", text)]
    return [parts[min(place, len(parts) - 1)] for place in range(count)]


def _expected(sheet: Sheet, columns: Mapping[str, int]) -> Iterable[Cell]:
    """Give the expected duration of three estimates: (o + 4 m + p) / 6."""
    own = [measured(sheet.header[columns[name]]) for name in THREE]
    units = [unit or next(filter(None, own), "") for unit in own]
    for _, row in sheet.rows:
        texts = [_text(row, columns, name) for name in THREE]
        said = [f"{t} {u}" if t[-1:].isdecimal() else t for t, u in zip(texts, units, strict=True)]
        read = [found for found in map(length, said) if not isinstance(found, Message)]
        if len(read) < len(THREE) or len({found.measure for found in read} | {"percent"}) > _SAME:
            yield said[1].strip() if not (texts[0] or texts[2]) else " / ".join(texts)
        else:
            low, likely, high = (found.number for found in read)
            sign = "ed" if read[0].measure == "elapsed" else "d"
            yield f"{written_days((low + 4 * likely + high) / 6)} {sign}"


#: Kinds of days in which the three may be given, and percent, which they may not.
_SAME = 2
