"""Packing round signs into cells, and cells as wide as what lies in them needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

#: Between two signs.
APART = 2.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A round sign, or room for one."""

    x: float
    y: float
    radius: float

    def near(self, x: float, y: float, radius: float) -> bool:
        """Say whether another sign would be too near."""
        return hypot(self.x - x, self.y - y) < self.radius + radius + APART


def shares(places: Sequence[int], count: int) -> list[float]:
    """Give where each of some places begins, 0 to 1, by how much lies in them; none is narrow."""
    least = 0.4 * len(places) / count
    weights = [places.count(n) + least for n in range(count)]
    return [sum(weights[:n]) / sum(weights) for n in range(count + 1)]


def widened(edges: Sequence[float], needed: Sequence[float]) -> list[float]:
    """Widen rings that are narrower than they need, at the cost of the others."""
    whole = edges[-1]
    scale = min(1.0, whole / sum(needed))
    least = [n * scale for n in needed]
    spare = [
        max(outer - inner - n, 0) for (inner, outer), n in zip(pairwise(edges), least, strict=True)
    ]
    share = (whole - sum(least)) / sum(spare) if sum(spare) else 0
    wide = [n + more * share for n, more in zip(least, spare, strict=True)]
    return [sum(wide[:n]) for n in range(len(wide) + 1)]


def packed(
    places: Sequence[Spot], least: Sequence[float], whole: Sequence[float], /
) -> list[Spot | None]:
    """Find places for the signs of a cell, as large as they should be or else smaller.

    They lie around the cell's middle; where that wastes too much room, along its outer edge.
    """
    found: list[Spot | None] = []
    for share in (1.0, 0.88, 0.76):
        radii = [max(a, r * share) for a, r in zip(least, whole, strict=True)]
        for order in (places, sorted(places, key=lambda p: p.radius)):
            found = _spots(order, radii)
            if None not in found:
                return found
    return found


def _spots(places: Sequence[Spot], radii: Sequence[float]) -> list[Spot | None]:
    """Find for each sign the first place that has room for it; None where there is none."""
    taken: list[Spot] = []
    found: list[Spot | None] = []
    smallest = min(radii, default=0)
    left = [p for p in places if p.radius >= smallest]
    for radius in radii:
        spot = next(
            (
                Spot(p.x, p.y, radius)
                for p in left
                if p.radius >= radius and not any(s.near(p.x, p.y, radius) for s in taken)
            ),
            None,
        )
        if spot:
            taken.append(spot)
            left = [p for p in left if not spot.near(p.x, p.y, smallest)]
        found.append(spot)
    return found
