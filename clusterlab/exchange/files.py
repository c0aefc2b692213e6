"""Importing a file, whatever it is."""

from __future__ import annotations

from pathlib import Path

from clusterlab.errors import N_, Message, UsageError
from clusterlab.exchange.importing import import_notes
from clusterlab.exchange.report import Report
from clusterlab.sheets import TABLES
from clusterlab.workshop import Folder

_JOURNALS = (".db",)
# Tables of programs whose files we cannot read: reading them says what to do.
_FOREIGN = (".xls", ".xlsb", ".ods", ".numbers")


def import_file(
    folder: Folder, path: Path, *, time: str = "", actor: str = "import", cluster: str = ""
) -> Report:
    """Take in a table of notes, a list of tasks or another copy's journal.

    Parameters
    ----------
    folder
        The workshop.
    path
        A table (see `import_notes`) or the ``workshop.db`` of another copy of this workshop.
    time, actor, cluster
        For tables, as in `import_notes`; a journal brings its own.

    Raises
    ------
    UsageError
        Where it is a file of another kind; names those that can be taken in. Where a cluster is
        named that does not exist, or for a journal.
    TableError, JournalError
        Where the file as a whole cannot be read; nothing was taken.
    """
    suffix = path.suffix.casefold()
    if suffix in (*TABLES, *_FOREIGN):
        return import_notes(folder, path, time=time, actor=actor, cluster=cluster)
    if suffix not in _JOURNALS:
        raise UsageError(
            N_("“{file}” cannot be imported; these can: {suffixes}."),
            file=path.name,
            suffixes=", ".join((*TABLES, *_JOURNALS)),
        )
    if cluster:
        raise UsageError(
            N_("“{file}” is a journal, which says itself whose its notes are; name no cluster."),
            file=path.name,
        )
    count = folder.journal.unite(path)
    notice = N_("“{file}” is a journal; what people did there and not here: {count}.")
    message = Message(notice, {"file": path.name, "count": count})
    return Report(path.name, taken=count, notices=(message,))
