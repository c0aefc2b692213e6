"""Folder names for clusters: safe on every system, whatever the ids are."""

from __future__ import annotations

import hashlib
import re

from clusterlab.workshop.roster import slug

_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
# What the names made from hashes end in: no id that looks so is its own folder name.
_MARKED = re.compile(r"(?:.*-)?[0-9a-f]{8}")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{name}{number}" for name in ("com", "lpt") for number in range(10)}
)
_LONGEST = 40


def folder_name(cluster: str) -> str:
    """Give the name of a cluster's folder.

    A short id of small letters, digits and hyphens is its own folder name. Any other id becomes
    one with a hash of the id, so that two ids never share a folder, also where the file system
    does not tell capitals from small letters.
    """
    plain = _SAFE.fullmatch(cluster) and cluster not in _RESERVED
    if plain and not _MARKED.fullmatch(cluster):
        return cluster
    mark = hashlib.sha256(cluster.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    readable = slug(cluster)[:_LONGEST].strip("-")
    return f"{readable}-{mark}" if readable else mark
