"""Tables of what was chosen."""

import pytest

from clusterlab.errors import UnknownNameError
from clusterlab.session import OpenWorkshop


@pytest.fixture
def cluster(small):
    return OpenWorkshop(small).cluster("alpha")


def cells(table):
    return [row.cells for row in table.rows]


def test_the_top_3_by_place(cluster):
    board = cluster.board("ideas")
    board.add("ideas", "Later", rank=2, months=12, theme="Fees")
    board.add("ideas", "Not now")
    board.add("ideas", "<b>First</b>", rank=1, months=4.5, feedback="Do & tell")
    table = cluster.result("ideas")
    assert [c.id for c in table.columns] == [
        "spoken", "text", "place", "theme", "months", "feedback",
    ]  # fmt: skip
    assert cells(table) == [
        ("ID3", "<b>First</b>", "1", "", "4.5", "Do & tell"),
        ("ID1", "Later", "2", "Fees", "12", ""),
    ]
    html = table.to_html()
    assert "<b>First" not in html
    assert "Do &amp; tell" in html
    assert table.alt == "Top 3. 2 notes."
    outline = table.to_text()
    assert "Place: 1" in outline
    assert outline.count("First") == 1


@pytest.mark.parametrize("canvas", ["ideas", "challenges"])
def test_nothing_chosen_is_said_in_words(cluster, canvas):
    assert "Nothing to show yet" in cluster.result(canvas).to_text()


def test_challenges_by_theme(cluster):
    board = cluster.board("challenges")
    board.add("challenges", "No money", challenge="finances")
    board.add("challenges", "Hm")
    board.add("challenges", "Few apply", theme="Staff")
    board.add("challenges", "No grants", challenge="finances")
    assert cells(cluster.result("challenges", "themes")) == [
        ("CH1", "No money", "Financial sustainability"),
        ("CH4", "No grants", "Financial sustainability"),
        ("CH3", "Few apply", "Staff"),
        ("CH2", "Hm", "Without a theme"),
    ]


def test_a_result_that_there_is_not(cluster):
    with pytest.raises(UnknownNameError, match="top-3"):
        cluster.result("ideas", "top-4")
