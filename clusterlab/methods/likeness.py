"""Texts that may mean the same: for a person to look at, never merged by the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from clusterlab.methods.comparison import words_of

#: Share of common words, and of common letters in a row, from which on two texts look alike.
WORDS, LETTERS = 0.75, 0.9
#: Share of common letters in a row from which on a text is another one typed again: below it,
#: difflib's documentation calls two texts no close match.
RETYPED = 0.6
#: Words by which texts say the contrary of each other.
_CONTRARY = (
    "not no never with without more less ohne mit nicht kein keine mehr weniger avec sans pas plus "
    "moins con sin no sí más menos non senza più meno met zonder niet geen"
)
#: Letters of a text that are looked at: comparing long ones takes time and finds nothing.
_LOOKED_AT = 200


def pairs_alike(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Give the places of all pairs of texts that look like near-duplicates.

    They do where they share three quarters of their words (Jaccard index: common words by all
    words), or where nine tenths of their letters agree in order (Ratcliff and Obershelp's ratio,
    2 · matches / letters of both): the one finds added words, the other one slips of the pen.
    Texts that differ in a number, a single letter or a word such as “without” alone are no such:
    “Workshop 1” and “Workshop 2” are two things.
    """
    words = [words_of(text) for text in texts]
    every = [frozenset(found) for found in words]
    letters = [" ".join(found)[:_LOOKED_AT] for found in words]
    # What a matcher knows of its second text is kept for all first ones.
    matcher = SequenceMatcher(None, autojunk=False)

    def alike(one: int, other: int) -> bool:
        left, right = every[one], every[other]
        if not left or not right or _told_apart(left - right, right - left):
            return False
        if len(left & right) >= WORDS * len(left | right):
            return True
        shorter, longer = sorted((len(letters[one]), len(letters[other])))
        if 2 * shorter < LETTERS * (shorter + longer):
            return False  # not enough letters, whichever they are
        matcher.set_seq1(letters[one])
        return matcher.quick_ratio() >= LETTERS and matcher.ratio() >= LETTERS

    found = []
    for other, second in enumerate(letters):
        matcher.set_seq2(second)
        found += [(one, other) for one in range(other) if alike(one, other)]
    return sorted(found)


def _told_apart(left: frozenset[str], right: frozenset[str]) -> bool:
    """Tell whether all words that only one of two texts has are such as set things apart."""
    contrary = _CONTRARY.split()
    # One letter more is an article, one instead of another names something else.
    letters = bool(left and right)
    return bool(left or right) and all(
        (len(word) == 1 and letters) or any(map(str.isdigit, word)) or word in contrary
        for word in left | right
    )


def retyped(text: str, others: Sequence[str]) -> Iterator[tuple[int, float]]:
    """Tell which texts may be another one that somebody typed again, perhaps with changes.

    They may where at least `RETYPED` of their letters agree in order (Ratcliff and Obershelp's
    ratio, 2 · matches / letters of both), whatever their case and blanks.

    Yields
    ------
    tuple of int and float
        The place of a text that may be it, and its share; none for a text without letters.
    """
    matcher = SequenceMatcher(None, autojunk=False)
    letters = _letters(text)
    matcher.set_seq2(letters)
    for place, other in enumerate(others):
        found = _letters(other)
        matcher.set_seq1(found)
        if not letters or not found or matcher.real_quick_ratio() < RETYPED:
            continue
        if matcher.quick_ratio() >= RETYPED and (share := matcher.ratio()) >= RETYPED:
            yield place, share


def _letters(text: str) -> str:
    return " ".join(text[: 2 * _LOOKED_AT].casefold().split())[:_LOOKED_AT]
