"""The sample workshop of real clusters."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from clusterlab.cli.console import _, refusal_line, say
from clusterlab.exchange import import_notes
from clusterlab.shared import shared
from clusterlab.workshop import Folder, create, read_roster

_MARK = "workshop.toml"


def open_sample(folder: Path) -> Folder:
    """Make the sample workshop, or open the one that is there.

    Raises
    ------
    WorkshopError
        Where the folder holds something else.
    """
    if (folder / _MARK).is_file():
        return Folder(folder)
    facts = tomllib.loads(shared("data", "demo.toml").read_text(encoding="utf-8"))
    clusters, _refused = read_roster(shared("data", facts["roster"]))

    def fill(workshop: Folder) -> None:
        tables = [(table, "") for table in _tables(facts["tables"])]
        tables += [(t, cluster) for cluster in facts["shown"] for t in _tables(facts["examples"])]
        for table, cluster in tables:
            report = import_notes(
                workshop, table, time=facts["time"], actor="sample", cluster=cluster
            )
            for refusal in report.refusals:
                say(refusal_line(refusal), error=True)

    workshop = create(
        folder,
        facts["format"],
        facts["title"],
        clusters,
        fill=fill,
        id=facts["id"],
        language=facts["language"],
        starts=facts["starts"],
        time_zone=facts["time_zone"],
        vote=facts["vote"],
        methods=facts["methods"],
    )
    say(_("Made the sample workshop in “{folder}”.", folder=str(folder)))
    return workshop


def _tables(patterns: Iterable[str]) -> list[Path]:
    """Find the files of the sample's data; those of one pattern by name."""
    return [path for pattern in patterns for path in sorted(shared("data").glob(pattern))]
