"""How sure a quarter is, and the rules of the matrix."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import KINDS, note, rules, sheet

from clusterlab.methods import certainty, check, check_matrix, quadrant_of
from clusterlab.model import Note, kind_from, kind_to

PLAN = KINDS["action-plan"]


def one(*pairs, centre="mean", kind=PLAN):
    (found,) = certainty(kind, {"A1": {f"v{i}": p for i, p in enumerate(pairs)}}, centre)
    return found


def test_a_clear_quick_win_is_sure():
    found = one((1, 5), (1, 5), (2, 4))
    assert (found.quadrant.id, found.sure, found.voters) == ("quick-wins", True, 3)
    assert (found.across.lowest, found.across.highest, found.up.highest) == (1, 2, 5)
    assert found.across.centre == pytest.approx(4 / 3)
    assert found.across.deviation == pytest.approx((1 / 3 + 1 / 3 + 2 / 3) / 3)


def test_scores_near_a_line_move_by_one_step():
    found = one((2, 5), (2, 5))
    assert found.quadrant.id == "quick-wins"
    assert [q.id for q in found.shifted] == ["major-projects"]
    assert found.without == ()
    assert not found.sure


def test_one_voter_may_move_an_item():
    found = one((1, 5), (1, 5), (5, 5))  # effort 7/3; without the first 3: on the line, high
    assert found.quadrant.id == "quick-wins"
    assert found.without == ("v0", "v1")


def test_of_two_voters_each_may_move_an_item_and_of_one_none():
    assert one((1, 5), (5, 5)).without == ("v1",)  # on the line, high; without the second low
    assert one((1, 5), (2, 5)).without == ()
    assert one((1, 5)).without == ()


def test_the_median_does_not_follow_a_single_voter():
    pairs = [(1, 5), (1, 5), (1, 5), (5, 5), (5, 5)]
    assert one(*pairs, centre="median").quadrant.id == "quick-wins"
    assert one(*pairs[:3], (5, 5), centre="median").without == ()


def test_a_mean_on_the_line_is_on_it():
    kind = kind_from(
        {**kind_to(PLAN), "fields": [
            {"id": i, "label": i, "type": "number", "minimum": 0, "maximum": 0.6}
            for i in ("effort", "impact")
        ]},
        "sample.toml",
    )  # fmt: skip
    found = one((0.3, 0.3), (0.3, 0.3), (0.3, 0.3), kind=kind)
    assert found.quadrant.id == "thankless-tasks"


@pytest.mark.parametrize("odd", [None, "", "3", True, float("nan"), float("inf"), 6, 0, 10**400])
def test_what_is_not_on_the_scale_does_not_count(odd):
    found = one((odd, 5), (1, odd))
    assert (found.voters, found.quadrant, found.sure) == (0, None, False)
    assert one((odd, 5), (1, 5)).voters == 1


scores = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=6)


@given(scores, st.sampled_from(["mean", "median"]))
def test_it_does_not_depend_on_the_order_of_voters(pairs, centre):
    first, second = one(*pairs, centre=centre), one(*reversed(pairs), centre=centre)
    assert (first.quadrant, first.shifted, first.across) == (
        second.quadrant, second.shifted, second.across,
    )  # fmt: skip
    assert len(first.without) == len(second.without)


@given(scores, st.integers(-1, 1), st.integers(-1, 1))
def test_a_sure_item_stays_when_everybody_shifts(pairs, x, y):
    found = one(*pairs)
    moved = [(min(max(a + x, 1), 5), min(max(b + y, 1), 5)) for a, b in pairs]
    assert one(*moved).quadrant in (found.quadrant, *found.shifted)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 4))
def test_voters_who_agree_put_an_item_where_one_note_is(x, y, voters):
    found = one(*[(x, y)] * voters)
    assert found.quadrant == quadrant_of(PLAN, Note("x", values={"effort": x, "impact": y}))
    assert found.without == ()


# -- rules -----------------------------------------------------------------------------------------


def checked(*pairs, kind="action-plan"):
    notes = [note(f"A{i}", "actions", effort=x, impact=y) for i, (x, y) in enumerate(pairs, 1)]
    return check_matrix(sheet(kind, *notes))


QUICK, MAJOR = (1, 5), (5, 4)


def test_no_quick_win_is_told_from_three_notes_on():
    assert rules(checked(MAJOR, (1, 1), (5, 1))) == [("matrix-no-quick-win", "")]
    assert rules(checked(MAJOR, (1, 1))) == []
    assert rules(checked(MAJOR, (1, 1), QUICK)) == []
    assert checked() == []


def test_more_than_seven_of_ten_quick_wins_look_easy():
    assert rules(checked(*[QUICK] * 7, *[MAJOR] * 3)) == []
    assert rules(checked(*[QUICK] * 8, *[MAJOR] * 2)) == [("matrix-easy", "")]
    assert rules(checked(QUICK, (2, 4))) == []


def test_the_same_numbers_everywhere_part_nothing():
    assert rules(checked((5, 5), (5, 5), (5, 5))) == [
        ("matrix-flat", ""),
        ("matrix-no-quick-win", ""),
    ]
    assert rules(checked(QUICK, QUICK)) == []


def test_half_a_place_and_a_number_off_the_scale():
    found = checked((1, None), (6, 5), ("two", 1), (float("nan"), 1), (10**400, 1), (None, None))
    assert [(f.rule, f.note) for f in found] == [
        ("matrix-half", "A1"),
        ("matrix-off", "A2"),
        ("matrix-off", "A3"),
        ("matrix-off", "A4"),
        ("matrix-off", "A5"),
    ]
    assert "“Effort” of A2 is not on the scale from 1" in str(found[1].message)


def test_axes_with_different_scales():
    raw = kind_to(PLAN)
    for field in raw["fields"]:
        if field["id"] == "effort":
            field["maximum"] = 10
    one_sheet = sheet("action-plan")
    other = type(one_sheet)(kind_from(raw, "sample.toml"), one_sheet.board)
    assert [f.rule for f in check_matrix(other)] == ["matrix-scale", "matrix-ends"]


def test_an_action_plan_is_checked_with_its_matrix():
    notes = [
        note(f"A{i}", "actions", "Invite members", responsible="Office", deadline="30 days",
             effort=1, impact=impact)
        for i, impact in enumerate((4, 5, 5), 1)
    ]  # fmt: skip
    plan = sheet("action-plan", *notes)
    found = check(KINDS, plan.boards, {}, "2026-11-20")
    assert [(f.rule, f.board.canvas) for f in found] == [("matrix-easy", "action-plan")]


def test_a_canvas_without_a_matrix_has_nothing_to_check():
    assert check_matrix(sheet("swot", note("S1", "strengths"))) == []


def plan_with(*notes, **changes):
    """Give an action plan whose kind's file is changed: fields by id, or keys of the file."""
    raw = kind_to(PLAN)
    for field in raw["fields"]:
        field.update(changes.pop(field["id"], {}))
    kind = kind_from({**raw, **changes}, "sample.toml")
    return replace(sheet("action-plan", *notes), kind=kind)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("1 little to 5 much", False),
        ("From 1 (hardly any) up to 5.", False),
        ("", True),
        ("little to much", True),
        ("1 little to 50 much", True),
        ("1.5 little to 5 much", True),
        ("5 much to 1 little", True),
    ],
)
def test_the_ends_of_an_axis_are_told_the_low_one_first(words, told):
    found = check_matrix(plan_with(effort={"help": words}))
    assert [f.rule for f in found] == ["matrix-ends"] * told


def test_quick_wins_are_little_effort_and_much_impact_whichever_axis_is_across():
    def rules_of(**changes):
        return [f.rule for f in check_matrix(plan_with(**changes))]

    quadrants = kind_to(PLAN)["quadrants"]
    turned = [{**q, "x": q.get("y", "low"), "y": q.get("x", "low")} for q in quadrants]
    assert rules_of() == []
    assert rules_of(axes=["impact", "effort"], quadrants=turned) == []
    assert rules_of(axes=["impact", "effort"]) == ["matrix-direction"]
    assert rules_of(quadrants=turned) == ["matrix-direction"]


def test_matrices_of_other_axes_or_quarters_have_no_direction_to_check():
    quadrants = kind_to(PLAN)["quadrants"]
    other = [{**q, "id": "easy"} if q["id"] == "quick-wins" else q for q in quadrants]
    assert check_matrix(plan_with(quadrants=other)) == []
    assert check_matrix(replace(sheet("stakeholders"), kind=KINDS["stakeholders"])) == []
    more = {"id": "weight", "label": "Weight", "type": "integer", "minimum": 1, "maximum": 5,
            "help": "1 little to 5 much"}  # fmt: skip
    turned = plan_with(fields=[*kind_to(PLAN)["fields"], more], axes=["impact", "weight"])
    assert check_matrix(turned) == []


def test_half_a_place_names_the_number_that_is_missing_and_how_to_give_it():
    (found,) = check_matrix(plan_with(note("A1", "actions", effort=2)))
    assert str(found.message) == "A1 has no place in the matrix: “Impact” is empty."
    assert str(found.suggestion) == "1 little to 5 much"


def actions(efforts, days):
    pairs = enumerate(zip(efforts, days, strict=True), 1)
    return [note(f"A{n}", "actions", effort=e, impact=3, deadline=d) for n, (e, d) in pairs]


def test_effort_that_falls_the_longer_an_action_takes_was_read_the_other_way_round():
    def told(efforts, days):
        return "matrix-reversed" in {
            f.rule for f in check_matrix(plan_with(*actions(efforts, days)))
        }

    assert told([5, 4, 3, 1], ["3 days", "2 weeks", "30", "3 months"])
    assert not told([1, 3, 4, 5], ["3 days", "2 weeks", "30", "3 months"])
    assert not told([5, 3, 1], [3, 30, 90])  # of three nothing is said
    assert not told([5, 4, 3, 1], ["2026-05-01", "2026-06-01", "2026-07-01", "2026-09-01"])
    assert told([5, 3, 4, 1, 2], [1, 2, 3, 4, 5])  # 8 of 10 pairs: the border
    assert not told([3, 5, 4, 1, 2], [1, 2, 3, 4, 5])
    assert not told([9, 8, 7, 6], [1, 2, 3, 4])  # none is on the scale
