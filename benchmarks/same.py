"""Whether two executed notebooks say the same, but for what is random or a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # ids of messages and kernels
    r"|\b[0-9a-f]{32}\b"  # of widgets
    r"|T_[0-9a-f]{5}"  # of styled tables
    r"|0x[0-9a-f]+"  # addresses
)
_TIMES = frozenset({"start_time", "end_time", "duration", "execution", "input_path", "output_path"})
_INJECTED = "injected-parameters"
#: Ends of what `differences` says where it is not what people see.
_BESIDE = (", metadata", ", language_info")


def differences(one: Path, other: Path) -> list[str]:
    """Say where two executed notebooks differ; nothing where they say the same."""
    left, right = (json.loads(path.read_text(encoding="utf-8")) for path in (one, other))
    return list(_differences(left, right))


def seen(differing: Sequence[str]) -> bool:
    """Tell whether differences are such that people see, not only in what is kept beside cells."""
    return any(not text.endswith(_BESIDE) for text in differing)


def _differences(left: Any, right: Any) -> Iterator[str]:
    if len(left["cells"]) != len(right["cells"]):
        yield f"{len(left['cells'])} and {len(right['cells'])} cells"
        return
    for number, pair in enumerate(zip(left["cells"], right["cells"], strict=True)):
        for part in sorted(pair[0].keys() | pair[1].keys()):
            if part == "id" and _INJECTED in pair[0]["metadata"].get("tags", []):
                continue
            values = [_masked(cell.get(part)) for cell in pair]
            if values[0] != values[1]:
                yield f"cell {number}, {part}"
    for part in sorted(left["metadata"].keys() | right["metadata"].keys()):
        values = [_masked(notebook["metadata"].get(part)) for notebook in (left, right)]
        if values[0] != values[1]:
            yield f"metadata, {part}"


def _masked(value: Any) -> Any:
    """Give a value as text, without what differs from run to run; ids in the order they come."""
    return _RANDOM.sub("random", json.dumps(_joined(_without_times(value)), sort_keys=True))


def _joined(value: Any) -> Any:
    """Give texts whole: nbformat's files may hold them as lists of their lines, too."""
    if isinstance(value, dict):
        return {k: _joined(v) for k, v in value.items()}
    if isinstance(value, list):
        lines = value and all(isinstance(v, str) for v in value)
        return "".join(value) if lines else [_joined(v) for v in value]
    return value


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: k if k in _TIMES else _without_times(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_without_times(v) for v in value]
    return value


def shown(path: Path) -> int:
    """Count what a notebook shows: displayed or as a cell's value."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    outputs = (o for cell in notebook["cells"] for o in cell.get("outputs", []))
    return sum(o["output_type"] in {"display_data", "execute_result"} for o in outputs)
