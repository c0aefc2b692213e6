"""The page of a handout: what its templates are given, and what they may call."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

import jinja2
from markupsafe import Markup

from clusterlab.documents.reading import Document
from clusterlab.errors import N_
from clusterlab.outputs.html import (
    WORDS,
    css_string,
    direction,
    environment,
    language_tag,
    usual_level,
)

#: Words of the page around the outputs: key and English text.
PAGE_WORDS: Mapping[str, str] = {
    "skip": N_("Skip to the content"),
    "contents": N_("Contents"),
    "version": N_("Version {version}"),
    "page": N_("Page {page} of {pages}"),
    "failed": N_("This part is missing: cell {cell} of the notebook stopped with an error."),
}

#: What the page may load: its own style and the pictures inside it. No script ever.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)

_LINK = re.compile(r"(?:https?://|mailto:)[^\s\0-\x20\x7f]+", re.IGNORECASE)
_IMAGE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}")
_PORTRAIT_COLUMNS = 6
_HEADING_BLOCKS = 3  # a heading and two more blocks of markdown
_DEEPEST = 5  # a box inside an output still needs a level below


def page_environment(folder: str = "") -> jinja2.Environment:
    """Give the environment that draws pages, with a folder of own templates before the package's.

    The same folder gives the same environment, with its templates compiled.
    """
    env = environment(*([folder] if folder else []))
    if "safe_link" not in env.filters:
        env.filters |= {
            "safe_link": safe_link,
            "safe_image": safe_image,
            "plain": plain,
            "entities": html.unescape,
            "page_counter": page_counter,
        }
        env.globals["policy"] = POLICY
    return env


def page_data(document: Document) -> dict[str, Any]:
    """Give what the page's template draws: parts with heading levels and anchors, words, facts."""
    context = document.context
    parts = list(_views(document))
    _turn(parts)
    opened = any(p["kind"] == "output" and p["level"] == 1 for p in parts)
    return {
        "title": document.title,
        "opened": opened,
        "language": language_tag(document.language) or "und",
        "direction": direction(document.language),
        "context": {
            key: context.get(key) or "" for key in ("cluster_name", "workshop", "date", "version")
        },
        "labels": {**WORDS, **PAGE_WORDS, **context.get("labels", {})},
        "parts": parts,
        "contents": [entry for part in parts for entry in part["contents"]],
    }


class _Outline:
    """Gives headings their levels, so that there is one of level 1 and none is skipped."""

    def __init__(self) -> None:
        self._open: list[tuple[int, int]] = []  # depth as written, level as drawn
        self._titled = False

    def output(self, kind: str) -> int:
        """Give the level of an output's heading."""
        level = usual_level({"type": kind})
        if level == 1 and not self._titled:
            self._titled, self._open = True, []
            return 1
        if level <= 2:  # noqa: PLR2004 - a second opening is a section
            return self.heading(1)
        return min(self._level + 1, _DEEPEST)

    def heading(self, depth: int) -> int:
        """Give the level of a heading that is written with ``depth`` signs."""
        while self._open and self._open[-1][0] >= depth:
            self._open.pop()
        level = min(self._level + 1, _DEEPEST + 1)
        self._open.append((depth, level))
        return level

    @property
    def _level(self) -> int:
        return self._open[-1][1] if self._open else 1


def _views(document: Document) -> Iterator[dict[str, Any]]:
    outline = _Outline()
    for number, part in enumerate(document.parts, 1):
        view: dict[str, Any] = {
            "kind": part.kind,
            "data": part.data,
            "cell": part.cell,
            "anchor": f"part-{number}",
            "level": 0,
            "contents": [],
        }
        if part.kind == "output":
            view["level"] = outline.output(str(part.data.get("type")))
            if view["level"] == 2:  # noqa: PLR2004 - what the contents list
                view["contents"] = [{"anchor": view["anchor"], "text": part.data["title"]}]
        elif part.kind == "markdown":
            view["data"] = list(_headed(part.data, outline, view))
        elif part.kind == "picture":
            data = base64.b64encode(part.data["bytes"]).decode()
            view["url"] = f"data:{part.data['mime']};base64,{data}"
        yield view


def _turn(parts: list[dict[str, Any]]) -> None:
    """Mark what is printed on a landscape sheet: what is wide, and the headings before it."""
    wide = False
    for part in reversed(parts):
        data = part["data"]
        if part["kind"] == "output":
            grid, columns = data.get("grid") or [[]], data.get("columns") or []
            own = len(grid[0]) > 1 or len(columns) > _PORTRAIT_COLUMNS
            wide = own or (wide and data.get("type") == "section")
        else:
            wide = wide and part["kind"] == "markdown" and len(data) <= _HEADING_BLOCKS
        part["landscape"] = wide


def _headed(
    nodes: list[dict[str, Any]], outline: _Outline, view: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Give a tree's nodes with the levels that their headings are drawn at."""
    for node in nodes:
        if node["type"] == "heading":
            level = outline.heading(node["attrs"]["level"])
            anchor = ""
            if level == 2:  # noqa: PLR2004 - what the contents list
                anchor = f"{view['anchor']}-{len(view['contents']) + 1}"
                view["contents"].append({"anchor": anchor, "text": plain(node)})
            yield {**node, "level": level, "anchor": anchor}
        elif "children" in node:
            yield {**node, "children": list(_headed(node["children"], outline, view))}
        else:
            yield node


def plain(node: Mapping[str, Any]) -> str:
    """Give the text of a markdown node without its marks."""
    if node["type"] in {"softbreak", "linebreak"}:
        return " "
    own = str(node.get("raw", ""))
    if node["type"] == "text":
        own = html.unescape(own)
    return own + "".join(plain(child) for child in node.get("children", []))


def safe_link(url: str) -> str:
    """Give a link's address where it is one of the web or of mail, else ""."""
    plain_url = html.unescape(str(url))
    return plain_url if _LINK.fullmatch(plain_url) else ""


def safe_image(url: str) -> str:
    """Give a picture's address where the picture is inside it and is no SVG, else ""."""
    return str(url) if _IMAGE.fullmatch(str(url)) else ""


def page_counter(word: str) -> Markup:
    """Write "Page {page} of {pages}" as the value of CSS's ``content``."""
    pieces = re.split(r"\{(pages?)\}", str(word))
    texts = (css_string(text) for text in pieces[::2])
    counters = [Markup("counter({})").format(name) for name in pieces[1::2]]
    return Markup(" ").join(
        piece for pair in zip(texts, [*counters, Markup()], strict=True) for piece in pair
    )
