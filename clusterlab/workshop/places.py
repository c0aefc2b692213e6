"""Folders in which a journal is not safe: synchronised and network drives."""

from __future__ import annotations

import re
from pathlib import Path

from clusterlab.errors import N_, Message

_SYNCED = re.compile(
    r"(onedrive|dropbox|google ?drive|my drive|icloud|mobile documents|nextcloud|owncloud"
    r"|pcloud|box sync|seafile|syncthing)",
    re.IGNORECASE,
)
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "fuse.sshfs", "davfs", "fuse.rclone"}
)


def unsafe_place(folder: Path, mounts: Path = Path("/proc/mounts")) -> Message | None:
    """Say so where a folder lies on a drive on which a journal can be damaged.

    Parameters
    ----------
    folder
        The workshop's folder.
    mounts
        The system's table of mounted drives; none on systems that keep it elsewhere.
    """
    folder = folder.resolve()
    if found := next((p for p in folder.parts if _SYNCED.search(p)), None):
        return Message(
            N_(
                "The folder lies in “{place}”, which looks synchronised. Synchronising can damage "
                "the journal while people write: keep the workshop on a local drive and copy "
                "backups (clusterlab backup) there."
            ),
            {"place": found},
        )
    system = _file_system(folder, mounts)
    if system in _NETWORK:
        return Message(
            N_(
                "The folder lies on a network drive ({place}). The journal is not safe there: "
                "keep the workshop on a local drive and copy backups (clusterlab backup) there."
            ),
            {"place": system},
        )
    return None


def _file_system(folder: Path, mounts: Path) -> str:
    best, system = -1, ""
    if not mounts.is_file():
        return system
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, kind, *_ = line.split(" ")
        place = Path(point.replace("\\040", " "))
        if folder.is_relative_to(place) and len(place.parts) > best:
            best, system = len(place.parts), kind
    return system
