"""The schedule of a canvas of tasks, and who has how much to do, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from clusterlab.errors import N_, Message
from clusterlab.methods import Plan, ResourceLoad, ScheduledTask, Sheet, plan_of
from clusterlab.methods.workdays import WEEK
from clusterlab.model import Note
from clusterlab.outputs.draws import Draws
from clusterlab.outputs.types import Column, Fact, Item, Row, Table

_PATHS = 3  # critical paths that are written out
_TASKS = 40  # tasks that a sentence names
#: Says of a task in words, so that nothing hangs on a colour.
CRITICAL = N_("critical")
NEAR = N_("near critical")
UNSCHEDULED = N_("no dates")
MILESTONE = N_("milestone")


def schedule_table(draws: Draws, sheet: Sheet) -> Table:
    """Draw the tasks with their dates and floats."""
    plan, say = plan_of(sheet), draws.language.gettext
    found = {t.task.id: t for t in plan.schedule.tasks}
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(sheet.kind.text_label), wide=True),
        Column("duration", say(N_("Working days"))),
        Column("early-start", say(N_("Earliest start"))),
        Column("early-finish", say(N_("Earliest finish"))),
        Column("late-start", say(N_("Latest start"))),
        Column("late-finish", say(N_("Latest finish"))),
        Column("total-float", say(N_("Total float")), say(N_("Days it can slip"))),
        Column(
            "free-float", say(N_("Free float")), say(N_("Days it can slip without moving others"))
        ),
        Column("sign", say(N_("Sign"))),
    )

    def row(name: str, note: Note) -> Row:
        item = replace(draws.item(sheet.kind, note), details=())
        task = found.get(name)
        cells = tuple(_cells(draws, plan, task)) if task else ("",) * 7 + (say(UNSCHEDULED),)
        return Row(item, (note.spoken, note.text, *cells))

    summary = " ".join(plan_in_words(draws, plan))
    title = say(N_("Schedule"))
    return Table(
        title=title,
        subtitle=draws.subtitle(sheet.kind, sheet.board),
        summary=summary,
        alt=f"{title}. {summary}",
        context=draws.at(sheet.board),
        kind=sheet.kind.id,
        prompt=say(sheet.kind.blocks[0].prompt),
        columns=columns,
        rows=tuple(row(name, note) for name, note in plan.notes.items()),
        footnotes=(*_footnotes(draws, plan), *draws.footnotes(sheet.board)),
    )


def load_table(draws: Draws, sheet: Sheet) -> Table:
    """Draw who has how much to do, and when that is too much."""
    plan, say = plan_of(sheet), draws.language.gettext
    loads = plan.load()
    columns = (
        Column("spoken", say(N_("No."))),
        Column("text", say(N_("Who")), wide=True),
        Column("days", say(N_("Working days")), say(N_("In all"))),
        Column("peak", say(N_("Most on a day"))),
        Column("too-much", say(N_("Too much")), say(N_("Over 100 % of a day")), wide=True),
    )

    def row(number: int, load: ResourceLoad) -> Row:
        spoken = str(number)
        cells = (
            draws.language.number(load.days),
            draws.language.say(N_("{load} %"), load=load.peak),
            "\n".join(_overloads(draws, plan, load)),
        )
        return Row(
            Item(f"resource-{spoken}", spoken, load.resource), (spoken, load.resource, *cells)
        )

    title = say(N_("Who has how much to do"))
    count = sum(any(not load.team(over) for over in load.overloads) for load in loads)
    alt = draws.language.say(
        N_("People or roles: {total}, of them with too much to do: {count}."),
        total=len(loads),
        count=count,
    )
    return Table(
        title=title,
        subtitle=draws.subtitle(sheet.kind, sheet.board),
        summary=say(N_("Every task is taken to be worked on as early as it can be.")),
        alt=f"{title}. {alt}",
        context=draws.at(sheet.board),
        kind=sheet.kind.id,
        prompt=say(N_("Who works on which task? Write it under “Who”.")),
        columns=columns,
        rows=tuple(row(number, load) for number, load in enumerate(loads, 1)),
    )


def _cells(draws: Draws, plan: Plan, found: ScheduledTask) -> Iterator[str]:
    number, say = draws.language.number, draws.language.gettext
    yield number(found.duration)
    yield from (_when(draws, day) for day in (*plan.early(found), *plan.late(found)))
    yield number(found.total_float)
    yield number(found.free_float)
    signs = [
        (found.critical, CRITICAL),
        (plan.near_critical(found), NEAR),
        (found.milestone, MILESTONE),
    ]
    yield ", ".join(say(text) for holds, text in signs if holds)


def _when(draws: Draws, day: date | Message) -> str:
    return draws.language.say(day) if isinstance(day, Message) else draws.language.date(day)


def plan_in_words(draws: Draws, plan: Plan) -> Iterator[str]:
    """Say when all can be done, what has no dates or is late, and which tasks decide it."""
    found, say = plan.schedule, draws.language.say
    if not found.tasks:
        return
    whole = N_("Everything can be done by {end}. Working days from the start: {days}.")
    part = N_("What has dates can be done by {end}. Working days from the start: {days}.")
    end = plan.span(0, found.length)[1]
    yield say(part if found.unscheduled else whole, end=end, days=found.length)
    if found.unscheduled:
        yield say(N_("Without dates: {tasks}."), tasks=", ".join(_few(found.unscheduled)))
    if late := [t for t in found.tasks if t.late]:
        told = [f"{t.task.id} ({draws.language.number(t.late)})" for t in late]
        yield say(N_("Too late, with the working days: {tasks}."), tasks=", ".join(_few(told)))
    for path in found.critical_paths[:_PATHS]:
        yield say(N_("Critical path: {tasks}."), tasks=" → ".join(_few(path)))
    if found.critical_path_count > _PATHS:
        yield say(N_("Critical paths in all: {count}."), count=found.critical_path_count)
    near = [t.task.id for t in found.tasks if plan.near_critical(t) and not t.summary]
    if near:
        text = N_("Near critical, with at most {days} working days of float more: {tasks}.")
        yield say(text, days=plan.near_days, tasks=", ".join(_few(near)))


def _footnotes(draws: Draws, plan: Plan) -> Iterator[Fact]:
    say = draws.language.gettext
    if not plan.schedule.tasks:
        return
    yield Fact(
        say(N_("Critical:")),
        say(
            N_("tasks with the least total float of all. If one of them slips, the end or a "
               "deadline does too.")
        ),
    )  # fmt: skip
    if plan.by_the_clock:
        text = N_(
            "{tasks}: nights, weekends and holidays count there; work goes on from 8 to 12 and "
            "from 13 to 17 o’clock."
        )
        named = ", ".join(_few(plan.by_the_clock))
        yield Fact(say(N_("By the clock:")), draws.language.say(text, tasks=named))
    if any(map(plan.near_critical, plan.schedule.tasks)):
        text = N_(
            "tasks with at most {days} working days of total float more than the critical ones; "
            "this workshop’s choice."
        )
        yield Fact(say(N_("Near critical:")), draws.language.say(text, days=plan.near_days))
    if plan.timeline is None:
        yield Fact(
            say(N_("Days:")),
            say(N_("nobody has said when work starts, so working days are numbered from 1.")),
        )
        return
    start, off = plan.span(0, 0)[0], len(plan.timeline.calendar.holidays)
    some = N_("work starts on {day}; Monday to Friday are worked, but for {count} holidays.")
    none = N_("work starts on {day}; Monday to Friday are worked, no holidays are known.")
    week = plan.timeline.calendar.weekdays
    if week != WEEK:
        some = N_("work starts on {day}; worked are: {days}; holidays: {count}. A length of a "
                  "week is five working days.")  # fmt: skip
        none = N_("work starts on {day}; worked are: {days}; no holidays are known. A length of a "
                  "week is five working days.")  # fmt: skip
    days = ", ".join(map(draws.language.weekday, week))
    told = draws.language.say(some if off else none, day=start, days=days, count=off)
    yield Fact(say(N_("Days:")), told)


def _overloads(draws: Draws, plan: Plan, load: ResourceLoad) -> Iterator[str]:
    for over in load.overloads:
        first, last = plan.span(over.first, over.last + 1)
        team = N_("{first} – {last}: {load} % ({tasks}), unless it is several people")
        yield draws.language.say(
            team if load.team(over) else N_("{first} – {last}: {load} % ({tasks})"),
            first=first,
            last=last,
            load=over.peak,
            tasks=", ".join(_few(over.tasks)),
        )


def _few(names: Sequence[str]) -> Sequence[str]:
    """Give names as far as a sentence can hold them, the last among them."""
    return names if len(names) <= _TASKS else (*names[: _TASKS - 1], "…", names[-1])
