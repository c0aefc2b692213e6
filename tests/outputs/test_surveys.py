"""What a survey found, as tables and as a picture."""

import re
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "methods"))

import hostile
import samples
from odd import ODD, odd_notes
from sheets_of import KINDS, note, sheet

from clusterlab.language import load
from clusterlab.methods import MethodSettings
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.results import EMPTY, RESULTS, result
from clusterlab.session import OpenWorkshop

NAMES = tuple(RESULTS["survey"])


def found(spoken, text, **fields):
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return note(spoken, "findings", text, **named)


SURVEY = (
    found("F1", "Newsletter", answers=40, importance=2, performance=4.125),
    found("F2", "Funding advice", answers=12, importance=4.62, performance=2.04,
          importance_counts="0 0 1 3 8"),
    found("F3", "Visits", answers=40, importance=3.2, performance=4),
    found("F4", "Lobbying", answers=4, importance=4, performance=1, share=25),
    found("F5", "Training", importance=4, performance=1),
    found("F6", "We use the newsletter", answers=29, share=66.5, question="Use?", several="yes"),
    found("F7", "We use visits", answers=29, share=70, question="Use?"),
    found("F8", "We know the director", answers=200, share=12.34),
)  # fmt: skip


def drawn(name, *notes, language="en", **decided):
    draws = Presenter(load(language), samples.CONTEXT, {})
    own = replace(sheet("findings", *notes), settings=MethodSettings(**decided))
    return result(draws, own, name)


def cells(table):
    return [row.cells for row in table.rows]


def notes(made):
    return {fact.label: fact.value for fact in made.footnotes}


def test_importance_and_performance_as_a_table_by_quarter():
    table = drawn("", *SURVEY)
    assert [c.id for c in table.columns] == [
        "spoken", "text", "importance", "importance-boxes", "performance", "answers", "quarter",
        "remark",
    ]  # fmt: skip
    assert cells(table) == [
        ("F2", "Funding advice", "4.6", "at least 66 % · 0 % · –", "2", "12", "Concentrate here",
         ""),
        ("F3", "Visits", "3.2", "", "4", "40", "Keep up the good work",
         "near a line; with lines at the means: Possible overkill"),
        ("F1", "Newsletter", "2", "", "4.13", "40", "Possible overkill", ""),
    ]  # fmt: skip


def test_lines_few_answers_and_what_is_not_shown_are_said():
    for name in ("importance", "importance-picture"):
        said = notes(drawn(name, *SURVEY))
        assert said["Lines:"].startswith("The lines are at the middle of the scale, 3. What lies")
        assert said["Few answers:"] == "under 30, so that much may be chance: F2"
        assert [f.value for f in drawn(name, *SURVEY).footnotes if f.label == "Not shown:"] == [
            "too few answers, so that nobody can be made out: F4",
            "nobody says how many answered: F5",
        ]
    said = notes(drawn("importance", *SURVEY, importance_lines="mean"))["Lines:"]
    assert said.startswith("The lines are at the means of what is shown: importance 3.27, ")


def test_a_table_without_counts_has_no_column_for_them():
    table = drawn("importance", SURVEY[0])
    assert "importance-boxes" not in [c.id for c in table.columns]


def test_the_picture_says_its_message_with_the_number_of_answers():
    made = drawn("importance-picture", *SURVEY)
    assert made.alt == ("3 things that members rated. Important and not yet good enough: F2.")
    lines = made.text.splitlines()
    assert lines[:4] == [
        "Across: Performance, from 1 = poor to 5 = excellent.",
        "Up: Importance, from 1 = not important to 5 = very important.",
        "Concentrate here: F2",
        "Keep up the good work: F3",
    ]
    assert lines[6] == (
        "F2 Funding advice: Concentrate here, Importance 4.6, Performance 2, n = 12"
    )
    assert lines[7].endswith("n = 40, near a line; with lines at the means: Possible overkill")
    assert "n = 40" in made.svg
    assert "Within 0.25 of a line" in made.svg
    assert "Within" not in drawn("importance-picture", SURVEY[1]).svg
    assert "Lobbying" not in made.svg + made.text
    calm = drawn("importance-picture", SURVEY[0])
    assert calm.alt == "1 things that members rated; none is important and not yet good enough."


def test_shares_stand_by_question_and_may_be_more_than_a_hundred_percent():
    table = drawn("shares", *SURVEY)
    assert cells(table) == [
        ("F7", "We use visits", "Use?", "70 %", "29"),
        ("F6", "We use the newsletter", "Use?", "67 %", "29"),
        ("F8", "We know the director", "", "12.3 %", "200"),
    ]
    assert notes(table)["Few answers:"] == "under 30, so that much may be chance: F6, F7"
    assert notes(table)["Not shown:"] == "too few answers, so that nobody can be made out: F4"
    said = notes(table)["Several answers:"]
    assert said == "people could choose several, so shares may make more than 100 %: Use?"
    assert "Several answers:" not in notes(drawn("shares", SURVEY[-1]))


@pytest.mark.parametrize(("several", "shown"), [("no", []), ("", []), ("yes", ["F1", "F2"])])
def test_no_hidden_share_comes_out_of_the_others(several, shown):
    asked = {"question": "Which?", "several": several}
    table = drawn(
        "shares",
        found("F1", "One", answers=20, share=60, **asked),
        found("F2", "Two", answers=20, share=35, **asked),
        found("F3", "Three", answers=4, share=5, **asked),
        found("F4", "Other", answers=20, share=50, question="And?"),
    )
    assert [row[0] for row in cells(table)] == [*shown, "F4"]
    said = [fact.value for fact in table.footnotes if fact.label == "Not shown:"]
    assert ("what is hidden would come out of the other answers: F1, F2" in said) is (not shown)


def test_high_and_low_points_stand_beside_the_mean():
    one = found("F1", "Visits", answers=50, importance=3.7, performance=3,
                importance_counts="5 5 10 10 20")  # fmt: skip
    table = drawn("importance", one)
    assert cells(table)[0][2:4] == ("3.7", "60 % · 20 % · +40")
    assert table.columns[3].label == "Importance: high, low, net"
    assert "top-2-box" in notes(table)["High, low, net:"]
    assert "–:" not in notes(table)
    few = drawn("importance", *SURVEY)
    assert notes(few)["–:"] == (
        "not told to the point, as fewer than 5 people gave it or it would come out"
    )
    assert cells(drawn("importance", *SURVEY, fewest_alike=1))[0][3] == "92 % · 0 % · +92"


def test_shares_of_few_people_are_not_listed_and_that_is_said():
    asked = {"question": "Which?", "answers": 25}
    table = drawn(
        "shares",
        found("F1", "One", share=60, **asked),
        found("F2", "Two", share=36, **asked),
        found("F3", "Three", share=4, **asked),
    )
    assert [row[0] for row in cells(table)] == ["F1"]
    assert notes(table)["Not shown:"] == (
        "fewer than 5 people chose it, or it would come out: F2, F3"
    )
    assert "Three" not in table.to_text()


def test_a_canvas_has_no_column_in_which_all_is_hidden(small):
    board = OpenWorkshop(small).cluster("alpha").board("findings")
    counted = {"importance-counts": "0 0 0 1 19", "performance-counts": "5 5 5 5 5"}
    board.add("findings", "Visits", answers=20, importance=5, **counted)
    columns = [c.id for c in board.output().columns]
    assert "importance-counts" not in columns
    assert {"performance-counts", "answers", "recommendation-counts"} <= set(columns)
    (row,) = board.output().rows
    assert len(row.cells) == len(columns)
    board.add("findings", "Fairs", answers=20, **{"importance-counts": "0 0 0 10 10"})
    assert "importance-counts" in [c.id for c in board.output().columns]


def test_who_would_recommend_as_the_net_promoter_score():
    whole = found("F1", "Recommend us?", recommendation_counts="0 0 0 0 0 0 8 7 7 6 6")
    small = found("F2", "The fair?", recommendation_counts="0 0 0 0 0 4 0 0 10 0 20")
    few = found("F3", "The newsletter?", recommendation_counts="0 0 0 0 0 0 0 0 0 4 0")
    table = drawn("recommendation", whole, small, few)
    assert cells(table) == [
        ("F1", "Recommend us?", "+11.8", "12", "14", "8", "34"),
        ("F2", "The fair?", "+47.1", "–", "–", "–", "34"),
    ]
    assert "F1: +11.8; F2: +47.1" in table.alt
    assert "seven" not in table.summary
    assert "detractors (0 to 6)" in table.summary
    assert notes(table)["Not shown:"] == "too few answers, so that nobody can be made out: F3"


def test_a_mean_beside_the_line_is_seen_to_lie_there():
    near = found("F1", "Newsletter", answers=20, importance=4, performance=3.04)
    on = found("F2", "Visits", answers=20, importance=4, performance=3)
    rows = {row[0]: row[3] for row in cells(drawn("importance", near, on))}
    assert rows == {"F1": "3.04", "F2": "3"}


def test_what_has_only_one_of_the_two_means_is_told():
    half = found("F1", "Newsletter", answers=20, importance=4)
    whole = found("F2", "Visits", answers=40, importance=4, performance=3)
    told = notes(drawn("importance", half, whole))
    assert told["Not placed:"] == "only one of the two was asked or noted: F1"
    assert "Few answers:" not in told


@pytest.mark.parametrize("name", NAMES)
def test_a_canvas_without_figures_says_that_there_is_nothing_yet(name):
    for made in (drawn(name), drawn(name, found("F1", "Members want visits"))):
        assert made.type == "picture"
        assert EMPTY in made.to_text() or name.endswith("picture")


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lines", ["middle", "mean"])
def test_no_value_stops_a_result(name, value, lines):
    kind = KINDS["findings"]
    made = drawn(name, *odd_notes(kind, value), importance_lines=lines)
    assert made.to_json()
    assert made.to_html()


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_stay_texts(name):
    held = [
        found(f"F{n}", text, answers=9, importance=4, performance=n % 5 + 1, share=5,
              question=text, several="yes")
        for n, text in enumerate(hostile.TEXTS, 1)
    ]  # fmt: skip
    html = drawn(name, *held).to_html()
    assert "<script" not in html
    assert re.findall(r'<img(?! class="[a-z-]+" src="data:)(?! src="data:)[^>]{,40}', html) == []


def test_the_thread_table_has_what_is_linked_or_open(small):
    opened = OpenWorkshop(small).cluster("alpha")
    survey = opened.board("findings")
    survey.add("findings", "Members ask for visits", share=60, answers=40)
    survey.add("findings", "Members like the newsletter", share=90, answers=40)
    swot = opened.board("swot", topic="business")
    swot.add("weaknesses", "We visit too few members")
    swot.add("weaknesses", "Two of us do everything")
    [name] = [n.spoken for n in swot.notes if n.text == "We visit too few members"]
    swot.link(name, "F1")
    opened.board("smart-goals").add("goals", "Visit each member")
    outputs = ClusterOutputs(small, small.cluster("alpha"), load("en"))
    rows = {row.cells[1]: row.cells[2:] for row in outputs.result("smart-goals", "thread").rows}
    assert rows["Members ask for visits"] == ("Survey findings", "", name)
    assert rows["Members like the newsletter"] == ("Survey findings", "", "nothing")
    assert rows["We visit too few members"] == ("SWOT", "F1", "")
    assert "Two of us do everything" not in rows
    assert [f.note for f in outputs.check() if f.rule == "thread-finding"] == ["F2"]
    assert "F1" in outputs.board("swot", topic="business").to_html()


def test_the_thread_picture_begins_with_what_a_survey_found(small):
    opened = OpenWorkshop(small).cluster("alpha")
    survey = opened.board("findings")
    for text in ("Members ask for visits", "Members like the newsletter"):
        survey.add("findings", text, share=60, answers=40)
    made = ["F1"]
    for canvas, block in (("swot", "weaknesses"), ("tows", "wo"), ("smart-goals", "goals")):
        board = opened.board(canvas, topic="" if canvas == "smart-goals" else "business")
        note = board.add(block, f"Taking up {made[-1]}")
        board.link(note.spoken, made[-1])
        made.append(note.spoken)
    outputs = ClusterOutputs(small, small.cluster("alpha"), load("en"))
    picture = outputs.result("smart-goals", "thread-picture")
    lines = [line for line in picture.text.splitlines() if "→" in line]
    texts = ["Members ask for visits", *(f"Taking up {name}" for name in made)]
    assert lines == [
        f"{a} {text} → {b}" for (a, b), text in zip(pairwise(made), texts, strict=False)
    ]
    assert "Survey findings" in picture.svg
    assert "newsletter" not in picture.svg
