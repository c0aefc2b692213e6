"""The service portfolio: services by quarter, as table and matrix, and fields of needs."""

from __future__ import annotations

import math
from dataclasses import replace

from clusterlab.errors import N_
from clusterlab.methods import Service, Sheet, portfolio
from clusterlab.methods.portfolio import PROFITABILITY
from clusterlab.methods.portfolio_check import APART
from clusterlab.model import Board
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.matrix import IN_MIDDLE, matrix, on_line
from clusterlab.outputs.review import note_row, number, plain_row, review_table, signed
from clusterlab.outputs.types import Canvas, Column, Fact, Table

COMPUTED = N_(
    "Where nobody rated the profitability, it is computed: a loss counts as low, a gain as high, "
    "neither as on the line."
)
MONEY = N_(
    "Cost is staff time and other cost, revenue is public money, membership fees and own fees, all "
    "in a year. Where a part is missing there is no sum: a missing figure is no zero."
)
FEEDBACK = N_(
    "What members need most stands on top. Difference is members’ assessment less our own; from "
    "two points on it is worth a talk before deciding."
)
_NO, _COST, _REVENUE = N_("No."), N_("Cost"), N_("Revenue")


def services(draws: Draws, sheet: Sheet) -> Table:
    """List services by quarter of the Matrix Map, the dearest first."""
    language, kind = draws.language, sheet.kind
    say, found = language.gettext, portfolio(sheet)

    def remark(service: Service) -> str:
        texts = []
        if service.in_fee and service.costly:
            texts.append(say(N_("costly and included in the fee")))
        if service.basis == "computed":
            texts.append(say(N_("profitability computed")))
        return ", ".join(texts)

    rows = [
        note_row(
            draws,
            kind,
            s.note,
            say(s.quadrant.label) if s.quadrant else "",
            number(language, s.mission),
            number(language, s.profitability),
            number(language, s.cost),
            number(language, s.revenue),
            signed(language, s.surplus),
            say(s.decision.label) if s.decision else "",
            remark(s),
        )
        for s in found.services
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(kind.text_label), wide=True),
        Column("quadrant", say(N_("Quarter"))),
        Column("mission", say(N_("Mission"))),
        Column("profitability", say(N_("Profitability"))),
        Column("cost", say(_COST)),
        Column("revenue", say(_REVENUE)),
        Column("surplus", say(N_("Surplus"))),
        Column("decision", say(N_("Decision"))),
        Column("remark", say(N_("Remark")), wide=True),
    )
    notes = [Fact(say(N_("Profitability:")), say(COMPUTED))]
    if kind.axes:
        notes.append(Fact(say(IN_MIDDLE), on_line(language, kind)))
    return review_table(
        draws, sheet, N_("Services by quarter"), columns, rows, *notes, summary=MONEY
    )


def quarters(draws: Draws, sheet: Sheet) -> Canvas:
    """Draw the matrix with the profitability that is computed where nobody rated it.

    Raises
    ------
    UsageError
        Where the workshop's own kind has no matrix.
    """
    computed = [
        replace(s.note, values={**s.note.values, PROFITABILITY: s.profitability})
        if s.basis == "computed"
        else s.note
        for s in portfolio(sheet).services
    ]
    board = Board.of(sheet.board.id, computed, sheet.board.sequence)
    drawn = matrix(draws, sheet.kind, board)
    say = draws.language.gettext
    note = Fact(say(N_("Profitability:")), say(COMPUTED))
    return replace(drawn, footnotes=(note, *drawn.footnotes))


def need_fields(draws: Draws, sheet: Sheet) -> Table:
    """List fields of needs with the services that there are for each."""
    language = draws.language
    say = language.gettext
    rows = [
        plain_row(
            language.number(index),
            field.name or say(N_("No field named")),
            ", ".join(s.note.spoken for s in field.services),
            number(language, field.cost),
            number(language, field.revenue),
        )
        for index, field in enumerate(portfolio(sheet).fields, 1)
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(N_("Need field")), wide=True),
        Column("services", say(N_("Services"))),
        Column("cost", say(_COST)),
        Column("revenue", say(_REVENUE)),
    )
    return review_table(
        draws, sheet, N_("Services by field of needs"), columns, rows, summary=MONEY
    )


def feedback(draws: Draws, sheet: Sheet) -> Table:
    """List the cluster's own assessment beside members', what members need most on top."""
    language = draws.language
    say = language.gettext
    asked = [s for s in portfolio(sheet).services if {s.own, s.members, s.priority} != {None}]
    asked.sort(key=lambda s: (-(s.priority or 0), s.members or math.inf))

    def difference(service: Service) -> float | None:
        own, members = service.own, service.members
        return None if own is None or members is None else members - own

    def apart(found: float | None) -> str:
        if found is None or abs(found) < APART:
            return ""
        return say(N_("Members rate it lower")) if found < 0 else say(N_("Members rate it higher"))

    rows = [
        note_row(
            draws,
            sheet.kind,
            s.note,
            number(language, s.priority),
            number(language, s.own),
            number(language, s.members),
            signed(language, difference(s)),
            apart(difference(s)),
            say(s.decision.label) if s.decision else "",
        )
        for s in asked
    ]
    columns = (
        Column("spoken", say(_NO)),
        Column("text", say(sheet.kind.text_label), wide=True),
        Column("priority", say(N_("Members’ priority"))),
        Column("own", say(N_("Our own assessment"))),
        Column("members", say(N_("Members’ assessment"))),
        Column("difference", say(N_("Difference"))),
        Column("remark", say(N_("Remark"))),
        Column("decision", say(N_("Decision"))),
    )
    return review_table(
        draws, sheet, N_("Services as members see them"), columns, rows, summary=FEEDBACK
    )
