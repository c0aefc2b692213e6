"""Finding the notes that a table's links mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain

from clusterlab.errors import N_, Message
from clusterlab.exchange.refused import Refused, short, unknown
from clusterlab.exchange.rows import Row
from clusterlab.exchange.standing import Standing
from clusterlab.methods import Forest, forest
from clusterlab.model import BoardId, CanvasKind, derived_id

_HINTS = 500  # names that are compared with one that leads nowhere


class Targets:
    """What the links of a file may lead to: notes of the same cluster, here or in the file.

    Parameters
    ----------
    rows
        The rows of the file that are taken.
    refused
        Ids of those that are not, with their numbers.
    standing, kinds, workshop
        What is in the journal; canvas kinds; the workshop's id.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        refused: Mapping[str, int],
        standing: Standing,
        kinds: Mapping[str, CanvasKind],
        workshop: str,
    ) -> None:
        self._refused, self._standing = refused, standing
        self._kinds, self._workshop = kinds, workshop
        self._keys: dict[tuple[str, str], str] = {}
        self._shown: dict[str, list[str]] = {}
        self._spoken: dict[tuple[BoardId, str], str] = {}
        for row in rows:
            self._keys[row.board.cluster, row.note] = row.note
            if row.key:
                self._keys[row.board.cluster, row.key] = row.note
                self._shown.setdefault(row.board.cluster, []).append(row.key)
            if row.spoken and standing.note(row.note) is None:
                self._spoken.setdefault((row.board.sheet, row.spoken), row.note)
        self._said, self._tree = cache(self._said_on), cache(self._tree_on)

    def find(self, row: Row, link: str) -> str:
        """Find the note that a link of a row leads to.

        Raises
        ------
        Refused
            Where it leads nowhere, or to a row that was refused.
        """
        cluster = row.board.cluster
        derived = derived_id("note", self._workshop, cluster, link)
        for name in (link, link.lower(), derived):
            if found := self._keys.get((cluster, name)):
                return found
            sheet = self._standing.where.get(name)
            if sheet and sheet.cluster == cluster:
                return name
        sheets, spoken = self._cited(row), link.upper()
        for sheet in sheets:
            if found := self._spoken.get((sheet, spoken)) or self._said(sheet).get(spoken):
                return found
        if branch := next(filter(None, (self._tree(s).find(spoken) for s in sheets)), None):
            return branch.note.id
        if link in self._refused:
            message = N_("The link “{came}” leads to row {row}, which was refused.")
            fields = {"came": short(link), "row": self._refused[link]}
            raise Refused("links", Message(message, fields))
        known = (*chain(*map(self._said, sheets)), *self._shown.get(cluster, ()))
        raise unknown("links", N_("note"), link, known[:_HINTS])

    def _cited(self, row: Row) -> list[BoardId]:
        """Give the boards whose spoken ids a row's links may use."""
        kind = self._kinds.get(row.board.canvas)
        cited = kind.cites if kind and kind.cites else (row.board.canvas,)
        return [replace(row.board.sheet, canvas=name) for name in cited]

    def _said_on(self, sheet: BoardId) -> Mapping[str, str]:
        board = self._standing.boards.get(sheet)
        return {n.spoken.upper(): n.id for n in board.everything.values()} if board else {}

    def _tree_on(self, sheet: BoardId) -> Forest:
        return forest(self._standing.boards.get(sheet, ()))
