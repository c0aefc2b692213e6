"""What tasks come before, as lists name them: by id, by name, by row, several in many ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clusterlab.errors import N_, Message
from clusterlab.exchange.refused import short
from clusterlab.methods.dependencies import (
    RELATIONS,
    Dependency,
    Length,
    Relation,
    dependencies,
    length,
    with_points,
)
from clusterlab.methods.tasklist import nothing
from clusterlab.model import one_line

_SEPARATED = re.compile(r"[,;\n]")
#: Words and signs between two tasks that are named side by side.
_AND = frozenset(["and", "und", "et", "y", "e", "en", "og", "och", "i", "ja", "és", "ve", "&", "/"])
#: Words before the id of a task: “Task A”.
_TASK = re.compile(
    r"^(?:#|(?:task|activity|job|vorgang|tätigkeit|tâche|tarea)\s+)\s*", re.IGNORECASE
)
_ENDS = {"finish": "F", "end": "F", "ende": "F", "f": "F", "start": "S", "anfang": "S", "s": "S"}
_END = "|".join(_ENDS)
#: How two tasks are linked: “FS”, “S-S”, “start to start”, “FtS”.
_RELATION = rf"(?:{'|'.join(RELATIONS)}|(?:{_END})(?:[-/ ]+|[- ]*to?[- ]*)(?:{_END}))"
# In small letters and capitals of ASCII only: a Turkish İ would match an i, too.
_LIKE_ASCII = re.IGNORECASE | re.ASCII
_TWO_ENDS = re.compile(rf"({_END})(?:[-/ ]+|[- ]*to?[- ]*)({_END})", _LIKE_ASCII)
_NUMBER = r"(?:P?[0-9.½¼¾][^()\[\]+]*)"
#: What stands behind the name of the first: “BSS+2”, “B (S-S)”, “B [FS 2 days]”, “B: FS 2”.
_LINKED = re.compile(
    rf"(.+?)\s*(?:[(\[:-]\s*)?(?:({_RELATION})\s*[=:)]?\s*[(\[]?([+\-−–]?\s*{_NUMBER})?"
    rf"|([+\-−–]\s*{_NUMBER}))[)\]]?",
    _LIKE_ASCII,
)
#: A length of time as ISO 8601 writes it.
_ISO = re.compile(r"PT?([0-9.]+)([DWMH])", _LIKE_ASCII)
_RANGE = re.compile(r"(.+?)\s*(?:[-–—:]|\bto\b|\bthrough\b|\bbis\b|\.\.)\s*(.+)")
_LATER = re.compile(r"(.*?[0-9].*?)\s+(?:after|nach|après|después de|dopo)\s+(.+)", re.IGNORECASE)
#: What is named where a task can start at once, if there is no such task.
_START = frozenset({"start", "begin", "beginning", "beginn", "début", "inicio", "inizio", "0"})
_START |= {"end", "finish", "ende", "fin", "fine", "geen", "nothing", "nada", "*"}
_ALONE = re.compile(r"[^\W\d_]")
#: An id that is a number, as programs may have made something else of it: “01”, “1.0”.
_AS_NUMBER = re.compile(r"[0-9]{1,9}(?:\.0)?")
#: Relations whose two letters may be those of two tasks.
_LETTERS = ("FS", "SF")
#: A name that begins with what others call the task: “A. Dig”, “(B) Pour”, “C - Build”, “1.1 Dig”.
_LABELLED = re.compile(
    r"\(?([^\W\d_]|[^\W\d_]{0,3}[0-9]{1,4})(?:\s?[.):]|\s[-–—=])\s+\S"
    r"|([A-Z]|[0-9]{1,3}(?:\.[0-9]{1,3})+)\s+\S"
)
#: Words and letters behind a name that may belong to a relation and a lag.
_BEHIND, _LONGEST = 6, 80

_SEVERAL = N_(
    "“{part}” may be these two tasks or all from one to the other; the task waits for all of them "
    "now. Put commas between them if it should not."
)
_BOTH = N_(
    "“{part}” may be tasks side by side or a task with what is behind it; the task waits for all "
    "of them now. Put commas between them, or write it as 2FS+3d."
)
_TWICE = N_("Several tasks are called “{name}”; the first of them counts.")
_NO_TASK = N_("There is no task “{came}” in this file; the task does not wait for it.")
_UNREAD = N_("“{part}” cannot be read, so the task was taken without it. {reason}")
_NAME = N_("It should name tasks of this list, such as 2, or 2FS+3d for three days later.")


@dataclass(frozen=True, slots=True)
class _Name:
    place: int
    spoken: str
    #: Whether another task is called the same.
    twice: bool = False


@dataclass(frozen=True, slots=True)
class _Linked:
    name: _Name
    link: Dependency


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
        self._list = [spoken for _, spoken in ids]
        for called in (ids, names, outlines, _labels(names)):
            before = dict(self._called)
            for place, (text, spoken) in enumerate(called):
                key = _key(text)
                if not key or key in before:
                    continue
                twice = key in self._called and called is names
                first = self._called.setdefault(key, _Name(place, spoken))
                if twice:
                    self._called[key] = replace(first, twice=True)
        self._letters = {text for text, _ in ids if _ALONE.fullmatch(text)}
        self._numbers: dict[int, _Name] = {}
        for text, _ in ids:
            if _AS_NUMBER.fullmatch(text):
                self._numbers.setdefault(int(float(text)), self._called[_key(text)])
        #: How many words and letters at most are looked at as one name with what is behind it.
        self._words = max((len(key.split()) for key in self._called), default=0) + _BEHIND
        self._length = max(map(len, self._called), default=0) + _LONGEST

    def of(self, text: str) -> str:
        """Give the spoken id of the task that a text names, "" for none."""
        found = self._exact(text)
        return found.spoken if found else ""

    def links(self, text: str, unit: str, faults: list[Message]) -> list[Dependency]:
        """Read what a task waits for, as a list writes it.

        Parameters
        ----------
        text
            The cell.
        unit
            In which a lag is given that says no unit itself, "" for working days.
        faults
            Takes what cannot be read, and what could be read otherwise.
        """
        found: list[_Linked] = []
        for part in self._parts(_unwrapped(text)):
            told: list[Message] = []
            read = self._part(part, unit, told)
            faults += told
            if read is None:
                faults.append(self._unread(part))
            else:
                found += read
        for one in dict.fromkeys(one.link.predecessor for one in found if one.name.twice):
            name = next(o.name for o in found if o.link.predecessor == one)
            called = next(text for text, same in self._called.items() if same is name)
            faults.append(Message(_TWICE, {"name": short(called)}))
        return list(dict.fromkeys(one.link for one in found))

    def _parts(self, text: str) -> Iterator[str]:
        if self._exact(one_line(text)):  # a name may have commas
            yield one_line(text)
            return
        # In “B (FS, +2)” the comma separates no tasks.
        text = re.sub(r"\([^()]*\)", lambda inside: inside[0].replace(",", " "), text)
        for part in _SEPARATED.split(with_points(text)):
            words = one_line(part).split()
            if len(words) > 1 and words[0].casefold() in _AND and not self._exact(words[0]):
                words = words[1:]
            if words:
                yield " ".join(words)

    def _exact(self, text: str) -> _Name | None:
        bare = text.strip("'\"{}")
        for name in (text, _TASK.sub("", text, count=1), bare, text.removesuffix(".")):
            if found := self._called.get(_key(name)):
                return found
        return self._numbers.get(int(float(bare))) if _AS_NUMBER.fullmatch(bare) else None

    def _part(self, text: str, unit: str, told: list[Message]) -> list[_Linked] | None:
        """Give the tasks that a text names, ``None`` where it names none."""
        if name := self._exact(text):
            return [_plain(name)]
        if nothing(text) or text.casefold() in _START:
            return []
        side_by_side = self._together(text, told) or self._all(text.split())
        if side_by_side or (between := self._between(text, told)):
            return side_by_side or between
        if one := self._linked(text, unit) or self._later(text):
            return [one]
        words = re.sub(r"\s*([&/])\s*", r" \1 ", text).split()
        return self._listed(text.split(), unit) or self._listed(words, unit)

    def _together(self, text: str, told: list[Message]) -> list[_Linked]:
        """Give the tasks of “ABD”, where tasks are called by single letters."""
        written = text if {*text} <= self._letters else text.upper()
        fits = text in {written, written.upper()} and {*written} <= self._letters
        if not fits or len({*text}) < len(text) or len(text) == 1:
            return []
        if text[-2:] in _LETTERS and len(text) > len("FS"):
            told.append(Message(_BOTH, {"part": short(text)}))
        return self._all(list(written))

    def _all(self, texts: Sequence[str]) -> list[_Linked]:
        """Give the tasks that all of several texts name, none where one does not."""
        found = [name for text in texts if (name := self._exact(text))]
        return [*map(_plain, found)] if len(found) == len(texts) > 1 else []

    def _between(self, text: str, told: list[Message]) -> list[_Linked] | None:
        """Give the tasks of “A-C”, and say so where it could mean others; of “A+C” those two."""
        if both := self._all(re.split(r"\s*\+\s*", text)):
            if text.replace("+", "").replace(" ", "").isdecimal():
                told.append(Message(_BOTH, {"part": short(text)}))
            return both
        match = _RANGE.fullmatch(text) if len(text) <= 2 * self._length else None
        if match is None:
            return None
        first, last = (self._exact(side) for side in match.groups())
        if first is None or last is None or first.place >= last.place:
            return None
        # “1-2” may be task 1 with a lead, too.
        if last.place - first.place > 1 or match[0][-1].isdecimal():
            told.append(Message(_SEVERAL, {"part": short(text)}))
        row = range(first.place, last.place + 1)
        return [_plain(_Name(place, self._list[place])) for place in row]

    def _linked(self, text: str, unit: str) -> _Linked | None:
        """Give a task with its relation and lag."""
        match = _LINKED.fullmatch(text) if len(text) <= self._length else None
        name = self._exact(match[1]) if match else None
        if match is None or name is None:
            return None
        lag = _lag(match[3] or match[4] or "", unit)
        # “3-1” may be tasks 3 and 1, or task 3 with a lead.
        unclear = match[2] is None and self._exact((match[4] or "").strip("+-−– "))
        if isinstance(lag, Message) or unclear:
            return None
        return _Linked(name, _link(name, relation_of(match[2] or "FS"), lag))

    def _later(self, text: str) -> _Linked | None:
        """Give the task of “2 days after B”, with the lag."""
        match = _LATER.fullmatch(text) if len(text) <= self._length else None
        name = self._exact(match[2]) if match else None
        lag = length(match[1]) if match else None
        if name is None or not isinstance(lag, Length):
            return None
        return _Linked(name, _link(name, "FS", lag))

    def _listed(self, words: Sequence[str], unit: str) -> list[_Linked] | None:
        """Give the tasks of words side by side, each with what is behind it."""
        found: list[_Linked] = []
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + self._words), at, -1):
                text = " ".join(words[at:end])
                name = self._exact(text)
                one = _plain(name) if name else self._linked(text, unit)
                if one:
                    found.append(one)
                    at = end
                    break
            else:
                if not found or words[at].casefold() not in _AND or at + 1 == len(words):
                    return None
                at += 1
        return found

    def _unread(self, part: str) -> Message:
        known, _ = dependencies(part)
        if len(known) == 1 and len(part.split()) == 1 and not self.of(known[0].predecessor):
            return Message(_NO_TASK, {"came": known[0].predecessor})
        match = _LINKED.fullmatch(part) if len(part) <= self._length else None
        lag = _lag(match[3] or match[4] or "", "") if match and self.of(match[1]) else None
        reason = lag if isinstance(lag, Message) else Message(_NAME)
        return Message(_UNREAD, {"part": short(part), "reason": reason})


def relation_of(text: str) -> Relation:
    """Read a relation in two letters of some edition, or in words: “S-S”, “start to start”.

    Raises
    ------
    KeyError
        Where it is none.
    """
    match = _TWO_ENDS.fullmatch(text.strip())
    if match is None:
        return RELATIONS[text.strip().upper()]
    return RELATIONS["".join(_ENDS[end.casefold()] for end in match.groups())]


def _lag(text: str, unit: str) -> Length | Message:
    """Read a lag with its sign, “” for none."""
    bare = text.strip()
    sign = -1 if bare[:1] in {"-", "−", "–"} else 1
    bare = bare.lstrip("+-−– ")
    if not bare:
        return Length(0)
    if match := _ISO.fullmatch(bare):
        hour = match[2].upper() == "H"
        bare = f"{match[1]} {'h' if hour else {'D': 'd', 'W': 'w', 'M': 'mo'}[match[2].upper()]}"
    read = length(f"{bare} {unit}" if bare[-1].isdecimal() else bare)
    return read if isinstance(read, Message) else replace(read, number=sign * read.number)


def _link(name: _Name, relation: Relation, lag: Length) -> Dependency:
    # No lag is no lag, whatever it would be counted in.
    measure = lag.measure if lag.number else "working"
    return Dependency(name.spoken, relation, lag.number or 0.0, measure)


def _plain(name: _Name) -> _Linked:
    return _Linked(name, Dependency(name.spoken))


def _labels(names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give what names begin with, where each begins with a label of its own: “A. Dig”."""
    found = [m[1] or m[2] for text, _ in names if (m := _LABELLED.match(text))]
    if len({*found}) < len(names):
        return []
    return [(label, spoken) for label, (_, spoken) in zip(found, names, strict=True)]


def _unwrapped(text: str) -> str:
    """Take brackets away that hold all: “(A, B)”."""
    bare = text.strip()
    pairs = {"(": ")", "[": "]"}
    closing = pairs.get(bare[:1], "")
    inside = bare[1:-1]
    if closing and bare.endswith(closing) and not set(inside) & set("()[]"):
        return inside
    return text


def _key(text: str) -> str:
    return one_line(text).casefold()
