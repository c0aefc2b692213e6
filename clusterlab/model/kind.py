"""Canvas kinds: what a canvas is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from clusterlab.errors import N_, UnknownNameError

__all__ = [
    "Block",
    "CanvasKind",
    "Field",
    "Group",
    "Named",
    "Quadrant",
]

Layout = Literal["grid", "records", "table"]
FieldType = Literal["text", "choice", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Named:
    """An id in files, a label for people."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Group(Named):
    """Blocks that belong together; ``accent`` is one of development, financing, neutral."""

    accent: str = "neutral"


@dataclass(frozen=True, slots=True)
class Block:
    """One box of a canvas.

    Parameters
    ----------
    id, label, prompt
        Id, heading, and the question that helps to fill it.
    letter
        What spoken ids of its notes begin with: ``S`` gives ``S1``.
    group
        Id of its group, or "".
    limit
        How many notes it should hold at most; 0 for no limit.
    cites
        Blocks of the kinds named in ``CanvasKind.cites`` that its notes should refer to.
    also
        Other names by which tables may call it.
    """

    id: str
    label: str
    prompt: str = ""
    letter: str = ""
    group: str = ""
    limit: int = 0
    cites: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field that every note of the canvas may have besides its text.

    Parameters
    ----------
    type
        ``text``, ``choice``, ``integer``, ``number`` or ``date``.
    choices
        For ``choice``: what may be chosen; the value kept is the choice's id.
    minimum, maximum
        For numbers.
    minimum_label, maximum_label
        What they mean, such as “little effort” and “much effort”; written at the ends of axes.
    wide
        Whether it needs the width of a column of text in a table.
    dated
        For ``text``: whether a date may be picked for it; any other text stays allowed.
    """

    id: str
    label: str
    type: FieldType = "text"
    help: str = ""
    choices: tuple[Named, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    minimum_label: str = ""
    maximum_label: str = ""
    wide: bool = False
    dated: bool = False

    def choice_label(self, value: Any) -> str:
        """Give the label of a chosen value; what is no choice stays as it is."""
        return next((c.label for c in self.choices if c.id == value), str(value))


@dataclass(frozen=True, slots=True)
class Quadrant(Named):
    """A quarter of a kind's matrix: which half of each axis it covers, ``low`` or ``high``."""

    x: str = "low"
    y: str = "low"


@dataclass(frozen=True, slots=True)
class CanvasKind:
    """A kind of canvas.

    Parameters
    ----------
    id, version, title, summary, source
        Id, version of the file (a whole number), heading, one sentence, where the method is from.
    also
        Other names by which tables may call it.
    layout
        ``grid`` draws boxes, ``records`` one form per note, ``table`` one row per note.
    grid
        For ``grid``: rows of block ids, as in CSS's ``grid-template-areas``.
    blocks, fields, groups, topics, versions
        Its parts.
    text_label
        What the text of a note is called in tables and forms.
    method
        Name of the method whose rules its notes keep and whose results can be made of it, or "".
    cites, cites_label
        Ids of the canvas kinds whose notes its notes refer to; what that means if not “Builds on”.
    about
        Id of the canvas kind whose notes its notes speak of by spoken id, in fields, not by links:
        people score them.
    anonymous
        Whether nobody is told who wrote its notes.
    axes, quadrants, matrix_title
        Of its matrix, if any: the two fields, across and up, the four quarters, what it is called.
    midpoint
        Id of the quadrant that a note belongs to whose numbers are both the middle: what lies on
        a line counts to the halves of this one.
    """

    id: str
    version: int
    title: str
    layout: Layout
    blocks: tuple[Block, ...]
    summary: str = ""
    source: str = ""
    also: tuple[str, ...] = ()
    text_label: str = "Note"
    grid: tuple[tuple[str, ...], ...] = ()
    fields: tuple[Field, ...] = ()
    groups: tuple[Group, ...] = ()
    topics: tuple[Named, ...] = ()
    versions: tuple[Named, ...] = (Named("current", "Today"),)
    method: str = ""
    cites: tuple[str, ...] = ()
    cites_label: str = ""
    about: str = ""
    anonymous: bool = False
    axes: tuple[str, ...] = ()
    matrix_title: str = ""
    quadrants: tuple[Quadrant, ...] = ()
    midpoint: str = ""

    def block(self, block: str) -> Block:
        """Find a block.

        Raises
        ------
        UnknownNameError
            Where the kind has none of this id; names the nearest.
        """
        return _find(self.blocks, block, N_("block"))

    def field(self, name: str) -> Field:
        """Find a field of its notes.

        Raises
        ------
        UnknownNameError
            Where the kind has none of this id; names the nearest.
        """
        return _find(self.fields, name, N_("field"))

    def areas(self) -> dict[str, tuple[int, int, int, int]]:
        """Give each block's place in the grid: (row, column, rows, columns), from 0."""
        found: dict[str, tuple[int, int, int, int]] = {}
        for r, row in enumerate(self.grid):
            for c, block in enumerate(row):
                top, left, _, _ = found.setdefault(block, (r, c, 1, 1))
                found[block] = (top, left, r - top + 1, max(c - left + 1, found[block][3]))
        return found


_Part = TypeVar("_Part", bound=Named | Block | Field)


def _find(things: tuple[_Part, ...], name: str, what: str) -> _Part:
    for thing in things:
        if thing.id == name:
            return thing
    raise UnknownNameError(what=what, came=name, known=[t.id for t in things])
