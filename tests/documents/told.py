"""What a written document says of itself: title, language, and what its pictures show.

Read from the files, whatever wrote them; the PDF's checks are those of `accessible`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from accessible import remarks
from office import zipped

# What a drawing or a table is called where it says what it shows, by the part it stands in.
_SAYING = {
    "ppt/slides/slide": (("pic", "grpSp", "graphicFrame"), "cNvPr", "descr"),
    "word/document": (("inline", "anchor"), "docPr", "descr"),
    "xl/drawings/drawing": (("oneCellAnchor", "twoCellAnchor", "absoluteAnchor"), "cNvPr", "descr"),
}


def lacks(data: bytes | str, suffix: str) -> set[str]:
    """Name what a file lacks of title, language and alternative text."""
    if suffix == "html":
        return set(_page(data if isinstance(data, str) else data.decode()))
    assert isinstance(data, bytes)
    if suffix == "pdf":
        words = {"figure": "alt", "title": "title", "language": "language"}
        found = {remark.partition(":")[0] for remark in remarks(io.BytesIO(data))}
        return {words.get(name, name) for name in found}
    return set(_office(zipped(data), suffix))


def _office(parts: dict[str, bytes], suffix: str) -> Iterator[str]:
    core = {_bare(e.tag): (e.text or "").strip() for e in ET.fromstring(parts["docProps/core.xml"])}
    for name in ("title", "language"):
        if not core.get(name):
            yield name
    if suffix == "docx" and not re.search(rb'<w:lang [^>]*w:val="\w', parts["word/styles.xml"]):
        yield "language"
    for name, data in parts.items():
        if not name.endswith(".xml"):
            continue
        root = ET.fromstring(data)
        if name.startswith("ppt/slides/slide") and _spoken_nowhere(root):
            yield "language"
        if any(not said for said in _said(name, root)):
            yield "alt"


def _said(name: str, root: ET.Element) -> Iterator[str]:
    """Give what each drawing and each table of a part says that it shows."""
    for place, (shapes, facts, attribute) in _SAYING.items():
        if name.startswith(place):
            for element in root.iter():
                # Within a group the whole of it says what it shows.
                if _bare(element.tag) in shapes and element.get("grouped") is None:
                    for child in element.iter():
                        if child is not element and _bare(child.tag) in shapes:
                            child.set("grouped", "1")
                    own = next(e for e in element.iter() if _bare(e.tag) == facts)
                    yield own.get(attribute, "").strip()
    if name.startswith("word/document"):
        for table in (e for e in root.iter() if _bare(e.tag) == "tblPr"):
            told = [e for e in table if _bare(e.tag) == "tblDescription"]
            yield "".join(v for e in told for k, v in e.attrib.items()).strip()
    if name.startswith("xl/tables/"):
        told = [e for e in root.iter() if "altTextSummary" in e.attrib]
        yield "".join(e.get("altTextSummary", "") for e in told).strip()


def _spoken_nowhere(root: ET.Element) -> bool:
    """Say whether a slide has text of no language."""
    runs = [e for e in root.iter() if _bare(e.tag) == "rPr"]
    return any(not run.get("lang", "").strip() for run in runs)


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.language = self.title = ""
        self.figures: list[list[str]] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.language = (found.get("lang") or "").strip()
        if tag == "figure":
            self.figures.append([])
        if tag == "img":
            # Of several drawings in one figure the first speaks for all.
            if "figure" not in self._inside:
                self.figures.append([])
            self.figures[-1].append((found.get("alt") or "").strip())
        if tag in {"title", "figure"}:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if "title" in self._inside:
            self.title += data.strip()


def _page(text: str) -> Iterator[str]:
    page = _Page()
    page.feed(text)
    if not page.title:
        yield "title"
    if not page.language:
        yield "language"
    if any(texts and not any(texts) for texts in page.figures):
        yield "alt"
