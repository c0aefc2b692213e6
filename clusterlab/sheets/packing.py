"""A workbook that XlsxWriter has written, and what it has no word for."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from struct import Struct
from typing import Any

# The first day that an archive can tell, as it tells it; and what says that only the owner reads.
_DAY, _PRIVATE = 0x21, 0o600 << 16
_FACTS, _PLACE, _END = Struct("<5H3L2H"), Struct("<3H2L"), Struct("<4H2LH")
# Written by version 2.0 of the format, on a system that knows owners.
_MADE = bytes((20, 3))
_FIXED = re.compile(r'(<row r="(\d+)"[^>]*?) customHeight="1"')
# Of pressing: more takes half as long again and makes files hardly smaller.
_LEVEL = 3
# Bytes of a part that is worth to be remembered.
_SMALL = 4096


def closed(book: Any) -> list[tuple[str, str | bytes]]:
    """Close one of XlsxWriter's workbooks and give its parts, before they are packed.

    It knows only to pack them; to take them out of that again takes longer than to write them.
    """
    parts: list[tuple[str, str | bytes]] = []
    usual = book._get_packager  # noqa: SLF001 - meant to be overridden

    def packager() -> Any:
        found = usual()
        make = found._create_package  # noqa: SLF001 - likewise

        def taken() -> tuple[()]:
            parts.extend((name, file.getvalue()) for file, name, _ in make())
            return ()

        found._create_package = taken  # noqa: SLF001 - likewise
        return found

    book._get_packager = packager  # noqa: SLF001 - likewise
    book.close()
    return parts


def completed(
    parts: Iterable[tuple[str, str | bytes]],
    told: Mapping[str, tuple[str, str]],
    grow: Mapping[str, set[int]],
) -> Iterator[tuple[str, str | bytes]]:
    """Say in the parts of a workbook what XlsxWriter has no word for.

    Parameters
    ----------
    told
        By part, before which sign, and what.
    grow
        By part, the rows whose heights are not fixed.
    """
    for name, given in parts:
        part = given
        if isinstance(part, str) and name in told:
            sign, text = told[name]
            part = part.replace(sign, text + sign, 1)
        if isinstance(part, str) and name in grow:
            part = _FIXED.sub(partial(_free, grow[name]), part)
        yield name, part


def packed(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Pack parts into an archive; the same ones are the same bytes.

    A file of the office has hundreds of small parts, and the library's own archive takes longer to
    note each than to press it. Signs, order and widths of fields are those of ZIP's specification
    (APPNOTE 6.3, 4.3.7, 4.3.12 and 4.3.16), without its extensions for 4 GB and more.
    """
    body, contents, at, count = [], [], 0, 0
    for count, (name, part) in enumerate(parts, 1):  # noqa: B007 - told at the end
        data, path = part.encode() if isinstance(part, str) else part, name.encode()
        small, check = _again(data) if len(data) <= _SMALL else _pressed(data)
        # Version needed, whether names are in UTF-8, deflated, the first day, checksum and sizes.
        flags = 0 if path.isascii() else 0x800
        facts = _FACTS.pack(20, flags, 8, 0, _DAY, check, len(small), len(data), len(path), 0)
        body += [b"PK\3\4", facts, path, small]
        contents += [b"PK\1\2", _MADE, facts, _PLACE.pack(0, 0, 0, _PRIVATE, at), path]
        at += 4 + len(facts) + len(path) + len(small)
    listed = b"".join(contents)
    end = _END.pack(0, 0, count, count, len(listed), at, 0)
    return b"".join([*body, listed, b"PK\5\6", end])


def _pressed(data: bytes) -> tuple[bytes, int]:
    press = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return press.compress(data) + press.flush(), zlib.crc32(data)


#: Most small parts are the template's: the same ones in every document.
_again = lru_cache(maxsize=512)(_pressed)


def _free(rows: set[int], found: re.Match[str]) -> str:
    return found[1] if int(found[2]) in rows else found[0]
