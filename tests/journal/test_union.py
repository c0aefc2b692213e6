import random
from contextlib import closing
from pathlib import Path

import pytest
from desk import SHEET, WORKSHOP, Clock, Desk, add, bytes_of, is_sound

from clusterlab.errors import JournalError
from clusterlab.journal import Actor, Journal
from clusterlab.model import Board, Operation

KINDS = ["add", "edit", "edit", "delete", "move", "order", "link", "restore", "resolve"]


def work(desk, chance, count):
    """Do ``count`` random things to what this copy shows; conflicts are likely: few notes."""
    done = []
    while len(done) < count:
        kind, board = chance.choice(KINDS), desk.board
        notes = [n for n in board if n.id.startswith("note")] or list(board)
        gone = [n for n in board.everything.values() if n.deleted]
        divided = [n for n in board if n.alternatives]
        word = f"{desk.actor} writes {len(done)}"
        if kind == "add":
            done.append(desk.add(f"{desk.actor}-{len(done)}", word))
        elif kind == "restore":
            if gone:
                done.append(desk.do("restore", chance.choice(gone).id))
        elif kind == "resolve":
            if divided:
                note = chance.choice(divided)
                done.append(desk.do("resolve", note.id, field=note.alternatives[0].field, keep=""))
        elif notes:
            note = chance.choice(notes).id
            payload = {
                "edit": {"values": {"text": word}},
                "move": {"topic": "services", "block": chance.choice(["threats", "weaknesses"])},
                "order": {"after": ""},
                "link": {"target": chance.choice(notes).id},
            }.get(kind, {})
            done.append(desk.do("move" if kind == "order" else kind, note, **payload))
    return done


def knew(operations):
    """For each operation those on its note that its person knew."""
    seen = {}
    for one in sorted(operations, key=lambda o: o.order):
        base = [b for b in one.payload.get("base", ()) if b in seen]
        seen[one.id] = set(base).union(*(seen[b] for b in base))
    return seen


def lost_words(board, operations):
    """Words that nobody who knew them replaced, decided about or deleted, and that do not show."""
    seen, lost = knew(operations), []
    for one in operations:
        word = one.payload.get("values", {}).get("text")
        later = [o for o in operations if one.id in seen[o.id]]
        if word is None or any(o.kind in {"edit", "delete", "resolve"} for o in later):
            continue
        note = board.find(one.note)
        if note not in board.notes or word not in [
            note.text,
            *(a.value for a in note.alternatives),
        ]:
            lost.append(word)
    return lost


@pytest.mark.parametrize("seed", range(8))
def test_two_copies_apart_end_equal_and_lose_nothing(pair, seed):
    first, second = pair
    chance = random.Random(seed)  # noqa: S311 - the same every time
    for desk in pair:
        assert len(work(desk, chance, 50)) == 50
    assert first.journal.unite(second.journal.path) == 50
    assert second.journal.unite(first.journal.path) == 50
    assert first.board == second.board
    assert first.journal.boards("moveo") == second.journal.boards("moveo")
    operations = list(first.journal.read())
    assert len(operations) == 105
    assert sorted(operations, key=lambda o: o.order) == sorted(
        second.journal.read(), key=lambda o: o.order
    )
    assert not lost_words(first.board, operations)
    spoken = [n.spoken for n in first.board.everything.values()]
    assert len(set(spoken)) == len(spoken)
    for path in (first.journal.path, second.journal.path):
        assert is_sound(path)


def test_the_seeds_make_every_kind_of_conflict(pair):
    first, second = pair
    first.do("edit", "note-0", values={"text": "Ann's"})
    second.do("edit", "note-0", values={"text": "Bob's"})
    first.do("delete", "note-1")
    second.do("edit", "note-1", values={"text": "Bob's"})
    first.do("edit", "note-2", values={"text": "Ann's"})
    second.do("delete", "note-2")
    first.do("move", "note-3", block="threats")
    second.do("move", "note-3", block="weaknesses")
    first.journal.unite(second.journal.path)
    second.journal.unite(first.journal.path)
    assert first.board == second.board
    found = {n.id: [(a.field, a.value) for a in n.alternatives] for n in first.board}
    assert found == {
        "note-0": [("text", "Bob's")],
        "note-1": [("deleted", True)],
        "note-2": [("deleted", True)],
        "note-3": [("place", ("services", "weaknesses"))],
        "note-4": [],
    }


def test_the_same_spoken_id_in_both_copies(pair):
    first, second = pair
    assert first.add("by ann", "Ann's").payload["spoken"] == "S6"
    assert second.add("by bob", "Bob's").payload["spoken"] == "S6"
    first.journal.unite(second.journal.path)
    second.journal.unite(first.journal.path)
    for desk in pair:
        assert desk.board.find("S6").text == "Ann's"
        assert desk.board.find("S6b").text == "Bob's"
        assert desk.add(f"next of {desk.actor}", "x").payload["spoken"] == "S7"


def test_uniting_twice_and_with_itself_changes_nothing(pair):
    first, second = pair
    second.add("by bob", "Bob's")
    assert first.journal.unite(second.journal.path) == 1
    before, position = first.board, first.journal.position()
    assert first.journal.unite(second.journal.path) == 0
    assert first.journal.unite(first.journal.path) == 0
    assert (first.board, first.journal.position()) == (before, position)


def test_what_comes_after_a_union_comes_after_everything(pair):
    first, second = pair
    for number in range(9):
        second.add(f"bob-{number}", "x")
    first.journal.unite(second.journal.path)
    assert first.add("last", "Last").sequence == 15
    assert first.board.notes[-1].id == "last"


def test_the_other_copy_stays_as_it_is(pair, tmp_path):
    first, second = pair
    second.add("by bob", "Bob's")
    second.journal.close()
    before = bytes_of(second.journal.path)
    first.journal.unite(second.journal.path)
    assert bytes_of(second.journal.path) == before


def test_another_workshop_is_refused(pair, tmp_path):
    first, _ = pair
    (tmp_path / "c").mkdir()
    with Journal(tmp_path / "c" / "workshop.db", "another") as other:
        other.append([add("secret", "Of a competitor")])
        with pytest.raises(JournalError, match="another workshop"):
            first.journal.unite(other.path)
    assert len(first.board) == 5
    with pytest.raises(JournalError, match="no file"):
        first.journal.unite(tmp_path / "missing.db")
    with pytest.raises(JournalError, match="no file"):
        first.journal.unite(tmp_path)


@pytest.mark.parametrize("sequence", [-1, 2**53 + 1, 2**63 - 1])
def test_a_copy_that_would_leave_no_room_for_later_operations_is_refused(pair, sequence):
    first, second = pair
    second.add("by bob", "Bob's")
    second.journal._connection.execute(
        "UPDATE operations SET sequence = ? WHERE actor = 'bob'", [sequence]
    )
    with pytest.raises(JournalError, match="no clusterlab wrote"):
        first.journal.unite(second.journal.path)
    assert first.add("a", "A").sequence == 6


def test_unknown_kinds_travel(pair):
    first, second = pair
    second.journal.append([Operation(SHEET, "vote", {"note": "note-0", "stars": 3}, "bob", "v")])
    first.journal.unite(second.journal.path)
    assert [o.kind for o in first.journal.history("note-0")] == ["add", "vote"]


def test_both_copies_end_with_the_same_names(pair):
    first, second = pair
    first.journal.name(Actor("carl", "Carl", ""))
    second.journal.name(Actor("carl", "Karl", "karl@example.org"))
    first.journal.backup(first.journal.path.with_name("old.db"))
    first.journal.unite(second.journal.path)
    second.journal.unite(first.journal.path.with_name("old.db"))
    expected = [Actor("carl", "Karl", "karl@example.org")]
    assert first.journal.actors() == second.journal.actors() == expected


def test_times_are_not_changed_by_a_union(pair):
    first, second = pair
    (made,) = second.journal.append([add("by bob", "x", actor="bob")])
    second.journal._connection.execute("UPDATE operations SET time = '' WHERE actor = 'bob'")
    first.journal.unite(second.journal.path)
    (taken,) = first.journal.history("by bob")
    assert (taken.time, taken.payload) == ("", made.payload)


def test_three_copies_in_any_order(pair, tmp_path):
    first, second = pair
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "workshop.db").write_bytes(Path(tmp_path / "copy.db").read_bytes())
    third = Desk(tmp_path / "c" / "workshop.db", "carl", Clock(11))
    with closing(third.journal):
        desks = [first, second, third]
        for seed, desk in enumerate(desks):
            work(desk, random.Random(seed), 20)  # noqa: S311 - the same every time
        third.journal.unite(first.journal.path)
        second.journal.unite(third.journal.path)
        first.journal.unite(second.journal.path)
        third.journal.unite(second.journal.path)
        assert first.board == second.board == third.board
        assert not lost_words(first.board, list(first.journal.read()))
        assert Board.fold(SHEET, third.journal.read()) == first.board
    assert first.journal.workshop == WORKSHOP
