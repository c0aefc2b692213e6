from __future__ import annotations

import dataclasses
import gc
import itertools
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
import pytest
from samples import CONTEXT, everything, item, notebook, swot
from tools import bare, faults, run, words_of

from clusterlab.documents.drawable import DrawableText
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.errors import DocumentError
from clusterlab.model import read_kind
from clusterlab.outputs import Box, Canvas, Column, Fact, FindingGroup, Picture, Title
from clusterlab.shared import shared

EXPORTER = HandoutPDFExporter()
HOSTILE = [
    "../../x",
    "/etc/passwd",
    "CON",
    "m" * 300,
    "W" * 300,
    "Zu\u0308rich n\u0303 e\u0301",
    "<script>alert(1)</script>",
    "</style>",
    '#import "x"',
    "#panic()",
    "$x$",
    "*b* _c_ `d` ``` @ref <label> \\u{41} //",
    "[a](javascript:1)",
    '=HYPERLINK("x")',
    "before\0after",
    "one\u2028two\u2029three\u0085four",
    "Ελληνικά: Ανταγωνιστικότητα",
    "Кириллица: конкурентоспособность",
    "https://example.org/a/very/long/path?with=query&and=more#" + "x" * 80,
    "→ ≥ ✓ − ☐ ● ™ €",
    "שלום עולם",
    "السلام عليكم",
]


def pdf(outputs, tmp_path, markdown="", exporter=EXPORTER):
    data, resources = exporter.from_notebook_node(notebook(outputs, markdown))
    file = tmp_path / "handout.pdf"
    file.write_bytes(data)
    return file, resources


def found(file):
    return bare(run("pdftotext", "-raw", file, "-"))


def canvas(name, notes, context=CONTEXT):
    text = shared("templates", "canvases", f"{name}.toml").read_text(encoding="utf-8")
    kind = read_kind(text, name)
    groups = {g.id: g for g in kind.groups}
    boxes = []
    for i, block in enumerate(kind.blocks):
        group = groups.get(block.group)
        texts = notes[i :: len(kind.blocks)]
        boxes.append(
            Box(
                block.id,
                block.label,
                block.prompt,
                group.accent if group else "neutral",
                group.label if group else "",
                tuple(item(f"{block.letter}{n}", t) for n, t in enumerate(texts, 1)),
            )
        )
    return Canvas(
        title=kind.title,
        summary=kind.summary,
        alt=f"{len(notes)} notes",
        context=context,
        kind=name,
        grid=kind.grid,
        boxes=tuple(boxes),
        legend=tuple(Fact(g.label, g.accent) for g in kind.groups),
    )


def notes_of(count):
    return [
        f"Note {n}: " + "members trust our funding advice " * (1 + n % 4) + f"end{n}"
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    markdown = "# Markdown\n\nSome *text* and [a link](https://example.org/) and `code`.\n\n- one\n"
    return pdf(everything(), tmp_path_factory.mktemp("pdf"), markdown)[0]


def test_title_and_tags_are_set(sample):
    info = run("pdfinfo", sample)
    assert re.search(r"Title:\s+Competency map", info)
    assert re.search(r"Tagged:\s+yes", info)


def test_structure_language_and_standard(sample):
    with pikepdf.open(sample) as document:
        assert str(document.Root.Lang) == "en"
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid" in bytes(document.Root.Metadata.read_bytes())


def tags(node, depth=0):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from tags(child, depth)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from tags(node.K, depth + 1)


def test_headings_in_order_and_notes_in_lists(sample):
    with pikepdf.open(sample) as document:
        names = list(tags(document.Root.StructTreeRoot))
    levels = [int(n[2]) for n in names if re.fullmatch(r"/H\d", n)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert 4 in levels  # labels of boxes, under their canvas
    assert {"/L", "/LI", "/Lbl", "/LBody", "/Table", "/TH"} <= set(names)
    # The action plan, the comparison: only what is a table is announced as one.
    assert names.count("/Table") == 2


def test_fonts_are_embedded(sample):
    lines = run("pdffonts", sample).splitlines()[2:]
    assert lines
    for line in lines:
        assert re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s", line)[1] == "yes", line


def test_pages_lie_where_canvases_are(sample):
    with pikepdf.open(sample) as document:
        sizes = [[round(float(v)) for v in page.mediabox[2:]] for page in document.pages]
    assert sizes[0] == [595, 842]
    assert sizes[1] == sizes[2] == [842, 595]


def test_a3(tmp_path):
    file, _ = pdf(everything(), tmp_path, exporter=HandoutPDFExporter(paper="a3"))
    with pikepdf.open(file) as document:
        sizes = [[round(float(v)) for v in page.mediabox[2:]] for page in document.pages]
    assert sizes[0] == [842, 1191]
    assert sizes[1] == [1191, 842]
    assert not list(faults(file))


@pytest.mark.parametrize(("across", "down"), [(700, 300), (300, 500), (700, 480)])
def test_a_picture_fills_larger_paper_and_stays_on_it(tmp_path, across, down):
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}pt" height="{down}pt" '
        f'viewBox="0 0 {across} {down}"><text x="0" y="9" font-size="8">left</text>'
        f'<text x="{across}" y="{down - 9}" font-size="8" text-anchor="end">rightmost</text></svg>'
    )
    outputs = [everything()[0], Picture(title="A map", alt="A map.", svg=svg, context=CONTEXT)]
    wide = {}
    for paper in ("a4", "a3"):
        place = tmp_path / paper
        place.mkdir()
        file, _ = pdf(outputs, place, exporter=HandoutPDFExporter(paper=paper))
        assert not list(faults(file))
        ((left,), (right,)) = (
            [box for _, words in words_of(file) for text, *box in words if text == label]
            for label in ("left", "rightmost")
        )
        wide[paper] = right[2] - left[0]
    assert wide["a3"] == pytest.approx(wide["a4"] * 2**0.5, rel=0.06)


def test_everything_is_found_and_nothing_overlaps(sample):
    text = found(sample)
    for words in (
        "Automotive and mobility cluster.",
        "counted as 200",
        "Strong cash flow lets us invest",
        "Invest cash in demonstrators",
        "Which notes it builds on is our reading",
        "Invest in people",
        "S1 O3",
        "#money",
        "A note whose block is gone",
        "Win 20 new members by the end of 2027",
        "The indicator is missing.",
        "Call every member",
        "Nothing here yet",
        "No strategy answers the threat T1.",
        "20 November 2026",
        "Page 1 of",
        "Version 193-3f2c9d1a",
        "Some text and a link and code",
    ):
        assert bare(words) in text, words
    assert not list(faults(sample))


def test_same_inputs_same_bytes(tmp_path):
    one = HandoutPDFExporter().from_notebook_node(notebook(everything()))[0]
    EXPORTER.from_notebook_node(notebook([swot()]))
    assert EXPORTER.from_notebook_node(notebook(everything()))[0] == one


@pytest.mark.parametrize("count", [0, 5, 40, 90, 200])
@pytest.mark.parametrize("name", ["swot", "business-model-cluster"])
def test_notes_flow(name, count, tmp_path):
    notes = notes_of(count)
    file, resources = pdf([canvas(name, notes)], tmp_path)
    text = found(file)
    assert [n for n in notes if bare(n) not in text] == []
    assert not list(faults(file))
    assert resources["replaced"] == []


def test_unplaced_notes_stay_on_the_page_from_its_left_edge(tmp_path):
    file, _ = pdf([everything()[3]], tmp_path)
    pages = list(words_of(file))
    assert len(pages) == 1
    left = next(w[1] for w in pages[0][1] if w[0] == "Unplaced")
    assert left < 60


@pytest.mark.parametrize("count", [4, 200])
def test_a_mark_stands_beside_its_note_and_the_footnote_once_per_canvas(count, tmp_path):
    whole = canvas("swot", notes_of(count))
    first, *others = whole.boxes
    # The last note of a full box stands on a page after the one with the footnote.
    last = dataclasses.replace(first.items[-1], mark="°")
    whole = dataclasses.replace(
        whole,
        boxes=(dataclasses.replace(first, items=(*first.items[:-1], last)), *others),
        footnotes=(Fact("°", "This is our reading."),),
    )
    file, _ = pdf([whole, dataclasses.replace(whole, title="Again")], tmp_path)
    text = found(file)
    assert text.count(bare("° This is our reading.")) == 2
    assert text.count(bare(f"{last.text} °")) == 2
    assert text.count("°") == 4
    assert not list(faults(file))


def test_marks_in_forms_and_tables(tmp_path):
    by_type = {o.type: o for o in everything()}
    record, row = by_type["records"].records[0], by_type["table"].rows[0]
    footnotes = (Fact("°", "This is our reading."),)
    outputs = [
        dataclasses.replace(
            by_type["records"],
            records=(dataclasses.replace(record, item=dataclasses.replace(record.item, mark="°")),),
            footnotes=footnotes,
        ),
        dataclasses.replace(
            by_type["table"],
            rows=(dataclasses.replace(row, item=dataclasses.replace(row.item, mark="°")),),
            footnotes=footnotes,
        ),
    ]
    text = found(pdf([everything()[0], *outputs], tmp_path)[0])
    for item_ in (record.item, row.item):
        # The footnote stands above what it belongs to: below it might be alone on a page.
        before, _ = text.split(bare(f"{item_.text} °"))
        assert bare("° This is our reading.") in before
    assert text.count(bare("° This is our reading.")) == 2


@pytest.mark.parametrize(
    ("head", "cell", "count"),
    [("Stakeholders {}", "R/A", 7), ("P{}", "R/A", 14), ("P{}", "R/A", 28), ("P{}", "R", 36)],
)
def test_a_table_of_many_columns_stays_on_the_page(head, cell, count, tmp_path):
    table = next(o for o in everything() if o.type == "table")
    columns = [Column(f"c{n}", head.format(n)) for n in range(10, count + 10)]
    text = "Call every member and write down what they need"
    row = dataclasses.replace(table.rows[0], cells=("A1", text, *[cell] * count))
    wide = dataclasses.replace(table, columns=(*table.columns[:2], *columns), rows=(row,))
    file, _ = pdf([everything()[0], wide], tmp_path)
    assert list(faults(file)) == []
    drawn = found(file)
    assert bare(text) in drawn
    assert drawn.count(cell) >= count


def test_findings_that_differ_in_their_note_only_share_a_suggestion(tmp_path):
    opening, *_, findings = everything()
    many = FindingGroup(
        "many", "info", "Note", "Plan", tuple(f"A{n} has no date, not a day." for n in range(90))
    )
    findings = dataclasses.replace(findings, groups=(*findings.groups, many))
    file, _ = pdf([opening, findings], tmp_path)
    text = found(file)
    for line in (line for group in findings.groups for line in group.lines):
        assert text.count(bare(line)) == 1, line
    for words in ("→ Say by when.", "Doran 1981", "→ Link a strategy to it.", "Weihrich 1982"):
        assert text.count(bare(words)) == 1, words
    assert not list(faults(file))


def test_a_note_longer_than_a_page_flows(tmp_path):
    note = " ".join(f"word{n}" for n in range(700))
    file, _ = pdf([canvas("business-model-cluster", [note, "short"])], tmp_path)
    # Footer and header stand between two pages of it.
    text = found(file)
    places = [text.find(f"word{n}") for n in range(700)]
    assert -1 not in places
    assert places == sorted(places)
    assert not list(faults(file))


def in_either_order(text, where):
    """Find a text that reads from the right: words may come in visual order."""
    return all(
        bare(word) in where or bare(word)[::-1] in where for word in text.split() if bare(word)
    )


@pytest.mark.parametrize("name", ["swot", "business-model-cluster"])
def test_hostile_notes_are_text(name, tmp_path):
    # All in one box, the narrowest first.
    base = canvas(name, [])
    last = dataclasses.replace(
        base.boxes[-1], items=tuple(item(f"X{n}", t) for n, t in enumerate(HOSTILE, 1))
    )
    file, resources = pdf([dataclasses.replace(base, boxes=(*base.boxes[:-1], last))], tmp_path)
    text = found(file)
    for note in HOSTILE:
        plain = note.replace("\0", "")
        assert bare(plain) in text or in_either_order(plain, text), note
    assert resources["replaced"] == ["\0"]
    assert not list(faults(file))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_and_names(text, tmp_path):
    context = dataclasses.replace(CONTEXT, cluster_name=text, workshop=text)
    title = Title(title=text, subtitle=text, context=context, facts=(Fact(text, text, text),))
    file, _ = pdf([title, dataclasses.replace(swot(), context=context)], tmp_path)
    plain = text.replace("\0", "")
    where = found(file)
    assert bare(plain) in where or in_either_order(plain, where)
    assert not list(faults(file))


def test_links_only_to_the_web(tmp_path):
    markdown = (
        "[bad](javascript:1) [file](file:///etc/passwd) [good](https://example.org/) "
        "[mail](mailto:a@example.org) ![a picture](http://example.org/x.png) <b>html</b>\n\n"
        "<script>alert(1)</script>\n"
    )
    file, _ = pdf(everything()[:1], tmp_path, markdown)
    with pikepdf.open(file) as document:
        targets = [
            str(annotation.A.URI)
            for page in document.pages
            for annotation in page.get("/Annots", [])
            if "/URI" in annotation.get("/A", {})
        ]
        assert not {"/JavaScript", "/Names", "/OpenAction"} & set(document.Root.keys())
    assert targets == ["https://example.org/", "mailto:a@example.org"]
    text = found(file)
    for words in ("bad", "file", "[apicture]", "<b>html</b>", "<script>alert(1)</script>"):
        assert words in text


def test_emoji_are_named_once(tmp_path):
    text = DrawableText()
    assert text.whole("go 🚀!") == "go [rocket]!"
    assert (
        text.whole("👍🏽 👩\u200d🚀 🇫🇷 1\ufe0f\u20e3")
        == "[thumbs up sign] [woman + rocket] [FR] [1]"
    )
    assert text.whole("中文") == "□□"
    assert {"🚀", "👍", "🏽", "👩", "中"} <= text.replaced
    file, resources = pdf(
        [swot({"strengths": ["go 🚀"], "weaknesses": [], "opportunities": [], "threats": []})],
        tmp_path,
    )
    assert "go[rocket]" in found(file)
    assert resources["replaced"] == ["🚀"]


def test_marks_that_no_font_joins_to_a_letter_do_not_stop_the_document(tmp_path):
    marks = "".join(a + m for a in "aאбبα" for m in "\u0301\u05b0\u064b\u20dd\u0336\u1ab0")
    file, _ = pdf([canvas("swot", [marks, "fine"])], tmp_path, f"*{marks} ✕ ☇*")
    assert "fine" in found(file)


def test_arabic_and_hebrew_stand_on_the_right(tmp_path):
    file, _ = pdf([canvas("swot", ["שלום", "latin"])], tmp_path)
    size, words = next(words_of(file))
    hebrew = next(w for w in words if bare(w[0]) in {"שלום", "םולש"})
    # Strengths fill the left half of the page; the note ends at that half's right edge.
    assert size[0] * 0.45 < hebrew[3] < size[0] * 0.5


def test_markdown_from_the_right_is_found(tmp_path):
    markdown = "# שלום\n\nשלום עולם\n\n- עברית\n\n| ספר | a |\n|---|---|\n| דף | b |\n"
    file, _ = pdf(everything()[:1], tmp_path, markdown)
    text = found(file)
    for words in ("שלום עולם", "עברית", "ספר", "דף"):
        assert in_either_order(words, text)


def test_language_and_direction_of_the_document(tmp_path):
    context = dataclasses.replace(CONTEXT, language="ar-EG")
    file, _ = pdf([Title(title="خريطة", context=context), canvas("swot", [], context)], tmp_path)
    with pikepdf.open(file) as document:
        assert str(document.Root.Lang) == "ar-EG"
    assert not list(faults(file))


def test_texts_lie_where_nobody_else_reads_them(tmp_path, monkeypatch):
    # Templates may be where nobody may write, and beside what an editor left there.
    templates = tmp_path / "templates"
    shutil.copytree(shared("templates", "documents", "typst"), templates)
    (templates / ".#main.typ").symlink_to("somebody@nowhere")
    for file in templates.glob("*.typ"):
        if not file.is_symlink():
            file.chmod(0o444)
    templates.chmod(0o555)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    exporter = HandoutPDFExporter(template_dir=str(templates))
    pdf([swot()], tmp_path, exporter=exporter)
    (folder,) = tmp_path.glob("clusterlab-*")
    assert (folder / "document.json").exists()
    modes = {path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*/"))}
    assert modes == {0o700}
    templates.chmod(0o755)
    del exporter
    gc.collect()
    assert not folder.exists()


def test_templates_cannot_fetch_packages(tmp_path):
    (tmp_path / "main.typ").write_text('#import "@preview/example:0.1.0": *', encoding="utf-8")
    exporter = HandoutPDFExporter(template_dir=str(tmp_path))
    with pytest.raises(DocumentError, match="could not be drawn"):
        exporter.from_notebook_node(notebook(everything()))


# Many documents, no two alike: how much more memory the process holds after the last than after
# the second, in MB.
GROWTH = """
from pathlib import Path
from samples import notebook
from test_pdf import EXPORTER, canvas, notes_of

def held(number):
    canvases = [canvas(name, notes_of(60 + number)) for name in ("swot", "pestel", "tows")]
    EXPORTER.from_notebook_node(notebook(canvases))
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

sizes = [held(number) for number in range(12)]
print(sizes[-1] - sizes[1])
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="tells memory on Linux only")
def test_a_process_does_not_hold_what_it_has_drawn():
    command = [sys.executable, "-c", GROWTH]
    place = Path(__file__).parent
    grown = subprocess.run(command, cwd=place, capture_output=True, text=True, check=True).stdout
    assert float(grown) < 200  # without letting go: more than 1,000


def colours_of(file):
    with pikepdf.open(file) as document:
        return {
            tuple(round(255 * float(v)) for v in operands)
            for page in document.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) in {"scn", "rg", "SCN"} and len(operands) == 3
        }


def test_a_workshops_colours_are_drawn_where_they_can_be_read(tmp_path):
    opening, *rest = everything()
    chosen = {"development": "7a003c", "financing": "ffee00"}
    file, _ = pdf([dataclasses.replace(opening, colours=chosen), *rest], tmp_path)
    found = colours_of(file)
    assert (0x7A, 0, 0x3C) in found
    assert (0x0B, 0x55, 0x63) not in found
    assert (0x8A, 0x53, 0) in found
