"""Fails when it is called."""


def outer(values):
    """Fail two calls deep."""
    return [inner(value) for value in values]


def inner(value):
    """Fail at the second value."""
    if value == 2:  # noqa: PLR2004
        message = f"no {value}"
        raise RuntimeError(message)
    return value
