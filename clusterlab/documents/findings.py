"""A list of findings as long as people read it: many of one kind end in the numbers of notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterlab.errors import fill

#: Findings of one kind that are told in full; from how many more on their notes are only named.
_FULL, _REST = 6, 3


def told(group: Mapping[str, Any], words: Mapping[str, str]) -> Sequence[str]:
    """Give what is told of findings that differ only in the note that they are about.

    The first ones in full, of the others the spoken ids of their notes, where all have one.

    Parameters
    ----------
    group
        A `FindingGroup` as JSON.
    words
        The document's labels.
    """
    lines: Sequence[str] = group["lines"]
    notes: Sequence[str] = group.get("notes", ())
    rest = notes[_FULL:]
    if len(notes) != len(lines) or len(rest) < _REST or not all(rest):
        return lines
    return [*lines[:_FULL], fill(words["same_of"], {"notes": ", ".join(dict.fromkeys(rest))})]
