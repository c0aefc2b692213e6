"""The lists of several clusters' documents, put together: one sheet for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from clusterlab.documents.listings import Head, Listing, Value


def merged(found: Sequence[tuple[str, Listing]], label: str) -> Listing:
    """Put the same list of several clusters into one, with a column that says whose a row is.

    Columns are the same where their labels are. A chart of one cluster's rows is none of all.

    Parameters
    ----------
    found
        Name of each cluster, and its list; at least one.
    label
        Of the column of names.
    """
    heads: dict[tuple[str, int], Head] = {}
    places = [_places(one, heads) for _, one in found]
    order = {key: number for number, key in enumerate(heads, 1)}
    rows: list[tuple[Value, ...]] = []
    forms: dict[tuple[int, int], str] = {}
    for (name, one), keys in zip(found, places, strict=True):
        at = [order[key] for key in keys]
        forms |= {(len(rows) + row, at[column]): form for (row, column), form in one.forms.items()}
        rows += (_row(name, dict(zip(at, cells, strict=True)), len(heads)) for cells in one.rows)
    first = found[0][1]
    notes = (f"{name}: {note}" for name, one in found for note in one.notes)
    return replace(
        first,
        alt=" ".join(f"{name}: {one.alt}" for name, one in found),
        heads=(Head(label), *heads.values()),
        rows=tuple(rows),
        forms=forms,
        notes=tuple(notes),
        chart=None,
    )


def _places(one: Listing, heads: dict[tuple[str, int], Head]) -> list[tuple[str, int]]:
    """Name a list's columns, each by its label and which of that label it is; note new ones."""
    keys: list[tuple[str, int]] = []
    for head in one.heads:
        key = (head.label, sum(label == head.label for label, _ in keys))
        known = heads.get(key, head)
        heads[key] = replace(known, wide=known.wide or head.wide, typed=known.typed or head.typed)
        keys.append(key)
    return keys


def _row(name: str, cells: Mapping[int, Value], columns: int) -> tuple[Value, ...]:
    return (name, *(cells.get(column, "") for column in range(1, columns + 1)))
