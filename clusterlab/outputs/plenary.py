"""What a facilitator shows to all clusters together: title, sections, who sits in which room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterlab.errors import N_
from clusterlab.language import Language
from clusterlab.methods import Convergence, label_of
from clusterlab.methods.fields import shown
from clusterlab.model import CanvasKind
from clusterlab.outputs.base import Context
from clusterlab.outputs.review import plain_row
from clusterlab.outputs.types import Column, Fact, Section, Table, Title
from clusterlab.outputs.words import LABELS
from clusterlab.workshop import Settings

ROOMS = N_("Breakout rooms")
MIXED = N_(
    "By chance, so that people of one cluster sit apart as far as there are rooms, and no room has "
    "more than one person more than another."
)
SEED = N_("{seed}: the same people, rooms and seed give the same rooms; another seed mixes anew")
TOGETHER = N_("{cluster} ({count} people)")


def workshop_context(language: Language, settings: Settings) -> Context:
    """Say where outputs are from that are of the workshop and not of one cluster."""
    return Context(
        language=language.tag,
        workshop=settings.title,
        workshop_id=settings.id,
        date=language.date(settings.starts, settings.time_zone),
        labels={key: language.gettext(text) for key, text in LABELS.items()},
    )


def workshop_title(
    language: Language, settings: Settings, title: str, text: str, clusters: Sequence[str]
) -> Title:
    """Open a document of the workshop.

    Parameters
    ----------
    title, text
        In English; put into the language where it has them.
    clusters
        Names of those who take part.
    """
    say = language.gettext
    facts = [Fact(say(N_("Clusters")), language.number(len(clusters)), "; ".join(clusters))]
    if organiser := settings.credits.organiser:
        facts.append(Fact(say(N_("Organised by")), organiser))
    return Title(
        title=say(title),
        subtitle=settings.title,
        text=say(text) if text else "",
        facts=tuple(facts),
        colours=settings.colours,
        context=workshop_context(language, settings),
    )


def workshop_section(language: Language, settings: Settings, title: str, text: str) -> Section:
    """Begin a section of a document of the workshop."""
    context = workshop_context(language, settings)
    return Section(
        title=language.gettext(title),
        text=language.gettext(text) if text else "",
        context=context,
    )


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits in which room.

    Parameters
    ----------
    rooms
        By room the name of each person and of their cluster; "" for no cluster.
    together
        Clusters that send more people than there are rooms, with how many.
    seed
        Of the chance.
    """

    rooms: Sequence[Sequence[tuple[str, str]]]
    together: Sequence[tuple[str, int]]
    seed: int


def rooms_table(
    language: Language,
    settings: Settings,
    seating: Seating,
    kind: CanvasKind | None = None,
    themes: Convergence | None = None,
) -> Table:
    """List breakout rooms with who sits in each.

    Parameters
    ----------
    kind, themes
        What all clusters named, and of which canvas; each room gets one of what most named.
    """
    say, rooms = language.gettext, seating.rooms
    named = _topics(language, len(rooms), kind, themes)
    rows = [
        plain_row(
            language.number(index),
            language.say(N_("Room {number}"), number=index),
            *([named[index - 1] if index <= len(named) else "–"] if named else []),
            language.number(len(people)),
            "; ".join(_seat(name, cluster) for name, cluster in people),
        )
        for index, people in enumerate(rooms, 1)
    ]
    notes = [Fact(say(N_("Seed:")), language.say(SEED, seed=str(seating.seed)))]
    if seating.together:
        names = (language.say(TOGETHER, cluster=c, count=n) for c, n in seating.together)
        text = N_("more people than rooms, so some of them sit together: {names}")
        notes.append(Fact(say(N_("Together:")), language.say(text, names="; ".join(names))))
    if named[len(rooms) :]:
        last = "; ".join(named)
        text = N_("several are named equally often, so nothing decides between them. All: {names}")
        notes.append(Fact(say(N_("Topics:")), language.say(text, names=last)))
    people = sum(map(len, rooms))
    told = language.say(N_("{people} people in {rooms} rooms."), people=people, rooms=len(rooms))
    return Table(
        title=say(ROOMS),
        subtitle=settings.title,
        summary=say(MIXED),
        alt=f"{say(ROOMS)}. {told}",
        context=workshop_context(language, settings),
        kind=kind.id if kind else "",
        prompt=say(N_("There is nobody to put into rooms yet: clusters.csv names no cluster.")),
        columns=(
            Column("spoken", say(N_("No."))),
            Column("text", say(N_("Room"))),
            *([Column("topic", say(N_("Talks about")), wide=True)] if named else []),
            Column("count", say(N_("People"))),
            Column("people", say(N_("Who sits there")), wide=True),
        ),
        rows=tuple(rows),
        footnotes=tuple(notes),
    )


def _seat(name: str, cluster: str) -> str:
    """Name somebody with their cluster; who goes by its name and a number needs no more."""
    return name if not cluster or name.startswith(cluster) else f"{name} ({cluster})"


def _topics(
    language: Language, number: int, kind: CanvasKind | None, themes: Convergence | None
) -> list[str]:
    """Name what most clusters named, as many as there are rooms; all of those that tie for one."""
    if kind is None or themes is None or not number:
        return []
    labels = (label_of(kind, t.label) for group in themes.most_named(number) for t in group)
    return [shown(label) if isinstance(label, str) else language.say(label) for label in labels]
