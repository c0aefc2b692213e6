"""A cluster's own copy of a form."""

import nbformat
import pytest

from clusterlab.errors import WorkshopError
from clusterlab.workshop.forms import place_form

PARAMETERS = {"workshop": "../..", "cluster": 'it\'s "x"\n', "language": "en"}


def form(path, *cells):
    notebook = nbformat.v4.new_notebook()
    for name, source in cells:
        tags = ["parameters"] if name == "parameters" else []
        notebook.cells.append(nbformat.v4.new_code_cell(source, id=name, metadata={"tags": tags}))
    nbformat.write(notebook, path)
    return path


def sources(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return [c.source for c in notebook.cells]


def test_parameters_are_set_whatever_the_cluster_is_called(tmp_path):
    source = form(tmp_path / "f.ipynb", ("parameters", 'workshop = "."'), ("a", "1"))
    place_form(source, tmp_path / "work" / "x.ipynb", PARAMETERS)
    first, *_ = sources(tmp_path / "work" / "x.ipynb")
    found = {}
    exec(first, found)
    assert {k: found[k] for k in PARAMETERS} == PARAMETERS


def test_an_updated_form_keeps_what_people_added(tmp_path):
    source = form(tmp_path / "f.ipynb", ("parameters", ""), ("a", "old a"), ("b", "b"))
    target = tmp_path / "x.ipynb"
    place_form(source, target, PARAMETERS)
    copy = nbformat.read(target, as_version=4)
    copy.cells.insert(2, nbformat.v4.new_markdown_cell("mine after a", id="mine"))
    copy.cells.append(nbformat.v4.new_markdown_cell("mine at the end", id="mine2"))
    nbformat.write(copy, target)
    form(source, ("parameters", ""), ("a", "new a"), ("c", "c"))
    place_form(source, target, PARAMETERS)
    assert sources(target)[1:] == ["new a", "mine after a", "c", "mine at the end"]


def test_a_broken_copy_is_left_alone(tmp_path):
    source = form(tmp_path / "f.ipynb", ("a", "1"))
    target = tmp_path / "x.ipynb"
    target.write_text("not a notebook")
    with pytest.raises(WorkshopError, match="not a notebook"):
        place_form(source, target, PARAMETERS)
    assert target.read_text() == "not a notebook"
