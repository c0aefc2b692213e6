"""The page that a PDF opens with, and what it holds that a table of contents lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clusterlab.figures.text import width

# Parts from which on a document has a page for its opening whatever follows it.
_LONG_DOCUMENT = 12

_Part = Mapping[str, Any]
_Run = dict[str, Any]


def opened(runs: list[_Run], wide: Sequence[float], *, joint: bool) -> list[_Run]:
    """Give a document's opening a page to itself, with a table of contents, where that helps.

    A handout of a few pages needs neither: what it holds begins below its title. What a document
    of several clusters holds takes pages of its own.

    Parameters
    ----------
    runs
        As `sides.divided` gives them.
    wide
        As `widest` gives it.
    """
    first = runs[0].get("parts", ())
    if not first or first[0]["kind"] != "title":
        return runs
    shown = sum(len(run.get("parts", ())) + len(run.get("more", ())) for run in runs)
    if len(first) > 1 and shown + len(runs) >= _LONG_DOCUMENT:
        runs = [{"kind": "flow", "parts": first[:1]}, {**runs[0], "parts": first[1:]}, *runs[1:]]
    if len(runs[0]["parts"]) == 1 and len(runs) > 1:
        runs[0]["parts"][0]["alone" if joint else "contents"] = True
        runs[0]["parts"][0]["widest"] = list(wide)
        runs[0]["cover"], runs[0]["contents"] = True, joint
    return runs


def widest(parts: Sequence[_Part]) -> tuple[float, float]:
    """Tell how wide the widest title is, of all parts and of sections, in ems.

    To measure what a table of contents shows would take Typst a quarter longer for a document.
    """
    titles = [(part["level"], title) for part in parts for title in _titles(part)]
    sections = [title for level, title in titles if level <= 2]  # noqa: PLR2004 - markdown has 0
    both = ([title for _, title in titles], sections)
    every, of_sections = (max((width(t, 1.0, bold=True) for t in it), default=0.0) for it in both)
    return every, of_sections


def _titles(part: _Part) -> Iterator[str]:
    """Give the headings that a part brings."""
    if part["kind"] == "markdown":
        yield from (_plain(node) for node in part["data"] if node["type"] == "heading")
    elif part["kind"] != "title" and "title" in part["data"]:
        # A subtitle stands a little apart.
        yield "  ".join(filter(None, (part["data"]["title"], part["data"].get("subtitle"))))


def _plain(node: Mapping[str, Any]) -> str:
    return str(node.get("raw", "")) + "".join(map(_plain, node.get("children", ())))
