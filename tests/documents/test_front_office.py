"""Slides and text documents begin and end as the PDF does: logo, facts, words, credits."""

import base64
import dataclasses
import io

import docx
import pptx
import pytest
import samples
from office import PNG, squeezed
from pptx.enum.shapes import MSO_SHAPE_TYPE

from clusterlab.documents.docx import HandoutDOCXExporter
from clusterlab.documents.pptx import HandoutPPTXExporter
from clusterlab.language import load
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.workshop.credits import Credits

LOGO = "data:image/png;base64," + base64.b64encode(PNG).decode()
STATED = Credits(
    "Cluster Agency", "Two & Co.", ('North "Sea" Rail', "Süd\\West"), "Funded by <a> programme."
)


@pytest.fixture
def outputs(small):
    small.settings = dataclasses.replace(small.settings, credits=STATED, starts="2026-11-20")
    return ClusterOutputs(small, small.cluster("alpha"), load("en"))


def handout(outputs):
    opening = dataclasses.replace(outputs.title("Competency map"), logo=LOGO)
    swot = outputs.board("swot", topic="business")
    ends = [outputs.methods("tows", "swot"), outputs.glossary("tows"), outputs.credits()]
    return samples.notebook([opening, outputs.section("SWOT"), swot, *ends])


def slides_of(notebook):
    data, _ = HandoutPPTXExporter(redraw=False).from_notebook_node(notebook)
    return pptx.Presentation(io.BytesIO(data))


def document_of(notebook):
    data, _ = HandoutDOCXExporter(redraw=False).from_notebook_node(notebook)
    return docx.Document(io.BytesIO(data))


def rows_of_slides(presentation, title):
    found = []
    for slide in presentation.slides:
        if slide.shapes.title.text_frame.text.startswith(title):
            tables = [shape.table for shape in slide.shapes if shape.has_table]
            found += [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    return found


def rows_after(document, heading):
    """Give the rows of the tables below a heading of a text document."""
    rows, inside = [], False
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            rows += [[cell.text for cell in row.cells] for row in block.rows] if inside else []
        elif block.style.name.startswith("Heading"):
            inside = block.text == heading
    return rows


@pytest.fixture(params=["pptx", "docx"])
def shown(request, outputs):
    """Rows of the tables below a title, in either format; and the titles that it lists first."""
    notebook = handout(outputs)
    if request.param == "pptx":
        presentation = slides_of(notebook)
        box = next(
            shape
            for slide in presentation.slides
            if slide.shapes.title.text_frame.text == "Contents"
            for shape in slide.shapes
            if not shape.is_placeholder
        )
        listed = [p.text.partition("\t")[0] for p in box.text_frame.paragraphs]
        return lambda title: rows_of_slides(presentation, title), listed
    document = document_of(notebook)
    listed = [
        "".join(e.text or "" for e in link.iter("{*}t"))
        for link in document.element.body.iter("{*}hyperlink")
    ]
    return lambda title: rows_after(document, title), listed


def test_the_words_of_its_methods_are_explained_one_by_one(shown, outputs):
    rows, _ = shown
    found = {tuple(map(squeezed, row)) for row in rows("What the words mean")}
    wanted = [tuple(map(squeezed, row.cells)) for row in outputs.glossary("tows").rows]
    assert len(wanted) > 5
    assert [row for row in wanted if row not in found] == []
    assert ("Term", "Meaning") in found


def test_methods_are_listed_with_their_sources(shown):
    rows, _ = shown
    found = rows("Methods and sources")
    assert [row[1] for row in found] == ["Method", "TOWS strategies", "SWOT"]
    assert "Weihrich" in found[1][3]


def test_who_stands_behind_it_and_its_version_are_said(shown, outputs):
    rows, _ = shown
    credits_ = outputs.credits()
    found = {row[0]: row[1] for row in rows(credits_.title)}
    assert found["Organised by"] == "Cluster Agency"
    assert found["Facilitated by"] == "Two & Co."
    assert found["Partners"] == 'North "Sea" Rail · Süd\\West'
    assert found["Funding"] == "Funded by <a> programme."
    assert credits_.context.version in found["Version"]
    assert "Typst" in found["Tools"]
    assert "November 20, 2026" in found["Workshop"]


def test_all_of_them_are_in_the_contents(shown, outputs):
    _, listed = shown
    # What is below a section the contents of slides leave to the section's own slide.
    assert "SWOT" in listed
    assert outputs.credits().title in listed


def test_a_logo_stands_on_the_first_page_and_says_whose_it_is(outputs):
    notebook = handout(outputs)
    cover = slides_of(notebook).slides[0]
    found = [s for s in cover.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [s._element.nvPicPr.cNvPr.get("descr") for s in found] == ["Alpha Cluster"]
    assert found[0].image.blob == PNG
    document = document_of(notebook)
    first = document.paragraphs[0]._p
    assert [e.get("descr") for e in first.iter("{*}docPr")] == ["Alpha Cluster"]
    assert [s.width > 0 and s.height > 0 for s in document.inline_shapes] == [True]
    titles = [p.text for p in document.paragraphs if p.style.name == "Title"]
    assert titles == ["Competency map"]


@pytest.mark.parametrize("logo", ["data:image/png;base64,%%%", "file:///etc/passwd", "https://x"])
def test_a_logo_that_is_none_is_left_out_of_the_text_document(logo, outputs):
    notebook = samples.notebook([dataclasses.replace(outputs.title("T"), logo=logo)])
    document = document_of(notebook)
    assert not list(document.element.body.iter("{*}drawing"))
    assert squeezed("Alpha Cluster") in squeezed("".join(p.text for p in document.paragraphs))
