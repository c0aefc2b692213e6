import dataclasses
import io
import itertools
import re

import docx
import hostile
import pages
import pytest
import samples
from docx.shared import RGBColor
from lxml import etree
from office import (
    PNG,
    WORDS,
    everything,
    in_language,
    labelled,
    many,
    related,
    rezipped,
    squeezed,
    to_pdf,
    zipped,
)
from test_pdf import canvas, notes_of
from test_pptx import bars, picture_cell

from clusterlab.documents.docx import HandoutDOCXExporter
from clusterlab.documents.docx_template import read_template
from clusterlab.errors import DocumentError
from clusterlab.figures.text import width
from clusterlab.outputs import Column

__all__ = ["to_pdf"]
EXPORTER = HandoutDOCXExporter()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def drawn(nb, exporter=EXPORTER):
    return exporter.from_notebook_node(nb)[0]


def opened(data):
    return docx.Document(io.BytesIO(data))


def all_text(document):
    """What stands in paragraphs and cells, as the library reads it."""
    found = [p.text for p in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    return squeezed("\n".join(found))


def styles_of(document):
    return [p.style.name for p in document.paragraphs]


@pytest.fixture(scope="module")
def sample():
    return opened(drawn(everything()))


def test_everything_is_read_back(sample):
    text = all_text(sample)
    for words in WORDS:
        assert squeezed(words) in text, words


def test_headings_are_styles_in_order(sample):
    levels = [int(n[-1]) for n in styles_of(sample) if re.fullmatch(r"Heading \d", n)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert styles_of(sample).count("Title") == 1


def test_notes_are_lists(sample):
    by_text = {p.text: p for p in sample.paragraphs}
    quarter = next(
        c for t in sample.tables for r in t.rows for c in r.cells if "Strong cash" in c.text
    )
    note = quarter.paragraphs[0]
    assert note.text == "S1\u2002Strong cash flow lets us invest"
    assert note._p.pPr.numPr.numId.val > 0
    listed = opened(drawn(many("business-model-cluster", 5)))
    found = next(p for p in listed.paragraphs if "Note 0:" in p.text)
    assert found.style.name == "List Bullet"
    assert found._p.pPr.numPr.numId.val > 0
    third = by_text["third"]
    assert third.style.name == "List Number"
    numbers = etree.fromstring(zipped(drawn(everything()))["word/numbering.xml"])
    found = [n for n in numbers if n.get(f"{W}numId") == str(third._p.pPr.numPr.numId.val)]
    assert found[0].find(f".//{W}startOverride").get(f"{W}val") == "3"


def test_a_canvas_of_few_columns_is_the_table_that_people_know(sample):
    swot = [
        [cell.text for cell in row.cells]
        for table in sample.tables
        if ("Strengths" in table.rows[0].cells[0].text and "×" not in table.rows[0].cells[0].text)
        or "Opportunities" in table.rows[0].cells[0].text
        for row in table.rows
    ]
    assert [len(row) for row in swot] == [2, 2, 2, 2]
    assert ["Weaknesses" in swot[0][1], "Threats" in swot[2][1]] == [True, True]
    assert "Membership fees" in swot[1][1]
    assert "Regions may fund less" in swot[3][1]
    # One that nobody has written on has room to write.
    blank = opened(drawn(many("swot", 0)))
    heights = [row.height for table in blank.tables for row in table.rows if row.height]
    assert len(heights) == 2
    assert min(heights).pt > 100
    # With boxes over several rows, or very many notes, lists read better.
    for kind, count in (("business-model-cluster", 5), ("swot", 200)):
        long = opened(drawn(many(kind, count)))
        assert sum("Note " in p.text for p in long.paragraphs) == count, kind


def test_tables_have_headers_that_come_again_and_are_described(sample):
    assert len(sample.tables) >= 5
    for table in sample.tables:
        properties = table._tbl.tblPr
        assert properties.find(f"{W}tblDescription").get(f"{W}val").strip()
        first_row, look = table.rows[0]._tr, properties.find(f"{W}tblLook")
        header = first_row.trPr is not None and first_row.trPr.find(f"{W}tblHeader") is not None
        assert header or look.get(f"{W}firstColumn") == "1"
    plan = next(t for t in sample.tables if t.rows[0].cells[0].text == "No.")
    assert [c.text for c in plan.rows[0].cells] == ["No.", "Action", "Responsible", "Deadline"]
    captions = [p.text for p in sample.paragraphs if p.style.name == "Caption"]
    assert captions[0] == "Table 1. Action plan"


def test_the_last_three_rows_of_a_table_stay_on_one_page():
    table = next(o for o in samples.everything() if o.type == "table")
    long = dataclasses.replace(table, rows=table.rows * 40)
    document = opened(drawn(samples.notebook([samples.everything()[0], long])))
    rows = next(t for t in document.tables if t.rows[0].cells[0].text == "No.").rows
    kept = [
        all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
        for row in rows
    ]
    assert [n for n, keep in enumerate(kept) if keep] == [0, 38, 39]


def test_the_contents_are_filled_and_lead_somewhere(sample):
    data = zipped(drawn(everything()))
    root = etree.fromstring(data["word/document.xml"])
    places = {b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")}
    links = [h for h in root.iter(f"{W}hyperlink") if h.get(f"{W}anchor")]
    assert {h.get(f"{W}anchor") for h in links} == places
    words = ["".join(h.itertext()) for h in links]
    assert "Step 2: SWOT" in words
    assert "SWOT · Business model and internal management" in words
    # Updating it brings the numbers of pages; opening the file asks nothing.
    assert b' TOC \\o "1-2" \\h ' in data["word/document.xml"]
    assert b"updateFields" not in data["word/settings.xml"]
    assert b"w:dirty" not in data["word/document.xml"]


def test_headers_and_footers_name_cluster_workshop_date_version_and_page(sample):
    section = sample.sections[-1]
    head = section.header.paragraphs[0].text
    assert "Mov'eo" in head
    assert "Competency maps of mobility clusters" in head
    foot = section.footer.paragraphs[0]
    assert "20 November 2026" in foot.text
    assert "Version 193-3f2c9d1a" in foot.text
    fields = re.findall(r"instrText[^>]*> (\w+) ", foot._p.xml)
    assert fields == ["PAGE", "NUMPAGES"]


def test_language_and_properties_and_no_author(sample):
    core = sample.core_properties
    assert (core.title, core.language) == ("Competency map", "en")
    assert not core.author
    assert not core.last_modified_by
    assert b'w:lang w:val="en-US"' in zipped(drawn(everything()))["word/styles.xml"]


def test_same_inputs_same_bytes():
    once = drawn(everything(), HandoutDOCXExporter())
    drawn(many("swot", 5))
    assert drawn(everything()) == once


@pytest.mark.parametrize("count", [0, 5, 40, 200])
def test_every_note_is_there(count):
    text = all_text(opened(drawn(many("business-model-cluster", count))))
    assert [n for n in notes_of(count) if squeezed(n) not in text] == []


def test_wide_tables_lie_on_their_side_with_what_heads_them():
    opening, section, *_ = samples.everything()
    table = next(o for o in samples.everything() if o.type == "table")
    columns = [*table.columns[:2], *(Column(f"c{n}", f"Column {n}") for n in range(6))]
    row = dataclasses.replace(table.rows[0], cells=("A1", "Call", *["Responsibilities"] * 6))
    wide = dataclasses.replace(table, columns=tuple(columns), rows=(row,))
    document = opened(drawn(samples.notebook([opening, samples.swot(), section, wide])))
    sizes = [s.page_width > s.page_height for s in document.sections]
    assert sizes == [False, True]
    body = list(document.element.body)
    turn = next(i for i, e in enumerate(body) if e.find(f"{W}pPr/{W}sectPr") is not None)
    assert section.title in "".join("".join(e.itertext()) for e in body[turn + 1 :])


def test_pictures_are_described_and_their_words_stand_as_text():
    nb = samples.notebook([samples.everything()[0], bars()])
    nb.cells += [
        picture_cell("image/png", PNG, "A dot"),
        picture_cell("image/svg+xml", "<svg", "Broken"),
    ]
    document = opened(drawn(nb))
    root = document.element
    names = [e.get("descr") for e in root.iter("{*}docPr")]
    assert names == ["Two bars.", "A dot"]
    text = all_text(document)
    assert squeezed("Fast & <safe>: 3") in text
    assert "Broken" in text
    assert "Figure1.Howfast" in text


def test_hostile_text_is_text():
    data = drawn(pages.hostile_notebook())
    text = all_text(opened(data))
    for words in hostile.TEXTS:
        assert hostile.squeezed(words) in hostile.squeezed(text), words
    for name, part in zipped(data).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
        if name.endswith(".rels"):
            targets = re.findall(rb'Target="([^"]*)" TargetMode="External"', part)
            assert all(t.startswith(b"https://good.example/") for t in targets), targets


@pytest.mark.parametrize("missing", ["title", "language", "alt"])
def test_without_title_language_or_alternative_text_nothing_is_written(missing):
    output = samples.swot()
    if missing == "language":
        context = dataclasses.replace(output.context, language="")
        output = dataclasses.replace(output, context=context)
    else:
        output = dataclasses.replace(output, **{missing: ""})
    with pytest.raises(DocumentError):
        drawn(samples.notebook([output]))


def test_documents_that_read_from_the_right_are_turned():
    arabic = samples.swot({"strengths": ["نحن نعرف أعضاءنا"], "weaknesses": []})
    outputs = in_language([samples.everything()[0], arabic, samples.everything()[5]], "ar")
    document = opened(drawn(samples.notebook(outputs)))
    note = next(p for p in document.paragraphs if "نحن" in p.text)
    assert note._p.pPr.find(f"{W}bidi") is not None
    assert all(t._tbl.tblPr.find(f"{W}bidiVisual") is not None for t in document.tables)
    # What is written from the left begins on the same side, too: titles, and all of the contents.
    title = next(p for p in document.paragraphs if p.style.name == "Title")
    assert title._p.pPr.find(f"{W}jc").get(f"{W}val") == "right"
    listed = [
        p
        for p in document.element.body.iter(f"{W}p")
        if p.pPr is not None and p.pPr.pStyle is not None and p.pPr.pStyle.val.startswith("TOC")
    ]
    assert len(listed) > 2
    assert all(p.pPr.find(f"{W}bidi") is not None for p in listed)


def test_ids_far_down_a_long_table_are_not_broken():
    table = next(o for o in samples.everything() if o.type == "table")
    rows = tuple(
        dataclasses.replace(table.rows[0], cells=(f"A{n}", "Call every member " * 9, "Us", "2027"))
        for n in range(120)
    )
    long = dataclasses.replace(table, rows=rows)
    widths = []
    for shown in (dataclasses.replace(table, rows=rows[:10]), long):
        document = opened(drawn(samples.notebook([samples.everything()[0], shown])))
        found = next(t for t in document.tables if t.rows[0].cells[0].text == "No.")
        widths.append(found.rows[0].cells[0].width.pt)
    assert widths[1] > widths[0]
    assert widths[1] > width("A119", 9.0, bold=True) + 10


@pytest.fixture
def corporate(tmp_path):
    """A firm's letter: its own styles, fonts, colours, header and a text that must go."""
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Georgia"
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x7A, 0x00, 0x3C)
    document.styles["Normal"].font.name = "Georgia"
    document.sections[0].header.paragraphs[0].text = "The Firm Ltd"
    document.add_paragraph("Old words of the firm")
    document.add_picture(io.BytesIO(PNG))
    document.core_properties.author = "Somebody"
    file = tmp_path / "corporate.docx"
    document.save(file)
    return file


def test_a_firms_template_keeps_styles_header_and_page(corporate):
    data = drawn(everything(), HandoutDOCXExporter(template=str(corporate)))
    document = opened(data)
    text = all_text(document)
    assert "Oldwordsofthefirm" not in text
    assert "Strongcashflowletsusinvest" in text
    heading = document.styles["Heading 1"]
    assert heading.font.name == "Georgia"
    assert heading.font.color.rgb == RGBColor(0x7A, 0x00, 0x3C)
    assert document.sections[0].header.paragraphs[0].text == "The Firm Ltd"
    original = docx.Document(str(corporate))
    assert document.sections[0].page_width == original.sections[0].page_width
    parts = zipped(data)
    assert b"Somebody" not in b"".join(parts.values())
    assert not [n for n in parts if n.startswith("word/media/")]
    assert {"Title", "Heading 1", "List Bullet", "Caption"} <= set(styles_of(document))


def test_what_a_template_would_fetch_or_ask_is_left_out(corporate, tmp_path):
    import zipfile

    parts = zipped(corporate.read_bytes())
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"</w:settings>",
        b'<w:updateFields w:val="true"/><w:attachedTemplate r:id="rId9" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></w:settings>',
    )
    parts["word/_rels/settings.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="https://evil.example/x.dotm" '
        b'TargetMode="External"/></Relationships>'
    )
    file = tmp_path / "firm.dotx"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"document.main+xml", b"template.main+xml"))
    made = zipped(drawn(everything(), HandoutDOCXExporter(template=str(file))))
    whole = b"".join(made.values())
    assert b"evil.example" not in whole
    assert b"updateFields" not in whole
    assert b"template.main" not in whole
    opened(drawn(everything(), HandoutDOCXExporter(template=str(file))))


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04 cut"])
def test_a_broken_template_is_refused_with_a_sentence(data, tmp_path):
    file = tmp_path / "broken.docx"
    file.write_bytes(data)
    with pytest.raises(DocumentError, match=r"broken\.docx"):
        drawn(everything(), HandoutDOCXExporter(template=str(file)))
    with pytest.raises(DocumentError, match=r"absent\.docx"):
        drawn(everything(), HandoutDOCXExporter(template=str(tmp_path / "absent.docx")))


def test_libreoffice_shows_every_note(to_pdf):
    outputs = [*samples.everything(), bars(), canvas("swot", notes_of(40))]
    text = squeezed("".join(to_pdf(drawn(samples.notebook(outputs)), "docx")))
    for words in ("Callevery", "Fast&<safe>:3", "Slow", "end39", "Page2of"):
        assert words in text, words


LANG = '<w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault>'
GERMAN, ARABIC = 'w:val="de-DE"', 'w:bidi="ar-SA"'
JAPANESE = 'w:eastAsia="ja-JP" w:val="en-US"'
PARAGRAPHS = "<w:pPrDefault><w:pPr/></w:pPrDefault>"


@pytest.mark.parametrize(
    ("defaults", "said"),
    [
        ("", LANG),
        ("<w:docDefaults/>", LANG),
        (f"<w:docDefaults>{PARAGRAPHS}</w:docDefaults>", LANG + PARAGRAPHS),
        (f"<w:docDefaults><w:rPrDefault/>{PARAGRAPHS}</w:docDefaults>", LANG + PARAGRAPHS),
        (
            "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>",
            LANG.replace("<w:lang", "<w:b/><w:lang"),
        ),
        (
            f"<w:docDefaults>{LANG.replace(GERMAN, ARABIC)}</w:docDefaults>",
            LANG.replace('"/>', '" w:bidi="ar-SA"/>', 1),
        ),
        (
            f"<w:docDefaults>{LANG.replace(GERMAN, JAPANESE)}</w:docDefaults>",
            LANG.replace("w:val", 'w:eastAsia="ja-JP" w:val'),
        ),
    ],
)
def test_a_template_that_says_no_language_says_that_of_the_document(defaults, said, corporate):
    parts = zipped(corporate.read_bytes())
    styles = parts["word/styles.xml"].decode()
    styles = re.sub(r"<w:docDefaults>.*?</w:docDefaults>", defaults, styles, flags=re.DOTALL)
    template = read_template(rezipped(parts | {"word/styles.xml": styles.encode()}), "f", "de-DE")
    made = template.package.parts["word/styles.xml"].decode()
    found = re.findall(r"<w:docDefaults>(.*?)</w:docDefaults>", made, re.DOTALL)
    assert found == [said]


def test_nobody_is_named_by_what_a_template_says_of_itself(corporate, tmp_path):
    parts = labelled(zipped(corporate.read_bytes()))
    parts["word/footnotes.xml"] = b"<w:footnotes>a.person@firm.example</w:footnotes>"
    more = [("footnotes", "footnotes.xml"), ("customXml", "../customXml/item1.xml")]
    related(parts, "word/document.xml", *((f"rId8{n}", *k, False) for n, k in enumerate(more)))
    notes = b'<w:footnotePr><w:footnote w:id="-1"/></w:footnotePr></w:settings>'
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(b"</w:settings>", notes)
    file = tmp_path / "firm.docx"
    file.write_bytes(rezipped(parts))
    made = zipped(drawn(everything(), HandoutDOCXExporter(template=str(file))))
    assert b"a.person" not in b"".join(made.values())
    assert b"footnotePr" not in made["word/settings.xml"]
    assert [n for n in made if n.startswith(("docProps", "customXml"))] == ["docProps/core.xml"]
    assert opened(rezipped(made)).sections[0].header.paragraphs[0].text == "The Firm Ltd"


def test_a_picture_of_a_templates_header_is_not_fetched_from_outside(corporate, tmp_path):
    document = docx.Document(str(corporate))
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(PNG))
    document.save(corporate)
    parts = zipped(corporate.read_bytes())
    name = next(
        n for n in parts if re.fullmatch(r"word/header\d*\.xml", n) and b"a:blip" in parts[n]
    )
    chart = b"<x><c:externalData r:id='rId77'><c:autoUpdate/></c:externalData><c:kept/></x>"
    parts[name] = parts[name].replace(b"<a:blip ", b'<a:blip r:link="rId77" ')
    parts[name] = parts[name].replace(b"</w:p>", chart.replace(b"x>", b"w:r>") + b"</w:p>", 1)
    parts[name] = parts[name].replace(b"<w:hdr ", b'<w:hdr xmlns:c="urn:c" ')
    outside = ("rId77", "image", "https://evil.example/seen.png", True)
    related(parts, name, outside, ("rId78", "hyperlink", "https://firm.example/", True))
    file = tmp_path / "firm.docx"
    file.write_bytes(rezipped(parts))
    data = drawn(everything(), HandoutDOCXExporter(template=str(file)))
    made = zipped(data)
    assert b"evil.example" not in b"".join(made.values())
    assert b"https://firm.example/" in b"".join(made.values())
    assert b"rId77" not in made[name]
    assert b"externalData" not in made[name]
    assert b"c:kept" in made[name]
    blip = next(opened(data).sections[0].header._element.iter("{*}blip"))
    assert [k.rpartition("}")[2] for k in blip.attrib] == ["embed"]  # the copy inside stays
