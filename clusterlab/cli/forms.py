"""Sending forms out and taking them back, told at the console."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from clusterlab.cli.console import (
    _,
    as_argument,
    plain_report,
    progress,
    refusal_line,
    say,
    words,
)
from clusterlab.errors import (
    N_,
    ClusterlabError,
    TableError,
    UnknownNameError,
    UsageError,
)
from clusterlab.exchange import Collected, collect_forms, dropped_files, make_form, write_form
from clusterlab.exchange.collecting import holds_news
from clusterlab.exchange.formbook import form_bytes
from clusterlab.exchange.forms import Form
from clusterlab.model import Cluster
from clusterlab.workshop import Folder, folder_name

_FOLDER = "forms"
_MANY = 5  # files from which on progress is shown


def write_forms(
    folder: Folder,
    to: Path | None,
    only: Sequence[str] = (),
    canvases: Sequence[str] = (),
    language: str = "",
) -> bool:
    """Write a form for each cluster; one that cannot be written does not stop the others.

    A file that somebody has filled in, and that was not collected yet, stays.

    Parameters
    ----------
    to
        The folder to write to; by default ``forms`` in the workshop's.
    only, canvases
        Ids of the clusters and of the canvases; by default all, and those that the workshop uses.
    language
        Of the labels; by default each cluster's.

    Returns
    -------
    bool
        Whether all were written.

    Raises
    ------
    UnknownNameError
        Where there is no such canvas; after the other forms were written, where there is no such
        cluster.
    """
    for canvas in canvases:
        if canvas not in folder.kinds:
            raise UnknownNameError(what=N_("canvas"), came=canvas, known=folder.kinds)
    clusters, unknown = _wanted(folder, only)
    place = to or folder.path / _FOLDER
    place.mkdir(parents=True, exist_ok=True)
    written = 0
    for cluster in clusters:
        written += _wrote(folder, cluster, place, canvases, language)
    if clusters or not unknown:
        _tell(folder, place, written)
    for other in unknown[:-1]:
        say(other.message, error=True)
    if unknown:
        raise unknown[-1]
    return written == len(clusters)


def _wrote(
    folder: Folder, cluster: Cluster, place: Path, canvases: Sequence[str], language: str
) -> bool:
    """Write a cluster's form, or say why not."""
    path = place / f"{folder_name(cluster.id)}.xlsx"
    try:
        spoken = folder.language(cluster, language)
        _replace(folder, make_form(folder, cluster, spoken, canvases), path)
    except ClusterlabError as error:
        say(N_("{cluster}: {reason}"), cluster=cluster.id, reason=error.message, error=True)
    except OSError as error:  # what is there cannot be read
        reason = f"“{path}”: {error.strerror or type(error).__name__}"
        say(N_("{cluster}: {reason}"), cluster=cluster.id, reason=reason, error=True)
    except Exception as error:  # noqa: BLE001 - whatever one holds, the others are written
        text = N_(
            "{cluster}: its form could not be made ({reason}). Export its notes and look for "
            "values that no spreadsheet can hold."
        )
        say(text, cluster=cluster.id, reason=type(error).__name__, error=True)
    else:
        return True
    return False


def _wanted(folder: Folder, only: Sequence[str]) -> tuple[list[Cluster], list[UsageError]]:
    """Find the clusters that were asked for; what is none of them stops no other."""
    if not only:
        return list(folder.clusters), []
    found: dict[str, Cluster] = {}
    unknown = []
    for name in dict.fromkeys(only):
        try:
            cluster = folder.cluster(name)
            found[cluster.id] = cluster
        except UsageError as error:
            unknown.append(error)
    return list(found.values()), unknown


def _tell(folder: Folder, place: Path, written: int) -> None:
    say(
        words.plural(
            written,
            "Wrote {count} form to “{folder}”. What comes back is taken with: "
            "clusterlab collect {argument} FILES",
            "Wrote {count} forms to “{folder}”. What comes back is taken with: "
            "clusterlab collect {argument} FILES",
            folder=str(place),
            argument=as_argument(folder.path),
        )
    )


def _replace(folder: Folder, form: Form, path: Path) -> None:
    """Write a form, unless what is there holds something that only it holds."""
    data = form_bytes(form)
    if path.exists() and path.read_bytes() != data:
        try:
            news = holds_news(folder, path)
        except TableError as error:
            raise TableError(
                N_("The file that is there was not replaced. {reason} Or move it away."),
                reason=error.message,
            ) from error
        if news:
            raise TableError(
                N_(
                    "“{file}” was filled in and holds what was not taken yet. Collect it first, "
                    "or move it away."
                ),
                file=str(path),
            )
    write_form(form, path, data)


def collect_all(
    folder: Folder, drops: Sequence[Path], *, deletions: bool = False, as_json: bool = False
) -> bool:
    """Take back forms and say of each what became of it.

    Returns
    -------
    bool
        Whether everything was taken.

    Raises
    ------
    UsageError
        Where there is no such file or folder.
    """
    files = dropped_files(drops)
    found: list[Collected] = []
    if as_json or len(files) < _MANY:
        for report in collect_forms(folder, files, deletions=deletions):
            found.append(report)
            if not as_json:
                _print(report)
    else:
        with progress(_("Collecting"), len(files)) as step:
            for report in collect_forms(folder, files, deletions=deletions):
                found.append(report)
                step(report.file)
        for report in found:
            _print(report)
    if as_json:
        sys.stdout.write(json.dumps([plain_report(report) for report in found]) + "\n")
    elif not files:
        say(_("There are no workbooks to collect there."))
    return not any(report.refusals for report in found)


def _print(report: Collected) -> None:
    for refusal in report.refusals:
        say(refusal_line(refusal), error=True)
    for notice in report.notices:
        say(notice)
    if report.cluster:
        say(
            _(
                "{file}: {taken} new, {changed} changed, {deleted} deleted, {unchanged} unchanged, "
                "{refused} refused.",
                file=report.file,
                taken=report.taken,
                changed=report.changed,
                deleted=report.deleted,
                unchanged=report.unchanged,
                refused=len(report.refusals),
            )
        )
