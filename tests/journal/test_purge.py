import contextlib
import sqlite3

import pytest
from desk import SHEET, add, bytes_of, is_sound

from clusterlab.errors import JournalBusyError
from clusterlab.journal import Actor, files
from clusterlab.model import Operation

WORDS = ["Geheimnis", "Zwiebelkuchen", "bob@example.org"]


def held(path):
    """The person's words that any file in the journal's folder holds, as bytes."""
    return [w for w in WORDS for data in bytes_of(path).values() if w.encode() in data]


@pytest.fixture
def written(desk):
    """A journal with a person's words in every place where words can stand."""
    bob, ann = "bob", desk.journal
    ann.name(Actor(bob, "Zwiebelkuchen Bob", "bob@example.org"))
    desk.add("ours", "Ours")
    ann.append([add("his", "Geheimnis", actor=bob, id="1")])
    # too long for one page, so that overflow pages are needed
    ann.append([add("long", "Geheimnis " * 2000, actor=bob, id="2")])
    edit = {"note": "ours", "base": [], "values": {"text": "Geheimnis", "owner": "Zwiebelkuchen"}}
    ann.append([Operation(SHEET, "edit", edit, bob, "3")])  # stands beside Ann's
    ann.append([Operation(SHEET, "vote", {"note": "ours", "why": "Zwiebelkuchen"}, bob, "4")])
    ann.append([Operation(SHEET, "edit", {"base": [{"Geheimnis": 1}], "note": "ours"}, bob, "5")])
    desk.do("edit", "his", values={"impact": 3})
    return desk


def test_the_words_were_there(written):
    assert set(held(written.journal.path)) == set(WORDS)
    assert "Geheimnis" in repr(written.board.everything)


def test_no_file_holds_a_word_afterwards(written):
    path = written.journal.path
    assert written.journal.purge("bob") == 5
    assert held(path) == []
    written.journal.backup(path.with_name("backup.db"))
    assert held(path) == []
    written.journal.close()
    assert held(path) == []
    assert is_sound(path)


def test_the_board_keeps_its_structure(written):
    written.journal.purge("bob")
    board = written.board
    assert "Geheimnis" not in repr(board.everything)
    assert board.find("ours").text == "Ours"
    assert not board.find("ours").alternatives
    assert board.find("his").values == {"impact": 3}
    assert board.find("long") not in board.notes
    assert [o.kind for o in written.journal.history("ours")] == ["add", "edit", "vote", "edit"]


def test_the_name_is_forgotten_and_not_taken_in_again(written):
    written.journal.purge("bob")
    written.journal.name(Actor("bob", "Zwiebelkuchen Bob"))
    assert written.journal.actors() == []
    assert written.journal.purged() == {"bob"}


def test_undo_never_copies_words_of_others(written):
    edited = written.do("edit", "his", values={"text": "Ann's words instead"})
    earlier = [o for o in written.journal.read() if o.order < edited.order]
    inverse = type(written.board).fold(SHEET, earlier).inverse(edited, "undo")
    written.journal.append([inverse])
    assert written.board.find("his").text == "Geheimnis"
    written.journal.purge("bob")
    assert held(written.journal.path) == []
    assert written.board.find("his").text == ""


def test_what_the_same_id_writes_later_is_kept(written):
    copy = written.journal.path.with_name("copy.db")
    written.journal.backup(copy)
    written.journal.purge("bob")
    written.journal.append([add("new", "Written later", actor="bob")])
    written.journal.unite(copy)
    assert written.board.find("new").text == "Written later"
    assert written.journal.purge("bob") == 1
    assert written.journal.purge("bob") == 0


def test_an_old_copy_does_not_bring_the_words_back(pair):
    first, second = pair
    second.add("his", "Geheimnis")
    second.journal.name(Actor("bob", "Zwiebelkuchen Bob", "bob@example.org"))
    first.journal.unite(second.journal.path)
    second.add("apart", "Geheimnis, written while apart")
    first.journal._clock.hour = 12
    first.journal.purge("bob")
    assert first.journal.unite(second.journal.path) == 1
    assert held(first.journal.path) == []
    assert first.journal.actors() == []
    assert first.board.find("apart") not in first.board.notes
    # and the old copy loses them as soon as it takes in the purged one
    assert set(held(second.journal.path)) == set(WORDS)
    second.journal.unite(first.journal.path)
    assert held(second.journal.path) == []
    assert second.journal.purged() == {"bob"}
    assert first.board == second.board


def test_a_clock_that_was_ahead_saves_no_words(pair):
    first, second = pair
    second.journal._clock.hour = 23
    second.add("his", "Geheimnis")
    first.journal.unite(second.journal.path)
    first.journal.purge("bob")
    second.journal.unite(first.journal.path)
    assert held(first.journal.path) == held(second.journal.path) == []
    assert first.board == second.board


def test_purged_in_both_copies(pair):
    first, second = pair
    second.add("his", "Geheimnis")
    first.journal.unite(second.journal.path)
    for desk in pair:
        desk.journal.purge("bob")
    for desk, other in (pair, pair[::-1]):
        assert desk.journal.unite(other.journal.path) == 0
    assert first.board == second.board
    assert first.journal._purges() == second.journal._purges()


def test_a_reader_who_keeps_old_pages_is_told_of(written, monkeypatch):
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
    written.journal._connection.execute("PRAGMA busy_timeout = 10")
    path = written.journal.path
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM operations").fetchone()
        with pytest.raises(JournalBusyError, match="purge again"):
            written.journal.purge("bob")
        assert "Geheimnis" not in repr(written.board.everything)
        reader.execute("ROLLBACK")
    assert written.journal.purge("bob") == 0
    assert held(path) == []


def test_the_stamp_tells_of_purges_and_of_operations(written):
    stamps = [written.journal.stamp()]
    written.journal.purge("bob")
    stamps.append(written.journal.stamp())
    assert stamps[0][0] == stamps[1][0] == written.journal.position()
    written.add("new", "New")
    stamps.append(written.journal.stamp())
    assert len(set(stamps)) == 3
    assert written.journal.stamp() == stamps[-1]
