"""The socket to a notebook's process, as papermill's side of it sees it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty
from typing import Any

from clusterlab.engine.ahead import Request
from clusterlab.engine.frames import AHEAD, CONTROL, IOPUB, SHELL, Part, Reader, pack
from clusterlab.engine.messages import Messages


class _Channel:
    """One channel of a notebook's process, as nbclient reads it."""

    def __init__(self, link: Link, name: bytes) -> None:
        self._link = link
        self._name = name
        self._messages: deque[dict[str, Any]] = deque()
        self._news: asyncio.Event | None = None

    def put(self, message: dict[str, Any]) -> None:
        self._messages.append(message)
        if self._news is not None:
            self._news.set()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # noqa: ASYNC109 - nbclient's
        """Give the next message.

        Raises
        ------
        queue.Empty
            Where none came in time.
        """
        self._link.listen()
        while not self._messages:
            self._news = asyncio.Event()
            try:
                await asyncio.wait_for(self._news.wait(), timeout)
            except TimeoutError:
                raise Empty from None
        return self._messages.popleft()

    def send(self, message: dict[str, Any]) -> None:
        """Send a message of nbclient's, as when it plays an output widget's front end."""
        self._link.send(self._name, message)


class _To:
    """Where a session sends: one channel of the socket, with something before each message."""

    def __init__(self, link: Link, name: bytes, *before: Part) -> None:
        self._link = link
        self._name = name
        self._before = before

    def send_multipart(self, parts: Sequence[Part], **_more: Any) -> None:
        self._link.write(pack(self._name, [*self._before, *parts]))


@dataclass
class _Early:
    """What was sent before it was asked for: whether it is now, and whether it was put back."""

    request: Request
    message: dict[str, Any]
    asked: bool = False
    back: bool = False


class Link:
    """The socket to a notebook's process; it never blocks, whatever the process is at.

    Parameters
    ----------
    wire
        The socket.
    answered
        What to call when something was answered.
    """

    def __init__(self, wire: socket.socket, answered: Callable[[], None]) -> None:
        wire.setblocking(False)
        self.session = Messages()
        self.session.auth = None  # both ends of a socket pair know each other
        self.channels = {name: _Channel(self, name) for name in (SHELL, IOPUB)}
        self.open = True
        self.unanswered = 0
        self.willing = True
        self._early: dict[str, _Early] = {}
        self._unasked: deque[_Early] = deque()
        self.said: dict[str, Any] = {}
        self.news: asyncio.Event | None = None
        self._wire = wire
        self._answered = answered
        self._reader = Reader()
        self._out = bytearray()
        self._loop: asyncio.AbstractEventLoop | None = None

    def listen(self) -> None:
        """Read in the running loop from now on."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop and self.open:
            self._unlisten()
            self._loop = loop
            loop.add_reader(self._wire, self._read)
            self.write(b"")

    def _unlisten(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._wire)
            self._loop.remove_writer(self._wire)
        self._loop = None

    def _read(self) -> None:
        try:
            data = self._wire.recv(1 << 18)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.close()
        for channel, parts in self._reader.feed(data):
            if channel == CONTROL:
                self._hear(json.loads(parts[0]))
                continue
            _, message = self.session.feed_identities(parts)
            self.channels[channel].put(self.session.deserialize(message))
            if channel == SHELL:
                self.unanswered -= 1
                self._answered()

    def _hear(self, said: dict[str, Any]) -> None:
        """Take what the process says of itself."""
        for name in said.pop("back", ()):
            self.willing = False
            early = self._early.pop(name)
            early.back = True
            self.unanswered -= 1
            if early.asked:
                self._send(early.message)
        self.said |= said
        if self.news is not None:
            self.news.set()

    def ask(self, request: Request) -> str:
        """Ask for something, unless that was done before."""
        if self._unasked and self._unasked[0].request == request:
            early = self._unasked.popleft()
        else:
            early = _Early(request, self.session.msg(*request), back=True)
        early.asked = True
        if early.back:
            self._send(early.message)
        return str(early.message["header"]["msg_id"])

    def ask_early(self, request: Request) -> None:
        """Have something done that nobody has asked for yet, if nothing can come between."""
        message = self.session.msg(*request)
        name = str(message["header"]["msg_id"])
        self._early[name] = early = _Early(request, message)
        self._unasked.append(early)
        self.send(AHEAD, message, name.encode())
        self.unanswered += 1

    def hold(self) -> None:
        """Have nothing more done that was not asked for."""
        self.willing = False
        self.write(pack(AHEAD, []))

    def _send(self, message: dict[str, Any]) -> None:
        self.send(SHELL, message)
        self.unanswered += 1

    def send(self, channel: bytes, message: dict[str, Any], *before: Part) -> None:
        """Send a message."""
        where: Any = _To(self, channel, *before)
        self.session.send(where, message)

    def write(self, frame: bytes) -> None:
        """Send what can be sent now, the rest as the process reads."""
        self._out += frame
        try:
            with contextlib.suppress(BlockingIOError):
                while self.open and self._out:
                    del self._out[: self._wire.send(self._out)]
        except OSError:
            self._out.clear()
        if self._loop is not None and self.open:
            if self._out:
                self._loop.add_writer(self._wire, self.write, b"")
            else:
                self._loop.remove_writer(self._wire)

    def close(self) -> None:
        """Close it; what came before can still be read."""
        if self.open:
            self._unlisten()
            self.open = False
            self._wire.close()
