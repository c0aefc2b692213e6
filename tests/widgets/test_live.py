"""The widget in a notebook: one per canvas, and its state is always the current one."""

import dataclasses
import threading
from pathlib import Path

import ipywidgets
import pytest

from clusterlab.language import load
from clusterlab.model import new_id
from clusterlab.session import OpenWorkshop, frontend, open_workshop
from clusterlab.session.frontend import widget_of
from clusterlab.widgets import live_widget
from clusterlab.widgets.live import LiveCanvas


def models():
    return len(ipywidgets.widgets.widget._instances)


def files():
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def open_board(folder, actor="ann", language=""):
    opened = open_workshop(folder.path, actor=actor, language=language).cluster("alpha")
    board = opened.board("swot", topic="business")
    presenter = opened.presenter()
    found = opened.workshop.source
    facts = _Facts(board, opened)
    return widget_of(facts, found, presenter, actor)


class _Facts:
    def __init__(self, board, opened):
        self.kind, self.id = opened.kind("swot"), board.id
        self.shape, self.versions = "grid", (board.id.version,)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="there is no /proc here")
def test_a_cell_that_runs_again_and_again_gets_the_same_widget(small):
    first = open_board(small)
    open_board(small)  # SQLite closes a file's handle only when nobody else has it locked
    counts = models(), files()
    for _ in range(50):
        assert open_board(small) is first
    assert (models(), files()) == counts


def test_a_changed_word_reaches_the_widget_that_is_there(desk, page):
    language = load("en")
    first = live_widget(desk, page.view, "ann", language, {"heading": "A"})
    assert live_widget(desk, page.view, "ann", language, {"heading": "B"}) is first
    assert first.spec == {"heading": "B"}


def test_other_people_and_other_canvases_have_widgets_of_their_own(desk, page, new_page):
    language = load("en")
    first = live_widget(desk, page.view, "ann", language, {})
    assert live_widget(desk, page.view, "bob", language, {}) is not first
    assert live_widget(desk, new_page(desk, canvas="pestel").view, "ann", language, {}) is not first
    other = new_page(desk, topic="services").view
    assert live_widget(desk, other, "ann", language, {}) is not first


def test_a_widget_that_was_closed_is_made_anew(desk, page):
    language = load("en")
    first = live_widget(desk, page.view, "ann", language, {})
    first.close()
    assert live_widget(desk, page.view, "ann", language, {}) is not first


def test_the_state_is_always_the_current_one(desk, page):
    widget = LiveCanvas(desk, page.view, "ann", load("en"), {})
    before = widget.get_state()["state"]
    note = page.add("New")
    after = widget.get_state()["state"]
    assert note not in before["boards"]["current"]["notes"]
    assert note in after["boards"]["current"]["notes"]
    assert after["revision"] == before["revision"] + 1
    widget.set_state({"state": {"boards": "nonsense"}})
    assert widget.get_state()["state"] == after


def test_messages_go_in_and_out(desk, page, monkeypatch):
    widget = LiveCanvas(desk, page.view, "ann", load("en"), {})
    sent = []
    monkeypatch.setattr(widget.live, "_send", sent.append)
    operation = {"id": new_id(), "kind": "add", "version": "current", "note": new_id()}
    operation |= {"block": "threats", "topic": "business", "values": {"text": "New"}}
    content = {"kind": "do", "client": "me", "operation": operation}
    widget._handle_custom_msg(content, [])
    assert [message["kind"] for message in sent] == ["changed"]
    assert page.heard[-1]["done"] == [operation["id"]]


def test_a_canvas_goes_on_when_the_workshops_files_change(small):
    first = open_board(small)
    desk, desks = first.live.desk, dict(frontend._DESKS)
    counts = models(), threading.active_count()
    other = open_board(small, actor="bob")  # whose cell is not run again
    heard = []
    other.live._send = heard.append
    settings = small.path / "workshop.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert open_board(small) is first
    assert first.live.desk is desk
    assert desks == frontend._DESKS
    assert desk.folder is not small
    assert [message["kind"] for message in heard] == ["changed"]
    board = OpenWorkshop(desk.folder).cluster("alpha").board("swot", topic="business")
    note = board.add("strengths", "By another program")
    other.live.desk.catch_up()
    assert heard[-1]["steps"][0]["note"]["id"] == note.id
    assert models() == counts[0] + 2  # bob's
    assert threading.active_count() <= counts[1] + 1


def test_a_canvas_whose_kind_changes_is_the_same_widget(desk, page):
    language = load("en")
    first = live_widget(desk, page.view, "ann", language, {"heading": "A"})
    before = models()
    heard = []
    first.live._send = heard.append
    kind = dataclasses.replace(page.view.kind, title="SWOT, renamed")
    view = dataclasses.replace(page.view, kind=kind)
    assert live_widget(desk, view, "ann", language, {"heading": "B"}) is first
    assert first.live.view.kind.title == "SWOT, renamed"
    assert "state" in heard[-1]
    assert models() == before
