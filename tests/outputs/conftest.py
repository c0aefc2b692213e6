"""The samples of the documents' tests are the samples here too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "documents"))
