"""The warm process: freshly started, it imports libraries once and forks for each notebook.

It has one thread and no loop, holds nothing but its sockets, and ends with the process that
started it. Started as ``python -m clusterlab.engine.server DESCRIPTOR``, with the descriptor of a
socket on which the first message says what to prepare. Each further one is a request to fork: for
a notebook with two descriptors, its socket and one on which its process's id, and later how it
ended, are told; for a twin, a warm process of its own, with the descriptor of its socket.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass
from typing import Any

# Begins with the module's own folder or the current one; no library may come from there.
if not sys.flags.safe_path:
    sys.path.pop(0)

from clusterlab.engine import blas, linux
from clusterlab.engine.kernel import App, live
from clusterlab.engine.preload import import_all, watched
from clusterlab.engine.warm import warm

_LOADING = (1_000_000, 10, 10)  # when garbage is collected: hardly ever
_LIMITS_EVERY = 0.25  # seconds between two looks at what notebooks hold


@dataclass
class _Child:
    """A notebook's process: where to tell of it, and what it may hold."""

    told: socket.socket
    memory: int
    processes: int


def main() -> None:
    """Prepare, say so, then fork on request until the other end is gone."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    asked = json.loads(control.recv(1 << 20))
    linux.adopt_orphans()
    usual = gc.get_threshold()
    # What is loaded stays: there is nothing in it that could go.
    gc.set_threshold(*_LOADING)
    app = App.prepare(asked["arguments"])
    if asked["place"] and asked["place"] in sys.path:
        # Only there for this module's sake: whatever else is installed comes first.
        sys.path.remove(asked["place"])
        sys.path.append(asked["place"])
    before = _roots()
    # Libraries look whether they are loaded in a notebook; they are when a cell runs.
    with app.shell.builtin_trap:
        culprit = import_all(asked["preload"], linux.threads)
        if not culprit:
            warm(app.shell)
            app.rehearse()
    if linux.threads() > 1:
        control.send(json.dumps({"threads": culprit or "warm"}).encode())
        return
    blas.find()
    # Not looked for garbage: that would write to every page, and there is hardly any.
    gc.freeze()
    linux.use_large_pages()
    if gc.get_threshold() == _LOADING:  # else a library has set its own
        gc.set_threshold(*usual)
    loaded = {"watched": watched(), "roots": sorted(_roots() - before)}
    server = _Server(control, json.dumps(loaded).encode())
    wire = server.run()
    if wire is not None:
        # From here it is a notebook's process, as far up the stack as a kernel's cells are.
        try:
            live(app, wire, server.pid)
        except BaseException:  # noqa: BLE001 - never go on as a second warm process
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(1)


def _roots() -> set[str]:
    """Give the names of the packages and modules that are loaded, without what is inside them."""
    return {name.partition(".")[0] for name in sys.modules}


class _Server:
    """What a warm process does once it is prepared.

    Parameters
    ----------
    control
        The socket on which it is asked.
    ready
        What it says first.
    """

    def __init__(self, control: socket.socket, ready: bytes) -> None:
        self._control = control
        self._ready = ready
        self._children: dict[int, _Child] = {}

    def run(self) -> socket.socket | None:
        """Serve until the other end is gone; then end what still runs.

        Returns
        -------
        socket or None
            In a process forked for a notebook its socket; nothing at the end.
        """
        self._begin()
        while (data := self._request()) is not None:
            request, descriptors = data
            if "twin" in request:
                self._twin(*descriptors)
            elif (wire := self._fork(request, *descriptors)) is not None:
                return wire
        for pid in list(self._children):
            _kill(pid)
        return None

    def _begin(self) -> None:
        self.pid = os.getpid()
        with contextlib.suppress(OSError):  # that nobody is there any more, the first request says
            self._control.send(self._ready)
        reading, writing = os.pipe()
        for end in (reading, writing):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._pipe = (reading, writing)

    def _request(self) -> tuple[dict[str, Any], list[int]] | None:
        """Wait for the next request; nothing where there will be none."""
        while True:
            limited = any(c.memory or c.processes for c in self._children.values())
            sources: list[Any] = [self._control, self._pipe[0]]
            ready, _, _ = select.select(sources, [], [], _LIMITS_EVERY if limited else None)
            if self._pipe[0] in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._pipe[0], 1 << 12)
                self._reap()
            if limited and not ready:
                self._look()
            if self._control in ready:
                try:
                    data, descriptors, _, _ = socket.recv_fds(self._control, 1 << 16, 2)
                except ConnectionResetError:
                    return None
                for descriptor in descriptors:
                    # What a notebook starts could outlive it, and hold its socket.
                    os.set_inheritable(descriptor, False)
                return (json.loads(data), descriptors) if data else None

    def _twin(self, control: int) -> None:
        """Fork another warm process, which goes on as this one with a socket of its own."""
        if linux.threads() != 1 or os.fork():
            os.close(control)
            return
        self._forget()
        linux.adopt_orphans()
        self._control = socket.socket(fileno=control)
        self._children = {}
        self._begin()

    def _fork(self, request: dict[str, Any], wire: int, told: int) -> socket.socket | None:
        """Fork; give the new process its socket."""
        telling = socket.socket(fileno=told)
        if (count := linux.threads()) != 1:
            os.close(wire)
            _tell(telling, {"refused": count})
            telling.close()
            return None
        pid = os.fork()
        if pid == 0:
            telling.close()
            self._forget()
            return socket.socket(fileno=wire)
        os.close(wire)
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)
        self._children[pid] = _Child(telling, request["memory"], request["processes"])
        _tell(telling, {"pid": pid})
        return None

    def _forget(self) -> None:
        """Keep nothing of the warm process and of other notebooks."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in self._pipe:
            os.close(end)
        self._control.close()
        for child in self._children.values():
            child.told.close()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            child = self._children.pop(pid, None)
            if child:
                # What it started ends with it, as with any kernel.
                _kill(pid)
                _tell(child.told, {"ended": os.waitstatus_to_exitcode(status)})
                child.told.close()

    def _look(self) -> None:
        """End notebooks that hold more than they may."""
        for pid, child in self._children.items():
            family = list(linux.family(pid))
            held = sum(linux.memory(member) for member in family)
            over: dict[str, Any] = {}
            if child.processes and len(family) - 1 > child.processes:
                over = {"limit": "processes", "count": len(family) - 1, "most": child.processes}
            elif child.memory and held > child.memory:
                over = {"limit": "memory", "count": held, "most": child.memory}
            if over:
                _tell(child.told, over)
                _kill(pid)
                for member in family:
                    with contextlib.suppress(OSError):
                        os.kill(member, signal.SIGKILL)


def _kill(group: int) -> None:
    with contextlib.suppress(OSError):
        os.killpg(group, signal.SIGKILL)


def _tell(where: socket.socket, what: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        where.send(json.dumps(what).encode())


if __name__ == "__main__":
    main()
