"""RACI matrices as they stand on slides and in sheets: a column for each person, letters within."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clusterlab.errors import N_, Message, Refusal
from clusterlab.exchange.refused import short
from clusterlab.exchange.whose import owner
from clusterlab.methods import codes_in, raci_from_cells
from clusterlab.methods.raci import CODES
from clusterlab.model import CanvasKind, Named, one_line
from clusterlab.sheets import Cell, Sheet
from clusterlab.workshop import Folder

#: Which share of the filled cells holds letters of the matrix; fewer, and it is another table.
_MOSTLY = 0.6
_FEWEST = 2  # people, and cells with letters
_HEADER = ("cluster", "canvas", "block", "text", "id")
_GROUP = "stakeholder-group"


@dataclass(frozen=True, slots=True)
class _Matrix:
    """People by column, the groups above them, and the rows with their numbers in the file."""

    people: tuple[str, ...]
    groups: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]


class RaciTables:
    """Turns matrices among the sheets of a file into tables of notes.

    Parameters
    ----------
    folder
        The workshop.
    file
        Name of the file.
    cluster
        Id of the cluster whose matrix it is, or "".
    """

    def __init__(self, folder: Folder, file: str, cluster: str) -> None:
        self._folder, self._file, self._cluster = folder, file, cluster
        kinds = folder.kinds.values()
        self._kind = next((kind for kind in kinds if kind.method == "raci"), None)
        self.refusals: list[Refusal] = []
        self.notices: list[Message] = []

    def notes(self, sheet: Sheet) -> Sheet:
        """Give a matrix as a table of notes; any other table stays as it is.

        Two rows of heads are groups and, below them, people; people who only have a number are
        called by both. A row without letters is a heading and is left out, and told.

        Raises
        ------
        TableError
            Where it is a matrix, but the workshop has several clusters and none is named.
        """
        found = _matrix(sheet) if self._kind else None
        if found is None or self._kind is None:
            return sheet
        message = N_(
            "“{file}” is a RACI matrix, but does not say whose. Name the cluster: "
            "clusterlab import FOLDER FILE --cluster ID. There are: {clusters}."
        )
        cluster = owner(self._folder, self._cluster, message, self._file)
        self._unread(sheet, found)
        rows = _people(found, self._kind) + _activities(found)
        fields = (*CODES.values(), _GROUP)
        tidy: list[tuple[int, tuple[Cell, ...]]] = [
            (number, (cluster, self._kind.id, *fixed, *(values.get(f, "") for f in fields)))
            for number, fixed, values in rows
        ]
        place = f"{self._file}, {sheet.name}" if sheet.name else self._file
        self.notices.append(Message(N_("{place}: read as a RACI matrix."), {"place": place}))
        headings = [short(row[0]) for _, row in found.rows if not any(row[1:]) and row[0]]
        if headings:
            text = N_("{place}: rows without a letter were left out: {rows}.")
            self.notices.append(Message(text, {"place": place, "rows": ", ".join(headings)}))
        return replace(sheet, header=(*_HEADER, *fields), rows=tidy)

    def _unread(self, sheet: Sheet, found: _Matrix) -> None:
        """Refuse what is no letter of the matrix, or stands beside it."""
        for number, row in found.rows:
            for place, cell in enumerate(row[1:]):
                if place < len(found.people) and codes_in(cell) is not None:
                    continue
                if place >= len(found.people) and codes_in(cell) == "":
                    continue
                text = N_("“{came}” was left out: it should be R, A, C or I, several with a slash.")
                beyond = N_("“{came}” was left out: nobody stands at the head of its column.")
                inside = place < len(found.people)
                message = Message(text if inside else beyond, {"came": short(cell)})
                head = found.people[place] if inside else ""
                self.refusals.append(Refusal(message, self._file, sheet.name, number, head))


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(one_line(cell) if isinstance(cell, str) else "" for cell in cells)


def _matrix(sheet: Sheet) -> _Matrix | None:
    """Find heads and rows; ``None`` where most cells are no letters of a matrix."""
    lines = [(0, _texts(sheet.header)), *((n, _texts(cells)) for n, cells in sheet.rows)]
    coded = next((i for i, (_, row) in enumerate(lines) if any(map(codes_in, row[1:]))), 0)
    heads = [row for _, row in lines[:coded] if any(row[1:])][-2:]
    if not heads or "text" in map(str.casefold, heads[-1]):
        return None
    names, above = heads[-1][1:], (heads[0][1:] if len(heads) > 1 else ())
    while names and not names[-1]:
        names = names[:-1]
    filled = [cell for _, row in lines[coded:] for cell in row[1:] if codes_in(cell) != ""]
    letters = [codes for cell in filled if (codes := codes_in(cell))]
    both = {"R", "A"} <= set("".join(letters))
    if not all(names) or min(len(names), len(letters)) < _FEWEST or not both:
        return None
    if len(letters) < _MOSTLY * len(filled):
        return None
    groups = _carried(above, len(names))
    rows = lines[coded - 1 :] if coded > 1 and not any(lines[coded - 1][1][1:]) else lines[coded:]
    return _Matrix(_called(names, groups), groups, rows)


def _carried(above: Sequence[str], count: int) -> tuple[str, ...]:
    """Give the group of each column: a merged head stands over its first one only."""
    found: list[str] = []
    for place in range(count):
        head = above[place] if place < len(above) else ""
        found.append(head or (found[-1] if found else ""))
    return tuple(found)


def _called(names: Sequence[str], groups: Sequence[str]) -> tuple[str, ...]:
    """Give people names of their own, without the commas that part people on the canvas."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for name, group in zip(names, groups, strict=True):
        plain = " ".join(name.replace(",", " ").replace(";", " ").split())
        whole = plain if any(map(str.isalpha, plain)) else f"{group} {plain}".strip()
        seen[whole.casefold()] += 1
        count = seen[whole.casefold()]
        found.append(whole if count == 1 else f"{whole} {count}")
    return tuple(found)


_Made = tuple[int, tuple[str, str, str], dict[str, str]]


def _people(found: _Matrix, kind: CanvasKind) -> list[_Made]:
    """Give a note for each person."""
    choices = next((field.choices for field in kind.fields if field.id == _GROUP), ())
    return [
        (found.rows[0][0], ("people", name, f"person {name}"), {_GROUP: _choice(group, choices)})
        for name, group in zip(found.people, found.groups, strict=True)
    ]


def _choice(group: str, choices: Sequence[Named]) -> str:
    """Give the group of the kind that a head means, in the singular or the plural."""
    words = group.casefold().rstrip("s")
    labels = ((choice.id, choice.label.casefold().rstrip("s")) for choice in choices)
    return next((id_ for id_, label in labels if words and words == label), "")


def _activities(found: _Matrix) -> list[_Made]:
    """Give a note for each row that has letters."""
    cells = [row for _, row in found.rows]
    matrix = raci_from_cells(found.people, cells)
    numbers = [n for n, row in found.rows if any(codes_in(cell) != "" for cell in row[1:])]
    made: list[_Made] = []
    seen: Counter[str] = Counter()
    for number, row in zip(numbers, matrix.rows, strict=True):
        seen[row.text] += 1
        values = {
            field: ", ".join(matrix.people[key].name for key in row.holders(code))
            for code, field in CODES.items()
        }
        made.append((number, ("activities", row.text, f"{row.text} · {seen[row.text]}"), values))
    return made
