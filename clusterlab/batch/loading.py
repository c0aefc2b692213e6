"""What workers load before there is a job, while the warm processes get ready beside them."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from clusterlab.batch.work import KERNEL, exporter
from clusterlab.engine.process import NoWarmProcessError, WarmProcess, keep

#: What every job needs and planning does not.
_MODULES = (
    "nbclient.exceptions",
    "nbformat.v4.rwbase",
    "papermill.execute",
    "clusterlab.documents.reading",
    "clusterlab.engine.engine",
)


@dataclass(slots=True)
class Loaded:
    """The warm processes that were begun, one for each worker, or none.

    Parameters
    ----------
    preload
        The modules that they import.
    """

    preload: Sequence[str] = ()
    warm: list[WarmProcess] = field(default_factory=list)

    def take(self, number: int) -> None:
        """Go on with one of them, in the worker of that number."""
        for at, process in enumerate(self.warm):
            if at == number:
                process.take()
                keep(KERNEL, self.preload, process)
            else:
                process.forget()

    def let_go(self) -> None:
        """Leave them to the workers; where nobody took them, they end."""
        for process in self.warm:
            process.forget()


def load(asked: Mapping[str, Any], count: int) -> Loaded:
    """Load what jobs need.

    Parameters
    ----------
    asked
        ``formats`` of their documents, and the modules that their notebooks ``preload``; empty for
        nothing.
    count
        How many workers there will be.
    """
    if not asked:
        return Loaded()
    loaded = Loaded(asked["preload"])
    if loaded.preload:
        with contextlib.suppress(NoWarmProcessError):  # each worker will try on its own
            loaded.warm.append(WarmProcess.begin(KERNEL, loaded.preload))
            loaded.warm += (loaded.warm[0].twin() for _ in range(1, count))
    for name in _MODULES:
        import_module(name)
    if loaded.warm:
        import_module("clusterlab.engine.engine").prepare()
    for suffix in asked["formats"]:
        with contextlib.suppress(Exception):  # each document of it will say so
            exporter(suffix).prepare()
    return loaded
