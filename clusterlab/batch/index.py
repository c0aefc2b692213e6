"""The index page of a build: every cluster, every document, what went wrong in plain words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from clusterlab.batch.manifest import Manifest
from clusterlab.batch.names import folder_name
from clusterlab.documents.index import INDEX_WORDS, render_index
from clusterlab.errors import N_
from clusterlab.figures import FullnessRow, draw_fullness
from clusterlab.language import Language
from clusterlab.methods import fullness_table
from clusterlab.model import BoardId
from clusterlab.workshop import Folder

FILE = "index.html"

_PARTIAL = N_("Notebook up to the failed cell")
_STATUS = {"done": N_("Done"), "failed": N_("Failed"), "missing": N_("Not built")}
_FORMATS = {"html": "HTML", "pdf": "PDF", "ipynb": "Notebook"}


def write_index(folder: Folder, output: Path, manifest: Manifest, words: Language) -> None:
    """Write the index page whole.

    Parameters
    ----------
    manifest
        What is in the output folder.
    words
        The page's language.
    """
    data = _page(folder, manifest, words)
    part = output / f".{FILE}.{os.getpid()}.part"
    part.write_text(render_index(data), encoding="utf-8")
    part.replace(output / FILE)


def _page(folder: Folder, manifest: Manifest, words: Language) -> dict[str, Any]:
    by_cluster: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for key, record in manifest.documents.items():
        by_cluster.setdefault(record["cluster"], []).append((key, record))
    clusters, problems = [], []
    for cluster in folder.clusters:
        documents = []
        for key, record in sorted(by_cluster.get(cluster.id, [])):
            documents.append(_document(key, record, words))
            if record["status"] == "failed":
                where = words.say(N_("cell {cell}"), cell=record["cell"]) if record["cell"] else ""
                problems.append(
                    {
                        "cluster": cluster.name,
                        "notebook": _label(record["notebook"], words),
                        "text": record["error"],
                        "where": where,
                    }
                )
        clusters.append(
            {
                "id": cluster.id,
                "name": cluster.name,
                "country": cluster.country,
                "field": cluster.field,
                "folder": folder_name(cluster.id),
                "documents": documents,
            }
        )
    count = words.plural(len(clusters), "{count} cluster", "{count} clusters")
    failed = words.plural(len(problems), "{count} document failed", "{count} documents failed")
    return {
        "title": folder.settings.title,
        "language": words.tag,
        "dir": words.direction,
        "labels": {key: words.gettext(text) for key, text in INDEX_WORDS.items()},
        "summary": f"{count} · {failed}" if problems else count,
        "picture": _picture(folder, words),
        "clusters": clusters,
        "problems": problems,
        "footer": words.say(N_("Made with clusterlab on this computer.")),
    }


def _document(key: str, record: dict[str, Any], words: Language) -> dict[str, Any]:
    failed = record["status"] == "failed"
    order = [s for s in ("pdf", "html", "ipynb") if s in record["files"]]
    return {
        "notebook": _label(record["notebook"], words),
        "language": record["language"],
        "status": record["status"],
        "word": words.gettext(_STATUS[record["status"]]),
        "error": record["error"],
        "where": words.say(N_("cell {cell}"), cell=record["cell"]) if record["cell"] else "",
        "formats": [
            {
                "format": words.gettext(_PARTIAL if failed and s == "ipynb" else _FORMATS[s]),
                "href": f"{key}.{s}",
                "size": _size(record["files"][s], words),
            }
            for s in order
        ],
    }


def _label(notebook: str, words: Language) -> str:
    """Give a notebook's name as people read it: ``competency-map`` is “Competency map”."""
    return words.gettext(notebook.replace("-", " ").capitalize())


def _size(size: int, words: Language) -> str:
    return words.say(N_("{count} kB"), count=max(1, round(size / 1000)))


def _picture(folder: Folder, words: Language) -> dict[str, str] | None:
    rows = []
    boards = {c.id: folder.boards(c.id) for c in folder.clusters}
    used = {(b.canvas, b.version) for found in boards.values() for b in found}
    canvases = [
        (kind.id, version.id)
        for kind in folder.kinds.values()
        for version in kind.versions
        if (kind.id, version.id) in used
    ]
    if not canvases:
        return None
    for cluster in folder.clusters:
        counts = fullness_table(folder.kinds, canvases, boards[cluster.id], cluster.id)
        rows.append(FullnessRow(cluster.name, tuple(counts)))
    labels = [_canvas_label(folder, BoardId("", c, v), words) for c, v in canvases]
    begun = sum(1 for row in rows if any(c.notes for c in row.canvases))
    alt = words.say(
        N_("{begun} of {count} clusters have written on a canvas: {canvases}."),
        begun=begun,
        count=len(rows),
        canvases=", ".join(labels),
    )
    return {"svg": draw_fullness(rows, labels), "alt": alt}


def _canvas_label(folder: Folder, board: BoardId, words: Language) -> str:
    kind = folder.kinds[board.canvas]
    title = words.gettext(kind.title)
    if len(kind.versions) == 1:
        return title
    version = next(v.label for v in kind.versions if v.id == board.version)
    return f"{title} · {words.gettext(version)}"
