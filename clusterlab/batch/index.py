"""The index page of a build: every cluster, every document, what went wrong in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, overload

from clusterlab.batch.files import Output
from clusterlab.batch.manifest import Manifest
from clusterlab.batch.seen import Seen
from clusterlab.documents.index import INDEX_WORDS, index_pieces
from clusterlab.errors import N_
from clusterlab.figures import MOST_ROWS, FullnessRow, draw_fullness
from clusterlab.language import Language
from clusterlab.model import BoardId, Cluster
from clusterlab.outputs.words import LABELS
from clusterlab.workshop import Folder, folder_name

FILE = "index.html"

_PARTIAL = N_("Notebook up to the failed cell")
_OLDER = N_("{format}, older version")
_STATUS = {"done": N_("Done"), "failed": N_("Failed"), "stale": N_("Out of date")}
_FORMATS = {
    "pdf": "PDF",
    "html": "HTML",
    "pptx": "PowerPoint",
    "docx": "Word",
    "xlsx": "Excel",
    "ipynb": N_("Notebook"),
}


def write_index(
    folder: Folder,
    output: Output,
    manifest: Manifest,
    current: Mapping[str, str],
    seen: Seen,
    *,
    joint: Mapping[str, dict[str, Any]],
) -> None:
    """Write the index page whole, in the workshop's language.

    Parameters
    ----------
    manifest
        What is in the output folder.
    current
        The identity, by key, of every document that the workshop would make now: one that was
        made from something else is shown as out of date.
    seen
        Tells how full the canvases are.
    joint
        Records, by key, of documents of several clusters.

    Raises
    ------
    WorkshopError
        Where it cannot be written.
    """
    words = folder.language()
    data = _page(folder, manifest, current, seen, words)
    data["joint"] = [
        _document(key, record, current.get(key, ""), words) for key, record in sorted(joint.items())
    ]
    page = bytearray()  # a list of all the pieces would take several times the page's size
    for piece in index_pieces(data, str(folder.path / "templates" / "html")):
        page += piece.encode()
    output.put({FILE: bytes(page)})


def _page(
    folder: Folder, manifest: Manifest, current: Mapping[str, str], seen: Seen, words: Language
) -> dict[str, Any]:
    by_cluster: dict[str, list[str]] = {}
    for key, record in sorted(manifest.documents.items()):
        by_cluster.setdefault(record["cluster"], []).append(key)

    def listed(cluster: Cluster) -> dict[str, Any]:
        return {
            "id": cluster.id,
            "name": cluster.name,
            "country": cluster.country,
            "field": cluster.field,
            "folder": folder_name(cluster.id),
            "documents": [
                _document(key, manifest.documents[key], current.get(key, ""), words)
                for key in by_cluster.get(cluster.id, ())
            ],
        }

    clusters = _Made(folder.clusters, listed)
    failed = (
        (cluster, record)
        for cluster in folder.clusters
        for record in map(manifest.documents.__getitem__, by_cluster.get(cluster.id, ()))
        if record["status"] == "failed"
    )
    problems = [_problem(cluster, record, words) for cluster, record in failed]
    count = words.plural(len(clusters), "{count} cluster", "{count} clusters")
    failures = words.plural(len(problems), "{count} document failed", "{count} documents failed")
    return {
        "title": folder.settings.title,
        "language": words.tag,
        "dir": words.direction,
        "labels": {key: words.gettext(text) for key, text in {**LABELS, **INDEX_WORDS}.items()},
        "summary": f"{count} · {failures}" if problems else count,
        "picture": _picture(folder, seen, words),
        "notices": [words.say(notice) for notice in folder.notices()],
        "clusters": clusters,
        "problems": problems,
        "footer": words.say(N_("Made with clusterlab on this computer.")),
    }


class _Made(Sequence[dict[str, Any]]):
    """What is made of items when it is asked for, so that little of it is in memory at a time."""

    def __init__(self, items: Sequence[Cluster], make: Callable[[Cluster], dict[str, Any]]) -> None:
        self._items = items
        self._make = make

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(index, slice):
            return [self._make(item) for item in self._items[index]]
        return self._make(self._items[index])


def _problem(cluster: Cluster, record: Mapping[str, Any], words: Language) -> dict[str, str]:
    return {
        "cluster": cluster.name,
        "notebook": _label(record["notebook"], words),
        "text": record["error"],
        "where": words.say(N_("cell {cell}"), cell=record["cell"]) if record["cell"] else "",
    }


def _document(key: str, record: dict[str, Any], identity: str, words: Language) -> dict[str, Any]:
    fresh = record["identity"] == identity or record["status"] == "failed"
    status = record["status"] if fresh else "stale"
    partial = status == "failed" and record["cell"]

    def link(suffix: str, size: int, template: str) -> dict[str, str]:
        name = words.gettext(_PARTIAL if partial and suffix == "ipynb" else _FORMATS[suffix])
        return {
            "format": words.say(template, format=name),
            "href": f"{key}.{suffix}",
            "size": _size(size, words),
        }

    return {
        "notebook": _label(record["notebook"], words),
        "language": record["language"],
        "status": status,
        "word": words.gettext(_STATUS[status]),
        "error": record["error"],
        "where": words.say(N_("cell {cell}"), cell=record["cell"]) if record["cell"] else "",
        "formats": [
            link(suffix, files[suffix], template)
            for files, template in ((record["files"], "{format}"), (record["older"], _OLDER))
            for suffix in _FORMATS
            if suffix in files
        ],
    }


def _label(notebook: str, words: Language) -> str:
    """Give a notebook's name as people read it: ``competency-map`` is “Competency map”."""
    return words.gettext(notebook.replace("-", " ").capitalize())


def _size(size: int, words: Language) -> str:
    return words.say(N_("{count} kB"), count=max(1, round(size / 1000)))


def _picture(folder: Folder, seen: Seen, words: Language) -> dict[str, str] | None:
    canvases = seen.canvases
    counts = {c.id: seen.fullness(c.id) for c in folder.clusters}
    used = [i for i in range(len(canvases)) if any(row[i].notes for row in counts.values())]
    if not used:
        return None
    rows = [FullnessRow(c.name, tuple(counts[c.id][i] for i in used)) for c in folder.clusters]
    labels = [_canvas_label(folder, BoardId("", *canvases[i]), words) for i in used]
    begun = sum(1 for row in rows if any(c.notes for c in row.canvases))
    alt = words.say(
        N_("{begun} of {count} clusters have written on a canvas: {canvases}."),
        begun=begun,
        count=len(rows),
        canvases=", ".join(labels),
    )
    note = words.say(N_("The numbers count notes; the darker, the more boxes hold one."))
    if len(rows) > MOST_ROWS:
        note += " " + words.say(N_("The first {count} clusters are shown."), count=MOST_ROWS)
    return {"svg": draw_fullness(rows, labels), "alt": alt, "note": note}


def _canvas_label(folder: Folder, board: BoardId, words: Language) -> str:
    kind = folder.kinds[board.canvas]
    title = words.gettext(kind.title)
    if len(kind.versions) == 1:
        return title
    version = next(v.label for v in kind.versions if v.id == board.version)
    return f"{title} · {words.gettext(version)}"
