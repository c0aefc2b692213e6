"""What tasks come before, as lists name them: by id, by name, by row, several in many ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clusterlab.errors import N_, Message
from clusterlab.exchange.refused import short
from clusterlab.methods.dependencies import RELATIONS, as_id, with_points
from clusterlab.methods.tasklist import nothing
from clusterlab.model import one_line

_SEPARATED = re.compile(r"[,;\n]")
#: Words and signs between two tasks that are named side by side.
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|og|och|i|ja|és|ve)\s+|\s*[&/]\s*", re.IGNORECASE)
#: How two tasks are linked, behind the name of the first: “BSS+2”, “B (S-S)”, “B [FS 2 days]”.
_LINKED = re.compile(
    rf"(.+?)\s*[(\[]?\s*(?:({'|'.join(RELATIONS)}|[FS]-[FS]|finish[- ]to[- ](?:start|finish)"
    r"|start[- ]to[- ](?:start|finish))\s*[=:]?\s*([+\-−–]?\s*[0-9][^()\[\]]*)?"
    r"|([+\-−–]\s*[0-9][^()\[\]]*))[)\]]?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(.+?)\s*(?:[-–—]|\bto\b|\bbis\b|\.\.)\s*(.+)")
#: What is named where a task can start at once, if there is no such task.
_START = frozenset({"start", "begin", "beginning", "beginn", "début", "inicio", "inizio", "0"})
_ALONE = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Name:
    place: int
    spoken: str


class Named:
    """The tasks of a list by all that they are called.

    Parameters
    ----------
    ids, names, outlines
        Id, name and outline number of each task with its spoken id, in the order of the list. An
        id counts before a name, and a name before an outline number; of two the same, the first.
    """

    def __init__(
        self,
        ids: Sequence[tuple[str, str]],
        names: Sequence[tuple[str, str]],
        outlines: Sequence[tuple[str, str]],
    ) -> None:
        self._called: dict[str, _Name] = {}
        self._list: list[str] = []
        for called in (ids, names, outlines):
            for place, (text, spoken) in enumerate(called):
                if len(self._list) <= place:
                    self._list.append(spoken)
                if key := _key(text):
                    self._called.setdefault(key, _Name(place, spoken))
        self._letters = all(_ALONE.fullmatch(text) for text, _ in ids)

    def of(self, text: str) -> str:
        """Give the spoken id of the task that a text names, "" for none."""
        found = self._called.get(_key(text))
        return found.spoken if found else ""

    def put_into(self, text: str, faults: list[Message]) -> tuple[str, str]:
        """Put spoken ids for what a list calls the tasks, so that `dependencies` can read them.

        Returns
        -------
        tuple of str
            What names tasks of the list, and what does not.
        """
        found: list[str] = []
        rest: list[str] = []
        for part in _SEPARATED.split(with_points(text)):
            named = self._part(one_line(part), faults)
            (rest if named is None else found).extend([part] if named is None else named)
        return "; ".join(found), "; ".join(rest)

    def _part(self, text: str, faults: list[Message]) -> list[str] | None:
        """Give the spoken ids that a text names, ``None`` where it is no name."""
        if spoken := self.of(text):
            return [spoken]
        letters = [self.of(letter) for letter in text]
        if self._letters and len(set(text)) == len(text) > 1 and all(letters):
            return letters
        if spoken := self._linked(text):
            return [spoken]
        if nothing(text) or text.casefold() in _START:
            return []
        for several in (_AND.split(text), text.split()):
            sides = [self.of(side) or self._linked(side) for side in several if side]
            if len(sides) > 1 and all(sides):
                return sides
        return self._row(text, faults) or None

    def _linked(self, text: str) -> str:
        """Give a task with its relation and lag, "" where the text names none."""
        match = _LINKED.fullmatch(text)
        spoken = self.of(match[1]) if match else ""
        if match is None or not spoken:
            return ""
        relation = _short(match[2] or "FS")
        lag = (match[3] or match[4] or "").strip()
        sign = "" if not lag or lag[0] in "+-−–" else "+"
        return f"{spoken}{relation}{sign}{lag}"

    def _row(self, text: str, faults: list[Message]) -> list[str]:
        """Give the tasks of “A-C”, and say so where there are others between the two."""
        match = _RANGE.fullmatch(text)
        if match is None:
            return []
        first, last = (self._called.get(_key(side)) for side in match.groups())
        if first is None or last is None or first.place >= last.place:
            return []
        if last.place - first.place > 1:
            message = N_(
                "“{part}” may be these two tasks or all from one to the other; the task waits for "
                "all of them now. Put commas between them if it should not."
            )
            faults.append(Message(message, {"part": short(text)}))
        return self._list[first.place : last.place + 1]


def _key(text: str) -> str:
    return as_id(one_line(text)).casefold()


def _short(relation: str) -> str:
    """Write a relation with two letters: “S-S”, “start to start”."""
    words = re.split(r"[- ]+", relation)
    return relation if len(words) == 1 else "".join(word[0] for word in words if word != "to")
