"""The golden thread: from what is so, by strategies and goals, to tasks, roles and indicators.

A note links to the note it takes up, on a canvas that its kind ``cites``. So links run from what
a survey found to a SWOT's notes, to strategies, to goals, to tasks and indicators, and from tasks
to rows of the RACI.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.raci import PEOPLE
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.thread_goals import SOURCE, aimless, any_above, planless, unmeasured
from clusterlab.methods.tree import forest
from clusterlab.model import Board, BoardId, CanvasKind, Note

#: Methods whose notes choose among others and take none up: a ballot answers nothing.
_BESIDE = frozenset({"vote"})


@dataclass(frozen=True, slots=True)
class ThreadNode:
    """A note on the thread.

    Parameters
    ----------
    id, spoken, text
        Of the note.
    canvas
        Id of its canvas kind.
    stage
        How many canvases are before its own: 0 for the first.
    open
        Whether nothing takes it up although somebody has begun a canvas that could; of a SWOT,
        threats and opportunities only, as strengths and weaknesses need no strategy.
    """

    id: str
    spoken: str
    text: str
    canvas: str
    stage: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class ThreadEdge:
    """That the note ``later`` takes up the note ``earlier``; ids of notes."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread of a cluster in one version.

    Parameters
    ----------
    nodes
        By stage, then canvas, as their boards hold them.
    edges
        In the order of the later notes.
    canvases
        Ids of the canvases that have nodes, by stage.
    analysis
        Ids of the canvases, with nodes or not, that say what is so: those that strategies build
        on, and each that no other precedes.
    """

    nodes: tuple[ThreadNode, ...]
    edges: tuple[ThreadEdge, ...]
    canvases: tuple[str, ...]
    analysis: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Step:
    """What should take up what, what is said where it does not, and the advice then.

    ``later`` and ``earlier`` are methods: so a workshop's own kinds of a method take part as the
    package's do. Only notes without parts have to be taken up; with ``from_above`` it is enough
    that one is that they are part of. With ``together`` all of a topic are told in one finding.
    """

    rule: str
    severity: Severity
    later: str
    earlier: str
    text: str
    advice: str
    from_above: bool = False
    together: bool = False


_STEPS = (
    _Step(
        "thread-finding",
        "info",  # much of what a survey says calls for nothing
        "swot",
        "survey",
        N_("No note of the SWOT takes up what the survey found: {spoken}."),
        N_("Link strengths and weaknesses to what members said of them, and leave the rest."),
        together=True,
    ),
    _Step(
        "thread-strategy",
        "info",  # a cluster chooses: not every strategy becomes a goal
        "smart",
        "tows",
        N_("No goal takes up these strategies: {spoken}."),
        N_("Link goals to those that matter most, and leave the others for later."),
        together=True,
    ),
    _Step(
        "thread-task",
        "warning",
        "schedule",
        "smart",
        N_("No task serves the goal {spoken}: {text}"),
        N_("Link a task to it, or write down the first step."),
    ),
    _Step(
        "thread-indicator",
        "warning",
        "indicators",
        "smart",
        N_("No indicator measures the goal {spoken}: {text}"),
        N_("Link an indicator to it, or write down what can be counted."),
    ),
    _Step(
        "thread-role",
        "warning",
        "raci",
        "schedule",
        N_("No row of the RACI matrix takes up the task {spoken}: {text}"),
        N_("Link a row to it or to the task it is part of."),
        from_above=True,
    ),
)
#: Where nothing of the above fits: kinds of a workshop's own, and pairs that only it makes.
_OTHER = (
    "thread-open",
    N_("Nothing on “{canvas}” takes up: {spoken}."),
    N_("Link notes to those that matter most, and leave the others."),
)
#: Earlier and later methods of which rules of their own tell what is not taken up, or where notes
#: need not be: what becomes of each factor of a PESTEL its own table says.
_TOLD = frozenset(
    {("swot", "tows"), ("pestel", "radar"), ("pestel", "swot"), ("needs", "portfolio")}
)


def thread(sheet: Sheet) -> Thread:
    """Follow the links over all canvases of a cluster.

    Every canvas kind that cites one, or is cited, is on the thread, a trainer's own as well. Of
    kinds that cite each other in a circle, each is counted as coming after the others.

    Parameters
    ----------
    sheet
        Any board of the cluster; its version is followed.
    """
    stages = _stages(sheet.kinds)
    order = sorted(stages, key=lambda canvas: (stages[canvas], list(sheet.kinds).index(canvas)))
    sheets = {canvas: found for canvas in order if (found := sheet.other(canvas)) is not None}
    held = {n.id: (n, c) for c, found in sheets.items() for n in _strung(found)}
    untaken = {note.id for break_ in _breaks(sheet) for note in break_.orphans}
    untaken |= _unanswered(sheet)
    nodes = tuple(
        ThreadNode(n.id, n.spoken, n.text, c, stages[c], n.id in untaken) for n, c in held.values()
    )
    edges = tuple(
        ThreadEdge(earlier, note.id)
        for note, canvas in held.values()
        for earlier in note.links
        if earlier in held and held[earlier][1] in sheet.kinds[canvas].cites
    )
    used = {node.canvas for node in nodes}
    first = frozenset(canvas for canvas, stage in stages.items() if not stage)
    strategies = (k.id for k in sheet.kinds.values() if k.method == "tows" and k.id in stages)
    analysis = first.union(*(_before(sheet.kinds, name) for name in strategies))
    return Thread(nodes, edges, tuple(canvas for canvas in order if canvas in used), analysis)


def check_thread(
    kinds: Mapping[str, CanvasKind], boards: Mapping[BoardId, Board], day: str = ""
) -> list[Finding]:
    """Say where the thread breaks off, over all boards of a cluster.

    A step is looked at only once somebody has begun its later canvas, so that who has not planned
    yet is not told so for every note, but once for all goals. What a SWOT's notes lack is for the
    rules of TOWS.

    Rules: ``thread-finding`` (what a survey found and no note of the SWOT takes up; notes need no
    finding, a cluster knows more than its survey asks), ``thread-strategy`` (strategies of a
    topic that no goal takes up), ``thread-task`` and ``thread-indicator`` (a goal without task,
    or without indicator; a goal with sub-goals has theirs), ``thread-plan`` (there are goals, but
    neither a task nor an action), ``thread-measures`` (there are goals, but no indicator),
    ``thread-role`` (a task without a row of the RACI matrix, of its own or of a task that it is
    part of), ``thread-goal`` (a task that serves no goal, nor any that it is part of),
    ``thread-open`` (what no note of another kind that cites it takes up, where one of the two is a
    workshop's own).

    Kinds are known by their method and by what they cite, so a workshop's own SWOT, goals or tasks
    take part as the package's do. Of several kinds of one method that cite the same canvas, it is
    enough that one takes a note up.
    """
    found: list[Finding] = []
    for board_id, board in boards.items():
        kind = kinds.get(board_id.canvas)
        if kind is None or board_id.topic:
            continue
        sheet = Sheet(kind, board, kinds, boards, day)
        for break_ in _breaks(sheet, kind.id):
            found += _broken_off(break_)
        if kind.method == "schedule":
            found += aimless(sheet)
        if kind.method == "smart":
            found += [*planless(sheet), *unmeasured(sheet)]
    return found


def _stages(kinds: Mapping[str, CanvasKind]) -> dict[str, int]:
    """Give the most canvases that are one before the other before each that cites or is cited."""
    kinds = {i: k for i, k in kinds.items() if k.method not in _BESIDE}
    above = {i: [name for name in k.cites if name in kinds] for i, k in kinds.items()}
    joined = {i for i, names in above.items() if names}.union(*above.values())
    # In a circle there is no most: as many as there are others before.
    most = {i: len(_before(kinds, i)) for i in kinds}
    stages = dict.fromkeys((i for i in kinds if i in joined), 0)
    for _ in stages:
        for i in stages:
            stages[i] = min(most[i], max((stages[name] + 1 for name in above[i]), default=0))
    return stages


def _before(kinds: Mapping[str, CanvasKind], canvas: str) -> list[str]:
    """Give the canvases that one builds on, the nearest first; circles are gone round once."""
    found = [canvas]
    for name in found:
        found += [above for above in kinds[name].cites if above in kinds and above not in found]
    return found[1:]


def _strung(sheet: Sheet) -> Iterator[Note]:
    """Give the notes of a canvas that can be on the thread: people of a RACI are not."""
    return (n for n in sheet.board if not (sheet.kind.method == "raci" and n.block == PEOPLE))


@dataclass(frozen=True, slots=True)
class _Break:
    """Where the thread may break off: what should take up the notes of a canvas, and what is open.

    ``first`` is the id of the first kind of those that should, which tells of it.
    """

    step: _Step
    earlier: Sheet
    first: str
    orphans: list[Note]


def _breaks(sheet: Sheet, teller: str = "") -> Iterator[_Break]:
    """Go through the canvases that others cite; nothing while nobody has begun one that does.

    With ``teller``, only what the kind of this id has to tell of.
    """
    kinds = {i: k for i, k in sheet.kinds.items() if k.method not in _BESIDE}
    steps: dict[tuple[str, str], list[str]] = {}
    for kind in kinds.values():
        for name in kind.cites:
            if name in kinds and name != kind.id:
                steps.setdefault((name, kind.method or kind.id), []).append(kind.id)
    known = {(step.earlier, step.later): step for step in _STEPS}
    for (canvas, method), ids in steps.items():
        if teller and teller not in ids:
            continue
        earlier = sheet.other(canvas)
        begun = [found for i in ids if (found := sheet.other(i)) and any(_strung(found))]
        if earlier is None or not begun or (earlier.kind.method, method) in _TOLD:
            continue
        if teller not in {"", begun[0].kind.id}:
            continue
        step = known.get((earlier.kind.method, method)) or _other(begun[0].kind)
        used = {link for found in begun for note in _strung(found) for link in note.links}
        yield _Break(step, earlier, begun[0].kind.id, _orphans(earlier, step, used))


def _unanswered(sheet: Sheet) -> set[str]:
    """Give the ids of threats and opportunities that no strategy takes up, once there are some.

    That rules of TOWS tell of them makes them no less a place where the thread breaks off.
    """
    answered: dict[str, set[str]] = {}
    outside: dict[str, set[str]] = {}
    for kind in sheet.kinds.values():
        strategies = sheet.other(kind.id) if kind.method == "tows" else None
        if strategies is not None and len(strategies.board):
            links = {link for note in strategies.board for link in note.links}
            blocks = {name for block in kind.blocks for name in block.cites[1:]}
            for name in kind.cites:
                answered.setdefault(name, set()).update(links)
                outside.setdefault(name, set()).update(blocks)
    sheets = ((canvas, sheet.other(canvas)) for canvas in answered)
    return {
        note.id
        for canvas, swot in sheets
        if swot is not None
        for note in swot.board
        if note.block in outside[canvas] and note.id not in answered[canvas]
    }


def _other(later: CanvasKind) -> _Step:
    rule, text, advice = _OTHER
    return _Step(rule, "info", later.method, "", text, advice, together=True)


def _orphans(earlier: Sheet, step: _Step, used: set[str]) -> list[Note]:
    """Give the notes of a canvas that nothing takes up."""
    strung = {note.id for note in _strung(earlier)}
    tree = forest(earlier.board)
    leaves = (b.note for b in tree if not b.children and b.note.id in strung)
    if step.from_above:
        return [n for n in leaves if not any_above(tree, n, used)]
    return [n for n in leaves if n.id not in used]


def _broken_off(break_: _Break) -> Iterator[Finding]:
    earlier, step, orphans = break_.earlier, break_.step, break_.orphans
    canvas = earlier.kinds[break_.first].title
    topics = list(dict.fromkeys([t.id for t in earlier.kind.topics] + [n.topic for n in orphans]))
    groups = [[n for n in orphans if n.topic == topic] for topic in topics]
    if not step.together:
        groups = [[note] for group in groups for note in group]
    for group in filter(None, groups):
        first = group[0]
        yield Finding(
            step.rule,
            step.severity,
            replace(earlier.board.id, topic=first.topic),
            Message(
                step.text,
                {
                    "spoken": [n.spoken for n in group],
                    "text": first.text,
                    "canvas": Message(canvas),
                },
            ),
            Message(step.advice),
            note=first.spoken if len(group) == 1 else "",
            source=SOURCE,
        )
