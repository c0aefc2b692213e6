from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from desk import SHEET, add

from clusterlab.journal import Actor

THREADS, EACH = 6, 40


def test_threads_share_one_journal(desk, tmp_path):
    together = Barrier(THREADS)

    def work(number):
        together.wait()
        for i in range(EACH):
            desk.journal.append([add(f"{number}-{i}", "Text", actor=f"thread-{number}")])
            desk.journal.name(Actor(f"thread-{number}", f"Name {i}"))
            match (number, i % 10):
                case (0, 5):
                    desk.journal.backup(tmp_path / "backup.db")
                case (1, 5):
                    desk.journal.purge("nobody")
                case (2, 5):
                    desk.journal.unite(desk.journal.path)
                case _:
                    notes = [n.id for n in desk.journal.board(SHEET)]
                    assert f"{number}-{i}" in notes
                    assert len(set(notes)) == len(notes)
        return number

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(work, range(THREADS))) == list(range(THREADS))
    notes = desk.board.notes
    assert len(notes) == THREADS * EACH
    assert {n.spoken for n in notes} == {f"S{i}" for i in range(1, THREADS * EACH + 1)}
    operations = list(desk.journal.read())
    assert sorted(o.sequence for o in operations) == list(range(1, THREADS * EACH + 1))


def test_threads_that_add_the_same_operation_add_it_once(desk):
    together = Barrier(THREADS)

    def work(_):
        together.wait()
        return desk.journal.append([add("same", "Text", id="1")])[0]

    with ThreadPoolExecutor(THREADS) as pool:
        assert len({o.sequence for o in pool.map(work, range(THREADS))}) == 1
    assert len(desk.board) == 1
