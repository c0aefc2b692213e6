"""A workshop's colours reach every format and every picture."""

import base64
import dataclasses
import re

import pikepdf
import pytest
import samples
from office import zipped
from test_pdf import colours_of

from clusterlab.documents.docx import HandoutDOCXExporter
from clusterlab.documents.html import HandoutHTMLExporter
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.documents.pptx import HandoutPPTXExporter
from clusterlab.documents.xlsx import HandoutXLSXExporter
from clusterlab.figures import TreeChart, TreeNode, draw_tree, recoloured
from clusterlab.figures.svg import SHADES, TEAL, TEAL_TINT
from clusterlab.language import Language
from clusterlab.model.colour import luminance
from clusterlab.outputs import Picture

CHOSEN = {"development": "7a003c", "financing": "1b3a8a"}
USUAL = re.compile(b"(?i)0b5563|8a5300")


def tree():
    nodes = (
        TreeNode("1", 'Our goal is #0b5563, fill="#0b5563"', "", "G1"),
        TreeNode("2", "below", "1", "G2"),
        TreeNode("3", "below that", "2", "G3"),
    )
    return draw_tree(TreeChart("Goals", nodes), Language("en", {}))[0].svg


def drawn(exporter, colours):
    opening, *rest = samples.everything()
    picture = Picture(
        title="Tree", alt="Three goals.", context=samples.CONTEXT, svg=tree(), text="1, 2, 3"
    )
    outputs = [dataclasses.replace(opening, colours=colours), *rest, picture]
    return exporter.from_notebook_node(samples.notebook(outputs))[0]


def test_pictures_change_their_paints_and_never_their_words():
    plain = tree()
    own = recoloured(plain, CHOSEN)
    assert recoloured(plain, {}) == plain
    words = re.compile(">[^<]*<")
    assert words.findall(own) == words.findall(plain)
    assert "#0b5563" in "".join(words.findall(own))
    paints = re.compile('(?:fill|stroke)="(#[0-9a-f]{6})"')
    assert TEAL in paints.findall(plain)
    assert not {TEAL, TEAL_TINT} & set(paints.findall(own))
    # In black and white nothing changes but the two colours themselves.
    for old, new in zip(paints.findall(plain), paints.findall(own), strict=True):
        if old not in {shades[0] for shades in SHADES.values()}:
            assert luminance(new) == pytest.approx(luminance(old), abs=0.01)


def test_a_page_has_them_in_its_style_and_in_its_pictures():
    page = drawn(HandoutHTMLExporter(), CHOSEN)
    assert "--development: #7a003c; --financing: #1b3a8a; --development-tint: #" in page
    assert (
        drawn(HandoutHTMLExporter(), {}).count("--development:") == page.count("--development:") - 1
    )
    assert page.rindex("--development:") > page.index("--development: #0b5563")
    pictures = re.findall(r"data:image/svg\+xml;base64,([^\"]+)", page)
    shown = b"".join(base64.b64decode(found) for found in pictures)
    assert b'fill="#7a003c"' in shown
    assert b'fill="#0b5563"' not in shown


def test_a_pdf_has_them_in_its_pictures(tmp_path):
    file = tmp_path / "x.pdf"
    file.write_bytes(drawn(HandoutPDFExporter(), CHOSEN))
    found = colours_of(file)
    assert (0x7A, 0, 0x3C) in found
    assert not {(0x0B, 0x55, 0x63), (0xD9, 0xEA, 0xEC)} & found
    with pikepdf.open(file) as document:
        assert document.pages


@pytest.mark.parametrize("exporter", [HandoutPPTXExporter, HandoutDOCXExporter])
def test_office_files_have_them_in_their_theme_and_pictures_follow_it(exporter):
    parts = zipped(drawn(exporter(), CHOSEN))
    theme = next(v for k, v in parts.items() if k.endswith("theme1.xml"))
    assert b'<a:accent1><a:srgbClr val="7A003C"/>' in theme
    assert b'<a:accent2><a:srgbClr val="1B3A8A"/>' in theme
    shown = b"".join(v for k, v in parts.items() if re.search(r"slides/slide|document\.xml", k))
    assert b'<a:schemeClr val="accent1"><a:satMod' in shown
    assert not re.search(rb'(?:srgbClr|w:color) (?:w:)?val="(?:0B5563|D9EAEC|8A5300)"', shown)


def test_a_workbook_has_them_in_its_cells_and_charts():
    parts = zipped(drawn(HandoutXLSXExporter(), CHOSEN))
    whole = b"".join(v for k, v in parts.items() if "sheet" not in k and "shared" not in k.lower())
    assert b"FF7A003C" in whole
    assert not USUAL.search(whole)


@pytest.mark.parametrize(
    "exporter",
    [HandoutHTMLExporter, HandoutPPTXExporter, HandoutDOCXExporter, HandoutXLSXExporter],
)
def test_what_cannot_be_read_or_is_no_colour_changes_nothing(exporter):
    usual = drawn(exporter(), {})
    assert drawn(exporter(), {"development": "ffee00", "financing": "x;}</style>"}) == usual
    assert drawn(exporter(), CHOSEN) == drawn(exporter(), CHOSEN)
