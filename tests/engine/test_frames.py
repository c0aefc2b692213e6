"""Messages on a stream socket arrive whole, however the stream is cut."""

from hypothesis import given
from hypothesis import strategies as st

from clusterlab.engine.frames import AHEAD, CONTROL, IOPUB, SHELL, Reader, pack

MESSAGES = st.lists(
    st.tuples(st.sampled_from([AHEAD, CONTROL, IOPUB, SHELL]), st.lists(st.binary(max_size=40))),
    max_size=8,
)


@given(messages=MESSAGES, cuts=st.lists(st.integers(1, 30), min_size=1))
def test_messages_are_whole_however_the_stream_is_cut(messages, cuts):
    stream = b"".join(pack(channel, parts) for channel, parts in messages)
    reader, got, at, turn = Reader(), [], 0, 0
    while at < len(stream):
        size = cuts[turn % len(cuts)]
        got.extend(reader.feed(stream[at : at + size]))
        at, turn = at + size, turn + 1
    assert got == messages


def test_buffers_of_any_shape_are_taken_as_their_bytes():
    numbers = memoryview(bytes(range(12))).cast("B", (3, 4))
    (message,) = Reader().feed(pack(IOPUB, [numbers]))
    assert message == (IOPUB, [bytes(range(12))])
