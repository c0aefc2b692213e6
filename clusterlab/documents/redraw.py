"""Drawing a notebook's outputs as their workshop stands now, where it can be reached.

What a notebook saved is how things stood when its cells ran. What it says of itself is only taken
as a wish: the workshop is found by where the notebook's file lies, never by what stands in it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from clusterlab.documents.reading import Saved, shown_outputs, typed_data
from clusterlab.errors import NoWorkshopError, UnknownNameError
from clusterlab.outputs import MIME
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.record import remake
from clusterlab.workshop import Bundle, Folder, folder_name

#: Folders of a workshop in which each cluster has one of its own.
_OWN = frozenset({"work", "handouts"})
# Longer is no count; reading it would take its time.
_COUNT = re.compile("[0-9]{1,17}")
_NAMES = ("workshop_id", "cluster", "language")


def redraw(
    notebook: Mapping[str, Any],
    place: Path | None,
    log: logging.Logger | logging.LoggerAdapter[Any],
) -> Saved | None:
    """Put outputs as the workshop stands now in the place of those that a notebook saved.

    Parameters
    ----------
    notebook
        An executed notebook; changed.
    place
        Folder of its file, where it is known.
    log
        Is told in detail why an output was not drawn anew.

    Returns
    -------
    Saved or None
        What to say of the outputs that stayed as they were; nothing where none did.
    """
    workshop = _Workshop(place, log)
    kept: list[Mapping[str, Any]] = []
    count = 0
    for _, output in shown_outputs(notebook["cells"]):
        context = _context(typed_data(output))
        if not context.get("workshop_id"):
            continue
        count += 1
        if again := workshop.again(context):
            output["data"] = {MIME: again}
        else:
            kept.append(context)
    if not kept:
        return None
    oldest = min(kept, key=_number)
    return Saved(str(oldest.get("date") or ""), whole=len(kept) == count)


def _context(data: Mapping[str, Any] | None) -> Mapping[str, Any]:
    context = (data or {}).get("context")
    return context if isinstance(context, Mapping) else {}


def _number(context: Mapping[str, Any]) -> int:
    """Give how many operations an output had seen: its version begins with it."""
    digits = str(context.get("version")).partition("-")[0]
    return int(digits) if _COUNT.fullmatch(digits) else 0


class _Workshop:
    """The workshop in whose folder a notebook lies, cluster by cluster."""

    def __init__(
        self, place: Path | None, log: logging.Logger | logging.LoggerAdapter[Any]
    ) -> None:
        self._place = place
        self._log = log
        self._clusters: dict[tuple[str, ...], ClusterOutputs | None] = {}

    def again(self, context: Mapping[str, Any]) -> dict[str, Any] | None:
        """Make an output again; nothing where it cannot be."""
        wanted = tuple(str(context.get(name) or "") for name in _NAMES)
        try:
            if wanted not in self._clusters:
                self._clusters[wanted] = None  # asked once, also where it fails
                self._clusters[wanted] = self._cluster(*wanted)
            if cluster := self._clusters[wanted]:
                return remake(cluster, context.get("made")).to_json()
        except Exception:  # noqa: BLE001 - whatever is wrong there, a document can be made
            self._log.debug("An output is kept as it was saved.", exc_info=True)
        return None

    def _cluster(self, workshop: str, cluster: str, language: str) -> ClusterOutputs:
        """Take a cluster's bundle from the journal, which is closed again at once."""
        path = next(self._folders(workshop), None)
        if path is None:
            raise NoWorkshopError(folder=str(self._place))
        with Folder.looked_at(path) as folder:
            if cluster not in self._allowed(folder):
                raise UnknownNameError(what="cluster", came=cluster, known=[])
            found = folder.cluster(cluster)
            spoken = folder.language(found, language)
            if spoken.tag != language:
                raise UnknownNameError(what="language", came=language, known=[spoken.tag])
            bundle = Bundle(folder.bundle(found, spoken))
        return ClusterOutputs(bundle, bundle.cluster, bundle.language)

    def _folders(self, workshop: str) -> Iterator[Path]:
        start = self._place.resolve() if self._place else None
        for path in (start, *start.parents) if start else ():
            if Folder.id_at(path) == workshop:
                yield path

    def _allowed(self, folder: Folder) -> set[str]:
        """Give the clusters that the notebook may show: in a cluster's own folder only itself."""
        clusters = {c.id for c in folder.clusters}
        parts = self._place.resolve().relative_to(folder.path).parts if self._place else ()
        if len(parts) > 1 and parts[0] in _OWN:
            return {c for c in clusters if folder_name(c) == parts[1]}
        return clusters
