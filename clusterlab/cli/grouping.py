"""Breakout rooms, told at the console."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from clusterlab.cli.console import _, plain_refusals, refusal_line, say, words
from clusterlab.errors import N_, UsageError
from clusterlab.exchange import Guests, Rooms, expected_guests, read_guests, rooms_for, write_rooms
from clusterlab.workshop import Folder


def group_all(
    folder: Folder,
    people: Path | None,
    per_cluster: int,
    rooms: int,
    seed: int,
    *,
    to: Path | None = None,
    as_json: bool = False,
) -> bool:
    """Put people into rooms, and print or write who sits where.

    Returns
    -------
    bool
        Whether everybody on the list could be taken.

    Raises
    ------
    UsageError
        Where not exactly one of ``people`` and ``per_cluster`` says who takes part, or the rooms
        would be written over the list of people.
    """
    if (people is None) == (per_cluster == 0):
        raise UsageError(N_("Say who takes part: either --people FILE or --per-cluster NUMBER."))
    if people is not None and to is not None and _same(people, to):
        text = N_(
            "“{file}” is the list of people; the rooms would be written over it. Give --to another "
            "name."
        )
        raise UsageError(text, file=to.name)
    guests = read_guests(folder, people) if people else expected_guests(folder, per_cluster)
    found = rooms_for(guests.people, rooms, seed)
    if to is not None:
        write_rooms(to, found)
    for refusal in guests.refusals:
        say(refusal_line(refusal), error=True)
    for notice in guests.notices:
        say(notice, error=True)
    if as_json:
        sys.stdout.write(json.dumps(_plain(found, guests, seed), indent=1) + "\n")
    else:
        _print(folder, found, seed, to)
    return not guests.refusals


def _same(one: Path, other: Path) -> bool:
    """Tell whether both are the same file, whatever they are called."""
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist
        return False


def _print(folder: Folder, found: Rooms, seed: int, to: Path | None) -> None:
    names = {c.id: c.name for c in folder.clusters}
    if to is None:
        for number, room in enumerate(found.rooms, 1):
            say(_("Room {number}, people: {count}", number=number, count=len(room)))
            for guest in room:
                cluster = names.get(guest.cluster, guest.cluster)
                line = "  {name} ({cluster})" if cluster else "  {name}"
                say(line, name=guest.name, cluster=cluster)
    else:
        text = N_("Wrote who sits in which room to “{file}”. Rooms: {rooms}, people: {count}.")
        count = sum(map(len, found.rooms))
        say(_(text, file=str(to), rooms=len(found.rooms), count=count))
    for cluster, count in found.together:
        text = N_(
            "{cluster} sends {count} people to {rooms} rooms, so some of them sit together: as few "
            "as possible."
        )
        name = names.get(cluster, cluster)
        say(_(text, cluster=name, count=count, rooms=len(found.rooms)))
    say(_("Seed {seed}: the same people, rooms and seed give the same rooms.", seed=str(seed)))


def _plain(found: Rooms, guests: Guests, seed: int) -> dict[str, object]:
    return {
        "seed": seed,
        "rooms": [[asdict(guest) for guest in room] for room in found.rooms],
        "together": [{"cluster": c, "people": n} for c, n in found.together],
        "refusals": plain_refusals(guests.refusals),
        "notices": [words.say(notice) for notice in guests.notices],
    }
