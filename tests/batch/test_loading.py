"""What workers load before there is a job."""

import subprocess
import sys

LOADED = """
import sys
from clusterlab.batch.loading import load
load({"formats": ["html", "pdf"], "preload": []}, 1)
print(*sorted(name for name in sys.modules if name.startswith("clusterlab.methods")))
"""


def test_methods_are_the_notebooks_business():
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
