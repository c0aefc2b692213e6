"""The golden thread between goals and tasks: goals without a plan, tasks without a goal."""

from __future__ import annotations

from collections.abc import Iterator

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.tree import Forest, forest
from clusterlab.model import Note

SOURCE = N_("Golden thread: what was found is answered, what is planned answers something")


def any_above(tree: Forest, note: Note, used: set[str]) -> bool:
    """Tell whether a note or one that it is part of is among some, by their ids."""
    return any(above.id in used for above in tree.upwards(note.id))


def planless(goals: Sheet) -> Iterator[Finding]:
    """Say once of all goals that no plan was begun; actions are one, though they link to none."""
    kinds = goals.kinds.values()
    plans = [k.id for k in kinds if k.method == "schedule" and goals.kind.id in k.cites]
    actions = [k.id for k in kinds if k.method == "actions"]
    begun = any((found := goals.other(i)) and len(found.board) for i in (*plans, *actions))
    leaves = [b.note.spoken for b in forest(goals.board) if not b.children]
    if plans and leaves and not begun:
        yield Finding(
            "thread-plan",
            "info",
            goals.board.id,
            Message(N_("There is no task yet, so nothing says how these goals are reached: "
                       "{spoken}."), {"spoken": leaves}),
            Message(N_("Write the first steps under “{canvas}”, and link each to its goal."),
                    {"canvas": Message(goals.kinds[plans[0]].title)}),
            note=leaves[0] if len(leaves) == 1 else "",
            source=SOURCE,
        )  # fmt: skip


def unmeasured(goals: Sheet) -> Iterator[Finding]:
    """Say once of all goals that there is no indicator yet."""
    kinds = goals.kinds.values()
    ways = [k.id for k in kinds if k.method == "indicators" and goals.kind.id in k.cites]
    begun = any((found := goals.other(i)) and len(found.board) for i in ways)
    spoken = [note.spoken for note in goals.board]
    if ways and spoken and not begun:
        yield Finding(
            "thread-measures",
            "info",
            goals.board.id,
            Message(N_("There is no indicator yet, so nothing says whether these goals are "
                       "reached: {spoken}."), {"spoken": spoken}),
            Message(N_("Write one for each under “{canvas}”, and link it to its goal."),
                    {"canvas": Message(goals.kinds[ways[0]].title)}),
            note=spoken[0] if len(spoken) == 1 else "",
            source=SOURCE,
        )  # fmt: skip


def aimless(sheet: Sheet) -> Iterator[Finding]:
    """Say which tasks serve no goal, nor are part of one that does."""
    goals = sheet.cited("smart")
    if goals is None or goals.kind.method != "smart" or not len(goals.board):
        return
    known = {note.id for note in goals.board}
    tree = forest(sheet.board)
    served = {n.id for n in sheet.board if not known.isdisjoint(n.links)}
    for branch in tree:
        # What stands above many goals' tasks need not serve one itself.
        if not branch.children and not any_above(tree, branch.note, served):
            note = branch.note
            yield Finding(
                "thread-goal",
                "warning",
                sheet.board.id,
                Message(
                    N_("The task {spoken} serves no goal: {text}"),
                    {"spoken": note.spoken, "text": note.text},
                ),
                Message(N_("Link it to the goal it serves, or ask whether it is needed.")),
                note=note.spoken,
                source=SOURCE,
            )
