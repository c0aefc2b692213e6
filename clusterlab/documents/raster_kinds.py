"""Pictures as files: their kinds and sizes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture as a file: its kind (``png`` or ``jpeg``) and its size in points."""

    data: bytes
    kind: str
    width: float
    height: float


def read_raster(data: bytes) -> Raster | None:
    """Read a picture's kind and size; none where it is neither PNG nor JPEG."""
    size: tuple[int, int] | None = None
    kind = ""
    if data.startswith(_PNG) and len(data) > 24:  # noqa: PLR2004 - signature and first chunk
        kind, size = "png", struct.unpack(">II", data[16:24])
    elif data.startswith(_JPEG):
        kind, size = "jpeg", next(_jpeg_sizes(data), None)
    if not size or not all(0 < side < 100_000 for side in size):  # noqa: PLR2004 - pixels
        return None
    across, down = (side * 0.75 for side in size)
    return Raster(data, kind, across, down)


def _jpeg_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004 - a marker
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= mark <= 0xCF and mark not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004 - frames
            down, across = struct.unpack(">HH", data[at + 5 : at + 9])
            yield across, down
        at += 2 + length
