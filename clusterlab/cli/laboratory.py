"""Opening JupyterLab on a workshop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from clusterlab.batch.plan import notebook_files
from clusterlab.cli.console import _, say
from clusterlab.cli.formpage import PlacedForm, page_config
from clusterlab.journal import Actor
from clusterlab.model import one_line
from clusterlab.session import this_person
from clusterlab.shared import shared
from clusterlab.workshop import Folder, folder_name
from clusterlab.workshop.forms import place_form

# Nothing is fetched from outside: no news, no question about updates, no list of extensions.
_OFFLINE = (
    "--LabApp.extension_manager=readonly",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


def introduce(folder: Folder, name: str) -> None:
    """Remember the name of who uses this computer, for canvases that show authors."""
    folder.journal.name(Actor(this_person(folder.settings.id), one_line(name)))


def open_lab(folder: Folder, cluster: str) -> Callable[[int, bool], int]:
    """Prepare a cluster's own forms, and give what starts JupyterLab.

    Parameters
    ----------
    cluster
        Id of the cluster; "" opens the whole workshop.

    Raises
    ------
    UnknownNameError
        Where there is no such cluster.
    """
    url, page = "/lab", dict[str, str]()
    if cluster:
        found = folder.cluster(cluster)
        place = folder.path / "work" / folder_name(found.id)
        language = folder.language(found)
        parameters = {"workshop": "../..", "cluster": found.id, "language": language.tag}
        forms = []
        for name, form in notebook_files(folder).items():
            cells = place_form(form, place / form.name, parameters)
            forms.append(PlacedForm(f"work/{place.name}/{name}.ipynb", cells))
        say(_("The forms of {cluster} are in “{folder}”.", cluster=found.name, folder=str(place)))
        if forms:
            url = f"/doc/tree/{quote(forms[0].path)}"
            page = page_config(forms, language)
    root = folder.path

    def start(port: int, browser: bool) -> int:  # noqa: FBT001 - called once, by position
        with tempfile.TemporaryDirectory(prefix="clusterlab-") as run:
            command = [
                sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={root}",
                f"--LabApp.default_url={url}", f"--port={port}", *_OFFLINE,
            ]  # fmt: skip
            if page:
                command += _form_options(Path(run), page)
            if not browser:
                command.append("--no-browser")
            return subprocess.call(command, env=_environment(run))  # noqa: S603 - our own interpreter

    return start


def _form_options(run: Path, page: Mapping[str, str]) -> list[str]:
    """Tell this run's page which cells are the forms' own, where no notebook can get at it.

    Returns
    -------
    list
        Options that load the extension which shows notebooks as forms, and keep the layout of
        this run apart from the person's own.
    """
    place = run / "labconfig"
    place.mkdir()
    (place / "page_config.json").write_text(json.dumps(page), encoding="utf-8")
    return [
        f"--LabApp.extra_labextensions_path={shared('templates', 'jupyter', 'labextensions')}",
        f"--LabApp.workspaces_dir={run / 'workspaces'}",
    ]


def _environment(run: str) -> dict[str, str]:
    """Let JupyterLab find this run's settings first, and the package's behind the person's own."""
    ours = str(shared("templates", "jupyter"))
    paths = [run, os.environ.get("JUPYTER_CONFIG_PATH", ""), ours]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}
