"""The PDF against the quick checks of accessibility, and the quick checks against broken files."""

import io

import pikepdf
import pytest
from accessible import remarks
from samples import everything, notebook

from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.outputs import Picture

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="700pt" height="300pt" viewBox="0 0 700 300">'
    '<rect width="90" height="60" fill="#0b5563"/><text x="9" y="90">A label</text></svg>'
)
MARKDOWN = (
    "## Remarks\n\n[a link](https://example.org/) and `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
)


def made(outputs, markdown="", **traits):
    data, _ = HandoutPDFExporter(**traits).from_notebook_node(notebook(outputs, markdown))
    return io.BytesIO(data)


@pytest.fixture(scope="module")
def good():
    first = everything()[0]
    picture = Picture(title="A map", alt="One box.", svg=SVG, context=first.context)
    return made([*everything(), picture], MARKDOWN).getvalue()


def test_a_document_of_everything_passes(good):
    assert remarks(io.BytesIO(good)) == []


def nodes(document, tag):
    return [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == tag]


def no_language(document):
    del document.Root.Lang


def no_title(document):
    with document.open_metadata() as metadata:
        del metadata["dc:title"]


def no_standard(document):
    with document.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def file_name_shown(document):
    document.Root.ViewerPreferences.DisplayDocTitle = False


def not_marked(document):
    document.Root.MarkInfo.Marked = False


def no_tree(document):
    del document.Root.StructTreeRoot


def no_alternative_text(document):
    del nodes(document, "/Figure")[0].Alt


def heading_skipped(document):
    nodes(document, "/H3")[0].S = pikepdf.Name.H5


def two_first_headings(document):
    nodes(document, "/H2")[0].S = pikepdf.Name.H1


def late_first_heading(document):
    nodes(document, "/H1")[0].S = pikepdf.Name.H2


def no_headings(document):
    for level in range(1, 7):
        for node in nodes(document, f"/H{level}"):
            node.S = pikepdf.Name.P


def no_table_heads(document):
    for node in nodes(document, "/TH"):
        node.S = pikepdf.Name.TD


def heads_of_nothing(document):
    for node in nodes(document, "/TH"):
        del node.A
        del node.ID


def rows_of_different_lengths(document):
    cell = nodes(document, "/TD")[-1]
    cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, ColSpan=2)


def cells_outside_of_a_table(document):
    for node in nodes(document, "/Table"):
        node.S = pikepdf.Name.Div


def entries_outside_of_a_list(document):
    nodes(document, "/L")[0].S = pikepdf.Name.Div


def drawn_without_a_tag(document):
    document.pages[1].contents_add(b"0 0 10 10 re f")


def not_in_the_tree(document):
    node = nodes(document, "/P")[0]
    node.K = pikepdf.Array([])


def not_on_the_page(document):
    node = next(n for n in nodes(document, "/P") if isinstance(n.K, pikepdf.Array) and "/Pg" in n)
    node.K.append(9999)


def no_order(document):
    del document.pages[0].obj.Tabs


def a_link_without_words(document):
    links = [a for page in document.pages for a in page.obj.get("/Annots", [])]
    del links[0].Contents


BROKEN = {
    no_language: "language",
    no_title: "title",
    no_standard: "standard",
    file_name_shown: "title",
    not_marked: "marked",
    no_tree: "structure",
    no_alternative_text: "figure",
    heading_skipped: "heading",
    two_first_headings: "heading",
    late_first_heading: "heading",
    no_headings: "heading",
    no_table_heads: "table",
    heads_of_nothing: "table",
    rows_of_different_lengths: "table",
    cells_outside_of_a_table: "table",
    entries_outside_of_a_list: "list",
    drawn_without_a_tag: "content",
    not_in_the_tree: "content",
    not_on_the_page: "content",
    no_order: "order",
    a_link_without_words: "link",
}


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda f: f.__name__)
def test_what_is_broken_is_found(break_it, good):
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as document:
        break_it(document)
        document.save(broken)
    assert {remark.partition(":")[0] for remark in remarks(broken)} == {BROKEN[break_it]}
