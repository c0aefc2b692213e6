"""What can be no template is refused in plain words."""

import io
import zipfile

import docx
import openpyxl
import pptx
import pytest

from clusterlab.documents.docx_template import read_template as read_docx
from clusterlab.documents.pptx_template import read_template as read_pptx
from clusterlab.documents.template_file import check_template
from clusterlab.errors import DocumentError

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved(thing):
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def changed(data, *pairs):
    """Give a package with something else said in all of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            body = archive.read(name)
            for old, new in pairs:
                body = body.replace(old, new)
            made.writestr(name, body)
    return out.getvalue()


PRESENTATION, DOCUMENT = saved(pptx.Presentation()), saved(docx.Document())
PPT = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (DOCUMENT, "pptx", "a text document, but has to be a presentation"),
        (PRESENTATION, "docx", "a presentation, but has to be a text document"),
        (saved(openpyxl.Workbook()), "docx", "a workbook, but"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "docx", "protected by a password"),
        (OLD + b"PowerPoint Document", "pptx", r"before 2007.*save it as \.pptx"),
        (b"", "pptx", "damaged"),
        (PRESENTATION[: len(PRESENTATION) // 2], "pptx", "damaged"),
        (b"%PDF-1.7", "docx", "damaged or no file of the office"),
        (
            changed(
                PRESENTATION,
                (
                    b"http://schemas.openxmlformats.org/presentationml/2006/main",
                    b"http://purl.oclc.org/ooxml/presentationml/main",
                ),
            ),
            "pptx",
            "Strict Open XML",
        ),
    ],
)
def test_what_is_no_template_is_named_for_what_it_is(data, kind, said):
    with pytest.raises(DocumentError, match=said) as refused:
        check_template(data, "firm.x", kind)
    assert "firm.x" in str(refused.value)


def test_an_archive_of_something_else_is_no_file_of_the_office():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(DocumentError, match="no file of the office"):
        check_template(out.getvalue(), "x.pptx", "pptx")


@pytest.mark.parametrize(
    ("old", "new", "data", "read"),
    [
        (PPT, b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", PRESENTATION,
         lambda d: read_pptx(d, "firm.pptm")),
        (PPT, b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml", PRESENTATION,
         lambda d: read_pptx(d, "firm.potm")),
        (WORD, b"application/vnd.ms-word.document.macroEnabled.main+xml", DOCUMENT,
         lambda d: read_docx(d, "firm.docm", "en")),
        (WORD, b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", DOCUMENT,
         lambda d: read_docx(d, "firm.dotm", "en")),
    ],
)  # fmt: skip
def test_of_a_file_with_macros_the_macros_stay_behind(old, new, data, read):
    template = read(changed(data, (old, new)))
    assert template.package.overrides
    assert not [kind for kind in template.package.overrides.values() if "macro" in kind.lower()]
