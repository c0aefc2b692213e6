"""The index page of a build: every cluster, every document, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
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
        ``title``, ``language``, ``dir``, ``labels`` (words by key; see ``INDEX_WORDS`` and
        ``LABELS``), ``summary``, ``picture`` (``svg``, ``alt`` and perhaps ``note``, a sentence
        below it; or None), ``clusters``, ``problems``, ``footer`` and perhaps ``notices``
        (sentences that stand before the problems). A document's ``status`` is done, failed,
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
    env.filters.setdefault("relative", relative)
    return env.get_template("index.html.j2").render(
        {
            "notices": (),
            **data,
            "language": language_tag(data["language"]) or "und",
            "direction": "rtl" if data["dir"] == "rtl" else "ltr",
            "labels": {**LABELS, **INDEX_WORDS, **data["labels"]},
        }
    )


def relative(path: str) -> str:
    """Quote a path for a link; "" for one that would lead out of the build's folder."""
    parts = [part for part in str(path).split("/") if part not in {"", "."}]
    if ".." in parts:
        return ""
    return "/".join(quote(part, safe="", errors="replace") for part in parts)
