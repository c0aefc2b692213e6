"""Charts of Excel's own, drawn from the cells of their sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clusterlab.sheets.fitting import outside
from clusterlab.sheets.looks import BROWN, INK, PAPER, SOFT, TEAL


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that Excel draws of a table on the same sheet.

    Parameters
    ----------
    kind
        ``bars``, ``stack`` (the first value stays blank: bars begin where it ends) or ``points``
        (two values: across and up).
    title, description
        What stands above it, and what screen readers say.
    first, last
        First and last row of its data; the row above the first names the columns.
    names, values
        The columns of what things are called and of their values.
    low, high
        Ends of the axis of values, where they are known.
    """

    kind: str
    title: str
    description: str
    first: int
    last: int
    names: int
    values: tuple[int, ...]
    low: float | None = None
    high: float | None = None


#: XlsxWriter's types of charts, by ours.
CHARTS: Mapping[str, Mapping[str, str]] = {
    "bars": {"type": "bar"},
    "stack": {"type": "bar", "subtype": "stacked"},
    "points": {"type": "scatter"},
}
# Series differ in more than colour: the second one is hatched.
_FILLS: tuple[Mapping[str, Any], ...] = (
    {"fill": {"color": TEAL}, "border": {"color": TEAL}},
    {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": BROWN, "bg_color": PAPER},
        "border": {"color": BROWN},
    },
    {"pattern": {"pattern": "percent_50", "fg_color": SOFT, "bg_color": PAPER}},
)


def draw_chart(drawn: Any, name: str, chart: Chart, colours: Mapping[str, str]) -> None:
    """Fill one of XlsxWriter's charts.

    Parameters
    ----------
    drawn
        An empty chart of the type that `CHARTS` gives.
    name
        Of the sheet that holds its data.
    colours
        Those that stand for ours, by ours.
    """
    for number, values in enumerate(chart.values):
        if chart.kind == "points" and not number:
            continue
        drawn.add_series(_coloured(_series(name, chart, number, values), colours))
    drawn.set_title({"name": "–", "name_font": {"size": 12, "color": INK}})
    # Set as an option, a title such as “Vote!A1” would be taken for a reference to a cell.
    drawn.title.name = outside(chart.title)
    values_axis = {"min": chart.low, "max": chart.high, "major_gridlines": {"visible": True}}
    if chart.kind == "points":
        heads = [(name, chart.first - 1, column) for column in chart.values]
        drawn.set_x_axis({**values_axis, "name": list(heads[0])})
        drawn.set_y_axis({**values_axis, "name": list(heads[1])})
        drawn.set_legend({"none": True})
    else:
        drawn.set_y_axis({"reverse": True, "num_font": {"color": INK}})
        # The axis of values stands at the bottom although the names run downwards.
        drawn.set_x_axis({**values_axis, "label_position": "low"})
        drawn.set_legend({"position": "bottom"})
        if chart.kind == "stack":
            drawn.set_legend({"none": True})
    rows = chart.last - chart.first + 1
    drawn.set_size({"width": 640, "height": max(280, min(60 + 34 * rows, 1600))})


def _coloured(facts: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    """Put own colours in the place of ours, wherever a series says one."""
    found: dict[str, Any] = {}
    for key, value in facts.items():
        if isinstance(value, Mapping):
            found[key] = _coloured(value, colours)
        else:
            found[key] = colours.get(value, value) if isinstance(value, str) else value
    return found


def _series(name: str, chart: Chart, number: int, values: int) -> dict[str, Any]:
    first, last = chart.first, chart.last
    facts: dict[str, Any] = {
        "name": [name, first - 1, values],
        "categories": [name, first, chart.names, last, chart.names],
        "values": [name, first, values, last, values],
    }
    if chart.kind == "points":
        spoken = [{"value": f"='{name.replace(chr(39), chr(39) * 2)}'!$A${row + 1}"}
                  for row in range(first, last + 1)]  # fmt: skip
        marker = {"type": "circle", "size": 8, "fill": {"color": TEAL}, "border": {"color": INK}}
        across = [name, first, chart.values[0], last, chart.values[0]]
        labels = {"custom": spoken, "value": True, "position": "right"}
        return {**facts, "categories": across, "marker": marker, "data_labels": labels}
    if chart.kind == "stack" and not number:
        return {**facts, "fill": {"none": True}, "border": {"none": True}}
    if chart.kind == "stack":
        return {**facts, **_FILLS[0], "gap": 60}
    return {**facts, **_FILLS[number % len(_FILLS)], "data_labels": {"value": True}, "gap": 60}
