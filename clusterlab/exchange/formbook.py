"""Writing a form as a workbook that people can fill in with any spreadsheet program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from clusterlab.errors import N_
from clusterlab.exchange.forms import (
    CITES,
    HEADINGS,
    LAYOUT,
    LISTS,
    STAMP,
    Form,
    FormColumn,
    FormSheet,
    sheet_tag,
)
from clusterlab.exchange.returned import letters, print_of
from clusterlab.language import Language
from clusterlab.model import Field, Note, expected
from clusterlab.sheets import Book, Page, sheet_name, whole

_FIRST = 2  # columns before those that people see: the note's id, the sheet's name
_TITLE, _PROMPT, _HEADS, _NOTES = 1, 2, 3, 4  # rows
_BELOW = 500  # rows below the last one that are ready too
_TEXT, _WIDE, _PLAIN, _SMALL = 60.0, 36.0, 20.0, 8.0  # widths in characters
_COVER = 92.0
_KEPT = 70.0  # characters of a wide sheet that may stay in sight at its side

STEPS = (
    N_(
        "Fill in the sheets of this workbook, one for each canvas. The light yellow cells are "
        "yours; write as much or as little as you like."
    ),
    N_(
        "A new note takes an empty row. Where none is left, write below the last row or insert one."
    ),
    N_("Type over what you want to change. To take a note away, delete its row or empty its text."),
    N_(
        "Some cells offer a list to choose from. To move a note, choose another topic or block for "
        "it."
    ),
    N_("Sort, filter and move rows as you like; their order is not taken over."),
    N_(
        "A heading or a cell with a small mark in its corner has a note that says what is asked: "
        "point at it."
    ),
    N_(
        "Save the workbook as .xlsx and send it back. You may do so several times, and others may "
        "fill in copies of it: what each of you wrote is kept."
    ),
)


def write_form(form: Form, path: Path, data: bytes = b"") -> None:
    """Write a form as a workbook; the same form gives the same bytes.

    Parameters
    ----------
    data
        The form's bytes where they were made already.

    Raises
    ------
    TableError
        Where a text is too long for a cell, or the file cannot be written; what was there before
        stays.
    """
    data = data or form_bytes(form)
    with whole(path) as part:
        part.write_bytes(data)


def form_bytes(form: Form) -> bytes:
    """Give a form's workbook.

    Raises
    ------
    TableError
        Where a text is too long for a cell.
    """
    language = form.language
    title = _title(form)
    book = Book(
        title,
        language=language.tag,
        direction=language.direction,
        subject=form.cluster.name,
        keywords=f"clusterlab {form.id}",
    )
    book.lock()
    cover = book.page(language.gettext(N_("Start here")))
    lists = _Lists(book)
    pages = [(sheet, _sheet(book, form, sheet, lists)) for sheet in form.sheets]
    _cover(cover, form, title, pages)
    lists.write()
    _stamp(book.page(STAMP, hidden=True), form)
    return book.done()


def _title(form: Form) -> str:
    return form.language.say(N_("Form: {title}"), title=form.title)


def _cover(page: Page, form: Form, title: str, pages: list[tuple[FormSheet, Page]]) -> None:
    say = form.language.gettext
    page.widths([4, _COVER])
    page.put(0, 0, title, "title")
    page.height(0, 30)
    page.put(1, 0, form.cluster.name, "heading")
    row = 3
    for number, step in enumerate(STEPS, 1):
        page.put(row, 0, f"{number}.", "label")
        page.prose(row, say(step), "prose", (1, 1), _COVER)
        row += 1
    row += 1
    page.put(row, 0, say(N_("The sheets")), "heading")
    for sheet, target in pages:
        row += 1
        count = form.language.plural(len(sheet.notes), "{count} note", "{count} notes")
        page.link(row, 1, target, f"{_named(sheet)} – {count}")
    version = form.language.say(N_("Version {version}"), version=form.version)
    page.put(row + 2, 0, version, "subtitle")
    page.paper(_COVER)
    page.protect()
    page.select()


def _named(sheet: FormSheet) -> str:
    title = sheet.language.gettext(sheet.kind.title)
    return " · ".join(filter(None, (title, sheet.subtitle)))


def _sheet(book: Book, form: Form, sheet: FormSheet, lists: _Lists) -> Page:
    """Write a canvas: its hidden names, headings, notes, and empty rows for new ones."""
    page = book.page(sheet_name(sheet.language.gettext(sheet.kind.title), sheet.subtitle))
    columns = list(enumerate(sheet.columns, _FIRST))
    widths = [_SMALL] * _FIRST + [_width(column) for _, column in columns]
    page.widths(widths, hidden=range(_FIRST), look="free")
    # A row that holds a locked cell anywhere can neither be deleted nor sorted.
    page.rest(_FIRST + len(columns), "free")
    for number, column in columns:
        page.column(number, widths[number], "free", _form(column))
        page.put(0, number, column.name, "soft")
        page.put(_HEADS, number, column.label, "head")
        if column.help:
            page.note(_HEADS, number, column.help)
    for number, name in enumerate(("id", sheet_tag(form.id, sheet.name))):
        page.put(0, number, name, "soft")
        page.put(_HEADS, number, HEADINGS, "soft")
    page.height(0, hidden=True)
    page.put(_TITLE, _FIRST, _named(sheet), "title")
    page.height(_TITLE, 28)
    page.put(_PROMPT, _FIRST, sheet.language.gettext(sheet.kind.summary), "subtitle")
    page.fit(_HEADS, [c.label for _, c in columns], [w - 3 for w in widths[_FIRST:]])
    last = _rows(page, sheet, columns, widths[_FIRST:])
    for number, column in columns:
        if facts := _asked(column, sheet.language, lists):
            page.ask((_NOTES, last + _BELOW), number, facts)
    page.filter(_HEADS, last, _FIRST + len(columns))
    text = next(n for n, c in columns if c.name == "text") + 1
    narrow = sum(widths[_FIRST:text]) <= _KEPT < sum(widths[_FIRST:]) / 2
    page.freeze(_NOTES, text if narrow else 0)
    page.paper(sum(widths[_FIRST:]), repeat=_HEADS, beside=(_FIRST, _FIRST))
    page.protect()
    return page


def _rows(
    page: Page, sheet: FormSheet, columns: list[tuple[int, FormColumn]], widths: list[float]
) -> int:
    """Write the notes, and below those of each place its empty rows; gives the last row."""
    row, tag = _NOTES, 0
    prompts = {b.id: sheet.language.gettext(b.prompt) for b in sheet.kind.blocks}
    asked = next(number for number, c in columns if c.name in {"block", "text"})
    places = sheet.places()
    left = [n for n in sheet.notes if (n.topic, n.block) not in places]
    for topic, block in places:
        held = [n for n in sheet.notes if (n.topic, n.block) == (topic, block)]
        if prompts[block]:
            page.note(row, asked, prompts[block])
        for note in held:
            _note(page, row, sheet, columns, note)
            shown = [sheet.shown(note, c) for _, c in columns]
            if any(len(str(cell)) > width for cell, width in zip(shown, widths, strict=True)):
                page.fit(row, shown, widths)  # others grow by themselves with what people write
            row += 1
        for _ in range(sheet.spare()):
            tag += 1
            _note(page, row, sheet, columns, Note("", topic=topic, block=block))
            page.put(row, 1, f"r{tag}", "free")
            row += 1
    for note in left:
        _note(page, row, sheet, columns, note)
        row += 1
    return row - 1


def _note(
    page: Page,
    row: int,
    sheet: FormSheet,
    columns: list[tuple[int, FormColumn]],
    note: Note,
) -> None:
    page.put(row, 0, note.id, "free")
    for number, column in columns:
        look = "number" if column.name == "spoken" else "entry"
        page.put(row, number, sheet.shown(note, column), look, _form(column))


def _width(column: FormColumn) -> float:
    if column.name == "text":
        return _TEXT
    if column.name == "spoken":
        return _SMALL
    if column.name in {"topic", "block"}:  # on one line, so that empty rows stay low
        longest = max((len(label) for _, label in column.choices), default=0)
        return min(max(_PLAIN, longest * 1.08 + 3), _TEXT)
    return _WIDE if column.field and column.field.wide else _PLAIN


def _form(column: FormColumn) -> str:
    """Give the number format of a column: what people type into one of texts stays as typed."""
    match column.field.type if column.field else "":
        case "integer" | "number":
            return "General"
        case "date":
            return "yyyy-mm-dd"
        case _:
            return "@"


class _Lists:
    """The lists to choose from, on a hidden sheet: within a cell's own rule they find no room."""

    def __init__(self, book: Book) -> None:
        self._page = book.page(LISTS, hidden=True)
        self._lists: dict[tuple[str, ...], int] = {}

    def place(self, labels: tuple[str, ...]) -> str:
        """Give where a list stands, as a rule names it."""
        number = self._lists.setdefault(labels, len(self._lists))
        column = letters(number)
        return f"='{self._page.name}'!${column}$1:${column}${len(labels)}"

    def write(self) -> None:
        """Write the lists."""
        for labels, column in self._lists.items():
            for row, label in enumerate(labels):
                self._page.put(row, column, label, "")


def _asked(column: FormColumn, language: Language, lists: _Lists) -> dict[str, Any]:
    """Give what a column's cells take, as XlsxWriter names it; nothing where all is taken."""
    told: dict[str, Any] = {}
    if column.help:
        told = {"input_title": column.label, "input_message": column.help}
    if column.choices:
        labels = tuple(label for _, label in column.choices)
        wrong = language.gettext(N_("Choose one of the list, or leave the cell empty."))
        rule: Mapping[str, Any] = {"validate": "list", "source": lists.place(labels)}
    elif column.field is not None and column.field.type in {"integer", "number", "date"}:
        rule = _rule(column.field)
        wrong = language.say(N_("Here should be {expected}."), expected=expected(column.field))
    elif told:
        return {**told, "validate": "any"}
    else:
        return {}
    title = {"error_title": column.label, "error_message": wrong}
    return {**told, **rule, **title}


def _rule(field: Field) -> dict[str, Any]:
    if field.type == "date":
        return {"validate": "date", "criteria": ">=", "value": date(1900, 3, 1)}
    kind = "integer" if field.type == "integer" else "decimal"
    low, high = field.minimum, field.maximum
    least = -(10**15) if low is None else low
    most = 10**15 if high is None else high
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}


def _stamp(page: Page, form: Form) -> None:
    """Write which form it is, and what it showed: heads and fingerprint of every note."""
    facts = [
        (STAMP, LAYOUT, ""),
        ("form", form.id, ""),
        ("workshop", form.workshop, ""),
        ("cluster", form.cluster.id, ""),
        ("language", form.language.tag, ""),
        ("version", form.version, ""),
        ("cover", _title(form), ""),
        *((f"sheet {s.name}", str(len(s.notes)), "") for s in form.sheets),
        *(
            (note.id, s.name, " ".join(note.heads), print_of(s, note))
            for s in form.sheets
            for note in s.notes
        ),
        *((CITES + s.name, i, spoken) for s in form.sheets for i, spoken in s.spoken.items()),
    ]
    for row, cells in enumerate(facts):
        for column, cell in enumerate(cells):
            if cell:
                page.put(row, column, cell, "")
