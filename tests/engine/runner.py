"""Runs conformance notebooks with papermill, in a process of its own, and writes down all of it.

``python runner.py`` reads one request as JSON a line, runs it and answers with an empty line. A
process of its own, because a notebook may take down what runs it, and because ipykernel behaves
otherwise where it sees pytest's environment.
"""

import contextlib
import io
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
NOTEBOOKS = HERE / "conformance"
STOCK = "nbclient"
HOOKS = (
    "on_notebook_start",
    "on_notebook_complete",
    "on_notebook_error",
    "on_cell_start",
    "on_cell_execute",
    "on_cell_complete",
    "on_cell_executed",
    "on_cell_error",
)


def options(name):
    """What a notebook asks for in its metadata under ``conformance``."""
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    return notebook["metadata"].get("conformance", {})


class Lines(logging.Handler):
    """Keeps what papermill logs, and other libraries' warnings."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines = []

    def emit(self, record):
        if record.name == "asyncio":
            return  # says when a task was collected as garbage, which is a matter of chance
        own = record.name == "papermill"
        text = record.getMessage() if own else f"{record.name}: {record.getMessage()}"
        self.lines.append([record.levelname, text])


def hooks(calls):
    def keeper(name):
        def keep(**given):
            reply = given.get("execute_reply")
            status = reply["content"]["status"] if reply else None
            calls.append([name, sorted(given), given.get("cell_index"), status])

        return keep

    return {name: keeper(name) for name in HOOKS}


def described(error):
    """Everything an exception says, or None."""
    if error is None:
        return None
    kind = type(error)
    facts = {"type": f"{kind.__module__}.{kind.__qualname__}", "text": str(error)}
    for name in ("cell_index", "exec_count", "source", "ename", "evalue", "traceback"):
        if hasattr(error, name):
            facts[name] = getattr(error, name)
    return facts


def files(folder):
    """Every file a notebook left, with what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("latin-1")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"__pycache__", "ipython"} & set(path.parts)
    }


def survivors(folder):
    """End the processes that outlived the notebook in its folder, and say how many there were."""
    ended = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes().split(b"\0")
            if b"survivor.py" in command and (process / "cwd").readlink().is_relative_to(folder):
                os.kill(int(process.name), signal.SIGKILL)
                ended += 1
    return ended


@contextlib.contextmanager
def transport(engine):
    """Give papermill's own kernels sockets that nobody else may be given at the same time."""
    if engine != STOCK:
        yield {}
        return
    from traitlets.config import Config

    # A short name: that of a socket may have a hundred letters.
    with tempfile.TemporaryDirectory(prefix="ipc-") as folder:
        yield {"config": Config(KernelManager={"transport": "ipc", "ip": f"{folder}/kernel"})}


@contextlib.contextmanager
def awake(engine):
    """Let nbclient notice replies that come while it plays an output widget's front end.

    Its message goes out beside the event loop, on the socket that the loop waits on. Sending uses
    up the socket's only sign that something came in; on a busy machine nbclient then waits for
    ever. Asking the socket for its events makes it look again.
    """
    import zmq
    from nbclient.output_widget import OutputWidget

    publish = OutputWidget._publish_msg

    def published(self, *given, **named):
        publish(self, *given, **named)
        self.kernel_client.shell_channel.socket.get(zmq.EVENTS)

    if engine == STOCK:
        OutputWidget._publish_msg = published
    try:
        yield
    finally:
        OutputWidget._publish_msg = publish


@contextlib.contextmanager
def environment(values):
    """Set variables, and give the environment back as it was."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def arguments(asked, engine, calls, out, err):
    """Everything for ``papermill.execute_notebook`` but its paths."""
    import yaml

    given = {
        "parameters": yaml.safe_load(asked.get("parameters_yaml", "{}")),
        "engine_name": engine,
        "progress_bar": False,
        "log_output": True,
        "stdout_file": out,
        "stderr_file": err,
        "iopub_timeout": 30,  # a busy machine is no behaviour
        **asked.get("options", {}),
    }
    if asked.get("hooks"):
        given |= hooks(calls)
    return given


def execute(name, engine, folder):
    """Run one notebook in a fresh copy of the files beside it; the record is JSON."""
    import papermill

    asked = options(name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(NOTEBOOKS / "beside", folder / "beside")
    given = folder / f"{name}.ipynb"
    shutil.copy(NOTEBOOKS / given.name, given)
    output = folder / "executed.ipynb"
    kept = Lines()
    logging.getLogger("papermill").setLevel(logging.INFO)
    logging.getLogger().addHandler(kept)
    out, err, calls, error, notebook = io.StringIO(), io.StringIO(), [], None, None
    values = {
        key: str(folder / "beside" / value) if key in asked.get("here", []) else value
        for key, value in asked.get("environment", {}).items()
    }
    start = time.perf_counter()
    with environment(values), awake(engine), transport(engine) as sockets:
        try:
            notebook = papermill.execute_notebook(
                given,
                None if asked.get("without_output") else output,
                cwd=folder / "beside" / asked.get("cwd", "."),
                **arguments(asked, engine, calls, out, err),
                **sockets,
            )
        except Exception as problem:  # noqa: BLE001 - which one it is, is what we ask
            error = problem
        finally:
            logging.getLogger().removeHandler(kept)
    return {
        "error": described(error),
        "saved": json.loads(output.read_text(encoding="utf-8", errors="surrogatepass"))
        if output.exists()
        else None,
        "returned": notebook,
        "log": kept.lines,
        "stdout_file": out.getvalue(),
        "stderr_file": err.getvalue(),
        "hooks": calls,
        "files": files(folder / "beside"),
        "beside the output": sorted(path.name for path in folder.iterdir()),
        "survivors": survivors(folder),
        "seconds": time.perf_counter() - start,
    }


def answer(request):
    folder = Path(request["folder"])
    for earlier in options(request["name"]).get("before", []):
        execute(earlier, request["engine"], folder)
    record = execute(request["name"], request["engine"], folder)
    Path(request["record"]).write_text(json.dumps(record), encoding="utf-8")


def main():
    # What anything prints goes where errors go; the answers have a way of their own.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        answer(json.loads(line))
        print(flush=True, file=answers)


if __name__ == "__main__":
    main()
