"""Hostile text in every place where a person can type, through the whole chain."""

import csv
import html
import re
import unicodedata

import pytest
from tools import bare, run

from clusterlab.session import OpenWorkshop
from clusterlab.shared import shared
from clusterlab.workshop import Folder, create, folder_name

TEXTS = [
    "../../x",
    "/etc/passwd",
    "CON",
    "n" * 300,
    "Rocket 🚀 start",
    "مرحبا بكم في الورشة",
    "שלום לכולם כאן",
    "e\u0301a\u0308 combined",
    "Ελληνικά",
    "Кириллица",
    "<script>alert(1)</script>",
    "</style><b>bold",
    '#import "x"',
    "$x$",
    "*b*",
    "[a](javascript:1)",
    '=HYPERLINK("x")',
    "nul \0 here",
    "line\u2028separator\u2029here",
    "{{ 7*7 }} {cell} {0.__class__}",
    "%(x)s %s",
    "\"quoted\" 'and' \\ back",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory, clusterlab_command):
    """A workshop in which everything is called badly, and what its build printed."""
    place = tmp_path_factory.mktemp("hostile")
    folder = place / "w"
    create(folder, "cluster-strategy", "</title><script>alert(1)</script> #import $x$").close()
    with (folder / "clusters.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "field", "notes"])
        for text in TEXTS:
            writer.writerow(
                [text.replace("\0", "\u2400"), text.replace("\0", "\u2400"), text, text]
            )
    with Folder(folder) as workshop:
        for cluster in workshop.clusters:
            opened = OpenWorkshop(workshop).cluster(cluster.id)
            board = opened.board("swot", topic="business")
            for text in TEXTS:
                board.add("strengths", f"{text} is good", tags=[text[:40]], group=text[:40])
            opened.board("smart-goals").add("goals", TEXTS[10], owner=TEXTS[16], specific=TEXTS[15])
            opened.board("action-plan").add("actions", TEXTS[12], responsible=TEXTS[13])
        names = {c.id: c.name for c in workshop.clusters}
    before = {p for p in place.rglob("*") if p.is_file()}
    done = clusterlab_command("build", "w", cwd=place)
    made = {p for p in place.rglob("*") if p.is_file()} - before
    return folder, names, done, made


def test_everything_is_built(built):
    folder, names, done, _ = built
    assert done.returncode == 0, done.stderr
    assert len(names) == len(TEXTS)
    assert len(list((folder / "handouts").glob("*/en/*.pdf"))) == 2 * len(TEXTS)


def test_nothing_is_written_outside_the_handouts(built):
    folder, _, _, made = built
    assert made
    assert [p for p in made if not p.is_relative_to(folder / "handouts")] == [
        p for p in made if p.name.startswith("workshop.db-")
    ]


def test_the_console_tells_which_signs_were_replaced(built):
    _, _, done, _ = built
    assert "U+1F680" in done.stderr
    assert "clusters.csv”: control characters" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def wanted():
    """What must be found again: everything but emoji and control characters."""
    for text in TEXTS:
        kept = text.replace("\0", "").replace("\u2028", " ").replace("\u2029", " ")
        yield kept.replace("Rocket 🚀 start", "start")


def pieces(text):
    """Give what a reader of a PDF finds in one piece.

    It gives the words of a right-to-left line in the order of paper, each in reading order.
    """
    leftward = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)
    return [bare(word) for word in (text.split() if leftward else [text])]


def test_every_text_is_found_again_in_html_and_pdf(built):
    folder, names, _, _ = built
    for cluster in list(names)[:3]:
        place = folder / "handouts" / folder_name(cluster) / "en"
        page = (place / "competency-map.html").read_text(encoding="utf-8")
        page = bare(html.unescape(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)))
        pdf = bare(run("pdftotext", "-raw", place / "competency-map.pdf", "-"))
        for text in wanted():
            assert bare(text) in page
            assert [piece for piece in pieces(text) if piece not in pdf] == []


def test_nothing_runs_in_any_page(built, chromium):
    folder, names, _, _ = built
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    seen = []
    page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
    page.on("request", lambda r: seen.append(r.url) if not r.url.startswith("file:") else None)
    handouts = folder / "handouts"
    paths = [handouts / "index.html"]
    paths += [handouts / folder_name(c) / "en" / "competency-map.html" for c in names]
    for path in paths:
        page.goto(path.as_uri(), wait_until="load")
        assert page.locator("script").count() == 0
        assert page.locator("main b:text('bold')").count() == 0
    context.close()
    assert [s for s in seen if not s.startswith("data:")] == []


def test_the_console_is_not_steered(tmp_path, clusterlab_command):
    create(tmp_path / "w", "competency-map").close()
    (tmp_path / "w" / "clusters.csv").write_text("id,name\nx,\x1b[31mred\x1b]0;title\x07\n")
    (tmp_path / "w" / "notebooks" / "competency-map.ipynb").write_text("{}")
    done = clusterlab_command("build", "w", cwd=tmp_path)
    assert "\x1b" not in done.stdout + done.stderr
    form = shared("notebooks", "competency-map", "competency-map.ipynb")
    text = form.read_text(encoding="utf-8").replace(
        "here.findings(", "raise ValueError('\\\\x1b]0;title\\\\x07 said'); here.findings("
    )
    (tmp_path / "w" / "notebooks" / "competency-map.ipynb").write_text(text, encoding="utf-8")
    done = clusterlab_command("build", "w", cwd=tmp_path)
    assert done.returncode == 1
    assert "said" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert "\x07" not in done.stdout + done.stderr


def test_a_hostile_cluster_on_the_command_line_is_only_a_name(built, clusterlab_command):
    folder = built[0]
    done = clusterlab_command("build", "w", "--only", "../../y", cwd=folder.parent)
    assert done.returncode == 2
    assert "../../y" in done.stderr
    assert "Did you mean “../../x”" in done.stderr


def test_the_fonts_travel_with_their_licence():
    fonts = shared("templates", "documents", "fonts")
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert len(list(fonts.glob("*.ttf"))) >= 6
