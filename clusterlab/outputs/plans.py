"""Pictures of plans: schedule, network, trees, and the golden thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Literal

from clusterlab.errors import N_, Message
from clusterlab.figures import (
    GanttChart,
    GanttRow,
    NetworkChart,
    NetworkLink,
    NetworkTask,
    ThreadBox,
    ThreadChart,
    ThreadColumn,
    Tick,
    TreeChart,
    TreeNode,
    draw_gantt,
    draw_network,
    draw_thread,
    draw_tree,
)
from clusterlab.figures.gantt import DEADLINE, LATE, MILESTONE, SUMMARY
from clusterlab.figures.parts import figure
from clusterlab.figures.tree import LOOK
from clusterlab.language import Language
from clusterlab.methods import (
    Dependency,
    Plan,
    ScheduledTask,
    Sheet,
    Thread,
    forest,
    plan_of,
    thread,
)
from clusterlab.methods.tasklist import plain_link, written_lag
from clusterlab.methods.values import text_of
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.pictures import named, picture
from clusterlab.outputs.scheduling import CRITICAL, NEAR, plan_in_words
from clusterlab.outputs.twins import listed, network_lines, thread_lines
from clusterlab.outputs.types import Data, Fact, Picture

#: What the tree of a method is called.
_TREES = {"schedule": N_("Work breakdown structure"), "smart": N_("Goal tree")}
NO_TASKS = N_("No tasks have been written down yet.")
#: Working days between two dates of a time axis, and the most dates that it has.
_STEPS, _MOST = (1, 5, 10, 20, 40, 65, 130, 260, 520), 9
#: Before kinds of this method, only what something takes up is drawn: a SWOT would fill pages.
_GOALS = "smart"
#: What lacks something to take it up, by the method of its canvas.
_WITHOUT = {
    "survey": N_("findings without a note of the SWOT: {names}"),
    "swot": N_("threats and opportunities without a strategy: {names}"),
    "tows": N_("strategies without a goal: {names}"),
    "smart": N_("goals without a task or an indicator: {names}"),
    "schedule": N_("tasks without a row of the RACI matrix: {names}"),
}


def gantt(draws: Draws, sheet: Sheet) -> Picture:
    """Draw the schedule as bars over time."""
    plan, language = plan_of(sheet), draws.language
    tasks = plan.schedule.tasks
    before: dict[str, list[str]] = {}
    for link in plan.schedule.links:
        before.setdefault(link.after, []).append(link.before)
    chart = GanttChart(
        language.gettext(N_("Gantt chart")),
        tuple(
            GanttRow(
                t.task.name,
                t.early_start,
                t.early_finish,
                spoken=t.task.id,
                kind=_kind(t),
                critical=t.critical,
                near=plan.near_critical(t),
                total_float=max(t.total_float, 0),
                deadline=t.task.deadline,
                level=t.level,
                after=tuple(before.get(t.task.id, ())),
            )
            for t in tasks
        ),
        ticks=tuple(_ticks(plan, language)),
        unit="" if plan.timeline else language.gettext(N_("working days")),
        description=_message(draws, plan),
    )
    lines = [f"{chart.unit}:"] if chart.unit else []
    lines += [_line(draws, sheet, plan, t, before.get(t.task.id, ())) for t in tasks]
    return picture(draws, sheet, chart, draw_gantt, lines=lines, data=_bars(plan, language, before))


def _kind(task: ScheduledTask) -> Literal["task", "summary", "milestone"]:
    """Tell how a task is drawn: a milestone that takes time is a bar."""
    if task.summary:
        return "summary"
    return "milestone" if task.milestone and not task.duration else "task"


def _lag(link: Dependency) -> str:
    """Write a lag as short as there is room for; of a number alone, it is working days."""
    return written_lag(link).removesuffix("d") if link.measure == "working" else written_lag(link)


def _ticks(plan: Plan, language: Language) -> Iterator[Tick]:
    if plan.timeline is None:
        return
    deadlines = (t.task.deadline or 0 for t in plan.schedule.tasks)
    length = max(plan.schedule.length, plan.schedule.end, *deadlines, 1)
    step = next((s for s in _STEPS if length / s < _MOST), length / _MOST)
    for number in count():
        at = number * step
        day = plan.timeline.begins(at)
        if at > length or day is None:
            return
        yield Tick(at, language.short_date(day))


def _bars(plan: Plan, language: Language, after: Mapping[str, Sequence[str]]) -> Data:
    """Give the bars as numbers: working days before each task, and those that it takes."""
    labels = (
        N_("Task"),
        N_("Working days before it"),
        N_("Working days"),
        N_("Earliest start"),
        N_("Earliest finish"),
        N_("Total float"),
        N_("Sign"),
        N_("Deadline"),
        N_("After"),
    )

    def row(found: ScheduledTask) -> tuple[str | float | None, ...]:
        days = (language.say(d) if isinstance(d, Message) else str(d) for d in plan.early(found))
        signs = listed(*map(language.gettext, _signs(plan, found)))
        length = found.early_finish - found.early_start
        name, names = f"{found.task.id} {found.task.name}", ", ".join(after.get(found.task.id, ()))
        limit = text_of(plan.notes[found.task.id].get("deadline"))
        more = (found.total_float, signs or None, limit or None, names or None)
        return (name, found.early_start, length, *days, *more)

    rows = tuple(map(row, plan.schedule.tasks))
    return Data(tuple(map(language.gettext, labels)), rows, "stack", (1, 2))


def _signs(plan: Plan, task: ScheduledTask) -> list[str]:
    """Name what a task is drawn as, where that is no plain bar."""
    sign = CRITICAL if task.critical else NEAR if plan.near_critical(task) else ""
    kind = {"summary": SUMMARY, "milestone": MILESTONE}.get(_kind(task), "")
    late = LATE if task.task.deadline is not None and task.late else ""
    return [word for word in (kind, sign, late) if word]


def _line(
    draws: Draws, sheet: Sheet, plan: Plan, task: ScheduledTask, before: Sequence[str]
) -> str:
    """Say of a task all that its bar shows: days, signs, float, deadline and what it waits for."""
    language = draws.language
    say = language.gettext
    first, last = plan.early(task)
    spare = 0 if task.summary else task.total_float
    due = task.task.deadline is not None
    field = next((f for f in sheet.kind.fields if f.id == "deadline"), None)
    deadline = plan.notes[task.task.id].get("deadline") if due and field else None
    told = listed(
        language.say(N_("{first} – {last}"), first=first, last=last),
        *map(say, _signs(plan, task)),
        f"{say(N_('Float'))} {figure(language, spare)}" if spare > 0 else "",
        f"{say(DEADLINE)} {draws.value(field, deadline)}" if field and deadline else "",
        language.say(N_("after {names}"), names=", ".join(before)) if before else "",
    )
    return f"{task.task.id} {task.task.name}: {told}"


def _message(draws: Draws, plan: Plan) -> str:
    return " ".join(plan_in_words(draws, plan)) or draws.language.gettext(NO_TASKS)


def network(draws: Draws, sheet: Sheet) -> Picture:
    """Draw what waits for what, with the earliest and latest times."""
    plan, language = plan_of(sheet), draws.language
    tasks = [t for t in plan.schedule.tasks if not t.summary]
    known = {t.task.id for t in tasks}
    links = [k for k in plan.schedule.links if {k.before, k.after} <= known]
    chart = NetworkChart(
        language.gettext(N_("Activity network")),
        tuple(
            NetworkTask(
                t.task.id,
                t.task.name,
                t.early_start,
                t.early_finish,
                t.late_start,
                t.late_finish,
                t.total_float,
                t.critical,
                plan.near_critical(t),
            )
            for t in tasks
        ),
        tuple(
            NetworkLink(
                k.before,
                k.after,
                k.critical,
                "" if plain_link(k.link) else f"{k.relation}{_lag(k.link)}",
            )
            for k in links
        ),
        description=_message(draws, plan),
    )
    lines = network_lines(language, chart)
    return picture(draws, sheet, chart, draw_network, lines=lines)


def tree(draws: Draws, sheet: Sheet) -> Picture:
    """Draw notes that are part of others as a tree."""
    language, found = draws.language, forest(sheet.board)
    odd = {spoken for spoken, _ in found.unknown} | {s for circle in found.circles for s in circle}
    branches = list(found)
    chart = TreeChart(
        language.gettext(_TREES.get(sheet.kind.method, N_("Tree"))),
        tuple(
            TreeNode(
                b.note.id,
                b.note.text,
                b.parent,
                b.called or b.number,
                b.note.spoken in odd,
            )
            for b in branches
        ),
        language.say(
            N_("{count} notes in a tree with {roots} at the top, {levels} levels deep."),
            count=len(branches),
            roots=len(found.roots()),
            levels=max((b.depth + 1 for b in branches), default=0),
        ),
    )
    mark = language.gettext(LOOK)
    lines = [
        f"{b.called or b.number} {b.note.text}" + (f" ({mark})" if node.mark else "")
        for b, node in zip(branches, chart.nodes, strict=True)
    ]
    return picture(draws, sheet, chart, draw_tree, lines=lines)


def thread_picture(draws: Draws, sheet: Sheet) -> Picture:
    """Draw what takes up what, over all canvases of the cluster, and where it breaks off."""
    language, found = draws.language, thread(sheet)
    say = language.gettext
    kept = _kept(found, {i for i, kind in sheet.kinds.items() if kind.method == _GOALS})
    nodes = [n for n in found.nodes if n.id in kept]
    broken = "; ".join(_broken_off(draws, sheet, found))
    text = N_("{count} notes on the thread. It breaks off at: {names}.")
    whole = N_("{count} notes on the thread; it breaks off nowhere.")
    chart = ThreadChart(
        say(N_("What takes up what")),
        tuple(
            ThreadColumn(
                say(sheet.kinds[canvas].title),
                tuple(
                    ThreadBox(n.spoken, n.text, n.open, n.id) for n in nodes if n.canvas == canvas
                ),
            )
            for canvas in found.canvases
            if any(n.canvas == canvas for n in nodes)
        ),
        tuple((e.earlier, e.later) for e in found.edges if {e.earlier, e.later} <= kept),
        language.say(text if broken else whole, count=len(nodes), names=broken),
    )
    lines = thread_lines(language, chart)
    left = len(found.nodes) - len(nodes)
    told = language.say(
        N_("{count} notes of the analysis that nothing here builds on are left out."), count=left
    )
    notes = (Fact(say(N_("Not drawn:")), told),) if left else ()
    return picture(draws, sheet, chart, draw_thread, *notes, lines=lines)


def _broken_off(draws: Draws, sheet: Sheet, found: Thread) -> Iterator[str]:
    """Say by canvas what nothing takes up, whether it is drawn or not."""
    language = draws.language
    for canvas in found.canvases:
        names = [n.spoken for n in found.nodes if n.canvas == canvas and n.open]
        if names:
            kind = sheet.kinds[canvas]
            text = _WITHOUT.get(kind.method, N_("{canvas}: {names}"))
            title = language.gettext(kind.title)
            yield language.say(text, names=named(language, names), canvas=title)


def _kept(found: Thread, canvases: set[str]) -> set[str]:
    """Give the ids of what is drawn: goals and what follows, and all that they build on."""
    goals = min((n.stage for n in found.nodes if n.canvas in canvases), default=None)
    if goals is None:
        joined = {i for e in found.edges for i in (e.earlier, e.later)}
        return joined or {n.id for n in found.nodes}
    kept = {n.id for n in found.nodes if n.stage >= goals}
    before: dict[str, list[str]] = {}
    for edge in found.edges:
        before.setdefault(edge.later, []).append(edge.earlier)
    todo = list(kept)
    while todo:
        for earlier in before.get(todo.pop(), ()):
            if earlier not in kept:
                kept.add(earlier)
                todo.append(earlier)
    return kept
