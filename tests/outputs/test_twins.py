"""Pictures in words: ranges, ends of axes, what stands in each line."""

from dataclasses import replace

import pytest
from filled import drawn, filled
from sheets_of import KINDS, note, sheet

from clusterlab.language import Language, load
from clusterlab.outputs import Context
from clusterlab.outputs.present import Presenter
from clusterlab.outputs.results import result
from clusterlab.outputs.twins import ranges

DRAWS = Presenter(load("en"), Context("en"), {})


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], []),
        (["T1"], ["T1"]),
        (["T1", "T2"], ["T1–T2"]),
        (["T8", "T9", "T10", "S1", "S3"], ["T8–T10", "S1", "S3"]),
        (["T2", "T1", "Kick-off", "7", "8", ""], ["T2", "T1", "Kick-off", "7–8", ""]),
    ],
)
def test_numbered_things_are_told_from_the_first_to_the_last(names, told):
    assert ranges(names) == told


def test_an_axis_without_words_for_its_ends_goes_from_low_to_high():
    own = sheet("action-plan", note("A1", "actions", "Ask", effort=2, impact=4))
    plain = [replace(f, minimum_label="", maximum_label="") for f in own.kind.fields]
    old = replace(own, kind=replace(own.kind, fields=tuple(plain)))
    lines = result(DRAWS, old, "matrix-picture").text.splitlines()
    assert lines[0] == "Across: Effort, from 1 = low to 5 = high."
    new = result(DRAWS, own, "matrix-picture")
    assert new.text.splitlines()[0] == "Across: Effort, from 1 = little effort to 5 = much effort."
    assert "little effort" in new.svg
    assert new.text.splitlines()[-1] == "A1 Ask: Effort 2, Impact 4"


def test_a_trend_is_told_with_its_own_rating_and_the_benchmark():
    trend = {"segment": "Energy", "ring": "act", "influence": 5, "competence": 2}
    other = {"benchmark-influence": 4, "benchmark-competence": 4.5}
    made = result(DRAWS, sheet("trend-radar", note("TR1", "trends", "Hydrogen", **trend, **other)))
    assert made.type == "table"
    own = sheet("trend-radar", note("TR1", "trends", "Hydrogen", **trend, **other))
    made = result(DRAWS, own, "radar-picture")
    assert made.text.splitlines()[-1] == (
        "TR1 Hydrogen: Energy, Act, Influence 5, Competence 2, Benchmark: influence 4, "
        "Benchmark: competence 4.5"
    )
    assert made.data.columns[-2:] == ("Benchmark: influence", "Benchmark: competence")
    assert made.data.rows[0][-4:] == (5, 2, 4, 4.5)
    meanings = [fact.value for fact in made.legend]
    assert "Own competence (filled) beside the benchmark (hollow)" in meanings
    alone = sheet("trend-radar", note("TR1", "trends", "Hydrogen", **trend))
    assert "hollow" not in result(DRAWS, alone, "radar-picture").svg


def test_a_task_is_told_with_all_that_its_bar_shows():
    own = sheet(
        "tasks",
        note("T1", "tasks", "Ask", duration=5),
        note("T2", "tasks", "Print", duration=1, after="T1", deadline="2026-11-20"),
        note("T3", "tasks", "Book", duration=1),
        day="2026-11-19",
    )
    lines = result(DRAWS, own, "gantt").text.splitlines()
    assert lines[1].endswith(
        ", critical, Ends after its deadline, Deadline November 20, 2026, after T1"
    )
    assert lines[2].endswith(", Float 5")
    lines = result(DRAWS, own, "network").text.splitlines()
    assert lines[1].startswith("T2 Print ← T1: earliest start 5, earliest finish 6, latest start ")


def test_where_the_thread_breaks_off_stands_beside_the_note():
    lines = drawn("smart-goals", "thread-picture", 12).text.splitlines()
    assert any(line.endswith("(nothing takes it up)") for line in lines)
    assert "SMART goals:" in lines


def test_legends_are_told_in_the_language_of_the_document():
    german = Language("de", {"ring": "Kreis", "What the signs mean": "Zeichen"})
    draws = Presenter(german, Context("de"), {})
    made = result(draws, filled("indicators", 3), "progress-picture")
    assert made.legend[0].label == "Kreis"


@pytest.mark.parametrize("kind", [k for k in KINDS.values() if k.axes], ids=lambda k: k.id)
def test_what_the_ends_mean_stands_in_the_picture_and_its_words(kind):
    made = drawn(kind.id, "map-picture" if kind.id == "services" else "matrix-picture", 3)
    for name in kind.axes:
        field = kind.field(name)
        assert field.minimum_label in made.text
        assert field.maximum_label in made.text
