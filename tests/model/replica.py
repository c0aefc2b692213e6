"""A copy of a workshop in memory: appends and folds as the journal does, without a file."""

from dataclasses import replace

from clusterlab.model import Board, BoardId, Operation

SWOT = BoardId("moveo", "swot", "current", "services")
SHEET = SWOT.sheet


class Replica:
    """The operations that one copy holds, done by one actor."""

    def __init__(self, actor="ann"):
        self.actor = actor
        self.operations = []

    @property
    def board(self):
        return Board.fold(SHEET, self.operations)

    def append(self, operation):
        last = max((o.sequence for o in self.operations), default=0)
        stored = replace(operation, sequence=last + 1, time=f"2026-01-01T00:00:{last + 1:06}Z")
        self.operations.append(stored)
        return stored

    def do(self, kind, note, **payload):
        """Do something to a note as a person who sees this copy's board."""
        known = self.board.everything.get(note)
        seen = {"base": list(known.heads)} if known else {}
        number = len([o for o in self.operations if o.actor == self.actor]) + 1
        given = {"note": note, **seen, **payload}
        return self.append(Operation(SWOT, kind, given, self.actor, f"{self.actor}-{number}"))

    def add(self, note, text, block="strengths", **payload):
        number = 1 + sum(o.kind == "add" for o in self.operations)
        payload = {"spoken": f"S{number}", **payload}
        return self.do("add", note, block=block, values={"text": text}, **payload)

    def edit(self, note, text=None, **values):
        return self.do("edit", note, values=values if text is None else {"text": text, **values})

    def undo(self, operation):
        earlier = [o for o in self.operations if o.order < operation.order]
        number = len(self.operations) + 1
        inverse = Board.fold(SHEET, earlier).inverse(operation, f"{self.actor}-undo-{number}")
        return inverse and self.append(replace(inverse, actor=self.actor))

    def fork(self, actor):
        other = Replica(actor)
        other.operations = list(self.operations)
        return other

    def unite(self, other):
        mine = {(o.board, o.key) for o in self.operations}
        self.operations += [o for o in other.operations if (o.board, o.key) not in mine]


def meet(*replicas):
    """Unite every copy with every other and give the one board that all show."""
    for one in replicas:
        for other in replicas:
            one.unite(other)
    boards = [one.board for one in replicas]
    assert all(board == boards[0] for board in boards)
    return boards[0]


def shown(board):
    """What a person sees of a board."""
    return [
        (n.id, n.spoken, n.topic, n.block, n.values, n.links, n.alternatives, n.author)
        for n in board
    ]


def beside(note):
    """A note's alternatives: field and value."""
    return [(a.field, a.value) for a in note.alternatives]
