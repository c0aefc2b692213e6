"""That the benchmark of forms works; what it measures here says nothing."""

import json
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "office.py"


def test_forms_are_measured_and_bring_their_edits(tmp_path):
    found = tmp_path / "found.json"
    command = [sys.executable, BENCHMARK, "--parts", "forms", "--clusters", "2", "--rows", "25"]
    command += ["--place", tmp_path, "--json", found]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = {f["name"]: f for f in json.loads(found.read_text("utf-8"))["figures"]}
    assert figures["forms that brought something else than the edits"]["value"] == 0
    assert figures["operations of the second time"]["value"] == 0
    assert all(figure["met"] for figure in figures.values())
