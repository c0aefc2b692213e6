"""The radar of trends: where each one lies, how strong it is, and how ready the cluster is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin, sqrt

from clusterlab.errors import N_
from clusterlab.figures.dial import (
    DOTS,
    WIDER,
    arcs_sign,
    dial,
    pair_sign,
    sizes_sign,
    unrated_sign,
)
from clusterlab.figures.packing import APART, Spot, packed, shares, widened
from clusterlab.figures.parts import (
    Entry,
    Meaning,
    Scale,
    finite,
    in_order,
    key,
    key_pages,
    legend,
    nothing,
)
from clusterlab.figures.places import Rect, over
from clusterlab.figures.svg import (
    EDGE,
    GREY,
    LANDSCAPE,
    MIST,
    NEUTRAL,
    PAPER,
    TEAL,
    Drawing,
    Page,
    Sheet,
)
from clusterlab.figures.text import BODY, LEADING, SMALL, cut, width, wrap
from clusterlab.language import Language

EMPTY = N_("No trends yet. Each rated trend appears here as a circle.")
INFLUENCE = N_("The larger the circle, the stronger the influence")
COMPETENCE = N_("The longer the thick arc, the stronger the own competence")
BENCHMARK = N_("Own competence (filled) beside the benchmark (hollow)")
PAIR = N_("two dots on a circle, joined by a thin line")
UNRATED = N_("Competence not rated")
_SMALLEST, _LARGEST = 9.0, 14.0
_STEP = 5.0
_TAG = 25.0
# A ring that has room for its name, and one for signs.
_NARROWEST, _SIGNED = 15.0, 25.0
# With more segments there is no room for their names around the circle.
_NAMED = 12


@dataclass(frozen=True, slots=True)
class RadarTrend:
    """A trend.

    Parameters
    ----------
    segment, ring
        Which ones it lies in, counted from 0; ring 0 is the innermost.
    influence, competence
        On the chart's scales; None where not rated.
    benchmark
        The competence of others, on the same scale.

    Raises
    ------
    ValueError
        Where a rating is not finite.
    """

    label: str
    segment: int
    ring: int
    influence: float | None = None
    competence: float | None = None
    spoken: str = ""
    benchmark: float | None = None

    def __post_init__(self) -> None:
        finite(self.influence, self.competence, self.benchmark)


@dataclass(frozen=True, slots=True)
class RadarChart:
    """Trends in segments and rings.

    Parameters
    ----------
    segments, rings
        Their names; rings from the innermost.
    influence, competence
        Lowest and highest rating.

    Raises
    ------
    ValueError
        Where a trend lies in a segment or ring that is not there, or a scale has no length.
    """

    title: str
    segments: tuple[str, ...]
    rings: tuple[str, ...]
    trends: tuple[RadarTrend, ...]
    influence: tuple[float, float] = (1, 5)
    competence: tuple[float, float] = (1, 5)
    description: str = ""

    def __post_init__(self) -> None:
        finite(*self.influence, *self.competence)
        if self.influence[0] >= self.influence[1] or self.competence[0] >= self.competence[1]:
            msg = "a scale needs its lowest rating below its highest"
            raise ValueError(msg)
        for trend in self.trends:
            if trend.segment not in range(len(self.segments)) or trend.ring not in range(
                len(self.rings)
            ):
                msg = f"no such segment or ring: {trend}"
                raise ValueError(msg)


def draw_radar(
    chart: RadarChart, language: Language, page: Page = LANDSCAPE
) -> tuple[Drawing, ...]:
    """Draw a radar with its key.

    A trend's place within its cell has no meaning. One that has no room there lies outside the
    circle, with a line to its cell.
    """
    if not chart.trends:
        return (nothing(page, chart.title, language.gettext(EMPTY)),)
    radar = _Radar(chart, page)
    radar.draw()
    if radar.outside:
        # Segments and rings as wide as what lies in them needs, if that helps.
        fitted = _Radar(chart, page, fitted=True)
        fitted.draw()
        radar = min(radar, fitted, key=lambda r: r.outside)
    return radar.done(language)


class _Radar:
    def __init__(self, chart: RadarChart, page: Page, *, fitted: bool = False) -> None:
        self.chart, self.page = chart, page
        self.sheet = Sheet(page.width, chart.title, chart.description)
        wide = page.width > page.height
        room = page.width * 0.6 if wide else page.width
        self.side = 82.0
        self.radius = min((room - 2 * self.side) / 2, (page.height - 24 - 70) / 2)
        self.x = room / 2
        self.y = self.radius + 36
        self.room = room
        count = len(chart.rings)
        # Inner rings are wider than outer ones: the same angle is shorter there.
        self.edges = [self.radius * ((n / count) ** 0.72) for n in range(count + 1)]
        self.turns = [n / len(chart.segments) for n in range(len(chart.segments) + 1)]
        if fitted:
            areas = shares([t.ring for t in chart.trends], count)
            used = {t.ring for t in chart.trends}
            needed = [_SIGNED if n in used else _NARROWEST for n in range(count)]
            self.edges = widened([self.radius * sqrt(share) for share in areas], needed)
            self.turns = shares([t.segment for t in chart.trends], len(chart.segments))
        self.taken: list[Spot] = []
        self.boxes: list[Rect] = []
        # Rings and where their names are.
        self.names: list[tuple[int, Rect]] = []
        self.outside = 0
        self.signs: list[tuple[int, Spot]] = []
        self.entries: list[Entry] = []

    def draw(self) -> None:
        """Draw all but the legend; count the signs that have no room in their cell."""
        self._field()
        tags = [
            cut(t.spoken or str(n + 1), _TAG, SMALL, bold=True)
            for n, t in enumerate(self.chart.trends)
        ]
        cells: dict[tuple[int, int], list[int]] = {}
        for n, trend in enumerate(self.chart.trends):
            cells.setdefault((trend.segment, trend.ring), []).append(n)
        for cell, members in sorted(cells.items()):
            self._cell(cell, members, tags)
        # Over the lines that lead to some of them.
        for n, spot in self.signs:
            self._sign(n, spot, tags[n])
        self.entries += in_order(Entry(tags[n], t.label) for n, t in enumerate(self.chart.trends))

    def _angle(self, segment: int, share: float = 0) -> float:
        """Give the direction of a place between a segment's two edges, clockwise from the top."""
        first = self.turns[segment]
        turn = first + (self.turns[segment + 1] - first) * share if share else first
        return 2 * pi * turn - pi / 2

    def _at(self, angle: float, distance: float) -> tuple[float, float]:
        return self.x + cos(angle) * distance, self.y + sin(angle) * distance

    def _field(self) -> None:
        sheet, chart = self.sheet, self.chart
        for n in range(len(chart.rings), 0, -1):
            fill = MIST if (len(chart.rings) - n) % 2 == 0 else PAPER
            sheet.circle(self.x, self.y, self.edges[n], fill=fill, stroke=EDGE, line=0.9)
        if len(chart.segments) > 1:
            for n in range(len(chart.segments)):
                sheet.line(self.x, self.y, *self._at(self._angle(n), self.radius), stroke=EDGE)
        for n, name in enumerate(chart.rings):
            # On the line that goes up, where two segments meet.
            y = self.y - self.edges[n + 1]
            if self.edges[n + 1] - self.edges[n] < _NARROWEST - 2:
                self.entries.append(Entry(f"{n + 1}.", name))
                continue
            # As long as the ring is wide there.
            outer = self.edges[n + 1]
            chord = 2 * sqrt(outer**2 - max(outer - 7, 0) ** 2)
            shown = cut(name, chord, SMALL, bold=True)
            half = width(shown, SMALL, bold=True) / 2 + 2
            sheet.rect(self.x - half, y + 1, 2 * half, 11, fill=PAPER, radius=2)
            sheet.text(self.x, y + 9.2, shown, size=SMALL, bold=True, fill=NEUTRAL, anchor="middle")
            self.names.append((n, (self.x - half, y + 1, 2 * half, 11)))
        for n, name in enumerate(chart.segments):
            few = len(chart.segments) <= _NAMED
            self._segment(n, wrap(name, self.side - 8, BODY, bold=True, lines=3) if few else ())

    def _segment(self, n: int, lines: Sequence[str]) -> None:
        """Write a segment's name outside the circle, in the middle of its arc.

        Where there is no room for it, its number stands there, and the key has the name.
        """
        name = self.chart.segments[n]
        if lines and self._name(n, lines, 6):
            return
        self.entries.append(Entry(f"({n + 1})", name))
        for away in range(6, 46, 8):
            if self._name(n, (f"({n + 1})",), away):
                return

    def _name(self, n: int, lines: Sequence[str], away: float) -> bool:
        """Write lines beside a segment if they lie over nothing."""
        angle = self._angle(n, 0.5)
        x, y = self._at(angle, self.radius + away)
        across = max(width(line, BODY, bold=True) for line in lines)
        down = len(lines) * BODY * LEADING
        if abs(cos(angle)) < 0.2:  # noqa: PLR2004 - above or below
            left, anchor = x - across / 2, "middle"
            top = y - down if sin(angle) < 0 else y
        elif cos(angle) > 0:
            left, anchor, top = x, "start", y - down / 2 + sin(angle) * down / 2
        else:
            left, anchor, top = x - across, "end", y - down / 2 + sin(angle) * down / 2
        left = min(max(left, 0), self.room - across)
        top = max(top, 0)
        box = (left, top, across, down)
        if top + down > 2 * self.y or any(
            over(box, other) for other in (*self.boxes, *(b for _, b in self.names))
        ):
            return False
        place = left + {"start": 0.0, "middle": across / 2, "end": across}[anchor]
        self.sheet.block(place, top, lines, bold=True, fill=TEAL, anchor=anchor)
        self.boxes.append(box)
        return True

    def _cell(self, cell: tuple[int, int], members: Sequence[int], tags: Sequence[str]) -> None:
        """Place the signs of a cell: as large as they should be, else smaller, else outside."""
        influence = Scale(*self.chart.influence, _SMALLEST**2, _LARGEST**2)
        least, whole = [], []
        for n in members:
            trend = self.chart.trends[n]
            around = DOTS + WIDER if trend.benchmark is not None else 0.0
            least.append(width(tags[n], SMALL, bold=True) / 2 + 1.8 + around)
            rated = trend.influence
            size = sqrt(influence(rated)) if rated is not None else _SMALLEST
            whole.append(max(least[-1], size + around))
        places = self._inside(cell)
        found = packed(places, least, whole)
        self.taken += [spot for spot in found if spot]
        angle = self._angle(cell[0], 0.5)
        middle = self._at(angle, (self.edges[cell[1]] + self.edges[cell[1] + 1]) / 2)
        for n, inside, radius in zip(members, found, least, strict=True):
            spot = inside or self._outside(angle, radius)
            self.outside += inside is None
            if spot is None:
                continue
            if inside is None:
                self.sheet.line(spot.x, spot.y, *middle, stroke=GREY, line=0.7)
                self.sheet.circle(*middle, 1.6, fill=NEUTRAL)
            self.signs.append((n, spot))

    def _inside(self, cell: tuple[int, int]) -> list[Spot]:
        """Give places in a cell and how large a sign may be there, those near its middle first."""
        segment, ring = cell
        inner, outer = self.edges[ring], self.edges[ring + 1]
        mean = (inner + outer) / 2
        turn = 2 * pi * (self.turns[segment + 1] - self.turns[segment])
        # A ring's name stands at its outer edge, and its corners in the next one.
        names = [box for n, box in self.names if n in {ring, ring - 1}]
        places = []
        for i in range(1, int((outer - inner) / _STEP) + 1):
            distance = inner + i * _STEP
            count = max(2, ceil(turn * distance / _STEP))
            across = min(distance - inner if ring else outer, outer - distance)
            for j in range(count):
                share = (j + 0.5) / count
                room = across
                if len(self.chart.segments) > 1:
                    # How far the nearer one of the segment's two edges is.
                    room = min(room, distance * sin(min(turn * min(share, 1 - share), pi / 2)))
                if room <= _SMALLEST / 2:
                    continue
                x, y = self._at(self._angle(segment, share), distance)
                if y < self.y:
                    room = min(room, *(_apart(box, x, y) for box in names), room)
                away = hypot(distance - mean, (share - 0.5) * turn * distance)
                places.append((round(away, 3), i, j, Spot(x, y, room - 1)))
        return [spot for *_, spot in sorted(places, key=lambda p: p[:3])]

    def _free(self, x: float, y: float, radius: float) -> bool:
        if any(_apart(box, x, y) < radius + 1 for box in self.boxes):
            return False
        return not any(s.near(x, y, radius) for s in self.taken)

    def _outside(self, angle: float, radius: float) -> Spot | None:
        """Find a place outside the circle, the nearest to a direction first."""
        bottom = 2 * self.y
        for row in range(3):
            distance = self.radius + radius + 6 + row * 2 * (radius + APART)
            turns = int(2 * pi * distance / _STEP)
            for n in range(turns):
                turn = angle + (-1) ** n * ((n + 1) // 2) * 2 * pi / turns
                x, y = self._at(turn, distance)
                inside = radius + 2 < x < self.room - radius and radius + 2 < y < bottom - radius
                if inside and self._free(x, y, radius):
                    self.taken.append(Spot(x, y, radius))
                    return self.taken[-1]
        return None

    def _sign(self, n: int, spot: Spot, tag: str) -> None:
        trend = self.chart.trends[n]
        scale = Scale(*self.chart.competence, 0, 1)
        own, other = (None if v is None else scale(v) for v in (trend.competence, trend.benchmark))
        radius = spot.radius - (DOTS if other is not None else 0)
        dial(self.sheet, (spot.x, spot.y), radius, own, other)
        self.sheet.text(spot.x, spot.y + 2.7, tag, size=SMALL, bold=True, anchor="middle")

    def done(self, language: Language) -> tuple[Drawing, ...]:
        """Give the radar with its key, and pages with what of the key has no room beside it."""
        wide = self.page.width > self.page.height
        bottom, columns = 2 * self.y, (1 if wide else 2) + (len(self.entries) > _NAMED)
        if wide:
            box = (self.room + 12, 4.0, self.page.width - self.room - 12, bottom - 8)
        else:
            box = (0.0, bottom + 4, self.page.width, self.page.height - bottom - 30)
        end, left = key(self.sheet, box, self.entries, columns=columns)
        bottom = max(bottom, end + 4)
        say = language.gettext
        trends = self.chart.trends
        signs = [Meaning(sizes_sign, "", say(INFLUENCE)), Meaning(arcs_sign, "", say(COMPETENCE))]
        if any(t.benchmark is not None for t in trends):
            signs.append(Meaning(pair_sign, say(PAIR), say(BENCHMARK)))
        if any(t.competence is None for t in trends):
            signs.append(Meaning(unrated_sign, say(N_("dashed circle")), say(UNRATED)))
        drawn = self.sheet.done(legend(self.sheet, bottom, signs))
        chart = self.chart
        return drawn, *key_pages(self.page, chart.title, chart.description, left)


def _apart(box: Rect, x: float, y: float) -> float:
    """Say how far a point is from a rectangle."""
    left, top, across, down = box
    return hypot(min(max(x, left), left + across) - x, min(max(y, top), top + down) - y)
