"""What the page and the PDF share: levels of headings, directions, what lies on its side, words."""

import dataclasses
import io
import re
from pathlib import Path

import pikepdf
import pytest
import samples
from hostile import Looked
from pages import page
from tools import bare, run

from clusterlab import documents
from clusterlab.documents.drawable import DrawableText
from clusterlab.documents.index import INDEX_WORDS
from clusterlab.documents.pdf import FRAME, HandoutPDFExporter, _value
from clusterlab.documents.reading import read_document
from clusterlab.outputs import Column, Section, Table, Title
from clusterlab.outputs.words import LABELS
from clusterlab.shared import shared

EXPORTER = HandoutPDFExporter()
OPENING, _, SWOT = samples.everything()[:3]
SECTION = Section(title="A section", context=samples.CONTEXT)
# A cover that is alone on its page gets a table of contents with a heading of its own.
TEXT = "Some text."


def pdf(nb):
    return pikepdf.open(io.BytesIO(EXPORTER.from_notebook_node(nb)[0]))


def headings(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from headings(child)
    elif isinstance(node, pikepdf.Dictionary):
        if re.fullmatch(r"/H\d", str(node.get("/S", ""))):
            yield int(str(node.S)[2])
        if "/K" in node:
            yield from headings(node.K)


def levels(nb):
    with pdf(nb) as document:
        return list(headings(document.Root.StructTreeRoot))


@pytest.mark.parametrize(
    "cells",
    [
        [OPENING, TEXT, SECTION, SWOT, "## Remarks", SWOT, "# More", SWOT],
        [OPENING, TEXT, SWOT, "### Deep\n\n###### Deeper", SWOT, SECTION],
        [OPENING, OPENING, SWOT],
        [SWOT, "# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n###### F", SWOT],
    ],
    ids=["mixed", "skipping", "two openings", "deep"],
)
def test_headings_have_the_same_levels_in_both(cells):
    nb = samples.notebook([])
    for cell in cells:
        part = samples.notebook([], cell) if isinstance(cell, str) else samples.notebook([cell])
        nb.cells += part.cells
    found = Looked(page(nb)).headings()
    assert levels(nb) == found
    assert found.count(1) == 1


@pytest.mark.parametrize(("count", "on_side"), [(5, False), (6, True)])
def test_a_table_of_more_than_five_columns_lies_on_its_side(count, on_side):
    columns = tuple(Column(f"c{i}", f"Column {i}") for i in range(count))
    table = Table(title="T", alt="a", context=samples.CONTEXT, kind="k", columns=columns)
    nb = samples.notebook([OPENING, table])
    assert (" page-landscape" in page(nb).split("<body")[1]) == on_side
    with pdf(nb) as document:
        wide = [float(sheet.mediabox[2]) > float(sheet.mediabox[3]) for sheet in document.pages]
    assert any(wide) == on_side


@pytest.mark.parametrize(("tag", "way"), [("he", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr")])
def test_the_direction_of_a_language_is_the_same_in_both(tag, way):
    context = dataclasses.replace(samples.CONTEXT, language=tag)
    nb = samples.notebook([Title(title="T", context=context)])
    assert Looked(page(nb)).every("html")[0]["dir"] == way
    assert _value(read_document(nb), DrawableText())[FRAME]["rtl"] == (way == "rtl")


def test_words_come_from_the_context_else_they_are_english(tmp_path):
    def text(labels):
        context = dataclasses.replace(samples.CONTEXT, labels=labels)
        nb = samples.notebook([dataclasses.replace(OPENING, context=context)])
        file = tmp_path / "handout.pdf"
        file.write_bytes(EXPORTER.from_notebook_node(nb)[0])
        return page(nb), bare(run("pdftotext", "-raw", file, "-"))

    own, paper = text({"version": "Fassung {version}"})
    assert "Fassung 193-3f2c9d1a" in own
    assert bare("Fassung 193-3f2c9d1a") in paper
    assert bare("Page 1 of 1") in paper
    own, paper = text({})
    assert "Version 193-3f2c9d1a" in own
    assert bare("Version 193-3f2c9d1a") in paper


def test_every_word_is_used_and_every_used_word_is_there():
    used = {}
    folder = shared("templates", "documents")
    for file in [*folder.glob("html/*.j2"), *folder.glob("typst/*.typ")]:
        keys = re.findall(
            r"""\blabels\.(\w+)|\blabel\("(\w+)\"""", file.read_text(encoding="utf-8")
        )
        used[file.name] = {one or other for one, other in keys}
    everywhere = set().union(*used.values())
    assert everywhere <= {*LABELS, *INDEX_WORDS}
    # Documents of the office are drawn by modules, which take words by their keys.
    modules = Path(documents.__file__).parent.glob("*.py")
    drawn = "".join(file.read_text(encoding="utf-8") for file in modules)
    assert [k for k in {*LABELS, *INDEX_WORDS} - everywhere if f'"{k}"' not in drawn] == []
    for name, keys in used.items():
        assert name == "index.html.j2" or keys <= set(LABELS), name
    texts = [*LABELS.values(), *INDEX_WORDS.values()]
    assert len(set(texts)) == len(texts)
    assert not set(LABELS) & set(INDEX_WORDS)
