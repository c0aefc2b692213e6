"""Accessibility and privacy of pages, in a real browser."""

import dataclasses

import pytest
import samples
from axe_playwright_python.sync_playwright import Axe
from pages import hostile_notebook, index_data, page

from clusterlab.documents.index import render_index
from clusterlab.model import read_kind
from clusterlab.outputs import (
    Box,
    Canvas,
    Column,
    Comparison,
    Difference,
    Fact,
    Picture,
    Prompted,
    Records,
    Row,
    Section,
    Table,
)
from clusterlab.shared import shared

pytestmark = pytest.mark.browser

WIDTHS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 400, "height": 800}}
MARKDOWN = (
    "# Remarks\n\n[a link](https://good.example/) and `code`\n\n### Deep\n\n"
    "| a | |\n|---|---|\n| 1 | 2 |\n\n- [ ] open\n\n```\ncode\n```\n"
)
BROKEN = """<!DOCTYPE html><html><head><title></title></head><body>
<h1 style="color:#ccc">Pale</h1><h4>Skipped</h4><img src="data:,"><a href="#x"></a></body></html>"""


def blanks():
    """A blank canvas of each kind that comes with the package, and a blank comparison."""
    outputs = [samples.everything()[0]]
    for file in sorted(shared("templates", "canvases").glob("*.toml")):
        kind = read_kind(file.read_text(encoding="utf-8"), file.name)
        groups = {group.id: group for group in kind.groups}
        common = {"title": kind.title, "alt": "Empty.", "context": samples.CONTEXT, "kind": kind.id}
        outputs.append(Section(title=kind.title, text=kind.summary, context=samples.CONTEXT))
        if kind.layout == "grid":
            boxes = tuple(
                Box(b.id, b.label, b.prompt, groups[b.group].accent if b.group else "neutral")
                for b in kind.blocks
            )
            legend = tuple(Fact(g.label, g.accent) for g in kind.groups)
            outputs.append(Canvas(grid=kind.grid, boxes=boxes, legend=legend, **common))
        elif kind.layout == "records":
            fields = tuple(Prompted(f.id, f.label, "", f.help, f.wide) for f in kind.fields)
            outputs.append(Records(text_label=kind.text_label, blank=fields, **common))
        else:
            columns = [Column("spoken", "No."), Column("text", kind.text_label, wide=True)]
            columns += [Column(f.id, f.label, f.help, f.wide) for f in kind.fields]
            outputs.append(Table(columns=tuple(columns), **common))
    comparison = next(o for o in samples.everything() if isinstance(o, Comparison))
    blocks = tuple(Difference(f"b{i}", name) for i, name in enumerate(("Members", "Costs")))
    return [*outputs, dataclasses.replace(comparison, blocks=blocks)]


def full():
    """Every output and every other part of a page."""
    picture = Picture(
        title="How full",
        alt="One bar.",
        context=samples.CONTEXT,
        svg="<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        text="A: 3",
    )
    nb = samples.notebook([*samples.everything(), picture], MARKDOWN)
    nb.cells += hostile_notebook().cells[-2:]
    return nb


def words(count):
    return [f"Note {i} with some words that fill a line of the box" for i in range(count)]


def swot(count):
    quarters = ("strengths", "weaknesses", "opportunities", "threats")
    notes = {name: words(count)[i::4] for i, name in enumerate(quarters)}
    return [samples.everything()[0], samples.swot(notes)]


def lone_outputs():
    """Outputs as a JupyterLab cell shows them, each with its own style."""
    drawn = "".join(output.to_html() for output in samples.everything())
    return f"<!DOCTYPE html><html lang=en><title>T</title><body><main>{drawn}</main></body></html>"


def stale_index():
    data = index_data(3)
    data["clusters"][1]["documents"][0] |= {"status": "stale", "word": "Out of date"}
    return data


PAGES = {
    "everything": lambda: page(full()),
    "swot": lambda: page(samples.notebook(swot(63))),
    "blank": lambda: page(samples.notebook(blanks())),
    "hostile": lambda: page(hostile_notebook()),
    "index": lambda: render_index(index_data()),
    "index-failed": lambda: render_index(index_data(failed=(2, 7))),
    "index-empty": lambda: render_index(index_data(0) | {"picture": None}),
    "index-stale": lambda: render_index(stale_index()),
    "alone": lone_outputs,
}


@pytest.fixture(params=WIDTHS)
def tab(request, chromium):
    context = chromium.new_context(viewport=WIDTHS[request.param], bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name, tab, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGES[name](), encoding="utf-8")
    tab.goto(file.as_uri())
    results = Axe().run(tab)
    assert results.violations_count == 0, results.generate_report()
    assert len(results.response["passes"]) > 15


def test_axe_does_find_what_is_broken(tab):
    tab.set_content(BROKEN)
    found = {v["id"] for v in Axe().run(tab).response["violations"]}
    assert {"color-contrast", "html-has-lang", "image-alt", "link-name", "heading-order"} <= found


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_its_window_and_no_text_is_cut(name, tab, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGES[name](), encoding="utf-8")
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = tab.evaluate(
        """() => [...document.querySelectorAll('main p, main li, main td, main th, main dd')]
            .filter(e => !e.closest('[class*=hidden], thead') && e.scrollWidth > e.clientWidth + 1
                && getComputedStyle(e).display !== 'inline')
            .map(e => e.outerHTML.slice(0, 200))"""
    )
    assert cut == []


HEADS = (
    "Working days", "Earliest start", "Importance, counted", "Hours of work", "Deadline",
    "Milestone", "Confirmed by", "Responsible", "Competence against benchmark",
)  # fmt: skip
BROKEN_WORDS = """() => [...document.querySelectorAll('thead th, tbody td')].flatMap(cell => {
    const head = cell.closest('thead');
    if (head && head.clientWidth < 9) return [];  // on a phone for screen readers only
    const found = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) for (const it of walk.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(walk.currentNode, it.index);
        range.setEnd(walk.currentNode, it.index + it[0].length);
        const tops = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
        if (tops.size > 1) found.push(it[0]);
    }
    return found;
})"""


def many_columns(word):
    """A table with eleven columns, one of whose cells holds a long word."""
    columns = [Column("spoken", "No."), Column("text", "Task", wide=True)]
    columns += [Column(f"c{i}", head, "What to write here.") for i, head in enumerate(HEADS)]
    texts = ["T10", f"Call every member and {word}", "10", "December 15, 2026", "1, 3, 6"]
    cells = (*texts, "40", "January 29, 2027", "Yes", "", "Managing director 40 %", "+0.4")
    rows = (Row(samples.item("T10", "Call"), cells),) * 3
    table = Table(
        title="Tasks", alt="Tasks.", context=samples.CONTEXT, kind="tasks",
        columns=tuple(columns), rows=rows,
    )  # fmt: skip
    return samples.notebook([samples.everything()[0], table])


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_tables_with_many_columns_break_no_word_that_has_room(direction, media, tab, tmp_path):
    file = tmp_path / "page.html"
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"
    drawn = page(many_columns(long)).replace('dir="ltr"', f'dir="{direction}"')
    file.write_text(drawn, encoding="utf-8")
    tab.emulate_media(media=media)
    tab.goto(file.as_uri())
    assert set(tab.evaluate(BROKEN_WORDS)) <= {long}
    assert tab.evaluate(
        "[...document.querySelectorAll('.clusterlab-wider')].every("
        "e => e.scrollWidth <= e.clientWidth)"
    )
    assert "What to write here" not in tab.inner_text("main")


@pytest.mark.parametrize("name", ["everything", "blank"])
def test_boxes_never_overlap(name, tab, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGES[name](), encoding="utf-8")
    tab.goto(file.as_uri())
    overlaps = tab.evaluate(
        """() => [...document.querySelectorAll('.clusterlab-grid')].flatMap(grid => {
            const boxes = [...grid.children].map(e => e.getBoundingClientRect());
            return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b =>
                a.left < b.right - 1 && b.left < a.right - 1 &&
                a.top < b.bottom - 1 && b.top < a.bottom - 1));
        })"""
    )
    assert overlaps == []


def test_colours_of_lines_are_dark_enough(tab, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGES["everything"](), encoding="utf-8")
    tab.goto(file.as_uri())
    colours = tab.evaluate(
        """() => [...document.querySelectorAll('.clusterlab-box, .clusterlab-unplaced')]
            .map(e => getComputedStyle(e))
            .flatMap(s => [s.borderTopColor, s.borderLeftColor])"""
    )
    assert colours
    assert min(contrast_with_white(colour) for colour in set(colours)) >= 3


def contrast_with_white(colour):
    channels = [int(c) / 255 for c in colour[4:-1].split(",")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_the_policy_stops_scripts_and_requests(chromium, tmp_path):
    text = page(samples.notebook(samples.everything()))
    attack = "<script>window.hit = 1</script><img src='https://evil.example/x.png'>"
    file = tmp_path / "page.html"
    file.write_text(text.replace("</main>", attack + "</main>"), encoding="utf-8")
    tab = chromium.new_page()
    sent = []
    tab.on("response", lambda response: sent.append(response.url))
    tab.goto(file.as_uri())
    assert tab.evaluate("window.hit") is None
    assert not [url for url in sent if "evil" in url]
    tab.close()


@pytest.mark.parametrize("name", ["everything", "index"])
def test_no_request_leaves_the_machine(name, chromium, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGES[name](), encoding="utf-8")
    asked = []
    tab = chromium.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri())
    tab.pdf(prefer_css_page_size=True)
    tab.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_canvases_are_printed_on_landscape_sheets_of_a4(chromium, tmp_path):
    file, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    file.write_text(PAGES["swot"](), encoding="utf-8")
    tab = chromium.new_page()
    tab.goto(file.as_uri())
    tab.pdf(path=paper, prefer_css_page_size=True)
    tab.close()
    import pikepdf

    with pikepdf.open(paper) as pdf:
        sizes = {tuple(round(float(v)) for v in sheet.mediabox[2:]) for sheet in pdf.pages}
        assert len(pdf.pages) >= 3
    assert sizes == {(595, 842), (842, 595)}


def test_the_skip_link_is_the_first_stop(tab, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGES["everything"](), encoding="utf-8")
    tab.goto(file.as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_a_dark_theme_around_an_output_leaves_it_legible(tab):
    drawn = dataclasses.replace(samples.swot()).to_html()
    tab.set_content(
        "<!DOCTYPE html><html lang=en><title>T</title>"
        "<body style='background:#111;color:#eee'>"
        "<style>.jp td, .jp h3, .jp p { color: #eee }</style>"
        f"<main class=jp><h1>x</h1>{drawn}</main>"
    )
    results = Axe().run(tab, options={"runOnly": ["color-contrast"]})
    assert results.violations_count == 0, results.generate_report()
