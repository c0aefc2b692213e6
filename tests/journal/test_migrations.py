import json
import sqlite3
from contextlib import closing

import pytest
from desk import SHEET, WORKSHOP, Desk, bytes_of, is_sound

from clusterlab.errors import JournalError, JournalVersionError
from clusterlab.journal import Journal
from clusterlab.journal.schema import MIGRATIONS, Migration, migrate

NEWER = Migration("999-newer", ("CREATE TABLE newer (x)",))


def journal_of(path, migrations):
    """Make a journal as a clusterlab with these migrations left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path.name, migrations)
        connection.execute("INSERT INTO facts VALUES ('workshop', ?)", [WORKSHOP])
        payload = {
            "note": "a",
            "block": "strengths",
            "spoken": "S1",
            "values": {"text": "Old words"},
        }
        row = ["moveo", "swot", "current", "services", "ann", "1", "add", "a", json.dumps(payload)]
        connection.execute(
            "INSERT INTO operations (cluster, canvas, version, topic, actor, id, kind, note,"
            " payload, sequence, time, letter, number)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, '2025-01-01T00:00:00.000Z', 'S', 1)",
            row,
        )


def names(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM migrations ORDER BY rowid")]


def test_a_fresh_journal(tmp_path):
    path = tmp_path / "workshop.db"
    with Journal(path, WORKSHOP) as journal:
        assert journal.workshop == WORKSHOP
        assert not list(journal.read())
    assert names(path) == [m.name for m in MIGRATIONS]
    assert list(bytes_of(path)) == ["workshop.db"]


def test_an_empty_file_is_a_fresh_journal(tmp_path):
    path = tmp_path / "workshop.db"
    path.touch()
    with Journal(path, WORKSHOP) as journal:
        assert journal.position() == 0


@pytest.mark.parametrize("count", range(1, len(MIGRATIONS) + 1))
def test_every_earlier_schema_is_upgraded(tmp_path, count):
    path = tmp_path / "workshop.db"
    journal_of(path, MIGRATIONS[:count])
    desk = Desk(path, "ann")
    assert [(n.spoken, n.text) for n in desk.board] == [("S1", "Old words")]
    assert desk.add("b", "New words").payload["spoken"] == "S2"
    desk.journal.purge("ann")
    desk.journal.close()
    assert names(path) == [m.name for m in MIGRATIONS]
    assert is_sound(path)


@pytest.mark.parametrize("count", range(1, len(MIGRATIONS) + 1))
def test_an_earlier_schema_is_taken_in_without_touching_it(tmp_path, count):
    (tmp_path / "old").mkdir()
    old = tmp_path / "old" / "workshop.db"
    journal_of(old, MIGRATIONS[:count])
    before = bytes_of(old)
    with Journal(tmp_path / "workshop.db", WORKSHOP) as journal:
        assert journal.unite(old) == 1
        assert journal.board(SHEET).find("S1").text == "Old words"
    assert bytes_of(old) == before


def newer(path):
    journal_of(path, (*MIGRATIONS, NEWER))


def newer_with_log(path):
    newer(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def foreign(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def foreign_migrations(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE migrations (name)")
        connection.execute("CREATE TABLE facts (name)")


def foreign_with_log(path):
    foreign(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def text(path):
    path.write_text("not a database, but a list of clusters\n" * 100)


def short_text(path):
    path.write_text("x")


def cut_off(path):
    journal_of(path, MIGRATIONS)
    path.write_bytes(path.read_bytes()[:5000])


FILES = [newer, newer_with_log, foreign, foreign_migrations, foreign_with_log, text, short_text]


@pytest.mark.parametrize("make", [*FILES, cut_off])
def test_what_is_no_journal_of_ours_is_refused_and_stays_as_it_is(tmp_path, make):
    path = tmp_path / "workshop.db"
    make(path)
    before = bytes_of(path)
    with pytest.raises(JournalVersionError, match=r"workshop\.db"):
        Journal(path, WORKSHOP)
    assert bytes_of(path) == before


@pytest.mark.parametrize("make", [*FILES, cut_off])
def test_it_is_not_taken_in_either(tmp_path, make):
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "other.db"
    make(other)
    before = bytes_of(other)
    with Journal(tmp_path / "workshop.db", WORKSHOP) as journal:
        with pytest.raises(JournalVersionError, match=r"other\.db"):
            journal.unite(other)
        assert journal.position() == 0
    assert bytes_of(other) == before


def test_the_newer_one_is_named(tmp_path):
    newer(tmp_path / "workshop.db")
    with pytest.raises(JournalVersionError, match="999-newer"):
        Journal(tmp_path / "workshop.db")


def test_a_newer_one_whose_program_was_killed_stays_as_it_is(tmp_path):
    (tmp_path / "left").mkdir()
    path, left = tmp_path / "workshop.db", tmp_path / "left" / "workshop.db"
    newer_with_log(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO newer VALUES (1)")
        for name, data in bytes_of(path).items():
            if not name.endswith("-shm"):
                (left.parent / name).write_bytes(data)
    before = bytes_of(left)
    assert set(before) == {"workshop.db", "workshop.db-wal"}
    with pytest.raises(JournalVersionError):
        Journal(left, WORKSHOP)
    after = bytes_of(left)
    assert {name: after[name] for name in before} == before


def test_a_folder_and_a_missing_folder_are_refused(tmp_path):
    (tmp_path / "workshop.db").mkdir()
    with pytest.raises(JournalError, match=r"workshop\.db"):
        Journal(tmp_path / "workshop.db")
    with pytest.raises(JournalError, match="missing"):
        Journal(tmp_path / "missing" / "workshop.db")
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("count", range(1, len(MIGRATIONS) + 1))
def test_the_journal_of_another_workshop_is_refused_and_stays_as_it_is(tmp_path, count):
    path = tmp_path / "workshop.db"
    journal_of(path, MIGRATIONS[:count])
    before = bytes_of(path)
    with pytest.raises(JournalError, match="another workshop"):
        Journal(path, "another")
    assert bytes_of(path) == before


def test_a_failing_migration_rolls_back_whole(tmp_path):
    path = tmp_path / "workshop.db"
    journal_of(path, MIGRATIONS)
    failing = Migration("003-failing", ("CREATE TABLE half (x)", "CREATE TABLE facts (x)"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, path.name, (*MIGRATIONS, failing))
        assert not connection.in_transaction
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert "half" not in tables
    assert names(path) == [m.name for m in MIGRATIONS]
    with Journal(path, WORKSHOP) as journal:
        assert journal.position() == 1


def test_a_failing_first_migration_leaves_an_empty_file(tmp_path):
    failing = Migration("001-failing", ("CREATE TABLE half (x)", "nonsense"))
    with closing(sqlite3.connect(tmp_path / "w.db", isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, "w.db", (failing,))
        assert not connection.execute("SELECT name FROM sqlite_master").fetchall()
        assert connection.execute("PRAGMA application_id").fetchone() == (0,)
