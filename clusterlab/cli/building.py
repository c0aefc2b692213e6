"""Building, told at the console."""

from __future__ import annotations

import gc
import json
import sys

from clusterlab.batch.build import Report, build, look, workers
from clusterlab.batch.jobs import Job, Options, Result
from clusterlab.batch.joint import WITHOUT
from clusterlab.cli.console import FAILED, _, duration, progress, refusal_line, say, words
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
    # What is loaded stays: no garbage is looked for in it while jobs run, nor at the end.
    gc.freeze()
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
    short = [one for one, result, missing in report.joint if missing or result.error]
    if report.failed or folder.refusals or short:
        raise SystemExit(FAILED)


def show_plan(folder: Folder, options: Options, *, as_json: bool = False) -> None:
    """Say what a build would do, and how long by what it took before."""
    todo = look(folder, options)
    at_once = workers(options, len(todo.todo))
    seconds = todo.work if todo.work is None else todo.work / max(1, at_once)
    if as_json:
        facts = {
            "fresh": todo.fresh,
            "todo": todo.todo,
            "joint": todo.joint,
            "workers": at_once,
            "seconds": seconds if seconds is None else round(seconds, 1),
            "output": str(todo.output.shown),
        }
        sys.stdout.write(json.dumps(facts) + "\n")
        return
    for key in (*todo.todo, *todo.joint):
        say("{key}", key=key)
    say(_("{todo} to build, {fresh} up to date.", todo=len(todo.todo), fresh=todo.fresh))
    if todo.todo:
        expected = _("unknown") if seconds is None else duration(seconds)
        say(_("Expected time: {time}, {count} at a time.", time=expected, count=at_once))
    say(_("They would be written to “{folder}”.", folder=str(todo.output.shown)))


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
    _print_joint(report)
    say(_("Index page: {file}", file=report.index))


def _print_joint(report: Report) -> None:
    for one, result, missing in report.joint:
        if result.error:
            say(f"{one.key}: {words.say(result.error)}", error=True)
            continue
        if missing:
            say(f"{one.key}: {words.say(WITHOUT, clusters=missing)}", error=True)
        files = ", ".join(f"{one.key}.{suffix}" for suffix in sorted(result.files))
        say(_("Joint document: {files}", files=files))


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
    joint = [
        {
            "notebook": one.notebook,
            "language": one.language.tag,
            "status": result.status,
            "error": words.say(result.error) if result.error else "",
            "missing": missing,
        }
        for one, result, missing in report.joint
    ]
    facts = {"fresh": report.fresh, "results": results, "index": report.index, "joint": joint}
    text = json.dumps(facts)
    sys.stdout.write(text + "\n")
