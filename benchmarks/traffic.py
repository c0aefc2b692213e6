"""What goes over the line between a page and its kernel."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from itertools import pairwise
from struct import unpack_from
from typing import Any

from playwright.sync_api import Page, WebSocket

QUIET = 0.5
PATIENCE = 60.0


@dataclass(frozen=True)
class Message:
    """One message of the Jupyter protocol: its type, who sent it, its size on the line."""

    type: str
    sent: bool
    size: int


class Traffic:
    """Every message on the kernel's channels of a page, in both directions.

    Parameters
    ----------
    page
        Not yet opened.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._messages: list[Message] = []
        self._last = time.monotonic()
        page.on("websocket", self._opened)

    def clear(self) -> None:
        """Begin anew."""
        self._messages.clear()

    def settled(self) -> list[Message]:
        """Wait until nobody says anything any more; give what was said since `clear`."""
        began = time.monotonic()
        self._last = began
        while time.monotonic() - self._last < QUIET:
            self._page.wait_for_timeout(1000 * QUIET / 5)
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError
        return list(self._messages)

    def _opened(self, socket: WebSocket) -> None:
        if "/api/kernels/" in socket.url:
            socket.on("framesent", lambda data: self._take(data, sent=True))
            socket.on("framereceived", lambda data: self._take(data, sent=False))

    def _take(self, data: bytes | str, *, sent: bool) -> None:
        self._last = time.monotonic()
        self._messages.append(Message(_header(data)["msg_type"], sent, len(data)))


def _header(data: bytes | str) -> dict[str, Any]:
    """Read a message's header, in either of the protocols that Jupyter servers speak."""
    if isinstance(data, str):
        return json.loads(data)["header"]
    (count,) = unpack_from("<Q", data)
    offsets = unpack_from(f"<{count}Q", data, 8)
    _, header, *_ = pairwise(offsets)
    return json.loads(data[slice(*header)])
