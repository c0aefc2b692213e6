"""Messages of several parts on a stream socket: how the two ends of a warm process speak."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

#: What a notebook's process is asked, what it publishes, and how it begins and ends; and what it
#: may do before it is asked, where nothing but its own code could come between; a message
#: of no parts takes that back.
SHELL, IOPUB, CONTROL, AHEAD = b"s", b"p", b"c", b"a"

_HEAD = struct.Struct("!cI")
_LENGTH = struct.Struct("!Q")

Part = bytes | memoryview


def pack(channel: bytes, parts: Sequence[Part]) -> bytes:
    """Write one message: its channel, how many parts, their lengths, the parts."""
    views = [memoryview(part).cast("B") for part in parts]
    lengths = [_LENGTH.pack(len(view)) for view in views]
    return b"".join([_HEAD.pack(channel, len(views)), *lengths, *views])


class Reader:
    """Takes a stream's bytes as they come and gives whole messages."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
        """Give the messages that are whole with these bytes, each with its channel."""
        self._bytes += data
        while (message := self._next()) is not None:
            yield message

    def _next(self) -> tuple[bytes, list[bytes]] | None:
        if len(self._bytes) < _HEAD.size:
            return None
        channel, count = _HEAD.unpack_from(self._bytes)
        start = _HEAD.size + count * _LENGTH.size
        if len(self._bytes) < start:
            return None
        lengths = [
            _LENGTH.unpack_from(self._bytes, _HEAD.size + i * _LENGTH.size)[0] for i in range(count)
        ]
        end = start + sum(lengths)
        if len(self._bytes) < end:
            return None
        parts = []
        for length in lengths:
            parts.append(bytes(self._bytes[start : start + length]))
            start += length
        del self._bytes[:end]
        return channel, parts
