"""Jupyter's messages, written and read without what nobody needs between two ends of a socket.

All messages of a cell have one parent, which is written and read once; nothing is signed, and
both ends speak the same version. What is unusual goes the usual way.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from jupyter_client.jsonutil import json_default
from jupyter_client.session import DELIM, Session, json_packer, json_unpacker

_PARTS = 5
_ENCODER = json.JSONEncoder(default=json_default, ensure_ascii=False, allow_nan=False)


class Messages(Session):
    """A session as jupyter_client's, with the same messages."""

    #: The last parent that was written, and that was read: its object or text, and what it gave.
    _written: tuple[Any, bytes] = (None, b"")
    _read: tuple[bytes, dict[str, Any]] = (b"{}", {})

    def serialize(self, msg: dict[str, Any], ident: list[bytes] | bytes | None = None) -> list[Any]:
        """Write a message's parts."""
        content = msg.get("content")
        if self.auth is not None or self.pack is not json_packer or type(content) is not dict:
            return super().serialize(msg, ident)
        before = ident if isinstance(ident, list) else [] if ident is None else [ident]
        header, metadata = _packed(msg["header"]), msg["metadata"]
        parent = self._parent(msg["parent_header"])
        told = _packed(metadata) if metadata else b"{}"
        return [*before, DELIM, b"", header, parent, told, _packed(content)]

    def _parent(self, header: Any) -> bytes:
        known, text = self._written
        if known is not header:
            text = _packed(header)
            self._written = (header, text)
        return text

    def deserialize(
        self,
        msg_list: Any,
        content: bool = True,  # noqa: FBT001, FBT002 - jupyter_client's
        copy: bool = True,  # noqa: FBT001, FBT002 - likewise
    ) -> dict[str, Any]:
        """Read a message's parts."""
        usual = self.auth is not None or self.unpack is not json_unpacker or not content
        if usual or len(msg_list) < _PARTS:
            return super().deserialize(msg_list, content=content, copy=copy)
        if not copy:
            msg_list = [part.bytes for part in msg_list]
        _, head, before, metadata, told, *buffers = msg_list
        if self._read[0] != before:
            self._read = (before, _dated(json_unpacker(before)))
        header = _dated(json_unpacker(head))
        return {
            "header": header,
            "msg_id": header["msg_id"],
            "msg_type": header["msg_type"],
            "parent_header": self._read[1],
            "metadata": json_unpacker(metadata),
            "content": json_unpacker(told),
            "buffers": [memoryview(buffer) for buffer in buffers],
        }


def _packed(value: Any) -> bytes:
    try:
        return _ENCODER.encode(value).encode("utf8", errors="surrogateescape")
    except (TypeError, ValueError):
        return json_packer(value)  # which has its own ways with it


def _dated(header: dict[str, Any]) -> dict[str, Any]:
    """Read when a message was written; nothing else in a header is a date."""
    if date := header.get("date"):
        header["date"] = datetime.fromisoformat(date)
    return header


# Notebooks see what they see in any kernel.
for _name in ("__name__", "__qualname__", "__module__"):
    setattr(Messages, _name, getattr(Session, _name))
