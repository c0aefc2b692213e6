"""Forms: what a cluster's workbook asks for, sheet by sheet, and what its cells show of a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from clusterlab.errors import N_, TableError
from clusterlab.exchange.columns import column_of
from clusterlab.exchange.tags import join_tags
from clusterlab.exchange.values import cell_of
from clusterlab.language import Language, read_text
from clusterlab.methods import handed_out
from clusterlab.methods.sheet import cited_kinds, standing
from clusterlab.model import Board, BoardId, CanvasKind, Cluster, Field, Note, derived_id
from clusterlab.sheets import Value
from clusterlab.workshop import Folder

#: Named in a hidden row of every sheet of a form, with its canvas and version.
SHEET = "clusterlab:"
#: Begins the name of the hidden sheet of lists to choose from.
LISTS = "clusterlab lists"
#: Begins the hidden sheet that says what the form is.
STAMP = "clusterlab form"
#: Begins what the stamp says of a sheet's cited notes: their ids and their spoken ids.
CITES = "cites "
#: Changes when a returned form of an older layout cannot be read any more.
LAYOUT = "1"
#: Marks the row of headings that people see.
HEADINGS = "#"
#: Columns that say where a note lies.
PLACED = ("topic", "block")

#: Of a form, over all of its sheets: many more than anybody fills in, few enough to hold at once.
MOST_ROWS = 20_000
#: Rows of the cover and of headings that a form has beside its notes, at most.
_AROUND = 100

_QUOTED = re.compile(r"""["']([a-z0-9-]+)\\?["']""")
_SPARE = 36  # empty rows that all places of a sheet have together, at least one each


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column that people see.

    Parameters
    ----------
    name
        As in the tidy notes table.
    key
        The note's value in it; "" for what is no value.
    label, help
        What stands above it, and what is asked.
    choices
        Id and label of what may be chosen, empty for anything.
    field
        The kind's field that it holds, if any.
    """

    name: str
    key: str
    label: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    field: Field | None = None

    def label_of(self, value: str) -> str:
        """Give the label of a choice; what is none stays as it is."""
        return dict(self.choices).get(value, value)

    def id_of(self, label: str) -> str:
        """Give the id of what was chosen; what is no label stays as it is."""
        plain = " ".join(label.split()).casefold()
        return next((i for i, name in self.choices if name.casefold() == plain), label)


@dataclass(frozen=True)
class FormSheet:
    """One canvas in one version, as a form shows it.

    Parameters
    ----------
    board
        Whose notes they are, on all topics.
    kind, language
        What it asks for, and in which language.
    notes
        Those that the form shows, in their order.
    spoken
        Spoken ids of the notes that its notes may refer to, by id.
    """

    board: BoardId
    kind: CanvasKind
    language: Language
    notes: tuple[Note, ...]
    spoken: Mapping[str, str]

    @property
    def name(self) -> str:
        """The canvas and version, as the workbook names them to itself."""
        return f"{self.board.canvas}/{self.board.version}"

    @property
    def subtitle(self) -> str:
        """The label of its version, where the kind has several."""
        versions = {v.id: v.label for v in self.kind.versions}
        label = versions.get(self.board.version, self.board.version)
        return self.language.gettext(label) if len(versions) > 1 else ""

    @cached_property
    def columns(self) -> tuple[FormColumn, ...]:
        """The columns that people see."""
        say, kind = self.language.gettext, self.kind
        found = [FormColumn("spoken", "", say(N_("No.")))]
        if kind.topics:
            topics = _labelled((t.id, say(t.label)) for t in kind.topics)
            found.append(FormColumn("topic", "", say(N_("Topic")), choices=topics))
        if len(kind.blocks) > 1:
            blocks = _labelled((b.id, say(b.label)) for b in kind.blocks)
            found.append(FormColumn("block", "", say(N_("Block")), choices=blocks))
        found.append(FormColumn("text", "text", say(kind.text_label)))
        if any(note.get("group") for note in self.notes):
            found.append(FormColumn("group", "group", say(N_("Group"))))
        found += (
            FormColumn(
                column_of(f.id, kind),
                f.id,
                say(f.label),
                say(f.help),
                _labelled((c.id, say(c.label)) for c in f.choices),
                f,
            )
            for f in kind.fields
            if f.id != "group" or all(c.key != "group" for c in found)
        )
        if any(note.tags for note in self.notes):
            tags = say(N_("Separated by commas"))
            found.append(FormColumn("tags", "tags", say(N_("Tags")), tags))
        if self.spoken:
            numbers = N_("Numbers of the notes that it builds on, such as S1, O2")
            found.append(FormColumn("links", "", say(N_("Refers to")), say(numbers)))
        return tuple(found)

    def shown(self, note: Note, column: FormColumn) -> Value:
        """Give what a cell shows of a note."""
        match column.name:
            case "spoken":
                return note.spoken
            case "topic":
                return column.label_of(note.topic)
            case "block":
                return column.label_of(note.block)
            case "links":
                return ", ".join(self.spoken[i] for i in note.links if i in self.spoken)
            case "tags":
                return join_tags(note.tags)
        value = cell_of(column.key, note.get(column.key), self.kind)
        return column.label_of(value) if isinstance(value, str) else value

    def places(self) -> list[tuple[str, str]]:
        """Give the topic and block of every place where notes may be written."""
        topics = [t.id for t in self.kind.topics] or [""]
        return [(topic, block.id) for topic in topics for block in self.kind.blocks]

    def spare(self) -> int:
        """Give how many empty rows each place gets."""
        return max(1, min(15, _SPARE // len(self.places())))


@dataclass(frozen=True, slots=True)
class Form:
    """A cluster's form: the sheets, and what says later which form it was.

    Parameters
    ----------
    id
        UUID that follows from what the form shows.
    workshop, title
        UUID and title of the workshop.
    version
        How many operations it has seen.
    """

    id: str
    workshop: str
    title: str
    cluster: Cluster
    language: Language
    version: str
    sheets: tuple[FormSheet, ...]


def make_form(
    folder: Folder, cluster: Cluster, language: Language, canvases: Sequence[str] = ()
) -> Form:
    """Make a cluster's form as its boards stand.

    Parameters
    ----------
    canvases
        Ids of the canvases that it asks for; by default those of the workshop's notebooks, and
        those on which the cluster has written.

    Raises
    ------
    TableError
        Where it would have more rows than can be taken back.
    """
    boards: Mapping[BoardId, Board] = folder.boards(cluster.id)
    wanted = canvases or _usual(folder, boards)
    boards = handed_out(boards, folder.kinds, folder.settings.vote, folder.settings.methods)
    sheets = tuple(
        form_sheet(folder.kinds, BoardId(cluster.id, canvas, version.id), boards, language)
        for canvas in dict.fromkeys(wanted)
        for version in folder.kinds[canvas].versions
    )
    _check_rows(sheets, folder.settings.limits.rows)
    shown = [(s.name, n.id, " ".join(n.heads)) for s in sheets for n in s.notes]
    shown += [(CITES + s.name, i, spoken) for s in sheets for i, spoken in s.spoken.items()]
    sequence = max((board.sequence for board in boards.values()), default=0)
    settings = folder.settings
    return Form(
        form_id(settings.id, cluster.id, language.tag, shown),
        settings.id,
        settings.title,
        cluster,
        language,
        str(sequence),
        sheets,
    )


def _check_rows(sheets: Sequence[FormSheet], allowed: int) -> None:
    """Refuse a form that could not be taken back: each note has a row, and one in the stamp."""
    own = sum(2 * len(s.notes) + len(s.places()) * s.spare() + len(s.spoken) for s in sheets)
    rows, limit = own + len(sheets) + _AROUND, min(allowed, MOST_ROWS)
    if rows > limit:
        text = N_(
            "The form would have {count} rows, hidden ones among them; of more than {limit} none "
            "can be taken back. Ask for fewer canvases at a time, with --canvas."
        )
        more = N_(
            "The form would have {count} rows, hidden ones among them; of more than {limit} none "
            "can be taken back. Ask for fewer canvases at a time, with --canvas, or raise the "
            "limit “rows” in workshop.toml, up to {most}."
        )
        chosen = text if limit == MOST_ROWS else more
        raise TableError(chosen, count=rows, limit=limit, most=MOST_ROWS)


def form_id(
    workshop: str, cluster: str, language: str, shown: Iterable[tuple[str, str, str]]
) -> str:
    """Give the id that follows from what a form shows: sheet, id and heads of every note.

    Cited notes are among it, by `CITES` and the sheet, with their spoken ids.
    """
    facts = sorted((sheet, note, " ".join(heads.split())) for sheet, note, heads in shown)
    return derived_id("form", workshop, cluster, language, repr(facts))


def sheet_tag(form: str, sheet: str) -> str:
    """Name a sheet in its hidden row, and the form whose it is."""
    return f"{SHEET}{sheet} {form}"


def form_sheet(
    kinds: Mapping[str, CanvasKind],
    board: BoardId,
    boards: Mapping[BoardId, Board],
    language: Language,
) -> FormSheet:
    """Give a canvas as a form shows it now."""
    kind = kinds[board.canvas]
    spoken = {note.id: note.spoken for note in _cited(kinds, board, boards) if note.spoken}
    held = boards.get(board, Board(board))
    order = {place: n for n, place in enumerate(FormSheet(board, kind, language, (), {}).places())}
    notes = sorted(held, key=lambda n: order.get((n.topic, n.block), len(order)))
    return FormSheet(board, kind, language, tuple(notes), spoken)


def _cited(
    kinds: Mapping[str, CanvasKind], board: BoardId, boards: Mapping[BoardId, Board]
) -> Iterator[Note]:
    """Give the notes that those of a board may refer to by number."""
    for cited in cited_kinds(kinds[board.canvas], kinds):
        found = next((boards[i] for i in standing(cited, board) if i in boards), None)
        yield from found.everything.values() if found else ()


def _usual(folder: Folder, boards: Mapping[BoardId, Board]) -> list[str]:
    kinds = folder.kinds
    texts = (read_text(path) for path in _notebooks(folder) if path.is_file())
    named = [name for text in texts for name in _QUOTED.findall(text) if name in kinds]
    written = [
        name for name in kinds if any(i.canvas == name and len(b) for i, b in boards.items())
    ]
    return list(dict.fromkeys([*named, *written])) or list(kinds)


def _notebooks(folder: Folder) -> Iterator[Path]:
    place = folder.path / "notebooks"
    names = folder.settings.notebooks
    yield from (place / f"{n}.ipynb" for n in names) if names else sorted(place.glob("*.ipynb"))


def _labelled(named: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Give ids and labels; where two have the same label, their ids stand behind it."""
    found = [(i, " ".join(label.split())) for i, label in named]
    plain = [label.casefold() for _, label in found]
    return tuple(
        (i, label if plain.count(label.casefold()) == 1 else f"{label} ({i})") for i, label in found
    )
