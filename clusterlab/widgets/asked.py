"""What a page asks for, checked before it becomes an operation: a page may send anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeGuard

from clusterlab.errors import N_, UnknownNameError, UsageError
from clusterlab.methods import is_secret
from clusterlab.model import (
    Board,
    BoardId,
    CanvasKind,
    Note,
    Operation,
    entered,
    is_uuid,
    one_line,
)
from clusterlab.workshop import Folder

_LONGEST = 64
_MOST = 200


class _View(Protocol):
    @property
    def kind(self) -> CanvasKind: ...
    @property
    def board(self) -> BoardId: ...
    @property
    def versions(self) -> tuple[str, ...]: ...
    @property
    def shape(self) -> str: ...


class _Desk(Protocol):
    @property
    def folder(self) -> Folder: ...
    def board(self, board: BoardId) -> Board: ...


def asked(view: _View, raw: Mapping[str, Any], actor: str, desk: _Desk) -> Operation:
    """Make an operation of what a page asks for.

    Parameters
    ----------
    raw
        ``id``, ``kind``, ``version``, ``note`` and what the kind of operation needs.

    Raises
    ------
    UsageError
        Where it makes no sense on this canvas; says why.
    """
    version = raw.get("version")
    if version not in view.versions:
        came = version[:_LONGEST] if isinstance(version, str) else type(version).__name__
        raise UnknownNameError(what=N_("version"), came=came, known=view.versions)
    sheet = replace(view.board.sheet, version=str(version))
    asking = _Asking(view, raw, desk.folder.settings.limits.note_length, desk.board(sheet))
    kind = raw.get("kind")
    if not isinstance(kind, str):
        raise UsageError(N_("“{name}” should be a text."), name="kind")
    if kind not in _CHECKS:
        raise UsageError(N_("A canvas cannot do this: “{came}”."), came=kind[:_LONGEST])
    payload = {"note": asking.uuid("note"), **_CHECKS[kind](asking)}
    if kind != "add":
        payload["base"] = asking.ids("base")
        found = asking.board.everything.get(payload["note"])
        decided = desk.folder.settings
        secret = is_secret(view.kind, asking.board, decided.vote, decided.methods)
        if secret and found is not None and found.author != actor:
            text = N_("This row is somebody else’s; only they see and change it for now.")
            raise UsageError(text)
    topic = payload.get("topic", "") if kind == "add" else asking.note.topic
    return Operation(replace(sheet, topic=topic), kind, payload, actor, asking.uuid("id"))


def _is_name(value: object) -> TypeGuard[str]:
    """Tell whether it is a short text that the journal can keep as it is."""
    return isinstance(value, str) and len(value) <= _LONGEST and one_line(value) == value


class _Asking:
    """One thing that a page asks for."""

    def __init__(self, view: _View, raw: Mapping[str, Any], limit: int, board: Board) -> None:
        self.view, self.raw, self.limit, self.board = view, raw, limit, board

    @property
    def note(self) -> Note:
        """The note that it is about."""
        found = self.board.everything.get(self.uuid("note"))
        if found is None:
            raise UsageError(N_("This note is not on the canvas any more."))
        return found

    def uuid(self, name: str) -> str:
        value = self.raw.get(name)
        if not isinstance(value, str) or not is_uuid(value):
            raise UsageError(N_("“{name}” should be an id."), name=name)
        return value

    def text(self, name: str) -> str:
        value = self.raw.get(name)
        if not _is_name(value):
            raise UsageError(N_("“{name}” should be a text."), name=name)
        return value

    def ids(self, name: str) -> list[str]:
        value = self.raw.get(name, [])
        fine = isinstance(value, list) and len(value) <= _MOST
        if not fine or not all(map(_is_name, value)):
            raise UsageError(N_("“{name}” should be a list of ids."), name=name)
        return list(value)

    def place(self, topic: str = "") -> dict[str, Any]:
        """Check block, topic (by default the given one) and the note above."""
        block = self.view.kind.block(self.text("block"))
        topic = self.text("topic") if "topic" in self.raw else topic
        known = [t.id for t in self.view.kind.topics] or [""]
        if topic not in {*known, *(t for t, _ in self.board.places)}:
            raise UnknownNameError(what=N_("topic"), came=topic, known=known)
        found = {"block": block.id, "topic": topic}
        return found | ({"after": self.text("after")} if "after" in self.raw else {})

    def values(self) -> dict[str, Any]:
        given = self.raw.get("values")
        names = given if isinstance(given, Mapping) else [None]
        if not all(map(_is_name, names)):
            raise UsageError(N_("“{name}” should be a table of fields."), name="values")
        return entered(self.view.kind, dict(given or {}), self.limit)


def _add(asking: _Asking) -> dict[str, Any]:
    values = {k: v for k, v in asking.values().items() if v is not None}
    if not values or (asking.view.shape == "grid" and "text" not in values):
        raise UsageError(N_("A note needs a text."))
    place = asking.place()
    letter = asking.view.kind.block(place["block"]).letter
    return {**place, "letter": letter, "values": values, "links": asking.ids("links")}


def _edit(asking: _Asking) -> dict[str, Any]:
    values = asking.values()
    left = {**asking.note.values, **values}
    if all(value in {None, ""} for value in left.values() if not isinstance(value, tuple)):
        raise UsageError(N_("A note needs a text."))
    return {"values": values}


def _move(asking: _Asking) -> dict[str, Any]:
    return asking.place(asking.note.topic)


def _nothing(asking: _Asking) -> dict[str, Any]:
    _ = asking.note
    return {}


def _target(asking: _Asking) -> dict[str, Any]:
    _ = asking.note
    return {"target": asking.text("target")}


def _resolve(asking: _Asking) -> dict[str, Any]:
    _ = asking.note
    return {"field": asking.text("field"), "keep": asking.text("keep")}


_CHECKS = {
    "add": _add,
    "edit": _edit,
    "move": _move,
    "delete": _nothing,
    "restore": _nothing,
    "link": _target,
    "unlink": _target,
    "undo": _target,
    "resolve": _resolve,
}
