"""Taking a table in text form apart, row by row; a broken row does not swallow the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from clusterlab.errors import N_, Message

#: Characters that one cell may hold, as in Python's own reader.
LONGEST = 131_072

_QUOTED = re.compile(r' *"((?:[^"]++|"")*+)" *')
_OPENS = re.compile(r' *"')
#: Fewer columns than these are no sign of a row: a sentence has a comma, too.
_FEWEST = 3


class Record(NamedTuple):
    """A row: its number with the header as 1, its cells, or what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    fault: Message | None = None


class _Broken(Exception):  # noqa: N818 - never leaves this module
    """A row whose quotation marks do not match."""

    def __init__(self, fault: Message, seen: int) -> None:
        self.fault, self.seen = fault, seen


def records(text: str, delimiter: str, lines: frozenset[str] = frozenset()) -> Iterator[Record]:
    r"""Go through the rows of a table; blank lines are counted and passed over.

    Where the quotation marks of a row do not match, the row is its first line, and reading goes
    on with the next line.

    Parameters
    ----------
    text
        The table, with ``\n`` at the end of lines.
    delimiter
        What separates the cells.
    lines
        Columns whose texts have one line. A cell there that goes on over what looks like whole
        rows is taken for one whose closing quotation mark is missing.
    """
    at, number, doubtful = 0, 0, 0
    header: tuple[str, ...] = ()
    while at < len(text):
        number += 1
        end_of_line = text.find("\n", at) + 1 or len(text)
        if not text[at:end_of_line].strip():
            at = end_of_line
            continue
        try:
            cells, end = _record(text, at, delimiter)
            if _swallows(header, cells, text[at:end], delimiter, lines):
                raise _Broken(Message(_UNCLOSED), end)  # noqa: TRY301 - as `_record` does
        except _Broken as broken:
            yield Record(number, (), broken.fault)
            doubtful = max(doubtful, broken.seen)
            at = end_of_line
            continue
        if at < doubtful and not _told(text[at:end], cells, header):
            yield Record(number, (), Message(_UNTOLD))
        else:
            yield Record(number, tuple(cells), _too_long(cells))
        header = header or tuple(cells)
        at = end


_UNCLOSED = N_("A quotation mark that opens in this row is never closed.")
_TEXT_AFTER = N_(
    "Text stands behind a closing quotation mark. A quotation mark inside a quoted text must be "
    "doubled."
)
_UNTOLD = N_("What this row holds cannot be told: the quotation marks of a row above do not match.")


def _record(text: str, at: int, delimiter: str) -> tuple[list[str], int]:
    """Read the row that begins at a place; give its cells and where the next one begins."""
    start, cells = at, []
    plain = re.compile(rf"[^{re.escape(delimiter)}\n]*")
    while True:
        if _OPENS.match(text, at):
            found = _QUOTED.match(text, at)
            if found is None:
                raise _Broken(Message(_UNCLOSED), len(text))
            at = found.end()
            if text[at : at + 1] not in {delimiter, "\n", ""}:
                if "\n" in text[start:at]:
                    raise _Broken(Message(_UNCLOSED), at)
                raise _Broken(Message(_TEXT_AFTER), at)
            cells.append(found[1].replace('""', '"'))
        else:
            begin, at = at, next(plain.finditer(text, at)).end()
            cells.append(text[begin:at])
        if text[at : at + 1] != delimiter:
            return cells, at + 1
        at += 1


def _swallows(
    header: tuple[str, ...], cells: list[str], raw: str, delimiter: str, lines: frozenset[str]
) -> bool:
    one_line = [c for n, c in zip(header, cells, strict=False) if n.strip().casefold() in lines]
    if len(header) < _FEWEST or not any("\n" in cell for cell in one_line):
        return False
    further = raw.strip("\n").split("\n")[1:]
    return any(line.count(delimiter) >= len(header) - 1 for line in further)


def _told(raw: str, cells: list[str], header: tuple[str, ...]) -> bool:
    """Say whether a row below a broken one is one, and not the rest of a text that was torn."""
    return len(cells) >= min(2, len(header)) and raw.count('"') % 2 == 0


def _too_long(cells: list[str]) -> Message | None:
    longest = max(map(len, cells))
    if longest <= LONGEST:
        return None
    return Message(
        N_("A cell holds {count} characters; at most {most} are taken."),
        {"count": longest, "most": LONGEST},
    )
