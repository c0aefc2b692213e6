"""What a notebook's process publishes: messages, prints, and what lower levels write."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream

from clusterlab.engine.frames import IOPUB, Part, pack

_CHUNK = 1 << 16
_PIECE = struct.Struct("!IB")
#: Milliseconds after which also that is sent which waits for the next message.
_LONGEST = 500
# Bytes of a status, and more.
_SHORT = 40


class Publisher(IOPubThread):
    """Sends messages from a thread of its own.

    It stands where ipykernel has its publishing thread, on a socket instead of ZeroMQ. Only this
    thread writes: a signal's handler, which may raise anywhere in the main thread, never cuts a
    message in two. It also reads what lower levels write to file descriptors 1 and 2, and what
    processes forked by a cell print.
    """

    def __init__(self, wire: socket.socket) -> None:
        # Not ipykernel's: it would open ZeroMQ sockets.
        self.socket = self  # an open one, for `closed`
        self.io_loop = self  # type: ignore[assignment]  # streams ask it to call them later
        self.thread = None  # type: ignore[assignment]  # streams flush at once, by whoever asks
        self.background_socket = self  # type: ignore[assignment]  # stands in for it
        self._wire = wire
        self.owner = os.getpid()
        #: Whether there are widgets: their front end, which nbclient plays, may answer.
        self.comms = False
        #: How many bytes were sent; whoever wants to know since when begins at zero.
        self.published = 0
        self._queue: deque[bytes] = deque()
        self._timers: deque[tuple[float, Callable[[], None]]] = deque()
        self._reading = threading.RLock()
        self._sources: dict[int, Callable[[bytes], None]] = {}
        self._closing = False
        self._asleep = False
        self._sleeps = self._roused = 0
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        self._relay_in, self._relay_out = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._relay_in.setblocking(False)
        self._relayed: dict[int, bytearray] = {}
        self._runner = threading.Thread(target=self._serve, name="IOPub", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._runner.start()

    def stop(self) -> None:
        """Send what is left, then end."""
        if os.getpid() == self.owner and self._runner.is_alive():
            self._closing = True
            self._rouse()
            self._runner.join()

    def close(self) -> None:
        """Do nothing: the process ends with its socket."""

    def schedule(self, f: Callable[[], None]) -> None:
        """Call at once: streams have locks of their own."""
        f()

    def call_later(self, delay: float, f: Callable[[], None]) -> None:
        """Call after a while in the publishing thread."""
        self._timers.append((time.monotonic() + delay, f))
        self._rouse()

    def send_multipart(self, msg: list[Part], *_args: Any, **_more: Any) -> None:
        """Send a published message."""
        # A header is among the first four parts, after the topic, if any.
        self.comms = self.comms or any(b'"comm_' in bytes(part) for part in msg[:4])
        # That a cell begins is followed by its number. A result is not by its end: before that
        # comes what the notebook has asked to be called, which may take long or end the process.
        status = bytes(msg[0]).endswith(b".status")
        self.send(IOPUB, msg, follows=status and b'"busy"' in bytes(msg[-1])[:_SHORT])

    def send(self, channel: bytes, parts: list[Part], *, follows: bool = False) -> None:
        """Send a message; from a process that a cell forked, by way of the notebook's own.

        Parameters
        ----------
        follows
            Whether another one surely follows at once: to wake the thread takes longer than to
            write what it sends.
        """
        frame = pack(channel, parts)
        if os.getpid() == self.owner:
            self._put(frame)
            if not follows:
                self._rouse()
            return
        for at in range(0, len(frame), _CHUNK):
            piece = frame[at : at + _CHUNK]
            last = at + _CHUNK >= len(frame)
            self._relay_out.send(_PIECE.pack(os.getpid(), last) + piece)

    def watch(self, descriptor: int, take: Callable[[bytes], None]) -> None:
        """Hand on whatever can be read from a descriptor."""
        os.set_blocking(descriptor, False)
        self._sources[descriptor] = take
        self._rouse()

    def drain(self) -> None:
        """Read all that lower levels and forked processes have written so far."""
        if os.getpid() != self.owner:
            return
        with self._reading:
            relay = self._relay_in.fileno()
            # One question instead of a refusal from each: nearly always there is nothing.
            ready, _, _ = select.select([*self._sources, relay], [], [], 0)
            for descriptor in ready:
                if descriptor == relay:
                    while data := self._packet():
                        self._take_piece(data)
                else:
                    while data := _available(descriptor):
                        self._sources[descriptor](data)

    def _packet(self) -> bytes:
        try:
            return self._relay_in.recv(_CHUNK + _PIECE.size)
        except BlockingIOError:
            return b""

    def _take_piece(self, data: bytes) -> None:
        pid, last = _PIECE.unpack_from(data)
        whole = self._relayed.setdefault(pid, bytearray())
        whole += data[_PIECE.size :]
        if last:
            self._put(bytes(self._relayed.pop(pid)))

    def _put(self, frame: bytes) -> None:
        self._queue.append(frame)
        self.published += len(frame)

    def _rouse(self) -> None:
        # Only the thread itself says that it is awake: a signal's handler may raise right here.
        sleeps = self._sleeps
        if self._asleep and self._roused != sleeps and os.getpid() == self.owner:
            with contextlib.suppress(BlockingIOError):
                os.write(self._wake, b"\0")
            self._roused = sleeps  # until it has slept again, it needs no second call

    def _serve(self) -> None:
        try:
            self._run()
        except BaseException:  # noqa: BLE001 - nobody would ever hear of the notebook again
            traceback.print_exc(file=sys.__stderr__)
            os._exit(1)

    def _run(self) -> None:
        poll = select.poll()
        watched = [self._woken, self._relay_in.fileno()]
        for descriptor in watched:
            poll.register(descriptor, select.POLLIN)
        while True:
            # Copied in one step: streams are added while this thread looks through them.
            for descriptor in [d for d in list(self._sources) if d not in watched]:
                poll.register(descriptor, select.POLLIN)
                watched.append(descriptor)
            self._sleeps += 1
            self._asleep = True
            if self._queue or self._closing:
                self._asleep = False
            due = (self._timers[0][0] - time.monotonic()) * 1000 if self._timers else _LONGEST
            wait = min(max(0, due), _LONGEST) if self._asleep else 0
            ready = {descriptor for descriptor, _ in poll.poll(wait)}
            self._asleep = False
            if self._woken in ready:
                os.read(self._woken, _CHUNK)
            if ready - {self._woken}:
                _call(self.drain)
            while self._timers and self._timers[0][0] <= time.monotonic():
                _call(self._timers.popleft()[1])
            closing = self._closing
            if not self._sent() or closing:
                return

    def _sent(self) -> bool:
        """Send what waits; tell whether anybody is still there to read it."""
        frames = []
        while self._queue:
            frames.append(self._queue.popleft())
        try:
            self._wire.sendall(b"".join(frames))
        except OSError:
            return False
        return True


def _call(function: Callable[[], None]) -> None:
    """Call what may fail where a notebook has changed its streams; the next one is still served."""
    try:
        function()
    except Exception:  # noqa: BLE001 - as a kernel's own loop does
        traceback.print_exc(file=sys.__stderr__)


def _available(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _CHUNK)
    except BlockingIOError:
        return b""


class Stream(OutStream):
    """A notebook's ``sys.stdout`` or ``sys.stderr``: ipykernel's, with one thread for both."""

    def _setup_stream_redirects(self, name: str) -> None:
        reading, writing = os.pipe()
        number = self._original_stdstream_fd = {"stdout": 1, "stderr": 2}[name]
        self._original_stdstream_copy = os.dup(number)
        os.dup2(writing, number)
        os.close(writing)
        self._fid = reading
        self._exc = None
        self.pub_thread.watch(reading, self._take)

    def flush(self) -> None:
        """Publish what was printed, what lower levels wrote before included."""
        if self.pub_thread is not None:
            self.pub_thread.drain()
        super().flush()

    def _take(self, data: bytes) -> None:
        self.write(data.decode(errors="replace"))
        # As ipykernel does: whoever started papermill sees it, too.
        os.write(self._original_stdstream_copy, data)

    def close(self) -> None:
        """Close the stream."""
        self._should_watch = False
        super().close()


# What notebooks and libraries see of it is what they see in any kernel.
Stream.__name__ = Stream.__qualname__ = OutStream.__name__
Stream.__module__ = OutStream.__module__
