"""Trend radar: how strongly trends reach the cluster, and how well it is prepared for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import (
    bounded,
    choice_of,
    field_of,
    mean,
    missing,
    unusable,
)
from clusterlab.methods.finding import Finding
from clusterlab.methods.priorities import middle
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import text_of
from clusterlab.model import Field, Named, Note

SOURCE = N_("ECCP Trend Universe: influence and competence of each trend")


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend with its ratings; what is missing or no rating is nothing, never zero.

    Parameters
    ----------
    segment
        Megatrend or field of PESTEL, in the words of the first trend that names it.
    ring
        Its ring.
    influence, competence
        The cluster's own ratings.
    benchmark_influence, benchmark_competence
        Those of others.
    urgent
        Whether influence lies above the middle of its scale and competence below.
    """

    note: Note
    segment: str
    ring: Named | None
    influence: float | None
    competence: float | None
    benchmark_influence: float | None
    benchmark_competence: float | None
    urgent: bool

    @property
    def influence_ahead(self) -> float | None:
        """Own influence less the benchmark's."""
        return _difference(self.influence, self.benchmark_influence)

    @property
    def competence_ahead(self) -> float | None:
        """Own competence less the benchmark's: below zero the cluster is behind."""
        return _difference(self.competence, self.benchmark_competence)

    @property
    def distance(self) -> float | None:
        """How far own and benchmark rating are apart: √(Δinfluence² + Δcompetence²)."""
        across, up = self.influence_ahead, self.competence_ahead
        return None if across is None or up is None else math.hypot(across, up)


@dataclass(frozen=True, slots=True)
class Means:
    """Mean of own ratings and of the benchmark, over the ``count`` trends that have both."""

    own: float
    benchmark: float
    count: int


@dataclass(frozen=True, slots=True)
class Radar:
    """A trend radar.

    Parameters
    ----------
    rings
        All rings, innermost first.
    segments
        All segments, as they first come.
    trends
        Inner rings first, then by influence, the strongest first, then by competence, the
        weakest first; trends without a ring come last.
    influence, competence
        Means beside the benchmark's; nothing where no trend has both.
    """

    rings: tuple[Named, ...]
    segments: tuple[str, ...]
    trends: tuple[Trend, ...]
    influence: Means | None
    competence: Means | None


def radar(sheet: Sheet) -> Radar:
    """Read a trend radar.

    Influence and competence are ratings from 1 to 5, as the kind bounds them. Means are compared
    only over trends that have both ratings, else they would be of different trends.
    """
    field = field_of(sheet.kind, "ring")
    rings = field.choices if field else ()
    named: dict[str, str] = {}
    trends = [_trend(sheet, note, rings, named) for note in sheet.board]
    places = {ring: i for i, ring in enumerate(rings)}
    low = math.inf
    trends.sort(
        key=lambda t: (
            places[t.ring] if t.ring else len(places),
            low if t.influence is None else -t.influence,
            low if t.competence is None else t.competence,
        )
    )
    return Radar(
        rings,
        tuple(named.values()),
        tuple(trends),
        _means(trends, lambda t: (t.influence, t.benchmark_influence)),
        _means(trends, lambda t: (t.competence, t.benchmark_competence)),
    )


def _trend(sheet: Sheet, note: Note, rings: tuple[Named, ...], named: dict[str, str]) -> Trend:
    kind = sheet.kind
    segment = text_of(note.get("segment"))
    if segment:
        segment = named.setdefault(segment.casefold(), segment)
    chosen = choice_of(kind, note, "ring")
    influence, competence = (bounded(kind, note, n) for n in ("influence", "competence"))
    fields = (field_of(kind, "influence"), field_of(kind, "competence"))
    return Trend(
        note,
        segment,
        next((r for r in rings if r.id == chosen), None),
        influence,
        competence,
        bounded(kind, note, "benchmark-influence"),
        bounded(kind, note, "benchmark-competence"),
        _is(influence, fields[0], 1) and _is(competence, fields[1], -1),
    )


def _is(value: float | None, field: Field | None, side: int) -> bool:
    """Tell whether a rating lies above (1) or below (-1) the middle of its scale."""
    return value is not None and field is not None and (value - middle(field)) * side > 0


def _difference(own: float | None, other: float | None) -> float | None:
    return None if own is None or other is None else own - other


def _means(
    trends: Iterable[Trend], pair: Callable[[Trend], tuple[float | None, float | None]]
) -> Means | None:
    pairs = [(o, b) for o, b in map(pair, trends) if o is not None and b is not None]
    own, other = mean(o for o, _ in pairs), mean(b for _, b in pairs)
    return None if own is None or other is None else Means(own, other, len(pairs))


def check_radar(sheet: Sheet) -> list[Finding]:
    """Check a trend radar.

    Rules: ``radar-missing`` (segment, ring or influence is missing), ``radar-odd`` (a value is
    none of its field), ``radar-act`` (influence above the middle of the scale, competence below
    it: here the cluster has to act). That the rings follow no standard is said under the table.
    """
    place = Message(N_("A trend is placed by its segment, its ring and its influence."))
    lacking = partial(missing, rule="radar-missing", severity="error", advice=place, source=SOURCE)
    found: list[Finding] = list(unusable(sheet, "radar-odd", SOURCE))
    for note in sheet.board:
        found += lacking(sheet, note, "segment", "ring", "influence")
    found += _urgent(sheet)
    return found


def _urgent(sheet: Sheet) -> Iterator[Finding]:
    for trend in radar(sheet).trends:
        if trend.urgent:
            yield Finding(
                "radar-act",
                "warning",
                sheet.board.id,
                Message(
                    N_("{spoken}: influence is high ({influence}), competence low ({competence})."),
                    {
                        "spoken": trend.note.spoken,
                        "influence": trend.influence,
                        "competence": trend.competence,
                    },
                ),
                Message(N_("Act here: build up the competence, or find a partner who has it.")),
                note=trend.note.spoken,
                source=SOURCE,
            )
