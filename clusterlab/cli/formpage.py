"""What the page of a form is told: which cells are the form's own, and in which words to speak."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple

from clusterlab.errors import N_
from clusterlab.language import Language

_TEXTS = {
    "opening": N_("Opening your canvases …"),
    "failed": N_("Some canvases could not be opened."),
    "again": N_("Try again"),
    "rest": N_(
        "This page also holds program code that did not come with the form. Run it only if you "
        "trust who wrote it."
    ),
    "run_rest": N_("Run the rest"),
    "show": N_("Show code"),
    "hide": N_("Hide code"),
    "others": N_("Other forms:"),
    "saved": N_("All changes saved"),
    "saving": N_("Saving …"),
    "unsaved": N_("Not saved"),
}


class PlacedForm(NamedTuple):
    """A notebook that was placed for this run: where the server has it, and its own cells."""

    path: str
    cells: Mapping[str, str]


def page_config(forms: list[PlacedForm], language: Language) -> dict[str, str]:
    """Give what JupyterLab passes on to the extension that shows notebooks as forms.

    The texts of the cells go along: a cell that has an id and a text from here is the form's own,
    and no notebook file can claim that for a cell of its own making.
    """
    told: dict[str, Any] = {
        "forms": [
            {"path": form.path, "title": _title(form, language), "cells": form.cells}
            for form in forms
        ],
        "texts": {name: language.gettext(text) for name, text in _TEXTS.items()},
        "language": language.tag,
    }
    # A text, for the server makes a list of the keys of everything else that has some.
    return {"clusterlabForm": json.dumps(told)}


def _title(form: PlacedForm, language: Language) -> str:
    """Give the title that a form opens with, else what its file is called."""
    for source in form.cells.values():
        if title := _title_in(source):
            return language.gettext(title)
    name = form.path.rpartition("/")[2].removesuffix(".ipynb")
    return " ".join(name.replace("-", " ").replace("_", " ").split()).capitalize() or name


def _title_in(source: str) -> str:
    """Give the text that a cell passes to ``title()``."""
    try:
        with warnings.catch_warnings(action="ignore"):  # what Python thinks of their code
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""  # not all that runs in a notebook is Python
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="title"), args=[ast.Constant(value=str(text)), *_]
            ) if text.strip():
                return text
    return ""
