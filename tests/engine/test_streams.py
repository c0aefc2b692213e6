"""The thread that publishes lives as long as its notebook, whatever happens beside it."""

import os
import socket
import subprocess
import sys

import pytest

from clusterlab.engine.frames import IOPUB, Reader
from clusterlab.engine.streams import Publisher

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="notebooks are forked on Linux")


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    publisher = Publisher(ours)
    publisher.start()
    theirs.settimeout(20)
    with ours, theirs:
        yield publisher, theirs
        publisher.stop()
    # In a notebook's process they last as long as it does.
    for end in (publisher._relay_in, publisher._relay_out):
        end.close()
    for number in (publisher._woken, publisher._wake):
        os.close(number)


def received(wire):
    """Give the parts of the next message."""
    reader = Reader()
    while True:
        for _, parts in reader.feed(wire.recv(1 << 16)):
            return parts


def test_it_lives_where_another_stream_is_added_while_it_looks_through_them(ends):
    publisher, wire = ends
    pipes = [os.pipe() for _ in range(3)]

    class Looked(int):
        """A descriptor that adds another when it is looked at, as the main thread may just then."""

        def __eq__(self, other):
            publisher._sources.setdefault(pipes[1][0], lambda _: None)
            return int(self) == other

        __hash__ = int.__hash__

    publisher.watch(Looked(pipes[0][0]), lambda _: None)
    publisher.watch(pipes[2][0], lambda data: publisher.send(IOPUB, [data]))
    os.write(pipes[2][1], b"after all")
    assert received(wire) == [b"after all"]
    publisher.stop()
    for end in sum(pipes, ()):
        os.close(end)


def test_it_lives_where_what_it_calls_fails(ends, capfd):
    publisher, wire = ends

    def fail(_=None):
        raise ValueError("closed")

    reading, writing = os.pipe()
    publisher.watch(reading, fail)
    os.write(writing, b"a")
    publisher.call_later(0, fail)
    publisher.call_later(0, lambda: publisher.send(IOPUB, [b"after all"]))
    assert received(wire) == [b"after all"]
    publisher.stop()
    assert capfd.readouterr().err.count("ValueError: closed") == 2
    for end in (reading, writing):
        os.close(end)


ENDS = """
import socket, threading
from clusterlab.engine.streams import Publisher
class Broken(Publisher):
    def _run(self):
        raise ValueError("broken")
Broken(socket.socketpair()[0]).start()
threading.Event().wait()
"""


def test_a_process_that_nobody_would_hear_of_any_more_ends():
    command = [sys.executable, "-c", ENDS]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "ValueError: broken" in ran.stderr
