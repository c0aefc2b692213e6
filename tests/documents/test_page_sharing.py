"""What shares a printed page, and what begins a new one."""

import pytest
from samples import CONTEXT, item, notebook
from tools import bare, faults, run

from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.figures import LANDSCAPE, Bar, BarChart, draw_bars
from clusterlab.figures.parts import nothing
from clusterlab.language import Language
from clusterlab.outputs import Column, Picture, Row, Section, Table, Title

# As long as words of responsibility are: eight columns of them need a page on its side.
WORD = "Responsibilities"
TITLE = Title(title="Handout", subtitle="Mov'eo", context=CONTEXT)


def table(title, rows, columns=8):
    heads = [Column("spoken", "No."), Column("text", "Action", wide=True)]
    heads += [Column(f"c{n}", f"Column {n}") for n in range(columns - 2)]
    made = [item(f"A{n}", f"{title} row {n}") for n in range(1, rows + 1)]
    return Table(
        title=title, alt=title, context=CONTEXT, kind="action-plan", columns=tuple(heads),
        rows=tuple(Row(i, (i.spoken, i.text, *[WORD] * (columns - 2))) for i in made),
    )  # fmt: skip


def section(title):
    return Section(title=title, text=f"About {title}", context=CONTEXT)


def empty_picture(title):
    text = "Nothing to show yet"
    svg = nothing(LANDSCAPE, title, text).svg
    return Picture(title=title, alt=text, context=CONTEXT, text=text, svg=svg)


def pages(tmp_path, *outputs):
    file = tmp_path / "handout.pdf"
    file.write_bytes(HandoutPDFExporter().from_notebook_node(notebook([TITLE, *outputs]))[0])
    assert list(faults(file)) == []
    return [bare(text) for text in run("pdftotext", "-raw", file, "-").split("\f")[:-1]]


def on(found, text):
    return [n for n, page in enumerate(found, 1) if bare(text) in page]


def test_a_short_table_on_its_side_goes_below_another(tmp_path):
    found = pages(tmp_path, table("Ideas", 6), table("Chosen", 3))
    assert on(found, "Ideas row 6") == on(found, "Chosen row 1") == on(found, "Chosen row 3") == [2]


def test_one_that_has_no_room_left_is_whole_on_the_next_page(tmp_path):
    found = pages(tmp_path, table("Ideas", 12), table("Chosen", 9))
    assert on(found, "Ideas row 12") == [2]
    assert on(found, "Chosen row 1") == on(found, "Chosen row 9") == [3]


def test_one_longer_than_a_page_flows_on(tmp_path):
    found = pages(tmp_path, table("Ideas", 3), table("Chosen", 60))
    assert on(found, "Chosen row 1")[0] == 2
    assert on(found, "Chosen row 60") == [len(found)]
    assert len(found) > 3


@pytest.mark.parametrize("rows", [(0, 3), (3, 0)])
def test_a_table_to_fill_by_hand_has_its_page_to_itself(tmp_path, rows):
    found = pages(tmp_path, table("First", rows[0]), table("Second", rows[1]))
    # The cover lists both.
    assert on(found, "First") == [1, 2]
    assert on(found, "Second") == [1, 3]


def test_a_table_that_begins_a_section_begins_a_page(tmp_path):
    found = pages(tmp_path, table("Ideas", 2), section("Part"), table("Chosen", 2))
    assert on(found, "About Part") == on(found, "Chosen row 1") == [3]


@pytest.mark.parametrize(("rows", "page"), [(12, 1), (24, 2)])
def test_a_section_does_not_begin_at_the_bottom(tmp_path, rows, page):
    found = pages(tmp_path, table("Ideas", rows, 4), section("Part"), table("Chosen", 2, 4))
    assert on(found, f"Ideas row {rows}") == [1]
    assert on(found, "About Part") == on(found, "Chosen row 2") == [page]


def test_where_there_is_nothing_to_draw_no_page_is_turned(tmp_path):
    found = pages(tmp_path, section("Part"), empty_picture("First"), empty_picture("Second"))
    assert len(found) == 1


@pytest.mark.parametrize("rows", [12, 22, 26, 30])
def test_the_heading_of_a_picture_stays_with_it(tmp_path, rows):
    bars = tuple(Bar(f"Need {n}", n, f"N{n}") for n in range(1, 9))
    (drawn,) = draw_bars(BarChart("Ranking", bars), Language("en", {}))
    image = Picture(title="Ranking", alt="8 needs", context=CONTEXT, text="-", svg=drawn.svg)
    found = pages(tmp_path, table("Ideas", rows, 4), image)
    # Below the picture stands what it shows in words.
    assert on(found, "Ranking")[0] == on(found, "N8 Need 8")[0]
    assert on(found, "The pictures in words") == [len(found)]


def test_what_pictures_show_follows_where_there_is_room(tmp_path):
    bars = tuple(Bar(f"Need {n}", n, f"N{n}") for n in range(1, 9))
    (drawn,) = draw_bars(BarChart("Ranking", bars), Language("en", {}))
    image = Picture(title="Ranking", alt="8 needs", context=CONTEXT, text="-", svg=drawn.svg)
    found = pages(tmp_path, image, section("Credits"), table("Ideas", 2, 4))
    assert on(found, "Ideas row 2") == on(found, "The pictures in words") == [1]
    found = pages(tmp_path, image, section("Credits"), table("Ideas", 40, 4))
    assert on(found, "Ideas row 40") == [2]
    assert on(found, "The pictures in words") == [len(found)]


@pytest.mark.parametrize(("count", "sub"), [(3, True), (10, False)])
def test_a_long_document_lists_its_sections_only(tmp_path, count, sub):
    outputs = [
        made
        for n in range(count)
        for made in (section(f"Part {n}"), *(table(f"Table {n}.{m}", 1) for m in range(4)))
    ]
    contents = pages(tmp_path, *outputs)[0]
    assert all(bare(f"Part {n}") in contents for n in range(count))
    assert (bare("Table 0.1") in contents) is sub
