"""Fixtures that many tests share."""

import fcntl
import os
import pickle
import shutil
import subprocess
import sys

import pytest
from browser import ARGUMENTS, CHROMIUM
from hypothesis import settings

from clusterlab.batch.build import build
from clusterlab.batch.jobs import Options
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
def once(tmp_path_factory, worker_id):
    """A function that makes something once for all processes that run tests side by side.

    Called with a name and a function of a folder to make it in, which is not there yet; gives the
    folder, and what the function gave. What is there is for all: it is read, or copied.
    """
    place = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        place = place.parent

    def made(name, make):
        folder, given = place / f"{name}-of-all", place / f"{name}-of-all.pickle"
        with (place / f"{name}-of-all.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not given.exists():
                shutil.rmtree(folder, ignore_errors=True)
                given.write_bytes(pickle.dumps(make(folder)))
        return folder, pickle.loads(given.read_bytes())  # noqa: S301 - written above

    return made


@pytest.fixture(scope="session")
def demo(once):
    """The sample workshop, made and built once without a network.

    Gives its folder, which tests only read or copy, and what the command printed.
    """
    place, done = once("demo", make_demo)
    return place / "clusterlab-demo", done


def make_demo(place):
    """Make and build the sample as a person does who has no network."""
    place.mkdir()
    try:
        alone = subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        alone = False
    if os.environ.get("CI"):
        assert alone, "no network namespace could be made; the test without a network needs it"
    done = run("demo", cwd=place, prefix=ALONE if alone else ())
    assert done.returncode == 0, done.stderr
    return done


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


def build_small(path):
    """Make the same workshop, and build it."""
    with make_small(path) as folder:
        assert build(folder, Options()).failed == []


@pytest.fixture(scope="session")
def built_once(once):
    """The folder of the same workshop with all its documents; to be copied, not changed."""
    return once("small", build_small)[0]


@pytest.fixture
def built(built_once, tmp_path):
    """The same workshop after a build, opened: a copy of one's own."""
    shutil.copytree(built_once, tmp_path / "small")
    with Folder(tmp_path / "small") as folder:
        yield folder
