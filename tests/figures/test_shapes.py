"""What each picture shows, by where its parts lie."""

from datetime import date
from itertools import pairwise
from math import hypot
from xml.etree import ElementTree as ET

import pytest

from clusterlab.figures import (
    LANDSCAPE,
    PORTRAIT,
    Axis,
    Bar,
    BarChart,
    GanttChart,
    GanttRow,
    GapChart,
    GapItem,
    Indicator,
    NetworkChart,
    NetworkLink,
    NetworkTask,
    ProgressChart,
    QuadrantChart,
    QuadrantItem,
    RadarChart,
    RadarTrend,
    ThreadBox,
    ThreadChart,
    ThreadColumn,
    Tick,
    TreeChart,
    TreeNode,
    draw_bars,
    draw_gantt,
    draw_gaps,
    draw_network,
    draw_progress,
    draw_quadrants,
    draw_radar,
    draw_thread,
    draw_tree,
)
from clusterlab.figures.layers import lay_out
from clusterlab.language import Language

ENGLISH = Language("en", {})
SVG = "{http://www.w3.org/2000/svg}"


def at(drawings, text):
    """Find the label of this text."""
    (label,) = [x for d in drawings for x in d.labels if x.text == text]
    return label


def texts(drawings):
    return [label.text for d in drawings for label in d.labels]


def parts(drawing, tag, **wanted):
    found = ET.fromstring(drawing.svg).iter(SVG + tag)
    return [e for e in found if all(e.get(k) == v for k, v in wanted.items())]


def test_bars_are_as_long_as_their_numbers():
    bars = tuple(Bar(n, v, chosen=True) for n, v in (("a", 10), ("b", 5), ("c", -5)))
    (drawing,) = draw_bars(BarChart("t", bars, "votes"), ENGLISH)
    a, b, c = (float(r.get("width")) for r in parts(drawing, "rect", height="11"))
    assert a == pytest.approx(2 * b, abs=0.02)
    assert b == pytest.approx(c, abs=0.02)
    assert {"10 votes", "5 votes", "–5 votes"} <= set(texts([drawing]))


def test_bars_on_several_pages_have_one_scale():
    drawings = draw_bars(BarChart("t", tuple(Bar(f"b{n}", 60 - n) for n in range(60))), ENGLISH)
    assert len(drawings) > 1
    lengths = [float(r.get("width")) for d in drawings for r in parts(d, "rect", height="11")]
    assert lengths == sorted(lengths, reverse=True)
    assert len(lengths) == 60


def test_gaps_say_how_wide_they_are():
    items = (GapItem("a", 1, 3), GapItem("b", 4, 2.5), GapItem("c", 2, 2), GapItem("d"))
    found = texts(draw_gaps(GapChart("t", items, 1, 5), ENGLISH))
    assert {"+2", "–1.5", "0", "not rated"} <= set(found)


def test_a_group_that_goes_on_says_its_name_again():
    items = tuple(GapItem(f"i{n}", 1, 3, group="Skills") for n in range(60))
    drawings = draw_gaps(GapChart("t", items), ENGLISH)
    assert len(drawings) > 1
    assert all("Skills" in texts([d]) for d in drawings)


def test_indicators_have_their_own_scale_and_unit():
    items = (
        Indicator("Answers", "answers", 0, 20, 40, 49, "K1"),
        Indicator("Funding", "M€", 0.1, None, None, 2),
        Indicator("Later"),
    )
    drawings = draw_progress(ProgressChart("t", items), ENGLISH)
    assert {"in answers", "in M€", "without a unit", "not measured yet"} <= set(texts(drawings))
    # Both targets are the highest numbers of their pictures, so they lie equally high.
    assert at(drawings, "49").y == pytest.approx(at(drawings, "2").y)


def test_gantt_bars_follow_time():
    rows = (
        GanttRow("a", 0, 4, "T1"),
        GanttRow("b", 4, 12, "T2", critical=True, after=("T1",)),
        GanttRow("c", 12, 12, "M1", "milestone", after=("T2", "T9")),
    )
    (drawing,) = draw_gantt(GanttChart("t", rows, date(2026, 11, 2)), ENGLISH)
    bars = [r for r in parts(drawing, "rect", height="8") if float(r.get("x")) > 150]
    (first, second) = bars
    assert float(second.get("width")) == pytest.approx(2 * float(first.get("width")), abs=0.02)
    assert float(second.get("x")) == pytest.approx(
        float(first.get("x")) + float(first.get("width")), abs=0.02
    )
    assert second.get("fill") == "url(#hatch)"
    assert at([drawing], "a").y < at([drawing], "b").y < at([drawing], "c").y


def test_many_tasks_go_on_in_further_pictures_with_the_same_axis():
    rows = tuple(GanttRow(f"task {n}", n, n + 5, f"T{n}") for n in range(100))
    chart = GanttChart("t", rows, marks=(Tick(3, "Today"),), unit="days")
    drawings = draw_gantt(chart, ENGLISH)
    assert len(drawings) > 1
    assert [t for t in texts(drawings) if t.startswith("task")] == [r.label for r in rows]
    axes = [[x.x for x in d.labels if x.text in {"20", "40", "Today", "days"}] for d in drawings]
    assert all(axis == axes[0] for axis in axes)


def test_own_ticks_win():
    chart = GanttChart(
        "t", (GanttRow("a", 0, 4),), date(2026, 11, 2), (Tick(0, "Monday"), Tick(4, "Friday"))
    )
    found = texts(draw_gantt(chart, ENGLISH))
    assert {"Monday", "Friday"} <= set(found)
    assert not any("Nov" in t for t in found)


def tasks(*names):
    return tuple(NetworkTask(n, f"task {n}", 0, 1, 0, 1, 0) for n in names)


def test_a_task_lies_behind_all_that_it_waits_for():
    links = (("A", "B"), ("B", "C"), ("A", "C"), ("A", "D"), ("X", "D"), ("D", "D"))
    chart = NetworkChart("t", tasks("A", "B", "C", "D"), tuple(NetworkLink(*k) for k in links))
    drawings = draw_network(chart, ENGLISH)
    x = {n: at(drawings, n).x for n in "ABCD"}
    assert x["A"] < x["B"] < x["C"]
    assert x["B"] == pytest.approx(x["D"], abs=1)


def test_tasks_in_circles_are_drawn():
    links = (NetworkLink("A", "B"), NetworkLink("B", "A"), NetworkLink("B", "C"))
    drawings = draw_network(NetworkChart("t", tasks("A", "B", "C"), links), ENGLISH)
    assert {"A", "B", "C"} <= set(texts(drawings))


def test_long_networks_name_where_they_go_on():
    names = [f"T{n}" for n in range(14)]
    links = tuple(NetworkLink(a, b) for a, b in pairwise(names))
    drawings = draw_network(NetworkChart("t", tasks(*names), links), ENGLISH)
    found = texts(drawings)
    # Once as a task, once where a row ends or begins.
    twice = [n for n in names if found.count(n) == 2]
    assert twice == ["T4", "T5", "T9", "T10"]
    assert any("another row" in t for t in found)


def test_lines_pass_between_boxes():
    layout = lay_out([["a"], ["b", "c"], ["d"]], dict.fromkeys("abcd", 20), [("a", "d")], gap=10)
    ((column, y),) = layout.passes["a", "d"]
    assert column == 1
    assert not any(layout.tops[s] - 2 < y < layout.tops[s] + 22 for s in "bc")
    assert abs(layout.tops["b"] - layout.tops["c"]) >= 30


def test_children_lie_behind_their_parents():
    nodes = (TreeNode("2", "child", "1"), TreeNode("1", "root"), TreeNode("3", "leaf", "2"))
    drawings = draw_tree(TreeChart("t", nodes), ENGLISH)
    assert at(drawings, "root").x < at(drawings, "child").x < at(drawings, "leaf").x


def test_large_trees_are_indented_and_say_parents_again():
    nodes = [TreeNode("0", "root")]
    nodes += [
        TreeNode(f"{n}", f"node {n}", "0" if n % 8 == 1 else str(n - 1)) for n in range(1, 61)
    ]
    drawings = draw_tree(TreeChart("t", tuple(nodes)), ENGLISH)
    assert len(drawings) > 1
    assert {n.text for n in nodes} <= set(texts(drawings))
    assert any("page before" in t for t in texts(drawings[1:]))
    assert at(drawings, "node 9").x < at(drawings, "node 10").x < at(drawings, "node 11").x


def test_nodes_that_are_each_others_parents_are_drawn_once():
    nodes = (TreeNode("a", "one", "b"), TreeNode("b", "two", "a"), TreeNode("c", "self", "c"))
    found = texts(draw_tree(TreeChart("t", nodes), ENGLISH))
    assert sorted(found) == ["one", "self", "two"]


def test_many_trends_stay_in_their_cells():
    trends = tuple(RadarTrend(f"t{n}", n % 4, n // 4 % 3, 3, 2, f"P{n}") for n in range(24))
    chart = RadarChart("t", ("a", "b", "c", "d"), ("now", "soon", "later"), trends)
    (drawing,) = draw_radar(chart, ENGLISH)
    rings = [c for c in parts(drawing, "circle") if c.get("stroke-width") == "0.9"]
    middle = float(rings[0].get("cx")), float(rings[0].get("cy"))
    edges = sorted([0.0, *(float(c.get("r")) for c in rings)])
    for trend in trends:
        label = next(x for x in drawing.labels if x.text == trend.spoken)
        dx = label.x + label.width / 2 - middle[0]
        dy = label.y + label.height / 2 - middle[1]
        assert edges[trend.ring] < hypot(dx, dy) < edges[trend.ring + 1]
        # Segments begin at the top and go on clockwise.
        assert (dx > 0, dy < 0) == [(True, True), (True, False), (False, False), (False, True)][
            trend.segment
        ]


def test_a_crowded_cell_grows():
    trends = tuple(RadarTrend(f"t{n}", 0, 0, 3, 2, f"P{n}") for n in range(40))
    segments = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")
    drawings = draw_radar(RadarChart("t", segments, ("now", "later"), trends), ENGLISH)
    found = texts(drawings)
    assert all(found.count(t.spoken) == 2 for t in trends)  # its sign, and in the key
    assert {*segments, "now", "later"} <= set(found)


def test_more_segments_than_names_have_room_for_are_numbered():
    segments = tuple(f"segment {n}" for n in range(20))
    drawings = draw_radar(
        RadarChart("t", segments, ("now",), (RadarTrend("x", 3, 0),)), ENGLISH, PORTRAIT
    )
    found = texts(drawings)
    assert found.count("(4)") == 2
    assert set(segments) <= set(found)


def matrix(items):
    x, y = Axis("Effort", 1, 3, 5), Axis("Impact", 1, 3, 5)
    return QuadrantChart("t", x, y, ("A", "B", "C", "D"), tuple(items), "budget", "costly")


def test_few_things_are_named_in_the_picture_and_many_in_a_key():
    few = [QuadrantItem(f"thing {n}", n % 5 + 1, n % 3 + 1, spoken=f"T{n}") for n in range(6)]
    many = [QuadrantItem(f"thing {n}", n % 5 + 1, n % 3 + 1, spoken=f"T{n}") for n in range(40)]
    assert "T3 thing 3" in texts(draw_quadrants(matrix(few), ENGLISH))
    found = texts(draw_quadrants(matrix(many), ENGLISH))
    assert "thing 3" in found
    assert all(found.count(f"T{n}") == 2 for n in range(40))


def test_things_lie_where_their_numbers_say():
    items = [QuadrantItem("a", 1, 5), QuadrantItem("b", 5, 1), QuadrantItem("c", 99, -99)]
    (drawing,) = draw_quadrants(matrix(items), ENGLISH, LANDSCAPE)
    a, b, *_ = [(float(c.get("cx")), float(c.get("cy"))) for c in parts(drawing, "circle", r="5")]
    assert a[0] < b[0]
    assert a[1] < b[1]


def test_bubbles_have_areas_in_proportion_and_never_coincide():
    items = [QuadrantItem("a", 2, 2, 100), QuadrantItem("b", 2, 2, 25), QuadrantItem("c", 4, 4, 0)]
    (drawing,) = draw_quadrants(matrix(items), ENGLISH)
    circles = [c for c in parts(drawing, "circle") if c.get("fill-opacity")]
    radii = [float(c.get("r")) for c in circles]
    assert radii[0] == pytest.approx(2 * radii[1])
    assert radii[2] == 3
    assert len({(c.get("cx"), c.get("cy")) for c in circles}) == 3
    assert "Those at the same place lie around it" in texts([drawing])


def chain(count, orphans=()):
    columns = tuple(
        ThreadColumn(
            name,
            tuple(ThreadBox(f"{name}{n}", f"note {name}{n}", n in orphans) for n in range(count)),
        )
        for name in "STG"
    )
    links = [(f"{a}{n}", f"{b}{n}") for a, b in ("TS", "TG") for n in range(count)]
    return ThreadChart("t", columns, tuple(links))


def test_the_thread_runs_from_left_to_right_whoever_names_whom():
    (drawing,) = draw_thread(chain(2), ENGLISH)
    assert at([drawing], "S0").x < at([drawing], "T0").x < at([drawing], "G0").x
    assert sum("C" in p.get("d") for p in parts(drawing, "path")) == 4


def test_orphans_have_a_dashed_frame_and_are_explained():
    (drawing,) = draw_thread(chain(3, orphans={1}), ENGLISH)
    assert len(parts(drawing, "rect", **{"stroke-dasharray": "4 2.5"})) == 3
    assert any("Joined to nothing" in t for t in texts([drawing]))
    assert not any("Joined to nothing" in t for t in texts(draw_thread(chain(3), ENGLISH)))


def test_what_hangs_together_stays_on_a_page():
    drawings = draw_thread(chain(20), ENGLISH)
    assert len(drawings) > 1
    for drawing in drawings:
        here = {t for t in texts([drawing]) if t[1:].isdigit()}
        assert len({t[1:] for t in here}) * 3 == len(here)
    assert not any("another page" in t for t in texts(drawings))


def test_what_is_joined_on_another_page_is_named():
    goals = tuple(ThreadBox(f"G{n}", "goal") for n in range(30))
    columns = (ThreadColumn("S", (ThreadBox("S0", "strength"),)), ThreadColumn("G", goals))
    chart = ThreadChart("t", columns, tuple(("S0", g.spoken) for g in goals))
    found = texts(draw_thread(chart, ENGLISH))
    assert {g.spoken for g in goals} <= set(found)
    assert found.count("S0") > 2
    assert any("another page" in t for t in found)
