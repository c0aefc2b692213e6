"""The main job: one command, and every cluster of the sample has what a trainer would hand out.

The sample is made and built once, in a network namespace that has nothing but loopback.
"""

import csv
import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from tools import bare, faults, run

from clusterlab.batch.build import build, look
from clusterlab.batch.jobs import Options
from clusterlab.outputs import MIME
from clusterlab.session import OpenWorkshop
from clusterlab.shared import shared
from clusterlab.workshop import Folder, load_kinds

NOTEBOOKS = ("competency-map", "business-model", "strategy-review", "planning")
KINDS = load_kinds()
WITH_CONTENT = ("moveo", "e-mobility-regensburg", "mobinov", "rai-automotive-nl")

#: By cluster with content: threats and opportunities, then strategies, that nothing takes up.
OPEN = {
    "moveo": ("T4, T6, O6 and 4 more", "SO2, SO3, SO4 and 47 more"),
    "e-mobility-regensburg": ("O2, T2, T5 and 5 more", "ST1, WO1, WT1 and 14 more"),
    "mobinov": ("O1, O3, O10 and 3 more", "SO2, ST1, WO1 and 20 more"),
    "rai-automotive-nl": ("T1, T5, O5 and 5 more", "ST1, WO1, WT1 and 8 more"),
}


def roster():
    with shared("data", "clusters.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def examples(folder):
    rows = []
    for path in sorted(shared("data", folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def tables(cluster):
    path = shared("data", "competency-maps", f"{cluster}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@pytest.mark.parametrize("cluster", roster())
def test_every_cluster_has_every_document(demo, cluster, notebook):
    place = demo[0] / "handouts" / cluster / "en"
    for suffix in ("ipynb", "html", "pdf"):
        assert (place / f"{notebook}.{suffix}").stat().st_size > 10_000


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@pytest.mark.parametrize("cluster", roster())
def test_every_pdf_is_tagged_titled_and_clean(demo, cluster, notebook):
    file = demo[0] / "handouts" / cluster / "en" / f"{notebook}.pdf"
    info = run("pdfinfo", file)
    assert re.search(r"Tagged:\s+yes", info)
    assert re.search(r"Title:\s+\S", info)
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang).startswith("en")
    fonts = run("pdffonts", file).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), fonts
    assert list(faults(file)) == []


@pytest.mark.parametrize("cluster", WITH_CONTENT)
def test_every_note_is_in_both_documents(demo, cluster):
    place = demo[0] / "handouts" / cluster / "en"
    for notebook, canvases in (
        ("competency-map", {"swot", "tows"}),
        ("business-model", {"business-model-cluster"}),
    ):
        pdf = bare(run("pdftotext", "-raw", place / f"{notebook}.pdf", "-"))
        html = (place / f"{notebook}.html").read_text(encoding="utf-8")
        html = bare(re.sub(r"&#39;|&#x27;", "'", html).replace("&amp;", "&").replace("&gt;", ">"))
        texts = [row["text"] for row in tables(cluster) if row["canvas"] in canvases]
        assert len(texts) > 15
        assert [t for t in texts if bare(t) not in pdf] == []
        assert [t for t in texts if bare(t) not in html] == []


@pytest.mark.parametrize("notebook", ["planning", "strategy-review"])
@pytest.mark.parametrize("cluster", WITH_CONTENT)
def test_the_examples_are_in_both_documents_and_say_what_they_are(demo, cluster, notebook):
    place = demo[0] / "handouts" / cluster / "en"
    pdf = run("pdftotext", "-raw", place / f"{notebook}.pdf", "-")
    html = (place / f"{notebook}.html").read_text(encoding="utf-8")
    rows = examples(notebook)
    assert {row["reading"] for row in rows} == {"example"}
    for text in (pdf, html):
        found = bare(text.replace("&#39;", "’"))
        assert [row["text"] for row in rows if bare(row["text"]) not in found] == []
        assert bare("Made up as an example for this sample") in found


@pytest.mark.parametrize("cluster", WITH_CONTENT)
def test_pictures_of_the_examples_say_the_same_in_words(demo, cluster):
    place = demo[0] / "handouts" / cluster / "en"
    plan = (place / "planning.html").read_text(encoding="utf-8")
    assert "Critical path: T2 → T3 → T4 → T6 → T7 → T14" in plan
    threats, strategies = OPEN[cluster]
    assert f"threats and opportunities without a strategy: {threats}; " in plan
    assert f"strategies without a goal: {strategies}." in plan
    assert "goals without a task or an indicator" not in plan
    assert "tasks without a row of the RACI matrix" not in plan
    review = (place / "strategy-review.html").read_text(encoding="utf-8")
    for message in (
        "11 trends. Strong influence meets little competence at: TR6, TR3, TR2.",
        "8 needs. Those that key members rate high, most relevant first: N1, N5, N6 and 2 more.",
        "12 competencies. The widest gap, 3, is at: PC1.",
        "Star: SV6, SV2, SV8",
        "8 things that members rated. Important and not yet good enough: F7, F8.",
        "people could choose several, so shares may make more than 100 %",
        "Strong and likely: EC1, P1, SC1, EN2, TE1, TE2, LE1",
    ):
        assert bare(message) in bare(review), message


def test_the_examples_keep_the_methods_rules(demo):
    canvases = {row["canvas"] for name in ("planning", "strategy-review") for row in examples(name)}
    with Folder(demo[0]) as folder:
        for name in WITH_CONTENT:
            found = OpenWorkshop(folder).cluster(name).check()
            wrong = [f for f in found if f.board.canvas in canvases and f.severity == "error"]
            assert wrong == []


def test_the_example_shows_what_the_methods_find(demo):
    """What makes a review worth talking about: each of these is there on purpose."""
    with Folder(demo[0]) as folder:
        found = {(f.rule, f.note) for f in OpenWorkshop(folder).cluster("mobinov").check()}
    assert {
        ("radar-act", "TR3"), ("vision-factors", "V1"), ("portfolio-fee", "SV1"),
        ("portfolio-apart", "SV7"), ("portfolio-need", "N5"), ("communication-missing", "CP6"),
        ("thread-finding", ""),
    } <= found  # fmt: skip


def test_others_get_an_empty_form_of_the_review(demo):
    html = (demo[0] / "handouts/gsic/en/strategy-review.html").read_text(encoding="utf-8")
    assert "Made up as an example" not in html
    for canvas in {row["canvas"] for row in examples("strategy-review")}:
        assert KINDS[canvas].title in html


@pytest.mark.parametrize(
    ("cluster", "count"),
    [("moveo", 63), ("e-mobility-regensburg", 53), ("mobinov", 42), ("rai-automotive-nl", 35)],
)
def test_every_bullet_of_the_source_is_one_note(demo, cluster, count):
    with Folder(demo[0]) as folder:
        notes = OpenWorkshop(folder).cluster(cluster).board("swot").notes
    assert len(notes) == count
    sources = [note.get("source") for note in notes]
    assert len(set(sources)) == count
    assert all(sources)


def test_links_are_marked_as_our_reading_and_fit_their_cell(demo):
    with Folder(demo[0]) as folder:
        for name in WITH_CONTENT:
            cluster = OpenWorkshop(folder).cluster(name)
            linked = [n for n in cluster.board("tows").notes if n.links]
            assert linked
            assert all(n.get("reading") == "links" for n in linked)
            rules = {f.rule for f in cluster.check()}
            assert "tows-cell" not in rules
            assert "tows-cite" in rules  # the source supports not every link; the check says so


def test_the_index_page_leads_to_every_document(demo):
    output = demo[0] / "handouts"
    index = (output / "index.html").read_text(encoding="utf-8")
    links = {unquote(h) for h in re.findall(r'href="([^"#]+)"', index)}
    assert len([x for x in links if x.endswith(".pdf")]) == len(NOTEBOOKS) * len(roster())
    assert all((output / link).is_file() for link in links)
    assert not re.search(r"https?://(?!www\.w3\.org/)", index)


def test_the_index_page_and_the_documents_ask_for_nothing(demo, chromium):
    output = demo[0] / "handouts"
    pages = [
        output / "index.html",
        output / "moveo/en/competency-map.html",
        output / "ngen/en/business-model.html",
    ]
    context = chromium.new_context(offline=True)
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    for path in pages:
        page = context.new_page()
        page.goto(path.as_uri(), wait_until="load")
        assert page.title()
        page.close()
    context.close()
    foreign = [u for u in asked if not u.startswith(("data:", output.as_uri()))]
    assert foreign == []
    assert len(asked) >= len(pages)


BLANK = ("gsic/en/strategy-review", "gsic/en/business-model")
WRITTEN = ("moveo/en/competency-map", "mobinov/en/business-model", "moveo/en/strategy-review")


@pytest.mark.parametrize(("width", "names"), [(1280, ("index", *WRITTEN, *BLANK)), (400, WRITTEN)])
def test_axe_finds_nothing_on_the_real_pages(demo, chromium, width, names):
    context = chromium.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    for name in names:
        page.goto((demo[0] / "handouts" / f"{name}.html").as_uri(), wait_until="load")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()


@pytest.fixture
def copied(demo, tmp_path):
    """A copy of the sample and its documents, to build on."""
    beside = shutil.ignore_patterns("workshop.db-*")  # come and go while others read
    return Path(shutil.copytree(demo[0], tmp_path / demo[0].name, ignore=beside))


def test_a_second_demo_says_that_all_is_up_to_date(copied, clusterlab_command):
    before = {p: p.stat().st_mtime_ns for p in (copied / "handouts").rglob("*") if p.is_file()}
    done = clusterlab_command("demo", cwd=copied.parent)
    assert done.returncode == 0
    assert f"{len(NOTEBOOKS) * len(roster())} documents are up to date" in done.stdout
    after = {p: p.stat().st_mtime_ns for p in (copied / "handouts").rglob("*") if p.is_file()}
    assert before == after


def test_an_up_to_date_workshop_starts_no_worker(copied, monkeypatch):
    def fail(*_):
        raise AssertionError("a worker was started")

    monkeypatch.setattr(sys.modules["clusterlab.batch.build"], "run_all", fail)
    with Folder(copied) as folder:
        assert look(folder, Options()).todo == ()
        assert build(folder, Options()).fresh == len(NOTEBOOKS) * len(roster())


def test_two_demos_make_the_same_documents(demo, tmp_path, clusterlab_command):
    """Made from another folder, for one cluster: the same bytes, and the same bundle."""
    shutil.copytree(
        demo[0], tmp_path / "copy", ignore=shutil.ignore_patterns("handouts", "workshop.db-*")
    )
    done = clusterlab_command("build", "copy", "--only", "moveo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for notebook in NOTEBOOKS:
        for suffix in ("html", "pdf"):
            name = f"handouts/moveo/en/{notebook}.{suffix}"
            assert (tmp_path / "copy" / name).read_bytes() == (demo[0] / name).read_bytes()


def typed(path):
    notebook = nbformat.read(path, as_version=4)
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    return [o.data[MIME] for o in outputs if MIME in o.get("data", {})]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@pytest.mark.parametrize("cluster", ["moveo", "gsic"])
def test_plain_papermill_gives_the_same_outputs(demo, tmp_path, cluster, notebook):
    import papermill

    papermill.execute_notebook(
        demo[0] / "notebooks" / f"{notebook}.ipynb",
        tmp_path / "out.ipynb",
        {"workshop": str(demo[0]), "cluster": cluster},
        progress_bar=False,
        extra_arguments=["--log-level=50"],
    )
    ours = typed(demo[0] / "handouts" / cluster / "en" / f"{notebook}.ipynb")
    assert ours
    assert typed(tmp_path / "out.ipynb") == ours


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_shipped_notebooks_are_forms(notebook):
    found = nbformat.read(shared("notebooks", notebook, f"{notebook}.ipynb"), as_version=4)
    nbformat.validate(found)
    assert found.cells[0].metadata.tags == ["parameters"]
    for cell in found.cells:
        assert cell.cell_type == "code"
        assert cell.metadata.jupyter.source_hidden
        assert not cell.outputs
        assert len(cell.source.splitlines()) <= 5


def test_the_manifest_counts_every_document(demo):
    manifest = json.loads((demo[0] / "handouts" / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["documents"]) == len(NOTEBOOKS) * len(roster())
    assert {r["status"] for r in manifest["documents"].values()} == {"done"}
