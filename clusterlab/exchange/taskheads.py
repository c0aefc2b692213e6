"""The heads of lists of tasks: which column is which, and in what it counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from clusterlab.errors import Message
from clusterlab.exchange import taskwords as words
from clusterlab.methods.dependencies import length
from clusterlab.methods.words import UNITS_OF_TIME
from clusterlab.model import one_line

#: The three estimates of a duration, and the two events between which a task lies.
THREE = ("low", "likely", "high")
ENDS = ("from", "to")
#: One of these beside a name makes a table a list of tasks.
_TELLING = frozenset({"duration", "after", "next", "likely", "level", "outline"})
#: Such a column alone lets one suppose that it should have been one.
_SUPPOSING = frozenset({"duration", "after", "next", "likely"})
_IN_BRACKETS = re.compile(r"[-,/:;]*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]$")
_IN_WORDS = re.compile(r"[-,/:;]+(?:in|en|em)-(.+)$")
_BEHIND_SIGN = re.compile(r"[,/:;]-?([^,/:;]+)$")
_LETTERS = 3  # that a unit has at least where nothing tells it from the words before it


def _folded(text: str) -> str:
    """Leave out accents, as people do who type heads: “Duree”."""
    found = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in found if not unicodedata.combining(char))


def _by_head(lists: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column, heads in lists.items():
        for head in _folded(heads).split():
            found.setdefault(head, []).append(column)
    return found


_NAMES, _WEAKER = _by_head(words.HEADERS), _by_head(words.WEAKER)
_SIGNS = _by_head(words.SIGNS)
_ESTIMATES = {re.compile(_folded(part)): column for part, column in words.ESTIMATES.items()}
_PARTS = {re.compile(_folded(part)): column for part, column in words.PARTS.items()}
_BOTH, _TASKS = re.compile(words.BOTH), re.compile(_folded(words.TASKS))
_OTHERS = re.compile(_folded(words.OTHERS))
_IN, _NODES, _FROM, _TO, _NUMBERED, _ALONE, _BESIDE, _WORKING, _ELAPSED, _NO_UNITS = (
    frozenset(_folded(text).split())
    for text in (
        words.IN, words.NODES, words.FROM, words.TO, words.NUMBERED, words.ALONE, words.BESIDE,
        words.WORKING, words.ELAPSED, words.NO_UNITS,
    )
)  # fmt: skip


# -- one head --------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def spelled(head: str) -> str:
    """Give what is the same for spellings of a head: “S. No.” and “s_no”, “Task #”, “Task no”."""
    text = _folded(one_line(head)).replace("’", "'")
    text = re.sub(r"\(\*\)|[*.?!]", " ", text).replace("#", " no ")
    text = re.sub(r"\s+(?=[)\]])|(?<=[(\[])\s+", "", text)
    return re.sub(r"[\s_\-–—]+", "-", text).strip("-:;, ")


@lru_cache(maxsize=1024)
def _peeled(head: str) -> tuple[str, tuple[str, ...]]:
    """Take off what stands behind a head: units, signs and the like, last first."""
    base, behind = spelled(head), []
    while base:
        found = next(filter(None, (_last(base, how) for how in _BEHIND)), None)
        if found is None:
            break
        base, phrase = found
        behind.append(phrase)
    return base, tuple(behind)


def _last(base: str, how: Callable[[str], tuple[str, str] | None]) -> tuple[str, str] | None:
    found = how(base)
    return found if found and found[0] else None


def _bracketed(base: str) -> tuple[str, str] | None:
    match = _IN_BRACKETS.search(base)
    return (base[: match.start()], match[1]) if match else None


def _in_words(base: str) -> tuple[str, str] | None:
    match = _IN_WORDS.search(base)
    return (base[: match.start()], match[1]) if match else None


def _behind_sign(base: str) -> tuple[str, str] | None:
    match = _BEHIND_SIGN.search(base)
    if match and (unit(match[1]) or match[1] in _NO_UNITS):
        return base[: match.start()], match[1]
    return None


def _last_words(base: str) -> tuple[str, str] | None:
    """Tell “Duration work weeks” and “Expected time te” from the name of a column."""
    parts = base.split("-")
    if _alone(base):
        return None
    for many in (2, 1):
        phrase = "-".join(parts[-many:])
        if len(parts) > many and phrase != "min" and len(phrase) >= _LETTERS and unit(phrase):
            return "-".join(parts[:-many]), phrase
        if len(parts) > many and phrase in _NO_UNITS and _NODES.isdisjoint(parts):
            return "-".join(parts[:-many]), phrase
    return None


_BEHIND = (_bracketed, _in_words, _behind_sign, _last_words)


def unit(phrase: str) -> str:
    """Give the unit that some words name as `length` reads it, "" for none: “in work weeks”."""
    told = [*filter(None, re.split(r"[\s-]+", phrase))]
    while len(told) > 1 and told[0] in _IN:
        del told[0]
    elapsed = not _ELAPSED.isdisjoint(told)
    rest = [word for word in told if word not in _ELAPSED | _WORKING]
    if len(rest) != 1 or rest[0] == words.EITHER:
        return ""
    (name,) = rest
    for starts, counted in ((_WORKING, ""), (_ELAPSED, "elapsed ")):
        names = (name.removeprefix(start) for start in starts if name.startswith(start))
        if found := next((_UNITS[each] for each in names if each in _LONG), ""):
            return counted + found
    if name in _UNITS:
        return f"elapsed {_UNITS[name]}" if elapsed else _UNITS[name]
    if name in words.JOINED or name in _NO_UNITS:
        return words.JOINED.get(name, "")
    read = length(f"1 {name}")
    return name if not isinstance(read, Message) and read.measure == "elapsed" else ""


_UNITS = {_folded(word): word for word in UNITS_OF_TIME}
_LONG = frozenset(word for word in _UNITS if len(word) > _LETTERS)


def measured(head: str) -> str:
    """Give the unit in a header such as “Duration (weeks)” or “Weeks”, "" for none."""
    base, behind = _peeled(head)
    units = filter(None, map(unit, behind))
    return next(units, "") or _alone(base)


def unmeasured(head: str) -> str:
    """Give what stands behind a head and could be a unit, but is none that is known."""
    base, behind = _peeled(head)
    if measured(head):
        return ""
    odd = (p for p in behind if p not in _NO_UNITS or (p == words.EITHER and not _estimate(base)))
    return next((p.replace("-", " ") for p in odd if not _estimate(p)), "")


def _alone(base: str) -> str:
    """Give the unit of “Weeks”, “Working days” and “Number of days”."""
    rest = [word for word in base.split("-") if word not in _BESIDE]
    return unit("-".join(rest)) if rest and rest[-1] in _ALONE | _COMPOUND else ""


_COMPOUND = frozenset(start + name for start in (*_WORKING, *_ELAPSED) for name in _ALONE)


def _estimate(text: str) -> str:
    return next((column for part, column in _ESTIMATES.items() if part.search(text)), "")


# -- what a head means, from what is sure to what is supposed --------------------------------------


def _other(head: str) -> bool:
    """Tell whether a head, or what stands behind it, is of other numbers: “Duration (crash)”."""
    return any(map(_OTHERS.search, (_peeled(head)[0], spelled(head))))


def _known(head: str) -> list[str]:
    """Give what the lists of heads say."""
    base, behind = _peeled(head)
    if _other(head):
        return _NAMES.get(base, []) if _OTHERS.search(base) else []
    if estimate := _estimate(spelled(head)):
        return [estimate]
    signs = [column for phrase in behind for column in _SIGNS.get(phrase, [])]
    if signs and "duration" in _WEAKER.get(base, _NAMES.get(base, [])):
        return signs
    found = _NAMES.get(spelled(head)) or _event(base) or _NAMES.get(base) or []
    sides = [_NAMES.get(side.strip("-"), []) for side in base.split("/")]
    return found or [name for name in sides[0] if all(name in side for side in sides)]


def _event(base: str) -> list[str]:
    """Tell the two events of a task apart: “Tail node”, “Final event”."""
    parts = {*re.split(r"[-()\s]+", base)} - _NUMBERED
    if not parts & _NODES:
        return []
    rest = parts - _NODES
    return [name for name, told in zip(ENDS, (_FROM, _TO), strict=True) if rest and rest <= told]


def _weaker(head: str) -> list[str]:
    base, _ = _peeled(head)
    if _other(head):
        return []
    return _WEAKER.get(spelled(head)) or _WEAKER.get(base) or []


def _likely(head: str) -> list[str]:
    """Give what a part of a head says that no list knows."""
    base, _ = _peeled(head)
    told = {*map(_estimate, (base, spelled(head)))} & {"low", "high"}
    if _other(head) or told:
        return []
    return [column for part, column in _PARTS.items() if part.search(base)][:1]


def _in_units(head: str) -> list[str]:
    base, _ = _peeled(head)
    told = _alone(base) or (_estimate(base) == "likely")
    return ["duration"] if told and not _other(head) else []


_KINDS = (_known, _weaker, _likely, _in_units)


# -- a row of heads --------------------------------------------------------------------------------


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Find the columns of a list of tasks; only “text” where it is a table of notes."""
    heads = [one_line(head) for head in header]
    if "text" in map(spelled, heads):
        return {"text": [*map(spelled, heads)].index("text")}
    without: set[str] = set()
    found = _assigned(heads, without)
    for group in (ENDS, THREE):  # they mean something only beside each other, as single letters do
        if not found.keys() >= {*group}:
            without |= {*group}
            found = _assigned(heads, without)
    _called(found, heads)
    if "duration" in found and not found.keys() & {"after", "next", "from"}:
        lone = len(spelled(heads[found["duration"]])) == 1  # where tasks stand side by side: A, B
        found = {name: place for name, place in found.items() if name != "duration" or not lone}
    if found.keys().isdisjoint(_TELLING):
        found.pop("depth", None)  # many tables have levels of something
    elif "depth" in found:
        found.setdefault("level", found.pop("depth"))
    return found


def _assigned(heads: Sequence[str], without: AbstractSet[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kinds in _KINDS:
        for index, head in enumerate(heads):
            name = next((n for n in kinds(head) if n not in found and n not in without), "")
            if name and index not in found.values():
                found[name] = index
    normal = "duration" in found and spelled(heads[found["duration"]]).startswith("normal")
    if normal and found.keys() >= {"low", "high"} and "likely" not in found:
        found["likely"] = found.pop("duration")
    return found


def _called(found: dict[str, int], heads: Sequence[str]) -> None:
    """Find out what tasks are called: textbooks call them A, B and C, and often nothing else."""
    label = found.pop("label", None)
    if label is not None and "id" in found:
        found.setdefault("name", label)
    elif label is not None:
        found["id"] = label
        others = (i for i in callings(heads) if i not in found.values())
        found.setdefault("name", next(others, label))
    elif "name" not in found and "summary" in found:
        found["name"] = found.pop("summary")  # so programs for issues call their titles
    if not found.keys() & {"id", "name", "from"}:
        free = (i for i in range(len(heads)) if i not in found.values())
        place = next((i for i in free if _TASKS.search(spelled(heads[i]))), None)
        found |= {} if place is None else {"name": place}
    if "id" in found:
        found.setdefault("name", found["id"])


def holds_events(head: str) -> bool:
    """Tell whether a column may hold both events of each task."""
    parts = {*re.split(r"[-()\s]+", spelled(head))}
    return bool(parts & _NODES) or _BOTH.search(spelled(head)) is not None


def either_way(head: str) -> bool:
    """Tell whether a head could name what comes before as well as what follows."""
    return spelled(head) in words.EITHER_WAY.split()


def callings(heads: Sequence[str]) -> list[int]:
    """Give the columns by which a list may call its tasks."""
    return [i for i, head in enumerate(heads) if {"id", "label"} & {*_known(head)}]


def tells(columns: Mapping[str, int]) -> bool:
    """Tell whether columns are those of a list of tasks."""
    return ("name" in columns or "from" in columns) and not _TELLING.isdisjoint(columns)


def supposes(header: Sequence[str]) -> bool:
    """Tell whether somebody may have meant these to be the heads of a list of tasks."""
    return not _SUPPOSING.isdisjoint(columns_of(header))


def joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Join two rows of heads: below “Time estimates (weeks)”, a, m and b."""
    heads, group = [], ""
    for above, below in _pairs(upper, lower):
        group = above or (group if below else "")
        said = measured(group) if below and not measured(below) else ""
        if not below or not group:
            heads.append(below or above)
        elif unit(spelled(below).strip("()[]")):
            heads.append(f"{group} ({below.strip('()[]')})")
        elif "duration" in (*_known(f"{below} {group}"), *_weaker(f"{below} {group}")):
            heads.append(f"{below} {group}")
        elif kinds := _known(below):
            timed = said and not {"duration", *THREE}.isdisjoint((*kinds, *_weaker(below)))
            heads.append(f"{below} ({said})" if timed else below)
        elif _weaker(below) and said:
            heads.append(f"{below} ({said})")
        else:
            heads.append(f"{below} {group}")
    return tuple(heads)


def _pairs(upper: Sequence[str], lower: Sequence[str]) -> Iterable[tuple[str, str]]:
    count = max(len(upper), len(lower))
    filled = ((*row, *[""] * (count - len(row))) for row in (upper, lower))
    return zip(*(map(one_line, row) for row in filled), strict=True)


def only_units(cells: Iterable[str]) -> bool:
    """Tell whether a row below the heads holds units and signs only: “(weeks)”, “a”."""
    told = [spelled(cell).strip("()[]") for cell in cells if cell.strip()]
    return bool(told) and all(unit(text) or text in _NO_UNITS for text in told)


def titled(title: str) -> str:
    """Give the unit that a title above the table names: “Durations in weeks”, "" for none."""
    base, behind = _peeled(title)
    told = behind and _TIMED.search(base) and re.search(r"\b(?:in|en|em)\b|[(\[]", spelled(title))
    return unit(behind[0]) if told else ""


_TIMED = re.compile(r"duration|times?\b|dauer|zeit|duree|temps|duracion|tiempo|durata|tempo")
