"""Texts that may mean the same: for a person to look at, never merged by the program."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from clusterlab.methods.comparison import words_of

#: Share of common words, and of common letters in a row, from which on two texts look alike.
WORDS, LETTERS = 0.75, 0.9
#: Letters of a text that are looked at: comparing long ones takes time and finds nothing.
_LOOKED_AT = 200


def alike(one: str, other: str) -> bool:
    """Tell whether two texts look like near-duplicates.

    They do where they share three quarters of their words (Jaccard index: common words by all
    words), or where nine tenths of their letters agree in order (Ratcliff and Obershelp's ratio,
    2 · matches / letters of both): the one finds added words, the other one slips of the pen.
    """
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return False
    common, every = set(left) & set(right), set(left) | set(right)
    if len(common) >= WORDS * len(every):
        return True
    matcher = SequenceMatcher(
        None, " ".join(left)[:_LOOKED_AT], " ".join(right)[:_LOOKED_AT], autojunk=False
    )
    return matcher.quick_ratio() >= LETTERS and matcher.ratio() >= LETTERS


def pairs_alike(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Give the places of all pairs of texts that look alike."""
    places = combinations(range(len(texts)), 2)
    return [(i, j) for i, j in places if alike(texts[i], texts[j])]
