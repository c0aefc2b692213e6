"""Run by %run."""

import sys

name_seen = __name__
from_script = 42
print("script", __name__, sys.argv[1:], "__file__" in globals())
