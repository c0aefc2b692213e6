"""The typed outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from clusterlab.outputs.base import Output


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says, with the assumption made, if any."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A note that another one refers to: its spoken id and the beginning of its text."""

    spoken: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A note as documents draw it: every label is already in the document's language.

    Parameters
    ----------
    id, spoken, text
        UUID, the id that people say, and the text.
    details
        Its filled fields.
    tags, links
        Its tags and the notes it refers to.
    mark
        Sign of the footnote that belongs to it, "" for none.
    alternatives
        What others wrote in its place at the same time.
    language
        BCP 47 tag of the text where it is not the document's, else "".
    """

    id: str
    spoken: str
    text: str
    details: tuple[Fact, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[Reference, ...] = ()
    mark: str = ""
    alternatives: tuple[Fact, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A block with its notes; ``accent`` is development, financing or neutral."""

    id: str
    label: str
    prompt: str = ""
    accent: str = "neutral"
    group: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Output):
    """The opening of a document: its title (heading 1), whose it is, and facts about them.

    Parameters
    ----------
    logo
        Theirs, as a data address; "" for none.
    colours
        That the workshop chose for its documents, by meaning, as six digits.
    slides
        The shape that it chose for its slides: ``16:9`` or ``4:3``; "" for the usual one.
    """

    type: ClassVar[str] = "title"
    subtitle: str = ""
    text: str = ""
    facts: tuple[Fact, ...] = ()
    logo: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    slides: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Output):
    """A heading 2 with a paragraph and facts; the outputs after it belong to it (heading 3)."""

    type: ClassVar[str] = "section"
    text: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas(Output):
    """Boxes in a grid, with notes.

    Parameters
    ----------
    kind, subtitle, summary
        Id of the kind; topic or version; what the canvas is for.
    grid
        Rows of block ids; a block that fills several cells is one rectangle.
    boxes
        All blocks in the kind's order.
    legend
        Label and accent of each group, as facts (label, accent).
    unplaced
        Notes of a block that the kind no longer has.
    footnotes
        Sign and text of what is said about several notes.
    """

    type: ClassVar[str] = "canvas"
    kind: str
    subtitle: str = ""
    summary: str = ""
    grid: tuple[tuple[str, ...], ...]
    boxes: tuple[Box, ...]
    legend: tuple[Fact, ...] = ()
    unplaced: tuple[Item, ...] = ()
    footnotes: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompted:
    """A field of a form: label, what it holds, and the help shown while it is empty."""

    id: str
    label: str
    value: str = ""
    help: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One form: a note with all its fields, filled or not, and what is still missing."""

    item: Item
    fields: tuple[Prompted, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(Output):
    """Forms, one per note; with none, ``blank`` is the form to print and fill."""

    type: ClassVar[str] = "records"
    kind: str
    subtitle: str = ""
    summary: str = ""
    prompt: str = ""
    text_label: str = ""
    records: tuple[Record, ...] = ()
    blank: tuple[Prompted, ...] = ()
    footnotes: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``wide`` ones share the room, others take what they need."""

    id: str
    label: str
    help: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the note and its cells in the order of the columns."""

    item: Item
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Output):
    """Rows of notes with their fields; with none, an empty table to print and fill."""

    type: ClassVar[str] = "table"
    kind: str
    subtitle: str = ""
    summary: str = ""
    prompt: str = ""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    footnotes: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A block in two versions: what is kept, added and dropped."""

    id: str
    label: str
    accent: str = "neutral"
    kept: tuple[Item, ...] = ()
    added: tuple[Item, ...] = ()
    dropped: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Output):
    """Two versions of a canvas, block by block.

    Parameters
    ----------
    before, after
        Labels of the versions.
    words
        Labels of kept, added and dropped, in this order, as facts (word, sign).
    """

    type: ClassVar[str] = "comparison"
    summary: str = ""
    before: str
    after: str
    words: tuple[Fact, ...]
    blocks: tuple[Difference, ...]
    footnotes: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in words: where, what does not hold, what to do.

    ``severity`` is error, warning or info; ``word`` says it in the document's language; ``note`` is
    the spoken id of the note that it is about, if it is about one.
    """

    id: str
    severity: str
    word: str
    place: str
    text: str
    suggestion: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings that differ only in the note that they are about.

    ``lines`` say each, ``notes`` are the spoken ids of those notes.
    """

    id: str
    severity: str
    word: str
    place: str
    lines: tuple[str, ...]
    suggestion: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings(Output):
    """What the methods' rules found; ``text`` says so where they found nothing."""

    type: ClassVar[str] = "findings"
    text: str = ""
    groups: tuple[FindingGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Data:
    """The numbers behind a drawing.

    Parameters
    ----------
    columns
        Labels; the first column says what a row is about.
    rows
        Texts, numbers, days as ISO 8601 writes them, or nothing.
    chart
        How a spreadsheet draws them: ``bars``, ``stack`` (each bar begins where the first value
        ends), ``points`` (across and up), or "" for not at all.
    drawn
        The columns that it draws, from 0.
    low, high
        Ends of the axis of values, where they are known.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    chart: str = ""
    drawn: tuple[int, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Output):
    """A drawing as SVG.

    Parameters
    ----------
    subtitle
        Of which canvas it is, on which topic and version.
    more
        Further drawings, where one page does not hold all.
    parts
        Of several drawings, which things each of them shows.
    text
        The same in words, line by line.
    legend
        What its signs look like, "" where their meaning says so, and what they mean.
    footnotes
        Sign and text of what is said about several notes.
    data
        The numbers that it draws, where it draws some.
    """

    type: ClassVar[str] = "picture"
    svg: str
    subtitle: str = ""
    more: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    text: str = ""
    legend: tuple[Fact, ...] = ()
    footnotes: tuple[Fact, ...] = ()
    data: Data | None = None
