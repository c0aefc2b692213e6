"""A cluster's own copies of the notebooks, for live work."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from clusterlab.errors import N_, WorkshopError
from clusterlab.language import read_text
from clusterlab.workshop.notebook import checked_notebook, source_of, tags_of

_MARK = "clusterlab"
_PARAMETERS = "parameters"
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
#: The first minor version of the notebook format whose cells have ids.
_WITH_IDS = 5

_Cell = dict[str, Any]


def place_form(source: Path, target: Path, parameters: Mapping[str, str]) -> dict[str, str]:
    """Make or update a cluster's own copy of a notebook.

    A cell of the form carries a mark: its id and a hash of what was placed. A cell as it was
    placed is brought up to date, and goes where the form no longer has it. A cell that people
    added, pasted, split off or changed is theirs and stays as it is, behind the cell that it
    follows; where the form has a newer text for a cell that they changed, that one comes before
    theirs.

    Parameters
    ----------
    source
        The workshop's notebook.
    target
        The cluster's copy.
    parameters
        What its cell tagged ``parameters`` sets.

    Returns
    -------
    dict
        The form's own cells as they now stand in the copy: their texts by cell id. A cell that
        somebody changed is not among them.

    Raises
    ------
    WorkshopError
        Where one of the files is no valid notebook, or the copy cannot be written; nothing is
        changed.
    """
    form = _read(source)
    copy = _read(target) if target.exists() else {**form, "cells": []}
    cells: list[_Cell] = form["cells"]
    own: list[_Cell] = copy["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":  # what the trainer ran is nothing for a cluster
            cell["outputs"], cell["execution_count"] = [], None
        if _is_parameters(cell):
            cell["source"] = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    for cell in own:
        if not isinstance(cell.get("id"), str):  # a program that knows no ids wrote the file
            cell["id"] = _mark(cell).id
    _identify(cells, own)
    for cell in cells:
        cell["metadata"][_MARK] = {"form": cell["id"], "source": _hash(cell)}
    form["cells"] = _unique(_merged(cells, own), cells)
    form["metadata"] = {**copy["metadata"], **form["metadata"]}
    form["nbformat_minor"] = max(form["nbformat_minor"], copy["nbformat_minor"], _WITH_IDS)
    _write(target, form)
    ours = {id(cell) for cell in cells}
    return {cell["id"]: source_of(cell) for cell in form["cells"] if id(cell) in ours}


class _Mark(NamedTuple):
    """What a cell of the form says of itself: its id, and the hash of what was placed."""

    id: str = ""
    source: str = ""


def _mark(cell: _Cell) -> _Mark:
    match cell["metadata"].get(_MARK):
        case {"form": str(id_), "source": str(source)}:
            return _Mark(id_, source)
        case {"form": True}:  # placed before marks had a hash
            return _Mark(str(cell.get("id") or ""))
        case _:
            return _Mark()


def _hash(cell: _Cell) -> str:
    source = source_of(cell).replace("\r\n", "\n")
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _is_parameters(cell: _Cell) -> bool:
    return cell["cell_type"] == "code" and _PARAMETERS in tags_of(cell)


def _placed(cells: list[_Cell]) -> Iterator[tuple[_Cell, _Mark | None]]:
    """Give a copy's cells, each with its mark where it was placed and not pasted or split off."""
    seen = {""}
    for cell in cells:
        mark = _mark(cell)
        fits = mark.id == cell["id"] and mark.id not in seen
        if fits:
            seen.add(mark.id)
        yield cell, mark if fits else None


def _identify(form: list[_Cell], own: list[_Cell]) -> None:
    """Give ids to the form's cells that have none.

    Those of the copy, as far as the same texts come in the same order there; what stands between
    the same texts is taken for an older text of what stands there now.
    """
    used: set[str] = set()
    without = []
    for cell in form:
        id_ = cell.get("id")
        if isinstance(id_, str) and _ID.fullmatch(id_) and id_ not in used:
            used.add(id_)
        else:
            cell["id"] = ""
            without.append(cell)
    marks = [mark for _, mark in _placed(own) if mark and mark.id not in used]
    before, now = [mark.source for mark in marks], [_hash(cell) for cell in without]
    for _, i, i_end, j, j_end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        for mark, cell in zip(marks[i:i_end], without[j:j_end], strict=False):
            cell["id"] = mark.id
            used.add(mark.id)
    for cell in without:
        names = (f"form-{_hash(cell)[:8]}-{n}" for n in count(1))
        cell["id"] = cell["id"] or next(name for name in names if name not in used)
        used.add(cell["id"])


def _merged(form: list[_Cell], own: list[_Cell]) -> list[_Cell]:
    """Put the form's newest cells and those that are people's own in order.

    What follows a cell of the form stays behind it. What follows one that the form no longer has
    comes before the next one that it still has, else at the end.
    """
    newest = {cell["id"]: cell for cell in form}
    there: dict[str, tuple[_Cell, _Mark]] = {}
    after: dict[str, list[_Cell]] = {}
    before: dict[str, list[_Cell]] = {}
    first = theirs = list[_Cell]()
    waiting: list[_Cell] = []
    for cell, mark in _placed(own):
        if mark and mark.id in newest:
            there[mark.id] = cell, mark
            before[mark.id], waiting = waiting, []
            theirs = after[mark.id] = []
        elif mark and mark.source == _hash(cell):
            theirs = waiting
        else:
            theirs.append(cell)
    merged = first
    for cell in form:
        id_ = cell["id"]
        merged += before.get(id_, [])
        merged += _updated(cell, *there[id_]) if id_ in there else [cell]
        merged += after.get(id_, [])
    return merged + waiting


def _updated(new: _Cell, old: _Cell, mark: _Mark) -> list[_Cell]:
    """Bring a cell of the copy up to date, unless somebody changed it."""
    if _is_parameters(new) or _hash(old) in {mark.source, _hash(new)}:
        if new["cell_type"] == old["cell_type"] == "code":
            new["outputs"], new["execution_count"] = old["outputs"], old.get("execution_count")
        return [new]
    if mark.source == _hash(new):
        return [old]
    return [new, {**old, "id": ""}]  # the id is the new one's; theirs gets another


def _unique(cells: list[_Cell], form: list[_Cell]) -> list[_Cell]:
    """Give cells that are people's own another id where theirs is none or another cell's."""
    ours = {id(cell) for cell in form}
    used = {cell["id"] for cell in cells if id(cell) in ours}
    for cell in cells:
        if id(cell) not in ours:
            if cell["id"] in used or not _ID.fullmatch(cell["id"]):
                cell["id"] = uuid.uuid4().hex[:12]
            used.add(cell["id"])
    return cells


def _read(path: Path) -> dict[str, Any]:
    try:
        return checked_notebook(read_text(path), path.name)
    except WorkshopError as error:
        raise WorkshopError(N_("{problem} Nothing was changed."), problem=error.message) from None


def _write(target: Path, notebook: dict[str, Any]) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Half a character in a text is written as JSON escapes it.
        part.write_text(text, encoding="utf-8", errors="backslashreplace")
        part.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise WorkshopError(
            N_("“{file}” cannot be written: {reason}."),
            file=str(target),
            reason=error.strerror or type(error).__name__,
        ) from error
