"""A workbook that XlsxWriter has written, and what it has no word for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from functools import partial

_PACKED = datetime(1980, 1, 1)  # noqa: DTZ001 - the first day that an archive can tell
_FIXED = re.compile(rb'(<row r="(\d+)"[^>]*?) customHeight="1"')


def completed(
    data: bytes, told: Mapping[str, tuple[str, str]], grow: Mapping[str, set[int]]
) -> bytes:
    """Say what XlsxWriter has no word for; the same workbook gives the same bytes.

    Parameters
    ----------
    told
        By part, before which sign, and what.
    grow
        By part, the rows whose heights are not fixed.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name in told:
                sign, text = told[name]
                part = part.replace(sign.encode(), (text + sign).encode(), 1)
            if name in grow:
                part = _FIXED.sub(partial(_free, grow[name]), part)
            entry = zipfile.ZipInfo(name, _PACKED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, part)
    return made.getvalue()


def _free(rows: set[int], found: re.Match[bytes]) -> bytes:
    return found[1] if int(found[2]) in rows else found[0]
