"""Quick checks of what PDF/UA-1 (ISO 14289-1) asks for, for runs without its reference validator.

They look at what people who cannot see a page depend on: structure, alternative text, headings,
tables, language. veraPDF asks for much more; a file that passes here may still fail there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

# Operators that leave something on the page; "INLINE IMAGE" is pikepdf's name of a picture in it.
_PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"'}
_PAINTING |= {"INLINE IMAGE"}
_HEADING = re.compile(r"/H([1-6])")


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element: its tag, its dictionary, and the tags that it lies in."""

    tag: str
    node: pikepdf.Dictionary
    within: tuple[str, ...]


def remarks(file: Any) -> list[str]:
    """Say what a PDF lacks: the check's name, a colon, and what it found.

    Parameters
    ----------
    file
        Its path, or an open file.
    """
    with pikepdf.open(file) as document:
        found = [*_facts(document)]
        if "/StructTreeRoot" not in document.Root:
            return [*found, "structure: there is no tree"]
        elements = list(_elements(document.Root.StructTreeRoot, _roles(document), ()))
        found += _figures(elements)
        found += _headings(elements)
        found += _tables(elements)
        found += _lists(elements)
        marked = _marked(elements)
        for number, page in enumerate(document.pages, 1):
            found += [f"{remark} (page {number})" for remark in _page(page, marked)]
    return found


def _facts(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not str(root.get("/Lang", "")).strip():
        yield "language: the document has none"
    with document.open_metadata() as metadata:
        if not str(metadata.get("dc:title", "") or "").strip():
            yield "title: the document has none"
        if metadata.get("pdfuaid:part") != "1":
            yield "standard: the file does not say that it is PDF/UA-1"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "title: windows show the file's name instead"
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "marked: the file does not say that it is tagged"


def _roles(document: pikepdf.Pdf) -> dict[str, str]:
    mapped = document.Root.StructTreeRoot.get("/RoleMap", {})
    return {str(own): str(standard) for own, standard in mapped.items()}


def _elements(node: Any, roles: dict[str, str], within: tuple[str, ...]) -> Iterator[Element]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child, roles, within)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            tag = str(node.S)
            tag = roles.get(tag, tag)
            yield Element(tag, node, within)
            within = (*within, tag)
        if "/K" in node:
            yield from _elements(node.K, roles, within)


def _figures(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag in {"/Figure", "/Formula"} and not str(element.node.get("/Alt", "")).strip():
            yield "figure: one has no alternative text"


def _headings(elements: list[Element]) -> Iterator[str]:
    levels = [int(m[1]) for e in elements if (m := _HEADING.fullmatch(e.tag))]
    if not levels:
        yield "heading: there is none"
        return
    if levels[0] != 1:
        yield f"heading: the first one has level {levels[0]}"
    if levels.count(1) > 1:
        yield "heading: more than one has level 1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"heading: level {after} follows level {before}"


def _tables(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag != "/Table":
            continue
        inside = list(_elements(element.node.K, {}, ()))
        heads = [e for e in inside if e.tag == "/TH"]
        if not heads:
            yield "table: one has no header cells"
        if any(_attribute(e.node, "/Scope") is None and "/ID" not in e.node for e in heads):
            yield "table: a header cell does not say what it is the head of"
        rows = [e for e in inside if e.tag == "/TR"]
        widths = {sum(_span(c) for c in _children(row.node)) for row in rows}
        if len(widths) > 1 and not any(_attribute(e.node, "/RowSpan") for e in inside):
            yield f"table: rows have {sorted(widths)} cells"


def _children(node: pikepdf.Dictionary) -> list[Any]:
    kids = node.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [k for k in kids if isinstance(k, pikepdf.Dictionary) and "/S" in k]


def _span(cell: pikepdf.Dictionary) -> int:
    return int(_attribute(cell, "/ColSpan") or 1)


def _attribute(node: pikepdf.Dictionary, name: str) -> Any:
    held = node.get("/A", [])
    for attributes in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(attributes, pikepdf.Dictionary) and name in attributes:
            return attributes[name]
    return None


def _lists(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag == "/LI" and element.within[-1:] != ("/L",):
            yield "list: an entry lies outside of a list"
        if element.tag in {"/TR", "/TH", "/TD"} and "/Table" not in element.within:
            yield "table: a cell or row lies outside of a table"


def _marked(elements: list[Element]) -> dict[tuple[int, int], set[int]]:
    """Give by page what the tree holds: the numbers of its marked content."""
    found: dict[tuple[int, int], set[int]] = {}

    def add(page: Any, number: Any) -> None:
        if page is not None:
            found.setdefault(page.objgen, set()).add(int(number))

    for element in elements:
        page, kids = element.node.get("/Pg"), element.node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                if "/MCID" in kid:
                    add(kid.get("/Pg", page), kid.MCID)
            else:
                add(page, kid)
    return found


def _page(page: pikepdf.Page, marked: dict[tuple[int, int], set[int]]) -> Iterator[str]:
    if page.obj.get("/Tabs") != pikepdf.Name.S:
        yield "order: the tabulator does not follow the structure"
    drawn, loose = _content(page)
    if loose:
        yield f"content: {loose} pieces are neither tagged nor artifacts"
    held = marked.get(page.obj.objgen, set())
    if drawn - held:
        yield "content: something tagged is not in the tree"
    if held - drawn:
        yield "content: the tree holds what the page does not draw"
    for annotation in page.obj.get("/Annots", []):
        if annotation.get("/Subtype") == pikepdf.Name.Link and (
            "/StructParent" not in annotation or not str(annotation.get("/Contents", "")).strip()
        ):
            yield "link: one has no place in the structure or no words"


def _content(page: pikepdf.Page) -> tuple[set[int], int]:
    """Give the numbers of a page's marked content, and how much is drawn outside of any."""
    numbers: set[int] = set()
    loose = depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BMC", "BDC"}:
            depth += 1
            if name == "BDC":
                facts = operands[1]
                if isinstance(facts, pikepdf.Name):
                    facts = page.obj.Resources.Properties[str(facts)]
                if "/MCID" in facts:
                    numbers.add(int(facts.MCID))
        elif name == "EMC":
            depth -= 1
        elif name in _PAINTING and not depth:
            loose += 1
    return numbers, loose
