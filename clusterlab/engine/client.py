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
from collections.abc import Sequence
from typing import Any

from clusterlab.engine.ahead import INFO, Plan, Request, execution
from clusterlab.engine.frames import CONTROL, IOPUB, SHELL, pack
from clusterlab.engine.link import Link
from clusterlab.engine.linux import processors
from clusterlab.engine.process import NoWarmProcessError, WarmProcess, warm_process

#: Seconds that a process gets to end by itself, half of them before it is asked once more.
_PATIENCE = 5.0
_HISTORY = "--HistoryManager.hist_file="


class _KernelClient:
    """What nbclient needs of a kernel's client."""

    def __init__(self, kernel: WarmKernel, link: Link) -> None:
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

    Attributes
    ----------
    plan
        What is going to be asked; may be set before the process starts.
    """

    ipykernel = True
    kernel_name = "python3"

    def __init__(
        self,
        environment: dict[str, str],
        preload: Sequence[str],
        limits: tuple[int, int],
        start_timeout: float,
    ) -> None:
        self.kernel_id = str(uuid.uuid4())
        self.plan = Plan()
        self._environment = environment
        self._preload = preload
        self._limits = limits
        self._start_timeout = start_timeout
        self._link: Link | None = None
        self._warm: WarmProcess | None = None
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
            "processors": processors(),
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
        self._warm = warm
        self._link = Link(wire, self._prepare)

    def _prepare(self) -> None:
        """Have the next notebook's process made: not while this one's begins, which would wait."""
        if warm := self._warm:
            self._warm = None
            warm.prepare(*self._limits)

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
        """Interrupt the cell that runs; if it goes on, none begins after it unasked."""
        if self._link:
            self._link.hold()
        while self.alive() and "pid" not in self._life:
            await self._news(None)
        self._signal(signal.SIGINT)

    async def shutdown_kernel(self, *, now: bool = False, restart: bool = False) -> None:  # noqa: ARG002 - nbclient's
        """End the process: asked first, then told, then made to."""
        self._prepare()
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
        self._prepare()
        if self._link:
            self._link.close()
        if self._told is not None:
            self._told.close()
            self._told = None
