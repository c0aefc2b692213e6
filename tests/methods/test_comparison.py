"""The comparison follows the cases that the live canvas is held to as well."""

import json
from pathlib import Path

import pytest

from clusterlab.methods import compare
from clusterlab.model import Block, Board, BoardId, CanvasKind, Note, clean

CASES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "comparisons.json").read_text(encoding="utf-8")
)["cases"]
BLOCKS = (Block("b", "B", letter="B"),)
KIND = CanvasKind("k", 1, "K", "grid", BLOCKS)


def board(side, texts):
    notes = [
        Note(f"{side}{i}", block="b", values={"text": clean(text)}) for i, text in enumerate(texts)
    ]
    return Board.of(BoardId("c", "k", side), notes, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_marks(case):
    (found,) = compare(KIND, board("b", case["before"]), board("a", case["after"]))
    later = {n.id: "kept" for n in found.kept} | {n.id: "added" for n in found.added}
    assert [later[f"a{i}"] for i in range(len(case["after"]))] == case["marks"][1]
    dropped = {n.id for n in found.dropped}
    marks = ["dropped" if f"b{i}" in dropped else "kept" for i in range(len(case["before"]))]
    assert marks == case["marks"][0]
