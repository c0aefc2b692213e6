"""Finding places for labels: never over another label or sign, and inside the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, hypot, pi, sin

#: Left, top, width, height.
Rect = tuple[float, float, float, float]
#: From one point to another.
Segment = tuple[float, float, float, float]
_ANGLES = 16
_STEP = 7.0
_GAP = 2.0


@dataclass(slots=True)
class Room:
    """What is taken of a picture.

    Parameters
    ----------
    bounds
        Where labels may be.
    signs, labels, leaders
        What is there already: rectangles, and lines that labels better keep clear of.
    """

    bounds: Rect
    signs: list[Rect] = field(default_factory=list)
    labels: list[Rect] = field(default_factory=list)
    leaders: list[Segment] = field(default_factory=list)

    def place(
        self, x: float, y: float, radius: float, size: tuple[float, float], *, far: float
    ) -> tuple[float, float, Segment | None] | None:
        """Find the nearest free place for a label and take it.

        Parameters
        ----------
        x, y, radius
            The sign that it belongs to.
        size
            Its width and height.
        far
            How far from the sign it may lie.

        Returns
        -------
        tuple
            Left and upper edge, and the line that leads to its sign where it lies apart from it;
            None where there is no room.
        """
        best, least = None, 4
        for rect, apart in _candidates(x, y, radius, size, far):
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
        """Rate what is better avoided: a line through a label; worse, a label over a sign.

        What is no better than ``least`` is not looked at further.
        """
        hidden = any(over(rect, other) for other in self.signs)
        if 2 * hidden >= least:
            return least
        cut = any(_cuts(line, rect) for line in self.leaders)
        if not cut and lead:
            cut = any(_cuts(lead, other) for other in self.labels)
        return 2 * hidden + cut


def _candidates(
    x: float, y: float, radius: float, size: tuple[float, float], far: float
) -> Iterator[tuple[Rect, bool]]:
    across, down = size
    near = radius + _GAP
    slant = near * 0.75
    yield (x + near, y - down / 2, across, down), False
    yield (x - near - across, y - down / 2, across, down), False
    yield (x - across / 2, y - near - down, across, down), False
    yield (x - across / 2, y + near, across, down), False
    for sx, sy in ((1, -1), (1, 1), (-1, -1), (-1, 1)):
        left = x + slant if sx > 0 else x - slant - across
        yield (left, y + slant if sy > 0 else y - slant - down, across, down), False
    distance = near + _STEP
    while distance <= far:
        for n in range(_ANGLES):
            angle = 2 * pi * n / _ANGLES
            dx, dy = cos(angle), sin(angle)
            # The label's near edge lies at the distance, whatever its shape.
            cx, cy = x + dx * (distance + across / 2), y + dy * (distance + down / 2)
            yield (cx - across / 2, cy - down / 2, across, down), True
        distance += _STEP


def _lead(rect: Rect, x: float, y: float) -> Segment:
    """Give the line from the nearest point of a rectangle to a point."""
    near_x = min(max(x, rect[0]), rect[0] + rect[2])
    near_y = min(max(y, rect[1]), rect[1] + rect[3])
    return near_x, near_y, x, y


def over(a: Rect, b: Rect) -> bool:
    """Say whether two rectangles lie over each other."""
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def _cuts(line: Segment, rect: Rect) -> bool:
    """Say whether a line passes through a rectangle, by points along it."""
    x1, y1, x2, y2 = line
    around = (min(x1, x2), min(y1, y2), abs(x2 - x1) + 0.01, abs(y2 - y1) + 0.01)
    if not over(around, rect):
        return False
    steps = int(hypot(x2 - x1, y2 - y1) / 3) + 1
    return any(
        rect[0] < x1 + (x2 - x1) * n / steps < rect[0] + rect[2]
        and rect[1] < y1 + (y2 - y1) * n / steps < rect[1] + rect[3]
        for n in range(steps + 1)
    )
