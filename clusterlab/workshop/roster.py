"""``clusters.csv``: who takes part."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from clusterlab.errors import N_, Message, Refusal, TableError
from clusterlab.model import Cluster, clean, one_line, parse_quantity

FILE = "clusters.csv"
COLUMNS = (
    "id", "name", "country", "field", "since", "members", "smes", "label", "language", "logo",
    "notes",
)  # fmt: skip


def read_roster(path: Path) -> tuple[list[Cluster], list[Refusal]]:
    """Read the roster.

    Parameters
    ----------
    path
        A CSV file in UTF-8 (with or without a byte order mark), separated by commas or semicolons.

    Returns
    -------
    list of Cluster, list of Refusal
        Rows without a name and an id, and rows whose id came before, are refused; the rest is
        taken. A row without an id gets one from its name.

    Raises
    ------
    TableError
        Where the file as a whole cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(
            N_("“{file}” is not in UTF-8. Save it as “CSV UTF-8” and try again."), file=path.name
        ) from None
    except OSError as error:
        raise TableError(
            N_("“{file}” cannot be read: {reason}"), file=path.name, reason=error.strerror or ""
        ) from None
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    rows = csv.DictReader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
    return _clusters(rows, path.name)


def _clusters(rows: csv.DictReader[str], file: str) -> tuple[list[Cluster], list[Refusal]]:
    clusters: dict[str, Cluster] = {}
    refusals = []
    for number, row in enumerate(rows, 2):
        values = {one_line(k).casefold(): v or "" for k, v in row.items() if isinstance(k, str)}
        cluster = _cluster(values)
        if not cluster.id:
            message = Message(N_("The row has neither an id nor a name."))
            refusals.append(Refusal(message, file, row=number, column="name"))
        elif cluster.id in clusters:
            message = Message(N_("The id “{id}” came before; ids must differ."), {"id": cluster.id})
            refusals.append(Refusal(message, file, row=number, column="id"))
        else:
            clusters[cluster.id] = cluster
    return list(clusters.values()), refusals


def _cluster(values: dict[str, str]) -> Cluster:
    known = {name: one_line(values.pop(name, "")) for name in COLUMNS if name != "notes"}
    name = known.pop("name") or known["id"]
    return Cluster(
        id=known.pop("id") or slug(name),
        name=name,
        members=parse_quantity(known.pop("members")),
        smes=parse_quantity(known.pop("smes")),
        notes=clean(values.pop("notes", "")),
        extra={k: clean(v) for k, v in values.items() if k},
        **known,
    )


def write_roster(clusters: Iterable[Cluster], path: Path) -> None:
    """Write a roster with its further columns."""
    clusters = list(clusters)
    extra = list(dict.fromkeys(key for c in clusters for key in c.extra))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, *extra])
        for cluster in clusters:
            facts = cluster_facts(cluster)
            writer.writerow([facts[c] for c in COLUMNS] + [cluster.extra.get(k, "") for k in extra])


def cluster_facts(cluster: Cluster) -> dict[str, Any]:
    """Give a cluster's columns as text, figures as their source gave them."""
    facts = {column: getattr(cluster, column) for column in COLUMNS}
    return {**facts, "members": cluster.members.raw, "smes": cluster.smes.raw}


def slug(name: str) -> str:
    """Make a short id from a name: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
