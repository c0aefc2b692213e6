"""Boards that were folded are given again until anything changes, whoever changes it."""

from contextlib import closing

import pytest
from desk import SHEET, WORKSHOP, add

from clusterlab.journal import Journal
from clusterlab.model import Board, BoardId


@pytest.fixture
def texts(desk):
    """A function that gives what a cluster's notes say, asked for as a cell does."""

    def given(cluster="moveo"):
        boards = desk.journal.boards(cluster)
        return [note.text for board in boards.values() for note in board.on("")]

    desk.add("first", "One")
    assert given() == ["One"]
    return given


def test_nothing_is_folded_twice(desk, texts, monkeypatch):
    monkeypatch.setattr(Board, "fold", None)
    assert texts() == texts() == ["One"]


def test_what_one_does_to_the_answer_stays_apart(desk, texts):
    desk.journal.boards("moveo").clear()
    assert texts() == ["One"]


def test_own_writing_is_seen(desk, texts):
    desk.add("second", "Two")
    assert texts() == ["One", "Two"]


def test_what_others_write_is_seen(desk, texts):
    with closing(Journal(desk.journal.path, WORKSHOP)) as other:
        other.append([add("second", "Two")])
    assert texts() == ["One", "Two"]


def test_a_purge_is_seen_though_no_operation_came(desk, texts):
    position = desk.journal.position()
    assert desk.journal.purge("ann") == 1
    assert desk.journal.position() == position
    assert "One" not in texts()


def test_a_purge_by_another_program_is_seen(desk, texts):
    with closing(Journal(desk.journal.path, WORKSHOP)) as other:
        other.purge("ann")
    assert "One" not in texts()


def test_a_union_is_seen(pair):
    first, second = pair
    assert len(first.journal.boards("moveo")[SHEET].on("")) == 5
    second.add("his", "Six")
    first.journal.unite(second.journal.path)
    assert len(first.journal.boards("moveo")[SHEET].on("")) == 6


def test_clusters_stay_apart(desk, texts):
    assert texts("other") == []
    assert texts() == ["One"]
    assert BoardId("other", "swot") not in desk.journal.boards("moveo")
