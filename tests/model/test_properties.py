import random
from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from replica import SHEET, SWOT, Replica, meet, shown

from clusterlab.model import Board, BoardId, Operation

NOTES = [f"note-{i}" for i in range(4)]
BLOCKS = ["strengths", "threats", "weaknesses"]
KINDS = ["add", "edit", "edit", "owner", "move", "order", "delete", "restore"]
KINDS += ["link", "unlink", "resolve", "undo"]

deeds = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 7), st.integers(0, 7)), max_size=12
)
apart = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def act(copy, deed):
    """Do something random to what this copy shows; give the operation, or None."""
    kind, which, other = deed
    board = copy.board
    if kind == "add":
        number = len(copy.operations)
        after = {} if other > 3 else {"after": NOTES[other]}
        return copy.add(f"{copy.actor}'s {number}", f"text of {copy.actor} {number}", **after)
    if kind == "restore":
        notes = [n for n in board.everything.values() if n.deleted]
    elif kind == "resolve":
        notes = [n for n in board if n.alternatives]
    else:
        notes = list(board)
    if kind == "undo":
        mine = [o for o in copy.operations if o.actor == copy.actor and o.kind != "undo"]
        return copy.undo(mine[which % len(mine)]) if mine else None
    if not notes:
        return None
    note = notes[which % len(notes)]
    word = f"text of {copy.actor} {len(copy.operations)}"
    match kind:
        case "edit":
            return copy.edit(note.id, word)
        case "owner":
            return copy.edit(note.id, owner=word)
        case "move":
            return copy.do("move", note.id, topic="services", block=BLOCKS[other % 3], after="")
        case "order":
            return copy.do("move", note.id, after=notes[other % len(notes)].id)
        case "link" | "unlink":
            return copy.do(kind, note.id, target=NOTES[other % 4])
        case "resolve":
            chosen = note.alternatives[other % len(note.alternatives)]
            keep = chosen.operation if other % 2 else ""
            return copy.do("resolve", note.id, field=chosen.field, keep=keep)
        case _:
            return copy.do(kind, note.id)


def begun():
    ann = Replica("ann")
    for note in NOTES:
        ann.add(note, f"text {note}")
    return ann


def seen_by(operations):
    """For each operation, all those on its note that its person had seen."""
    seen = {}
    for operation in sorted(operations, key=lambda o: o.order):
        base = [b for b in operation.payload.get("base", ()) if b in seen]
        seen[operation.id] = set(base).union(*(seen[b] for b in base))
    return seen


def kept_words(operations):
    """Each note with the texts that nobody who knew them changed, decided or took away."""
    seen, kept = seen_by(operations), {}
    for one in operations:
        for name, word in one.payload.get("values", {}).items():
            later = [o for o in operations if one.id in seen[o.id] and o.note == one.note]
            changed = [o for o in later if name in o.payload.get("values", {})]
            if not changed and all(o.kind not in {"delete", "resolve", "undo"} for o in later):
                kept.setdefault(one.note, []).append((name, word))
    return kept


def check_nothing_lost(board, operations):
    for note_id, words in kept_words(operations).items():
        note = board.find(note_id)
        assert note in board.notes, f"{note_id} with {words} is not shown"
        for name, word in words:
            found = [a.value for a in note.alternatives if a.field == name]
            assert word in (note.get(name), *found), f"{name} “{word}” of {note_id} is lost"


@apart
@given(deeds, deeds, deeds, deeds, st.booleans())
@example(
    [("edit", 0, 0), ("undo", 0, 0)], [], [], [("edit", 0, 0), ("undo", 4, 0)], False
)  # the first edit holds the note against the undone addition, the second one knows both
def test_copies_that_were_apart_end_equal_and_nothing_is_lost(one, two, three, four, middle):
    ann = begun()
    bob, carl = ann.fork("bob"), ann.fork("carl")
    for copy, todo in ((ann, one), (bob, two)):
        for deed in todo:
            act(copy, deed)
    if middle:
        carl.unite(bob)
    for copy, todo in ((carl, three), (ann, four)):
        for deed in todo:
            act(copy, deed)
    board = meet(ann, bob, carl)
    check_nothing_lost(board, ann.operations)
    spoken = [n.spoken for n in board.everything.values()]
    assert len(set(spoken)) == len(spoken)


@apart
@given(deeds, deeds, deeds, deeds)
def test_nothing_is_lost_by_those_who_met_in_between(one, two, three, four):
    ann = begun()
    bob = ann.fork("bob")
    for mine, yours in ((one, two), (three, four)):
        for copy, todo in ((ann, mine), (bob, yours)):
            for deed in todo:
                act(copy, deed)
        check_nothing_lost(meet(ann, bob), ann.operations)


@apart
@given(deeds, deeds, st.randoms(use_true_random=False))
def test_any_order_and_any_doubling_give_the_same_board(one, two, chance: random.Random):
    ann = begun()
    bob = ann.fork("bob")
    for copy, todo in ((ann, one), (bob, two)):
        for deed in todo:
            act(copy, deed)
    board = meet(ann, bob)
    mixed = [*ann.operations, *chance.choices(ann.operations, k=5)]
    chance.shuffle(mixed)
    assert Board.fold(SHEET, mixed) == board
    stepwise = Board(SHEET)
    for operation in sorted(ann.operations, key=lambda o: o.order):
        stepwise = stepwise.apply(operation).apply(operation)
    assert stepwise == board


@apart
@given(deeds, deeds, deeds)
def test_undo_right_after_an_operation_restores_what_was_shown(one, two, then):
    ann = begun()
    bob = ann.fork("bob")
    for copy, todo in ((ann, one), (bob, two)):
        for deed in todo:
            act(copy, deed)
    meet(ann, bob)
    for deed in then:
        before = shown(ann.board)
        operation = act(ann, deed)
        if operation is None:
            continue
        after = shown(ann.board)
        undone = ann.undo(operation)
        if undone is None:
            assert after == before
            continue
        assert shown(ann.board) == before
        ann.undo(undone)
        assert shown(ann.board) == after


@apart
@given(deeds, deeds, deeds, st.booleans())
def test_everything_can_be_undone_step_by_step(one, two, then, now):
    """Seen from the board before each operation, or from the board as it is now."""
    ann = begun()
    bob = ann.fork("bob")
    for copy, todo in ((ann, one), (bob, two)):
        for deed in todo:
            act(copy, deed)
    meet(ann, bob)
    steps = []
    for deed in then:
        before = shown(ann.board)
        if deed[0] != "undo" and (operation := act(ann, deed)):
            steps.append((before, operation))
    for before, operation in reversed(steps):
        if not now:
            ann.undo(operation)
        elif inverse := ann.board.inverse(operation, f"undo {operation.id}"):
            ann.append(inverse)
        assert shown(ann.board) == before


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.builds(pow, st.just(10), st.just(5000))
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([*NOTES, "a", "b", "text", "place", "deleted", "", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
keys = ["note", "block", "topic", "after", "base", "values", "links", "spoken", "letter"]
keys += ["target", "field", "keep"]
payloads = st.dictionaries(st.sampled_from(keys), junk) | st.fixed_dictionaries(
    {"note": st.sampled_from(["a", "b"])},
    optional={
        "base": st.lists(st.sampled_from("0123456789")) | junk,
        "values": st.dictionaries(st.sampled_from(["text", "place", "deleted", "x"]), junk) | junk,
        "after": st.sampled_from(["a", "b", ""]) | junk,
        "target": st.sampled_from("0123456789") | junk,
        "field": st.sampled_from(["text", "place", "deleted", "x"]) | junk,
        "keep": st.sampled_from("0123456789") | junk,
        **dict.fromkeys(("block", "topic", "links", "spoken"), junk),
    },
)
hostile = st.lists(
    st.builds(
        Operation,
        st.sampled_from([SWOT, SHEET, replace(SWOT, topic="other"), BoardId("x", "y")]),
        st.sampled_from(["add", "add", *KINDS, "vote", "", "_undo"]),
        payloads | junk,
        st.sampled_from(["ann", "bob"]),
        st.sampled_from("0123456789"),
        st.integers(0, 5),
        st.text(max_size=3),
    ),
    max_size=25,
)


@apart
@given(hostile, st.randoms(use_true_random=False))
def test_no_payload_stops_the_fold(operations, chance: random.Random):
    board = Board.fold(SHEET, operations)
    again = list(operations)
    chance.shuffle(again)
    for note in board.everything.values():
        assert isinstance(note.text, str)
        assert all(isinstance(tag, str) for tag in note.tags)
        assert board.find(note.id) == note
        repr(note)
    for operation in operations:
        board.apply(operation)
        board.inverse(operation, "undo")
        operation.purged()
    assert list(board) == [note for note in board.notes if not note.deleted]


def test_deep_and_circular_values_do_not_stop_the_fold():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    circle = {}
    circle["self"] = circle
    add = Operation(SWOT, "add", {"note": "a", "values": {"text": "A", "d": deep, "c": circle}})
    note = Board.fold(SHEET, [add]).find("a")
    assert (note.text, note.get("c")) == ("A", "")
    repr(note)


def test_a_base_that_goes_in_circles_ends():
    add = Operation(SWOT, "add", {"note": "a", "values": {"text": "A"}}, id="0", sequence=1)
    edit = {"note": "a", "base": ["1", "2", "0"], "values": {"text": "B"}}
    edits = [Operation(SWOT, "edit", edit, actor, i, 2) for actor in "xy" for i in "12"]
    assert Board.fold(SHEET, [add, *edits]).find("a").text in {"A", "B"}
