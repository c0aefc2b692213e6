"""Whether somebody sits in front of this notebook, and the live canvas that they get then."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from clusterlab.methods.sheet import cited_kinds
from clusterlab.model import BoardId, CanvasKind
from clusterlab.outputs.present import Presenter
from clusterlab.workshop import Folder

if TYPE_CHECKING:
    from clusterlab.widgets import Desk, LiveCanvas

_DESKS: dict[tuple[Path, str], Desk] = {}
_FOLDERS: dict[Path, tuple[tuple[object, ...], Folder]] = {}
#: Set to 1 or 0, it says so whatever the front end looks like.
SWITCH = "CLUSTERLAB_LIVE"


class _Board(Protocol):
    kind: CanvasKind
    id: BoardId
    shape: str
    versions: tuple[str, ...]


def has_front_end() -> bool:
    """Tell whether the running cell was sent by a page that can show widgets.

    A page can be asked for input; what executes notebooks in a batch cannot. Voilà executes a
    notebook in the same way as a batch, but for a page.
    """
    if wanted := os.environ.get(SWITCH):
        return wanted != "0"
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return False
    voila = os.environ.get("SERVER_SOFTWARE", "").startswith("voila")
    return voila or bool(getattr(kernel, "_allow_stdin", False))


def shared_folder(path: Path) -> Folder:
    """Open a workshop's folder once in this process, and anew when its files have changed.

    A cell that opens the workshop may run any number of times: each time a journal of its own
    would stay open as long as the notebook remembers its outputs.
    """
    found = Folder.around(path)
    stamp = tuple(_stamps(found.path))
    known = _FOLDERS.get(found.path)
    if known and known[0] == stamp and not known[1].closed:
        found.close()
        return known[1]
    _FOLDERS[found.path] = stamp, found
    return found


def _stamps(folder: Path) -> Iterable[tuple[str, int, int]]:
    kinds = sorted((folder / "canvases").glob("*.toml"))
    words = sorted((folder / "locale").glob("*.po"))
    for file in (folder / "workshop.toml", folder / "clusters.csv", *kinds, *words):
        if file.is_file():
            stat = file.stat()
            yield str(file), stat.st_mtime_ns, stat.st_size


def widget_of(board: _Board, folder: Folder, presenter: Presenter, actor: str) -> LiveCanvas:
    """Give the live canvas of a board: the same one each time it is asked for."""
    from clusterlab.widgets import Desk, View, live_widget, spec_of  # noqa: PLC0415 - slow to load

    place = (folder.path, board.id.cluster)
    desk = _DESKS.get(place)
    if desk is None:
        desk = _DESKS[place] = Desk(folder, board.id.cluster)
    elif desk.folder is not folder:
        desk.move(folder)
    cites = cited_kinds(board.kind, folder.kinds)
    view = View(board.kind, board.id, board.shape, board.versions, cites)
    limit = folder.settings.limits.note_length
    spec = spec_of(view, presenter, workshop=folder.settings.id, limit=limit, actor=actor)
    return live_widget(desk, view, actor, presenter.language, spec)
