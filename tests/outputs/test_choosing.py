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
        "place", "spoken", "text", "theme", "months", "feedback",
    ]  # fmt: skip
    assert cells(table) == [
        ("1", "ID3", "<b>First</b>", "", "4.5", "Do & tell"),
        ("2", "ID1", "Later", "Fees", "12", ""),
    ]
    html = table.to_html()
    assert "<b>First" not in html
    assert "Do &amp; tell" in html
    assert table.alt == "Top 3. 2 notes."


def test_nothing_chosen_is_an_empty_table(cluster):
    assert cluster.result("ideas", "top-3").rows == ()


def test_challenges_by_theme(cluster):
    board = cluster.board("challenges")
    board.add("challenges", "No money", challenge="finances")
    board.add("challenges", "Hm")
    board.add("challenges", "Few apply", theme="Staff")
    board.add("challenges", "No grants", challenge="finances")
    assert cells(cluster.result("challenges", "themes")) == [
        ("Financial sustainability", "CH1", "No money"),
        ("Financial sustainability", "CH4", "No grants"),
        ("Staff", "CH3", "Few apply"),
        ("Without a theme", "CH2", "Hm"),
    ]


def test_a_result_that_there_is_not(cluster):
    with pytest.raises(UnknownNameError, match="top-3"):
        cluster.result("ideas", "top-4")
