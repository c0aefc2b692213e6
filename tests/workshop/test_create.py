"""Making a workshop folder: all of it, or nothing."""

import os
import subprocess
import sys

import pytest

from clusterlab.errors import UsageError, WorkshopError
from clusterlab.model import Cluster
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder, create

CLUSTERS = [Cluster("alpha", "Alpha")]


def write(folder):
    board = OpenWorkshop(folder).cluster("alpha").board("swot", topic="business")
    board.add("strengths", "People know each other well")


def names(path):
    return sorted(p.name for p in path.iterdir())


def test_what_fills_a_workshop_is_there_when_it_appears(tmp_path):
    with create(tmp_path / "w", "competency-map", clusters=CLUSTERS, fill=write) as folder:
        assert folder.path == tmp_path / "w"
        (board,) = folder.boards("alpha").values()
        assert len(board) == 1
    assert names(tmp_path) == ["w"]
    assert names(tmp_path / "w") == ["clusters.csv", "notebooks", "workshop.db", "workshop.toml"]


def test_the_journal_is_whole_before_the_workshop_appears(tmp_path, monkeypatch):
    seen = []
    rename = type(tmp_path).rename

    def look(part, target):
        seen.append(names(part))
        return rename(part, target)

    monkeypatch.setattr(type(tmp_path), "rename", look)
    create(tmp_path / "w", "competency-map", clusters=CLUSTERS, fill=write).close()
    assert seen == [["clusters.csv", "notebooks", "workshop.db", "workshop.toml"]]


@pytest.mark.parametrize("error", [UsageError("no"), KeyboardInterrupt(), OSError(28, "full")])
def test_what_fails_leaves_nothing_behind(tmp_path, error):
    def fill(folder):
        write(folder)
        raise error

    expected = WorkshopError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        create(tmp_path / "a" / "b" / "w", "competency-map", clusters=CLUSTERS, fill=fill)
    assert names(tmp_path) == []
    (tmp_path / "w").mkdir()
    with pytest.raises(expected):
        create(tmp_path / "w", "competency-map", clusters=CLUSTERS, fill=fill)
    assert names(tmp_path) == ["w"]
    assert names(tmp_path / "w") == []


KILLED = """
import os, sys
from pathlib import Path
from clusterlab.workshop import create
create(Path(sys.argv[1]), "competency-map", fill=lambda folder: os._exit(9))
"""


@pytest.mark.parametrize("place", ["w", "."])
def test_a_kill_leaves_no_half_workshop_and_stops_no_second_try(tmp_path, place, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run([sys.executable, "-c", KILLED, place], cwd=home, check=False)
    assert done.returncode == 9
    assert not (home / place / "workshop.toml").exists()
    monkeypatch.chdir(home)
    create(home / place, "competency-map").close()
    assert "workshop.toml" in names(home / place)


def test_an_empty_folder_is_taken_with_its_rights(tmp_path):
    (tmp_path / "w").mkdir(mode=0o750)
    create(tmp_path / "w", "competency-map").close()
    assert (tmp_path / "w").stat().st_mode & 0o777 == 0o750


def test_the_folder_in_which_a_shell_stands_stays_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    create(tmp_path, "competency-map").close()
    assert tmp_path.stat().st_ino == before
    assert names(tmp_path) == ["clusters.csv", "notebooks", "workshop.db", "workshop.toml"]
    Folder(tmp_path).close()


def test_half_a_character_in_the_title_is_replaced(tmp_path):
    with create(tmp_path / "w", "competency-map", "  a\udcff\nb ", language="d\udcffe") as folder:
        assert folder.settings.title == "a\N{REPLACEMENT CHARACTER} b"
        assert folder.settings.language == "d\N{REPLACEMENT CHARACTER}e"
    with pytest.raises(WorkshopError, match="time_zone"):
        create(tmp_path / "x", "competency-map", time_zone="\udcff")
    assert names(tmp_path) == ["w"]


def test_a_title_without_a_letter_is_the_formats(tmp_path):
    with create(tmp_path / "w", "competency-map", " \n\0 ") as folder:
        assert folder.settings.title == "Competency map"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(WorkshopError, match="could not be made"):
        create(tmp_path / "w", "competency-map")
    tmp_path.chmod(0o700)


def test_a_place_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkshopError, match="could not be made"):
        create(tmp_path / "file" / "w", "competency-map")
    with pytest.raises(WorkshopError, match="could not be made"):
        create(tmp_path / ("x" * 300), "competency-map")
