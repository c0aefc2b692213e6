"""Taking back forms: what people changed in them becomes operations, by what they had seen.

Every workbook stands for itself. What it says that differs from the form as it was sent is taken
as done by somebody who saw that form and nothing later: so any number of returned workbooks may
come in any order, and where two disagree both are kept. What a form has brought already is not
brought again, whatever has been made of it since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from clusterlab.errors import (
    N_,
    ClusterlabError,
    JournalError,
    Message,
    Refusal,
    TableError,
    TooManyRowsError,
    UsageError,
)
from clusterlab.exchange.dropped import PACKED, refuse_others, unpacked
from clusterlab.exchange.formmerge import FormMerge
from clusterlab.exchange.forms import MOST_ROWS, FormSheet, form_sheet
from clusterlab.exchange.matching import beside, is_empty, match_rows
from clusterlab.exchange.refused import short, shortened
from clusterlab.exchange.report import Collected
from clusterlab.exchange.returned import Line, Returned, read_lines, refusal, with_days
from clusterlab.exchange.stamp import Stamp, read_stamp
from clusterlab.exchange.standing import Standing
from clusterlab.model import BoardId, Note
from clusterlab.sheets import Sheet, extras, read_tables
from clusterlab.workshop import Folder
from clusterlab.workshop.settings import Limits

_FEW = 3  # notes of a sheet that may always be taken away at once


def collect_forms(
    folder: Folder,
    files: Sequence[Path],
    *,
    time: str = "",
    actor: str = "form",
    deletions: bool = False,
) -> Iterator[Collected]:
    """Take back forms one after the other; one that cannot be read does not stop the others.

    Parameters
    ----------
    time, actor
        When it was done (UTC, ISO 8601; "" for now), and by whom.
    deletions
        Take notes away also where most rows of a sheet are gone.

    Raises
    ------
    JournalError
        Where the journal cannot be written; what was taken before stays.
    """
    for file in files:
        if file.suffix.casefold() == PACKED:
            yield from _of_archive(folder, file, time=time, actor=actor, deletions=deletions)
        else:
            yield _tried(folder, file, time=time, actor=actor, deletions=deletions)


def _tried(folder: Folder, file: Path, *, time: str, actor: str, deletions: bool) -> Collected:
    """Take back a form, or say why it cannot be read."""
    try:
        return collect_form(folder, file, time=time, actor=actor, deletions=deletions)
    except JournalError:
        raise
    except ClusterlabError as error:
        return _refused(file.name, error)
    except Exception as error:  # noqa: BLE001 - whatever a file holds, the next one is read
        return _unreadable(file.name, error)


def _unreadable(name: str, error: Exception) -> Collected:
    text = N_("“{file}” cannot be read ({reason}); nothing was taken of it.")
    message = Message(text, {"file": name, "reason": type(error).__name__})
    return Collected(name, refusals=(Refusal(message, name),))


def _refused(name: str, error: ClusterlabError) -> Collected:
    return Collected(name, refusals=(Refusal(error.message, name),))


def _of_archive(
    folder: Folder, file: Path, *, time: str, actor: str, deletions: bool
) -> Iterator[Collected]:
    """Take back the forms of an archive; each is called by the archive's name and its own."""
    try:
        for inside, found in unpacked(file, folder.settings.limits.file_bytes):
            name = f"{file.name}/{inside}"
            if isinstance(found, TableError):
                yield _refused(name, found)
                continue
            report = _tried(folder, found, time=time, actor=actor, deletions=deletions)
            refusals = tuple(replace(refusal, file=name) for refusal in report.refusals)
            yield replace(report, file=name, refusals=refusals)
    except JournalError:
        raise
    except ClusterlabError as error:
        yield _refused(file.name, error)
    except Exception as error:  # noqa: BLE001 - as for every other file
        yield _unreadable(file.name, error)


def collect_form(
    folder: Folder, path: Path, *, time: str = "", actor: str = "form", deletions: bool = False
) -> Collected:
    """Take back one form, in one transaction.

    Parameters
    ----------
    time, actor, deletions
        As `collect_forms` takes them.

    Raises
    ------
    TableError
        Where the file cannot be read or is no form of this workshop; nothing was taken.
    JournalError
        Where the journal cannot be written; nothing was taken.
    """
    collection = _gone_through(folder, path, time=time, actor=actor, deletions=deletions)
    folder.append(collection.merge.operations)
    return collection.report()


def holds_news(folder: Folder, path: Path) -> bool:
    """Tell whether a form says anything that was not collected yet, or cannot be taken.

    Raises
    ------
    TableError
        Where the file cannot be read or is no form of this workshop.
    """
    collection = _gone_through(folder, path, time="", actor="form", deletions=True)
    refused = (*collection.returned.refusals, *collection.merge.refusals)
    return bool(collection.merge.operations) or any(r not in collection.unknown for r in refused)


def _gone_through(
    folder: Folder, path: Path, *, time: str, actor: str, deletions: bool
) -> _Collection:
    limits = folder.settings.limits
    refuse_others(path.name)
    sheets = _sheets(path, limits)
    stamp = read_stamp(sheets, path.name)
    _check(folder, stamp, path.name)
    returned = Returned(stamp)
    read_lines(returned, sheets, path.name)
    returned.notices += (Message(text, {"file": path.name}) for text in _beside_cells(path))
    standing = Standing(folder.journal, stamp.cluster)
    merge = FormMerge(folder, standing, stamp, path.name, actor=actor, time=time)
    collection = _Collection(folder, returned, standing, merge, path.name)
    for name in stamp.sheets:
        collection.sheet(name, deletions=deletions)
    return collection


def _sheets(path: Path, limits: Limits) -> list[Sheet]:
    """Read the sheets of what should be a form."""
    try:
        return read_tables(path, limits.file_bytes, min(limits.rows, MOST_ROWS))
    except TooManyRowsError as error:
        if limits.rows <= MOST_ROWS:
            raise
        raise TableError(
            N_(
                "“{file}” has more than {limit} rows, the most that a form may have, whatever "
                "“rows” in workshop.toml says; nothing was taken. Take in what is new as a table, "
                "with: clusterlab import."
            ),
            file=path.name,
            limit=MOST_ROWS,
        ) from error


def _beside_cells(path: Path) -> Iterator[str]:
    """Say what a workbook holds besides its cells, of which nothing is taken."""
    found = extras(path)
    if found.macros or path.suffix.casefold() == ".xlsm":
        yield N_("“{file}” may hold macros; they were neither run nor looked at.")
    if found.comments:
        yield N_(
            "“{file}” holds comments; they were not taken. What is to stay has to be written into "
            "the cells."
        )
    if found.links:
        yield N_(
            "“{file}” refers to other workbooks; none of them was opened. Cells count by what they "
            "showed when the file was saved."
        )


def _check(folder: Folder, stamp: Stamp, file: str) -> None:
    if stamp.workshop != folder.settings.id:
        raise TableError(
            N_(
                "“{file}” is a form of another workshop than “{title}”; nothing was taken. "
                "Collect it there."
            ),
            file=file,
            title=folder.settings.title,
        )
    try:
        folder.cluster(stamp.cluster)
    except UsageError as error:
        raise TableError(
            N_("“{file}” is the form of a cluster that clusters.csv does not name. {reason}"),
            file=file,
            reason=error.message,
        ) from error


class _Collection:
    """Goes through the sheets of one form.

    Parameters
    ----------
    folder, returned, standing, merge, file
        The workshop; what came back; what is in the journal; what turns it into operations; its
        name.
    """

    def __init__(
        self, folder: Folder, returned: Returned, standing: Standing, merge: FormMerge, file: str
    ) -> None:
        self._folder, self._standing, self._file = folder, standing, file
        self.returned, self.merge = returned, merge
        self.unknown: list[Refusal] = []  # of which nothing is lost with the file
        self._kept: set[str] = set()
        self._language = folder.language(wanted=returned.stamp.language)

    def report(self) -> Collected:
        """Say what became of the form."""
        merge, returned = self.merge, self.returned
        return Collected(
            self._file,
            returned.stamp.cluster,
            merge.taken,
            merge.changed,
            merge.deleted,
            merge.unchanged,
            shortened((*returned.refusals, *merge.refusals)),
            (*returned.notices, *merge.told()),
        )

    def sheet(self, name: str, *, deletions: bool) -> None:
        """Take a sheet: rows that changed, rows that are new, rows that are gone."""
        stamp, lines = self.returned.stamp, self.returned.lines.get(name)
        canvas, _, version = name.rpartition("/")
        kind = self._folder.kinds.get(canvas)
        if kind is None or all(v.id != version for v in kind.versions):
            text = N_("The workshop has no canvas “{canvas}” any more; its sheet was left out.")
            self._refuse(text, self.returned.titles.get(name, ""), canvas=name)
            return
        if lines is None:
            if count := stamp.sheets[name]:
                text = N_(
                    "The sheet “{sheet}” is missing. Its notes stay as they are: {count}. A sheet "
                    "that is gone takes no notes away."
                )
                self._refuse(text, sheet=Message(kind.title), count=count)
            return
        board = BoardId(stamp.cluster, canvas, version)
        notes = self._seen(name, board)
        asked = form_sheet(self._folder.kinds, board, self._standing.boards, self._language)
        asked = replace(asked, notes=tuple(notes.values()), spoken=stamp.cited.get(name, {}))
        title = self.returned.titles[name]
        self.merge.on(asked, title)
        lines = with_days(asked, lines, self.returned.days[name])
        self._beside(asked, lines)
        matched = match_rows(asked, list(self._known(asked, lines, notes)), notes)
        self.merge.unchanged += matched.same
        for note, line in matched.changed:
            self.merge.change(note, line)
        for line in matched.new:
            self.merge.add(line)
        self._take_away(name, matched.gone, len(notes), deletions=deletions)

    def _beside(self, sheet: FormSheet, lines: Sequence[Line]) -> None:
        """Refuse what somebody wrote into the column of numbers: it is taken nowhere."""
        numbers = {note.spoken for note in sheet.notes}
        column, target = sheet.columns[0], next(c for c in sheet.columns if c.name == "text")
        for line in lines:
            if text := beside(line, numbers):
                told = N_(
                    "Here stand the numbers that the program gives; “{text}” was not taken. Write "
                    "it into the column “{column}”."
                )
                message = Message(told, {"text": short(text), "column": target.label})
                title = self.returned.titles[sheet.name]
                self.merge.refusals.append(refusal(line, column, message, self._file, title))

    def _take_away(self, name: str, gone: Sequence[Note], count: int, *, deletions: bool) -> None:
        """Delete the notes whose rows are gone, unless it looks like an accident."""
        title = self.returned.titles[name]
        fresh = [note for note in gone if not self.merge.is_gone(note)]
        if fresh and name in self._kept | self.returned.unsure:
            text = N_(
                "The hidden cells that say which note each row stands for were lost or changed "
                "here. So rows that seem to be gone take no notes away: {count}. If notes are to "
                "go, delete them on the canvas."
            )
            self._refuse(text, title, count=len(fresh))
            return
        if len(gone) > max(_FEW, count // 2) and fresh and not deletions:
            text = N_(
                "{gone} of the {count} rows that the form had here are gone. So many look like an "
                "accident: their notes stay. If they are to go, collect again with --deletions."
            )
            self._refuse(text, title, gone=len(gone), count=count)
            return
        for note in fresh:
            self.merge.delete(note)

    def _known(
        self, sheet: FormSheet, lines: Sequence[Line], notes: Mapping[str, Note]
    ) -> Iterator[Line]:
        """Pass over the rows of notes that are left out, wherever their words stand now.

        A row whose id is none of the form's was pasted from elsewhere: it is refused.
        """
        stamp = self.returned.stamp
        here = [i for i, (name, _) in stamp.shown.items() if name == sheet.name]
        left = {i: stamp.prints[i] for i in here if i not in notes}
        known = {stamp.prints[i] for i in here if i in notes}
        for line in lines:
            if line.note and line.note not in stamp.shown:
                self._kept.add(sheet.name)
                text = N_(
                    "This row comes from another form or table and was not taken. Type what is "
                    "new in it into an empty row."
                )
                self.merge.refuse_row(line, Message(text))
                continue
            if not left:
                yield line
                continue
            mark = line.print
            if mark in known:  # says what a known note says, whatever id it carries
                yield replace(line, note="") if line.note in left else line
            elif line.note in left:
                if mark != left[line.note] and not is_empty(sheet, line):
                    text = N_(
                        "The note of this row was left out; what the row says now was not taken. "
                        "Write it into an empty row of a new form."
                    )
                    self.merge.refuse_row(line, Message(text))
            elif mark not in left.values() or is_empty(sheet, line):
                yield line

    def _seen(self, name: str, board: BoardId) -> dict[str, Note]:
        """Give the notes of a sheet as the form showed them."""
        found: dict[str, Note] = {}
        lost = purged = 0
        for note, (sheet, heads) in self.returned.stamp.shown.items():
            if sheet != name:
                continue
            seen = self._standing.seen_at(note, heads)
            if seen is None or self._standing.where[note] != board:
                lost += 1
            elif self._standing.emptied_before(note, heads):
                purged += 1
            else:
                found[note] = seen
        if purged:
            text = N_(
                "{place}: the form shows words that were purged since. The rows of these notes "
                "were left out: {count}. Delete the file, and send a new form."
            )
            place = f"{self._file}, {self.returned.titles[name]}"
            self.merge.notices.append(Message(text, {"place": place, "count": purged}))
        if lost:
            text = N_(
                "The form shows notes that this copy of the workshop does not know: {count}. They "
                "were left out. Take in the journal of the copy that wrote the form, then collect "
                "again."
            )
            self._refuse(text, self.returned.titles[name], count=lost)
            self.unknown = [*self.unknown, self.merge.refusals[-1]]
        return found

    def _refuse(self, text: str, title: str = "", **fields: object) -> None:
        self.merge.refusals.append(Refusal(Message(text, fields), self._file, title))
