"""People in, breakout rooms out."""

import csv
from collections import Counter

import openpyxl
import pytest

from clusterlab.errors import TableError, UsageError
from clusterlab.exchange import (
    Guest,
    expected_guests,
    read_guests,
    rooms_for,
    write_rooms,
)
from clusterlab.model import Cluster
from clusterlab.workshop import create


@pytest.fixture
def folder(tmp_path):
    clusters = [Cluster("moveo", "Mov’eo"), Cluster("beta", "Bêta & Söhne")]
    with create(tmp_path / "w", "competency-map", "W", clusters) as made:
        yield made


def listed(tmp_path, text, name="people.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def said(guests):
    return [str(n) for n in guests.notices]


def test_people_are_read_with_their_cluster_by_id_or_name(folder, tmp_path):
    text = "Cluster;Name;Diet\nMOVEO; Ada  L. ;\nbêta & söhne;Ben;vegan\nmov’eo;Cy;\n;Di;\n"
    found = read_guests(folder, listed(tmp_path, text))
    assert found.people == (
        Guest("Ada L.", "moveo"), Guest("Ben", "beta"), Guest("Cy", "moveo"), Guest("Di"),
    )  # fmt: skip
    assert (found.refusals, found.notices) == ((), ())


def test_rows_that_cannot_be_taken_are_told_and_the_rest_is_taken(folder, tmp_path):
    text = 'name,cluster\nAda,moveo\n,beta\nBen,nowhere\nAda,moveo\n"open,beta\n'
    found = read_guests(folder, listed(tmp_path, text))
    assert [g.name for g in found.people] == ["Ada", "Ben", "Ada"]
    assert [r.row for r in found.refusals] == [6, 3]
    assert said(found) == [
        "clusters.csv does not name “nowhere”; its people were taken all the same.",
        "“Ada” is on the list more than once, each time with a seat.",
    ]


def test_a_list_without_names_is_none_and_one_without_clusters_is_told(folder, tmp_path):
    with pytest.raises(TableError, match="no column “name”"):
        read_guests(folder, listed(tmp_path, "who,cluster\nAda,moveo\n"))
    with pytest.raises(TableError, match=r"\.xlsx"):
        read_guests(folder, listed(tmp_path, "Ada", "people.docx"))
    found = read_guests(folder, listed(tmp_path, "name\nAda\n"))
    assert found.people == (Guest("Ada"),)
    assert "by chance alone" in said(found)[0]


def test_all_sheets_of_a_workbook_that_name_people_are_read(folder, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Name", "Cluster"])
    book.active.append(["Ada", "moveo"])
    book.create_sheet("Notes").append(["Remember the coffee"])
    more = book.create_sheet("Late")
    more.append(["name"])
    more.append(["=1+1"])
    book.save(tmp_path / "people.xlsx")
    found = read_guests(folder, tmp_path / "people.xlsx")
    assert found.people == (Guest("Ada", "moveo"),)
    assert [(r.sheet, r.row, r.column) for r in found.refusals] == [("Late", 2, "name")]


def test_rooms_are_even_mixed_and_the_same_whatever_the_order_of_the_list():
    people = [Guest(f"{c}{n}", c) for c in "abc" for n in range(4)] + [Guest("b0", "b")]
    first = rooms_for(people, 4, 7)
    assert sorted(map(len, first.rooms)) == [3, 3, 3, 4]
    assert Counter(g for room in first.rooms for g in room) == Counter(people)
    assert first.together == (("b", 5),)
    for room in first.rooms:
        assert len([g for g in room if g.cluster == "a"]) == 1
    assert rooms_for([*people[5:], *reversed(people[:5])], 4, 7) == first
    assert rooms_for(people, 4, 8) != first


def test_as_many_rooms_as_people_but_not_one_more():
    people = [Guest("Ada"), Guest("Ben")]
    assert sorted(map(len, rooms_for(people, 2, 1).rooms)) == [1, 1]
    with pytest.raises(UsageError, match="3 rooms are more than there are people"):
        rooms_for(people, 3, 1)


def test_without_a_list_clusters_send_people_by_number(folder):
    found = expected_guests(folder, 2)
    assert [g.name for g in found.people] == [
        "Mov’eo 1", "Mov’eo 2", "Bêta & Söhne 1", "Bêta & Söhne 2",
    ]  # fmt: skip
    assert rooms_for(found.people, 2, 1).together == ()


def test_what_is_written_has_a_row_for_each_and_runs_as_no_formula(tmp_path):
    rooms = rooms_for([Guest("=HYPERLINK(1)", "moveo"), Guest("Ben")], 2, 3)
    write_rooms(tmp_path / "r.csv", rooms)
    with (tmp_path / "r.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["room", "name", "cluster"]
    assert {r[0] for r in rows[1:]} == {"1", "2"}
    assert ["'=HYPERLINK(1)", "moveo"] in [r[1:] for r in rows]
    write_rooms(tmp_path / "r.xlsx", rooms)
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    cells = {c.value: c.data_type for row in sheet.iter_rows() for c in row}
    assert cells["=HYPERLINK(1)"] == "s"
    with pytest.raises(UsageError, match=r"\.xlsx or \.csv"):
        write_rooms(tmp_path / "r.pdf", rooms)
