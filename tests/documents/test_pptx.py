import base64
import dataclasses
import io
import re

import hostile
import nbformat
import pages
import pptx
import pytest
import samples
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
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Emu
from test_pdf import canvas, notes_of

from clusterlab.documents.pptx import HandoutPPTXExporter
from clusterlab.errors import DocumentError
from clusterlab.figures import Bar, BarChart, draw_bars
from clusterlab.language import Language
from clusterlab.outputs import Column, Picture

__all__ = ["to_pdf"]
EXPORTER = HandoutPPTXExporter()


def drawn(nb, exporter=EXPORTER):
    return exporter.from_notebook_node(nb)[0]


def opened(data):
    return pptx.Presentation(io.BytesIO(data))


def shapes_of(shapes):
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shapes_of(shape.shapes)


def text_of(slide):
    found = []
    for shape in shapes_of(slide.shapes):
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def all_text(presentation):
    return squeezed("".join(text_of(slide) for slide in presentation.slides))


def tables(presentation):
    return [s for slide in presentation.slides for s in slide.shapes if s.has_table]


@pytest.fixture(scope="module")
def sample():
    return opened(drawn(everything()))


def test_everything_is_read_back(sample):
    text = all_text(sample)
    for words in (*WORDS, "20 November 2026", "open point", "4.\tfourth"):
        assert squeezed(words) in text, words


def test_every_slide_has_a_title_of_its_own_first_and_notes(sample):
    titles = []
    for slide in sample.slides:
        first = slide.shapes[0]
        assert first.is_placeholder
        assert first == slide.shapes.title
        assert first.text_frame.text
        titles.append(first.text_frame.text)
        assert slide.has_notes_slide
        assert titles[-1] in slide.notes_slide.notes_text_frame.text
    assert len(set(titles)) == len(titles)


def test_notes_pages_hold_all_text_of_their_slide(sample):
    for slide in sample.slides:
        notes = squeezed(slide.notes_slide.notes_text_frame.text)
        for shape in slide.shapes:
            if shape.has_text_frame and not shape.is_placeholder:
                for paragraph in shape.text_frame.paragraphs:
                    words = re.sub(r"\t\d+$", "", paragraph.text)
                    assert squeezed(words) in notes, paragraph.text


def test_tables_and_pictures_are_described_and_headers_are_marked(sample):
    found = tables(sample)
    assert len(found) >= 5
    for shape in found:
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr").strip()
        assert shape.table.first_row or shape.table.first_col
    plan = next(s.table for s in found if s.name == "Action plan")
    assert plan.first_row
    assert [c.text for c in plan.rows[0].cells] == ["No.", "Action", "Responsible", "Deadline"]


def test_a_canvas_is_a_grid_of_boxes_that_people_can_write_in(sample):
    slide = next(s for s in sample.slides if s.shapes.title.text.startswith("SWOT"))
    boxes = {s.name: s for s in slide.shapes}
    one, two, three = (boxes[n] for n in ("Strengths", "Weaknesses", "Opportunities"))
    assert one.left == three.left < two.left
    assert one.top == two.top < three.top
    assert [p.text for p in one.text_frame.paragraphs][1] == "S1\tStrong cash flow lets us invest"
    order = [s.name for s in slide.shapes]
    assert order.index("Strengths") < order.index("Weaknesses") < order.index("Threats")


def test_language_and_properties_and_no_author(sample):
    core = sample.core_properties
    assert core.title == "Competency map"
    assert core.language == "en"
    assert not core.author
    assert not core.last_modified_by
    data = zipped(drawn(everything()))
    for name, part in data.items():
        if name.startswith("ppt/slides/slide"):
            languages = set(re.findall(rb'<a:rPr lang="([^"]+)"', part))
            assert languages == {b"en-US"}, name


def test_same_inputs_same_bytes():
    once = drawn(everything(), HandoutPPTXExporter())
    drawn(many("swot", 5))
    assert drawn(everything()) == once


@pytest.mark.parametrize("aspect", ["16:9", "4:3"])
def test_everything_stays_on_the_slides_in_both_shapes(aspect):
    exporter = HandoutPPTXExporter(aspect=aspect)
    presentation = opened(drawn(many("business-model-cluster", 90), exporter))
    ratio = presentation.slide_width / presentation.slide_height
    assert ratio == pytest.approx({"16:9": 16 / 9, "4:3": 4 / 3}[aspect], abs=0.01)
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width + Emu(100)
            assert shape.top + shape.height <= presentation.slide_height + Emu(100)


@pytest.mark.parametrize(
    ("said", "trait", "shape"),
    [
        ("", "", 16 / 9),
        ("4:3", "", 4 / 3),
        ("4:3", "16:9", 16 / 9),
        ("16:9", "4:3", 4 / 3),
        (["4:3"], "", 16 / 9),
        ("x", "", 16 / 9),
    ],
)
def test_slides_have_the_workshops_shape_unless_another_is_asked_for(said, trait, shape):
    opening = dataclasses.replace(samples.everything()[0], slides=said)
    presentation = opened(drawn(samples.notebook([opening]), HandoutPPTXExporter(aspect=trait)))
    found = presentation.slide_width / presentation.slide_height
    assert found == pytest.approx(shape, abs=0.01)


@pytest.mark.parametrize("count", [0, 5, 40, 200])
@pytest.mark.parametrize("kind", ["swot", "business-model-cluster"])
def test_long_canvases_go_on_on_further_slides(kind, count):
    presentation = opened(drawn(many(kind, count)))
    text = all_text(presentation)
    assert [n for n in notes_of(count) if squeezed(n) not in text] == []
    continued = [s for s in presentation.slides if "continued" in s.shapes.title.text]
    assert bool(continued) == (count >= 40)
    for slide in presentation.slides:  # boxes lie beside or below each other, never over
        boxes = [s for s in slide.shapes if not s.is_placeholder]
        for i, one in enumerate(boxes):
            for two in boxes[i + 1 :]:
                apart = (
                    one.left + one.width <= two.left
                    or two.left + two.width <= one.left
                    or one.top + one.height <= two.top
                    or two.top + two.height <= one.top
                )
                assert apart, (slide.shapes.title.text, one.name, two.name)


def test_a_long_table_has_its_header_on_every_slide():
    table = next(o for o in samples.everything() if o.type == "table")
    rows = tuple(
        dataclasses.replace(table.rows[0], cells=(f"A{n}", f"Step {n} " * (n % 60), "Us", "2027"))
        for n in range(120)
    )
    nb = samples.notebook([samples.everything()[0], dataclasses.replace(table, rows=rows)])
    presentation = opened(drawn(nb))
    found = [s.table for s in tables(presentation) if s.name == table.title]
    assert len(found) > 3
    assert all(t.rows[0].cells[1].text == "Action" for t in found)
    text = all_text(presentation)
    assert all(f"A{n}" in text for n in range(120))


def test_no_slide_holds_the_last_one_or_two_rows_of_a_table_alone():
    opening = samples.everything()[0]
    table = next(o for o in samples.everything() if o.type == "table")
    counts = set()
    for count in range(17, 40):
        row = dataclasses.replace(table.rows[0], cells=("A1", "A step\nof two lines", "Us", "2027"))
        nb = samples.notebook([opening, dataclasses.replace(table, rows=(row,) * count)])
        shown = [len(s.table.rows) - 1 for s in tables(opened(drawn(nb))) if s.name == table.title]
        assert sum(shown) == count
        assert len(shown) == 1 or min(shown) >= 3, shown
        counts.add(len(shown))
    assert len(counts) > 1


def test_a_cell_longer_than_a_slide_is_divided():
    table = next(o for o in samples.everything() if o.type == "table")
    words = " ".join(f"word{n}" for n in range(1500))
    row = dataclasses.replace(table.rows[0], cells=("A1", words, "Us", "2027"))
    nb = samples.notebook([samples.everything()[0], dataclasses.replace(table, rows=(row,))])
    presentation = opened(drawn(nb))
    text = all_text(presentation)
    assert [n for n in range(1500) if f"word{n}" not in text] == []
    assert len([s for s in tables(presentation) if s.name == table.title]) > 2


def test_a_table_of_many_columns_is_divided():
    table = next(o for o in samples.everything() if o.type == "table")
    columns = [*table.columns[:2], *(Column(f"c{n}", f"Participant {n}") for n in range(40))]
    row = dataclasses.replace(table.rows[0], cells=("A1", "Call", *(f"R{n}" for n in range(40))))
    wide = dataclasses.replace(table, columns=tuple(columns), rows=(row,))
    found = tables(opened(drawn(samples.notebook([samples.everything()[0], wide]))))
    found = [s.table for s in found if s.name == table.title]
    assert len(found) > 1
    assert all(t.rows[1].cells[0].text == "A1" for t in found)
    assert {c.text for t in found for c in t.rows[1].cells} >= {f"R{n}" for n in range(40)}


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


def bars():
    chart = BarChart("Bars", (Bar("Fast & <safe>", 3.0), Bar("Slow", 1.0)))
    drawing = draw_bars(chart, Language("en", {}))[0]
    return Picture(
        title="How fast",
        alt="Two bars.",
        context=samples.CONTEXT,
        svg=drawing.svg,
        text="Fast & <safe>: 3\nSlow: 1",
    )


def picture_cell(mime, data, alt):
    if isinstance(data, bytes):
        data = base64.b64encode(data).decode()
    output = nbformat.v4.new_output("display_data", data={mime: data}, metadata={"alt": alt})
    return nbformat.v4.new_code_cell(outputs=[output])


def test_own_pictures_are_native_shapes_with_their_text():
    presentation = opened(drawn(samples.notebook([samples.everything()[0], bars()])))
    slide = next(s for s in presentation.slides if s.shapes.title.text == "How fast")
    group = next(s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP)
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == "Two bars."
    words = [s.text_frame.text for s in shapes_of(group.shapes) if s.has_text_frame]
    assert {"Fast & <safe>", "Slow"} <= set(words)
    assert "Fast & <safe>: 3" in slide.notes_slide.notes_text_frame.text
    assert not [s for s in shapes_of(slide.shapes) if s.shape_type == MSO_SHAPE_TYPE.PICTURE]


def test_pictures_of_cells_are_files_with_alternative_text():
    nb = samples.notebook([samples.everything()[0]])
    space = "xmlns='http://www.w3.org/2000/svg'"
    foreign = f"<svg {space} width='60' height='40'><g><circle r='9'/></g></svg>"
    nb.cells += [
        picture_cell("image/png", PNG, "A dot"),
        picture_cell("image/svg+xml", foreign, "A disc"),
        picture_cell("image/svg+xml", "<svg", "Broken"),
    ]
    presentation = opened(drawn(nb))
    found = [
        s
        for slide in presentation.slides
        for s in slide.shapes
        if s.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    assert [s._element.nvPicPr.cNvPr.get("descr") for s in found] == ["A dot", "A disc"]
    assert found[1].image.content_type == "image/png"
    assert b"svgBlip" in etree.tostring(found[1]._element)
    assert "Broken" in all_text(presentation)


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
    arabic = dataclasses.replace(
        samples.swot({"strengths": ["نحن نعرف أعضاءنا"], "weaknesses": []})
    )
    arabic = dataclasses.replace(arabic, grid=(("strengths", "weaknesses"),))
    outputs = in_language([samples.everything()[0], arabic, samples.everything()[5]], "ar")
    presentation = opened(drawn(samples.notebook(outputs)))
    slide = next(s for s in presentation.slides if s.shapes.title.text.startswith("SWOT"))
    boxes = {s.name: s for s in slide.shapes}
    assert boxes["Strengths"].left > boxes["Weaknesses"].left
    assert boxes["Strengths"].text_frame.paragraphs[1]._p.pPr.get("rtl") == "1"
    assert all(s._element.find(".//{*}tblPr").get("rtl") == "1" for s in tables(presentation))


@pytest.fixture
def corporate(tmp_path):
    """A firm's template: its own colours, fonts, layout names and a slide that must go."""
    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = Emu(12192000), Emu(6858000)
    master = presentation.slide_master
    theme = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    blob = theme.blob.replace(b"Calibri", b"Georgia")
    blob = re.sub(
        rb"<a:accent1>.*?</a:accent1>", b'<a:accent1><a:srgbClr val="7A003C"/></a:accent1>', blob
    )
    theme._blob = blob
    master.background.fill.solid()
    master.background.fill.fore_color.rgb = RGBColor(0xFD, 0xFD, 0xFD)
    for layout in presentation.slide_layouts:
        layout.name = f"Firm {layout.name}"
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = "An old slide of the firm"
    presentation.core_properties.author = "Somebody"
    file = tmp_path / "corporate.pptx"
    presentation.save(file)
    return file


def test_a_firms_template_keeps_masters_layouts_colours_and_fonts(corporate):
    data = drawn(everything(), HandoutPPTXExporter(template=str(corporate)))
    presentation = opened(data)
    text = all_text(presentation)
    assert "Anoldslideofthefirm" not in text
    assert "Strongcashflowletsusinvest" in text
    assert {s.slide_layout.name.split()[0] for s in presentation.slides} == {"Firm"}
    assert len(presentation.slide_layouts) == 11
    parts = zipped(data)
    theme = parts["ppt/theme/theme1.xml"]
    assert b"Georgia" in theme
    assert b"7A003C" in theme
    assert b"FDFDFD" in parts["ppt/slideMasters/slideMaster1.xml"]
    slides = b"".join(v for k, v in parts.items() if k.startswith("ppt/slides/slide"))
    assert b"srgbClr" not in slides  # every colour is the theme's
    assert not re.search(rb'<a:latin typeface="(?!Courier New|\+mn-lt)', slides)
    assert b"Somebody" not in b"".join(parts.values())
    assert presentation.slides[0].slide_layout.name == "Firm Title Slide"


def test_a_template_file_is_taken_as_a_presentation(corporate, tmp_path):
    parts = zipped(corporate.read_bytes())
    import zipfile

    file = tmp_path / "firm.potx"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"presentation.main+xml", b"template.main+xml"))
    presentation = opened(drawn(everything(), HandoutPPTXExporter(template=str(file))))
    assert len(presentation.slides) > 5


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04 cut"])
def test_a_broken_template_is_refused_with_a_sentence(data, tmp_path):
    file = tmp_path / "broken.pptx"
    file.write_bytes(data)
    with pytest.raises(DocumentError, match=r"broken\.pptx"):
        drawn(everything(), HandoutPPTXExporter(template=str(file)))
    with pytest.raises(DocumentError, match=r"absent\.pptx"):
        drawn(everything(), HandoutPPTXExporter(template=str(tmp_path / "absent.pptx")))


def test_libreoffice_shows_every_slide(to_pdf):
    outputs = [*samples.everything(), bars(), canvas("swot", notes_of(40))]
    nb = samples.notebook(outputs, "# Remarks\n\nWords.\n")
    data = drawn(nb)
    shown = to_pdf(data, "pptx")
    assert len(shown) == len(opened(data).slides)
    text = squeezed("".join(shown))
    for words in ("Callevery", "Slow", "end39", "Fast&<safe>", "Words."):
        assert words in text, words


def test_a_logo_stands_on_the_cover_with_alternative_text():
    logo = "data:image/png;base64," + base64.b64encode(PNG).decode()
    opening, *rest = samples.everything()
    outputs = [dataclasses.replace(opening, logo=logo), *rest]
    cover = opened(drawn(samples.notebook(outputs))).slides[0]
    found = [s for s in cover.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [s._element.nvPicPr.cNvPr.get("descr") for s in found] == ["Mov'eo"]
    broken = [dataclasses.replace(opening, logo="data:image/png;base64,%%%"), *rest]
    assert len(opened(drawn(samples.notebook(broken))).slides[0].shapes) == len(cover.shapes) - 1


@pytest.mark.parametrize(
    ("chosen", "there"), [("7a003c", "7A003C"), ("#ffee00", "0B5563"), ("javascript:", "0B5563")]
)
def test_a_workshops_colours_are_the_themes_where_they_can_be_read(chosen, there):
    opening, *rest = samples.everything()
    outputs = [dataclasses.replace(opening, colours={"development": chosen}), *rest]
    theme = zipped(drawn(samples.notebook(outputs)))["ppt/theme/theme1.xml"].decode()
    assert f'<a:accent1><a:srgbClr val="{there}"/>' in theme


def test_links_lead_where_they_say():
    one, two = "https://good.example/one", "https://good.example/two"
    words = f"# Links\n\n[a]({one}) [b]({one}) [c]({two}) [d]({one}) [e]({two})\n"
    presentation = opened(drawn(samples.notebook([samples.everything()[0]], words)))
    slide = next(s for s in presentation.slides if s.shapes.title.text == "Links")
    found = {
        run.text: run.hyperlink.address
        for shape in slide.shapes
        if not shape.is_placeholder
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    }
    assert found == {"a": one, "b": one, "c": two, "d": one, "e": two}


def test_contents_lead_to_their_slides(sample):
    contents = next(s for s in sample.slides if s.shapes.title.text == "Contents")
    slides = list(sample.slides)
    box = next(s for s in contents.shapes if not s.is_placeholder)
    for paragraph in box.text_frame.paragraphs:
        title, number = paragraph.text.split("\t")
        link = paragraph.runs[0]._r.rPr.find("{*}hlinkClick")
        target = contents.part.related_part(
            next(v for k, v in link.attrib.items() if k.endswith("id"))
        )
        there = slides[int(number) - 1]
        assert target is there.part
        assert there.shapes.title.text == title


@pytest.mark.parametrize("fields", [3, 12])
def test_forms_and_tables_to_write_in_have_a_slide_of_their_own(fields):
    records = next(o for o in samples.everything() if o.type == "records")
    table = next(o for o in samples.everything() if o.type == "table")
    blank = tuple(
        dataclasses.replace(records.blank[0], id=f"f{n}", label=f"Field {n}") for n in range(fields)
    )
    columns = tuple(
        Column(f"c{n}", f"Column {n}", "What is to be written here, in a few words")
        for n in range(fields)
    )
    empty = [
        dataclasses.replace(records, records=(), blank=blank),
        dataclasses.replace(table, rows=(), columns=columns),
    ]
    presentation = opened(drawn(samples.notebook([samples.everything()[0], *empty])))
    titles = [slide.shapes.title.text for slide in presentation.slides]
    assert titles[-2:] == [records.title, table.title]
    assert len(tables(presentation)[-1].table.rows) >= 4


def test_a_sections_slide_says_what_it_holds():
    outputs = samples.everything()
    slides = opened(drawn(samples.notebook(outputs))).slides
    section = next(s for s in slides if s.shapes.title.text == "Step 2: SWOT")
    listed = next(s for s in section.shapes if s.name == "Contents")
    lines = [p.text for p in listed.text_frame.paragraphs]
    titles = {slide.shapes.title.text: number for number, slide in enumerate(slides, 1)}
    named = [line.rpartition("\t") for line in lines if "\t" in line]
    assert [name for name, _, _ in named] == [
        "SWOT · Business model and internal management",
        "TOWS strategies · Business model",
        "SMART goals",
        "Action plan",
        "What changes",
        "What is unanswered",
    ]
    for name, _, number in named:
        assert titles[name] == int(number)
    links = [r for p in listed.text_frame.paragraphs for r in p.runs if r.hyperlink is not None]
    assert links
    assert "What is unanswered" in section.notes_slide.notes_text_frame.text


def test_a_sections_slide_with_much_in_it_stays_on_the_slide():
    opening, section, *rest = samples.everything()
    many = [dataclasses.replace(rest[0], title=f"Canvas {n}") for n in range(40)]
    slide = opened(drawn(samples.notebook([opening, section, *many]))).slides
    shown = next(s for s in slide if s.shapes.title.text == "Step 2: SWOT")
    listed = next(s for s in shown.shapes if s.name == "Contents")
    assert "more on the following pages" in listed.text_frame.text
    assert listed.top + listed.height < 7.5 * 914_400
    assert "Canvas 39" in shown.notes_slide.notes_text_frame.text


def test_a_section_without_anything_is_its_title_and_text():
    outputs = samples.everything()[:2]
    slides = opened(drawn(samples.notebook(outputs))).slides
    section = next(s for s in slides if s.shapes.title.text == "Step 2: SWOT")
    assert not [s for s in section.shapes if s.name == "Contents"]


def test_nobody_is_named_and_nothing_fetched_by_what_a_template_brings(corporate, tmp_path):
    parts = labelled(zipped(corporate.read_bytes()))
    main, master = "ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml"
    related(parts, main, ("rId81", "customXml", "../customXml/item1.xml", False))
    listed = b'<p:custDataLst><p:custData r:id="rId81"/></p:custDataLst>'
    parts[main] = parts[main].replace(b"<p:defaultTextStyle", listed + b"<p:defaultTextStyle", 1)
    related(
        parts,
        master,
        ("rId82", "image", "https://evil.example/seen.png", True),
        ("rId83", "video", "https://evil.example/seen.mp4", True),
    )
    video = b'<p:nvPr><a:videoFile r:link="rId83"/></p:nvPr>'
    parts[master] = parts[master].replace(b"<p:nvPr/>", video, 1)
    filled = b'<p:bgPr><a:blipFill><a:blip r:link="rId82"/><a:stretch/></a:blipFill>'
    parts[master] = re.sub(rb"<p:bgPr><a:solidFill>.*?</a:solidFill>", filled, parts[master])
    assert parts[master].count(b"r:link") == 2
    assert b"rId81" in parts[main]
    file = tmp_path / "firm.pptx"
    file.write_bytes(rezipped(parts))
    data = drawn(everything(), HandoutPPTXExporter(template=str(file)))
    whole = b"".join(zipped(data).values())
    assert b"a.person" not in whole
    assert b"evil.example" not in whole
    for lost in (b"rId81", b"rId82", b"rId83", b"a:videoFile"):
        assert lost not in zipped(data)[main] + zipped(data)[master]
    assert b"<a:blip/>" in zipped(data)[master]
    assert len(opened(data).slides) > 5
