import itertools

import pytest
from replica import SHEET, SWOT, Replica, beside, meet, shown

from clusterlab.model import Alternative, Board, BoardId, Note, Operation


@pytest.fixture
def ann():
    """A copy with three strengths and a threat."""
    copy = Replica("ann")
    for note in ("one", "two", "three"):
        copy.add(note, note.title())
    copy.add("four", "Four", "threats", spoken="T1")
    return copy


@pytest.fixture
def bob(ann):
    return ann.fork("bob")


def texts(board, block="strengths"):
    return [note.text for note in board.block(block)]


# -- what each operation does ------------------------------------------------------------------


def test_add(ann):
    note = ann.board.find("one")
    assert (note.text, note.block, note.topic, note.spoken) == (
        "One",
        "strengths",
        "services",
        "S1",
    )
    assert (note.author, note.created, note.heads) == (
        "ann",
        "2026-01-01T00:00:000001Z",
        ("ann-1",),
    )
    assert texts(ann.board) == ["One", "Two", "Three"]
    assert ann.board.sequence == 4
    assert len(ann.board) == 4


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ({"after": ""}, ["New", "One", "Two", "Three"]),
        ({"after": "one"}, ["One", "New", "Two", "Three"]),
        ({"after": "gone"}, ["One", "Two", "Three", "New"]),
        ({}, ["One", "Two", "Three", "New"]),
    ],
)
def test_order_of_an_addition(ann, after, order):
    ann.add("new", "New", **after)
    assert texts(ann.board) == order


def test_edit(ann):
    ann.edit("one", "Uno", impact=3)
    note = ann.board.find("one")
    assert note.values == {"text": "Uno", "impact": 3}
    assert note.heads == ("ann-5",)
    assert note.changed > note.created
    ann.edit("one", impact=None, tags=["a", "b"])
    assert ann.board.find("one").values == {"text": "Uno", "tags": ("a", "b")}
    assert ann.board.find("one").tags == ("a", "b")


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ({"after": ""}, ["Three", "One", "Two"]),
        ({"after": "one"}, ["One", "Three", "Two"]),
        ({}, ["One", "Two", "Three"]),
    ],
)
def test_order_within_a_block(ann, after, order):
    ann.do("move", "three", **after)
    assert texts(ann.board) == order


def test_move_to_another_block_and_topic(ann):
    ann.do("move", "one", block="threats", after="")
    assert texts(ann.board) == ["Two", "Three"]
    assert texts(ann.board, "threats") == ["One", "Four"]
    ann.do("move", "one", topic="business", block="weaknesses")
    note = ann.board.find("one")
    assert (note.topic, note.block, note.spoken) == ("business", "weaknesses", "S1")
    assert ann.board.on("business").notes == (note,)
    assert note not in ann.board.on("services").notes


def test_delete_and_restore_keep_the_place(ann):
    ann.do("delete", "two")
    assert texts(ann.board) == ["One", "Three"]
    assert ann.board.find("two").deleted
    ann.do("restore", "two")
    assert texts(ann.board) == ["One", "Two", "Three"]


def test_links(ann):
    ann.do("link", "one", target="four")
    ann.do("link", "one", target="two")
    ann.do("link", "one", target="four")
    ann.do("link", "one", target="")
    assert ann.board.find("one").links == ("four", "two")
    ann.do("unlink", "one", target="four")
    assert ann.board.find("one").links == ("two",)


def test_unknown_kinds_change_nothing(ann):
    before = ann.board
    ann.do("vote", "one", stars=5)
    assert ann.board == before
    assert ann.board.sequence == before.sequence + 1


def test_operations_on_notes_that_are_not_there_change_nothing(ann):
    before = ann.board
    for kind in ("edit", "move", "delete", "restore", "link", "unlink", "resolve", "undo"):
        ann.do(kind, "missing", values={"text": "x"})
    ann.do("add", "", values={"text": "x"})
    assert ann.board == before


def test_boards_differ_where_they_show_something_else(ann):
    before = ann.board
    ann.edit("one", "Uno")
    assert ann.board != before
    assert before != "board"
    assert len({before, ann.board}) == 2


def test_a_board_cannot_be_changed_from_outside(ann):
    with pytest.raises(TypeError):
        ann.board.everything["x"] = None


def test_apply_one_by_one_is_the_fold(ann):
    ann.do("move", "one", block="threats")
    ann.do("delete", "two")
    board = Board(SHEET)
    states = []
    for operation in ann.operations:
        states.append(board)
        board = board.apply(operation)
        assert board.apply(operation) == board
    assert board == ann.board
    assert states[3] == Board.fold(SHEET, ann.operations[:3])
    assert board.apply(Operation(BoardId("other", "swot"), "add", {"note": "x"})) is board


def test_finding(ann):
    assert ann.board.find(" s2 ").id == "two"
    assert ann.board.find("two").id == "two"
    assert ann.board.find("S9") is None
    ann.do("add", "five", block="strengths", values={"text": "Five"})
    assert ann.board.find("") is None


def test_a_block_over_all_topics(ann):
    ann.add("five", "Five", topic="business")
    assert [n.id for n in ann.board.block("strengths")] == ["five", "one", "two", "three"]
    assert [n.id for n in ann.board.block("strengths", "business")] == ["five"]
    assert [n.id for n in ann.board.on("services").block("strengths")] == ["one", "two", "three"]


# -- people who did not know of each other -----------------------------------------------------


def test_two_edits_of_one_field(ann, bob):
    ann.edit("one", "Ann's")
    bob.edit("one", "Bob's")
    note = meet(ann, bob).find("one")
    assert note.text == "Ann's"
    assert beside(note) == [("text", "Bob's")]
    assert note.alternatives[0].actor == "bob"
    assert set(note.heads) == {"ann-5", "bob-1"}


def test_edits_of_different_fields_do_not_meet(ann, bob):
    ann.edit("one", "Ann's")
    bob.edit("one", impact=3)
    note = meet(ann, bob).find("one")
    assert note.values == {"text": "Ann's", "impact": 3}
    assert not note.alternatives


def test_a_field_that_both_set_for_the_first_time(ann, bob):
    ann.edit("one", owner="Ann")
    bob.edit("one", owner="Bob")
    note = meet(ann, bob).find("one")
    assert note.get("owner") == "Ann"
    assert beside(note) == [("owner", "Bob")]


def test_the_same_text_twice_is_no_alternative_until_the_texts_differ(ann, bob):
    ann.edit("one", "Same")
    bob.edit("one", "Same")
    assert not meet(ann, bob).find("one").alternatives
    carl = ann.fork("carl")
    carl.operations = [o for o in carl.operations if o.actor != "bob"]
    carl.edit("one", "Changed without knowing of Bob's")
    assert beside(meet(ann, bob, carl).find("one")) == [("text", "Same")]


def test_somebody_who_goes_on_with_their_own_text_keeps_one_alternative(ann, bob):
    ann.edit("one", "Ann's")
    bob.edit("one", "Bob's first")
    bob.edit("one", "Bob's second")
    assert beside(meet(ann, bob).find("one")) == [("text", "Bob's second")]


def test_an_edit_that_knew_both_leaves_the_alternative_to_be_decided(ann, bob):
    ann.edit("one", "Ann's")
    bob.edit("one", "Bob's")
    meet(ann, bob)
    bob.edit("one", "Both")
    note = meet(ann, bob).find("one")
    assert (note.text, beside(note)) == ("Both", [("text", "Bob's")])


def test_an_emptied_note_still_shows_what_was_written_beside(ann, bob):
    ann.edit("one", "")
    bob.edit("one", "Bob's")
    note = meet(ann, bob).find("one")
    assert note in meet(ann, bob).notes
    assert beside(note) == [("text", "Bob's")]


@pytest.mark.parametrize("first", ["edit", "delete"])
@pytest.mark.parametrize("work", ["edit", "move", "link", "order"])
def test_a_deletion_and_work_that_did_not_know_of_each_other(ann, bob, first, work):
    deleter, worker = (bob, ann) if first == "edit" else (ann, bob)
    deleter.do("delete", "one")
    {
        "edit": lambda: worker.edit("one", "Edited"),
        "move": lambda: worker.do("move", "one", block="threats"),
        "link": lambda: worker.do("link", "one", target="two"),
        "order": lambda: worker.do("move", "one", after="three"),
    }[work]()
    board = meet(ann, bob)
    note = board.find("one")
    assert note in board.notes
    assert beside(note) == [("deleted", True)]
    assert note.alternatives[0].actor == deleter.actor


def test_a_deletion_that_knew_of_the_edit_wins(ann, bob):
    ann.edit("one", "Ann's")
    bob.unite(ann)
    bob.do("delete", "one")
    assert meet(ann, bob).find("one").deleted


def test_two_deletions_are_one(ann, bob):
    ann.do("delete", "one")
    bob.do("delete", "one")
    note = meet(ann, bob).find("one")
    assert note.deleted
    assert not note.alternatives


def test_both_deletions_are_told_of_where_neither_knew_of_the_edit(ann, bob):
    carl = ann.fork("carl")
    ann.do("delete", "one")
    bob.do("delete", "one")
    carl.edit("one", "Carl's")
    note = meet(ann, bob, carl).find("one")
    assert not note.deleted
    assert [(a.field, a.actor) for a in note.alternatives] == [
        ("deleted", "ann"),
        ("deleted", "bob"),
    ]


def test_a_later_deletion_needs_no_knowledge_of_a_lost_one(ann, bob):
    carl = ann.fork("carl")
    ann.edit("one", "Ann's")
    bob.do("delete", "one")
    carl.unite(ann)
    carl.do("delete", "one")
    assert meet(ann, bob, carl).find("one").deleted


def test_a_restore_takes_back_what_it_knew_only(ann, bob):
    ann.do("delete", "one")
    bob.unite(ann)
    bob.do("restore", "one")
    ann.edit("one", "In the bin")
    note = meet(ann, bob).find("one")
    assert (note.deleted, note.text, note.alternatives) == (False, "In the bin", ())
    ann.do("delete", "one")
    assert ann.board.find("one").deleted


@pytest.mark.parametrize("swap", [False, True])
def test_two_moves(ann, bob, swap):
    first, second = (bob, ann) if swap else (ann, bob)
    second.edit("two", "so that the second comes later")
    first.do("move", "one", block="threats")
    second.do("move", "one", topic="business", block="weaknesses")
    note = meet(ann, bob).find("one")
    assert note.block == "threats"
    assert beside(note) == [("place", ("business", "weaknesses"))]


def test_two_moves_to_one_block_agree(ann, bob):
    ann.do("move", "one", block="threats")
    bob.do("move", "one", block="threats", after="")
    board = meet(ann, bob)
    assert not board.find("one").alternatives
    assert sorted(texts(board, "threats")) == ["Four", "One"]


def test_putting_in_order_is_no_move(ann, bob):
    ann.do("move", "one", after="three", topic="services", block="strengths")
    bob.do("move", "one", block="threats")
    note = meet(ann, bob).find("one")
    assert (note.block, note.alternatives) == ("threats", ())


def test_putting_in_order_what_was_moved_away_changes_nothing(ann, bob):
    ann.do("move", "one", block="threats")
    bob.edit("two", "later")
    bob.do("move", "one", after="three", topic="services", block="strengths")
    note = meet(ann, bob).find("one")
    assert (note.block, note.alternatives) == ("threats", ())


def test_spoken_ids_given_twice_while_apart(ann, bob):
    carl = ann.fork("carl")
    for copy in (ann, bob, carl):
        copy.add(f"by {copy.actor}", copy.actor, spoken="S4")
    board = meet(ann, bob, carl)
    assert [board.find(s).author for s in ("S4", "S4b", "s4c")] == ["ann", "bob", "carl"]


def test_spoken_ids_stay_unique_and_plain_whatever_comes(ann):
    for number in range(60):
        ann.add(f"n{number}", "x", spoken="S4")
    spoken = [note.spoken for note in ann.board]
    assert len(set(spoken)) == len(spoken)
    assert all(name.isalnum() for name in spoken)


def test_the_same_note_added_twice_is_one(ann):
    before = ann.board
    ann.do("add", "one", block="strengths", values={"text": "One"}, spoken="S9")
    assert ann.board == before
    ann.edit("one", "Uno")
    bob = ann.fork("bob")
    bob.do("add", "one", block="strengths", values={"text": "One"})
    assert not bob.board.find("one").alternatives
    ann.do("delete", "one")
    ann.do("add", "one", block="strengths", values={"text": "One"})
    assert ann.board.find("one").deleted


def test_another_note_of_the_same_id_is_kept_beside(ann):
    ann.do("add", "one", block="threats", values={"text": "Other", "owner": "Eve"})
    note = ann.board.find("one")
    assert (note.text, note.get("owner")) == ("One", "Eve")
    assert beside(note) == [("place", ("services", "threats")), ("text", "Other")]


def test_one_id_on_two_operations_proves_nothing(ann, bob):
    ann.append(
        Operation(
            SWOT, "edit", {"note": "one", "base": ["ann-1"], "values": {"text": "A"}}, "x", "1"
        )
    )
    bob.append(
        Operation(
            SWOT, "edit", {"note": "one", "base": ["ann-1"], "values": {"text": "B"}}, "y", "1"
        )
    )
    meet(ann, bob)
    ann.do("edit", "one", values={"text": "C"}, base=["1"])
    note = meet(ann, bob).find("one")
    assert {note.text, *(a.value for a in note.alternatives)} == {"A", "B", "C"}


# -- deciding ----------------------------------------------------------------------------------


@pytest.fixture
def divided(ann, bob):
    """A copy in which the text of note one is Ann's, with Bob's beside it."""
    ann.edit("one", "Ann's")
    bob.edit("one", "Bob's")
    meet(ann, bob)
    return ann


def test_keeping_the_value_that_shows(divided):
    divided.do("resolve", "one", field="text", keep="")
    note = divided.board.find("one")
    assert (note.text, note.alternatives) == ("Ann's", ())


def test_keeping_an_alternative(divided):
    other = divided.board.find("one").alternatives[0].operation
    divided.do("resolve", "one", field="text", keep=other)
    note = divided.board.find("one")
    assert (note.text, note.alternatives) == ("Bob's", ())


@pytest.mark.parametrize("keep", ["", "bob-1"])
def test_a_decision_that_did_not_know_what_shows_leaves_the_choice_open(divided, keep):
    carl = divided.fork("carl")
    divided.edit("one", "Ann's second")
    carl.do("resolve", "one", field="text", keep=keep)
    note = meet(divided, carl).find("one")
    assert note.text == "Ann's second"
    assert beside(note) == [("text", "Bob's")]


def test_keeping_what_is_not_there_decides_nothing(divided):
    for name, keep in [("text", "gone"), ("owner", "gone"), ("deleted", "gone"), ("place", "x")]:
        divided.do("resolve", "one", field=name, keep=keep)
    assert beside(divided.board.find("one")) == [("text", "Bob's")]
    assert not divided.board.find("one").deleted


def test_deciding_for_a_place(ann, bob):
    ann.do("move", "one", block="threats")
    bob.do("move", "one", block="weaknesses")
    meet(ann, bob)
    ann.do("resolve", "one", field="place", keep="bob-1")
    note = ann.board.find("one")
    assert (note.block, note.alternatives) == ("weaknesses", ())
    assert texts(ann.board, "threats") == ["Four"]


@pytest.mark.parametrize(("keep", "deleted"), [("", False), ("bob-1", True)])
def test_deciding_about_a_deletion(ann, bob, keep, deleted):
    ann.edit("one", "Ann's")
    bob.do("delete", "one")
    meet(ann, bob)
    ann.do("resolve", "one", field="deleted", keep=keep)
    note = ann.board.find("one")
    assert (note.deleted, note.alternatives) == (deleted, ())


# -- undo --------------------------------------------------------------------------------------

DEEDS = {
    "add": lambda c: c.add("new", "New", after=""),
    "edit": lambda c: c.edit("one", "Uno", impact=3),
    "edit that takes away": lambda c: c.edit("one", text=None, owner=None),
    "edit of a divided field": lambda c: c.edit("divided", "United"),
    "order": lambda c: c.do("move", "one", after="three"),
    "move": lambda c: c.do("move", "two", block="threats", topic="business"),
    "delete": lambda c: c.do("delete", "two"),
    "restore": lambda c: c.do("restore", "gone"),
    "link": lambda c: c.do("link", "one", target="three"),
    "unlink": lambda c: c.do("unlink", "one", target="two"),
    "resolve for the other": lambda c: c.do("resolve", "divided", field="text", keep="bob-1"),
    "resolve for the shown": lambda c: c.do("resolve", "divided", field="text", keep=""),
    "resolve a place": lambda c: c.do("resolve", "moved", field="place", keep="bob-2"),
    "resolve a deletion": lambda c: c.do("resolve", "lost", field="deleted", keep="bob-3"),
    "resolve for a note": lambda c: c.do("resolve", "lost", field="deleted", keep=""),
}


@pytest.fixture
def rich(ann):
    """A copy with links, a deleted note, and one of each kind of alternative."""
    for note in ("divided", "moved", "lost", "gone"):
        ann.add(note, note.title())
    ann.edit("one", owner="Ann")
    ann.do("link", "one", target="two")
    ann.do("link", "one", target="four")
    ann.do("delete", "gone")
    bob = ann.fork("bob")
    ann.edit("divided", "Ann's")
    ann.do("move", "moved", block="threats")
    ann.edit("lost", "Found")
    bob.edit("divided", "Bob's")
    bob.do("move", "moved", block="weaknesses")
    bob.do("delete", "lost")
    meet(ann, bob)
    return ann


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_undo_and_redo(rich, deed):
    before = shown(rich.board)
    operation = deed(rich)
    after = shown(rich.board)
    assert after != before
    undone = rich.undo(operation)
    assert shown(rich.board) == before
    assert undone.kind == "undo"
    assert "values" not in undone.payload
    redone = rich.undo(undone)
    assert shown(rich.board) == after
    rich.undo(redone)
    assert shown(rich.board) == before


def test_undo_of_a_restore_does_not_take_away_what_was_written_since(ann, bob):
    ann.do("delete", "one")
    restored = ann.do("restore", "one")
    bob.unite(ann)
    bob.edit("one", "Bob's")
    ann.undo(restored)
    note = meet(ann, bob).find("one")
    assert (note.deleted, note.text, beside(note)) == (False, "Bob's", [("deleted", True)])


def test_undo_of_a_whole_life(ann):
    done = [ann.add("new", "New"), ann.do("delete", "new"), ann.do("restore", "new")]
    shows = []
    for operation in reversed(done):
        ann.undo(operation)
        shows.append(ann.board.find("new") in ann.board.notes)
    assert shows == [False, True, False]


def test_undo_of_an_edit_that_brought_a_note_back(ann, bob):
    ann.do("delete", "one")
    edited = bob.edit("one", "Bob's")
    assert not meet(ann, bob).find("one").deleted
    bob.undo(edited)
    assert meet(ann, bob).find("one").deleted


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("restore", {}),
        ("link", {"target": "four"}),
        ("unlink", {"target": "three"}),
        ("add", {"block": "strengths", "values": {"text": "One"}}),
        ("vote", {}),
    ],
)
def test_there_is_nothing_to_take_back(ann, kind, payload):
    ann.do("link", "one", target="four")
    operation = ann.do(kind, "one", **payload)
    assert ann.undo(operation) is None


def test_undo_leaves_what_was_built_on_it(ann, bob):
    edited = ann.edit("one", "Ann's", impact=1)
    bob.unite(ann)
    bob.edit("one", "Bob's, knowing Ann's")
    meet(ann, bob)
    ann.undo(edited)
    note = ann.board.find("one")
    assert note.values == {"text": "Bob's, knowing Ann's"}


def test_undo_of_an_addition_that_somebody_edited_meanwhile(ann, bob):
    added = ann.add("new", "New")
    bob.unite(ann)
    bob.edit("new", "Bob's")
    ann.undo(added)
    note = meet(ann, bob).find("new")
    assert (note.deleted, beside(note)) == (False, [("deleted", True)])


def test_undo_of_an_addition_by_somebody_who_sees_the_edits(ann, bob):
    added = ann.add("new", "New")
    bob.unite(ann)
    bob.edit("new", "Bob's")
    ann.unite(bob)
    ann.append(ann.board.inverse(added, "undo"))
    assert ann.board.find("new").deleted


@pytest.mark.parametrize("sees_all", [False, True])
def test_undo_of_an_edit_that_held_a_note_leaves_what_was_written_since(ann, bob, sees_all):
    ann.do("delete", "one")
    edited = bob.edit("one", "Bob's")
    meet(ann, bob)
    ann.edit("one", "Ann's, knowing both")
    if sees_all:
        bob.unite(ann)
        bob.append(bob.board.inverse(edited, "undo"))
    else:
        bob.undo(edited)
    note = meet(ann, bob).find("one")
    assert (note.deleted, note.text) == (False, "Ann's, knowing both")
    assert beside(note) == [("deleted", True)]


@pytest.mark.parametrize("undone_first", [False, True])
def test_undo_of_an_edit_that_held_a_note_on_which_another_works_meanwhile(ann, bob, undone_first):
    ann.do("delete", "one")
    edited = bob.edit("one", "Bob's")
    meet(ann, bob)
    for _ in range(3):
        (ann if undone_first else bob).edit("two", "To be later")
    bob.undo(edited)
    ann.edit("one", "Ann's, knowing both")
    note = meet(ann, bob).find("one")
    assert (note.deleted, note.text) == (False, "Ann's, knowing both")


def test_undo_of_both_edits_lets_the_deletion_win(ann, bob):
    ann.do("delete", "one")
    edited = bob.edit("one", "Bob's")
    meet(ann, bob)
    later = ann.edit("one", "Ann's, knowing both")
    ann.undo(later)
    bob.unite(ann)
    bob.undo(edited)
    assert meet(ann, bob).find("one").deleted


def test_undo_of_an_alternative_withdraws_it(ann, bob):
    ann.edit("one", "Ann's")
    first = bob.edit("one", "Bob's")
    second = bob.edit("one", "Bob's second")
    meet(ann, bob)
    bob.undo(second)
    assert beside(meet(ann, bob).find("one")) == [("text", "Bob's")]
    bob.undo(first)
    assert not meet(ann, bob).find("one").alternatives


# -- what stays after a purge, and boards made of notes ------------------------------------------


def test_a_purge_leaves_structure_and_no_words(ann, bob):
    ann.edit("one", "Ann's")
    bob.edit("one", "Bob's secret")
    bob.add("mine", "Secret")
    edited = ann.edit("two", "Ann's again")
    meet(ann, bob)
    bob.edit("two", "Secret too")
    meet(ann, bob)
    ann.edit("mine", owner="Ann")
    ann.undo(edited)
    emptied = [o.purged() if o.actor == "bob" else o for o in ann.operations]
    assert "ecret" not in repr([o.payload for o in emptied])
    board = Board.fold(SHEET, emptied)
    assert "ecret" not in repr(board.everything)
    assert board.find("one").text == "Ann's"
    assert board.find("mine").values == {"owner": "Ann"}
    assert board.find("mine").text == ""


def test_words_do_not_hide_in_structure():
    payload = {"note": "x", "base": [{"words": "secret"}], "topic": {"secret": 1}, "after": "y"}
    assert Operation(SWOT, "edit", payload).purged().payload == {"note": "x", "after": "y"}


def test_a_purged_note_without_words_does_not_show(ann):
    board = Board.fold(SHEET, [o.purged() for o in ann.operations])
    assert not board.notes
    assert len(board.everything) == 4


def test_a_board_of_notes_shows_what_the_board_showed(rich):
    board = rich.board
    taken = Board.of(SHEET, board.notes, board.sequence)
    assert taken.notes == board.notes
    assert taken.sequence == board.sequence
    for block in ("strengths", "threats", "weaknesses"):
        assert taken.block(block) == board.block(block)
    assert taken.find("S1") == board.find("S1")
    assert taken.on("business").notes == board.on("business").notes
    whole = Board.of(SHEET, board.everything.values(), board.sequence)
    assert whole.everything == board.everything


def test_a_board_of_notes_in_any_order():
    notes = [Note(i, block=b, values={"text": i}) for i, b in zip("abcd", "xyxy", strict=True)]
    board = Board.of(SWOT.sheet, [*notes, Note("a", values={"text": "again"})], 7)
    assert [n.id for n in board] == ["a", "c", "b", "d"]
    assert board.find("a").text == "a"


def test_a_board_of_notes_can_be_built_upon():
    kept = Alternative("text", "B", "y", "bob")
    gone = Note("m", values={"text": "M"}, heads=("z",), deleted=True)
    note = Note(
        "n", block="x", values={"text": "A"}, heads=("h",), links=("m",), alternatives=(kept,)
    )
    board = Board.of(SWOT, [note, gone], 3)
    edit = Operation(SWOT, "edit", {"note": "n", "base": ["h"], "values": {"text": "C"}}, id="e")
    after = board.apply(edit).find("n")
    assert (after.text, after.links, after.alternatives) == ("C", ("m",), (kept,))
    assert board.apply(Operation(SWOT, "edit", {"note": "m"}, id="f")).find("n") == note


def test_a_note_with_odd_values_can_be_read():
    assert Note("n", values={"text": None, "tags": "a"}).text == ""
    assert Note("n", values={"text": 5, "tags": 7}).tags == ("7",)
    assert Note("n", values={"text": 5}).text == "5"
    assert Note("n", values={"tags": None}).tags == ()


def test_every_order_of_arrival_gives_one_board(ann, bob):
    carl = ann.fork("carl")
    ann.edit("one", "Ann's")
    bob.do("delete", "one")
    bob.do("move", "two", block="threats")
    carl.do("move", "two", block="weaknesses")
    carl.edit("one", "Carl's")
    board = meet(ann, bob, carl)
    new = ann.operations[4:]
    for order in itertools.permutations(new):
        assert Board.fold(SHEET, [*order, *ann.operations[:4], *order]) == board


def test_a_move_by_hand_to_where_somebody_else_moved_it(ann, bob):
    ann.do("move", "one", block="threats")
    bob.do("move", "one", block="weaknesses")
    board = meet(ann, bob)
    assert beside(board.find("one")) == [("place", ("services", "weaknesses"))]
    ann.do("move", "one", topic="services", block="weaknesses")
    note = meet(ann, bob).find("one")
    assert (note.block, note.alternatives) == ("weaknesses", ())
