"""Messages are jupyter_client's, part by part."""

import os
import sys
import threading
import warnings
from datetime import UTC, datetime

import pytest
import zmq
from hypothesis import given
from hypothesis import strategies as st
from jupyter_client.session import Session

from clusterlab.engine.messages import Messages

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text() | st.just(datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
contents = st.dictionaries(st.text(), plain, max_size=4)


class Sent:
    def __init__(self):
        self.parts = None

    def send_multipart(self, parts, **_more):
        self.parts = list(parts)


def both():
    made = []
    for kind in (Messages, Session):
        session = kind()
        session.auth = None
        session.pid = os.getpid()
        made.append(session)
    return made


def sent(session, message, **more):
    stream = Sent()
    session.send(stream, dict(message), **more)
    return stream.parts


@given(contents, contents, st.lists(st.binary(max_size=4), max_size=2), st.booleans())
def test_messages_are_written_alike(content, metadata, buffers, listed):
    ours, stock = both()
    ident = [b"to", b"whom"] if listed else b"status"
    for again in range(2):
        parent = stock.msg("execute_request", {"code": str(again)})
        for _ in range(2):
            message = stock.msg("stream", content, parent=parent, metadata=metadata)
            written = [sent(s, message, buffers=buffers, ident=ident) for s in (ours, stock)]
            assert written[0] == written[1]
            # What somebody changes in a message is in no other one.
            parent["header"]["more"] = [again]


@pytest.fixture
def impatient():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_answer_different_cells_do_not_swap_them(impatient):
    ours, stock = both()
    wrong = []

    def answer(number):
        parent = stock.msg("execute_request", {"code": str(number)})
        message = stock.msg("status", {"execution_state": "idle"}, parent=parent)
        expected = stock.serialize(message)[3]
        for _ in range(4000):
            wrong.extend([number] * (ours.serialize(dict(message))[3] != expected))

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize(
    "odd", [float("nan"), "\ud800", {1, 2}, {"a": float("inf")}, b"\xff", 10**400]
)
def test_what_is_no_json_is_written_and_warned_of_alike(odd):
    said = []
    for session in both():
        message = session.msg("stream", {"text": odd})
        message["header"] = message["parent_header"] = {}
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                parts = sent(session, message)
            except Exception as error:  # noqa: BLE001 - whichever it is, both raise it
                parts = repr(error)
        said.append((parts, [(str(w.message), w.filename, w.lineno) for w in told]))
    assert said[0] == said[1]


def test_other_packers_and_keys_write_as_usual():
    for options in ({"key": b"secret"}, {"key": b"secret", "packer": "pickle"}):
        ours, stock = Messages(**options), Session(**options)
        message = stock.msg("status", {"execution_state": "busy"})
        assert sent(ours, message) == sent(stock, message)


@given(contents, contents, st.lists(st.binary(max_size=4), max_size=2), st.booleans())
def test_messages_are_read_alike(content, metadata, buffers, copied):
    ours, stock = both()
    parent = stock.msg("execute_request", {"code": "1"})
    for again in range(2):
        parent = stock.msg("execute_request", {"code": str(again)})
        for _ in range(2):
            message = stock.msg("stream", content, parent=parent, metadata=metadata)
            parts = sent(stock, message, buffers=buffers)[1:]
            given_parts = parts if copied else [zmq.Message(part) for part in parts]
            read = [s.deserialize(list(given_parts), copy=copied) for s in (ours, stock)]
            assert read[0] == read[1]
            for name in ("header", "parent_header"):
                assert repr(read[0][name]["date"]) == repr(read[1][name]["date"])


def test_who_changes_a_message_changes_no_other():
    ours, stock = both()
    for parent in (None, stock.msg("execute_request")):
        parts = sent(stock, stock.msg("status", {}, parent=parent))[1:]
        first = ours.deserialize(list(parts))
        first["parent_header"]["more"] = 1
        assert "more" not in ours.deserialize(list(parts))["parent_header"]


def test_signed_messages_and_other_ways_of_packing_are_jupyters():
    ours, stock = Messages(key=b"secret"), Session(key=b"secret")
    message = stock.msg("status", {"execution_state": "busy"})
    parts = sent(stock, message)[1:]
    assert ours.deserialize(parts)["content"] == {"execution_state": "busy"}
    with pytest.raises(ValueError, match="Signature"):
        ours.deserialize([b"wrong", *parts[1:]])
    pickled = Messages(packer="pickle")
    pickled.auth = None
    assert pickled.deserialize(sent(pickled, message)[1:])["content"] == message["content"]
    with pytest.raises(TypeError, match="at least 5"):
        both()[0].deserialize([b"", b"{}"])
