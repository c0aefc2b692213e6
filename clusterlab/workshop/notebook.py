"""Checking a notebook by hand: what a build and a cluster's own copy rely on.

nbformat's own check would be thorough, but loading it takes longer than planning a whole build.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from clusterlab.errors import N_, Message, WorkshopError

FORMAT = 4
_CELLS = ("code", "markdown", "raw")


def checked_notebook(
    text: str, name: str, error: type[WorkshopError] = WorkshopError
) -> dict[str, Any]:
    """Read a notebook of nbformat 4, with or without cell ids.

    Parameters
    ----------
    text
        The notebook's JSON.
    name
        Its name, for messages.
    error
        What to raise where it is none.

    Raises
    ------
    WorkshopError
        The given error, where it is no notebook or not a valid one; says what is wrong, and in
        which cell, counted from 1.
    """
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        notebook = None
    if not isinstance(notebook, dict) or not {"cells", "nbformat"} & set(notebook):
        raise error(N_("“{name}” is not a notebook."), name=name)
    if reason := _fault(notebook):
        raise error(N_("“{name}” is not a valid notebook: {reason}"), name=name, reason=reason)
    return notebook


def source_of(cell: Mapping[str, Any]) -> str:
    """Give a cell's text, however the file holds it."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def tags_of(cell: Mapping[str, Any]) -> list[str]:
    """Give a cell's tags."""
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


def _fault(notebook: Mapping[str, Any]) -> Message | None:
    version, minor = notebook.get("nbformat"), notebook.get("nbformat_minor")
    if version != FORMAT:
        text = N_(
            "it has the notebook format {came} instead of {expected}. Open it in JupyterLab and "
            "save it."
        )
        return Message(text, {"came": str(version), "expected": str(FORMAT)})
    if not isinstance(minor, int):
        return Message(N_("“nbformat_minor” is not a number."))
    if not isinstance(notebook.get("metadata"), dict):
        return Message(N_("it has no “metadata”."))
    if not isinstance(notebook.get("cells"), list):
        return Message(N_("it has no list of cells."))
    for number, cell in enumerate(notebook["cells"], 1):
        if fault := _cell_fault(cell):
            return Message(
                N_("cell {cell} {fault}"), {"cell": str(number), "fault": Message(fault)}
            )
    return None


def _cell_fault(cell: Any) -> str:
    if not isinstance(cell, dict):
        return N_("is not a cell.")
    metadata, source, outputs = cell.get("metadata"), cell.get("source"), cell.get("outputs")
    tags = metadata.get("tags", []) if isinstance(metadata, dict) else []
    listed = isinstance(outputs, list) and all(isinstance(o, dict) for o in outputs)
    checks = (
        (cell.get("cell_type") in _CELLS, N_("has a “cell_type” that is not known.")),
        (isinstance(metadata, dict), N_("has no “metadata”.")),
        (_texts(tags), N_("has “tags” that are no list of texts.")),
        (isinstance(source, str) or _texts(source), N_("has no “source” that is a text.")),
        (listed or cell.get("cell_type") != "code", N_("has no list of “outputs”.")),
    )
    return next((fault for fine, fault in checks if not fine), "")


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
