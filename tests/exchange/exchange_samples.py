"""Shorthands for tests of tables."""

from clusterlab.model import BoardId, Cluster
from clusterlab.workshop import Folder, write_roster, write_settings
from clusterlab.workshop.settings import new_settings

CLUSTERS = (
    Cluster("alpha", "Alpha Cluster"),
    Cluster("beta", "Bêta & Söhne e.V."),
    Cluster("gamma", "Gamma"),
)


def make(path, clusters=CLUSTERS, **facts):
    path.mkdir()
    write_roster(clusters, path / "clusters.csv")
    text = write_settings(new_settings("Workshop", **facts))
    (path / "workshop.toml").write_text(text, encoding="utf-8")
    return Folder(path)


def swot(text, **more):
    row = {"cluster": "alpha", "canvas": "swot", "topic": "business", "block": "strengths"}
    return {**row, "text": text, **more}


def notes(folder, canvas="swot", cluster="alpha", version="current"):
    return {n.text: n for n in folder.board(BoardId(cluster, canvas, version))}
