"""A notebook's process: IPython's own kernel, on one socket instead of ZeroMQ's five."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import gc
import io
import json
import os
import random
import select
import signal
import socket
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipykernel.debugger
import ipykernel_launcher
import traitlets
import zmq
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import ENV_CONFIG_DIRS, SYSTEM_CONFIG_DIRS
from tornado.ioloop import IOLoop

from clusterlab.engine import blas, linux
from clusterlab.engine.frames import CONTROL, SHELL, Part, Reader
from clusterlab.engine.once import lighten
from clusterlab.engine.preload import INLINE
from clusterlab.engine.streams import Publisher
from clusterlab.engine.waiting import Queue

# Notebooks that run by themselves are never debugged; its threads would forbid to fork.
ipykernel.debugger._is_debugpy_available = False  # noqa: SLF001 - there is no other switch

_STREAM = "clusterlab.engine.streams.Stream"


class _Replies:
    """Where the kernel sends replies: the shell's channel of the socket."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher

    def send_multipart(self, parts: list[Part], **_more: Any) -> None:
        # A reply is followed by the word that the kernel is idle.
        self._publisher.send(SHELL, parts, follows=True)


class _Nobody:
    """Where a rehearsal sends."""

    def __init__(self) -> None:
        self.owner = os.getpid()

    def send_multipart(self, parts: list[Part], **_more: Any) -> None:
        """Send nothing."""


class Kernel(IPythonKernel):
    """IPython's kernel, with its messages handed to it one by one."""

    shell_stream = traitlets.Any()
    #: Most processes that a notebook may have at the end of a cell; 0 for no limit.
    most_processes = 0
    #: Whether the last cell went well.
    well = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._execute_sleep = 0.0  # it is there for ZeroMQ's sake
        # What code that awaits asks for, to know whether it runs in the main thread.
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Do nothing: papermill sends one cell at a time."""

    def finish_metadata(self, parent: Any, metadata: Any, reply_content: Any) -> Any:
        """Look, when a cell has run, whether this is still the notebook's process and how many."""
        if os.getpid() != self.iopub_thread.owner:
            os._exit(0)  # a process that the cell forked came to the cell's end
        self._limit()
        self.well = reply_content["status"] == "ok"
        return super().finish_metadata(parent, metadata, reply_content)

    def _limit(self) -> None:
        if self.most_processes and linux.has_children():
            count = sum(1 for _ in linux.family(os.getpid())) - 1
            if count > self.most_processes:
                over = {"limit": "processes", "count": count, "most": self.most_processes}
                self.iopub_thread.send(CONTROL, [json.dumps(over).encode()])
                self.iopub_thread.stop()
                os.killpg(0, signal.SIGKILL)


class App(IPKernelApp):
    """IPython's kernel application, in two halves: before the fork and after it."""

    shell: Any
    #: Variables that IPython and its kernel set for themselves.
    variables: Mapping[str, str]
    #: Whether no code of a person's profile runs before a notebook's.
    plain: bool
    #: Seconds after which a cell is too near to its time's end for another to begin unasked.
    slow: float | None = None

    @classmethod
    def prepare(cls, arguments: list[str]) -> App:
        """Make all that notebooks can share; no socket, no thread.

        Parameters
        ----------
        arguments
            The kernel's command line.
        """
        app: App = cls.instance(kernel_class=Kernel, outstream_class=_STREAM)
        # A kernel is told of its connection file; that it was is how libraries know a kernel.
        connection = os.path.join(app.connection_dir, f"kernel-{uuid.uuid4()}.json")  # noqa: PTH118
        sys.argv = [ipykernel_launcher.__file__, "-f", connection, *arguments]
        super(IPKernelApp, app).initialize(["-f", connection, *arguments])
        if app.config.HistoryManager.get("hist_file") != ":memory:":
            app.config.HistoryManager.enabled = False  # a file and a thread cannot be shared
        app.init_pdb()
        app.init_kernel()
        app.init_path()
        app.init_shell()
        lighten(app)
        if not (app.extensions or app.extra_extensions):
            app.init_extensions()  # those that every kernel has
        app.shell.logger  # noqa: B018 - loaded when the first cell runs
        app.shell.display_formatter.format(None)  # a formatter is made when it is first asked
        app.shell._sys_modules_keys = set(sys.modules)  # noqa: SLF001 - as `init_code` sets it
        app.plain = not app._own_code()
        if app.plain:
            app.init_code()  # which hides what is there from lists of variables
        before = linux.first_environment()
        app.variables = {k: v for k, v in os.environ.items() if before.get(k) != v}
        return app

    def init_kernel(self) -> None:
        """Make the kernel, with nothing to read from or write to yet."""
        factory: Any = self.kernel_class
        self.kernel = factory.instance(
            parent=self,
            session=self.session,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )

    def _own_code(self) -> bool:
        profile: Any = self.profile_dir
        folders = [profile.startup_dir]
        folders += [Path(p) / "startup" for p in (*ENV_CONFIG_DIRS, *SYSTEM_CONFIG_DIRS)]
        asked = (self.exec_lines, self.exec_files, self.code_to_run, self.file_to_run)
        return bool(
            any(asked)
            or self.module_to_run
            or os.environ.get("PYTHONSTARTUP")
            or any(file.suffix in {".py", ".ipy"} for f in folders for file in Path(f).glob("*"))
        )

    def init_code(self) -> None:
        """Run what a person's profile says; what was imported by then is known already."""
        self._run_startup_files()
        self._run_exec_lines()
        self._run_exec_files()
        if self.hide_initial_ns:
            self.shell.user_ns_hidden.update(self.shell.user_ns)
        self._run_cmd_line_code()
        self._run_module()

    def rehearse(self) -> None:
        """Answer a question and run a silent cell as `serve` does; nobody hears of it."""
        self.session.auth = None  # both ends of a socket pair know each other
        kernel, session = self.kernel, self.session
        session.pid = os.getpid()
        kernel.iopub_thread = kernel.iopub_socket = kernel.shell_stream = _Nobody()
        self.shell.displayhook.pub_socket = self.shell.display_pub.pub_socket = _Nobody()
        content = {"code": "None", "silent": True, "store_history": False}
        asked = {"kernel_info_request": {}, "execute_request": content}
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        kernel.io_loop = IOLoop.current()
        for kind, what in asked.items():
            parts = session.serialize(session.msg(kind, what))
            message = [zmq.Message(part) for part in parts]
            loop.run_until_complete(kernel.shell_main(None, message))
        kernel.io_loop.close(all_fds=True)
        asyncio.set_event_loop(None)
        self.shell.last_execution_result = None
        vars(self.shell).pop("_last_input_line", None)

    def connect(self, wire: socket.socket) -> Publisher:
        """Give the kernel its socket and streams, in a notebook's own process."""
        self.iopub_thread = self.iopub_socket = publisher = Publisher(wire)
        self.session.pid = os.getpid()
        self.session.session = uuid.uuid4().hex
        kernel, shell = self.kernel, self.shell
        kernel.iopub_thread = kernel.iopub_socket = publisher
        kernel.shell_stream = _Replies(publisher)
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = publisher
        publisher.start()
        self.init_blackhole()
        self.init_io()
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr  # noqa: SLF001 - made before
        self.displayhook.get_execution_count = lambda: kernel.execution_count
        self.init_signal()
        self.init_gui_pylab()
        asyncio.set_event_loop(asyncio.new_event_loop())
        kernel.io_loop = self.io_loop = IOLoop.current()
        return publisher

    def begin(self, most_processes: int, slow: float | None) -> None:
        """Do what depends on the environment, before the first cell."""
        self.kernel.most_processes = most_processes
        self.slow = slow
        self.shell.init_environment()
        os.environ.setdefault("MPLBACKEND", INLINE)
        if self.extensions or self.extra_extensions:
            self.init_extensions()
        if not self.plain:
            self.init_code()
            sys.stdout.flush()
            sys.stderr.flush()

    def serve(self, wire: socket.socket, publisher: Publisher, reader: Reader) -> None:
        """Answer messages until the other end asks to stop or the notebook ends the kernel."""
        Queue(self.kernel, wire, publisher, reader, self.slow).run()
        publisher.drain()


# Notebooks and libraries see what they see in any kernel, and logs bear its name.
for _own, _stock in ((Kernel, IPythonKernel), (App, IPKernelApp)):
    for _name in ("__name__", "__qualname__", "__module__"):
        setattr(_own, _name, getattr(_stock, _name))


def live(app: App, wire: socket.socket, parent: int) -> None:
    """Be a notebook's process, from fork to end; never returns.

    Parameters
    ----------
    app
        As `App.prepare` made it.
    wire
        Socket to papermill. The first message says how to begin.
    parent
        Process id of the warm process.
    """
    os.setpgid(0, 0)
    linux.die_with_parent(parent)
    # Until papermill has something to run, this one is a spare and has the time; among many that
    # want a processor, nobody has.
    if linux.interrupts() and not select.select([wire], [], [], 0)[0]:
        app.rehearse()  # whose pages of memory are its own before anybody waits for them
    publisher = app.connect(wire)
    reader = Reader()
    begin: dict[str, Any] = {}
    while not begin:
        for _, parts in reader.feed(wire.recv(1 << 16) or os._exit(0)):
            begin = json.loads(parts[0])
            break
    _settle(begin, app.variables)
    app.begin(begin["most_processes"], begin["slow"])
    written_to = linux.written_to()
    app.serve(wire, publisher, reader)
    _end(publisher, written_to)


def _settle(begin: Mapping[str, Any], variables: Mapping[str, str]) -> None:
    """Take on what differs between papermill's process and the warm one."""
    if begin["first"]:
        linux.be_first_when_memory_ends()
    linux.stay_on(begin["processors"])
    os.environ.clear()
    os.environ.update({**variables, **begin["env"]})
    blas.use_threads()
    time.tzset()
    os.chdir(begin["cwd"])
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def _end(publisher: Publisher, written_to: int) -> None:
    """End as Python ends, so that nothing that a notebook began stays undone."""
    with contextlib.suppress(BaseException):
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - joins its threads
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()  # noqa: SLF001 - the only way before a forked process ends
    if linux.written_to() > written_to:
        _flush_files()
    publisher.send(CONTROL, [b'{"finished": true}'])
    publisher.stop()
    os._exit(0)


def _flush_files() -> None:
    """Write what was written to files that nobody closed."""
    files = [o for o in gc.get_objects() if isinstance(o, io.IOBase)]
    for kind in (io.TextIOBase, io.BufferedIOBase):
        for file in files:
            if isinstance(file, kind):
                with contextlib.suppress(BaseException):
                    file.flush()
