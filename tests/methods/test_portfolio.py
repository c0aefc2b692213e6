"""Service portfolio: money in full, quarters, and decisions that fit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import KINDS, board, note, rules, sheet

from clusterlab.methods import check, check_portfolio, portfolio

MONEY = {
    "staff-cost": 100, "other-cost": 20, "public-revenue": 50, "membership-revenue": 40,
    "fee-revenue": 30,
}  # fmt: skip
FULL = {
    **MONEY, "field": "Skills", "in-fee": "no", "mission": 4, "profitability": 4,
    "self-assessment": 4, "members-assessment": 4, "priority": 4, "decision": "keep",
}  # fmt: skip


def service(spoken="SV1", **more):
    values = {name.replace("_", "-"): value for name, value in more.items() if name != "links"}
    links = more.get("links", ())
    return note(spoken, "services", f"Service {spoken}", links=links, **{**FULL, **values})


def one(**more):
    return portfolio(sheet("services", service(**more))).services[0]


def found(*notes, others=()):
    return rules(check_portfolio(sheet("services", *notes, others=others)))


def test_a_full_service_is_fine():
    assert check_portfolio(sheet("services", service())) == []
    assert check_portfolio(sheet("services")) == []


# -- money ---------------------------------------------------------------------------------------


def test_cost_revenue_and_surplus_are_sums_of_their_parts():
    made = one(fee_revenue=20.5)
    assert (made.cost, made.revenue, made.surplus) == (120, 110.5, -9.5)


@pytest.mark.parametrize("name", MONEY)
def test_a_missing_part_is_no_zero(name):
    made = one(**{name: None})
    assert made.surplus is None
    assert one(**{name: 0}).surplus is not None


@pytest.mark.parametrize(
    ("name", "rule", "severity"),
    [
        ("staff-cost", "portfolio-staff", "error"),
        ("other-cost", "portfolio-cost", "warning"),
        ("public-revenue", "portfolio-revenue", "error"),
        ("membership-revenue", "portfolio-revenue", "error"),
        ("fee-revenue", "portfolio-revenue", "error"),
        ("decision", "portfolio-decision", "warning"),
    ],
)
def test_missing_figures_and_decisions_are_told(name, rule, severity):
    [finding] = check_portfolio(sheet("services", service(**{name: None})))
    assert (finding.rule, finding.severity, finding.note) == (rule, severity, "SV1")
    assert KINDS["services"].field(name).label in str(finding.message)
    if name in MONEY:
        assert rules(check_portfolio(sheet("services", service(**{name: 0})))) == []


@pytest.mark.parametrize(
    "odd", [-1, 10**5000, float("nan"), float("inf"), "12 k", True, (1,)],
    ids=lambda odd: type(odd).__name__,
)  # fmt: skip
def test_what_is_no_amount_is_said_and_does_not_count(odd):
    assert found(service(staff_cost=odd)) == [("portfolio-odd", "SV1")]
    assert one(staff_cost=odd).cost is None


def test_services_dearer_than_the_average_stand_out_where_the_fee_includes_them():
    cheap = service("SV2", staff_cost=0, other_cost=20)
    assert found(service(in_fee="yes"), cheap) == [("portfolio-fee", "SV1")]
    assert found(service(in_fee="no"), cheap) == []
    assert found(service(in_fee=None), cheap) == []
    equal = service("SV2", in_fee="yes")
    assert found(service(in_fee="yes"), equal) == []  # at the average is not above it


def test_the_area_is_the_share_of_the_highest_cost():
    notes = service("SV1"), service("SV2", staff_cost=10), service("SV3", staff_cost=None)
    areas = {s.note.spoken: s.area for s in portfolio(sheet("services", *notes)).services}
    assert areas == {"SV1": 1, "SV2": 0.25, "SV3": None}
    assert one(staff_cost=0, other_cost=0).area is None


@given(st.lists(st.floats(0, 2**53), min_size=1, max_size=5))
def test_areas_are_shares(costs):
    notes = [service(f"SV{i}", staff_cost=cost) for i, cost in enumerate(costs)]
    assert all(0 <= s.area <= 1 for s in portfolio(sheet("services", *notes)).services)


# -- quarters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mission", "profitability", "quadrant"),
    [
        (5, 5, "star"), (4, 4, "star"), (4, 2, "heart"), (2, 4, "money-tree"), (1, 1, "stop-sign"),
        (3, 3, "stop-sign"), (3, 4, "money-tree"), (4, 3, "heart"),
    ],
)  # fmt: skip
def test_quarters_of_the_matrix_map_and_the_line_is_low(mission, profitability, quadrant):
    made = one(mission=mission, profitability=profitability)
    assert (made.quadrant.id, made.basis) == (quadrant, "rated")


@pytest.mark.parametrize(
    ("revenue", "quadrant"), [(200, "star"), (0, "heart"), (30, "heart"), (30.5, "star")]
)
def test_without_a_rating_profitability_is_computed(revenue, quadrant):
    made = one(profitability=None, fee_revenue=revenue)
    assert (made.quadrant.id, made.basis) == (quadrant, "computed")


@pytest.mark.parametrize(
    ("lacking", "label"),
    [
        ({"mission": None}, "Impact on the mission"),
        ({"profitability": None, "fee-revenue": None}, "Profitability"),
    ],
)
def test_a_service_without_place_is_told(lacking, label):
    finding = next(
        f for f in check_portfolio(sheet("services", service(**lacking)))
        if f.rule == "portfolio-unplaced"
    )  # fmt: skip
    assert [str(m) for m in finding.message.fields["missing"]] == [label]
    assert ("portfolio-unplaced", "SV1") not in found(service(profitability=None))


def test_a_kind_without_a_matrix_has_no_quarters():
    own = sheet("services", service())
    own = replace(own, kind=replace(own.kind, axes=(), quadrants=(), midpoint=""))
    assert portfolio(own).services[0].quadrant is None
    assert check_portfolio(own) == []


def test_services_are_sorted_by_quarter_then_cost():
    notes = (
        service("SV1", mission=1, profitability=1), service("SV2"),
        service("SV3", staff_cost=500), service("SV4", mission=None),
    )  # fmt: skip
    order = [s.note.spoken for s in portfolio(sheet("services", *notes)).services]
    assert order == ["SV3", "SV2", "SV1", "SV4"]


@pytest.mark.parametrize(
    ("rating", "revenue", "expected"),
    [(4, 0, True), (2, 100, True), (3, 0, False), (4, 30, False), (4, 100, False), (2, 0, False)],
)
def test_a_rating_against_the_figures_is_for_information(rating, revenue, expected):
    own = sheet("services", service(profitability=rating, fee_revenue=revenue))
    assert ("portfolio-money" in {f.rule for f in check_portfolio(own)}) is expected


# -- feedback and decision -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "members", "expected"),
    [(4, 2, True), (1, 5, True), (2, 4, True), (4, 3, False), (4, None, False), (4, 9, False)],
)
def test_assessments_two_points_apart_are_told(own, members, expected):
    rated = service(self_assessment=own, members_assessment=members)
    assert (("portfolio-apart", "SV1") in found(rated)) is expected


@pytest.mark.parametrize(
    ("mission", "profitability", "decision", "expected"),
    [
        (5, 5, "stop", True), (5, 5, "keep", False), (5, 1, "stop", True), (5, 1, "charge", False),
        (1, 5, "stop", True), (1, 1, "stop", False), (1, 1, "keep", True), (1, 1, "start", True),
        (1, 1, "change", False), (None, 1, "keep", False), (1, 1, None, False),
    ],
)  # fmt: skip
def test_a_decision_against_its_quarter_is_for_information(
    mission, profitability, decision, expected
):
    made = service(mission=mission, profitability=profitability, decision=decision)
    against = [f for f in check_portfolio(sheet("services", made)) if f.rule == "portfolio-against"]
    assert [f.severity for f in against] == ["info"] * expected


# -- fields of needs -----------------------------------------------------------------------------


def test_services_are_summed_by_field_of_needs():
    notes = (
        service("SV1"), service("SV2", field=" skills "), service("SV3", field=None),
        service("SV4", field="Funding", staff_cost=None),
    )  # fmt: skip
    fields = portfolio(sheet("services", *notes)).fields
    assert [(f.name, len(f.services), f.cost) for f in fields] == [
        ("Skills", 2, 240), ("Funding", 1, None), ("", 1, 120),
    ]  # fmt: skip


NEEDS = board(
    "needs", note("M1", "members"), note("N1", "needs", "Skilled people"), note("N2", "needs"),
)  # fmt: skip


def test_needs_without_a_service_are_told_once_services_are_linked():
    assert found(service(links=["N1"]), others=[NEEDS]) == [("portfolio-need", "N2")]
    assert found(service(links=["N1", "N2"]), others=[NEEDS]) == []
    assert found(service(), others=[NEEDS]) == []
    assert found(service(links=["M1"]), others=[NEEDS]) == []


def test_needs_alone_say_nothing_of_services():
    rules_found = {f.rule for f in check(KINDS, {NEEDS.id: NEEDS}, {})}
    assert all(rule.startswith("needs-") for rule in rules_found)
