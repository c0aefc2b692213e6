"""Jupyter's messages, without what nobody needs between two ends of a socket.

All messages of a cell have one parent, which is written and read once; nothing is signed, and both
ends speak the same version. What is unusual goes the usual way.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from jupyter_client.jsonutil import json_default, parse_date
from jupyter_client.session import DELIM, Session, json_packer, json_unpacker

_PARTS = 5
_NOBODY = b"{}"
# As jupyter_client writes JSON, with one encoder for all messages.
_encoded = json.JSONEncoder(default=json_default, ensure_ascii=False, allow_nan=False).encode
# As jupyter_client has it.
_UTC: Any = getattr(parse_date("2026-01-01T00:00:00Z"), "tzinfo", None)


class Messages(Session):
    """A session as jupyter_client's, with the same messages."""

    #: The last parent that was read: its text, and what it gave.
    _read: tuple[bytes, dict[str, Any]] = (b"", {})
    #: The last one that was written, and its text.
    _written: tuple[dict[str, Any], bytes] = ({}, _NOBODY)

    def serialize(self, msg: dict[str, Any], ident: Any = None) -> list[bytes]:
        """Write a message's parts."""
        content, before = msg.get("content"), msg["parent_header"]
        if self.auth is not None or self.pack is not json_packer or type(content) is not dict:
            return super().serialize(msg, ident)
        try:
            written = self._written  # another thread may put its own in its place at any time
            if written[0] != before:
                self._written = written = (dict(before), _packed(before))
            parts = [_packed(msg["header"]), written[1], _packed(msg["metadata"])]
            parts.append(_packed(content))
        except (TypeError, ValueError):
            # What is no JSON is cleaned there, and warned of from there.
            return super().serialize(msg, ident)
        to = ident if isinstance(ident, list) else [] if ident is None else [ident]
        return [*to, DELIM, b"", *parts]

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
        read = self._read
        if before != _NOBODY and read[0] != before:
            self._read = read = (before, _dated(json_unpacker(before)))
        header = _dated(json_unpacker(head))
        return {
            "header": header,
            "msg_id": header["msg_id"],
            "msg_type": header["msg_type"],
            "parent_header": {} if before == _NOBODY else dict(read[1]),
            "metadata": json_unpacker(metadata),
            "content": json_unpacker(told),
            "buffers": [memoryview(buffer) for buffer in buffers],
        }


def _packed(value: dict[str, Any]) -> bytes:
    return _encoded(value).encode("utf8", errors="surrogateescape") if value else _NOBODY


def _dated(header: dict[str, Any]) -> dict[str, Any]:
    """Read when a message was written; nothing else in a header is a date."""
    if date := header.get("date"):
        read = datetime.fromisoformat(date)
        header["date"] = read.replace(tzinfo=_UTC) if read.utcoffset() == timedelta() else read
    return header


# Notebooks see what they see in any kernel.
for _name in ("__name__", "__qualname__", "__module__"):
    setattr(Messages, _name, getattr(Session, _name))
