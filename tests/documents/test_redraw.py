"""Exports draw a notebook as its workshop stands now, else they say of when they are."""

import dataclasses
import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from hostile import Looked, squeezed
from samples import CONTEXT, notebook
from tools import bare, run

from clusterlab.batch.jobs import Options
from clusterlab.batch.plan import FORMATS, plan
from clusterlab.batch.work import exporter
from clusterlab.batch.work import run as run_job
from clusterlab.documents.html import HandoutHTMLExporter
from clusterlab.documents.pdf import HandoutPDFExporter
from clusterlab.outputs import MIME, Picture, Section
from clusterlab.session import OpenWorkshop

BEFORE = "People of alpha know each other well"
AFTER = "Written after the notebook ran"
OF = "As of"
PAPER = HandoutPDFExporter()


def saved(folder, cluster="alpha", language="", more=()):
    """A notebook that ran in a cluster's own folder, and its file."""
    here = OpenWorkshop(folder, language).cluster(cluster)
    outputs = [
        here.title("Competency map"),
        here.section("SWOT"),
        here.board("swot", topic="business").output(),
        here.findings("swot"),
        *more,
    ]
    file = folder.path / "work" / cluster / "x.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(outputs), file)
    return file


@pytest.fixture
def ran(small):
    """A notebook that ran before its last note was written; the workshop is closed."""
    file = saved(small)
    board = OpenWorkshop(small).cluster("alpha").board("swot", topic="business")
    board.add("opportunities", AFTER)
    small.close()
    return file


def words(file, **traits):
    """What a reader finds in the page of a notebook."""
    return HandoutHTMLExporter(**traits).from_filename(str(file))[0]


def sheet(file, exporter=PAPER):
    data, _ = exporter.from_filename(str(file))
    made = file.with_suffix(".pdf")
    made.write_bytes(data)
    text = bare(run("pdftotext", "-raw", made, "-"))
    made.unlink()
    return text


def seen(file):
    """What a reader finds in the page and on paper; both say the same here."""
    page, paper = Looked(words(file)).text, sheet(file)
    for text in (BEFORE, AFTER, OF):
        assert (squeezed(text) in page) == (bare(text) in paper), text
    return page


def assert_kept(file):
    page = seen(file)
    assert squeezed(BEFORE) in page
    assert squeezed(AFTER) not in page
    assert page.count(squeezed("What was written after the notebook last ran is not in this")) == 1


def change(file, edit):
    """Forge the typed data in a notebook's file."""
    nb = nbformat.read(file, as_version=4)
    for cell in nb.cells:
        for output in cell.outputs:
            edit(output.data[MIME])
    nbformat.write(nb, file)


def trace(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.endswith("-shm")  # what connections share is no content
    }


def test_what_was_written_after_the_run_is_in_both_documents(ran, small):
    before = trace(small.path)
    page = seen(ran)
    assert squeezed(BEFORE) in page
    assert squeezed(AFTER) in page
    assert squeezed(OF) not in page
    assert trace(small.path) == before
    old = nbformat.read(ran, as_version=4).cells[0].outputs[0].data[MIME]["context"]["version"]
    assert squeezed(old) not in page
    with OpenWorkshop(type(small)(small.path)).source as folder:
        now = OpenWorkshop(folder).cluster("alpha").title("T").context.version
    assert squeezed(now) in page


def test_while_somebody_writes(small):
    file = saved(small)
    before = trace(small.path)
    OpenWorkshop(small).cluster("alpha").board("swot", topic="business").add("threats", AFTER)
    assert squeezed(AFTER) in seen(file)
    assert set(trace(small.path)) == set(before)
    board = OpenWorkshop(small).cluster("alpha").board("swot", topic="business")
    board.edit("T2", "Changed once more")
    assert squeezed("Changed once more") in Looked(words(file)).text


def test_the_language_stays_that_of_the_notebook(small):
    (small.path / "locale").mkdir()
    catalogue = small.path / "locale" / "fr.po"
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "What is unanswered"\nmsgstr "Sans réponse"\n\n'
        'msgid "As of {date}. What was written after the notebook last ran is not in this '
        'document."\nmsgstr "État du {date}."\n',
        encoding="utf-8",
    )
    file = saved(small, language="fr")
    board = OpenWorkshop(small).cluster("alpha").board("swot", topic="business")
    board.add("opportunities", AFTER)
    page = words(file)
    assert '<html lang="fr"' in page
    assert squeezed("Sans réponse") in Looked(page).text
    assert squeezed(AFTER) in Looked(page).text
    catalogue.unlink()
    page = words(file)
    assert '<html lang="fr"' in page
    assert squeezed(AFTER) not in Looked(page).text
    assert squeezed("État du") in Looked(page).text


def test_away_from_its_workshop_a_notebook_says_of_when_it_is(ran, tmp_path):
    moved = tmp_path / "elsewhere" / "x.ipynb"
    moved.parent.mkdir()
    shutil.copy(ran, moved)
    assert_kept(moved)
    page = HandoutHTMLExporter().from_notebook_node(nbformat.read(ran, as_version=4))[0]
    date = nbformat.read(ran, as_version=4).cells[0].outputs[0].data[MIME]["context"]["date"]
    assert squeezed(f"As of {date}. What was written") in Looked(page).text


def test_in_another_workshop_too(ran, small):
    facts = small.path / "workshop.toml"
    other = "00000000-0000-4000-8000-00000000000b"
    facts.write_text(facts.read_text().replace(small.settings.id, other))
    assert_kept(ran)


def test_a_workshop_inside_another_one_is_found_again(ran, small):
    inner = small.path / "work" / "alpha" / "workshop.toml"
    inner.write_text('id = "00000000-0000-4000-8000-00000000000b"\ntitle = "Inner"\n')
    assert squeezed(AFTER) in seen(ran)
    inner.write_text("broken")
    assert squeezed(AFTER) in Looked(words(ran)).text


@pytest.mark.parametrize("wrong", ["gone", "empty", "broken", "cut"])
def test_without_its_journal_it_says_of_when_it_is(ran, small, wrong):
    journal = small.path / "workshop.db"
    if wrong == "gone":
        journal.unlink()
    else:
        kept = {"empty": b"", "broken": b"no journal " * 99, "cut": journal.read_bytes()[:5000]}
        journal.write_bytes(kept[wrong])
    before = trace(small.path)
    assert_kept(ran)
    assert trace(small.path) == before


@pytest.mark.parametrize("name", ["clusters.csv", "workshop.toml", "canvases/swot.toml"])
def test_in_a_broken_workshop_too(ran, small, name):
    (small.path / name).parent.mkdir(exist_ok=True)
    (small.path / name).write_bytes(b"\xff\xfe\0broken")
    assert_kept(ran)


@pytest.mark.parametrize(
    "made",
    [
        None,
        "board",
        {},
        {"output": "__class__"},
        {"output": "board", "canvas": "swot", "topic": "../../etc"},
        {"output": "board", "canvas": "swot", "cluster": "beta"},
        {"output": "board", "canvas": ["swot"] * 9},
    ],
    ids=repr,
)
def test_forged_records_change_nothing(ran, made):
    change(ran, lambda data: data["context"].update(made=made))
    assert_kept(ran)


@pytest.mark.parametrize("cluster", ["beta", "../beta", "", None, ["beta"], {"id": "beta"}])
def test_a_clusters_own_notebook_shows_no_other_cluster(ran, cluster):
    change(ran, lambda data: data["context"].update(cluster=cluster))
    assert_kept(ran)
    assert squeezed("of beta") not in Looked(words(ran)).text


def test_a_trainers_notebook_shows_every_cluster(ran, small):
    file = small.path / "notebooks" / "x.ipynb"
    shutil.copy(ran, file)
    assert squeezed(AFTER) in Looked(words(file)).text
    change(file, lambda data: data["context"].update(cluster="beta"))
    text = Looked(words(file)).text
    assert squeezed("People of beta know each other well") in text
    assert squeezed("of alpha") not in text


def test_broken_contexts_are_no_reason_to_fail(ran):
    def odd(data):
        if data["type"] == "canvas":
            data["context"] = []
        if data["type"] == "findings":
            data["context"] = {"workshop_id": ["x"], "version": {"a": 1}, "date": None}

    change(ran, odd)
    for text in (Looked(words(ran)).text, sheet(ran)):
        assert "Asthenotebooklastran." in text


def test_parts_that_stay_as_they_were_are_mentioned(small):
    here = OpenWorkshop(small).cluster("alpha")
    context = dataclasses.replace(here.section("S").context, made={})
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"/>'
    file = saved(small, more=[Picture(title="P", alt="a", svg=svg, context=context)])
    here.board("swot", topic="business").add("opportunities", AFTER)
    page = Looked(words(file)).text
    assert squeezed(AFTER) in page
    assert squeezed("Some parts of this document are as of") in page
    assert bare("Some parts of this document are as of") in sheet(file)


def test_of_several_dates_the_oldest_is_said(ran, tmp_path):
    moved = tmp_path / "x.ipynb"
    shutil.copy(ran, moved)

    def older(data):
        if data["type"] == "findings":
            data["context"].update(version="1-abc", date="1 May 2020")

    change(moved, older)
    assert squeezed("As of 1 May 2020.") in Looked(words(moved)).text


def test_outputs_of_no_workshop_have_no_date(tmp_path):
    context = dataclasses.replace(CONTEXT, workshop_id="")
    file = tmp_path / "x.ipynb"
    nbformat.write(notebook([Section(title="Made by hand", context=context)]), file)
    assert 'page-remark"' not in words(file)


def test_a_document_without_an_opening_says_it_below_its_title(ran, tmp_path):
    nb = nbformat.read(ran, as_version=4)
    nb.cells = nb.cells[2:3]
    nb.metadata["title"] = "A canvas alone"
    moved = tmp_path / "x.ipynb"
    nbformat.write(nb, moved)
    page = Looked(words(moved)).text
    assert page.count(squeezed("What was written after the notebook last ran")) == 1
    assert bare("What was written after the notebook last ran") in sheet(moved)


# -- live widgets ---------------------------------------------------------------------------------

VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "m", "version_major": 2}}
LIVE = "This part is live in JupyterLab"


def test_typed_data_beside_a_live_widget_is_drawn(ran, tmp_path):
    nb = nbformat.read(ran, as_version=4)
    for cell in nb.cells:
        data = cell.outputs[0].data
        cell.outputs[0].data = nbformat.from_dict({**VIEW, "text/html": "<i>live</i>", **data})
    nbformat.write(nb, ran)
    assert squeezed(AFTER) in seen(ran)
    moved = tmp_path / "x.ipynb"
    shutil.copy(ran, moved)
    assert_kept(moved)
    assert squeezed(LIVE) not in Looked(words(moved)).text


@pytest.mark.parametrize("more", [{}, {"text/plain": "Board()"}, {MIME: None, "text/plain": "B"}])
def test_a_widget_without_typed_data_becomes_a_sentence(ran, more):
    nb = nbformat.read(ran, as_version=4)
    output = nbformat.v4.new_output("display_data", data={**VIEW, **more})
    nb.cells.append(nbformat.v4.new_code_cell("board", outputs=[output]))
    nbformat.write(nb, ran)
    page = Looked(words(ran)).text
    assert page.count(squeezed(LIVE)) == 1
    assert squeezed("Board()") not in page
    assert bare(LIVE) in sheet(ran)


# -- as people export -----------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["beside", "above"])
def test_the_command_of_nbconvert_draws_it_too(ran, small, where):
    place, name = (
        (ran.parent, ran.name) if where == "beside" else (small.path, "work/alpha/x.ipynb")
    )
    command = [sys.executable, "-m", "nbconvert", "--to", "handout_html", name]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = Looked(ran.with_suffix(".html").read_text(encoding="utf-8")).text
    assert squeezed(AFTER) in page
    assert squeezed(OF) not in page


# -- builds ---------------------------------------------------------------------------------------


def test_a_build_draws_what_it_executed(small, monkeypatch):
    options = Options(only=("alpha",), notebooks=("competency-map",))
    (job,) = plan(small, options)
    board = OpenWorkshop(small).cluster("alpha").board("swot", topic="business")
    board.add("opportunities", AFTER)
    small.close()
    # The worst place for it: inside the workshop, which knows more by now.
    monkeypatch.chdir(small.path)
    result = run_job(job)
    assert result.status == "done"
    page = result.data["html"].decode()
    assert squeezed(BEFORE) in Looked(page).text
    assert squeezed(AFTER) not in Looked(page).text
    assert squeezed(OF) not in Looked(page).text
    record = nbformat.reads(result.data["ipynb"].decode(), as_version=4)
    assert AFTER not in json.dumps(record)


def test_a_builds_exporters_never_draw_anew(ran):
    for made in map(exporter, FORMATS):
        assert not made.redraw
    text = Looked(exporter("html").from_filename(str(ran))[0]).text
    assert squeezed(BEFORE) in text
    assert squeezed(AFTER) not in text
    assert squeezed(OF) not in text
    paper = sheet(ran, exporter("pdf"))
    assert bare(AFTER) not in paper
    assert bare(OF) not in paper
