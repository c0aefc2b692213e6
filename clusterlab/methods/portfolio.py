"""Service portfolio: what services cost and bring in, and what they do for the mission."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from clusterlab.methods.fields import bounded, choice_of, field_of, mean
from clusterlab.methods.priorities import middle, quadrant_of
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.values import text_of
from clusterlab.model import Named, Note, Quadrant

COSTS = ("staff-cost", "other-cost")
REVENUES = ("public-revenue", "membership-revenue", "fee-revenue")
MISSION, PROFITABILITY = "mission", "profitability"

Basis = Literal["rated", "computed", ""]


@dataclass(frozen=True, slots=True)
class Service:
    """A service.

    Parameters
    ----------
    field
        The field of needs that it serves, in the words of the first service that names it.
    cost, revenue
        Sums of their parts in a year; nothing while a part is missing, as that is no zero.
    mission, profitability
        Ratings from 1 to 5; the second one computed where nobody gave it.
    basis
        Whether profitability is rated or computed; "" where there is none.
    quadrant
        Its quarter of the Matrix Map.
    area
        Its cost as a share of the highest, from 0 to 1: the *area* of its bubble, so the radius
        goes with the root.
    costly
        Whether it costs more than services do on average.
    in_fee
        Whether it is included in the membership fee; nothing where that is not said.
    own, members, priority
        The cluster's own assessment, members' assessment and members' priority, from 1 to 5.
    decision
        What becomes of it.
    """

    note: Note
    field: str
    cost: float | None
    revenue: float | None
    mission: float | None
    profitability: float | None
    basis: Basis
    quadrant: Quadrant | None
    area: float | None
    costly: bool
    in_fee: bool | None
    own: float | None
    members: float | None
    priority: float | None
    decision: Named | None

    @property
    def surplus(self) -> float | None:
        """Revenue less cost; below zero the service is paid for by something else."""
        return None if self.cost is None or self.revenue is None else self.revenue - self.cost


@dataclass(frozen=True, slots=True)
class NeedField:
    """A field of needs with its services; sums over those whose parts are known."""

    name: str
    services: tuple[Service, ...]
    cost: float | None
    revenue: float | None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A service portfolio.

    Parameters
    ----------
    services
        By quarter in the kind's order, then the dearest first; those without come last.
    fields
        Fields of needs as they first come; services without one stand under "", last.
    mean_cost
        Over the services whose cost is known.
    """

    services: tuple[Service, ...]
    fields: tuple[NeedField, ...]
    mean_cost: float | None


def portfolio(sheet: Sheet) -> Portfolio:
    """Read a service portfolio.

    cost = staff time + other cost, revenue = public + membership fees + own fees, surplus =
    revenue − cost, all in a year and in one money. Where a part is missing there is no sum.

    The quarters are those of the Matrix Map (impact on the mission × profitability). Growth and
    share of the market, as other portfolios have them, say little of an organisation of members:
    a service that loses money may be its mission. Profitability is the rating; where nobody
    rated, it is computed from the surplus: a loss lies below the line, a gain above it, neither
    on it. What lies on a line counts to the halves of the kind's ``midpoint``.
    """
    named: dict[str, str] = {}
    services = [_service(sheet, note, named) for note in sheet.board]
    costs = [s.cost for s in services if s.cost is not None]
    average, highest = mean(costs), max(costs, default=0)
    services = [
        replace(
            s,
            area=s.cost / highest if s.cost is not None and highest > 0 else None,
            costly=s.cost is not None and average is not None and s.cost > average,
        )
        for s in services
    ]
    places = {q: i for i, q in enumerate(sheet.kind.quadrants)}
    ordered = sorted(
        services,
        key=lambda s: (places[s.quadrant] if s.quadrant else len(places), -(s.cost or 0)),
    )
    unnamed = [""] if any(not s.field for s in services) else []
    fields = (
        _need_field(n, [s for s in ordered if s.field == n]) for n in [*named.values(), *unnamed]
    )
    return Portfolio(tuple(ordered), tuple(fields), average)


def _service(sheet: Sheet, note: Note, named: dict[str, str]) -> Service:
    kind = sheet.kind
    field = text_of(note.get("field"))
    if field:
        field = named.setdefault(field.casefold(), field)
    cost, revenue = _sum(sheet, note, COSTS), _sum(sheet, note, REVENUES)
    rated = bounded(kind, note, PROFITABILITY)
    computed = None if cost is None or revenue is None else _computed(sheet, revenue - cost)
    profitability = computed if rated is None else rated
    chosen, in_fee = choice_of(kind, note, "decision"), choice_of(kind, note, "in-fee")
    decisions = field_of(kind, "decision")
    mission = bounded(kind, note, MISSION)
    return Service(
        note,
        field,
        cost,
        revenue,
        mission,
        profitability,
        "rated" if rated is not None else "computed" if computed is not None else "",
        _quadrant(sheet, note, mission, profitability),
        None,
        False,
        in_fee == "yes" if in_fee else None,
        bounded(kind, note, "self-assessment"),
        bounded(kind, note, "members-assessment"),
        bounded(kind, note, "priority"),
        next((c for c in decisions.choices if c.id == chosen), None) if decisions else None,
    )


def _sum(sheet: Sheet, note: Note, names: Iterable[str]) -> float | None:
    """Add up the parts that the kind has; a missing one leaves no sum."""
    parts = [bounded(sheet.kind, note, n) for n in names if field_of(sheet.kind, n)]
    known = [p for p in parts if p is not None]
    return math.fsum(known) if parts and len(known) == len(parts) else None


def _computed(sheet: Sheet, surplus: float) -> float | None:
    """Give a rating for a surplus: halfway below the line for a loss, above it for a gain.

    How large it is does not count: that would take a yardstick that no source gives.
    """
    field = field_of(sheet.kind, PROFITABILITY)
    if field is None or field.minimum is None or field.maximum is None:
        return None
    side = (surplus > 0) - (surplus < 0)
    return middle(field) + side * (field.maximum - field.minimum) / 4


def _quadrant(
    sheet: Sheet, note: Note, mission: float | None, profitability: float | None
) -> Quadrant | None:
    if not sheet.kind.axes:
        return None
    values = {**note.values, MISSION: mission, PROFITABILITY: profitability}
    return quadrant_of(sheet.kind, replace(note, values=values))


def _need_field(name: str, services: list[Service]) -> NeedField:
    costs = [s.cost for s in services if s.cost is not None]
    revenues = [s.revenue for s in services if s.revenue is not None]
    return NeedField(
        name,
        tuple(services),
        math.fsum(costs) if costs else None,
        math.fsum(revenues) if revenues else None,
    )
