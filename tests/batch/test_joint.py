"""One document of all clusters for each notebook."""

import json
import subprocess

import docx
import nbformat
import openpyxl
import pptx
import pytest
from accessible import remarks
from verapdf import faulty

from clusterlab.batch.build import build, look
from clusterlab.batch.jobs import Options
from clusterlab.errors import DocumentError
from clusterlab.language import load
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import read_roster, write_roster

WORDS = load("en")
HTML = Options(joint=True, formats=("html",))


def page(folder, language="en", suffix="html"):
    file = folder.path / "handouts" / "all_clusters" / language / f"competency-map.{suffix}"
    return file.read_text(encoding="utf-8")


def write(folder, text):
    (folder.path / "joint").mkdir(exist_ok=True)
    (folder.path / "joint" / "competency-map.md").write_text(text, encoding="utf-8")


def test_every_cluster_is_a_part_of_one_document(built):
    report = build(built, HTML)
    assert report.results == []  # the clusters' own documents were there
    ((one, result, missing),) = report.joint
    assert (one.key, result.status, missing) == ("all_clusters/en/competency-map", "done", [])
    text = page(built)
    assert "<h2" in text
    assert text.count("<h1") == 1
    places = [text.index(f">{name}</h2>") for name in ("Alpha Cluster", "Bêta &amp; Söhne e.V.")]
    assert places == sorted(places)
    for cluster in ("alpha", "beta"):
        assert f"People of {cluster} know each other well" in text
    # Methods, words and credits once, at the end.
    for title in ("Methods and sources", "What the words mean", "Credits and version"):
        assert text.count(f">{title}</h") == 1
        assert text.index(f">{title}</h") > places[-1]
    assert text.count(">Methods and words</h2>") == 1


def test_without_being_asked_no_document_names_other_clusters(built):
    build(built, Options(force=True, only=("alpha",)))
    assert not (built.path / "handouts" / "all_clusters").exists()
    assert "beta" not in page_of(built, "alpha")


def page_of(folder, cluster):
    file = folder.path / "handouts" / cluster / "en" / "competency-map.html"
    return file.read_text(encoding="utf-8")


def test_it_is_drawn_again_only_when_something_changed(built):
    build(built, HTML)
    assert look(built, HTML).joint == ()
    assert build(built, HTML).joint == []
    board = OpenWorkshop(built).cluster("beta").board("swot", topic="business")
    board.add("weaknesses", "Nobody answers the telephone")
    assert look(built, HTML).joint == ("all_clusters/en/competency-map",)
    report = build(built, HTML)
    assert [job.cluster for job, _ in report.results] == ["beta"]
    assert "Nobody answers the telephone" in page(built)
    (built.path / "handouts" / "all_clusters/en/competency-map.html").write_text("cut")
    assert len(build(built, HTML).joint) == 1


def test_what_people_wrote_stands_around_the_parts(built):
    write(
        built,
        "# Maps of our clusters\n\n## Summary\n\nWhat we learned.\n\n[clusters]\n\n"
        "## Conclusions\n\nWhat we do *together*.\n",
    )
    build(built, HTML)
    text = page(built)
    assert "<title>Maps of our clusters" in text
    order = [">Summary</h2>", ">Alpha Cluster</h2>", ">Conclusions</h2>", ">Methods and words</h2>"]
    places = [text.index(mark) for mark in order]
    assert places == sorted(places)
    assert "<em>together</em>" in text
    assert "[clusters]" not in text
    assert look(built, HTML).joint == ()
    write(built, "# Other title\n")
    assert look(built, HTML).joint == ("all_clusters/en/competency-map",)


def test_a_picture_without_words_in_it_is_told_and_stops_nothing_else(built):
    write(built, "![](https://evil.example/x.png)")
    ((_, result, _),) = build(built, HTML).joint
    assert "alternative text" in WORDS.say(result.error)
    assert result.status == "failed"


def test_a_cluster_that_failed_is_named_and_the_others_are_there(small):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    source = "if cluster == 'alpha':\n    raise ValueError('no figures')"
    notebook.cells.insert(2, nbformat.v4.new_code_cell(source, id="breaks"))
    nbformat.write(notebook, path)
    ((_, result, missing),) = build(small, HTML).joint
    assert (result.status, missing) == ("done", ["Alpha Cluster"])
    assert ">Alpha Cluster</h2>" not in page(small)
    assert ">Bêta &amp; Söhne e.V.</h2>" in page(small)
    index = (small.path / "handouts" / "index.html").read_text(encoding="utf-8")
    assert "Without Alpha Cluster: their own documents failed." in index
    notebook.cells.pop(2)
    nbformat.write(notebook, path)
    ((_, result, missing),) = build(small, HTML).joint
    assert missing == []
    assert ">Alpha Cluster</h2>" in page(small)


def test_no_cluster_at_all_is_a_sentence(small):
    path = small.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(2, nbformat.v4.new_code_cell("1 / 0", id="breaks"))
    nbformat.write(notebook, path)
    ((_, result, _),) = build(small, HTML).joint
    assert "No cluster’s document could be made" in WORDS.say(result.error)


def test_all_parts_are_in_one_language(small):
    (small.path / "locale").mkdir()
    words = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    words += 'msgid "Strengths"\nmsgstr "Stärken"\n'
    (small.path / "locale" / "de.po").write_text(words, encoding="utf-8")
    clusters, _ = read_roster(small.path / "clusters.csv")
    own = [c if c.id == "alpha" else type(c)(c.id, c.name, language="de") for c in clusters]
    write_roster(own, small.path / "clusters.csv")
    vars(small).pop("_roster", None)
    report = build(small, HTML)
    made = {(job.cluster, job.language) for job, _ in report.results}
    assert made == {("alpha", "en"), ("beta", "en"), ("beta", "de")}
    assert 'lang="en"' in page(small)
    assert "Stärken" not in page(small)
    assert look(small, HTML).todo == look(small, HTML).joint == ()
    build(small, Options(joint=True, formats=("html",), language="de"))
    assert page(small, "de").count("Stärken</h") == 2 * 3  # of each topic


def test_the_index_names_them_and_says_when_they_are_of_an_older_time(built):
    build(built, HTML)
    index = built.path / "handouts" / "index.html"
    assert "all_clusters/en/competency-map.html" in index.read_text(encoding="utf-8")
    assert "Out of date" not in index.read_text(encoding="utf-8")
    board = OpenWorkshop(built).cluster("beta").board("swot", topic="business")
    board.add("weaknesses", "Nobody answers the telephone")
    build(built, Options(formats=("html",)))
    text = index.read_text(encoding="utf-8")
    assert "Out of date" in text[text.index("Joint documents") :][:600]


def test_a_changed_notebook_is_told(built):
    file = built.path / "handouts" / "alpha" / "en" / "competency-map.ipynb"
    size = file.stat().st_size
    file.write_text("x" * size)
    ((_, result, _),) = build(built, HTML).joint
    assert "no longer as the build wrote it" in WORDS.say(result.error)


@pytest.mark.parametrize("kept", ["nonsense", {"x": 1}, {"x": {"files": []}}, None])
def test_what_the_manifest_says_otherwise_counts_as_nothing(built, kept):
    manifest = built.path / "handouts" / "manifest.json"
    held = json.loads(manifest.read_text("utf-8"))
    held["joint"] = kept
    manifest.write_text(json.dumps(held), "utf-8")
    assert len(build(built, HTML).joint) == 1


def test_a_text_in_another_encoding_is_told_before_anything_runs(built):
    (built.path / "joint").mkdir()
    (built.path / "joint" / "competency-map.md").write_bytes(b"\xff\xfe\x00x")
    with pytest.raises(DocumentError, match="UTF-8"):
        build(built, HTML)


def test_every_format_holds_every_cluster(built):
    options = Options(joint=True, formats=("html", "pdf", "pptx", "docx", "xlsx"))
    ((one, result, _),) = build(built, options).joint
    assert set(result.files) == set(options.formats), result.error and WORDS.say(result.error)
    place = built.path / "handouts" / one.key

    slides = pptx.Presentation(str(place.with_suffix(".pptx"))).slides
    swots = [s for s in slides if s.shapes.title.text.startswith("SWOT · Business")]
    assert len(swots) == 2
    feet = [[x.text_frame.text for x in s.placeholders if "Footer" in x.name] for s in swots]
    assert ["Alpha Cluster" in text[0] for text in feet] == [True, False]
    assert "Söhne" in feet[1][0]

    paragraphs = docx.Document(str(place.with_suffix(".docx"))).paragraphs
    first = [p.text for p in paragraphs if p.style.name == "Heading 1"]
    assert first == ["The clusters", "Alpha Cluster", "Bêta & Söhne e.V.", "Methods and words",
                     "Credits and version"]  # fmt: skip
    begins = {p.text for p in paragraphs if "w:pageBreakBefore" in p._p.xml}
    assert begins == {"Alpha Cluster", "Bêta & Söhne e.V."}

    book = openpyxl.load_workbook(place.with_suffix(".xlsx"))
    rows = [r for r in book["SWOT"].iter_rows(values_only=True) if r[0] and r[1]]
    assert rows[0][:3] == ("Cluster", "Group", "Block")
    assert {r[0] for r in rows[1:]} == {"Alpha Cluster", "Bêta & Söhne e.V."}
    assert len([n for n in book.sheetnames if n.startswith("SWOT")]) == 3  # one for each topic

    pages = pdf_pages(place.with_suffix(".pdf"))
    listed = pages[1].split("\n")
    assert listed[:3] == ["Small workshop", "", "Contents"]
    assert [n for n in listed if n.strip() in first] == first
    of_alpha = [text for text in pages if text.startswith("Alpha Cluster")]
    assert any("People of alpha" in text for text in of_alpha)
    assert not any("of beta" in text for text in of_alpha)
    assert remarks(place.with_suffix(".pdf")) == []
    assert faulty([place.with_suffix(".pdf")]) == {}


def pdf_pages(path):
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")


def test_themes_that_several_clusters_named_stand_at_the_front(built):
    workshop = OpenWorkshop(built)
    for cluster in ("alpha", "beta"):
        board = workshop.cluster(cluster).board("swot", topic="services")
        board.add("weaknesses", f"Too few members of {cluster}", tags=["Members"])
    build(built, HTML)
    text = page(built)
    front = text[: text.index(">Alpha Cluster</h2>")]
    assert ">Themes of all clusters</h3>" in front
    assert "2 of 2 clusters" in front
    assert "Too few members of beta" in front
