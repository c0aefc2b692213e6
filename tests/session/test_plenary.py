"""What a facilitator shows to all clusters together."""

import csv

import pytest

from clusterlab.errors import TableError, UnknownNameError, UsageError
from clusterlab.model import Cluster
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle, create

CLUSTERS = [Cluster("alpha", "Alpha Cluster"), Cluster("beta", "Bêta & Söhne"), Cluster("c", "C")]


@pytest.fixture
def workshop(tmp_path):
    with create(tmp_path / "w", "strategy-review", "Together", CLUSTERS) as folder:
        yield OpenWorkshop(folder)


def people(table):
    column = [c.id for c in table.columns].index("people")
    return [row.cells[column] for row in table.rows]


def facts(table):
    return {fact.label: fact.value for fact in table.footnotes}


def test_people_sit_in_even_rooms_and_the_same_seed_gives_the_same(workshop):
    table = workshop.rooms(2, seed=7, per_cluster=3)
    seats = [room.split("; ") for room in people(table)]
    assert [len(room) for room in seats] == [5, 4]
    assert sorted(name for room in seats for name in room) == [
        f"{c.name} {n}" for c in sorted(CLUSTERS, key=lambda c: c.name) for n in (1, 2, 3)
    ]
    assert people(workshop.rooms(2, seed=7, per_cluster=3)) == people(table)
    assert people(workshop.rooms(2, seed=8, per_cluster=3)) != people(table)
    assert "7: the same people" in facts(table)["Seed:"]
    assert "Alpha Cluster (3 people)" in facts(table)["Together:"]
    assert table.alt == "Breakout rooms. 9 people in 2 rooms."
    assert "Together:" not in facts(workshop.rooms(3, per_cluster=3))


def test_fewer_people_than_rooms_and_nobody_at_all(workshop, tmp_path):
    assert len(workshop.rooms(9, per_cluster=1).rows) == 3
    with create(tmp_path / "none", "planning") as folder:
        empty = OpenWorkshop(folder).rooms()
    assert empty.rows == ()
    assert "names no cluster" in empty.to_text()
    with pytest.raises(UsageError, match="0 rooms"):
        workshop.rooms(0)


def listed(workshop, *rows):
    path = workshop.source.path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("name", "cluster"), *rows])


def test_a_list_says_who_comes_and_is_escaped(workshop):
    listed(workshop, ("<b>Ann</b>", "alpha"), ("Bo", "Bêta & Söhne"), ("Cy", ""))
    table = workshop.rooms(1, people="people.csv")
    assert sorted(people(table)[0].split("; ")) == [
        "<b>Ann</b> (Alpha Cluster)", "Bo (Bêta & Söhne)", "Cy",
    ]  # fmt: skip
    assert "<b>" not in table.to_html()


def test_a_list_of_which_somebody_would_be_lost_is_refused(workshop):
    listed(workshop, ("Ann", "alpha"), ("", "beta"))
    with pytest.raises(TableError, match=r"people\.csv.*row 3.*no name"):
        workshop.rooms(1, people="people.csv")


@pytest.mark.parametrize("way", ["../people.csv", "{place}/people.csv"])
def test_a_list_outside_the_workshop_is_never_read(workshop, way):
    outside = workshop.source.path.parent / "people.csv"
    outside.write_text("name,cluster\nAnn,alpha\n", encoding="utf-8")
    with pytest.raises(TableError, match="not in the workshop’s folder"):
        workshop.rooms(1, people=way.format(place=outside.parent))


def test_each_room_talks_about_one_of_the_challenges_that_most_clusters_name(workshop):
    for cluster, named in (("alpha", ["members", "finances"]), ("beta", ["members", "services"])):
        board = workshop.cluster(cluster).board("challenges")
        for name in named:
            board.add("challenges", f"What {cluster} says of {name}", challenge=name)
    table = workshop.rooms(2, about="challenges")
    column = [c.id for c in table.columns].index("topic")
    assert [row.cells[column] for row in table.rows] == [
        "Attracting and retaining members", "Financial sustainability",
    ]  # fmt: skip
    assert facts(table)["Topics:"].endswith("Financial sustainability; Service innovation")
    three = workshop.rooms(3, about="challenges")
    assert "Topics:" not in facts(three)
    assert [row.cells[column] for row in workshop.rooms(5, about="challenges").rows][3:] == [
        "–", "–",
    ]  # fmt: skip
    with pytest.raises(UnknownNameError, match="challenges"):
        workshop.rooms(2, about="challenge")


def test_before_any_challenge_is_named_rooms_have_no_topic(workshop):
    assert "topic" not in [c.id for c in workshop.rooms(2, about="challenges").columns]


def test_title_and_section_name_the_workshop_and_all_clusters(workshop):
    title = workshop.title("Facilitation", "For all")
    assert (title.title, title.subtitle) == ("Facilitation", "Together")
    assert (title.facts[0].value, title.facts[0].note) == ("3", "Alpha Cluster; Bêta & Söhne; C")
    assert workshop.section("Breakout rooms").title == "Breakout rooms"


def test_a_bundle_holds_one_cluster_only(workshop):
    folder = workshop.source
    bundle = OpenWorkshop(Bundle(folder.bundle(folder.cluster("alpha"), folder.language())))
    for ask in (bundle.rooms, lambda: bundle.title("x"), lambda: bundle.section("x")):
        with pytest.raises(UsageError, match="one cluster only"):
            ask()
