"""Two tabs in which people write and move at the same time, without waiting for each other."""

import contextlib
import json

import pytest
from playwright.sync_api import TimeoutError as Late
from room import Room, in_page

from clusterlab.model import BoardId
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder

pytestmark = pytest.mark.browser
WORK = in_page("work")
BOARD = BoardId("alpha", "pestel", "current")
#: Notes by block with all that is written on or beside them, as the page shows it.
SHOWN = """Object.fromEntries([...document.querySelectorAll('.clb-cell')].map((cell) => [
  cell.dataset.block, [...cell.querySelectorAll('.clb-item')].map((item) => [
    item.dataset.item, item.querySelector('.clb-text').textContent,
    [...item.querySelectorAll('.clb-other')].map((other) => other.textContent).sort()])])
  .filter(([, notes]) => notes.length).sort(([a], [b]) => (a < b ? -1 : 1)))"""
KERNEL = """{b: [[n.id, n.text, sorted(a.value for a in n.alternatives if a.field == 'text')]
 for n in board.state.block(b)] for b in {n.block for n in board.notes}}"""
SETTLED = "!document.querySelector('.clb-pending') && work.done"


def told(board):
    blocks = {note.block for note in board}
    return {
        block: [
            [n.id, n.text, sorted(a.value for a in n.alternatives if a.field == "text")]
            for n in board.block(block)
        ]
        for block in sorted(blocks)
    }


@pytest.mark.parametrize("seed", [7])
def test_two_hundred_steps_in_two_tabs_end_equal_and_lose_no_text(server, chromium, room, seed):
    with Folder(server.root) as folder:
        board = OpenWorkshop(folder).cluster("alpha").board("pestel")
        for number, block in enumerate(["political", "economic", "social", "legal"] * 3):
            board.add(block, f"First {number}")
    left = room("simultaneous.ipynb", "pestel", "").open().run()
    left.press("Control+s")
    left.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    right = Room(server, chromium, left.name, beside=left.context).open().run()
    for number, tab in enumerate((left, right)):
        tab.page.evaluate(WORK, [seed + number, "ab"[number], 100])
    for tab in (left, right):
        tab.page.wait_for_function(SETTLED, timeout=60_000)
        tab.ready()
    works = [tab.page.evaluate("work") for tab in (left, right)]
    assert [work["wrong"] for work in works] == ["", ""]
    assert sum(len(work["typed"]) + work["moves"] for work in works) == 200

    with Folder(server.root) as folder:
        journal = told(folder.board(BOARD))
        history = {
            operation.payload.get("values", {}).get("text")
            for note in folder.board(BOARD).everything
            for operation in folder.journal.history(note)
        }
    wanted = json.dumps(journal, separators=(",", ":"))
    for tab in (left, right):
        with contextlib.suppress(Late):  # then what differs is said below
            tab.page.wait_for_function(f"wanted => JSON.stringify({SHOWN}) === wanted", arg=wanted)
    assert left.page.evaluate(SHOWN) == right.page.evaluate(SHOWN) == journal
    assert left.python(KERNEL) == journal
    typed = {text for work in works for text in work["typed"]}
    assert len(typed) > 80
    assert typed <= history
    shown = {
        text for notes in journal.values() for _, text, more in notes for text in (text, *more)
    }
    assert shown & typed
    assert left.errors == right.errors == []
    assert left.page.locator(".clb-notice").count() == 0
    assert right.page.locator(".clb-notice").count() == 0
