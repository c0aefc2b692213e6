"""What operations do: the same cases, and the same random steps, for the fold and for the page."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlab.model import Board, BoardId, Operation
from clusterlab.widgets.board import board_to

TESTS = Path(__file__).parents[1]
CASES = json.loads((TESTS / "fixtures" / "operations.json").read_text(encoding="utf-8"))["cases"]
SHEET = BoardId("moveo", "swot", "current")
APART = {"id", "kind", "version", "author"}


def operation(raw, sequence):
    payload = {name: value for name, value in raw.items() if name not in APART}
    time = f"2026-01-01T00:00:{sequence:03}.000Z"
    return Operation(SHEET, raw["kind"], payload, raw["author"], raw["id"], sequence, time)


def folded(raws):
    return Board.fold(SHEET, [operation(raw, number) for number, raw in enumerate(raws, 1)])


def facts(board):
    """What a board shows, as the cases write it down."""
    return facts_of(json.loads(json.dumps(board_to(board))))


def facts_of(plain):
    names = ("id", "values", "links", "heads", "deleted")

    def brief(note):
        beside = [[a["field"], a["value"], a["operation"]] for a in note["alternatives"]]
        return {name: note[name] for name in names} | {"alternatives": beside}

    return {p: [brief(plain["notes"][i]) for i in ids] for p, ids in plain["lists"].items() if ids}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    assert facts(folded(case["given"])) == facts_of(case["start"])
    board = folded(case["given"] + case["operations"])
    assert facts(board) == case["expected"]
    stepwise = folded(case["given"])
    for number, raw in enumerate(case["operations"], len(case["given"]) + 1):
        stepwise = stepwise.apply(operation(raw, number))
    assert facts(stepwise) == case["expected"]


# -- random steps of people who see everything -------------------------------------------------

PLACES = [("business", "strengths"), ("business", "threats"), ("services", "strengths")]
STEPS = ["add", "add", "edit", "edit", "owner", "move", "move", "order", "delete", "restore"]
STEPS += ["link", "unlink", "resolve", "undo", "undo", "undo"]
steps = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 9), st.integers(0, 9)),
    min_size=3,
    max_size=30,
)


class Story:
    """Operations that were done one after the other, each by somebody who saw the board."""

    def __init__(self):
        self.raws = []
        self.board = Board(SHEET)

    def do(self, kind, note, **payload):
        known = self.board.everything.get(note)
        base = {"base": list(known.heads)} if known else {}
        number = len(self.raws) + 1
        raw = {"id": f"o{number}", "kind": kind, "version": "current", "note": note}
        raw |= {"author": f"p{number % 3}", **base, **payload}
        self.raws.append(raw)
        self.board = self.board.apply(operation(raw, number))

    def step(self, kind, which, other):
        number = len(self.raws)
        if kind == "add":
            topic, block = PLACES[other % 3]
            notes = [""] + [n.id for n in self.board.block(block, topic)]
            after = {} if which > 6 else {"after": notes[which % len(notes)]}
            values = {"text": f"text {number}", "tags": [f"tag {number}"]}
            self.do("add", f"n{number}", topic=topic, block=block, values=values, **after)
            return
        if kind == "undo" and self.raws:
            target = self.raws[-1 - which % min(len(self.raws), 6)]
            if target["kind"] != "add" or not self.board.everything[target["note"]].deleted:
                self.do("undo", target["note"], target=target["id"])
            return
        notes = [n for n in self.board.everything.values() if n.deleted == (kind == "restore")]
        if not notes:
            return
        note = notes[which % len(notes)]
        topic, block = PLACES[other % 3]
        match kind:
            case "edit":
                self.do("edit", note.id, values={"text": f"text {number}"})
            case "owner":
                self.do("edit", note.id, values={"owner": None if other < 3 else f"o {number}"})
            case "move":
                self.do("move", note.id, topic=topic, block=block, after="")
            case "order":
                self.do("move", note.id, after=notes[other % len(notes)].id)
            case "link" | "unlink":
                self.do(kind, note.id, target=f"n{other}")
            case "resolve":
                self.do("resolve", note.id, field="text", keep="")
            case _:
                self.do(kind, note.id)


PROGRAM = """
import { readFileSync } from "node:fs";
import { apply } from "%s";
import { facts } from "%s";
const stories = JSON.parse(readFileSync(0, "utf8"));
const ends = stories.map((raws) => {
  let board = { notes: {}, lists: {} };
  return raws.map((raw) => facts(board = apply(board, raw)));
});
process.stdout.write(JSON.stringify(ends));
"""


def test_the_page_foretells_what_the_fold_says_of_people_who_see_everything(node):
    stories = []

    @settings(max_examples=300, deadline=None, database=None)
    @given(steps)
    def tell(todo):
        story = Story()
        for step in todo:
            story.step(*step)
        stories.append(story.raws)

    tell()
    board = (TESTS.parent / "clusterlab" / "widgets" / "static" / "board.js").as_uri()
    program = PROGRAM % (board, (TESTS / "js" / "facts.js").as_uri())
    done = subprocess.run(
        [node, "--input-type=module", "-e", program],
        input=json.dumps(stories),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for raws, foretold in zip(stories, json.loads(done.stdout), strict=True):
        shown = Board(SHEET)
        for number, (raw, page) in enumerate(zip(raws, foretold, strict=True), 1):
            shown = shown.apply(operation(raw, number))
            assert page == facts(shown), raws[:number]
