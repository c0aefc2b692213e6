"""Ends itself."""

import sys

print("exits")
sys.exit(3)
