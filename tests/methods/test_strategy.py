"""Vision and mission, competencies, communication plan."""

from dataclasses import replace

import pytest
from sheets_of import KINDS, note, rules, sheet

from clusterlab.methods import (
    by_time,
    check_communication,
    check_competencies,
    check_vision,
    competencies,
    statements,
    target_groups,
)
from clusterlab.model import Field

ODD = [6, 0, 10**5000, float("nan"), "much", True]
FACTORS = dict.fromkeys(("shared", "broad", "easy", "inspiring", "concise", "oriented"), "yes")

# -- vision, mission, objectives -----------------------------------------------------------------


def direction(text="Every supplier finds its way into new mobility", **more):
    return [
        note("V1", "vision", text, **{**FACTORS, **more}),
        note("MI1", "mission", "We bring suppliers and research together", **FACTORS),
        note("OB1", "objectives", "200 members in 2027"),
    ]


def vision(*notes):
    return [(f.rule, f.note) for f in check_vision(sheet("vision-mission", *notes))]


def test_a_full_direction_is_fine_and_an_empty_one_too():
    assert vision(*direction()) == []
    assert vision() == []


@pytest.mark.parametrize("left", range(3))
def test_what_is_missing_of_the_three_is_told(left):
    notes = [n for i, n in enumerate(direction()) if i != left]
    [found] = check_vision(sheet("vision-mission", *notes))
    assert found.rule == "vision-missing"
    label = KINDS["vision-mission"].blocks[left].label
    assert label in str(found.message)


@pytest.mark.parametrize(("count", "expected"), [(35, []), (36, [("vision-long", "V1")])])
def test_a_vision_of_more_than_35_words_is_long(count, expected):
    assert vision(*direction(text=" ".join(["word"] * count))) == expected


def test_objectives_may_be_long_and_have_no_factors():
    long = note("OB2", "objectives", " ".join(["word"] * 60))
    assert vision(*direction(), long) == []


@pytest.mark.parametrize("value", [None, "not-yet"])
def test_factors_that_are_not_ticked_are_named(value):
    own = sheet("vision-mission", *direction(easy=value, broad=value))
    [found] = check_vision(own)
    assert (found.rule, found.note) == ("vision-factors", "V1")
    assert [str(f) for f in found.message.fields["factors"]] == [
        "Broad enough", "Easy to communicate",
    ]  # fmt: skip
    assert [f.id for f in statements(own)[0].open] == ["broad", "easy"]
    assert statements(own)[1].open == ()


def test_a_tick_that_is_no_choice_is_told():
    assert vision(*direction(easy="x")) == [("vision-odd", "V1"), ("vision-factors", "V1")]


# -- competencies --------------------------------------------------------------------------------


def skill(spoken, today, target, block="technical"):
    return note(spoken, block, today=today, target=target)


def test_gaps_are_sorted_and_what_lacks_a_level_is_left_out():
    own = sheet(
        "competencies",
        skill("TK1", 3, 4), skill("TK2", 1, 5), skill("LA1", 4, 3, "languages"),
        skill("LA2", None, 5, "languages"), skill("TK3", 2, 3),
    )  # fmt: skip
    found = competencies(own)
    assert [(r.note.spoken, r.gap) for r in found.rows] == [
        ("TK2", 4), ("TK1", 1), ("TK3", 1), ("LA1", -1),
    ]  # fmt: skip
    assert [n.spoken for n in found.incomplete] == ["LA2"]


def test_means_are_of_each_field_and_none_where_nothing_is_rated():
    own = sheet(
        "competencies", skill("TK1", 1, 4), skill("TK2", 2, 4), skill("PC1", 9, 1, "processes")
    )
    means = {m.field.id: (m.count, m.today, m.target, m.gap) for m in competencies(own).fields}
    assert means["technical"] == (2, 1.5, 4, 2.5)
    assert means["processes"] == (0, None, None, None)
    assert list(means) == [b.id for b in KINDS["competencies"].blocks]


def test_a_note_of_a_field_that_is_gone_keeps_its_gap():
    [row] = competencies(sheet("competencies", skill("X1", 1, 3, "gone"))).rows
    assert (row.field, row.gap) == (None, 2)


@pytest.mark.parametrize(
    ("today", "target", "expected"),
    [
        (3, 3, []),
        (1, 5, []),
        (4, 3, [("competencies-below", "TK1")]),
        (None, 3, [("competencies-missing", "TK1")]),
        (3, "", [("competencies-missing", "TK1")]),
        (6, 3, [("competencies-odd", "TK1")]),
        (3, 0, [("competencies-odd", "TK1")]),
    ],
)
def test_levels_are_there_within_the_scale_and_not_below_today(today, target, expected):
    assert rules(check_competencies(sheet("competencies", skill("TK1", today, target)))) == expected


def test_a_target_below_today_is_told_with_both_levels():
    found = check_competencies(sheet("competencies", skill("TK1", 4, 3)))
    [told] = [f for f in found if f.rule == "competencies-below"]
    assert str(told.message) == "The target of TK1 is 3, lower than its level today, 4."


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
def test_odd_levels_are_said(odd):
    own = sheet("competencies", skill("TK1", odd, 3))
    assert rules(check_competencies(own)) == [("competencies-odd", "TK1")]


def test_empty_fields_are_told_once_somebody_began():
    found = check_competencies(sheet("competencies", skill("TK1", 1, 2)))
    assert [f.rule for f in found] == ["competencies-empty"] * 5
    assert check_competencies(sheet("competencies")) == []


# -- communication plan --------------------------------------------------------------------------

PLAN = {
    "objective": "They apply", "message": "Funding is open", "channel": "Newsletter",
    "timing": "2027-01-15", "responsible": "Office", "measure": "Applications",
}  # fmt: skip


def plan(**more):
    text = more.pop("text", "Members who do research")
    row = note("CP1", "groups", text, **{**PLAN, **more})
    return check_communication(sheet("communication-plan", row))


@pytest.mark.parametrize("name", PLAN)
def test_a_part_of_the_plan_that_is_missing_is_named(name):
    assert plan() == []
    [found] = plan(**{name: "  "})
    assert (found.rule, found.note) == ("communication-missing", "CP1")
    assert KINDS["communication-plan"].field(name).label in str(found.message)


def test_all_missing_parts_of_a_row_are_one_finding():
    [found] = plan(**dict.fromkeys(PLAN))
    assert len(found.message.fields["missing"]) == 6


def test_a_row_needs_a_target_group():
    assert rules(plan(text=" ")) == [("communication-group", "CP1")]
    assert rules(plan(text="x")) == []


@pytest.mark.parametrize(
    ("value", "fires"), [("0", True), (0, True), (6, True), (1, False), (5, False), (None, False)]
)
def test_a_value_that_is_none_of_a_field_of_the_workshops_own_is_told(value, fires):
    own = sheet("communication-plan", message("CP1", budget=value))
    budget = Field("budget", "Budget", "integer", minimum=1, maximum=5)
    kind = replace(own.kind, fields=(*own.kind.fields, budget))
    found = check_communication(replace(own, kind=kind))
    assert [(f.rule, f.note, f.severity) for f in found] == [
        ("communication-odd", "CP1", "error")
    ] * fires


def test_an_empty_plan_is_not_told():
    assert check_communication(sheet("communication-plan")) == []


def message(spoken, text="Members", **more):
    return note(spoken, "groups", text, **{**PLAN, **more})


def test_rows_of_one_target_group_stand_together_and_those_of_none_last():
    rows = [
        message("CP1", "Regional government"),
        message("CP2", " "),
        message("CP3", "Members"),
        message("CP4", "regional government!", measure=""),
    ]
    found = target_groups(sheet("communication-plan", *rows))
    said = [(g.name, [m.note.spoken for m in g.messages]) for g in found]
    assert said == [
        ("Regional government", ["CP1", "CP4"]), ("Members", ["CP3"]), ("", ["CP2"]),
    ]  # fmt: skip
    assert [[f.id for f in m.open] for m in found[0].messages] == [[], ["measure"]]


def test_groups_that_are_signs_only_are_not_mixed_up():
    rows = [message("CP1", "???"), message("CP2", "!!!"), message("CP3", "")]
    found = target_groups(sheet("communication-plan", *rows))
    assert [g.name for g in found] == ["???", "!!!", ""]


def test_dates_come_before_how_often_and_what_has_no_time_is_last():
    rows = [
        message("CP1", timing=" "),
        message("CP2", timing="every month"),
        message("CP3", timing="2027-03-01"),
        message("CP4", timing=None),
        message("CP5", timing="15.1.2027"),
        message("CP6", timing="4/5/2027"),
    ]
    found = by_time(sheet("communication-plan", *rows))
    assert [m.note.spoken for m in found] == ["CP5", "CP3", "CP2", "CP6", "CP1", "CP4"]


@pytest.mark.parametrize(
    ("day", "past"),
    [("2027-01-14", False), ("2027-01-15", False), ("2027-01-16", True), ("", False)],
)
def test_a_date_before_the_workshop_is_past(day, past):
    [found] = by_time(sheet("communication-plan", message("CP1"), day=day))
    assert found.past is past
