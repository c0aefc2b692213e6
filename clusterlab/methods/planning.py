"""Tasks: what keeps a plan from being scheduled, and what it says that cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from clusterlab.errors import N_, Message
from clusterlab.methods.finding import Finding, Severity
from clusterlab.methods.network import Problem
from clusterlab.methods.sheet import Sheet
from clusterlab.methods.tasks import Plan, plan_of
from clusterlab.methods.values import day_of
from clusterlab.model import Note, one_line

SOURCE = "Kelley & Walker 1959"
LATE_SOURCE = N_("PMBOK Guide: float below zero says how many days are missing")
LOAD_SOURCE = N_("Project practice: nobody has more than a day’s work on a day")
_SOURCES = {"late": LATE_SOURCE, "overload": LOAD_SOURCE, "team": LOAD_SOURCE}
START = N_("Tell who runs the workshop: its first day is missing (“starts” in workshop.toml).")
_NAMED = 40  # characters of a task's name in a sentence
_MANY = 12  # tasks that a sentence names

#: How a rule says something: rule, severity, note, what does not hold, what to do, and fields.
_Say = Callable[..., Finding]


def check_schedule(sheet: Sheet) -> list[Finding]:
    """Check the plan that a canvas of tasks makes.

    Rules: ``schedule-cycle`` (tasks wait for each other), ``schedule-held`` (tasks that wait for
    such), ``schedule-self``, ``schedule-summary`` and ``schedule-unknown`` (a task waits for
    itself, for the start of all parts of another and the like, for none that exists),
    ``schedule-unreadable`` (a field cannot be read), ``schedule-duration`` (no duration, or none
    that can be), ``schedule-milestone`` (a milestone that takes time), ``schedule-late`` (a
    deadline that cannot be met, by how many days), ``schedule-start`` (deadlines or elapsed times,
    but no day on which work starts), ``schedule-goal`` (a task that ends after the deadline of a
    goal that it is linked to), ``schedule-overload`` (somebody has more than a day's work on a
    day), ``schedule-team`` (a name has a share above 100 %, so that it may be that of several
    people), ``schedule-place`` (a task waits for one that it names by its place, which is another's
    once tasks are moved).
    """
    plan = plan_of(sheet)

    def say(
        rule: str, severity: Severity, spoken: str, text: str, hint: str, **fields: Any
    ) -> Finding:
        return Finding(
            f"schedule-{rule}",
            severity,
            sheet.board.id,
            Message(text, {"spoken": spoken, **fields}),
            Message(hint),
            note=spoken,
            source=_SOURCES.get(rule, SOURCE),
        )

    summaries = {t.task.id for t in plan.schedule.tasks if t.summary}
    found = [f for p in plan.schedule.problems for f in _dependency(p, summaries, say)]
    found += [f for p in plan.schedule.problems for f in _cycle(plan, p, say)]
    found += [f for p in plan.schedule.problems for f in _duration(p, say)]
    found += _unread(plan, sheet, say)
    found += _placed(plan, say)
    found += _milestones(plan, say)
    found += _late(plan, sheet, say)
    found += _after_goal(plan, sheet, say)
    found += _overloads(plan, say)
    return found


def _dependency(problem: Problem, summaries: set[str], say: _Say) -> Iterator[Finding]:
    spoken, other = problem.task, problem.other
    match problem.fault:
        case "self":
            yield say(
                "self",
                "error",
                spoken,
                N_("{spoken} waits for itself."),
                N_("Take it out of its own “After”; the schedule passes it over there."),
            )
        case "summary" if spoken in summaries:
            yield say(
                "summary",
                "error",
                spoken,
                N_(
                    "{spoken} has parts of its own, and they cannot all wait for {other} like this."
                ),
                N_("Write it under “After” of one of its parts instead."),
                other=other,
            )
        case "summary":
            yield say(
                "summary",
                "error",
                spoken,
                N_("{spoken} cannot wait for all parts of {other} like this."),
                N_("Name one of its parts instead."),
                other=other,
            )
        case "unknown":
            yield say(
                "unknown",
                "error",
                spoken,
                N_("{spoken} waits for {other}, but there is no such task."),
                N_("Correct the number under “After”, or add the task."),
                other=other,
            )
        case "lag":
            yield say(
                "unreadable",
                "error",
                spoken,
                N_("{spoken} is to wait more than four centuries for {other}; the plan left that "
                   "out."),
                N_("Write the working days between the two under “After”, such as T2+3d."),
                other=other,
            )  # fmt: skip


def _cycle(plan: Plan, problem: Problem, say: _Say) -> Iterator[Finding]:
    if problem.fault == "cycle":
        ring = [*problem.tasks, problem.tasks[0]]
        yield say(
            "cycle",
            "error",
            problem.task,
            N_("These tasks wait for each other in a circle, so none can start: {tasks}."),
            N_("Ask of each whether it can start without the one before it here; where it can, "
               "take that one out of its “After”."),
            tasks=" → ".join(_named(plan, name) for name in _shown(ring)),
        )  # fmt: skip
    elif problem.fault == "held":
        yield say(
            "held",
            "warning",
            problem.task,
            N_("These tasks get no dates, since they wait for tasks in a circle: {tasks}."),
            N_("They get dates once that circle is open."),
            tasks=", ".join(_shown(problem.tasks)),
        )


def _duration(problem: Problem, say: _Say) -> Iterator[Finding]:
    if problem.fault == "missing":
        yield say(
            "duration",
            "warning",
            problem.task,
            N_("{spoken} does not say how long it takes; it was counted as one day."),
            N_("Estimate its working days. An event without work is a milestone."),
        )
    elif problem.fault == "odd":
        yield say(
            "duration",
            "error",
            problem.task,
            N_("{spoken} does not give its days as a number; it was counted as one day."),
            N_("Write a number such as 5 or 0.5, not below 0."),
        )


def _unread(plan: Plan, sheet: Sheet, say: _Say) -> Iterator[Finding]:
    labels = {field.id: field.label for field in sheet.kind.fields}
    for name, field, bad in plan.unread:
        yield say(
            "unreadable",
            "error",
            name,
            N_("{spoken}: “{part}” under “{field}” cannot be read, so the plan left it out. "
               "{reason}"),
            N_("Correct it there; what else stands in the field counts."),
            field=Message(labels.get(field, field)),
            part=bad.text,
            reason=bad.reason,
        )  # fmt: skip


def _placed(plan: Plan, say: _Say) -> Iterator[Finding]:
    for name, place, other in plan.placed:
        yield say(
            "place",
            "info",
            name,
            N_("{spoken} waits for “{place}”, which is {other} as the tree stands now."),
            N_("Write the number without points: it stays when others are moved."),
            place=place,
            other=other,
        )


def _milestones(plan: Plan, say: _Say) -> Iterator[Finding]:
    for found in plan.schedule.tasks:
        if found.task.milestone and found.duration > 0 and not found.summary:
            yield say(
                "milestone",
                "info",
                found.task.id,
                N_("{spoken} is a milestone, but takes time. Working days: {days}."),
                N_("Make the work a task of its own, and let the milestone follow it with 0 days."),
                days=_plain(found.duration),
            )


def _late(plan: Plan, sheet: Sheet, say: _Say) -> Iterator[Finding]:
    if plan.timeline is None and any(n.get("deadline") for n in sheet.board):
        yield say(
            "start",
            "info",
            "",
            N_("Nobody has said when work starts, so no deadline was compared with the schedule."),
            START,
        )
    if plan.timeline is None and (clocked := plan.by_the_clock):
        text = N_(
            "Weekends count in these tasks, or before them: {tasks}. Nobody has said when work "
            "starts; it was taken to be a Monday."
        )
        yield say(
            "start",
            "info",
            "",
            text,
            START,
            tasks=", ".join(_shown(clocked)),
        )
    for found in plan.schedule.tasks:
        if found.late > 0:
            text = N_(
                "{spoken} cannot keep its deadline: it ends on {finish} at the earliest. Working "
                "days too late: {days}."
            )
            yield say(
                "late",
                "error",
                found.task.id,
                text,
                N_("Shorten what it waits for, do more at the same time, or agree on a later day."),
                finish=plan.early(found)[1],
                days=_plain(found.late),
            )


def _after_goal(plan: Plan, sheet: Sheet, say: _Say) -> Iterator[Finding]:
    """Compare tasks with the deadlines of the goals that they are linked to."""
    cited, timeline = sheet.cited("smart"), plan.timeline
    if cited is None or timeline is None:
        return
    days = {goal.id: (goal.spoken, day_of(goal.get("deadline"))) for goal in cited.board}
    text = N_(
        "{spoken} serves {goal}, but ends on {finish} at the earliest, after that goal’s deadline. "
        "Working days too late: {days}."
    )
    for found in plan.schedule.tasks:
        for goal, day in (days[i] for i in plan.notes[found.task.id].links if i in days):
            if day and (late := found.early_finish - timeline.until(day)) > 0:
                yield say(
                    "goal",
                    "warning",
                    found.task.id,
                    text,
                    N_("Finish the task earlier, or agree on a later day for the goal."),
                    goal=goal,
                    finish=plan.early(found)[1],
                    days=_plain(late),
                )


def _overloads(plan: Plan, say: _Say) -> Iterator[Finding]:
    text = N_(
        "{who} has too much to do from {first} to {last}: up to {load} % of a day, for {tasks}."
    )
    team = N_(
        "Is {who} several people? From {first} to {last} there is work for up to {load} % of one "
        "person’s day: {tasks}."
    )
    for load in plan.load():
        for over in load.overloads:
            first, last = plan.span(over.first, over.last + 1)
            several = load.team(over)
            yield say(
                "team" if several else "overload",
                "info" if several else "warning",
                over.tasks[0],
                team if several else text,
                N_("If they are enough, all is well; if it is one person, lower a share.")
                if several
                else N_("Put one of these tasks later, lower a share, or ask somebody else."),
                who=one_line(load.resource)[:_NAMED],
                first=first,
                last=last,
                load=_plain(over.peak),
                tasks=", ".join(_shown(over.tasks)),
            )


def _shown(names: tuple[str, ...] | list[str]) -> list[str]:
    """Give as many names as a sentence can hold."""
    return list(names) if len(names) <= _MANY else [*names[: _MANY - 1], "…", names[-1]]


def _named(plan: Plan, name: str) -> str:
    """Give a task's spoken id and its name."""
    note: Note | None = plan.notes.get(name)
    text = one_line(note.text) if note else ""
    short = text if len(text) <= _NAMED else f"{text[:_NAMED]} …"
    return f"{name} “{short}”" if short else name


def _plain(number: float) -> float:
    """Give a number without a fraction of nothing, as people write it."""
    return int(number) if number == int(number) else number
