"""Making a new workshop folder from a format."""

from __future__ import annotations

import contextlib
import os
import shutil
import tomllib
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusterlab.errors import N_, UnknownNameError, WorkshopError
from clusterlab.model import Cluster, one_line
from clusterlab.shared import shared
from clusterlab.workshop import roster, settings
from clusterlab.workshop.folder import Folder

#: The facilitator's own notebook: of all clusters together, so never in a cluster's documents.
FACILITATION = "facilitation"
_PART = ".clusterlab-{}.part"


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
    *,
    fill: Callable[[Folder], None] | None = None,
    **facts: Any,
) -> Folder:
    """Make a new workshop folder; nothing that exists is overwritten.

    Everything is made in a hidden folder beside its place and renamed at the end: whatever stops
    it, there is no half workshop.

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
    fill
        Writes into the new workshop before it appears under its name. The folder that it gets is
        closed when it returns; the workshop lies elsewhere then.
    **facts
        ``id``, ``language``, ``starts``, ``ends``, ``time_zone``, and tables such as ``vote``, as
        ``workshop.toml`` holds them.

    Raises
    ------
    UnknownNameError
        Where there is no such format.
    WorkshopError
        Where the folder holds anything, a fact is not as it should be, or the folder cannot be
        made; nothing is left behind.
    """
    known = formats()
    if format_id not in known:
        raise UnknownNameError(what=N_("format"), came=format_id, known=known)
    chosen = known[format_id]
    made = settings.new_settings(
        one_line(title) or chosen.title, format=chosen.id, notebooks=chosen.notebooks
    )
    told = {k: one_line(v) if isinstance(v, str) else v for k, v in facts.items()}
    made = settings.settings_from({**made.to_json(), "limits": {}, "topics": [], **told})
    try:
        if path.exists() and not _empty(path):
            raise WorkshopError(
                N_("“{folder}” exists and is not empty. Choose another name; nothing was changed."),
                folder=str(path),
            )
        with _made_whole(path.resolve()) as part:
            _write(part, made, chosen, clusters)
            with Folder(part) as folder:
                if fill:
                    fill(folder)
    except OSError as error:
        raise WorkshopError(
            N_("“{folder}” could not be made: {reason}."),
            folder=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    return Folder(path)


def _empty(path: Path) -> bool:
    """Say whether there is nothing in a folder but what a killed attempt left."""
    return path.is_dir() and all(c.match(_PART.format("*")) for c in path.iterdir())


def _write(
    part: Path, made: settings.Settings, chosen: Format, clusters: Sequence[Cluster]
) -> None:
    (part / "notebooks").mkdir()
    for name in (*chosen.notebooks, FACILITATION):
        shutil.copyfile(
            shared("notebooks", name, f"{name}.ipynb"), part / "notebooks" / f"{name}.ipynb"
        )
    roster.write_roster(clusters, part / roster.FILE)
    (part / settings.FILE).write_text(settings.write_settings(made), encoding="utf-8")


@contextlib.contextmanager
def _made_whole(path: Path) -> Iterator[Path]:
    """Give a hidden folder that takes a place at the end, or vanishes where something fails."""
    stays = path.exists() and _stays(path)
    part = (path if stays else path.parent) / _PART.format(uuid.uuid4().hex[:8])
    above = [] if stays else [p for p in path.parents if not p.exists()]
    try:
        part.mkdir(parents=True)
        yield part
        if stays:
            _pour(part, path)
        else:
            if path.exists():
                shutil.copymode(path, part)
                for left in path.glob(_PART.format("*")):  # by attempts that were killed
                    shutil.rmtree(left)
                path.rmdir()
            part.rename(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        for folder in above:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _stays(path: Path) -> bool:
    """Say whether an empty folder cannot be exchanged: it is in use, a drive, or among others'."""
    in_use = Path.cwd().is_relative_to(path)
    return in_use or path.is_mount() or not os.access(path.parent, os.W_OK | os.X_OK)


def _pour(part: Path, path: Path) -> None:
    """Move a workshop's files into a folder, last the one that makes it a workshop."""
    for child in sorted(part.iterdir(), key=lambda c: c.name == settings.FILE):
        child.rename(path / child.name)
    part.rmdir()
