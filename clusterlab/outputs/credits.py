"""What a document is made with: its methods and where they are from, its version, its tools."""

from __future__ import annotations

from collections.abc import Sequence

from clusterlab.errors import N_
from clusterlab.language import Language
from clusterlab.model import CanvasKind
from clusterlab.outputs.base import Context
from clusterlab.outputs.types import Column, Item, Row, Table

TITLE = N_("Methods and sources")
VERSION = N_("This document shows version {version}, as of {date}.")
MADE = N_("It was made with clusterlab, which is free software, and is set in Noto Sans.")


def methods_table(language: Language, kinds: Sequence[CanvasKind], context: Context) -> Table:
    """List methods: what each is for and where it is from; above it, what the document is."""
    say = language.gettext
    rows = [
        Row(Item("", str(number), say(kind.title)), (str(number), say(kind.title), *told))
        for number, kind in enumerate(kinds, 1)
        for told in [(say(kind.summary), say(kind.source) if kind.source else "")]
    ]
    count = language.plural(len(rows), "{count} row", "{count} rows")
    stands = language.say(VERSION, version=context.version, date=context.date)
    return Table(
        title=say(TITLE),
        summary=f"{stands} {say(MADE)}",
        alt=f"{say(TITLE)}. {count}.",
        context=context,
        kind="methods",
        columns=(
            Column("spoken", say(N_("No."))),
            Column("text", say(N_("Method")), wide=True),
            Column("summary", say(N_("What it is for")), wide=True),
            Column("source", say(N_("Where it is from")), wide=True),
        ),
        rows=tuple(rows),
    )
