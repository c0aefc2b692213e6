"""A cluster in an opened workshop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from clusterlab.errors import ClusterlabError
from clusterlab.language import Language
from clusterlab.methods import Finding
from clusterlab.model import Board, BoardId, CanvasKind, Cluster
from clusterlab.outputs import FindingLine, Findings, Output, Section, Table, Title
from clusterlab.outputs.cluster import ClusterOutputs
from clusterlab.outputs.matrix import with_axes
from clusterlab.outputs.present import Presenter
from clusterlab.session.board import OpenBoard
from clusterlab.workshop import Bundle, Folder, Settings


class _Opened(Protocol):
    """What a cluster needs of its workshop."""

    source: Folder | Bundle
    actor: str

    @property
    def settings(self) -> Settings: ...


class OpenCluster:
    """A cluster in an opened workshop: its boards, and the outputs that documents are made of."""

    def __init__(self, workshop: _Opened, cluster: Cluster, language: Language) -> None:
        self.workshop = workshop
        self.cluster = cluster
        self.language = language
        self._outputs = ClusterOutputs(workshop.source, cluster, language)
        ClusterlabError.speak = language.say

    @property
    def kinds(self) -> Mapping[str, CanvasKind]:
        """Canvas kinds by id."""
        return self._outputs.kinds

    def kind(self, canvas: str) -> CanvasKind:
        """Find a canvas kind.

        Raises
        ------
        UnknownNameError
            Where there is none of this id.
        """
        return self._outputs.kind(canvas)

    def boards(self) -> Mapping[BoardId, Board]:
        """Give every canvas that the cluster has written on, by its id with topic ""."""
        return self._outputs.boards()

    def board(self, canvas: str, *, version: str = "", topic: str = "") -> OpenBoard:
        """Open a board.

        Parameters
        ----------
        canvas
            Id of the canvas kind.
        version
            By default the kind's first: ``current``.
        topic
            By default all topics.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas, version or topic.
        """
        board = self._outputs.board_id(canvas, version, topic)
        return OpenBoard(self, self.kind(canvas), board)

    def matrix(self, canvas: str, *, version: str = "", topic: str = "") -> OpenBoard:
        """Open a board as a matrix of its kind's two axes, such as effort and impact.

        Parameters
        ----------
        canvas, version, topic
            As `board` takes them.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas, version or topic.
        UsageError
            Where the canvas has no axes.
        """
        with_axes(self.kind(canvas))
        board = self.board(canvas, version=version, topic=topic)
        return OpenBoard(self, board.kind, board.id, "matrix")

    def topics(self, canvas: str) -> list[str]:
        """Give the ids of a canvas's topics; one empty id for a canvas without.

        Topics that the workshop no longer has come last, where notes still lie on them.
        """
        return self._outputs.topics(canvas)

    # -- outputs ------------------------------------------------------------------------------

    def title(self, title: str, text: str = "") -> Title:
        """Open a document: its title, whose it is, and the facts of the cluster's profile."""
        return self._outputs.title(title, text)

    def section(self, title: str, text: str = "") -> Section:
        """Begin a section."""
        return self._outputs.section(title, text)

    def result(self, canvas: str, name: str = "", *, version: str = "", topic: str = "") -> Output:
        """Make a picture or table of a board's method, such as the Gantt chart of a schedule.

        Parameters
        ----------
        canvas, version, topic
            As `board` takes them.
        name
            Which one; by default the method's first.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas, version, topic or result.
        """
        return self._outputs.result(canvas, name, version, topic)

    def comparison(self, canvas: str, before: str, after: str) -> OpenBoard:
        """Compare two versions of a canvas, side by side where somebody can write on them.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas or version.
        """
        boards = [self._outputs.board_id(canvas, version) for version in (before, after)]
        return OpenBoard(self, self.kind(canvas), boards[1], "comparison", (before, after))

    def check(self) -> list[Finding]:
        """Check all boards against the rules of their methods."""
        return self._outputs.check()

    def findings(self, *canvases: str) -> Findings:
        """Show what the methods' rules found.

        Parameters
        ----------
        *canvases
            Only findings on these canvases; by default on all.
        """
        return self._outputs.findings(*canvases)

    def methods(self, *canvases: str) -> Table:
        """List the methods of canvases: what each is for and where it is from.

        Parameters
        ----------
        *canvases
            By default all that the cluster has written on.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas.
        """
        return self._outputs.methods(*canvases)

    def glossary(self, *canvases: str) -> Table:
        """Say what the words of the canvases' methods mean.

        Parameters
        ----------
        *canvases
            By default all that the cluster has written on.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas.
        """
        return self._outputs.glossary(*canvases)

    def credits(self) -> Section:
        """Say who stands behind the workshop, which version this is, and what it is made with."""
        return self._outputs.credits()

    def finding_line(self, finding: Finding) -> FindingLine:
        """Put a finding into words."""
        return self._outputs.finding_line(finding)

    def presenter(self) -> Presenter:
        """Give what draws this cluster's boards."""
        return self._outputs.presenter()

    def drawn(self, board: OpenBoard) -> Output:
        """Draw a board of this cluster in its shape."""
        canvas = board.kind.id
        if board.shape == "comparison":
            return self._outputs.comparison(canvas, *board.versions)
        if board.shape == "matrix":
            return self._outputs.matrix(canvas, board.id.version, board.id.topic)
        return self._outputs.present(board.kind, board.state)
