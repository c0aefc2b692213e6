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
from clusterlab.errors import DocumentError

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
