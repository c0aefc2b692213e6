"""Saves are whole files, throttled by time, and never put off where something went wrong."""

import copy
import datetime
import json
import stat
from http import HTTPStatus
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import (
    nbjson,
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)
from nbformat.v4.nbjson import BytesEncoder
from papermill.iorw import LocalHandler, papermill_io

from clusterlab.engine import saving
from clusterlab.engine.saving import ThrottledManager, WholeFiles, write_whole_files


@pytest.fixture
def written(monkeypatch):
    """What was saved, one after the other."""
    saves = []
    monkeypatch.setattr(
        "papermill.engines.write_ipynb", lambda nb, _path: saves.append(nbformat.writes(nb))
    )
    return saves


@pytest.fixture
def manager(monkeypatch, tmp_path):
    """A record of a notebook of two cells, with a clock to turn by hand."""
    now = [100.0]
    monkeypatch.setattr(saving.time, "monotonic", lambda: now[0])
    notebook = new_notebook(cells=[new_code_cell("1"), new_code_cell("2")])
    notebook.metadata.papermill = {}
    made = ThrottledManager(notebook, str(tmp_path / "out.ipynb"), progress_bar=False)
    made.clock = now
    return made


def test_quick_cells_are_not_saved_one_by_one(manager, written):
    manager.notebook_start()
    for index, cell in enumerate(manager.nb.cells):
        manager.cell_start(cell, index)
        manager.cell_complete(cell, index)
    assert written == []
    manager.notebook_complete(failed=False)
    assert written == []  # papermill itself writes what went well


def test_a_save_follows_when_some_time_has_passed(manager, written):
    manager.notebook_start()
    manager.cell_start(manager.nb.cells[0], 0)
    manager.clock[0] += saving.EVERY
    manager.cell_complete(manager.nb.cells[0], 0)
    assert len(written) == 1
    manager.clock[0] += saving.EVERY
    manager.cell_start(manager.nb.cells[1], 1)
    assert len(written) == 2


def test_the_start_of_a_kernel_is_no_reason_to_save(manager, written):
    manager.notebook_start()
    manager.clock[0] += 10 * saving.EVERY
    manager.autosave_cell_every = 3600
    manager.last_save_time -= datetime.timedelta(hours=2)
    manager.cell_start(manager.nb.cells[0], 0)
    manager.autosave_cell()
    assert written == []


def test_a_failed_cell_is_saved_at_once(manager, written):
    manager.notebook_start()
    cell = manager.nb.cells[0]
    manager.cell_start(cell, 0)
    manager.cell_exception(cell, 0)
    manager.cell_complete(cell, 0)
    (text,) = written
    assert json.loads(text)["cells"][0]["metadata"]["papermill"]["status"] == "failed"


def test_the_end_of_a_broken_run_is_saved(manager, written):
    manager.notebook_start()
    manager.notebook_complete()
    assert len(written) == 1


def test_the_autosave_of_a_long_cell_is_as_often_as_asked(manager, written, monkeypatch):
    manager.notebook_start()
    manager.autosave_cell_every = 1e-9
    manager.autosave_cell()
    assert len(written) == 1


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path, monkeypatch):
    path = tmp_path / "out.ipynb"
    path.write_text("before")
    path.chmod(0o640)
    seen = []
    real = saving.Path.replace

    def watch(self, target):
        seen.append((self.read_text(), path.read_text()))
        return real(self, target)

    monkeypatch.setattr(saving.Path, "replace", watch)
    WholeFiles().write("after", str(path))
    assert seen == [("after", "before")]
    assert path.read_text() == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["out.ipynb"]


def test_a_link_is_followed_not_replaced(tmp_path):
    (tmp_path / "real.ipynb").write_text("before")
    link = tmp_path / "link.ipynb"
    link.symlink_to("real.ipynb")
    WholeFiles().write("after", str(link))
    assert link.is_symlink()
    assert (tmp_path / "real.ipynb").read_text() == "after"


def test_a_failed_write_leaves_the_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "out.ipynb"
    path.write_text("before")
    with pytest.raises(UnicodeEncodeError):
        WholeFiles().write("\udcff", str(path))
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.ipynb"]


def test_a_missing_folder_is_papermills_own_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="output folder"):
        WholeFiles().write("", str(tmp_path / "nowhere" / "out.ipynb"))


def test_papermill_writes_whole_files_from_then_on_and_other_handlers_stay():
    before = [(scheme, type(handler)) for scheme, handler in papermill_io._handlers]
    write_whole_files()
    after = [(scheme, type(handler)) for scheme, handler in papermill_io._handlers]
    changed = {LocalHandler: WholeFiles}
    assert after == [(scheme, changed.get(kind, kind)) for scheme, kind in before]
    assert ("local", WholeFiles) in after


ODD = [
    {1: "a"},
    {"a": {2: 3, 1: 4}},
    float("nan"),
    float("inf"),
    -float("inf"),
    1e300,
    10**40,
    b"bytes",
]
ODD += [(1, "two"), [True, 1, 1.0, None], HTTPStatus.OK, '\u2028\ud800\x00\\"', {}, [], [[]], [{}]]


@settings(max_examples=50)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(ODD),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_json_is_written_to_the_letter_as_python_writes_it(value):
    value = nbformat.from_dict(value)
    for asked in ({"indent": 1, "sort_keys": True, "separators": (",", ": ")}, {"indent": 2}, {}):
        for ascii_only in (False, True):
            encoder = BytesEncoder(**asked, ensure_ascii=ascii_only)
            assert saving._encode(encoder, value) == json.JSONEncoder.encode(encoder, value)


def test_what_cannot_be_written_is_refused_as_python_refuses_it():
    endless = []
    endless.append(endless)
    for value in (endless, {"a": {1, 2}}, {"a": 1, 2: 3}, {(1, 2): 3}):
        said = []
        for encode in (saving._encode, json.JSONEncoder.encode):
            encoder = BytesEncoder(indent=1, sort_keys=True, separators=(",", ": "))
            encoder.ensure_ascii = False
            with pytest.raises((ValueError, TypeError)) as raised:
                encode(encoder, value)
            said.append((raised.type, str(raised.value)))
        assert said[0] == said[1]


def figures():
    path = Path(__file__).parents[2] / "benchmarks" / "notebooks" / "figures.ipynb"
    return nbformat.read(path, as_version=4)


def rich():
    """A notebook with all that nbformat divides or drops as it writes."""
    picture = {"image/png": "aaa", "text/plain": "a\nb"}
    more = {
        "application/json": {"a": ["b\nc"]},
        "image/svg+xml": "<svg>\n</svg>",
        "text/x": ["a\n"],
    }
    outputs = [
        new_output("display_data", {**picture, **more}, metadata={"trusted": True}),
        new_output("execute_result", picture, execution_count=1),
        new_output("stream", text="a\nb\n"),
        new_output("error", ename="E", evalue="a\nb", traceback=["a\nb"]),
    ]
    cells = [
        new_code_cell("a\nb", outputs=outputs, metadata={"trusted": True, "tags": ["x"]}),
        new_markdown_cell("![a](attachment:a.png)\n", attachments={"a.png": picture}),
        new_raw_cell("a\nb"),
    ]
    metadata = {
        "signature": "s",
        "orig_nbformat": 3,
        "kernelspec": {"name": "a", "display_name": "a", "more": {}},
    }
    return new_notebook(cells=cells, metadata=metadata)


def plain():
    """A notebook with things that are no nodes, as people who change one make them."""
    notebook = rich()
    dict.__setitem__(notebook.cells[0].outputs[0], "data", {"text/plain": "a\nb"})
    dict.__setitem__(notebook.cells[1].attachments, "a.png", {"text/plain": "a\nb"})
    return notebook


@pytest.mark.parametrize("made", [figures, rich, plain])
def test_a_notebook_is_written_as_nbformat_writes_it(made, monkeypatch):
    monkeypatch.setattr(BytesEncoder, "encode", json.JSONEncoder.encode)
    monkeypatch.setattr(nbjson, "copy", copy)
    notebook = made()
    stock, before = nbformat.writes(notebook), copy.deepcopy(notebook)
    saving.write_fast()
    assert BytesEncoder.encode is saving._encode
    assert nbjson.copy.deepcopy is saving.copied
    assert nbformat.writes(notebook) == stock
    assert notebook == before


def test_only_what_writing_changes_is_copied():
    notebook = rich()
    made = saving.copied(notebook)
    assert made == notebook
    there, here = (n.cells[0].outputs[0].data for n in (notebook, made))
    assert there is not here
    assert there["application/json"] is here["application/json"]
