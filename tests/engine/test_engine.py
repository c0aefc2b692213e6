"""The engine as papermill runs it: its processes, limits, fallback, and what it leaves behind."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from clusterlab.engine import engine, process
from clusterlab.engine.engine import NotebookLimitError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")


def notebook(*cells, kernel="python3"):
    spec = {"name": kernel, "language": "python", "display_name": "Python"}
    made = new_notebook(metadata={"kernelspec": spec})
    made.cells = [new_code_cell(textwrap.dedent(c).strip()) for c in cells]
    return made


def run(*cells, **options):
    """Run cells with the engine; give the executed notebook."""
    options = {"progress_bar": False, "preload": (), **options}
    return papermill.execute_notebook(notebook(*cells), None, engine_name="clusterlab", **options)


def text(cell):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream")


def alive(pid):
    """Tell whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(pid):
    found = set()
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        found.update(int(child) for child in tasks.read_text().split())
    return found


def descriptors(pid):
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def wait_until(condition):
    """Wait for a condition; the test's own patience ends it."""
    from threading import Event

    for _ in range(3000):
        if condition():
            return
        Event().wait(0.01)
    pytest.fail("it did not come about")


@pytest.fixture(autouse=True)
def closed():
    """Each test begins and ends without a warm process."""
    process.close_all()
    yield
    process.close_all()


def test_notebooks_are_forked_from_one_process_and_share_nothing():
    first = run("import os; print(os.getpid(), os.getppid()); secret = 1")
    second = run("import os; print(os.getpid(), os.getppid())", "'secret' in globals()")
    (pid, parent), (other, same) = (text(n.cells[0]).split() for n in (first, second))
    assert parent == same
    assert pid != other
    assert second.cells[1].outputs[0].data["text/plain"] == "False"


def test_a_module_is_imported_once_and_then_forked():
    loaded = run("import sys; print('wave' in sys.modules)", preload=["wave"])
    not_loaded = run("import sys; print('wave' in sys.modules)", preload=[])
    assert (text(loaded.cells[0]), text(not_loaded.cells[0])) == ("True\n", "False\n")


def test_a_module_that_starts_a_thread_is_imported_by_the_notebook(tmp_path, monkeypatch):
    site = Path(next(p for p in sys.path if p.endswith("site-packages")))
    module = site / "clusterlab_test_starts_a_thread.py"
    module.write_text(
        "import threading\nthread = threading.Thread(target=threading.Event().wait, daemon=True)\n"
        "thread.start()\n"
    )
    try:
        done = run(
            "import sys, os",
            f"print({module.stem!r} in sys.modules, 'wave' in sys.modules)",
            f"import {module.stem} as m; print(m.thread.is_alive())",
            preload=[module.stem, "wave"],
        )
    finally:
        module.unlink()
    assert text(done.cells[1]) == "False True\n"
    assert text(done.cells[2]) == "True\n"


def test_a_process_with_a_second_thread_refuses_to_fork():
    """Here the thread is real, and the process is the test's own child, not a warm one."""
    code = """
        import json, os, socket, threading
        from clusterlab.engine.server import _Server
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        told, telling = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        wire, other = socket.socketpair()
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        request = {"memory": 0, "processes": 0}
        socket.send_fds(ours, [json.dumps(request).encode()], [other.fileno(), telling.fileno()])
        ours.close()
        assert _Server(its, b"{}").run() is None
        print(told.recv(100).decode())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {"refused": 2}


def test_a_warm_process_is_started_anew_when_a_package_changes(tmp_path):
    first = text(run("import os; print(os.getppid())").cells[0])
    assert text(run("import os; print(os.getppid())").cells[0]) == first
    file = Path(engine.__file__).parent / "kernel.py"
    before = file.stat()
    os.utime(file, (before.st_atime, before.st_mtime + 1))
    try:
        assert text(run("import os; print(os.getppid())").cells[0]) != first
    finally:
        os.utime(file, (before.st_atime, before.st_mtime))


def test_a_warm_process_that_was_killed_is_replaced():
    parent = int(text(run("import os; print(os.getppid())").cells[0]))
    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: not alive(parent))
    assert text(run("print('again')").cells[0]) == "again\n"


@pytest.mark.parametrize("cell", ["1", "1 / 0", "import os; os._exit(3)"])
def test_the_next_process_waits_however_a_notebook_ends(cell):
    with contextlib.suppress(DeadKernelError, papermill.PapermillExecutionError):
        run(cell)
    (warm,) = process._kept._processes.values()
    assert len(warm._spare) == 1
    (wire, _told), (limits,) = *warm._spare.values(), warm._spare
    warm.prepare(*limits)
    assert warm._spare[limits][0] is wire


@pytest.mark.parametrize("name", ["NETWORKX_BACKEND_PRIORITY", "MPLSTYLE", "LANG"])
def test_what_libraries_read_once_is_read_anew_by_another_process(monkeypatch, name):
    before = text(run("import os; print(os.getppid())").cells[0])
    monkeypatch.setenv(name, "other")
    assert text(run("import os; print(os.getppid())").cells[0]) != before


def test_a_killed_warm_process_takes_its_notebook_along():
    with pytest.raises(DeadKernelError):
        run("import os, signal; os.kill(os.getppid(), signal.SIGKILL)", "while True: pass")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_parent_leaves_no_process(tmp_path, number):
    cell = f"""
        import os, subprocess, sys
        print(os.getpid(), os.getppid(), flush=True)
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        with open({str(tmp_path / "pids")!r} + ".part", "w") as file:
            print(os.getpid(), os.getppid(), sleeper.pid, file=file)
        os.rename({str(tmp_path / "pids")!r} + ".part", {str(tmp_path / "pids")!r})
        while True: pass
    """
    nbformat.write(notebook(cell), tmp_path / "in.ipynb")
    command = """if True:
        import papermill, signal, sys
        signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored where we run
        options = {"engine_name": "clusterlab", "preload": "", "progress_bar": False}
        papermill.execute_notebook(*sys.argv[1:3], **options)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", command, str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb")],
        stderr=subprocess.DEVNULL,
    )
    wait_until((tmp_path / "pids").exists)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert all(alive(pid) for pid in pids)
    parent.send_signal(number)
    parent.wait()
    wait_until(lambda: not any(alive(pid) for pid in pids))


def test_what_a_notebook_starts_holds_nothing_of_it_open():
    made = run("""
        import subprocess
        command = ["ls", "-l", "/proc/self/fd"]
        print(subprocess.run(command, close_fds=False, capture_output=True, text=True).stdout)
    """)
    shown = [line for line in text(made.cells[0]).splitlines() if " -> " in line]
    assert any("/dev/null" in line for line in shown)
    assert not [line for line in shown if "socket:" in line]


@pytest.mark.parametrize(("cell", "kind"), [("42", "execute_result"), ("1 / 0", "error")])
def test_what_a_cell_gave_is_kept_where_its_process_dies_after_it(cell, kind):
    # A result may be followed by what the notebook asked to be called, and by nothing else.
    dying = """
        import os, time
        def last(*_):
            if "begun" in globals():
                time.sleep(0.25)
                os._exit(9)
        get_ipython().events.register("post_execute", last)
    """
    made = notebook(dying, f"begun = True\n{cell}")
    for part in (made, *made.cells):  # as papermill prepares them
        part.metadata["papermill"] = {}
    with pytest.raises(DeadKernelError):
        engine.ClusterlabEngine.execute_notebook(
            made, "python3", progress_bar=False, preload=(), log_output=False
        )
    assert [output.output_type for output in made.cells[1].outputs] == [kind]


def test_nothing_is_left_of_a_notebook_that_ended(tmp_path):
    warm = int(text(run("import os; print(os.getppid())").cells[0]))
    here = descriptors("self")
    for _ in range(5):
        run("import subprocess, sys; subprocess.Popen(['sleep', '600'])")
    wait_until(lambda: len(children(warm)) == 1)  # the next notebook's
    assert descriptors("self") == here
    assert descriptors(warm) <= 8


def test_files_are_whole_and_handlers_at_exit_have_run_when_papermill_returns(tmp_path):
    run(
        f"""
        import atexit, pathlib
        here = pathlib.Path({str(tmp_path)!r})
        atexit.register((here / "exit").write_text, "done")
        file = open(here / "open", "w")
        file.write("unclosed")
        """
    )
    assert (tmp_path / "exit").read_text() == "done"
    assert (tmp_path / "open").read_text() == "unclosed"


def test_a_cell_that_never_ends_is_ended():
    with pytest.raises(CellTimeoutError):
        run("import os; print(os.getpid())", "while True: pass", execution_timeout=1)
    assert text(run("print('next')").cells[0]) == "next\n"


def test_a_cell_that_will_not_be_interrupted_is_ended_all_the_same():
    stubborn = """
        import signal
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        while True:
            try:
                while True: pass
            except KeyboardInterrupt:
                pass
    """
    with pytest.raises(CellTimeoutError):
        run(stubborn, execution_timeout=1)


def test_a_cell_that_allocates_without_end_is_ended_and_said_so():
    greedy = """
        kept = []
        while True:
            kept.append(bytearray(b"x" * 10_000_000))
    """
    with pytest.raises(NotebookLimitError) as caught:
        run(greedy, memory_limit=400_000_000)
    assert caught.value.limit == "memory"
    assert caught.value.held > caught.value.most == 400_000_000
    assert text(run("print('next')").cells[0]) == "next\n"


@pytest.mark.parametrize("then", ["", "while True: pass"])
def test_a_cell_that_forks_many_children_is_ended_and_said_so(tmp_path, then):
    forks = f"""
        import os, time
        for _ in range(200):
            if os.fork() == 0:
                time.sleep(600)
                os._exit(0)
        open({str(tmp_path / "forked")!r}, "w").close()
        {then}
    """
    with pytest.raises(NotebookLimitError) as caught:
        run("import os; print(os.getpid())", forks, process_limit=50)
    assert (caught.value.limit, caught.value.most) == ("processes", 50)
    assert caught.value.held > 50
    (warm,) = process._kept._processes.values()
    wait_until(lambda: len(children(warm._process.pid)) <= 1)
    assert text(run("print('next')").cells[0]) == "next\n"


def test_forked_children_that_come_to_the_end_of_the_cell_say_nothing_twice():
    done = run(
        """
        import os, sys
        for number in range(3):
            if os.fork() == 0:
                print("child", flush=True)
                break
        else:
            for _ in range(3):
                os.wait()
            print("parent")
        """,
        "print('next')",
    )
    # Each process prints what it prints when it prints it, in any kernel.
    assert sorted(text(done.cells[0]).replace("\n", "").split("child")) == ["", "", "", "parent"]
    assert [c.execution_count for c in done.cells] == [1, 2]


def test_a_signal_amid_prints_cuts_no_message():
    done = run(
        """
        import signal, time
        class Late(Exception): pass
        def late(*_): raise Late
        signal.signal(signal.SIGALRM, late)
        turns = 0
        for turn in range(40):
            # Python drops what is raised amid a finalizer: then the turn ends by itself.
            end = time.monotonic() + 0.1
            signal.setitimer(signal.ITIMER_REAL, 0.003)
            try:
                while time.monotonic() < end:
                    print("x" * 5000, flush=True)
            except Late:
                pass
            turns += 1
        print("\\nlast", turns)
        """,
        "print('next')",
    )
    assert text(done.cells[0]).endswith("last 40\n")
    assert text(done.cells[1]) == "next\n"


def test_a_widget_that_captures_much_output_blocks_nobody():
    done = run(
        """
        import ipywidgets
        out = ipywidgets.Output()
        with out:
            for number in range(60):
                print("y" * 20_000)
        out
        """,
        "len(out.outputs) > 0",
    )
    assert done.cells[1].outputs[0].data["text/plain"] == "True"


def test_settings_of_this_process_are_the_notebooks(tmp_path, monkeypatch):
    run("pass")
    monkeypatch.setenv("CLUSTERLAB_TEST", "set later")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.chdir(tmp_path)
    done = run("import os, time; print(os.environ['CLUSTERLAB_TEST'], os.getcwd(), time.tzname[0])")
    assert text(done.cells[0]) == f"set later {tmp_path} NZST\n"


def stay_on(numbers):
    """Move all threads of this process: another than this one may drive notebooks."""
    for thread in Path("/proc/self/task").iterdir():
        os.sched_setaffinity(int(thread.name), numbers)


def test_a_notebook_has_the_processors_that_this_process_has():
    cell = "import os; print(sorted(os.sched_getaffinity(0)))"
    there = os.sched_getaffinity(0)
    many = text(run(cell).cells[0])
    try:
        stay_on([max(there)])
        one = text(run(cell).cells[0])
    finally:
        stay_on(there)
    assert many == f"{sorted(there)}\n"
    assert one == f"[{max(there)}]\n"
    assert text(run(cell).cells[0]) == many


def test_random_numbers_differ_between_notebooks():
    cell = "import random, numpy; print(random.random(), numpy.random.random())"
    one, two = (text(run(cell, preload=["numpy"]).cells[0]).split() for _ in range(2))
    assert one[0] != two[0]
    assert one[1] != two[1]


def test_linear_algebra_has_as_many_threads_as_in_any_kernel(monkeypatch):
    cell = """
        import numpy, os
        numpy.ones((900, 900)) @ numpy.ones((900, 900))
        print(len(os.listdir("/proc/self/task")))
    """
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    many = int(text(run(cell, preload=["numpy"]).cells[0]))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    one = int(text(run(cell, preload=["numpy"]).cells[0]))
    assert many - one == len(os.sched_getaffinity(0)) - 1


class TestFallback:
    """Where it cannot fork it runs notebooks as papermill does, and says so once."""

    @pytest.fixture(autouse=True)
    def said(self, monkeypatch, caplog):
        monkeypatch.setattr(engine, "_said", set())
        caplog.set_level(logging.WARNING, logger="papermill")
        self.log = caplog

    def reasons(self):
        return [r.getMessage() for r in self.log.records if "not forked" in r.getMessage()]

    def test_on_systems_that_cannot_fork_safely(self, monkeypatch):
        # Loaded later it would take this system for another one, in later tests, too.
        pytest.importorskip("psutil")
        monkeypatch.setattr(engine.sys, "platform", "darwin")
        for _ in range(2):
            assert text(run("print('as ever')").cells[0]) == "as ever\n"
        (reason,) = self.reasons()
        assert "darwin cannot fork" in reason

    def test_for_a_kernel_that_is_not_this_pythons(self, tmp_path, monkeypatch):
        place = tmp_path / "kernels" / "other"
        place.mkdir(parents=True)
        other = Path(sys.executable).with_name("..") / Path(sys.executable).parent.name / "python"
        argv = [str(other), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": "Other", "language": "python"}
        (place / "kernel.json").write_text(json.dumps(spec))
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
        done = papermill.execute_notebook(
            notebook("print('other')", kernel="other"),
            None,
            engine_name="clusterlab",
            progress_bar=False,
        )
        assert text(done.cells[0]) == "other\n"
        (reason,) = self.reasons()
        assert "“other” is not this Python's own" in reason

    def test_where_the_warm_process_does_not_start(self, monkeypatch):
        monkeypatch.setattr(process, "_environment", lambda: {"PYTHONHOME": "/nowhere"})
        assert text(run("print('as ever')").cells[0]) == "as ever\n"
        (reason,) = self.reasons()
        assert "ended at once" in reason

    def test_never_where_it_can_fork(self):
        run("pass")
        assert self.reasons() == []


def test_a_persons_own_startup_code_runs_before_the_notebook(tmp_path, monkeypatch):
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "10-own.py").write_text("import os\nstarted_in = os.getcwd()\n")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    done = run("print(started_in)", "%who_ls")
    assert text(done.cells[0]) == f"{tmp_path}\n"
    assert done.cells[1].outputs[0].data["text/plain"] == "[]"
