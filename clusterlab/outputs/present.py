"""From boards to typed outputs: labels are put into words here, notes stay as they were typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.language import Language
from clusterlab.methods import compare, missing_fields
from clusterlab.model import Alternative, Block, Board, CanvasKind, Field, Note
from clusterlab.outputs.base import Context, Output
from clusterlab.outputs.matrix import matrix
from clusterlab.outputs.types import (
    Box,
    Canvas,
    Column,
    Comparison,
    Difference,
    Fact,
    Item,
    Prompted,
    Record,
    Records,
    Reference,
    Row,
    Table,
)

_READINGS = {
    "links": N_("Which notes it builds on is our reading, not the source’s."),
    "example": N_("Made up as an example for this sample; the organisation did not write it."),
    "placement": N_("In which box it stands is our reading, not the source’s."),
}
#: The sign of notes that are partly our reading.
MARK = "°"


@dataclass(frozen=True, slots=True)
class Presenter:
    """Draws boards as typed outputs.

    Parameters
    ----------
    language
        Of the labels.
    context
        Of the outputs; board and sequence are filled in.
    notes
        Notes that others may refer to, by id.
    zone
        Time zone for dates of alternatives.
    """

    language: Language
    context: Context
    notes: Mapping[str, Note]
    zone: str = "UTC"

    def board(self, kind: CanvasKind, board: Board) -> Output:
        """Draw a board in its kind's layout: boxes, forms or a table."""
        match kind.layout:
            case "grid":
                return self.canvas(kind, board)
            case "records":
                return self.records(kind, board)
            case _:
                return self.table(kind, board)

    def canvas(self, kind: CanvasKind, board: Board) -> Canvas:
        """Draw a board as boxes in a grid."""
        say = self.language.gettext
        groups = {g.id: g for g in kind.groups}

        def box(block: Block) -> Box:
            group = groups.get(block.group)
            return Box(
                block.id,
                say(block.label),
                say(block.prompt),
                group.accent if group else "neutral",
                say(group.label) if group else "",
                tuple(self.item(kind, n) for n in board.block(block.id)),
            )

        known = {b.id for b in kind.blocks}
        return Canvas(
            title=say(kind.title),
            subtitle=self.subtitle(kind, board),
            summary=say(kind.summary),
            alt=self.alt(kind, board),
            context=self.at(board),
            kind=kind.id,
            grid=kind.grid,
            boxes=tuple(box(b) for b in kind.blocks),
            legend=tuple(Fact(say(g.label), g.accent) for g in kind.groups),
            unplaced=tuple(self.item(kind, n) for n in board if n.block not in known),
            footnotes=self.footnotes(board),
        )

    def matrix(self, kind: CanvasKind, board: Board) -> Canvas:
        """Draw a board as the matrix of its kind's two axes.

        Raises
        ------
        UsageError
            Where the kind has no axes.
        """
        return matrix(self, kind, board)

    def records(self, kind: CanvasKind, board: Board) -> Records:
        """Draw a board as one form per note."""
        say = self.language.gettext

        def prompted(field: Field, value: Any) -> Prompted:
            text = self.value(field, value)
            return Prompted(field.id, say(field.label), text, say(field.help), field.wide)

        def record(note: Note) -> Record:
            missing = tuple(
                self.language.say(
                    N_("Still missing: {field}"), field=Message(kind.field(name).label)
                )
                for name in missing_fields(kind, note)
            )
            fields = tuple(prompted(f, note.get(f.id)) for f in kind.fields)
            return Record(replace(self.item(kind, note), details=()), fields, missing)

        return Records(
            title=say(kind.title),
            subtitle=self.subtitle(kind, board),
            summary=say(kind.summary),
            alt=self.alt(kind, board),
            context=self.at(board),
            kind=kind.id,
            prompt=say(kind.blocks[0].prompt),
            text_label=say(kind.text_label),
            records=tuple(record(n) for n in board),
            blank=tuple(prompted(f, None) for f in kind.fields),
            footnotes=self.footnotes(board),
        )

    def table(self, kind: CanvasKind, board: Board) -> Table:
        """Draw a board as a table: spoken id, text, then the kind's fields."""
        say = self.language.gettext
        columns = (
            Column("spoken", say(N_("No."))),
            Column("text", say(kind.text_label), wide=True),
            *(Column(f.id, say(f.label), say(f.help), f.wide) for f in kind.fields),
        )

        def row(note: Note) -> Row:
            cells = (self.value(f, note.get(f.id)) for f in kind.fields)
            item = replace(self.item(kind, note), details=())
            return Row(item, (note.spoken, note.text, *cells))

        return Table(
            title=say(kind.title),
            subtitle=self.subtitle(kind, board),
            summary=say(kind.summary),
            alt=self.alt(kind, board),
            context=self.at(board),
            kind=kind.id,
            prompt=say(kind.blocks[0].prompt),
            columns=columns,
            rows=tuple(row(n) for n in board),
            footnotes=self.footnotes(board),
        )

    def comparison(self, kind: CanvasKind, before: Board, after: Board) -> Comparison:
        """Draw two versions of a canvas against each other."""
        say = self.language.gettext
        accents = {g.id: g.accent for g in kind.groups}
        differences = []
        for block, found in zip(kind.blocks, compare(kind, before, after), strict=True):
            parts = (found.kept, found.added, found.dropped)
            items = (tuple(self.item(kind, n) for n in part) for part in parts)
            accent = accents.get(block.group, "neutral")
            differences.append(Difference(block.id, say(block.label), accent, *items))
        totals = [
            sum(len(getattr(d, name)) for d in differences) for name in ("kept", "added", "dropped")
        ]
        labels = [self.version(kind, b.id.version) for b in (before, after)]
        return Comparison(
            title=say(N_("What changes")),
            summary=self.language.say(
                N_(
                    "{title}. A note counts as kept where both say the same in the same box, and "
                    "as dropped where only the earlier one has it, decided or not."
                ),
                title=Message(kind.title),
            ),
            alt=self.language.say(
                N_("{kept} kept, {added} added, {dropped} dropped."),
                kept=totals[0],
                added=totals[1],
                dropped=totals[2],
            ),
            context=self.at(after),
            before=labels[0],
            after=labels[1],
            words=(
                Fact(say(N_("Kept")), "="),
                Fact(say(N_("Added")), "+"),
                Fact(say(N_("Dropped")), "−"),
            ),
            blocks=tuple(differences),
            footnotes=self.footnotes(before, after),
        )

    def item(self, kind: CanvasKind, note: Note) -> Item:
        """Draw a note."""
        say = self.language.gettext
        details = [
            Fact(say(f.label), self.value(f, note.get(f.id)))
            for f in kind.fields
            if note.get(f.id) not in (None, "")
        ]
        if group := note.get("group"):
            details.insert(0, Fact(say(N_("Group")), str(group)))
        links = [self.notes[i] for i in note.links if i in self.notes]
        language = str(note.get("language", ""))
        return Item(
            id=note.id,
            spoken=note.spoken,
            text=note.text,
            details=tuple(details),
            tags=note.tags,
            links=tuple(Reference(n.spoken, n.text) for n in links),
            mark=MARK if note.get("reading") in _READINGS else "",
            alternatives=tuple(self.alternative(kind, a) for a in note.alternatives),
            language=language if language != self.language.tag else "",
        )

    def alternative(self, kind: CanvasKind, other: Alternative) -> Fact:
        """Say what somebody else did to a note at the same time."""
        say = self.language.gettext
        match other.field:
            case "text":
                return Fact(say(N_("Also written")), str(other.value))
            case "place":
                block = next((b.label for b in kind.blocks if b.id == other.value[1]), "")
                return Fact(say(N_("Also moved to")), say(block) or str(other.value[1]))
            case "deleted":
                return Fact(say(N_("Also deleted")), self.language.date(other.time, self.zone))
            case name:
                field = next((f for f in kind.fields if f.id == name), Field(name, name))
                value = self.value(field, other.value)
                return Fact(
                    self.language.say(N_("Also written: {field}"), field=say(field.label)), value
                )

    def value(self, field: Field, value: Any) -> str:
        """Write a field's value as people read it."""
        match value:
            case None:
                text = ""
            case tuple() | list():
                text = ", ".join(map(str, value))
            case int() | float() if not isinstance(value, bool):
                text = self.language.number(value)
            case str() if field.type == "choice":
                text = self.language.gettext(field.choice_label(value))
            case str() if field.type == "date" or field.dated:
                text = self.language.date(value)
            case _:
                text = str(value)
        return text

    def footnotes(self, *boards: Board) -> tuple[Fact, ...]:
        """Say once what is our reading in the notes that carry the mark."""
        found = {str(n.get("reading", "")) for board in boards for n in board}
        return tuple(
            Fact(MARK, self.language.gettext(text))
            for reading, text in _READINGS.items()
            if reading in found
        )

    def at(self, board: Board) -> Context:
        """Give the context of an output that shows a board."""
        return replace(self.context, board=str(board.id), sequence=board.sequence)

    def version(self, kind: CanvasKind, version: str) -> str:
        """Give the label of a canvas's version."""
        found = next((v.label for v in kind.versions if v.id == version), version)
        return self.language.gettext(found)

    def subtitle(self, kind: CanvasKind, board: Board) -> str:
        """Say which topic and version of a canvas it is, where it has several."""
        say = self.language.gettext
        topic = board.id.topic
        parts = [next((say(t.label) for t in kind.topics if t.id == topic), topic)]
        if len(kind.versions) > 1:
            parts.append(self.version(kind, board.id.version))
        return " · ".join(filter(None, parts))

    def alt(self, kind: CanvasKind, board: Board) -> str:
        """Describe a canvas: which one, and how many notes stand where."""
        counts = [(self.language.gettext(b.label), len(board.block(b.id))) for b in kind.blocks]
        name = " · ".join(
            filter(None, [self.language.gettext(kind.title), self.subtitle(kind, board)])
        )
        total = self.language.plural(len(board), "{count} note", "{count} notes")
        places = ", ".join(f"{label}: {count}" for label, count in counts if count)
        return f"{name}. {total}." + (f" {places}." if places and len(counts) > 1 else "")


def referable(boards: Sequence[Board]) -> dict[str, Note]:
    """Give the notes of a cluster that others may refer to, by id."""
    return {note.id: note for board in boards for note in board.on("")}
