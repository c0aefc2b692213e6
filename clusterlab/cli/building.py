"""Building, told at the console."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clusterlab.batch import Job, Options, Report, Result, build, look, output_folder
from clusterlab.cli.console import FAILED, _, progress, refusal_line, say, words
from clusterlab.workshop import Folder, unsafe_place

_SHOWN = 5


def build_all(folder: Folder, options: Options, *, as_json: bool = False) -> None:
    """Build and say what was done.

    Raises
    ------
    SystemExit
        With 1 where a document failed or a row of the roster was refused.
    """
    _warn(folder)
    todo = look(folder, options)
    if as_json or not todo.todo:
        report = build(folder, options, todo=todo)
    else:
        with progress(_("Building"), len(todo.todo)) as step:

            def line(job: Job, result: Result) -> None:
                word = _("failed") if result.status == "failed" else _("done")
                step(f"{job.cluster} · {job.notebook} · {word}")

            report = build(folder, options, line, todo)
    if as_json:
        _print_json(report)
    else:
        _print(folder, report)
    if report.failed or folder.refusals:
        raise SystemExit(FAILED)


def show_plan(folder: Folder, options: Options, *, as_json: bool = False) -> None:
    """Say what a build would do."""
    todo = look(folder, options)
    if as_json:
        sys.stdout.write(json.dumps({"fresh": todo.fresh, "todo": todo.todo}) + "\n")
        return
    for key in todo.todo:
        say("{key}", key=key)
    say(_("{todo} to build, {fresh} up to date.", todo=len(todo.todo), fresh=todo.fresh))
    say(_("They would be written to “{folder}”.", folder=str(output_folder(folder, options))))


def _warn(folder: Folder) -> None:
    if warning := unsafe_place(folder.path):
        say(warning, error=True)
    for refusal in folder.refusals:
        say(refusal_line(refusal), error=True)
    for notice in folder.notices():
        say(notice, error=True)
    if not folder.clusters:
        say(_("clusters.csv names no cluster yet. Add a row for each, then build again."))


def _print(folder: Folder, report: Report) -> None:
    for job, result in report.failed:
        name = folder.cluster(job.cluster).name
        where = _("cell {cell}", cell=result.cell) if result.cell else ""
        place = " · ".join(filter(None, (name, job.notebook, where)))
        say(f"{place}: {words.say(result.error) if result.error else ''}", error=True)
    for cluster, characters in report.replaced.items():
        shown = " ".join(f"U+{ord(c[0]):04X}" for c in sorted(characters)[:12] if c)
        say(
            _(
                "{cluster}: the documents’ fonts lack some characters; their names stand "
                "in their place: {characters}",
                cluster=folder.cluster(cluster).name,
                characters=shown,
            ),
            error=True,
        )
    if report.gone:
        say(
            words.plural(
                len(report.gone),
                "{count} document is no longer part of the workshop: {names}. "
                "Its files are left as they are.",
                "{count} documents are no longer part of the workshop: {names}. "
                "Their files are left as they are.",
                names=", ".join(report.gone[:_SHOWN]) + (" …" if len(report.gone) > _SHOWN else ""),
            )
        )
    built = len(report.results) - len(report.failed)
    if not report.results:
        say(_("All {count} documents are up to date.", count=report.fresh))
    else:
        say(
            _(
                "{built} built, {failed} failed, {fresh} were up to date.",
                built=built,
                failed=len(report.failed),
                fresh=report.fresh,
            )
        )
    say(_("Index page: {file}", file=str(_index(report.output))))


def _index(output: Path) -> Path:
    return output / "index.html"


def _print_json(report: Report) -> None:
    results = [
        {
            "cluster": job.cluster,
            "notebook": job.notebook,
            "language": job.language,
            "status": result.status,
            "seconds": round(result.seconds, 3),
            "error": words.say(result.error) if result.error else "",
            "cell": result.cell,
        }
        for job, result in report.results
    ]
    text = json.dumps(
        {"fresh": report.fresh, "results": results, "index": str(_index(report.output))}
    )
    sys.stdout.write(text + "\n")
