"""Outputs are checked by a faster validator, which lets through what nbformat's own does."""

import nbformat.v4.nbbase as base
import pytest
from nbformat import NotebookNode, ValidationError

from clusterlab.engine import checking

VALID = [
    {"output_type": "stream", "name": "stdout", "text": "a"},
    {"output_type": "stream", "name": "stdout", "text": ["a", "b"]},
    {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []},
    {"output_type": "display_data", "data": {"text/plain": "a"}, "metadata": {}},
    {"output_type": "display_data", "data": {"application/json": {"a": [1]}}, "metadata": {}},
    {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": None},
]
WRONG = [
    ("stream", {"output_type": "stream", "text": "a"}),
    ("stream", {"output_type": "stream", "name": 1, "text": "a"}),
    ("stream", {"output_type": "stream", "name": "stdout", "text": "a", "more": 1}),
    ("error", {"output_type": "error", "ename": "E", "evalue": "v", "traceback": [1]}),
    ("display_data", {"output_type": "display_data", "data": {"text/plain": 1}, "metadata": {}}),
    ("execute_result", {"output_type": "execute_result", "data": {}, "metadata": {}}),
    ("stream", VALID[3]),  # an output of another kind
]


@pytest.fixture
def fast(monkeypatch):
    """Let nbformat check as it does where our engine runs notebooks."""
    monkeypatch.setattr(base, "validate", checking._validate)
    checking.check_fast()
    yield
    assert base.validate is checking._checked


@pytest.mark.parametrize("output", VALID)
def test_what_is_right_passes_without_the_slow_validator(fast, monkeypatch, output):
    monkeypatch.setattr(checking, "_validate", pytest.fail)
    node = NotebookNode(output)
    assert base.validate(node, output["output_type"]) is None


@pytest.mark.parametrize(("kind", "output"), WRONG)
def test_what_is_wrong_is_told_in_nbformats_own_words(fast, kind, output):
    node = NotebookNode(output)
    with pytest.raises(ValidationError) as usual:
        checking._validate(node, ref=kind)
    with pytest.raises(ValidationError) as ours:
        base.validate(node, kind)
    assert str(ours.value) == str(usual.value)


def test_cells_and_notebooks_are_checked_as_ever(fast):
    cell = base.new_code_cell("a")
    assert base.validate(cell, "code_cell") is None
    with pytest.raises(ValidationError):
        base.validate(NotebookNode(cell | {"source": 1}), "code_cell")
    with pytest.raises(ValidationError):
        base.new_output("stream", name=3)
