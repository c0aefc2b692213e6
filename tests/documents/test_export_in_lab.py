"""A notebook is run, more is written, and JupyterLab's “Save and Export Notebook As” is used."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from hostile import Looked, squeezed
from tools import bare, run

from clusterlab.cli.laboratory import open_lab
from clusterlab.session import OpenWorkshop

TOKEN = "only-for-this-test"  # noqa: S105 - of a server that serves one test
NAME = "work/alpha/competency-map.ipynb"
AFTER = "Written after the notebook ran"


@pytest.fixture
def server(small, tmp_path):
    """Serve the workshop as ``clusterlab lab`` does, and give what fetches from the server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = tmp_path / "jupyter"
    settings.mkdir()
    # Tests may run as root, which the server refuses unless it is told.
    facts = {"ServerApp": {"allow_root": True}, "IdentityProvider": {"token": TOKEN}}
    (settings / "jupyter_server_config.json").write_text(json.dumps(facts))
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "clusterlab", "lab", ".", "--no-browser", "--port", str(port)],
            cwd=small.path,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "JUPYTER_CONFIG_DIR": str(settings)},
        )

    def get(path):
        end = time.monotonic() + 60
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/{path}?download=true&token={TOKEN}") as got:
                    return got.read()
            except URLError as error:
                refused = isinstance(getattr(error, "reason", None), ConnectionRefusedError)
                if not refused or time.monotonic() > end:
                    raise AssertionError((tmp_path / "log").read_text()) from error

    yield get
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_what_was_written_after_the_run_is_exported(small, server, tmp_path):
    from nbclient import NotebookClient

    open_lab(small, "alpha")
    file = small.path / NAME
    nb = nbformat.read(file, as_version=4)
    where = {"metadata": {"path": str(file.parent)}}
    NotebookClient(nb, resources=where, extra_arguments=["--log-level=50"]).execute()
    nbformat.write(nb, file)
    board = OpenWorkshop(small).cluster("alpha").board("swot", topic="services")
    board.add("opportunities", AFTER)
    # People still have the workshop open while one of them exports.
    assert squeezed(AFTER) in Looked(server(f"nbconvert/handout_html/{NAME}").decode()).text
    small.close()
    page = Looked(server(f"nbconvert/handout_html/{NAME}").decode()).text
    paper = tmp_path / "handout.pdf"
    paper.write_bytes(server(f"nbconvert/handout_pdf/{NAME}"))
    text = bare(run("pdftotext", "-raw", paper, "-"))
    assert squeezed(AFTER) in page
    assert bare(AFTER) in text
    assert squeezed("As of") not in page
    assert bare("As of") not in text
    assert not list(small.path.glob("workshop.db?*"))
    # Without its journal the notebook is still a document, of when it ran.
    (small.path / "workshop.db").unlink()
    page = Looked(server(f"nbconvert/handout_html/{NAME}").decode()).text
    assert squeezed("People of alpha know each other well") in page
    assert squeezed(AFTER) not in page
    assert squeezed("What was written after the notebook last ran is not in this") in page
    assert not (small.path / "workshop.db").exists()
