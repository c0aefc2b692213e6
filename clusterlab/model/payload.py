"""Reading what operations carry: whatever stands there, the fold never stumbles over it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

#: Names of alternatives that are about the note itself; no field of a note may be called so.
RESERVED = frozenset({"place", "deleted"})

_DEEPEST = 8
_INTEGER_BITS = 63


def text(payload: Mapping[str, Any], name: str, default: str = "") -> str:
    """Give a text; the default where there is none."""
    value = payload.get(name, default)
    return value if isinstance(value, str) else default


def texts(payload: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Give a list of texts, without what is no text."""
    value = payload.get(name)
    if not isinstance(value, list | tuple):
        return ()
    return tuple(v for v in value if isinstance(v, str))


def values(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a note that an operation sets; ``None`` takes a field away."""
    found = payload.get("values")
    if not isinstance(found, Mapping):
        return {}
    return {k: frozen(v) for k, v in found.items() if isinstance(k, str) and k not in RESERVED}


def frozen(value: Any, depth: int = 0) -> Any:
    """Give a field's value as text, number, truth value or tuple of such; else as text.

    Numbers that no file format carries (not a number, infinite, beyond 64 bits) become texts.
    """
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if value.bit_length() <= _INTEGER_BITS else hex(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case list() | tuple() if depth < _DEEPEST:
            return tuple(frozen(v, depth + 1) for v in value)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    except (TypeError, ValueError, RecursionError):
        return ""
