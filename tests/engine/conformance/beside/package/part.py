"""A part of it."""

VALUE = "from a package"
