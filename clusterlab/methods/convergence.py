"""Convergence: which themes several clusters have in common, counted by clusters, not by notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clusterlab.errors import Message
from clusterlab.methods.likeness import pairs_alike
from clusterlab.methods.shares import share_of_clusters
from clusterlab.methods.values import text_of
from clusterlab.model import CanvasKind, Note


@dataclass(frozen=True, slots=True)
class Said:
    """A note of a theme: whose it is, the theme in its own words, and the note."""

    cluster: str
    wording: str
    note: Note


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with everything that was said on it.

    Parameters
    ----------
    label
        Its name.
    said
        Its notes, cluster by cluster; each keeps the cluster and the words it came with.
    asked
        How many clusters could have named it: those whose boards were looked at.
    """

    label: str
    said: tuple[Said, ...]
    asked: int

    @property
    def clusters(self) -> tuple[str, ...]:
        """Ids of the clusters that named it; one that repeats itself is one."""
        return tuple(dict.fromkeys(s.cluster for s in self.said))

    @property
    def share(self) -> Message:
        """Say how many clusters of how many."""
        return share_of_clusters(len(self.clusters), self.asked)


@dataclass(frozen=True, slots=True)
class Convergence:
    """Themes over several clusters.

    Parameters
    ----------
    themes
        Those named by most clusters first; equals by their label.
    open
        Notes that name no theme.
    """

    themes: tuple[Theme, ...]
    open: tuple[Said, ...]

    def most_named(self, number: int) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
        """Give the themes that most clusters named, and those between which nothing decides.

        Returns
        -------
        (tuple of Theme, tuple of Theme)
            Those that are surely among the first ``number``, and those that tie for the places
            left: empty where the places come out even.
        """
        if len(self.themes) <= number:
            return self.themes, ()
        counts = [len(t.clusters) for t in self.themes]
        last = counts[number - 1] if number > 0 else counts[0] + 1
        if number > 0 and counts[number] < last:
            return self.themes[:number], ()
        sure = tuple(t for t in self.themes if len(t.clusters) > last)
        return sure, tuple(t for t in self.themes if len(t.clusters) == last)


def convergence(
    boards: Mapping[str, Iterable[Iterable[Note]]],
    theme: Callable[[Note], str],
    merged: Mapping[str, str] | None = None,
) -> Convergence:
    """Group the notes of several clusters by theme.

    Themes are the same where their words are, whatever their case and spaces. Nothing else is
    merged unless a person said so: what looks alike is only proposed, by `proposed_merges`.
    A merged theme keeps the words of each cluster.

    Parameters
    ----------
    boards
        Boards by cluster. A cluster whose boards are empty was asked and counts in "of 7".
    theme
        Gives the theme that a note names, or "".
    merged
        What people confirmed: wording -> theme. Chains are followed; where they go in circles,
        the wording stays what it is.
    """
    decided = {_same(one): other for one, other in (merged or {}).items()}
    found: dict[str, list[Said]] = {}
    labels: dict[str, str] = {}
    left: list[Said] = []
    for cluster in sorted(boards):
        for note in (n for board in boards[cluster] for n in board):
            wording = " ".join(theme(note).split())
            if not wording:
                left.append(Said(cluster, "", note))
                continue
            label = _merged(wording, decided)
            labels.setdefault(_same(label), label)
            found.setdefault(_same(label), []).append(Said(cluster, wording, note))
    themes = [Theme(labels[key], tuple(said), len(boards)) for key, said in found.items()]
    themes.sort(key=lambda t: (-len(t.clusters), _same(t.label)))
    return Convergence(tuple(themes), tuple(left))


def convergence_by(
    kind: CanvasKind,
    boards: Mapping[str, Iterable[Note]],
    name: str,
    merged: Mapping[str, str] | None = None,
) -> Convergence:
    """Group the notes of several clusters by what people said of them: tags, group or a field.

    Parameters
    ----------
    kind
        Of all boards; of a choice, its label is the theme.
    boards
        Notes by cluster.
    name
        ``tags``, ``group`` or the id of a field. A note of several tags is part of each theme.
    merged
        What people confirmed, as `convergence` takes it.
    """
    field = next((f for f in kind.fields if f.id == name), None)

    def said(note: Note) -> str:
        value = note.get(name)
        return field.choice_label(value) if field and value in choices else text_of(value)

    def parted(note: Note) -> list[Note]:
        value = note.get(name)
        if not isinstance(value, list | tuple) or not value:
            return [note]
        return [
            replace(note, values={**note.values, name: one})
            for one in dict.fromkeys(map(text_of, value))
        ]

    choices = [choice.id for choice in field.choices] if field else []
    given = {c: [[part for note in notes for part in parted(note)]] for c, notes in boards.items()}
    return convergence(given, said, merged)


def proposed_merges(themes: Sequence[Theme]) -> list[tuple[Theme, Theme]]:
    """Give pairs of themes whose names look alike, for a person to confirm or to leave."""
    return [(themes[i], themes[j]) for i, j in pairs_alike([t.label for t in themes])]


def _same(words: str) -> str:
    return " ".join(words.casefold().split())


def _merged(wording: str, decided: Mapping[str, str]) -> str:
    label, passed = wording, {_same(wording)}
    while (other := decided.get(_same(label))) and _same(other):
        if _same(other) in passed:
            return wording
        passed.add(_same(other))
        label = " ".join(other.split())
    return label
