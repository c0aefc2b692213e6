"""What a notebook's process is asked, one thing after the other, and what it may begin unasked."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections import deque
from collections.abc import Iterable
from contextvars import copy_context
from typing import Any

import zmq

from clusterlab.engine import linux
from clusterlab.engine.frames import AHEAD, CONTROL, Reader
from clusterlab.engine.streams import Publisher

#: Bytes: a cell that publishes more has papermill take them before the next one begins.
_MUCH = 1 << 21


class Queue:
    """The messages to a kernel, from the first cell to the end.

    The next cells may wait here before papermill asks for them. One begins as soon as that before
    went well and left nothing behind that could go on between the two: no thread, no process, no
    task or timer, no widget whose front end could answer; nor so much to read that papermill would
    fall behind. Otherwise papermill is told that they were put back, asks for each in its time, and
    sends no more unasked.

    Parameters
    ----------
    kernel
        IPython's kernel.
    wire, publisher, reader
        The socket, what writes to it, and what was read from it so far.
    slow
        Seconds after which a cell is too near to its time's end for another to begin unasked.
    """

    def __init__(
        self,
        kernel: Any,
        wire: socket.socket,
        publisher: Publisher,
        reader: Reader,
        slow: float | None,
    ) -> None:
        self._kernel = kernel
        self._wire = wire
        self._publisher = publisher
        self._reader = reader
        self._slow = slow
        self._loop: Any = asyncio.get_event_loop()
        # As in a kernel, what one cell sets in its context the next one sees.
        self._context = copy_context()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ahead: deque[list[bytes]] = deque()
        self._threads = linux.threads()
        self._began = 0.0
        self._stopping = False
        self._willing = True

    def run(self) -> None:
        """Answer until the other end asks to stop or the notebook ends the kernel."""
        self._loop.add_reader(self._wire, self._readable)
        self._take(self._reader.feed(b""))
        self._loop.run_forever()

    def _readable(self) -> None:
        try:
            data = self._wire.recv(1 << 16, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        if data:
            self._take(self._reader.feed(data))
        else:
            self._stopping = True
            self._loop.stop()

    def _take(self, messages: Iterable[tuple[bytes, list[bytes]]]) -> None:
        for channel, parts in messages:
            if channel == CONTROL:
                self._stopping = True
                self._loop.create_task(self._stop())
                return
            if channel == AHEAD:
                self._willing = self._willing and bool(parts)
                self._ahead.extend([parts] if parts else [])
                self._advance()
            else:
                self._start(parts)

    async def _stop(self) -> None:
        if linux.has_children():
            await self._kernel._at_shutdown()  # noqa: SLF001 - as its own shutdown does
        self._loop.stop()

    def _start(self, parts: list[bytes]) -> None:
        self._began = time.monotonic()
        self._publisher.published = 0
        message = [zmq.Message(part) for part in parts]
        task = self._loop.create_task(self._kernel.shell_main(None, message), context=self._context)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._ahead:
            self._readable()  # what was asked meanwhile comes first
            self._advance()

    def _advance(self) -> None:
        """Begin what waits, or put it back; not while something is asked or the end is near."""
        if self._tasks or not self._ahead or self._stopping:
            return
        # What was put back once comes later than what papermill sent before it knew.
        self._willing = self._willing and self._kernel.well and not self._goes_on()
        if self._willing:
            self._start(self._ahead.popleft()[1:])
            return
        back = [parts[0].decode() for parts in self._ahead]
        self._ahead.clear()
        self._publisher.send(CONTROL, [json.dumps({"back": back}).encode()])

    def _goes_on(self) -> bool:
        """Tell whether anything could go on while nothing is asked."""
        loop = self._loop
        return bool(
            self._publisher.published > _MUCH
            or (self._slow is not None and time.monotonic() - self._began > self._slow)
            or self._publisher.comms
            # Python itself counts a thread only once it runs.
            or linux.threads() != self._threads
            or asyncio.all_tasks(loop)
            or any(call._callback != self._readable for call in loop._ready)  # noqa: SLF001
            or any(not timer.cancelled() for timer in loop._scheduled)  # noqa: SLF001
            or linux.has_children()
        )
