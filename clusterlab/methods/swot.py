"""SWOT: what a good one holds, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.model import Board, CanvasKind, Note

SOURCE = N_("SWOT practice: statements with a direction, each in one quadrant")
_PAIRS = (("strengths", "weaknesses"), ("opportunities", "threats"))
_FEW_WORDS = 2


def check_swot(sheet: Sheet) -> list[Finding]:
    """Check a SWOT topic by topic.

    Rules: ``swot-empty`` (a quadrant without notes on a topic that has some), ``swot-noun`` (a
    note of one or two words is no statement), ``swot-both`` (the same text as strength and
    weakness, or as opportunity and threat).
    """
    kind, board = sheet.kind, sheet.board
    topics = [t.id for t in kind.topics] or [""]
    found: list[Finding] = []
    for topic in topics:
        part = board.on(topic)
        if len(part):
            found += _empty(kind, part)
            found += _nouns(part)
            found += _both(part)
    return found


def _empty(kind: CanvasKind, part: Board) -> Iterator[Finding]:
    for block in kind.blocks:
        if not part.block(block.id):
            yield Finding(
                "swot-empty",
                "info",
                part.id,
                Message(N_("Nothing stands under “{block}”."), {"block": Message(block.label)}),
                Message(block.prompt or N_("Add a note, or say that there is none.")),
                source=SOURCE,
            )


def _nouns(part: Board) -> Iterator[Finding]:
    for note in part:
        if len(re.findall(r"\w+", note.text)) <= _FEW_WORDS:
            yield Finding(
                "swot-noun",
                "warning",
                part.id,
                Message(N_("“{text}” is a keyword, not a statement."), {"text": note.text}),
                Message(N_("Say what about it helps or hinders, in a short sentence.")),
                note=note.spoken,
                source=SOURCE,
            )


def _both(part: Board) -> Iterator[Finding]:
    for helpful, harmful in _PAIRS:
        texts = {_same(n): n for n in part.block(helpful)}
        for note in part.block(harmful):
            if other := texts.get(_same(note)):
                yield Finding(
                    "swot-both",
                    "warning",
                    part.id,
                    Message(
                        N_("{first} and {second} say the same, once as help and once as harm."),
                        {"first": other.spoken, "second": note.spoken},
                    ),
                    Message(N_("Say in each what helps and what harms, or drop one.")),
                    note=note.spoken,
                    source=SOURCE,
                )


def _same(note: Note) -> str:
    return " ".join(re.findall(r"\w+", note.text.casefold()))
