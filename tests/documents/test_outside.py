"""What in a template would fetch something without a relation: fields and old drawings."""

import io

import docx
import pytest
from office import rezipped, zipped
from samples import everything, notebook

from clusterlab.documents.docx import HandoutDOCXExporter
from clusterlab.documents.opc import Package
from clusterlab.documents.outside import closed
from clusterlab.documents.pptx_template import read_template as read_pptx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EVIL = "https://evil.example/pixel.png"


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text):
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def shown(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


PAGE = mark("begin") + code(" PAGE ") + mark("separate") + shown("7") + mark("end")


@pytest.mark.parametrize(
    "written",
    [
        mark("begin") + code(f' INCLUDEPICTURE "{EVIL}" \\d ') + mark("separate") + shown("kept")
        + mark("end"),
        # Programs cut an instruction into runs wherever they like.
        mark("begin") + code(" inclu") + code("dePicture ") + code(f'"{EVIL}"')
        + mark("separate") + shown("kept") + mark("end"),
        mark("begin") + code(f' INCLUDETEXT "{EVIL}" ') + mark("end") + shown("kept"),
        f'<w:fldSimple w:instr=" DDEAUTO cmd &quot;{EVIL}&quot; ">{shown("kept")}</w:fldSimple>',
        f"<w:fldSimple w:instr=' LINK Excel.Sheet.12 \"{EVIL}\" '>{shown('kept')}</w:fldSimple>",
        # Within a field that is harmless, and around one.
        mark("begin") + code(" IF 1 = 1 ") + mark("begin") + code(f' INCLUDEPICTURE "{EVIL}" ')
        + mark("end") + mark("separate") + shown("kept") + mark("end"),
        mark("begin") + code(f' INCLUDEPICTURE "{EVIL}" ') + shown("kept"),
        f'<w:pict><v:shape id="s"><v:imagedata src="{EVIL}" o:title="kept"/></v:shape></w:pict>',
        f'<w:pict><v:rect id="s"><v:fill o:href="{EVIL}" type="frame"/>kept</v:rect></w:pict>',
        f"<w:pict><v:shape id='s'><v:imagedata o:althref='{EVIL}'/>kept</v:shape></w:pict>",
    ],
)  # fmt: skip
def test_what_would_fetch_goes_and_what_shows_stays(written):
    part = f"<w:hdr {W}><w:p>{PAGE}{written}{PAGE}</w:p></w:hdr>".encode()
    found = closed(part)
    assert b"evil.example" not in found
    assert b"kept" in found
    assert found.count(PAGE.encode()) == 2


def test_what_has_to_be_clicked_and_what_lies_inside_stays():
    clicked = f'<v:shape href="{EVIL}" id="s"><v:imagedata src="#inside" r:id="rId1"/></v:shape>'
    link = mark("begin") + code(f' HYPERLINK "{EVIL}" ') + mark("separate") + shown("x")
    part = f"<w:hdr {W}>{clicked}{link}{mark('end')}</w:hdr>".encode()
    assert closed(part) == part


def test_a_document_made_from_such_a_template_fetches_nothing(tmp_path):
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "The Firm Ltd"
    out = io.BytesIO()
    made.save(out)
    parts = zipped(out.getvalue())
    field = mark("begin") + code(f' INCLUDEPICTURE "{EVIL}" ') + mark("separate") + shown("Logo")
    name = next(n for n in parts if n.startswith("word/header"))
    end = f"<w:p>{field}{mark('end')}</w:p></w:hdr>".encode()
    parts[name] = parts[name].replace(b"</w:hdr>", end)
    (tmp_path / "firm.docx").write_bytes(rezipped(parts))
    exporter = HandoutDOCXExporter(template=str(tmp_path / "firm.docx"))
    data, _ = exporter.from_notebook_node(notebook(everything()))
    assert b"evil.example" not in b"".join(zipped(data).values())
    header = docx.Document(io.BytesIO(data)).sections[0].header
    assert [p.text for p in header.paragraphs] == ["The Firm Ltd", "Logo"]


def test_old_drawings_of_a_presentations_master_fetch_nothing():
    import pptx

    out = io.BytesIO()
    pptx.Presentation().save(out)
    package = Package.read(out.getvalue())
    master = "ppt/slideMasters/slideMaster1.xml"
    drawing = f'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="{EVIL}"/></xml>'
    package.defaults["vml"] = "application/vnd.openxmlformats-officedocument.vmlDrawing"
    package.parts["ppt/drawings/old.vml"] = drawing.encode()
    package.relate(master, "vmlDrawing", "ppt/drawings/old.vml")
    template = read_pptx(package.to_bytes(), "firm.pptx")
    assert "ppt/drawings/old.vml" in template.package.parts
    assert not any(b"evil.example" in part for part in template.package.parts.values())
