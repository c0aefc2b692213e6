"""That the benchmark works; what it measures here says nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "widgets.py"


@pytest.mark.browser
@pytest.mark.long
def test_it_measures_and_tells_what_is_missed(chromium, tmp_path):
    found = tmp_path / "found.json"
    command = [sys.executable, BENCHMARK, "--quick", "--runs", "1", "--json", found]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout, done.stderr
    lines = json.loads(found.read_text(encoding="utf-8"))["lines"]
    for line in lines:
        assert line["name"] in done.stdout
    assert done.returncode == (0 if all(line["met"] for line in lines) else 1)
    # What does not depend on how fast this machine is.
    facts = {line["name"]: line for line in lines}
    assert facts["comm models"]["ours"]["median"] == 2
    assert facts["comm models"]["plain"]["median"] > 100
    assert facts["2 more runs of the cell: models in the kernel"]["met"]
    assert ("MISSED" in done.stdout) == (done.returncode == 1)
