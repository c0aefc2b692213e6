"""The first and the last page of a PDF: cover, contents, methods and sources."""

import base64
import dataclasses
import io

import pikepdf
import pytest
from samples import CONTEXT, everything, notebook
from test_pdf import canvas, notes_of
from test_pdf_pictures import png
from tools import bare, run

from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.errors import UnknownNameError
from clusterlab.language import load
from clusterlab.outputs import Section
from clusterlab.outputs.cluster import ClusterOutputs

EXPORTER = HandoutPDFExporter()
OPENING, _, _, _, RECORDS, *_ = everything()
SECTION = Section(title="Goals", text="What will be different.", context=CONTEXT)


def pages(outputs, tmp_path):
    file = tmp_path / "handout.pdf"
    file.write_bytes(EXPORTER.from_notebook_node(notebook(outputs))[0])
    return [bare(page) for page in run("pdftotext", "-raw", file, "-").split("\f")[:-1]]


def test_a_short_handout_begins_below_its_title(tmp_path):
    first, *_ = pages([OPENING, SECTION, RECORDS], tmp_path)
    assert "Contents" not in first
    assert bare("Win 20 new members") in first


def test_a_long_one_has_a_cover_with_contents(tmp_path):
    outputs = [OPENING, *[SECTION, RECORDS] * 8]
    first, second, *_ = pages(outputs, tmp_path)
    assert "Contents" in first
    assert bare("Win 20 new members") not in first
    assert bare("Win 20 new members") in second


@pytest.mark.parametrize(
    ("count", "words", "listed"), [(24, 1, 24), (24, 24, 0), (9, 24, 9), (70, 1, 0)]
)
def test_many_sections_are_listed_beside_each_other_where_there_is_room(
    count, words, listed, tmp_path
):
    parts = [
        dataclasses.replace(SECTION, title=f"Part {n}: " + "goals " * words)
        for n in range(10, 10 + count)
    ]
    first, second, *_ = pages([OPENING, *parts, RECORDS], tmp_path)
    assert bare("Page 1 of") in first
    assert bare("Page 2 of") in second
    assert ("Contents" in first) == bool(listed)
    assert sum(bare(f"Part {n}: goals") in first for n in range(10, 10 + count)) == listed


def test_a_cover_names_the_workshop_once(tmp_path):
    first, second = pages([OPENING, canvas("swot", notes_of(3))], tmp_path)[:2]
    assert first.count(bare(CONTEXT.workshop)) == 1
    assert second.count(bare(CONTEXT.workshop)) == 1


@pytest.mark.parametrize("subtitle", ["Mov'eo", ""])
def test_a_logo_is_drawn_with_the_name_as_its_alternative_text(subtitle):
    address = "data:image/png;base64," + base64.b64encode(png()).decode()
    opening = dataclasses.replace(OPENING, subtitle=subtitle, logo=address)
    data, _ = EXPORTER.from_notebook_node(notebook([opening, canvas("swot", [])]))
    with pikepdf.open(io.BytesIO(data)) as document:
        figures = [
            str(o.Alt)
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
    assert figures == [subtitle or OPENING.title]


def test_a_forged_logo_is_left_out():
    opening = dataclasses.replace(OPENING, logo="file:///etc/passwd")
    data, _ = EXPORTER.from_notebook_node(notebook([opening, canvas("swot", [])]))
    assert data.startswith(b"%PDF")


def test_methods_are_listed_with_their_sources(small):
    outputs = ClusterOutputs(small, small.cluster("alpha"), load("en"))
    table = outputs.methods("swot", "tows")
    assert [row.cells[1] for row in table.rows] == ["SWOT", "TOWS strategies"]
    assert "Weihrich" in table.rows[1].cells[3]
    # Without names: all that the cluster has written on.
    assert [row.cells[1] for row in outputs.methods().rows] == ["SWOT"]
    with pytest.raises(UnknownNameError):
        outputs.methods("swto")


def test_the_days_of_the_workshop_stand_in_the_opening(small):
    outputs = ClusterOutputs(small, small.cluster("alpha"), load("en"))
    assert "Workshop" not in {fact.label for fact in outputs.title("T").facts}
    for days, said in (
        (("2026-11-20", "2026-11-22"), "November 20, 2026 – November 22, 2026"),
        (("2026-11-20", "2026-11-20"), "November 20, 2026"),
    ):
        small.settings = dataclasses.replace(small.settings, starts=days[0], ends=days[1])
        facts = {fact.label: fact.value for fact in outputs.title("T").facts}
        assert facts["Workshop"] == said
