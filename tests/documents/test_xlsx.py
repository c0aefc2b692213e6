"""Handouts as workbooks: read back by another library than the one that wrote them."""

import base64
import dataclasses
import io
import re
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree as ET

import nbformat
import openpyxl
import pytest
from hostile import MARKDOWN, TEXTS
from hypothesis import given
from hypothesis import strategies as st
from picky import faults
from samples import CONTEXT, everything, notebook, swot

from clusterlab.documents.xlsx import HandoutXLSXExporter
from clusterlab.errors import DocumentError
from clusterlab.language import Language
from clusterlab.outputs import Column, Data, Fact, Item, Picture, Row, Section, Table
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.session import OpenWorkshop

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5E"
    "rkJggg=="
)


def export(outputs, markdown="", made=None):
    book = made or notebook(outputs, markdown)
    data, _ = HandoutXLSXExporter(redraw=False).from_notebook_node(book)
    return data


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def texts(book):
    return [str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None]


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def table(*rows, columns=("No.", "Action", "Value")):
    heads = tuple(Column(f"c{n}", label) for n, label in enumerate(columns))
    made = tuple(Row(Item(f"i{n}", r[0], r[1]), tuple(r)) for n, r in enumerate(rows))
    return Table(title="Table", alt="A table.", context=CONTEXT, kind="x", columns=heads, rows=made)


def value_of(text, language="en"):
    context = dataclasses.replace(CONTEXT, language=language)
    found = dataclasses.replace(table(("A1", "x", text)), context=context)
    sheet = opened(export([found]))["Table"]
    return next(row[2] for row in sheet.iter_rows() if row[0].value == "A1")


def test_everything_is_found_again():
    book = opened(export(everything(), "# A heading\n\nSome *words*.\n\n- one\n- two\n"))
    found = "\n".join(texts(book))
    for wanted in (
        "Strong cash flow lets us invest", "Regions may fund less", "Invest cash in", "ators °",
        "A note whose block is gone", "Invest in people", "S1, O3", "Win 20 new members",
        "The indicator is missing.", "Call every member", "200 members", "G3 has no deadline.",
        "Say by when.", "Doran 1981", "almost 200 (counted as 200)", "Some words.", "• two",
        "Which notes it builds on is our reading", "Competency maps of mobility clusters",
    ):  # fmt: skip
        assert wanted in found
    assert book.sheetnames[:2] == ["Overview", "Text"]
    links = [
        c.hyperlink.location for row in book["Overview"].iter_rows() for c in row if c.hyperlink
    ]
    assert len(links) == len(book.sheetnames) - 1


def test_a_canvas_is_a_list_of_its_notes_with_filters_and_a_frozen_header():
    book = opened(export([swot()]))
    sheet = book.worksheets[1]
    (found,) = sheet.tables.values()
    assert [c.name for c in found.tableColumns] == ["Group", "Block", "No.", "Note"]
    assert found.autoFilter.ref == found.ref
    first = int(re.match(r"A(\d+)", found.ref)[1])
    assert sheet.freeze_panes == f"A{first + 1}"
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=first + 1)]
    assert rows[0] == ["Inside the cluster", "Strengths", "S1", "Strong cash flow lets us invest"]
    assert ["Around it", "Opportunities", None, "Nothing here yet"] in rows
    assert sheet.print_title_rows == f"${first}:${first}"


def test_screen_readers_are_told_what_a_table_is():
    tables = [text for name, text in parts(export([swot()])).items() if "tables/" in name]
    assert any('altTextSummary="SWOT of Mov' in text for text in tables)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("60", 60, "#,##0"),
        ("1,234.5", 1234.5, "#,##0.0##"),
        ("+2", 2, "+#,##0.###;-#,##0.###;0"),
        ("-0.5", -0.5, "#,##0.0##"),
        ("80 %", 0.8, "0%"),
        ("120%", 1.2, "0%"),
        ("November 20, 2026", datetime(2026, 11, 20), "yyyy-mm-dd"),
    ],
)
def test_numbers_shares_and_days_are_such(text, value, form):
    cell = value_of(text)
    assert (cell.value, cell.number_format) == (value, form)


@pytest.mark.parametrize(
    "text", ["007", "1.10", "1e5", "2026", "=1+1", "R/A", "n/a", "20.11.", "٣"]
)
def test_what_only_looks_like_a_number_stays_text(text):
    cell = value_of(text)
    assert (cell.value, cell.data_type) == (text, "s")


def test_numbers_are_read_in_the_language_of_the_document():
    assert value_of("1.234,5", "de").value == 1234.5
    assert value_of("20. November 2026", "de").value == datetime(2026, 11, 20)


def test_a_column_with_names_among_its_numbers_is_text():
    rows = (("A1", "x", "3"), ("A2", "y", "three"))
    sheet = opened(export([table(*rows)]))["Table"]
    found = [row[2].value for row in sheet.iter_rows() if row[0].value in {"A1", "A2"}]
    assert found == ["3", "three"]


@given(st.floats(-(10**9), 10**9), st.dates(date(1900, 1, 1), date(2099, 12, 31)),
       st.sampled_from(["en", "de", "fr", "pl", "ar", "sv"]))  # fmt: skip
def test_languages_read_the_numbers_and_days_that_they_write(number, day, tag):
    language = Language(tag, {})
    written = language.number(number)
    read = language.read_number(written)
    assert read is not None
    assert language.number(read) == written
    assert language.read_date(language.date(day)) == day


def test_hostile_texts_are_texts():
    canvas = swot({"strengths": list(TEXTS), "weaknesses": [], "opportunities": [], "threats": []})
    data = export([canvas], MARKDOWN)
    book = opened(data)
    cells = [c for s in book for row in s.iter_rows() for c in row]
    assert not any(c.data_type in {"f", "e"} for c in cells)
    assert {c.value for c in cells} >= {'=HYPERLINK("https://evil.example")', "../../x"}
    links = {c.hyperlink.target for c in cells if c.hyperlink and c.hyperlink.target}
    assert not links
    for name, text in parts(data).items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(text)
        assert "TargetMode" not in text


def test_hostile_titles_make_safe_names_of_sheets():
    titles = [
        "a/b:c*d?[e]",
        "A/B:C*D?[E]",
        "'quoted'",
        "History",
        "x" * 90,
        "x" * 91,
        "😀" * 20,
        "=",
    ]
    outputs = [dataclasses.replace(table(("A1", t, "1")), title=t) for t in titles]
    names = opened(export(outputs)).sheetnames
    assert len({n.casefold() for n in names}) == len(titles) + 1
    assert all(len(n.encode("utf-16-le")) <= 62 and not set(n) & set("[]:*?/\\") for n in names)


def test_two_columns_of_one_name_are_told_apart():
    sheet = opened(export([table(("A1", "x", "1", "2"), columns=("a", "b", "C", "c"))]))["Table"]
    (found,) = sheet.tables.values()
    assert [c.name for c in found.tableColumns] == ["a", "b", "C", "c (2)"]


def test_the_properties_say_title_and_language_and_bytes_are_the_same():
    data = export(everything())
    assert data == export(everything())
    core = parts(data)["docProps/core.xml"]
    assert "<dc:title>Competency map</dc:title>" in core
    assert "<dc:language>en</dc:language>" in core
    assert "2000-01-01T00:00:00Z" in core
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {e.date_time[0] for e in archive.infolist()} == {1980}


def test_right_to_left():
    context = dataclasses.replace(CONTEXT, language="ar")
    book = opened(export([dataclasses.replace(swot(), context=context)]))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)


def test_without_title_language_or_alternative_text_nothing_is_written():
    for change in ({"title": " "}, {"alt": ""}):
        with pytest.raises(DocumentError):
            export([dataclasses.replace(swot(), **change)])
    no_language = dataclasses.replace(CONTEXT, language="")
    with pytest.raises(DocumentError, match="language"):
        export([dataclasses.replace(swot(), context=no_language)])


def test_pictures_of_other_libraries_come_with_their_alternative_text():
    cell = nbformat.v4.new_code_cell("", outputs=[
        nbformat.v4.new_output("display_data", data={"image/png": PIXEL},
                               metadata={"alt": "A dot"}),
        nbformat.v4.new_output("display_data", data={"image/svg+xml": "<svg/>"},
                               metadata={"alt": "Lines"}),
    ])  # fmt: skip
    made = notebook([swot()])
    made.cells.append(cell)
    data = export([], made=made)
    found = parts(data)
    assert any('descr="A dot"' in text for name, text in found.items() if "drawing" in name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert base64.b64decode(PIXEL) in [
            archive.read(n) for n in archive.namelist() if "media" in n
        ]
    assert "Lines" in texts(opened(data))


def test_an_error_and_what_is_live_are_said():
    made = notebook([swot()])
    failed = nbformat.v4.new_output("error", ename="ValueError", evalue="x", traceback=[])
    live = nbformat.v4.new_output(
        "display_data", data={"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}
    )
    made.cells.append(nbformat.v4.new_code_cell("", outputs=[failed, live]))
    found = "\n".join(texts(opened(export([], made=made))))
    assert "cell 2 of the notebook stopped" in found
    assert "ValueError: x" in found
    assert "live in JupyterLab" in found


def test_what_a_section_is_about_stands_beside_its_name_in_the_contents():
    found = opened(export([Section(title="Step 2", text="What helps.", context=CONTEXT), swot()]))
    rows = [row[:2] for row in found.worksheets[0].iter_rows(values_only=True)]
    assert ("Step 2", "What helps.") in rows


def picture(chart, drawn, rows, columns=("Name", "One", "Two")):
    data = Data(columns, rows, chart, drawn)
    facts = (Fact("Note:", "a footnote"),)
    return Picture(title="Picture", alt="What it shows.", context=CONTEXT, svg="<svg/>", text="x",
                   data=data, footnotes=facts)  # fmt: skip


@pytest.mark.parametrize(("chart", "tag"), [("bars", "barChart"), ("stack", "barChart"),
                                            ("points", "scatterChart")])  # fmt: skip
def test_charts_are_excels_own_and_described(chart, tag):
    data = export([picture(chart, (1, 2), (("a", 1, 2.5), ("b", None, 4), ("=c", 0, -1)))])
    found = parts(data)
    (drawn,) = (text for name, text in found.items() if "charts/chart" in name)
    assert f"<c:{tag}>" in drawn
    (placed,) = (text for name, text in found.items() if re.search(r"drawing\d+\.xml$", name))
    assert 'descr="What it shows."' in placed
    sheet = opened(data)["Picture"]
    values = [[c.value for c in row[:3]] for row in sheet.iter_rows(min_row=5, max_row=7)]
    assert values == [["a", 1, 2.5], ["b", None, 4], ["=c", 0, -1]]
    assert "What it shows." in texts(opened(data))


def test_a_picture_without_numbers_is_its_words():
    plain = dataclasses.replace(picture("", (), ()), data=None, text="one\n\ntwo")
    assert {"one", "two"} <= set(texts(opened(export([plain]))))


def test_the_methods_pictures_carry_their_numbers(small):
    cluster = OpenWorkshop(small).cluster("alpha")
    skills = cluster.board("competencies")
    skills.add("technical", "Battery cells", today=1, target=5)
    measures = cluster.board("indicators")
    measures.add("indicators", "Members", unit="firms", baseline=10, target=20, midterm=15)
    actions = cluster.board("action-plan")
    actions.add("actions", "Call", effort=2, impact=5)
    tasks = cluster.board("tasks")
    tasks.add("tasks", "Plan", duration=3)
    trends = cluster.board("trend-radar")
    trends.add("trends", "Hydrogen", segment="Energy", ring="act", influence=5, competence=2)
    needs = cluster.board("needs")
    needs.add("members", "Car maker", weight=1, key_member="yes")
    needs.add("needs", "Test benches", ratings="M1 4")
    outputs = ClusterOutputs(small, small.cluster("alpha"), small.language())
    wanted = {
        ("competencies", "gaps-picture"): ["C1 Battery cells", 1, 5],
        ("indicators", "progress-picture"): [10, 15, 20, 50],
        ("action-plan", "matrix-picture"): ["A1", "Call", 2, 5],
        ("tasks", "gantt"): [0, 3],
        ("needs", "ranking-picture"): [4],
        ("trend-radar", "radar-picture"): ["Energy", 5, 2],
    }
    for (canvas, name), values in wanted.items():
        data = export([outputs.title("Document"), outputs.result(canvas, name)])
        book = opened(data)
        rows = [[c.value for c in row] for row in book.worksheets[1].iter_rows()]
        held = [row for row in rows if all(v in row for v in values if not isinstance(v, str))]
        assert held, (canvas, rows)
        drawn = any("charts/chart" in part for part in parts(data))
        assert drawn == (name != "radar-picture")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_excel_finds_nothing_to_repair(language):
    context = dataclasses.replace(CONTEXT, language=language)
    made = [dataclasses.replace(output, context=context) for output in everything()]
    assert faults(io.BytesIO(export(made, MARKDOWN))) == []


def test_excel_finds_nothing_to_repair_whatever_people_typed():
    rows = [(f"A{n}", text, n / 3) for n, text in enumerate(TEXTS)]
    heads = ("x" * 300, "Half \ud800", "half \ud800")
    odd = [table(*rows, columns=heads)]
    odd += [dataclasses.replace(table(*rows), title=text) for text in TEXTS]
    assert faults(io.BytesIO(export(odd))) == []


@pytest.mark.parametrize(
    ("sign", "instead", "fault"),
    [
        ("<pageMargins", '<dimension ref="A1"/><pageMargins', "out of order"),
        ('location="', 'location="No', "a link goes nowhere"),
        ('<c r="A1"', '<c r="A1" s="999" was', "has no style"),
        (
            "</worksheet>",
            '<drawing xmlns:q="q" q:id="rId99"/></worksheet>',
            "its drawing is missing",
        ),
    ],
)
def test_what_excel_would_repair_is_found(tmp_path, sign, instead, fault):
    whole = parts(export(everything()))
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        for name, text in whole.items():
            if name == "xl/worksheets/sheet1.xml":
                assert sign in text
                archive.writestr(name, text.replace(sign, instead, 1).replace(' was s="', ' t2="'))
            else:
                archive.writestr(name, text)
    assert any(fault in f for f in faults(tmp_path / "x.xlsx"))
