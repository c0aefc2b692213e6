"""The PDF exporter: an executed notebook drawn natively by Typst, tagged for screen readers.

Nothing that people typed is ever Typst source: templates draw strings from one JSON value.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst
from traitlets import Enum, Integer, Unicode, default

from clusterlab.documents.breaking import LONG, breakable
from clusterlab.documents.columns import laid_out
from clusterlab.documents.findings import told
from clusterlab.documents.handout import HandoutExporter
from clusterlab.documents.headings import Outline
from clusterlab.documents.office_theme import chosen_colours
from clusterlab.documents.page import recoloured_picture
from clusterlab.documents.reading import Document, Part, safe_link
from clusterlab.documents.sides import divided
from clusterlab.documents.spread import spread
from clusterlab.errors import N_, DocumentError
from clusterlab.figures.text import reads_from_right, width
from clusterlab.model.palette import ground
from clusterlab.outputs.html import safe_image
from clusterlab.outputs.words import LABELS, direction, line_feeds
from clusterlab.shared import shared

_FONTS = shared("templates", "documents", "fonts")
#: For how many documents Typst remembers parts of one.
_REMEMBERED = 10
# Texts in which no word can be so long that it may have to break.
_SHORT = 20
# Parts from which on a document has a page for its opening whatever follows it.
_LONG_DOCUMENT = 12
# Surely less than the width of an upright page's text, in the size of its first and last line.
_LINE = 50.0
#: The box that stands for a character without a picture or a telling name.
MISSING = "□"
# What DejaVu Sans Mono draws, which is built into Typst, in the blocks that Noto Sans leaves
# out and that people type: arrows, mathematics, boxes, shapes, ticks.
_BUILT_IN = (
    *(range(0x2190, 0x2214), range(0x2217, 0x2221), range(0x2227, 0x222E)),
    *(range(0x2234, 0x223E), range(0x2241, 0x226A), range(0x226D, 0x228C)),
    *(range(0x2500, 0x2630), range(0x2638, 0x268C), range(0x2690, 0x269D)),
    *(range(0x2701, 0x2705), range(0x2706, 0x270A), range(0x270C, 0x2728)),
    *(range(0x2729, 0x274C), range(0x274F, 0x2753), range(0x2758, 0x275F)),
    *(range(0x2761, 0x2776), range(0x2798, 0x27B0), range(0x27B1, 0x27BF)),
)
# Values that programs read; they never meet paper.
_PLAIN_KEYS = frozenset(
    {"id", "type", "kind", "grid", "svg", "bytes", "logo", "mime", "accent", "url", "made"}
)
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
        text = _Text()
        while True:
            value = _value(document, text, self.paper)
            try:
                data = self._compile(value)
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

    def _compile(self, value: Mapping[str, Any]) -> bytes:
        data = self._compiler().compile(
            format="pdf",
            sys_inputs={"document": json.dumps(value, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=self.timestamp,
        )
        _forget()
        return cast("bytes", data)

    def _compiler(self) -> typst.Compiler:
        # One per exporter: reading the fonts takes longer than drawing a handout.
        made = getattr(self, "_made", None)
        if made is None or made[0] != self.template_dir:
            nowhere = str(Path(self.template_dir) / "main.typ" / "none")
            compiler = typst.Compiler(
                input=str(Path(self.template_dir) / "main.typ"),
                root=self.template_dir,
                font_paths=[str(_FONTS)],
                ignore_system_fonts=True,
                # No folder can be there: templates cannot fetch packages from anywhere.
                package_path=nowhere,
                package_cache_path=nowhere,
            )
            made = self._made = (self.template_dir, compiler)
        return made[1]


def _undrawn(document: Document, error: BaseException) -> DocumentError:
    return DocumentError(
        N_("The PDF of “{title}” could not be drawn: {reason}"),
        title=document.title,
        reason=str(error).strip().splitlines()[0],
    )


def _forget() -> None:
    """Let Typst drop what it remembers of documents.

    Of one handout that is some twenty megabytes, and nothing that the next one needs: Typst keeps
    it for as many more documents as `_REMEMBERED`, whatever they are. Empty ones take no time.
    """
    for _ in range(_REMEMBERED + 1):
        _nothing().compile(input=b"", format="svg")


@cache
def _nothing() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    return typst.Compiler(font_paths=fonts)


def _value(document: Document, text: _Text, paper: str = "a4") -> dict[str, Any]:
    """Turn a document into the JSON value that the templates draw."""
    language, _, rest = document.language.replace("_", "-").partition("-")
    region = next((s for s in rest.split("-") if len(s) == 2 and s.isalpha()), "")  # noqa: PLR2004
    labels = {**LABELS, **document.context.get("labels", {})}
    outline = Outline()
    parts: list[dict[str, Any]] = []
    if not any(p.kind == "output" and p.data["type"] == "title" for p in document.parts):
        parts.append({"kind": "heading", "level": 1, "data": {"title": document.title}})
    colours = dict(chosen_colours(document.parts, {}))
    parts += (made for part in document.parts for made in _part(part, outline, labels, colours))
    parts = [{**p, "data": text.walk(_own(p["data"]))} for p in parts]
    parts = [
        {**p, "data": laid_out(p["data"], paper)} if p["kind"] == "table" else p for p in parts
    ]
    rtl = direction(document.language) == "rtl"
    runs = spread(_opened(divided(parts)), paper)
    context = text.walk({**document.context, "labels": labels}, breaks=False)
    mixed = rtl or text.turned
    return {
        "paper": paper,
        "colours": {k: f"#{colour}" for k, colour in colours.items()},
        "tints": {k: f"#{ground(k, colour)}" for k, colour in colours.items()},
        "title": text.walk(document.title, breaks=False),
        "language": language.lower(),
        "region": region.upper(),
        "rtl": rtl,
        "context": context,
        "saved": document.saved
        and {"date": text.walk(document.saved.date, breaks=False), "whole": document.saved.whole},
        "runs": runs,
        # Where all texts read one way, none of them has to be looked at.
        "mixed": mixed,
        "brief": not mixed and _brief(context, document.language),
    }


def _own(data: Any) -> Any:
    """Give what a part draws, without the words of the whole document that each output carries."""
    return {k: v for k, v in data.items() if k != "context"} if isinstance(data, Mapping) else data


def _brief(context: Mapping[str, Any], language: str) -> bool:
    """Tell whether what stands at the top and the bottom of pages surely fits there."""
    labels = context["labels"]
    top = [context.get(name) or "" for name in ("cluster_name", "workshop")]
    bottom = [context.get(name) or "" for name in ("date", "version")]
    bottom += [labels["version"], labels["page"], language]
    return all(width("  ·  ".join(map(str, texts)), 1.0) < _LINE for texts in (top, bottom))


def _opened(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give a document's opening a page to itself, with a table of contents, where that helps.

    A handout of a few pages needs neither: what it holds begins below its title.
    """
    first = runs[0].get("parts", ())
    if not first or first[0]["kind"] != "title":
        return runs
    shown = sum(len(run.get("parts", ())) + len(run.get("more", ())) for run in runs)
    if len(first) > 1 and shown + len(runs) >= _LONG_DOCUMENT:
        runs = [{"kind": "flow", "parts": first[:1]}, {**runs[0], "parts": first[1:]}, *runs[1:]]
    if len(runs[0]["parts"]) == 1 and len(runs) > 1:
        runs[0]["parts"][0]["contents"] = True
        runs[0]["cover"] = True
    return runs


def _part(
    part: Part, outline: Outline, words: Mapping[str, str], colours: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    match part.kind:
        case "output":
            kind, data = part.data["type"], part.data
            if kind == "picture":
                data = recoloured_picture(data, colours)
                more = [{"svg": without_references(svg)} for svg in data.get("more", ())]
                data = {**data, "svg": without_references(data["svg"]), "more": more}
            elif kind == "title":
                data = {**data, "logo": _logo(str(data.get("logo", "")))}
            elif kind == "findings":
                data = {**data, "groups": [{**g, "lines": told(g, words)} for g in data["groups"]]}
            yield {"kind": kind, "level": outline.output(kind), "data": data}
        case "markdown":
            yield {"kind": "markdown", "level": 0, "data": [_node(n, outline) for n in part.data]}
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


def _node(node: Mapping[str, Any], outline: Outline) -> dict[str, Any]:
    """Keep of a markdown node what is drawn, with heading levels that fit and safe links only."""
    attrs = node.get("attrs") or {}
    kept: dict[str, Any] = {"type": node["type"]}
    if node["type"] == "heading":
        kept["level"] = outline.heading(attrs["level"])
    if node["type"] == "link" and (url := safe_link(attrs.get("url", ""))):
        kept["url"] = url
    for key in ("ordered", "start", "checked", "align"):
        if attrs.get(key) is not None:
            kept[key] = attrs[key]
    if "raw" in node:
        kept["raw"] = node["raw"]
    if "children" in node:
        kept["children"] = [_node(child, outline) for child in node["children"]]
    return kept


class _Text:
    """Makes text drawable: replaces what the fonts lack, lets overlong words break."""

    def __init__(self) -> None:
        self.replaced: set[str] = set()
        #: Whether any text held a letter that reads from the right.
        self.turned = False
        self._forbidden: set[str] = set()

    def forbid(self, texts: list[str]) -> bool:
        """Replace these characters from now on; say whether any of them is new."""
        found = {c for text in texts for c in text if not c.isascii()} - self._forbidden
        self._forbidden |= found
        return bool(found)

    def walk(self, value: Any, *, breaks: bool = True) -> Any:
        """Treat every text in a JSON value; without breaks each is for one line."""
        match value:
            case str():
                whole = self.whole(value)
                if not breaks:
                    return " ".join(whole.split())
                if len(whole) <= _SHORT:
                    return whole
                return LONG.sub(lambda m: breakable(m.group()), whole)
            case Mapping():
                plain = {k: v for k, v in value.items() if k in _PLAIN_KEYS}
                if isinstance(svg := plain.get("svg"), str):
                    plain["svg"] = self.picture(svg)
                return {
                    k: plain[k] if k in plain else self.walk(v, breaks=breaks)
                    for k, v in value.items()
                }
            case list() | tuple():
                return [self.walk(v, breaks=breaks) for v in value]
            case _:
                return value

    def whole(self, text: str) -> str:
        """Replace what the fonts lack."""
        if text.isascii() and text.isprintable():
            return text
        text = unicodedata.normalize("NFC", line_feeds(text).replace("\t", " "))
        return text if text.isascii() and text.isprintable() else "".join(self._drawn(text))

    def picture(self, svg: str) -> str:
        """Replace sign by sign what the fonts lack in a picture, where each label has its room."""
        return "".join(c if c.isascii() else self._single(c) for c in svg)

    def _single(self, char: str) -> str:
        if char not in self._forbidden and (_faces(char) or "\u2066" <= char <= "\u2069"):
            return char  # isolates turn the direction of a text and are never drawn
        self.replaced.add(char)
        return "" if unicodedata.category(char) in {"Cc", "Cf", "Mn", "Me"} else MISSING

    def _drawn(self, text: str) -> Iterator[str]:
        base: frozenset[str] = frozenset()
        self.turned = self.turned or reads_from_right(text)
        for cluster in _EMOJI.split(text):
            if _EMOJI.fullmatch(cluster) and (len(cluster) > 1 or not _faces(cluster)):
                self.replaced.update(c for c in cluster if not _faces(c))
                yield _spoken(cluster)
                continue
            for char in cluster:
                faces = frozenset() if char in self._forbidden else _faces(char)
                if unicodedata.category(char)[0] == "M":
                    # A mark is drawn by the font of its letter or not at all.
                    fits = bool(faces & base)
                else:
                    base, fits = faces, bool(faces) or char == "\n"
                if fits:
                    yield char
                else:
                    self.replaced.add(char)
                    yield _stand_in(char)


def _stand_in(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:
        return ""
    if category[0] == "S" and (name := unicodedata.name(char, "")):
        return f"[{name.lower()}]"
    return MISSING


# One emoji as people see it: flags, keycaps, pictures with skin tones and joiners.
_PICTURE = (
    "[\u2190-\u21ff\u2300-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\u00a9\u00ae\u203c\u2049\u2122\u2139"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_DRESS = "(?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|[\U000e0020-\U000e007f])*"
_EMOJI = re.compile(
    f"([\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
    f"|{_PICTURE}{_DRESS}(?:\u200d{_PICTURE}{_DRESS})*)"
)


def _spoken(cluster: str) -> str:
    """Name an emoji in one pair of brackets; what a font draws stays."""
    if cluster[-1] == "\u20e3":
        return f"[{cluster[0]}]"
    flag = "".join(chr(ord(c) - 0x1F1E6 + 65) for c in cluster if "\U0001f1e6" <= c <= "\U0001f1ff")
    if flag:
        return f"[{flag}]"
    seen = [c for c in cluster if re.fullmatch(_PICTURE, c)]
    if len(seen) == 1 and _faces(seen[0]):
        return seen[0]
    return "[" + " + ".join(unicodedata.name(c, MISSING).lower() for c in seen) + "]"


@cache
def _coverage() -> dict[int, frozenset[str]]:
    # Slow to import, and needed once.
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow

    found: dict[int, set[str]] = {}
    for file in sorted(_FONTS.glob("*-Regular.ttf")):
        with TTFont(file, lazy=True) as font:
            for code in font.getBestCmap():
                found.setdefault(code, set()).add(file.stem)
    for codes in _BUILT_IN:
        for code in codes:
            found.setdefault(code, set()).add("built in")
    return {code: frozenset(faces) for code, faces in found.items()}


def _faces(char: str) -> frozenset[str]:
    """Name the font files that draw a character.

    Fonts map some control characters, too; PDF/UA forbids them.
    """
    if unicodedata.category(char) == "Cc" or char == "\ufeff":
        return frozenset()
    return _coverage().get(ord(char), frozenset())
