"""Which cells may run before papermill asks for them, and when they do not."""

import asyncio
import sys
import textwrap
from pathlib import Path
from threading import Event

import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.clientwrap import PapermillNotebookClient

from clusterlab.engine import process
from clusterlab.engine.ahead import INFO, Plan, execution
from clusterlab.engine.saving import ThrottledManager

SPEC = {"name": "python3", "language": "python", "display_name": "Python"}
MARK = "open('ran', 'w').close()"


def notebook(*cells):
    made = new_notebook(metadata={"kernelspec": SPEC, "papermill": {}})
    made.cells = [new_code_cell(textwrap.dedent(cell).strip()) for cell in cells]
    return made


def client(*cells, **options):
    return PapermillNotebookClient(
        ThrottledManager(notebook(*cells), progress_bar=False), **options
    )


def codes(requests):
    return [content.get("code", kind) for kind, content in requests]


def asked(code):
    return execution(code, store_history=True, stop_on_error=True)


def test_cells_wait_and_then_the_last_question():
    plan = Plan.of(client("1", "2", "3"))
    assert codes(plan.after(asked("1"))) == ["2", "3", "kernel_info_request"]
    for request in (asked("2"), asked("3"), INFO):
        assert codes(plan.after(request)) == []


def test_of_very_many_cells_others_are_sent_once_half_of_those_that_wait_were_asked_for():
    cells = [str(number) for number in range(100)]
    plan = Plan.of(client(*cells))
    sent = [codes(plan.after(asked(cell))) for cell in cells]
    assert [len(some) for some in sent] == [32, *[*[0] * 15, 16] * 4, *[0] * 15, 4, *[0] * 19]
    assert [cell for some in sent for cell in some] == [*cells[1:], "kernel_info_request"]


def test_only_cells_that_nbclient_runs_wait():
    made = client("1", " ", "2", "3")
    made.nb.cells.insert(1, new_markdown_cell("text"))
    made.nb.cells[3].metadata.tags = [made.skip_cells_with_tag]
    assert codes(Plan.of(made).after(asked("1"))) == ["3", "kernel_info_request"]


@pytest.mark.parametrize(
    ("options", "stops"),
    [({}, False), ({"allow_errors": True}, False), ({"force_raise_errors": True}, True)],
)
def test_cells_say_whether_errors_stop_as_nbclient_says_it(options, stops):
    made = client("1", "2", **options)
    made.nb.cells[1].metadata.tags = ["raises-exception"]
    first = execution("1", store_history=True, stop_on_error="allow_errors" not in options)
    assert next(Plan.of(made).after(first))[1]["stop_on_error"] is stops


def test_after_something_else_than_was_thought_nothing_waits():
    plan = Plan.of(client("1", "2", "3"))
    assert codes(plan.after(asked("other"))) == []
    assert codes(plan.after(asked("1"))) == []


@pytest.mark.parametrize(
    ("options", "slow"),
    [({}, None), ({"timeout": -1}, None), ({"timeout": 10}, 5), ({"timeout": 300}, 150)],
)
def test_a_cell_that_took_half_its_time_has_none_begin_after_it(options, slow):
    plan = Plan.of(client("1", "2", **options))
    assert plan.slow == slow
    assert codes(plan.after(asked("1"))) == ["2", "kernel_info_request"]


@pytest.mark.parametrize(
    "options",
    [{"timeout": 9}, {"timeout_func": lambda _cell: 100}]
    + [
        {f"on_cell_{name}": print} for name in ("start", "execute", "complete", "executed", "error")
    ],
)
def test_nothing_waits_where_time_is_short_or_people_are_asked_between_cells(options):
    assert codes(Plan.of(client("1", "2", **options)).after(asked("1"))) == []


@pytest.fixture
def closed():
    process.close_all()
    yield
    process.close_all()


def ran_before_asked(monkeypatch, folder, before, patience, **options):
    """Run a cell and another; tell whether the second ran while papermill was at the first."""
    mark, complete, seen = folder / "ran", ThrottledManager.cell_complete, []

    def completed(self, cell, cell_index=None, **more):
        turns = patience
        while cell_index == 0 and not mark.exists() and turns:
            Event().wait(0.01)
            turns -= 1
        if cell_index == 0:
            seen.append(mark.exists())
        return complete(self, cell, cell_index=cell_index, **more)

    monkeypatch.setattr(ThrottledManager, "cell_complete", completed)
    done = papermill.execute_notebook(
        notebook(before, MARK),
        None,
        engine_name="clusterlab",
        progress_bar=False,
        cwd=folder,
        **{"preload": (), **options},
    )
    assert mark.exists()
    assert [cell.execution_count for cell in done.cells] == [1, 2]
    return seen[0]


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
@pytest.mark.parametrize(
    "before", ["1", "import subprocess\nsubprocess.run(['true'])", "display(1)"]
)
def test_a_cell_computes_while_papermill_is_at_the_one_before(
    closed, monkeypatch, tmp_path, before
):
    assert ran_before_asked(monkeypatch, tmp_path, before, 3000)


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
@pytest.mark.parametrize(
    "before",
    [
        "import threading\nevent = threading.Event()\nthreading.Timer(2, event.set).start()",
        "import _thread, time\n_thread.start_new_thread(time.sleep, (2,))",
        "import subprocess\nleft = subprocess.Popen(['sleep', '2'])",
        "import asyncio\ntask = asyncio.get_running_loop().create_task(asyncio.sleep(2))",
        "import asyncio\nasyncio.get_running_loop().call_later(2, print)",
        "from comm import create_comm\ncreate_comm(target_name='other')",
        "print('long' * 600_000)",
    ],
)
def test_no_cell_begins_where_something_may_come_between(closed, monkeypatch, tmp_path, before):
    assert not ran_before_asked(monkeypatch, tmp_path, before, 30)


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_no_cell_begins_where_people_are_asked_between(closed, monkeypatch, tmp_path):
    assert not ran_before_asked(monkeypatch, tmp_path, "1", 30, on_cell_executed=lambda **_: None)


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_cells_that_wait_stay_undone_where_papermill_itself_fails(closed, monkeypatch, tmp_path):
    def full(self, *_args, **_more):
        raise OSError("no space left")

    monkeypatch.setattr(ThrottledManager, "cell_complete", full)
    cells = ["import time; time.sleep(0.2)", "import time; time.sleep(20)", MARK]
    with pytest.raises(OSError, match="no space"):
        papermill.execute_notebook(
            notebook(*cells), None, engine_name="clusterlab", progress_bar=False, cwd=tmp_path
        )
    assert not Path(tmp_path, "ran").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_after_a_cell_that_an_interrupt_did_not_end_none_begins_unasked(
    closed, monkeypatch, tmp_path
):
    interrupts, process_message = [], PapermillNotebookClient.process_message

    def interrupting(self, message, *where):
        if message["msg_type"] == "stream":
            interrupts.append(asyncio.ensure_future(self.km.interrupt_kernel()))
        return process_message(self, message, *where)

    monkeypatch.setattr(PapermillNotebookClient, "process_message", interrupting)
    cell = """
        import time
        try:
            print('begun', flush=True)
            time.sleep(20)
        except KeyboardInterrupt:
            open('went on', 'w').close()
    """
    assert not ran_before_asked(monkeypatch, tmp_path, textwrap.dedent(cell), 30)
    assert len(interrupts) == 1
    assert Path(tmp_path, "went on").exists()
