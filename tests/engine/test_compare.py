"""The comparison finds every difference that matters, and none that does not."""

import copy

import pytest
from compare import compare

STAMPS = {"start_time": "2026-01-02T03:04:05.000006+00:00", "end_time": None, "exception": None}
PAPERMILL = {
    **STAMPS,
    "end_time": "2026-01-02T03:04:06.000006+00:00",
    "duration": 1.0,
    "status": "completed",
}
MODELS = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")
WIDGETS = "application/vnd.jupyter.widget-state+json"


def record():
    """A record as a run gives it, with something of everything."""
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "one\n"},
        {"output_type": "stream", "name": "stdout", "text": "two at 0x7f0123456789\n"},
        {"output_type": "stream", "name": "stderr", "text": "/tmp/ipykernel_12/345.py:1: old\n"},  # noqa: S108 - a text
        {
            "output_type": "display_data",
            "data": {"image/png": "iVBORw0KGgo=", "text/plain": f"model {MODELS[0]}"},
            "metadata": {"image/png": {"width": 5}},
        },
        {
            "output_type": "error",
            "ename": "ValueError",
            "evalue": "no",
            "traceback": ["\x1b[31mValueError\x1b[39m: no"],
        },
    ]
    cell = {
        "cell_type": "code",
        "id": "cell-1",
        "source": "x",
        "execution_count": 1,
        "outputs": outputs,
        "metadata": {
            "papermill": dict(PAPERMILL),
            "execution": {"iopub.status.busy": "2026-01-02T03:04:05.000006Z"},
        },
    }
    added = {"cell_type": "markdown", "id": "0a1b2c3d", "source": "", "metadata": {}}
    states = {
        MODELS[0]: {"state": {"child": f"IPY_MODEL_{MODELS[1]}", "value": 3}},
        MODELS[1]: {"state": {"value": 4}, "buffers": [{"data": "AAE=", "path": ["raw"]}]},
    }
    saved = {
        "cells": [added, cell],
        "metadata": {"widgets": {WIDGETS: {"state": states, "version_major": 2}}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return {
        "error": {"type": "papermill.PapermillExecutionError", "cell_index": 1, "evalue": "no"},
        "saved": saved,
        "returned": None,
        "log": [["INFO", "one\n"], ["INFO", "two\n"], ["WARNING", "old\n"]],
        "stdout_file": "one\ntwo\n",
        "stderr_file": "old\n",
        "hooks": [["on_cell_start", ["cell", "cell_index"], 0, None]],
        "files": {"made.txt": "text", "drawn.txt": "0.1"},
        "seconds": 1.0,
    }


def replaced(value, old, new):
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, list):
        return [replaced(item, old, new) for item in value]
    if isinstance(value, dict):
        return {replaced(k, old, new): replaced(v, old, new) for k, v in value.items()}
    return value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MODELS[0], "ab" * 16),
        (MODELS[1], "00" * 16),
        ("0x7f0123456789", "0x560000000001"),
        ("ipykernel_12/", "ipykernel_999/"),
        ("2026-01-02T03:04:05.000006Z", "2027-11-12T13:14:15.161718Z"),
        ("0a1b2c3d", "ffffffff"),
    ],
)
def test_what_is_random_makes_no_difference(old, new):
    other = replaced(record(), old, new)
    assert other != record()
    assert compare(record(), other) == []


def test_durations_and_the_places_where_a_stream_is_cut_make_no_difference():
    other = record()
    cell = other["saved"]["cells"][1]
    cell["metadata"]["papermill"] |= {
        "end_time": "2026-01-02T03:04:08.500006+00:00",
        "duration": 3.5,
    }
    first, second = cell["outputs"][:2]
    cell["outputs"][:2] = [{**first, "text": first["text"] + second["text"]}]
    other["log"][:2] = [["INFO", "one\ntwo\n"]]
    other["seconds"] = 9.0
    assert compare(record(), other) == []


def code(changed):
    return changed["saved"]["cells"][1]


def states(changed):
    return changed["saved"]["metadata"]["widgets"][WIDGETS]["state"]


MUTATIONS = {
    "a changed text": lambda r: code(r)["outputs"][0].update(text="other\n"),
    "a lost newline": lambda r: code(r)["outputs"][1].update(text="two at 0x7f0123456789"),
    "another stream": lambda r: code(r)["outputs"][1].update(name="stderr"),
    "a missing output": lambda r: code(r)["outputs"].pop(),
    "outputs in another order": lambda r: code(r)["outputs"].insert(0, code(r)["outputs"].pop(3)),
    "an image's bytes": lambda r: code(r)["outputs"][3]["data"].update(
        {"image/png": "iVBORw0KGgs="}
    ),
    "an output's metadata": lambda r: code(r)["outputs"][3]["metadata"].clear(),
    "a traceback's colour": lambda r: code(r)["outputs"][4].update(traceback=["ValueError: no"]),
    "a line number": lambda r: code(r)["outputs"][2].update(
        text="/tmp/ipykernel_12/345.py:2: old\n"  # noqa: S108 - a text
    ),
    "the cell a file stands for": lambda r: code(r)["outputs"][2].update(
        text="/tmp/ipykernel_12/346.py:1: old\n"  # noqa: S108 - a text
    ),
    "an execution count": lambda r: code(r).update(execution_count=2),
    "no execution count": lambda r: code(r).update(execution_count=None),
    "a count of another type": lambda r: code(r).update(execution_count=True),
    "a given id": lambda r: code(r).update(id="cell-2"),
    "a status": lambda r: code(r)["metadata"]["papermill"].update(status="failed"),
    "a missing time": lambda r: code(r)["metadata"]["papermill"].update(start_time=None),
    "a wrong duration": lambda r: code(r)["metadata"]["papermill"].update(duration=2.0),
    "a time that is none": lambda r: code(r)["metadata"]["execution"].update(
        {"iopub.status.busy": "yesterday"}
    ),
    "a missing timing": lambda r: code(r)["metadata"]["execution"].clear(),
    "a widget's value": lambda r: states(r)[MODELS[1]]["state"].update(value=5),
    "a widget's child": lambda r: states(r)[MODELS[0]]["state"].update(
        child=f"IPY_MODEL_{MODELS[0]}"
    ),
    "a widget's buffer": lambda r: states(r)[MODELS[1]]["buffers"][0].update(data="AAI="),
    "another widget shown": lambda r: code(r)["outputs"][3]["data"].update(
        {"text/plain": f"model {MODELS[1]}"}
    ),
    "another error": lambda r: r["error"].update(type="builtins.RuntimeError"),
    "another failing cell": lambda r: r["error"].update(cell_index=2),
    "no error": lambda r: r.update(error=None),
    "nothing saved": lambda r: r.update(saved=None),
    "a logged text": lambda r: r["log"][2].__setitem__(1, "other\n"),
    "a level": lambda r: r["log"][1].__setitem__(0, "WARNING"),
    "the standard output's file": lambda r: r.update(stdout_file="one\n"),
    "the standard error's file": lambda r: r.update(stderr_file=""),
    "a hook not called": lambda r: r["hooks"].clear(),
    "a file's content": lambda r: r["files"].update({"made.txt": "other"}),
    "a file not made": lambda r: r["files"].pop("made.txt"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_difference_is_found(name):
    other = copy.deepcopy(record())
    MUTATIONS[name](other)
    assert compare(record(), other)


def test_what_must_differ_must_differ():
    assert compare(record(), record(), ["drawn.txt"]) == ["files/drawn.txt: equal, and must not be"]
    other = record()
    other["files"]["drawn.txt"] = "0.2"
    assert compare(record(), other)
    assert compare(record(), other, ["drawn.txt"]) == []
    del other["files"]["drawn.txt"]
    assert compare(record(), other, ["drawn.txt"])
