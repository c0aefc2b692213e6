"""That the benchmark works; what it measures here says nothing."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from clusterlab.workshop import Folder

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def benchmarks(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    known = set(sys.modules)
    yield
    for name in set(sys.modules) - known:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(BENCHMARKS)):
            del sys.modules[name]


@pytest.mark.long
def test_it_measures_and_tells_what_is_missed(tmp_path):
    found = tmp_path / "found.json"
    command = [sys.executable, BENCHMARKS / "batch.py", "--quick", "--parts", "execution,flat"]
    command += ["--place", tmp_path, "--json", found]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert found.is_file(), done.stdout + done.stderr
    figures = json.loads(found.read_text(encoding="utf-8"))["figures"]
    for figure in figures:
        assert figure["name"] in done.stdout
        assert figure["counts"], done.stdout  # the outputs were equal
    assert done.returncode == (0 if all(figure["met"] for figure in figures) else 1)
    assert ("MISSED" in done.stdout) == (done.returncode == 1)
    # What does not depend on how fast this machine is.
    values = {figure["name"]: figure["value"] for figure in figures}
    assert values["6 clusters, nothing changed: processes forked"] == 0
    assert values["6 clusters, one changed: its files rewritten"] == 6
    assert values["6 clusters, one changed: others' files rewritten"] == 0


def test_the_same_seed_gives_the_same_clusters(benchmarks, tmp_path):
    from synthetic import synthetic_workshop

    def bundles(name, seed):
        with synthetic_workshop(tmp_path / name, 3, seed) as workshop:
            return [workshop.bundle(c, workshop.language(c)) for c in workshop.clusters]

    first = bundles("one", 1)
    assert bundles("again", 1) == first
    assert bundles("other", 2) != first


def test_synthetic_notes_are_as_many_as_real_ones_and_say_nothing_of_theirs(benchmarks, tmp_path):
    from synthetic import ALIKE, Sample, synthetic_workshop

    sample = Sample()
    synthetic_workshop(tmp_path / "workshop", ALIKE + 2).close()
    with Folder(tmp_path / "workshop") as workshop:
        boards = {c.id: workshop.boards(c.id).values() for c in workshop.clusters}
    notes = {cluster: [n for b in there for n in b.on("")] for cluster, there in boards.items()}
    counts = [len(there) for there in notes.values()]
    assert sum(map(min, sample.sizes.values())) <= min(counts)
    assert max(counts) <= sum(map(max, sample.sizes.values()))
    # Every hundred clusters are alike, so that parts of a build compare.
    assert counts[:2] == counts[ALIKE:]
    texts = {note.text for there in notes.values() for note in there}
    assert not texts & {text for text in sample.texts if " " in text}
    assert any(note.links for note in notes["cluster-00001"])


def test_what_differs_between_two_runs_is_told_but_for_ids_and_times(benchmarks, tmp_path):
    from same import differences, seen

    def written(name, text, path, duration):
        output = nbformat.v4.new_output("stream", text=text)
        cell = nbformat.v4.new_code_cell("1", id="a", outputs=[output], execution_count=1)
        cell.metadata["papermill"] = {"duration": duration, "status": "completed"}
        notebook = nbformat.v4.new_notebook(cells=[cell])
        notebook.metadata["papermill"] = {"output_path": path}
        nbformat.write(notebook, tmp_path / name)
        return tmp_path / name

    one = written("one.ipynb", "at 0x7f00", "a", 1.5)
    assert differences(one, written("same.ipynb", "at 0x7fff", "b", 2)) == []
    found = differences(one, written("other.ipynb", "on 0x7f00", "a", 1.5))
    assert found == ["cell 0, outputs"]
    assert seen(found)
    untold = written("untold.ipynb", "at 0x7f00", "a", 1.5)
    untold.write_text(untold.read_text(encoding="utf-8").replace("completed", ""), "utf-8")
    assert differences(one, untold) == ["cell 0, metadata"]
    assert not seen(["cell 0, metadata"])


def test_the_picture_says_in_words_what_it_shows(benchmarks):
    from xml.etree import ElementTree as ET

    from picture import Bar, Group, draw

    group = Group(
        "Handouts & more", [Bar("papermill", 1), Bar("clusterlab build", 31.4, ours=True)]
    )
    picture = ET.fromstring(draw("How many times faster", [group], "one run"))
    name = "{http://www.w3.org/2000/svg}desc"
    said = "Handouts & more: papermill 1 times, clusterlab build 31 times."
    assert picture.findtext(name) == said
    assert draw("a", [group], "b") == draw("a", [group], "b")
