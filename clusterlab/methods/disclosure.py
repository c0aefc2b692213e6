"""Small groups: which counts are shown, so that nobody can be made out, nor worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: The fewest answers of a group of which a figure is shown.
THRESHOLD = 5


@dataclass(frozen=True, slots=True)
class Protected:
    """Counts by group with their total; ``None`` for what must not be shown."""

    counts: tuple[tuple[str, int | None], ...]
    total: int | None

    @property
    def shown(self) -> frozenset[str]:
        """Names of the groups of which figures may be shown."""
        return frozenset(name for name, count in self.counts if count is not None)


def protected(counts: Mapping[str, int], threshold: int = THRESHOLD) -> Protected:
    """Hide the counts of small groups, and enough others that none comes out by subtraction.

    A group of 1 to ``threshold`` - 1 is hidden. As the total is shown, what is hidden adds up to
    a number that everybody can work out: so at least two groups are hidden, and they have at
    least ``threshold`` answers together. The smallest groups still shown are hidden first, equals
    as they come. Where all answers together are too few, everything is hidden. An empty group is
    shown: there is nobody in it.

    This is cell suppression with complementary cells, as statistical offices do it (Willenborg
    and de Waal, Elements of statistical disclosure control, 2001), for one list of groups. It
    knows of no other list that counts the same people: who publishes two of them, cuts the small
    groups out of both.

    Parameters
    ----------
    counts
        Answers by group; groups do not overlap. Negative counts are taken as none.
    """
    known = {name: max(count, 0) for name, count in counts.items()}
    total = sum(known.values())
    if 0 < total < threshold:
        return Protected(tuple((name, None) for name in known), None)
    hidden = {name for name, count in known.items() if 0 < count < threshold}
    others = sorted((n for n in known if known[n] and n not in hidden), key=known.__getitem__)
    for name in others:
        together = sum(known[n] for n in hidden)
        if not hidden or (len(hidden) > 1 and together >= threshold):
            break
        hidden.add(name)
    return Protected(tuple((n, None if n in hidden else c) for n, c in known.items()), total)
