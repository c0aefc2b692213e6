"""What may be imported before forking: what is installed, and starts no thread."""

import sys

import pytest

from clusterlab.engine import preload


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A module that lies where notebooks lie."""
    (tmp_path / "beside_a_notebook.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    return "beside_a_notebook"


def test_what_lies_beside_a_notebook_is_not_imported_before(beside):
    assert not preload.third_party(beside)
    assert preload.import_all([beside], lambda: 1) == ""
    assert beside not in sys.modules


@pytest.mark.parametrize("name", ["numpy", "json", "clusterlab.session", "IPython.display"])
def test_what_is_installed_is(name):
    assert preload.third_party(name)


def test_a_module_that_is_missing_is_passed_over():
    assert preload.import_all(["no_such_module_anywhere", "json"], lambda: 1) == ""


def test_the_first_module_that_starts_a_thread_is_named():
    counts = iter([1, 2])
    assert preload.import_all(["json", "csv", "wave"], lambda: next(counts)) == "csv"


@pytest.mark.parametrize(
    ("given", "variable", "expected"),
    [
        (None, None, ("IPython.display", "numpy")),
        (None, "numpy, pandas", ("numpy", "pandas")),
        (None, "", ()),
        ("json", "numpy", ("json",)),
        (["json", "csv"], None, ("json", "csv")),
        ([], "numpy", ()),
    ],
)
def test_what_to_import_is_said_by_option_then_variable_then_by_default(
    monkeypatch, given, variable, expected
):
    monkeypatch.delenv(preload.VARIABLE, raising=False)
    if variable is not None:
        monkeypatch.setenv(preload.VARIABLE, variable)
    assert preload.wanted(given, ["import numpy as np"]) == expected


def test_a_changed_file_makes_what_was_loaded_stale(tmp_path):
    file = tmp_path / "module.py"
    file.write_text("")
    files = {str(file): file.stat().st_mtime}
    assert not preload.stale(files)
    file.unlink()
    assert preload.stale(files)


def test_a_package_that_somebody_works_on_is_watched_file_by_file():
    import clusterlab.engine.frames as module

    assert module.__file__ in preload.watched()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("import numpy as np, pandas.io\nfrom matplotlib import pyplot", "numpy pandas matplotlib"),
        ("  if x:\n    import json", "json"),
        ("%matplotlib inline\n!ls\nx = 1", "matplotlib"),
        ("%%time\nfrom clusterlab import open_workshop", "clusterlab"),
        ("# import numpy\n'from pandas import x'\nimportant = 1", ""),
        ("from . import x\nimport", ""),
    ],
)
def test_what_a_notebook_imports_is_seen_beside_magics(cell, expected):
    assert preload.imported([cell]) == set(expected.split())
