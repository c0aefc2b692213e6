"""How an output was made, as data beside it, and making it again from that data.

The data stands in a notebook's file, where anybody can change it: it names one of the methods that
are marked here and plain values for it, and everything else is refused.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar

from clusterlab.errors import N_, UsageError
from clusterlab.outputs.base import Output

_Given = ParamSpec("_Given")
_Self = TypeVar("_Self")
_Made = TypeVar("_Made", bound=Output)

#: Which values arguments take, by their annotation. Records know no others.
_VALUES: Mapping[str, type] = {"str": str, "int": int, "bool": bool}
#: The parameters of every method whose outputs can be made again.
_METHODS: dict[str, Mapping[str, inspect.Parameter]] = {}


def recorded(
    method: Callable[Concatenate[_Self, _Given], _Made],
) -> Callable[Concatenate[_Self, _Given], _Made]:
    """Let the outputs of a method carry its name and arguments, so that `remake` can call it.

    Parameters
    ----------
    method
        Takes texts, whole numbers and truth values.
    """
    signature = inspect.signature(method)
    _METHODS[method.__name__] = dict(list(signature.parameters.items())[1:])

    @functools.wraps(method)
    def wrapper(self: _Self, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
        output = method(self, *args, **kwargs)
        bound = signature.bind(self, *args, **kwargs)
        bound.apply_defaults()
        given = {n: bound.arguments[n] for n in _METHODS[method.__name__]}
        return with_record(output, method.__name__, **given)

    return wrapper


def with_record(output: _Made, method: str, **arguments: Any) -> _Made:
    """Note in an output with which method and arguments it can be made again.

    Arguments that no record can hold leave it without: it is then kept as it was saved.
    """
    made = {n: list(v) if isinstance(v, tuple) else v for n, v in arguments.items()}
    whole = {"output": method, **made} if _fit(_METHODS[method], made) else {}
    return replace(output, context=replace(output.context, made=whole))


def remake(outputs: object, record: object) -> Output:
    """Make an output again as its record says.

    Parameters
    ----------
    outputs
        The cluster's outputs, which the method is called on.
    record
        ``context.made`` of the output; may be forged.

    Raises
    ------
    UsageError
        Where it is no record of a known method and values that fit, or where what it names is
        gone.
    """
    given = dict(record) if isinstance(record, Mapping) else {}
    name = given.pop("output", None)
    parameters = _METHODS.get(name) if isinstance(name, str) else None
    if parameters is None or not _fit(parameters, given):
        raise UsageError(N_("This does not say how an output was made."))
    several = [n for n in given if parameters[n].kind is inspect.Parameter.VAR_POSITIONAL]
    spread = [value for n in several for value in given.pop(n)]
    output = getattr(outputs, str(name))(*spread, **given)
    if not isinstance(output, Output):  # every marked method gives one
        raise TypeError(name)
    return output


def _fit(parameters: Mapping[str, inspect.Parameter], given: Mapping[str, Any]) -> bool:
    """Tell whether these are values for these parameters, none missing and none more."""
    plain = inspect.Parameter.empty
    needed = {
        n
        for n, p in parameters.items()
        if p.default is plain and p.kind is not inspect.Parameter.VAR_POSITIONAL
    }
    return needed <= set(given) <= set(parameters) and all(
        _fits(parameters[n], value) for n, value in given.items()
    )


def _fits(parameter: inspect.Parameter, value: Any) -> bool:
    wanted = _VALUES.get(str(parameter.annotation))
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        return isinstance(value, list) and all(type(v) is wanted for v in value)
    return type(value) is wanted
