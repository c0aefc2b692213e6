"""Finding clusters, canvases, topics and blocks by what people call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from clusterlab.errors import N_, Message
from clusterlab.exchange.refused import Refused, unknown
from clusterlab.model import BoardId, CanvasKind, Named, one_line
from clusterlab.workshop import Folder


class Names:
    """Ids and labels of things of one sort; either is taken, in any case.

    Parameters
    ----------
    column, what
        Where they stand in a table, and what they are called in a message.
    things
        Id and labels of each.
    """

    def __init__(self, column: str, what: str, things: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._column, self._what = column, what
        things = [(i, tuple(labels)) for i, labels in things]
        self.ids = [i for i, _ in things]
        self._labels = [label for _, labels in things for label in labels]
        self._known: dict[str, str] = {i: i for i in self.ids}
        for i in self.ids:
            self._known.setdefault(i.casefold(), i)
        for i, labels in things:
            for label in labels:
                self._known.setdefault(one_line(label).casefold(), i)

    def get(self, text: str) -> str:
        """Find an id; "" where there is none."""
        return self._known.get(text) or self._known.get(text.casefold(), "")

    def find(self, text: str) -> str:
        """Find an id.

        Raises
        ------
        Refused
            Where there is none; names the nearest.
        """
        if found := self.get(text):
            return found
        raise unknown(self._column, self._what, text, [*self.ids, *self._labels])


class _Kind:
    """The names of one canvas kind."""

    def __init__(self, kind: CanvasKind, label: Callable[[str], str]) -> None:
        def names(column: str, what: str, things: Iterable[Named]) -> Names:
            return Names(column, what, ((t.id, (t.label, label(t.label))) for t in things))

        self.kind = kind
        blocks = ((b.id, (b.label, label(b.label), *b.also)) for b in kind.blocks)
        self.blocks = Names("block", N_("block"), blocks)
        self.topics = names("topic", N_("topic"), kind.topics)
        self.versions = names("version", N_("version"), kind.versions)


class Places:
    """Every place of a workshop where a note may be.

    Parameters
    ----------
    folder
        The workshop.
    cluster
        Id of the cluster that is meant where none is named, or "".
    """

    def __init__(self, folder: Folder, cluster: str = "") -> None:
        self._default = cluster
        self._label = folder.language().gettext
        self._clusters = Names(
            "cluster", N_("cluster"), ((c.id, (c.name,)) for c in folder.clusters)
        )
        self._kinds = {name: _Kind(kind, self._label) for name, kind in folder.kinds.items()}

    @cached_property
    def _canvases(self) -> Names:
        kinds = (k.kind for k in self._kinds.values())
        things = ((k.id, (k.title, self._label(k.title), *k.also)) for k in kinds)
        return Names("canvas", N_("canvas"), things)

    def find(self, cells: Mapping[str, str]) -> tuple[BoardId, str]:
        """Find board and block of a row.

        Parameters
        ----------
        cells
            The row's texts by column.

        Raises
        ------
        Refused
            Where one of them is missing or unknown.
        """
        cluster = self._cluster(cells.get("cluster", ""))
        said = cells.get("block", "")
        canvas = self._canvas(cells.get("canvas", ""), said)
        kind = self._kinds[canvas]
        return (
            BoardId(
                cluster,
                canvas,
                _version(kind, cells.get("version", "")),
                _topic(kind, cells.get("topic", "")),
            ),
            _block(kind, said),
        )

    def _cluster(self, text: str) -> str:
        if text:
            return self._clusters.find(text)
        if self._default or len(self._clusters.ids) == 1:
            return self._default or self._clusters.ids[0]
        raise _empty("cluster", N_("the id of a cluster"), self._clusters.ids)

    def _canvas(self, text: str, block: str) -> str:
        if text:
            return self._canvases.find(text)
        having = [name for name, kind in self._kinds.items() if block and kind.blocks.get(block)]
        if len(having) == 1:
            return having[0]
        raise _empty("canvas", N_("the id of a canvas"), having or self._canvases.ids)


def _version(kind: _Kind, text: str) -> str:
    if text:
        return kind.versions.find(text)
    return kind.versions.get("current") or kind.versions.ids[0]


def _topic(kind: _Kind, text: str) -> str:
    if text and not kind.topics.ids:
        message = N_("The canvas “{canvas}” has no topics; leave the topic empty.")
        raise Refused("topic", Message(message, {"canvas": kind.kind.id}))
    if text:
        return kind.topics.find(text)
    if kind.topics.ids:
        raise _empty("topic", N_("the id of a topic"), kind.topics.ids)
    return ""


def _block(kind: _Kind, text: str) -> str:
    if text:
        return kind.blocks.find(text)
    if len(kind.blocks.ids) == 1:
        return kind.blocks.ids[0]
    raise _empty("block", N_("the id of a block"), kind.blocks.ids)


def _empty(column: str, expected: str, known: Iterable[str]) -> Refused:
    names = list(known)
    shown = ", ".join(names[:20]) + (" …" if len(names) > 20 else "")  # noqa: PLR2004
    message = N_("“{column}” is empty; expected is {expected}: {names}.")
    fields = {"column": column, "expected": Message(expected), "names": shown}
    return Refused(column, Message(message, fields))
