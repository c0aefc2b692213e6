"""A workbook that XlsxWriter has written, and what it has no word for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

_PACKED = datetime(1980, 1, 1).timetuple()[:6]  # noqa: DTZ001 - the first day an archive can tell
_FIXED = re.compile(r'(<row r="(\d+)"[^>]*?) customHeight="1"')
# More takes twice as long and makes files hardly smaller.
_LEVEL = 4


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
    """Pack parts; the same ones are the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts:
            entry = zipfile.ZipInfo(name, _PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, part, compresslevel=_LEVEL)
    return made.getvalue()


def _free(rows: set[int], found: re.Match[str]) -> str:
    return found[1] if int(found[2]) in rows else found[0]
