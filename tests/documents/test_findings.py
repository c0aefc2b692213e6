"""Lists of findings: what is told in full, and what is only named."""

import dataclasses
import io

from docx import Document as ReadDocx
from pptx import Presentation
from samples import everything, notebook
from tools import bare, run

from clusterlab.documents.docx import HandoutDOCXExporter
from clusterlab.documents.findings import told
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.documents.pptx import HandoutPPTXExporter
from clusterlab.outputs import FindingGroup
from clusterlab.outputs.words import LABELS


def group(count, notes=None):
    lines = tuple(f"A{n} has no date." for n in range(1, count + 1))
    notes = tuple(f"A{n}" for n in range(1, count + 1)) if notes is None else notes
    return FindingGroup("a", "info", "Note", "Plan", lines, "Say by when.", "", notes)


def said(made):
    return list(told(dataclasses.asdict(made), LABELS))


def test_a_few_are_told_in_full():
    assert said(group(8)) == list(group(8).lines)


def test_of_many_the_rest_is_named():
    assert said(group(9)) == [*group(9).lines[:6], "The same of A7, A8, A9"]


def test_what_is_about_no_note_is_told_in_full():
    assert said(group(9, ())) == list(group(9).lines)
    assert said(group(9, ("",) * 9)) == list(group(9).lines)


def test_a_note_is_named_once():
    assert said(group(10, (*"ABCDEF", "A7", "A7", "A8", "A7")))[-1] == "The same of A7, A8"


def test_a_list_of_an_older_notebook_is_told_in_full():
    made = dataclasses.asdict(group(9))
    del made["notes"]
    assert list(told(made, LABELS)) == list(group(9).lines)


def test_pdf_slides_and_text_name_every_note(tmp_path):
    opening, *_, findings = everything()
    nb = notebook([opening, dataclasses.replace(findings, groups=(group(200),))])
    file = tmp_path / "a.pdf"
    file.write_bytes(HandoutPDFExporter().from_notebook_node(nb)[0])
    deck = Presentation(io.BytesIO(HandoutPPTXExporter().from_notebook_node(nb)[0]))
    tables = [s.table for slide in deck.slides for s in slide.shapes if s.has_table]
    slides = " ".join(cell.text for table in tables for cell in table.iter_cells())
    text = ReadDocx(io.BytesIO(HandoutDOCXExporter().from_notebook_node(nb)[0]))
    written = " ".join(c.text for table in text.tables for row in table.rows for c in row.cells)
    for drawn in (run("pdftotext", "-raw", file, "-"), slides, written):
        assert bare("A6 has no date.") in bare(drawn)
        assert bare("A7 has no date.") not in bare(drawn)
        assert all(f"A{n}" in bare(drawn) for n in range(1, 201))
