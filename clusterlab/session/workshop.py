"""Opening a workshop: its folder, or one cluster's bundle of it."""

from __future__ import annotations

import getpass
import hashlib
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clusterlab.errors import N_, ParameterError, TableError, UnknownNameError, UsageError
from clusterlab.methods import Convergence, challenges
from clusterlab.methods.challenges import ROOMS
from clusterlab.model import BoardId
from clusterlab.outputs import Section, Table, Title
from clusterlab.outputs.plenary import (
    Seating,
    rooms_table,
    workshop_context,
    workshop_section,
    workshop_title,
)
from clusterlab.outputs.themes import shared_themes
from clusterlab.session.cluster import OpenCluster
from clusterlab.session.frontend import shared_folder
from clusterlab.workshop import Bundle, Folder, Settings

if TYPE_CHECKING:
    import pandas as pd

    from clusterlab.exchange import Guest


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
        source = self._folder()
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
        language = source.language(wanted=self._language)
        context = workshop_context(language, source.settings)
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

        return notes_frame(self._folder())

    # -- for the facilitator ------------------------------------------------------------------

    def title(self, title: str, text: str = "") -> Title:
        """Open a document of all clusters.

        Raises
        ------
        UsageError
            On a bundle, which holds one cluster only.
        """
        source = self._folder()
        language, names = source.language(wanted=self._language), [c.name for c in source.clusters]
        return workshop_title(language, source.settings, title, text, names)

    def section(self, title: str, text: str = "") -> Section:
        """Begin a section of a document of all clusters.

        Raises
        ------
        UsageError
            On a bundle, which holds one cluster only.
        """
        source = self._folder()
        language = source.language(wanted=self._language)
        return workshop_section(language, source.settings, title, text)

    def rooms(
        self,
        rooms: int = ROOMS,
        *,
        seed: int = 1,
        per_cluster: int = 2,
        people: str | Path = "",
        about: str = "",
    ) -> Table:
        """Put people into breakout rooms by chance: even sizes, clusters mixed, reproducible.

        Where fewer people come than there are rooms, as many rooms stay empty and are left out.
        Names stand in no journal; they are in what this gives, so in the notebook that shows it.

        Parameters
        ----------
        rooms
            How many there are.
        seed
            Another number mixes otherwise.
        per_cluster
            How many people each cluster of the roster sends, where no list says who comes.
        people
            Table with the columns ``name`` and ``cluster``, in the workshop's folder.
        about
            Canvas whose themes the rooms talk about, those that most clusters named first.

        Raises
        ------
        UnknownNameError
            Where there is no such canvas.
        UsageError
            On a bundle, which holds one cluster only, and where the number of rooms is none.
        TableError
            Where the list is not in the workshop's folder or cannot be read, or some of its rows.
        """
        from clusterlab.exchange import rooms_for  # noqa: PLC0415 - slow to load

        source = self._folder()
        names = {c.id: c.name for c in source.clusters}
        guests = self._guests(source, people, per_cluster)
        count = min(rooms, len(guests)) if guests else rooms
        found = rooms_for(guests, count, seed) if guests or rooms < 1 else None
        seats = [
            [(g.name, names.get(g.cluster, g.cluster)) for g in room]
            for room in (found.rooms if found else ())
        ]
        together = [(names.get(c, c), n) for c, n in (found.together if found else ())]
        themes = self._themes(about) if about else None
        language = source.language(wanted=self._language)
        kind = source.kinds[about] if about else None
        seating = Seating(seats, together, seed)
        return rooms_table(language, source.settings, seating, kind, themes)

    def _guests(self, source: Folder, people: str | Path, per_cluster: int) -> Sequence[Guest]:
        """Give who takes part: those on a list, or as many of each cluster of the roster."""
        from clusterlab.exchange import expected_guests, read_guests  # noqa: PLC0415 - likewise

        if not people:
            return expected_guests(source, per_cluster).people
        path = (source.path / people).resolve()
        if not path.is_relative_to(source.path.resolve()):
            text = N_("“{file}” is not in the workshop’s folder. Put the list of people there.")
            raise TableError(text, file=str(people))
        guests = read_guests(source, path)
        for refusal in guests.refusals:
            raise TableError(
                N_("“{file}”, row {row}: {reason} Correct the list; nobody is left out of it."),
                file=refusal.file,
                row=refusal.row,
                reason=refusal.message,
            )
        return guests.people

    def _themes(self, canvas: str) -> Convergence:
        source = self._folder()
        kind = source.kinds.get(canvas)
        if kind is None:
            raise UnknownNameError(what=N_("canvas"), came=canvas, known=source.kinds)
        ids = (c.id for c in source.clusters)
        first = kind.versions[0].id
        return challenges(kind, {i: source.board(BoardId(i, canvas, first)) for i in ids})

    def _folder(self) -> Folder:
        if isinstance(self.source, Bundle):
            raise UsageError(N_("A bundle holds one cluster only; open the workshop’s folder."))
        return self.source


def this_person(workshop: str) -> str:
    """Make a pseudonymous id for who uses this computer; it tells nothing outside the workshop."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = str(os.getuid()) if hasattr(os, "getuid") else ""
    secret = f"{workshop}\n{platform.node()}\n{user}"
    return f"a-{hashlib.sha256(secret.encode()).hexdigest()[:10]}"
