"""Outputs carry how they were made, and are made again from that and from nothing else."""

import json

import pytest

from clusterlab.errors import Message, UnknownNameError, UsageError
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.record import remake
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle

CALLS = [
    ("title", ("A title", "And {what} it says")),
    ("title", ("A title",)),
    ("section", ("A section", "")),
    ("board", ("swot", "", "business")),
    ("board", ("action-plan",)),
    ("comparison", ("business-model-cluster", "current", "in-five-years")),
    ("findings", ()),
    ("findings", ("swot", "tows")),
    ("result", ("ideas", "top-3")),
    ("result", ("challenges",)),
]
FORGED = [
    None,
    {},
    [],
    "board",
    7,
    {"output": None},
    {"output": ["board"]},
    {"output": {"a": 1}},
    {"output": "check"},
    {"output": "__init__", "source": "x"},
    {"output": "_context"},
    {"output": "present", "kind": "swot", "board": "swot"},
    {"output": "board"},
    {"output": "board", "canvas": 7},
    {"output": "board", "canvas": ["swot"]},
    {"output": "board", "canvas": "swot", "topic": None},
    {"output": "board", "canvas": "swot", "cluster": "beta"},
    {"output": "board", "canvas": "swot", "self": "beta"},
    {"output": "board", "canvas": "swot", 7: "beta"},
    {"output": "board", "canvas": "../../beta"},
    {"output": "board", "canvas": "swot", "topic": "../beta"},
    {"output": "board", "canvas": "swot", "version": "later"},
    {"output": "comparison", "canvas": "business-model-cluster", "before": "current"},
    {"output": "findings", "canvases": "swot"},
    {"output": "findings", "canvases": ["swot", 7]},
    {"output": "findings", "canvases": [["swot"]]},
    {"output": "title", "title": True},
]


@pytest.fixture
def outputs(small):
    cluster = small.cluster("alpha")
    return ClusterOutputs(small, cluster, small.language(cluster))


@pytest.mark.parametrize(("method", "arguments"), CALLS)
def test_every_output_is_made_again_from_its_record(outputs, method, arguments):
    made = getattr(outputs, method)(*arguments)
    saved = json.loads(json.dumps(made.to_json()))
    assert saved["context"]["made"]["output"] == method
    assert remake(outputs, saved["context"]["made"]) == made


def test_a_bundle_makes_the_same_as_the_folder(small, outputs):
    bundle = Bundle(small.bundle(outputs.cluster, outputs.language))
    others = ClusterOutputs(bundle, bundle.cluster, bundle.language)
    for method, arguments in CALLS:
        made = getattr(outputs, method)(*arguments)
        assert remake(others, made.context.made).to_json() == made.to_json()


def test_a_board_that_a_notebook_shows_says_which_it_is(small):
    cluster = OpenWorkshop(small).cluster("alpha")
    board = cluster.board("swot", topic="business")
    shown = board.output()
    assert shown.context.made == {
        "output": "board",
        "canvas": "swot",
        "version": "current",
        "topic": "business",
    }
    board.add("strengths", "Written afterwards")
    outputs = ClusterOutputs(small, cluster.cluster, cluster.language)
    again = remake(outputs, shown.context.made)
    assert again == board.output()
    assert "Written afterwards" in again.to_text()


@pytest.mark.parametrize("record", FORGED, ids=repr)
def test_a_forged_record_is_refused(outputs, record):
    with pytest.raises(UsageError):
        remake(outputs, record)


def test_a_record_of_an_older_version_may_lack_what_has_a_default(outputs):
    assert remake(outputs, {"output": "findings"}) == outputs.findings()
    assert remake(outputs, {"output": "section", "title": "A"}) == outputs.section("A")


def test_a_board_that_is_gone_cannot_be_made_again(outputs):
    record = outputs.board("swot", topic="business").context.made
    with pytest.raises(UnknownNameError, match="swot"):
        remake(outputs, {**record, "canvas": "swto"})


def test_what_no_record_can_hold_leaves_an_output_without(outputs):
    made = outputs.title(Message("A {word}", {"word": "title"}))
    assert (made.title, made.context.made) == ("A title", {})
