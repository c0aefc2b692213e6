"""A workshop's folder."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from clusterlab.errors import (
    N_,
    Message,
    NoWorkshopError,
    Refusal,
    TableError,
    UnknownNameError,
    WorkshopError,
)
from clusterlab.journal import Journal, copied
from clusterlab.language import Language, choose, load, read_text
from clusterlab.methods import with_rules
from clusterlab.model import Board, BoardId, CanvasKind, Cluster, Note, Operation, dropped
from clusterlab.workshop import roster, settings
from clusterlab.workshop.bundle import make_bundle
from clusterlab.workshop.kinds import load_kinds, with_topics
from clusterlab.workshop.logo import read_logo

JOURNAL = "workshop.db"

_UNNAMED = N_("{count} notes of “{id}” are in no document: clusters.csv does not name it.")
_ONE_UNNAMED = N_("{count} note of “{id}” is in no document: clusters.csv does not name it.")
_TOPIC = N_(
    "{count} notes of {cluster} lie on the topic “{topic}” of “{canvas}”, which workshop.toml no "
    "longer has."
)
_ONE_TOPIC = N_(
    "{count} note of {cluster} lies on the topic “{topic}” of “{canvas}”, which workshop.toml no "
    "longer has."
)
_NO_TOPIC = N_("{count} notes of {cluster} lie on no topic of “{canvas}”.")
_ONE_NO_TOPIC = N_("{count} note of {cluster} lies on no topic of “{canvas}”.")
_CONTROL = N_("“{file}”: control characters, which no document can carry, were left out ({count}).")


class Folder:
    """An opened workshop folder.

    Parameters
    ----------
    path
        The folder, which holds ``workshop.toml``.
    journal
        File of the journal; by default the folder's own, which is made where there is none.

    Raises
    ------
    NoWorkshopError
        Where there is no workshop.
    WorkshopError
        Where ``workshop.toml`` is broken or not in UTF-8.
    JournalError
        Where the journal cannot be used.
    """

    def __init__(self, path: Path, journal: Path | None = None) -> None:
        self.path = path.resolve()
        file = self.path / settings.FILE
        if not file.is_file():
            raise NoWorkshopError(folder=str(path))
        self.settings = settings.read_settings(read_text(file))
        self.journal = Journal(journal or self.path / JOURNAL, self.settings.id)

    @classmethod
    def around(cls, place: Path) -> Self:
        """Open the workshop that a folder belongs to: itself or one above it.

        Raises
        ------
        NoWorkshopError
            Where neither is a workshop.
        """
        start = place.resolve()
        for folder in (start, *start.parents):
            if (folder / settings.FILE).is_file():
                return cls(folder)
        raise NoWorkshopError(folder=str(place))

    @staticmethod
    def id_at(path: Path) -> str:
        """Give the UUID of the workshop whose folder this is; "" where it is none that opens."""
        file = path / settings.FILE
        try:
            return settings.read_settings(read_text(file)).id if file.is_file() else ""
        except (WorkshopError, OSError):
            return ""

    @classmethod
    @contextlib.contextmanager
    def looked_at(cls, path: Path) -> Iterator[Self]:
        """Open a workshop as it stands now, without making or changing anything in its folder.

        What is written on it is lost.

        Raises
        ------
        JournalError
            Where there is no journal, or it cannot be read.
        """
        with copied(path / JOURNAL) as journal, cls(path, journal) as folder:
            yield folder

    @cached_property
    def _roster(self) -> tuple[list[Cluster], list[Refusal]]:
        return roster.read_roster(self.path / roster.FILE)

    @property
    def clusters(self) -> list[Cluster]:
        """The clusters of the roster, in its order.

        Raises
        ------
        TableError
            Where the roster cannot be read.
        """
        return self._roster[0]

    @property
    def refusals(self) -> list[Refusal]:
        """Rows of the roster that could not be taken."""
        return self._roster[1]

    def cluster(self, cluster: str) -> Cluster:
        """Find a cluster by its id.

        Raises
        ------
        UnknownNameError
            Where the roster has none of this id; names the nearest.
        """
        for found in self.clusters:
            if found.id == cluster:
                return found
        known = [c.id for c in self.clusters]
        raise UnknownNameError(what=N_("cluster"), came=cluster, known=known)

    @cached_property
    def kinds(self) -> Mapping[str, CanvasKind]:
        """The canvas kinds: the package's and the folder's own.

        Raises
        ------
        KindError
            Where one of the files is broken.
        """
        return with_topics(load_kinds([self.path / "canvases"]), self.settings.topics)

    def language(self, cluster: Cluster | None = None, wanted: str = "") -> Language:
        """Give the language of labels: the wanted one, else the cluster's, else the workshop's.

        Raises
        ------
        CatalogueError
            Where its catalogue is broken.
        """
        folders = [self.path / "locale"]
        wishes = [wanted, cluster.language if cluster else "", self.settings.language]
        return load(choose(wishes, folders), folders)

    def board(self, board: BoardId) -> Board:
        """Give a board as it stands."""
        return self.journal.board(board)

    def boards(self, cluster: str) -> dict[BoardId, Board]:
        """Give every canvas that a cluster has written on."""
        return self.journal.boards(cluster)

    def append(self, operations: Iterable[Operation]) -> list[Operation]:
        """Append operations to the journal; ballots keep the rules under which they are cast.

        Raises
        ------
        JournalError
            Where one cannot be kept; nothing was written.
        """
        return self.journal.append(with_rules(operations, self.kinds, self.settings.vote))

    def bundle(self, cluster: Cluster, language: Language) -> bytes:
        """Write a cluster's bundle."""
        boards, logo = self.boards(cluster.id), self.logo(cluster)
        return make_bundle(self.settings, cluster, self.kinds, boards, language, logo=logo)

    def logo(self, cluster: Cluster) -> str:
        """Give a cluster's logo as a data address; "" where it has none that documents take."""
        return read_logo(self.path, cluster.logo)[0]

    def notices(self) -> list[Message]:
        """Say what the people of the workshop should know of its data before they build.

        Characters of the roster that no document can carry, logos that cannot be drawn, `strays`.

        Raises
        ------
        TableError
            Where the roster cannot be read.
        KindError
            Where a canvas kind's file is broken.
        """
        found = []
        file = self.path / roster.FILE
        if count := dropped(read_text(file, TableError)):
            found.append(Message(_CONTROL, {"file": file.name, "count": count}))
        logos = (read_logo(self.path, cluster.logo)[1] for cluster in self.clusters)
        return [*found, *filter(None, logos), *self.strays()]

    def strays(self) -> list[Message]:
        """Say which notes of the journal are in no document, and why.

        Notes of clusters that the roster does not name, and notes on topics that their canvas no
        longer has. Only notes that show are counted.

        Raises
        ------
        TableError
            Where the roster cannot be read.
        KindError
            Where a canvas kind's file is broken.
        """
        found = []
        for cluster in sorted(self.journal.clusters() - {c.id for c in self.clusters}):
            if count := sum(len(board) for board in self.boards(cluster).values()):
                text = _ONE_UNNAMED if count == 1 else _UNNAMED
                found.append(Message(text, {"count": count, "id": cluster}))
        topical = {i: k for i, k in self.kinds.items() if k.topics}
        beside = self._beside(topical) if topical else set()
        for one in self.clusters:
            boards = self.boards(one.id).values() if one.id in beside else ()
            notes = ((b.id.canvas, n) for b in boards if b.id.canvas in topical for n in b.notes)
            for (canvas, topic), count in sorted(_beside(topical, notes).items()):
                text = _ONE_TOPIC if count == 1 else _TOPIC
                if not topic:
                    text = _ONE_NO_TOPIC if count == 1 else _NO_TOPIC
                fields = {"count": count, "cluster": one.name, "topic": topic}
                found.append(Message(text, {**fields, "canvas": Message(topical[canvas].title)}))
        return found

    def _beside(self, kinds: Mapping[str, CanvasKind]) -> set[str]:
        """Give the clusters whose notes may lie on topics that the kinds do not have.

        Most have none such: their boards need not be folded.
        """
        known = {i: {topic.id for topic in kind.topics} for i, kind in kinds.items()}
        return {
            cluster
            for cluster, canvas, topic in self.journal.topics()
            if canvas in known and topic not in known[canvas]
        }

    @property
    def closed(self) -> bool:
        """Whether its journal was closed."""
        return self.journal.closed

    def close(self) -> None:
        """Close the journal."""
        self.journal.close()

    def __enter__(self) -> Self:
        """Use as a context manager that closes the journal."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the journal."""
        self.close()


def _beside(
    kinds: Mapping[str, CanvasKind], notes: Iterable[tuple[str, Note]]
) -> Counter[tuple[str, str]]:
    """Count notes on topics that their kind does not have, by canvas and topic."""
    known = {i: {topic.id for topic in kind.topics} for i, kind in kinds.items()}
    places = ((canvas, note.topic) for canvas, note in notes)
    return Counter((canvas, topic) for canvas, topic in places if topic not in known[canvas])
