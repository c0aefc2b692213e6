"""Whose notes those of a table are that names no cluster."""

from __future__ import annotations

from clusterlab.errors import TableError
from clusterlab.workshop import Folder


def owner(folder: Folder, cluster: str, message: str, file: str) -> str:
    """Give the id of the cluster that was named, else of the only one there is.

    Raises
    ------
    TableError
        Where there are several and none was named; with the message, which gets the file and the
        clusters.
    """
    clusters = [one.id for one in folder.clusters]
    if cluster or len(clusters) == 1:
        return cluster or clusters[0]
    raise TableError(message, file=file, clusters=", ".join(clusters))
