import contextlib
import sqlite3
from dataclasses import replace

import pytest
from desk import SHEET, SWOT, WORKSHOP, Clock, Desk, add

from clusterlab.errors import JournalBusyError, JournalError
from clusterlab.journal import Actor, Journal, files, utc_now
from clusterlab.model import BoardId, Operation


def spoken(desk, *operations):
    return [o.payload["spoken"] for o in desk.journal.append(operations)]


def test_what_is_appended_is_what_is_read(desk):
    given = add("n", "Text “with” everything: \x00 🎈 \ud800 שלום", id="1")
    (stored,) = desk.journal.append([given])
    assert list(desk.journal.read()) == [stored]
    assert stored.payload == {**given.payload, "spoken": "S1"}
    assert (stored.sequence, stored.time) == (1, "2026-03-01T10:00:01.000Z")
    assert desk.board.find("S1").text == given.payload["values"]["text"]
    assert desk.journal.history("n") == [stored]
    assert desk.journal.clusters() == {"moveo"}


def test_the_same_operation_counts_once(desk):
    first = desk.journal.append([add("n", "Text", id="1")])
    position = desk.journal.position()
    assert desk.journal.append([add("n", "Text", id="1")]) == first
    assert desk.journal.position() == position
    assert len(desk.board) == 1
    twice = add("m", "Twice", id="2")
    assert len(set(map(id, desk.journal.append([twice, twice])))) == 2
    assert len(desk.board) == 2


def test_the_same_id_on_another_board_or_by_another_person_is_another_operation(desk):
    desk.journal.append([add("n", "Text", id="1"), add("m", "Text", id="1", actor="bob")])
    other = replace(add("o", "Text", id="1"), board=BoardId("other", "swot"))
    desk.journal.append([other])
    assert len(list(desk.journal.read())) == 3


def test_operations_without_an_id_are_not_taken_for_each_other(desk):
    stored = desk.journal.append([add("n", "One", id=""), add("m", "Two", id="")])
    assert len(desk.board) == 2
    assert stored[0].id != stored[1].id


def test_an_addition_without_a_note_gets_one(desk):
    desk.journal.append([Operation(SWOT, "add", {"values": {"text": "Text"}}, id="1")])
    assert [note.text for note in desk.board] == ["Text"]


def test_sequence_grows_and_time_is_kept_where_given(desk):
    stored = desk.journal.append(
        [add("n", "One", time="2020-01-01T00:00:00.000Z"), add("m", "Two")]
    )
    assert [o.sequence for o in stored] == [1, 2]
    assert stored[0].time == "2020-01-01T00:00:00.000Z"
    assert desk.journal.append([add("o", "Three", sequence=99)])[0].sequence == 3
    assert utc_now().endswith("Z")


def test_spoken_ids(desk):
    assert spoken(desk, add("a", "A"), add("b", "B"), add("c", "C", "WO")) == ["S1", "S2", "WO1"]
    other_topic = replace(add("d", "D"), board=replace(SWOT, topic="business"))
    other_version = replace(add("e", "E"), board=replace(SWOT, version="in-five-years"))
    assert spoken(desk, other_topic, other_version) == ["S3", "S1"]
    desk.do("move", "d", topic="services", block="weaknesses")
    assert desk.board.find("d").spoken == "S3"


def test_spoken_ids_are_not_reused_after_delete_and_purge(desk):
    desk.add("a", "A")
    desk.add("b", "B")
    desk.do("delete", "b")
    assert spoken(desk, add("c", "C")) == ["S3"]
    desk.journal.purge("ann")
    assert spoken(desk, add("d", "D")) == ["S4"]


def asks(note, wanted, letter=""):
    payload = {"note": note, "spoken": wanted, "letter": letter, "values": {"text": note}}
    return Operation(SWOT, "add", payload, "ann", note)


def test_spoken_ids_that_are_asked_for(desk):
    assert spoken(desk, asks("a", "S7"), asks("b", "S7"), asks("c", "S3")) == ["S7", "S8", "S3"]
    assert spoken(desk, asks("d", "S999999"), asks("e", "", "S")) == ["S999999", "S1000000"]
    assert spoken(desk, asks("f", "", "S")) == ["S1000001"]


def test_an_id_with_the_letter_of_a_union_is_kept(desk):
    assert spoken(desk, asks("a", "S4"), asks("b", "S4b"), asks("c", "S4b")) == ["S4", "S4b", "S5"]


@pytest.mark.parametrize(
    "wanted", ["S" + "9" * 30, "S007", "S0", "S٣", "s4", "S4-b", "../x", "", None, 7, ["S4"], {}]
)
@pytest.mark.parametrize("letter", ["", "S1", "s", "É", None, 7, ["S"], "S" * 90])
def test_odd_wishes_for_spoken_ids(desk, wanted, letter):
    operations = [asks(note, wanted, letter) for note in "abc"]
    assert spoken(desk, *operations) == ["N1", "N2", "N3"]


def test_a_note_that_is_added_again_keeps_its_spoken_id(desk):
    desk.add("a", "A")
    assert spoken(desk, add("a", "A", actor="bob")) == ["S1"]
    assert spoken(desk, add("b", "B")) == ["S2"]


def test_one_that_cannot_be_kept_stops_all_in_the_call(desk):
    for value in (object(), {1, 2}, 10**5000, {("a",): 1}):
        with pytest.raises(JournalError, match="cannot be kept"):
            desk.journal.append([add("n", "Text"), Operation(SWOT, "edit", {"values": value})])
    assert not list(desk.journal.read())
    desk.add("n", "Text")
    assert len(desk.board) == 1


def test_an_error_in_the_middle_leaves_nothing_and_no_lock(desk, monkeypatch):
    insert, calls = desk.journal._insert, []

    def failing(operation):
        calls.append(operation)
        if len(calls) == 2:
            raise RuntimeError
        insert(operation)

    monkeypatch.setattr(desk.journal, "_insert", failing)
    with pytest.raises(RuntimeError):
        desk.journal.append([add("a", "A"), add("b", "B")])
    monkeypatch.undo()
    assert not list(desk.journal.read())
    assert spoken(desk, add("c", "C")) == ["S1"]


def test_unknown_kinds_are_kept(desk):
    (vote,) = desk.journal.append([Operation(SWOT, "vote", {"note": "n", "stars": [1, None]})])
    assert list(desk.journal.read()) == [vote]


def test_reading_by_cluster_and_from_a_position(desk):
    desk.add("a", "A")
    position = desk.journal.position()
    desk.journal.append([replace(add("b", "B"), board=BoardId("other", "swot"))])
    assert [o.note for o in desk.journal.read("other")] == ["b"]
    assert [o.note for o in desk.journal.read(since=position)] == ["b"]
    assert not list(desk.journal.read("moveo", since=position))
    assert list(desk.journal.boards("moveo")) == [SHEET]
    assert desk.journal.boards("moveo")[SHEET] == desk.board


def test_names(desk):
    desk.journal.name(Actor("ann", "Ann", "ann@example.org"))
    desk.journal.name(Actor("ann"))
    assert desk.journal.actors() == [Actor("ann", "Ann", "ann@example.org")]
    desk.journal.name(Actor("ann", "Anna"))
    assert desk.journal.actors() == [Actor("ann", "Anna", "ann@example.org")]


def test_every_commit_is_on_the_disk(desk):
    (synchronous,) = desk.journal._connection.execute("PRAGMA synchronous").fetchone()
    (mode,) = desk.journal._connection.execute("PRAGMA journal_mode").fetchone()
    assert (synchronous, mode) == (2, "wal")


class Locked:
    """A connection that is locked the first few times."""

    def __init__(self, times):
        self.times = times

    def execute(self, _):
        self.times -= 1
        if self.times >= 0:
            raise sqlite3.OperationalError("database is locked")


def test_two_programs_that_make_one_journal_wait_for_each_other(monkeypatch):
    connection = Locked(3)
    files._write_ahead(connection)
    assert connection.times == -1
    monkeypatch.setattr(files, "BUSY_SECONDS", 0)
    with pytest.raises(sqlite3.OperationalError):
        files._write_ahead(Locked(10**6))


def test_a_locked_journal_is_busy_and_then_works_again(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.01)
    path = tmp_path / "workshop.db"
    desk = Desk(path, "ann", Clock())
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalBusyError, match=r"workshop\.db"):
            desk.add("a", "A")
        other.execute("ROLLBACK")
    desk.add("b", "B")
    assert [n.id for n in desk.board] == ["b"]
    desk.journal.close()
    with pytest.raises(JournalError, match="closed"):
        desk.add("c", "C")


def test_rows_that_no_clusterlab_wrote_do_not_stop_the_reading(desk):
    desk.add("a", "A")
    rows = [
        ("null", 2), ("[1]", 3), ("no json", 4), ("[" * 100_000, 5), ("9" * 9000, 6),
        ('{"note":"a","base":7,"values":{"text":' + "9" * 9000 + "}}", 7),
        ('{"note":"a","values":{"text":NaN},"base":[[]]}', 8), (b"\xff\x00", 9), (5, "word"),
        ('{"note":["a"]}', 2**63 - 1), ('{"note":"a","base":{"a":1}}', -5), ('""', 1.5),
    ]  # fmt: skip
    for number, (payload, sequence) in enumerate(rows):
        desk.journal._connection.execute(
            "INSERT INTO operations (cluster, canvas, version, topic, actor, id, kind, note,"
            " payload, sequence, time) VALUES (?, 'swot', 'current', x'ff', ?, ?, ?, 'a', ?, ?, ?)",
            ["moveo", b"\xfe", number, ["edit", "move", 7][number % 3], payload, sequence, 5],
        )
    assert len(list(desk.journal.read())) == 1 + len(rows)
    assert desk.board.find("a").text == "A"
    assert desk.journal.boards("moveo")[SHEET] == desk.board
    desk.journal.history("a")


def test_opening_a_journal_again(desk, tmp_path):
    desk.add("a", "A")
    desk.journal.close()
    with Journal(tmp_path / "workshop.db", WORKSHOP) as again:
        assert [n.text for n in again.board(SHEET)] == ["A"]
