"""A cluster's own copies of the notebooks, for live work."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clusterlab.errors import N_, WorkshopError

_MARK = "clusterlab"


def place_form(source: Path, target: Path, parameters: Mapping[str, str]) -> None:
    """Make or update a cluster's own copy of a notebook.

    The form's own cells are brought up to date; cells that people added stay where they put them,
    behind the cell that they follow.

    Parameters
    ----------
    source
        The workshop's notebook.
    target
        The cluster's copy.
    parameters
        What its cell tagged ``parameters`` sets.

    Raises
    ------
    WorkshopError
        Where one of the files is no notebook; nothing is changed.
    """
    form = _read(source)
    for cell in form["cells"]:
        cell.setdefault("metadata", {})[_MARK] = {"form": True}
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    if target.exists():
        form["cells"] = _merged(form["cells"], _read(target)["cells"])
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.write_text(json.dumps(form, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(target)


def _merged(form: list[dict[str, Any]], copy: list[dict[str, Any]]) -> list[dict[str, Any]]:
    own = {cell.get("id"): cell for cell in copy}
    added: dict[str | None, list[dict[str, Any]]] = {}
    before: str | None = None
    for cell in copy:
        if cell.get("metadata", {}).get(_MARK, {}).get("form"):
            before = cell.get("id")
        else:
            added.setdefault(before, []).append(cell)
    merged = added.pop(None, [])
    for cell in form:
        if cell.get("id") in own and "outputs" in own[cell["id"]]:
            cell["outputs"] = own[cell["id"]]["outputs"]
        merged.append(cell)
        merged += added.pop(cell.get("id"), [])
    for cells in added.values():  # they followed a cell that the new form no longer has
        merged += cells
    return merged


def _read(path: Path) -> dict[str, Any]:
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        fine = isinstance(notebook["cells"], list)
    except (OSError, ValueError, KeyError, TypeError):
        fine = False
    if not fine:
        raise WorkshopError(N_("“{file}” is not a notebook; nothing was changed."), file=path.name)
    return notebook
