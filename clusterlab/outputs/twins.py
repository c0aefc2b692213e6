"""Pictures in words: what each says, line by line, its legend, and what each part of it shows.

Who cannot see a picture, prints it small or opens it in a mail has the same from these lines: every
text, every number and what every sign means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from clusterlab.errors import N_
from clusterlab.figures import (
    Axis,
    Drawing,
    GapChart,
    NetworkChart,
    NetworkTask,
    QuadrantChart,
    QuadrantItem,
    ThreadChart,
)
from clusterlab.figures.gaps import GAP
from clusterlab.figures.network import FINISH, FLOAT, LATE_FINISH, LATE_START, START
from clusterlab.figures.parts import figure, said
from clusterlab.language import Language
from clusterlab.outputs.types import Fact

ORPHAN = N_("nothing takes it up")
CRITICAL, NEAR = N_("critical"), N_("near critical")
_NUMBERED = re.compile(r"(.*?)([0-9]+)")
_PART = N_("Part {number} of {count}.")
_SHOWS = N_("Part {number} of {count}: {names}.")


def legend_of(drawings: Sequence[Drawing]) -> tuple[Fact, ...]:
    """Give what the signs of some drawings look like and mean; each is told once."""
    told = dict.fromkeys(meaning for drawing in drawings for meaning in drawing.meanings)
    return tuple(Fact(look, meaning) for look, meaning in told)


def parts_of(language: Language, drawings: Sequence[Drawing]) -> tuple[str, ...]:
    """Say of each of several drawings which things it shows; nothing of a single one."""
    if len(drawings) == 1:
        return ()
    told = []
    for number, drawing in enumerate(drawings, 1):
        names = ", ".join(ranges(drawing.things))
        text = _SHOWS if names else _PART
        told.append(language.say(text, number=number, count=len(drawings), names=names))
    return tuple(told)


def ranges(names: Iterable[str]) -> list[str]:
    """Shorten what is numbered: T1, T2, T3 is T1–T3."""
    found: list[list[str]] = []
    for name in names:
        before = _NUMBERED.fullmatch(found[-1][-1]) if found else None
        this = _NUMBERED.fullmatch(name)
        if before and this and before[1] == this[1] and int(before[2]) + 1 == int(this[2]):
            found[-1].append(name)
        else:
            found.append([name])
    return [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found]


def listed(*parts: str) -> str:
    """Put what there is of some parts into a line."""
    return ", ".join(part for part in parts if part)


# ---- four quarters ----


def quadrant_lines(
    language: Language,
    chart: QuadrantChart,
    held: Mapping[str, Sequence[str]],
    items: Iterable[str] | None = None,
) -> list[str]:
    """Say what the axes are, what lies in each quarter, and where each thing lies.

    Parameters
    ----------
    held
        Spoken ids of the things in each quarter, by its name.
    items
        A line for each thing, where it needs other words than its two numbers.
    """
    axes = ((N_("Across: {axis}."), chart.x), (N_("Up: {axis}."), chart.y))
    lines = [language.say(text, axis=_axis(language, axis)) for text, axis in axes]
    lines += [f"{name}: {', '.join(held[name]) or '–'}" for name in chart.names]
    if items is None:
        items = (_placed(language, chart, item) for item in chart.items)
    return [*lines, *items]


def _axis(language: Language, axis: Axis) -> str:
    low, high = (
        f"{figure(language, value)} = {text}" if text else figure(language, value)
        for value, text in zip((axis.low, axis.high), axis.ends, strict=True)
    )
    text = N_("{name}, from {low} to {high}")
    return language.say(text, name=axis.label, low=low, high=high)


def _placed(language: Language, chart: QuadrantChart, item: QuadrantItem) -> str:
    cost = chart.value_label and item.value is not None
    told = listed(
        f"{chart.x.label} {figure(language, item.x)}",
        f"{chart.y.label} {figure(language, item.y)}",
        f"{chart.value_label} {figure(language, item.value or 0)}" if cost else "",
        chart.mark_label if item.mark else "",
    )
    return f"{said(item.spoken, item.label)}: {told}"


# ---- plans ----


def network_lines(language: Language, chart: NetworkChart) -> list[str]:
    """Say what each task waits for, and its times."""
    before: dict[str, list[str]] = {}
    for link in chart.links:
        before.setdefault(link.after, []).append(f"{link.before} {link.label}".strip())

    def line(task: NetworkTask) -> str:
        start = " ← ".join([said(task.spoken, task.label), *before.get(task.spoken, ())])
        return f"{start}: {_times(language, task)}"

    return [line(task) for task in chart.tasks]


def _times(language: Language, task: NetworkTask) -> str:
    numbers = (
        (START, task.early_start),
        (FINISH, task.early_finish),
        (LATE_START, task.late_start),
        (LATE_FINISH, task.late_finish),
        (FLOAT, task.total_float),
    )
    sign = CRITICAL if task.critical else NEAR if task.near else ""
    told = (f"{language.gettext(word)} {figure(language, number)}" for word, number in numbers)
    return listed(*told, language.gettext(sign) if sign else "")


def thread_lines(language: Language, chart: ThreadChart) -> list[str]:
    """Say column by column what each note says, what takes it up, and where the thread breaks."""
    spoken = {b.key: b.spoken for column in chart.columns for b in column.boxes}
    after: dict[str, list[str]] = {}
    for earlier, later in chart.links:
        after.setdefault(earlier, []).append(spoken.get(later, later))
    lines = []
    for column in chart.columns:
        lines.append(f"{column.label}:")
        for box in column.boxes:
            joined = ", ".join(after.get(box.key, ()))
            line = said(box.spoken, box.text) + (f" → {joined}" if joined else "")
            lines.append(f"{line} ({language.gettext(ORPHAN)})" if box.orphan else line)
    return lines


# ---- ratings ----


def gap_lines(language: Language, chart: GapChart) -> Iterator[str]:
    """Say level by level where each thing stands, in the groups in which they are drawn."""
    for group, items in groupby(chart.items, lambda item: item.group):
        if group:
            yield f"{group}:"
        for item in items:
            today, target = item.today, item.target
            levels = " → ".join("?" if v is None else figure(language, v) for v in (today, target))
            gap = "" if today is None or target is None else signed_figure(language, target - today)
            more = f"{language.gettext(GAP)} {gap}" if gap else ""
            yield f"{said(item.spoken, item.label)}: {listed(levels, more)}"


def signed_figure(language: Language, number: float) -> str:
    """Write a difference as pictures do."""
    return ("+" if number > 0 else "") + figure(language, number)
