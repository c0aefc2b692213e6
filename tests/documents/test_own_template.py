"""What a template brings is kept: fonts, colours, direct formatting; and all of it can be read."""

import colorsys
import dataclasses
import io
import re

import docx
import pptx
import pytest
import samples
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from office import everything, rezipped, zipped

from clusterlab.documents.docx import HandoutDOCXExporter
from clusterlab.documents.docx_template import read_template as read_docx
from clusterlab.documents.office_theme import Theme, read_theme
from clusterlab.documents.pptx import HandoutPPTXExporter
from clusterlab.documents.pptx_template import read_template as read_pptx
from clusterlab.errors import DocumentError
from clusterlab.model.colour import READABLE, contrast

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PALE = {"accent1": "FFF2A8", "accent2": "9FC5E8", "dk2": "A8A8A8"}


def saved(thing):
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def painted(data, colours):
    """Put colours into the themes of an office file."""
    parts = zipped(data)
    for name in parts:
        if re.fullmatch(r"\w+/theme/theme\d+\.xml", name):
            for place, value in colours.items():
                pattern = rf"<a:{place}>.*?</a:{place}>"
                new = f'<a:{place}><a:srgbClr val="{value}"/></a:{place}>'
                found = parts[name]
                parts[name] = re.sub(pattern.encode(), new.encode(), found, flags=re.DOTALL)
    return rezipped(parts)


def presentation_with(colours):
    made = pptx.Presentation()
    made.slide_width, made.slide_height = 12192000, 6858000
    return painted(saved(made), colours)


def drawn(exporter, data, tmp_path, notebook=None):
    file = tmp_path / f"firm{exporter().file_extension}"
    file.write_bytes(data)
    return exporter(template=str(file)).from_notebook_node(notebook or everything())[0]


def mapped(parts):
    """Give the colours of a presentation as its slides see them."""
    master = etree.fromstring(parts["ppt/slideMasters/slideMaster1.xml"])
    mapping = dict(next(e for e in master if e.tag.endswith("}clrMap")).attrib)
    return read_theme(parts["ppt/theme/theme1.xml"], mapping).colours


def tint(colour, steps):
    """Give a colour after steps of saturation and lightness, as DrawingML makes them."""
    hue, light, strong = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    light = min(light * steps.get("lumMod", 1) + steps.get("lumOff", 0), 1)
    channels = colorsys.hls_to_rgb(hue, light, min(strong * steps.get("satMod", 1), 1))
    return "".join(f"{round(c * 255):02x}" for c in channels)


def ground_of(element, colours):
    """Give the colour behind the text of a box or a cell."""
    fill = element.find(f"{A}solidFill") if element is not None else None
    if fill is None:
        return colours["bg1"]
    steps = {e.tag.removeprefix(A): int(e.get("val")) / 100_000 for e in fill[0]}
    return tint(colours[fill[0].get("val")], steps)


def readings(data):
    """Give each text of the slides with its contrast to what is behind it."""
    parts = zipped(data)
    colours = mapped(parts)
    for name, part in parts.items():
        if not name.startswith("ppt/slides/slide") or not name.endswith(".xml"):
            continue
        for group in list((root := etree.fromstring(part)).iter("{*}grpSp")):
            group.getparent().remove(group)
        for shape in [*root.iter("{*}sp"), *root.iter(f"{A}tc")]:
            looks = f"{A}tcPr" if shape.tag == f"{A}tc" else "{*}spPr"
            ground = ground_of(shape.find(looks), colours)
            for run in shape.iter(f"{A}r"):
                ink = run.find(f"{A}rPr/{A}solidFill/{A}schemeClr")
                tone = ink.get("val") if ink is not None else "tx1"
                yield run.findtext(f"{A}t"), contrast(colours[tone], ground)


@pytest.mark.parametrize(
    "colours",
    [
        PALE,
        {"accent1": "767676", "accent2": "808080"},  # just readable on white, not on a tint
        {"accent1": "000000", "accent2": "0000FF", "dk1": "5A5A5A"},
        {"dk1": "6E6E6E"},
        {"lt1": "202830", "dk1": "F5F5F5", "accent1": "1B3A8A", "dk2": "445566"},
    ],
)
def test_no_colour_of_a_template_is_used_that_could_not_be_read(colours, tmp_path):
    found = [*readings(drawn(HandoutPPTXExporter, presentation_with(colours), tmp_path))]
    assert len(found) > 100
    assert [reading for reading in found if reading[1] < READABLE] == []


@given(*[st.from_regex(r"\A[0-9a-f]{6}\Z")] * 4)
def test_text_can_be_read_on_slides_and_on_tints_whatever_a_theme_has(ink, grey, one, two):
    colours = {"bg1": "ffffff", "tx1": ink, "tx2": grey, "accent1": one, "accent2": two}
    theme = Theme(colours, ("Calibri", "Calibri"))
    if contrast(ink, "ffffff") < READABLE:
        return
    for tone in ("ink", "grey", "development", "financing", "neutral"):
        assert contrast(colours[theme.tone(tone)], "ffffff") >= READABLE
        if theme.tints:
            for behind in ("accent1", "accent2", "tx2"):
                steps = {"satMod": 0.45, "lumMod": 0.07, "lumOff": 0.93}
                ground = tint(colours[behind], steps)
                assert contrast(colours[theme.on_tint(tone)], ground) >= READABLE


@pytest.mark.parametrize(
    ("ink", "ground", "said"),
    [
        ("999999", "FFFFFF", "“#999999” on “#ffffff”.*contrast is 2.8"),
        ("777777", "FFFFFF", "contrast is 4.4"),
        ("445566", "202830", "contrast is 1.9"),
    ],
)
def test_a_template_whose_text_cannot_be_read_is_refused(ink, ground, said):
    colours = {"dk1": ink, "lt1": ground}
    with pytest.raises(DocumentError, match=f"firm.pptx.*{said}"):
        read_pptx(presentation_with(colours), "firm.pptx")
    with pytest.raises(DocumentError, match=f"firm.docx.*{said}"):
        read_docx(painted(saved(letter()), colours), "firm.docx", "en")
    fine = {"dk1": "767676", "lt1": "FFFFFF"}
    assert read_pptx(presentation_with(fine), "firm.pptx")
    assert read_docx(painted(saved(letter()), fine), "firm.docx", "en")


def letter():
    """A firm's letter, formatted by hand as people do: in its styles, its header, its page."""
    document = docx.Document()
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size = "Georgia", Pt(21)
    heading.font.color.rgb, heading.font.italic = RGBColor(0x7A, 0x00, 0x3C), True
    heading.paragraph_format.space_before = Pt(31)
    heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    bullets = document.styles["List Bullet"]
    bullets.font.name, bullets.font.color.rgb = "Verdana", RGBColor(0x1B, 0x3A, 0x8A)
    section = document.sections[0]
    section.left_margin, section.top_margin = Pt(90), Pt(100)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run("The Firm Ltd")
    run.font.name, run.font.size, run.bold = "Courier New", Pt(15), True
    run.font.color.rgb = RGBColor(0xC0, 0x00, 0x00)
    table = section.footer.add_table(1, 2, Pt(400))
    table.cell(0, 0).paragraphs[0].add_run("Street 1").font.size = Pt(7)
    document.add_paragraph("Old words of the firm")
    return document


def test_a_letter_keeps_what_was_formatted_by_hand(tmp_path):
    firm = saved(letter())
    data = drawn(HandoutDOCXExporter, firm, tmp_path)
    before, after = (docx.Document(io.BytesIO(it)) for it in (firm, data))
    for old in before.styles:
        new = after.styles[old.name]
        assert etree.tostring(new._element) == etree.tostring(old._element), old.name
    for old, new in zip(before.sections, after.sections, strict=False):
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin", "page_width"):
            assert getattr(new, side) == getattr(old, side)
        for part in ("header", "footer"):
            written = [etree.tostring(getattr(s, part)._element) for s in (old, new)]
            assert written[0] == written[1]
    run = after.sections[0].header.paragraphs[0].runs[0]
    assert (run.text, run.font.name, run.font.size, run.bold) == (
        "The Firm Ltd", "Courier New", Pt(15), True,
    )  # fmt: skip
    assert run.font.color.rgb == RGBColor(0xC0, 0x00, 0x00)


def test_a_letters_text_is_in_its_own_fonts_sizes_and_colours(tmp_path):
    data = drawn(HandoutDOCXExporter, painted(saved(letter()), {"accent1": "7A003C"}), tmp_path)
    parts = zipped(data)
    root = etree.fromstring(parts["word/document.xml"])
    for drawing in list(root.iter(f"{W}drawing")):
        drawing.getparent().remove(drawing)
    fonts = {e.get(f"{W}ascii") for e in root.iter(f"{W}rFonts")}
    assert fonts <= {"Courier New"}  # of code
    assert not list(root.iter(f"{W}sz"))
    colours = {(e.get(f"{W}themeColor"), e.get(f"{W}val")) for e in root.iter(f"{W}color")}
    assert ("accent1", "7A003C") in colours
    assert {name for name, _ in colours} <= {"text1", "text2", "accent1", "accent2"}
    document = docx.Document(io.BytesIO(data))
    notes = [p for p in document.paragraphs if p.style.name == "List Bullet"]
    assert notes
    assert {r.font.name for p in notes for r in p.runs if r.text != "code"} == {None}


def test_a_letter_in_pale_colours_has_its_words_in_those_that_can_be_read(tmp_path):
    outputs = samples.everything()
    blank = dataclasses.replace(outputs[4], records=())
    notebook = samples.notebook([*outputs, blank])
    data = drawn(HandoutDOCXExporter, painted(saved(letter()), PALE), tmp_path, notebook)
    root = etree.fromstring(zipped(data)["word/document.xml"])
    found = {}
    for row in root.iter(f"{W}tc", f"{W}body"):
        shade = row.find(f"{W}tcPr/{W}shd")
        ground = shade.get(f"{W}fill") if shade is not None else "ffffff"
        for colour in row.iter(f"{W}color"):
            found.setdefault(colour.get(f"{W}val"), []).append(
                contrast(colour.get(f"{W}val"), ground)
            )
    assert found
    assert min(min(values) for values in found.values()) >= READABLE
