"""The engine as papermill sees it: which notebooks it forks for, and what it does with others."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from jupyter_client.kernelspec import (
    NATIVE_KERNEL_NAME,
    KernelSpec,
    KernelSpecManager,
    NoSuchKernel,
)
from nbclient.exceptions import DeadKernelError
from papermill import engines
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from clusterlab.engine import checking
from clusterlab.engine.ahead import Plan
from clusterlab.engine.client import WarmKernel
from clusterlab.engine.preload import wanted
from clusterlab.engine.process import NoWarmProcessError
from clusterlab.engine.saving import (
    ThrottledManager,
    read_times_fast,
    write_fast,
    write_whole_files,
)

_said: set[str] = set()
#: Variables that say where specifications of kernels are.
_PLACES = ("JUPYTER_PATH", "JUPYTER_DATA_DIR", "XDG_DATA_HOME", "HOME")
_specifications: dict[tuple[str | None, ...], tuple[KernelSpec, int]] = {}


class NotebookLimitError(DeadKernelError):
    """A notebook's process was ended because it held more than it may.

    Parameters
    ----------
    limit
        ``memory`` (in bytes) or ``processes``.
    held, most
        What it held and what it may hold.
    """

    def __init__(self, limit: str, held: int, most: int) -> None:
        super().__init__(f"The notebook's process held {held} ({limit}); it may hold {most}.")
        self.limit = limit
        self.held = held
        self.most = most


class ClusterlabEngine(engines.NBClientEngine):
    """Runs notebooks in processes forked from one that has imported their libraries already.

    Besides papermill's own options it takes ``preload`` (names of modules to import before
    forking, also separated by commas; by default those of `PRELOAD` that the notebook imports),
    ``memory_limit`` (bytes that a notebook and the processes that it starts may hold; none by
    default) and ``process_limit`` (how many those may be).
    """

    @classmethod
    def execute_notebook(  # noqa: PLR0917 - papermill's
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: Any = True,  # noqa: FBT002 - papermill's
        log_output: bool = False,  # noqa: FBT001, FBT002 - papermill's
        autosave_cell_every: int = 30,
        **kwargs: Any,
    ) -> Any:
        """Run a notebook and keep papermill's record of it."""
        write_whole_files()
        write_fast()
        checking.check_fast()
        checking.make_fast()
        read_times_fast()
        record = ThrottledManager(
            nb,
            output_path=output_path,
            progress_bar=progress_bar,
            log_output=log_output,
            autosave_cell_every=autosave_cell_every,
        )
        record.notebook_start()
        failed = True
        try:
            cls.execute_managed_notebook(record, kernel_name, log_output=log_output, **kwargs)
            failed = False
        finally:
            record.cleanup_pbar()
            record.notebook_complete(failed=failed)
        return record.nb

    @classmethod
    def execute_managed_notebook(  # noqa: PLR0917 - papermill's
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,  # noqa: FBT001, FBT002 - papermill's
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: float = 60,
        execution_timeout: float | None = None,
        preload: Sequence[str] | str | None = None,
        memory_limit: int = 0,
        process_limit: int = 0,
        **kwargs: Any,
    ) -> Any:
        """Run a notebook's cells.

        Raises
        ------
        NotebookLimitError
            Where its process held more than it may.
        """
        options = merge_kwargs(
            remove_args(["timeout", "startup_timeout", "input_path"], **kwargs),
            timeout=execution_timeout or kwargs.get("timeout"),
            startup_timeout=start_timeout,
            kernel_name=kernel_name,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
        )
        try:
            environment = _environment(kernel_name)
            cells = [cell.source for cell in nb_man.nb.cells if cell.cell_type == "code"]
            names = wanted(preload, cells)
            client = engines.PapermillNotebookClient(nb_man, **options)
            limits = (memory_limit, process_limit)
            return _run(client, WarmKernel(environment, names, limits, start_timeout))
        except NoWarmProcessError as reason:
            _say(str(reason))
        cheap = {"shutdown_kernel": "immediate", **kwargs}
        return super().execute_managed_notebook(
            nb_man,
            kernel_name,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
            start_timeout=start_timeout,
            execution_timeout=execution_timeout,
            **cheap,
        )


def _run(client: Any, kernel: WarmKernel) -> Any:
    """Run papermill's own client, with our kernel where it would make one."""

    def manager() -> WarmKernel:
        client.km = kernel
        kernel.plan = Plan.of(client)
        return kernel

    client.create_kernel_manager = manager
    try:
        return client.execute()
    except DeadKernelError as error:
        if over := kernel.over:
            raise NotebookLimitError(over["limit"], over["count"], over["most"]) from error
        if kernel.refused:
            raise NoWarmProcessError("it has more than one thread") from error
        raise


def prepare() -> None:
    """Do what else the first notebook would: compile nbformat's schema, look for the kernel."""
    checking.prepare()
    with contextlib.suppress(NoSuchKernel):  # the notebook that asks for it is told
        _specification(NATIVE_KERNEL_NAME)


def _environment(kernel_name: str) -> dict[str, str]:
    """Give the variables that a kernel's specification adds.

    Raises
    ------
    NoWarmProcessError
        Where the kernel is not this Python's own, or this system cannot fork safely.
    """
    if sys.platform != "linux":
        reason = f"{sys.platform} cannot fork a process safely"
        raise NoWarmProcessError(reason)
    try:
        native = kernel_name in {"python", ""}
        spec = _specification(NATIVE_KERNEL_NAME if native else kernel_name)
    except NoSuchKernel as error:
        raise NoWarmProcessError(str(error)) from None
    command = [part for part in spec.argv if part != "-Xfrozen_modules=off"]
    own = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
    if command[1:] != own or not _this_python(command[0]):
        reason = f"the kernel “{kernel_name}” is not this Python's own"
        raise NoWarmProcessError(reason)
    return dict(spec.env)


def _specification(name: str) -> KernelSpec:
    """Find a kernel's specification; again only where its file has changed."""
    key = (name, *map(os.environ.get, _PLACES))
    found, changed = _specifications.get(key, (None, 0))
    if found is None or _changed(found) != changed:
        found = KernelSpecManager().get_kernel_spec(name)
        _specifications[key] = (found, _changed(found))
    return found


def _changed(spec: KernelSpec) -> int:
    try:
        return os.stat(os.path.join(spec.resource_dir, "kernel.json")).st_mtime_ns  # noqa: PTH116, PTH118 - for each notebook
    except OSError:
        return -1


def _this_python(command: str) -> bool:
    return command in {sys.executable, "python", "python3", "{executable}"} or (
        command == f"python{sys.version_info.major}.{sys.version_info.minor}"
    )


def _say(reason: str) -> None:
    """Say once why notebooks run as papermill runs them."""
    if reason not in _said:
        _said.add(reason)
        logger.warning("Notebooks run in kernels of their own, not forked: %s.", reason)
