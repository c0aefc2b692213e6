"""Themes over all clusters: what the facilitator sees, and nobody else."""

import pytest

from clusterlab.errors import UnknownNameError, UsageError
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Bundle

FEW = "Alpha Cluster: W1 “Few people"
TWO = "W2 “<b>Two</b> things”"


def cells(table):
    return [row.cells[1:] for row in table.rows]


@pytest.fixture
def workshop(small):
    opened = OpenWorkshop(small)
    for cluster, tags in (("alpha", ["Staff", "Money"]), ("beta", ["staff", "Visibility"])):
        board = opened.cluster(cluster).board("swot", topic="services")
        board.add("weaknesses", f"Few people at {cluster}", tags=tags[:1])
        board.add("weaknesses", "<b>Two</b> things", tags=tags)
    return opened


def test_themes_are_counted_by_clusters_and_keep_everybodys_words(workshop):
    table = workshop.themes("swot", topic="services")
    assert cells(table) == [
        (
            "Staff",
            "2 of 2 clusters",
            f"{FEW} at alpha”, {TWO}; Bêta & Söhne e.V.: W1 “Few people at beta”, {TWO}",
        ),
        ("Money", "1 of 2 clusters", f"Alpha Cluster: {TWO}"),
        ("Visibility", "1 of 2 clusters", f"Bêta & Söhne e.V.: {TWO}"),
    ]
    assert "<b>Two" not in table.to_html()
    assert table.alt.startswith("Themes of all clusters. 3 themes. Staff: 2 of 2 clusters")
    (without,) = workshop.themes("swot").footnotes
    assert (without.label, without.value) == ("Notes without a theme:", "4")


def test_what_looks_alike_is_asked_and_merged_only_where_people_say_so(workshop):
    board = workshop.cluster("beta").board("swot", topic="services")
    board.add("threats", "Grants end", group="Funding of projects")
    board.add("threats", "No money", group="Funding of project")
    board.add("threats", "Hm", group="Law")
    table = workshop.themes("swot", "group")
    assert [c[0] for c in cells(table)] == ["Funding of project", "Funding of projects", "Law"]
    assert [f.value for f in table.footnotes if f.label == "Do these mean the same?"] == [
        "“Funding of project” · “Funding of projects”"
    ]
    merged = workshop.themes("swot", "group", merged={"Funding of project": "Funding of projects"})
    assert [c[0] for c in cells(merged)] == ["Funding of projects", "Law"]
    assert not [f for f in merged.footnotes if f.label == "Do these mean the same?"]


def test_challenges_go_by_the_usual_ones_and_choices_by_their_label(workshop):
    board = workshop.cluster("alpha").board("challenges")
    board.add("challenges", "No money", challenge="finances")
    board.add("challenges", "Few apply", theme="Staff")
    found = {c[0]: c[1] for c in cells(workshop.themes("challenges"))}
    assert found == {"Financial sustainability": "1 of 2 clusters", "Staff": "1 of 2 clusters"}
    only = {c[0] for c in cells(workshop.themes("challenges", "challenge"))}
    assert only == {"Financial sustainability"}


def test_nothing_named_is_an_empty_table_and_wrong_names_are_told(workshop):
    assert workshop.themes("tows").rows == ()
    for wrong in (("swto",), ("swot", "tgas")):
        with pytest.raises(UnknownNameError, match="Did you mean"):
            workshop.themes(*wrong)
    for wrong in ({"topic": "servces"}, {"version": "currant"}):
        with pytest.raises(UnknownNameError, match="Did you mean"):
            workshop.themes("swot", **wrong)


def test_a_clusters_own_bundle_shows_no_other_cluster(workshop, small):
    cluster = small.cluster("alpha")
    bundle = small.bundle(cluster, small.language(cluster))
    with pytest.raises(UsageError, match="one cluster only"):
        OpenWorkshop(Bundle(bundle)).themes("swot")
