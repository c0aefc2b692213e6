"""Reading an executed notebook as a document: the walk that every exporter shares."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mistune

from clusterlab.errors import N_, DocumentError
from clusterlab.outputs import MIME

#: Tags of cells that stay out of documents, with nbconvert's usual meaning.
HIDDEN = frozenset({"remove-cell", "remove_cell", "remove-output", "remove_output"})

_WIDGET = "application/vnd.jupyter.widget-view+json"
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a document.

    Parameters
    ----------
    kind
        ``output`` (``data`` is a typed output's JSON), ``markdown`` (``data`` is mistune's tree),
        ``text`` (``data`` is plain text), ``picture`` (``data`` holds mime, bytes and alt),
        ``error`` (``data`` is what went wrong in the cell, for people), ``live`` (``data`` is
        empty: what only a front end can show).
    cell
        Number of the cell in the notebook, from 1.
    depth
        How many levels deeper its headings are than they are written.
    """

    kind: str
    data: Any
    cell: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """Of when a document's outputs are that could not be drawn as their workshop stands now.

    Parameters
    ----------
    date
        Day of the last thing that the oldest of them shows, as people write it; may be empty.
    whole
        Whether these are all of the workshop's outputs in the document.
    """

    date: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A notebook as a document.

    Parameters
    ----------
    title, language
        Never empty: a document without them is refused.
    context
        Of the first typed output; without one only its language.
    parts
        In the order of the cells.
    saved
        What to say of outputs that are as the notebook saved them; nothing in a build.
    """

    title: str
    language: str
    context: Mapping[str, Any]
    parts: tuple[Part, ...]
    saved: Saved | None = None


def whose(parts: Sequence[Part]) -> list[str]:
    """Tell of each part in whose part of a document of several clusters it stands.

    A further opening begins such a part, and what is deeper belongs to it; "" for all others.
    """
    found, name = [], ""
    for number, part in enumerate(parts):
        following = parts[number + 1].depth if number + 1 < len(parts) else 0
        if part.kind == "output" and part.data.get("type") == "title" and part.depth <= 0:
            name = str(part.data.get("title", "")) if following > 0 else ""
        elif part.depth <= 0:
            name = ""
        found.append(name)
    return found


def read_document(notebook: Mapping[str, Any]) -> Document:
    """Read an executed notebook as a document.

    Parameters
    ----------
    notebook
        An nbformat 4 notebook.

    Returns
    -------
    Document
        Title and language are the opening output's; in a notebook without one they are
        ``metadata.title`` and ``metadata.language``.

    Raises
    ------
    DocumentError
        Where the title, the language or the alternative text of a picture is missing.
    """
    parts = tuple(_parts(notebook["cells"]))
    outputs = [p.data for p in parts if p.kind == "output"]
    for part in parts:
        if part.kind == "output":
            _demand(part.data)
    metadata = notebook.get("metadata", {})
    opening: Mapping[str, Any] = next(
        (o for o in outputs if o["type"] == "title"), outputs[0] if outputs else {}
    )
    context = dict(opening.get("context", {}))
    title = opening.get("title") or metadata.get("title") or ""
    language = context.get("language") or metadata.get("language") or ""
    if not str(title).strip():
        raise DocumentError(
            N_("The document has no title. Begin the notebook with an opening such as “title()”.")
        )
    if not str(language).strip():
        raise DocumentError(N_("The document “{title}” does not say its language."), title=title)
    return Document(str(title), str(language), context, parts)


def _demand(output: Mapping[str, Any]) -> None:
    if not str(output.get("title", "")).strip():
        raise DocumentError(
            N_("An output of type “{type}” has no title; every document needs it."),
            type=output.get("type", ""),
        )
    if output.get("type") not in {"title", "section"} and not str(output.get("alt", "")).strip():
        raise DocumentError(
            N_("“{title}” has no alternative text; people who cannot see it need it."),
            title=output["title"],
        )


def _shown(cells: list[Any]) -> Iterator[tuple[int, Any]]:
    for number, cell in enumerate(cells, 1):
        if not HIDDEN & set(cell.get("metadata", {}).get("tags", [])):
            yield number, cell


def shown_outputs(cells: list[Any]) -> Iterator[tuple[int, Any]]:
    """Give the outputs of the cells that documents show, each with the number of its cell."""
    for number, cell in _shown(cells):
        if cell["cell_type"] == "code":
            yield from ((number, output) for output in cell.get("outputs", []))


def typed_data(output: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the typed data of a notebook's output, whatever else stands beside it."""
    data = output.get("data", {}).get(MIME)
    return data if isinstance(data, dict) else None


def _parts(cells: list[Any]) -> Iterator[Part]:
    for number, cell in _shown(cells):
        if cell["cell_type"] == "markdown":
            yield markdown_part(cell["source"], number)
        else:
            for _, output in shown_outputs([cell]):
                yield from _output_parts(output, number)


def _output_parts(output: Mapping[str, Any], cell: int) -> Iterator[Part]:
    match output["output_type"]:
        case "stream" if output.get("name") == "stdout":
            yield Part("text", _joined(output["text"]), cell)
        case "error":
            yield Part("error", f"{output.get('ename')}: {output.get('evalue')}", cell)
        case "execute_result" | "display_data":
            data = output["data"]
            if (typed := typed_data(output)) is not None:
                yield Part("output", typed, cell)
            elif picture := _picture(output, cell):
                yield picture
            elif "text/markdown" in data:
                yield markdown_part(data["text/markdown"], cell)
            elif _WIDGET in data:
                yield Part("live", "", cell)
            elif "text/plain" in data:
                yield Part("text", _joined(data["text/plain"]), cell)


def _picture(output: Mapping[str, Any], cell: int) -> Part | None:
    data, metadata = output["data"], output.get("metadata", {})
    mime = next((m for m in _PICTURES if m in data), None)
    if mime is None:
        return None
    alt = metadata.get("alt") or metadata.get(mime, {}).get("alt") or ""
    if not str(alt).strip():
        raise DocumentError(
            N_(
                "The picture in cell {cell} has no alternative text. "
                "Give it with: display(figure, metadata={'alt': 'what it shows'})"
            ),
            cell=cell,
        )
    text = _joined(data[mime])
    raw = text.encode() if mime == "image/svg+xml" else base64.b64decode(text)
    return Part("picture", {"mime": mime, "bytes": raw, "alt": str(alt)}, cell)


def markdown_part(source: str | list[str], cell: int) -> Part:
    """Read markdown as a part of a document.

    Raises
    ------
    DocumentError
        Where a picture has no alternative text.
    """
    tree = markdown_tree(_joined(source))
    if any(not plain(picture).strip() for picture in _pictures(tree)):
        raise DocumentError(
            N_(
                "A picture in the text of cell {cell} has no alternative text. "
                "Write it between the brackets: ![what it shows](…)"
            ),
            cell=cell,
        )
    return Part("markdown", tree, cell)


def _pictures(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        if node["type"] == "image":
            yield node
        yield from _pictures(node.get("children", []))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


_MARKDOWN = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", "task_lists"])


def markdown_tree(text: str) -> list[dict[str, Any]]:
    """Read markdown as mistune's syntax tree; raw HTML in it stays text."""
    tree = _MARKDOWN(text)
    return tree if isinstance(tree, list) else []


def plain(node: Mapping[str, Any]) -> str:
    """Give the text of a markdown node without its marks."""
    if node["type"] in {"softbreak", "linebreak"}:
        return " "
    own = str(node.get("raw", ""))
    if node["type"] == "text":
        own = html.unescape(own)
    return own + "".join(plain(child) for child in node.get("children", []))


_LINK = re.compile(r"(?:https?://|mailto:)[^\s\0-\x20\x7f]+", re.IGNORECASE)


def safe_link(url: object) -> str:
    """Give a link's address where it is one of the web or of mail, else "".

    The address is one of `markdown_tree`, which has resolved its entities.
    """
    return str(url) if _LINK.fullmatch(str(url)) else ""
