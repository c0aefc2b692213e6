"""Taking in tables and handing out pages, told at the console."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from clusterlab.cli.console import _, as_argument, plain_report, refusal_line, say
from clusterlab.errors import N_, ClusterlabError, UsageError
from clusterlab.exchange import Report, import_file
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder


def import_all(
    folder: Folder, files: Sequence[Path], *, as_json: bool = False, cluster: str = ""
) -> bool:
    """Import files one after the other; one that cannot be read does not stop the others.

    Parameters
    ----------
    cluster
        Id of the cluster whose notes they are where a table does not say.

    Returns
    -------
    bool
        Whether everything was taken.

    Raises
    ------
    UsageError
        After all others were taken, where one is no file that can be imported.
    """
    fine, reports = True, []
    wrong: UsageError | None = None
    for file in files:
        try:
            report = import_file(folder, file, cluster=cluster)
        except UsageError as error:
            if wrong is not None:
                say(wrong.message, error=True)
            wrong = error
            continue
        except ClusterlabError as error:
            fine = False
            say(error.message, error=True)
            continue
        fine = fine and not report.refusals
        reports.append(plain_report(report))
        if not as_json:
            _print(report)
    if as_json:
        sys.stdout.write(json.dumps(reports) + "\n")
    if wrong is not None:
        raise wrong
    return fine


def write_page(
    folder: Folder, to: Path, *, cluster: str, canvas: str, topic: str, version: str
) -> None:
    """Write a canvas as a page of its own, and say how its notes come back.

    Raises
    ------
    UsageError
        Where there is no such cluster or canvas, or the file's name ends otherwise.
    """
    if to.suffix.casefold() not in {".html", ".htm"}:
        raise UsageError(N_("A page is written as .html; “{file}” ends otherwise."), file=to.name)
    board = OpenWorkshop(folder).cluster(cluster).board(canvas, version=version, topic=topic)
    board.save_page(to)
    say(
        _(
            "Wrote “{file}”. What people save on it comes back with: "
            "clusterlab import {argument} FILE.csv",
            file=str(to),
            argument=as_argument(folder.path),
        )
    )


def _print(report: Report) -> None:
    for refusal in report.refusals:
        say(refusal_line(refusal), error=True)
    for notice in report.notices:
        say(notice)
    say(
        _(
            "{file}: {taken} new, {changed} changed, {unchanged} unchanged, {refused} refused.",
            file=report.file,
            taken=report.taken,
            changed=report.changed,
            unchanged=report.unchanged,
            refused=len(report.refusals),
        )
    )
