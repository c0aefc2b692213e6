"""What builds keep of each cluster, so that the next one folds only boards that have changed.

Folding a cluster's boards takes many times as long as hashing its operations. So a build notes, by
that hash and by the hash of everything else that goes into a bundle, what the bundle's hash was:
it is the bundle's hash that documents are known by.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from clusterlab.language import Language
from clusterlab.methods import Fullness, fullness_table
from clusterlab.model import Cluster, kind_to
from clusterlab.workshop import Folder, cluster_facts, digest


@dataclass(slots=True)
class _Entry:
    """What is known of one cluster.

    Parameters
    ----------
    content
        Hash of its operations and of what all clusters share.
    bundles
        Hashes of its bundles, by hash of their language and of the cluster's facts.
    fullness
        Notes, filled boxes and boxes of each canvas, one after the other.
    """

    content: str
    bundles: dict[str, str] = field(default_factory=dict)
    fullness: list[int] | None = None


class Seen:
    """Bundles' hashes and the fullness of canvases: remembered, or found and remembered.

    Parameters
    ----------
    folder
        The workshop.
    program
        Hash of what makes bundles and documents: what another program found counts as unknown.
    kept
        What `to_json` gave; whatever else stands there counts as nothing.
    """

    def __init__(self, folder: Folder, program: str, kept: Any = None) -> None:
        self._folder = folder
        kinds = {name: kind_to(kind) for name, kind in folder.kinds.items()}
        self._fixed = _hash([program, folder.settings.to_json(), kinds])
        self._canvases = [(k.id, v.id) for k in folder.kinds.values() for v in k.versions]
        self._words: dict[Language, str] = {}
        self._contents: tuple[object, dict[str, str]] = (), {}
        self._found: dict[str, _Entry] = {}
        for cluster, entry in kept.items() if isinstance(kept, dict) else ():
            if isinstance(entry, dict) and (found := _entry_of(entry, len(self._canvases))):
                self._found[cluster] = found

    @property
    def canvases(self) -> list[tuple[str, str]]:
        """Canvas and version of each item of `fullness`."""
        return list(self._canvases)

    def digest(self, cluster: Cluster, language: Language) -> str | None:
        """Give the hash of a cluster's bundle where it is known; none where it is not."""
        return self._entry(cluster.id).bundles.get(self._key(cluster, language))

    def bundle(self, cluster: Cluster, language: Language) -> tuple[bytes, str]:
        """Make a cluster's bundle, give it with its hash, and remember that."""
        with self._steady(cluster.id) as entry:
            bundle = self._folder.bundle(cluster, language)
            hashed = entry.bundles[self._key(cluster, language)] = digest(bundle)
            self._count(cluster.id, entry)  # its boards are folded now
        return bundle, hashed

    def fullness(self, cluster: str) -> list[Fullness]:
        """Tell how full each canvas of a cluster is."""
        entry = self._entry(cluster)
        if entry.fullness is None:
            with self._steady(cluster) as entry:
                self._count(cluster, entry)
        counts = iter(entry.fullness or ())
        return [Fullness(*three) for three in zip(counts, counts, counts, strict=True)]

    def to_json(self) -> dict[str, Any]:
        """Give what is to be kept: of the clusters of the roster, as they stand."""
        return {
            c.id: {"content": e.content, "bundles": e.bundles, "fullness": e.fullness}
            for c in self._folder.clusters
            if (e := self._found.get(c.id))
        }

    @contextlib.contextmanager
    def _steady(self, cluster: str) -> Iterator[_Entry]:
        """Note something of a cluster; forget it again where somebody wrote meanwhile."""
        journal = self._folder.journal
        before = journal.stamp()
        yield self._entry(cluster)
        if journal.stamp() != before:
            self._found.pop(cluster, None)

    def _count(self, cluster: str, entry: _Entry) -> None:
        kinds, boards = self._folder.kinds, self._folder.boards(cluster)
        table = fullness_table(kinds, self._canvases, boards, cluster)
        entry.fullness = [n for c in table for n in (c.notes, c.filled, c.boxes)]

    def _entry(self, cluster: str) -> _Entry:
        """Give what is known of a cluster's boards as they stand: nothing where they changed."""
        content = self._content(cluster)
        entry = self._found.get(cluster)
        if entry is None or entry.content != content:
            entry = self._found[cluster] = _Entry(content)
        return entry

    def _content(self, cluster: str) -> str:
        stamp = self._folder.journal.stamp()
        if self._contents[0] != stamp:
            self._contents = stamp, {}
        known = self._contents[1]
        if cluster not in known:
            known[cluster] = _hash([self._fixed, self._folder.journal.content(cluster)])
        return known[cluster]

    def _key(self, cluster: Cluster, language: Language) -> str:
        """Hash what goes into a bundle besides the boards and what all clusters share."""
        if language not in self._words:
            told = [language.tag, dict(language.words), language.forms]
            self._words[language] = _hash(told)
        told = [cluster_facts(cluster), dict(cluster.extra), self._words[language]]
        return _hash([*told, self._folder.logo(cluster)])


def _hash(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _entry_of(raw: Mapping[str, Any], canvases: int) -> _Entry | None:
    """Read what was kept of a cluster; none where it is not as this version writes it."""
    content, bundles, fullness = (raw.get(name) for name in ("content", "bundles", "fullness"))
    fine = (
        isinstance(content, str)
        and isinstance(bundles, dict)
        and all(isinstance(hashed, str) for hashed in bundles.values())
        and (fullness is None or isinstance(fullness, list))
        and (fullness is None or len(fullness) == len(fields(Fullness)) * canvases)
        and all(type(count) is int for count in fullness or ())
    )
    return _Entry(str(content), bundles or {}, fullness) if fine else None
