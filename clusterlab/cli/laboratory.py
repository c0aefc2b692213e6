"""Opening JupyterLab on a workshop."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import quote

from clusterlab.batch import folder_name, notebook_files
from clusterlab.cli.console import _, say
from clusterlab.shared import shared
from clusterlab.workshop import Folder
from clusterlab.workshop.forms import place_form

# Nothing is fetched from outside: no news, no question about updates, no list of extensions.
_OFFLINE = (
    "--LabApp.extension_manager=readonly",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


def _environment() -> dict[str, str]:
    """Let JupyterLab find the settings that come with the package, behind the person's own."""
    ours = str(shared("templates", "jupyter"))
    paths = [os.environ.get("JUPYTER_CONFIG_PATH", ""), ours]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


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
    url = "/lab"
    if cluster:
        found = folder.cluster(cluster)
        place = folder.path / "work" / folder_name(found.id)
        forms = notebook_files(folder)
        language = folder.language(found).tag
        parameters = {"workshop": "../..", "cluster": found.id, "language": language}
        for form in forms.values():
            place_form(form, place / form.name, parameters)
        say(_("The forms of {cluster} are in “{folder}”.", cluster=found.name, folder=str(place)))
        if forms:
            url = f"/doc/tree/work/{quote(place.name)}/{quote(next(iter(forms)))}.ipynb"
    root = folder.path

    def start(port: int, browser: bool) -> int:  # noqa: FBT001 - called once, by position
        command = [
            sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={root}",
            f"--LabApp.default_url={url}", f"--port={port}", *_OFFLINE,
        ]  # fmt: skip
        if not browser:
            command.append("--no-browser")
        return subprocess.call(command, env=_environment())  # noqa: S603 - our own interpreter

    return start
