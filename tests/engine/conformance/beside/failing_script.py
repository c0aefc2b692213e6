"""Fails in a function."""


def fail():
    """Divide by zero."""
    return 1 / 0


fail()
