"""Several people's scores, and a SWOT by importance, as tables and pictures."""

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from odd import ODD, odd_notes
from sheets_of import KINDS, board, note, sheet

from clusterlab.language import load
from clusterlab.methods import MethodSettings, Sheet
from clusterlab.model import kind_from, kind_to
from clusterlab.outputs import Context
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.record import remake
from clusterlab.outputs.results import RESULTS, result
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle

HOSTILE = "<script>alert(1)</script> & “x” {text} =1+1"
DRAWS = Presenter(load("en"), Context("en"), {})
MADE = [("idea-scores", name) for name in RESULTS["scores"]]
MADE += [("swot", name) for name in RESULTS["swot"]]


def scored(*rows, count=3, **settings):
    ideas = board("ideas", *(note(f"ID{n}", "ideas", f"Idea {n}") for n in range(1, count + 1)))
    notes = [
        note(f"VO{n}", "scores", f"secret{n}", effort=effort, impact=impact)
        for n, (effort, impact) in enumerate(rows, 1)
    ]
    own = sheet("idea-scores", *notes, others=[ideas])
    return replace(own, settings=MethodSettings(**{"scores": "shown", **settings}))


ROWS = [
    ("ID1 1, ID2 2, ID3 5", "ID1 5, ID2 5, ID3 1"),
    ("ID1 1, ID2 2", "ID1 5, ID2 4"),
    ("ID1 1, ID2 4", "ID1 5, ID2 4"),
]


def cells(table):
    return [row.cells for row in table.rows]


def facts(output):
    return {f.label: f.value for f in output.footnotes}


def test_each_thing_has_its_spread_scale_by_scale():
    table = result(DRAWS, scored(*ROWS, count=4), "spread")
    assert [c.label for c in table.columns] == [
        "No.", "Idea",
        "Effort: median (mean)", "Effort: from – to (n)", "Effort: agreement",
        "Impact: median (mean)", "Impact: from – to (n)", "Impact: agreement",
    ]  # fmt: skip
    assert cells(table) == [
        ("ID1", "Idea 1", "1 (1)", "1 – 1 (3)", "100 %", "5 (5)", "5 – 5 (3)", "100 %"),
        ("ID2", "Idea 2", "2 (2.67)", "2 – 4 (3)", "67 %", "4 (4.33)", "4 – 5 (3)", "83 %"),
        ("ID3", "Idea 3", "5 (5)", "5 – 5 (1)", "", "1 (1)", "1 – 1 (1)", ""),
    ]
    assert facts(table)["Not scored:"] == "ID4"


def test_each_thing_has_its_quarter_and_what_would_move_it():
    table = result(DRAWS, scored(*ROWS), "certainty")
    assert cells(table) == [
        ("ID1", "Idea 1", "Quick wins", "3", "–", "–"),
        ("ID2", "Idea 2", "Quick wins", "3", "Major projects, Fill-ins, Thankless tasks",
         "VO1, VO2"),
        ("ID3", "Idea 3", "Thankless tasks", "1", "–", "–"),
    ]  # fmt: skip
    assert table.alt == (
        "How sure is this quadrant? 1 of 3 hang on one person: ID2. By one step, 1 would move."
    )
    assert facts(table)["Places:"] == "Things stand at the median of the scores."
    mean = result(DRAWS, scored(*ROWS, score_centre="mean"), "certainty")
    assert facts(mean)["Places:"] == "Things stand at the mean of the scores."


def test_the_picture_says_what_hangs_on_one_person():
    drawn = result(DRAWS, scored(*ROWS), "matrix-picture")
    assert drawn.alt.endswith("1 of 3 hang on one person: ID2. By one step, 1 would move.")
    assert "hangs on one person" in drawn.svg
    sure = result(DRAWS, scored(ROWS[0], ROWS[0]), "matrix-picture")
    assert "None of 3 hangs on one person." in sure.alt
    assert "hangs on one person" not in sure.svg.partition("</desc>")[2]


@pytest.mark.parametrize("name", RESULTS["scores"])
def test_results_name_nobody(name):
    told = json.dumps(list(result(DRAWS, scored(*ROWS), name).twins().values()))
    assert "secret" not in told


@pytest.mark.parametrize("name", RESULTS["scores"])
def test_before_anybody_has_scored_a_sentence_says_so(name):
    drawn = result(DRAWS, scored(), name)
    assert drawn.type == "picture"
    assert drawn.text


def test_scores_that_are_not_of_two_axes_have_no_matrix_but_a_spread():
    raw = kind_to(KINDS["idea-scores"])
    raw = {k: v for k, v in raw.items() if k not in {"axes", "quadrants", "midpoint"}}
    kind = kind_from({**raw, "fields": raw["fields"][:1]}, "own.toml")
    held = scored(*ROWS)
    kinds = {**held.kinds, kind.id: kind}
    own = Sheet(kind, held.board, kinds, held.boards, settings=held.settings)
    assert len(result(DRAWS, own, "spread").columns) == 5
    for name in ("certainty", "matrix-picture"):
        assert "no matrix" in result(DRAWS, own, name).text


def rated(count):
    blocks = ("strengths", "weaknesses", "opportunities", "threats")
    notes = [
        note(f"{'SWOT'[n % 4]}{n}", blocks[n % 4], f"Note {n}", topic="business",
             importance=n % 5 + 1)
        for n in range(count)
    ]  # fmt: skip
    strategy = note("SO1", "so", topic="business", links=["S4", "O2"])
    return sheet("swot", *notes, others=[board("tows", strategy)])


def test_rated_notes_are_listed_by_importance_with_what_takes_them_up():
    table = result(DRAWS, rated(6), "ranking")
    assert cells(table) == [
        ("S4", "Note 4", "Strengths", "5", "SO1"),
        ("T3", "Note 3", "Threats", "4", "none yet"),
        ("O2", "Note 2", "Opportunities", "3", "SO1"),
        ("W1", "Note 1", "Weaknesses", "2", "–"),
        ("S0", "Note 0", "Strengths", "1", "–"),
        ("W5", "Note 5", "Weaknesses", "1", "–"),
    ]


def test_the_picture_of_importance_says_what_no_strategy_takes_up():
    drawn = result(DRAWS, rated(6), "ranking-picture")
    assert drawn.alt == "6 notes are rated. Rated high, but in no strategy yet: T3."
    assert [row[2] for row in drawn.data.rows[:2]] == [
        "A strategy takes it up", "No strategy takes it up",
    ]  # fmt: skip
    bare = result(
        DRAWS, sheet("swot", note("S1", "strengths", topic="business")), "ranking-picture"
    )
    assert bare.alt == "No note is rated yet. Each appears here as soon as it has an importance."


def test_forty_things_are_all_in_the_pictures():
    every = ", ".join(f"ID{n} {n % 5 + 1}" for n in range(1, 41))
    for drawn in (
        result(DRAWS, scored((every, every), count=40), "matrix-picture"),
        result(DRAWS, rated(40), "ranking-picture"),
    ):
        shown = "".join("".join(ET.fromstring(s).itertext()) for s in (drawn.svg, *drawn.more))
        assert all(shown.count(name) for name in ("40", "39", "1", "2"))
        assert len(drawn.data.rows) == 40


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize(("canvas", "name"), MADE)
def test_no_value_stops_a_result(canvas, name, value):
    kind = KINDS[canvas]
    others = [board(k, *odd_notes(KINDS[k], value)) for k in ("ideas", "tows")]
    result(DRAWS, sheet(canvas, *odd_notes(kind, value), others=others), name).twins()


def test_results_are_made_again_from_a_bundle_and_what_people_typed_stays_text(small):
    here = OpenWorkshop(small).cluster("alpha")
    here.board("ideas").add("ideas", HOSTILE)
    here.board("idea-scores").add("scores", HOSTILE, effort="ID1 1", impact="ID1 5")
    here.board("swot", topic="business").add("strengths", HOSTILE, importance=5)
    cluster, language = small.cluster("alpha"), load("en")
    live = ClusterOutputs(small, cluster, language)
    bundled = ClusterOutputs(Bundle(small.bundle(cluster, language)), cluster, language)
    for canvas, name in MADE:
        drawn = live.result(canvas, name)
        assert "<script" not in drawn.twins()["text/html"]
        again = remake(bundled, drawn.to_json()["context"]["made"])
        assert again.twins()["text/html"] == drawn.twins()["text/html"]


@pytest.mark.parametrize("name", RESULTS["scores"])
def test_results_say_that_scores_are_hidden_until_everybody_has_scored(name):
    made = result(DRAWS, scored(*ROWS, scores="hidden"), name)
    assert made.type == "picture"
    assert made.alt.startswith("People who have scored so far: 3.")
    assert "ID1" not in json.dumps(made.twins())
    waited = result(DRAWS, scored(*ROWS, scores="hidden", scorers=3), name)
    assert "ID1" in json.dumps(waited.twins())
    nobody = result(DRAWS, scored(scores="hidden"), name)
    assert "scored so far" not in nobody.alt
