"""Two real stores in front of one real live board: whatever they do at once, they end equal."""

import json
import random
import subprocess
from collections import deque
from pathlib import Path

import pytest

from clusterlab.model import new_id

KINDS = ["add", "edit", "edit", "edit", "move", "move", "undo", "redo"]


class Store:
    """One page's store, in a process of its own."""

    def __init__(self, node, state):
        program = [node, str(Path(__file__).with_name("page.mjs"))]
        self.process = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.out, self.coming, self.refused = deque(), deque(), []
        self.tell("open", state=state)

    def tell(self, deed, **more):
        """Let it do something; give what it says beside messages to the kernel."""
        self.process.stdin.write(json.dumps({"deed": deed, **more}) + "\n")
        self.process.stdin.flush()
        said = None
        while True:
            line = json.loads(self.process.stdout.readline())
            if "done" in line:
                return said
            if "send" in line:
                self.out.append(line["send"])
            elif "refused" in line:
                self.refused.append(line["refused"])
            else:
                said = line

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


@pytest.fixture
def stores(node, page):
    state = json.loads(json.dumps(page.live.snapshot()))
    pair = [Store(node, state) for _ in range(2)]
    yield pair
    for store in pair:
        store.close()


def deliver(page, stores, store, chance, lost=0.0):
    """Bring a page's oldest message to the kernel, and its answers on their way to both."""
    message = store.out.popleft()
    if chance.random() < lost:
        return
    before = len(page.heard)
    page.live.receive(message)
    for answer in page.heard[before:]:
        for each in stores:
            each.coming.append(json.loads(json.dumps(answer)))


def settle(page, stores, chance):
    while any(store.out or store.coming for store in stores):
        for store in stores:
            while store.coming:
                store.tell("hear", message=store.coming.popleft())
            if store.out:
                deliver(page, stores, store, chance)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("lost", [0.0, 0.2])
def test_two_pages_that_write_at_once_end_equal_and_no_text_is_lost(page, stores, seed, lost):
    chance = random.Random(seed)  # noqa: S311 - no secret
    typed, undone = {}, False
    for number in range(200):
        store = stores[chance.randrange(2)]
        kind = chance.choice(KINDS if seed else KINDS[:-2])
        undone = undone or kind == "undo"
        words, note = f"words {number}", new_id()
        which, other = chance.randrange(99), chance.randrange(99)
        store.tell("act", kind=kind, which=which, other=other, id=note, words=words)
        if store.out and store.out[-1].get("kind") == "do":
            asked = store.out[-1]["operation"]
            if asked["kind"] in {"add", "edit"}:
                typed[asked["id"]] = asked
        for each in stores:
            for _ in range(chance.randrange(3)):
                if each.out and chance.random() < 0.6:
                    deliver(page, stores, each, chance, lost)
                if each.coming and chance.random() < 0.6:
                    each.tell("hear", message=each.coming.popleft())
    settle(page, stores, chance)
    for store in stores:  # as after a while without an answer
        store.tell("wait")
    settle(page, stores, chance)
    shown = [store.tell("show") for store in stores]
    assert [(one["waiting"], one["outbox"]) for one in shown] == [(0, 0), (0, 0)]
    assert [store.refused for store in stores] == [[], []]
    kernel = json.loads(json.dumps(page.live.snapshot()))["boards"]["current"]
    for one in shown:
        assert one["shown"]["notes"] == kernel["notes"]
        lists = {place: ids for place, ids in one["shown"]["lists"].items() if ids}
        assert lists == {place: ids for place, ids in kernel["lists"].items() if ids}
    assert len(typed) > 60
    if not undone:
        check_every_text(page, typed)


def check_every_text(page, typed):
    """Each text that nobody who saw it replaced is the note's, or beside it."""
    journal = page.live.desk.folder.journal
    bases = {o.id: set(o.payload.get("base", ())) for o in journal.read("alpha")}
    replaced = set().union(*(ancestors(bases, one) for one in typed))
    left = [asked for asked in typed.values() if asked["id"] not in replaced]
    assert len(left) > 20
    for asked in left:
        note = page.board.everything[asked["note"]]
        words = asked["values"]["text"]
        assert words in {note.text, *(a.value for a in note.alternatives)}, asked


def ancestors(bases, operation):
    found, todo = set(), [*bases.get(operation, ())]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += bases.get(one, ())
    return found
