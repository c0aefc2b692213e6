"""Indicators: their progress, and what is missing."""

from dataclasses import replace

import pytest
from sheets_of import note, rules, sheet

from clusterlab.methods import check_indicators, progress, share_of_way

WHOLE = {"unit": "answers", "definition": "Answers to the member survey", "baseline": 0,
         "baseline-date": "2026-01-31", "target": 49, "final-date": "2026-12-31"}  # fmt: skip


def indicator(spoken="I1", **more):
    return note(spoken, "indicators", "Answers to the survey", **{**WHOLE, **more})


def found(**more):
    return rules(check_indicators(sheet("indicators", indicator(**more))))


def test_the_rail_partnerships_participation():
    """Seven partners: answers, testimonials, participants of session three and the conference."""
    each = {"survey": 7, "videos": 3, "session 3": 15, "conference": 25}
    targets = {name: 7 * count for name, count in each.items()}
    assert list(targets.values()) == [49, 21, 105, 175]
    assert sum(targets.values()) == 350
    videos = indicator(target=targets["videos"], midterm=7, final=21)
    assert progress(videos).midterm == pytest.approx(1 / 3)
    assert progress(videos).latest == 1  # 21 firms were interviewed
    survey = indicator(target=targets["survey"], midterm=35)
    assert progress(survey).latest == pytest.approx(5 / 7)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share"),
    [(40, 200, 120, 0.5), (200, 40, 120, 0.5), (200, 40, 240, -0.25), (40, 200, 240, 1.25),
     (40, 200, 40, 0), (-10, 10, 0, 0.5), (5, 5, 5, None), (None, 5, 5, None), (0, None, 5, None),
     (0, 5, None, None), (0, 5e-324, 2**53, None)],
)  # fmt: skip
def test_share_of_the_way(baseline, target, value, share):
    assert share_of_way(baseline, target, value) == share


def test_a_whole_indicator_has_no_findings():
    assert check_indicators(sheet("indicators", indicator())) == []


@pytest.mark.parametrize("name", ["baseline", "target", "unit", "definition"])
@pytest.mark.parametrize("empty", [None, "", "  ", float("nan")])
def test_what_is_missing_is_told(name, empty):
    assert found(**{name: empty}) == [("indicator-missing", "I1")]


@pytest.mark.parametrize("value", ["40 %", "49", True, float("inf"), 10**400])
def test_a_value_with_a_unit_of_its_own_is_no_number(value):
    odd = {"midterm": value, "midterm-date": "2026-06-30"}
    assert found(**odd) == [("indicator-number", "I1")]


def test_it_is_said_when_an_indicator_will_be_measured():
    never = {"final-date": ""}
    assert found(**never) == [("indicator-when", "I1")]
    assert found(**never, **{"midterm-date": "2026-06-30"}) == []
    assert found(**never, final=20) == [("indicator-date", "I1")]


def test_measured_values_have_their_day():
    assert found(midterm=20) == [("indicator-date", "I1")]
    assert found(midterm=0) == [("indicator-date", "I1")]
    assert found(**{"midterm-date": "2026-06-30"}) == []  # planned, not yet measured
    assert found(**{"baseline-date": ""}) == [("indicator-date", "I1")]


@pytest.mark.parametrize(
    ("midterm", "final", "count"),
    [("2026-06-30", "2026-12-31", 0), ("2026-06-30", "2026-06-30", 0),
     ("2027-01-01", "2026-12-31", 1), ("2026-01-30", "2026-12-31", 1),
     ("2026-01-30", "2026-01-29", 3), ("", "2026-12-31", 0)],
)  # fmt: skip
def test_days_are_in_order(midterm, final, count):
    days = {"midterm-date": midterm, "final-date": final}
    assert found(**days) == [("indicator-order", "I1")] * count


def test_a_target_differs_from_the_baseline():
    assert found(target=0) == [("indicator-still", "I1")]
    assert found(target=0.5) == []


@pytest.mark.parametrize("name", ["baseline-date", "midterm-date", "final-date"])
def test_a_day_that_cannot_be_read_is_told_once(name):
    [told] = check_indicators(sheet("indicators", indicator(**{name: "end of March-ish"})))
    assert told.rule == "indicator-day"
    assert "“end of March-ish”" in str(told.message)
    assert found(**{name: "31.3.2026"}) == []


@pytest.mark.parametrize(
    "unit", ["%", "% of members", "percent", "Prozent", "Quote", "pour cent", "taux", "per cent"]
)
def test_a_share_says_of_whom_it_is_one(unit):
    assert found(unit=unit) == [("indicator-share", "I1")]
    assert found(unit=unit, **{"share-of": "members: 80"}) == []


@pytest.mark.parametrize("unit", ["members", "euros", "answers per month", "Mitglieder"])
def test_what_is_no_share_needs_none(unit):
    assert found(unit=unit) == []


@pytest.mark.parametrize(
    ("base", "differs"),
    [
        ("members: 80, 85, 88", False),  # 88 is a tenth more than 80
        ("members: 80, 85, 89", True),
        ("80 members at the start, 120 at the end", True),
        ("members of 2026: 80; of 2027: 84", False),
        ("1,200 firms, then 1 250", False),
        ("1.200 Firmen, dann 1.900", True),
        ("all members, of whom 30 % answer", False),
        ("members", False),
        ("0 at the start, 40 at the end", False),
        ("members with at least 5 employees: 80, 85, 84", False),
        ("members with at least 5 employees: 80, 95", True),
        ("members of all 3 regions: 80, 84", False),
        ("49 answers of 7 clusters", False),
        ("80 members on 1 March 2026 and 82 on 1 March 2027", False),
        ("80 members on 1 March 2026 and 92 on 1 March 2027", True),
        ("31 December 2026: 80 members, 31 December 2027: 84", False),
        ("31.12.2026: 80 Mitglieder, 31.12.2027: 94", True),
        ("2000 firms, 3000 firms", True),
        ("2026: 80, 2027: 84", False),
        ("80 members in 2026, 95 in 2027", True),
    ],
)
def test_a_share_is_one_of_the_same_number_each_time(base, differs):
    expected = [("indicator-base", "I1")] if differs else []
    assert found(unit="%", **{"share-of": base}) == expected


def test_a_workshops_own_kind_without_the_field_is_not_asked_for_it():
    own = sheet("indicators", indicator(unit="%"))
    kind = replace(own.kind, fields=tuple(f for f in own.kind.fields if f.id != "share-of"))
    assert check_indicators(replace(own, kind=kind)) == []
