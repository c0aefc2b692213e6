"""What every typed output has in common: its context, its JSON, its twins in HTML and text."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from clusterlab.outputs import html, outline

MIME = "application/vnd.clusterlab.v1+json"


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when an output was taken.

    Parameters
    ----------
    language
        BCP 47 tag of the labels: the language of the document.
    workshop, workshop_id
        Title and UUID.
    cluster, cluster_name
        Id and name.
    version
        Logical time of the cluster's last operation and a short hash of its data.
    date
        Day of the last operation in the workshop's time zone, as people write it in ``language``;
        the workshop's first day while there is none.
    board, sequence
        The board shown, as text, and its logical time; empty where it shows no single board.
    labels
        Words that documents add around outputs ("Page", "Version"), by key, in ``language``.
    made
        How the output was made, so that it can be made again: name of the method as ``output``,
        and its arguments; empty where it cannot.
    """

    language: str
    workshop: str = ""
    workshop_id: str = ""
    cluster: str = ""
    cluster_name: str = ""
    version: str = ""
    date: str = ""
    board: str = ""
    sequence: int = 0
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)
    made: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Something that a notebook shows and that every document draws in its own way.

    Parameters
    ----------
    title
        Heading; every document needs it.
    alt
        The output in a sentence or two for people who cannot see it.
    context
        Where and when it was taken.
    """

    type: ClassVar[str] = ""
    title: str
    alt: str = ""
    context: Context

    def to_json(self) -> dict[str, Any]:
        """Give the typed data as JSON values: what documents are drawn from."""
        return {"type": self.type, **_plain(self)}

    def twins(self) -> dict[str, Any]:
        """Give the typed data and its twins in HTML and text, by MIME type."""
        data = self.to_json()
        return {MIME: data, "text/html": html.render(data), "text/plain": outline.render(data)}

    def to_html(self) -> str:
        """Give semantic HTML that needs no script and no other file."""
        return html.render(self.to_json())

    def to_text(self) -> str:
        """Give the outline as plain text."""
        return outline.render(self.to_json())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return self.twins()


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:
    """Give the fields of a dataclass; none for any other type."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return tuple(f.name for f in dataclasses.fields(kind))
    return ()


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str:  # most are, and an item of something is looked at before it is asked for
        return value
    if isinstance(value, (list, tuple)):
        return [item if type(item) is str else _plain(item) for item in value]
    if names := _names(kind):  # type: ignore[arg-type]  # every class can be hashed
        return {
            name: item if type(item := getattr(value, name)) is str else _plain(item)
            for name in names
        }
    match value:
        case Mapping():
            return {str(k): _plain(v) for k, v in value.items()}
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)
