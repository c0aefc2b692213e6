"""What office documents say, in paragraphs and runs: notes, facts and markdown, before any format.

A tone is a meaning, not a colour: which colour it has, the template decides.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from clusterlab.documents.findings import told
from clusterlab.documents.opc import plain_text
from clusterlab.documents.reading import plain, safe_link

Kind = Literal["text", "heading", "note", "detail", "list", "quote", "code", "label", "small"]
#: Signs of the groups of blocks, so that colour is never the only one.
SIGNS: Mapping[str, str] = {"development": "■", "financing": "◆", "neutral": "○"}


class Run(NamedTuple):
    """A piece of text that looks the same throughout.

    Parameters
    ----------
    tone
        ``ink``, ``grey``, ``development``, ``financing`` or ``neutral``.
    link
        An address of the web or of mail, or "".
    language
        BCP 47 tag where it is not the document's, else "".
    """

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    mono: bool = False
    tone: str = "ink"
    link: str = ""
    language: str = ""


_PLAIN = Run("")


class Para(NamedTuple):
    """A paragraph.

    Parameters
    ----------
    kind
        What it is.
    level
        Of a heading (1 is the document's title); how deep a list's line lies, from 0.
    marker
        What stands before its text: the sign of a list, or the id that people say.
    ordinal
        Number of the line in an ordered list; 0 in others.
    """

    runs: tuple[Run, ...]
    kind: Kind = "text"
    level: int = 0
    marker: str = ""
    tone: str = "ink"
    ordinal: int = 0

    @property
    def text(self) -> str:
        """What it says, without its marker."""
        runs = self.runs
        return runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)

    @property
    def words(self) -> str:
        """What it says, with its marker."""
        return f"{self.marker} {self.text}" if self.marker else self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that people wrote: its header, which may be empty, and its rows."""

    header: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


def para(text: str, kind: Kind = "text", **style: Any) -> Para:
    """Give a paragraph of one run."""
    return Para((run(text, **style),), kind)


def run(text: object, **style: Any) -> Run:
    """Give a run of a text as office files can carry it."""
    return Run(plain_text(str(text)), **style)


def from_right(text: str) -> bool:
    """Say whether a text reads from the right, by its first letter that has a direction."""
    if text.isascii():
        return False
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return False


# ---- notes ----


def note_paras(item: Mapping[str, Any], tone: str = "ink") -> Iterator[Para]:
    """Give a note: its text behind its id, then details, references, tags and alternatives."""
    language = item.get("language", "")
    mark = f"\u00a0{item['mark']}" if item.get("mark") else ""
    text = run(item["text"] + mark, language=language)
    yield Para((text,), "note", marker=plain_text(item["spoken"]) or "•", tone=tone)
    yield from detail_paras(item)


def detail_paras(item: Mapping[str, Any]) -> Iterator[Para]:
    """Give what stands below a note's text."""
    for fact in item["details"]:
        yield Para((run(f"{fact['label']}: ", tone="grey"), run(fact["value"])), "detail")
    if item["links"]:
        ids = ", ".join(link["spoken"] for link in item["links"])
        yield para(f"→ {ids}", "detail")
    if item["tags"]:
        yield para(" ".join(f"#{tag}" for tag in item["tags"]), "detail", tone="grey")
    for other in item["alternatives"]:
        yield Para((run(f"{other['label']}: ", tone="grey"), run(other["value"])), "detail")


def footnote_paras(data: Mapping[str, Any]) -> list[Para]:
    """Give what is said once about the notes that carry a sign."""
    return [
        Para((run(f"{note['label']} {note['value']}", tone="grey"),), "small")
        for note in data.get("footnotes", ())
    ]


def text_paras(text: str, kind: Kind = "text", **style: Any) -> list[Para]:
    """Give a text's lines as paragraphs."""
    lines = plain_text(text).split("\n")
    return [para(line, kind, **style) for line in lines if line.strip()]


# ---- markdown ----


def markdown_paras(nodes: Iterable[Mapping[str, Any]]) -> Iterator[Para | Grid]:
    """Give a markdown tree's nodes one after the other."""
    for node in nodes:
        yield from _node(node, 0)


def _node(node: Mapping[str, Any], depth: int) -> Iterator[Para | Grid]:  # noqa: C901, PLR0912 - one case for each type
    attrs = node.get("attrs") or {}
    match node["type"]:
        case "heading":
            yield Para(tuple(_inline(node)), "heading", node["level"])
        case "paragraph" | "block_text":
            yield Para(tuple(_inline(node)))
        case "list":
            first = attrs.get("start") or 1
            for number, child in enumerate(node["children"], first):
                yield from _list_item(child, depth, number if attrs.get("ordered") else 0)
        case "block_quote":
            for child in node["children"]:
                for found in _node(child, depth):
                    if isinstance(found, Para) and found.kind == "text":
                        yield found._replace(kind="quote")
                    else:
                        yield found
        case "block_code":
            for line in plain_text(node["raw"]).rstrip("\n").split("\n"):
                yield para(line, "code", mono=True)
        case "table":
            yield _grid(node)
        case "thematic_break" | "blank_line":
            return
        case _ if "children" in node:
            for child in node["children"]:
                yield from _node(child, depth)
        case _ if node.get("raw"):
            yield para(node["raw"])


def _list_item(node: Mapping[str, Any], depth: int, number: int) -> Iterator[Para | Grid]:
    sign = f"{number}." if number else "•"
    if node["type"] == "task_list_item":
        sign = "☑" if node["attrs"].get("checked") else "☐"
    first = True
    for child in node["children"]:
        nested = depth + 1 if child["type"] == "list" else depth
        for found in _node(child, nested):
            if first and isinstance(found, Para) and found.kind == "text":
                yield found._replace(kind="list", level=depth, marker=sign, ordinal=number)
            else:
                yield found
            first = False


def _grid(node: Mapping[str, Any]) -> Grid:
    header: tuple[tuple[Run, ...], ...] = ()
    rows = []
    for group in node["children"]:
        if group["type"] == "table_head":
            header = tuple(tuple(_inline(cell)) for cell in group["children"])
        else:
            rows += [
                tuple(tuple(_inline(c)) for c in line["children"]) for line in group["children"]
            ]
    return Grid(header, tuple(rows))


def _inline(node: Mapping[str, Any], style: Run = _PLAIN) -> Iterator[Run]:
    for child in node.get("children", ()):
        yield from _span(child, style)


def _span(node: Mapping[str, Any], style: Run) -> Iterator[Run]:  # noqa: C901 - likewise
    match node["type"]:
        case "text":
            yield style._replace(text=plain_text(html.unescape(node["raw"])))
        case "strong":
            yield from _inline(node, style._replace(bold=True))
        case "emphasis":
            yield from _inline(node, style._replace(italic=True))
        case "strikethrough":
            yield from _inline(node, style._replace(strike=True))
        case "codespan":
            yield style._replace(text=plain_text(node["raw"]), mono=True)
        case "softbreak":
            yield style._replace(text=" ")
        case "linebreak":
            yield style._replace(text="\n")
        case "link":
            url = safe_link(node["attrs"].get("url", ""))
            yield from (
                _inline(node, style._replace(link=url))
                if node.get("children")
                else iter((style._replace(text=plain_text(url), link=url),))
            )
        case "image":
            yield style._replace(text=plain_text(f"[{plain(node)}]"))
        case _ if "children" in node:
            yield from _inline(node, style)
        case _ if node.get("raw"):
            yield style._replace(text=plain_text(node["raw"]))


# ---- outputs ----


def finding_paras(group: Mapping[str, Any], words: Mapping[str, str]) -> list[Para]:
    """Give what was found, what to do about it, and who asks for it."""
    found = [para(line) for line in told(group, words)]
    if group["suggestion"]:
        found.append(para(f"→ {group['suggestion']}"))
    if group["source"]:
        found.append(Para((run(group["source"], italic=True, tone="grey"),), "small"))
    return found


def record_rows(record: Mapping[str, Any], labels: Mapping[str, str]) -> list[list[list[Para]]]:
    """Give a form's rows: what is asked, and what was written or how to answer."""
    rows = [[[para(field["label"], bold=True)], field_paras(field)] for field in record["fields"]]
    if record["missing"]:
        lines = [Para((run(line),), "list", marker="☐") for line in record["missing"]]
        rows.append([[para(labels["missing"], bold=True, tone="financing")], lines])
    return rows


def field_paras(field: Mapping[str, str]) -> list[Para]:
    """Give what was written into a field, or the help for who writes."""
    if field["value"]:
        return text_paras(field["value"])
    return [Para((run(field["help"], italic=True, tone="grey"),))] if field["help"] else []


def names(values: Sequence[str]) -> str:
    """Put names on one line, empty ones left out."""
    return " · ".join(value for value in values if value)
