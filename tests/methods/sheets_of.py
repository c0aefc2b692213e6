"""Boards for the tests of methods: notes by what people say of them."""

from clusterlab.methods import Sheet
from clusterlab.model import Board, BoardId, Note
from clusterlab.workshop import load_kinds

KINDS = load_kinds()


def note(spoken, block, text="Members answer surveys quickly", *, topic="", **more):
    """Make a note; ``links`` are spoken ids."""
    links = more.pop("links", ())
    return Note(
        id=f"id-{spoken}", spoken=spoken, topic=topic, block=block,
        values={"text": text, **more}, links=tuple(f"id-{k}" for k in links),
    )  # fmt: skip


def board(canvas, *notes, version="current"):
    """Make a cluster's board with all topics."""
    return Board.of(BoardId("x", canvas, version), notes, len(notes))


def sheet(canvas, *notes, others=(), day="", version="current"):
    """Make what a rule looks at: a board among others of the cluster."""
    own = board(canvas, *notes, version=version)
    boards = {b.id: b for b in (own, *others)}
    return Sheet(KINDS[canvas], own, KINDS, boards, day)


def rules(findings):
    """Give rule and note of each finding that is more than information."""
    return sorted((f.rule, f.note) for f in findings if f.severity != "info")
