"""The HTML exporter and the index page."""

import base64
import dataclasses
import gc
import html as entities
import itertools
import re
import weakref

import hostile
import nbformat
import pytest
import samples
from hostile import Looked, squeezed
from jinja2.meta import find_referenced_templates
from nbconvert.exporters import get_exporter
from pages import hostile_index, hostile_notebook, index_data, page

from clusterlab.documents.html import HandoutHTMLExporter
from clusterlab.documents.index import relative, render_index
from clusterlab.documents.page import page_counter, page_environment
from clusterlab.documents.reading import safe_link
from clusterlab.errors import DocumentError
from clusterlab.outputs import MIME, Section
from clusterlab.outputs.html import environment, safe_image

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def picture_cell(mime, data, alt="A picture."):
    output = nbformat.v4.new_output("display_data", data={mime: data}, metadata={"alt": alt})
    return nbformat.v4.new_code_cell("secret_code()", outputs=[output])


def test_one_file_with_title_language_landmarks_and_policy():
    text = page(samples.notebook(samples.everything()))
    looked = Looked(text)
    assert text.startswith("<!DOCTYPE html>")
    assert looked.every("html") == [{"lang": "en", "dir": "ltr"}]
    assert "<title>Competency map – Mov&#39;eo</title>" in text
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert any(policy in meta.get("content", "") for meta in looked.every("meta"))
    for landmark in ("header", "main", "footer"):
        assert len(looked.every(landmark)) == 1
    assert looked.headings().count(1) == 1
    assert squeezed("Version 193-3f2c9d1a") in looked.text
    assert squeezed("20 November 2026") in looked.text
    looked.assert_harmless()


def test_notes_of_every_output_are_found_again_and_code_is_not():
    text = page(samples.notebook(samples.everything()))
    found = Looked(text).text
    for note in (
        "Strong cash flow lets us invest", "A note whose block is gone", "Invest in people",
        "Win 20 new members by the end of 2027", "Call every member", "40 members",
        "No strategy answers the threat T1.", "almost 200",
    ):  # fmt: skip
        assert squeezed(note) in found
    assert "show()" not in text


def test_contents_from_four_sections_on_lead_to_their_headings():
    sections = [Section(title=f"Part {i}", context=samples.CONTEXT) for i in range(4)]
    few = Looked(page(samples.notebook([samples.everything()[0], *sections[:3]])))
    assert not few.every("nav")
    many = Looked(page(samples.notebook([samples.everything()[0], *sections], "# And **more**")))
    targets = [a["href"][1:] for a in many.every("a") if "part" in a["href"]]
    ids = [attributes["id"] for _, attributes in many.elements if "id" in attributes]
    assert len(targets) == 5
    assert set(targets) <= set(ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "markdown",
    [
        "# A\n\n### B\n\n## C\n\n###### D",
        "### B\n\n# A",
        "## A\n\n## B\n\n> # quoted",
        "Setext\n===",
    ],
)
@pytest.mark.parametrize("titled", [True, False])
def test_no_heading_level_is_skipped_and_only_one_is_the_first(markdown, titled):
    outputs = samples.everything() if titled else samples.everything()[2:]
    nb = samples.notebook(outputs[:1], markdown)
    nb.cells += samples.notebook(outputs[1:], markdown).cells
    levels = Looked(page(nb)).headings()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), levels


def test_a_second_opening_is_a_section():
    opening = samples.everything()[0]
    assert Looked(page(samples.notebook([opening, opening]))).headings() == [1, 2]


def test_hostile_text_stays_text():
    text = page(hostile_notebook())
    looked = Looked(text)
    looked.assert_harmless()
    for hostile_text in hostile.TEXTS:
        assert squeezed(hostile_text) in looked.text
    assert squeezed("<script>window.hit = 11</script>") in looked.text
    assert squeezed("{{ 7 * 7 }}") in looked.text
    assert looked.headings().count(1) == 1
    assert text.lower().count("</style") == 1


@pytest.mark.browser
def test_nothing_of_it_runs_asks_or_shows_a_dialog(chromium, tmp_path):
    file = tmp_path / "page.html"
    index = tmp_path / "index.html"
    file.write_text(page(hostile_notebook()), encoding="utf-8")
    index.write_text(render_index(hostile_index()), encoding="utf-8")
    context = chromium.new_context(bypass_csp=True)  # without the policy's help
    for target in (file, index):
        asked, shown = [], []
        tab = context.new_page()
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("dialog", lambda dialog, shown=shown: (shown.append(1), dialog.dismiss()))
        tab.goto(target.as_uri())
        for link in tab.query_selector_all("main *")[:400]:
            link.dispatch_event("mouseover")
        tab.emulate_media(media="print")
        tab.pdf()
        assert tab.evaluate("window.hit") is None
        assert [url for url in asked if not url.startswith(("data:", target.as_uri()))] == []
        assert shown == []
        tab.close()
    context.close()


def test_markdown_is_drawn_as_what_it_means():
    text = page(
        samples.notebook(
            samples.everything()[:1],
            "*em* **st** ~~no~~ `a<b` A &amp; B\n\n1. one\n2. two\n\n- [x] done\n\n> said\n\n"
            "| a | |\n|--:|---|\n| 1 | 2 |\n\n```\nx < y\n```\n\n---\n\n"
            "[web](https://good.example/?a=1&b=2) <a@good.example> line  \nbreak",
        )
    )
    for piece in (
        "<em>em</em>", "<strong>st</strong>", "<del>no</del>", "<code>a&lt;b</code>", "A &amp; B",
        "<ol>", "☑ done", "<blockquote>", '<th scope="col" dir="auto" class="page-right">a</th>',
        "x &lt; y", "<hr>", 'href="https://good.example/?a=1&amp;b=2"',
        'href="mailto:a@good.example"', "<br>",
    ):  # fmt: skip
        assert piece in text, piece


@pytest.mark.parametrize(
    "url",
    ["javascript:1", "JAVASCRIPT:1", " https://x y", "//x", "x", "data:text/html,x", "https:", "#a",
     "java\nscript:1", "https://x\n", "file:///x", "java&#115;cript:1"],
)  # fmt: skip
def test_links_lead_to_the_web_or_to_mail_only(url):
    assert safe_link(url) == ""


def test_addresses_are_taken_as_they_are():
    url = "https://good.example/?a=1&copy=2&lt=3"
    assert safe_link(url) == url
    links = Looked(page(samples.notebook(samples.everything()[:1], f"[a]({url})"))).every("a")
    assert [a["href"] for a in links if a["href"][0] != "#"] == [url]


def test_pictures_in_markdown_are_inside_it_or_are_words():
    url = f"data:image/png;base64,{PIXEL}"
    text = page(
        samples.notebook(
            samples.everything()[:1], f"![inside]({url}) ![**out** side](https://x.example/x.png)"
        )
    )
    assert f'<img src="{url}" alt="inside">' in entities.unescape(text)
    assert "out side" in text
    assert not safe_image("data:image/svg+xml;base64,AAAA")
    assert not safe_image(url + '" onerror="1')


@pytest.mark.parametrize(
    ("mime", "data"), [("image/png", PIXEL), ("image/svg+xml", "<svg onload='window.hit=1'/>")]
)
def test_pictures_are_images(mime, data):
    nb = samples.notebook(samples.everything()[:1])
    nb.cells.append(picture_cell(mime, data))
    text = page(nb)
    (image,) = Looked(text).every("img")
    raw = base64.b64decode(image["src"].split(",")[1])
    assert raw == (base64.b64decode(data) if mime == "image/png" else data.encode())
    assert image["alt"] == "A picture."
    assert "secret_code" not in text


def test_a_failed_cell_is_said_in_a_sentence():
    nb = samples.notebook(samples.everything()[:1])
    error = nbformat.v4.new_output(
        "error", ename="ValueError", evalue="no such board", traceback=["T"]
    )
    nb.cells.append(nbformat.v4.new_code_cell("boom()", outputs=[error]))
    text = Looked(page(nb)).text
    assert squeezed("This part is missing: cell 2 of the notebook stopped with an error.") in text
    assert squeezed("no such board") in text
    assert "boom()" not in text


def test_text_is_kept_as_it_stands():
    nb = samples.notebook(samples.everything()[:1])
    stream = nbformat.v4.new_output("stream", name="stdout", text="a\n  b <c>")
    nb.cells.append(nbformat.v4.new_code_cell(outputs=[stream]))
    assert '<pre class="page-text" dir="auto">a\n  b &lt;c&gt;</pre>' in page(nb)


@pytest.mark.parametrize(("lost", "words"), [("title", "title"), ("alt", "alternative text")])
def test_what_lacks_title_or_alternative_text_is_refused(lost, words):
    swot = dataclasses.replace(samples.swot(), **{lost: ""})
    with pytest.raises(DocumentError, match=words):
        page(samples.notebook([samples.everything()[0], swot]))


@pytest.mark.parametrize(
    "text",
    ["![](data:image/png;base64,{})", "- a\n- [![ &nbsp;](data:image/png;base64,{})](https://a.b)",
     "|a|\n|-|\n|![][p]|\n\n[p]: data:image/png;base64,{}"],
)  # fmt: skip
def test_a_picture_in_markdown_without_words_is_refused(text):
    with pytest.raises(DocumentError, match=r"text of cell \d+ has no alternative text"):
        page(samples.notebook(samples.everything()[:1], text.format(PIXEL)))
    written = text.format(PIXEL).replace("[]", "[A dot]").replace("[ &nbsp;]", "[A dot]")
    images = Looked(page(samples.notebook(samples.everything()[:1], written))).every("img")
    assert [image["alt"] for image in images] == ["A dot"]


def test_data_that_no_template_can_draw_is_refused_in_words():
    nb = samples.notebook([samples.swot()])
    del nb.cells[0].outputs[0].data[MIME]["boxes"]
    with pytest.raises(DocumentError, match="SWOT"):
        page(nb)


def test_a_prepared_exporter_has_read_all_templates_of_a_page():
    exporter = HandoutHTMLExporter()
    exporter.prepare()
    templates = exporter._environment()
    known = {name for _, name in templates.cache}
    for name in known:
        source, *_ = templates.loader.get_source(templates, name)
        named = set(find_referenced_templates(templates.parse(source)))
        assert {other for other in named if other.endswith(".j2")} <= known
    assert "page.html.j2" in known


def test_a_workshops_own_templates_come_first(tmp_path):
    (tmp_path / "page.css").write_text("/* ours */", encoding="utf-8")
    nb = samples.notebook(samples.everything())
    assert "/* ours */" in page(nb, template_dir=str(tmp_path))
    assert "/* ours */" not in page(nb)


def test_an_exporter_keeps_its_templates_and_takes_them_with_it(tmp_path):
    (tmp_path / "page.css").write_text("/* ours */", encoding="utf-8")
    nb = samples.notebook(samples.everything()[:1])
    exporter = HandoutHTMLExporter(template_dir=str(tmp_path))
    exporter.from_notebook_node(nb)
    environment = weakref.ref(exporter._environment())
    assert exporter._environment() is environment()
    exporter.template_dir = ""
    assert "/* ours */" not in exporter.from_notebook_node(nb)[0]
    assert exporter._environment() is page_environment()
    gc.collect()
    assert environment() is None


def test_right_to_left_languages_turn_the_page():
    context = dataclasses.replace(samples.CONTEXT, language="he")
    opening = dataclasses.replace(samples.everything()[0], context=context)
    assert Looked(page(samples.notebook([opening]))).every("html") == [{"lang": "he", "dir": "rtl"}]


def test_a_notebook_without_outputs_needs_title_and_language_only():
    nb = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("Text")], metadata={"title": "T", "language": "en"}
    )
    looked = Looked(page(nb))
    assert looked.headings() == [1]
    assert squeezed("Skip to the content") in looked.text


def test_nbconvert_finds_what_it_needs():
    exporter = HandoutHTMLExporter()
    assert (exporter.file_extension, exporter.output_mimetype) == (".html", "text/html")
    assert exporter.export_from_notebook == "Handout HTML"
    assert get_exporter("clusterlab.documents.html.HandoutHTMLExporter") is HandoutHTMLExporter


def test_the_same_notebook_gives_the_same_bytes():
    nb = samples.notebook(samples.everything())
    assert page(nb) == page(nb)


def test_page_numbers_in_any_words():
    assert page_counter("{page}/{pages}") == '"" counter(page) "\\00002f" counter(pages) "" '
    assert "counter(x)" not in page_counter("{x}")


def test_the_index_lists_every_document_of_every_cluster():
    looked = Looked(render_index(index_data()))
    links = [a["href"] for a in looked.every("a") if not a["href"].startswith("#")]
    assert len(links) == 16 * 2 * 2
    assert "c3/en/competency-map.pdf" in links
    assert squeezed("What went wrong") not in looked.text
    assert squeezed("Bars count notes.") in looked.text
    assert looked.headings() == [1, 2, 2]
    looked.assert_harmless()


def test_problems_come_first_in_words():
    text = Looked(render_index(index_data(failed=(2, 7)))).text
    assert text.index(squeezed("What went wrong")) < text.index(squeezed("All clusters"))
    assert text.count(squeezed("There is no board “swto”.")) == 4
    assert text.count("Failed") == 2


def test_notices_stand_before_the_problems_and_may_be_left_out():
    data = index_data(failed=(2,))
    text = Looked(render_index(data)).text
    notice = squeezed("The folder “old” belongs to no cluster.")
    assert text.index(notice) < text.index(squeezed("What went wrong"))
    del data["notices"], data["picture"]["note"]
    bare = render_index(data)
    assert notice not in Looked(bare).text
    assert 'class="index-note' not in bare


@pytest.mark.parametrize(
    ("status", "style"),
    [("done", "done"), ("failed", "failed"), ("stale", "skipped"), ("of tomorrow", "skipped")],
)
def test_a_status_is_a_word_with_a_style(status, style):
    data = index_data(1)
    data["clusters"][0]["documents"] = [
        {**data["clusters"][0]["documents"][0], "status": status, "word": "As it stands"}
    ]
    assert f'class="index-status index-{style}">As it stands<' in render_index(data)


def test_a_hostile_index_stays_an_index():
    looked = Looked(render_index(hostile_index()))
    looked.assert_harmless()
    assert {t for t in hostile.TEXTS if squeezed(t) not in looked.text} == set()


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("moveo/en/x.pdf", "moveo/en/x.pdf"),
        ("a b/ü#?.pdf", "a%20b/%C3%BC%23%3F.pdf"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("//evil.example/x", "evil.example/x"),
        ("/etc/passwd", "etc/passwd"),
        ("../../x", ""),
        ("a\\..\\b", "a%5C..%5Cb"),
        ("", ""),
    ],
)
def test_links_of_the_index_stay_below_it(path, href):
    assert relative(path) == href


def test_templates_hold_no_words_of_their_own():
    folder = environment().loader.searchpath[-1]
    names = [n for n in environment().list_templates() if n.endswith(".j2")]
    assert len(names) >= 5, folder
    for name in names:
        source = environment().loader.get_source(environment(), name)[0]
        source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
        source = re.sub(r"<style>.*?</style>|<[^>]*>", "", source, flags=re.DOTALL)
        assert not re.search(
            r"[A-Za-z]{2,}", re.sub('&nbsp;| (lang|class)=""|clusterlab-', "", source)
        ), name


def test_a_long_index_is_cut_into_parts_that_are_led_to():
    short, long = (Looked(render_index(index_data(count))) for count in (100, 250))
    assert len(short.every("table")) == 1
    assert len(long.every("table")) == 3
    parts = [a["href"] for a in long.every("a") if a["href"].startswith("#part")]
    assert parts == ["#part-1", "#part-2", "#part-3"]
    assert {f"#{h['id']}" for h in long.every("h3")} == set(parts)
    assert squeezed("201–250") in long.text
    links = [a["href"] for a in long.every("a") if not a["href"].startswith("#")]
    assert len(links) == len(set(links)) == 250 * 2 * 2
    assert long.headings() == [1, 2, 2, 3, 3, 3]
    long.assert_harmless()
