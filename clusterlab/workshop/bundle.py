"""A cluster's bundle: everything one batch job needs, and not a word of any other cluster."""

from __future__ import annotations

import hashlib
import json
import marshal
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from clusterlab.errors import N_, WorkshopError
from clusterlab.language import Language
from clusterlab.model import (
    Alternative,
    Board,
    BoardId,
    CanvasKind,
    Cluster,
    Note,
    kind_from,
    kind_to,
    parse_quantity,
)
from clusterlab.workshop.roster import cluster_facts
from clusterlab.workshop.settings import Settings, settings_from

FORMAT = 1


def make_bundle(
    settings: Settings,
    cluster: Cluster,
    kinds: Mapping[str, CanvasKind],
    boards: Mapping[BoardId, Board],
    language: Language,
    *,
    logo: str = "",
) -> bytes:
    """Write a cluster's bundle as canonical JSON: the same state gives the same bytes.

    Parameters
    ----------
    boards
        The cluster's boards by their id with topic "".
    language
        Of the documents; its words travel along, so that a workshop's own ones are there.
    logo
        The cluster's, as a data address; "" for none.
    """
    bundle = {
        "clusterlab": FORMAT,
        "workshop": settings.to_json(),
        "cluster": {**cluster_facts(cluster), "extra": dict(cluster.extra)},
        "logo": logo,
        "kinds": {name: _kind_to(kind) for name, kind in kinds.items()},
        "boards": [
            {
                "canvas": board.id.canvas,
                "version": board.id.version,
                "sequence": board.sequence,
                "notes": [_note_to(note) for note in board.on("")],
            }
            for board in boards.values()
        ],
        "language": {
            "tag": language.tag,
            "words": dict(language.words),
            "forms": language.forms,
        },
    }
    if logo:
        bundle["logo"] = logo
    text = json.dumps(bundle, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.encode("ascii")


@lru_cache(maxsize=256)
def _kind_to(kind: CanvasKind) -> dict[str, Any]:
    return kind_to(kind)


_NOTE, _ALTERNATIVE = ([f.name for f in fields(cls)] for cls in (Note, Alternative))


def _note_to(note: Note) -> dict[str, Any]:
    """Give a note as JSON takes it, without the copies of all its values that `asdict` makes."""
    alternatives = [
        {name: getattr(alternative, name) for name in _ALTERNATIVE}
        for alternative in note.alternatives
    ]
    return {**{name: getattr(note, name) for name in _NOTE}, "alternatives": alternatives}


def digest(bundle: bytes) -> str:
    """Give a bundle's identity: SHA-256 in hexadecimal."""
    return hashlib.sha256(bundle).hexdigest()


class Bundle:
    """A bundle that was read: what a notebook sees of its workshop in a batch.

    Parameters
    ----------
    data
        The bundle's bytes.

    Raises
    ------
    WorkshopError
        Where it is no bundle or another clusterlab's.
    """

    def __init__(self, data: bytes) -> None:
        try:
            raw = json.loads(data)
            if raw["clusterlab"] != FORMAT:
                raise WorkshopError(
                    N_("The bundle has format {came}; this clusterlab reads {expected}."),
                    came=raw["clusterlab"],
                    expected=FORMAT,
                )
            self.settings = settings_from(raw["workshop"])
            self.cluster = _cluster(raw["cluster"])
            self.logo = str(raw["logo"])
            self.kinds = {name: _kind(name, kind) for name, kind in raw["kinds"].items()}
            self.boards = {b.id: b for b in (_board(self.cluster.id, b) for b in raw["boards"])}
            words = {
                k: v if isinstance(v, str) else tuple(v)
                for k, v in raw["language"]["words"].items()
            }
            self.logo = str(raw.get("logo", ""))
            self.language = Language(raw["language"]["tag"], words, raw["language"]["forms"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WorkshopError(N_("The file is no bundle of a workshop’s cluster.")) from error
        self.digest = digest(data)


# The last kind of each name that was read, and from what: a workshop's bundles hold the same ones.
_read: dict[str, tuple[bytes, CanvasKind]] = {}
_MOST_READ = 256
_WRITTEN_OUT = 2  # the version of marshal's format


def _kind(name: str, raw: Any) -> CanvasKind:
    # For Python 1 and True are the same. Each text is written out, whoever else refers to it.
    data = marshal.dumps(raw, _WRITTEN_OUT)
    known = _read.get(name)
    if known and known[0] == data:
        return known[1]
    kind = kind_from(raw, name)
    if len(_read) >= _MOST_READ:
        _read.clear()
    _read[name] = (data, kind)
    return kind


def _cluster(raw: dict[str, Any]) -> Cluster:
    members, smes = (parse_quantity(raw.pop(name)) for name in ("members", "smes"))
    return Cluster(**raw, members=members, smes=smes)


def _board(cluster: str, raw: Mapping[str, Any]) -> Board:
    board = BoardId(cluster, raw["canvas"], raw["version"])
    return Board.of(board, [_note(n) for n in raw["notes"]], raw["sequence"])


def _note(raw: Mapping[str, Any]) -> Note:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in raw["values"].items()}
    alternatives = tuple(
        Alternative(
            **{**a, "value": tuple(a["value"]) if isinstance(a["value"], list) else a["value"]}
        )
        for a in raw["alternatives"]
    )
    return Note(
        **{
            **raw,
            "values": values,
            "links": tuple(raw["links"]),
            "heads": tuple(raw["heads"]),
            "alternatives": alternatives,
        }
    )
