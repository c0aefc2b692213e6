"""A cluster's own copy of a form."""

import copy
import hashlib
import itertools
import json
import tempfile
import uuid
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


# -- what people wrote ----------------------------------------------------------------------------


def cells(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    return notebook.cells


def work(path, change):
    """Change a copy as a person does in JupyterLab."""
    notebook = nbformat.read(path, as_version=4)
    change(notebook.cells)
    nbformat.write(notebook, path)


def placed(tmp_path, *parts):
    source = form(tmp_path / "f.ipynb", ("parameters", ""), *parts)
    target = tmp_path / "x.ipynb"
    place_form(source, target, PARAMETERS)
    return source, target


def typed(index, text):
    def change(cells):
        cells[index].source = text

    return change


def test_the_mark_says_which_cell_was_placed_and_with_what(tmp_path):
    _, target = placed(tmp_path, ("a", "1"))
    digest = hashlib.sha256(b"1").hexdigest()[:16]
    assert cells(target)[1].metadata["clusterlab"] == {"form": "a", "source": digest}


def test_what_was_typed_into_a_cell_of_the_form_stays(tmp_path):
    source, target = placed(tmp_path, ("a", "a"), ("b", "b"))
    work(target, typed(1, "a and what I think of it"))
    for _ in range(3):
        place_form(source, target, PARAMETERS)
        assert sources(target)[1:] == ["a and what I think of it", "b"]


def test_a_newer_text_of_the_form_comes_before_what_was_typed(tmp_path):
    source, target = placed(tmp_path, ("a", "a"), ("b", "b"))
    work(target, typed(1, "mine"))
    form(source, ("parameters", ""), ("a", "newer a"), ("b", "newer b"))
    for _ in range(3):
        place_form(source, target, PARAMETERS)
        assert sources(target)[1:] == ["newer a", "mine", "newer b"]
    form(source, ("parameters", ""), ("a", "newest a"), ("b", "b"))
    place_form(source, target, PARAMETERS)
    assert sources(target)[1:] == ["newest a", "mine", "b"]


def test_a_pasted_or_split_off_cell_stays(tmp_path):
    source, target = placed(tmp_path, ("a", "a1\na2"), ("b", "b"))

    def change(cells):
        pasted = copy.deepcopy(cells[2])
        pasted.id = "pasted"
        half = copy.deepcopy(cells[1])
        half.id, half.source, cells[1].source = "half", "a1", "a2"
        cells.insert(1, half)
        cells.insert(0, pasted)

    work(target, change)
    place_form(source, target, PARAMETERS)
    assert [s for s in sources(target) if "workshop" not in s] == ["b", "a1", "a2", "b"]
    form(source, ("parameters", ""), ("c", "c"))
    place_form(source, target, PARAMETERS)
    assert [s for s in sources(target) if "workshop" not in s] == ["b", "a1", "a2", "c"]


def test_what_the_form_dropped_goes_unless_somebody_changed_it(tmp_path):
    source, target = placed(tmp_path, ("a", "a"), ("b", "b"), ("c", "c"))
    work(target, typed(2, "my b"))
    form(source, ("parameters", ""), ("c", "c"))
    place_form(source, target, PARAMETERS)
    assert sources(target)[1:] == ["my b", "c"]


def test_what_follows_a_dropped_cell_stays_between_its_neighbours(tmp_path):
    source, target = placed(tmp_path, ("a", "a"), ("b", "b"), ("c", "c"))
    work(target, lambda cells: cells.insert(3, nbformat.v4.new_markdown_cell("mine", id="m")))
    form(source, ("parameters", ""), ("a", "a"), ("new", "new"), ("c", "c"))
    place_form(source, target, PARAMETERS)
    assert sources(target)[1:] == ["a", "new", "mine", "c"]


def test_parameters_are_always_the_clusters(tmp_path):
    source, target = placed(tmp_path, ("a", "a"))
    work(target, typed(0, "cluster = 'another'"))
    place_form(source, target, {**PARAMETERS, "language": "de"})
    assert len(sources(target)) == 2
    assert "language = 'de'" in sources(target)[0]


def test_outputs_of_a_cluster_stay_and_those_of_the_trainer_do_not_come(tmp_path):
    source = form(tmp_path / "f.ipynb", ("a", "1"), ("b", "2"))
    out = nbformat.v4.new_output("stream", text="of another cluster")
    work(source, lambda cells: cells[0].update(outputs=[out], execution_count=7))
    target = tmp_path / "x.ipynb"
    place_form(source, target, PARAMETERS)
    assert "another" not in target.read_text()
    own = nbformat.v4.new_output("stream", text="our own")
    work(target, lambda cells: cells[1].update(outputs=[own], execution_count=3))
    place_form(source, target, PARAMETERS)
    assert [len(c.outputs) for c in cells(target)] == [0, 1]


def test_a_cell_that_became_a_text_is_valid(tmp_path):
    source, target = placed(tmp_path, ("a", "a"))
    notebook = nbformat.read(source, as_version=4)
    notebook.cells[1] = nbformat.v4.new_markdown_cell("words", id="a")
    nbformat.write(notebook, source)
    place_form(source, target, PARAMETERS)
    assert cells(target)[1].cell_type == "markdown"


def old_form(path, *parts):
    """Write a form of nbformat 4.4, whose cells have no ids."""
    form(
        path, *((("parameters" if p == "parameters" else f"x{i}"), p) for i, p in enumerate(parts))
    )
    notebook = json.loads(path.read_text())
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]
    path.write_text(json.dumps(notebook))
    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
    return path


def test_a_form_without_ids_gets_ids_that_stay(tmp_path):
    source = old_form(tmp_path / "f.ipynb", "parameters", "a", "same", "same", "b")
    target = tmp_path / "x.ipynb"
    place_form(source, target, PARAMETERS)
    before = [c.id for c in cells(target)]
    assert json.loads(target.read_text())["nbformat_minor"] == 5
    place_form(source, target, PARAMETERS)
    assert [c.id for c in cells(target)] == before
    work(target, typed(2, "mine"))
    old_form(source, "parameters", "at the top", "newer a", "same", "same", "b")
    place_form(source, target, PARAMETERS)
    assert sources(target)[1:] == ["at the top", "newer a", "mine", "same", "b"]
    old_form(source, "parameters", "newer a", "newer", "other", "b")
    place_form(source, target, PARAMETERS)
    assert sources(target)[1:] == ["newer a", "newer", "mine", "other", "b"]


def test_a_copy_that_lost_its_ids_keeps_what_was_typed(tmp_path):
    source, target = placed(tmp_path, ("a", "a"), ("b", "b"))
    notebook = json.loads(target.read_text())
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]
    notebook["cells"][1]["source"] = "mine"
    notebook["cells"].append({"cell_type": "raw", "metadata": {}, "source": ["new\n", "one"]})
    target.write_text(json.dumps(notebook))
    place_form(source, target, PARAMETERS)
    assert sources(target)[1:] == ["mine", "b", "new\none"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_word_of_anybody_is_ever_lost(data):
    """Whatever people and trainer do in turns, every text that was typed is still there."""
    names = st.lists(st.sampled_from("abcdef"), unique=True, min_size=1, max_size=5)
    words = map("typed {}".format, itertools.count())
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "f.ipynb"), Path(folder, "x.ipynb")
        texts = set()
        for _ in range(3):
            newest = [(n, f"{n}{data.draw(st.integers(0, 1))}") for n in data.draw(names)]
            form(source, ("parameters", ""), *newest)
            place_form(source, target, PARAMETERS)
            now = sources(target)
            assert texts <= set(now)

            def change(cells):
                for cell in [c for c in cells if c.id != "parameters"]:
                    act = data.draw(st.sampled_from(["leave", "leave", "type", "paste", "add"]))
                    if act == "type" and not cell.source.startswith("typed"):
                        cell.source = next(words)
                        texts.add(cell.source)
                    elif act == "paste":
                        pasted = copy.deepcopy(cell)
                        pasted.id, pasted.source = uuid.uuid4().hex, next(words)
                        texts.add(pasted.source)
                        cells.insert(data.draw(st.integers(0, len(cells))), pasted)
                    elif act == "add":
                        added = nbformat.v4.new_markdown_cell(next(words))
                        texts.add(added.source)
                        cells.insert(data.draw(st.integers(0, len(cells))), added)

            work(target, change)


def test_a_copy_that_cannot_be_written_leaves_nothing(tmp_path):
    source = form(tmp_path / "f.ipynb", ("a", "1"))
    (tmp_path / "work").write_text("a file")
    with pytest.raises(WorkshopError, match=r"x\.ipynb"):
        place_form(source, tmp_path / "work" / "x.ipynb", PARAMETERS)


def test_half_a_character_is_placed_as_it_is(tmp_path):
    source = form(tmp_path / "f.ipynb", ("a", "x"))
    source.write_text(source.read_text().replace('"x"', '"\\ud83d"'))
    place_form(source, tmp_path / "x.ipynb", PARAMETERS)
    assert json.loads((tmp_path / "x.ipynb").read_text())["cells"][0]["source"] == ["\ud83d"]
