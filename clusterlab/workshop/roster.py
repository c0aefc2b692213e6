"""``clusters.csv``: who takes part."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from clusterlab.errors import N_, Message, Refusal, TableError
from clusterlab.language import read_text
from clusterlab.model import Cluster, clean, one_line, parse_quantity
from clusterlab.workshop.records import Record, records

FILE = "clusters.csv"
COLUMNS = (
    "id", "name", "country", "field", "since", "members", "smes", "label", "language", "logo",
    "notes",
)  # fmt: skip
_ONE_LINE = frozenset(COLUMNS) - {"notes"}


def read_roster(path: Path) -> tuple[list[Cluster], list[Refusal]]:
    """Read the roster.

    Parameters
    ----------
    path
        A CSV file in UTF-8 (with or without a byte order mark), separated by commas or semicolons.

    Returns
    -------
    list of Cluster, list of Refusal
        Rows without a name and an id, rows whose id came before, rows with more cells than the
        header and rows with broken quotation marks are refused; the rest is taken. A row without
        an id gets one from its name.

    Raises
    ------
    TableError
        Where the file as a whole cannot be read.
    """
    text = read_text(path, TableError).replace("\0", "")
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = records(text, delimiter, _ONE_LINE)
    header = next(rows, Record(1, ()))
    if header.fault:
        raise TableError(
            N_("“{file}” has no header that can be read. {reason}"),
            file=path.name,
            reason=header.fault,
        )
    columns = [one_line(name).casefold() for name in header.cells]
    clusters: dict[str, Cluster] = {}
    refusals = []
    for row in rows:
        taken = _taken(row, columns, clusters)
        if isinstance(taken, Cluster):
            clusters[taken.id] = taken
        else:
            message, column = taken
            refusals.append(Refusal(message, path.name, row=row.number, column=column))
    return list(clusters.values()), refusals


def _taken(
    row: Record, columns: list[str], known: Mapping[str, Cluster]
) -> Cluster | tuple[Message, str]:
    """Take a row, or say what is wrong with it and in which column."""
    if row.fault:
        return row.fault, ""
    named = zip_longest(columns, row.cells, fillvalue="")
    if any(cell.strip() for name, cell in named if not name):
        text = N_("The row has more cells than the header; put text with a comma in quotes.")
        return Message(text), ""
    cluster = _cluster(dict(zip(columns, row.cells, strict=False)))
    if not cluster.id:
        return Message(N_("The row has neither an id nor a name.")), "name"
    if cluster.id in known:
        return Message(N_("The id “{id}” came before; ids must differ."), {"id": cluster.id}), "id"
    return cluster


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
