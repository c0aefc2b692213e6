"""Programs, servers and boards that tests of live canvases share."""

import os
import shutil
from dataclasses import replace

import pytest
from room import Room, Server, place_notebook

from clusterlab.methods.sheet import cited_kinds
from clusterlab.model import BoardId, Cluster, new_id
from clusterlab.session import OpenWorkshop
from clusterlab.widgets import Desk, LiveBoard, View
from clusterlab.workshop import create


@pytest.fixture(scope="session")
def node():
    """The program ``node``; without one the test is skipped, in a build it fails."""
    found = shutil.which("node")
    if not found:
        reason = "node is missing; tests of the front end need it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture
def desk(small):
    one = Desk(small, "alpha")
    yield one
    one.close()


class Page:
    """A page in front of a live board: says something and keeps what it hears."""

    def __init__(self, desk, canvas="swot", shape="grid", versions=("current",), topic="business"):
        self.heard = []
        board = BoardId(desk.cluster, canvas, versions[0], topic)
        kinds = desk.folder.kinds
        cites = cited_kinds(kinds[canvas], kinds)
        self.view = View(kinds[canvas], board, shape, versions, cites)
        language = desk.folder.language()
        self.live = LiveBoard(desk, self.view, "ann", language, self.heard.append)

    def hello(self, **known):
        self.live.receive({"kind": "hello", "client": "me", **known})
        return self.heard[-1]

    def do(self, kind, note, **more):
        """Ask for an operation; give its id and what was heard since."""
        before = len(self.heard)
        asked = {"id": new_id(), "kind": kind, "version": "current", "note": note, **more}
        self.live.receive({"kind": "do", "client": "me", "operation": asked})
        return asked["id"], self.heard[before:]

    def add(self, text, **more):
        """Add a note; give its id."""
        note = new_id()
        place = {"block": "strengths", "topic": "business", "values": {"text": text}}
        _, heard = self.do("add", note, **{**place, **more})
        assert [message["kind"] for message in heard] == ["changed"], heard
        return note

    @property
    def board(self):
        return self.live.desk.board(replace(self.view.board, topic=""))


@pytest.fixture
def page(desk):
    return Page(desk)


@pytest.fixture
def new_page():
    return Page


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    place = tmp_path_factory.mktemp("room")
    clusters = [Cluster("alpha", "Alpha Cluster")]
    with create(place / "workshop", "cluster-strategy", "Small workshop", clusters) as folder:
        board = OpenWorkshop(folder).cluster("alpha").board("swot", topic="environment")
        board.add("strengths", "Close to funders")
    running = Server(place / "workshop", place)
    yield running
    running.stop()


@pytest.fixture
def room(server, chromium, request):
    """Open a notebook of one's own: ``room("name.ipynb", canvas, more, cells)``."""
    rooms = []

    def enter(
        name, canvas="swot", more="topic='business'", cells=("board",), place=True, **context
    ):
        if place:
            place_notebook(server.root, name, canvas, more, cells)
        rooms.append(Room(server, chromium, name, **context))
        return rooms[-1]

    yield enter
    for one in rooms:
        one.close()
