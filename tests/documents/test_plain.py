"""Notes that Typst draws without looking at them: they look as if it had."""

import dataclasses

import pytest
from samples import CONTEXT, item, notebook
from test_pdf import canvas

from clusterlab.documents import pdf
from clusterlab.documents.plain import told_plain
from clusterlab.outputs import Comparison, Difference, Fact

PLAIN = {
    "short": {},
    "long": {"text": "Members trust our funding advice. " * 14},
    "marked": {"mark": "*"},
    "spaces": {"text": "  Members  trust us "},
    "markup": {"text": "#panic() *b* $x$ <label> @ref"},
}
LOOKED_AT = {
    "lines": {"text": "One\nTwo"},
    "empty": {"text": ""},
    "only spaces": {"text": " ", "mark": ""},
    "address": {"text": "https://example.org/" + "x" * 80},
    "language": {"text": "Mitglieder vertrauen uns", "language": "de"},
    "details": {"details": (Fact("Owner", "Secretariat"),)},
    "tags": {"tags": ("trust",)},
    "others": {"alternatives": (Fact("Also written", "Members trust others"),)},
}


def drawn_with(given, *, context=CONTEXT):
    """A document whose notes are these, among others of each kind."""
    made = [item(f"A{n}", **{"text": f"Note {n}", **it}) for n, it in enumerate(given, 1)]
    board = canvas("swot", [], context)
    boxes = tuple(dataclasses.replace(box, items=tuple(made)) for box in board.boxes)
    changes = (Difference("members", "Members", "development", (made[0],), tuple(made), ()),)
    words = (Fact("Kept", "="), Fact("Added", "+"), Fact("Dropped", "−"))
    compared = Comparison(
        title="What changes",
        alt="What is new.",
        context=context,
        before="Today",
        after="Later",
        words=words,
        blocks=changes,
    )
    outputs = [
        dataclasses.replace(board, boxes=boxes, unplaced=(made[-1],)),
        dataclasses.replace(board, boxes=boxes, title="Once more"),
        compared,
    ]
    data, _ = pdf.HandoutPDFExporter().from_notebook_node(notebook(outputs))
    return data


def told(given):
    """What is said of a note."""
    note = dataclasses.asdict(item("A1", **{"text": "Note", **given}))
    part = {"kind": "canvas", "data": {"boxes": [{"items": [note]}], "unplaced": []}}
    return told_plain(part)["data"]["boxes"][0]["items"][0].get("plain", "")


@pytest.mark.parametrize("name", PLAIN)
def test_a_paragraph_with_nothing_below_it_is_told(name):
    given = {"text": "Note", **PLAIN[name]}
    assert told(given) == given["text"] + ("\u00a0*" if "mark" in given else "")


@pytest.mark.parametrize("name", [name for name in LOOKED_AT if name != "address"])
def test_whatever_else_is_looked_at(name):
    assert told(LOOKED_AT[name]) == ""


def test_a_word_that_may_break_is_looked_at():
    assert told({"text": "https://\u200bexample.org"}) == ""


@pytest.mark.parametrize("names", [list(PLAIN), [*PLAIN, *LOOKED_AT]])
def test_it_looks_the_same_either_way(names, monkeypatch):
    given = [(PLAIN | LOOKED_AT)[name] for name in names]
    plainly = drawn_with(given)
    monkeypatch.setattr(pdf, "told_plain", dict)
    assert drawn_with(given) == plainly


def test_where_texts_read_both_ways_each_is_looked_at(monkeypatch):
    def never(_part):
        raise AssertionError

    monkeypatch.setattr(pdf, "told_plain", never)
    assert drawn_with([{"text": "שלום עולם"}, {"text": "Members"}])
    assert drawn_with([{}], context=dataclasses.replace(CONTEXT, language="ar"))
