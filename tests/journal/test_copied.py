"""A journal that is only looked at: the copy holds everything, the original's folder stays."""

import shutil

import pytest
from desk import Desk

from clusterlab.errors import JournalBusyError, JournalError, JournalVersionError
from clusterlab.journal import Journal, copied, files


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def texts(path):
    with copied(path) as copy, Journal(copy) as journal:
        return sorted(o.payload["values"]["text"] for o in journal.read())


def test_while_others_write_and_after(desk, tmp_path):
    desk.add("a", "While it is open")
    path = desk.journal.path
    before = names(tmp_path)
    assert texts(path) == ["While it is open"]
    assert names(tmp_path) == before
    desk.add("b", "Later")
    assert texts(path) == ["Later", "While it is open"]
    desk.journal.close()
    assert names(tmp_path) == ["workshop.db"]
    content = path.read_bytes()
    assert texts(path) == ["Later", "While it is open"]
    assert names(tmp_path) == ["workshop.db"]
    assert path.read_bytes() == content


@pytest.mark.parametrize("left", [["-wal"], ["-wal", "-shm"]])
def test_after_a_crash(desk, tmp_path, left):
    desk.add("a", "In the log only")
    place = tmp_path / "crashed"
    place.mkdir()
    for ending in ["", *left]:
        shutil.copy(f"{desk.journal.path}{ending}", place)
    before = {p.name: p.read_bytes() for p in place.iterdir()}
    assert texts(place / "workshop.db") == ["In the log only"]
    assert names(place) == sorted(before)
    for name in ("workshop.db", "workshop.db-wal"):
        assert (place / name).read_bytes() == before[name]


def test_where_nothing_can_be_written(desk, tmp_path):
    desk.add("a", "On a disc")
    desk.journal.close()
    desk.journal.path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert texts(desk.journal.path) == ["On a disc"]
    finally:
        tmp_path.chmod(0o755)


def test_what_is_no_journal_is_refused_and_left(tmp_path):
    empty = tmp_path / "empty.db"
    empty.touch()
    with pytest.raises(JournalVersionError, match="empty"), copied(empty):
        pass
    other = tmp_path / "other.db"
    other.write_text("no database " * 100)
    with pytest.raises(JournalVersionError), copied(other):
        pass
    with pytest.raises(JournalError, match="no file"), copied(tmp_path / "missing.db"):
        pass
    assert names(tmp_path) == ["empty.db", "other.db"]


def test_a_file_that_changes_all_the_time_is_given_up(tmp_path, monkeypatch):
    desk = Desk(tmp_path / "workshop.db", "ann")
    desk.add("a", "x")
    desk.journal.close()
    ticks = iter(range(1000))
    monkeypatch.setattr(files, "_stamps", lambda _: [(next(ticks), 0)])
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    with pytest.raises(JournalBusyError), copied(desk.journal.path):
        pass
