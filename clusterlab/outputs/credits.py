"""What a document is made with: its methods and their words, its version, people and tools."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import clusterlab
from clusterlab.errors import N_
from clusterlab.language import Language
from clusterlab.model import CanvasKind
from clusterlab.outputs.base import Context
from clusterlab.outputs.types import Column, Fact, Item, Row, Table
from clusterlab.shared import shared
from clusterlab.workshop import Settings

TITLE = N_("Methods and sources")
WORDS = N_("What the words mean")
VERSION = N_("{version}, as of {date}")
NUMBERED = N_("The same version always holds the same notes.")
MADE = N_("clusterlab {version}, free software under the BSD 3-Clause License")
TOOLS = N_(
    "Papermill, nbconvert and Jinja (BSD 3-Clause), Typst (Apache 2.0), python-pptx and openpyxl "
    "(MIT), XlsxWriter (BSD 2-Clause), NetworkX (BSD 3-Clause)"
)
FONTS = N_(
    "Noto Sans, with Noto Sans Arabic and Noto Sans Hebrew (SIL Open Font License 1.1); some signs "
    "in DejaVu Sans Mono"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field, and the methods or canvases that use it; ``*`` is all of them."""

    term: str
    meaning: str
    of: frozenset[str]


@cache
def terms() -> tuple[Term, ...]:
    """Read the glossary that comes with the package."""
    text = shared("templates", "documents", "glossary.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["terms"]
    return tuple(Term(e["term"], e["meaning"], frozenset(e["of"])) for e in entries)


def methods_table(language: Language, kinds: Sequence[CanvasKind], context: Context) -> Table:
    """List methods: what each is for and where it is from."""
    say = language.gettext
    rows = [
        Row(Item("", str(number), say(kind.title)), (str(number), say(kind.title), *told))
        for number, kind in enumerate(kinds, 1)
        for told in [(say(kind.summary), say(kind.source) if kind.source else "")]
    ]
    count = language.plural(len(rows), "{count} row", "{count} rows")
    return Table(
        title=say(TITLE),
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


def glossary_table(language: Language, kinds: Sequence[CanvasKind], context: Context) -> Table:
    """Explain the terms of methods, from A to Z in the document's language."""
    say = language.gettext
    used = {"*", *(kind.id for kind in kinds), *(kind.method for kind in kinds)}
    found = [(say(t.term), say(t.meaning)) for t in terms() if t.of & used]
    rows = [
        Row(Item("", term, meaning), (term, meaning))
        for term, meaning in sorted(found, key=lambda pair: pair[0].casefold())
    ]
    count = language.plural(len(rows), "{count} row", "{count} rows")
    return Table(
        title=say(WORDS),
        alt=f"{say(WORDS)}. {count}.",
        context=context,
        kind="glossary",
        columns=(
            Column("spoken", say(N_("Term"))),
            Column("text", say(N_("Meaning")), wide=True),
        ),
        rows=tuple(rows),
    )


def credit_facts(
    language: Language, settings: Settings, context: Context, days: str
) -> tuple[Fact, ...]:
    """Say who stands behind a workshop, which version a document is, and what it is made with.

    Parameters
    ----------
    days
        Of the workshop, in words; may be empty.
    """
    say, credits_ = language.say, settings.credits
    stands = say(VERSION, version=context.version, date=context.date)
    facts = (
        (N_("Workshop"), settings.title, days),
        (N_("Organised by"), credits_.organiser, ""),
        (N_("Facilitated by"), credits_.facilitator, ""),
        (N_("Partners"), " · ".join(credits_.partners), ""),
        (N_("Funding"), credits_.funding, ""),
        (N_("Version"), stands, say(NUMBERED)),
        (N_("Made with"), say(MADE, version=clusterlab.__version__), ""),
        (N_("Tools"), say(TOOLS), ""),
        (N_("Fonts"), say(FONTS), ""),
    )
    return tuple(Fact(say(label), value, note) for label, value, note in facts if value.strip())
