import shutil
import sqlite3
from contextlib import closing

import pytest
from desk import SHEET, WORKSHOP, WRITER, add, bytes_of, is_sound, start

from clusterlab.errors import JournalError
from clusterlab.journal import Journal


def test_a_backup_is_the_journal(desk, tmp_path):
    for number in range(9):
        desk.add(f"n{number}", "Text")
    desk.journal.backup(tmp_path / "backup.db")
    desk.add("later", "Later")
    assert set(bytes_of(tmp_path / "x")) == {
        "backup.db", "workshop.db", "workshop.db-wal", "workshop.db-shm",
    }  # fmt: skip
    with Journal(tmp_path / "backup.db", WORKSHOP) as copy:
        assert len(copy.board(SHEET)) == 9
        assert copy.append([add("next", "Next")])[0].payload["spoken"] == "S10"


def test_a_backup_replaces_an_older_one(desk, tmp_path):
    (tmp_path / "backup.db").write_text("older")
    (tmp_path / ".backup.db.part").write_text("left by a crash")
    desk.add("a", "A")
    desk.journal.backup(tmp_path / "backup.db")
    assert is_sound(tmp_path / "backup.db")
    assert not (tmp_path / ".backup.db.part").exists()


def test_backups_while_another_process_writes(tmp_path):
    path = tmp_path / "workshop.db"
    counts = []
    with Journal(path, WORKSHOP) as journal, start(WRITER, path, "ann", 400) as writer:
        assert writer.stdout.readline() == "ready\n"
        writer.stdin.write("go\n")
        writer.stdin.flush()
        for number, _ in enumerate(writer.stdout, start=1):
            if number % 40 == 0:
                journal.backup(tmp_path / "backup.db")
                assert is_sound(tmp_path / "backup.db")
                shutil.copy(tmp_path / "backup.db", tmp_path / "opened.db")
                with Journal(tmp_path / "opened.db", WORKSHOP) as copy:
                    notes = [o.note for o in copy.read()]
                assert notes == [f"ann-{i}" for i in range(len(notes))]
                assert len(notes) >= number, "what was acknowledged is in the backup"
                counts.append(len(notes))
    assert writer.returncode == 0
    assert len(counts) == 10


def test_a_backup_never_goes_over_a_journal_in_use(desk, tmp_path):
    desk.add("a", "A")
    with pytest.raises(JournalError, match="in use"):
        desk.journal.backup(desk.journal.path)
    (tmp_path / "link.db").symlink_to(desk.journal.path)
    with pytest.raises(JournalError, match="in use"):
        desk.journal.backup(tmp_path / "link.db")
    with closing(Journal(tmp_path / "other.db", WORKSHOP)) as other:
        other.append([add("b", "B")])
        with pytest.raises(JournalError, match="in use"):
            desk.journal.backup(other.path)
        assert len(other.board(SHEET)) == 1
    assert len(desk.board) == 1


def test_a_backup_that_cannot_be_written_is_said_in_words(desk, tmp_path):
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "missing" / "backup.db", tmp_path / "folder"):
        with pytest.raises(JournalError, match=place.name):
            desk.journal.backup(place)
    assert not list(tmp_path.glob(".*.part"))


def test_a_backup_needs_nothing_beside_it(desk, tmp_path):
    desk.add("a", "A")
    (tmp_path / "stick").mkdir()
    desk.journal.backup(tmp_path / "stick" / "backup.db")
    with closing(sqlite3.connect(tmp_path / "stick" / "backup.db")) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copy.execute("SELECT count(*) FROM operations").fetchone() == (1,)
    assert list(bytes_of(tmp_path / "stick" / "backup.db")) == ["backup.db"]
