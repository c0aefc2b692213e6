"""Finding canvas kinds: the package's, then the workshop's own, which win."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from clusterlab.errors import KindError
from clusterlab.language import read_text, stamp
from clusterlab.model import CanvasKind, Named, read_kind
from clusterlab.shared import shared


def load_kinds(folders: Iterable[Path] = ()) -> dict[str, CanvasKind]:
    """Load the package's canvas kinds and those of further ``canvases`` folders.

    Raises
    ------
    KindError
        Where a file is broken or not in UTF-8; says which, which key, and what was expected.
    """
    kinds: dict[str, CanvasKind] = {}
    for folder in (shared("templates", "canvases"), *folders):
        for path in sorted(folder.glob("*.toml")):
            if path.name.startswith("."):  # what editors and systems leave beside a file
                continue
            kind = _read(path, stamp(path))
            kinds[kind.id] = kind
    return kinds


@lru_cache(maxsize=256)
def _read(path: Path, _changed: tuple[int, int]) -> CanvasKind:
    return read_kind(read_text(path, KindError), path.name)


def with_topics(
    kinds: Mapping[str, CanvasKind], topics: tuple[Named, ...]
) -> dict[str, CanvasKind]:
    """Give kinds that have topics the workshop's own ones."""
    if not topics:
        return dict(kinds)
    return {i: replace(k, topics=topics) if k.topics else k for i, k in kinds.items()}
