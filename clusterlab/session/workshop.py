"""Opening a workshop: its folder, or one cluster's bundle of it."""

from __future__ import annotations

import getpass
import hashlib
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from clusterlab.errors import N_, ParameterError, UnknownNameError, UsageError
from clusterlab.model import BoardId
from clusterlab.outputs import Context, Table
from clusterlab.outputs.themes import shared_themes
from clusterlab.outputs.words import LABELS
from clusterlab.session.cluster import OpenCluster
from clusterlab.session.frontend import shared_folder
from clusterlab.workshop import Bundle, Folder, Settings

if TYPE_CHECKING:
    import pandas as pd


def open_workshop(place: str | Path = ".", *, language: str = "", actor: str = "") -> OpenWorkshop:
    """Open a workshop's folder, or a bundle of it.

    Parameters
    ----------
    place
        The folder or one below it, or a bundle's file, as a build gives its notebooks.
    language
        BCP 47 tag of the labels; by default the cluster's, else the workshop's.
    actor
        Pseudonymous id of who writes; by default one made from this computer and its user.

    Raises
    ------
    NoWorkshopError
        Where there is none.
    WorkshopError
        Where it is broken.
    """
    path = Path(place)
    if path.is_file():
        return OpenWorkshop(Bundle(path.read_bytes()), language, actor)
    return OpenWorkshop(shared_folder(path), language, actor)


class OpenWorkshop:
    """An opened workshop: a folder, which can be written on, or a bundle, which cannot."""

    def __init__(self, source: Folder | Bundle, language: str = "", actor: str = "") -> None:
        self.source = source
        self._language = language
        self.actor = actor or this_person(source.settings.id)

    @property
    def settings(self) -> Settings:
        """The workshop's facts."""
        return self.source.settings

    @property
    def clusters(self) -> list[str]:
        """Ids of the clusters."""
        if isinstance(self.source, Bundle):
            return [self.source.cluster.id]
        return [c.id for c in self.source.clusters]

    def cluster(self, cluster: str = "", *, language: str = "") -> OpenCluster:
        """Open a cluster.

        Parameters
        ----------
        cluster
            Its id; may be left out where there is only one.
        language
            BCP 47 tag of the labels, for this cluster only.

        Raises
        ------
        UnknownNameError
            Where there is no such cluster.
        ParameterError
            Where it is left out and there are several.
        """
        wanted = language or self._language
        if not cluster and len(self.clusters) == 1:
            cluster = self.clusters[0]
        if not cluster:
            raise ParameterError(
                N_("Which cluster? Set “cluster” to one of: {names}."),
                names=", ".join(self.clusters),
            )
        if isinstance(self.source, Bundle):
            if cluster != self.source.cluster.id:
                known = [self.source.cluster.id]
                raise UnknownNameError(what=N_("cluster"), came=cluster, known=known)
            return OpenCluster(self, self.source.cluster, self.source.language)
        found = self.source.cluster(cluster)
        return OpenCluster(self, found, self.source.language(found, wanted))

    def themes(
        self,
        canvas: str,
        by: str = "",
        *,
        version: str = "",
        topic: str = "",
        merged: Mapping[str, str] | None = None,
    ) -> Table:
        """Show which themes clusters have in common, and in whose words: for the facilitator.

        It names all clusters, so nothing of it is in any cluster's own documents.

        Parameters
        ----------
        canvas, version, topic
            As `OpenCluster.board` takes them.
        by
            What the theme of a note is: ``tags``, ``group`` or the id of a field; by default what
            the canvas's method asks for, else the tags.
        merged
            What people confirmed to mean the same: wording -> theme. Nothing else is merged.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas, version, topic or field.
        UsageError
            On a bundle, which holds one cluster only.
        """
        source = self.source
        if isinstance(source, Bundle):
            raise UsageError(N_("A bundle holds one cluster only; open the workshop’s folder."))
        kind = source.kinds.get(canvas)
        if kind is None:
            raise UnknownNameError(what=N_("canvas"), came=canvas, known=source.kinds)
        version = version or kind.versions[0].id
        for what, things, name in (
            (N_("version"), kind.versions, version),
            (N_("topic"), kind.topics, topic),
        ):
            if name and name not in {thing.id for thing in things}:
                raise UnknownNameError(what=what, came=name, known=[t.id for t in things])
        language, settings = source.language(wanted=self._language), source.settings
        context = Context(
            language=language.tag,
            workshop=settings.title,
            workshop_id=settings.id,
            date=language.date(settings.starts, settings.time_zone),
            labels={key: language.gettext(text) for key, text in LABELS.items()},
        )
        clusters = {c.id: c.name for c in source.clusters}
        boards = {c: source.board(BoardId(c, canvas, version, topic)) for c in clusters}
        return shared_themes(language, context, kind, boards, clusters, by=by, merged=merged)

    def notes(self) -> pd.DataFrame:
        """Give every note as a table, one row per note.

        Raises
        ------
        UsageError
            On a bundle, which holds one cluster only.
        """
        from clusterlab.exchange import notes_frame  # noqa: PLC0415 - pandas is slow to load

        if isinstance(self.source, Bundle):
            raise UsageError(N_("A bundle holds one cluster only; open the workshop’s folder."))
        return notes_frame(self.source)


def this_person(workshop: str) -> str:
    """Make a pseudonymous id for who uses this computer; it tells nothing outside the workshop."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = str(os.getuid()) if hasattr(os, "getuid") else ""
    secret = f"{workshop}\n{platform.node()}\n{user}"
    return f"a-{hashlib.sha256(secret.encode()).hexdigest()[:10]}"
