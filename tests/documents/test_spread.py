"""How parts are spread over printed pages: no row alone, no page that holds next to nothing."""

import dataclasses
import re

import pytest
from samples import CONTEXT, everything, item, notebook
from test_page_sharing import TITLE, empty_picture, on, pages, section, table
from test_pdf import canvas, notes_of
from tools import words_of

from clusterlab.documents.columns import laid_out
from clusterlab.documents.heights import lines, row_heights
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.figures import Bar, BarChart, draw_bars
from clusterlab.figures.parts import is_nothing
from clusterlab.figures.text import width
from clusterlab.language import Language
from clusterlab.outputs import Column, Picture, Records, Reference, Row


def picture(title, count=3):
    bars = tuple(Bar(f"Need {n}", n, f"N{n}") for n in range(1, count + 1))
    (drawn,) = draw_bars(BarChart(title, bars), Language("en", {}))
    return Picture(title=title, alt=title, context=CONTEXT, text="-", svg=drawn.svg)


def drawn(outputs, tmp_path, paper="a4"):
    file = tmp_path / "handout.pdf"
    data, _ = HandoutPDFExporter(paper=paper).from_notebook_node(notebook([TITLE, *outputs]))
    file.write_bytes(data)
    return list(words_of(file))


def words(page):
    return {text: box for text, *box in page[1]}


@pytest.mark.parametrize("rows", range(13, 40, 2))
@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_no_page_holds_one_or_two_rows_of_a_table(rows, paper, tmp_path):
    found = drawn([table("Ideas", rows)], tmp_path, paper)[1:]
    counts = [sum(re.fullmatch(r"A\d+", text) is not None for text in words(p)) for p in found]
    assert sum(counts) == rows
    assert min(counts) >= 3


def test_a_row_is_not_divided_between_pages(tmp_path):
    made = table("Ideas", 9)
    long = " ".join(f"word{n}" for n in range(60))
    rows = tuple(
        Row(r.item, (r.cells[0], f"{r.cells[0]}x {long}", *r.cells[2:])) for r in made.rows
    )
    found = drawn([dataclasses.replace(made, rows=rows)], tmp_path)[1:]
    assert len(found) > 1
    for page in found:
        text = [word for word, *_ in page[1]]
        assert text.count("word0") == text.count("word59")


def test_a_row_higher_than_a_page_is_divided(tmp_path):
    made = table("Ideas", 2)
    long = " ".join(f"word{n}" for n in range(900))
    rows = tuple(Row(r.item, (r.cells[0], long, *r.cells[2:])) for r in made.rows)
    found = drawn([dataclasses.replace(made, rows=rows)], tmp_path)
    text = [word for page in found for word, *_ in page[1]]
    assert text.count("word0") == text.count("word899") == 2


def test_numbers_end_below_each_other(tmp_path):
    made = table("Ideas", 3, 4)
    cells = [("1", "one"), ("1,250.5", "two"), ("-20", "")]
    rows = tuple(Row(r.item, (*r.cells[:2], *c)) for r, c in zip(made.rows, cells, strict=True))
    found = words(drawn([dataclasses.replace(made, rows=rows)], tmp_path)[0])
    ends = {round(found[text][2], 1) for text in ("1,250.5", "-20")}
    starts = {round(found[text][0], 1) for text in ("one", "two")}
    assert len(ends) == len(starts) == 1
    # What begins beside them keeps its distance.
    assert min(starts) - max(ends) > 12


@pytest.mark.parametrize(
    ("cells", "ends"),
    [
        (["1", "", "+2.5 %", "\u2212 3".replace(" ", "")], True),
        (["1\u202f250", "3"], True),
        (["1, 2, 3", "4"], False),
        (["1", "T1"], False),
        (["", ""], False),
        (["20 November 2026"], False),
    ],
)
def test_only_columns_of_numbers_end_below_each_other(cells, ends):
    columns = [
        {"id": name, "label": name, "help": "", "wide": False} for name in ("spoken", "text", "x")
    ]
    rows = [{"cells": ["1", "2", cell], "item": {"alternatives": []}} for cell in cells]
    layout = laid_out({"columns": columns, "rows": rows}, "a4")["layout"]
    assert layout["ends"] == [False, False, ends]


def test_what_a_note_links_to_stands_on_its_line(tmp_path):
    made = table("Ideas", 3, 4)
    linked = dataclasses.replace(item("A1", "Call"), links=(Reference("G7"),))
    rows = (Row(linked, ("A1", "Call", "x", "y")), *made.rows[1:])
    found = words(drawn([dataclasses.replace(made, rows=rows)], tmp_path)[0])
    behind = next(box for text, box in found.items() if text.endswith("G7"))
    assert found["Call"][3] == pytest.approx(behind[3], abs=2)


@pytest.mark.parametrize("short", [table("Short", 3, 4), picture("Short")])
def test_what_is_short_goes_below_what_lies_on_its_side(short, tmp_path):
    found = pages(tmp_path, table("Ideas", 4), short, section("Part"), table("Chosen", 2))
    assert on(found, "Ideas row 4") == [2]
    assert 2 in on(found, "Short")
    assert on(found, "About Part") == [3]


def test_what_has_no_room_there_keeps_a_page_of_its_own(tmp_path):
    found = pages(tmp_path, table("Ideas", 14), table("Short", 8, 4), table("Chosen", 12))
    assert on(found, "Ideas row 14") == [2]
    assert on(found, "Short row 1") == on(found, "Short row 8") == [3]
    assert on(found, "Chosen row 1") == [4]


def test_two_halves_of_a_page_share_one(tmp_path):
    found = pages(
        tmp_path, table("Ideas", 19), table("Short", 6, 4), table("Chosen", 5), section("Part")
    )
    assert on(found, "Short row 6") == on(found, "Chosen row 1") == on(found, "Chosen row 5") == [3]


def test_what_waits_for_an_empty_canvas_is_told_at_its_foot(tmp_path):
    empty = [empty_picture("Ranking"), empty_picture("Matrix")]
    found = pages(tmp_path, canvas("swot", []), *empty, section("Part"), table("Chosen", 2))
    assert 2 in on(found, "Ranking")
    assert 2 in on(found, "Matrix")
    assert on(found, "Nothing to show yet") == [2]
    assert on(found, "About Part") == [3]


def test_what_waits_for_an_empty_table_too(tmp_path):
    found = pages(tmp_path, table("Ideas", 0), empty_picture("Ranking"), table("Chosen", 2))
    assert on(found, "Nothing to show yet") == [2]
    assert on(found, "Chosen row 1") == [3]


def test_what_cannot_be_drawn_of_a_full_canvas_keeps_its_place(tmp_path):
    found = pages(tmp_path, canvas("swot", notes_of(5)), empty_picture("Ranking"))
    assert on(found, "Nothing to show yet") == [3]


def test_below_a_form_it_is_one_line(tmp_path):
    forms = next(o for o in everything() if isinstance(o, Records))
    found = drawn([forms, empty_picture("Ranking"), empty_picture("Matrix")], tmp_path)
    first, second = (words(page) for page in [found[0]] * 2)
    assert {"Ranking", "Matrix"} <= set(first)
    assert words(found[0])["Matrix"][1] - words(found[0])["Ranking"][1] < 30
    assert first == second


def test_only_the_frame_of_nothing_is_taken_for_it():
    assert is_nothing(empty_picture("A").svg)
    assert not is_nothing(picture("A").svg)


def test_notes_on_pages_from_the_right_begin_there(tmp_path):
    arabic = dataclasses.replace(CONTEXT, language="ar")
    made = dataclasses.replace(canvas("swot", ["ميزة"]), context=arabic)
    opening = dataclasses.replace(TITLE, context=arabic)
    file = tmp_path / "a.pdf"
    file.write_bytes(HandoutPDFExporter().from_notebook_node(notebook([opening, made]))[0])
    page = words(list(words_of(file))[1])
    text = next(
        box
        for word, box in page.items()
        if re.search("[\u0600-\u06ff\ufe70-\ufeff]", word) and box[1] > 100
    )
    assert 0 < page["S1"][0] - text[2] < 12


def test_estimates_come_near_to_what_is_drawn(tmp_path):
    made = table("Ideas", 9)
    texts = [f"{n} " + "members need help with funding " * (n % 4) for n in range(9)]
    rows = tuple(
        Row(r.item, (r.cells[0], text, *r.cells[2:]))
        for r, text in zip(made.rows, texts, strict=True)
    )
    made = dataclasses.replace(made, rows=rows)
    data = laid_out(made.to_json(), "a4")
    estimated = sum(h + 12 for h in row_heights(data, "a4")[1:-1])
    page = words(drawn([made], tmp_path)[1])
    assert page["A9"][1] - page["A1"][1] == pytest.approx(estimated, rel=0.04)


def test_lines_are_counted_as_they_break():
    assert lines("", 50, 9.0) == 1
    assert lines("a\nb", 50, 9.0) == 2
    word = width("members", 9.0)
    assert lines("members members", word + 1, 9.0) == 2
    assert lines("mem\u00adbers", word - 1, 9.0) == 2


def test_a_list_of_findings_and_a_glossary_begin_with_some_rows(tmp_path):
    columns = (Column("spoken", "Term"), Column("text", "Meaning", wide=True))
    for rows in range(16, 30, 2):
        long = dataclasses.replace(
            table("Words", 30, 2),
            columns=columns,
            rows=tuple(Row(item(f"A{n}", "x"), (f"A{n}", f"Words row {n}")) for n in range(1, 31)),
        )
        found = pages(tmp_path, table("Ideas", rows, 4), long)
        (page,) = on(found, "A1Words row 1A2")
        assert on(found, "A3Words row 3") == [page]
