"""Fixtures that many tests share."""

import os
import shutil
import subprocess
import sys

import pytest
from browser import ARGUMENTS, CHROMIUM
from hypothesis import settings

from clusterlab.batch import Options, build
from clusterlab.model import Cluster, parse_quantity
from clusterlab.session import OpenWorkshop
from clusterlab.workshop import Folder, create

# How long an example takes says nothing here: libraries load late. A build tries the same ones.
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium; without one the test is skipped, in a build it fails."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing; tests of pages need it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


# A network that has nothing but loopback.
ALONE = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")


def run(*command, cwd, prefix=(), **more):
    """Run ``clusterlab`` as a person does, and give what it printed."""
    program = [*prefix, sys.executable, "-m", "clusterlab", *map(str, command)]
    return subprocess.run(
        program, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, **more
    )


@pytest.fixture(scope="session")
def clusterlab_command():
    """The command ``clusterlab``, to be called with its arguments and ``cwd``."""
    return run


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The sample workshop, made and built once without a network.

    Gives its folder and what the command printed.
    """
    place = tmp_path_factory.mktemp("demo")
    try:
        alone = subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        alone = False
    if os.environ.get("CI"):
        assert alone, "no network namespace could be made; the test without a network needs it"
    done = run("demo", cwd=place, prefix=ALONE if alone else ())
    assert done.returncode == 0, done.stderr
    return place / "clusterlab-demo", done


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    """A function that runs ``clusterlab lab``: called with a folder's path and a cluster's id.

    What it gives has ``url`` (with path and token), ``address``, ``path``, ``token`` and
    ``stop()``; it is stopped at the end of the module at the latest.
    """
    from jupyter_lab import Laboratory

    running = []

    def start(folder, cluster):
        running.append(Laboratory(folder, cluster, tmp_path_factory.mktemp("laboratory")))
        return running[-1]

    yield start
    for one in running:
        one.stop()


def make_small(path):
    """Make a workshop of two clusters with a few notes."""
    clusters = [
        Cluster("alpha", "Alpha Cluster", members=parse_quantity("almost 200")),
        Cluster("beta", "Bêta & Söhne e.V.", country="France"),
    ]
    folder = create(path, "competency-map", "Small workshop", clusters)
    for cluster in clusters:
        opened = OpenWorkshop(folder).cluster(cluster.id)
        board = opened.board("swot", topic="business")
        board.add("strengths", f"People of {cluster.id} know each other well")
        board.add("threats", f"Funding of {cluster.id} ends next year")
    return folder


@pytest.fixture
def small(tmp_path):
    """A workshop of two clusters with a few notes, opened."""
    with make_small(tmp_path / "small") as folder:
        yield folder


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """The folder of the same workshop with all its documents; to be copied, not changed."""
    path = tmp_path_factory.mktemp("built") / "small"
    with make_small(path) as folder:
        assert build(folder, Options()).failed == []
    return path


@pytest.fixture
def built(built_once, tmp_path):
    """The same workshop after a build, opened: a copy of one's own."""
    shutil.copytree(built_once, tmp_path / "small")
    with Folder(tmp_path / "small") as folder:
        yield folder
