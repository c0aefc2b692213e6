"""PDFs against veraPDF's profile of PDF/UA-1, and against our own quick checks."""

import dataclasses

import pikepdf
import pytest
from accessible import remarks
from filled import drawn
from samples import CONTEXT, everything, notebook
from test_accessible import BROKEN, MARKDOWN, SVG
from test_pdf import HOSTILE, canvas, notes_of
from verapdf import faulty

from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.outputs import Column, Fact, Picture, Row, Title

ARABIC = dataclasses.replace(CONTEXT, language="ar-EG", cluster_name="تجمع السيارات")
GERMAN = (
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik",
    "Rechtsschutzversicherungsgesellschaften befragen",
    "Wettbewerbsfähigkeitssteigerungsmaßnahmenkatalog",
)


def table(columns, rows):
    base = next(o for o in everything() if o.type == "table")
    row = base.rows[0]
    made = [Column("spoken", "No."), Column("text", "Maßnahme", wide=True)]
    made += [Column(f"c{n}", GERMAN[n % 3][: 12 + 3 * n]) for n in range(columns)]
    cells = [(f"A{n}", GERMAN[n % 3], *["ja"] * columns) for n in range(rows)]
    drawn = tuple(Row(dataclasses.replace(row.item, text=c[1]), c) for c in cells)
    return dataclasses.replace(base, columns=tuple(made), rows=drawn)


def in_context(outputs, context):
    return [dataclasses.replace(o, context=context) for o in outputs]


def documents():
    opening = everything()[0]
    flat = Picture(title="A map", alt="One box.", svg=SVG, context=CONTEXT)
    upright = dataclasses.replace(flat, svg=SVG.replace('width="700pt"', 'width="200pt"'))
    arabic = Title(title="خريطة الكفاءات", context=ARABIC, facts=(Fact("الأعضاء", "٢٠٠"),))
    yield "everything", [*everything(), flat], MARKDOWN
    yield "pictures", [opening, flat, upright, dataclasses.replace(flat, more=(SVG, SVG))], ""
    words = [drawn("trend-radar", "radar-picture", 40), drawn("tasks", "gantt", 40)]
    yield "pictures in words", [opening, *words], ""
    yield "hostile", [opening, canvas("swot", HOSTILE)], "\n\n".join(HOSTILE)
    yield "from the right", [arabic, *in_context([canvas("swot", ["ميزة", "a"])], ARABIC)], MARKDOWN
    yield "right to left, everything", [arabic, *in_context(everything()[1:], ARABIC)], MARKDOWN
    for count in (0, 40, 200):
        yield f"canvas of {count}", [opening, canvas("business-model-cluster", notes_of(count))], ""
        yield f"table of {count}", [opening, table(12, count), table(3, count)], ""
    yield "German", [opening, canvas("swot", GERMAN * 4), table(24, 5)], "## " + GERMAN[0]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    place = tmp_path_factory.mktemp("pdf")
    exporters = {paper: HandoutPDFExporter(paper=paper) for paper in ("a4", "a3")}
    for name, outputs, markdown in documents():
        for paper, exporter in exporters.items():
            data, _ = exporter.from_notebook_node(notebook(outputs, markdown))
            (place / f"{name}, {paper}.pdf").write_bytes(data)
    return sorted(place.iterdir())


def test_documents_of_all_kinds_pass_the_reference_validator(files):
    assert len(files) == 26
    assert faulty(files) == {}


def test_they_pass_the_quick_checks(files):
    assert {file.name: found for file in files if (found := remarks(file))} == {}


def test_every_document_of_the_sample_passes(demo):
    made = sorted((demo[0] / "handouts").rglob("*.pdf"))
    assert len(made) == 15 * 4
    assert faulty(made) == {}
    for file in (demo[0] / "handouts" / "moveo").rglob("*.pdf"):
        assert remarks(file) == [], file


def test_the_reference_validator_finds_what_is_broken(files, tmp_path):
    good = next(file for file in files if file.name.startswith("everything"))
    broken = []
    for break_it in BROKEN:
        broken.append(tmp_path / f"{break_it.__name__}.pdf")
        with pikepdf.open(good) as document:
            break_it(document)
            document.save(broken[-1])
    found = faulty(broken)
    # It takes the tree as it is, and a table without heads as one that needs none.
    assert {file.stem for file in broken if str(file) not in found} == {
        "no_headings",
        "no_table_heads",
        "not_in_the_tree",
        "not_on_the_page",
        "two_first_headings",
    }
