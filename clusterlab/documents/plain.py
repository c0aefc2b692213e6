"""Notes that Typst draws without looking at them: a paragraph each, with nothing below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# What stands below a note's text.
_BELOW = ("details", "links", "tags", "alternatives")
# What ends a paragraph, and where an address may break.
_DIVIDES = ("\n", "\u200b")
_COLUMNS = ("kept", "added", "dropped")

_Part = Mapping[str, Any]


def told_plain(part: _Part) -> dict[str, Any]:
    """Give a canvas or a comparison with ``plain``, all that is drawn of them, in such notes.

    Parameters
    ----------
    part
        Of a document in which all texts read one way, in its JSON for Typst.
    """
    data = part["data"]
    if part["kind"] == "canvas":
        boxes = [{**box, "items": _told(box["items"])} for box in data["boxes"]]
        return {**part, "data": {**data, "boxes": boxes, "unplaced": _told(data["unplaced"])}}
    if part["kind"] == "comparison":
        blocks = [{**b, **{name: _told(b[name]) for name in _COLUMNS}} for b in data["blocks"]]
        return {**part, "data": {**data, "blocks": blocks}}
    return dict(part)


def _told(notes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**note, "plain": text} if (text := _plain(note)) else dict(note) for note in notes]


def _plain(note: Mapping[str, Any]) -> str:
    """Give a note's text and what marks it; empty where there is more to it."""
    text, mark = str(note["text"]), str(note["mark"])
    whole = f"{text}\u00a0{mark}" if text and mark else text
    more = note["language"] or any(map(note.__getitem__, _BELOW))
    return "" if more or not whole.strip() or any(map(whole.__contains__, _DIVIDES)) else whole
