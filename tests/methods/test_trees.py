"""Trees of goals and of tasks: numbers, circles, weights, and the rest of their rules."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets_of import note, rules, sheet

from clusterlab.methods import Forest, MethodSettings, check_goals, check_wbs, forest
from clusterlab.model import Note


def part(spoken, of="", text="", **more):
    words = text or f"Something {spoken}"
    return note(spoken, "tasks", words, **{"part-of": of, **more})


def goal(spoken, of="", **more):
    return note(spoken, "goals", "Win 20 members", **{"part-of": of, **more})


def wbs(*notes):
    return rules(check_wbs(sheet("tasks", *notes)))


def all_wbs(*notes):
    return {(f.rule, f.note): f.severity for f in check_wbs(sheet("tasks", *notes))}


def goals(*notes):
    return [r for r in rules(check_goals(sheet("smart-goals", *notes))) if r[0][:5] == "goal-"]


def test_numbers_follow_the_order_of_the_board():
    notes = [part("T1"), part("T2", "T4"), part("T3", "t1"), part("T4"), part("T5", "T1"),
             part("T6", "T3")]  # fmt: skip
    found = forest(notes)
    numbers = [(b.number, b.note.spoken, b.depth) for b in found]
    assert numbers == [
        ("1", "T1", 0), ("1.1", "T3", 1), ("1.1.1", "T6", 2), ("1.2", "T5", 1),
        ("2", "T4", 0), ("2.1", "T2", 1),
    ]  # fmt: skip
    assert [n["number"] for n in found.nested()] == ["1", "2"]
    assert found.nested()[0]["children"][0]["children"][0]["spoken"] == "T6"


def test_a_very_long_chain_is_a_tree():
    chain = [part("T1"), *(part(f"T{n}", f"T{n - 1}") for n in range(2, 1500))]
    assert max(b.depth for b in forest(chain)) == 1498


def test_circles_are_named_and_everything_keeps_a_place():
    notes = [part("T1", "T3"), part("T2", "T1"), part("T3", "T2"), part("T4", "T1"), part("T5")]
    found = forest(notes)
    assert found.circles == (("T1", "T3", "T2"),)
    assert len(found.branches) == 5
    assert found.branches["id-T1"].parent == ""
    assert ("wbs-circle", "T1") in wbs(*notes)
    [told] = [f for f in check_wbs(sheet("tasks", *notes)) if f.rule == "wbs-circle"]
    assert str(told.message) == (
        "Each of these is said to be part of the next, so none stands on top: T1 → T3 → T2 → T1."
    )
    assert str(told.suggestion) == (
        "Decide which of them stands on top, and empty its field “Part of”."
    )


def test_part_of_itself_is_a_circle_of_one():
    found = forest([part("T1", "T1")])
    assert found.circles == (("T1",),)
    [told] = check_wbs(sheet("tasks", part("T1", "T1")))
    assert (told.rule, str(told.message)) == ("wbs-circle", "T1 is said to be part of itself.")


def test_two_circles_and_a_tail_are_all_found():
    notes = [part("T1", "T2"), part("T2", "T1"), part("T3", "T2"), part("T4", "T5"),
             part("T5", "T4")]  # fmt: skip
    assert forest(notes).circles == (("T1", "T2"), ("T4", "T5"))


def test_what_is_not_there_and_what_is_too_many_is_told():
    assert wbs(part("T1", "T9")) == [("wbs-parent", "T1")]
    assert wbs(part("T1", "the survey")) == [("wbs-parent", "T1")]
    assert ("wbs-parents", "T3") in wbs(part("T1"), part("T2"), part("T3", "T1, T2"))
    assert wbs(part("T1"), part("T2", "T1"), part("T3", "T1")) == []
    assert wbs(part("T1"), part("T2", "1"), part("T3", "1")) == []
    assert ("wbs-parent", "T3") in wbs(part("T1"), part("T2", "1"), part("T3", "11"))


@pytest.mark.parametrize("odd", [None, "", float("nan"), 10**400, ("T1", "T2"), "\x00", "T1" * 500])
def test_odd_parents_stop_nothing(odd):
    assert isinstance(forest([part("T1"), part("T2", odd)]), Forest)


def test_notes_without_a_spoken_id_are_roots():
    assert [b.number for b in forest([Note("a"), Note("b", values={"part-of": ""})])] == ["1", "2"]


@pytest.mark.parametrize(
    ("weights", "fires"),
    [
        ((60, 40), False), ((60.5, 40), False), ((60.51, 40), True), ((59.5, 40), False),
        ((59.4, 40), True), ((33.3, 33.3, 33.3), False), ((0, 100), False), ((None, None), False),
        ((100, float("nan"), float("nan")), True), ((50, None, 50), True),
    ],
)  # fmt: skip
def test_weights_of_the_parts_make_the_whole(weights, fires):
    parts = [part(f"T{n}", "T1", weight=w) for n, w in enumerate(weights, 2)]
    assert (("wbs-weight", "T1") in wbs(part("T1"), *parts)) is fires


@pytest.mark.parametrize(
    ("weights", "advice"),
    [((60, 30), "Is a part missing, or is one weighed too low?"),
     ((60, 50), "Does a part not belong to it, or is one weighed too high?")],
)  # fmt: skip
def test_too_little_and_too_much_weight_are_mended_in_different_ways(weights, advice):
    parts = [part(f"T{n}", "T1", weight=w) for n, w in enumerate(weights, 2)]
    found = check_wbs(sheet("tasks", part("T1"), *parts))
    assert [str(f.suggestion) for f in found if f.rule == "wbs-weight"] == [advice]


def test_weights_on_top_are_nobodys_parts():
    assert wbs(part("T1", weight=30), part("T2", weight=30)) == []


@pytest.mark.parametrize(
    ("whole", "parts", "fires"),
    [(40, (20, 20), False), (40, (20, 20.2), False), (40, (20, 20.3), True),
     (40, (20, None), False), (None, (20, 20), False), (0, (10, 10), True)],
)  # fmt: skip
def test_effort_of_the_parts_is_that_of_the_whole(whole, parts, fires):
    below = [part(f"T{n}", "T1", effort=e) for n, e in enumerate(parts, 2)]
    assert (("wbs-effort", "T1") in wbs(part("T1", effort=whole), *below)) is fires


def test_a_single_part_is_no_breakdown():
    assert wbs(part("T1"), part("T2", "T1")) == [("wbs-single", "T1")]


def test_parts_of_the_same_words_overlap_only_side_by_side():
    same = "Member survey"
    assert wbs(part("T1", text=same), part("T2", text="member survey!")) == [("wbs-overlap", "T2")]
    assert wbs(part("T1", text=same), part("T2", text="Survey: member")) == [("wbs-overlap", "T2")]
    assert wbs(part("T1", text="Workshop 1"), part("T2", text="Workshop 2")) == []
    nested = [part("T1", text=same), part("T2", "T1", same), part("T3", "T1")]
    assert wbs(*nested) == []
    assert ("wbs-overlap", "T3") in wbs(part("T1"), part("T2", "T1", same), part("T3", "T1", same))


@pytest.mark.parametrize(
    ("values", "fires"),
    [({"effort": 8}, False), ({"effort": 7.9}, True), ({"effort": 80}, False),
     ({"effort": 80.5}, True), ({"effort": 0}, False), ({}, False), ({"duration": 1}, False),
     ({"duration": 10}, False), ({"duration": 10.5}, True), ({"duration": "0.5"}, True),
     ({"duration": "2 weeks"}, False), ({"duration": "3w"}, True), ({"duration": -5}, False),
     ({"duration": 15, "resource": "Anna 20 %"}, False),
     ({"duration": 5, "resource": "Anna 10 %"}, True),
     ({"duration": 5, "resource": "Anna, Board"}, False),
     ({"duration": 5.5, "resource": "Anna, Board"}, True),
     ({"duration": 10, "resource": "Anna 50 %, Board 50 %"}, False),
     ({"duration": 20, "effort": 40}, False), ({"duration": 1, "milestone": "yes"}, False)],
)  # fmt: skip
def test_tasks_are_of_a_size_to_follow(values, fires):
    assert (all_wbs(part("T1", **values)).get(("wbs-size", "T1")) == "warning") is fires


@pytest.mark.parametrize(
    ("hours", "advice"),
    [(0.5, "Is it a task of its own? This is a rule of thumb."),
     (81, "Can it be broken down? This is a rule of thumb.")],
)  # fmt: skip
def test_small_tasks_are_put_together_and_large_ones_broken_down(hours, advice):
    [told] = check_wbs(sheet("tasks", part("T1", effort=hours, duration=1)))
    assert (told.rule, str(told.suggestion)) == ("wbs-size", advice)


def test_only_the_lowest_level_has_a_size():
    notes = [part("T1", effort=400), part("T2", "T1"), part("T3", "T1")]
    assert ("wbs-size", "T1") not in all_wbs(*notes)


def test_deliverables_are_nouns_and_tasks_may_be_verbs():
    below = [part("T2", "T1", "Write questions"), part("T3", "T1", "Send it")]
    found = all_wbs(part("T1", text="Prepare survey"), *below)
    assert found == {("wbs-verb", "T1"): "warning", ("wbs-confirm", ""): "info"}
    assert all_wbs(part("T1", text="Survey"), *below) == {("wbs-confirm", ""): "info"}


def test_goals_are_a_tree_and_in_time():
    top = goal("G1", deadline="2027-06-30")
    assert goals(top, goal("G2", "G1", deadline="2027-06-30")) == []
    assert goals(top, goal("G2", "G1", deadline="2027-07-01")) == [("goal-late", "G2")]
    late = check_goals(sheet("smart-goals", top, goal("G2", "G1", deadline="2027-07-01")))
    assert [f.severity for f in late if f.rule == "goal-late"] == ["warning"]
    assert goals(top, goal("G2", "G1")) == []
    assert goals(goal("G1", "G2"), goal("G2", "G1")) == [("goal-circle", "G1")]
    assert goals(goal("G1", "G7")) == [("goal-parent", "G1")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=12), max_size=12))
def test_whatever_people_type_everything_has_one_place(above):
    notes = [part(f"T{n}", f"T{a}" if a else "") for n, a in enumerate(above, 1)]
    found = forest(notes)
    assert sorted(found.branches) == sorted(n.id for n in notes)
    seen = set()
    for branch in found:
        assert not branch.parent or branch.parent in seen
        seen.add(branch.note.id)
        assert branch.depth == branch.number.count(".")
        assert [b.parent for b in found.below(branch)] == [branch.note.id] * len(branch.children)
        assert next(found.upwards(branch.note.id)) is branch.note
    assert len({b.number for b in found}) == len(notes)
    missing = sum(1 for a in above if a > len(above))
    assert len(found.unknown) == missing
    linked = sum(1 for b in found if b.parent)
    assert linked == sum(1 for a in above if a) - missing - len(found.circles)


def test_notes_of_two_copies_are_found_by_the_letter_behind_their_number():
    held = [part("T1"), part("T1b"), part("T2", "T1b"), part("T3", "t1B")]
    found = forest(held)
    assert found.unknown == ()
    assert [b.parent for b in found if b.note.spoken in {"T2", "T3"}] == ["id-T1b", "id-T1b"]


def test_people_are_asked_once_whether_parts_are_the_whole():
    assert all_wbs(part("T1"), part("T2")) == {}
    below = [part("T2", "T1"), part("T3", "T1"), part("T4", "T2"), part("T5", "T2")]
    (found,) = check_wbs(sheet("tasks", part("T1"), *below))
    assert (found.rule, found.severity, found.note) == ("wbs-confirm", "info", "")
    assert found.message.fields["spoken"] == ["T1", "T2"]
    sure = part("T1", **{"confirmed-by": "Board"})
    (found,) = check_wbs(sheet("tasks", sure, *below))
    assert found.message.fields["spoken"] == ["T2"]
    below[0] = part("T2", "T1", **{"confirmed-by": " "})
    assert [f.rule for f in check_wbs(sheet("tasks", sure, *below))] == ["wbs-confirm"]
    below[0] = part("T2", "T1", **{"confirmed-by": "Board"})
    assert check_wbs(sheet("tasks", sure, *below)) == []


def test_a_task_longer_than_a_reporting_period_is_told_where_there_is_one():
    def told(days, **decided):
        own = sheet("tasks", part("T1", duration=days, effort=40))
        own = replace(own, settings=MethodSettings(**decided))
        return [(f.rule, f.severity, str(f.message)) for f in check_wbs(own)]

    assert told(400) == []
    assert told(20, reporting_days=20) == []
    assert told("x", reporting_days=20) == []
    assert told(None, reporting_days=20) == []
    assert told(20.5, reporting_days=20) == [
        (
            "wbs-period",
            "warning",
            "T1 takes 20.5 working days, longer than a reporting period of 20.",
        )
    ]


@pytest.mark.parametrize(
    "odd", [{"weight": "7 %"}, {"weight": 101}, {"effort": -1}, {"milestone": "perhaps"}]
)
def test_a_value_that_its_field_does_not_take_is_told(odd):
    assert all_wbs(part("T1", **odd)) == {("wbs-odd", "T1"): "error"}
    assert all_wbs(part("T1", weight=100, effort=8, milestone="no")) == {}


@pytest.mark.parametrize(
    ("above", "told"),
    [("G1, G2", [("goal-parents", "G3")]), ("G1", []), ("G1, g1", []), ("", [])],
)
def test_a_goal_is_part_of_one_other_at_most(above, told):
    notes = (goal("G1"), goal("G2"), goal("G3", above))
    assert goals(*notes) == told
    found = [f for f in check_goals(sheet("smart-goals", *notes)) if f.rule == "goal-parents"]
    assert all(f.message.fields["first"] == "G1" for f in found)
    assert [f.severity for f in found] == ["error"] * len(told)


def places(notes):
    return {b.note.spoken: b.place for b in forest(notes)}


def above(notes):
    found = forest(notes)
    return {b.note.spoken: found.branches[b.parent].note.spoken if b.parent else "" for b in found}


FAMILY = [goal("G1"), goal("G2"), goal("G3", "G1"), goal("G4", "G1"), goal("G5", "G4")]


def test_a_place_is_the_root_and_what_is_counted_below_it():
    assert places(FAMILY) == {"G1": "G1", "G3": "G1.1", "G4": "G1.2", "G5": "G1.2.1", "G2": "G2"}
    called = {b.note.spoken: b.called for b in forest(FAMILY)}
    assert called["G1"] == "G1"
    assert called["G5"] == "G1.2.1 (G5)"
    assert forest(FAMILY).nested()[0]["children"][1]["place"] == "G1.2"
    [unsaid] = forest([Note("a")])
    assert (unsaid.place, unsaid.called) == ("", "")


@pytest.mark.parametrize(
    ("word", "found"),
    [("G4", "G4"), ("g1.2", "G4"), (" G1.2.1 ", "G5"), ("G4.1", "G5"), ("G1.3", ""), ("G1.0", ""),
     ("G1.2.1.1", ""), ("G9.1", ""), ("G1.", ""), (".1", ""), ("1.2", ""), ("", ""), ("G1..1", ""),
     ("G1.x", ""), ("G1." + "9" * 5000, "")],
)  # fmt: skip
def test_notes_are_found_by_number_and_place(word, found):
    branch = forest(FAMILY).find(word)
    assert (branch.note.spoken if branch else "") == found


@pytest.mark.parametrize("word", ["G1.2", "g1.2", "1.2", "below G1.2", "G1.2, G4", "G4, G1.2"])
def test_a_note_may_be_part_of_one_that_it_names_by_its_place(word):
    held = [*FAMILY, goal("G6", word)]
    assert above(held)["G6"] == "G4"
    assert forest(held).several == ()
    assert forest(held).unknown == ()


def test_a_place_that_nobody_has_is_not_on_the_canvas():
    assert goals(goal("G1"), goal("G2", "G1.1")) == [("goal-parent", "G2")]
    assert forest([goal("G1"), goal("G2", "G1.1")]).unknown == (("G2", "G1.1"),)
    assert forest([goal("G1"), goal("G2", "G9.1, G1")]).unknown == (("G2", "G9.1"),)


def test_of_two_notes_above_the_first_counts_whatever_they_are_called_by():
    held = [*FAMILY, goal("G6", "G1.1, G2, G3")]
    assert forest(held).several == (("G6", ("G3", "G2")),)
    assert above(held)["G6"] == "G3"


def test_places_are_those_of_the_tree_that_they_make():
    """G2 comes below G3 by a place, and before G4: so what was G3.1 is G3.2."""
    held = [goal("G1"), goal("G2", "G1.1"), goal("G3", "G1"), goal("G4", "G3"), goal("G5", "G3.1")]
    assert places(held)["G4"] == "G1.1.2"
    assert above(held)["G5"] == "G2"


def test_places_that_hang_on_each_other_stop_nothing():
    held = [goal("G1", "G2.1"), goal("G2", "G1.1"), goal("G3", "G3.1"), goal("G4", "G1")]
    assert sorted(places(held)) == ["G1", "G2", "G3", "G4"]


def test_who_names_a_place_is_told_what_it_means_now():
    def told(above):
        found = check_goals(sheet("smart-goals", *FAMILY, goal("G6", above)))
        return [(f.rule, f.severity, f.note, str(f.message)) for f in found if "place" in f.rule]

    said = "G6 is part of “G1.2”, which is G4 as the tree stands now."
    assert told("G1.2") == [("goal-place", "info", "G6", said)]
    assert told("G4") == []
    assert told("G4, G1.2") == []  # what counts stays
    assert told("G1.9") == []
    below = [part("T1"), part("T2", "T1"), part("T3", "T1"), part("T4", "T1.1")]
    assert all_wbs(*below)["wbs-place", "T4"] == "info"


def test_an_id_with_a_point_is_itself_before_it_is_a_place():
    odd = Note("odd", spoken="G1.1", block="goals", values={"text": "Old data"})
    held = [*FAMILY, odd, goal("G6", "G1.1")]
    assert above(held)["G6"] == "G1.1"
    assert forest(held).placed == ()
    assert forest(held).find("g1.1").note is odd


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=9))
def test_every_note_is_found_by_its_place_and_by_its_number(tops):
    held = [part(f"T{n}", f"T{a}" if 0 < a < n else "") for n, a in enumerate(tops, 1)]
    found = forest(held)
    for branch in found:
        assert found.find(branch.place) is branch
        assert found.find(branch.note.spoken) is branch
        # What is part of it by its place is part of it by its number.
        last = part(f"T{len(held) + 1}", branch.place)
        assert above([*held, last])[last.spoken] == branch.note.spoken


def test_of_two_notes_with_one_number_the_first_counts():
    twin = Note("twin", spoken="T1", block="tasks", values={"text": "The same number"})
    other = note("G1", "tasks", "A number alone")
    held = [part("T1"), twin, other, part("T2", "T1"), part("T3", "1")]
    found = forest(held)
    assert [found.branches[f"id-{t}"].parent for t in ("T2", "T3")] == ["id-T1", "id-T1"]


def test_what_is_not_there_is_passed_over_for_what_is():
    assert above([*FAMILY, goal("G6", "G9, G2")])["G6"] == "G2"
    found = forest([*FAMILY, goal("G6", "G9, G2")])
    assert (found.unknown, found.several) == ((("G6", "G9"),), ())


def test_the_first_of_a_circle_is_the_first_on_the_board():
    held = [part("T9", "T1"), part("T1", "T9")]
    assert forest(held).circles == (("T9", "T1"),)


def test_one_that_is_part_of_itself_is_said_so():
    [told] = check_wbs(sheet("tasks", part("T1", "T1")))
    assert told.severity == "error"
    assert str(told.message) == "T1 is said to be part of itself."


def test_places_below_places_below_places():
    """Each names the one before by a place that is there only once that one has its own."""
    chain = [goal("G1"), goal("G2", "G1"), goal("G3", "G1.1"), goal("G4", "G1.1.1")]
    chain += [goal("G5", "G1.1.1.1"), goal("G6", "G1.1.1.1.1")]
    assert places(chain)["G6"] == "G1.1.1.1.1.1"
    assert forest(chain).unknown == ()
