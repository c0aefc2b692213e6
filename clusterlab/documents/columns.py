"""How wide the columns of a printed table are, measured with the fonts that draw it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from clusterlab.documents.breaking import PIECE, breakable, pieces
from clusterlab.documents.heights import USUAL, is_whole, row_lines, without_breaks
from clusterlab.figures.text import LEADING, surely_fits, width

# Tables of so many columns never lie on their side; those to be written on by hand with more do.
_FEW = 5
# What a column has at most before a table is turned for it, and a wide one for each share.
_ENOUGH, _ENOUGH_WIDE = 80.0, 100.0
# On each side of a cell's text, in points; less in tables with very many columns.
_INSET, _NARROW, _CROWDED = 5.0, 2.5, 14
# The most that a column takes that is not wide, in tables that stand upright and that lie; what
# one needs that is written on by hand; how much more of the room the text has than other wide
# columns, what each of them has at least, and what it takes before others get less.
_UPRIGHT, _LYING, _BY_HAND = 119.0, 88.0, 48.0
_TEXT_SHARE, _FLOOR, _LONGEST = 1.5, 68.0, 160.0
# How long a head on its side is before it takes a second line.
_TURNED = 108.0
# Rows that may stay together; how high a line is, and half of a page, both in sizes of its text.
_TOGETHER, _LINE, _HALF = 8, 1.4, 36.0
_SHORTEST = 3  # letters of a piece of a broken word
# Space between numbers, that end at their column's end, and what begins in the next one.
_BESIDE = 8.0
# Rows by which the better of two ways to share the room is told.
_LOOKED_AT = 60
_NUMBER = re.compile("[+\\-\u2212]?\\d[\\d.,\u2019'\u00a0\u202f]*( ?%)?")
_WORD = re.compile(r"\S+")
# Points of text across a page that stands upright and one that lies.
_ROOMS = {"a4": (504.5, 751.1), "a3": (733.0, 1081.7)}


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column needs.

    For its longest word with its head and without, for its lines with its head and without.
    """

    word: float
    cell: float
    line: float
    text: float
    head: float
    share: float


def lies_wide(columns: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether a table needs a page that lies on its side."""
    if len(columns) <= _FEW or not rows:
        return len(columns) > _FEW
    needed = 2 * _INSET * len(columns)
    for i, column in enumerate(columns):
        found = _measured(column, [row["cells"][i] for row in rows], 9.0, 1.0, lying=False)
        enough = found.share * _ENOUGH_WIDE or min(found.line, _ENOUGH)
        needed += max(found.word, enough)
    return needed > _ROOMS["a4"][False]


def laid_out(data: Mapping[str, Any], paper: str, *, lying: bool | None = None) -> dict[str, Any]:
    """Decide on the columns of a table, and let words break that are wider than theirs.

    Heads lie on their side where the columns have no room for their words otherwise.

    Parameters
    ----------
    data
        A table's JSON, its texts as they are drawn.
    paper
        ``a4`` or ``a3``.
    lying
        Whether the page lies on its side; by default where the table needs that.

    Returns
    -------
    dict
        The table with ``layout``: ``widths`` of the columns; ``turned``, the length of heads that
        lie on their side, else 0; ``inset``, the room on each side of a text, and ``pad``, that
        above and below it, all in points; ``ends``, which columns hold numbers, that end below
        each other; ``leads``, what room the one after such a column has besides; ``lying``,
        whether the page does; ``together``, whether the table takes so little of a page that it is
        not divided; ``whole``, whether its rows are not.
    """
    columns, rows = data["columns"], data["rows"]
    if not columns:
        no = {"lying": False, "together": False, "whole": False, "ends": [], "leads": []}
        return {**data, "layout": {"widths": [], "turned": 0, "inset": _INSET, "pad": USUAL, **no}}
    lying = lies_wide(columns, rows) if lying is None else lying
    scale = 1.2 if paper == "a3" else 1.0
    size = (8.5 if lying else 9.0) * scale
    inset = (_INSET if len(columns) <= _CROWDED else _NARROW) * scale
    found = [
        _measured(column, [row["cells"][i] for row in rows], size, scale, lying=lying)
        for i, column in enumerate(columns)
    ]
    ends = [_numbers(column, rows, i) for i, column in enumerate(columns)]
    leads = [
        _BESIDE * scale if before and not here else 0.0
        for before, here in zip([False, *ends], ends, strict=False)
    ]
    room = _ROOMS[paper][lying] - 2 * inset * len(columns) - sum(leads)
    widths, turned = _shared(found, room, size, scale, turns=bool(rows))
    if not turned and (others := _lines_first(found, room, scale)):
        looked = [row["cells"] for row in rows[:_LOOKED_AT]]
        widths = min(widths, others, key=lambda tried: _lines(looked, tried, size))

    def narrowed(texts: Sequence[str]) -> list[str]:
        return [_narrowed(text, across, size) for text, across in zip(texts, widths, strict=True)]

    heads, helps = ([column[name] for column in columns] for name in ("label", "help"))
    heads, helps = heads if turned else narrowed(heads), narrowed(helps)
    cells = [narrowed(row["cells"]) for row in rows]
    made = {
        **data,
        "columns": [
            {**column, "label": head, "help": told}
            for column, head, told in zip(columns, heads, helps, strict=True)
        ],
        "rows": [{**row, "cells": texts} for row, texts in zip(rows, cells, strict=True)],
        "layout": {
            "widths": [
                round(across + 2 * inset + lead, 2)
                for across, lead in zip(widths, leads, strict=True)
            ],
            "turned": round(turned, 2),
            "inset": inset,
            "pad": USUAL,
            "ends": ends,
            "leads": leads,
            "lying": lying,
            "together": not lying and _short(rows, cells, widths, size),
        },
    }
    made["layout"]["whole"] = is_whole(made, paper)
    return made


def _numbers(column: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], place: int) -> bool:
    """Say whether a column holds numbers and nothing else."""
    if column["id"] in {"spoken", "text"}:
        return False
    texts = [text for row in rows if (text := row["cells"][place].strip())]
    return bool(texts) and all(map(_NUMBER.fullmatch, texts))


def _lines(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> int:
    return sum(row_lines(cells, widths, size) for cells in rows)


def _lines_first(found: Sequence[_Column], room: float, scale: float) -> list[float]:
    """Give columns of few words the room for their lines, wide ones the rest; [] without room.

    Heads may take several lines all the same.
    """
    least, _ = _needs(found, scale)
    shares = [column.line if column.share else 0.0 for column in found]
    widths = [
        low if column.share else max(low, column.text)
        for low, column in zip(least, found, strict=True)
    ]
    left = room - sum(widths)
    if left < 0 or not any(shares):
        return []
    return [w + share * left / sum(shares) for w, share in zip(widths, shares, strict=True)]


def _short(
    rows: Sequence[Mapping[str, Any]],
    cells: Sequence[Sequence[str]],
    widths: Sequence[float],
    size: float,
) -> bool:
    """Say whether a table surely takes less than half of a page."""
    if not 0 < len(rows) <= _TOGETHER or any(row["item"]["alternatives"] for row in rows):
        return False
    lines = 0
    for texts in cells:
        # A line is hardly ever filled to its end.
        filled = (
            sum(ceil(1.3 * width(line, size) / across) for line in text.split("\n"))
            for text, across in zip(texts, widths, strict=True)
        )
        lines += max(filled, default=0) + 2
    return lines * _LINE < _HALF


def _measured(
    column: Mapping[str, Any], cells: Sequence[str], size: float, scale: float, *, lying: bool
) -> _Column:
    head, spoken = column["label"], column["id"] == "spoken"
    share = _TEXT_SHARE if column["id"] == "text" else 1.0 if column["wide"] else 0.0
    most = (share * _LONGEST or (_LYING if lying else _UPRIGHT)) * scale
    cell = _widest((p for text in cells for p in pieces(text)), size, bold=spoken)
    line = _widest((line for text in (head, *cells) for line in text.split("\n")), size)
    word = max(cell, _widest(pieces(head), size))
    if not cells and not spoken:
        word = max(word, _widest(pieces(column["help"]), size - 1, bold=False))
        line = max(line, _BY_HAND * scale)
    word = min(word, most)
    text = _widest((line for text in cells for line in text.split("\n")), size, bold=spoken)
    return _Column(
        word,
        min(cell, most),
        max(min(line, most), word),
        max(min(text, most), word),
        width(head, size, bold=True),
        share,
    )


def _widest(texts: Iterable[str], size: float, *, bold: bool = True) -> float:
    # A little more than measured: what is drawn is rounded.
    bare = map(without_breaks, set(texts))
    return max((width(text, size, bold=bold) for text in bare), default=0.0) + 0.5


def _shared(
    found: Sequence[_Column], room: float, size: float, scale: float, *, turns: bool
) -> tuple[list[float], float]:
    """Share out a page's width; give the columns' widths, and how long turned heads are."""
    least, wanted = _needs(found, scale)
    turned = 0.0
    if turns and sum(least) > room:
        turned = min(max(c.head for c in found), _TURNED * scale)
        least, wanted = _needs(found, scale, turned, size * LEADING)
    if sum(least) > room:  # words have to break
        return _capped(least, room), turned
    # Columns get what they want, as far as there is room; what is left goes to the wide ones, most
    # to those that have the most to say.
    slack = sum(wanted) - sum(least)
    part = min(1.0, (room - sum(least)) / slack) if slack else 1.0
    widths = [low + (high - low) * part for low, high in zip(least, wanted, strict=True)]
    shares = [column.line if column.share else 0.0 for column in found]
    left = (room - sum(widths)) / sum(shares) if any(shares) else 0.0
    return [w + share * left for w, share in zip(widths, shares, strict=True)], turned


def _capped(widths: Sequence[float], room: float) -> list[float]:
    """Make the widest columns narrower, all to the same width, until they fit."""
    left, most = room, 0.0
    for n, across in enumerate(sorted(widths)):
        most = left / (len(widths) - n)
        if across > most:
            break
        left -= across
    return [min(across, most) for across in widths]


def _needs(
    found: Sequence[_Column], scale: float, turned: float = 0.0, line: float = 0.0
) -> tuple[list[float], list[float]]:
    """Say how wide columns have to be and would be; with heads on their side of some length."""
    least, wanted = [], []
    for column in found:
        word = column.word
        if turned and not column.share:
            word = max(column.cell, ceil(1.1 * column.head / turned) * line)
        # Nor does a wide one need more than its longest line.
        floor = min(_FLOOR * scale * column.share, column.line)
        least.append(max(word, floor))
        most = column.line if not turned or column.share else min(column.line, 2 * word)
        wanted.append(max(word, most, floor))
    return least, wanted


def _narrowed(text: str, room: float, size: float) -> str:
    """Let those words of a text break that are wider than a room."""
    if surely_fits(text, room, size):
        return text

    def fits(word: str) -> bool:
        return all(width(piece, size, bold=True) <= room for piece in pieces(word))

    def narrow(found: re.Match[str]) -> str:
        word = found.group()
        if fits(word):
            return word
        bare = without_breaks(word)
        tries = (breakable(bare, letters) for letters in range(PIECE, _SHORTEST, -1))
        return next(filter(fits, tries), breakable(bare, _SHORTEST))

    return _WORD.sub(narrow, text)
