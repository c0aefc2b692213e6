import random
from contextlib import closing

from desk import SHEET, WORKSHOP, WRITER, is_sound, start

from clusterlab.journal import Journal

KILLS = 20


def go(process):
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()


def test_two_processes_add_500_notes_each(tmp_path):
    """The file is new: both also make it at the same time."""
    path = tmp_path / "workshop.db"
    with start(WRITER, path, "ann", 500) as ann, start(WRITER, path, "bob", 500) as bob:
        go(ann)
        go(bob)
        told = ann.stdout.read().split() + bob.stdout.read().split()
    assert (ann.returncode, bob.returncode) == (0, 0)
    with Journal(path, WORKSHOP) as journal:
        operations, board = list(journal.read()), journal.board(SHEET)
    assert len(told) == len(operations) == len(board) == 1000
    assert {n.id for n in board} == set(told)
    assert {n.spoken for n in board} == {f"S{i}" for i in range(1, 1001)}
    assert sorted(o.sequence for o in operations) == list(range(1, 1001))
    assert all(n.text == f"text {n.id.split('-')[1]} of {n.author}" for n in board)
    assert is_sound(path)


def test_a_writer_killed_at_random_moments_loses_nothing_acknowledged(tmp_path):
    path, chance, told = tmp_path / "workshop.db", random.Random(2026), []  # noqa: S311
    for kill in range(KILLS):
        with start(WRITER, path, f"writer{kill}", 100_000) as writer:
            go(writer)
            told += [writer.stdout.readline().strip() for _ in range(chance.randrange(40))]
            spin = chance.randrange(20_000)  # somewhere within the next transaction
            while spin:
                spin -= 1
            writer.kill()
            told += [line.strip() for line in writer.stdout if line.endswith("\n")]
        assert writer.returncode == -9
        with Journal(path, WORKSHOP) as journal:
            notes = [o.note for o in journal.read()]
            board = journal.board(SHEET)
        assert len(set(notes)) == len(notes) == len(board)
        assert set(told) <= set(notes), f"lost after kill {kill}"
        assert len(notes) <= len(told) + kill + 1, "more than the one in flight at each kill"
        assert len({n.spoken for n in board}) == len(notes)
        assert is_sound(path)
    assert len(told) > KILLS


UNITER = """
import sys
from pathlib import Path
from desk import WORKSHOP
from clusterlab.journal import Journal
print("ready", flush=True)
sys.stdin.readline()
with Journal(Path(sys.argv[1]), WORKSHOP) as journal:
    for _ in range(5):
        journal.unite(Path(sys.argv[2]))
"""


def test_a_union_with_a_journal_that_somebody_writes(tmp_path):
    mine, theirs = tmp_path / "mine.db", tmp_path / "theirs.db"
    Journal(theirs, WORKSHOP).close()
    with start(WRITER, theirs, "bob", 200) as writer, start(UNITER, mine, theirs) as uniter:
        go(writer)
        go(uniter)
        told = writer.stdout.read().split()
        uniter.stdout.read()
    assert (writer.returncode, uniter.returncode) == (0, 0)
    with closing(Journal(mine, WORKSHOP)) as journal:
        journal.unite(theirs)
        assert [o.note for o in journal.read()] == told
