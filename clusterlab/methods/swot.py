"""SWOT: what a good one holds, checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import BLANK, is_empty, is_keyword, same_words, unusable
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.weights import IMPORTANCE
from clusterlab.model import Board, CanvasKind, Note

SOURCE = N_("Weihrich 1982: what is inside the cluster, and what is around it")
#: On what came of the SWOTs of twenty firms: long lists of keywords that nobody had rated.
WORDS_SOURCE = N_("Hill & Westbrook 1997: statements that say something, rated by importance")
_PAIRS = (("strengths", "weaknesses"), ("opportunities", "threats"))
_INSIDE = ("strengths", "weaknesses")


def check_swot(sheet: Sheet) -> list[Finding]:
    """Check a SWOT topic by topic.

    Rules: ``swot-empty`` (a quadrant without notes on a topic that has some), ``swot-noun`` (a
    note of a single word is no statement), ``swot-both`` (the same text as strength and
    weakness, or as opportunity and threat), ``swot-factor`` (a strength or a weakness that links
    to a factor of a PESTEL), ``swot-factor-text`` (one that says the same as a factor): what is
    around the cluster is an opportunity or a threat; ``swot-odd`` (a rating that is none),
    ``swot-unrated`` (some notes on a topic are rated, others not: told together).

    A link is what people meant, so it is an error; the same words may be chance, and are a warning.
    """
    kind, board = sheet.kind, sheet.board
    factors = _factors(sheet)
    found: list[Finding] = []
    for topic in sheet.topics():
        part = board.on(topic)
        if len(part):
            found += _empty(kind, part)
            found += _nouns(part)
            found += _both(part)
            found += _outside(part, factors)
            found += unusable(replace(sheet, board=part), "swot-odd", SOURCE)
            found += _unrated(kind, part)
    return found


def _factors(sheet: Sheet) -> list[Note]:
    """Give the factors of the cluster's PESTEL, whatever its kind is called."""
    others = (sheet.other(k.id) for k in sheet.kinds.values() if k.method == "pestel")
    return [note for other in others if other for note in other.board]


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


def _unrated(kind: CanvasKind, part: Board) -> Iterator[Finding]:
    blocks = {block.id for block in kind.blocks}
    notes = [note for note in part if note.block in blocks]
    without = [note.spoken for note in notes if is_empty(note.get(IMPORTANCE))]
    if 0 < len(without) < len(notes):
        yield Finding(
            "swot-unrated",
            "info",
            part.id,
            Message(
                N_("{rated} of {count} notes are rated; these are not: {spoken}."),
                {"rated": len(notes) - len(without), "count": len(notes), "spoken": without},
            ),
            Message(N_("Rate them too, so that strategies can begin with what matters most.")),
            source=WORDS_SOURCE,
        )


def _nouns(part: Board) -> Iterator[Finding]:
    text = N_("“{text}” looks like a keyword, not like a statement.")
    for note in part:
        if is_keyword(note):
            yield Finding(
                "swot-noun",
                "warning",
                part.id,
                Message(
                    text if note.text.strip() else BLANK,
                    {"text": note.text, "spoken": note.spoken},
                ),
                Message(N_("Say what about it helps or hinders, in a short sentence.")),
                note=note.spoken,
                source=WORDS_SOURCE,
            )


def _both(part: Board) -> Iterator[Finding]:
    for helpful, harmful in _PAIRS:
        texts = {said: n for n in part.block(helpful) if (said := same_words(n.text))}
        for note in part.block(harmful):
            if other := texts.get(same_words(note.text)):
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


def _outside(part: Board, factors: list[Note]) -> Iterator[Finding]:
    by_id = {factor.id: factor for factor in factors}
    by_text = {same_words(factor.text): factor for factor in factors}
    by_text.pop("", None)
    move = Message(
        N_("Make it an opportunity or a threat, or say what it does inside the cluster.")
    )
    for note in (n for block in _INSIDE for n in part.block(block)):
        linked = next((by_id[link] for link in note.links if link in by_id), None)
        factor = linked or by_text.get(same_words(note.text))
        if factor is None:
            continue
        text = (
            N_("{spoken} stands inside the cluster, but builds on {factor}, which is around it.")
            if linked
            else N_("{spoken} stands inside the cluster, but says the same as {factor} around it.")
        )
        yield Finding(
            "swot-factor" if linked else "swot-factor-text",
            "error" if linked else "warning",
            part.id,
            Message(text, {"spoken": note.spoken, "factor": factor.spoken}),
            move,
            note=note.spoken,
            source=SOURCE,
        )
