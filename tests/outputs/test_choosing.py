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
    table = cluster.result("challenges", "themes")
    assert cells(table) == [
        ("1", "Financial sustainability", "2", "CH1 “No money”; CH4 “No grants”"),
        ("2", "Staff", "1", "CH3 “Few apply”"),
        ("3", "Without a theme", "1", "CH2 “Hm”"),
    ]
    assert table.title == "Challenges by theme"
    assert table.alt == (
        "Challenges by theme. 4 notes on 2 themes. "
        "Most notes, 2 each, are on: Financial sustainability."
    )


def test_ideas_by_theme_as_table_and_picture(cluster):
    board = cluster.board("ideas")
    board.add("ideas", "A fair", theme="Members", rank=1)
    board.add("ideas", "A <b>catalogue</b>", theme="Services")
    board.add("ideas", "Prices", theme="services ")
    board.add("ideas", "One list")
    table = cluster.result("ideas", "themes")
    assert [row[1:3] for row in cells(table)] == [
        ("Services", "2"), ("Members", "1"), ("Without a theme", "1"),
    ]  # fmt: skip
    picture = cluster.result("ideas", "themes-picture")
    assert picture.alt == "4 notes on 2 themes. Most notes, 2 each, are on: Services."
    assert picture.text.splitlines() == [
        "Services (2): ID2 “A <b>catalogue</b>”; ID3 “Prices”",
        "Members (1): ID1 “A fair” (One of the top 3 belongs to it)",
        "Without a theme (1): ID4 “One list”",
    ]
    assert picture.data.rows[0] == ("Services", 2, "ID2, ID3")
    assert "One of the top 3 belongs to it" in picture.svg
    assert "<b>" not in picture.svg
    assert "top 3" not in cluster.result("challenges", "themes-picture").svg


@pytest.mark.parametrize("canvas", ["ideas", "challenges"])
def test_themes_of_nothing_and_of_single_notes_are_said_in_words(cluster, canvas):
    assert "Nothing is written down yet" in cluster.result(canvas, "themes-picture").svg
    board = cluster.board(canvas)
    board.add(canvas, "First")
    assert cluster.result(canvas, "themes-picture").alt == "Nothing has a theme yet."
    board.add(canvas, "Second", theme="Money")
    board.add(canvas, "Third", theme="Staff")
    assert cluster.result(canvas, "themes-picture").alt == (
        "3 notes on 2 themes; none is named twice."
    )


def test_a_result_that_there_is_not(cluster):
    with pytest.raises(UnknownNameError, match="top-3"):
        cluster.result("ideas", "top-4")
