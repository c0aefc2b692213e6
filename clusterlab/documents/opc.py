"""Packages of office files: parts, how they refer to each other, and the same bytes every time."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Self

from defusedxml import ElementTree

from clusterlab.documents.outside import closed
from clusterlab.outputs.words import line_feeds
from clusterlab.shared import shared
from clusterlab.sheets.packing import packed

#: Relationship types, but for their beginning.
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_CORE = f"{_PACKAGE}relationships/metadata/core-properties"
_TYPES = "[Content_Types].xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The namespaces that drawings need wherever they stand.
DRAWING = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# English Metric Units, in which office files measure, in a point.
_EMU = 12_700
# Control characters, direction overrides, and what is no character.
_UNWANTED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]")
_MARKUP = re.compile("[&<>\"']")
_HALVES = re.compile("[\ud800-\udfff]")
# Largest file, unpacked.
_MOST = 300_000_000
# Ends of the kinds of relations that speak of the file itself, wherever they stand.
_OF_FILE = frozenset({"attachedTemplate", "customXml", "tags", "comments"})
# Elements that are nothing without the part or the address to which they refer.
_NEEDING = (
    *("altChunk", "audioFile", "custData", "externalData", "htmlPubPr", "printerSettings"),
    *("quickTimeFile", "smartTags", "sourceFileName", "subDoc", "tags", "videoFile"),
)
_MEDIA = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}


def emu(points: float) -> int:
    """Give a length in the unit of office files."""
    return round(points * _EMU)


def xml_text(text: object) -> str:
    """Write a text as XML takes it, in elements and in attributes."""
    plain = plain_text(text if isinstance(text, str) else str(text))
    return escape(plain) if _MARKUP.search(plain) else plain


def plain_text(text: str) -> str:
    """Drop from a text what no office file can carry."""
    if text.isprintable():
        return text
    return _HALVES.sub("\N{REPLACEMENT CHARACTER}", _UNWANTED.sub("", line_feeds(text)))


@dataclass(slots=True)
class Package:
    """The parts of an office file by name, without the leading slash."""

    parts: dict[str, bytes] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str, str, bool]]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Take a file apart.

        Raises
        ------
        BadZipFile, KeyError, ParseError, ValueError
            Where it is no office file, or larger than any template is.
        """
        package = cls()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST:
                raise ValueError(_MOST)
            parts = {name: archive.read(name) for name in archive.namelist()}
        for element in ElementTree.fromstring(parts.pop(_TYPES)):
            if element.tag.endswith("}Default"):
                package.defaults[element.get("Extension")] = element.get("ContentType")
            else:
                package.overrides[element.get("PartName").lstrip("/")] = element.get("ContentType")
        for name in [n for n in parts if n.endswith(".rels")]:
            folder, file = posixpath.split(name)
            source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
            package.relations[source] = [
                (e.get("Id"), e.get("Type"), e.get("Target"), e.get("TargetMode") == "External")
                for e in ElementTree.fromstring(parts.pop(name))
            ]
        package.parts = parts
        return package

    def copy(self) -> Package:
        """Give a package to which parts can be added without changing this one."""
        relations = {source: list(found) for source, found in self.relations.items()}
        return Package(dict(self.parts), dict(self.defaults), dict(self.overrides), relations)

    def add(self, name: str, data: str | bytes, content: str) -> str:
        """Add a part, or put it in the place of the one of this name."""
        self.parts[name] = data.encode() if isinstance(data, str) else data
        self.overrides[name] = content
        return name

    def media(self, folder: str, data: bytes, kind: str) -> str:
        """Add a picture; the same one is kept once."""
        for name, known in self.parts.items():
            if name.startswith(f"{folder}/media/") and known == data:
                return name
        self.defaults.setdefault(kind, _MEDIA[kind])
        number = 1 + sum(name.startswith(f"{folder}/media/") for name in self.parts)
        name = f"{folder}/media/handout{number}.{kind}"
        self.parts[name] = data
        return name

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """Let a part refer to another one, or to an address; give the reference's id."""
        found = self.relations.setdefault(source, [])
        kind = kind if kind.startswith("http") else OFFICE + kind
        where = target if external else "/" + target
        for id_, known, at, _ in found:
            if (known, at) == (kind, where):
                return id_
        taken = {id_ for id_, *_ in found}
        number = len(found) + 1
        while f"rId{number}" in taken:
            number += 1
        found.append((f"rId{number}", kind, where, external))
        return f"rId{number}"

    def drop_relations(self, source: str, ending: str) -> None:
        """Let a part no longer refer to others of a kind, and drop what it referred to."""
        kept = []
        for relation in self.relations.get(source, []):
            if not relation[1].endswith(ending):
                kept.append(relation)
                continue
            target = relation[2]
            name = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target))
            self.parts.pop(name.lstrip("/"), None)
            self.overrides.pop(name.lstrip("/"), None)
            self.relations.pop(name.lstrip("/"), None)
        self.relations[source] = kept

    def keep_only(self, main: str, kinds: Collection[str]) -> None:
        """Leave of a template what a document made from it needs, and nothing from outside.

        Of the package's own relations only the main part stays: labels, custom properties and the
        picture of the first page speak of the template. Addresses stay where somebody clicks.

        Parameters
        ----------
        main, kinds
            The main part, and the ends of the kinds of relations that it keeps.
        """
        for source, relations in self.relations.items():
            kept: list[tuple[str, str, str, bool]] = []
            lost: list[tuple[str, str, str, bool]] = []
            for relation in relations:
                kind = relation[1].rpartition("/")[2]
                wanted = kind not in _OF_FILE and (not relation[3] or kind == "hyperlink")
                if source == "":
                    wanted = kind == "officeDocument"
                elif source == main:
                    wanted = kind in kinds and not relation[3]
                (kept if wanted else lost).append(relation)
            self.relations[source] = kept
            if source in self.parts:
                for id_, *_ in lost:
                    self.parts[source] = _without_reference(self.parts[source], id_)
        self._drop_unreachable()
        drawn = (name for name in self.parts if name.endswith((".xml", ".vml")))
        self.parts |= {name: closed(self.parts[name]) for name in list(drawn)}

    def _drop_unreachable(self) -> None:
        reached, todo = set(), [""]
        while todo:
            source = todo.pop()
            if source not in reached:
                reached.add(source)
                kinds = {r[1].rpartition("/")[2] for r in self.relations.get(source, [])}
                todo += [target for kind in kinds for target in self.targets(source, kind)]
        self.parts = {k: v for k, v in self.parts.items() if k in reached}
        self.relations = {k: v for k, v in self.relations.items() if k in reached}

    def targets(self, source: str, ending: str) -> list[str]:
        """Name the parts to which a part refers by a kind of relationship."""
        return [
            posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
            for _, kind, target, external in self.relations.get(source, [])
            if kind.endswith("/" + ending) and not external
        ]

    def properties(self, *, title: str, subject: str, language: str) -> None:
        """Say what the document is; of whom and when it was written nothing is said."""
        self.drop_relations("", "/core-properties")
        self.drop_relations("", "/extended-properties")
        facts = {"dc:title": title, "dc:subject": subject, "dc:language": language}
        body = "".join(f"<{k}>{xml_text(v)}</{k}>" for k, v in sorted(facts.items()) if v)
        namespace = f'xmlns:cp="{_PACKAGE}metadata/core-properties"'
        core = (
            f'{HEAD}<cp:coreProperties {namespace} xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"{body}</cp:coreProperties>"
        )
        content = "application/vnd.openxmlformats-package.core-properties+xml"
        self.relate("", _CORE, self.add("docProps/core.xml", core, content))

    def to_bytes(self) -> bytes:
        """Give the file: the same parts are the same bytes."""
        return packed([(_TYPES, self._types()), *self._references(), *self._sorted()])

    def _sorted(self) -> list[tuple[str, bytes]]:
        return sorted(self.parts.items())

    def _references(self) -> list[tuple[str, bytes]]:
        found = []
        for source, relations in sorted(self.relations.items()):
            if not relations:
                continue
            lines = "".join(
                f'<Relationship Id="{id_}" Type="{escape(kind)}" Target="{escape(target)}"'
                + (' TargetMode="External"/>' if external else "/>")
                for id_, kind, target, external in relations
            )
            folder, file = posixpath.split(source)
            name = posixpath.join(folder, "_rels", f"{file}.rels")
            text = f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">{lines}</Relationships>'
            found.append((name, text.encode()))
        return found

    def _types(self) -> bytes:
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml"}
        defaults |= {"xml": "application/xml"} | self.defaults
        lines = [
            f'<Default Extension="{escape(k)}" ContentType="{escape(v)}"/>'
            for k, v in sorted(defaults.items())
        ]
        lines += [
            f'<Override PartName="/{escape(k)}" ContentType="{escape(v)}"/>'
            for k, v in sorted(self.overrides.items())
            if k in self.parts
        ]
        body = "".join(lines)
        return f'{HEAD}<Types xmlns="{_PACKAGE}content-types">{body}</Types>'.encode()


def _without_reference(data: bytes, id_: str) -> bytes:
    """Drop from a part what refers to a relation that is gone.

    An element that needs it goes; of others the attribute alone, so that a picture's place stays.
    """
    value = re.escape(escape(id_).encode())
    attribute = rb"[\w.-]+:(?:id|link|embed|pict|href)\s*=\s*[\"']" + value + rb"[\"']"
    element = (
        rb"<((?:[\w.-]+:)?(?:"
        + "|".join(_NEEDING).encode()
        + rb"))\s(?:[^>]*\s)?"
        + attribute
        + rb"[^>]*?(?:/>|>.*?</\1\s*>)"
    )
    return re.sub(rb"\s" + attribute, b"", re.sub(element, b"", data, flags=re.DOTALL))


def office_folder(*parts: str) -> Path:
    """Give the folder of the package's own office templates, or what is below it."""
    return shared("templates", "documents", "office").joinpath(*parts)


@cache
def own_parts(folder: str) -> Mapping[str, str]:
    """Read the parts of the package's own template for a format."""
    root = office_folder(folder)
    files = sorted(path for path in root.rglob("*.xml"))
    return {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in files}
