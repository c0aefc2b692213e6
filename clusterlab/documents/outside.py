"""Taking from a template's parts what would fetch something when a document is opened or updated.

Relations to places outside go with their packages (`opc`). Two more ways lead outside without one:
fields of a text whose instruction names a file or an address, and the addresses that old drawings
(VML) carry themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: Fields that fetch a picture, a text or data from elsewhere, or start something.
_FETCHING = frozenset(
    {
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "INCLUDE",
        "IMPORT",
        "LINK",
        "DDE",
        "DDEAUTO",
        "DATABASE",
        "RD",
    }
)
_TOKEN = re.compile(
    rb"<(?P<mark>w:fldChar)\b(?P<facts>[^>]*?)(?:/>|>.*?</w:fldChar\s*>)"
    rb"|<(?P<code>w:instrText)\b[^>]*?(?:/>|>(?P<words>.*?)</w:instrText\s*>)"
    rb"|<(?P<simple>w:fldSimple)\b(?P<given>[^>]*?)(?P<empty>/?)>"
    rb"|</(?P<end>w:fldSimple)\s*>",
    re.DOTALL,
)
_KIND = re.compile(rb"""\bw:fldCharType\s*=\s*["'](\w+)["']""")
_INSTRUCTION = re.compile(rb"""\bw:instr\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DRAWN = re.compile(rb"<v:[\w.-]+\s[^>]*>")
_ADDRESS = re.compile(rb"""\s(?:[\w.-]+:)?(?:src|althref|href)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: Where somebody has to click: of an old drawing the address of the shape, not of its picture.
_CLICKED = re.compile(rb"<v:(?:shape|rect|roundrect|oval|line|polyline|group|image)\b")


@dataclass(slots=True)
class _Field:
    """A field of a text: its instruction so far, and where its marks and its instruction stand."""

    said: bytes = b""
    spans: list[tuple[int, int]] = field(default_factory=list)
    told: bool = False  # what follows is its result

    @property
    def fetches(self) -> bool:
        word = re.match(rb"\s*([A-Za-z]+)", self.said)
        return word is not None and word[1].decode().upper() in _FETCHING


def closed(data: bytes) -> bytes:
    """Give a part without what would fetch something; what it shows now stays."""
    if b"<w:fld" in data:
        data = _without_fields(data)
    return _DRAWN.sub(_kept, data) if b"<v:" in data else data


def _without_fields(data: bytes) -> bytes:
    """Take the marks and instructions of fields that fetch; their results stay as they are."""
    # One that never ends is closed by its reader at the end of the part.
    gone = [span for found in _fields(data) if found.fetches for span in found.spans]
    for start, end in sorted(gone, reverse=True):
        data = data[:start] + data[end:]
    return data


def _fields(data: bytes) -> list[_Field]:
    """Find the fields of a part, also those within others."""
    found: list[_Field] = []
    open_marked: list[_Field] = []
    open_simple: list[_Field] = []
    for token in _TOKEN.finditer(data):
        if token["simple"]:
            said = _INSTRUCTION.search(token["given"])
            found.append(_Field((said[1] or said[2] or b"") if said else b"", [token.span()]))
            open_simple += [] if token["empty"] else found[-1:]
        elif token["end"]:
            if open_simple:
                open_simple.pop().spans.append(token.span())
        else:
            kind = _KIND.search(token["facts"] or b"")
            if kind and kind[1] == b"begin":
                found.append(_Field())
                open_marked.append(found[-1])
            if open_marked:
                _mark(open_marked, token, kind[1] if kind else b"")
    return found


def _mark(marked: list[_Field], token: re.Match[bytes], kind: bytes) -> None:
    """Note a mark or a piece of the instruction of the innermost field."""
    one = marked[-1]
    if token["code"] and one.told:
        return
    one.said += token["words"] or b""
    one.spans.append(token.span())
    one.told = one.told or kind == b"separate"
    if kind == b"end":
        marked.pop()


def _kept(tag: re.Match[bytes]) -> bytes:
    """Give the tag of an old drawing without the addresses from which it would fetch."""
    clicked = _CLICKED.match(tag[0]) is not None

    def kept(found: re.Match[bytes]) -> bytes:
        own = (found[1] or found[2] or b"").startswith(b"#")
        return found[0] if own or (clicked and b"src" not in found[0].split(b"=")[0]) else b""

    return _ADDRESS.sub(kept, tag[0])
