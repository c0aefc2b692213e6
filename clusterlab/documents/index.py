"""The index page of a build: every cluster, every document, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from clusterlab.documents.page import PAGE_WORDS, page_environment
from clusterlab.errors import N_
from clusterlab.outputs.html import WORDS, language_tag

#: Words of the index page: key and English text.
INDEX_WORDS: Mapping[str, str] = {
    "problems": N_("What went wrong"),
    "overview": N_("How full the canvases are"),
    "clusters": N_("All clusters"),
    "cluster": N_("Cluster"),
    "document": N_("Document"),
    "language": N_("Language"),
    "status": N_("Status"),
    "files": N_("Files"),
    "nothing": N_("No documents"),
}


def render_index(data: Mapping[str, Any], folder: str = "") -> str:
    """Write the index page of a build.

    Parameters
    ----------
    data
        ``title``, ``language``, ``dir``, ``labels`` (words by key; see ``INDEX_WORDS``),
        ``summary``, ``picture`` (``svg`` and ``alt``, or None), ``clusters``, ``problems`` and
        ``footer``. A document's ``href`` is a path relative to the page, not yet quoted.
    folder
        Searched for templates before the package's own.

    Raises
    ------
    jinja2.TemplateError
        Where the data lacks what the page shows.
    """
    env = page_environment(folder)
    env.filters.setdefault("relative", relative)
    return env.get_template("index.html.j2").render(
        {
            **data,
            "language": language_tag(data["language"]) or "und",
            "direction": "rtl" if data["dir"] == "rtl" else "ltr",
            "labels": {**WORDS, **PAGE_WORDS, **INDEX_WORDS, **data["labels"]},
        }
    )


def relative(path: str) -> str:
    """Quote a path for a link; "" for one that would lead out of the build's folder."""
    parts = [part for part in str(path).split("/") if part not in {"", "."}]
    if ".." in parts:
        return ""
    return "/".join(quote(part, safe="", errors="replace") for part in parts)
