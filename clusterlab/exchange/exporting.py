"""Writing the tidy notes table: one row for each note that shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterlab.errors import N_, UsageError
from clusterlab.exchange.columns import COMMON, FIRST, MORE, column_of
from clusterlab.exchange.values import cell_of
from clusterlab.methods import Sheet, hidden
from clusterlab.model import Board, BoardId, CanvasKind, Note
from clusterlab.sheets import Table, Value, write_csv, write_xlsx
from clusterlab.workshop import Folder

if TYPE_CHECKING:
    import pandas as pd

_SHEET = "Notes"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row before it is known which columns are used, and when its note was last changed."""

    cells: dict[str, Value]
    changed: str


def notes_table(
    folder: Folder, *, with_names: bool = False, with_hidden: bool = False
) -> tuple[list[str], list[list[Value]]]:
    """Give every note that shows as a row of one table.

    Parameters
    ----------
    folder
        The workshop.
    with_names
        Give people's names where they are known, instead of pseudonyms.
    with_hidden
        Also give notes that hide something: see `methods.discretion`. Else their rows are left
        out whole: an empty cell, taken back, would empty the note.

    Returns
    -------
    list of str, list of list
        Header and rows: clusters in the order of the roster and then others, canvases, versions,
        topics and blocks in the order of their kinds, notes in the order of their block. Numbers
        are numbers, days are days.
    """
    lines = list(_lines(folder, with_names=with_names, with_hidden=with_hidden))
    header = _header(folder, lines)
    return header, [[line.cells.get(name, "") for name in header] for line in lines]


def export_notes(
    folder: Folder, path: Path, *, with_names: bool = False, with_hidden: bool = False
) -> int:
    """Write the tidy notes table as ``.csv`` or ``.xlsx``.

    Parameters
    ----------
    path
        The file, written whole; its name says as what.
    with_names
        Give people's names where they are known, instead of pseudonyms.
    with_hidden
        Also give notes that hide something: see `methods.discretion`. Else their rows are left
        out whole: an empty cell, taken back, would empty the note.

    Returns
    -------
    int
        How many notes were written.

    Raises
    ------
    UsageError
        Where the name ends otherwise.
    TableError
        Where the file cannot be written, or a text is too long for a workbook.
    """
    suffix = path.suffix.casefold()
    if suffix not in {".csv", ".xlsx"}:
        raise UsageError(
            N_("Notes are written as .csv or .xlsx; “{file}” ends otherwise."), file=path.name
        )
    lines = list(_lines(folder, with_names=with_names, with_hidden=with_hidden))
    header = _header(folder, lines)
    rows = [[line.cells.get(name, "") for name in header] for line in lines]
    if suffix == ".csv":
        write_csv(path, header, rows)
    else:
        title = folder.settings.title
        table = Table(_SHEET, header, rows)
        write_xlsx(path, [table], title=title, **_created(lines))
    return len(rows)


def notes_frame(folder: Folder) -> pd.DataFrame:
    """Give the tidy notes table as a data frame; people stand in it by their pseudonyms.

    Ballots of an open vote, hidden scores and figures of too few answers are not in it.
    """
    import pandas as pd  # noqa: PLC0415 - slow to load

    header, rows = notes_table(folder)
    return pd.DataFrame(rows, columns=header)


def hidden_notes(folder: Folder) -> int:
    """Count the notes that an export leaves out unless it is asked for them."""
    return sum(
        len(_hidden(folder, board, boards))
        for boards in map(folder.boards, sorted(folder.journal.clusters()))
        for board in boards.values()
    )


def _hidden(folder: Folder, board: Board, boards: Mapping[BoardId, Board]) -> AbstractSet[str]:
    kind, settings = folder.kinds.get(board.id.canvas), folder.settings
    if kind is None:
        return frozenset()
    sheet = Sheet(kind, board, folder.kinds, boards, settings=settings.methods, vote=settings.vote)
    return hidden(sheet).notes


def _lines(folder: Folder, *, with_names: bool, with_hidden: bool) -> Iterator[_Line]:
    names = {a.id: a.name for a in folder.journal.actors() if a.name} if with_names else {}
    roster = [cluster.id for cluster in folder.clusters]
    others = sorted(folder.journal.clusters() - set(roster))
    for cluster in (*roster, *others):
        boards = folder.boards(cluster)
        shown = {note.id for board in boards.values() for note in board}
        for board in sorted(boards.values(), key=lambda b: _board_place(b, folder)):
            kind = folder.kinds.get(board.id.canvas)
            kept_back = frozenset() if with_hidden else _hidden(folder, board, boards)
            for order, note in _numbered(board, kind):
                if note.id in kept_back:
                    continue
                yield _Line(
                    _cells(board, note, order, kind, shown=shown, names=names), note.changed
                )


def _board_place(board: Board, folder: Folder) -> tuple[Any, ...]:
    canvas, version = board.id.canvas, board.id.version
    kind = folder.kinds.get(canvas)
    versions = [v.id for v in kind.versions] if kind else []
    return (*_place(canvas, list(folder.kinds)), *_place(version, versions))


def _numbered(board: Board, kind: CanvasKind | None) -> list[tuple[int, Note]]:
    """Give a board's notes sorted, each with its number in its block."""
    topics = [t.id for t in kind.topics] if kind else []
    blocks = [b.id for b in kind.blocks] if kind else []
    counts: dict[tuple[str, str], int] = {}
    found = []
    for note in board:  # within a block they come in order
        place = (note.topic, note.block)
        counts[place] = counts.get(place, 0) + 1
        found.append((counts[place], note))

    def key(item: tuple[int, Note]) -> tuple[Any, ...]:
        order, note = item
        return (*_place(note.topic, topics), *_place(note.block, blocks), order)

    return sorted(found, key=key)


def _place(name: str, known: Sequence[str]) -> tuple[int, str]:
    """Sort by the place among what is known; what is not known comes after, by its name."""
    return (known.index(name), "") if name in known else (len(known), name)


def _cells(
    board: Board,
    note: Note,
    order: int,
    kind: CanvasKind | None,
    *,
    shown: AbstractSet[str],
    names: dict[str, str],
) -> dict[str, Value]:
    held = note.values  # noqa: PD011 - a note, not a data frame
    values = {column_of(k, kind): cell_of(k, v, kind) for k, v in held.items()}
    author = "" if kind and kind.anonymous else names.get(note.author, note.author)
    return values | {
        "cluster": board.id.cluster,
        "canvas": board.id.canvas,
        "version": board.id.version,
        "topic": note.topic,
        "block": note.block,
        "id": note.id,
        "spoken": note.spoken,
        "order": order,
        "author": author,
        "links": " ".join(target for target in note.links if target in shown),
    }


def _header(folder: Folder, lines: Sequence[_Line]) -> list[str]:
    """Give the columns: the first ones always, the others where they are used."""
    used = {name for line in lines for name, value in line.cells.items() if value not in {"", None}}
    fields = dict.fromkeys(f.id for kind in folder.kinds.values() for f in kind.fields)
    more = sorted(name for name in used if name.startswith(MORE))
    names = (*COMMON, *(f for f in fields if f not in COMMON), *more)
    return [*FIRST, *(name for name in names if name in used and name not in FIRST)]


def _created(lines: Sequence[_Line]) -> dict[str, datetime]:
    """Date a workbook by its latest change, so that the same notes give the same bytes."""
    try:
        latest = datetime.fromisoformat(max(line.changed for line in lines))
    except ValueError:
        return {}
    return {"created": latest.replace(tzinfo=None)}
