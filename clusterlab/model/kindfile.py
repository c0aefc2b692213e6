"""Canvas kinds as files: reading and checking one, and giving it as TOML and JSON hold it."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from clusterlab.errors import N_, KindError
from clusterlab.model.kind import Block, CanvasKind, Field, Group, Named, Quadrant
from clusterlab.model.reader import Reader

_LAYOUTS = ("grid", "records", "table")
_TYPES = ("text", "choice", "integer", "number", "date")
_ACCENTS = ("development", "financing", "neutral")
_LETTER = re.compile(r"[A-Z]{1,4}")
#: What a note has anyway: a field of this name would be taken for it.
_TAKEN = frozenset(
    {"text", "place", "deleted", "id", "order", "author", "tags", "links"}
    | {"cluster", "canvas", "version", "topic", "block"}
)


def read_kind(text: str, file: str) -> CanvasKind:
    """Read and check a canvas kind's file.

    Parameters
    ----------
    text
        The file's text (TOML).
    file
        Its name, for messages.

    Raises
    ------
    KindError
        With file, key and what was expected.
    """
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError also for endless numbers
        raise KindError(
            N_("{file} is not valid TOML: {reason}"), file=file, reason=str(error)
        ) from None
    return kind_from(raw, file)


def kind_from(raw: Mapping[str, Any], file: str) -> CanvasKind:
    """Check a canvas kind given as nested mappings, as TOML and bundles hold it.

    Raises
    ------
    KindError
        With file, key and what was expected.
    """
    top = Reader(raw, file, "")
    blocks = tuple(_block(b) for b in top.tables("blocks", least=1))
    groups = tuple(
        Group(g.id(), g.text("label"), g.one_of("accent", _ACCENTS, "neutral"))
        for g in top.tables("groups")
    )
    kind = CanvasKind(
        id=top.id(),
        version=top.count("version", 1),
        title=top.text("title"),
        summary=top.text("summary", ""),
        source=top.text("source", ""),
        also=tuple(top.texts("also")),
        layout=top.one_of("layout", _LAYOUTS),  # type: ignore[arg-type]
        text_label=top.text("text_label", "Note"),
        grid=tuple(tuple(row.split()) for row in top.texts("grid")),
        blocks=blocks,
        fields=tuple(_field(f) for f in top.tables("fields")),
        groups=groups,
        topics=_named(top.tables("topics")),
        versions=_named(top.tables("versions")) or (Named("current", "Today"),),
        method=top.text("method", ""),
        cites=tuple(top.text_or_texts("cites")),
        cites_label=top.text("cites_label", ""),
        about=top.text("about", ""),
        anonymous=top.flag("anonymous"),
        axes=tuple(top.texts("axes")),
        matrix_title=top.text("matrix_title", ""),
        quadrants=tuple(_quadrant(q) for q in top.tables("quadrants")),
        midpoint=top.text("midpoint", ""),
    )
    top.finish()
    _check(kind, file)
    return kind


def kind_to(kind: CanvasKind) -> dict[str, Any]:
    """Give a canvas kind as nested mappings, as TOML and JSON hold it; `kind_from` reads them.

    What is as it would be anyway is left out.
    """
    raw: dict[str, Any] = _plain(kind)
    if kind.grid:
        raw["grid"] = [" ".join(row) for row in kind.grid]
    return raw


def _plain(thing: Any) -> Any:
    if isinstance(thing, tuple):
        return [_plain(part) for part in thing]
    if not dataclasses.is_dataclass(thing):
        return thing
    values = {f.name: (getattr(thing, f.name), f.default) for f in dataclasses.fields(thing)}
    return {k: _plain(v) for k, (v, default) in values.items() if v != default}


def _named(readers: list[Reader]) -> tuple[Named, ...]:
    named = tuple(Named(r.id(), r.text("label")) for r in readers)
    for reader in readers:
        reader.finish()
    return named


def _block(reader: Reader) -> Block:
    block = Block(
        id=reader.id(),
        label=reader.text("label"),
        prompt=reader.text("prompt", ""),
        letter=reader.text("letter", ""),
        group=reader.text("group", ""),
        limit=reader.count("limit", 0),
        cites=tuple(reader.texts("cites")),
        also=tuple(reader.texts("also")),
    )
    if block.letter and not _LETTER.fullmatch(block.letter):
        reader.refuse("letter", N_("one to four capital letters A to Z"), block.letter)
    reader.finish()
    return block


def _field(reader: Reader) -> Field:
    field = Field(
        id=reader.id(),
        label=reader.text("label"),
        type=reader.one_of("type", _TYPES, "text"),  # type: ignore[arg-type]
        help=reader.text("help", ""),
        choices=_named(reader.tables("choices")),
        minimum=reader.number("minimum"),
        maximum=reader.number("maximum"),
        minimum_label=reader.text("minimum_label", ""),
        maximum_label=reader.text("maximum_label", ""),
        wide=reader.flag("wide"),
        dated=reader.flag("dated"),
    )
    reader.finish()
    if field.dated and field.type != "text":
        reader.refuse("dated", N_("left out: only texts may also be dates"), True)
    if (field.type == "choice") != bool(field.choices):
        reader.refuse("choices", N_("given for the type “choice” and for no other"), field.type)
    for name in ("minimum", "maximum"):
        label = getattr(field, f"{name}_label")
        if label and getattr(field, name) is None:
            expected = N_("left out: the field has no number that it could name")
            reader.refuse(f"{name}_label", expected, label)
    if field.id in _TAKEN:
        reader.refuse("id", N_("another word: every note has this already"), field.id)
    choices = [choice.id for choice in field.choices]
    if double := next((c for c in choices if choices.count(c) > 1), None):
        reader.refuse("choices", N_("different for each"), double)
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        reader.refuse("maximum", N_("at least the minimum"), field.maximum)
    return field


def _quadrant(reader: Reader) -> Quadrant:
    x, y = (reader.one_of(axis, ("low", "high"), "low") for axis in "xy")
    quadrant = Quadrant(reader.id(), reader.text("label"), x, y)
    reader.finish()
    return quadrant


def _check_matrix(kind: CanvasKind, reader: Reader) -> None:
    numbers = {f.id for f in kind.fields if None not in {f.minimum, f.maximum}}
    if len(kind.axes) != 2 or not numbers.issuperset(kind.axes):  # noqa: PLR2004 - across and up
        expected = N_("the ids of two fields that have a minimum and a maximum")
        reader.refuse("axes", expected, list(kind.axes))
    if len({(q.x, q.y) for q in kind.quadrants}) != 4 or len(kind.quadrants) != 4:  # noqa: PLR2004
        reader.refuse("quadrants", N_("four, one for each quarter"), len(kind.quadrants))
    if kind.midpoint not in {q.id for q in kind.quadrants}:
        reader.refuse("midpoint", N_("the id of one of the quadrants"), kind.midpoint)


def _check(kind: CanvasKind, file: str) -> None:
    """Check what takes more than one key to see."""
    reader = Reader({}, file, "")
    if kind.axes or kind.quadrants or kind.midpoint:
        _check_matrix(kind, reader)
    for name in ("blocks", "fields", "groups", "topics", "versions", "quadrants"):
        ids = [thing.id for thing in getattr(kind, name)]
        if double := next((i for i in ids if ids.count(i) > 1), None):
            reader.refuse(f"{name}.id", N_("different for each"), double)
    known = {b.id for b in kind.blocks}
    groups = {g.id for g in kind.groups}
    for block in kind.blocks:
        if block.group and block.group not in groups:
            reader.refuse(
                f"blocks.{block.id}.group", N_("the id of one of the groups"), block.group
            )
    if kind.layout == "grid":
        _check_grid(kind, reader, known)


def _check_grid(kind: CanvasKind, reader: Reader, known: set[str]) -> None:
    used = {name for row in kind.grid for name in row}
    if used != known:
        reader.refuse("grid", N_("made of the ids of all blocks"), " ".join(sorted(used ^ known)))
    if len({len(row) for row in kind.grid}) != 1:
        reader.refuse("grid", N_("rows of the same length"), str([len(r) for r in kind.grid]))
    for name, (r, c, rows, columns) in kind.areas().items():
        inside = [kind.grid[i][c : c + columns] for i in range(r, r + rows)]
        count = sum(row.count(name) for row in kind.grid)
        if count != rows * columns or any(set(row) != {name} for row in inside):
            reader.refuse("grid", N_("a rectangle for each block"), name)
