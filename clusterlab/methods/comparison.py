"""Two versions of a canvas: what is kept, added and dropped."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from clusterlab.model import Board, CanvasKind, Note

#: What is no part of a word, where a text has no other letters than ASCII's, folded to lower case.
_NO_WORD = re.compile(r"[^a-z0-9_]")


@dataclass(frozen=True, slots=True)
class BlockDifference:
    """A block in two versions; kept notes are those of the later version."""

    block: str
    kept: tuple[Note, ...]
    added: tuple[Note, ...]
    dropped: tuple[Note, ...]


def compare(kind: CanvasKind, before: Board, after: Board) -> list[BlockDifference]:
    """Compare two versions of a canvas block by block.

    A note counts as kept where the other version holds the same words in the same block,
    whatever their case and punctuation; equal notes are paired one to one.

    Parameters
    ----------
    kind
        Of both boards.
    before, after
        The boards, with all topics.
    """
    differences = []
    for block in kind.blocks:
        left = list(before.block(block.id))
        kept, added = [], []
        for note in after.block(block.id):
            twin = next((n for n in left if words(n) == words(note)), None)
            if twin is None:
                added.append(note)
            else:
                left.remove(twin)
                kept.append(note)
        differences.append(BlockDifference(block.id, tuple(kept), tuple(added), tuple(left)))
    return differences


def words(note: Note) -> tuple[str, ...]:
    """Give the words of a note, for comparing."""
    return words_of(note.text)


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text, for comparing; of one without words, such as "👍", itself.

    A mark belongs to its letter: in Hindi or Thai it is what tells words apart.
    """
    text = text.casefold()
    if text.isascii():
        plain = _NO_WORD.sub(" ", text)
    else:
        plain = "".join(c if _is_of_a_word(c) else " " for c in text)
    return tuple(plain.split()) or tuple(text.split())


def _is_of_a_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")
