"""Clusters' logos: pictures inside the workshop's folder, as data that travels with a cluster."""

from __future__ import annotations

import base64
from pathlib import Path

from clusterlab.errors import N_, Message

#: Media type by how a file begins, whatever it is called.
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
#: How a whole picture ends, by its media type; a part of one cannot be drawn.
_ENDS = {"image/png": b"IEND\xaeB`\x82", "image/jpeg": b"\xff\xd9"}
_TAIL = 4096  # bytes within which the end stands: some programs write something after it
#: Largest logo: it stands in every document and in every notebook of its cluster.
MOST = 1_000_000


def read_logo(folder: Path, name: str) -> tuple[str, Message | None]:
    """Read a logo.

    Parameters
    ----------
    folder
        Of the workshop; nothing outside is ever read.
    name
        Path inside it, as the roster gives it; "" for none.

    Returns
    -------
    str, Message or None
        The picture as a data address, "" where it cannot be taken; and what is wrong with it.
    """
    if not name:
        return "", None
    try:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder.resolve())
        if not inside or not path.is_file():
            text = N_("The logo “{file}” is not in the workshop’s folder; it is left out.")
            return "", Message(text, {"file": name})
        if path.stat().st_size > MOST:
            text = N_("The logo “{file}” has more than {most} kB; it is left out.")
            return "", Message(text, {"file": name, "most": MOST // 1000})
        data = path.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a link to itself
        text = N_("The logo “{file}” cannot be read: {reason}")
        return "", Message(text, {"file": name, "reason": str(error)})
    return _address(data, name)


def _address(data: bytes, name: str) -> tuple[str, Message | None]:
    """Give a picture as a data address, where it is one and whole."""
    kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), "")
    if not kind:
        text = N_("The logo “{file}” is no PNG or JPEG picture; it is left out.")
        return "", Message(text, {"file": name})
    if _ENDS[kind] not in data[-_TAIL:]:
        text = N_("The logo “{file}” is not whole: its end is missing; it is left out.")
        return "", Message(text, {"file": name})
    return f"data:{kind};base64,{base64.b64encode(data).decode()}", None
