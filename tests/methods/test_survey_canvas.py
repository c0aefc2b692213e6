"""What a survey found: figures as people type them, what is shown of them, and the rules."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_of import KINDS, note, sheet

from clusterlab.language import load
from clusterlab.methods import MethodSettings, check_survey, questions, survey_findings
from clusterlab.methods.survey_canvas import Scale

ENGLISH = load("en")


def found(spoken, text="Help with funding", **fields):
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return note(spoken, "findings", text, **named)


def rated(spoken="F1", **fields):
    """Make an item of 40 answers to which no rule says anything."""
    whole = {
        "answers": 40, "importance": 4.5, "performance": 2,
        "importance_counts": "0, 0, 0, 20, 20", "performance_counts": "10 20 10 0 0",
    }  # fmt: skip
    return found(spoken, **{**whole, **fields})


def told(*notes, **decided):
    own = replace(sheet("findings", *notes), settings=MethodSettings(**decided))
    return [(f.rule, f.severity, f.note) for f in check_survey(own)]


def said(*notes):
    return [ENGLISH.say(f.message) for f in check_survey(sheet("findings", *notes))]


def read(*notes, **decided):
    own = replace(sheet("findings", *notes), settings=MethodSettings(**decided))
    return survey_findings(own)


# -- reading -------------------------------------------------------------------------------------


def test_a_complete_finding_is_fine_and_stands_in_its_quarter():
    assert told(rated()) == []
    [judged] = read(rated()).matrix.judged
    assert (judged.quarter, judged.near, judged.elsewhere) == ("concentrate-here", False, "")


def test_a_mean_that_nobody_typed_is_that_of_the_counts():
    one = rated(importance=None, performance="", answers=None)
    assert told(one) == []
    [item] = read(one).shown
    assert (item.importance.mean, item.performance.mean, item.n) == (4.5, 2, 40)


@pytest.mark.parametrize("text", ["0,1,4,9,6", "0 1 4 9 6", "0; 1; 4; 9; 6", "0/1/4/9/6"])
def test_counts_are_read_however_they_are_parted(text):
    assert read(found("F1", importance_counts=text)).items[0].importance.counts == (0, 1, 4, 9, 6)


def test_lines_are_where_the_workshop_wants_them():
    two = [rated(), rated("F2", importance=3.5, importance_counts="", performance=1.5,
                          performance_counts="")]  # fmt: skip
    assert [j.quarter for j in read(*two).matrix.judged] == ["concentrate-here"] * 2
    mean = read(*two, importance_lines="mean").matrix
    assert (mean.importance_line, mean.performance_line) == (4, 1.75)
    assert [j.quarter for j in mean.judged] == ["keep-up", "low-priority"]


def test_answers_to_one_question_stand_together_whatever_its_case():
    asked = questions(
        read(
            found("F1", answers=40, share=60, question="What do you use?", several="yes"),
            found("F2", answers=40, share=10),
            found("F3", answers=40, share=70, question="what do you use"),
            found("F4", answers=40, question="What do you use?"),
        ).items
    )
    assert [(q.text, q.total, q.several) for q in asked] == [
        ("What do you use?", 130, True), ("", 10, False),
    ]  # fmt: skip


# -- rules ---------------------------------------------------------------------------------------


def test_figures_have_a_number_of_answers():
    bare = found("F1", share=20)
    assert told(bare) == [("survey-answers", "error", "F1")]
    assert read(bare).shown == ()
    assert [i.note.spoken for i in read(bare).unknown] == ["F1"]
    assert told(found("F1", share=20, answers=40)) == []
    assert told(found("F1", "Members want more visits")) == []  # no figure


@pytest.mark.parametrize(("answers", "shown"), [(0, False), (4, False), (5, True), (6, True)])
def test_figures_of_fewer_than_five_are_not_shown(answers, shown):
    one = found("F1", share=20, answers=answers)
    assert bool(read(one).shown) == shown
    assert told(one) == ([] if shown else [("survey-few", "error", "F1")])
    assert not read(one, fewest_answers=7).shown
    assert read(found("F1", share=20, answers=3), fewest_answers=3).shown


def test_the_least_number_of_answers_counts():
    one = rated(answers=40, performance="", performance_counts="1 1 1 0 0")
    assert ("survey-few", "error", "F1") in told(one)
    assert "2" not in "".join(s for s in said(one) if "mean" in s)


def test_what_is_wrong_with_a_mean_of_few_does_not_tell_the_mean():
    one = rated(answers=3, importance=1, importance_counts="0 0 0 1 2", performance_counts="")
    assert [rule for rule, _, _ in told(one)] == ["survey-few"]
    many = rated(answers=6, importance=1, importance_counts="0 0 0 2 4", performance_counts="")
    assert "survey-differs" in [rule for rule, _, _ in told(many)]


def test_half_a_pair_has_no_place_in_the_picture():
    half = rated(performance="", performance_counts="")
    assert told(half) == [("survey-half", "info", "F1")]
    assert said(half) == ["F1 has no “Performance”, so no place in the picture."]
    assert read(half).matrix.judged == ()


@pytest.mark.parametrize(
    "text", ["0, 1, 4, 9", "0, 1, 4, 9, 6, 1", "many", "1: 0, 2: 3", "-1 2 3 4 5"]
)
def test_counts_that_cannot_be_read_are_told(text):
    assert told(rated(importance_counts=text))[0] == ("survey-counts", "error", "F1")


@pytest.mark.parametrize(
    ("importance", "differs"), [(4.5, 0), (4.55, 0), (4.45, 0), (4.56, 1), (4.4, 1)]
)
def test_a_mean_is_that_of_its_counts_up_to_rounding(importance, differs):
    rules = [rule for rule, _, _ in told(rated(importance=importance))]
    assert rules == ["survey-differs"] * differs


def test_the_number_of_answers_is_that_of_the_counts():
    assert told(rated(answers=41)) == [("survey-differs", "warning", "F1")] * 2
    assert said(rated(answers=41))[0] == (
        "F1: “Importance, counted” makes 40 answers, but 41 are given."
    )


def test_means_without_counts_are_told_once():
    bare = [rated(f"F{n}", importance_counts="", performance_counts="") for n in (1, 2)]
    assert told(*bare, rated("F3")) == [("survey-mean", "warning", "")]
    assert said(*bare, rated("F3")) == ["A mean alone hides whether people agree: F1, F2."]


@pytest.mark.parametrize(
    ("shares", "several", "rules"),
    [
        ((60, 40), "", []),
        ((60, 41), "", []),  # each rounded
        ((60, 41.1), "", ["survey-sum"]),
        ((60, 70), "no", ["survey-sum"]),
        ((60, 70), "yes", []),
    ],
)
def test_more_than_a_hundred_percent_takes_several_answers(shares, several, rules):
    notes = [
        found(f"F{n}", share=share, answers=40, question="Which?", several=several)
        for n, share in enumerate(shares, 1)
    ]
    assert [rule for rule, _, _ in told(*notes)] == rules


@pytest.mark.parametrize(("answers", "rules"), [(29, ["survey-word"]), (30, []), (None, [])])
def test_of_few_answers_nothing_is_significant(answers, rules):
    one = found("F1", "Funding is significantly more wanted", answers=answers)
    # What has no figure has no number of answers to be missed.
    assert [rule for rule, _, _ in told(one)] == rules


def test_significance_has_words_in_other_languages():
    assert told(found("F1", "Ein signifikanter Unterschied", answers=9))
    assert not told(found("F1", "Ein großer Unterschied", answers=9))


@pytest.mark.parametrize(
    ("share", "answers", "rules"),
    [(33.3, 29, ["survey-decimals"]), (33.3, 30, []), (33, 29, []), (33.0, 29, [])],
)
def test_of_few_answers_percent_have_no_decimals(share, answers, rules):
    assert [rule for rule, _, _ in told(found("F1", share=share, answers=answers))] == rules


def test_odd_values_are_told_and_left_out():
    assert [r for r, _, _ in told(found("F1", share=101, answers=40))] == ["survey-odd"]
    assert [r for r, _, _ in told(rated(importance=6, importance_counts=""))] == [
        "survey-odd", "survey-half",
    ]  # fmt: skip


def test_a_kind_of_a_trainers_own_without_one_scale_for_both_is_told():
    kind = KINDS["findings"]
    fields = tuple(replace(f, maximum=7) if f.id == "importance" else f for f in kind.fields)
    own = replace(sheet("findings", rated()), kind=replace(kind, fields=fields))
    assert next(f.rule for f in check_survey(own)) == "survey-scale"
    assert survey_findings(own).matrix.judged == ()
    few = tuple(f for f in kind.fields if f.id in {"answers", "share"})
    own = replace(own, kind=replace(kind, fields=few))
    assert check_survey(own) == []


@given(st.lists(st.integers(0, 10**6), min_size=5, max_size=5))
def test_the_mean_of_counts_lies_on_the_scale(counts):
    item = read(found("F1", importance_counts=" ".join(map(str, counts)))).items[0]
    if sum(counts):
        assert 1 <= item.importance.mean <= 5
    else:
        assert item.importance.mean is None


@pytest.mark.parametrize(
    ("numbers", "fires"), [((20, 20), False), ((20, 21), True), ((20, None), False)]
)
def test_answers_to_one_question_rest_on_the_same_people(numbers, fires):
    notes = [
        found(f"F{i}", f"Answer {i}", answers=n, share=30, question="Which?")
        for i, n in enumerate(numbers, 1)
    ]
    assert ("survey-base" in {f.rule for f in check_survey(sheet("findings", *notes))}) is fires


@pytest.mark.parametrize("answers", [3, 30])
def test_counts_that_cannot_be_read_are_not_printed(answers):
    odd = found("F1", answers=answers, **{"importance-counts": f"0 1 0 {answers - 1}"})
    assert not [m for m in said(odd) if "0 1 0" in m]
    assert ("F1: “Importance, counted” cannot be read." in said(odd)) is (answers > 5)


def test_how_likely_people_are_to_recommend_is_counted_on_eleven_points():
    one = found("F1", recommendation_counts="0 0 0 0 0 0 5 0 5 0 10")
    assert told(one) == []
    [item] = read(one).shown
    assert (item.n, item.recommendation.n) == (20, 20)
    assert told(found("F1", answers=20, recommendation_counts="5 5 10")) == [
        ("survey-counts", "error", "F1")
    ]
    assert told(found("F1", answers=21, recommendation_counts="0 0 0 0 0 0 5 0 5 0 10")) == [
        ("survey-differs", "warning", "F1")
    ]
    few = found("F1", recommendation_counts="0 0 0 0 0 0 0 0 0 0 4")
    assert told(few) == [("survey-few", "error", "F1")]


def alike(*shares, several="", answers=25, **decided):
    notes = [
        found(f"F{n}", f"Answer {n}", answers=answers, share=s, question="Which?", several=several)
        for n, s in enumerate(shares, 1)
    ]
    return sorted(i.removeprefix("id-") for i in read(*notes, **decided).alike)


@pytest.mark.parametrize(
    ("shares", "hidden"),
    [
        ((60, 40), []),
        ((80, 20), []),  # 20 and 5 people
        ((84, 16), ["F1", "F2"]),  # 4 people, and who they are comes out of 21
        ((44, 40, 16), ["F2", "F3"]),
        ((60, 36, 4), ["F2", "F3"]),
        ((60, 20), []),  # 5 people gave none of the two
        ((60, 24), ["F2"]),  # 4 gave none of them
        ((34, 33, 32), []),  # 99 percent, by rounding
        ((100, 0), []),
    ],
)
def test_a_share_of_few_people_is_hidden_with_what_it_would_come_out_of(shares, hidden):
    assert alike(*shares) == hidden
    assert alike(*shares, fewest_alike=1) == []


def test_where_several_answers_are_possible_each_hides_for_itself():
    assert alike(84, 16, 20, several="yes") == ["F2"]
    lone = found("F1", "We know the director", answers=100, share=4)
    assert read(lone).alike == {"id-F1"}
    assert read(found("F1", answers=100, share=5)).alike == set()
    assert read(found("F1", answers=100, share=0)).alike == set()
    assert read(found("F1", answers=100, share=0.2)).alike == {"id-F1"}  # somebody's


@pytest.mark.parametrize(("answers", "told"), [(4, False), (5, True)])
def test_what_is_wrong_with_figures_is_told_only_of_enough_answers(answers, told):
    one = note(
        "F1", "findings", "A significant change", answers=answers, importance=4, performance=2,
        share=33.3, **{"importance-counts": "many", "performance-counts": f"0 0 0 0 {answers}"},
    )  # fmt: skip
    wrong = {"survey-counts", "survey-differs", "survey-word", "survey-decimals"}
    found = {f.rule for f in check_survey(sheet("findings", one))}
    assert found & wrong == (wrong if told else set())
    assert ("survey-few" in found) is not told


@pytest.mark.parametrize(
    ("low", "high", "points"),
    [(1, 5, 5), (0, 10, 11), (0, 11, 0), (1, 4.5, 0), (0.5, 5, 0), (-2, 2, 5)],
)
def test_a_scale_has_points_where_its_ends_are_whole_and_not_far_apart(low, high, points):
    assert Scale(low, high).points == points
