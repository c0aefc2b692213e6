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
    plans = _next(goals, "schedule")
    actions = [kind.id for kind in goals.kinds.values() if kind.method == "actions"]
    leaves = [branch.note.spoken for branch in forest(goals.board) if not branch.children]
    if plans and leaves and not _begun(goals, *plans, *actions):
        text = N_("There is no task yet, so nothing says how these goals are reached: {spoken}.")
        advice = N_("Write the first steps under “{canvas}”, and link each to its goal.")
        yield _once(goals, "thread-plan", leaves, plans[0], (text, advice))


def unmeasured(goals: Sheet) -> Iterator[Finding]:
    """Say once of all goals that there is no indicator yet."""
    ways = _next(goals, "indicators")
    spoken = [note.spoken for note in goals.board]
    if ways and spoken and not _begun(goals, *ways):
        text = N_(
            "There is no indicator yet, so nothing says whether these goals are reached: {spoken}."
        )
        advice = N_("Write one for each under “{canvas}”, and link it to its goal.")
        yield _once(goals, "thread-measures", spoken, ways[0], (text, advice))


def _next(goals: Sheet, method: str) -> list[str]:
    """Give the canvases of a method that build on the goals."""
    kinds = goals.kinds.values()
    return [kind.id for kind in kinds if kind.method == method and goals.kind.id in kind.cites]


def _begun(goals: Sheet, *canvases: str) -> bool:
    return any((found := goals.other(name)) and len(found.board) for name in canvases)


def _once(
    goals: Sheet, rule: str, spoken: list[str], canvas: str, texts: tuple[str, str]
) -> Finding:
    title = Message(goals.kinds[canvas].title)
    return Finding(
        rule,
        "info",
        goals.board.id,
        Message(texts[0], {"spoken": spoken}),
        Message(texts[1], {"canvas": title}),
        note=spoken[0] if len(spoken) == 1 else "",
        source=SOURCE,
    )


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
