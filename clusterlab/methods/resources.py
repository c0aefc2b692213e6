"""Who works on what, as people write it: ``Project office 50 %, Board``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clusterlab.errors import N_, Message
from clusterlab.methods.dependencies import Unreadable

#: The largest share that is taken: a team of a hundred people under one name.
MOST = 10_000.0

# A comma between two digits belongs to a number: “Anna 12,5 %”.
_SPLIT = re.compile(r"[;\n]|(?<![0-9]),|,(?![0-9])")
_SHARE = re.compile(r"\s*[\[(:]?\s*([0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*%\s*[\])]?$")
#: Project programs may write shares without percent: “Anna[0.5]”.
_UNITS = re.compile(r"\s*\[([0-9]{1,2}(?:[.,][0-9]{1,2})?)\]$")
_SHOWN = 60
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody who works on a task, and with which share of the day in percent."""

    resource: str
    share: float = 100.0


def assignments(text: str) -> tuple[tuple[Assignment, ...], tuple[Unreadable, ...]]:
    """Read who works on a task: names separated by commas, semicolons or line breaks.

    A share stands behind its name: ``Anna 50 %``, ``Anna[50%]``, ``Anna (50 %)``, ``Anna[0.5]``;
    without one the whole day counts. Who is named twice counts with both shares.

    Returns
    -------
    tuple of Assignment, tuple of Unreadable
        In the order of the text.
    """
    found: dict[str, Assignment] = {}
    bad: list[Unreadable] = []
    for part in filter(None, map(str.strip, _SPLIT.split(text))):
        match = _SHARE.search(part) or _UNITS.search(part)
        name = " ".join((part[: match.start()] if match else part).split())
        share = float(match[1].replace(",", ".")) if match else _WHOLE
        share *= _WHOLE if match and match.re is _UNITS else 1
        if not name or not 0 < share <= MOST:
            reason = Message(N_("It should be a name and a share above 0 %, such as Board 20 %."))
            bad.append(Unreadable(part[:_SHOWN], reason))
            continue
        before = found.get(key(name))
        more = before.share if before else 0.0
        found[key(name)] = Assignment(before.resource if before else name, share + more)
    return tuple(found.values()), tuple(bad)


def key(name: str) -> str:
    """Give what is the same for two spellings of one name: case and blanks do not count."""
    return " ".join(name.casefold().split())
