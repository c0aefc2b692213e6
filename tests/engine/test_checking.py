"""Outputs are checked and made into nodes faster, and come out as nbformat's own ways give them."""

import copy
from types import MappingProxyType

import nbformat.notebooknode as nodes
import nbformat.v4.nbbase as base
import pytest
from hypothesis import given
from hypothesis import strategies as st
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


ATOMS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    ATOMS,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text(), inner)
        | st.dictionaries(st.text(), inner).map(NotebookNode)
        | st.dictionaries(st.text(), inner).map(MappingProxyType)
    ),
)


def told(value):
    """Write a value with the types of all that is in it."""
    if isinstance(value, dict):
        return type(value), {k: told(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value), [told(v) for v in value]
    return type(value), value


@given(st.dictionaries(st.text(), VALUES))
def test_nodes_are_what_nbformat_makes_of_the_same(data):
    usual = checking._from_dict(data)
    assert told(checking._made(data)) == told(usual)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "from_dict", checking._from_dict)
        checking.make_fast()
        output = NotebookNode()
        output.data = data
        assert nodes.from_dict is checking._made
    assert told(output.data) == told(usual)


def test_a_node_is_changed_and_copied_like_any_other():
    given = {"a": {"b": [{"c": 1}]}}
    node = checking._made(given)
    node.a.d = {"e": 2}
    node.f = 3
    assert node == {"a": {"b": [{"c": 1}], "d": {"e": 2}}, "f": 3}
    assert given == {"a": {"b": [{"c": 1}]}}
    again = copy.deepcopy(node)
    assert told(again) == told(node)
    again.a.b[0].c = 4
    assert node.a.b[0].c == 1
    assert not hasattr(node, "none")
