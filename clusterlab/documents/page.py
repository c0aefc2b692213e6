"""The page of a handout: what its templates are given, and what they may call."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from clusterlab.documents.columns import lies_wide
from clusterlab.documents.headings import Outline
from clusterlab.documents.reading import Document, plain, safe_link, whose
from clusterlab.documents.sides import lies_on_side
from clusterlab.figures import recoloured
from clusterlab.model.palette import ground
from clusterlab.outputs.html import css_string, make_environment
from clusterlab.outputs.words import LABELS, direction, language_tag

#: What the page may load: its own style and the pictures inside it. No script ever.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)

_HEADING_BLOCKS = 3  # a heading and two more blocks of markdown


def page_environment(folder: str = "") -> jinja2.Environment:
    """Give an environment that draws pages, with a folder of own templates before the package's.

    Without a folder it is the same one every time; with one it is a new one, for the caller to
    keep: folders come and go.
    """
    return _make_page_environment(folder) if folder else _package_environment()


@cache
def _package_environment() -> jinja2.Environment:
    return _make_page_environment()


def _make_page_environment(*folders: str) -> jinja2.Environment:
    env = make_environment(*folders)
    env.filters |= {
        "safe_link": safe_link,
        "plain": plain,
        "entities": html.unescape,
        "page_counter": page_counter,
    }
    env.globals["policy"] = POLICY
    return env


def page_data(document: Document, *, turned: bool = True) -> dict[str, Any]:
    """Give what the page's template draws: parts with heading levels and anchors, words, facts.

    Parameters
    ----------
    turned
        Whether each part says if it is printed on a sheet that lies on its side.
    """
    context = document.context
    parts = list(_views(document))
    if turned:
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
        "saved": document.saved,
        "labels": {**LABELS, **context.get("labels", {})},
        "parts": parts,
        "contents": [entry for part in parts for entry in part["contents"]],
    }


def coloured_pictures(view: dict[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    """Give a page in a workshop's colours: ``palette``, what its style calls them, and pictures.

    Parameters
    ----------
    colours
        What the workshop chose, by meaning; each can be read on white.
    """
    palette = {name: f"#{colour}" for name, colour in colours.items()}
    palette |= {f"{name}-tint": f"#{ground(name, colour)}" for name, colour in colours.items()}
    parts = [
        {**part, "data": recoloured_picture(part["data"], colours)}
        if part["kind"] == "output" and part["data"]["type"] == "picture"
        else part
        for part in view["parts"]
    ]
    return {**view, "parts": parts, "palette": palette}


def recoloured_picture(data: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    """Give a picture's data with all of its drawings in a workshop's colours."""
    more = [recoloured(svg, colours) for svg in data.get("more", ())]
    drawn = {"svg": recoloured(data["svg"], colours), **({"more": more} if more else {})}
    return {**data, **drawn}


def _views(document: Document) -> Iterator[dict[str, Any]]:
    outline = Outline()
    names = whose(document.parts)
    for number, (part, name) in enumerate(zip(document.parts, names, strict=True), 1):
        view: dict[str, Any] = {
            "kind": part.kind,
            "data": part.data,
            "cell": part.cell,
            "anchor": f"part-{number}",
            "whose": name,
            "level": 0,
            "contents": [],
        }
        if part.kind == "output":
            view["level"] = outline.output(str(part.data.get("type")), part.depth)
            if view["level"] == 2:  # noqa: PLR2004 - what the contents list
                view["contents"] = [{"anchor": view["anchor"], "text": part.data["title"]}]
        elif part.kind == "markdown":
            view["data"] = list(_headed(part.data, outline, view, part.depth))
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
            own = len(grid[0]) > 1 or lies_wide(columns, data.get("rows") or [])
            own = own or lies_on_side(data.get("svg", ""))
            wide = own or (wide and data.get("type") == "section")
        else:
            wide = wide and part["kind"] == "markdown" and len(data) <= _HEADING_BLOCKS
        part["landscape"] = wide


def _headed(
    nodes: list[dict[str, Any]], outline: Outline, view: dict[str, Any], depth: int
) -> Iterator[dict[str, Any]]:
    """Give a tree's nodes with the levels that their headings are drawn at."""
    for node in nodes:
        if node["type"] == "heading":
            level = outline.heading(node["attrs"]["level"] + depth)
            anchor = ""
            if level == 2:  # noqa: PLR2004 - what the contents list
                anchor = f"{view['anchor']}-{len(view['contents']) + 1}"
                view["contents"].append({"anchor": anchor, "text": plain(node)})
            yield {**node, "level": level, "anchor": anchor}
        elif "children" in node:
            yield {**node, "children": list(_headed(node["children"], outline, view, depth))}
        else:
            yield node


def page_counter(word: str) -> Markup:
    """Write "Page {page} of {pages}" as the value of CSS's ``content``."""
    pieces = re.split(r"\{(pages?)\}", str(word))
    texts = (css_string(text) for text in pieces[::2])
    counters = [Markup("counter({})").format(name) for name in pieces[1::2]]
    return Markup(" ").join(
        piece for pair in zip(texts, [*counters, Markup()], strict=True) for piece in pair
    )
