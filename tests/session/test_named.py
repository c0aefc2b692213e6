"""Canvases by name, for people who look for them."""

import inspect

import pytest

import clusterlab
from clusterlab.cli.laboratory import open_lab
from clusterlab.errors import NoWorkshopError, ParameterError, UnknownNameError, UsageError
from clusterlab.model import Cluster
from clusterlab.outputs import MIME
from clusterlab.session import named
from clusterlab.shared import shared
from clusterlab.workshop import create, folder_name

NAMES = sorted(named.CANVASES)


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A workshop of one cluster, and the notebook beside its workshop.toml."""
    clusters = [Cluster("alpha", "Alpha Cluster")]
    with create(tmp_path / "alone", "competency-map", "Alone", clusters) as folder:
        monkeypatch.chdir(folder.path)
        yield folder


def opened(name, **more):
    board = getattr(clusterlab, name)(**more)
    yield board
    board._cluster.workshop.source.close()


def test_every_kind_that_is_shipped_has_a_name_and_nothing_else_has():
    kinds = {path.stem for path in shared("templates", "canvases").glob("*.toml")}
    plain = {entry.canvas for entry in named.CANVASES.values() if not entry.shape}
    assert plain == kinds
    assert set(NAMES) == {n for n in clusterlab.__all__ if n[0].isupper()}
    assert {"Findings", "Indicators", "Needs", "Raci", "Services", "Tasks"} <= set(NAMES)
    assert clusterlab.TrendRadar is clusterlab.TrendRadar
    for wrong in ("Trendradar", "trend_radar", "_Tasks"):
        with pytest.raises(AttributeError, match=wrong):
            getattr(clusterlab, wrong)


def test_help_says_what_the_kind_says():
    help_ = inspect.getdoc(clusterlab.Tasks)
    assert help_.startswith("What has to be done, in which order, by whom, and how long it takes.")
    assert '>>> clusterlab.Swot(topic="business")' in inspect.getdoc(clusterlab.Swot)


@pytest.mark.parametrize("name", NAMES)
def test_each_opens_its_canvas_for_the_only_cluster(alone, name):
    for board in opened(name):
        entry = named.CANVASES[name]
        assert (board.kind.id, board.shape) == (entry.canvas, entry.shape or board.kind.layout)
        assert (board.id.cluster, board.id.version, board.id.topic) == ("alpha", "current", "")
        assert board._repr_mimebundle_()[MIME]["title"]


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_it_is_and_what_it_takes(name):
    made = getattr(clusterlab, name)
    taken = list(inspect.signature(made).parameters)
    expected = ["topic", "version", "cluster", "workshop", "language"]
    assert taken == [*expected, *(["classic"] if name == "BusinessModelCanvas" else [])]
    help_ = inspect.getdoc(made)
    assert help_.splitlines()[0].endswith(".")
    assert all(f"\n{parameter}\n" in help_ for parameter in taken)
    assert f">>> clusterlab.{name}(" in help_
    assert made.__name__ == name


def test_version_topic_and_classic_are_passed_on(small):
    where = {"workshop": small.path, "cluster": "alpha"}
    for board in opened("Swot", topic="services", **where):
        assert board.id.topic == "services"
    for board in opened("BusinessModelCanvas", version="in-five-years", **where):
        assert (board.kind.id, board.id.version) == ("business-model-cluster", "in-five-years")
    for board in opened("BusinessModelCanvas", classic=True, **where):
        assert (board.kind.id, len(board.kind.blocks)) == ("business-model", 9)
    with pytest.raises(UnknownNameError, match="services"):
        clusterlab.Swot(topic="servces", **where)


def test_a_notebook_in_a_clusters_own_folder_is_that_clusters(small, monkeypatch):
    open_lab(small, "beta")
    monkeypatch.chdir(small.path / "work" / "beta")
    for board in opened("Swot"):
        assert board.id.cluster == "beta"
    for board in opened("Swot", workshop="../.."):
        assert board.id.cluster == "beta"
    for board in opened("Swot", cluster="alpha"):
        assert board.id.cluster == "alpha"


def test_a_folder_that_carries_another_name_is_found_too(tmp_path, monkeypatch):
    ids = ("Möbel & Holz", "Moebel Holz", "con")
    clusters = [Cluster(id_, id_) for id_ in ids]
    with create(tmp_path / "names", "competency-map", "Names", clusters) as folder:
        for id_ in ids:
            place = folder.path / "work" / folder_name(id_) / "deeper"
            place.mkdir(parents=True)
            monkeypatch.chdir(place)
            for board in opened("Pestel"):
                assert board.id.cluster == id_


def test_of_several_clusters_one_must_be_named(small, monkeypatch):
    monkeypatch.chdir(small.path)
    with pytest.raises(ParameterError, match="alpha, beta"):
        clusterlab.Swot()
    (small.path / "work" / "gamma").mkdir(parents=True)
    monkeypatch.chdir(small.path / "work" / "gamma")
    with pytest.raises(ParameterError, match="alpha, beta"):
        clusterlab.Swot()


def test_without_a_workshop_around_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoWorkshopError, match="clusterlab new"):
        clusterlab.Swot()


def test_the_matrix_is_a_canvas_of_four_boxes_on_the_same_board(alone):
    for plan in opened("ActionPlan"):
        plan.add("actions", "Call every member", effort=2, impact=5)
        plan.add("actions", "New logo", effort=3, impact=3)
        plan.add("actions", "Invite schools", impact=5)
        matrix = clusterlab.PriorityMatrix()
        shown = matrix.output()
        assert shown.title == "Priority matrix"
        assert shown.grid == (("quick-wins", "major-projects"), ("fill-ins", "thankless-tasks"))
        held = {box.id: [item.text for item in box.items] for box in shown.boxes}
        assert held["quick-wins"] == ["Call every member"]
        assert held["thankless-tasks"] == ["New logo"]
        assert [item.text for item in shown.unplaced] == ["Invite schools"]
        assert shown.footnotes[0].value == "Effort 3 counts as high, Impact 3 as low."
        assert [d.label for d in shown.unplaced[0].details] == ["Impact"]
        for text in (shown.to_html(), shown.to_text()):
            assert "Call every member" in text
            assert "Effort 3 counts as high, Impact 3 as low." in text


def test_a_canvas_without_axes_has_no_matrix(small):
    cluster = clusterlab.open_workshop(small.path).cluster("alpha")
    with pytest.raises(UsageError, match="“SWOT” has no matrix"):
        cluster.matrix("swot")
    with pytest.raises(UnknownNameError, match="action-plan"):
        cluster.matrix("action-plann")
    with pytest.raises(UsageError, match="has no matrix"):
        cluster.presenter().matrix(cluster.kind("tows"), cluster.board("tows").state)
    cluster.workshop.source.close()
