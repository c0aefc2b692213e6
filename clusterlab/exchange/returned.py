"""Reading a form that came back: which form it is, and which row stands for which note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from json import dumps

from clusterlab.errors import N_, Message, Refusal
from clusterlab.exchange.forms import HEADINGS, LISTS, SHEET, STAMP, FormColumn, FormSheet
from clusterlab.exchange.refused import short
from clusterlab.exchange.stamp import Stamp
from clusterlab.model import Note, clean, one_line
from clusterlab.sheets import Cell, Sheet, as_text, possible

_LETTERS = 26
_SERIAL, _YEARS = 5, range(2000, 2100)  # digits of a day's number, and what it may stand for
_OWN = (LISTS, STAMP)  # hidden sheets that hold no notes


@dataclass(frozen=True, slots=True)
class Line:
    """A row that somebody may have written on.

    Parameters
    ----------
    number
        As a spreadsheet counts.
    note, tag
        Id of the note for which it stood, and which empty row it was; "" for neither.
    cells
        What stands in the columns that are there.
    columns
        Where these columns are, counted from 0.
    """

    number: int
    note: str
    tag: str
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]

    def place(self, name: str) -> str:
        """Name a cell as spreadsheets do; "" where its column is gone."""
        return f"{letters(self.columns[name])}{self.number}" if name in self.columns else ""

    @property
    def print(self) -> str:
        """Its fingerprint."""
        return fingerprint({name: self.text(name) for name in self.cells})

    def text(self, name: str) -> str:
        """Give a cell's text, "" where there is none that can be read."""
        cell = self.cells.get(name, "")
        return _tidied(cell) if isinstance(cell, str) else ""


@dataclass(slots=True)
class Returned:
    """A form that came back.

    Parameters
    ----------
    lines
        The rows of each sheet that is there, by the sheet's name in the form.
    titles
        What those sheets are called now.
    days
        From which day their numbers count.
    unsure
        Names of those whose hidden columns are not whole.
    """

    stamp: Stamp
    lines: dict[str, list[Line]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)


def read_lines(returned: Returned, sheets: Sequence[Sheet], file: str) -> None:
    """Take the rows of the form's sheets, whatever they are called now and however they lie."""
    covered = False
    for sheet in sheets:
        tag = next((h.removeprefix(SHEET) for h in sheet.header if h.startswith(SHEET)), "")
        name, _, form = one_line(tag).partition(" ")
        if not name:
            if not covered and one_line(" ".join(sheet.header)) == returned.stamp.cover:
                covered = True
            elif not sheet.name.startswith(_OWN) and (any(sheet.header) or sheet.rows):
                returned.refusals.append(_foreign(sheet, file))
        elif form != returned.stamp.form or name not in returned.stamp.sheets:
            text = N_(
                "This sheet comes from another form and was left out. Collect that form by "
                "itself, or type what is new in it into this form’s own sheet."
            )
            returned.refusals.append(Refusal(Message(text), file, sheet.name))
        elif name in returned.lines:
            text = N_(
                "This sheet is a further copy of “{sheet}” and was left out. Copy what is new in "
                "it into that sheet."
            )
            message = Message(text, {"sheet": returned.titles[name]})
            returned.refusals.append(Refusal(message, file, sheet.name))
        else:
            returned.titles[name] = sheet.name
            returned.days[name] = sheet.day_zero
            returned.lines[name] = list(_lines(returned, name, sheet, file))


def with_days(sheet: FormSheet, lines: Sequence[Line], day_zero: date) -> list[Line]:
    """Take numbers in columns of days for days: of one that lost its format only that is left."""
    names = [c.name for c in sheet.columns if c.field is not None and c.field.type == "date"]

    def told(line: Line) -> Line:
        found = {name: _day(line.text(name), day_zero) for name in names if name in line.cells}
        days = {name: day for name, day in found.items() if day}
        return replace(line, cells={**line.cells, **days}) if days else line

    return [told(line) for line in lines] if names else list(lines)


def _day(text: str, day_zero: date) -> str:
    if len(text) != _SERIAL or not text.isascii() or not text.isdigit():
        return ""
    day = day_zero + timedelta(int(text))
    return day.isoformat() if day.year in _YEARS else ""


def _foreign(sheet: Sheet, file: str) -> Refusal:
    text = N_(
        "This sheet is none of the form’s, or has lost its hidden first row; it was left out. "
        "Type what is new in it into the form’s own sheets."
    )
    return Refusal(Message(text), file, sheet.name)


def _lines(returned: Returned, name: str, sheet: Sheet, file: str) -> Iterator[Line]:
    heads = [one_line(h) for h in sheet.header]
    places: dict[str, int] = {}
    for index, head in enumerate(heads):
        places.setdefault("tag" if head.startswith(SHEET) else head, index)
    places.pop("", None)
    heading, whole = _heading(sheet, places)
    if not whole:
        returned.unsure.add(name)
    for index in range(max((len(c) for _, c in sheet.rows), default=0)):
        held = any(index < len(c) and c[index] for _, c in sheet.rows)
        if held and not "".join(heads[index : index + 1]):
            text = N_("{place}: column {column} is not the form’s and was left out.")
            place = f"{file}, {sheet.name}"
            returned.notices.append(Message(text, {"place": place, "column": letters(index)}))
    for number, message in sheet.faults:
        returned.refusals.append(Refusal(message, file, sheet.name, number))
    begun = False
    for number, cells in sheet.rows:
        if cells == heading:
            begun = True
            continue
        found: dict[str, Cell] = {n: cells[i] for n, i in places.items() if i < len(cells)}
        note, tag = (found.pop(n, "") for n in ("id", "tag"))
        if not begun and not any(c for n, c in found.items() if n != "spoken"):
            continue  # the title, and what the canvas asks
        yield Line(
            number,
            note.strip() if isinstance(note, str) else "",
            tag.strip() if isinstance(tag, str) else "",
            found,
            places,
        )


def _heading(sheet: Sheet, places: Mapping[str, int]) -> tuple[tuple[Cell, ...], bool]:
    """Find the row of headings, and tell whether both hidden columns still mark it."""
    marks = [places.get(name, -1) for name in ("id", "tag")]

    def marked(cells: Sequence[Cell]) -> int:
        return sum(0 <= m < len(cells) and cells[m] == HEADINGS for m in marks)

    for count in (len(marks), 1):
        found = next((cells for _, cells in sheet.rows if marked(cells) == count), None)
        if found is not None:
            return found, count == len(marks)
    return (), False


@cache
def letters(number: int) -> str:
    """Name a column, counted from 0, as spreadsheets do."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


# -- what a row says -----------------------------------------------------------------------------


def fingerprint(cells: Mapping[str, str]) -> str:
    """Tell rows apart without their words, by what stands in their columns."""
    held = sorted((name, text) for name, text in cells.items() if text and name != "spoken")
    return sha256(dumps(held).encode()).hexdigest()[:16]


def print_of(sheet: FormSheet, note: Note) -> str:
    """Give the fingerprint of the row that shows a note."""
    return fingerprint({c.name: plain(sheet.shown(note, c)) for c in sheet.columns})


def _tidied(text: str) -> str:
    """Clean a text; most of them are plain."""
    return text.strip() if text.isascii() and text.isprintable() else clean(text)


def plain(value: object) -> str:
    """Give what a cell says when it is read again."""
    return _tidied(possible(as_text(value)))


def differs(sheet: FormSheet, column: FormColumn, line: Line, seen: Note) -> bool:
    """Tell whether a cell says something else than the form showed."""
    cell = line.cells.get(column.name)
    if cell is None or column.name == "spoken":
        return False
    return isinstance(cell, Message) or _tidied(cell) != plain(sheet.shown(seen, column))


def refusal(line: Line, column: FormColumn, message: Message, file: str, title: str) -> Refusal:
    """Refuse a cell."""
    return Refusal(message, file, title, line.number, column.label, line.place(column.name))


def named(message: Message, column: FormColumn) -> Message:
    """Call a column what people see above it."""
    if "column" not in message.fields:
        return message
    return replace(message, fields={**message.fields, "column": short(column.label)})
