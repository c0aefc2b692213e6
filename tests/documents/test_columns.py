"""Columns of printed tables: as wide as their words, never wider than the page."""

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import everything, notebook
from tools import bare, faults, run

from clusterlab.documents.breaking import breakable, pieces
from clusterlab.documents.columns import laid_out, lies_wide
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.figures.text import width
from clusterlab.outputs import Column

LONG = (
    "Verantwortlichkeit", "Wettbewerbsfähigkeit", "Öffentlichkeitsarbeit", "Zuständigkeit",
    "Mitgliederbetreuung", "Fördermittelgeber", "Geschäftsstelle", "Unternehmensgröße",
)  # fmt: skip
ROOMS = {"a4": {False: 504.6, True: 751.2}, "a3": {False: 733.1, True: 1081.8}}
TEXT = "Call every member and write down what they need from the cluster"


def table(heads, rows, wide=()):
    first = [{"id": "spoken", "label": "No.", "help": "", "wide": False}]
    first += [{"id": "text", "label": "Action", "help": "", "wide": True}]
    more = [{"id": f"c{i}", "label": h, "help": "", "wide": i in wide} for i, h in enumerate(heads)]
    item = {"alternatives": []}
    return {
        "columns": [*first, *more],
        "rows": [{"cells": list(row), "item": item} for row in rows],
    }


def filled(count, cell="Yes", rows=3):
    return table(
        list(itertools.islice(itertools.cycle(LONG), count)),
        [[f"A{n}", TEXT, *[cell] * count] for n in range(rows)],
    )


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("count", [0, 1, 3, 6, 9, 12, 18, 30, 60])
def test_columns_fill_the_page_and_no_more(count, paper):
    layout = laid_out(filled(count), paper)["layout"]
    assert len(layout["widths"]) == count + 2
    assert sum(layout["widths"]) == pytest.approx(ROOMS[paper][layout["lying"]], abs=2)
    assert min(layout["widths"]) > 0


@pytest.mark.parametrize("count", [6, 10, 14, 18])
def test_every_piece_of_a_word_fits_its_column(count):
    made = laid_out(filled(count, "Öffentlichkeitsbeteiligungsverfahren"), "a4")
    layout = made["layout"]
    size = 8.5 if layout["lying"] else 9.0
    for i, across in enumerate(layout["widths"]):
        texts = [row["cells"][i] for row in made["rows"]]
        texts += [] if layout["turned"] else [made["columns"][i]["label"]]
        for piece in itertools.chain.from_iterable(map(pieces, texts)):
            assert width(piece, size) <= across - 2 * layout["inset"] + 0.01, piece


def test_heads_lie_on_their_side_only_where_they_have_no_room():
    assert laid_out(filled(6), "a4")["layout"]["turned"] == 0
    layout = laid_out(filled(16), "a4")["layout"]
    assert 0 < layout["turned"] <= 108
    # Nobody writes into a column that is as narrow as its turned head.
    assert laid_out(filled(16, rows=0), "a4")["layout"]["turned"] == 0


def test_a_table_lies_on_its_side_where_it_needs_the_width():
    def lies(data):
        return lies_wide(data["columns"], data["rows"])

    assert not lies(filled(3, "a rather long text that takes a line or two"))
    assert not lies(table(["Today", "Target", "Gap", "Years"], [["C1", TEXT, "1", "2", "3", "4"]]))
    assert lies(filled(8))
    assert lies(filled(4, rows=0))
    assert not lies(filled(3, rows=0))


def test_a_column_with_little_to_say_leaves_its_room_to_others():
    rows = [["1", "SWOT", TEXT, TEXT * 3]]
    layout = laid_out(table(["What for", "Where from"], rows, wide={0, 1}), "a4")["layout"]
    assert layout["widths"][1] < layout["widths"][2]


@given(st.lists(st.text(max_size=40), min_size=3, max_size=12), st.integers(0, 2))
def test_any_texts_keep_their_letters(texts, count):
    heads = texts[2:]
    data = table(heads, [texts] * count)
    made = laid_out(data, "a4")

    def plain(text):
        return text.replace("\u00ad", "").replace("\u200b", "")

    for before, after in zip(data["rows"], made["rows"], strict=True):
        assert list(map(plain, after["cells"])) == list(map(plain, before["cells"]))
    assert [plain(c["label"]) for c in made["columns"][2:]] == list(map(plain, heads))


@pytest.mark.parametrize(
    ("count", "text", "together"),
    [(1, TEXT, True), (8, TEXT, True), (9, TEXT, False), (3, "word " * 300, False), (0, "", False)],
)
def test_a_short_table_is_not_divided(count, text, together):
    data = table(["Today"], [[f"A{n}", text, "1"] for n in range(count)])
    assert laid_out(data, "a4")["layout"]["together"] is together


def test_a_note_that_was_also_written_otherwise_may_be_long():
    data = table(["Today"], [["A1", TEXT, "1"]])
    data["rows"][0]["item"] = {"alternatives": [{"label": "Also", "value": "word " * 900}]}
    assert not laid_out(data, "a4")["layout"]["together"]


def test_a_table_without_columns_is_drawn():
    assert laid_out({"columns": [], "rows": []}, "a4")["layout"]["widths"] == []


def test_pieces_are_as_short_as_asked_for():
    assert max(map(len, pieces(breakable("Strumpfhosenträgerknopf", 4)))) <= 4
    assert pieces("a-b c\u00add\u200be") == ["a-", "b", "c", "d", "e"]


@pytest.mark.parametrize("count", [9, 12, 16, 24])
def test_long_heads_of_many_columns_never_overlap(count, tmp_path):
    base = next(o for o in everything() if o.type == "table")
    heads = list(itertools.islice(itertools.cycle(LONG), count))
    columns = [Column(f"c{n}", head) for n, head in enumerate(heads)]
    row = dataclasses.replace(base.rows[0], cells=("A1", TEXT, *["Teilweise"] * count))
    drawn = dataclasses.replace(base, columns=(*base.columns[:2], *columns), rows=(row,))
    data, _ = HandoutPDFExporter().from_notebook_node(notebook([everything()[0], drawn]))
    file = tmp_path / "handout.pdf"
    file.write_bytes(data)
    assert list(faults(file)) == []
    assert bare(TEXT) in bare(run("pdftotext", "-raw", file, "-"))
