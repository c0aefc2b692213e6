"""Runs papermill's own tests with papermill's engine, then with ours as the default one.

    python tests/engine/papermill_suite.py [--version 2.7.0]

Needs what papermill is installed with, pytest and pytest-xdist; pip gets the source. Tests of
places that need a library which is not installed (Azure, Google, Hadoop) fail on both sides alike.
Ends with 1 where a test that passes with papermill's engine does not pass with ours.
"""

import argparse
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ET
from importlib.metadata import version
from pathlib import Path

# Also holds for the processes that the tests start, which a plugin of pytest's would not reach.
OURS_AS_DEFAULT = """
papermill_engines.register(None, papermill_engines.get_engine("clusterlab"))
"""
WHICH = "from papermill.engines import papermill_engines as e; print(e.get_engine().__module__)"
FALLBACK = "Notebooks run in kernels of their own"


def source(wanted, folder):
    """Get papermill's source package and unpack it; gives a function that unpacks it again."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--no-binary", "papermill", "--dest", str(folder), f"papermill=={wanted}"]
    subprocess.run(command, check=True)
    archive = next(folder.glob("papermill-*.tar.gz"))

    def unpack(name):
        place = folder / name
        with tarfile.open(archive) as packed:
            packed.extractall(place, filter="data")
        return next(place.glob("papermill-*"))

    return unpack


def environment(place):
    """Give the environment in which this copy of papermill is the one that is imported."""
    paths = [str(place), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def run(place, workers, only):
    """Run the tests of a copy; gives the outcome of each, and how often ours fell back."""
    report = place / "report.xml"
    command = [sys.executable, "-m", "pytest", "--quiet", "--no-header", "--tb=no"]
    command += ["-p", "no:cacheprovider", f"--junitxml={report}", "-o", "junit_logging=all"]
    command += ["-n", str(workers), "papermill/tests", *(["-k", only] if only else [])]
    subprocess.run(
        command, cwd=place, env=environment(place), stdout=subprocess.DEVNULL, check=False
    )
    results = {}
    for case in ET.parse(report).iter("testcase"):
        bad = [child.tag for child in case if child.tag in {"failure", "error", "skipped"}]
        results[f"{case.get('classname')}::{case.get('name')}"] = bad[0] if bad else "passed"
    return results, report.read_text(encoding="utf-8").count(FALLBACK)


def default_engine(place):
    """Tell which module the default engine of a copy is in."""
    done = subprocess.run(
        [sys.executable, "-c", WHICH],
        cwd=place,
        env=environment(place),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def module(name):
    """Give the module that a test is in; a module that cannot be imported is a test itself."""
    return re.search(r"papermill\.tests\.(\w+)", name)[1]


def table(stock, ours):
    """Give the lines of the table, and the tests that only papermill's engine passes."""
    modules = sorted({module(name) for name in stock | ours})
    lines = [f"{'':<20}{'tests':>8}{'papermill':>11}{'ours':>8}"]
    for one in modules:
        names = [name for name in stock | ours if module(name) == one]
        counts = [sum(side.get(n) == "passed" for n in names) for side in (stock, ours)]
        lines.append(f"{one:<20}{len(names):>8}{counts[0]:>11}{counts[1]:>8}")
    totals = [sum(r == "passed" for r in side.values()) for side in (stock, ours)]
    lines.append(f"{'all':<20}{len(stock | ours):>8}{totals[0]:>11}{totals[1]:>8}")
    lost = [n for n, r in sorted(stock.items()) if r == "passed" and ours.get(n) != "passed"]
    gained = [n for n, r in sorted(ours.items()) if r == "passed" and stock.get(n) != "passed"]
    lines += [f"only with papermill's engine: {name} ({ours.get(name)})" for name in lost]
    lines += [f"only with ours: {name} ({stock.get(name)})" for name in gained]
    alike = [n for n, r in sorted(stock.items()) if r != "passed" and n not in gained]
    lines += [f"with neither: {name} ({stock[name]})" for name in alike]
    return lines, lost


def main():
    """Run both and compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--version", default=version("papermill"), help="of papermill's source")
    parser.add_argument("--workers", type=int, default=2, help="processes to run tests in")
    parser.add_argument("-k", dest="only", default="", help="only tests of these names")
    given = parser.parse_args()
    if given.version != version("papermill"):
        print(f"Note: papermill {version('papermill')} is installed.")
    with tempfile.TemporaryDirectory(prefix="papermill-suite-") as folder:
        unpack = source(given.version, Path(folder))
        places = [unpack("stock"), unpack("ours")]
        with (places[1] / "papermill" / "engines.py").open("a", encoding="utf-8") as file:
            file.write(OURS_AS_DEFAULT)
        engines = [default_engine(place) for place in places]
        (stock, _), (ours, fallbacks) = (run(p, given.workers, given.only) for p in places)
    print(f"Default engines: {engines[0]}, {engines[1]}; ours fell back {fallbacks} times.")
    lines, lost = table(stock, ours)
    print("\n".join(lines))
    wrong = lost or not stock or engines != ["papermill.engines", "clusterlab.engine.engine"]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
