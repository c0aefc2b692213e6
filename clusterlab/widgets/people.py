"""What stands for a person on a canvas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def initials(actors: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Give a short sign for each person: two initials, or a number for who gave no name.

    Parameters
    ----------
    actors
        Pseudonymous ids in the order of their first note.
    names
        Names by id, where they are known.

    Returns
    -------
    dict
        Sign by id; no two are alike.
    """
    signs: dict[str, str] = {}
    for number, actor in enumerate(actors, 1):
        words = [word for word in names.get(actor, "").split() if word[0].isalpha()]
        letters = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
        sign = letters or str(number)
        if sign in signs.values():
            sign = f"{sign}{number}"
        signs[actor] = sign
    return signs
