"""Stakeholders: who has power over the cluster and interest in it, and how each is dealt with."""

from __future__ import annotations

from functools import partial

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import missing, unusable
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet

SOURCE = N_("Grid of power and interest after Mendelow 1981: each is dealt with in some way")


def check_stakeholders(sheet: Sheet) -> list[Finding]:
    """Check stakeholders.

    Rules: ``stakeholder-strategy`` (nobody has said how to deal with one), ``stakeholder-rating``
    (power or interest is missing, so that it has no place in the grid), ``stakeholder-odd`` (a
    value is none of its field).

    The grid is that of power and interest as practised; Mendelow 1981 had power and dynamism. Its
    four quarters have the names that practice gives them: manage closely, keep satisfied, keep
    informed, monitor. What lies on a line counts as high: to look after somebody too well costs
    less than to overlook them.
    """
    deal = Message(N_("Say in a sentence what the cluster does with them, and who does it."))
    rate = Message(N_("Rate it from 1 to 5, so that the grid can show where they stand."))
    strategy = partial(missing, rule="stakeholder-strategy", severity="warning", advice=deal)
    rating = partial(missing, rule="stakeholder-rating", severity="info", advice=rate)
    found: list[Finding] = list(unusable(sheet, "stakeholder-odd", SOURCE))
    for note in sheet.board:
        found += strategy(sheet, note, "strategy", source=SOURCE)
        found += rating(sheet, note, "power", "interest", source=SOURCE)
    return found
