"""No document is written without title, language and alternative text, in any of the formats.

And what is written says them: each check is held against a file that lacks what it looks for.
"""

import dataclasses
import io
import re
import subprocess
import sys

import nbformat
import pikepdf
import pytest
import samples
from nbconvert.exporters import get_exporter
from office import PNG, rezipped, zipped
from test_pptx import bars, picture_cell
from told import lacks

from clusterlab.errors import DocumentError
from clusterlab.outputs import Data

FORMATS = ("html", "pdf", "pptx", "docx", "xlsx")
EXPORTERS = {suffix: get_exporter(f"handout_{suffix}") for suffix in FORMATS}


def write(suffix, notebook):
    return EXPORTERS[suffix](redraw=False).from_notebook_node(notebook)[0]


def notebook():
    data = Data(("Which", "How fast"), (("Fast", 3.0), ("Slow", 1.0)), "bars", (1,))
    made = samples.notebook([*samples.everything(), dataclasses.replace(bars(), data=data)])
    made.cells.append(picture_cell("image/png", PNG, "A dot"))
    return made


def no_title(made):
    for cell in made.cells:
        for output in cell.get("outputs", ()):
            for data in output.data.values():
                if isinstance(data, dict) and data.get("type") == "title":
                    data["title"] = " "


def no_title_of_an_output(made):
    made.cells[2].outputs[0].data[samples.MIME]["title"] = ""


def no_language(made):
    for cell in made.cells:
        for output in cell.get("outputs", ()):
            if samples.MIME in output.data:
                output.data[samples.MIME]["context"]["language"] = ""


def no_alternative_text(made):
    made.cells[2].outputs[0].data[samples.MIME]["alt"] = "\n"


def no_alternative_text_of_a_drawing(made):
    made.cells[-2].outputs[0].data[samples.MIME]["alt"] = ""


def no_alternative_text_of_a_picture(made):
    made.cells[-1].outputs[0].metadata.clear()


def no_alternative_text_in_markdown(made):
    made.cells.append(nbformat.v4.new_markdown_cell("![](picture.png)"))


REFUSED = {
    no_title: "no title",
    no_title_of_an_output: "no title",
    no_language: "does not say its language",
    no_alternative_text: "no alternative text",
    no_alternative_text_of_a_drawing: "no alternative text",
    no_alternative_text_of_a_picture: "no alternative text",
    no_alternative_text_in_markdown: "no alternative text",
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("break_it", REFUSED, ids=lambda f: f.__name__)
def test_without_them_nothing_is_written(break_it, suffix):
    made = notebook()
    break_it(made)
    with pytest.raises(DocumentError, match=REFUSED[break_it]):
        write(suffix, made)


@pytest.fixture(scope="module")
def files():
    return {suffix: write(suffix, notebook()) for suffix in FORMATS}


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_written_says_them(suffix, files):
    assert lacks(files[suffix], suffix) == set()


def changed(data, name, pattern, by=b""):
    """Change a part of a package once, and see to it that something was changed."""
    parts = zipped(data)
    part = next(n for n in parts if re.fullmatch(name, n) and re.search(pattern, parts[n]))
    parts[part] = re.sub(pattern, by, parts[part], count=1)
    return rezipped(parts)


def of_pdf(change):
    def broken(data):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as document:
            change(document)
            document.save(out)
        return out.getvalue()

    return broken


def of_page(pattern, by=""):
    return lambda text: re.sub(pattern, by, text, count=1)


def of_core(tag):
    return lambda data: changed(data, r"docProps/core\.xml", rf"<dc:{tag}>[^<]*".encode(),
                                f"<dc:{tag}>".encode())  # fmt: skip


def of_part(name, pattern, by=b""):
    return lambda data: changed(data, name, pattern, by)


def pdf_without_title(document):
    with document.open_metadata() as metadata:
        del metadata["dc:title"]


def pdf_without_language(document):
    del document.Root.Lang


def pdf_without_alternative_text(document):
    found = (o for o in document.objects if isinstance(o, pikepdf.Dictionary))
    del next(o for o in found if o.get("/S") == "/Figure").Alt


SLIDE, DRAWING = r"ppt/slides/slide\d+\.xml", r"xl/drawings/drawing\d+\.xml"
BROKEN = [
    ("html", "title", of_page("<title>[^<]*")),
    ("html", "language", of_page('(<html[^>]*?) lang="[^"]*"', r"\1")),
    ("html", "alt", of_page('alt="Two bars."', 'alt=""')),
    ("html", "alt", of_page('alt="A dot"')),
    ("pdf", "title", of_pdf(pdf_without_title)),
    ("pdf", "language", of_pdf(pdf_without_language)),
    ("pdf", "alt", of_pdf(pdf_without_alternative_text)),
    ("pptx", "title", of_core("title")),
    ("pptx", "language", of_core("language")),
    ("pptx", "language", of_part(SLIDE, rb'(<a:rPr) lang="[^"]*"', rb"\1")),
    ("pptx", "alt", of_part(SLIDE, b'descr="Two bars."')),
    ("pptx", "alt", of_part(SLIDE, b'descr="A dot"', b'descr=" "')),
    ("pptx", "alt", of_part(SLIDE, b'descr="1 action."')),
    ("docx", "title", of_core("title")),
    ("docx", "language", of_core("language")),
    ("docx", "language", of_part(r"word/styles\.xml", rb"<w:lang [^>]*/>")),
    ("docx", "alt", of_part(r"word/document\.xml", b'descr="Two bars."')),
    ("docx", "alt", of_part(r"word/document\.xml", b'descr="A dot"', b'descr=""')),
    ("docx", "alt", of_part(r"word/document\.xml", rb"<w:tblDescription [^>]*/>")),
    ("xlsx", "title", of_core("title")),
    ("xlsx", "language", of_core("language")),
    ("xlsx", "alt", of_part(DRAWING, b'descr="A dot"')),
    ("xlsx", "alt", of_part(DRAWING, b'descr="(?!A dot)[^"]+"', b'descr=""')),
    ("xlsx", "alt", of_part(r"xl/tables/table\d+\.xml", rb'altTextSummary="[^"]*"')),
]


@pytest.mark.parametrize(("suffix", "missing", "break_it"), BROKEN)
def test_a_file_without_them_is_found(suffix, missing, break_it, files):
    broken = break_it(files[suffix])
    assert broken != files[suffix]
    assert lacks(broken, suffix) == {missing}


def test_the_command_of_nbconvert_finds_an_exporter_by_its_name(tmp_path):
    file = tmp_path / "handout.ipynb"
    nbformat.write(notebook(), file)
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "handout_pptx", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert lacks(file.with_suffix(".pptx").read_bytes(), "pptx") == set()


def test_the_exporters_are_offered_under_names_that_people_understand():
    said = {EXPORTERS[suffix].export_from_notebook for suffix in FORMATS}
    assert len(said) == len(FORMATS)
    assert all(name.startswith("Handout ") for name in said)
