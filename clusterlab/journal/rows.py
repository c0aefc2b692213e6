"""Operations as rows of the journal's table, and back; no row stops the reading of the others."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clusterlab.errors import N_, JournalError
from clusterlab.model import BoardId, Operation, new_id

COLUMNS = "cluster, canvas, version, topic, kind, payload, actor, id, sequence, time"
#: The largest logical time that is taken from another copy: there is room above it for ever.
LAST_SEQUENCE = 2**53

_LETTER = re.compile(r"[A-Z]{1,8}")
# A small letter at the end tells apart what two copies gave while they did not know each other.
_SPOKEN = re.compile(rf"({_LETTER.pattern})([1-9][0-9]{{0,14}})([a-z]{{0,4}})")
_ASKED_DIGITS = 6


def complete(operation: Operation) -> Operation:
    """Give an operation as the journal can hold it: with ids, and a payload that is plain JSON.

    Raises
    ------
    JournalError
        Where a value of the payload is nothing that JSON knows.
    """
    payload = decode(encode(operation.payload))
    if operation.kind == "add" and not operation.note:
        payload["note"] = new_id()
    board = operation.board
    return replace(
        operation,
        board=BoardId(*map(_plain, (board.cluster, board.canvas, board.version, board.topic))),
        kind=_plain(operation.kind),
        payload=payload,
        actor=_plain(operation.actor),
        # Without an id of its own it would be taken for every other one without.
        id=_plain(operation.id) or new_id(),
        time=_plain(operation.time),
    )


def row_of(operation: Operation) -> list[Any]:
    """Give the values of `COLUMNS` and then note, letter and number."""
    board = operation.board
    letter, number = parsed(operation.payload.get("spoken"))
    return [
        board.cluster, board.canvas, board.version, board.topic,
        operation.kind, encode(operation.payload), operation.actor, operation.id,
        operation.sequence, operation.time, _plain(operation.note), letter, number,
    ]  # fmt: skip


def operation_of(row: tuple[Any, ...]) -> Operation:
    """Give the operation of a row of `COLUMNS`, whatever stands in it."""
    cluster, canvas, version, topic, kind, payload, actor, id_, sequence, time = row
    return Operation(
        BoardId(_word(cluster), _word(canvas), _word(version), _word(topic)),
        _word(kind),
        decode(payload),
        _word(actor),
        _word(id_),
        sequence if isinstance(sequence, int) else 0,
        _word(time),
    )


def encode(payload: Mapping[str, Any]) -> str:
    """Give a payload as JSON.

    Raises
    ------
    JournalError
        Where a value is nothing that JSON knows.
    """
    try:
        return json.dumps(payload, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise JournalError(
            N_("An operation cannot be kept as it is: {reason}. Nothing was written."),
            reason=str(error),
        ) from error


def decode(text: Any) -> dict[str, Any]:
    """Read a payload; an empty one where there is none to be read."""
    try:
        value = json.loads(text, parse_constant=str, parse_int=_whole)
    except (TypeError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def parsed(spoken: Any) -> tuple[str, int]:
    """Take a spoken id apart: S4 and S4b are ("S", 4); ("", 0) where it is none."""
    match = _SPOKEN.fullmatch(spoken) if isinstance(spoken, str) else None
    return (match[1], int(match[2])) if match else ("", 0)


def asked(payload: Mapping[str, Any]) -> tuple[str, int]:
    """Give the letter for a new note's spoken id, and the number asked for or 0."""
    letter, number = parsed(payload.get("spoken"))
    if letter and len(str(number)) <= _ASKED_DIGITS:
        return letter, number
    wanted = payload.get("letter")
    if isinstance(wanted, str) and _LETTER.fullmatch(wanted):
        return wanted, 0
    return "N", 0


def _whole(digits: str) -> int | str:
    try:
        return int(digits)
    except ValueError:  # more digits than Python reads
        return digits


def _plain(text: str) -> str:
    """Replace halves of characters, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _word(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)
