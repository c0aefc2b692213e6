"""One document of several clusters: their own documents one after the other, as parts of one.

Whatever draws a document draws this one, too. What each of them says of methods, words and credits
stands once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusterlab.documents.reading import Document, Part, markdown_part, plain
from clusterlab.outputs import Output

#: Stands on a line of its own in the text of a joint document where the clusters' parts come.
HERE = "[clusters]"
#: What stands once in a joint document, by the method that makes it; and which of it may be all
#: that a section holds.
_ONCE, _HELD = frozenset({"methods", "glossary", "credits"}), frozenset({"methods", "glossary"})


@dataclass(frozen=True, slots=True)
class Share:
    """A cluster's part of a joint document.

    Parameters
    ----------
    name
        Of the cluster.
    document
        Its own.
    """

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Words:
    """What people wrote for a joint document.

    Parameters
    ----------
    title
        Its title; may be empty.
    before, after
        What stands before the clusters' parts and after them.
    """

    title: str = ""
    before: tuple[Part, ...] = ()
    after: tuple[Part, ...] = ()


def read_words(text: str) -> Words:
    """Read what people wrote for a joint document, in markdown.

    A heading of the first level that begins it is the document's title; a line ``[clusters]``
    stands where the clusters' parts come, which without it is the end.

    Raises
    ------
    DocumentError
        Where a picture in it has no alternative text.
    """
    nodes = [node for node in markdown_part(text, 0).data if node["type"] != "blank_line"]
    title = ""
    if nodes and nodes[0]["type"] == "heading" and nodes[0]["attrs"]["level"] == 1:
        title = plain(nodes.pop(0)).strip()
    at = next((i for i, node in enumerate(nodes) if plain(node).strip() == HERE), len(nodes))
    levels = [node["attrs"]["level"] for node in nodes if node["type"] == "heading"]
    depth = 1 - min(levels, default=1)  # they stand beside the clusters, not below the last one
    before, after = nodes[:at], nodes[at + 1 :]
    return Words(title, _prose(before, depth), _prose(after, depth))


def _prose(nodes: list[dict[str, Any]], depth: int) -> tuple[Part, ...]:
    return (Part("markdown", nodes, 0, depth),) if nodes else ()


def joint(
    opening: Output,
    front: Iterable[Output],
    words: Words,
    shares: Sequence[Share],
    last: Iterable[Output],
) -> Document:
    """Put clusters' documents together.

    Parameters
    ----------
    opening, front, last
        Of the whole: its title, what stands before the parts, and what stands at the end.
    words
        What people wrote for it.
    shares
        In their order.
    """
    cover = _output(opening)
    parts = (
        cover,
        *words.before,
        *map(_output, front),
        *(part for share in shares for part in _parts(share, cover.data["facts"])),
        *words.after,
        *map(_output, last),
    )
    context = cover.data["context"]
    return Document(opening.title, opening.context.language, context, parts)


def canvases(documents: Iterable[Document]) -> list[str]:
    """Name the canvases of which documents show anything, in their order."""
    found = (_made(part).get("canvas") for document in documents for part in document.parts)
    return list(dict.fromkeys(str(canvas) for canvas in found if canvas))


def _output(output: Output) -> Part:
    return Part("output", output.to_json(), 0)


def _parts(share: Share, said: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    """Give a cluster's part: its opening under its name, the rest one level deeper.

    Parameters
    ----------
    said
        Facts that stand on the cover.
    """
    parts = _without_repeated(share.document.parts)
    own = next((i for i, part in enumerate(parts) if _is(part, "title")), None)
    given: Mapping[str, Any] = {} if own is None else parts[own].data
    opening = {
        "type": "title",
        "title": share.name,
        "subtitle": "",
        "text": "",
        "facts": [fact for fact in given.get("facts", []) if fact not in said],
        "logo": given.get("logo", ""),
        "colours": {},
        "alt": "",
        "context": share.document.context,
    }
    yield Part("output", opening, 0)
    for number, part in enumerate(parts):
        if number != own:
            yield replace(part, depth=1)


def _without_repeated(parts: Sequence[Part]) -> list[Part]:
    """Leave out what stands once at the end, with sections that hold nothing else."""
    kept: list[Part] = []
    emptied = False
    for part in parts:
        made = _made(part).get("output")
        if made in _ONCE:
            emptied = emptied or made in _HELD
            continue
        if _is(part, "section"):
            kept, emptied = (_without_last_section(kept) if emptied else kept), False
        kept.append(part)
    return _without_last_section(kept) if emptied else kept


def _without_last_section(parts: list[Part]) -> list[Part]:
    return parts[:-1] if parts and _is(parts[-1], "section") else parts


def _is(part: Part, kind: str) -> bool:
    return part.kind == "output" and part.data.get("type") == kind


def _made(part: Part) -> Mapping[str, Any]:
    """Give how an output was made; nothing where it does not say so."""
    context = part.data.get("context") if part.kind == "output" else None
    made = context.get("made") if isinstance(context, Mapping) else None
    return made if isinstance(made, Mapping) else {}
