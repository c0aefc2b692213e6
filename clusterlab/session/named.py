"""Canvases by name, for people who look for them: ``clusterlab.Swot(topic="services")``."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from clusterlab.model import CanvasKind
from clusterlab.session.board import OpenBoard
from clusterlab.session.workshop import OpenWorkshop, open_workshop
from clusterlab.workshop import Folder, folder_name, load_kinds

_PARAMETERS = """
Shown as the last line of a notebook's cell, it can be written on; nothing needs to be saved.

Parameters
----------
topic
    By default all topics that the canvas has.
version
    Such as ``in-five-years``; by default today's.
cluster
    Id of the cluster; by default the only one, or the one in whose folder the notebook lies.
workshop
    The workshop's folder, or one below it; by default where the notebook lies.
language
    Tag of the labels' language, such as ``de``; by default the cluster's.
"""
_CLASSIC = """classic
    Whether to open the nine blocks of the classic canvas instead.
"""
_RESULT = """
Returns
-------
OpenBoard
    The canvas; ``add``, ``edit``, ``move`` and ``delete`` work on its notes.

Raises
------
NoWorkshopError
    Where there is no workshop.
ParameterError
    Where the workshop has several clusters and none is named.
UnknownNameError
    Where there is no such cluster, version or topic.

Examples
--------
>>> clusterlab.{example}  # doctest: +SKIP
"""


class Opens(Protocol):
    """What a canvas's name is: a call opens the canvas."""

    def __call__(
        self,
        *,
        topic: str = "",
        version: str = "",
        cluster: str = "",
        workshop: str | Path = ".",
        language: str = "",
        classic: bool = False,
    ) -> OpenBoard:
        """Open it; only the Business Model Canvas takes ``classic``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name opens.

    Parameters
    ----------
    canvas, shape
        The canvas kind, and what it is drawn as; "" for the kind's own layout.
    summary, example
        For its help.
    classic
        The canvas kind that ``classic=True`` opens, or "".
    """

    canvas: str
    shape: str
    summary: str
    example: str
    classic: str = ""


#: Names that say more than that of a canvas kind.
_MORE = {
    "BusinessModelCanvas": Entry(
        "business-model-cluster",
        "",
        "The business model of a cluster organisation, with what it develops and what it lives on.",
        'BusinessModelCanvas(version="in-five-years", cluster="moveo")',
        "business-model",
    ),
    "PriorityMatrix": Entry(
        "action-plan",
        "matrix",
        "The actions of the action plan by effort and impact.",
        "PriorityMatrix()",
    ),
}


def name_of(canvas: str) -> str:
    """Give the name under which a canvas kind is found: ``trend-radar`` is ``TrendRadar``."""
    return canvas.title().replace("-", "")


def _entry(kind: CanvasKind) -> Entry:
    """Give what the name of a canvas kind opens, as the kind itself says it."""
    name = name_of(kind.id)
    topic = f'topic="{kind.topics[0].id}"' if kind.topics else ""
    return Entry(kind.id, "", kind.summary, f"{name}({topic})")


def _canvases() -> dict[str, Entry]:
    """Give every name with what it opens: each kind that the package brings, and some more."""
    found = {name_of(kind.id): _entry(kind) for kind in load_kinds().values()}
    return dict(sorted((found | _MORE).items()))


CANVASES = _canvases()


def _open(
    entry: Entry,
    *,
    topic: str,
    version: str,
    cluster: str,
    workshop: str | Path,
    language: str,
) -> OpenBoard:
    opened = open_workshop(workshop, language=language)
    here = opened.cluster(cluster or _around(opened, Path(workshop)))
    if entry.shape == "matrix":
        return here.matrix(entry.canvas, version=version, topic=topic)
    return here.board(entry.canvas, version=version, topic=topic)


def _around(opened: OpenWorkshop, workshop: Path) -> str:
    """Give the cluster in whose own folder the notebook lies: ``work/<folder>``; "" for none."""
    if not isinstance(opened.source, Folder):
        return ""
    own = {folder_name(cluster): cluster for cluster in opened.clusters}
    for place in (workshop.resolve(), Path.cwd()):
        if place.is_relative_to(opened.source.path):
            match place.relative_to(opened.source.path).parts:
                case ("work", folder, *_) if folder in own:
                    return own[folder]
    return ""


def _named(name: str, entry: Entry) -> Opens:
    """Make what opens the canvas of a name."""

    def opens(
        *,
        topic: str = "",
        version: str = "",
        cluster: str = "",
        workshop: str | Path = ".",
        language: str = "",
        classic: bool = False,
    ) -> OpenBoard:
        return _open(
            Entry(entry.classic, "", "", "") if classic else entry,
            topic=topic,
            version=version,
            cluster=cluster,
            workshop=workshop,
            language=language,
        )

    def plain(
        *,
        topic: str = "",
        version: str = "",
        cluster: str = "",
        workshop: str | Path = ".",
        language: str = "",
    ) -> OpenBoard:
        return opens(
            topic=topic, version=version, cluster=cluster, workshop=workshop, language=language
        )

    made: Any = opens if entry.classic else plain
    made.__name__ = made.__qualname__ = name
    help_ = _PARAMETERS + (_CLASSIC if entry.classic else "") + _RESULT
    made.__doc__ = inspect.cleandoc(f"{entry.summary}\n{help_.format(example=entry.example)}")
    return cast("Opens", made)


_OPEN = {name: _named(name, entry) for name, entry in CANVASES.items()}


def opener(name: str) -> Opens:
    """Give what opens the canvas of a name; one and the same each time.

    Raises
    ------
    KeyError
        Where no canvas has this name.
    """
    return _OPEN[name]
