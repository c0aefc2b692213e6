"""Checking, told at the console."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from clusterlab.cli.console import _, say, words
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder


def check_all(workshop: OpenWorkshop, only: Sequence[str], *, as_json: bool = False) -> bool:
    """Check every cluster and print what was found.

    Returns
    -------
    bool
        Whether there was no error; warnings and information do not count.

    Raises
    ------
    UnknownNameError
        Where a cluster that was asked for does not exist.
    """
    report, errors, count = {}, 0, 0
    for name in only or workshop.clusters:
        cluster = workshop.cluster(name, language=words.tag)
        found = cluster.check()
        errors += sum(1 for f in found if f.severity == "error")
        count += len(found)
        lines = [cluster.finding_line(f) for f in found]
        report[name] = [asdict(line) for line in lines]
        if lines and not as_json:
            say("\n{name}", name=cluster.cluster.name)
            for line in lines:
                say(f"  {line.word} [{line.id}] {line.place}: {line.text}")
                say(f"    → {line.suggestion}")
    if isinstance(workshop.source, Folder) and not as_json:
        for notice in workshop.source.notices():
            say(notice, error=True)
    if as_json:
        sys.stdout.write(json.dumps(report, indent=1) + "\n")
    else:
        say("\n" + _("{count} findings, {errors} of them to fix.", count=count, errors=errors))
    return not errors
