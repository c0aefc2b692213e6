"""Taking outputs as nbformat does, several times faster.

It has a slow validator and a fast one, and only the slow one can be told which part of the schema
is meant; each output that papermill keeps is checked by it. And it copies all that an output holds
twice to make nodes of it, each with attributes of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import nbformat.notebooknode
import nbformat.v4.nbbase
from nbformat import NotebookNode
from nbformat.validator import get_validator

_validate: Callable[..., Any] = nbformat.v4.nbbase.validate
_OUTPUTS = frozenset({"stream", "display_data", "execute_result", "error"})
# Its types do not know that it can be exchanged.
_nodes: Any = nbformat.notebooknode
_from_dict: Callable[[Any], Any] = _nodes.from_dict
# What most of an output is, which no node is made of.
_ATOMS = frozenset({str, int, float, bool, type(None)})


def check_fast() -> None:
    """Have nbformat check outputs by its fast validator; what does not pass, it checks itself."""
    base = nbformat.v4.nbbase
    if base.validate is _validate:
        base.validate = _checked


def make_fast() -> None:
    """Have nbformat make nodes of what JSON holds at once; of other types as ever."""
    if _nodes.from_dict is _from_dict:
        _nodes.from_dict = _made


def _made(value: Any) -> Any:
    kind = type(value)
    if kind is dict:
        node = NotebookNode.__new__(NotebookNode)
        dict.update(node, {k: v if type(v) in _ATOMS else _made(v) for k, v in value.items()})
        return node
    if kind is list:
        return [v if type(v) in _ATOMS else _made(v) for v in value]
    return _from_dict(value)


def prepare() -> None:
    """Compile nbformat's schema, which takes as long as to draw a document; it is kept."""
    base = nbformat.v4
    for relaxed in (False, True):
        get_validator(base.nbformat, base.nbformat_minor, relax_add_props=relaxed)
    _check()


def _checked(node: Any, ref: str | None = None) -> Any:
    fine = ref in _OUTPUTS and node.get("output_type") == ref and _is_output(node)
    return None if fine else _validate(node, ref=ref)


def _is_output(node: Any) -> bool:
    check, wrong = _check()
    try:
        check(node)
    except wrong:
        return False
    return True


@cache
def _check() -> tuple[Callable[[Any], Any], type[Exception]]:
    """Compile what nbformat's schema says of outputs; give the check and what it raises."""
    import fastjsonschema  # noqa: PLC0415 - nbformat's own, which loads it when it is first asked

    base = nbformat.v4
    name = base.nbformat_schema[base.nbformat, base.nbformat_minor]
    schema = json.loads((Path(base.__file__).parent / name).read_text(encoding="utf-8"))
    part = {key: schema[key] for key in ("$schema", "definitions")}
    check = fastjsonschema.compile({**part, "$ref": "#/definitions/output"})
    return check, fastjsonschema.JsonSchemaException
