"""Which canvas counts as the other one of the same version."""

from dataclasses import replace

import pytest

from clusterlab.methods import Sheet
from clusterlab.methods.sheet import standing
from clusterlab.model import Board, BoardId, Named, Note
from clusterlab.workshop import load_kinds

VERSIONS = (Named("current", "Today"), Named("later", "Later"))
KINDS = {k: replace(load_kinds()[k], versions=VERSIONS) for k in ("smart-goals", "tows")}


def sheet(version, *written):
    boards = {
        BoardId("alpha", "tows", v): Board.of(BoardId("alpha", "tows", v), [_note(v)], 1)
        for v in written
    }
    board = Board(BoardId("alpha", "smart-goals", version))
    return Sheet(KINDS["smart-goals"], board, KINDS, boards)


def _note(version):
    return Note(id=version, spoken="SO1", topic="", block="so", values={"text": version})


@pytest.mark.parametrize(
    ("version", "written", "counts"),
    [
        ("later", ["current", "later"], "later"),
        ("later", ["current"], "current"),
        ("later", [], "later"),
        ("current", ["current", "later"], "current"),
        ("current", ["later"], "current"),
    ],
)
def test_ones_own_version_counts_and_the_first_where_it_is_not_written(version, written, counts):
    cited = sheet(version, *written).cited()
    assert cited.board.id.version == counts
    assert [n.text for n in cited.board] == ([counts] if counts in written else [])


def test_places_are_named_once_and_without_a_topic():
    board = BoardId("alpha", "smart-goals", "current", "business")
    assert standing(KINDS["tows"], board) == (BoardId("alpha", "tows", "current"),)
    later = replace(board, version="later")
    assert [i.version for i in standing(KINDS["tows"], later)] == ["later", "current"]


def test_a_kind_that_is_not_there_is_none():
    assert sheet("current").other("nowhere") is None
