"""The command ``clusterlab``: thin; every command parses, calls one thing and says what it did."""

from clusterlab.cli.app import main

__all__ = ["main"]
