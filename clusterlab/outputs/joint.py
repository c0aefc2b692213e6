"""What a document of several clusters says of all of them, for who stands behind the workshop."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from clusterlab.errors import N_
from clusterlab.language import Language
from clusterlab.model import BoardId, CanvasKind, Cluster
from clusterlab.outputs.base import Context, Output
from clusterlab.outputs.credits import credit_facts, glossary_table, methods_table
from clusterlab.outputs.review import plain_row
from clusterlab.outputs.themes import shared_themes
from clusterlab.outputs.types import Column, Fact, Section, Table, Title
from clusterlab.outputs.words import LABELS
from clusterlab.workshop import Folder

CLUSTERS = N_("The clusters")
ABOUT = N_("Who they are, and what several of them say.")
METHODS = N_("Methods and words")
SOURCES = N_("Which methods this document uses, where they are from, and what their words mean.")
#: Methods whose notes are of single people, whatever these say on them.
_OF_PEOPLE = frozenset({"vote", "scores"})


class JointOutputs:
    """Makes what a joint document says of its clusters together.

    Parameters
    ----------
    folder
        The workshop.
    clusters
        Whose documents are in it, in their order.
    contexts
        Those documents' contexts, as JSON holds them.
    language
        Of the labels.
    """

    def __init__(
        self,
        folder: Folder,
        clusters: Sequence[Cluster],
        contexts: Sequence[Mapping[str, Any]],
        language: Language,
    ) -> None:
        self._folder, self._clusters, self._language = folder, clusters, language
        self._days = " – ".join(
            language.date(day)
            for day in dict.fromkeys((folder.settings.starts, folder.settings.ends))
            if day
        )
        self._context = self._made_context(contexts)

    def opening(self, title: str) -> Title:
        """Open the document: its title, whose it is, and when the workshop was."""
        say, settings = self._language.say, self._folder.settings
        count = self._language.plural(len(self._clusters), "{count} cluster", "{count} clusters")
        facts = (
            (N_("Clusters"), " · ".join(cluster.name for cluster in self._clusters)),
            (N_("Workshop"), self._days),
            (N_("Organised by"), settings.credits.organiser),
        )
        return Title(
            title=title,
            subtitle=count,
            facts=tuple(Fact(say(label), value) for label, value in facts if value),
            colours=settings.colours,
            context=self._context,
        )

    def front(self, canvases: Iterable[str]) -> Iterator[Output]:
        """Say who the clusters are, and which themes they named on canvases."""
        say = self._language.say
        yield Section(title=say(CLUSTERS), text=say(ABOUT), context=self._context)
        yield self._table()
        for kind in self._known(canvases):
            if kind.method not in _OF_PEOPLE and (themes := self._themes(kind)).rows:
                yield themes

    def last(self, canvases: Iterable[str]) -> Iterator[Output]:
        """Say which methods were used, what their words mean, and who stands behind it."""
        say, kinds = self._language.say, self._known(canvases)
        if kinds:
            yield Section(title=say(METHODS), text=say(SOURCES), context=self._context)
            yield methods_table(self._language, kinds, self._context)
            yield glossary_table(self._language, kinds, self._context)
        yield Section(
            title=say(N_("Credits and version")),
            text=say(N_("Who stands behind this document, as of when it is, and how it was made.")),
            facts=credit_facts(self._language, self._folder.settings, self._context, self._days),
            context=self._context,
        )

    def _known(self, canvases: Iterable[str]) -> list[CanvasKind]:
        return [self._folder.kinds[name] for name in canvases if name in self._folder.kinds]

    def _table(self) -> Table:
        """List the clusters with what is known of each."""
        say = self._language.say
        facts = (
            ("country", N_("Country"), [c.country for c in self._clusters]),
            ("field", N_("Field"), [c.field for c in self._clusters]),
            ("since", N_("Since"), [c.since for c in self._clusters]),
            ("members", N_("Members"), [c.members.raw for c in self._clusters]),
            ("label", N_("Label"), [c.label for c in self._clusters]),
        )
        told = [fact for fact in facts if any(fact[2])]
        cells = zip(*(values for _, _, values in told), strict=True) if told else ()
        rows = [
            plain_row(self._language.number(number), cluster.name, *said)
            for number, (cluster, said) in enumerate(
                zip(self._clusters, cells or ((),) * len(self._clusters), strict=True), 1
            )
        ]
        title, names = say(CLUSTERS), ", ".join(cluster.name for cluster in self._clusters)
        return Table(
            title=say(N_("Who they are")),
            alt=f"{title}: {names}.",
            context=self._context,
            kind="clusters",
            columns=(
                Column("spoken", say(N_("No."))),
                Column("text", say(N_("Cluster")), wide=True),
                *(Column(name, say(label), wide=name == "field") for name, label, _ in told),
            ),
            rows=tuple(rows),
        )

    def _themes(self, kind: CanvasKind) -> Table:
        names = {cluster.id: cluster.name for cluster in self._clusters}
        version = kind.versions[0].id
        boards = {id_: self._folder.board(BoardId(id_, kind.id, version)) for id_ in names}
        return shared_themes(self._language, self._context, kind, boards, names)

    def _made_context(self, contexts: Sequence[Mapping[str, Any]]) -> Context:
        settings, language = self._folder.settings, self._language
        latest = max(contexts, key=lambda c: int(c.get("sequence", 0)), default={})
        sequence = int(latest.get("sequence", 0))
        held = hashlib.sha256("\0".join(str(c.get("version", "")) for c in contexts).encode())
        return Context(
            language=language.tag,
            workshop=settings.title,
            workshop_id=settings.id,
            version=f"{sequence}-{held.hexdigest()[:8]}",
            date=str(latest.get("date", "")),
            sequence=sequence,
            labels={key: language.gettext(text) for key, text in LABELS.items()},
        )
