"""A cluster's outputs: what its documents are made of, from its workshop's folder or its bundle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from clusterlab.errors import N_, UnknownNameError
from clusterlab.language import Language
from clusterlab.methods import Calendar, Finding, Sheet, check
from clusterlab.model import Board, BoardId, CanvasKind, Cluster, Named, Note, Quantity
from clusterlab.outputs.base import Context, Output
from clusterlab.outputs.credits import credit_facts, glossary_table, methods_table
from clusterlab.outputs.discreet import discreet
from clusterlab.outputs.found import grouped, weights
from clusterlab.outputs.present import Presenter, referable
from clusterlab.outputs.record import recorded, with_record
from clusterlab.outputs.results import result
from clusterlab.outputs.types import (
    Comparison,
    Fact,
    FindingLine,
    Findings,
    Section,
    Table,
    Title,
)
from clusterlab.outputs.words import LABELS, names
from clusterlab.workshop import Bundle, Folder, digest
from clusterlab.workshop.settings import WEEKDAYS

_SEVERITIES = {"error": N_("To fix"), "warning": N_("To look at"), "info": N_("To know")}


class ClusterOutputs:
    """Makes a cluster's outputs as its boards stand.

    Parameters
    ----------
    source
        The workshop: its folder, or the cluster's bundle.
    cluster
        The cluster.
    language
        Of the labels.
    """

    def __init__(self, source: Folder | Bundle, cluster: Cluster, language: Language) -> None:
        self.source = source
        self.cluster = cluster
        self.language = language
        self._taken: tuple[object, Context, Mapping[str, Note]] | None = None

    @property
    def kinds(self) -> Mapping[str, CanvasKind]:
        """Canvas kinds by id."""
        return self.source.kinds

    def kind(self, canvas: str) -> CanvasKind:
        """Find a canvas kind.

        Raises
        ------
        UnknownNameError
            Where there is none of this id.
        """
        if canvas not in self.kinds:
            raise UnknownNameError(what=N_("canvas"), came=canvas, known=self.kinds)
        return self.kinds[canvas]

    def boards(self) -> Mapping[BoardId, Board]:
        """Give every canvas that the cluster has written on, by its id with topic ""."""
        source = self.source
        return source.boards if isinstance(source, Bundle) else source.boards(self.cluster.id)

    def topics(self, canvas: str) -> list[str]:
        """Give the ids of a canvas's topics; one empty id for a canvas without.

        Topics that the workshop no longer has come last, where notes still lie on them.
        """
        known = [t.id for t in self.kind(canvas).topics]
        boards = (b for i, b in self.boards().items() if i.canvas == canvas)
        held = {note.topic for board in boards for note in board}
        return [*known, *sorted(held - {*known, ""})] or [""]

    def board_id(self, canvas: str, version: str = "", topic: str = "") -> BoardId:
        """Name a board of the cluster.

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
        kind = self.kind(canvas)
        version = version or kind.versions[0].id
        _known(kind.versions, version, N_("version"))
        if topic and topic not in self.topics(canvas):
            _known(kind.topics, topic, N_("topic"))
        return BoardId(self.cluster.id, canvas, version, topic)

    def state(self, board: BoardId) -> Board:
        """Give a board as it stands."""
        if isinstance(self.source, Bundle):
            return self.source.boards.get(board.sheet, Board(board)).on(board.topic)
        return self.source.board(board)

    # -- outputs ------------------------------------------------------------------------------

    @recorded
    def title(self, title: str, text: str = "") -> Title:
        """Open a document: its title, whose it is, and the facts of the cluster's profile."""
        say, source = self.language.say, self.source
        facts = [Fact(say(label), value, note) for label, value, note in self._profile() if value]
        if days := self._workshop_days():
            facts.append(Fact(say(N_("Workshop")), days))
        if organiser := source.settings.credits.organiser:
            facts.append(Fact(say(N_("Organised by")), organiser))
        return Title(
            title=say(title),
            subtitle=self.cluster.name,
            text=say(text) if text else "",
            facts=tuple(facts),
            logo=source.logo if isinstance(source, Bundle) else source.logo(self.cluster),
            colours=source.settings.colours,
            slides=source.settings.slides,
            context=self._context(),
        )

    @recorded
    def section(self, title: str, text: str = "") -> Section:
        """Begin a section."""
        say = self.language.gettext
        return Section(title=say(title), text=say(text), context=self._context())

    @recorded
    def board(self, canvas: str, version: str = "", topic: str = "") -> Output:
        """Draw a board; see `board_id`."""
        board = self.board_id(canvas, version, topic)
        return self._drawn(self.kind(canvas), self.state(board))

    def present(self, kind: CanvasKind, board: Board) -> Output:
        """Draw a board that is there already."""
        id_ = board.id
        drawn = self._drawn(kind, board)
        return with_record(drawn, "board", canvas=id_.canvas, version=id_.version, topic=id_.topic)

    @recorded
    def comparison(self, canvas: str, before: str, after: str) -> Comparison:
        """Compare two versions of a canvas."""
        kind = self.kind(canvas)
        boards = [self.state(self.board_id(canvas, v)) for v in (before, after)]
        return self.presenter().comparison(kind, *boards)

    @recorded
    def matrix(self, canvas: str, version: str = "", topic: str = "") -> Output:
        """Draw a board as the matrix of its kind's two axes.

        Raises
        ------
        UsageError
            Where the canvas has no axes.
        """
        kind, board = self.kind(canvas), self.state(self.board_id(canvas, version, topic))
        sheet = self._sheet(kind, board.on(""))
        return discreet(self.presenter(), sheet, board, matrix=True)

    @recorded
    def result(self, canvas: str, name: str = "", version: str = "", topic: str = "") -> Output:
        """Make a picture or table of a board's method.

        Parameters
        ----------
        canvas, version, topic
            As `board_id` takes them.
        name
            Which one; by default the method's first.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas, version, topic or result.
        """
        board = self.state(self.board_id(canvas, version, topic))
        return result(self.presenter(), self._sheet(self.kind(canvas), board), name)

    def _sheet(self, kind: CanvasKind, board: Board) -> Sheet:
        """Give a board among the cluster's others, with what the workshop decided."""
        day, calendar = self._days()
        decided = self.source.settings
        chosen = (decided.methods, decided.vote)
        return Sheet(kind, board, self.kinds, self.boards(), day, calendar, *chosen)

    def _drawn(self, kind: CanvasKind, board: Board) -> Output:
        return discreet(self.presenter(), self._sheet(kind, board.on("")), board)

    def check(self) -> list[Finding]:
        """Check all boards against the rules of their methods."""
        decided = self.source.settings
        boards, rules = self.boards(), (decided.severities, *self._days())
        return check(self.kinds, boards, *rules, settings=decided.methods, vote=decided.vote)

    def _days(self) -> tuple[str, Calendar]:
        """Give the day on which the workshop begins, and the days on which people work."""
        settings = self.source.settings
        holidays = frozenset(map(date.fromisoformat, settings.holidays))
        week = tuple(map(WEEKDAYS.index, settings.workdays))
        return settings.starts, Calendar(week, holidays)

    @recorded
    def findings(self, *canvases: str) -> Findings:
        """Show what the methods' rules found.

        Parameters
        ----------
        *canvases
            Only findings on these canvases; by default on all.
        """
        found = [f for f in self.check() if not canvases or f.board.canvas in canvases]
        count = self.language.plural(
            len(found), "{count} point to look at", "{count} points to look at"
        )
        fine = N_("The rules of the methods found nothing to remark.")
        if not any(
            len(b) for i, b in self.boards().items() if not canvases or i.canvas in canvases
        ):
            fine = N_("Nothing is written on these canvases yet, so there is nothing to check.")
        text = (
            f"{count}: {weights(self.language, found)}." if found else self.language.gettext(fine)
        )
        return Findings(
            title=self.language.gettext(N_("What is unanswered")),
            alt=text,
            text=text,
            groups=grouped(map(self.finding_line, found)),
            context=self._context(),
        )

    @recorded
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
        return methods_table(self.language, self._used(canvases), self._context())

    @recorded
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
        return glossary_table(self.language, self._used(canvases), self._context())

    @recorded
    def credits(self) -> Section:
        """Say who stands behind the workshop, which version this is, and what it is made with."""
        say, context = self.language.say, self._context()
        return Section(
            title=say(N_("Credits and version")),
            text=say(N_("Who stands behind this document, as of when it is, and how it was made.")),
            facts=credit_facts(self.language, self.source.settings, context, self._workshop_days()),
            context=context,
        )

    def _used(self, canvases: tuple[str, ...]) -> list[CanvasKind]:
        used = canvases or tuple(dict.fromkeys(id_.canvas for id_ in self.boards()))
        return [self.kind(c) for c in used]

    def finding_line(self, finding: Finding) -> FindingLine:
        """Put a finding into words."""
        say = self.language.say
        text = say(finding.message)
        if finding.note and not names(text, finding.note):
            text = f"{finding.note}: {text}"
        kind = self.kinds[finding.board.canvas]
        topic = next((t.label for t in kind.topics if t.id == finding.board.topic), "")
        place = [say(kind.title), say(topic) if topic else ""]
        return FindingLine(
            finding.rule,
            finding.severity,
            say(_SEVERITIES[finding.severity]),
            " · ".join(filter(None, place)),
            text,
            say(finding.suggestion),
            say(finding.source) if finding.source else "",
            finding.note,
        )

    def _workshop_days(self) -> str:
        """Write the workshop's first and last day; "" where nobody has said them."""
        settings = self.source.settings
        days = dict.fromkeys(filter(None, (settings.starts, settings.ends)))
        return " – ".join(self.language.date(day) for day in days)

    def _profile(self) -> list[tuple[str, str, str]]:
        c = self.cluster
        smes = "" if c.smes.bound == "share" and c.sme_count is None else self._assumed(c.smes)
        if c.smes.bound == "share" and c.sme_count is not None:
            smes = self.language.say(N_("counted as {count}"), count=int(c.sme_count))
        return [
            (N_("Country"), c.country, ""),
            (N_("Field"), c.field, ""),
            (N_("Since"), c.since, ""),
            (N_("Members"), c.members.raw, self._assumed(c.members)),
            (N_("Of them small and medium-sized firms"), c.smes.raw, smes),
            (N_("Label"), c.label, ""),
            (N_("Remarks"), c.notes, ""),
        ]

    def _assumed(self, quantity: Quantity) -> str:
        if not quantity.assumed or quantity.value is None:
            return ""
        return self.language.say(N_("counted as {count}"), count=int(quantity.value))

    def _context(self) -> Context:
        return self._standing()[0]

    def _standing(self) -> tuple[Context, Mapping[str, Note]]:
        """Give the context, and the notes that others may refer to: made once for every state."""
        stamp = None if isinstance(self.source, Bundle) else self.source.journal.stamp()
        if self._taken is None or self._taken[0] != stamp:
            notes = referable(list(self.boards().values()))
            self._taken = stamp, self._made_context(), notes
        return self._taken[1:]

    def _made_context(self) -> Context:
        source, settings = self.source, self.source.settings
        boards = self.boards()
        sequence = max((b.sequence for b in boards.values()), default=0)
        changed = max((n.changed for b in boards.values() for n in b.on("")), default="")
        data = (
            source.digest
            if isinstance(source, Bundle)
            else digest(source.bundle(self.cluster, self.language))
        )
        return Context(
            language=self.language.tag,
            workshop=settings.title,
            workshop_id=settings.id,
            cluster=self.cluster.id,
            cluster_name=self.cluster.name,
            version=f"{sequence}-{data[:8]}",
            date=self.language.date(changed or settings.starts, settings.time_zone),
            sequence=sequence,
            labels={key: self.language.gettext(text) for key, text in LABELS.items()},
        )

    def presenter(self) -> Presenter:
        """Give what draws the cluster's boards."""
        context, notes = self._standing()
        return Presenter(self.language, context, notes, self.source.settings.time_zone)


def _known(named: tuple[Named, ...], name: str, what: str) -> None:
    if all(n.id != name for n in named):
        raise UnknownNameError(what=what, came=name, known=[n.id for n in named])
