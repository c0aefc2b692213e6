"""RACI: who is responsible, accountable, consulted and informed, checked.

The codes are those of responsibility charting: R does the work, A answers for it, C is asked
before, I is told after. That exactly one is A, the PMBOK Guide says of RACI charts. Authors
disagree on whether several may be R; as most, we allow it and say so as information. One person may
be R and A of the same row.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import names_in, text_of
from clusterlab.model import Board, BoardId, Note

SOURCE = N_("RACI practice: who works, who answers for it, who is asked and told")
ACCOUNTABLE_SOURCE = N_("PMBOK Guide: exactly one person is accountable for an activity")
#: Codes in the order in which they are written, with the field that holds who has them.
CODES: Mapping[str, str] = {
    "R": "responsible",
    "A": "accountable",
    "C": "consulted",
    "I": "informed",
}
ACTIVITIES, PEOPLE, GROUP = "activities", "people", "stakeholder-group"
#: One row in so many is the most that a person is accountable for without being a bottleneck.
MANY = 3
#: Letters of a name up to which names alike are looked for.
_NAME = 60
_EMPTY = re.compile(r"[\s\-–—.·/]*")
_PARTED = re.compile(r"[\s/,;&+|.\-–—]+")


#: What people write where nobody is named yet.
_NO_NAMES = (
    "tbd, tbc, tba, nn, n n, n/a, na, none, nobody, no one, open, xx, xxx, todo, to do, unknown, "
    "unclear, not yet clear, not yet known, not decided, to be decided, to be defined, to be "
    "determined, to be confirmed, to be announced, everybody, everyone, all, anybody, anyone, "
    "somebody, someone, offen, noch offen, niemand, unbekannt, unklar, noch unklar, alle, jeder, "
    "jemand, wird noch bestimmt, wird noch festgelegt, à définir, à déterminer, à préciser, "
    "inconnu, personne, tous, tout le monde, por definir, por determinar, desconocido, nadie, "
    "todos, da definire, da determinare, nessuno, tutti, sconosciuto, a definir, ninguém, nog te "
    "bepalen, onbekend, iedereen"
)
_NOBODY = frozenset(_NO_NAMES.split(", "))
#: Signs around and within such words: “n.n.”, “(tbd)”.
_MARKS = re.compile(r"[\W_]+")
# What may stand between two people: signs, with blanks around them as “R&D” is one, and words. A
# word may also belong to one name: “Ortega y Gasset”, “Research and Development”.
_SIGN = re.compile(r"\s+[/&+]\s+")
_JOINED = re.compile(r"\s*/\s*|\s+(?:[&+]|and|und|et|y|e|en|i|och|og)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or a role: ``name`` as first written, ``group`` and ``spoken`` where listed."""

    name: str
    group: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class RaciRow:
    """A row of the matrix.

    Parameters
    ----------
    text, spoken
        The activity, and its spoken id where it has one.
    codes
        By key of the person: some of ``RACI``, in this order.
    """

    text: str
    codes: Mapping[str, str]
    spoken: str = ""

    def holders(self, code: str) -> list[str]:
        """Give the keys of the people who hold a code."""
        return [key for key, codes in self.codes.items() if code in codes]


@dataclass(frozen=True, slots=True)
class Raci:
    """A RACI matrix.

    Parameters
    ----------
    people
        By key (the name without regard to case); those of one group stand together, then those
        who are not listed, as they appear.
    rows
        The activities.
    listed
        Keys of those who are on the list of people.
    unread
        Of a pasted matrix: activity, person and text of the cells that hold no codes.
    """

    people: Mapping[str, Person]
    rows: tuple[RaciRow, ...]
    listed: frozenset[str] = frozenset()
    unread: tuple[tuple[str, str, str], ...] = field(default=())

    def load(self, key: str) -> dict[str, int]:
        """Count how often a person holds each code."""
        return {c: sum(c in row.codes.get(key, "") for row in self.rows) for c in CODES}


def codes_in(cell: str) -> str | None:
    """Read a cell of a matrix: ``R/A``, ``r, a`` and ``RA`` all give ``RA``.

    Returns
    -------
    str or None
        Codes in the order of ``RACI``; "" for an empty cell or a dash, ``None`` for other text.
    """
    if _EMPTY.fullmatch(cell):
        return ""
    letters = [c for part in filter(None, _PARTED.split(cell.upper())) for c in part]
    if not set(letters) <= CODES.keys() or len(set(letters)) != len(letters):
        return None
    return "".join(c for c in CODES if c in letters)


def raci_from_cells(people: Sequence[str | tuple[str, str]], rows: Iterable[Sequence[str]]) -> Raci:
    """Read a matrix as it is pasted from a slide or a sheet.

    Parameters
    ----------
    people
        The heads of the columns: names, or pairs of name and group. Equal heads in one group are
        told apart by a number.
    rows
        Each the activity, then a cell of codes per person; short rows end with empty cells. A row
        without any text in its cells is a heading over those below it and is left out. A cell
        beyond the last column is told as unread where it holds something.
    """
    heads: dict[str, Person] = {}
    for head in people:
        name, group = (head, "") if isinstance(head, str) else head
        shown = _free(f"{group} {name}".strip() if group else name, heads)
        heads[shown.casefold()] = Person(shown, group)
    keys = list(heads)
    found, unread = [], []
    for row in rows:
        text, *cells = [" ".join(str(cell).split()) for cell in row] or [""]
        codes: dict[str, str] = {}
        for at, cell in enumerate(cells):
            read = codes_in(cell) if at < len(keys) or _EMPTY.fullmatch(cell) else None
            if read is None:
                unread.append((text, heads[keys[at]].name if at < len(keys) else "", cell))
            elif read:
                codes[keys[at]] = read
        if any(not _EMPTY.fullmatch(cell) for cell in cells):
            found.append(RaciRow(text, codes))
    return Raci(heads, tuple(found), frozenset(keys), tuple(unread))


def _free(name: str, taken: Mapping[str, object]) -> str:
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name} {number}"
    return free


def raci(sheet: Sheet) -> Raci:
    """Read the matrix of a board.

    Names are compared without regard to case; a spoken id of the list of people (``P2``) stands
    for the name there. “Anna / Ben” and “Anna and Ben” are two people where both are listed and
    the whole is not; else nobody but its writers knows, and `matrix_findings` asks where it is
    likely.
    """
    groups = [c.id for f in sheet.kind.fields if f.id == GROUP for c in f.choices]
    listed = _listed(sheet.board, groups)
    spoken = {p.spoken.casefold(): key for key, p in listed.items() if p.spoken}
    people = dict(listed)
    rows = []
    for note in sheet.board.block(ACTIVITIES):
        codes: dict[str, str] = {}
        for code, name in CODES.items():
            for said in names_in(note.get(name)):
                for part in _parts(said, {*listed, *spoken}):
                    key = part.casefold()
                    key = key if key in listed else spoken.get(key, key)
                    people.setdefault(key, Person(part))
                    codes[key] = codes.get(key, "") + code
        # The same person may be named and numbered in one cell.
        once = {k: "".join(c for c in CODES if c in v) for k, v in codes.items()}
        rows.append(RaciRow(note.text, once, note.spoken))
    return Raci(people, tuple(rows), frozenset(listed))


def _parts(said: str, known: Collection[str]) -> list[str]:
    """Part a text that names several people of the list; any other is one."""
    parts = [part for part in _JOINED.split(said) if part]
    if said.casefold() in known or not all(part.casefold() in known for part in parts):
        return [said]
    return parts


def _listed(board: Board, groups: Sequence[str]) -> dict[str, Person]:
    def group_of(note: Note) -> str:
        return text_of(note.get(GROUP))

    rank = {group: i for i, group in enumerate(groups)}
    notes = sorted(board.block(PEOPLE), key=lambda n: rank.get(group_of(n), len(rank)))
    listed: dict[str, Person] = {}
    for note in notes:
        name = " ".join(note.text.split())
        if name:
            listed.setdefault(name.casefold(), Person(name, group_of(note), note.spoken))
    return listed


def check_raci(sheet: Sheet) -> list[Finding]:
    """Check the matrix of a board; for the rules see `matrix_findings`."""
    return list(matrix_findings(raci(sheet), sheet.board.id))


def matrix_findings(matrix: Raci, board: BoardId) -> Iterator[Finding]:
    """Say what does not hold in a matrix.

    Rules: ``raci-accountable`` (none or several in a row), ``raci-responsible`` (none in a row),
    ``raci-several`` (several responsible), ``raci-informed`` (nobody in a row that has somebody),
    ``raci-name`` (R or A is no name, such as “?” or “tbd”), ``raci-joined`` (R or A
    looks like two people in one: names with a sign between them, such as “Anna / Ben”, or with a
    word such as “and” where each is named elsewhere in the matrix, too), ``raci-unlisted``
    (R or A is not on the list of people, where there is one), ``raci-load``
    (accountable for more than a third of the rows, and at least two), ``raci-only-informed`` (a
    person who is told and nothing else), ``raci-unread`` (a pasted cell that holds no codes).
    """
    for row in matrix.rows:
        yield from _row(matrix, row, board)
    yield from _people(matrix, board)
    for activity, person, text in matrix.unread:
        yield _finding(
            "raci-unread",
            "warning",
            board,
            Message(
                N_("“{text}” in the row “{row}” was left out ({person})."),
                {
                    "text": text,
                    "row": activity,
                    "person": person or Message(N_("a cell beyond the last column")),
                },
            ),
            N_("Write R, A, C or I, several with a slash: R/A."),
        )


def _row(matrix: Raci, row: RaciRow, board: BoardId) -> Iterator[Finding]:
    name = row.spoken or f"“{row.text}”"

    def told(rule: str, severity: Severity, text: str, advice: str, *keys: str) -> Finding:
        people = [matrix.people[k].name for k in keys]
        message = Message(text, {"row": name, "count": len(people), "people": people})
        return _finding(rule, severity, board, message, advice, note=row.spoken)

    accountable, responsible = row.holders("A"), row.holders("R")
    if not accountable:
        nobody = N_("Nobody is accountable for {row}.")
        advice = N_("Name the one who answers for it (A).")
        yield told("raci-accountable", "error", nobody, advice)
    elif len(accountable) > 1:
        several = N_("{count} are accountable for {row}: {people}.")
        advice = N_("Keep one, or split the activity so that each answers for a part.")
        yield told("raci-accountable", "error", several, advice, *accountable)
    if not responsible:
        nobody = N_("Nobody is responsible for {row}.")
        yield told("raci-responsible", "error", nobody, N_("Name who does the work (R)."))
    elif len(responsible) > 1:
        several = N_("{count} are responsible for {row}: {people}.")
        advice = N_("That is allowed. Does each know which part is theirs?")
        yield told("raci-several", "info", several, advice, *responsible)
    if row.codes and not row.holders("I"):
        nobody = N_("Nobody is informed about {row}.")
        advice = N_("Name who has to know of the result (I).")
        yield told("raci-informed", "warning", nobody, advice)
    yield from _unclear(matrix, row, board, name)
    if matrix.listed:
        yield from _unlisted(matrix, row, board, name)


def _unclear(matrix: Raci, row: RaciRow, board: BoardId, name: str) -> Iterator[Finding]:
    for key in dict.fromkeys((*row.holders("R"), *row.holders("A"))):
        fields = {"row": name, "person": matrix.people[key].name}
        if key not in matrix.listed and _is_nobody(key):
            text = N_("In {row}, “{person}” names nobody.")
            advice = N_("Name a person or a role; where it is open, name who decides it.")
            message = Message(text, fields)
            yield _finding("raci-name", "error", board, message, advice, note=row.spoken)
        elif key not in matrix.listed and _may_be_several(key, matrix.people):
            text = N_("{row}: Is “{person}” two people?")
            advice = N_(
                "Part them with a comma; a role of this name belongs on the list of people."
            )
            message = Message(text, fields)
            yield _finding("raci-joined", "warning", board, message, advice, note=row.spoken)


def _is_nobody(name: str) -> bool:
    words = " ".join(_MARKS.sub(" ", name).split())
    return name in _NOBODY or words in _NOBODY or not any(map(str.isalpha, name))


def _may_be_several(name: str, people: Collection[str]) -> bool:
    """Tell whether a name looks like several people: by a sign, or where each is known alone."""
    if len(list(filter(None, _SIGN.split(name)))) > 1:
        return True
    parts = _JOINED.split(name)
    return len(parts) > 1 and all(part in people for part in parts)


def _unlisted(matrix: Raci, row: RaciRow, board: BoardId, name: str) -> Iterator[Finding]:
    known = {k: p.name for k, p in matrix.people.items() if k in matrix.listed and len(k) <= _NAME}
    for key in dict.fromkeys((*row.holders("R"), *row.holders("A"))):
        if key in matrix.listed:
            continue
        near = difflib.get_close_matches(key, known, 1) if len(key) <= _NAME else []
        fields = {"row": name, "person": matrix.people[key].name}
        if near:
            fields["near"] = known[near[0]]
        advice = N_("Add them to the people, or name somebody who is there.")
        meant = N_("Is it “{near}”? Else add them to the people.")
        yield Finding(
            "raci-unlisted",
            "error",
            board,
            Message(N_("“{person}” in {row} is not among the people."), fields),
            Message(meant if near else advice, fields),
            note=row.spoken,
            source=SOURCE,
        )


def _people(matrix: Raci, board: BoardId) -> Iterator[Finding]:
    count = len(matrix.rows)
    for key, person in matrix.people.items():
        load = matrix.load(key)
        if load["A"] > 1 and load["A"] * MANY > count:
            text = N_("“{person}” is accountable for {held} of {count} rows.")
            fields = {"person": person.name, "held": load["A"], "count": count}
            advice = N_("Can somebody else answer for some of them?")
            yield _finding(
                "raci-load", "warning", board, Message(text, fields), advice, note=person.spoken
            )
        if load["I"] and not (load["R"] or load["A"] or load["C"]):
            text = N_("“{person}” is only told afterwards ({held} of {count} rows), nothing else.")
            advice = N_("Ask them something before (C), or leave them out of the matrix.")
            yield _finding(
                "raci-only-informed",
                "warning",
                board,
                Message(text, {"person": person.name, "held": load["I"], "count": count}),
                advice,
                note=person.spoken,
            )


def _finding(
    rule: str, severity: Severity, board: BoardId, message: Message, advice: str, *, note: str = ""
) -> Finding:
    source = ACCOUNTABLE_SOURCE if rule == "raci-accountable" else SOURCE
    return Finding(rule, severity, board, message, Message(advice), note=note, source=source)
