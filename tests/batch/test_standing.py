"""What a build leaves when things change between builds, or go wrong around it."""

import json
import subprocess
import sys

import nbformat
import pytest

from clusterlab.batch.build import build, look
from clusterlab.batch.jobs import Options
from clusterlab.batch.manifest import FILE, LOG
from clusterlab.errors import WorkshopError
from clusterlab.language import load
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder

ALPHA = Options(only=("alpha",))


def index(folder):
    return (folder.path / "handouts" / "index.html").read_text(encoding="utf-8")


def records(folder):
    raw = json.loads((folder.path / "handouts" / FILE).read_text(encoding="utf-8"))
    return raw["documents"]


def write_on(folder, cluster="alpha"):
    board = OpenWorkshop(folder).cluster(cluster).board("swot", topic="services")
    return board.add("strengths", "Known for fast answers to members")


def insert(folder, source, at=2):
    path = folder.path / "notebooks" / "competency-map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(at, nbformat.v4.new_code_cell(source, id=f"cell-{abs(hash(source))}"))
    nbformat.write(notebook, path)


def test_files_of_others_are_left_alone(small):
    mine = small.path / "handouts" / "x" / ".thesis.docx.part"
    mine.parent.mkdir(parents=True)
    mine.write_text("keep")
    build(small, ALPHA)
    assert mine.read_text() == "keep"


def test_two_builds_at_once_are_refused(small):
    code = (
        "import sys; from pathlib import Path; from clusterlab.batch.files import alone\n"
        "with alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    held = subprocess.Popen(
        [sys.executable, "-c", code, str(small.path / "handouts")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout.readline() == "held\n"
    with pytest.raises(WorkshopError, match="Another build"):
        build(small, ALPHA)
    held.communicate()
    assert build(small, ALPHA).failed == []


def test_a_renamed_notebook_leaves_the_index_and_is_named(built):
    notebooks = built.path / "notebooks"
    (notebooks / "competency-map.ipynb").rename(notebooks / "map.ipynb")
    file = built.path / "workshop.toml"
    file.write_text(file.read_text().replace('["competency-map"]', '["map"]'))
    with Folder(built.path) as folder:
        report = build(folder, ALPHA)
        assert report.gone == ["alpha/en/competency-map", "beta/en/competency-map"]
        assert set(records(folder)) == {"alpha/en/map"}
        assert "competency-map" not in index(folder)
    assert (built.path / "handouts/alpha/en/competency-map.pdf").is_file()


def test_a_cluster_that_left_the_roster_leaves_the_index(built):
    assert "Alpha Cluster" in index(built)
    roster = built.path / "clusters.csv"
    lines = roster.read_text(encoding="utf-8").splitlines(keepends=True)
    roster.write_text("".join(x for x in lines if "Alpha" not in x), encoding="utf-8")
    with Folder(built.path) as folder:
        report = build(folder, Options())
        assert report.results == []
        page = index(folder)
        assert "Alpha Cluster" not in page
        assert "2 notes" in page  # somebody must be told that they are in no document


def test_what_changed_since_is_shown_as_out_of_date(built):
    write_on(built, "beta")
    build(built, Options(only=("alpha",)))
    assert "Out of date" in index(built)
    build(built, Options())
    assert "Out of date" not in index(built)


def test_a_log_that_a_kill_left_is_taken_in(built):
    output = built.path / "handouts"
    raw = json.loads((output / FILE).read_text(encoding="utf-8"))
    moved = {"beta/en/competency-map": raw["documents"].pop("beta/en/competency-map")}
    (output / FILE).write_text(json.dumps(raw), encoding="utf-8")
    (output / LOG).write_text(json.dumps(moved) + '\n{"cut sh', encoding="utf-8")
    (output / "index.html").write_text("old")
    report = build(built, Options())
    assert report.results == []
    assert not (output / LOG).exists()
    assert "beta/en/competency-map.pdf" in index(built)


def test_a_failure_keeps_the_older_documents_and_says_so(built):
    pdf = (built.path / "handouts/alpha/en/competency-map.pdf").read_bytes()
    insert(built, "1 / 0")
    build(built, ALPHA)
    record = records(built)["alpha/en/competency-map"]
    assert record["status"] == "failed"
    assert set(record["older"]) == {"pdf", "html"}
    assert (built.path / "handouts/alpha/en/competency-map.pdf").read_bytes() == pdf
    assert "PDF, older version" in index(built)


def test_one_format_at_a_time_adds_up(small):
    build(small, Options(only=("alpha",), formats=("pdf",)))
    assert set(records(small)["alpha/en/competency-map"]["files"]) == {"ipynb", "pdf"}
    build(small, Options(only=("alpha",), formats=("html",)))
    assert set(records(small)["alpha/en/competency-map"]["files"]) == {"ipynb", "pdf", "html"}
    assert look(small, ALPHA).todo == ()


def test_one_format_that_fails_keeps_the_other(small):
    picture = "display({'image/png': 'bm90IGEgcGljdHVyZQ=='}, raw=True, metadata={'alt': 'x'})"
    insert(small, picture)
    ((_, result),) = build(small, ALPHA).results
    assert result.status == "failed"
    assert set(result.files) == {"html", "ipynb"}
    assert "Notebook up to" not in index(small)


BROKEN = (
    "",
    "[]",
    '{"documents": []}',
    '{"documents": {"alpha/en/x": {"status": "done"}}}',
    '{"documents": {"alpha/en/competency-map": []}}',
    "\udcff",
)


def test_a_manifest_of_another_version_counts_as_none(built):
    output = built.path / "handouts"
    whole = look(built, Options(force=True)).todo
    assert look(built, Options()).todo == ()
    for text in BROKEN:
        (output / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
        (output / LOG).write_bytes(b'\xff\xfe{"x": 1}\n')
        assert look(built, Options()).todo == whole
    assert build(built, ALPHA).failed == []
    assert set(records(built)) == {"alpha/en/competency-map"}


def test_a_file_in_the_way_fails_one_job_with_a_sentence(small):
    output = small.path / "handouts"
    output.mkdir()
    (output / "alpha").write_text("a file")
    report = build(small, Options())
    ((job, result),) = report.failed
    assert job.cluster == "alpha"
    assert "cannot be written" in str(result.error)


def test_the_current_folder_stands_in_for_no_library(small, clusterlab_command, tmp_path):
    small.close()
    place = tmp_path / "elsewhere"
    place.mkdir()
    for name in ("typst", "random", "papermill"):
        (place / f"{name}.py").write_text("raise RuntimeError('hijacked')\n")
    program = [sys.executable, "-P", "-m", "clusterlab", "build", str(small.path)]
    done = subprocess.run(program, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_error_in_a_notebook_is_told_in_the_workshops_language(small):
    (small.path / "locale").mkdir()
    (small.path / "locale" / "pl.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "There is no {what} “{came}”. {hint}"\nmsgstr "Nie ma {what} “{came}”. {hint}"\n',
        encoding="utf-8",
    )
    insert(small, "here.board('swott')")
    ((_, result),) = build(small, Options(only=("alpha",), language="pl")).results
    assert load("en").say(result.error).startswith("Nie ma")


def test_a_file_that_cannot_be_written_ends_with_a_sentence(small, clusterlab_command):
    small.close()
    (small.path / "handouts").write_text("a file in the way")
    done = clusterlab_command("build", small.path, cwd=small.path.parent)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "handouts" in done.stderr
