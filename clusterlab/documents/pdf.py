"""The PDF exporter: an executed notebook drawn natively by Typst, tagged for screen readers.

Nothing that people typed is ever Typst source: templates draw strings from JSON.
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst
from traitlets import Enum, Integer, Unicode, default

from clusterlab.documents.canvas_sizes import likely
from clusterlab.documents.columns import laid_out
from clusterlab.documents.contents import opened, widest
from clusterlab.documents.drawable import FONTS, DrawableText
from clusterlab.documents.findings import told
from clusterlab.documents.handout import HandoutExporter
from clusterlab.documents.headings import Outline
from clusterlab.documents.office_theme import chosen_colours
from clusterlab.documents.page import recoloured_picture
from clusterlab.documents.plain import told_plain
from clusterlab.documents.reading import Document, Part, safe_link, whose
from clusterlab.documents.sides import divided
from clusterlab.documents.spread import spread
from clusterlab.errors import N_, DocumentError
from clusterlab.figures.parts import is_nothing
from clusterlab.figures.text import width
from clusterlab.model.palette import ground
from clusterlab.outputs.html import safe_image
from clusterlab.outputs.words import (
    LABELS,
    direction,
    legend_lines,
    picture_alts,
    twin_lines,
)
from clusterlab.shared import shared

#: For how many more documents Typst remembers parts of one that none of them holds, too.
_REMEMBERED = 10
# Bytes of documents of which Typst may remember everything: some hundred megabytes of memory.
_KEPT = 250_000
#: What the templates read, in their folder as it seems to them.
FRAME, PAGE, DOCUMENT = "frame.json", "page.json", "document.json"
# Of an output's context: what stands above and below pages.
_RUNNING = ("cluster_name", "workshop", "date", "version")
# Surely less than the width of an upright page's text, in the size of its first and last line.
_LINE = 50.0
_ELSEWHERE = re.compile(r"""\s(?:xlink:)?href\s*=\s*(?:"(?!#|data:)[^"]*"|'(?!#|data:)[^']*')""")
# How Typst names text that it will not put into a PDF/UA file.
_REFUSED = re.compile(r"the text `\"(.+?)\"` could not be displayed")


class HandoutPDFExporter(HandoutExporter):
    """Writes an executed notebook as a tagged PDF (PDF/UA-1)."""

    export_from_notebook = "Handout PDF"
    output_mimetype = "application/pdf"

    paper = Enum(["a4", "a3"], "a4", help="Size of the pages").tag(config=True)
    timestamp = Integer(0, help="Time of making, in seconds since 1970").tag(config=True)
    template_dir = Unicode(help="Folder with main.typ").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @default("template_dir")
    def _template_dir_default(self) -> str:
        return str(shared("templates", "documents", "typst"))

    def prepare(self) -> None:
        """Read how wide letters are, and which of them the fonts have."""
        for bold in (False, True):
            width("é", 1.0, bold=bold)
        DrawableText().whole("é")

    def draw(self, document: Document) -> tuple[bytes, dict[str, Any]]:
        """Draw a document.

        Returns
        -------
        tuple
            The PDF, and ``replaced``: the characters that no font could draw.

        Raises
        ------
        DocumentError
            Where Typst refuses the page.
        """
        text = DrawableText()
        while True:
            try:
                data = self._compile(_value(document, text, self.paper))
            except typst.TypstError as error:
                # A letter and a mark that no font draws together show up only here.
                if text.forbid(_REFUSED.findall(str(error))):
                    continue
                raise _undrawn(document, error) from error
            except BaseException as error:
                # What Typst's libraries raise where they give up, on pictures of somebody's own.
                if type(error).__name__ != "PanicException":
                    raise
                vars(self).pop("_made", None)
                raise _undrawn(document, error) from None
            return data, {"replaced": sorted(text.replaced)}

    def _compile(self, value: Mapping[str, Mapping[str, Any]]) -> bytes:
        folder, compiler = self._compiler()
        files = {name: json.dumps(it, ensure_ascii=False).encode() for name, it in value.items()}
        try:
            # Beside the templates: inputs of the system would do, too, but then Typst would reuse
            # nothing of what it has drawn with others; and files in memory are read as its source.
            for name, data in files.items():
                (folder / name).write_bytes(data)
            drawn = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=self.timestamp)
        finally:
            _forget(len(files[DOCUMENT]))
        return cast("bytes", drawn)

    def _compiler(self) -> tuple[Path, typst.Compiler]:
        """Give the compiler with the folder that is all it sees."""
        # One per exporter: reading the fonts takes longer than drawing a handout.
        made = getattr(self, "_made", None)
        if made is None or made[0] != self.template_dir:
            folder = Path(tempfile.mkdtemp(prefix="clusterlab-"))
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            _copied(Path(self.template_dir), folder)
            nowhere = str(folder / "main.typ" / "none")
            compiler = typst.Compiler(
                input=str(folder / "main.typ"),
                root=str(folder),
                font_paths=[str(FONTS)],
                ignore_system_fonts=True,
                # No folder can be there: templates cannot fetch packages from anywhere.
                package_path=nowhere,
                package_cache_path=nowhere,
            )
            made = self._made = (self.template_dir, folder, compiler)
        return made[1], made[2]


def _copied(templates: Path, folder: Path) -> None:
    """Copy templates to where documents' texts will lie beside them: for nobody else to read."""
    with contextlib.suppress(shutil.Error):  # what is no file, Typst misses by name if it needs it
        shutil.copytree(templates, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
    for place in (folder, *folder.rglob("*/")):
        place.chmod(0o700)  # it has been given the templates' own


def _undrawn(document: Document, error: BaseException) -> DocumentError:
    return DocumentError(
        N_("The PDF of “{title}” could not be drawn: {reason}"),
        title=document.title,
        reason=str(error).strip().splitlines()[0],
    )


def _forget(size: int) -> None:
    """Let Typst drop some of what it remembers.

    What documents have in common, often a third of them, is drawn once. Typst drops what was of
    no use for as many documents as `_REMEMBERED`, however large they are. Empty ones take no time,
    and let what is remembered age: the larger the documents, the fewer are remembered.

    Parameters
    ----------
    size
        Bytes of the document drawn last, as JSON.
    """
    for _ in range(min(_REMEMBERED + 1, size * (_REMEMBERED + 1) // _KEPT)):
        _nothing().compile(input=b"", format="svg")


@cache
def _nothing() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    return typst.Compiler(font_paths=fonts)


def _value(document: Document, text: DrawableText, paper: str = "a4") -> dict[str, dict[str, Any]]:
    """Turn a document into the JSON files, by name, that the templates draw.

    Returns
    -------
    dict
        ``FRAME``: what it shares with other documents of the workshop. ``PAGE``: what stands above
        and below its pages. ``DOCUMENT``: the rest.
    """
    language, _, rest = document.language.replace("_", "-").partition("-")
    region = next((s for s in rest.split("-") if len(s) == 2 and s.isalpha()), "")  # noqa: PLR2004
    labels = {**LABELS, **document.context.get("labels", {})}
    outline = Outline()
    parts: list[dict[str, Any]] = []
    if not any(p.kind == "output" and p.data["type"] == "title" for p in document.parts):
        title = {"title": document.title}
        parts.append({"kind": "heading", "level": 1, "data": title, "whose": ""})
    colours = dict(chosen_colours(document.parts, {}))
    parts += (
        {**made, "whose": name}
        for part, name in zip(document.parts, whose(document.parts), strict=True)
        for made in _part(part, outline, labels, colours)
    )
    parts = [
        {**p, "data": text.walk(_own(p["data"])), "whose": text.walk(p["whose"], breaks=False)}
        for p in parts
    ]
    parts = [
        {**p, "data": laid_out(p["data"], paper)} if p["kind"] == "table" else p for p in parts
    ]
    rtl = direction(document.language) == "rtl"
    if not (rtl or text.turned):
        parts = [told_plain(p) for p in parts]
    joint = any(p["whose"] for p in parts)
    twins = _twins(parts)
    runs = opened(divided(parts), widest(parts), joint=joint)
    runs = [_estimated(run, paper) for run in spread(runs, paper)]
    if twins:
        last = {
            "kind": "twins",
            "level": outline.output("section"),
            "data": {"title": labels["pictures"], "alt": "", "pictures": twins},
        }
        _append(runs, last, alone=joint)
    context = text.walk({**document.context, "labels": labels}, breaks=False)
    page = {name: context.get(name) or "" for name in _RUNNING}
    title = text.walk(document.title, breaks=False)
    saved = document.saved and {
        "date": text.walk(document.saved.date, breaks=False),
        "whole": document.saved.whole,
    }
    mixed = rtl or text.turned
    frame = {
        "paper": paper,
        "colours": {k: f"#{colour}" for k, colour in colours.items()},
        "tints": {k: f"#{ground(k, colour)}" for k, colour in colours.items()},
        "labels": context["labels"],
        "language": language.lower(),
        "region": region.upper(),
        "rtl": rtl,
        # Where all texts read one way, none of them has to be looked at.
        "mixed": mixed,
        "brief": not mixed and _brief(context, document.language, (p["whose"] for p in parts)),
    }
    return {FRAME: frame, PAGE: page, DOCUMENT: {"title": title, "saved": saved, "runs": runs}}


def _estimated(run: dict[str, Any], paper: str) -> dict[str, Any]:
    """Tell a canvas that lies on a page of its own with which size of text it begins."""
    if run.get("part", {}).get("kind") != "canvas":
        return run
    part = run["part"]
    return {**run, "part": {**part, "data": {**part["data"], "likely": likely(run, paper)}}}


def _append(runs: list[dict[str, Any]], part: dict[str, Any], *, alone: bool) -> None:
    """Put a part at the end, where there is room on the last page of what flows."""
    if alone or runs[-1]["kind"] != "flow" or runs[-1].get("cover"):
        runs.append({"kind": "flow", "parts": [part]})
    else:
        runs[-1] = {**runs[-1], "parts": [*runs[-1]["parts"], part]}


def _twins(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each picture a number, by which the end of the document says the same in words.

    A picture's page would no longer be one to look at with all that it shows below it in words.
    """
    found: list[dict[str, Any]] = []
    for part in parts:
        if part["kind"] != "picture":
            continue
        data = part["data"]
        told = {key: data.pop(key) for key in ("lines", "signs")}
        if told["lines"] and not is_nothing(data["svg"]):
            data["twin"] = len(found) + 1
            found.append({k: data.get(k, "") for k in ("title", "subtitle", "twin")} | told)
    return found


def _own(data: Any) -> Any:
    """Give what a part draws, without the words of the whole document that each output carries."""
    return {k: v for k, v in data.items() if k != "context"} if isinstance(data, Mapping) else data


def _brief(context: Mapping[str, Any], language: str, whose: Iterable[str]) -> bool:
    """Tell whether what stands at the top and the bottom of pages surely fits there."""
    labels = context["labels"]
    name = max((context.get("cluster_name") or "", *whose), key=len)
    top = [name, context.get("workshop") or ""]
    bottom = [context.get(name) or "" for name in ("date", "version")]
    bottom += [labels["version"], labels["page"], language]
    return all(width("  ·  ".join(map(str, texts)), 1.0) < _LINE for texts in (top, bottom))


def _part(
    part: Part, outline: Outline, words: Mapping[str, str], colours: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    match part.kind:
        case "output":
            kind, data = part.data["type"], part.data
            if kind == "picture":
                data = recoloured_picture(data, colours)
                alt, *alts = picture_alts(data)
                more = [
                    {"svg": without_references(svg), "alt": said}
                    for svg, said in zip(data.get("more", ()), alts, strict=True)
                ]
                drawn = {"svg": without_references(data["svg"]), "more": more, "alt": alt}
                data = {**data, **drawn, "lines": twin_lines(data), "signs": legend_lines(data)}
            elif kind == "title":
                data = {**data, "logo": _logo(str(data.get("logo", "")))}
            elif kind == "findings":
                data = {**data, "groups": [{**g, "lines": told(g, words)} for g in data["groups"]]}
            yield {"kind": kind, "level": outline.output(kind, part.depth), "data": data}
        case "markdown":
            yield {
                "kind": "markdown",
                "level": 0,
                "data": [_node(n, outline, part.depth) for n in part.data],
            }
        case "picture":
            yield {"kind": "image", "level": 0, "data": _image(part.data)}
        case _:
            yield {"kind": part.kind, "level": 0, "data": {"text": str(part.data)}}


def _logo(address: str) -> list[int]:
    """Give the bytes of a logo; none where it is no picture that carries itself."""
    return list(base64.b64decode(address.partition(",")[2])) if safe_image(address) else []


def _image(data: Mapping[str, Any]) -> dict[str, Any]:
    if data["mime"] == "image/svg+xml":
        return {
            "alt": data["alt"],
            "svg": without_references(data["bytes"].decode(errors="replace")),
        }
    return {"alt": data["alt"], "bytes": list(data["bytes"])}


def without_references(svg: str) -> str:
    """Take from an SVG picture what would read other files; Typst would refuse the document."""
    return _ELSEWHERE.sub("", svg)


def _node(node: Mapping[str, Any], outline: Outline, depth: int = 0) -> dict[str, Any]:
    """Keep of a markdown node what is drawn, with heading levels that fit and safe links only."""
    attrs = node.get("attrs") or {}
    kept: dict[str, Any] = {"type": node["type"]}
    if node["type"] == "heading":
        kept["level"] = outline.heading(attrs["level"] + depth)
    if node["type"] == "link" and (url := safe_link(attrs.get("url", ""))):
        kept["url"] = url
    for key in ("ordered", "start", "checked", "align"):
        if attrs.get(key) is not None:
            kept[key] = attrs[key]
    if "raw" in node:
        kept["raw"] = node["raw"]
    if "children" in node:
        kept["children"] = [_node(child, outline, depth) for child in node["children"]]
    return kept
