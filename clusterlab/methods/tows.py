"""TOWS: strategies that pair what is inside with what is around, checked against the SWOT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clusterlab.errors import N_, Message
from clusterlab.methods.fields import field_of
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.weights import IMPORTANCE, importance_of, is_high
from clusterlab.model import Block, Board, BoardId, CanvasKind, Note

SOURCE = "Weihrich 1982"


def check_tows(sheet: Sheet) -> list[Finding]:
    """Check strategies against the notes that they cite: those of the SWOT.

    Rules: ``tows-cite`` (a strategy names at least one note of each block that its cell pairs),
    ``tows-cell`` (it cites only notes of those blocks), ``tows-many`` (more than the workshop's
    ``tows_factors``; by default four, which is our reading: authors give no number),
    ``tows-letter`` (more notes of one letter, such as three strengths, than the workshop's
    ``tows_per_letter``; authors differ, some allow two, so by default there is no limit),
    ``tows-orphan`` (a threat or an opportunity that no strategy takes up, and any note rated above
    the middle of the scale that none does), ``tows-orphan-low`` (a threat or an opportunity that
    is rated, but not above the middle), ``tows-unused`` (strengths and weaknesses that no
    strategy uses, told together), ``tows-none`` (nobody has written a strategy on a topic).

    Without ratings each threat and opportunity counts: what is around the cluster comes whether
    it wants or not, while not every strength has to be used. Only links count, and what a strategy
    answers may be in its words alone: so what is said of an unanswered note names the strategies
    on its topic that could take it up, by their cell, but are linked to no note of its block.
    """
    swot = sheet.cited("swot")
    if swot is None:
        return []
    kind, board, cited_kind, cited = sheet.kind, sheet.board, swot.kind, swot.board
    notes = {n.id: n for n in cited}
    used = {link for note in board for link in note.links}
    found: list[Finding] = []
    own = sheet.topics()
    for topic in dict.fromkeys([*own, *swot.topics()]):
        part = board.on(topic)
        for note in part:
            found += _citations(kind, cited_kind, part, note, notes)
            found += _many(part, note, notes, sheet.settings.tows_factors)
            found += _letters(cited_kind, part, note, notes, sheet.settings.tows_per_letter)
        if not len(cited.on(topic)):
            continue
        # On a topic that only the SWOT has, strategies stand under others: its notes still count.
        if len(part) or (len(board) and topic not in own):
            unlinked = {b.id: _unlinked(kind, part, b.id, notes) for b in cited_kind.blocks}
            found += _orphans(kind, cited_kind, cited.on(topic), used, unlinked)
        else:
            found.append(_none(part.id))
    return found


def _none(board: BoardId) -> Finding:
    return Finding(
        "tows-none",
        "warning",
        board,
        Message(N_("There are notes on this topic, but no strategy yet.")),
        Message(N_("Pair the strongest notes and write down what follows from them.")),
        source=SOURCE,
    )


def _citations(
    kind: CanvasKind, cited_kind: CanvasKind, part: Board, note: Note, notes: dict[str, Note]
) -> Iterator[Finding]:
    block = next((b for b in kind.blocks if b.id == note.block), None)
    if block is None:
        return
    links = [notes[i] for i in note.links if i in notes]
    blocks = {n.block for n in links}
    missing = [cited_kind.block(name).label for name in block.cites if name not in blocks]
    if missing:
        yield Finding(
            "tows-cite",
            "error",
            part.id,
            Message(
                N_("{spoken} stands under “{cell}”, but is linked to no note under: {missing}."),
                {
                    "spoken": note.spoken,
                    "cell": Message(block.label),
                    "missing": [Message(m) for m in missing],
                },
            ),
            Message(
                N_(
                    "Link it to the notes that it builds on. If none fits, move it to another "
                    "cell, or add to the SWOT what is missing there."
                )
            ),
            note=note.spoken,
            source=SOURCE,
        )
    for stray in (n for n in links if n.block not in block.cites):
        yield Finding(
            "tows-cell",
            "error",
            part.id,
            Message(
                N_("{spoken} stands under “{cell}” but builds on {cited}."),
                {"spoken": note.spoken, "cell": Message(block.label), "cited": stray.spoken},
            ),
            Message(N_("Move it to the cell that fits, or drop the link.")),
            note=note.spoken,
            source=SOURCE,
        )


def _many(part: Board, note: Note, notes: dict[str, Note], most: int) -> Iterator[Finding]:
    count = sum(link in notes for link in note.links)
    if count > most:
        yield Finding(
            "tows-many",
            "info",
            part.id,
            Message(
                N_("{spoken} builds on {count} notes, more than {most}."),
                {"spoken": note.spoken, "count": count, "most": most},
            ),
            Message(N_("Is it one strategy, or several?")),
            note=note.spoken,
            source=SOURCE,
        )


def _letters(
    cited_kind: CanvasKind, part: Board, note: Note, notes: dict[str, Note], most: int
) -> Iterator[Finding]:
    if not most:
        return
    links = [notes[i] for i in dict.fromkeys(note.links) if i in notes]
    for block in cited_kind.blocks:
        same = [n.spoken for n in links if n.block == block.id]
        if len(same) > most:
            yield Finding(
                "tows-letter",
                "info",
                part.id,
                Message(
                    N_("{spoken} builds on {count} notes from “{block}”, more than {most}: "
                       "{cited}."),
                    {
                        "spoken": note.spoken,
                        "count": len(same),
                        "block": Message(block.label),
                        "most": most,
                        "cited": same,
                    },
                ),
                Message(N_("Keep those that it could not do without, or make it several.")),
                note=note.spoken,
                source=SOURCE,
            )  # fmt: skip


def _unlinked(kind: CanvasKind, part: Board, block: str, notes: dict[str, Note]) -> list[str]:
    """Give the strategies whose cell pairs a block, but which are linked to no note of it."""
    cells = {b.id for b in kind.blocks if block in b.cites}
    return [
        n.spoken
        for n in part
        if n.block in cells and all(notes[i].block != block for i in n.links if i in notes)
    ]


def _orphans(
    kind: CanvasKind,
    cited_kind: CanvasKind,
    cited: Board,
    used: set[str],
    unlinked: Mapping[str, list[str]],
) -> Iterator[Finding]:
    outside = {name for block in kind.blocks for name in block.cites[1:]}
    unused = []
    for block in cited_kind.blocks:
        for note in (n for n in cited.block(block.id) if n.id not in used):
            if block.id in outside or is_high(cited_kind, note):
                yield _orphan(cited_kind, cited.id, block, note, unlinked[block.id])
            else:
                unused.append(note.spoken)
    if unused:
        yield Finding(
            "tows-unused",
            "info",
            cited.id,
            Message(N_("No strategy uses these strengths and weaknesses: {spoken}."),
                    {"spoken": unused}),
            Message(N_("Ask of each whether it matters for a strategy; leave the rest.")),
            source=SOURCE,
        )  # fmt: skip


def _orphan(
    kind: CanvasKind, board: BoardId, block: Block, note: Note, unlinked: list[str]
) -> Finding:
    rated, field = importance_of(kind, note), field_of(kind, IMPORTANCE)
    high = is_high(kind, note)
    text = N_("No strategy takes up {spoken} ({block}): {text}")
    advice = N_("Link a strategy to it, write one, or decide to live with it.")
    if unlinked:
        advice = N_(
            "Strategies on this topic that are linked to nothing under “{block}” yet ({count}): "
            "{unlinked}. If one of them answers it, link it; else write one, or decide to live "
            "with it."
        )
    if high:
        text = N_("{spoken} ({block}) is rated {rated} of {most}, but no strategy takes it up: "
                  "{text}")  # fmt: skip
    elif rated is not None:
        advice = N_("It is rated {rated} of {most}: leave it if the others come first.")
    fields = {
        "spoken": note.spoken,
        "block": Message(block.label),
        "text": note.text,
        "rated": rated,
        "most": field.maximum if field else None,
        "unlinked": unlinked,
        "count": len(unlinked),
    }
    low = rated is not None and not high
    return Finding(
        "tows-orphan-low" if low else "tows-orphan",
        "info" if low else "warning",
        board,
        Message(text, fields),
        Message(advice, fields),
        note=note.spoken,
        source=SOURCE,
    )
