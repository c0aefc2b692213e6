"""Reading a notebook before it runs: which parameters it declares."""

from __future__ import annotations

import ast
import json
from typing import Any

from clusterlab.errors import N_, ParameterError, nearest

#: What a build passes; a notebook must declare those of them that are required.
REQUIRED = ("workshop", "cluster")
PASSED = (*REQUIRED, "language")


def declared_parameters(text: str, name: str) -> list[str]:
    """Give the names that a notebook's cell tagged ``parameters`` sets.

    Parameters
    ----------
    text
        The notebook's JSON.
    name
        Its name, for messages.

    Raises
    ------
    ParameterError
        Where it is no notebook, or the cell is missing or no plain Python.
    """
    try:
        notebook: dict[str, Any] = json.loads(text)
        cells = notebook["cells"]
        tagged = [c for c in cells if "parameters" in c.get("metadata", {}).get("tags", [])]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ParameterError(N_("“{name}” is not a notebook."), name=name) from None
    if not tagged:
        raise ParameterError(
            N_("“{name}” has no cell tagged “parameters” that sets: {expected}."),
            name=name,
            expected=", ".join(PASSED),
        )
    source = tagged[0]["source"]
    try:
        tree = ast.parse(source if isinstance(source, str) else "".join(source))
    except SyntaxError as error:
        raise ParameterError(
            N_("The cell tagged “parameters” of “{name}” is not valid Python: {reason}"),
            name=name,
            reason=str(error),
        ) from None
    return [t.id for node in tree.body for t in _targets(node) if isinstance(t, ast.Name)]


def _targets(node: ast.stmt) -> list[ast.expr]:
    match node:
        case ast.Assign():
            return node.targets
        case ast.AnnAssign():
            return [node.target]
        case _:
            return []


def passed_parameters(text: str, name: str) -> tuple[str, ...]:
    """Check that a notebook can be run for clusters, and give the parameters to pass.

    Raises
    ------
    ParameterError
        Where it does not declare what a build must pass; names the nearest it declares.
    """
    declared = declared_parameters(text, name)
    for parameter in REQUIRED:
        if parameter not in declared:
            raise ParameterError(
                N_("“{name}” declares no parameter “{parameter}”. {hint}"),
                name=name,
                parameter=parameter,
                hint=nearest(parameter, declared),
            )
    return tuple(p for p in PASSED if p in declared)
