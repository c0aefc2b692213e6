"""Pictures in the PDF."""

import base64
import io
import struct
import zlib

import nbformat
import pikepdf
import pytest
from samples import everything, notebook

from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.documents.sides import lies_on_side
from clusterlab.errors import DocumentError
from clusterlab.figures.svg import Sheet
from clusterlab.outputs import Context, Picture

EXPORTER = HandoutPDFExporter()


def png():
    """Make a picture of one dot."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def with_picture(mime, data, metadata):
    nb = notebook(everything()[:1])
    output = nbformat.v4.new_output("display_data", data={mime: data}, metadata=metadata)
    nb.cells.append(nbformat.v4.new_code_cell("figure", outputs=[output]))
    return nb


@pytest.mark.parametrize(
    ("mime", "data"),
    [
        ("image/png", base64.b64encode(png()).decode()),
        (
            "image/svg+xml",
            (
                '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">'
                '<script>alert(1)</script><image href="file:///etc/passwd" width="9" height="9"/>'
                '<rect width="90" height="60" fill="#0b5563"/></svg>'
            ),
        ),
    ],
)
def test_pictures_carry_their_alternative_text(mime, data):
    nb = with_picture(mime, data, {"alt": "A dark rectangle"})
    made, _ = EXPORTER.from_notebook_node(nb)
    with pikepdf.open(io.BytesIO(made)) as document:
        figures = [
            o
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
        assert [str(f.Alt) for f in figures] == ["A dark rectangle"]


def test_a_picture_without_alternative_text_is_refused():
    with pytest.raises(DocumentError, match="alternative text"):
        EXPORTER.from_notebook_node(with_picture("image/png", "", {}))


def test_a_broken_picture_is_refused_in_words():
    nb = with_picture("image/png", base64.b64encode(b"no picture").decode(), {"alt": "x"})
    with pytest.raises(DocumentError, match="could not be drawn"):
        EXPORTER.from_notebook_node(nb)


def svg_of(width, height, text=""):
    size = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><text y="20">{text}</text></svg>'


def drawn(svg):
    picture = Picture(title="P", alt="A picture", svg=svg, context=Context("en"))
    made, resources = EXPORTER.from_notebook_node(notebook([*everything()[:1], picture]))
    with pikepdf.open(io.BytesIO(made)) as document:
        boxes = [[float(v) for v in page.mediabox] for page in document.pages]
    return [box[2] > box[3] for box in boxes], resources["replaced"]


def test_a_picture_that_no_font_draws_whole_does_not_stop_the_document():
    assert drawn(svg_of(300, 200, "漢字 → 😀 é"))[1] == ["字", "漢", "😀"]


@pytest.mark.parametrize(
    ("size", "on_side"),
    [
        ((751, 390), True),
        ((504, 600), False),
        ((300, 200), False),
        ((751, 1900), False),
        ((0, 0), False),
    ],
)
def test_a_picture_has_the_page_on_which_it_is_larger(size, on_side):
    assert lies_on_side(svg_of(*size)) is on_side
    if size[0]:
        assert any(drawn(svg_of(*size))[0]) is on_side


@pytest.mark.parametrize("svg", ["", "no picture", "<svg", '<svg width="9e9pt" height="x">'])
def test_what_says_no_size_stays_upright(svg):
    assert not lies_on_side(svg)


def test_a_line_in_two_scripts_keeps_its_letters():
    sheet = Sheet(300, "t")
    sheet.text(10, 20, "M4 يثق الأعضاء في… (G2)", bold=True)
    sheet.text(10, 40, "Call שלום now ✓")
    made, replaced = drawn(sheet.done(60).svg)
    assert made
    assert replaced == []


def test_a_picture_on_which_the_drawing_gives_up_is_refused_in_words():
    whole = '<tspan font-family="Noto Sans">\u2067{}…\u2069</tspan>'
    broken = whole.format('<tspan font-family="Noto Sans Arabic">الأعضاء</tspan>')
    with pytest.raises(DocumentError, match="could not be drawn"):
        drawn(svg_of(300, 200, broken))
    assert drawn(svg_of(300, 200, "fine"))[1] == []
