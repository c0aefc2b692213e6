"""The index page of a build: every cluster, every document, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from clusterlab.documents.page import page_environment
from clusterlab.errors import N_
from clusterlab.outputs.words import LABELS, language_tag

#: The index's own words: key and English text. The page around it takes `LABELS`.
INDEX_WORDS: Mapping[str, str] = {
    "problems": N_("What went wrong"),
    "overview": N_("How full the canvases are"),
    "clusters": N_("All clusters"),
    "document": N_("Document"),
    "language": N_("Language"),
    "status": N_("Status"),
    "files": N_("Files"),
    "nothing": N_("No documents"),
    "joint": N_("Joint documents"),
}


#: With more clusters than this, the list is cut into parts: a browser lays out those in sight.
_PART = 100


def render_index(data: Mapping[str, Any], folder: str = "") -> str:
    """Write the index page of a build; see `index_pieces`."""
    return "".join(index_pieces(data, folder))


def index_pieces(data: Mapping[str, Any], folder: str = "") -> Iterator[str]:
    """Write the index page of a build piece by piece.

    Parameters
    ----------
    data
        ``title``, ``language``, ``dir``, ``labels`` (words by key; see ``INDEX_WORDS`` and
        ``LABELS``), ``summary``, ``picture`` (``svg``, ``alt`` and perhaps ``note``, a sentence
        below it; or None), ``clusters``, ``problems``, ``footer`` and perhaps ``notices``
        (sentences that stand before the problems), and ``joint`` (documents of several clusters,
        each as a cluster's documents are). ``clusters`` is taken part by part, so it may
        make its items as they are needed. A document's ``status`` is done, failed,
        stale or skipped, its ``word`` says so; a format's ``href`` is a path relative to the
        page, not yet quoted.
    folder
        Searched for templates before the package's own.

    Raises
    ------
    jinja2.TemplateError
        Where the data lacks what the page shows.
    """
    env = page_environment(folder)
    env.filters |= {"relative": relative, "room": room}
    count = len(data["clusters"])
    starts = range(0, max(count, 1), _PART)
    yield from env.get_template("index.html.j2").generate(
        {
            "notices": (),
            "joint": (),
            **data,
            "parts": [{"first": s + 1, "last": min(s + _PART, count)} for s in starts],
            "language": language_tag(data["language"]) or "und",
            "direction": "rtl" if data["dir"] == "rtl" else "ltr",
            "labels": {**LABELS, **INDEX_WORDS, **data["labels"]},
        }
    )


def room(clusters: Sequence[Mapping[str, Any]]) -> float:
    """Estimate the height of a part of the list, in the page's size of text."""
    return 7 + 2.75 * sum(max(1, len(cluster["documents"])) for cluster in clusters)


def relative(path: str) -> str:
    """Quote a path for a link; "" for one that would lead out of the build's folder."""
    parts = [part for part in str(path).split("/") if part not in {"", "."}]
    if ".." in parts:
        return ""
    return "/".join(quote(part, safe="", errors="replace") for part in parts)
