"""Every picture: readable, whole, the same each time, whatever people wrote."""

import json
import re
from dataclasses import replace
from datetime import date
from math import inf, nan
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from clusterlab.figures.places import cuts
from clusterlab.figures.svg import GREY
from clusterlab.figures.text import MORE
from clusterlab.language import Language

ENGLISH = Language("en", {})
SVG = "{http://www.w3.org/2000/svg}"
FONTS = Path(__file__).parents[2] / "templates" / "documents" / "fonts"
TEXTS = [
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik",
    "Attract and retain members in all three regions of the cluster, with their suppliers",
    "Kick-off",
    "Rechtsschutzversicherungsgesellschaften befragen und Ergebnisse auswerten, danach Bericht",
    "مرحبا بكم (G2) في التجمع الصناعي",
    "Écrire la stratégie d’internationalisation avec les partenaires & les financeurs",
    "W" * 300,
]
WORDS = ("Political", "Economic", "Social and cultural", "Technologisch-naturwissenschaftlich")


def bars(texts):
    return BarChart(
        "Votes", tuple(Bar(t, 40.0 - n, f"B{n}", n < 3) for n, t in enumerate(texts)), "votes"
    )


def gaps(texts):
    items = (
        GapItem(t, n % 5 + 1, n * 3 % 5 + 1, n % 4 or None, f"C{n}", WORDS[n // 14 % 4])
        for n, t in enumerate(texts)
    )
    return GapChart("Gaps", tuple(items), 1, 5, "level")


def progress(texts):
    items = (
        Indicator(t, "M€" if n % 2 else "", n, n * 2 if n % 3 else None, None, n * 3 + 1, f"K{n}")
        for n, t in enumerate(texts)
    )
    return ProgressChart("Progress", tuple(items))


def gantt(texts):
    rows = []
    for n, text in enumerate(texts):
        kind = "summary" if n % 9 == 0 else "milestone" if n % 9 == 8 else "task"
        length = 0 if kind == "milestone" else 3 + n % 7
        deadline = n + 4.0 if n % 5 == 2 else None
        after = (f"T{n - 1}",) if n % 3 else ()
        rows.append(
            GanttRow(text, n, n + length, f"T{n}", kind, n % 4 == 1, n % 3, deadline, n % 3, after)
        )
    return GanttChart("Plan", tuple(rows), date(2026, 11, 2), marks=(Tick(5, "Today"),))


def network(texts):
    tasks = (
        NetworkTask(f"T{n}", t, n, n + 2.5, n + 1, n + 3.5, n % 3, n % 3 == 0)
        for n, t in enumerate(texts)
    )
    links = (
        NetworkLink(f"T{n // 2}", f"T{n}", n % 6 == 0) for n in range(1, len(texts)) if n % 4 != 3
    )
    return NetworkChart("Network", tuple(tasks), tuple(links))


def tree(texts):
    nodes = (
        TreeNode(str(n), t, str((n - 1) // 3) if n else "", f"G{n}", n % 7 == 5)
        for n, t in enumerate(texts)
    )
    return TreeChart("Goals", tuple(nodes))


def radar(texts):
    trends = (
        RadarTrend(
            t,
            n % 4,
            n * 7 % 3,
            n % 5 + 1,
            n % 5 + 1 if n % 6 else None,
            f"P{n}",
            n * 3 % 5 + 1 if n % 4 else None,
        )
        for n, t in enumerate(texts)
    )
    return RadarChart("Trends", WORDS, ("now", "soon", "later"), tuple(trends))


def quadrants(texts):
    items = (
        QuadrantItem(t, n % 5 + 1, n * 3 % 5 + 1, n if n % 5 else None, f"T{n}", n % 6 == 1)
        for n, t in enumerate(texts)
    )
    names = ("Quick wins", "Major projects", "Fill-ins", "Thankless tasks")
    x = Axis("Effort", 1, 3, 5, ("little effort", "much effort"))
    y = Axis("Impact", 1, 3, 5, (TEXTS[0], "grande Wirkung auf die Wettbewerbsfähigkeit"))
    return QuadrantChart("Matrix", x, y, names, tuple(items), "Budget", "Free although costly")


def thread(texts):
    columns = [
        ThreadColumn(
            word, tuple(ThreadBox(f"{c}{n}", t, n % 3 == 2) for n, t in enumerate(texts[c::4]))
        )
        for c, word in enumerate(WORDS)
    ]
    links = [(f"{c}{n}", f"{c + 1 + n % 2}{n // 2}") for c in range(3) for n in range(10)]
    return ThreadChart("Thread", tuple(columns), tuple(links))


PICTURES = {
    draw_bars: bars,
    draw_gaps: gaps,
    draw_progress: progress,
    draw_gantt: gantt,
    draw_network: network,
    draw_tree: tree,
    draw_radar: radar,
    draw_quadrants: quadrants,
    draw_thread: thread,
}
each = pytest.mark.parametrize(("draw", "make"), PICTURES.items(), ids=lambda f: f.__name__)


def some(count):
    return [TEXTS[n % len(TEXTS)] for n in range(count)]


def faults(drawing):
    """Name labels that lie over each other or leave the picture."""
    found = []
    for n, label in enumerate(drawing.labels):
        found += [(label.text, o.text) for o in drawing.labels[n + 1 :] if label.over(o)]
        inside = label.x >= -0.01 and label.x + label.width <= drawing.width + 0.01
        if not inside or label.y < -0.01 or label.y + label.height > drawing.height + 0.01:
            found.append((label.text, "outside"))
    return found


def texts_of(drawing):
    return ["".join(t.itertext()) for t in ET.fromstring(drawing.svg).iter(f"{SVG}text")]


@each
@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("count", [0, 1, 2, 5, 12, 40, 90])
def test_no_label_lies_over_another_or_is_cut_off(draw, make, count, page):
    for drawing in draw(make(some(count)), ENGLISH, page):
        assert faults(drawing) == []
        # Where there is nothing to draw, no page is turned for it.
        assert drawing.width == (page.width if count else PORTRAIT.width)
        ET.fromstring(drawing.svg)


@each
def test_up_to_forty_things_fit_the_page(draw, make):
    for page in (PORTRAIT, LANDSCAPE):
        for drawing in draw(make(some(40)), ENGLISH, page):
            assert drawing.height <= page.height + 6


# Each of 80 letters, and alike but for their end.
ORDINARY = {
    "en": "Supply chains move back to Europe from Asia, and members build common stores",
    "de": "Wertschöpfungskettenrückverlagerung mit Fachkräftequalifizierungsmaßnahmen Nr.",
    "fr": "Écrire la stratégie d’internationalisation avec les partenaires et financeurs",
}


def words_of(drawings):
    return "".join("".join(label.text for d in drawings for label in d.labels).split())


@each
@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("language", ORDINARY)
@pytest.mark.parametrize("count", [3, 10, 40])
def test_names_of_ordinary_length_stand_whole(draw, make, count, language, page):
    names = [f"{ORDINARY[language]} {n + 10}" for n in range(count)]
    assert {len(name) for name in names} <= set(range(78, 83))
    drawings = draw(make(names), ENGLISH, page)
    assert [x.text for d in drawings for x in d.labels if x.text.endswith(MORE)] == []
    assert [fault for d in drawings for fault in faults(d)] == []
    assert max(d.height for d in drawings) <= page.height + 6
    shown = words_of(drawings)
    # Trees say again on a page what its first boxes hang on.
    assert all("".join(name.split()) in shown for name in names)


@each
def test_only_what_no_name_is_as_long_as_ends_with_an_ellipsis(draw, make):
    names = ["word " * 39 + "end.", "W" * 300]
    shown = words_of(draw(make(names), ENGLISH))
    assert "wordend." in shown
    assert "W…" in shown


def struck(drawing):
    """Name labels that a leader runs through: a line of the colour that only leaders have."""
    found = []
    for line in shapes(drawing, "line"):
        ends = tuple(float(line[end]) for end in ("x1", "y1", "x2", "y2"))
        # Coordinates are rounded.
        boxes = ((t.text, (t.x + 0.02, t.y + 0.02, t.width - 0.04, t.height - 0.04))
                 for t in drawing.labels)  # fmt: skip
        found += [text for text, box in boxes if line["stroke"] == GREY and cuts(ends, box)]
    return found


def placed(places, values=(None,)):
    names = ("Quick wins", "Major projects", "Fill-ins", "Thankless tasks")
    axes = (Axis("Effort", 1, 3, 5, ("little", "much")), Axis("Impact", 1, 3, 5))
    items = (
        QuadrantItem(f"Action number {n}", x, y, values[n % len(values)], f"A{n}")
        for n, (x, y) in enumerate(places)
    )
    return QuadrantChart("Matrix", *axes, names, tuple(items), "Cost")


def scattered(seed, count, whole=True):
    chance = Random(seed)  # noqa: S311 - no secret
    one = (lambda: chance.randint(1, 5)) if whole else (lambda: chance.uniform(1, 5))
    return [(one(), one()) for _ in range(count)]


@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("values", [(None,), (None, 1, 5, 40)], ids=["plain", "sized"])
@pytest.mark.parametrize(
    "places",
    [
        *([(x, y)] * count for x, y in ((1, 5), (3, 3), (5, 1)) for count in (3, 7, 12, 20, 40)),
        *(scattered(n, count) for n in range(8) for count in (7, 12, 40)),
        *(scattered(n, count, whole=False) for n in range(4) for count in (12, 40)),
    ],
    ids=lambda places: f"{len(places)}",
)
def test_no_line_runs_through_a_label(places, values, page):
    drawings = draw_quadrants(placed(places, values), ENGLISH, page)
    assert [text for drawing in drawings for text in struck(drawing)] == []
    assert [fault for drawing in drawings for fault in faults(drawing)] == []
    shown = words_of(drawings)
    assert all(f"A{n}" in shown for n in range(len(places)))


@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_no_line_runs_through_a_label_of_forty_mixed_names(page):
    drawings = draw_quadrants(quadrants(some(40)), ENGLISH, page)
    assert [text for drawing in drawings for text in struck(drawing)] == []
    # Signs of a radar lie over the lines; names around it do not.
    drawings = draw_radar(radar(some(40)), ENGLISH, page)
    assert {text[:1] for drawing in drawings for text in struck(drawing)} <= {"P"}


@each
def test_text_stays_text_and_is_never_too_small(draw, make):
    for drawing in draw(make(some(40)), ENGLISH):
        found = list(ET.fromstring(drawing.svg).iter(f"{SVG}text"))
        assert min(float(t.get("font-size")) for t in found) >= 7.5
        # A line that is written in both directions has a text for each font.
        assert len(found) >= len(drawing.labels)
        assert letters(texts_of(drawing)) == letters(label.text for label in drawing.labels)


def letters(texts):
    return sorted(c for text in texts for c in text if not c.isspace() and c not in "\u2067\u2069")


@each
def test_every_thing_is_there(draw, make):
    shown = " ".join(
        t for d in draw(make(["Alpha", "Beta", "Gamma", "Delta"]), ENGLISH) for t in texts_of(d)
    )
    assert {"Alpha", "Beta", "Gamma", "Delta"} <= set(shown.split())


@each
def test_the_same_data_give_the_same_bytes(draw, make):
    once = [d.svg for d in draw(make(some(17)), ENGLISH)]
    assert once == [d.svg for d in draw(make(some(17)), ENGLISH)]


@each
def test_nothing_gives_a_friendly_picture(draw, make):
    (drawing,) = draw(make([]), ENGLISH)
    assert drawing.labels
    assert "appear" in drawing.svg or "root" in drawing.svg


@each
def test_pictures_speak_the_language(draw, make):
    empty = draw(make([]), ENGLISH)[0]
    said = ET.fromstring(empty.svg).find(f"{SVG}desc").text
    german = Language("de", {said: "Noch leer."})
    assert "Noch leer." in texts_of(draw(make([]), german)[0])


@pytest.mark.parametrize("segments", [1, 2, 5, 8, 12, 16])
@pytest.mark.parametrize("rings", [1, 3, 9])
@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_radars_have_room_for_any_segments_and_rings(segments, rings, page):
    trends = (RadarTrend("x", n % 2, n % 3 % rings, 5, 3) for n in range(30) if n % 2 < segments)
    chart = RadarChart("t", tuple(some(segments)), tuple(some(rings)), tuple(trends))
    drawings = draw_radar(chart, ENGLISH, page)
    assert [fault for drawing in drawings for fault in faults(drawing)] == []
    shown = [text for drawing in drawings for text in texts_of(drawing)]
    assert shown.count("3") == 2  # its sign, and in the key


@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("count", [30, 60, 120, 300])
def test_a_long_key_goes_on_without_making_its_picture_smaller(count, page):
    names = [f"Trend {n} of many" for n in range(count)]
    trends = (RadarTrend(t, n % 4, n % 3, 5, 3, f"T{n}") for n, t in enumerate(names))
    plot = quadrants(names)
    for drawings in (
        draw_radar(RadarChart("t", WORDS, ("a", "b", "c"), tuple(trends)), ENGLISH, page),
        draw_quadrants(plot, ENGLISH, page),
    ):
        assert [fault for drawing in drawings for fault in faults(drawing)] == []
        assert max(drawing.height for drawing in drawings) <= page.height + 30
        shown = " ".join(text for drawing in drawings for text in texts_of(drawing))
        assert all(shown.count(f" {n} of") == 1 for n in range(count))


def elements(drawings):
    return sorted({e.tag for d in drawings for e in ET.fromstring(d.svg).iter()})


@each
def test_hostile_text_gives_no_element(draw, make):
    hostile = [
        "<script>alert(1)</script>",
        "</text><image href='http://example.org/x'/>",
        "]]><!-- & &amp; \" '",
        "\0\x07\x1b[31m\ufffe\ud800",
        "\u202eevil\u202c \u2067\u2067",
        "",
        " \n\t ",
        "{0} {name} %s #set",
    ]
    drawings = draw(make(hostile), ENGLISH)
    known = {"svg", "title", "desc", "defs", "pattern", "rect", "circle", "path", "line", "text"}
    assert {tag.removeprefix(SVG) for tag in elements(drawings)} <= known | {"tspan"}
    for drawing in drawings:
        assert faults(drawing) == []
        assert not any(e.get("href") for e in ET.fromstring(drawing.svg).iter())


@each
@settings(max_examples=15, deadline=None)
@given(texts=st.lists(st.text(max_size=120), max_size=20))
def test_whatever_people_write_is_drawn(draw, make, texts):
    for drawing in draw(make(texts), ENGLISH):
        ET.fromstring(drawing.svg.encode("utf-8"))
        assert faults(drawing) == []


def without_colour(drawings):
    return [re.sub(r"#[0-9a-f]{3,6}", "#", d.svg) for d in drawings]


TASK = NetworkTask("T1", "x", 0, 2, 1, 3, 1)
HALVES = (Axis("x", 0, 1, 2), Axis("y", 0, 1, 2), ("a", "b", "c", "d"))


@pytest.mark.parametrize(
    ("draw", "one", "other"),
    [
        (draw_gantt, GanttRow("x", 0, 4), GanttRow("x", 0, 4, critical=True)),
        (draw_gantt, GanttRow("x", 0, 4), GanttRow("x", 0, 4, near=True)),
        (draw_gantt, GanttRow("x", 0, 4, near=True), GanttRow("x", 0, 4, critical=True)),
        (
            draw_gantt,
            GanttRow("x", 4, 4, kind="milestone"),
            GanttRow("x", 4, 4, kind="milestone", near=True),
        ),
        (draw_gantt, GanttRow("x", 4, 4, kind="milestone"), GanttRow("x", 4, 4)),
        (draw_gantt, GanttRow("x", 0, 4, deadline=5), GanttRow("x", 0, 4, deadline=3)),
        (draw_network, TASK, replace(TASK, critical=True)),
        (draw_network, TASK, replace(TASK, near=True)),
        (draw_network, replace(TASK, near=True), replace(TASK, critical=True)),
        (draw_tree, TreeNode("1", "x"), TreeNode("1", "x", mark=True)),
        (draw_thread, ThreadBox("S1", "x"), ThreadBox("S1", "x", orphan=True)),
        (draw_bars, Bar("x", 1), Bar("x", 1, chosen=True)),
        (draw_gaps, GapItem("x", 1, 3), GapItem("x", 3, 1)),
        (draw_gaps, GapItem("x", 1, 3), GapItem("x", 1, None, 3)),
        (draw_quadrants, QuadrantItem("x", 1, 1), QuadrantItem("x", 1, 1, mark=True)),
        (draw_quadrants, QuadrantItem("x", 1, 1, 5), QuadrantItem("x", 1, 1)),
        (draw_radar, RadarTrend("x", 0, 0, 1, 1), RadarTrend("x", 0, 0, 1, 4)),
        (draw_radar, RadarTrend("x", 0, 0, 1, 1), RadarTrend("x", 0, 0, 5, 1)),
        (draw_radar, RadarTrend("x", 0, 0, 1, 1), RadarTrend("x", 0, 0, 1)),
        (draw_radar, RadarTrend("x", 0, 0, 1, 1), RadarTrend("x", 0, 0, 1, 5)),
        (draw_radar, RadarTrend("x", 0, 0, 1, 2), RadarTrend("x", 0, 0, 1, 2, benchmark=4)),
        (draw_radar, RadarTrend("x", 0, 0, 1, 2, "", 4), RadarTrend("x", 0, 0, 1, 4, "", 2)),
        (draw_radar, RadarTrend("x", 0, 0, 1, 2, "", 1), RadarTrend("x", 0, 0, 1, 2, "", 5)),
        (draw_progress, Indicator("x", "", 0, None, 5), Indicator("x", "", 0, None, None, 5)),
        (draw_progress, Indicator("x", "", 0, 2, None, 9), Indicator("x", "", 0, None, 2, 9)),
        (draw_progress, Indicator("x", "", 0, 2, 9, 5), Indicator("x", "", 0, 2, 5, 9)),
        (draw_progress, Indicator("x", "", target=9), Indicator("x", "", 9)),
    ],
)
def test_what_differs_does_so_in_black_and_white(draw, one, other):
    def chart(item):
        match item:
            case GanttRow():
                return GanttChart("t", (item, GanttRow("y", 0, 9)))
            case NetworkTask():
                return NetworkChart("t", (item,))
            case TreeNode():
                return TreeChart("t", (item,))
            case ThreadBox():
                return ThreadChart("t", (ThreadColumn("c", (item,)),))
            case Bar():
                return BarChart("t", (item,))
            case GapItem():
                return GapChart("t", (item,))
            case QuadrantItem():
                return QuadrantChart("t", *HALVES, (item, QuadrantItem("y", 1, 2, 9)))
            case Indicator():
                return ProgressChart("t", (item,))
            case RadarTrend():
                return RadarChart("t", ("s",), ("r",), (item,))

    def marks(item):
        # Without what only the legend shows.
        return [re.sub(r"<text.*", "", svg) for svg in without_colour(draw(chart(item), ENGLISH))]

    assert marks(one) != marks(other)


EXTREME = [1e300, -1e300, 1e-300, 0.0, 5.0]


@pytest.mark.parametrize("a", EXTREME)
@pytest.mark.parametrize("b", EXTREME)
def test_extreme_numbers_are_drawn(a, b):
    task = NetworkTask("T1", "x", a, b, a, b, b)
    row = GanttRow("x", a, b, "T1", total_float=b, deadline=a)
    charts = [
        (draw_bars, BarChart("t", (Bar("x", a), Bar("y", b)))),
        (draw_gaps, GapChart("t", (GapItem("x", a, b, a),))),
        (draw_progress, ProgressChart("t", (Indicator("x", "", a, b, a, b),))),
        (draw_gantt, GanttChart("t", (row,), date(2026, 1, 1))),
        (draw_gantt, GanttChart("t", (row,))),
        (draw_network, NetworkChart("t", (task,))),
        (
            draw_quadrants,
            QuadrantChart(
                "t",
                Axis("x", 0, 1, 2),
                Axis("y", -1e300, 0, 1e300),
                ("",) * 4,
                (QuadrantItem("x", a, b, abs(a)), QuadrantItem("y", b, a, abs(b))),
            ),
        ),
        (draw_radar, RadarChart("t", ("s",), ("r",), (RadarTrend("x", 0, 0, a, b),))),
    ]
    for draw, chart in charts:
        for drawing in draw(chart, ENGLISH):
            assert faults(drawing) == []
            numbers = json.dumps(drawing.svg)
            assert "nan" not in numbers
            assert "inf" not in numbers.replace("influence", "")


@pytest.mark.parametrize("wrong", [nan, inf, -inf])
@pytest.mark.parametrize(
    "make",
    [
        lambda v: Bar("x", v),
        lambda v: GapItem("x", target=v),
        lambda v: GapChart("t", (), low=v),
        lambda v: Indicator("x", final=v),
        lambda v: GanttRow("x", 0, v),
        lambda v: GanttRow("x", 0, 1, deadline=v),
        lambda v: Tick(v, "x"),
        lambda v: NetworkTask("T1", "x", 0, 1, 0, 1, v),
        lambda v: QuadrantItem("x", v, 1),
        lambda v: Axis("x", 0, 1, v),
        lambda v: RadarTrend("x", 0, 0, v),
        lambda v: RadarTrend("x", 0, 0, benchmark=v),
    ],
)
def test_what_is_no_number_is_refused(make, wrong):
    with pytest.raises(ValueError, match="finite"):
        make(wrong)


def test_what_lies_nowhere_is_refused():
    with pytest.raises(ValueError, match="segment"):
        RadarChart("t", ("s",), ("r",), (RadarTrend("x", 1, 0),))
    with pytest.raises(ValueError, match="segment"):
        RadarChart("t", ("s",), ("r",), (RadarTrend("x", 0, -1),))
    with pytest.raises(ValueError, match="lowest"):
        RadarChart("t", ("s",), ("r",), (), influence=(5, 1))
    with pytest.raises(ValueError, match="low < high"):
        Axis("x", 5, 3, 1)


def test_documents_can_draw_every_picture(tmp_path):
    import typst

    drawings = [
        d for draw, make in PICTURES.items() for n in (0, 9) for d in draw(make(some(n)), ENGLISH)
    ]
    source = '#set document(title: "x")\n#set page(width: auto, height: auto)\n' + "\n".join(
        f'#image(bytes(sys.inputs.at("{n}")), alt: "x")' for n in range(len(drawings))
    )
    path = tmp_path / "all.typ"
    path.write_text(source)
    compiler = typst.Compiler(input=str(path), font_paths=[str(FONTS)], ignore_system_fonts=True)
    inputs = {str(n): d.svg for n, d in enumerate(drawings)}
    pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=0)
    assert pdf.startswith(b"%PDF")


def shapes(drawing, tag):
    return [e.attrib for e in ET.fromstring(drawing.svg).iter(f"{SVG}{tag}")]


@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("count", [3, 12, 40])
def test_the_dots_of_a_rating_and_its_benchmark_touch_no_other_sign(count, page):
    first, *_ = draw_radar(radar(some(count)), ENGLISH, page)
    dots = [c for c in shapes(first, "circle") if c["r"] == "2.2"]
    assert len(dots) == sum(1 for n in range(count) if n % 4)
    placed = [tuple(map(float, (c["cx"], c["cy"]))) for c in dots]
    for n, (x, y) in enumerate(placed):
        assert all(abs(x - a) + abs(y - b) > 4 for a, b in placed[n + 1 :])
    for label in first.labels:
        if re.fullmatch(r"P[0-9]+", label.text) and label.x < page.width * 0.6:
            # The dots lie on the circle, its name inside.
            middle = (label.x + label.width / 2, label.y + label.height / 2)
            near = [p for p in placed if abs(p[0] - middle[0]) < 6 and abs(p[1] - middle[1]) < 4]
            assert near == []


def test_the_strongest_competence_ends_elsewhere_than_the_weakest():
    chart = RadarChart("t", ("s",), ("r",), (RadarTrend("x", 0, 0, 5, 1, "", 5),))
    (drawing,) = draw_radar(chart, ENGLISH)
    hollow = next(c for c in shapes(drawing, "circle") if c["r"] == "2.2")
    filled = next(c for c in shapes(drawing, "circle") if c["r"] == "1.8")
    assert abs(float(hollow["cx"]) - float(filled["cx"])) > 5


@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("middle", [1, 1.02, 3, 4.98, 5])
def test_both_ends_of_each_axis_say_what_they_mean(middle, page):
    ends = ("costs much more than it brings", "brings much more")
    axes = (Axis("Effort", 1, middle, 5, ("little", "much")), Axis("Gain", 1, middle, 5, ends))
    chart = QuadrantChart("t", *axes, ("a", "b", "c", "d"), (QuadrantItem("x", 2, 2),))
    (drawing,) = draw_quadrants(chart, ENGLISH, page)
    assert faults(drawing) == []
    at = {label.text: label for label in drawing.labels}
    assert at["little"].x < at["Effort"].x < at["much"].x
    shown = " ".join(at)
    assert "brings much more" in shown
    assert "costs much more than it brings" in shown
    assert at["brings much"].y < page.height / 2 < at["costs much"].y + 60


def test_a_legend_says_which_circles_are_drawn_larger_than_they_are():
    def told(*values):
        items = tuple(QuadrantItem("x", n % 2, 1, v) for n, v in enumerate(values))
        chart = QuadrantChart("t", *HALVES, items, "Cost")
        return [text for d in draw_quadrants(chart, ENGLISH) for _, text in d.meanings]

    # The smallest circle's area is (3 / 17)² of the largest one's: of 28,900 that is 900.
    assert told(28_900, 899)[:2] == [
        "Area: Cost; the largest is 28,900", "Smallest circles, drawn larger: 900 or less"
    ]  # fmt: skip
    assert told(28_900, 900) == ["Area: Cost; the largest is 28,900"]
    assert told(0, 0) == []


@each
def test_a_legend_is_told_in_words_and_every_part_says_what_it_shows(draw, make):
    drawings = draw(make(some(90)), ENGLISH)
    assert any(drawing.meanings for drawing in drawings)
    for drawing in drawings:
        shown = " ".join(texts_of(drawing))
        for _, meaning in drawing.meanings:
            assert set(meaning.split()) <= set(shown.split())
    things = [thing for drawing in drawings for thing in drawing.things]
    assert len(set(things)) == 90
