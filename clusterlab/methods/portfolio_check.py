"""Service portfolio: the rules for costs, revenue, feedback and decisions."""

from __future__ import annotations

from collections.abc import Iterator

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import bounded, missing, unusable
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.portfolio import (
    COSTS,
    MISSION,
    PROFITABILITY,
    REVENUES,
    Service,
    portfolio,
)
from clusterlab.methods.priorities import middle
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Note

SOURCE = N_("Cluster Booster Academy 2024: update of the service portfolio in five steps")
MATRIX_MAP = N_("Bell, Masaoka & Zimmerman 2010: Matrix Map of mission impact and profitability")
#: From how many points of difference the two assessments are to be talked about.
APART = 2
#: Decisions that go against what the Matrix Map advises for a quarter.
AGAINST = {
    "star": {"stop"},
    "heart": {"stop"},
    "money-tree": {"stop"},
    "stop-sign": {"keep", "start"},
}
_ADVICE = {
    "star": N_("The Matrix Map advises to invest in stars. Say why this one is different."),
    "heart": N_("The Matrix Map advises to keep hearts and to hold their cost. Say why not here."),
    "money-tree": N_("The Matrix Map advises to keep money trees bearing. Say why not here."),
    "stop-sign": N_("The Matrix Map advises to stop, hand over or change it. Say why not here."),
}


def check_portfolio(sheet: Sheet) -> list[Finding]:
    """Check a service portfolio.

    Rules: ``portfolio-staff`` (the cost of staff time is missing), ``portfolio-cost`` (other
    cost), ``portfolio-revenue`` (a part of the revenue), ``portfolio-odd`` (a value is none of
    its field), ``portfolio-unplaced`` (no impact on the mission, or neither a rating of
    profitability nor the figures for it), ``portfolio-fee`` (a service that costs more than
    the average is included in the fee), ``portfolio-apart`` (own and members' assessment differ
    by two points or more), ``portfolio-money`` (profitability is rated against what the figures
    say), ``portfolio-decision`` (no decision), ``portfolio-against`` (a decision against what its
    quarter suggests), ``portfolio-need`` (a need that no service takes up, once one does so).
    """
    found: list[Finding] = list(unusable(sheet, "portfolio-odd", SOURCE))
    for note in sheet.board:
        found += _inventory(sheet, note)
    for service in portfolio(sheet).services:
        found += _unplaced(sheet, service)
        found += _money(sheet, service)
        found += _feedback(sheet, service)
        found += _against(sheet, service)
    found += _needs(sheet)
    return found


def _inventory(sheet: Sheet, note: Note) -> Iterator[Finding]:
    staff = Message(N_("A cost without staff time is too low. Estimate days × cost of a day."))
    money = Message(N_("Estimate it; write 0 where there is none: a missing figure is no zero."))
    decide = Message(N_("Decide: keep, change, charge a fee, stop or start it."))
    asked: tuple[tuple[str, Severity, Message, tuple[str, ...]], ...] = (
        ("portfolio-staff", "error", staff, COSTS[:1]),
        ("portfolio-cost", "warning", money, COSTS[1:]),
        ("portfolio-revenue", "error", money, REVENUES),
        ("portfolio-decision", "warning", decide, ("decision",)),
    )
    for rule, severity, advice, names in asked:
        yield from missing(
            sheet, note, *names, rule=rule, severity=severity, advice=advice, source=SOURCE
        )


def _unplaced(sheet: Sheet, service: Service) -> Iterator[Finding]:
    if service.quadrant or not sheet.kind.axes:
        return
    known = {MISSION: service.mission, PROFITABILITY: service.profitability}
    held = (known.get(a, bounded(sheet.kind, service.note, a)) for a in sheet.kind.axes)
    lacking = [a for a, value in zip(sheet.kind.axes, held, strict=True) if value is None]
    spoken = service.note.spoken
    yield _finding(
        sheet,
        "portfolio-unplaced",
        "warning",
        spoken,
        Message(
            N_("{spoken} has no place in the matrix; it lacks: {missing}."),
            {
                "spoken": spoken,
                "missing": [Message(sheet.kind.field(name).label) for name in lacking],
            },
        ),
        Message(N_("Rate it. Profitability also follows from cost and revenue, if all are given.")),
        source=MATRIX_MAP,
    )


def _money(sheet: Sheet, service: Service) -> Iterator[Finding]:
    spoken, surplus = service.note.spoken, service.surplus
    if service.in_fee and service.costly:
        yield _finding(
            sheet,
            "portfolio-fee",
            "warning",
            spoken,
            Message(
                N_("{spoken} costs {cost}, more than the average, and is included in the fee."),
                {"spoken": spoken, "cost": service.cost},
            ),
            Message(N_("Should those who use it pay for it? Else say why all members carry it.")),
        )
    if service.basis == "rated" and surplus is not None and service.profitability is not None:
        line = middle(sheet.kind.field(PROFITABILITY))
        if (service.profitability - line) * surplus < 0:
            yield _finding(
                sheet,
                "portfolio-money",
                "info",
                spoken,
                Message(
                    N_("{spoken}: profitability is rated {rating}, but the surplus is {surplus}."),
                    {"spoken": spoken, "rating": service.profitability, "surplus": surplus},
                ),
                Message(N_("Look at both again: the rating is what the matrix shows.")),
            )


def _feedback(sheet: Sheet, service: Service) -> Iterator[Finding]:
    own, members, spoken = service.own, service.members, service.note.spoken
    if own is not None and members is not None and abs(own - members) >= APART:
        yield _finding(
            sheet,
            "portfolio-apart",
            "warning",
            spoken,
            Message(
                N_("{spoken}: the cluster rates it {own}, members rate it {members}."),
                {"spoken": spoken, "own": own, "members": members},
            ),
            Message(N_("Ask members what they see differently, before deciding.")),
        )


def _against(sheet: Sheet, service: Service) -> Iterator[Finding]:
    quadrant, decision = service.quadrant, service.decision
    if quadrant and decision and decision.id in AGAINST.get(quadrant.id, ()):
        spoken = service.note.spoken
        yield _finding(
            sheet,
            "portfolio-against",
            "info",
            spoken,
            Message(
                N_("{spoken} stands under “{quadrant}”; the decision is “{decision}”."),
                {
                    "spoken": spoken,
                    "quadrant": Message(quadrant.label),
                    "decision": Message(decision.label),
                },
            ),
            Message(_ADVICE[quadrant.id]),
            source=MATRIX_MAP,
        )


def _needs(sheet: Sheet) -> Iterator[Finding]:
    """Find needs without a service: only once somebody links services to needs."""
    needs = sheet.cited("needs")
    if needs is None:
        return
    wanted = {name for block in sheet.kind.blocks for name in block.cites}
    linked = {link for note in sheet.board for link in note.links}
    held = [note for note in needs.board if note.block in wanted]
    if linked.isdisjoint(note.id for note in held):
        return
    for note in held:
        if note.id not in linked:
            yield _finding(
                needs,
                "portfolio-need",
                "warning",
                note.spoken,
                Message(
                    N_("No service takes up the need {spoken}: {text}"),
                    {"spoken": note.spoken, "text": note.text},
                ),
                Message(
                    N_("Link the service that does, start one, or decide to leave it to others.")
                ),
            )


def _finding(
    sheet: Sheet, rule: str, severity: Severity, note: str, *said: Message, source: str = SOURCE
) -> Finding:
    """Make a finding; ``said`` is what does not hold, and what to do."""
    message, advice = said
    return Finding(rule, severity, sheet.board.id, message, advice, note=note, source=source)
