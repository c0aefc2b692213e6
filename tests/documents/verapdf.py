"""veraPDF, the reference validator of PDF/UA, as a test tool: many files in one Java process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from tools import need

PLACE = Path(__file__).parents[1] / "verapdf"
#: Where Maven puts it: "mvn -f tests/verapdf/pom.xml package".
LIBRARIES = PLACE / "target" / "lib"


def prepared() -> None:
    """Skip where veraPDF or Java is missing; fail where CI should have them."""
    need("javac")  # it compiles our call of it
    if not list(LIBRARIES.glob("validation-model-*.jar")):
        reason = "veraPDF is not there: mvn -f tests/verapdf/pom.xml package"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def failed_rules(files: Iterable[Path]) -> dict[str, list[str]]:
    """Give by file which rules of PDF/UA-1 it breaks: clause and test, how often, an example."""
    prepared()
    names = [str(file) for file in files]
    command = [shutil.which("java"), "-Xmx1g", "-cp", f"{LIBRARIES}/*", PLACE / "Check.java"]
    done = subprocess.run([*command, *names], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == names
    return found


def faulty(files: Iterable[Path]) -> dict[str, list[str]]:
    """Give those files that break a rule, with the rules."""
    return {file: rules for file, rules in failed_rules(files).items() if rules}
