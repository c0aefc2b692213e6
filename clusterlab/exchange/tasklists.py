"""Task lists of project programs: rows of tasks become rows of notes, which are then taken in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from clusterlab.errors import N_, Message, Refusal
from clusterlab.exchange.refused import short, too_many_cells
from clusterlab.exchange.standing import Standing
from clusterlab.exchange.taskcells import DIGITS, READERS, Task, is_number
from clusterlab.exchange.taskheads import measured, supposes
from clusterlab.exchange.tasknames import Named
from clusterlab.exchange.tasktable import TaskTable, task_table
from clusterlab.exchange.values import cell_of
from clusterlab.exchange.whose import owner
from clusterlab.methods.dependencies import dependencies
from clusterlab.methods.tasklist import (
    indents,
    marked_levels,
    month_first,
    nothing,
    parents_by_level,
    parents_by_number,
    written_link,
)
from clusterlab.methods.tasks import ELAPSED
from clusterlab.model import BoardId, CanvasKind, derived_id, one_line
from clusterlab.sheets import Cell, Sheet, as_text
from clusterlab.workshop import Folder

#: Read to no end: dates are worked out from what they follow from.
_WORKED_OUT = frozenset({"start", "finish"})


class TaskLists:
    """Turns lists of tasks among the sheets of a file into tables of notes.

    Parameters
    ----------
    folder
        The workshop.
    standing
        What is in its journal: a task that was imported before keeps its spoken id.
    file
        Name of the file.
    cluster
        Id of the cluster whose tasks they are, or "".
    """

    def __init__(self, folder: Folder, standing: Standing, file: str, cluster: str) -> None:
        self._folder, self._standing = folder, standing
        self._file, self._cluster = file, cluster
        kinds = folder.kinds.values()
        self._kind = next((kind for kind in kinds if kind.method == "schedule"), None)
        self.refusals: list[Refusal] = []
        self.notices: list[Message] = []
        #: What the columns of notes are called in the file, by sheet.
        self.heads: dict[str, dict[str, str]] = {}
        #: On which sheet each task came first.
        self._sheets: dict[str, str] = {}
        #: Whether a table that is none looks as if it should have been a list of tasks.
        self.supposed = False

    def notes(self, sheet: Sheet) -> Sheet:
        """Give a list of tasks as a table of notes; any other table stays as it is.

        A task is known again by its unique id, else by its name: plain ids are row numbers, which
        change where a row comes in between. So a later state of the same list changes the tasks
        that it made before, and a task that was renamed there is a new one.

        Raises
        ------
        TableError
            Where it is a list of tasks, but the workshop has several clusters and none is named.
        """
        found = task_table(sheet) if self._kind else None
        if found is None or self._kind is None:
            self.supposed = self.supposed or supposes(sheet.header)
            return sheet
        file_rows = dict(sheet.rows)
        sheet, columns = found.sheet, found.columns
        heads = {column: sheet.header[index] for column, index in columns.items()}
        message = N_(
            "“{file}” is a list of tasks, but does not say whose. Name the cluster: "
            "clusterlab import FOLDER FILE --cluster ID. There are: {clusters}."
        )
        cluster = owner(self._folder, self._cluster, message, self._file)
        board = BoardId(cluster, self._kind.id, self._kind.versions[0].id)
        names: Counter[str] = Counter()
        rows = _whole(found, file_rows)
        tasks = [self._task(board, place, row, columns, names) for place, row in rows]
        tasks = [task for task in tasks if self._first(sheet, task, heads)]
        self._called(board, tasks, self._kind)
        nested = _nest(tasks)
        _date(tasks)
        known = self._known(sheet, tasks, heads)
        clock = any(field.id == ELAPSED for field in self._kind.fields)
        for task in tasks:
            task.unit = measured(heads.get("duration", ""))
            task.by_the_clock = clock
        fields = [f for f in READERS if f in columns or (f == "after" and "next" in columns)]
        if clock and "duration" in columns:
            fields.append(ELAPSED)
        if columns.keys() & {"level", "outline"} or any(task.parent for task in tasks):
            fields.append("part-of")
        for task in tasks:
            self._fill(sheet, task, known, columns, heads)
        if "next" in columns:
            heads.setdefault("after", heads["next"])
            for task in tasks:
                self._turn(sheet, task, tasks, known, heads)
        self.heads[sheet.name] = {"text": heads["name"], "id": heads.get("id", ""), **heads}
        self._tell(found, nested)
        self._refuse(found, file_rows)
        if "id" not in columns and _empty(found, file_rows):
            self._notice(sheet, N_("{place}: where tasks are named by row, empty rows count, too."))
        made = [(task.row, _row(board, task, fields)) for task in tasks]
        return replace(sheet, header=(*_HEADER, *fields), rows=made)

    def _task(
        self,
        board: BoardId,
        place: int,
        row: tuple[int, Sequence[Cell]],
        columns: dict[str, int],
        names: Counter[str],
    ) -> Task:
        cells = {column: row[1][index] for column, index in columns.items()}
        if not cells["name"] and any(cells.get(name) for name in ("duration", "after", "next")):
            cells["name"] = cells.get("id", "")  # textbooks call tasks A, B and C alone
        task = Task(row[0], cells, "", "", None)
        task.id = one_line(task.text("id")) or ("" if "id" in columns else str(place))
        unique = one_line(task.text("unique")).upper()
        name = one_line(task.text("name"))[:_KEY]
        names[name] += 1
        task.key = one_line(f"task {unique}" if unique else f"task {name} · {names[name]}")
        task.note = self._standing.note(
            derived_id("note", self._folder.settings.id, board.cluster, task.key)
        )
        return task

    def _called(self, board: BoardId, tasks: Sequence[Task], kind: CanvasKind) -> None:
        """Give each task its spoken id: the one it has, else T and its number, else a new one."""
        letter = kind.blocks[0].letter or "N"
        there = self._standing.boards.get(board)
        taken = {note.spoken for note in there.everything.values()} if there else set()
        wanted = {f"{letter}{task.id}" for task in tasks if task.note is None}
        numbers = (name.removeprefix(letter) for name in taken | wanted)
        last = max((int(n) for n in numbers if n.isdecimal() and len(n) <= DIGITS), default=0)
        for task in tasks:
            own = f"{letter}{task.id}"
            if task.note is not None:
                task.spoken = task.note.spoken
            elif is_number(task.id) and own not in taken:
                task.spoken = own
            else:
                last += 1
                task.spoken = f"{letter}{last}"
            taken.add(task.spoken)

    def _known(self, sheet: Sheet, tasks: Sequence[Task], heads: Mapping[str, str]) -> Named:
        """Give spoken ids by the ids of the list; of two tasks with one id the first counts."""
        first: dict[str, Task] = {}
        for task in tasks:
            before = first.setdefault(task.id.casefold(), task)
            if before is not task and task.id:
                text = N_(
                    "The id “{id}” came before, in row {row}; where it is named, that counts."
                )
                message = Message(text, {"id": short(task.id), "row": before.row})
                self.refusals.append(
                    Refusal(message, self._file, sheet.name, task.row, heads["id"])
                )
        return Named(
            [(task.id, task.spoken) for task in tasks],
            [(task.text("name"), task.spoken) for task in tasks],
            [(task.text("outline"), task.spoken) for task in tasks],
        )

    def _first(self, sheet: Sheet, task: Task, heads: Mapping[str, str]) -> bool:
        """Tell whether a task came on no other sheet; say so where it did."""
        before = self._sheets.setdefault(task.key, sheet.name)
        if before == sheet.name:
            return True
        text = N_("The task “{name}” came before, on the sheet “{sheet}”, and is taken from there.")
        fields = {"name": short(one_line(task.text("name"))), "sheet": before}
        place = (self._file, sheet.name, task.row, heads["name"])
        self.refusals.append(Refusal(Message(text, fields), *place))
        return False

    def _turn(
        self,
        sheet: Sheet,
        task: Task,
        tasks: Sequence[Task],
        known: Named,
        heads: Mapping[str, str],
    ) -> None:
        """Let what a list says to follow a task wait for it."""
        cell = task.cells["next"]
        faults: list[Message] = [cell] if isinstance(cell, Message) else []
        text = task.text("next")
        for link in [] if nothing(text) else known.links(text, task.unit, faults):
            after = next(t for t in tasks if t.spoken == link.predecessor)
            held = after.values["after"]
            if task.spoken not in {d.predecessor for d in dependencies(held)[0]}:
                turned = written_link(replace(link, predecessor=task.spoken))
                after.values["after"] = ", ".join(filter(None, [held, turned]))
        place = (self._file, sheet.name, task.row, heads["next"])
        self.refusals += [Refusal(fault, *place) for fault in faults]

    def _fill(
        self,
        sheet: Sheet,
        task: Task,
        known: Named,
        columns: Mapping[str, int],
        heads: Mapping[str, str],
    ) -> None:
        def refuse(column: str, message: Message) -> None:
            place = (self._file, sheet.name, task.row, heads[column])
            self.refusals.append(Refusal(message, *place))

        task.values["part-of"] = task.parent.spoken if task.parent else ""
        task.values |= {ELAPSED: "", "after": ""}
        for column in (c for c in READERS if c in columns):
            cell = task.cells[column]
            faults: list[Message] = []
            if isinstance(cell, Message):
                faults, value = [cell], None
            else:
                value = "" if nothing(cell) else READERS[column](cell, task, known, faults)
            for fault in faults:
                refuse(column, fault)
            task.values[column] = self._held(task, column) if value is None else value
            if value is None and column == "duration":
                task.values[ELAPSED] = self._held(task, ELAPSED)

    def _held(self, task: Task, column: str) -> str:
        """Give what a note says already, where a cell that cannot be read says nothing."""
        value = task.note.get(column) if task.note else None
        return as_text(cell_of(column, value, self._kind))

    def _tell(self, found: TaskTable, nested: Sequence[Message]) -> None:
        sheet, columns = found.sheet, found.columns
        self._notice(sheet, N_("{place}: read as a list of tasks."))
        if columns.keys() & _WORKED_OUT:
            text = N_(
                "{place}: start and finish were left out; they are worked out from durations and "
                "from what comes before."
            )
            self._notice(sheet, text)
        for said in (*found.told, *nested):
            self._notice(sheet, said.template, **said.fields)
        left = [short(h) for i, h in enumerate(sheet.header) if i not in found.used and h.strip()]
        if left:
            text = N_("{place}: these columns were left out: {columns}.")
            self._notice(sheet, text, columns=", ".join(left))

    def _refuse(self, found: TaskTable, rows: Mapping[int, Sequence[Cell]]) -> None:
        """Refuse cells and rows that could not be read, by what stands in the file."""
        sheet = found.sheet
        refused = list(found.faults)
        for number, cells in sheet.rows:
            if len(cells) > len(sheet.header):
                came = len(rows.get(number, cells))
                refused.append((number, "", too_many_cells(came, found.width)))
        for number, column, message in refused:
            self.refusals.append(Refusal(message, self._file, sheet.name, number, column))

    def _notice(self, sheet: Sheet, text: str, **fields: Any) -> None:
        place = f"{self._file}, {sheet.name}" if sheet.name else self._file
        self.notices.append(Message(text, {"place": place, **fields}))


_HEADER = ("cluster", "canvas", "text", "id", "spoken")
_Row = tuple[int, Sequence[Cell]]
_KEY = 150  # characters of a name by which a task is known again


def _whole(found: TaskTable, filled: Collection[int]) -> Iterator[tuple[int, _Row]]:
    """Go through the rows of tasks that fit the header, each with its place in the list, from 1.

    What is left out, what cannot be read and empty rows have places too, as in project programs;
    what belongs to the row above has none.
    """
    sheet = found.sheet
    place, last = 0, 0
    for row in sheet.rows:
        passed = range(last + 1, row[0]) if last else [n for n, _ in sheet.faults if n < row[0]]
        place, last = place + 1 + sum(n not in filled for n in passed), row[0]
        if len(row[1]) <= len(sheet.header) and row[0] not in found.left:
            yield place, row


def _empty(found: TaskTable, filled: Collection[int]) -> bool:
    """Tell whether there are empty rows between the others."""
    numbers = [number for number, _ in found.sheet.rows]
    broken = {number for number, _ in found.sheet.faults}
    passed = range(min(numbers, default=0), max(numbers, default=0))
    return any(number not in filled and number not in broken for number in passed)


def _row(board: BoardId, task: Task, fields: Sequence[str]) -> tuple[Cell, ...]:
    name = task.cells["name"]
    fixed = (board.cluster, board.canvas, name, task.key, task.spoken)
    return (*fixed, *(task.values[f] for f in fields))


def _nest(tasks: Sequence[Task]) -> list[Message]:
    """Find the summary task of each; say how, where no column tells of it by its head."""
    levels = parents_by_level([task.text("level") for task in tasks])
    numbers = parents_by_number([task.text("outline") for task in tasks])
    found = [n if level is None else level for level, n in zip(levels, numbers, strict=True)]
    said: list[Message] = []
    if not any(task.text("level") for task in tasks) and not any(p is not None for p in found):
        for text, parents in _ways(tasks):
            found = parents()
            if count := sum(place is not None for place in found):
                said.append(Message(text, {"count": count}))
                break
    for task, place in zip(tasks, found, strict=True):
        if place is not None:
            task.parent = tasks[place]
            task.parent.has_parts = True
    return said


def _ways(tasks: Sequence[Task]) -> Iterator[tuple[str, Callable[[], list[int | None]]]]:
    """Give in what other ways a list may tell which tasks are parts of others."""
    yield (
        N_("{place}: as their numbers say, tasks were taken for parts of others: {count}."),
        lambda: _by_ids(tasks),
    )
    yield (
        N_("{place}: as their names are indented, tasks were taken for parts of others: {count}."),
        lambda: parents_by_level(indents([task.text("name") for task in tasks])),
    )
    yield (
        N_(
            "{place}: tasks were taken for parts of the summary task above them: {count}. Give an "
            "outline level for each if there are summary tasks within others."
        ),
        lambda: parents_by_level(marked_levels([task.text("summary") for task in tasks])),
    )


def _by_ids(tasks: Sequence[Task]) -> list[int | None]:
    """Take 1.1 for a part of 1, unless it waits for it: a part cannot wait for its whole."""
    found = parents_by_number([task.text("id") for task in tasks])
    waited = {
        place
        for task, place in zip(tasks, found, strict=True)
        if place is not None
        and tasks[place].id.casefold() in re.split(r"[,;\s]+", task.text("after").casefold())
    }
    return [None if place in waited else place for place in found]


def _date(tasks: Sequence[Task]) -> None:
    """Find out how the list writes its days: one date that has one reading says it of all."""
    texts = (task.text(c) for task in tasks for c in ("deadline", *sorted(_WORKED_OUT)))
    order = month_first(texts)
    for task in tasks:
        task.month_first = order
