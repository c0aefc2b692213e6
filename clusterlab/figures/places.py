"""Finding places for labels: never over another label or sign, and inside the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, pi, sin

#: Left, top, width, height.
Rect = tuple[float, float, float, float]
#: From one point to another.
Segment = tuple[float, float, float, float]
# Directions in which places are looked for, as many as keep neighbouring labels apart.
_ANGLES = 32
_WAYS = [(cos(2 * pi * n / _ANGLES), sin(2 * pi * n / _ANGLES)) for n in range(_ANGLES)]
_STEP, _STRIDE = 7.0, 28.0
_GAP = 2.0
# What is better avoided: a label over a line of the picture, over a sign, and struck letters.
_ON_LINE, _ON_SIGN, _STRUCK = 1, 2, 4


@dataclass(slots=True)
class Room:
    """What is taken of a picture.

    Parameters
    ----------
    bounds
        Where labels may be.
    signs, labels, lines
        What is there already: labels lie over no other one, and better over no sign or line.
    leaders
        Lines from labels to their signs: none runs through another label.
    """

    bounds: Rect
    signs: list[Rect] = field(default_factory=list)
    labels: list[Rect] = field(default_factory=list)
    lines: list[Segment] = field(default_factory=list)
    leaders: list[Segment] = field(default_factory=list)

    def place(
        self,
        x: float,
        y: float,
        radius: float,
        size: tuple[float, float],
        *,
        far: float,
        farthest: float = 0,
        struck: bool = False,
    ) -> tuple[float, float, Segment | None] | None:
        """Find the nearest free place for a label and take it.

        Parameters
        ----------
        x, y, radius
            The sign that it belongs to.
        size
            Its width and height.
        far
            How far from the sign the best place is looked for.
        farthest
            How far the first one that is good enough is looked for where there is none.
        struck
            Whether a leader may run through a label, where there is no other place.

        Returns
        -------
        tuple
            Left and upper edge, and the line that leads to its sign where it lies apart from it;
            None where there is no room.
        """
        best: tuple[Rect, Segment | None] | None = None
        least = 2 * _STRUCK if struck else _STRUCK
        for rect, apart in _candidates(x, y, radius, size, (far, farthest)):
            if apart > far and least < _ON_SIGN:
                break
            if not self._open(rect):
                continue
            lead = _lead(rect, x, y) if apart else None
            cost = self._cost(rect, lead, least)
            if cost < least:
                best, least = (rect, lead), cost
                if not cost:
                    break
        if best is None:
            return None
        rect, lead = best
        self.labels.append(rect)
        if lead:
            self.leaders.append(lead)
        return rect[0], rect[1], lead

    def _open(self, rect: Rect) -> bool:
        """Say whether a label may lie somewhere at all: inside, and over no other."""
        left, top, across, down = self.bounds
        return (
            left <= rect[0]
            and rect[0] + rect[2] <= left + across
            and top <= rect[1]
            and rect[1] + rect[3] <= top + down
            and not any(over(rect, other) for other in self.labels)
        )

    def _cost(self, rect: Rect, lead: Segment | None, least: int) -> int:
        """Rate what is better avoided; what is no better than ``least`` is looked at no further."""
        cost = _ON_SIGN * any(over(rect, other) for other in self.signs)
        if cost < least:
            cost += _ON_LINE * any(cuts(line, rect) for line in self.lines)
        if cost < least and (
            any(cuts(line, rect) for line in self.leaders)
            or (lead and any(cuts(lead, other) for other in self.labels))
        ):
            cost += _STRUCK
        return cost


def _candidates(
    x: float, y: float, radius: float, size: tuple[float, float], ends: tuple[float, float]
) -> Iterator[tuple[Rect, float]]:
    """Give places from near to far, each with how far it is; 0 for those right beside the sign.

    Beyond the first of two ends they lie wider apart.
    """
    far, farthest = ends
    across, down = size
    near = radius + _GAP
    slant = near * 0.75
    yield (x + near, y - down / 2, across, down), 0.0
    yield (x - near - across, y - down / 2, across, down), 0.0
    yield (x - across / 2, y - near - down, across, down), 0.0
    yield (x - across / 2, y + near, across, down), 0.0
    for sx, sy in ((1, -1), (1, 1), (-1, -1), (-1, 1)):
        left = x + slant if sx > 0 else x - slant - across
        yield (left, y + slant if sy > 0 else y - slant - down, across, down), 0.0
    distance = near + _STEP
    while distance <= max(far, farthest):
        for dx, dy in _WAYS:
            # The label's near edge lies at the distance, whatever its shape.
            cx, cy = x + dx * (distance + across / 2), y + dy * (distance + down / 2)
            yield (cx - across / 2, cy - down / 2, across, down), distance
        distance += _STEP if distance < far else _STRIDE


def _lead(rect: Rect, x: float, y: float) -> Segment:
    """Give the line from the nearest point of a rectangle to a point."""
    near_x = min(max(x, rect[0]), rect[0] + rect[2])
    near_y = min(max(y, rect[1]), rect[1] + rect[3])
    return near_x, near_y, x, y


def over(a: Rect, b: Rect) -> bool:
    """Say whether two rectangles lie over each other."""
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def cuts(line: Segment, rect: Rect) -> bool:
    """Say whether a line passes through a rectangle; along an edge it does not."""
    x1, y1, x2, y2 = line
    left, top, across, down = rect
    if (
        max(x1, x2) <= left
        or min(x1, x2) >= left + across
        or max(y1, y2) <= top
        or min(y1, y2) >= top + down
    ):
        return False
    # The part of the line that lies between both pairs of edges, as shares of its length.
    first, last = 0.0, 1.0
    for start, way, low, high in (
        (x1, x2 - x1, left, left + across),
        (y1, y2 - y1, top, top + down),
    ):
        if way:
            ends = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, ends[0]), min(last, ends[1])
    return first < last
