"""Reading a notebook before it runs: which parameters it declares."""

from __future__ import annotations

import ast

from clusterlab.errors import N_, ParameterError, nearest
from clusterlab.workshop.notebook import checked_notebook, source_of, tags_of

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
        Where it is not a valid notebook, or the cell is missing or no plain Python.
    """
    notebook = checked_notebook(text, name, ParameterError)
    tagged = [
        c for c in notebook["cells"] if c["cell_type"] == "code" and "parameters" in tags_of(c)
    ]
    if not tagged:
        raise ParameterError(
            N_("“{name}” has no cell tagged “parameters” that sets: {expected}."),
            name=name,
            expected=", ".join(PASSED),
        )
    try:
        tree = ast.parse(source_of(tagged[0]))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
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
