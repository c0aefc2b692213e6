"""What stands in a picture stands in its document in words, too: signs, numbers and names."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import docx
import nbformat
import openpyxl
import pikepdf
import pptx
import pytest
import samples
from filled import DRAWN, RTL, drawn
from tools import bare, run

from clusterlab.documents.docx import HandoutDOCXExporter
from clusterlab.documents.html import HandoutHTMLExporter
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.documents.pptx import HandoutPPTXExporter
from clusterlab.documents.sides import picture_size
from clusterlab.documents.svg_texts import svg_texts
from clusterlab.documents.xlsx import HandoutXLSXExporter
from clusterlab.figures.svg import GREY, Sheet

SVG = "{http://www.w3.org/2000/svg}"
EXPORTERS = {
    "html": HandoutHTMLExporter,
    "pdf": HandoutPDFExporter,
    "pptx": HandoutPPTXExporter,
    "docx": HandoutDOCXExporter,
    "xlsx": HandoutXLSXExporter,
}
TICK = re.compile(r"[–+]?[\d.,]+|[A-Z][a-z]{2} \d+")
each = pytest.mark.parametrize(("canvas", "name"), DRAWN, ids=["-".join(d) for d in DRAWN])


def written(picture):
    """Give the texts in a picture's drawings, without the numbers and days along its axes."""
    for svg in (picture.svg, *picture.more):
        for element in ET.fromstring(svg).iter(f"{SVG}text"):
            text = "".join(element.itertext())
            tick = element.get("fill") == GREY and element.get("font-size") == "7.5"
            if not (tick and TICK.fullmatch(text)):
                yield text


def blank(picture):
    """Take everything out of a picture's drawings."""
    sheets = [picture_size(svg) for svg in (picture.svg, *picture.more)]
    first, *more = (Sheet(across, "x").done(down).svg for across, down in sheets)
    return replace(picture, svg=first, more=tuple(more))


def export(suffix, *outputs):
    title = replace(samples.everything()[0], context=outputs[0].context)
    return EXPORTERS[suffix]().from_notebook_node(samples.notebook([title, *outputs]))[0]


def text_of(suffix, data, folder):
    """Read all text of a document."""
    match suffix:
        case "html":
            return re.sub(r"<(img|title|style)\b[^>]*>|<[^>]*>", " ", data)
        case "pdf":
            file = folder / "picture.pdf"
            file.write_bytes(data)
            return run("pdftotext", "-raw", file, "-")
        case "pptx":
            slides = pptx.Presentation(io.BytesIO(data)).slides
            return "\n".join(s.notes_slide.notes_text_frame.text for s in slides)
        case "docx":
            return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
        case _:
            sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
            rows = (row for sheet in sheets for row in sheet.iter_rows(values_only=True))
            return "\n".join(" ".join("" if c is None else str(c) for c in row) for row in rows)


def plain(text):
    """Write a text as it can be compared: numbers without groups, signs as people type them."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.replace("&lt;", "<").replace("&gt;", ">"))
    return bare(text.replace("&amp;", "&").replace("–", "-"))


def lost(picture, text):
    """Give what stands in a picture, but not in a text: lines, or else words of them."""
    said = plain(text)
    for line in written(picture):
        whole = line.rstrip("…").strip()
        if plain(whole) not in said:
            words = (word.strip(":+") for word in whole.split())
            yield from (word for word in words if plain(word) not in said)


@each
@pytest.mark.parametrize("suffix", EXPORTERS)
def test_every_text_of_a_picture_is_in_its_document_without_the_picture(
    canvas, name, suffix, tmp_path
):
    picture = drawn(canvas, name, 40)
    assert len(set(written(picture))) > 20
    text = text_of(suffix, export(suffix, blank(picture)), tmp_path)
    assert list(lost(picture, text)) == []


@pytest.mark.parametrize("suffix", ["html", "pptx", "docx", "xlsx"])
@pytest.mark.parametrize(("canvas", "name"), [("trend-radar", "radar-picture"), ("tasks", "gantt")])
def test_what_reads_from_the_right_is_there_too(canvas, name, suffix, tmp_path):
    picture = drawn(canvas, name, 12, RTL)
    text = text_of(suffix, export(suffix, blank(picture)), tmp_path)
    assert list(lost(picture, text)) == []


def test_a_text_that_is_lost_is_noticed():
    picture = drawn("trend-radar", "radar-picture", 3)
    assert "Prepare" in set(lost(picture, picture.text.replace("Prepare", "")))
    assert "hollow" not in picture.text


def test_each_part_of_a_picture_says_what_it_shows():
    picture = drawn("tasks", "gantt", 40)
    page = export("html", picture)
    alts = re.findall(r'<img [^>]*alt="([^"]*)"', page)
    count = 1 + len(picture.more)
    assert count > 1
    assert alts[0].startswith(picture.alt)
    assert alts[0].endswith(f"Part 1 of {count}: T0–T29.")
    assert alts[1].startswith("Gantt chart. Part 2 of")
    assert alts[1].endswith("T40.")


def test_a_picture_of_an_earlier_version_still_has_alternative_texts():
    data = drawn("tasks", "gantt", 40).to_json()
    kept = {k: v for k, v in data.items() if k not in {"parts", "legend"}}
    notebook = samples.notebook(samples.everything()[:1])
    bundle = {samples.MIME: kept, "text/plain": "x"}
    output = nbformat.v4.new_output("display_data", data=bundle)
    notebook.cells.append(nbformat.v4.new_code_cell("show()", outputs=[output]))
    for exporter in EXPORTERS.values():
        assert exporter().from_notebook_node(notebook)[0]
    page = HandoutHTMLExporter().from_notebook_node(notebook)[0]
    assert "Gantt chart · continued (2)" in page


FOREIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><!-- x --><text>Sales</text>'
    "<text><tspan>in</tspan> <tspan>2026</tspan></text><text> </text></svg>"
)


def with_foreign(suffix):
    notebook = samples.notebook(samples.everything()[:1])
    output = nbformat.v4.new_output(
        "display_data", data={"image/svg+xml": FOREIGN}, metadata={"alt": "Sales by year"}
    )
    notebook.cells.append(nbformat.v4.new_code_cell("figure", outputs=[output]))
    return EXPORTERS[suffix]().from_notebook_node(notebook)[0]


def test_what_somebody_elses_picture_says_is_in_the_workbook(tmp_path):
    text = text_of("xlsx", with_foreign("xlsx"), tmp_path)
    assert "Sales by year" in text
    assert "in 2026" in text


def test_the_notes_of_a_slide_say_what_somebody_elses_picture_shows(tmp_path):
    assert "Sales by year" in text_of("pptx", with_foreign("pptx"), tmp_path)


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><svg><text>&a;</text></svg>'


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg", ENTITY])
def test_what_cannot_be_read_has_no_texts(data):
    assert svg_texts(data) == []


def test_the_end_of_a_pdf_says_all_pictures_in_words(tmp_path):
    one, two = drawn("needs", "ranking-picture", 12), drawn("swot", "ranking-picture", 12)
    file = tmp_path / "handout.pdf"
    file.write_bytes(export("pdf", one, two))
    pages = run("pdftotext", "-raw", file, "-").rstrip("\f").split("\f")
    (first,) = (n for n, page in enumerate(pages, 1) if "The pictures in words" in page)
    before, _, words = "\f".join(pages).partition("The pictures in words")
    assert words.count("What the signs mean") == 2
    assert f"The same in words: page {first}" in before
    with pikepdf.open(file) as document:
        links = [
            a for page in document.pages for a in page.get("/Annots", ()) if a.Subtype == "/Link"
        ]
    assert len(links) >= 2
