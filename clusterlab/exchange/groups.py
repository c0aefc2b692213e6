"""Who goes to which breakout room: the list of people in, the list of rooms out.

Names are personal: they stand in no journal, only in what is given back and in the file asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterlab.errors import N_, Message, Refusal, TableError, UsageError
from clusterlab.exchange.names import Names
from clusterlab.methods import Participant, breakout
from clusterlab.model import one_line
from clusterlab.sheets import Sheet, Table, read_tables, write_csv, write_xlsx
from clusterlab.workshop import Folder

NAME, CLUSTER = N_("Name"), N_("Cluster")
_HEADER = ("room", "name", "cluster")
_SHEET = "Rooms"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who takes part; ``cluster`` is an id, or what the list says where none is known."""

    name: str
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Guests:
    """A list of people that was read.

    Parameters
    ----------
    people
        Those who could be taken.
    refusals
        Rows that could not.
    notices
        What the facilitator should look at.
    """

    people: tuple[Guest, ...]
    refusals: tuple[Refusal, ...] = ()
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Rooms:
    """Who sits where.

    Parameters
    ----------
    rooms
        People by room; sizes differ by one at most.
    together
        Clusters of which some sit together, since they send more people than there are rooms,
        with how many people.
    """

    rooms: tuple[tuple[Guest, ...], ...]
    together: tuple[tuple[str, int], ...]


def read_guests(folder: Folder, path: Path) -> Guests:
    """Read a list of people: a table with a column ``name``, and one ``cluster``.

    Clusters go by id or name, in any case. One that the workshop does not know stays as it is
    written, and is told; so is somebody who is on the list twice.

    Raises
    ------
    TableError
        Where the file cannot be read or has no column ``name``.
    """
    limits = folder.settings.limits
    say = folder.language().gettext
    known = Names("cluster", N_("cluster"), ((c.id, (c.name,)) for c in folder.clusters))
    people: list[Guest] = []
    refusals: list[Refusal] = []
    notices: list[Message] = []
    sheets = read_tables(path, limits.file_bytes, limits.rows)
    tables = [(s, column) for s in sheets if (column := _column(s, "name", say(NAME))) is not None]
    if not tables:
        raise TableError(
            N_("“{file}” is no list of people: its first row names no column “name”."),
            file=path.name,
        )
    for sheet, column in tables:
        place = _column(sheet, "cluster", say(CLUSTER))
        if place is None:
            text = N_("{file}: there is no column “cluster”, so people are mixed by chance alone.")
            notices.append(Message(text, {"file": path.name}))
        refusals += [Refusal(m, path.name, sheet.name, row) for row, m in sheet.faults]
        for row, cells in sheet.rows:
            name, cluster = cells[column], "" if place is None else cells[place]
            if isinstance(name, Message):
                refusals.append(Refusal(name, path.name, sheet.name, row, "name"))
            elif isinstance(cluster, Message):
                refusals.append(Refusal(cluster, path.name, sheet.name, row, "cluster"))
            elif not one_line(name):
                text = N_("The row has no name.")
                refusals.append(Refusal(Message(text), path.name, sheet.name, row, "name"))
            else:
                cluster = one_line(cluster)
                people.append(Guest(one_line(name), known.get(cluster) or cluster))
    return Guests(tuple(people), tuple(refusals), (*notices, *_odd(people, known)))


def _column(sheet: Sheet, name: str, label: str) -> int | None:
    """Find a column by its name, in English or in the workshop's language."""
    heads = [one_line(head).casefold() for head in sheet.header]
    return next((heads.index(n) for n in (name, label.casefold()) if n in heads), None)


def _odd(people: Sequence[Guest], known: Names) -> list[Message]:
    found = []
    for cluster in dict.fromkeys(g.cluster for g in people):
        if cluster and cluster not in known.ids:
            text = N_("clusters.csv does not name “{cluster}”; its people were taken all the same.")
            found.append(Message(text, {"cluster": cluster}))
    for guest in (g for g, count in Counter(people).items() if count > 1):
        text = N_("“{name}” is on the list more than once, each time with a seat.")
        found.append(Message(text, {"name": guest.name}))
    return found


def expected_guests(folder: Folder, number: int) -> Guests:
    """Give as many people of each cluster of the roster, by number instead of name."""
    people = (Guest(f"{c.name} {n}", c.id) for c in folder.clusters for n in range(1, number + 1))
    return Guests(tuple(people))


def rooms_for(people: Sequence[Guest], rooms: int, seed: int) -> Rooms:
    """Put people into rooms; for how, see `breakout`.

    Raises
    ------
    UsageError
        Where there are fewer people than rooms.
    """
    if len(people) < rooms:
        raise UsageError(
            N_("{rooms} rooms are more than there are people ({count})."),
            rooms=rooms,
            count=len(people),
        )
    seats: dict[str, Guest] = {}
    twins: Counter[Guest] = Counter()
    for guest in people:
        # By what is written of them, so that the order of the list says nothing.
        twins[guest] += 1
        seats[f"{guest.cluster}\n{guest.name}\n{twins[guest]}"] = guest
    found = breakout([Participant(k, g.cluster) for k, g in seats.items()], rooms, seed)
    sent = Counter(g.cluster for g in people)
    placed = (tuple(seats[p.id] for p in room) for room in found.rooms)
    return Rooms(tuple(placed), tuple((c, sent[c]) for c in found.together))


def write_rooms(path: Path, rooms: Rooms) -> None:
    """Write who sits where as ``.xlsx`` or ``.csv``, one row for each.

    Raises
    ------
    UsageError
        Where the file's name ends otherwise.
    TableError
        Where it cannot be written.
    """
    rows = [(n, g.name, g.cluster) for n, room in enumerate(rooms.rooms, 1) for g in room]
    match path.suffix.casefold():
        case ".csv":
            write_csv(path, _HEADER, rows)
        case ".xlsx":
            write_xlsx(path, [Table(_SHEET, _HEADER, rows)])
        case _:
            text = N_("Rooms are written as .xlsx or .csv; “{file}” ends otherwise.")
            raise UsageError(text, file=path.name)
