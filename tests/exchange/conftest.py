"""A workshop to import into, and shorthands."""

import csv

import pytest

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


@pytest.fixture
def new_folder(tmp_path):
    """Makes workshop folders by name."""
    made = []

    def new(name, *args, **facts):
        made.append(make(tmp_path / name, *args, **facts))
        return made[-1]

    yield new
    for folder in made:
        folder.close()


@pytest.fixture
def folder(new_folder):
    return new_folder("workshop")


@pytest.fixture
def table(tmp_path):
    """Writes rows, given as dictionaries, as a table."""

    def write(*rows, name="table.csv"):
        header = list(dict.fromkeys(key for row in rows for key in row))
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return tmp_path / name

    return write


def swot(text, **more):
    row = {"cluster": "alpha", "canvas": "swot", "topic": "business", "block": "strengths"}
    return {**row, "text": text, **more}


def notes(folder, canvas="swot", cluster="alpha", version="current"):
    return {n.text: n for n in folder.board(BoardId(cluster, canvas, version))}
