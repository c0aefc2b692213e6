"""A notebook is checked before anything runs."""

import copy
import json
import subprocess
import sys

import nbformat
import pytest

from clusterlab.batch.notebooks import passed_parameters
from clusterlab.errors import ParameterError
from clusterlab.shared import shared
from clusterlab.workshop.create import FACILITATION

CODE = {
    "cell_type": "code",
    "execution_count": None,
    "metadata": {"tags": ["parameters"]},
    "outputs": [],
    "source": ["workshop = ''\n", "cluster = ''"],
}
TEXT = {"cell_type": "markdown", "metadata": {}, "source": "x"}


def notebook(*cells, **facts):
    whole = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": list(cells)}
    return json.dumps({**whole, **facts})


def without(cell, key, **more):
    changed = copy.deepcopy({**cell, **more})
    changed.pop(key, None)
    return changed


def test_forms_with_and_without_ids_are_taken():
    text = notebook(CODE, TEXT)
    nbformat.validate(nbformat.reads(text, as_version=nbformat.NO_CONVERT))
    assert passed_parameters(text, "x.ipynb") == ("workshop", "cluster")
    shipped = shared("notebooks").glob("*/*.ipynb")
    for path in (p for p in shipped if p.stem != FACILITATION):
        assert passed_parameters(path.read_text(encoding="utf-8"), path.name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not JSON", "is not a notebook"),
        ("[]", "is not a notebook"),
        ("{}", "is not a notebook"),
        ("[" * 100_000, "is not a notebook"),
        (notebook(CODE, nbformat=3), "format 3 instead of 4"),
        (notebook(CODE, nbformat_minor=None), "nbformat_minor"),
        (notebook(CODE, metadata=None), "it has no “metadata”"),
        (notebook(CODE, cells={}), "no list of cells"),
        (notebook(CODE, 5), "cell 2 is not a cell"),
        (notebook(CODE, TEXT, without(CODE, "source")), "cell 3 has no “source”"),
        (notebook(without(CODE, "source")), "cell 1 has no “source”"),
        (notebook(CODE, without(TEXT, "x", source=[1])), "cell 2 has no “source”"),
        (notebook(CODE, without(TEXT, "metadata")), "cell 2 has no “metadata”"),
        (notebook(CODE, without(TEXT, "x", metadata={"tags": 5})), "cell 2 has “tags”"),
        (notebook(CODE, without(TEXT, "cell_type")), "cell 2 has a “cell_type”"),
        (notebook(CODE, without(TEXT, "x", cell_type=["code"])), "cell 2 has a “cell_type”"),
        (notebook(CODE, without(CODE, "outputs")), "cell 2 has no list of “outputs”"),
        (notebook(CODE, without(CODE, "x", outputs=[1])), "cell 2 has no list of “outputs”"),
        (notebook(TEXT), "no cell tagged “parameters”"),
        (notebook(without(CODE, "x", source="a\0b")), "not valid Python"),
        (notebook(without(CODE, "x", source="a = (")), "not valid Python"),
        (notebook(without(CODE, "x", source="'\ud83d'")), "not valid Python"),
    ],
)
def test_what_is_wrong_is_said_with_the_cell(text, words):
    with pytest.raises(ParameterError, match=words) as caught:
        passed_parameters(text, "x.ipynb")
    assert "“x.ipynb”" in str(caught.value)


def test_the_check_loads_no_slow_library():
    code = (
        "import sys; from clusterlab.batch.notebooks import passed_parameters;"
        f"passed_parameters({notebook(CODE)!r}, 'x');"
        "assert not {'nbformat', 'jsonschema'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
