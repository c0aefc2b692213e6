"""The whole sample in five formats: opened by another program, and no note is missing in any."""

import csv
import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools import bare, need

FORMATS = ("html", "pdf", "pptx", "docx", "xlsx")
OFFICE = ("pptx", "docx", "xlsx")
#: The cluster whose documents every run of the tests looks at.
CLUSTER = "rai-automotive-nl"
#: Of the notebooks those that are made the fastest, and the canvases that they show.
NOTEBOOKS = ("competency-map", "business-model")
CANVASES = ("swot", "tows", "business-model-cluster")


def text_of_pdf(file):
    """Give what a PDF says, in the orders in which its text can be read."""
    ways = ([], ["-raw"], ["-layout"])
    return [
        bare(subprocess.run([need("pdftotext"), *way, file, "-"], capture_output=True, check=True)
             .stdout.decode("utf-8", "replace"))
        for way in ways
    ]  # fmt: skip


def text_of_page(file):
    """Give what a page says, and what its pictures say for who cannot see them."""
    return [bare(html.unescape(re.sub("<[^>]*>", " ", file.read_text(encoding="utf-8"))))]


def found(note, texts):
    """Say whether a note is there, whole or divided between two pages."""
    wanted = bare(note)
    if any(wanted in text for text in texts):
        return True
    cuts = range(4, len(wanted) - 3)
    return any(wanted[:k] in text and wanted[k:] in text for text in texts for k in cuts)


def convert(files, place):
    """Convert office files to PDF: a few processes, many files each."""
    profile = (place / "profile").as_uri()
    command = [need("soffice"), f"-env:UserInstallation={profile}", "--headless"]
    for start in range(0, len(files), 60):
        some = files[start : start + 60]
        done = subprocess.run(
            [*command, "--convert-to", "pdf", "--outdir", place, *some],
            capture_output=True, text=True, check=False, timeout=3600,
        )  # fmt: skip
        assert "rror" not in done.stdout, done.stdout
    return [place / f"{file.stem}.pdf" for file in files]


def notes_of(table, canvases=()):
    """Give the texts of every cluster's notes, perhaps those of some canvases only."""
    notes = {}
    with table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if canvases and row["canvas"] not in canvases:
                continue
            notes.setdefault(row["cluster"], []).append(row["text"].lstrip("'"))
    return notes


def missing(handouts, notes, converted):
    """Give the notes that no document of their cluster says, by format; and how many were found.

    Parameters
    ----------
    converted
        A folder for each office format with a PDF for each document: “cluster__notebook.pdf”.
    """
    lost, count = {}, dict.fromkeys(FORMATS, 0)
    for cluster, texts in notes.items():
        for suffix in FORMATS:
            if suffix in OFFICE:
                files = sorted((converted / suffix).glob(f"{cluster}__*.pdf"))
            else:
                files = sorted((handouts / cluster).rglob(f"*.{suffix}"))
            read = text_of_page if suffix == "html" else text_of_pdf
            said = [text for file in files for text in read(file)]
            gone = [text for text in texts if not found(text, said)]
            count[suffix] += len(texts) - len(gone)
            if gone:
                lost[cluster, suffix] = gone
    return lost, count


def written(place, *given):
    """Build the sample in all formats and open its files with LibreOffice.

    Gives the folder of the handouts, that of what was made of the office files, and a table of
    all notes.
    """
    need("soffice")
    run = [sys.executable, "-m", "clusterlab"]
    sample = place / "sample"
    script = "import sys; from pathlib import Path; from clusterlab.cli.sample import open_sample; "
    script += "open_sample(Path(sys.argv[1])).close()"
    subprocess.run([sys.executable, "-c", script, sample], check=True)
    subprocess.run([*run, "export", sample, "--to", place / "notes.csv"], check=True)
    jobs = ["--jobs", str(os.cpu_count() or 1)]
    subprocess.run(
        [*run, "build", sample, "--format", ",".join(FORMATS), *jobs, *given], check=True
    )
    handouts, converted = sample / "handouts", place / "converted"
    for suffix in OFFICE:
        source, shown = place / suffix, converted / suffix
        source.mkdir()
        shown.mkdir(parents=True)
        for file in sorted(handouts.rglob(f"*.{suffix}")):
            cluster = file.relative_to(handouts).parts[0]
            shutil.copy(file, source / f"{cluster}__{file.name}")
        made = convert(sorted(source.iterdir()), shown)
        assert [file.name for file in made if not file.is_file()] == []
    return handouts, converted, place / "notes.csv"


@pytest.mark.long
def test_every_note_is_in_every_format(tmp_path):
    handouts, converted, table = written(tmp_path)
    lost, count = missing(handouts, notes_of(table), converted)
    documents = len(list(converted.rglob("*.pdf")))
    sys.stdout.write(f"{documents} office files opened; notes found: {count}\n")
    assert not lost


def test_every_note_of_a_cluster_is_in_every_format(tmp_path):
    chosen = ["--only", CLUSTER, *(a for name in NOTEBOOKS for a in ("--notebook", name))]
    handouts, converted, table = written(tmp_path, *chosen)
    notes = {CLUSTER: notes_of(table, CANVASES)[CLUSTER]}
    assert len(notes[CLUSTER]) > 50
    lost, count = missing(handouts, notes, converted)
    assert not lost
    assert set(count.values()) == {len(notes[CLUSTER])}
    # What is not there is missed.
    lost, _ = missing(handouts, {CLUSTER: ["Nobody of the cluster wrote this"]}, converted)
    assert set(lost) == {(CLUSTER, suffix) for suffix in FORMATS}


def test_a_note_that_is_gone_is_noticed(tmp_path):
    page = tmp_path / "a" / "page.html"
    page.parent.mkdir()
    page.write_text("<p>Strong cash&shy;flow</p><p>lets us <b>invest</b></p>", encoding="utf-8")
    said = text_of_page(page)
    assert found("Strong cash flow", said)
    assert found("Strong cash flow lets us invest", said)
    assert not found("Strong cash flow lets us rest", said)


if __name__ == "__main__":  # on documents that are there already
    handouts_, table_, converted_ = map(Path, sys.argv[1:4])
    lost_, count_ = missing(handouts_, notes_of(table_), converted_)
    for key, gone_ in lost_.items():
        sys.stdout.write(f"{key} {len(gone_)} {gone_[:3]}\n")
    sys.stdout.write(f"{count_} of {sum(map(len, notes_of(table_).values()))}\n")
