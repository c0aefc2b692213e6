"""The front end's own tests, so that the README's test command covers them."""

import os
import subprocess
from pathlib import Path

TESTS = Path(__file__).parents[1] / "js"


def test_of_the_front_end(node):
    files = sorted(map(str, TESTS.glob("*.test.js")))
    assert files
    done = subprocess.run(
        [node, "--test", *files],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={k: v for k, v in os.environ.items() if k != "NODE_TEST_CONTEXT"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
