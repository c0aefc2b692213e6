"""Taking in a notes table: what can be taken is, what cannot is said row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from clusterlab.errors import N_, Message, TableError
from clusterlab.exchange.columns import COMMON, FIRST, Columns, find_columns
from clusterlab.exchange.links import Targets
from clusterlab.exchange.merging import Authors, Merge
from clusterlab.exchange.racitables import RaciTables
from clusterlab.exchange.report import Report
from clusterlab.exchange.rows import Reading, Row
from clusterlab.exchange.standing import Standing
from clusterlab.exchange.tasklists import TaskLists
from clusterlab.journal import Actor, Journal
from clusterlab.model import Operation
from clusterlab.sheets import Sheet, read_tables
from clusterlab.workshop import Folder


def import_notes(
    folder: Folder, path: Path, *, time: str = "", actor: str = "import", cluster: str = ""
) -> Report:
    """Take in a tidy notes table, a list of tasks of a project program, or a RACI matrix.

    A note whose id is known is changed where the table says something else; what was deleted
    stays deleted, and what people changed since is not put back to what a table said before. The
    same file twice changes nothing. All of a file is taken in one transaction.

    Parameters
    ----------
    folder
        The workshop.
    path
        A ``.csv``, ``.tsv``, ``.xlsx`` or ``.xlsm`` file.
    time
        When it was done (UTC, ISO 8601); "" for now.
    actor
        Who does it, and who wrote the notes that name no author.
    cluster
        Id of the cluster whose notes they are where a table does not say, or "".

    Returns
    -------
    Report
        What was taken, and what was not and why.

    Raises
    ------
    UnknownNameError
        Where there is no such cluster.
    TableError
        Where the file as a whole cannot be read or is no notes table; nothing was taken.
    JournalBusyError
        Where another program holds the journal; nothing was taken.
    """
    limits = folder.settings.limits
    cluster = folder.cluster(cluster).id if cluster else ""
    standing = Standing(folder.journal)
    lists = TaskLists(folder, standing, path.name, cluster)
    matrices = RaciTables(folder, path.name, cluster)
    tables_read = read_tables(path, limits.file_bytes, limits.rows)
    sheets = [lists.notes(matrices.notes(sheet)) for sheet in tables_read]
    tables, notices = _notes_tables(folder, sheets, path.name, supposed=lists.supposed)
    reading = Reading(folder, standing, path.name, cluster)
    for sheet, columns in tables:
        heads = {**columns.heads, **lists.heads.get(sheet.name, {})}
        reading.read(sheet, replace(columns, heads=heads))
    workshop = folder.settings.id
    authors = Authors(workshop, standing.actors, actor)
    targets = Targets(reading.rows, reading.refused, standing, folder.kinds, workshop)
    merge = Merge(standing, folder.kinds, targets, authors, actor=actor, time=time, file=path.name)
    merge.merge(reading.rows)
    _remember(folder.journal, authors.names)
    stored = folder.append(merge.operations)
    refusals = sorted(
        (*lists.refusals, *matrices.refusals, *reading.refusals, *merge.refusals),
        key=lambda r: ([s.name for s in sheets].index(r.sheet), r.row),
    )
    said = _notices(reading, merge, _otherwise_spoken(reading.rows, stored))
    return Report(
        path.name,
        merge.taken,
        merge.changed,
        merge.unchanged,
        merge.deleted,
        tuple(refusals),
        (*lists.notices, *matrices.notices, *notices, *said),
    )


def _notes_tables(
    folder: Folder, sheets: Sequence[Sheet], file: str, *, supposed: bool
) -> tuple[list[tuple[Sheet, Columns]], list[Message]]:
    """Tell the sheets that hold notes from others; a file must have one."""
    tables: list[tuple[Sheet, Columns]] = []
    notices: list[Message] = []
    for sheet in sheets:
        place = f"{file}, {sheet.name}" if sheet.name else file
        columns = find_columns(sheet, folder.kinds.values(), place)
        if "text" in columns.places:
            tables.append((sheet, columns))
            notices += columns.notices
        else:
            text = N_("{place}: there is no column “text”, so this sheet was left out.")
            notices.append(Message(text, {"place": place}))
    if not tables and supposed:
        raise TableError(
            N_(
                "“{file}” looks like a list of tasks, but no column holds their names or numbers. "
                "Such a list needs a column headed Task Name, Activity or ID, and one headed "
                "Duration or Predecessors."
            ),
            file=file,
        )
    if not tables:
        raise TableError(
            N_(
                "“{file}” is no table of notes: it has no column “text”. Its first row should name "
                "the columns, among these: {columns}."
            ),
            file=file,
            columns=", ".join((*FIRST, *COMMON)),
        )
    return tables, notices


def _remember(journal: Journal, names: dict[str, str]) -> None:
    """Keep the names behind new pseudonyms, except those that were to be forgotten."""
    known = {actor.id for actor in journal.actors() if actor.name} | journal.purged()
    for actor, name in names.items():
        if actor not in known:
            journal.name(Actor(actor, name))


def _otherwise_spoken(rows: Iterable[Row], stored: Iterable[Operation]) -> int:
    wanted = {row.note: row.spoken for row in rows if row.spoken}
    return sum(
        1
        for operation in stored
        if operation.kind == "add"
        and operation.note in wanted
        and operation.payload.get("spoken") != wanted[operation.note]
    )


def _notices(reading: Reading, merge: Merge, otherwise_spoken: int) -> list[Message]:
    counted = (
        (merge.deleted, N_("Rows whose notes were deleted here and stay deleted: {count}.")),
        (
            merge.older,
            N_(
                "Cells with an older value than people have given since, which stays: {count}. "
                "Change it on the canvas if the table is right."
            ),
        ),
        (
            reading.cleaned,
            N_("Cells with control characters that cannot be kept and were dropped: {count}."),
        ),
        (
            otherwise_spoken,
            N_("Notes that got another spoken id than the table asks for: {count}."),
        ),
    )
    return [Message(text, {"count": count}) for count, text in counted if count]
