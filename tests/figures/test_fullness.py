"""The picture of how full canvases are."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from clusterlab.figures import MOST_ROWS, FullnessRow, draw_fullness
from clusterlab.methods import Fullness

NONE, SOME, ALL = Fullness(0, 0, 12), Fullness(5, 3, 12), Fullness(63, 12, 12)


def texts(svg):
    return [
        "".join(t.itertext()) for t in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]


def test_every_cluster_and_count_is_there_as_text():
    rows = [FullnessRow("Mov'eo", (NONE, SOME)), FullnessRow("GSIC", (ALL, NONE))]
    found = texts(draw_fullness(rows, ["SWOT", "Business Model Canvas for clusters"]))
    assert {"Mov'eo", "GSIC", "SWOT", "63", "5"} <= set(found)
    assert found.count("0") == 2


def test_the_same_data_give_the_same_bytes():
    rows = [FullnessRow("a", (SOME,))]
    assert draw_fullness(rows, ["x"]) == draw_fullness(rows, ["x"])


def test_fuller_is_darker():
    rows = [FullnessRow(name, (count,)) for name, count in (("n", NONE), ("s", SOME), ("a", ALL))]
    fills = re.findall(r'fill="(#[0-9a-f]{6})" stroke="#6d7c84"', draw_fullness(rows, ["x"]))
    light = [sum(bytes.fromhex(f[1:])) for f in fills]
    assert len(light) == 3
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == 3


def test_only_so_many_rows_are_drawn():
    rows = [FullnessRow(f"cluster {n}", (SOME,)) for n in range(MOST_ROWS + 5)]
    found = texts(draw_fullness(rows, ["x"]))
    assert sum(1 for t in found if t.startswith("cluster")) == MOST_ROWS


@given(st.lists(st.text(max_size=400), min_size=1, max_size=3))
def test_whatever_clusters_are_called_it_is_a_picture(names):
    rows = [FullnessRow(name, (SOME,)) for name in names]
    ET.fromstring(draw_fullness(rows, ["$x$ <b> " + names[0][:20]]))
