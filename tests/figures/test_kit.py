"""The kit that pictures are drawn with: measuring, breaking and placing text, writing SVG."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlab.figures import GanttChart, GanttRow, Label, Tick, draw_gantt, svg
from clusterlab.figures.axis import dated
from clusterlab.figures.parts import Entry, Scale, around, figure, in_order, key, paged, ticks
from clusterlab.figures.places import Room, cuts
from clusterlab.figures.runs import digits
from clusterlab.figures.svg import Sheet
from clusterlab.figures.text import MORE, cut, faces, is_rtl, tidy, width, wrap
from clusterlab.language import Language
from clusterlab.shared import shared

ENGLISH, GERMAN = Language("en", {}), Language("de", {})


def test_text_is_as_wide_as_its_letters():
    assert width("", 10) == 0
    assert width("aa", 10) == pytest.approx(2 * width("a", 10))
    assert width("a", 20) == pytest.approx(2 * width("a", 10))
    assert width("i", 10) < width("m", 10) < width("m", 10, bold=True)
    # What no shipped font has is taken to be wide; marks and joiners take no room.
    assert width("漢", 10) == 10
    assert width("e\u0323\u200d", 10) == width("e", 10)


def test_lines_break_at_words_and_behind_hyphens():
    assert wrap("one two three", width("one two", 8), 8) == ("one two", "three")
    assert wrap("Know-how-Transfer", width("Know-how-", 8), 8) == ("Know-how-", "Transfer")
    assert wrap("", 50, 8) == ("",)


def test_overlong_words_break_without_a_hyphen():
    word = "Donaudampfschifffahrtsgesellschaft"
    lines = wrap(word, 60, 8, lines=9)
    assert len(lines) > 2
    assert "".join(lines) == word


def test_a_letter_keeps_its_marks():
    lines = wrap("e\u0323" * 40, 30, 8, lines=50)
    assert not any(line.startswith("\u0323") for line in lines)


def test_what_has_no_room_is_an_ellipsis():
    lines = wrap("one two three four five six", width("one two", 8), 8, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith(MORE)
    assert cut("short", 100, 8) == "short"
    assert cut("not so short", 30, 8).endswith(MORE)


@given(st.text(max_size=200), st.floats(20, 200), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(text, room, most):
    lines = wrap(text, room, 8, lines=most)
    assert 1 <= len(lines) <= most
    assert all(width(line, 8) <= room for line in lines)
    if MORE not in lines[-1]:
        assert "".join(lines).replace(" ", "") == tidy(text).replace(" ", "")


def test_most_letters_decide_the_direction():
    assert is_rtl("مرحبا")
    assert is_rtl("B7 مرحبا بكم (G2)")
    assert is_rtl("שלום")
    assert not is_rtl("Kick-off in دبي")
    assert not is_rtl("123 …")


def text_of(write):
    sheet = Sheet(100, "t")
    write(sheet)
    (element,) = ET.fromstring(sheet.done(50).svg).iter("{http://www.w3.org/2000/svg}text")
    return element, sheet.labels[0]


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_text_from_the_right_lies_where_other_text_would(anchor):
    element, label = text_of(lambda s: s.text(50, 20, "مرحبا", anchor=anchor))
    assert element.get("direction") == "rtl"
    assert element.get("text-anchor") == "middle"
    assert float(element.get("x")) == pytest.approx(label.x + label.width / 2, abs=0.01)
    left = {"start": 50, "middle": 50 - label.width / 2, "end": 50 - label.width}[anchor]
    assert label.x == pytest.approx(left)


def test_text_is_as_wide_with_other_fonts():
    element, label = text_of(lambda s: s.text(5, 20, "Members’ survey"))
    assert float(element.get("textLength")) == pytest.approx(label.width, abs=0.01)


def test_signs_from_another_face_are_apart():
    element, label = text_of(lambda s: s.text(5, 20, "a → b"))
    places = [float(t.get("x")) for t in element]
    assert [t.text for t in element] == ["a ", "→", " b"]
    assert places == sorted(places)
    assert places[0] == 5
    assert label.text == "a → b"


def test_coordinates_are_short_and_have_no_minus_zero():
    assert [digits(v) for v in (1.0, -0.001, 2.345678, 10, 100.5)] == [
        "1",
        "0",
        "2.35",
        "10",
        "100.5",
    ]


def test_labels_know_when_they_lie_over_each_other():
    one = Label("a", 0, 0, 10, 10)
    assert one.over(Label("b", 9, 9, 10, 10))
    assert not one.over(Label("b", 10, 0, 10, 10))
    assert not one.over(Label("b", 0, 10, 10, 10))


def test_numbers_are_short():
    values = [0, 3, 2.5, 1 / 3, 1234.5678, 2_400_000, 1e300, -1e-9, -2]
    found = [figure(ENGLISH, v) for v in values]
    assert found == ["0", "3", "2.5", "0.333", "1,235", "2.4M", "1E300", "–1E–9", "–2"]
    assert figure(GERMAN, 2.5) == "2,5"


@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12), st.integers(2, 10))
def test_ticks_are_few_and_inside(low, span, most):
    found = ticks(low, low + span, most)
    assert len(found) <= most + 2
    assert found == sorted(found)
    assert all(low - span * 1e-3 <= t <= low + span * 1.001 for t in found)


def test_scales_end_at_their_ends():
    scale = Scale(0, 10, 100, 200)
    assert [scale(v) for v in (-5, 0, 5, 10, 15)] == [100, 100, 150, 200, 200]
    assert Scale(-1.7e308, 1.7e308, 0, 100)(0) == 50
    assert Scale(3, 3, 0, 100)(3) == 50
    assert around([]) == (0, 1)
    assert around([4, 9]) == (0, 9)
    assert around([4, 9], zero=False) == (4, 9)
    assert around([7, 7], zero=False) == (7, 8)


def labels(low, high, language=ENGLISH):
    return [t.label for t in dated(Scale(low, high, 200, 500), date(2026, 11, 2), language)]


def test_axes_of_dates_have_days_weeks_or_months():
    assert labels(0, 4)[:2] == ["Nov 2", "Nov 3"]
    assert labels(0, 40)[:2] == ["Nov 2", "Nov 9"]
    assert labels(0, 150)[:2] == ["Dec 2026", "Jan 2027"]
    assert labels(0, 1500)[0] == "Jan 2027"
    assert labels(0, 40, GERMAN)[0] == "2. Nov."
    assert labels(0, 1e12)[0] == "0"
    assert labels(-800_000, 0)[0] == "–800,000"


def test_pages_hold_what_fits():
    assert paged([10, 10, 10], 20) == [range(2), range(2, 3)]
    assert paged([50, 10], 20) == [range(1), range(1, 2)]
    assert paged([5], 20) == [range(1)]


def test_labels_find_free_places():
    room = Room((0, 0, 200, 200))
    places = [room.place(100, 100, 5, (30, 9), far=80, struck=True) for _ in range(30)]
    assert all(places)
    assert any(p[2] for p in places)
    for n, one in enumerate(room.labels):
        assert not any(Label("", *one).over(Label("", *other)) for other in room.labels[n + 1 :])


def test_labels_keep_clear_of_signs_where_they_can():
    room = Room((0, 0, 200, 200), signs=[(107, 90, 60, 20)])
    x, *_ = room.place(100, 100, 5, (30, 9), far=80)
    assert x + 30 <= 100


def test_where_there_is_no_room_there_is_no_label():
    assert Room((0, 0, 20, 20)).place(10, 10, 5, (30, 9), far=80) is None


def test_a_key_has_every_text_whole_and_gives_back_what_has_no_room():
    long = "one two three four five six seven eight nine ten eleven twelve"
    entries = [Entry(f"T{n}", long) for n in range(10)]
    high, low = Sheet(120, "t"), Sheet(120, "t")
    end, left = key(high, (0, 0, 120, 400), entries)
    assert (end <= 400, list(left)) == (True, [])
    end, left = key(low, (0, 0, 120, 130), entries)
    assert (end <= 135, list(left)) == (True, entries[len(low.things) :])
    assert 0 < len(left) < 10
    for sheet in (high, low):
        shown = " ".join(label.text for label in sheet.labels)
        assert shown.count(long) == len(sheet.things)
    assert key(Sheet(120, "t"), (0, 0, 120, 130), []) == (0, [])


def test_columns_of_a_key_are_about_equally_high():
    sheet = Sheet(300, "t")
    end, left = key(sheet, (0, 0, 300, 400), [Entry(str(n), "x") for n in range(9)], columns=3)
    assert (len({label.x for label in sheet.labels}), len(left)) == (6, 0)
    assert end < 40


def test_what_begins_alike_is_told_apart_where_the_last_line_is_full():
    room = width("Write the internat", 8)
    one, other = (
        wrap(f"Write the {word}", room, 8, lines=1)[0] for word in ("inter" * 9, "x" * 40)
    )
    assert one.startswith("Write the int")
    assert other.startswith("Write the x")
    assert max(width(one, 8), width(other, 8)) <= room
    # Nothing comes between what was one word.
    assert wrap("Know-how-Transfer", width("Know-how-Tr…", 8), 8, lines=1) == ("Know-how-Tr…",)


@pytest.mark.parametrize(
    ("line", "strikes"),
    [
        ((0, 5, 20, 5), True),
        ((0, 0, 20, 10), True),
        ((9, 0, 12, 3), True),
        ((0, 2, 20, 2), False),
        ((8, 0, 8, 20), False),
        ((0, 0, 5, 20), False),
        ((10, 4, 11, 5), True),
        ((0, 5, 4, 5), False),
        ((3, 0, 3, 1), False),
    ],
)
def test_a_line_strikes_what_it_passes_through(line, strikes):
    assert cuts(line, (8, 2, 8, 6)) is strikes


def test_lines_of_labels_run_through_no_label():
    places = [(130 + n % 5 * 12, 130 + n // 5 * 12) for n in range(25)]
    room = Room((0, 0, 300, 300), [(x - 2, y - 2, 4, 4) for x, y in places])
    assert all(room.place(*place, 2, (14, 9), far=60, farthest=300) for place in places)
    assert len(room.leaders) > 10
    assert not any(cuts(line, label) for line in room.leaders for label in room.labels)


def luminance(colour):
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", ["INK", "GREY", "NEUTRAL", "TEAL", "BROWN"])
@pytest.mark.parametrize("ground", ["PAPER", "MIST", "TEAL_TINT", "BROWN_TINT"])
def test_text_stands_out(ink, ground):
    assert contrast(getattr(svg, ink), getattr(svg, ground)) >= 4.5


@pytest.mark.parametrize("line", ["EDGE", "TEAL", "BROWN", "INK", "NEUTRAL"])
def test_borders_stand_out(line):
    assert contrast(getattr(svg, line), svg.PAPER) >= 3


def test_colours_are_those_of_the_documents():
    theme = shared("templates", "documents", "typst", "theme.typ").read_text()
    for name in ("INK", "GREY", "EDGE", "HAIR", "MIST", "TEAL", "BROWN", "NEUTRAL"):
        assert f'rgb("{getattr(svg, name)}")' in theme


ARABIC, HEBREW = "يثق الأعضاء", "שלום"


@pytest.mark.parametrize(
    "text", [f"M4 {ARABIC}…", f"{ARABIC} (G2)", f"Call {HEBREW} now", f"{HEBREW} {ARABIC}", "a → b"]
)
def test_each_part_of_a_line_is_drawn_by_a_font_that_has_all_of_it(text):
    sheet = Sheet(300, "t")
    sheet.text(100, 20, text)
    svg = sheet.done(40).svg
    drawn = [
        (element.get("font-family", "Noto Sans"), part)
        for element in ET.fromstring(svg).iter()
        if element.tag.endswith(("text", "tspan")) and (part := element.text)
    ]
    assert len(drawn) > 1
    for family, part in drawn:
        assert {face for face, _ in faces(part.strip("\u2067\u2069"))} <= {family.split(",")[0], ""}
    assert "".join("".join(part for _, part in drawn).split()).replace("\u2067", "").replace(
        "\u2069", ""
    ) == "".join(text.split())


def test_parts_of_a_line_that_reads_from_the_right_begin_there():
    sheet = Sheet(300, "t")
    sheet.text(100, 20, f"M4 {ARABIC}")
    (label,) = sheet.labels
    number, rest = ET.fromstring(sheet.done(40).svg).findall("{http://www.w3.org/2000/svg}text")
    assert float(number.get("x")) == pytest.approx(label.x + label.width, abs=0.01)
    assert float(rest.get("x")) == pytest.approx(float(number.get("x")) - width("M4 ", 8), abs=0.01)


def test_keys_are_in_the_order_in_which_people_look_things_up():
    tags = ["T10", "T2", "", "(1)", "S1", "T2b", "9" * 5000]
    found = [entry.tag for entry in in_order(Entry(tag, "x") for tag in tags)]
    assert found.index("T2") < found.index("T10")
    assert sorted(found) == sorted(tags)


def test_a_mirrored_picture_is_the_other_way_round_and_texts_stay_as_they_are():
    def draw(*, mirrored):
        sheet = Sheet(200, "x", mirrored=mirrored)
        sheet.rect(10, 0, 30, 5, fill="#000000")
        sheet.line(10, 0, 50, 8)
        sheet.circle(20, 5, 2)
        sheet.path([(0, 0), (10, 5)])
        sheet.curve([(0, 0), (5, 0), (5, 9), (10, 9)], stroke="#000000", line=1)
        sheet.arc(30, 30, 10, 0.25)
        sheet.text(10, 20, "Begins")
        sheet.text(190, 40, "Ends", anchor="end")
        sheet.block(10, 60, ["قوة الأعضاء", "تهديد"])
        return sheet.done(100)

    plain, turned = draw(mirrored=False), draw(mirrored=True)
    assert '<rect x="160" ' in turned.svg
    assert '<line x1="190" y1="0" x2="150"' in turned.svg
    assert '<circle cx="180"' in turned.svg
    assert "M200 0L190 5" in turned.svg
    assert "M200 0C195 0 195 9 190 9" in turned.svg
    # A quarter of a turn goes on from the top to the right, as clocks do everywhere.
    assert "M170 20A10 10 0 0 1 180 30" in turned.svg
    for one, other in zip(plain.labels[:2], turned.labels[:2], strict=True):
        assert other.x == pytest.approx(200 - one.x - one.width)
        assert (other.text, other.y, other.width) == (one.text, one.y, one.width)
    # Arabic lines end in line where a plain picture's English ones would begin.
    assert [round(a.x + a.width, 6) for a in turned.labels[2:]] == [190, 190]
    assert turned.svg.count('x="190"') >= 3


@pytest.mark.parametrize("tag", ["ar", "he"])
def test_time_runs_as_the_language_does(tag):
    rows = (GanttRow("One", 0, 2, "T1"), GanttRow("Two", 2, 4, "T2", after=("T1",)))
    chart = GanttChart("Plan", rows, ticks=(Tick(0, "first"), Tick(4, "last")))

    def places(language):
        [drawing] = draw_gantt(chart, language)
        assert all(a.x >= 0 and a.x + a.width <= drawing.width + 0.01 for a in drawing.labels)
        return {label.text: label.x for label in drawing.labels}

    english, other = places(ENGLISH), places(Language(tag, {}))
    assert english["One"] < english["first"] < english["last"]
    assert other["One"] > other["first"] > other["last"]
