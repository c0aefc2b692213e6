"""Papermill's end of warm processes: starting them, asking them to fork."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import site
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import clusterlab
from clusterlab.engine.frames import CONTROL, pack
from clusterlab.engine.preload import INLINE, ONE_THREAD, stale

#: Variables that Python and libraries read once, when they are loaded.
_READ_ONCE = (
    *("PYTHON", "LC_", "LANG", "LD_", "MPL", "IPYTHON", "JUPYTER", "HOME", "VIRTUAL_ENV"),
    "NETWORKX",
)
#: Where this very clusterlab lies.
_PLACE = str(Path(clusterlab.__file__).resolve().parent.parent)
_ENDED, _AT_ONCE = "it has ended", "it ended at once"
#: Warm processes that one process keeps, each for other settings.
_MOST = 3


class NoWarmProcessError(RuntimeError):
    """No process to fork from could be started; notebooks still run as papermill runs them."""


class WarmProcess:
    """A process that has imported libraries and forks for each notebook.

    Parameters
    ----------
    control
        The socket on which it is asked.
    process
        The process, where this one started it.
    """

    #: The module that started a thread when it was imported; "" where none did.
    culprit = ""
    #: Whether what it loaded is what this process has loaded, too, whatever is installed by now.
    _agrees = False

    def __init__(
        self, control: socket.socket, process: subprocess.Popen[bytes] | None = None
    ) -> None:
        self._control = control
        self._process = process
        self._lock = threading.Lock()
        self._spare: dict[tuple[int, int], tuple[socket.socket, socket.socket]] = {}
        self._is_ready = False
        self._watched: dict[str, float] = {}
        self._roots: frozenset[str] = frozenset()

    @classmethod
    def begin(cls, arguments: Sequence[str], preload: Sequence[str]) -> WarmProcess:
        """Start one; it is not ready yet.

        Parameters
        ----------
        arguments
            The kernel's command line.
        preload
            Names of the modules to import.

        Raises
        ------
        NoWarmProcessError
            Where it ends at once.
        """
        control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "clusterlab.engine.server", str(other.fileno())],
                pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
                # Nothing there stands in for a library; interrupts are for papermill.
                cwd="/",
                start_new_session=True,
                env=_environment(),
            )
        begun = cls(control, process)
        place = "" if _installed() else _PLACE
        asked = {"arguments": list(arguments), "preload": list(preload), "place": place}
        try:
            control.send(json.dumps(asked).encode())
        except OSError:
            begun.close()
            raise NoWarmProcessError(_AT_ONCE) from None
        return begun

    def twin(self) -> WarmProcess:
        """Have it fork another one as it is itself, which lives on its own; it may not be ready.

        Raises
        ------
        NoWarmProcessError
            Where it has ended.
        """
        control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            try:
                socket.send_fds(self._control, [b'{"twin": true}'], [other.fileno()])
            except OSError:
                control.close()
                raise NoWarmProcessError(_AT_ONCE) from None
        return WarmProcess(control)

    def wait(self, timeout: float) -> None:
        """Wait until it is ready.

        Raises
        ------
        NoWarmProcessError
            Where it does not get ready in as many seconds. It has been closed then.
        """
        if self._is_ready:
            return
        try:
            self._hear(timeout)
        except OSError:
            self.close()
            raise NoWarmProcessError(_AT_ONCE) from None
        except BaseException:
            self.close()
            raise
        self._is_ready = True

    def _hear(self, timeout: float) -> None:
        ready, _, _ = select.select([self._control], [], [], timeout)
        if not ready:
            reason = f"it was not ready in {timeout} seconds"
            raise NoWarmProcessError(reason)
        answer = self._control.recv(1 << 20)
        if not answer:
            raise ConnectionResetError
        said = json.loads(answer)
        self.culprit = said.get("threads", "")
        self._watched = said.get("watched", {})
        self._roots = frozenset(said.get("roots", ()))

    @property
    def usable(self) -> bool:
        """Whether it still runs, and what it loaded is still what is installed."""
        return self._lives() and (self._agrees or not stale(self._watched))

    def _lives(self) -> bool:
        try:
            # Once it is ready it says nothing more.
            return bool(self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def hides(self, folder: str) -> bool:
        """Tell whether a module in a notebook's folder has the name of one that was imported.

        There the notebook, and every library that it loads, would have met the folder's own.
        """
        try:
            return any(name.partition(".")[0] in self._roots for name in os.listdir(folder))  # noqa: PTH208 - names only
        except OSError:
            return False

    def fork(self, begin: dict[str, Any], memory: int, processes: int) -> tuple[Any, Any]:
        """Give a notebook's process.

        Parameters
        ----------
        begin
            What the process is to settle before it begins.
        memory, processes
            The bytes and descendants that it may hold; 0 for no limit.

        Returns
        -------
        tuple
            The notebook's socket, and the one on which its process's life is told.

        Raises
        ------
        NoWarmProcessError
            Where the warm process has ended.
        """
        with self._lock:
            limits = (memory, processes)
            try:
                ends = self._spare.pop(limits, None) or self._forked(limits)
                ends[0].sendall(pack(CONTROL, [json.dumps(begin).encode()]))
            except OSError:
                raise NoWarmProcessError(_ENDED) from None
            return ends

    def prepare(self, memory: int, processes: int) -> None:
        """Fork a process for the next notebook, which then finds it ready."""
        limits = (memory, processes)
        with self._lock, contextlib.suppress(OSError):  # that it has ended, the next one is told
            if limits not in self._spare:
                self._spare[limits] = self._forked(limits)

    def _forked(self, limits: tuple[int, int]) -> tuple[socket.socket, socket.socket]:
        wire, its_wire = socket.socketpair()
        told, its_told = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        request = json.dumps({"memory": limits[0], "processes": limits[1]}).encode()
        with its_wire, its_told:
            try:
                socket.send_fds(self._control, [request], [its_wire.fileno(), its_told.fileno()])
            except OSError:
                _close(wire, told)
                raise
        return wire, told

    def close(self) -> None:
        """End it, and with it every notebook that it still runs."""
        self._let_go()
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
            self._process.kill()
            self._process.wait()

    def forget(self) -> None:
        """Let go of it where another process goes on with it."""
        self._let_go()
        if self._process:
            self._process.returncode = 0

    def take(self) -> None:
        """Go on with it in a process that was forked from the one that started it.

        Both loaded what was installed then, and keep it: there is nothing to look for again.
        """
        self._agrees = True
        if self._process:
            self._process.returncode = 0
            self._process = None

    def _let_go(self) -> None:
        self._control.close()
        while self._spare:
            _close(*self._spare.popitem()[1])


def _close(*sockets: socket.socket) -> None:
    for end in sockets:
        end.close()


_Basis = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
_Key = tuple[_Basis, frozenset[str]]


def _basis(arguments: Sequence[str]) -> _Basis:
    return tuple(arguments), tuple(sorted(_read_once().items()))


class _Kept:
    """The warm processes of this process, each by what it was prepared for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: dict[_Key, WarmProcess] = {}
        self._culprits: set[str] = set()

    def get(self, arguments: Sequence[str], preload: Sequence[str], timeout: float) -> WarmProcess:
        basis = _basis(arguments)
        with self._lock:
            names = [name for name in preload if name not in self._culprits]
            key = self._fitting(basis, names)
            found = self._standing(key, timeout) if key else None
            while found is None:
                names = [name for name in preload if name not in self._culprits]
                found = WarmProcess.begin(arguments, names)
                found.wait(timeout)
                if found.culprit:
                    # Notebooks that import it do so themselves.
                    found.close()
                    if found.culprit not in names:
                        raise NoWarmProcessError("it has more than one thread")
                    self._culprits.add(found.culprit)
                    found = None
                else:
                    key = (basis, frozenset(names))
            if key is not None:
                self._processes[key] = found
            while len(self._processes) > _MOST:
                self._processes.pop(next(iter(self._processes))).close()
            return found

    def _standing(self, key: _Key, timeout: float) -> WarmProcess | None:
        """Give one that was kept; nothing where it is of no use any more."""
        found = self._processes.pop(key)
        with contextlib.suppress(NoWarmProcessError):
            found.wait(timeout)
            if found.usable and not found.culprit:
                return found
            found.close()
        return None

    def keep(self, arguments: Sequence[str], preload: Sequence[str], begun: WarmProcess) -> None:
        """Take one that was begun for these arguments and modules."""
        with self._lock:
            self._processes[_basis(arguments), frozenset(preload)] = begun

    def _fitting(self, basis: _Basis, names: Sequence[str]) -> _Key | None:
        """Give the smallest process of this basis that has imported all of these modules."""
        fitting = [k for k in self._processes if k[0] == basis and k[1].issuperset(names)]
        exact = bool(names)  # none on purpose: nothing else will do
        fitting = [k for k in fitting if exact or not k[1]]
        return min(fitting, key=lambda k: len(k[1]), default=None)

    def close(self) -> None:
        with self._lock:
            while self._processes:
                self._processes.popitem()[1].close()

    def forget(self) -> None:
        for process in self._processes.values():
            process.forget()
        self.__init__()  # type: ignore[misc]  # a new lock, too: another thread may have held it


_kept = _Kept()
warm_process, keep = _kept.get, _kept.keep
close_all = _kept.close
atexit.register(close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_kept.forget)


def _installed() -> bool:
    """Tell whether every Python of this environment finds clusterlab by itself."""
    listed = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    places = {*site.getsitepackages(), *(str(Path(p).resolve()) for p in listed if p)}
    return _PLACE in places


def _read_once() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(_READ_ONCE) and name not in ONE_THREAD
    }


def _environment() -> dict[str, str]:
    """Give the warm process's environment: this one's, with this very clusterlab importable."""
    environment = {**os.environ, **ONE_THREAD}
    paths = [os.path.abspath(p) for p in environment.get("PYTHONPATH", "").split(os.pathsep) if p]  # noqa: PTH100 - links stay
    if not _installed():
        paths.append(_PLACE)
    if paths:
        environment["PYTHONPATH"] = os.pathsep.join(paths)
    environment.setdefault("MPLBACKEND", INLINE)
    return environment
