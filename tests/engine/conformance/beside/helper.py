"""Beside the notebook."""

import warnings


def cube(number):
    """Raise to the third power."""
    return number**3


def call(function):
    """Call a function of the notebook."""
    return function()


def deprecated():
    """Warn whoever calls it."""
    warnings.warn("helper.deprecated is old", DeprecationWarning, stacklevel=2)
    warnings.warn("helper.deprecated warns of itself", DeprecationWarning, stacklevel=1)
