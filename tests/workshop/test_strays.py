"""Notes that are in no document are named."""

from clusterlab.model import BoardId, Operation
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder


def strays(path):
    with Folder(path) as folder:
        return list(map(str, folder.strays()))


def test_nothing_is_said_where_everything_is_shown(small):
    assert small.strays() == []


def test_a_cluster_that_the_roster_does_not_name(small):
    roster = small.path / "clusters.csv"
    roster.write_text("id,name\nalpha,Alpha Cluster\n")
    text = "2 notes of “beta” are in no document: clusters.csv does not name it."
    assert strays(small.path) == [text]
    board = OpenWorkshop(small).cluster("beta").board("swot", topic="business")
    board.delete("S1")
    assert strays(small.path) == [
        "1 note of “beta” is in no document: clusters.csv does not name it."
    ]
    board.delete("T1")
    assert strays(small.path) == []


def test_a_topic_that_the_workshop_no_longer_has(small):
    OpenWorkshop(small).cluster("alpha").board("pestel").add("legal", "New rules for batteries")
    OpenWorkshop(small).cluster("alpha").board("tows", topic="services").add("so", "Sell more")
    file = small.path / "workshop.toml"
    file.write_text(file.read_text() + '\n[[topics]]\nid = "services"\nlabel = "Services"\n')
    assert strays(small.path) == [
        f"2 notes of {name} lie on the topic “business” of “SWOT”, which workshop.toml no longer "
        "has."
        for name in ("Alpha Cluster", "Bêta & Söhne e.V.")
    ]


def test_notes_from_before_a_canvas_had_topics(small):
    own = small.path / "canvases"
    own.mkdir()
    kind = 'id = "vrio"\ntitle = "VRIO"\nlayout = "table"\n[[blocks]]\nid = "r"\nlabel = "R"\n'
    (own / "vrio.toml").write_text(kind)
    with Folder(small.path) as folder:
        OpenWorkshop(folder).cluster("alpha").board("vrio").add("r", "Rare")
    (own / "vrio.toml").write_text(kind + '[[topics]]\nid = "t"\nlabel = "T"\n')
    assert strays(small.path) == ["1 note of Alpha Cluster lies on no topic of “VRIO”."]


def test_a_topic_that_only_a_payload_names_and_one_that_cannot_be_read(small):
    board = BoardId("alpha", "swot", topic="business")
    added = {"block": "threats", "letter": "T", "values": {"text": "Lost"}}
    small.journal.append(
        [
            Operation(board, "add", {**added, "note": "one", "topic": "gone"}),
            Operation(board, "add", {**added, "note": "two", "topic": "half \ud83d"}),
            Operation(board, "move", {"note": "one", "block": "threats", "topic": "moved"}),
        ]
    )
    found = strays(small.path)
    assert [text.split("“")[1].split("”")[0] for text in found] == ["gone", "half \ud83d"]


def test_only_clusters_with_such_topics_are_folded(small, monkeypatch):
    folded = []
    boards = Folder.boards
    monkeypatch.setattr(Folder, "boards", lambda self, c: folded.append(c) or boards(self, c))
    assert small.strays() == []
    assert folded == []
    payload = {"note": "one", "block": "threats", "topic": "gone", "values": {"text": "Lost"}}
    small.journal.append([Operation(BoardId("beta", "swot"), "add", payload)])
    assert len(small.strays()) == 1
    assert set(folded) == {"beta"}
