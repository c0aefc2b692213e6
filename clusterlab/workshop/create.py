"""Making a new workshop folder from a format."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterlab.errors import N_, UnknownNameError, WorkshopError
from clusterlab.model import Cluster
from clusterlab.shared import shared
from clusterlab.workshop import roster, settings
from clusterlab.workshop.folder import Folder


@dataclass(frozen=True, slots=True)
class Format:
    """A workshop format: which notebooks it takes."""

    id: str
    title: str
    summary: str
    notebooks: tuple[str, ...]


def formats() -> dict[str, Format]:
    """Give the formats that come with the package, by id."""
    found = {}
    for path in sorted(shared("templates", "workshops").glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        found[raw["id"]] = Format(raw["id"], raw["title"], raw["summary"], tuple(raw["notebooks"]))
    return found


def create(
    path: Path,
    format_id: str,
    title: str = "",
    clusters: Sequence[Cluster] = (),
    **facts: str,
) -> Folder:
    """Make a new workshop folder; nothing that exists is overwritten.

    Parameters
    ----------
    path
        A folder that does not exist or is empty.
    format_id
        One of `formats`.
    title
        The workshop's title; by default the format's.
    clusters
        Who takes part; without any, the roster holds only its header.
    **facts
        ``id``, ``language``, ``starts``, ``ends``, ``time_zone``.

    Raises
    ------
    UnknownNameError
        Where there is no such format.
    WorkshopError
        Where the folder holds anything.
    """
    known = formats()
    if format_id not in known:
        raise UnknownNameError(what=N_("format"), came=format_id, known=known)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WorkshopError(
            N_("“{folder}” exists and is not empty. Choose another name; nothing was changed."),
            folder=str(path),
        )
    chosen = known[format_id]
    made = settings.new_settings(
        title or chosen.title, format=chosen.id, notebooks=chosen.notebooks
    )
    made = settings.settings_from({**made.to_json(), "limits": {}, "topics": [], **facts})
    (path / "notebooks").mkdir(parents=True)
    for name in chosen.notebooks:
        shutil.copyfile(
            shared("notebooks", name, f"{name}.ipynb"), path / "notebooks" / f"{name}.ipynb"
        )
    roster.write_roster(clusters, path / roster.FILE)
    # Written last: a folder with it is whole.
    (path / settings.FILE).write_text(settings.write_settings(made), encoding="utf-8")
    return Folder(path)
