"""Journals to try things on."""

import shutil

import pytest
from desk import Clock, Desk


@pytest.fixture
def desk(tmp_path):
    one = Desk(tmp_path / "workshop.db", "ann")
    yield one
    one.journal.close()


@pytest.fixture
def pair(tmp_path):
    """Two copies of one workshop, with five notes that both know."""
    (tmp_path / "a").mkdir()
    first = Desk(tmp_path / "a" / "workshop.db", "ann", Clock(9))
    for number in range(5):
        first.add(f"note-{number}", f"text {number}")
    (tmp_path / "b").mkdir()
    first.journal.backup(tmp_path / "copy.db")
    shutil.copy(tmp_path / "copy.db", tmp_path / "b" / "workshop.db")
    second = Desk(tmp_path / "b" / "workshop.db", "bob", Clock(10))
    yield first, second
    first.journal.close()
    second.journal.close()
