"""The four competency maps of the sample, read by a person: which threats nobody answers."""

import pytest
from sheets_of import KINDS

from clusterlab.exchange import import_notes
from clusterlab.language import load
from clusterlab.methods import check
from clusterlab.model import BoardId
from clusterlab.shared import shared
from clusterlab.workshop import create, read_roster

SAY = load("en").say
#: By cluster: the threats that no strategy answers, read one by one against all its strategies.
UNANSWERED = {
    "e-mobility-regensburg": [
        "Other business support bodies compete, such as Digital Innovation Hubs",
        "Funding conditions for technology projects are changing",
        "Internal processes may slow down",
        "The pandemic removes personal contact and limits exchange of experience in the cluster",
        "The consequences of the pandemic are a threat",
    ],
    "mobinov": [],
    "moveo": [
        "Horizon Europe faces planned budget cuts",
        "Whether the permanent team will be renewed is open",
    ],
    "rai-automotive-nl": [
        "The pandemic threatens our business",
        "Our competitive position abroad could be lost",
        "When one staff member leaves, many members may leave too",
        "Our activities do not interest people enough",
        "Attention shifts away from automotive to mobility",
    ],
}


@pytest.fixture(scope="module")
def boards(tmp_path_factory):
    """The boards of the four clusters, as an import of the sample's tables makes them."""
    clusters, _ = read_roster(shared("data", "clusters.csv"))
    place = tmp_path_factory.mktemp("maps") / "w"
    with create(place, "competency-map", "Maps", clusters) as folder:
        for name in UNANSWERED:
            import_notes(folder, shared("data", "competency-maps", f"{name}.csv"))
        yield {name: folder.boards(name) for name in UNANSWERED}


@pytest.mark.parametrize("cluster", UNANSWERED)
def test_the_threats_that_no_strategy_answers_are_those_that_a_reader_finds(boards, cluster):
    held = boards[cluster]
    swot = {n.spoken: n for n in held[BoardId(cluster, "swot")]}
    found = [f for f in check(KINDS, held, {}) if f.rule == "tows-orphan"]
    threats = [swot[f.note].text for f in found if swot[f.note].block == "threats"]
    assert threats == UNANSWERED[cluster]


def test_what_is_said_of_them_names_the_strategies_that_may_answer_them(boards):
    found = check(KINDS, boards["rai-automotive-nl"], {})
    said = {f.note: SAY(f.suggestion) for f in found if f.rule == "tows-orphan"}
    assert said["T6"] == (
        "Strategies on this topic that are linked to nothing under “Threats” yet (1): ST2. If one "
        "of them answers it, link it; else write one, or decide to live with it."
    )
    # On “business”, each strategy that pairs something with threats is linked to one.
    assert said["T1"] == "Link a strategy to it, write one, or decide to live with it."
