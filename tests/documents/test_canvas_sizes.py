"""An estimate of a canvas's size of text saves time, loses no note and is hardly ever off."""

import dataclasses
import itertools

import pytest
from samples import notebook
from test_pdf import canvas, found, notes_of
from tools import bare, faults, words_of

from clusterlab.documents import pdf
from clusterlab.documents.canvas_sizes import likely
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.outputs import Title

# A box of a word, as pdftotext gives it, in ems of Noto Sans.
HIGH = 1.362
KINDS = ["swot", "tows", "pestel", "business-model-cluster"]
COUNTS = [0, 3, 12, 20, 28, 36, 120]


def drawn(tmp_path, monkeypatch, whole, paper, estimate):
    """Draw a canvas; give the file, the estimate that was used, and the size of its notes."""
    used = []

    def told(run, paper):
        used.append(estimate(run, paper))
        return used[-1]

    monkeypatch.setattr(pdf, "likely", told)
    exporter = HandoutPDFExporter(paper=paper)
    title = Title(title="Handout", context=whole.context)
    data, _ = exporter.from_notebook_node(notebook([title, whole]))
    file = tmp_path / "handout.pdf"
    file.write_bytes(data)
    words = list(words_of(file))[1][1]
    highs = [bottom - top for word, _, top, _, bottom in words if word == "Note"]
    return file, used[0], round(max(highs, default=0) / HIGH, 1)


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("name", KINDS)
def test_the_size_is_the_one_that_measuring_finds(name, paper, tmp_path, monkeypatch):
    steps = (11, 10.5, 10, 9.5, 9, 8.5) if paper == "a4" else (13, 12, 11, 10, 9, 8.5)
    off = 0
    for count in COUNTS:
        whole = canvas(name, notes_of(count))
        file, told, size = drawn(tmp_path, monkeypatch, whole, paper, likely)
        text = found(file)
        assert [n for n in notes_of(count) if bare(n) not in text] == []
        file, _, measured = drawn(tmp_path, monkeypatch, whole, paper, lambda *_: None)
        assert sorted(found(file)) == sorted(text)
        if not count:
            continue
        # Larger may have been tried and found too large.
        guessed = told["size"] if told else 0
        if count == COUNTS[-1]:
            assert guessed == 0
        elif guessed:
            assert abs(steps.index(guessed) - steps.index(measured)) <= 1
            assert steps.index(size) - steps.index(measured) in {-1, 0, 1}
            off += guessed != measured
    assert off <= 1


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("count", [0, 3, 8, 14])
def test_where_nothing_is_measured_the_page_is_the_same(name, count, paper, tmp_path, monkeypatch):
    def measured(run, paper):
        told = likely(run, paper)
        return told and {k: v for k, v in told.items() if k != "needs"}

    words, more = "about what members expect of us ", "\nand more"
    notes = [f"Note {n} " + words * (n % 4) + more * (n % 3 * 4) for n in range(count)]
    whole = canvas(name, notes)
    pages = []
    for estimate in (likely, measured):
        file, _, _ = drawn(tmp_path, monkeypatch, whole, paper, estimate)
        pages.append(file.read_bytes())
    same = pages[0] == pages[1]  # outside the assertion, which would tell how they differ for long
    assert same


@pytest.mark.parametrize(
    "word", ["M" * 19, "Stakeholderkommunikation", "funding-advice-for-members"]
)
@pytest.mark.parametrize("name", ["business-model-cluster", "pestel"])
def test_words_wider_than_their_box_are_measured(name, word, tmp_path, monkeypatch):
    whole = canvas(name, ["x"] * len(canvas(name, []).boxes))
    second = whole.boxes[1]
    (note,) = second.items
    note = dataclasses.replace(note, text=" ".join([word] * 12))
    boxes = (whole.boxes[0], dataclasses.replace(second, items=(note,)), *whole.boxes[2:])
    whole = dataclasses.replace(whole, boxes=boxes)
    pages = []
    for estimate in (likely, lambda *_: None):
        file, _, _ = drawn(tmp_path, monkeypatch, whole, "a3", estimate)
        pages.append(file.read_bytes())
    same = pages[0] == pages[1]  # outside the assertion, which would tell how they differ for long
    assert same


@pytest.mark.parametrize(("need", "measured"), [(0.0, False), (195.0, True), (1e6, True)])
def test_only_what_has_room_by_far_is_not_measured(need, measured, tmp_path, monkeypatch):
    told = {"size": 11, "columns": [0.5, 0.5]}
    whole = canvas("swot", notes_of(40))
    boxes = dict.fromkeys([box.id for box in whole.boxes], need)
    pages = []
    for more in ({}, {"needs": boxes}):
        estimate = {**told, **more}
        file, _, _ = drawn(tmp_path, monkeypatch, whole, "a4", lambda *_, it=estimate: it)
        pages.append(file.read_bytes())
    same = pages[0] == pages[1]  # outside the assertion, which would tell how they differ for long
    assert same == measured


WRONG = [None, {"size": 0}, {"size": 8.5}, {"size": 9.5}, {"size": 11}, {"size": 99}]


@pytest.mark.parametrize(("count", "wrong"), [*itertools.product([2, 30, 90], WRONG)])
def test_a_wrong_estimate_loses_no_note(count, wrong, tmp_path, monkeypatch):
    notes = notes_of(count)
    wrong = wrong and {"columns": [0.3, 0.7], **wrong}
    file, _, _ = drawn(tmp_path, monkeypatch, canvas("swot", notes), "a4", lambda *_: wrong)
    text = found(file)
    assert [n for n in notes if bare(n) not in text] == []
    assert not list(faults(file))


def test_a_canvas_with_notes_that_stand_nowhere_is_not_estimated(tmp_path, monkeypatch):
    whole = canvas("swot", notes_of(4))
    whole = dataclasses.replace(whole, unplaced=whole.boxes[0].items)
    assert drawn(tmp_path, monkeypatch, whole, "a4", likely)[1] is None
