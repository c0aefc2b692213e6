"""Opening JupyterLab: the real server, on a cluster's own form."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.error import URLError
from urllib.request import urlopen

import nbformat


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serving(process):
    """Wait until the server says where it is, and give its address and token."""
    for line in process.stderr:
        if found := re.search(r"(http://127\.0\.0\.1:\d+)(/\S*)\?token=(\w+)", line):
            return found.groups()
    raise AssertionError("the server ended before it served")


def opened(url, seconds=60):
    """Open an address as soon as somebody answers there."""
    end = time.monotonic() + seconds
    while True:
        try:
            return urlopen(url)
        except URLError as error:
            refused = isinstance(error.reason, ConnectionRefusedError)
            if not refused or time.monotonic() > end:
                raise


def test_lab_serves_the_clusters_own_form_and_fetches_nothing(small, tmp_path):
    small.close()
    settings = tmp_path / "jupyter"
    settings.mkdir()
    # Tests may run as root, which the server refuses unless it is told.
    allowed = {"ServerApp": {"allow_root": True}}
    (settings / "jupyter_server_config.json").write_text(json.dumps(allowed))
    command = [sys.executable, "-m", "clusterlab", "lab", str(small.path), "--cluster", "alpha"]
    process = subprocess.Popen(
        [*command, "--no-browser", "--port", str(free_port())],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(settings)},
    )
    reader = threading.Thread(target=process.stderr.read)
    try:
        address, path, token = serving(process)
        reader.start()
        opened(f"{address}/api?token={token}").close()
        assert path == "/doc/tree/work/alpha/competency-map.ipynb"
        name = "work/alpha/competency-map.ipynb"
        with urlopen(f"{address}/api/contents/{name}?token={token}") as answer:
            content = json.load(answer)["content"]
        first = content["cells"][0]["source"]
        assert "cluster = 'alpha'" in first
        with urlopen(f"{address}/lab?token={token}") as answer:
            page = answer.read().decode()
        config = json.loads(
            re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
        )
        assert not config.get("news", {}).get("newsUrl")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if reader.ident:
            reader.join()
        process.stderr.close()


def test_the_form_runs_where_it_lies(small):
    from nbclient import NotebookClient

    from clusterlab.cli.laboratory import open_lab

    open_lab(small, "beta")
    place = small.path / "work" / "beta"
    notebook = nbformat.read(place / "competency-map.ipynb", as_version=4)
    arguments = ["--log-level=50"]
    client = NotebookClient(
        notebook, resources={"metadata": {"path": str(place)}}, extra_arguments=arguments
    )
    client.execute()
    texts = [
        o.data["text/plain"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "text/plain" in o.get("data", {})
    ]
    assert any("People of beta know each other well" in t for t in texts)
