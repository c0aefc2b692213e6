"""A cluster's logo: a picture in the workshop's folder, as documents carry it."""

from __future__ import annotations

import base64
from pathlib import Path

#: Largest file that is taken: every document of the cluster holds it.
LARGEST = 1_000_000
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def read_logo(folder: Path, name: str) -> str:
    """Give a logo as a data address.

    Parameters
    ----------
    folder
        The workshop's folder; what lies outside of it is not read.
    name
        Path of the picture in it.

    Returns
    -------
    str
        "" where there is no such PNG or JPEG file, or where it is larger than `LARGEST`.
    """
    try:
        path = (folder / name).resolve()
        fine = path.is_relative_to(folder.resolve()) and path.is_file()
        if not name or not fine or path.stat().st_size > LARGEST:
            return ""
        data = path.read_bytes()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return ""
    kind = next((k for start, k in _KINDS.items() if data.startswith(start)), "")
    return f"data:{kind};base64,{base64.b64encode(data).decode()}" if kind else ""
