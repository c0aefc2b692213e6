"""nbclient, speaking to a forked process instead of a kernel behind ZeroMQ.

All that makes outputs out of messages is nbclient's and papermill's own; only where messages come
from is ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import uuid
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty
from typing import Any

from jupyter_client.session import Session

from clusterlab.engine.ahead import INFO, Plan, Request, execution
from clusterlab.engine.frames import AHEAD, CONTROL, IOPUB, SHELL, Part, Reader, pack
from clusterlab.engine.process import NoWarmProcessError, warm_process

#: Seconds that a process gets to end by itself, half of them before it is asked once more.
_PATIENCE = 5.0
_HISTORY = "--HistoryManager.hist_file="


class _Channel:
    """One channel of a notebook's process, as nbclient reads it."""

    def __init__(self, link: _Link, name: bytes) -> None:
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

    def __init__(self, link: _Link, name: bytes, *before: Part) -> None:
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


class _Link:
    """The socket to a notebook's process; it never blocks, whatever the process is at."""

    def __init__(self, wire: socket.socket) -> None:
        wire.setblocking(False)
        self.session = Session()
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
            self.unanswered -= channel == SHELL

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
        if self.open:
            self._unlisten()
            self.open = False
            self._wire.close()


class _KernelClient:
    """What nbclient needs of a kernel's client."""

    def __init__(self, kernel: WarmKernel, link: _Link) -> None:
        self._kernel = kernel
        self._link = link
        self.session = link.session
        self.shell_channel = link.channels[SHELL]
        self.iopub_channel = link.channels[IOPUB]
        self.allow_stdin = False

    def start_channels(self) -> None:
        """Do nothing: the socket is open."""

    def stop_channels(self) -> None:
        """Close the socket."""
        self._link.close()

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Do nothing: what is sent waits in the socket."""

    def is_alive(self) -> bool:
        """Tell whether the notebook's process runs."""
        return self._kernel.alive()

    def kernel_info(self) -> str:
        """Ask what the kernel is."""
        return self._ask(INFO)

    def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Run a cell."""
        return self._ask(execution(code, store_history=store_history, stop_on_error=stop_on_error))

    def _ask(self, request: Request) -> str:
        name = self._link.ask(request)
        if self._link.willing:
            for early in self._kernel.plan.after(request):
                self._link.ask_early(early)
        return name


class WarmKernel:
    """What nbclient needs of a kernel's manager: one process, forked from a warm one.

    Parameters
    ----------
    environment
        Variables that the kernel's specification adds.
    preload
        Names of the modules that the warm process imports.
    limits
        Bytes and descendants that the process may hold; 0 for no limit.
    start_timeout
        Seconds that a warm process may take to start.
    plan
        What is going to be asked.
    """

    ipykernel = True
    kernel_name = "python3"

    def __init__(
        self,
        environment: dict[str, str],
        preload: Sequence[str],
        limits: tuple[int, int],
        start_timeout: float,
        plan: Plan,
    ) -> None:
        self.kernel_id = str(uuid.uuid4())
        self.plan = plan
        self._environment = environment
        self._preload = preload
        self._limits = limits
        self._start_timeout = start_timeout
        self._link: _Link | None = None
        self._told: socket.socket | None = None
        self._life: dict[str, Any] = {}

    @property
    def has_kernel(self) -> bool:
        """Whether the process was started and not cleaned up."""
        return self._told is not None

    @property
    def over(self) -> dict[str, Any] | None:
        """The limit that the process was ended for."""
        said = {**(self._link.said if self._link else {}), **self._life}
        return said if "limit" in said else None

    @property
    def refused(self) -> bool:
        """Whether the warm process would not fork, since it had more than one thread."""
        return "refused" in self._life

    def start_kernel(
        self,
        *,
        extra_arguments: Sequence[str] = (),
        cwd: str | None = None,
        env: dict[str, str] | None = None,
        **_more: Any,
    ) -> None:
        """Fork a process.

        Raises
        ------
        NoWarmProcessError
            Where there is none to fork from.
        """
        memory, processes = self._limits
        variables = {**(os.environ if env is None else env), **self._environment}
        variables.pop("PYTHONEXECUTABLE", None)
        begin: dict[str, Any] = {
            "cwd": cwd or os.getcwd(),  # noqa: PTH109 - of papermill's process
            "env": {**variables, "JPY_PARENT_PID": str(os.getpid())},
            "first": bool(memory),
            "most_processes": processes,
            "slow": self.plan.slow,
        }
        if any(a.startswith(_HISTORY) and a != f"{_HISTORY}:memory:" for a in extra_arguments):
            raise NoWarmProcessError("its history is kept in a file")
        warm = warm_process(extra_arguments, self._preload, self._start_timeout)
        if warm.hides(begin["cwd"]):
            warm = warm_process(extra_arguments, (), self._start_timeout)
        wire, self._told = warm.fork(begin, memory, processes)
        self._told.setblocking(False)
        self._link = _Link(wire)

    def client(self) -> Any:
        """Give the client of the process."""
        return _KernelClient(self, self._link) if self._link else None

    def alive(self) -> bool:
        """Tell whether the process runs."""
        self._hear()
        return self._told is not None and "ended" not in self._life

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self.alive()

    def _hear(self) -> None:
        """Take what the warm process has told of the process's life."""
        while self._told is not None and "ended" not in self._life:
            try:
                data = self._told.recv(1 << 12)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            # A warm process that is gone took its notebooks along.
            self._life |= json.loads(data) if data else {"ended": None}
            if "refused" in self._life:
                self._life["ended"] = None

    def _signal(self, number: int) -> None:
        self._hear()
        if "pid" in self._life and "ended" not in self._life:
            with contextlib.suppress(OSError):
                os.killpg(self._life["pid"], number)

    async def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs."""
        while self.alive() and "pid" not in self._life:
            await self._news(None)
        self._signal(signal.SIGINT)

    async def shutdown_kernel(self, *, now: bool = False, restart: bool = False) -> None:  # noqa: ARG002 - nbclient's
        """End the process: asked first, then told, then made to."""
        if self._link and self._link.unanswered:
            await self.interrupt_kernel()
        if now:
            self._signal(signal.SIGKILL)
        elif self._link and self.alive():
            self._link.listen()
            self._link.write(pack(CONTROL, []))
            if not await self._ended(_PATIENCE / 2):
                self._signal(signal.SIGTERM)
                if not await self._ended(_PATIENCE / 2):
                    self._signal(signal.SIGKILL)
        await self._ended(None)

    async def _ended(self, patience: float | None) -> bool:
        loop = asyncio.get_running_loop()
        end = None if patience is None else loop.time() + patience
        # What has finished has nothing left to do but to be taken away.
        while self.alive() and not (self._link and "finished" in self._link.said):
            if not await self._news(None if end is None else end - loop.time()):
                return False
        return True

    async def _news(self, patience: float | None) -> bool:
        """Wait until either process tells something of itself; say whether it did in time."""
        if self._told is None:
            return True
        loop = asyncio.get_running_loop()
        news = asyncio.Event()
        if self._link:
            self._link.news = news
        loop.add_reader(self._told, news.set)
        try:
            await asyncio.wait_for(news.wait(), patience)
        except TimeoutError:
            return False
        finally:
            loop.remove_reader(self._told)
        return True

    def cleanup_resources(self, *, restart: bool = False) -> None:  # noqa: ARG002 - nbclient's
        """Close what is open."""
        if self._link:
            self._link.close()
        if self._told is not None:
            self._told.close()
            self._told = None
