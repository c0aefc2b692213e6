"""``python -m clusterlab``."""

from clusterlab.cli import main

main()
