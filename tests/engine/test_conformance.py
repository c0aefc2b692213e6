"""Every notebook of the conformance folder gives what papermill's own engine gives."""

import json
import os
from pathlib import Path

import nbformat
import pytest
from compare import compare
from runner import NOTEBOOKS, STOCK, options
from workers import Workers

# Naming papermill's own engine here shows which notebooks are not deterministic by themselves.
ENGINE = os.environ.get("CLUSTERLAB_CONFORMANCE_ENGINE", "clusterlab")
NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


@pytest.fixture(scope="session")
def records(request, tmp_path_factory):
    """Both records of every notebook of this run, by name, as futures."""
    # A kernel mostly waits while it starts and stops; beside other test processes one is enough.
    count = 1 if "PYTEST_XDIST_WORKER" in os.environ else (os.cpu_count() or 1) + 1
    workers = Workers(tmp_path_factory.mktemp("conformance"), count)
    asked = [
        item.callspec.params["name"]
        for item in request.session.items
        if item.path == Path(__file__) and "records" in item.fixturenames
    ]
    if "PYTEST_XDIST_WORKER" in os.environ:
        yield lambda name: workers.submit(name, [STOCK, ENGINE]).result()
    else:
        begun = {name: workers.submit(name, [STOCK, ENGINE]) for name in asked}
        yield lambda name: begun[name].result()
    workers.stop()


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_gives_what_papermill_gives(name, records):
    stock, ours = records(name)
    if options(name).get("falls_back"):
        # Said once and by design; what the notebook gives is compared all the same.
        assert any("not forked" in text for _, text in ours.pop("log"))
        del stock["log"]
    found = compare(stock, ours, options(name).get("differs", ()))
    assert not found, "\n".join([f"{len(found)} differences (papermill's, ours):", *found[:20]])


def test_the_notebooks_are_clean():
    assert len(NAMES) >= 48
    for name in NAMES:
        path = NOTEBOOKS / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        assert not any(cell.get("outputs") for cell in notebook.cells), name
        assert not any(cell.get("execution_count") for cell in notebook.cells), name
        given = json.loads(path.read_text(encoding="utf-8"))
        old = name.startswith("old-format")
        assert (given["nbformat"], given["nbformat_minor"]) == (4, 4 if old else 5), name
        if name != "without-kernelspec":
            assert notebook.metadata.kernelspec.name == "python3", name
