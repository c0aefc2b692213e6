"""A Jupyter server on a small workshop, shared by a module's tests."""

import pytest
from room import Room, Server, place_notebook

from clusterlab.model import Cluster
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import create


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
