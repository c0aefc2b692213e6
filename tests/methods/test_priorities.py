"""Quarters of a matrix, by the cases that the page's rule is tested with too."""

import json
from pathlib import Path

import pytest

from clusterlab.methods import line_halves, middle, priorities, quadrant_of
from clusterlab.model import Note, kind_from
from clusterlab.workshop import load_kinds

CASES = json.loads(
    (Path(__file__).parent.parent / "fixtures" / "quadrants.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_note_is_in_its_quarter(case):
    kind = kind_from(case["kind"], "sample.toml")
    for note in case["notes"]:
        found = quadrant_of(kind, Note("x", values=note["values"]))
        assert (found.id if found else None) == note["quadrant"], note


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 1j, "3", b"3"])
def test_what_is_no_number_has_no_quarter(value):
    kind = load_kinds()["action-plan"]
    assert quadrant_of(kind, Note("x", values={"effort": value, "impact": 3})) is None


@pytest.mark.parametrize(("effort", "placed"), [(1, True), (0.9, False), (5, True), (5.1, False)])
def test_what_is_off_the_scale_has_no_quarter(effort, placed):
    kind = load_kinds()["action-plan"]
    found = quadrant_of(kind, Note("x", values={"effort": effort, "impact": 4}))
    assert (found is not None) is placed
    note = Note("x", values={"effort": -(10**400), "impact": 10**400})
    assert quadrant_of(kind, note) is None


def test_the_action_plan_is_cautious_on_the_line():
    kind = load_kinds()["action-plan"]
    assert line_halves(kind) == ("high", "low")
    assert [middle(f) for f in kind.fields if f.id in kind.axes] == [3, 3]
    assert quadrant_of(kind, Note("x", values={"effort": 3, "impact": 3})).id == "thankless-tasks"


def test_notes_are_sorted_into_quarters_in_their_order():
    kind = load_kinds()["action-plan"]
    numbers = [(2, 5), (None, 2), (5, 5), (1, 4)]
    notes = [Note(str(i), values={"effort": x, "impact": y}) for i, (x, y) in enumerate(numbers)]
    found = priorities(kind, notes)
    assert {q.id: [n.id for n in held] for q, held in found.quadrants} == {
        "quick-wins": ["0", "3"],
        "major-projects": ["2"],
        "fill-ins": [],
        "thankless-tasks": [],
    }
    assert [n.id for n in found.unplaced] == ["1"]
