"""From rows to operations: what is new, what changed, what stays as it is."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from clusterlab.errors import Refusal
from clusterlab.exchange.links import Targets
from clusterlab.exchange.refused import Refused
from clusterlab.exchange.rows import Page, Row
from clusterlab.exchange.standing import BY_TABLE, LINKS, PLACE, Past, Standing
from clusterlab.model import BoardId, CanvasKind, Note, Operation, derived_id

_ACTOR = re.compile(r"a-[0-9a-f]{10}")
_SPOKEN = re.compile(r"([A-Z]{1,8})([1-9][0-9]{0,5})[a-z]{0,4}")

#: Actors that are programs of ours, not people.
_OURS = frozenset({"form", "import", "local", "sample"})


class Authors:
    """Gives people pseudonyms.

    Parameters
    ----------
    workshop
        Its id; the same name has another pseudonym in another workshop.
    known
        Ids of actors that are known.
    default
        Who wrote what has no author.
    """

    def __init__(self, workshop: str, known: Iterable[str], default: str) -> None:
        self._workshop, self._default = workshop, default
        self._known = _OURS | {default} | set(known)
        self.names: dict[str, str] = {}

    def actor(self, author: str) -> str:
        """Give the id of an author: a pseudonym stays, a name becomes one."""
        if not author:
            return self._default
        if _ACTOR.fullmatch(author) or author in self._known:
            return author
        secret = f"{self._workshop}{author.casefold()}"
        actor = f"a-{hashlib.sha256(secret.encode()).hexdigest()[:10]}"
        self.names.setdefault(actor, author)
        return actor


class Merge:
    """Turns rows into operations.

    Parameters
    ----------
    standing
        What is in the journal.
    kinds
        Canvas kinds, for the letters of spoken ids.
    targets
        Finds the notes that links mean.
    authors
        Gives people pseudonyms.
    actor, time
        Who imports, and when ("" for the journal's clock).
    file
        Its name, for refusals.
    """

    def __init__(
        self,
        standing: Standing,
        kinds: Mapping[str, CanvasKind],
        targets: Targets,
        authors: Authors,
        *,
        actor: str,
        time: str,
        file: str,
    ) -> None:
        self._standing, self._kinds, self._targets = standing, kinds, targets
        self._authors, self._actor, self._time, self._file = authors, actor, time, file
        self.operations: list[Operation] = []
        self.refusals: list[Refusal] = []
        self.taken = self.changed = self.unchanged = self.deleted = self.older = 0

    def merge(self, rows: Iterable[Row]) -> None:
        """Work out what the rows change; those of one block come in their order."""
        first: dict[tuple[BoardId, str], int] = {}
        for row in rows:
            first.setdefault((row.board, row.block), len(first))
        ordered = sorted(rows, key=lambda r: (first[r.board, r.block], r.order))
        spoken = _Spoken(self._standing, ordered)
        for row in ordered:
            links = self._links(row)
            note = self._standing.note(row.note)
            if note is None:
                self._add(row, links, spoken.give(row, self._letter(row)))
            elif row.page and (seen := self._seen(row)):
                self._take_page(row, note, links, seen)
            elif not self._standing.shows(row.note):
                self.deleted += 1
            elif not row.key:
                self._again(note, links or ())
            else:
                self._change(row, note, links)

    def _links(self, row: Row) -> tuple[str, ...] | None:
        if row.links is None:
            return None
        found = []
        for link in row.links:
            try:
                found.append(self._targets.find(row, link))
            except Refused as refused:
                place = (self._file, row.sheet, row.number, row.heads["links"])
                self.refusals.append(Refusal(refused.message, *place))
        return tuple(dict.fromkeys(found))

    def _letter(self, row: Row) -> str:
        kind = self._kinds.get(row.board.canvas)
        blocks = kind.blocks if kind else ()
        return next((b.letter for b in blocks if b.id == row.block), "")

    def _add(self, row: Row, links: tuple[str, ...] | None, spoken: Mapping[str, str]) -> None:
        payload: dict[str, Any] = {
            "note": row.note,
            "topic": row.board.topic,
            "block": row.block,
            "values": {name: value for name, value in row.values.items() if value is not None},
        }
        if links:
            payload["links"] = list(links)
        if row.page:
            payload |= _laid(row.page) | _copy(row.page)
        self.taken += 1
        actor = self._authors.actor(row.author)
        self._do("add", row.board, payload, actor=actor, also=spoken)

    def _again(self, note: Note, links: tuple[str, ...]) -> None:
        """Take a row without an id once more: only links that led nowhere then may be new."""
        missing = [t for t in links if t not in note.links]
        if missing:
            ever = self._standing.linked(note.id)
            missing = [t for t in missing if t not in ever]
        base = list(note.heads)
        for target in missing:
            base = self._on(note, "link", base, {"target": target})
        self._count(bool(missing))

    def _change(self, row: Row, note: Note, links: tuple[str, ...] | None) -> None:
        values = {k: v for k, v in row.values.items() if not same(v, note.values.get(k))}
        moved = (row.board.topic, row.block) != (note.topic, note.block)
        more = [t for t in links or () if t not in note.links]
        visible = [t for t in note.links if self._standing.shows(t)]
        less = [t for t in visible if t not in links] if links is not None else []
        if not (values or moved or more or less):
            self.unchanged += 1
            return
        past = self._standing.past(note.id)
        count = len(self.operations)
        values = {k: v for k, v in values.items() if not self._is_older(past, k, v)}
        base = list(note.heads)
        if values:
            base = self._on(note, "edit", base, {"values": values})
        if moved and not self._is_older_place(past, row):
            base = self._on(note, "move", base, {"topic": row.board.topic, "block": row.block})
        if (more or less) and not self._is_older_links(past, links or ()):
            for kind, target in [*(("link", t) for t in more), *(("unlink", t) for t in less)]:
                base = self._on(note, kind, base, {"target": target})
        self._count(len(self.operations) > count)

    def _seen(self, row: Row) -> Note | None:
        page = row.page
        return self._standing.as_seen(row.note, page.seen, page.copy) if page else None

    def _take_page(self, row: Row, note: Note, links: tuple[str, ...] | None, seen: Note) -> None:
        """Take what was changed on a page, as done by who had seen the note as it was there.

        What others did meanwhile is neither undone nor overwritten: the board keeps both.
        """
        page = row.page or Page((), "", 0, None)
        if self._standing.step(note.id, page.copy) > page.step:
            self._count(False)
            return
        values = {
            k: v
            for k, v in row.values.items()
            if not same(v, seen.get(k)) and not same(v, note.get(k))
        }
        place = (row.board.topic, row.block)
        laid = (*place, page.above)
        moved = place != (seen.topic, seen.block) or page.above is not None
        if moved and laid == self._standing.laid(note.id, page.copy):
            moved = False
        wanted = seen.links if links is None else links
        more = [t for t in wanted if t not in seen.links and t not in note.links]
        less = [t for t in seen.links if t not in wanted and t in note.links]
        steps: list[tuple[str, dict[str, Any]]] = [("edit", {"values": values})] if values else []
        if moved:
            target = {"topic": place[0], "block": place[1], **_laid(page)}
            steps.append(("move", target))
        steps += [("link", {"target": t}) for t in more]
        steps += [("unlink", {"target": t}) for t in less]
        base = list(seen.heads)
        for kind, payload in steps:
            base = self._on(note, kind, base, {**payload, **_copy(page)})
        if steps or self._standing.shows(note.id):
            self._count(bool(steps))
        else:
            self.deleted += 1

    def _is_older(self, past: Past, name: str, value: Any) -> bool:
        older = past.protects(name, lambda state: same(value, state.values.get(name)))
        self.older += older
        return older

    def _is_older_place(self, past: Past, row: Row) -> bool:
        place = (row.board.topic, row.block)
        older = past.protects(PLACE, lambda state: (state.topic, state.block) == place)
        self.older += older
        return older

    def _is_older_links(self, past: Past, links: tuple[str, ...]) -> bool:
        def seen(targets: Iterable[str]) -> set[str]:
            return {target for target in targets if self._standing.shows(target)}

        older = past.protects(LINKS, lambda state: seen(state.links) == seen(links))
        self.older += older
        return older

    def _count(self, changed: bool) -> None:  # noqa: FBT001 - there is nothing else to say
        self.changed += changed
        self.unchanged += not changed

    def _on(self, note: Note, kind: str, base: list[str], payload: dict[str, Any]) -> list[str]:
        """Do something to a note that is there; gives the base of what is done to it next."""
        board = replace(self._standing.where[note.id], topic=note.topic)
        payload = {"note": note.id, "base": base, **payload}
        return [self._do(kind, board, payload, actor=self._actor)]

    def _do(
        self,
        kind: str,
        board: BoardId,
        payload: dict[str, Any],
        *,
        actor: str,
        also: Mapping[str, str] | None = None,
    ) -> str:
        """Note down an operation; its id says what it does, so that it is done once."""
        content = json.dumps(payload, sort_keys=True)
        identity = derived_id(kind, board.cluster, board.canvas, board.version, content)
        payload = {**payload, **(also or {}), **BY_TABLE}
        self.operations.append(Operation(board, kind, payload, actor, identity, time=self._time))
        return identity


class _Spoken:
    """Gives notes the spoken ids that their rows ask for, and none of those to others.

    Parameters
    ----------
    rows
        All rows of the file, in the order in which their notes come.
    """

    def __init__(self, standing: Standing, rows: Iterable[Row]) -> None:
        self._standing = standing
        self._taken: dict[BoardId, set[str]] = {}
        self._last: dict[tuple[BoardId, str], int] = {}
        for row in rows:
            if standing.note(row.note) is None and (match := _SPOKEN.fullmatch(row.spoken)):
                self._reserve(row.board.sheet, match)

    def _reserve(self, sheet: BoardId, match: re.Match[str]) -> None:
        if sheet not in self._taken:
            board = self._standing.boards.get(sheet)
            notes = board.everything.values() if board else ()
            self._taken[sheet] = {n.spoken for n in notes}
            for note in notes:
                if had := _SPOKEN.match(note.spoken):
                    self._raise(sheet, had)
        self._raise(sheet, match)

    def _raise(self, sheet: BoardId, match: re.Match[str]) -> None:
        place = (sheet, match[1])
        self._last[place] = max(self._last.get(place, 0), int(match[2]))

    def give(self, row: Row, letter: str) -> dict[str, str]:
        """Give what an operation says of its spoken id; the journal has the last word."""
        sheet = row.board.sheet
        taken = self._taken.get(sheet)
        if taken is None:
            return {"letter": letter}
        spoken = row.spoken
        if not _SPOKEN.fullmatch(spoken) or spoken in taken:
            place = (sheet, letter or "N")
            self._last[place] = self._last.get(place, 0) + 1
            spoken = f"{place[1]}{self._last[place]}"
        taken.add(spoken)
        return {"letter": letter, "spoken": spoken}


def _laid(page: Page) -> dict[str, str]:
    return {} if page.above is None else {"after": page.above}


def _copy(page: Page) -> dict[str, Any]:
    return {"copy": page.copy, "step": page.step} if page.copy else {}


def same(one: Any, other: Any) -> bool:
    """Compare values: nothing, an empty text and an empty list are the same."""
    empty: tuple[Any, ...] = (None, "", (), [])
    if one in empty or other in empty:
        return one in empty and other in empty
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return tuple(one) == tuple(other)
    return bool(one == other)
