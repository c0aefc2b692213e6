"""A workshop of as many clusters as one likes, as the real ones of the sample are.

``python benchmarks/synthetic.py FOLDER [--clusters 1000] [--seed 1]``. How many notes a block has,
how long they are, how many links a strategy has, countries, fields and languages are drawn from
the sample. Every cluster gets notes, though only four of the sample's fifteen have some. Notes are
words of the sample in a new order: no sentence of a real cluster stands in them.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from random import Random
from typing import NamedTuple

from clusterlab.model import BoardId, Cluster, Operation, derived_id
from clusterlab.shared import shared
from clusterlab.workshop import Folder, create, read_roster

FORMAT = "cluster-strategy"
#: Every so many clusters have the same numbers of notes again, so that parts of a build compare.
ALIKE = 100
_TIME = "2026-11-20T09:00:00.000Z"
_ACTOR = "sample"
#: Which parts of a SWOT a strategy may rest on, by its block.
_SIDES = {
    "so": ("strengths", "opportunities"),
    "st": ("strengths", "threats"),
    "wo": ("weaknesses", "opportunities"),
    "wt": ("weaknesses", "threats"),
}


class Place(NamedTuple):
    """Where notes are: a block of a board."""

    canvas: str
    version: str
    topic: str
    block: str


class Sample:
    """What the real clusters' notes are like."""

    def __init__(self) -> None:
        self._tables = []
        for path in sorted(shared("data").glob("competency-maps/*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                self._tables.append(list(csv.DictReader(file)))
        self.clusters, _ = read_roster(shared("data", "clusters.csv"))

    @cached_property
    def sizes(self) -> dict[Place, list[int]]:
        """How many notes each real cluster has, by block."""
        counts = [Counter(_place(row) for row in table) for table in self._tables]
        return {place: [c[place] for c in counts] for place in sorted(set().union(*counts))}

    @cached_property
    def lengths(self) -> dict[str, list[int]]:
        """How many words the notes have, by canvas."""
        found = defaultdict(list)
        for row in self._rows():
            found[row["canvas"]].append(len(row["text"].split()))
        return found

    @cached_property
    def words(self) -> list[str]:
        """All words of all notes, as often as they are used."""
        return [word.strip(".,;:()“”\"'") or word for text in self.texts for word in text.split()]

    @cached_property
    def texts(self) -> list[str]:
        """All notes."""
        return [row["text"] for row in self._rows()]

    @cached_property
    def links(self) -> list[int]:
        """To how many notes each strategy is linked."""
        return [len(row["links"].split()) for row in self._rows() if row["canvas"] == "tows"]

    @cached_property
    def groups(self) -> dict[Place, list[str]]:
        """The groups that notes are in, by block; "" for none."""
        found = defaultdict(list)
        for row in self._rows():
            found[_place(row)].append(row.get("group", ""))
        return found

    def _rows(self) -> Iterator[dict[str, str]]:
        for table in self._tables:
            yield from table


def _place(row: dict[str, str]) -> Place:
    return Place(row["canvas"], row["version"], row["topic"], row["block"])


def synthetic_clusters(sample: Sample, count: int, seed: int) -> list[Cluster]:
    """Give the roster: each cluster takes country, field and figures from several real ones."""
    found = []
    for number in range(1, count + 1):
        random = Random(f"{seed} roster {number}")  # noqa: S311 - the same for the same seed
        home, trade, figures = (random.choice(sample.clusters) for _ in range(3))
        word = trade.field.split(",", maxsplit=1)[0].capitalize()
        found.append(
            Cluster(
                id=f"cluster-{number:05}",
                name=f"{word} Cluster {home.country} {number}",
                country=home.country,
                field=trade.field,
                since=figures.since,
                members=figures.members,
                smes=figures.smes,
                label=figures.label,
                language=home.language,
            )
        )
    return found


def notes(sample: Sample, folder: Folder, number: int, seed: int) -> Iterator[Operation]:
    """Give a cluster's notes.

    Parameters
    ----------
    number
        Which cluster, from 1.
    """
    cluster = f"cluster-{number:05}"
    size = Random(f"{seed} size {number % ALIKE}")  # noqa: S311 - the same for the same seed
    random = Random(f"{seed} words {number}")  # noqa: S311 - likewise
    letters = {(k.id, block.id): block.letter for k in folder.kinds.values() for block in k.blocks}
    there: dict[tuple[str, str], list[str]] = defaultdict(list)
    count = 0
    # A SWOT comes before the strategies that rest on it.
    for place, sizes in sorted(sample.sizes.items(), key=lambda p: (p[0].canvas == "tows", p[0])):
        for _ in range(size.choice(sizes)):
            count += 1
            note = derived_id("synthetic", seed, number, count)
            values = {"text": _text(sample, random, size.choice(sample.lengths[place.canvas]))}
            if group := size.choice(sample.groups[place]):
                values["group"] = group
            letter = letters[place.canvas, place.block]
            payload = {"note": note, "topic": place.topic, "block": place.block, "values": values}
            payload["letter"] = letter
            if place.canvas == "swot":
                there[place.topic, place.block].append(note)
            elif place.canvas == "tows":
                near = [n for side in _SIDES[place.block] for n in there[place.topic, side]]
                links = random.sample(near, min(size.choice(sample.links), len(near)))
                payload["links"] = sorted(links)
            board = BoardId(cluster, place.canvas, place.version, place.topic)
            yield Operation(board, "add", payload, _ACTOR, derived_id("add", note), time=_TIME)


def _text(sample: Sample, random: Random, length: int) -> str:
    text = " ".join(random.choices(sample.words, k=length))
    return text[0].upper() + text[1:]


def synthetic_workshop(path: Path, count: int, seed: int = 1) -> Folder:
    """Make a workshop of synthetic clusters; the same seed gives the same one.

    Parameters
    ----------
    path
        A folder that does not exist.
    count
        How many clusters.
    """
    sample = Sample()

    def fill(folder: Folder) -> None:
        numbers = range(1, count + 1)
        folder.journal.append(o for i in numbers for o in notes(sample, folder, i, seed))

    return create(
        path,
        FORMAT,
        f"{count} synthetic clusters",
        synthetic_clusters(sample, count, seed),
        fill=fill,
        id=derived_id("synthetic", seed, count),
        language="en",
        starts="2026-11-20",
        time_zone="Europe/Brussels",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a workshop."""
    parser = argparse.ArgumentParser(description="Make a workshop of synthetic clusters.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clusters", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    synthetic_workshop(given.folder, given.clusters, given.seed).close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
