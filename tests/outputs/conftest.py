"""The samples of the tests of documents and methods are the samples here too."""

import sys
from pathlib import Path

for part in ("documents", "methods"):
    sys.path.insert(0, str(Path(__file__).parent.parent / part))
