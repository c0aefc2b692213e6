"""Run when a kernel starts."""

from_startup = "set by the profile"
